package solve

type shortcut struct {
	to  int32
	via link
}

// farWas is how far a cap was before a step.
type farWas[V vec] struct {
	cap     int32
	far     V
	reached bool
}

// affect notes that the distance of cap v must be found anew.
func (r *residual[V]) affect(v int32) {
	if !r.isAffected(v) {
		r.caps[v].round = r.round // which needs no journal: rounds only go up
		r.prices.affected = append(r.prices.affected, v)
		r.look(v)
	}
}

func (r *residual[V]) isAffected(v int32) bool { return v != ground && r.caps[v].round == r.round }

// holds says whether the last arc to cap v is there and as long as it was.
func (r *residual[V]) holds(v int32) bool {
	n := &r.caps[v]
	if n.via.from == nowhere {
		return false
	}
	length, there := r.length(n.via, v)
	from, reached := r.far(n.via.from)
	return there && reached && add(from, length) == n.far
}

// length is how long the arc via to cap v is, if it is there.
func (r *residual[V]) length(via link, v int32) (length V, there bool) {
	n := &r.caps[v]
	if via.pair >= 0 {
		pair := &r.pairs[via.pair]
		if n.mentees {
			return pair.worth, pair.state == chosen
		}
		return neg(pair.worth), pair.state == free
	}
	if via.from == n.parent {
		if n.mentees {
			return neg(r.next(v)), r.hasRoom(v)
		}
		return r.last(v), true
	}
	if n.mentees {
		return r.last(via.from), true
	}
	return neg(r.next(via.from)), r.hasRoom(via.from)
}

// collect adds to the affected caps all whose shortest paths lead through them.
func (r *residual[V]) collect() {
	p := &r.prices
	for i := 0; i < len(p.affected); i++ {
		v := p.affected[i]
		if !r.caps[v].reached {
			continue
		}
		for h := range r.capsOut(v) {
			r.follows(v, h)
		}
		if r.caps[v].mentees && !r.caps[v].taut {
			continue
		}
		least := sub(r.caps[v].far, r.ceiling)
		for h := range r.pairsOut(v, &least) {
			r.follows(v, h)
		}
	}
}

// follows affects the cap to which the arc h leads from cap v, if its shortest path comes that way.
func (r *residual[V]) follows(v int32, h hop[V]) {
	if h.at != ground && r.caps[h.at].via == (link{v, h.pair}) {
		r.affect(h.at)
	}
}

// remeasure finds the distances of the affected caps from those of the others, by Dijkstra's algorithm on the lengths
// less the differences of potentials, and those of mentees' caps that have come nearer besides. Mentors who are not
// affected come no nearer: their potentials are their distances, and prove it.
func (r *residual[V]) remeasure() {
	p := &r.prices
	if len(p.affected) > 0 {
		r.Searches++
	}
	for _, v := range p.affected {
		n := r.edit(v)
		p.before = append(p.before, farWas[V]{v, n.far, n.reached})
		n.reached, n.via = false, link{from: nowhere}
		r.noteOf(v)
	}
	for _, v := range p.affected {
		r.fromOutside(v)
	}
	farthest, some := r.farthestMentor()
	for _, s := range p.shortcuts {
		if length, there := r.length(s.via, s.to); there && !r.isAffected(s.via.from) {
			r.nearer(s.to, s.via, length)
		}
	}
	for len(r.heap) > 0 {
		if v := r.heap.pop().node; !r.note[v].done {
			r.note[v].done = true
			r.arrive(v)
			r.fromHere(v, farthest, some)
		}
	}
}

// fromHere follows the arcs from cap v, whose distance is known; across free pairs only if there is an affected mentor,
// and as far as the farthest of them could be.
func (r *residual[V]) fromHere(v int32, farthest V, some bool) {
	for h := range r.capsOut(v) {
		if h.at != ground {
			r.nearer(h.at, link{v, -1}, h.length)
		}
	}
	if r.caps[v].mentees && !some {
		return
	}
	least := sub(r.caps[v].far, farthest)
	for h := range r.pairsOut(v, &least) {
		r.nearer(h.at, link{v, h.pair}, h.length)
	}
}

// farthestMentor is a distance that no affected mentor's cap exceeds, if there is one.
func (r *residual[V]) farthestMentor() (farthest V, some bool) {
	for _, v := range r.prices.affected {
		if r.caps[v].mentees {
			continue
		}
		if most := r.atMost(v); !some || less(farthest, most) {
			farthest, some = most, true
		}
	}
	return farthest, some
}

// fromOutside finds the shortest way to the affected cap v whose last arc comes from a cap that is not affected.
func (r *residual[V]) fromOutside(v int32) {
	n := &r.caps[v]
	var best V
	var via link
	found := false
	least := r.poorest
	for h := range r.in(v, &least) {
		if r.isAffected(h.at) {
			continue
		}
		far, reached := r.far(h.at)
		if !reached {
			continue
		}
		if far = add(far, h.length); !found || less(far, best) {
			best, via, found = far, link{h.at, h.pair}, true
			least = greater(least, sub(r.near, best))
		}
	}
	if found {
		n.far, n.via, n.reached = best, via, true
		r.cover(v)
		r.heap.push(entry[V]{sub(best, n.potential), v})
	}
}

// atMost is a distance of a mentor's cap that is not exceeded: what is known, or what follows for it from its parent.
func (r *residual[V]) atMost(v int32) V {
	if far, reached := r.far(v); reached {
		return far
	}
	return add(r.atMost(r.caps[v].parent), r.last(v))
}

// nearer notes a way to cap v whose last arc is via.
func (r *residual[V]) nearer(v int32, via link, length V) {
	from, reached := r.far(via.from)
	n := &r.caps[v]
	far := add(from, length)
	if !reached || n.reached && !less(far, n.far) {
		return
	}
	note, fresh := r.noteOf(v)
	if note.done {
		return
	}
	if fresh {
		r.prices.before = append(r.prices.before, farWas[V]{v, n.far, n.reached})
		r.look(v)
	}
	n = r.edit(v)
	n.far, n.via, n.reached = far, via, true
	r.cover(v)
	r.heap.push(entry[V]{sub(far, n.potential), v})
}
