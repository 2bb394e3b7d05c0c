package mentoring

import (
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// A Stage is a part of a profile that is asked on one screen, drafted by itself and saved by itself.
type Stage string

// The stages: what would help now, how, and the rest whenever.
const (
	StageSeeks        Stage = "seeks"
	StageHow          Stage = "how"
	StageName         Stage = "name"
	StageOffers       Stage = "offers"
	StageAppointments Stage = "appointments"
	StageTopics       Stage = "topics"
	StageAway         Stage = "away"
	StageDestination  Stage = "destination"
	StageTraining     Stage = "training"
)

// Stages are all stages, in the order in which they are offered.
var Stages = []Stage{
	StageSeeks, StageHow, StageName, StageOffers, StageAppointments, StageTopics, StageAway, StageDestination, StageTraining,
}

// How much is taken.
const (
	MostSought    = 3   // purposes at once; more is no help to anybody (design, P2)
	MostTerms     = 20  // of one field
	MostLine      = 200 // letters of one line
	MostName      = 80
	MostText      = 1000 // letters of what somebody will not do
	MostCapacity  = 20   // people
	MostHours     = 60   // a month
	MostSpans     = 24   // of appointments, and of periods away
	MostDraft     = 32 << 10
	DeclaredFor   = 365 * 24 * time.Hour // a declaration of interests holds for 12 months (EL-2, EL-3)
	FirstTimeMost = 2                    // live mentees of a first-time mentor (EL-5)
)

// A Term is a word that somebody chose from a list, or wrote. The label is kept as it stood when they did.
type Term struct {
	Code  string // "": their own word
	Label string
	Line  string // what they add in one line
}

// A Distance is where somebody likes to meet.
type Distance string

// The distances.
const (
	NoMatterYet  Distance = "" // not said
	Here         Distance = "here"
	EitherWay    Distance = "either"
	FromDistance Distance = "distance"
)

// A Destination is where somebody intends to go.
type Destination struct {
	Place Term   // the institution
	Kind  string // "training", "staff" or ""
	From  Day
}

// An Appointment is a place of somebody in a unit, on the ladder of training levels or on that of academic ranks.
type Appointment struct {
	ID     string
	Unit   UnitID // "": none of this institution's
	Where  string // the unit as it was entered
	Ladder string // "level" or "rank"
	What   Term   // the level or rank
	Track  string
	Span
}

// A Mistake is an answer that cannot be taken.
type Mistake struct {
	Field string // of the form
	Row   int    // of an answer with several rows, from 1; 0: it has none
	*Fault
}

// Mistakes are all that stands against a form. They are one error, of kind [Invalid].
type Mistakes []Mistake

func (m Mistakes) Error() string {
	var texts []string
	for _, one := range m {
		texts = append(texts, one.Field+": "+one.Fault.Error())
	}
	return strings.Join(texts, "; ")
}

// Unwrap gives the faults, so that [IsFault] says that they are Invalid.
func (m Mistakes) Unwrap() []error {
	var all []error
	for _, one := range m {
		all = append(all, one.Fault)
	}
	return all
}

// Err is nil when there are none.
func (m Mistakes) Err() error {
	if len(m) == 0 {
		return nil
	}
	return m
}

// MistakesIn are the mistakes that an error holds.
func MistakesIn(err error) Mistakes {
	var m Mistakes
	errors.As(err, &m)
	return m
}

// Mistaken adds a mistake.
func (m *Mistakes) Mistaken(field string, row int, key string, args ...any) {
	*m = append(*m, Mistake{field, row, &Fault{Kind: Invalid, Key: key, Args: args}})
}

// length says that a text is too long.
func (m *Mistakes) length(field string, row int, text string, most int) {
	if n := utf8.RuneCountInString(text); n > most {
		m.Mistaken(field, row, "person.too-long", "letters", n, "most", most)
	}
}

// Tidy is a text as it is kept: no space at its ends, one space inside at most, no character that cannot be seen.
func Tidy(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, r < ' ' && r != '\n' && r != '\t', r == 0x7f:
			return -1
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}

// TidyTerms tidies terms and leaves out empty ones and what stands there already.
func TidyTerms(terms []Term) []Term {
	var kept []Term
	for _, t := range terms {
		t = Term{strings.TrimSpace(t.Code), Tidy(t.Label), Tidy(t.Line)}
		same := func(k Term) bool { return k.Code == t.Code && (t.Code != "" || strings.EqualFold(k.Label, t.Label)) }
		if t.Code == "" && t.Label == "" || slices.ContainsFunc(kept, same) {
			continue
		}
		kept = append(kept, t)
	}
	return kept
}

// CheckTerms says what stands against terms of a field. Known says which codes there are; nil: any.
func (m *Mistakes) CheckTerms(field string, terms []Term, most int, known func(code string) bool) {
	if len(terms) > most {
		m.Mistaken(field, 0, "person.too-many", "most", most)
	}
	for k, t := range terms {
		m.length(field, k+1, t.Label, MostName)
		m.length(field, k+1, t.Line, MostLine)
		if t.Code != "" && known != nil && !known(t.Code) {
			m.Mistaken(field, k+1, "person.no-such-term")
		}
	}
}

// CheckNames says what stands against names that belong to one row of an answer.
func (m *Mistakes) CheckNames(field string, row int, names ...string) {
	for _, name := range names {
		m.length(field, row, name, MostName)
	}
}

// CheckName says what stands against a name. One of the two parts is enough: not everybody has both.
func (m *Mistakes) CheckName(given, family, pronoun string) {
	if given == "" && family == "" {
		m.Mistaken("family", 0, "person.no-name")
	}
	m.length("given", 0, given, MostName)
	m.length("family", 0, family, MostName)
	m.length("pronoun", 0, pronoun, MostName)
}

// CheckPlaces says what stands against the room and the time that somebody offers.
func (m *Mistakes) CheckPlaces(capacity, hours int, refuses string) {
	if capacity < 0 || capacity > MostCapacity {
		m.Mistaken("capacity", 0, "person.number", "most", MostCapacity)
	}
	if hours < 0 || hours > MostHours {
		m.Mistaken("hours", 0, "person.number", "most", MostHours)
	}
	m.length("refuses", 0, refuses, MostText)
}

// CheckSpans says what stands against several spans. Those of periods away have both ends.
func (m *Mistakes) CheckSpans(field string, spans []Span, closed bool) {
	if len(spans) > MostSpans {
		m.Mistaken(field, 0, "person.too-many", "most", MostSpans)
	}
	for k, s := range spans {
		switch {
		case !s.From.right() || !s.To.right():
			m.Mistaken(field, k+1, "person.day")
		case !s.Right():
			m.Mistaken(field, k+1, "person.span")
		}
		if closed && (s.From == "" || s.To == "") {
			m.Mistaken(field, k+1, "person.span-open")
		}
	}
}

// AwayOn says whether somebody is away on a day, and until when.
func AwayOn(away []Span, d Day) (until Day, is bool) {
	for _, s := range away {
		if s.Covers(d) {
			until, is = max(until, s.To), true
		}
	}
	return until, is
}

// HasRoom says whether a mentor is shown with room: they take people, are not away and have fewer than they take.
// Everybody else who offers is shown with a waiting list, whatever the reason (EL-4, FV-9).
func HasRoom(capacity, taken int, away bool) bool { return capacity > taken && !away }

// A Candidate is what is known of somebody who is to be proposed in a formal program.
type Candidate struct {
	Appointments []Appointment
	Alumni       bool      // of a kind that the program accepts, which a guest from elsewhere may be
	Sought       int       // purposes
	Capacity     int       // places
	Live         int       // mentees now
	FirstTime    bool      // as a mentor
	Declared     time.Time // the latest declaration of interests; zero: never
	Held         bool      // a safety hold stands
	Agreed       bool      // to the terms of the program
}

// MayBeMentor says whether somebody may be proposed as a mentor now (EL-2, EL-4, EL-5), and if not why: codes for the
// person alone. For others there is one answer, no place.
func MayBeMentor(c Candidate, now time.Time) (no []string) {
	today := DayOf(now)
	active := slices.ContainsFunc(c.Appointments, func(a Appointment) bool { return a.Covers(today) })
	room := c.Capacity
	if c.FirstTime {
		room = min(room, FirstTimeMost)
	}
	for _, rule := range []struct {
		stands bool
		code   string
	}{
		{!active && !c.Alumni, "appointment"},
		{room <= c.Live, "place"},
		{!declared(c.Declared, now), "declaration"},
		{c.Held, "place"},
	} {
		if rule.stands && !slices.Contains(no, rule.code) {
			no = append(no, rule.code)
		}
	}
	return no
}

// MayBeMentee says whether somebody may be proposed as a mentee now (EL-3, EL-4), and if not why.
func MayBeMentee(c Candidate, now time.Time) (no []string) {
	if !c.Agreed {
		no = append(no, "terms")
	}
	if c.Sought == 0 {
		no = append(no, "purpose")
	}
	if !declared(c.Declared, now) {
		no = append(no, "declaration")
	}
	if c.Held {
		no = append(no, "place")
	}
	return no
}

func declared(at, now time.Time) bool { return !at.IsZero() && now.Sub(at) < DeclaredFor }

// EffectiveCapacity is how many a mentor takes in a program: what the person set, or less, never more (EL-6).
func EffectiveCapacity(person, program int) int { return min(person, program) }

// Times are when somebody can meet. Shifts are not weekly, so that no weekly pattern is asked (FV-4).
var Times = []string{"daytime", "evenings", "weekends", "post_call"}
