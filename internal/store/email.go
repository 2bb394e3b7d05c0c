package store

import "time"

// An Email is an address that belongs to an account. In the folded form in which addresses are compared there is one of
// each at most.
type Email struct {
	Folded, Address string
	Account         string
	Kind            EmailKind
	Owns            bool      // the account; one address of each does
	VerifiedAt      time.Time // zero: nobody has shown yet that they read what is sent there
	LeftUntil       time.Time // if not zero, it is not used any more, and nobody else can have it before then
}

// EmailKind says who gave the address.
type EmailKind string

// The kinds of addresses. One that an institution gave, it may give to somebody else: it never owns an account.
const (
	Personal    EmailKind = "personal"
	Institution EmailKind = "institution"
)

func scanEmail(r row) (Email, error) {
	var e Email
	var verifiedAt, leftUntil *int64
	err := r.Scan(&e.Folded, &e.Address, &e.Account, &e.Kind, &e.Owns, &verifiedAt, &leftUntil)
	e.VerifiedAt, e.LeftUntil = optionalInstant(verifiedAt), optionalInstant(leftUntil)
	return e, err
}

// AddEmail adds an address that is in use.
func (tx *Tx) AddEmail(e Email) error {
	_, err := tx.exec("email.add", e.Folded, e.Address, e.Account, e.Kind, flag(e.Owns), optionalMicros(e.VerifiedAt))
	return err
}

// Email is the address of a folded form, in use or not. Without it the error is a [*Fault] of kind [NotFound].
func (tx *Tx) Email(folded string) (Email, error) { return find(tx, "email.find", scanEmail, folded) }

// Emails lists the addresses of an account, the one that owns it first.
func (tx *Tx) Emails(account string) ([]Email, error) {
	return list(tx, "email.of", scanEmail, account)
}

// VerifyEmail says that mail to an address is read by its person. An earlier instant stays.
func (tx *Tx) VerifyEmail(folded string, at time.Time) error {
	_, err := tx.exec("email.verify", folded, micros(at))
	return err
}

// LeftFor is how long an address that is not used any more is kept from others.
const LeftFor = 7 * 24 * time.Hour

// LeaveEmail takes an address out of use and keeps it from others until an instant, [LeftFor] from when it was left.
func (tx *Tx) LeaveEmail(folded string, until time.Time) error {
	return tx.one("email.leave", folded, micros(until))
}

// OwnEmail lets an address own its account, and takes it into use again if need be. No other may own it then.
func (tx *Tx) OwnEmail(folded string) error { return tx.one("email.own", folded) }

// MoveEmails gives all addresses of an account to another one, which none of them owns.
func (tx *Tx) MoveEmails(from, to string) error {
	_, err := tx.exec("email.move", from, to)
	return err
}

// DeleteEmail forgets an address.
func (tx *Tx) DeleteEmail(folded string) error {
	if err := tx.keepMeant(folded, time.Time{}); err != nil {
		return err
	}
	return tx.one("email.delete", folded)
}

// SweepEmails forgets the addresses that are kept from others no longer.
func (tx *Tx) SweepEmails(now time.Time) (int64, error) {
	if err := tx.keepMeant("", now); err != nil {
		return 0, err
	}
	return tx.exec("email.sweep", micros(now))
}

// keepMeant keeps who is meant by those who named an address that is given up, and takes the invitations away that were
// meant for whoever had it: the next one who reads it is somebody else.
func (tx *Tx) keepMeant(folded string, until time.Time) error {
	for _, name := range []string{"email.meant-apart", "email.meant-authority"} {
		if _, err := tx.exec(name, folded, micros(until)); err != nil {
			return err
		}
	}
	_, err := tx.exec("email.invitations", folded, micros(until), LeftFor.Microseconds())
	return err
}
