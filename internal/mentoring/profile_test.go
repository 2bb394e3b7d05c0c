package mentoring_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	. "github.com/chiron-mentoring/chiron/internal/mentoring"
)

var candidateNow = time.Date(2027, 3, 14, 9, 0, 0, 0, time.UTC)

// ready is somebody who may be proposed on both sides.
func ready() Candidate {
	return Candidate{
		Appointments: []Appointment{{Span: Span{From: "2024-07-01"}}}, Sought: 1, Capacity: 3, Live: 1,
		Declared: candidateNow.AddDate(0, -11, 0), Agreed: true,
	}
}

// The rules of eligibility by their ids. Mentor and mentee are what stands against the candidate on each side.
func TestEligibility(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		rule           string
		change         func(c *Candidate)
		mentor, mentee string
	}{
		{"EL-1: the same person may be both", func(*Candidate) {}, "", ""},
		{"EL-2: no appointment in force", func(c *Candidate) { c.Appointments[0].To = "2027-03-13" }, "appointment", ""},
		{"EL-2: one that begins tomorrow", func(c *Candidate) { c.Appointments[0].From = "2027-03-15" }, "appointment", ""},
		{"EL-2: its last day counts", func(c *Candidate) { c.Appointments[0].To = "2027-03-14" }, "", ""},
		{"EL-2: alumni and guests that the program accepts", func(c *Candidate) { c.Appointments, c.Alumni = nil, true }, "", ""},
		{"EL-2: capacity of none", func(c *Candidate) { c.Capacity, c.Live = 0, 0 }, "place", ""},
		{"EL-2: no place left", func(c *Candidate) { c.Live = 3 }, "place", ""},
		{"EL-2, EL-3: no declaration", func(c *Candidate) { c.Declared = time.Time{} }, "declaration", "declaration"},
		{"EL-2, EL-3: a declaration of twelve months ago", func(c *Candidate) { c.Declared = candidateNow.Add(-DeclaredFor) }, "declaration", "declaration"},
		{"EL-2, EL-3: one of a moment less", func(c *Candidate) { c.Declared = candidateNow.Add(-DeclaredFor + 1) }, "", ""},
		{"EL-3: the terms are not agreed to", func(c *Candidate) { c.Agreed = false }, "", "terms"},
		{"EL-3: nothing is sought", func(c *Candidate) { c.Sought = 0 }, "", "purpose"},
		{"EL-4: a hold says no more than no place", func(c *Candidate) { c.Held = true }, "place", "place"},
		{"EL-4: nor with no place besides", func(c *Candidate) { c.Held, c.Live = true, 3 }, "place", "place"},
		{"EL-5: a first-time mentor has two mentees at most", func(c *Candidate) { c.FirstTime, c.Live = true, 2 }, "place", ""},
		{"EL-5: and may have a second", func(c *Candidate) { c.FirstTime = true }, "", ""},
	} {
		c := ready()
		test.change(&c)
		if got := strings.Join(MayBeMentor(c, candidateNow), " "); got != test.mentor {
			t.Errorf("%s: against the mentor stands %q, want %q", test.rule, got, test.mentor)
		}
		if got := strings.Join(MayBeMentee(c, candidateNow), " "); got != test.mentee {
			t.Errorf("%s: against the mentee stands %q, want %q", test.rule, got, test.mentee)
		}
	}
}

func TestProgramNeverRaisesWhatAPersonOffers(t *testing.T) { // EL-6
	t.Parallel()
	if EffectiveCapacity(2, 5) != 2 || EffectiveCapacity(5, 2) != 2 {
		t.Error("a program takes more of a mentor than they offer")
	}
}

// EL-4, FV-9: whatever the reason, others read the same two words.
func TestRoomIsOneWordWhateverTheReason(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		capacity, taken int
		away, room      bool
	}{{2, 1, false, true}, {2, 2, false, false}, {0, 0, false, false}, {2, 0, true, false}, {1, 3, false, false}} {
		if HasRoom(test.capacity, test.taken, test.away) != test.room {
			t.Errorf("%+v", test)
		}
	}
}

// AP-2: what is sensitive is no stage and no field, so that nothing asks for it, pre-ticks it or counts it.
func TestNoStageAndNoFieldIsAboutAProtectedCharacteristic(t *testing.T) {
	t.Parallel()
	var all []string
	for _, s := range Stages {
		all = append(all, string(s))
	}
	for _, v := range Visibilities {
		all = append(all, string(v.Field))
	}
	for _, word := range []string{"sex", "gender", "race", "ethnic", "religion", "age", "birth", "marital", "family", "disab", "orientation"} {
		for _, one := range all {
			if strings.HasPrefix(one, word) {
				t.Errorf("%s is asked among the rest", one)
			}
		}
	}
}

