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

	node []node[V] // per cap

	childStart, child []int32 // the classes directly inside cap c: child[childStart[c]:childStart[c+1]]

	// Arcs across, grouped by the bidder's innermost cap, the most worth first once the bidder is open.
	arcs []arc[V]
	edge []int32 // the edge of each arc

	// Chosen arcs by the innermost cap of the other side.
	held []heldArc[V]

	unitStart []int32 // per cap, where its units begin; nil when units count nothing
	units     []V

	ceiling V // no cap of the other side ever has a greater potential

	family []int32 // the caps of the bidder being opened
	order  byWorth[V]
}

// A node is a cap, with what the search at hand knows of it. All that a search touches lies together.
type node[V vec] struct {
	y      V
	dist   V    // from the root of the search
	via    step // how it was reached
	parent int32
	upper  int32
	load   int32
	first  int32 // a bidder's arcs are arcs[first:first+size]; the other side's chosen ones held[first:first+size]
	size   int32
	bids   bool // whether the cap belongs to a bidder
	seen   bool
	done   bool
	_      [8]byte // so that with one word a node fills a line of the processor's cache
}

// A step leads to a node: from which one, and over which arc, which held arc (by its place), or up or down the caps.
type step struct {
	from int32
	at   int32
	over stepKind
}

type stepKind uint8

const (
	overCap  stepKind = iota // to a parent or child
	overArc                  // choosing arc at
	overHeld                 // dropping the held arc at place at
)

// An arc leads across an edge.
type arc[V vec] struct {
	worth V
	to    int32 // innermost cap on the other side; its complement when the edge is chosen
}

// A heldArc is a chosen arc seen from the side that did not bid.
type heldArc[V vec] struct {
	worth     V
	arc, from int32
}

