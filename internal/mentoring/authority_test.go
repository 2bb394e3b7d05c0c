package mentoring_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	. "github.com/chiron-mentoring/chiron/internal/mentoring"
)

var models = []Model{Apprenticeship, Cloning, Nurturing, Friendship}

// MO-5, MO-13, H of the domain model: written from the rules, for every kind and model.
func TestEveryKindOfEdgeInEveryModel(t *testing.T) {
	t.Parallel()
	want := map[EdgeKind][4]Barrier{
		Observes:         {Recusal, Recusal, Recusal, Recusal}, // MO-13: blocks nothing in any model
		Evaluates:        {DualRole, DualRole, Blocked, Blocked},
		DecidesPromotion: {DualRole, DualRole, Blocked, Blocked},
		Pays:             {DualRole, DualRole, Blocked, Blocked},
		LeadsUnitOf:      {DualRole, DualRole, Blocked, Blocked},
		"a new kind":     {DualRole, DualRole, Blocked, Blocked},
		DoNotMatch:       {Blocked, Blocked, Blocked, Blocked},
		Supervises:       {}, Family: {}, Business: {}, CoApplicant: {},
	}
	for kind, row := range want {
		for k, model := range models {
			if got := BarrierOf(kind, model); got != row[k] {
				t.Errorf("%s in %s: %q, want %q", kind, model, got, row[k])
			}
		}
	}
}

// TestBarrierIsTheWorstOfThoseInForce compares with every edge asked by itself.
func TestBarrierIsTheWorstOfThoseInForce(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	people := []PersonID{"a", "b", "c"}
	kinds := append(slices.Clone(Declarable), DoNotMatch)
	rank := map[Barrier]int{NoBarrier: 0, Recusal: 1, DualRole: 2, Blocked: 3}
	for range 3000 {
		var edges []Dated
		for range r.IntN(5) {
			from, to := people[r.IntN(3)], people[r.IntN(3)]
			edges = append(edges, Dated{Edge{kinds[r.IntN(len(kinds))], from, to}, Span{Day(fmt.Sprintf("2027-01-%02d", 1+r.IntN(9))), Day(fmt.Sprintf("2027-01-%02d", 5+r.IntN(9)))}})
		}
		day, model := Day(fmt.Sprintf("2027-01-%02d", 1+r.IntN(14))), models[r.IntN(4)]
		want := NoBarrier
		for _, e := range edges {
			together := e.Edge.From != e.Edge.To && e.Edge.From != "c" && e.Edge.To != "c"
			if b := BarrierOf(e.Kind, model); together && e.Span.From <= day && day <= e.Span.To && rank[b] > rank[want] {
				want = b
			}
		}
		if got, back := Between(edges, "a", "b", model, day), Between(edges, "b", "a", model, day); got != want || back != want {
			t.Fatalf("%v on %s in %s: %q and %q, want %q", edges, day, model, got, back, want)
		}
	}
}

func TestWishNotToBeMatchedIsSymmetric(t *testing.T) { // AP-6
	t.Parallel()
	vetoes := []Veto{{"a", "b"}}
	if !Apart(vetoes, "a", "b") || !Apart(vetoes, "b", "a") || Apart(vetoes, "a", "c") {
		t.Error("it does not hold both ways, or holds for others")
	}
}

// FV-4: thirteen periods of four weeks cover an academic year without a gap.
func TestThirteenPeriodsCoverTheYear(t *testing.T) {
	t.Parallel()
	for year := 2020; year < 2050; year++ {
		y := AcademicYear{From: year}
		before := Day(fmt.Sprintf("%d-06-30", year))
		for n := 1; n <= Periods; n++ {
			span, known := y.Period(n)
			if !known || span.From != before.Add(1) || !span.Right() {
				t.Fatalf("%d, period %d: %v after %s", year, n, span, before)
			}
			if n > 1 && n < Periods && span.To != span.From.Add(27) || span.To > span.From.Add(34) {
				t.Errorf("%d, period %d is %v", year, n, span)
			}
			if err := CheckEdge(Dated{Edge{Observes, "a", "b"}, span}); err != nil {
				t.Errorf("%d, period %d is too long to observe in: %v", year, n, err)
			}
			before = span.To
		}
		if before != Day(fmt.Sprintf("%d-06-30", year+1)) {
			t.Errorf("%d ends on %s", year, before)
		}
	}
	if _, known := (AcademicYear{From: 2026}).Period(14); known {
		t.Error("there is a period 14")
	}
	if span, _ := (AcademicYear{From: 2026, Second: "2026-07-28"}).Period(2); span.From != "2026-07-28" {
		t.Errorf("a faculty's own second period is %v", span)
	}
}

func TestEdgeThatCannotBeIsRefused(t *testing.T) {
	t.Parallel()
	for key, e := range map[string]Dated{
		"authority.kind":     {Edge{DoNotMatch, "a", "b"}, Span{}},
		"authority.oneself":  {Edge{Pays, "a", "a"}, Span{}},
		"person.span":        {Edge{Pays, "a", "b"}, Span{"2027-02-01", "2027-01-01"}},
		"authority.observes": {Edge{Observes, "a", "b"}, Span{"2027-01-01", "2027-02-05"}},
	} {
		if f, ok := CheckEdge(e).(*Fault); !ok || f.Key != key {
			t.Errorf("%v: %v, want %s", e, f, key)
		}
	}
	if err := CheckEdge(Dated{Edge{Observes, "a", "b"}, Span{"2027-01-01", "2027-02-04"}}); err != nil {
		t.Error(err)
	}
}
