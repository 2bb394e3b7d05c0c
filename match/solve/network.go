package solve

import (
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// A network is a problem as a flow of pairs: from the ground through the caps of the bidding side, across an edge,
// through the caps of the other side, back to the ground. Each cap is a node. Bidders are the side with fewer places
// in all, whichever it is, since the search goes bidder by bidder.
//
// Every node has a potential y; the ground has 0. For an arc from t to h that earns w for one more pair, the reduced
// cost is -w + y(t) - y(h); for taking one pair back from the same arc, it is w + y(h) - y(t). All arcs that can change
// have reduced costs of at least zero at all times (complementary slackness), so when all bidders are served the
// flow is the best one, and the potentials are its proof: y on the mentees' side, -y on the mentors' side are sums of
// prices when mentees bid, and the other way round when mentors do.
type network[V vec] struct {
	p       *match.Problem
	f       *packing
	bidders match.Side

	parent []int32 // -1: the ground
	upper  []int32
	load   []int32
	y      []V
	bids   []bool // whether the cap belongs to a bidder

	childStart, child []int32 // the classes directly inside cap c: child[childStart[c]:childStart[c+1]]

	// Arcs across, grouped by the bidder's innermost cap, the most worth first.
	start []int32 // per cap; empty for caps of the other side
	to    []int32 // innermost cap on the other side; its complement when the edge is chosen
	worth []V
	edge  []int32

	// Chosen arcs by the innermost cap of the other side.
	heldStart, heldCount []int32
	held                 []heldArc

	unitStart []int32 // per cap, where its units begin; nil when units count nothing
	units     []V

	ceiling V // no cap of the other side ever has a greater potential
}

// A heldArc is a chosen arc seen from the side that did not bid.
type heldArc struct{ arc, from int32 }

func newNetwork[V vec](p *match.Problem, f *packing) *network[V] {
	n := &network[V]{p: p, f: f, bidders: fewerPlaces(p)}
	caps := p.NumCaps()
	n.upper, n.load, n.y = p.Max, make([]int32, caps), make([]V, caps)
	n.parent, n.bids = make([]int32, caps), make([]bool, caps)
	for c := range int32(caps) {
		n.parent[c] = p.Parent(c)
		side, _ := p.Owner(c)
		n.bids[c] = side == n.bidders
	}
	n.linkChildren()
	n.listUnits()
	n.pin()
	n.price()
	n.listArcs()
	n.bid()
	return n
}

// fewerPlaces is the side with fewer places in all, counting no more than a person's edges.
func fewerPlaces(p *match.Problem) match.Side {
	var places [2]int64
	for s, of := range [...][]int32{p.Edges.Mentee, p.Edges.Mentor} {
		degree := make([]int32, max(len(p.Mentees), len(p.Mentors)))
		for _, i := range of {
			if degree[i]++; degree[i] <= p.Max[total(p, match.Side(s), i)] {
				places[s]++
			}
		}
	}
	if places[match.MentorSide] < places[match.MenteeSide] {
		return match.MentorSide
	}
	return match.MenteeSide
}

func (n *network[V]) linkChildren() {
	caps := len(n.parent)
	n.childStart = make([]int32, caps+1)
	for _, up := range n.parent {
		if up >= 0 {
			n.childStart[up+1]++
		}
	}
	for c := range caps {
		n.childStart[c+1] += n.childStart[c]
	}
	n.child = make([]int32, n.childStart[caps])
	next := slices.Clone(n.childStart)
	for c, up := range n.parent {
		if up >= 0 {
			n.child[next[up]] = int32(c)
			next[up]++
		}
	}
}

func (n *network[V]) listUnits() {
	longest := func(c int32) int32 {
		most := int32(0)
		for k := range n.f.worths {
			most = max(most, n.f.worths[k].Units(c))
		}
		return min(most, max(n.upper[c], 1))
	}
	n.unitStart = make([]int32, len(n.parent)+1)
	for c := range int32(len(n.parent)) {
		n.unitStart[c+1] = n.unitStart[c] + longest(c)
	}
	if n.unitStart[len(n.parent)] == 0 {
		n.unitStart = nil
		return
	}
	for c := range int32(len(n.parent)) {
		for k := int32(1); k <= n.unitStart[c+1]-n.unitStart[c]; k++ {
			n.units = append(n.units, packUnit[V](n.f, c, k))
		}
	}
}

// unit is what the k-th pair on cap c earns besides its worth.
func (n *network[V]) unit(c, k int32) V {
	var none V
	if n.unitStart == nil {
		return none
	}
	if at := n.unitStart[c] + k - 1; at < n.unitStart[c+1] {
		return n.units[at]
	}
	return none
}

// last is what the last pair on cap c earns, or the first would if there is none.
func (n *network[V]) last(c int32) V { return n.unit(c, max(n.load[c], 1)) }

// next is what one more pair on cap c would earn.
func (n *network[V]) next(c int32) V { return n.unit(c, n.load[c]+1) }

// pin takes up the places of pinned pairs, which take no part in the search.
func (n *network[V]) pin() {
	for e, s := range n.p.Edges.State {
		if s == match.Pinned {
			for _, side := range [...]match.Side{match.MenteeSide, match.MentorSide} {
				for c := n.p.Leaf(side, e); c >= 0; c = n.parent[c] {
					n.load[c]++
				}
			}
		}
	}
}

// price gives caps of the side that does not bid the potentials at which they would take what they have and no more.
func (n *network[V]) price() {
	first := true
	for c := range int32(len(n.parent)) { // a parent comes before its children
		if n.bids[c] {
			continue
		}
		if n.parent[c] >= 0 {
			n.y[c] = n.y[n.parent[c]]
		}
		if n.load[c] < n.upper[c] {
			n.y[c] = add(n.y[c], n.next(c))
		} else {
			n.y[c] = add(n.y[c], n.last(c))
		}
		if first || less(n.ceiling, n.y[c]) {
			n.ceiling, first = n.y[c], false
		}
	}
}

// bid gives bidders the potentials at which none of their edges is worth more than the prices.
func (n *network[V]) bid() {
	offset := make([]V, len(n.parent)) // a class's potential less the total's
	root := make([]int32, len(n.parent))
	for c := range int32(len(n.parent)) {
		if !n.bids[c] {
			continue
		}
		price := neg(n.last(c))
		if n.load[c] < n.upper[c] {
			price = neg(n.next(c))
		}
		if up := n.parent[c]; up >= 0 {
			offset[c], root[c] = add(offset[up], price), root[up]
		} else {
			root[c], n.y[c] = c, price
		}
	}
	for c := range int32(len(n.parent)) {
		for a := n.start[c]; a < n.start[c+1]; a++ {
			need := sub(add(n.worth[a], n.y[n.to[a]]), offset[c])
			n.y[root[c]] = greater(n.y[root[c]], need)
		}
	}
	for c := range int32(len(n.parent)) {
		if n.bids[c] && n.parent[c] >= 0 {
			n.y[c] = add(n.y[root[c]], offset[c])
		}
	}
}

// listArcs groups the open edges by the bidder's innermost cap, the most worth first and equals by number, so that a
// search can stop as soon as an edge is worth too little whatever its price.
func (n *network[V]) listArcs() {
	p, caps := n.p, len(n.parent)
	n.start, n.heldStart = make([]int32, caps+1), make([]int32, caps+1)
	for e := range p.Edges.Len() {
		if p.State(e) == match.Open {
			n.start[p.Leaf(n.bidders, e)+1]++
			n.heldStart[p.Leaf(1-n.bidders, e)+1]++
		}
	}
	for c := range caps {
		n.start[c+1] += n.start[c]
		n.heldStart[c+1] = n.heldStart[c] + min(n.heldStart[c+1], n.upper[c])
	}
	n.held, n.heldCount = make([]heldArc, n.heldStart[caps]), make([]int32, caps)
	arcs := make([]sortArc[V], n.start[caps])
	next := slices.Clone(n.start)
	for e := range p.Edges.Len() {
		if p.State(e) == match.Open {
			c := p.Leaf(n.bidders, e)
			arcs[next[c]] = sortArc[V]{packPair[V](n.f, e), int32(e)}
			next[c]++
		}
	}
	n.to, n.edge, n.worth = make([]int32, len(arcs)), make([]int32, len(arcs)), make([]V, len(arcs))
	for c := range caps {
		own := arcs[n.start[c]:n.start[c+1]]
		slices.SortFunc(own, compareArcs[V])
		for i, a := range own {
			at := int(n.start[c]) + i
			n.to[at], n.edge[at], n.worth[at] = p.Leaf(1-n.bidders, int(a.edge)), a.edge, a.worth
		}
	}
}

type sortArc[V vec] struct {
	worth V
	edge  int32
}

func compareArcs[V vec](a, b sortArc[V]) int {
	switch {
	case less(b.worth, a.worth):
		return -1
	case less(a.worth, b.worth):
		return 1
	}
	return int(a.edge) - int(b.edge)
}

// choose makes arc a, from cap from, part of the matching.
func (n *network[V]) choose(a, from int32) {
	c := n.to[a]
	n.to[a] = ^c
	n.held[n.heldStart[c]+n.heldCount[c]] = heldArc{a, from}
	n.heldCount[c]++
}

// drop takes the arc at place at of cap c out of the matching.
func (n *network[V]) drop(c, at int32) {
	own := n.held[n.heldStart[c] : n.heldStart[c]+n.heldCount[c]]
	n.to[own[at].arc] = c
	own[at] = own[len(own)-1]
	n.heldCount[c]--
}

// chosen lists the edges of the matching, with the pinned ones.
func (n *network[V]) chosen() []int32 {
	var all []int32
	for a, c := range n.to {
		if c < 0 {
			all = append(all, n.edge[a])
		}
	}
	for e, s := range n.p.Edges.State {
		if s == match.Pinned {
			all = append(all, int32(e))
		}
	}
	slices.Sort(all)
	return all
}
