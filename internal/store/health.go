package store

import "time"

// What is counted here says how an installation fares, and names nobody.

// NewestInstant is the latest instant at which something was written down; zero: nothing was.
func (tx *Tx) NewestInstant() (time.Time, error) {
	at, err := find(tx, "health.newest", func(r row) (at *int64, err error) { return at, r.Scan(&at) })
	return optionalInstant(at), err
}

// Began is the instant at which the first thing was written down; zero: nothing was.
func (tx *Tx) Began() (time.Time, error) {
	at, err := find(tx, "health.began", func(r row) (at *int64, err error) { return at, r.Scan(&at) })
	return optionalInstant(at), err
}

// LateJobs counts the jobs that are due, or whose lease has ended, since before an instant.
func (tx *Tx) LateJobs(before time.Time) (int, error) {
	return find(tx, "health.late-jobs", scanNumber, micros(before))
}

// LateLeases counts the jobs whose lease has ended since before an instant, and that nobody took over.
func (tx *Tx) LateLeases(before time.Time) (int, error) {
	return find(tx, "health.late-leases", scanNumber, micros(before))
}

// DeadKinds counts the dead jobs of each kind.
func (tx *Tx) DeadKinds() (map[string]int, error) { return counts[string](tx, "health.dead-kinds") }

// UnfinishedPayloads lists what the jobs of a kind that are not done are about.
func (tx *Tx) UnfinishedPayloads(kind string) ([]string, error) {
	return list(tx, "health.unfinished-payloads", scanText, kind)
}

// WaitingLetters lists the ids of letters that wait.
func (tx *Tx) WaitingLetters() ([]string, error) { return list(tx, "health.waiting-letters", scanText) }

// UnprovedLetters counts the letters that count as sent, though no attempt to send them is noted that went well.
func (tx *Tx) UnprovedLetters() (int, error) { return find(tx, "health.unproved-letters", scanNumber) }

// IsBegun says whether a server has ever had the database open: the first one notes there which keys it has.
func (tx *Tx) IsBegun() (bool, error) {
	n, err := find(tx, "health.settings", scanNumber)
	return n > 0, err
}

// CountAccounts counts all accounts, whatever became of them.
func (tx *Tx) CountAccounts() (int, error) { return find(tx, "health.accounts", scanNumber) }

// MergedAccounts says for each account that was merged into which one.
func (tx *Tx) MergedAccounts() (map[string]string, error) {
	type pair struct{ from, into string }
	pairs, err := list(tx, "health.merged-accounts", func(r row) (p pair, err error) { return p, r.Scan(&p.from, &p.into) })
	into := map[string]string{}
	for _, p := range pairs {
		into[p.from] = p.into
	}
	return into, err
}

func scanNumber(r row) (n int, err error) { return n, r.Scan(&n) }
