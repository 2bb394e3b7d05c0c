package store

import "time"

// An Identity is a person as an institution knows them. What names it is the issuer and the subject, and nothing else:
// an institution gives addresses to other people too.
type Identity struct {
	Issuer, Subject string
	Account         string
	Institution     string // its name in the settings when the identity was last used
	Address         string // that the institution last said, for its person to know it again; "": none
	MadeAt, UsedAt  time.Time
}

func scanIdentity(r row) (Identity, error) {
	var i Identity
	var madeAt, usedAt int64
	err := r.Scan(&i.Issuer, &i.Subject, &i.Account, &i.Institution, &i.Address, &madeAt, &usedAt)
	i.MadeAt, i.UsedAt = instant(madeAt), instant(usedAt)
	return i, err
}

// AddIdentity adds an identity that is used as it is made.
func (tx *Tx) AddIdentity(i Identity) error {
	_, err := tx.exec("identity.add", i.Issuer, i.Subject, i.Account, i.Institution, i.Address, micros(i.MadeAt))
	return err
}

// Identity is the one of an issuer and a subject. Without it the error is a [*Fault] of kind [NotFound].
func (tx *Tx) Identity(issuer, subject string) (Identity, error) {
	return find(tx, "identity.find", scanIdentity, issuer, subject)
}

// Identities lists the identities of an account, the oldest first.
func (tx *Tx) Identities(account string) ([]Identity, error) {
	return list(tx, "identity.of", scanIdentity, account)
}

// UseIdentity says that an identity was used, and keeps what the institution said.
func (tx *Tx) UseIdentity(i Identity, at time.Time) error {
	return tx.one("identity.use", i.Issuer, i.Subject, i.Institution, i.Address, micros(at))
}

// MoveIdentities gives all identities of an account to another one.
func (tx *Tx) MoveIdentities(from, to string) error {
	_, err := tx.exec("identity.move", from, to)
	return err
}

// DeleteIdentity forgets an identity of an account. It returns false when the account has no such identity.
func (tx *Tx) DeleteIdentity(issuer, subject, account string) (bool, error) {
	n, err := tx.exec("identity.delete", issuer, subject, account)
	return n > 0, err
}

// DeleteIdentitiesSince forgets those identities of an account that were added at an instant or later.
func (tx *Tx) DeleteIdentitiesSince(account string, since time.Time) (int64, error) {
	return tx.exec("identity.delete-since", account, micros(since))
}
