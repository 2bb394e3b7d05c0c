package store

import "time"

// A Ceremony is what goes on between here and a device, or between here and an institution: one half of it was said, and
// the answer is awaited, once, from the browser in which it began. What names it is not here, only its hash.
type Ceremony struct {
	Hash      []byte
	Kind      CeremonyKind
	Browser   []byte // hash of what the browser keeps
	Account   string // whose ceremony it is; "": that is not known yet
	Record    string // what must be remembered until the answer comes
	Link      string // the id of the link that it waits for; "": none
	MadeAt    time.Time
	ExpiresAt time.Time
}

// CeremonyKind is what a ceremony is for.
type CeremonyKind string

// The kinds of ceremonies.
const (
	AddPasskeyCeremony  CeremonyKind = "add-passkey"
	PasskeyCeremony     CeremonyKind = "passkey"     // signs in
	InstitutionCeremony CeremonyKind = "institution" // its answer is awaited
	IdentityCeremony    CeremonyKind = "identity"    // the institution has answered, and it is not known whose account it is
)

func scanCeremony(r row) (Ceremony, error) {
	var c Ceremony
	var account, link *string
	var madeAt, expiresAt int64
	err := r.Scan(&c.Hash, &c.Kind, &c.Browser, &account, &c.Record, &link, &madeAt, &expiresAt)
	c.MadeAt, c.ExpiresAt = instant(madeAt), instant(expiresAt)
	if account != nil {
		c.Account = *account
	}
	if link != nil {
		c.Link = *link
	}
	return c, err
}

// AddCeremony adds a ceremony that waits for no link yet.
func (tx *Tx) AddCeremony(c Ceremony) error {
	_, err := tx.exec("ceremony.add", c.Hash, c.Kind, bytesOf(c.Browser), optionalText(c.Account), c.Record, micros(c.MadeAt), micros(c.ExpiresAt))
	return err
}

// Ceremony is the one of a hash, one that has expired included as long as it is not swept. Without it the error is a
// [*Fault] of kind [NotFound].
func (tx *Tx) Ceremony(hash []byte) (Ceremony, error) {
	return find(tx, "ceremony.find", scanCeremony, hash)
}

// CeremonyByLink is the one that waits for a link. Without it the error is a [*Fault] of kind [NotFound].
func (tx *Tx) CeremonyByLink(link string) (Ceremony, error) {
	return find(tx, "ceremony.by-link", scanCeremony, link)
}

// WaitForLink lets a ceremony wait for a link, and no longer for an earlier one.
func (tx *Tx) WaitForLink(hash []byte, link string) error {
	return tx.one("ceremony.wait", hash, link)
}

// EndCeremony ends a ceremony. It returns false when that was done already.
func (tx *Tx) EndCeremony(hash []byte) (bool, error) {
	n, err := tx.exec("ceremony.end", hash)
	return n > 0, err
}

// EndCeremoniesOf ends all ceremonies of an account.
func (tx *Tx) EndCeremoniesOf(account string) error {
	_, err := tx.exec("ceremony.end-account", account)
	return err
}

// SweepCeremonies ends those that have expired.
func (tx *Tx) SweepCeremonies(now time.Time) (int64, error) {
	return tx.exec("ceremony.sweep", micros(now))
}