// AP-5: what suits is made of a side, and a side holds nothing sensitive: whatever it has is listed here.
func TestReasonsKnowTheseThingsAndNoOthers(t *testing.T) {
	t.Parallel()
	full := Side{
		Seeks: []Term{{Code: "research"}, {Code: "family_life", Label: "family life"}}, Offers: []Term{{Code: "research"}},
		Interests: []Term{{Label: "Canoe"}}, Specialties: []Term{{Code: "x"}}, Languages: []Term{{Code: "fr"}}, When: []Term{{Code: "evenings"}},
		Distance: FromDistance, Place: Term{Label: "Montréal"}, Home: Term{Label: "Elsewhere"}, Destination: Term{Label: "elsewhere"}, Room: true,
	}
	reasons, gaps := Suit(full, full)
	codes := func(points []Point) (all []string) {
		for _, p := range points {
			all = append(all, p.Code)
		}
		return all
	}
	if got := codes(reasons); !slices.Equal(got, []string{"purpose", "interest", "specialty", "language"}) {
		t.Errorf("reasons %v", got)
	}
	if got := codes(gaps); !slices.Equal(got, []string{"purpose"}) || gaps[0].Term.Label != "family life" {
		t.Errorf("gaps %v", gaps)
	}
	if reasons, gaps := Suit(Side{}, Side{}); len(reasons) != 0 || !slices.Equal(codes(gaps), []string{"room"}) {
		t.Errorf("of nothing: %v, %v", reasons, gaps)
	}
	far, near := Side{Distance: FromDistance, Room: true}, Side{Distance: Here, Room: true}
	if _, gaps := Suit(near, far); !slices.Equal(codes(gaps), []string{"distance"}) {
		t.Errorf("far and near: %v", gaps)
	}
	if reasons, _ := Suit(Side{Destination: full.Destination}, Side{Home: full.Home, Room: true}); !slices.Equal(codes(reasons), []string{"destination"}) {
		t.Errorf("where somebody wants to go: %v", reasons)
	}
}

func TestAudiencesHoldEachOther(t *testing.T) {
	t.Parallel()
	order := []Standing{Member, Counterpart, Coordinator, Self}
	for _, v := range Visibilities {
		for _, listed := range []bool{true, false} {
			for a := Members; a <= OnlyMe; a++ {
				s := Showing{Listed: listed, Chosen: map[Field]Audience{v.Field: a}}
				for k, as := range order[1:] {
					if Shows(v.Field, s, order[k]) && !Shows(v.Field, s, as) {
						t.Errorf("%s, audience %d: %s sees it and %s does not", v.Field, a, order[k], as)
					}
				}
				if !Shows(v.Field, s, Self) {
					t.Errorf("%s is hidden from oneself", v.Field)
				}
				for _, nobody := range []Standing{"", Anybody, Delegate, "program director"} {
					if Shows(v.Field, s, nobody) {
						t.Errorf("%s is shown to %q", v.Field, nobody)
					}
				}
				for _, far := range []Standing{Evaluator, UnitHead, Operator} {
					if Shows(v.Field, s, far) && !v.Offer && !Shows(v.Field, s, Member) {
						t.Errorf("%s is shown to %s and not to members", v.Field, far)
					}
				}
			}
		}
	}
	for _, f := range []Field{FieldName, FieldAppointments, FieldOffers} { // the row "profile" of 4.1
		for _, as := range []Standing{Counterpart, Coordinator, Evaluator, UnitHead, Operator} {
			if !Shows(f, Showing{}, as) {
				t.Errorf("%s does not see %s", as, f)
			}
		}
	}
	if Shows("religion", Showing{Listed: true}, Self) {
		t.Error("a field that there is not is shown")
	}
}

func TestTermsAreTidiedAndEachIsThereOnce(t *testing.T) {
	t.Parallel()
	got := TidyTerms([]Term{{Label: " a\tb "}, {}, {Code: " x "}, {Label: "A B"}, {Code: "x", Label: "again"}, {Label: "\x00c\xff"}})
	if want := []Term{{Label: "a b"}, {Code: "x"}, {Label: "c"}}; !slices.Equal(got, want) {
		t.Errorf("got %+v", got)
	}
}

func FuzzTidy(f *testing.F) {
	f.Add("  a \x00 b\u2028 c\xff")
	f.Fuzz(func(t *testing.T, text string) {
		tidy := Tidy(text)
		if Tidy(tidy) != tidy || strings.ContainsAny(tidy, "\x00\n\r\t\x7f") || strings.TrimSpace(tidy) != tidy {
			t.Errorf("%q becomes %q", text, tidy)
		}
	})
}

func TestDaysAreReadOneWayOnly(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Day{"2027-07-01": "2027-07-01", "2027/07/01": "2027-07-01", "20270701": "2027-07-01", "": ""} {
		if got, right := ReadDay(text); got != want || !right {
			t.Errorf("%q is %q", text, got)
		}
	}
	for _, text := range []string{"01/07/2027", "2027-02-29", "2027-7-1", "July", "2027-07-01T00:00", " 2027-07-01"} {
		if got, right := ReadDay(text); right {
			t.Errorf("%q is %q", text, got)
		}
	}
	if Day("2027-02-28").Add(1) != "2027-03-01" || Day("").Add(1) != "" {
		t.Error("days are counted wrongly")
	}
}
