package solve

import (
	"cmp"
	"iter"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// ground is where the flow of pairs begins and ends; all totals touch it. Its potential and its distance are nothing.
const ground = int32(-1)

// A residual is a solved problem that can be changed a little, and changed back. Pairs flow from the ground through the
// caps of mentees, across pairs and through the caps of mentors to the ground; what may be added to the flow and what
// may be taken back are arcs, of these lengths:
//
//	into a mentee's cap, if it has room    minus what the next unit counts
//	back out of it                         what the last unit counts
//	across a pair that is free             minus its worth
//	back across a pair that is chosen      its worth
//	out of a mentor's cap, if it has room  minus what the next unit counts
//	back into it                           what the last unit counts
//
// The arcs back out of and into a cap are there for caps without units as well, with what their first unit would count:
// nothing can be taken back along them, but the published prices keep to them (see canonical).
//
// Every cap has a potential, and no arc from t to h is shorter than potential(h) - potential(t). Between two steps of
// the work the potentials are the published ones: on the mentors' side minus the sum of prices, which is the distance
// from the ground, and on the mentees' side the lowest sum of prices that goes with it.
type residual[V vec] struct {
	p *match.Problem
	f *packing

	caps  []capNode[V]
	pairs []pairArc[V]      // the edges of p, and then those that a change has brought
	start []int32           // per cap of p, where its pairs begin in list
	list  []int32           // the pairs of each cap that is the innermost one of some, the most worth first
	more  map[int32][]int32 // those that a change has brought, in no order

	hasUnits bool // some goal counts units
	ceiling  V    // no mentor's cap has a greater potential
	floor    V    // no mentee's cap has a smaller one
	near     V    // no mentee's cap is nearer to the ground
	poorest  V    // no pair is worth less

	book *book
	journal[V]
	repair[V]
	tally
}

// A capNode is a cap in a residual. What searches look at stands first and together.
type capNode[V vec] struct {
	potential V
	far       V     // from the ground, if reached
	via       link  // the last arc of a shortest path from the ground
	round     int32 // in which the distance was last to be found anew
	root      int32 // the total
	mentees   bool  // whose cap it is
	reached   bool
	taut      bool // the potential is the distance; if it is not, no shortest path leads across a pair of this mentee
	parent    int32
	upper     int32
	load      int32
	era       int32   // the change in which it was written down in the journal
	held      []int32 // the chosen pairs whose innermost cap this is; never changed in place
	kids      []int32 // the classes directly inside; never changed in place
	units     []V     // what its units count where a change has it otherwise than p; nil: as in p
}

// A link is an arc, seen from its head.
type link struct {
	from int32
	pair int32 // -1: between a cap and its parent, or the ground
}

// A pairArc is a pair in a residual.
type pairArc[V vec] struct {
	worth  V
	mentee int32 // innermost caps
	mentor int32
	state  pairState
}

type pairState uint8

const (
	barred  pairState = iota // forbidden, or not there
	free                     // open and not chosen
	chosen                   // open and chosen
	settled                  // pinned
)

// A hop is an arc from or to a cap, with the cap at its other end.
type hop[V vec] struct {
	at     int32
	pair   int32
	length V
}

func newResidual[V vec](p *match.Problem, f *packing, c *match.Certificate) *residual[V] {
	r := &residual[V]{p: p, f: f, more: map[int32][]int32{}}
	for k := range f.worths {
		r.hasUnits = r.hasUnits || f.worths[k].HasUnits()
	}
	r.makeCaps()
	r.makePairs(c.Chosen)
	r.listPairs()
	r.takePrices(c)
	return r
}

func (r *residual[V]) makeCaps() {
	p := r.p
	r.caps = make([]capNode[V], p.NumCaps())
	tree := network[V]{p: p, node: make([]node[V], len(r.caps))}
	for c := range tree.node {
		tree.node[c].parent = p.Parent(int32(c))
	}
	tree.linkChildren()
	for c := range r.caps {
		n := &r.caps[c]
		n.parent, n.upper, n.root = p.Parent(int32(c)), p.Max[c], int32(c)
		n.mentees, n.via.from = c < len(p.Mentees), nowhere
		if n.parent >= 0 {
			n.root, n.mentees = r.caps[n.parent].root, r.caps[n.parent].mentees
		}
		n.kids = tree.children(int32(c))
	}
}

// nowhere is the tail of the link of a cap that is not reached.
const nowhere = int32(-2)

// cover widens the bounds to what is known of cap c.
func (r *residual[V]) cover(c int32) {
	n := &r.caps[c]
	switch {
	case !n.mentees:
		r.ceiling = greater(r.ceiling, n.potential)
	case less(n.potential, r.floor):
		r.floor = n.potential
	}
	if n.mentees && n.reached && less(n.far, r.near) {
		r.near = n.far
	}
}

// coverAll sets the bounds to what is known of all caps.
func (r *residual[V]) coverAll() {
	first := [2]bool{true, true}
	for c := range r.caps {
		n := &r.caps[c]
		switch {
		case !n.mentees && first[match.MentorSide]:
			first[match.MentorSide], r.ceiling = false, n.potential
		case n.mentees && first[match.MenteeSide]:
			first[match.MenteeSide], r.floor, r.near = false, n.potential, n.potential
			if n.reached {
				r.near = n.far
			}
		}
		r.cover(int32(c))
	}
}

func (r *residual[V]) makePairs(matching []int32) {
	p := r.p
	r.pairs = make([]pairArc[V], p.Edges.Len())
	for e := range r.pairs {
		r.pairs[e] = pairArc[V]{packPair[V](r.f, e), p.Leaf(match.MenteeSide, e), p.Leaf(match.MentorSide, e), free}
		if e == 0 || less(r.pairs[e].worth, r.poorest) {
			r.poorest = r.pairs[e].worth
		}
		switch p.State(e) {
		case match.Forbidden:
			r.pairs[e].state = barred
		case match.Pinned:
			r.pairs[e].state = settled
		}
	}
	for _, e := range matching {
		pair := &r.pairs[e]
		if pair.state == free {
			pair.state = chosen
		}
		for _, leaf := range [...]int32{pair.mentee, pair.mentor} {
			if pair.state == chosen {
				r.caps[leaf].held = append(r.caps[leaf].held, e)
			}
			for c := leaf; c >= 0; c = r.caps[c].parent {
				r.caps[c].load++
			}
		}
	}
}

// listPairs sorts the pairs of every cap.
func (r *residual[V]) listPairs() {
	r.start = make([]int32, len(r.caps)+1)
	for i := range r.pairs {
		r.start[r.pairs[i].mentee+1]++
		r.start[r.pairs[i].mentor+1]++
	}
	for c := range r.caps {
		r.start[c+1] += r.start[c]
	}
	next := slices.Clone(r.start)
	r.list = make([]int32, 2*len(r.pairs))
	for e := range r.pairs {
		for _, leaf := range [...]int32{r.pairs[e].mentee, r.pairs[e].mentor} {
			r.list[next[leaf]] = int32(e)
			next[leaf]++
		}
	}
	for c := range r.caps {
		slices.SortFunc(r.list[r.start[c]:r.start[c+1]], func(a, b int32) int {
			switch x, y := r.pairs[a].worth, r.pairs[b].worth; {
			case less(y, x):
				return -1
			case less(x, y):
				return 1
			}
			return cmp.Compare(a, b)
		})
	}
}

// takePrices makes potentials of the stored prices.
func (r *residual[V]) takePrices(c *match.Certificate) {
	for v := range r.caps {
		n := &r.caps[v]
		for k := range c.Prices {
			n.potential[r.f.word[k]] += c.Prices[k][v] << r.f.shift[k]
		}
		if !n.mentees {
			n.potential = neg(n.potential)
		}
		if n.parent >= 0 {
			n.potential = add(n.potential, r.caps[n.parent].potential)
		}
	}
}

// potential is that of cap c or the ground.
func (r *residual[V]) potential(c int32) V {
	if c == ground {
		var zero V
		return zero
	}
	return r.caps[c].potential
}

// far is the distance of cap c or the ground from the ground; reached says whether there is one.
func (r *residual[V]) far(c int32) (far V, reached bool) {
	if c == ground {
		return far, true
	}
	return r.caps[c].far, r.caps[c].reached
}

// unit is what the n-th unit on cap c counts.
func (r *residual[V]) unit(c, n int32) V {
	var nothing V
	switch units := r.caps[c].units; {
	case int(n) <= len(units):
		return units[n-1]
	case units == nil && r.hasUnits:
		return packUnit[V](r.f, c, n)
	}
	return nothing
}

// last is what the last unit on cap c counts, or the first would if there is none.
func (r *residual[V]) last(c int32) V { return r.unit(c, max(r.caps[c].load, 1)) }

// next is what one more unit on cap c would count.
func (r *residual[V]) next(c int32) V { return r.unit(c, r.caps[c].load+1) }

func (r *residual[V]) hasRoom(c int32) bool { return r.caps[c].load < r.caps[c].upper }

// capsOut are the arcs from cap v to its parent, or the ground, and its classes.
func (r *residual[V]) capsOut(v int32) iter.Seq[hop[V]] {
	return func(yield func(hop[V]) bool) {
		n := &r.caps[v]
		if n.mentees {
			if !yield(hop[V]{n.parent, -1, r.last(v)}) {
				return
			}
		} else if r.hasRoom(v) && !yield(hop[V]{n.parent, -1, neg(r.next(v))}) {
			return
		}
		for _, k := range n.kids {
			if !n.mentees {
				if !yield(hop[V]{k, -1, r.last(k)}) {
					return
				}
			} else if r.hasRoom(k) && !yield(hop[V]{k, -1, neg(r.next(k))}) {
				return
			}
		}
	}
}

// capsIn are the arcs to cap v from its parent, or the ground, and its classes.
func (r *residual[V]) capsIn(v int32) iter.Seq[hop[V]] {
	return func(yield func(hop[V]) bool) {
		n := &r.caps[v]
		if !n.mentees {
			if !yield(hop[V]{n.parent, -1, r.last(v)}) {
				return
			}
		} else if r.hasRoom(v) && !yield(hop[V]{n.parent, -1, neg(r.next(v))}) {
			return
		}
		for _, k := range n.kids {
			if n.mentees {
				if !yield(hop[V]{k, -1, r.last(k)}) {
					return
				}
			} else if r.hasRoom(k) && !yield(hop[V]{k, -1, neg(r.next(k))}) {
				return
			}
		}
	}
}

// free are the free pairs of cap v that are worth at least least, which may be raised on the way.
func (r *residual[V]) free(v int32, least *V) iter.Seq[int32] {
	return func(yield func(int32) bool) {
		for _, e := range r.more[v] {
			r.Pairs++
			if r.pairs[e].state == free && !less(r.pairs[e].worth, *least) && !yield(e) {
				return
			}
		}
		if int(v) >= len(r.start)-1 {
			return
		}
		for _, e := range r.list[r.start[v]:r.start[v+1]] {
			r.Pairs++
			if less(r.pairs[e].worth, *least) {
				return
			}
			if r.pairs[e].state == free && !yield(e) {
				return
			}
		}
	}
}

// pairsOut are the arcs from cap v across pairs, leaving out free pairs that are worth less than least, which may be
// raised on the way.
func (r *residual[V]) pairsOut(v int32, least *V) iter.Seq[hop[V]] {
	if r.caps[v].mentees {
		return r.acrossFree(v, least)
	}
	return r.acrossHeld(v)
}

// pairsIn are the arcs to cap v across pairs, leaving out free pairs as pairsOut does.
func (r *residual[V]) pairsIn(v int32, least *V) iter.Seq[hop[V]] {
	if r.caps[v].mentees {
		return r.acrossHeld(v)
	}
	return r.acrossFree(v, least)
}

// acrossFree are the arcs across the free pairs of cap v, seen from there.
func (r *residual[V]) acrossFree(v int32, least *V) iter.Seq[hop[V]] {
	return func(yield func(hop[V]) bool) {
		for e := range r.free(v, least) {
			pair := &r.pairs[e]
			if !yield(hop[V]{pair.mentee ^ pair.mentor ^ v, e, neg(pair.worth)}) {
				return
			}
		}
	}
}

// acrossHeld are the arcs across the chosen pairs of cap v, seen from there.
func (r *residual[V]) acrossHeld(v int32) iter.Seq[hop[V]] {
	return func(yield func(hop[V]) bool) {
		for _, e := range r.caps[v].held {
			r.Pairs++
			pair := &r.pairs[e]
			if !yield(hop[V]{pair.mentee ^ pair.mentor ^ v, e, pair.worth}) {
				return
			}
		}
	}
}

// out are all arcs from cap v but those across free pairs that are worth less than least.
func (r *residual[V]) out(v int32, least V) iter.Seq[hop[V]] {
	return func(yield func(hop[V]) bool) {
		for h := range r.capsOut(v) {
			if !yield(h) {
				return
			}
		}
		for h := range r.pairsOut(v, &least) {
			if !yield(h) {
				return
			}
		}
	}
}

// in are all arcs to cap v but those across free pairs that are worth less than least, which may be raised on the way.
func (r *residual[V]) in(v int32, least *V) iter.Seq[hop[V]] {
	return func(yield func(hop[V]) bool) {
		for h := range r.capsIn(v) {
			if !yield(h) {
				return
			}
		}
		for h := range r.pairsIn(v, least) {
			if !yield(h) {
				return
			}
		}
	}
}

// family lists the caps of a person, given by the total, each after the one it lies in.
func (r *residual[V]) family(root int32, into []int32) []int32 {
	into = append(into[:0], root)
	for i := 0; i < len(into); i++ {
		into = append(into, r.caps[into[i]].kids...)
	}
	return into
}
