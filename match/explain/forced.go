package explain

import (
	"cmp"
	"context"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// Forced is the best pair that a mentee could have and has not, and what it would take to have it: the problem was
// solved anew with that pair fixed. One such problem is solved for a mentee.
type Forced struct {
	Edge       int32
	Impossible bool // nothing that meets the limits has this pair
	Difference      // its gains are losses
}

// NextBest finds the best pair that a mentee has not, and what forcing it costs; nil: there is none. Best is what the
// goals count for the pair itself, in their order; in a stable matching, what the mentee ranks best.
func (x *Explainer) NextBest(ctx context.Context, mentee string) (*Forced, error) {
	who := x.find(match.MenteeSide, mentee)
	if who < 0 {
		return nil, nil
	}
	if known, there := x.next[who]; there {
		return known, nil
	}
	e := x.bestUnchosen(who)
	if e < 0 {
		x.next[who] = nil
		return nil, nil
	}
	f := &Forced{Edge: e}
	q := withPinned(x.p, e)
	c, err := x.solve(ctx, q)
	if err != nil {
		return nil, err
	}
	if f.Impossible = c == nil; !f.Impossible {
		f.Difference = x.compare(q, c, nil, [2]int32{x.p.Edges.Mentee[e], x.p.Edges.Mentor[e]})
	}
	x.next[who] = f
	return f, nil
}

// bestUnchosen is the best open edge that mentee i has not, or -1.
func (x *Explainer) bestUnchosen(i int32) int32 {
	var open []int32
	for _, e := range x.edges[match.MenteeSide][i] {
		if !x.isChosen[e] && x.p.State(int(e)) == match.Open {
			open = append(open, e)
		}
	}
	if len(open) == 0 {
		return -1
	}
	x.byPrice(open) // of those that count alike, the cheapest
	if x.p.Aim == match.Optimal {
		slices.SortStableFunc(open, func(a, b int32) int {
			for k := range x.worth {
				if x.goals[k].Lottery > 0 {
					continue
				}
				if by := cmp.Compare(x.worth[k].Pair(int(b)), x.worth[k].Pair(int(a))); by != 0 {
					return by
				}
			}
			return 0
		})
	}
	return open[0]
}