func newNetwork[V vec](p *match.Problem, f *packing, bidders match.Side) *network[V] {
	n := &network[V]{p: p, f: f, bidders: bidders}
	caps := p.NumCaps()
	n.node = make([]node[V], caps)
	for c := range int32(caps) {
		side, _ := p.Owner(c)
		n.node[c].upper, n.node[c].parent, n.node[c].bids = p.Max[c], p.Parent(c), side == n.bidders
	}
	n.linkChildren()
	n.listUnits()
	n.pin()
	n.price()
	n.listArcs()
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
	caps := len(n.node)
	n.childStart = make([]int32, caps+1)
	for c := range n.node {
		if up := n.node[c].parent; up >= 0 {
			n.childStart[up+1]++
		}
	}
	for c := range caps {
		n.childStart[c+1] += n.childStart[c]
	}
	n.child = make([]int32, n.childStart[caps])
	next := slices.Clone(n.childStart)
	for c := range n.node {
		if up := n.node[c].parent; up >= 0 {
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
		return min(most, max(n.node[c].upper, 1))
	}
	n.unitStart = make([]int32, len(n.node)+1)
	for c := range int32(len(n.node)) {
		n.unitStart[c+1] = n.unitStart[c] + longest(c)
	}
	if n.unitStart[len(n.node)] == 0 {
		n.unitStart = nil
		return
	}
	for c := range int32(len(n.node)) {
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
func (n *network[V]) last(c int32) V { return n.unit(c, max(n.node[c].load, 1)) }

// next is what one more pair on cap c would earn.
func (n *network[V]) next(c int32) V { return n.unit(c, n.node[c].load+1) }

// pin takes up the places of pinned pairs, which take no part in the search.
func (n *network[V]) pin() {
	for e, s := range n.p.Edges.State {
		if s == match.Pinned {
			for _, side := range [...]match.Side{match.MenteeSide, match.MentorSide} {
				for c := n.p.Leaf(side, e); c >= 0; c = n.node[c].parent {
					n.node[c].load++
				}
			}
		}
	}
}

// price gives caps of the side that does not bid the potentials at which they would take what they have and no more.
func (n *network[V]) price() {
	first := true
	for c := range int32(len(n.node)) { // a parent comes before its children
		if n.node[c].bids {
			continue
		}
		if n.node[c].parent >= 0 {
			n.node[c].y = n.node[n.node[c].parent].y
		}
		if n.node[c].load < n.node[c].upper {
			n.node[c].y = add(n.node[c].y, n.next(c))
		} else {
			n.node[c].y = add(n.node[c].y, n.last(c))
		}
		if first || less(n.ceiling, n.node[c].y) {
			n.ceiling, first = n.node[c].y, false
		}
	}
}

// listArcs groups the open edges by the bidder's innermost cap. The arcs themselves are made when the bidder's turn
// comes, so that they are fresh in the processor's cache when they are looked at first.
func (n *network[V]) listArcs() {
	p, caps := n.p, len(n.node)
	degree := make([]int32, caps)
	for e := range p.Edges.Len() {
		if p.State(e) == match.Open {
			degree[p.Leaf(n.bidders, e)]++
			degree[p.Leaf(1-n.bidders, e)]++
		}
	}
	arcs, held := int32(0), int32(0)
	for c, d := range degree {
		if own := &n.node[c]; own.bids {
			own.first = arcs
			arcs += d
		} else {
			own.first = held
			held += min(d, own.upper)
		}
	}
	n.held, n.edge = make([]heldArc[V], held), make([]int32, arcs)
	for e := range p.Edges.Len() {
		if p.State(e) == match.Open {
			own := &n.node[p.Leaf(n.bidders, e)]
			n.edge[own.first+own.size] = int32(e)
			own.size++
		}
	}
	n.arcs = make([]arc[V], len(n.edge))
}

// open readies a bidder, given by the total: it sorts the arcs of all its caps, the most worth first and equals by
// number, so that a search can stop as soon as an edge is worth too little whatever its price; and it raises the
// potentials until none of the edges is worth more than today's prices.
func (n *network[V]) open(root int32) {
	n.family = append(n.family[:0], root)
	for i := 0; i < len(n.family); i++ { // a parent comes before its children
		c := n.family[i]
		n.family = append(n.family, n.children(c)...)
		own := &n.node[c]
		if own.load < own.upper {
			own.y = neg(n.next(c))
		} else {
			own.y = neg(n.last(c))
		}
		if own.parent >= 0 {
			own.y = add(own.y, n.node[own.parent].y)
		}
	}
	var raise V
	for _, c := range n.family {
		edges, arcs := n.edge[n.node[c].first:][:n.node[c].size], n.arcsOf(c)
		n.order.sort(n.f, edges, arcs)
		for i, e := range edges {
			arcs[i].to = n.p.Leaf(1-n.bidders, int(e))
		}
		enough := sub(n.node[c].y, n.ceiling)
		for _, a := range arcs {
			if !less(raise, sub(a.worth, enough)) {
				break
			}
			raise = greater(raise, sub(add(a.worth, n.node[a.to].y), n.node[c].y))
		}
	}
	for _, c := range n.family {
		n.node[c].y = add(n.node[c].y, raise)
	}
}

// arcsOf are the arcs of a bidder's cap.
func (n *network[V]) arcsOf(c int32) []arc[V] {
	own := &n.node[c]
	return n.arcs[own.first : own.first+own.size]
}

// heldBy are the chosen arcs of a cap of the other side.
func (n *network[V]) heldBy(c int32) []heldArc[V] {
	own := &n.node[c]
	return n.held[own.first : own.first+own.size]
}

// children are the classes directly inside cap c.
func (n *network[V]) children(c int32) []int32 {
	if len(n.child) == 0 {
		return nil
	}
	return n.child[n.childStart[c]:n.childStart[c+1]]
}

// choose makes arc a, from cap from, part of the matching.
func (n *network[V]) choose(a, from int32) {
	c := n.arcs[a].to
	n.arcs[a].to = ^c
	own := &n.node[c]
	n.held[own.first+own.size] = heldArc[V]{n.arcs[a].worth, a, from}
	own.size++
}

// drop takes the arc at place at of cap c out of the matching.
func (n *network[V]) drop(c, at int32) {
	own := n.heldBy(c)
	n.arcs[own[at].arc].to = c
	own[at] = own[len(own)-1]
	n.node[c].size--
}

// chosen lists the edges of the matching, with the pinned ones.
func (n *network[V]) chosen() []int32 {
	all := newEdgeSet(n.p)
	for c := range n.node {
		if !n.node[c].bids {
			for _, h := range n.heldBy(int32(c)) {
				all.add(n.edge[h.arc])
			}
		}
	}
	for e, s := range n.p.Edges.State {
		if s == match.Pinned {
			all.add(int32(e))
		}
	}
	return all.inOrder()
}
