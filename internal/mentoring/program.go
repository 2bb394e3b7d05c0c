package mentoring

import "time"

// A Program is what it is called and, in one sentence, what it is for, in both languages.
type Program struct {
	ID     ProgramID
	En, Fr string
	LineEn string
	LineFr string
}

// The fields of a program, as mistakes name them.
const (
	FieldNameEn = "en"
	FieldNameFr = "fr"
	FieldLineEn = "line_en"
	FieldLineFr = "line_fr"
)

// The longest name and sentence, in characters.
const (
	MostProgramName = 80
	MostProgramLine = 240
)

// CheckProgram finds what stands against a program: a name is there in both languages, and nothing is too long. Of the
// sentence there is one in both languages, or in none.
func (m *Mistakes) CheckProgram(p Program) {
	for _, name := range []struct{ field, text string }{{FieldNameEn, p.En}, {FieldNameFr, p.Fr}} {
		if name.text == "" {
			m.Mistaken(name.field, 0, "program.no-name")
		}
		m.length(name.field, 0, name.text, MostProgramName)
	}
	for _, line := range []struct{ field, text, other string }{{FieldLineEn, p.LineEn, p.LineFr}, {FieldLineFr, p.LineFr, p.LineEn}} {
		if line.text == "" && line.other != "" {
			m.Mistaken(line.field, 0, "program.one-language")
		}
		m.length(line.field, 0, line.text, MostProgramLine)
	}
}

// Invitations into programs: how long one lasts, and from when on somebody who has not answered can be reminded, once
// (NU-1).
const (
	InvitationLasts = 60 * 24 * time.Hour
	RemindAfter     = 7 * 24 * time.Hour
)

// How many letters about one program go to an address at once, invitations and reminders alike, and how long it takes until
// one more may. After a no it takes as long.
const (
	MostInvitations = 3
	InviteAgain     = 20 * 24 * time.Hour
)

// An Invitation is when somebody was invited, reminded and said no; zero: not.
type Invitation struct{ MadeAt, RemindedAt, DeclinedAt time.Time }

// Open says whether an invitation can be accepted, also by somebody who has said no and thinks better of it.
func (i Invitation) Open(now time.Time) bool { return now.Before(i.MadeAt.Add(InvitationLasts)) }

// MayRemind says whether somebody may be reminded: once, after a week, and not after a no.
func (i Invitation) MayRemind(now time.Time) bool {
	return i.Open(now) && i.RemindedAt.IsZero() && i.DeclinedAt.IsZero() && !now.Before(i.MadeAt.Add(RemindAfter))
}
