package matchtest

import (
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// A Truth is what brute force knows about a tiny problem: enough to say of any certificate whether what it claims is
// true, however it is argued.
type Truth struct {
	Problem *match.Problem
	Optimum Optimum // when the aim is match.Optimal
	Stable  []Set   // when it is not; the weakly stable ones, when it is match.StableMorePlaced
	Most    int     // the most pairs that any matching has, when the aim is match.StableMorePlaced
	best    [2]Set  // per side, the stable matching that is best for it
}

// Know finds out about p.
func Know(p *match.Problem) *Truth {
	t := &Truth{Problem: p}
	switch p.Aim {
	case match.Optimal:
		t.Optimum = Best(p)
		return t
	case match.StableMorePlaced:
		t.Stable = AllWeaklyStable(p)
		for x := range All(p) {
			t.Most = max(t.Most, x.Len())
		}
		return t
	}
	t.Stable = AllStable(p)
	for s := range t.best {
		best, found := BestFor(p, match.Side(s), t.Stable)
		if !found {
			panic("nested caps always allow a stable matching that is best for one side")
		}
		t.best[s] = best
	}
	return t
}

// Proposers is the side for which a stable aim asks the best.
func (t *Truth) Proposers() match.Side {
	if t.Problem.Aim == match.StableForMentors {
		return match.MentorSide
	}
	return match.MenteeSide
}

// BestFor is the stable matching that is best for side s.
func (t *Truth) BestFor(s match.Side) Set { return t.best[s] }

// LowestPrices are the prices that the certificate of an optimal matching publishes: summed from the total down to each
// cap, as low as possible for mentors, and then as low as these allow for mentees.
func (t *Truth) LowestPrices() [][]int64 {
	d := define(t.Problem)
	return d.lowestPrices(d.ladder()[:len(t.Optimum.Values)], t.Optimum.Matchings[0])
}

// Holds says whether the claim of certificate c is true.
func (t *Truth) Holds(c *match.Certificate) bool {
	switch c.Outcome {
	case match.IsWeaklyStable:
		return t.Problem.Aim == match.StableMorePlaced && t.holdsWeakly(c)
	case match.IsStable:
		return t.Problem.Aim != match.Optimal && t.Problem.Aim != match.StableMorePlaced &&
			isList(c.Chosen, t.BestFor(t.Proposers())) &&
			(c.Other == nil || isList(c.Other.Chosen, t.BestFor(1-t.Proposers())))
	case match.IsOptimal, match.IsImpossible:
		return t.Problem.Aim == match.Optimal &&
			t.Optimum.Impossible == (c.Outcome == match.IsImpossible) &&
			slices.Equal(c.Values, t.Optimum.Values) &&
			slices.ContainsFunc(t.Optimum.Matchings, func(x Set) bool { return isList(c.Chosen, x) })
	}
	return false
}

// holdsWeakly says whether the matching is weakly stable, none of which this is true has more than half as many pairs
// again, and none whatever has more than the totals in the cover take.
func (t *Truth) holdsWeakly(c *match.Certificate) bool {
	greatest, is := 0, false
	for _, x := range t.Stable {
		greatest = max(greatest, x.Len())
		is = is || isList(c.Chosen, x)
	}
	most := 0
	for _, total := range c.Cover {
		if total < 0 || int(total) >= len(t.Problem.Mentees)+len(t.Problem.Mentors) {
			return false
		}
		most += int(t.Problem.Max[total])
	}
	return is && 2*greatest <= 3*len(c.Chosen) && t.Most <= most
}

// isList says whether the edges are those of x, in increasing order.
func isList(edges []int32, x Set) bool { return slices.Equal(edges, x.Edges()) }
