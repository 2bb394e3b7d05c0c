package explain

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
	"github.com/chiron-mentoring/chiron/match/solve"
)

func TestReasonsAreTheWeightiestThatAreTrue(t *testing.T) {
	t.Parallel()
	points := func(name string, n int, values ...string) score.Reason {
		return score.Reason{Criterion: name, Points: n, Values: values}
	}
	for _, c := range []struct {
		name         string
		reasons      []score.Reason
		hidden       []string
		helps, hurts []score.Reason
	}{
		{name: "nothing counts", reasons: nil},
		{
			name:    "the weightiest first, equals by the rules",
			reasons: []score.Reason{points("a", 3), points("b", 8), points("c", 3)},
			helps:   []score.Reason{points("b", 8), points("a", 3), points("c", 3)},
		}, {
			name:    "what takes away is no reason",
			reasons: []score.Reason{points("a", -3), points("b", 8), points("c", -9)},
			helps:   []score.Reason{points("b", 8)}, hurts: []score.Reason{points("c", -9), points("a", -3)},
		}, {
			name:    "criteria of one name stand and fall together",
			reasons: []score.Reason{points("a", 5, "x"), points("b", 2), points("a", -4, "y")},
			helps:   []score.Reason{points("b", 2), points("a", 1, "x", "y")},
		}, {
			name:    "two of one name that cancel say nothing",
			reasons: []score.Reason{points("a", 5), points("a", -5)},
		}, {
			name:    "hidden criteria are not named",
			reasons: []score.Reason{points("a", 5), points("b", 2)}, hidden: []string{"a"},
			helps: []score.Reason{points("b", 2)},
		},
	} {
		helps, hurts := choose(c.reasons, c.hidden)
		if !reflect.DeepEqual(helps, c.helps) || !reflect.DeepEqual(hurts, c.hurts) {
			t.Errorf("%s: got %v and %v, want %v and %v", c.name, helps, hurts, c.helps, c.hurts)
		}
	}
}

// A world is people with fields, rules, and the choices of each side; all at random. It becomes a problem as a program
// does that ranks by choices and counts suitability.
type world struct {
	mentees, mentors score.People
	rules            score.Rules
	places           []int
	aim              match.Aim
}

func newWorld(rng *rand.Rand, size int) *world {
	w := &world{aim: [...]match.Aim{match.Optimal, match.StableForMentees, match.StableForMentors}[rng.IntN(3)]}
	w.mentees, w.mentors = people(rng, "e", size+rng.IntN(size), "m", size), people(rng, "m", size, "e", size)
	for range w.mentors.IDs {
		w.places = append(w.places, 1+rng.IntN(2))
	}
	w.rules = score.Rules{
		Purposes: &score.Purposes{Mentee: "seeks", Mentor: "seeks", Points: []int{9, 5, 2}},
		Points: []score.Points{
			{Comparison: score.Comparison{Name: "wish", Measure: score.PlaceWithMentee, Mentee: "choices", Mentor: "id"}, Table: map[int]int{1: 8, 2: 5}},
			{Comparison: score.Comparison{Name: "wish of the mentor", Measure: score.PlaceWithMentor, Mentee: "id", Mentor: "choices"}, Table: map[int]int{1: 7, 2: 3}},
			{Comparison: score.Comparison{Name: "listed", Mentee: "id", Mentor: "choices"}, Each: 2},
			{Comparison: score.Comparison{Name: "shared interests", Mentee: "interests", Mentor: "interests"}, Each: 1 + rng.IntN(4), Most: 8},
			{Comparison: score.Comparison{Name: "shared habits", Mentee: "habits", Mentor: "habits"}, Each: rng.IntN(9) - 4},
			{Comparison: score.Comparison{Name: "gap in years", Measure: score.Gap, Mentee: "years", Mentor: "years"}, Table: map[int]int{1: 4, 2: 6, 3: -2}},
		},
	}
	return w
}

func people(rng *rand.Rand, letter string, n int, others string, m int) score.People {
	p := score.People{Fields: map[string]score.Field{}}
	some := func(word string, of int) []string {
		var list []string
		for _, k := range rng.Perm(of)[:rng.IntN(of+1)] {
			list = append(list, fmt.Sprintf("%s%d", word, k))
		}
		return list
	}
	for i := range n {
		p.IDs = append(p.IDs, fmt.Sprintf("%s%02d", letter, i))
		for field, list := range map[string][]string{
			"id": {p.IDs[i]}, "choices": some(others+"0", m), "seeks": append(some("purpose ", 3), "anything"),
			"interests": some("interest ", 5), "habits": some("habit ", 3), "years": {fmt.Sprint(rng.IntN(4))},
		} {
			for len(p.Fields[field]) < i {
				p.Fields[field] = append(p.Fields[field], nil)
			}
			p.Fields[field] = append(p.Fields[field], list)
		}
	}
	return p
}

