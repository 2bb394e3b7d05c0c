package solve

import (
	"context"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// A lottery that comes last decides between few pairs, and to draw a lot for every pair would cost as much as all the
// rest. So the matching is found without the lots first, as far as it goes. Then lots are drawn for the pairs that are
// still undecided, and the best matching among these is found, all others being as they are; and for the pairs on which
// a price may hang (see draft). What comes out is what a solution with all lots would find, prices and all.

// firstLot is the place in the ladder from which on there is nothing but lots.
func firstLot(p *match.Problem) int {
	ladder := p.Ladder()
	first := len(ladder)
	for first > 0 && ladder[first-1].Lottery > 0 {
		first--
	}
	return first
}

// withLots finds the best matching when the goals from the first lot on are lots.
func withLots(ctx context.Context, p *match.Problem, first int, o Options) (*match.Certificate, error) {
	d, err := withoutLots(ctx, p, first, o)
	if err != nil {
		return nil, err
	}
	if len(d.undecided) > p.Edges.Len()/4 {
		return allAtOnce(ctx, p, Options{}) // which is no more work then
	}
	return d.decide(ctx, p, first)
}

// withoutLots finds the best matching for the goals before the first lot.
func withoutLots(ctx context.Context, p *match.Problem, first int, o Options) (*draft, error) {
	before := *p
	before.Goals, before.HardMinimums = p.Ladder()[:first], false
	f, err := pack(&before)
	if err != nil {
		return nil, err
	}
	return f.solver().draft(ctx, &before, f, o)
}

// decide lets the lots decide, and finds the prices.
func (d *draft) decide(ctx context.Context, p *match.Problem, first int) (*match.Certificate, error) {
	w, err := d.draw(ctx, p, first)
	if err != nil {
		return nil, err
	}
	few := withEdges(p, w.edges, nil)
	f, err := packOrdered(few, first)
	if err != nil {
		return nil, err
	}
	c := f.solver().price(few, f, w)
	for i, e := range c.Chosen {
		c.Chosen[i] = w.edges[e]
	}
	return c, nil
}

// drawn is a matching that the lots have decided, and potentials that prove it: goal by goal and cap by cap, with the
// order of the caps before the lots. They are turned the mentees' way.
type drawn struct {
	edges      []int32 // those on which the matching and its prices hang, increasing
	chosen     []bool  // which of them are in the matching
	potentials [][]int64
	first      int // the place of the order among the potentials
}

// draw lets the lots decide what is undecided.
func (d *draft) draw(ctx context.Context, p *match.Problem, first int) (*drawn, error) {
	lots := len(p.Ladder()) - first
	w := &drawn{edges: slices.Concat(d.chosen, d.rivals), first: first}
	slices.Sort(w.edges)
	order := make([]int64, len(d.order))
	for v := range order {
		order[v] = -d.order[v]
	}
	w.potentials = append(d.far, order)
	for range lots {
		w.potentials = append(w.potentials, make([]int64, p.NumCaps()))
	}
	chosen := d.chosen
	if len(d.undecided) > 0 {
		q := amongUndecided(p, d)
		c, err := allAtOnce(ctx, q.Problem, Options{})
		if err != nil {
			return nil, err
		}
		chosen = q.replace(chosen, d.undecided, c.Chosen)
		for k := range lots {
			q.tell(c.Prices[first+k], w.potentials[first+1+k])
		}
	}
	w.chosen = make([]bool, len(w.edges))
	for _, e := range chosen {
		i, _ := slices.BinarySearch(w.edges, e)
		w.chosen[i] = true
	}
	return w, nil
}

// packOrdered packs the goals of p, with room for the order of the caps before the first lot.
func packOrdered(p *match.Problem, first int) (*packing, error) {
	f := &packing{}
	for k, g := range p.Ladder() {
		if k == first {
			f.add(p, match.Worth{}, 0)
			f.need[k] = bitsFor(int64(p.NumCaps()))
		}
		worth := p.Worth(&g)
		worth.DrawAll()
		f.add(p, worth, 0)
	}
	return f, f.fill()
}

// price finds the lowest prices of a matching that the lots have decided, whose edges are those of p.
func (solverOf[V]) price(p *match.Problem, f *packing, w *drawn) *match.Certificate {
	n := newNetwork[V](p, f, match.MenteeSide)
	n.hold(w.chosen)
	n.setPotentials(w.potentials)
	chosen := n.chosen()
	c := newCanonical(n, chosen)
	c.distances()
	return certify(p, f, slices.Delete(allGoals(f), w.first, w.first+1), chosen, c.lowest())
}

// hold makes the matching one that is known. Mentees bid.
func (n *network[V]) hold(chosen []bool) {
	for i := range n.p.Mentees {
		n.open(int32(i))
	}
	for v := range int32(len(n.node)) {
		own := &n.node[v]
		for a := own.first; own.bids && a < own.first+own.size; a++ {
			if !chosen[n.edge[a]] {
				continue
			}
			for _, leaf := range [...]int32{v, n.arcs[a].to} {
				for c := leaf; c >= 0; c = n.node[c].parent {
					n.node[c].load++
				}
			}
			n.choose(a, v)
		}
	}
}

// setPotentials sets the potentials, which are given goal by goal and cap by cap. Mentees bid.
func (n *network[V]) setPotentials(rows [][]int64) {
	first := true
	for v := range n.node {
		var y V
		for k, row := range rows {
			y[n.f.word[k]] += row[v] << n.f.shift[k]
		}
		n.node[v].y = y
		if !n.node[v].bids && (first || less(n.ceiling, y)) {
			n.ceiling, first = y, false
		}
	}
}
