package solve

import "slices"

// A journal remembers what a residual was before a change, so that everything can be changed back at the cost of what
// was touched.
type journal[V vec] struct {
	era      int32       // the number of the change at hand
	was      []capWas[V] // caps as they were, each once
	pairWas  []pairWas   // states of pairs as they were, in the order of the changes
	baseCaps int         // caps and
	base     int         // pairs before the change
	bounds   [4]V        // ceiling, floor, near and poorest before the change
}

type capWas[V vec] struct {
	cap  int32
	node capNode[V]
}

type pairWas struct {
	pair  int32
	state pairState
}

// begin starts a change.
func (r *residual[V]) begin() {
	r.era++
	r.was, r.pairWas = r.was[:0], r.pairWas[:0]
	r.baseCaps, r.base = len(r.caps), len(r.pairs)
	r.bounds = [4]V{r.ceiling, r.floor, r.near, r.poorest}
	r.tally = tally{seen: r.tally.seen}
}

// edit is cap c, to be written to.
func (r *residual[V]) edit(c int32) *capNode[V] {
	n := &r.caps[c]
	if n.era != r.era {
		r.was = append(r.was, capWas[V]{c, *n})
		n.era = r.era
	}
	return n
}

// put gives pair e another state and keeps the lists of chosen pairs.
func (r *residual[V]) put(e int32, state pairState) {
	pair := &r.pairs[e]
	if pair.state == state {
		return
	}
	r.pairWas = append(r.pairWas, pairWas{e, pair.state})
	for _, leaf := range [...]int32{pair.mentee, pair.mentor} {
		if pair.state == chosen {
			n := r.edit(leaf)
			at := slices.Index(n.held, e)
			n.held = slices.Concat(n.held[:at], n.held[at+1:])
		} else if state == chosen {
			n := r.edit(leaf)
			n.held = slices.Concat(n.held, []int32{e})
		}
	}
	pair.state = state
}

// newCap adds a cap that takes nothing yet.
func (r *residual[V]) newCap(parent int32, mentees bool) int32 {
	c := int32(len(r.caps))
	n := capNode[V]{parent: parent, root: c, mentees: mentees, via: link{from: nowhere}, units: []V{}, era: r.era}
	if parent >= 0 {
		up := r.edit(parent)
		n.root = up.root
		up.kids = slices.Concat(up.kids, []int32{c})
	}
	r.caps = append(r.caps, n)
	return c
}

// newPair adds a pair that is barred yet.
func (r *residual[V]) newPair(worth V, mentee, mentor int32) int32 {
	e := int32(len(r.pairs))
	r.pairs = append(r.pairs, pairArc[V]{worth, mentee, mentor, barred})
	if e == 0 || less(worth, r.poorest) {
		r.poorest = worth
	}
	for _, leaf := range [...]int32{mentee, mentor} {
		r.more[leaf] = append(r.more[leaf], e)
	}
	return e
}

// undo brings everything back to what it was before begin.
func (r *residual[V]) undo() {
	for _, was := range slices.Backward(r.pairWas) {
		r.pairs[was.pair].state = was.state
	}
	for _, was := range r.was {
		r.caps[was.cap] = was.node
	}
	r.caps, r.pairs = r.caps[:r.baseCaps], r.pairs[:r.base]
	clear(r.more)
	r.ceiling, r.floor, r.near, r.poorest = r.bounds[0], r.bounds[1], r.bounds[2], r.bounds[3]
	r.forget()
}