// explainer solves the world and prepares to explain it.
func (w *world) explainer(t *testing.T) *Explainer {
	scorer, err := score.New(w.mentees, w.mentors, w.rules)
	if err != nil {
		t.Fatal(err)
	}
	b := match.NewBuilder(w.aim)
	b.Lottery.Seed = "a world"
	if w.aim == match.Optimal {
		b.Goals = []match.Goal{
			{Name: "placed", Units: []match.Reward{{Of: "mentees", Units: []int64{1}}}},
			{Name: "suitability", Column: "suitability"},
			{Name: "lottery", Lottery: 1},
		}
	}
	for _, id := range w.mentees.IDs {
		b.Person(match.MenteeSide, id, 1, 0)
	}
	for j, id := range w.mentors.IDs {
		b.Person(match.MentorSide, id, w.places[j], 0)
	}
	for pair := range scorer.Pairs() {
		one := match.Pair{
			Mentee: w.mentees.IDs[pair.Mentee], Mentor: w.mentors.IDs[pair.Mentor], Purpose: pair.Purpose,
			Values: map[string]int32{"suitability": pair.Suitability},
		}
		if w.aim != match.Optimal {
			one.MenteeRank = rank(w.mentees.Fields["choices"][pair.Mentee], one.Mentor)
			one.MentorRank = rank(w.mentors.Fields["choices"][pair.Mentor], one.Mentee)
		}
		b.Pair(one)
	}
	p, err := b.Problem()
	if err != nil {
		t.Fatal(err)
	}
	c, err := solve.Solve(t.Context(), p, solve.Options{})
	if err != nil {
		t.Fatal(err)
	}
	x, err := New(Case{Problem: p, Certificate: c, Reasons: func(edge int) []score.Reason {
		return scorer.Reasons(int(p.Edges.Mentee[edge]), int(p.Edges.Mentor[edge]), p.PurposeName(edge))
	}})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// rank is the place in somebody's choices, or after them.
func rank(choices []string, id string) int {
	if at := slices.Index(choices, id); at >= 0 {
		return at + 1
	}
	return 100
}

// suitability is that of mentee i and mentor j under rules, for a purpose; false: they share it no longer.
func (w *world) suitability(t *testing.T, rules score.Rules, i, j int, purpose string) (int, bool) {
	scorer, err := score.New(w.mentees, w.mentors, rules)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0
	for _, r := range scorer.Reasons(i, j, purpose) {
		sum += r.Points
	}
	return sum, scorer.Barrier(i, j) == ""
}

func TestEveryReasonNamedMovesTheSuitability(t *testing.T) {
	t.Parallel()
	pairs, reasons := 0, 0
	for seed := uint64(0); pairs < 1000; seed++ {
		w := newWorld(rand.New(rand.NewPCG(seed, 1)), 4)
		w.aim = match.Optimal
		x := w.explainer(t)
		for _, e := range x.about.Certificate.Chosen {
			pairs++
			i, j, purpose := int(x.p.Edges.Mentee[e]), int(x.p.Edges.Mentor[e]), x.p.PurposeName(int(e))
			whole, _ := w.suitability(t, w.rules, i, j, purpose)
			if got := x.p.Column("suitability")[e]; int(got) != whole {
				t.Fatalf("seed %d edge %d: suitability %d, scored anew %d", seed, e, got, whole)
			}
			named, _ := x.Reasons(e)
			for _, r := range named {
				reasons++
				if sum, _ := w.suitability(t, w.withoutCriterion(r.Scored.Criterion), i, j, purpose); sum >= whole {
					t.Errorf("seed %d edge %d: without %q the suitability is %d, with it %d", seed, e, r.Scored.Criterion, sum, whole)
				}
				if r.Scored.Values == nil {
					continue
				}
				if sum, may := w.withoutValues(t, r.Scored, i, j, purpose); may && sum >= whole {
					t.Errorf("seed %d edge %d: without %v the suitability is %d, with it %d", seed, e, r.Scored.Values, sum, whole)
				}
			}
		}
	}
	if reasons < 2000 {
		t.Errorf("only %d reasons were named for %d pairs", reasons, pairs)
	}
}

// withoutCriterion is the rules without what has this name.
func (w *world) withoutCriterion(name string) score.Rules {
	rules := w.rules
	if name == purposeCriterion {
		purposes := *rules.Purposes
		purposes.Points = nil
		rules.Purposes = &purposes
	}
	rules.Points = slices.DeleteFunc(slices.Clone(rules.Points), func(p score.Points) bool { return p.Name == name })
	return rules
}

// withoutValues scores a pair of which the mentor has not what the reason names.
func (w *world) withoutValues(t *testing.T, r score.Reason, i, j int, purpose string) (int, bool) {
	field := map[string]string{purposeCriterion: "seeks", "shared interests": "interests", "shared habits": "habits", "listed": "choices"}[r.Criterion]
	before := w.mentors.Fields[field][j]
	defer func() { w.mentors.Fields[field][j] = before }()
	w.mentors.Fields[field][j] = slices.DeleteFunc(slices.Clone(before), func(v string) bool { return slices.Contains(r.Values, v) })
	return w.suitability(t, w.rules, i, j, purpose)
}

func TestPointsThatDecideNothingAreNoReasons(t *testing.T) {
	t.Parallel()
	for seed := range uint64(50) {
		w := newWorld(rand.New(rand.NewPCG(seed, 2)), 4)
		w.aim = match.StableForMentees
		x := w.explainer(t)
		for _, e := range x.about.Certificate.Chosen {
			named, against := x.Reasons(e)
			for _, r := range append(named, against...) {
				if r.Kind == Criterion {
					t.Fatalf("seed %d edge %d: %q is named, and rankings alone decide", seed, e, r.Scored.Criterion)
				}
			}
			if len(named) != 2 || named[0].Rank != x.p.Edges.MenteeRank[e] || named[1].Rank != x.p.Edges.MentorRank[e] {
				t.Fatalf("seed %d edge %d: got %v, want the ranks of both", seed, e, named)
			}
		}
	}
}
