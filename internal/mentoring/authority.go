package mentoring

import (
	"slices"
	"time"
)

// A Model is a way of working (domain model, section 3).
type Model string

// The four models.
const (
	Apprenticeship Model = "apprenticeship"
	Cloning        Model = "cloning"
	Nurturing      Model = "nurturing"
	Friendship     Model = "friendship"
)

// A Dated is a position of authority for a span of days.
type Dated struct {
	Edge
	Span
}

// Declarable are the kinds that people and lists can say. Do-not-match is none of them: it is a wish, and kept apart.
var Declarable = []EdgeKind{
	Supervises, Evaluates, DecidesPromotion, Pays, LeadsUnitOf, Observes, Family, Business, CoApplicant,
}

// A Barrier is how an edge stands between two people who might work together in a model.
type Barrier string

// The barriers.
const (
	NoBarrier Barrier = ""
	Recusal   Barrier = "recusal"   // nothing is blocked; the mentor takes no part in one report, and both are told once
	DualRole  Barrier = "dual role" // only with what MO-6 asks for
	Blocked   Barrier = "blocked"   // nobody can lift it
)

// BarrierOf says how an edge between two people, in either direction, stands in the way of a model.
//
// MO-13: observes blocks nothing in any model. MO-5: in nurturing and friendship an evaluative edge is rejected, with no
// override. In the two others it is a dual role to be declared (MO-6), and so is paying for a research apprenticeship. A
// conflict of interests is to be declared, and blocks nothing by itself. A kind that is not known counts as evaluative.
func BarrierOf(kind EdgeKind, model Model) Barrier {
	switch {
	case kind == Observes:
		return Recusal
	case kind == DoNotMatch:
		return Blocked
	case !kind.Evaluative():
		return NoBarrier
	case model == Nurturing || model == Friendship:
		return Blocked
	}
	return DualRole
}

// Between is the worst barrier between two people on a day.
func Between(edges []Dated, a, b PersonID, model Model, d Day) Barrier {
	order, worst := []Barrier{NoBarrier, Recusal, DualRole, Blocked}, NoBarrier
	for _, e := range edges {
		if !e.Covers(d) || !(e.From() == a && e.To() == b || e.From() == b && e.To() == a) {
			continue
		}
		if barrier := BarrierOf(e.Kind, model); slices.Index(order, barrier) > slices.Index(order, worst) {
			worst = barrier
		}
	}
	return worst
}

// From is who has the position.
func (d Dated) From() PersonID { return d.Edge.From }

// To is over whom.
func (d Dated) To() PersonID { return d.Edge.To }

// A Veto is the wish of a person not to be matched with another. It has no reason (AP-6).
type Veto struct{ Person, Other PersonID }

// Apart says whether one of two people asked not to be matched with the other. Who did makes no difference (AP-6).
func Apart(vetoes []Veto, a, b PersonID) bool {
	return slices.Contains(vetoes, Veto{a, b}) || slices.Contains(vetoes, Veto{b, a})
}

// Periods is the number of teaching periods of an academic year in Canada, of four weeks each (FV-4).
const Periods = 13

// An AcademicYear begins on the first of July. Each faculty chooses on which day its second period begins.
type AcademicYear struct {
	From   int // the calendar year in which it begins
	Second Day // the first day of the second period; "": the Monday nearest to 29 July
}

// Period is the span of a period, from 1 to [Periods]. The first one begins on 1 July, each other one four weeks after
// the one before it, and the last one ends on 30 June, so that a year has no gap.
func (y AcademicYear) Period(n int) (Span, bool) {
	if n < 1 || n > Periods {
		return Span{}, false
	}
	begins := func(n int) Day {
		switch {
		case n == 1:
			return DayOf(time.Date(y.From, time.July, 1, 0, 0, 0, 0, time.UTC))
		case n > Periods:
			return DayOf(time.Date(y.From+1, time.July, 1, 0, 0, 0, 0, time.UTC))
		}
		return y.second().Add((n - 2) * 28)
	}
	return Span{begins(n), begins(n + 1).Add(-1)}, true
}

func (y AcademicYear) second() Day {
	if y.Second != "" {
		return y.Second
	}
	at := time.Date(y.From, time.July, 29, 0, 0, 0, 0, time.UTC)
	back := (int(at.Weekday()) + 6) % 7 // days since Monday
	if back > 3 {
		return DayOf(at.AddDate(0, 0, 7-back))
	}
	return DayOf(at.AddDate(0, 0, -back))
}

// longestPeriod is the most days of a teaching period: the first and the last one take in what is left of the year.
const longestPeriod = 35

// CheckEdge says what stands against an edge that somebody declares or a list gives. Observes is for one teaching period
// at most (MO-13): whoever supervises for longer has another position.
func CheckEdge(e Dated) error {
	switch {
	case !slices.Contains(Declarable, e.Kind):
		return &Fault{Kind: Invalid, Key: "authority.kind"}
	case e.From() == e.To() || e.From() == "" || e.To() == "":
		return &Fault{Kind: Invalid, Key: "authority.oneself"}
	case !e.Right():
		return &Fault{Kind: Invalid, Key: "person.span"}
	case e.Kind == Observes && (e.Span.From == "" || e.Span.To == "" || e.Span.From.Add(longestPeriod) <= e.Span.To):
		return &Fault{Kind: Invalid, Key: "authority.observes"}
	}
	return nil
}
