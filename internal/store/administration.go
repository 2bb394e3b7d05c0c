package store

import "time"

// A Holder is an account that has a role of the installation.
type Holder struct {
	Account     string
	Address     string // that owns the account; "": none does at this moment
	GrantedAt   time.Time
	SuspendedAt time.Time // zero: it is not
}

// Holders lists the accounts that have a role, the first to whom it was granted first.
func (tx *Tx) Holders(role string) ([]Holder, error) {
	return list(tx, "administration.holders", func(r row) (Holder, error) {
		var h Holder
		var grantedAt int64
		var suspendedAt *int64
		err := r.Scan(&h.Account, &h.Address, &grantedAt, &suspendedAt)
		h.GrantedAt, h.SuspendedAt = instant(grantedAt), optionalInstant(suspendedAt)
		return h, err
	}, role)
}

// Size is how many bytes the database takes, without what waits beside it to be written into it.
func (tx *Tx) Size() (int64, error) {
	return find(tx, "administration.size", func(r row) (n int64, err error) { return n, r.Scan(&n) })
}
