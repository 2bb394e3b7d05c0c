package store

import "time"

// A Delegate books meetings for a mentor, and reads nothing.
type Delegate struct {
	ID, Mentor, Address string
	Account             string // "": they have not accepted
	MadeAt, AcceptedAt  time.Time
}

func scanDelegate(r row) (Delegate, error) {
	var d Delegate
	var account *string
	var madeAt int64
	var acceptedAt *int64
	err := r.Scan(&d.ID, &d.Mentor, &d.Address, &account, &madeAt, &acceptedAt)
	d.Account, d.MadeAt, d.AcceptedAt = textOf(account), instant(madeAt), optionalInstant(acceptedAt)
	return d, err
}

// AddDelegate adds a delegate who has not accepted, under the folded form of their address: of each mentor one.
func (tx *Tx) AddDelegate(d Delegate, folded string) error {
	_, err := tx.exec("delegate.add", d.ID, d.Mentor, d.Address, folded, micros(d.MadeAt))
	return err
}

// Delegates lists the delegates of a mentor in the order in which they were named.
func (tx *Tx) Delegates(mentor string) ([]Delegate, error) {
	return list(tx, "delegate.of", scanDelegate, mentor)
}

// Delegate is the delegate of an id. Without it the error is a [*Fault] of kind [NotFound].
func (tx *Tx) Delegate(id string) (Delegate, error) {
	return find(tx, "delegate.find", scanDelegate, id)
}

// DelegatesWaiting lists where an account was named by an address that it is known to read, and has not accepted.
func (tx *Tx) DelegatesWaiting(account string) ([]Delegate, error) {
	return list(tx, "delegate.waiting", scanDelegate, account)
}

// AcceptDelegate lets an account be a delegate. It returns false when somebody has accepted before.
func (tx *Tx) AcceptDelegate(id, account string, at time.Time) (bool, error) {
	n, err := tx.exec("delegate.accept", id, account, micros(at))
	return n > 0, err
}

// DeleteDelegate deletes a delegate.
func (tx *Tx) DeleteDelegate(id string) error { return tx.one("delegate.delete", id) }

// DelegateOf lists the mentors for whom an account books.
func (tx *Tx) DelegateOf(account string) ([]string, error) {
	return list(tx, "delegate.mentors", scanText, account)
}

// ForgetDelegates deletes the delegates of an account, and what it is a delegate of or was named for.
func (tx *Tx) ForgetDelegates(account string) error {
	_, err := tx.exec("delegate.delete-of", account)
	return err
}

// SweepDelegates forgets those who were named before an instant and never answered.
func (tx *Tx) SweepDelegates(before time.Time) (int64, error) {
	return tx.exec("delegate.sweep", micros(before))
}
