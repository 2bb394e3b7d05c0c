package explain

import (
	"slices"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/matchtest"
)

// without is problem p without some of its edges, and those as pairs.
func without(p *match.Problem, gone func(e int) bool) (*match.Problem, []match.Pair) {
	q := *p
	q.Edges = match.Edges{}
	q.Columns = nil
	var pairs []match.Pair
	var kept []int
	for e := range p.Edges.Len() {
		if gone(e) {
			pairs = append(pairs, asPair(p, e))
		} else {
			kept = append(kept, e)
		}
	}
	keep32 := func(values []int32) []int32 {
		if values == nil {
			return nil
		}
		rest := make([]int32, 0, len(kept))
		for _, e := range kept {
			rest = append(rest, values[e])
		}
		return rest
	}
	from := &p.Edges
	q.Edges = match.Edges{
		Mentee: keep32(from.Mentee), Mentor: keep32(from.Mentor), Purpose: keep32(from.Purpose), MenteeCap: keep32(from.MenteeCap),
		MentorCap: keep32(from.MentorCap), MenteeRank: keep32(from.MenteeRank), MentorRank: keep32(from.MentorRank),
	}
	for _, e := range kept {
		if from.State != nil {
			q.Edges.State = append(q.Edges.State, from.State[e])
		}
	}
	for _, c := range p.Columns {
		q.Columns = append(q.Columns, match.Column{Name: c.Name, Values: keep32(c.Values)})
	}
	return &q, pairs
}

// asPair says edge e in words.
func asPair(p *match.Problem, e int) match.Pair {
	pair := match.Pair{
		Mentee: p.Mentees[p.Edges.Mentee[e]], Mentor: p.Mentors[p.Edges.Mentor[e]], Purpose: p.PurposeName(e),
		State: p.State(e), Values: map[string]int32{},
	}
	if p.Edges.MenteeRank != nil {
		pair.MenteeRank = int(p.Edges.MenteeRank[e])
	}
	if p.Edges.MentorRank != nil {
		pair.MentorRank = int(p.Edges.MentorRank[e])
	}
	totals := len(p.Mentees) + len(p.Mentors)
	if c := int(p.Leaf(match.MenteeSide, e)); c >= totals {
		pair.MenteeClass = p.Classes[c-totals].Name
	}
	if c := int(p.Leaf(match.MentorSide, e)); c >= totals {
		pair.MentorClass = p.Classes[c-totals].Name
	}
	for _, c := range p.Columns {
		pair.Values[c.Name] = c.Values[e]
	}
	return pair
}

func TestPairsTakenOutAndPutBackMakeTheSameProblem(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		p := matchtest.Tiny(seed, matchtest.AnyFeatures(seed, matchtest.OptimalFeatures))
		kept := 0
		q, pairs := without(p, func(e int) bool { return (seed+uint64(e))%3 == 0 })
		back, moved := withPairs(q, append(pairs, asPair(p, 1))) // one of them is there already, or there twice
		if back.Hash() != p.Hash() {
			t.Fatalf("seed %d: got another problem back", seed)
		}
		for e := range p.Edges.Len() {
			if (seed+uint64(e))%3 == 0 {
				continue
			}
			if int(moved[kept]) != e {
				t.Fatalf("seed %d: edge %d is said to be at %d, and is at %d", seed, kept, moved[kept], e)
			}
			kept++
		}
	}
}

func TestUnitsGoOnBelowNothing(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		units []int64
		to    int
		want  []int64
	}{
		{[]int64{1}, 3, []int64{1}},
		{nil, 3, nil},
		{[]int64{-1, -3}, 4, []int64{-1, -3, -5, -7}},
		{[]int64{-1}, 3, []int64{-1, -3, -5}},
		{[]int64{-4}, 2, []int64{-4, -4}},
		{[]int64{2, 0, -1}, 4, []int64{2, 0, -1, -2}},
	} {
		if got := lengthened(c.units, c.to); !slices.Equal(got, c.want) {
			t.Errorf("%v to %d: got %v, want %v", c.units, c.to, got, c.want)
		}
	}
}
