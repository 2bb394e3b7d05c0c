package solve

import "slices"

// Two best matchings differ by cycles of arcs of no length that lead across pairs (see match.Unique). Such arcs are
// tight, which means that they have no length beyond the difference of what proves the matching at their ends, for all
// that proves it: for the lowest potentials of the mentees as well as for the distances.

// tight says whether the arc h from cap or ground t is tight for both, and can change the matching.
func (r *residual[V]) tight(t int32, h hop[V]) bool {
	if add(r.potential(t), h.length) != r.potential(h.at) {
		return false
	}
	from, reached := r.far(t)
	to, there := r.far(h.at)
	return reached && there && add(from, h.length) == to && (h.pair >= 0 || r.isReal(t, h.at))
}

// isReal says whether something can be sent along the arc from cap t to cap h, one of which lies in the other.
func (r *residual[V]) isReal(t, h int32) bool {
	below, outward := t, true
	if h != ground && r.caps[h].parent == t {
		below, outward = h, false
	}
	return outward != r.caps[below].mentees || r.caps[below].load > 0
}

// tightOut tells the tight arcs from cap v.
func (r *residual[V]) tightOut(v int32, tell func(hop[V])) {
	n := &r.caps[v]
	for h := range r.capsOut(v) {
		if r.tight(v, h) {
			tell(h)
		}
	}
	if n.mentees && !n.taut {
		return
	}
	least := sub(n.far, r.ceiling)
	for h := range r.pairsOut(v, &least) {
		if r.tight(v, h) {
			tell(h)
		}
	}
}

// tightIn tells the tight arcs to cap v, from the caps and the ground where they begin.
func (r *residual[V]) tightIn(v int32, tell func(hop[V])) {
	least := sub(r.near, r.caps[v].far)
	for h := range r.in(v, &least) {
		if r.tight(h.at, hop[V]{v, h.pair, h.length}) {
			tell(h)
		}
	}
}

// cycles says whether a cycle of ties among so many places leads across a pair.
func cycles(places int, ties []tie) bool {
	component := components(places, ties)
	return slices.ContainsFunc(ties, func(t tie) bool { return t.pair && component[t.from] == component[t.to] })
}

// isUnique says whether the whole matching is the only best one. It takes O(E) time.
func (r *residual[V]) isUnique() bool {
	var ties []tie
	for v := range int32(len(r.caps)) {
		r.tightOut(v, func(h hop[V]) { ties = append(ties, tie{place(v), place(h.at), h.pair >= 0}) })
		for h := range r.capsIn(v) {
			if h.at == ground && r.tight(ground, hop[V]{v, -1, h.length}) {
				ties = append(ties, tie{place(ground), place(v), false})
			}
		}
	}
	return !cycles(len(r.caps)+1, ties)
}

// staysUnique says whether the matching is still the only best one after a change. Before it was, so that a cycle now
// leads along an arc that is new or has another length. The tail of each is reached from the ground along tight arcs,
// since shortest paths to where tight arcs begin are tight.
func (r *residual[V]) staysUnique() bool {
	heads := r.newHeads()
	ties, found, grounded := r.tiesFrom(heads)
	if grounded || cycles(found, ties) {
		return false
	}
	for _, was := range r.was {
		n := &r.caps[was.cap]
		if (n.load != was.node.load || n.upper != was.node.upper || n.units != nil) && r.isOnCycle(was.cap) {
			return false
		}
	}
	for c := r.baseCaps; c < len(r.caps); c++ {
		if r.isOnCycle(int32(c)) {
			return false
		}
	}
	return true
}

// newHeads are the caps to which tight arcs lead across pairs that are new or in another state than before.
func (r *residual[V]) newHeads() []int32 {
	var heads []int32
	note := func(e int32) {
		pair := &r.pairs[e]
		switch pair.state {
		case free:
			if r.tight(pair.mentee, hop[V]{pair.mentor, e, neg(pair.worth)}) {
				heads = append(heads, pair.mentor)
			}
		case chosen:
			if r.tight(pair.mentor, hop[V]{pair.mentee, e, pair.worth}) {
				heads = append(heads, pair.mentee)
			}
		}
	}
	for _, was := range r.pairWas {
		note(was.pair)
	}
	for e := r.base; e < len(r.pairs); e++ {
		note(int32(e))
	}
	return heads
}

// tiesFrom follows tight arcs from some caps. It returns the ties among the caps found, and whether one leads to the
// ground.
func (r *residual[V]) tiesFrom(heads []int32) (ties []tie, found int, grounded bool) {
	r.round++
	place := map[int32]int32{}
	r.met = r.met[:0]
	meet := func(v int32) int32 {
		at, known := place[v]
		if !known {
			at = int32(len(place))
			place[v] = at
			r.met = append(r.met, v)
			r.look(v)
		}
		return at
	}
	for _, v := range heads {
		meet(v)
	}
	for i := 0; i < len(r.met); i++ {
		v := r.met[i]
		r.tightOut(v, func(h hop[V]) {
			if h.at == ground {
				grounded = true
				return
			}
			ties = append(ties, tie{place[v], meet(h.at), h.pair >= 0})
		})
	}
	return ties, len(place), grounded
}

// isOnCycle says whether a cycle leads between cap c and its parent, or the ground.
func (r *residual[V]) isOnCycle(c int32) bool {
	up := r.caps[c].parent
	for h := range r.capsOut(c) {
		if h.at == up && r.tight(c, h) && r.leadsBack(c, up) {
			return true
		}
	}
	for h := range r.capsIn(c) {
		if h.at == up && r.tight(up, hop[V]{c, -1, h.length}) && r.leadsBack(up, c) {
			return true
		}
	}
	return false
}

// leadsBack says whether tight arcs lead from head back to tail, one of which lies in the other, but not over the very
// arc between them.
func (r *residual[V]) leadsBack(tail, head int32) bool {
	if head == ground {
		return r.comesFromGround(tail, head)
	}
	r.round++
	r.noteOf(head)
	r.met = append(r.met[:0], head)
	back, grounded := false, false
	for len(r.met) > 0 && !back {
		v := r.met[len(r.met)-1]
		r.met = r.met[:len(r.met)-1]
		r.look(v)
		r.tightOut(v, func(h hop[V]) {
			switch {
			case v == head && h.at == tail: // the very arc
			case h.at == tail:
				back = true
			case h.at == ground:
				grounded = true
			default:
				if _, fresh := r.noteOf(h.at); fresh {
					r.met = append(r.met, h.at)
				}
			}
		})
	}
	return back || grounded && r.comesFromGround(tail, head)
}

// comesFromGround says whether tight arcs lead from the ground to cap v, but not over the very arc from cap or ground
// not to v.
func (r *residual[V]) comesFromGround(v, not int32) bool {
	if n := &r.caps[v]; n.via != (link{not, -1}) {
		return n.reached
	}
	r.round++
	r.noteOf(v)
	r.met = append(r.met[:0], v)
	comes := false
	for len(r.met) > 0 && !comes {
		at := r.met[len(r.met)-1]
		r.met = r.met[:len(r.met)-1]
		r.look(at)
		r.tightIn(at, func(h hop[V]) {
			switch {
			case at == v && h.at == not && h.pair < 0: // the very arc
			case h.at == ground:
				comes = true
			default:
				if _, fresh := r.noteOf(h.at); fresh {
					r.met = append(r.met, h.at)
				}
			}
		})
	}
	return comes
}
