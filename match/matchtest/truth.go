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
	Stable  []Set   // when it is not
	best    [2]Set  // per side, the stable matching that is best for it
}

// Know finds out about p.
func Know(p *match.Problem) *Truth {
	t := &Truth{Problem: p}
	if p.Aim == match.Optimal {
		t.Optimum = Best(p)
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
	case match.IsStable:
		return t.Problem.Aim != match.Optimal &&
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

// isList says whether the edges are those of x, in increasing order.
func isList(edges []int32, x Set) bool { return slices.Equal(edges, x.Edges()) }
