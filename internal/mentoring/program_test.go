package mentoring

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestProgramHasItsNameInBothLanguagesAndItsSentenceInBothOrNone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		what string
		p    Program
		want []string
	}{
		{"names alone", Program{En: "Pediatrics", Fr: "Pédiatrie"}, nil},
		{"all of it", Program{En: "Pediatrics", Fr: "Pédiatrie", LineEn: "For residents.", LineFr: "Pour les résidents."}, nil},
		{"nothing", Program{}, []string{"en program.no-name", "fr program.no-name"}},
		{"one language", Program{En: "Pediatrics", Fr: "Pédiatrie", LineFr: "Pour les résidents."}, []string{"line_en program.one-language"}},
		{"a long name", Program{En: strings.Repeat("é", MostProgramName+1), Fr: strings.Repeat("é", MostProgramName)}, []string{"en person.too-long"}},
		{"a long sentence", Program{En: "a", Fr: "b", LineEn: "c", LineFr: strings.Repeat("d", MostProgramLine+1)}, []string{"line_fr person.too-long"}},
	} {
		var m Mistakes
		m.CheckProgram(c.p)
		var got []string
		for _, one := range m {
			got = append(got, one.Field+" "+one.Key)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
}

// NU-1: of an invitation there is one reminder.
func TestInvitationLastsSixtyDaysAndIsSaidOnceMoreAfterAWeek(t *testing.T) {
	t.Parallel()
	made := time.Date(2027, 3, 14, 9, 0, 0, 0, time.UTC)
	day := func(n int) time.Time { return made.AddDate(0, 0, n) }
	for _, c := range []struct {
		what         string
		i            Invitation
		now          time.Time
		open, remind bool
	}{
		{"at once", Invitation{MadeAt: made}, day(0), true, false},
		{"a moment before a week", Invitation{MadeAt: made}, day(7).Add(-1), true, false},
		{"after a week", Invitation{MadeAt: made}, day(7), true, true},
		{"reminded before", Invitation{MadeAt: made, RemindedAt: day(7)}, day(20), true, false},
		{"after a no", Invitation{MadeAt: made, DeclinedAt: day(1)}, day(20), true, false},
		{"on the last day", Invitation{MadeAt: made}, day(60).Add(-1), true, true},
		{"too late", Invitation{MadeAt: made}, day(60), false, false},
	} {
		if open, remind := c.i.Open(c.now), c.i.MayRemind(c.now); open != c.open || remind != c.remind {
			t.Errorf("%s: open %t, may remind %t", c.what, open, remind)
		}
	}
}
