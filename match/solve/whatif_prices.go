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
	mark     []int32 // per cap, the round in which it was affected
	before   []farWas[V]
	marked   []int32 // per total, the round in which it was found dirty
	dirtied  int32
	family   []int32
	wanted   []bool
}

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
	r.verify("restore")
	return nil
}

// compareFar finds out whether the potential of cap v is its distance.
func (r *residual[V]) compareFar(v int32) {
	n := r.edit(v)
	n.taut = n.reached && n.potential == n.far
}

// affect notes that the distance of cap v must be found anew.
func (r *residual[V]) affect(v int32) {
	p := &r.prices
	for len(p.mark) <= int(v) {
		p.mark = append(p.mark, 0)
	}
	if p.mark[v] != r.round {
		p.mark[v] = r.round
		p.affected = append(p.affected, v)
		r.look(v)
	}
}

func (r *residual[V]) isAffected(v int32) bool {
	return v != ground && int(v) < len(r.prices.mark) && r.prices.mark[v] == r.round
}

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
// less the differences of potentials, and those of caps that have come nearer besides.
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
	// Only affected mentors can have come nearer, so that pairs which lead to nobody that far need not be looked at.
	farthest, any := r.farthestMentor()
	for _, s := range p.shortcuts {
		if length, there := r.length(s.via, s.to); there && !r.isAffected(s.via.from) {
			r.nearer(s.to, s.via, length)
		}
	}
	for len(r.heap) > 0 {
		v := r.heap.pop().node
		if r.note[v].done {
			continue
		}
		r.note[v].done = true
		for h := range r.capsOut(v) {
			if h.at != ground {
				r.nearer(h.at, link{v, -1}, h.length)
			}
		}
		if r.caps[v].mentees && !any {
			continue
		}
		least := sub(r.caps[v].far, farthest)
		for h := range r.pairsOut(v, &least) {
			r.nearer(h.at, link{v, h.pair}, h.length)
		}
	}
}

// farthestMentor is a distance that no affected mentor's cap exceeds, if there is one.
func (r *residual[V]) farthestMentor() (farthest V, any bool) {
	for _, v := range r.prices.affected {
		if r.caps[v].mentees {
			continue
		}
		if most := r.atMost(v); !any || less(farthest, most) {
			farthest, any = most, true
		}
	}
	return farthest, any
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
