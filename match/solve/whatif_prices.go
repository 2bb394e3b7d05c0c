package solve

// prices brings the potentials of a residual back to the published ones after a step of a repair: those of the mentors
// to the distances from the ground, and those of the mentees to the lowest that go with them. Only what hangs on
// something that has changed is looked at (Ramalingam and Reps 1996, with a tree of shortest paths that tells what
// hangs on what; as there, the work is bounded by the number of distances that change and of the arcs beside them,
// as long as shortest paths are unique).
type prices[V vec] struct {
	doubts    []int32    // caps to which the last arc may not be what it was
	shortcuts []shortcut // arcs that may be shorter than what was known
	fallen    []int32    // mentors' caps with potentials below their distance
	dirty     []int32    // mentees, by their totals, whose potentials must be found anew

	affected []int32
	before   []farWas[V]
	marked   []int32 // per total, the round in which it was found dirty
	dirtied  int32
	family   []int32
	wanted   []bool
}

func (p *prices[V]) clear() {
	p.doubts, p.shortcuts, p.fallen, p.dirty = p.doubts[:0], p.shortcuts[:0], p.fallen[:0], p.dirty[:0]
	p.dirtied++
}

// doubt notes that arcs to cap v have changed.
func (r *residual[V]) doubt(v int32) {
	if v != ground {
		r.prices.doubts = append(r.prices.doubts, v)
		if r.caps[v].mentees {
			r.reprice(v)
		}
	}
}

// doubtCap notes that the arcs between cap c and its parent have changed.
func (r *residual[V]) doubtCap(c int32) {
	up := r.caps[c].parent
	r.doubt(c)
	r.doubt(up)
	r.shortcut(up, c, -1)
	if up != ground {
		r.shortcut(c, up, -1)
	}
}

// shortcut notes that there is a new arc.
func (r *residual[V]) shortcut(from, to, pair int32) {
	r.prices.shortcuts = append(r.prices.shortcuts, shortcut{to, link{from, pair}})
}

// reprice notes that the potentials of the mentee with cap v must be found anew.
func (r *residual[V]) reprice(v int32) {
	p := &r.prices
	root := r.caps[v].root
	for len(p.marked) <= int(root) {
		p.marked = append(p.marked, 0)
	}
	if p.marked[root] != p.dirtied {
		p.marked[root] = p.dirtied
		p.dirty = append(p.dirty, root)
	}
}

// restore makes the potentials the published ones again.
func (r *residual[V]) restore() error {
	if err := r.ctx.Err(); err != nil {
		return err
	}
	r.round++
	p := &r.prices
	p.affected, p.before = p.affected[:0], p.before[:0]
	for _, v := range p.fallen {
		r.affect(v)
	}
	for _, v := range p.doubts {
		if !r.holds(v) {
			r.affect(v)
		}
	}
	r.collect()
	r.remeasure()
	r.raise()
	for _, root := range p.dirty {
		r.lowest(root)
		for _, v := range p.family {
			r.compareFar(v)
		}
	}
	for _, was := range p.before {
		r.compareFar(was.cap)
	}
	p.clear()
	return nil
}

// compareFar finds out whether the potential of cap v is its distance.
func (r *residual[V]) compareFar(v int32) {
	n := r.edit(v)
	n.taut = n.reached && n.potential == n.far
}

// raise gives the mentors' caps their distances for potentials, and finds out which mentees notice.
func (r *residual[V]) raise() {
	for _, was := range r.prices.before {
		n := r.edit(was.cap)
		if n.mentees {
			continue
		}
		n.potential = n.far
		r.cover(was.cap)
		if was.reached && was.far == n.far {
			continue
		}
		most := n.far
		if was.reached {
			most = greater(most, was.far)
		}
		least := sub(r.floor, most)
		for e := range r.free(was.cap, &least) {
			pair := &r.pairs[e]
			now := r.caps[pair.mentee].potential
			if less(now, add(pair.worth, n.far)) || was.reached && add(pair.worth, was.far) == now {
				r.reprice(pair.mentee)
			}
		}
	}
}

// lowest finds the lowest potentials of a mentee's caps, given by the total (see canonical.lowest).
func (r *residual[V]) lowest(root int32) {
	p := &r.prices
	r.look(root)
	p.family = r.family(root, p.family)
	for len(p.wanted) < len(p.family) {
		p.wanted = append(p.wanted, false)
	}
	for i, v := range p.family {
		potential, wanted := r.bestOffer(v)
		p.wanted[i] = wanted
		if n := r.edit(v); wanted {
			n.potential = potential
		}
	}
	raise := func(i int, to V) {
		if n := r.edit(p.family[i]); !p.wanted[i] || less(n.potential, to) {
			n.potential, p.wanted[i] = to, true
		}
	}
	for i := len(p.family) - 1; i > 0; i-- {
		if v := p.family[i]; p.wanted[i] && r.hasRoom(v) {
			raise(r.placeOf(r.caps[v].parent), add(r.caps[v].potential, r.next(v)))
		}
	}
	raise(0, neg(r.last(root)))
	for i := 1; i < len(p.family); i++ {
		v := p.family[i]
		raise(i, sub(r.caps[r.caps[v].parent].potential, r.last(v)))
	}
	for _, v := range p.family {
		r.cover(v)
	}
}

// placeOf is the place of cap v in the family at hand, which is short.
func (r *residual[V]) placeOf(v int32) int {
	for i, c := range r.prices.family {
		if c == v {
			return i
		}
	}
	return -1
}

// bestOffer is the most that a free pair of a mentee's cap is worth at the mentors' prices.
func (r *residual[V]) bestOffer(v int32) (best V, found bool) {
	least := r.poorest
	for e := range r.free(v, &least) {
		offer := add(r.pairs[e].worth, r.caps[r.pairs[e].mentor].potential)
		if !found || less(best, offer) {
			best, found = offer, true
			least = greater(least, sub(best, r.ceiling))
		}
	}
	return best, found
}
