package explain

import (
	"context"

	"github.com/chiron-mentoring/chiron/match"
)

// Freed finds how the answer would differ if edges that were pinned or forbidden could be chosen freely: what these
// decisions cost together. The costs of single decisions do not add up to it. One problem is solved.
func (x *Explainer) Freed(ctx context.Context, edges []int32) (Difference, error) {
	q := *x.p
	q.Edges.State = make([]match.State, x.p.Edges.Len())
	copy(q.Edges.State, x.p.Edges.State)
	for _, e := range edges {
		q.Edges.State[e] = match.Open
	}
	c, err := x.solve(ctx, &q)
	if err != nil || c == nil {
		// What is possible with a decision is possible without it: c is nil only where nothing meets the minimums.
		return Difference{Gain: make([]int64, len(x.goals))}, err
	}
	return x.compare(&q, c, nil, x.inAll(edges)), nil
}

// inAll is the mentee and the mentor who are in all of the edges, or -1 on a side where there is nobody.
func (x *Explainer) inAll(edges []int32) [2]int32 {
	both := [2]int32{-1, -1}
	for k, e := range edges {
		for side := range both {
			switch who := x.p.Person(match.Side(side), int(e)); {
			case k == 0:
				both[side] = who
			case both[side] != who:
				both[side] = -1
			}
		}
	}
	return both
}
