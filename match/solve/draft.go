package solve

import (
	"context"

	"github.com/chiron-mentoring/chiron/match"
)

// A draft is a matching that is best as far as the lots are not looked at, with what is needed to look at them.
//
// What the lots can change hangs on arcs of the residual network that are tight: as long as the difference of the
// distances from the ground at their ends. Equally good matchings differ by cycles of tight arcs, and a shortest path,
// which is a mentor's price, leads over tight arcs only. So lots matter for pairs on tight arcs, and for those on which a
// mentee's price may hang; no other pair needs one.
type draft struct {
	chosen    []int32
	rivals    []int32   // of all mentees
	undecided []int32   // open edges that another matching, as good, has otherwise; increasing
	far       [][]int64 // per goal and cap, how far the cap is from the ground; nothing where it is not reached
	order     []int64   // per cap that is reached, from 0: tight arcs lead up, or stay among caps with the same number
}

// draft finds the best matching for the goals that are packed.
func (solverOf[V]) draft(ctx context.Context, p *match.Problem, f *packing, o Options) (*draft, error) {
	n, err := flow[V](ctx, p, f, o)
	if err != nil {
		return nil, err
	}
	d := &draft{chosen: n.chosen()}
	c := newCanonical(n, d.chosen)
	c.measure()
	d.rivals = c.rivals()
	m := c.measured(d.chosen)
	for k := range f.worths {
		row := make([]int64, len(m.far))
		for v := range m.far {
			row[v] = f.goal(words(&m.far[v]), k)
		}
		d.far = append(d.far, row)
	}
	d.sort(p, m.tightArcs(d.chosen, d.rivals))
	return d, nil
}

// sort puts the caps in order along tight arcs, and finds the edges that lie on cycles.
func (d *draft) sort(p *match.Problem, arcs []tightArc) {
	ties := make([]tie, len(arcs))
	for i, a := range arcs {
		ties[i] = a.tie
	}
	component := components(p.NumCaps()+1, ties)
	cyclic := newEdgeSet(p)
	for _, a := range arcs {
		if a.pair && component[a.from] == component[a.to] {
			cyclic.add(a.edge)
		}
	}
	d.undecided = cyclic.inOrder()
	d.order = make([]int64, p.NumCaps())
	for v := range d.order {
		d.order[v] = int64(component[place(ground)] - component[place(int32(v))])
	}
}
