package store

import "time"

// An Account is the place of one person in the installation. Its id is the person's.
type Account struct {
	ID           string
	Language     string // "en" or "fr-CA"
	Discreet     bool   // letters say nothing that could be read over a shoulder
	MadeAt       time.Time
	SuspendedAt  time.Time // zero: it is not
	SuspendedFor string    // the reason that the administrator wrote down
	MergedInto   string    // the account that the person goes on with; "": this one
}

func scanAccount(r row) (Account, error) {
	var a Account
	var madeAt int64
	var suspendedAt *int64
	var mergedInto *string
	err := r.Scan(&a.ID, &a.Language, &a.Discreet, &madeAt, &suspendedAt, &a.SuspendedFor, &mergedInto)
	a.MadeAt, a.SuspendedAt = instant(madeAt), optionalInstant(suspendedAt)
	if mergedInto != nil {
		a.MergedInto = *mergedInto
	}
	return a, err
}

// AddAccount adds an account, neither suspended nor merged.
func (tx *Tx) AddAccount(a Account) error {
	_, err := tx.exec("account.add", a.ID, a.Language, flag(a.Discreet), micros(a.MadeAt))
	return err
}

// Account is the account of an id. Without it the error is a [*Fault] of kind [NotFound].
func (tx *Tx) Account(id string) (Account, error) { return find(tx, "account.find", scanAccount, id) }

// SetAccount changes what a person chooses: language and discretion.
func (tx *Tx) SetAccount(id, language string, discreet bool) error {
	return tx.one("account.settings", id, language, flag(discreet))
}

// SuspendAccount suspends an account from an instant on, for a reason; the zero instant ends that.
func (tx *Tx) SuspendAccount(id string, at time.Time, reason string) error {
	if err := tx.one("account.suspend", id, optionalMicros(at), reason); err != nil {
		return err
	}
	return tx.changed(id)
}

// MergeAccount lets a person go on with another account.
func (tx *Tx) MergeAccount(id, into string) error {
	if err := tx.one("account.merge", id, into); err != nil {
		return err
	}
	return tx.changed(id)
}

// FormerAccounts lists the accounts that were merged into one, directly or not.
func (tx *Tx) FormerAccounts(id string) ([]string, error) {
	return list(tx, "account.merged", scanText, id)
}

func scanText(r row) (text string, err error) { return text, r.Scan(&text) }

// flag is a truth as it is stored.
func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// one runs a query that must touch one row. If it touches none the error is a [*Fault] of kind [NotFound].
func (tx *Tx) one(name string, args ...any) error {
	n, err := tx.exec(name, args...)
	if err == nil && n == 0 {
		err = &Fault{Kind: NotFound}
	}
	return err
}
