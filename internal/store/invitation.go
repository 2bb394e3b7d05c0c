package store

import "time"

// The parts that somebody can be invited to take in a program.
const (
	Participant = "participant"
	Coordinator = "coordinator"
)

// An Invitation is what whoever invites writes of somebody, and what has become of it. Behind the address there may be an
// account or none; it says nothing of that.
type Invitation struct {
	ID, Program, Part string
	Folded, Address   string
	Language          string // of the letter
	Given, Family     string
	Unit, UnitLabel   string // Unit "": none
	Ladder            string // "": there is no appointment in it
	Code, Label       string
	Span
	MadeAt     time.Time
	MadeBy     string
	RemindedAt time.Time // zero: they were not
	DeclinedAt time.Time // zero: they have not said no
}

func scanInvitation(r row) (Invitation, error) {
	var i Invitation
	var unit *string
	var madeAt int64
	var remindedAt, declinedAt *int64
	err := r.Scan(&i.ID, &i.Program, &i.Part, &i.Folded, &i.Address, &i.Language, &i.Given, &i.Family, &unit, &i.UnitLabel, &i.Ladder,
		&i.Code, &i.Label, &i.From, &i.To, &madeAt, &i.MadeBy, &remindedAt, &declinedAt)
	i.Unit, i.MadeAt, i.RemindedAt, i.DeclinedAt = textOf(unit), instant(madeAt), optionalInstant(remindedAt), optionalInstant(declinedAt)
	return i, err
}

// AddInvitation adds an invitation: of each program, part and address one. It returns false when there is one.
func (tx *Tx) AddInvitation(i Invitation) (bool, error) {
	n, err := tx.exec("invitation.add", i.ID, i.Program, i.Part, i.Folded, i.Address, i.Language, i.Given, i.Family, optionalText(i.Unit),
		i.UnitLabel, i.Ladder, i.Code, i.Label, i.From, i.To, micros(i.MadeAt), i.MadeBy)
	return n > 0, err
}

// Invitation is the invitation of an id. Without it the error is a [*Fault] of kind [NotFound].
func (tx *Tx) Invitation(id string) (Invitation, error) {
	return find(tx, "invitation.find", scanInvitation, id)
}

// InvitationTo is the invitation of an address into a program. Without it the error is a [*Fault] of kind [NotFound].
func (tx *Tx) InvitationTo(program, part, folded string) (Invitation, error) {
	return find(tx, "invitation.address", scanInvitation, program, part, folded)
}

// InvitationsOf lists the invitations to take part in a program, the latest first, behind one of them; behind the zero one,
// from the beginning.
func (tx *Tx) InvitationsOf(program string, after Invitation, most int) ([]Invitation, error) {
	at := int64(1<<63 - 1)
	if after.ID != "" {
		at = micros(after.MadeAt)
	}
	return list(tx, "invitation.of", scanInvitation, program, at, after.ID, most)
}

// InvitationsToCoordinate lists the invitations to coordinate, by program and then the latest first. An administrator makes
// few of them.
func (tx *Tx) InvitationsToCoordinate() ([]Invitation, error) {
	return list(tx, "invitation.coordinate", scanInvitation)
}

// InvitationsTo lists the invitations since an instant for the addresses that an account is known to read, the latest first.
func (tx *Tx) InvitationsTo(account string, since time.Time) ([]Invitation, error) {
	return list(tx, "invitation.to", scanInvitation, account, micros(since))
}

// Invited says whether an address has been invited into a program since an instant, or waits to be a delegate.
func (tx *Tx) Invited(folded string, since time.Time) (bool, error) {
	n, err := find(tx, "invitation.waits", func(r row) (n int, err error) { return n, r.Scan(&n) }, folded, micros(since))
	return n > 0, err
}

// LanguageInvited is the language in which an address was last invited; "": it was not.
func (tx *Tx) LanguageInvited(folded string) (string, error) {
	language, err := find(tx, "invitation.language", scanText, folded)
	if IsKind(err, NotFound) {
		err = nil
	}
	return language, err
}

// CountInvited counts who has been invited to take part in a program since an instant and has not come, and how many of them said no.
func (tx *Tx) CountInvited(program string, since time.Time) (all, declined int, err error) {
	n, err := find(tx, "invitation.count", func(r row) (n [2]int, err error) { return n, r.Scan(&n[0], &n[1]) }, program, micros(since))
	return n[0], n[1], err
}

// RemindInvited says that somebody was reminded. It returns false when they were before, or have said no.
func (tx *Tx) RemindInvited(id string, at time.Time) (bool, error) {
	n, err := tx.exec("invitation.remind", id, micros(at))
	return n > 0, err
}

// DeclineInvitation says that somebody said no. It returns false when they had.
func (tx *Tx) DeclineInvitation(id string, at time.Time) (bool, error) {
	n, err := tx.exec("invitation.decline", id, micros(at))
	return n > 0, err
}

// DeleteInvitation forgets an invitation. It returns false when it was gone.
func (tx *Tx) DeleteInvitation(id string) (bool, error) {
	n, err := tx.exec("invitation.delete", id)
	return n > 0, err
}

// SweepInvitations forgets invitations from before an instant.
func (tx *Tx) SweepInvitations(before time.Time) (int64, error) {
	return tx.exec("invitation.sweep", micros(before))
}
