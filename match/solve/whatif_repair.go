package solve

import "context"

// errStuck says that a pair has nowhere to go, which cannot be if the changed problem is valid.
var errStuck error = &cannotConclude{"a pair would have nowhere to go"}

// A repair makes the flow of a residual the best one again after a change. A change first does what it must: it takes a
// pair out, fills a place, chooses a pair that its arc's potentials now ask for. That leaves one cap with a unit of flow
// more in than out, and another with one less. The first one sends its unit along the shortest path to the other one
// or to the ground, which takes everything; what is then missing at the other one comes from the ground along the path
// that is known already, since the potentials of mentors are the distances from the ground. After each step the
// potentials prove the flow, so that at the end it is the best one (Busacker and Gowen 1960, starting in the middle;
// the arcs that are too short and are therefore used up are those of Goldberg 1997, without scaling).
type repair[V vec] struct {
	ctx    context.Context
	heap   heap[V]
	level  []int32 // caps as near as the one being looked at, which need not go through the heap
	note   []note[V]
	round  int32
	met    []int32
	prices prices[V]
}

// A note is what the search at hand knows of a cap.
type note[V vec] struct {
	key   V
	by    link
	round int32
	done  bool
}

// A tally counts what a change costs.
type tally struct {
	Work
	seen []lastSeen // per total
}

// lastSeen is the change in which somebody was looked at last; that in which it was to move a pair; in which a search
// arrived there; and in which something was another for this person afterwards.
type lastSeen struct{ at, moving, settled, differs int32 }

// look counts the person whose cap c is.
func (r *residual[V]) look(c int32) *lastSeen {
	root := int(r.caps[c].root)
	for len(r.seen) <= root {
		r.seen = append(r.seen, lastSeen{})
	}
	s := &r.seen[root]
	if s.at != r.era {
		s.at = r.era
		r.People++
	}
	return s
}

// meet counts the person whose cap c is as one whom a pair met on its way.
func (r *residual[V]) meet(c int32) {
	if s := r.look(c); s.moving != r.era {
		s.moving = r.era
		r.Moving++
	}
}

// arrive counts the person whose cap c is as one at whom a search arrived.
func (r *residual[V]) arrive(c int32) {
	if s := r.look(c); s.settled != r.era {
		s.settled = r.era
		r.Settled++
	}
}

// differs counts the person whose cap c is as one for whom something is another.
func (r *residual[V]) differs(c int32) {
	if s := r.look(c); s.differs != r.era {
		s.differs = r.era
		r.Least++
	}
}

// noteOf is what the search at hand knows of cap c; fresh says that it knew nothing.
func (r *residual[V]) noteOf(c int32) (n *note[V], fresh bool) {
	for len(r.note) <= int(c) {
		r.note = append(r.note, note[V]{})
	}
	n = &r.note[c]
	if fresh = n.round != r.round; fresh {
		*n = note[V]{round: r.round}
	}
	return n, fresh
}

// settle brings the flow in order where one unit is too much at cap over and one is missing at cap under; either may be
// the ground.
func (r *residual[V]) settle(over, under int32) error {
	if err := r.restore(); err != nil {
		return err
	}
	if over != ground {
		end, err := r.send(over, under)
		if err == nil {
			err = r.restore()
		}
		if err != nil || end == under {
			return err
		}
	}
	if under == ground {
		return nil
	}
	if err := r.fetch(under); err != nil {
		return err
	}
	return r.restore()
}

// send moves one unit from cap from to cap to or to the ground, whichever is nearer, and says to which. It is a search
// by Dijkstra's algorithm on reduced lengths that looks at no more than what is nearer than its end. The potentials of
// what it looked at fall as far as they must.
func (r *residual[V]) send(from, to int32) (int32, error) {
	r.Searches++
	r.round++
	r.met = r.met[:0]
	s := sending[V]{residual: r, to: to}
	var zero V
	s.reach(from, zero, zero, link{from: nowhere})
	for len(r.level)+len(r.heap) > 0 {
		v := r.nearest()
		n := &r.note[v]
		if n.done {
			continue
		}
		if s.ended && !less(n.key, s.bound) {
			break
		}
		n.done = true
		r.arrive(v)
		s.from(v)
	}
	r.level, r.heap = r.level[:0], r.heap[:0]
	if !s.ended {
		return 0, errStuck
	}
	for _, v := range r.met {
		if key := r.note[v].key; less(key, s.bound) {
			r.fall(v, sub(s.bound, key))
		}
	}
	return s.end, s.walk(from)
}

// nearest takes the nearest cap out of the queue.
func (r *residual[V]) nearest() int32 {
	if last := len(r.level) - 1; last >= 0 {
		v := r.level[last]
		r.level = r.level[:last]
		return v
	}
	return r.heap.pop().node
}

// A sending is a search for the end of a path.
type sending[V vec] struct {
	*residual[V]
	to    int32
	ended bool
	end   int32 // the nearest end so far,
	bound V     // how near it is,
	last  link  // and its last arc
}

// from follows the arcs out of cap v.
func (s *sending[V]) from(v int32) {
	r := s.residual
	n := &r.caps[v]
	key := r.note[v].key
	here := add(key, n.potential)
	for h := range r.capsOut(v) {
		if h.at != ground {
			s.reach(h.at, key, sub(add(here, h.length), r.caps[h.at].potential), link{v, -1})
		}
	}
	least := r.poorest
	if s.ended { // a pair that is worth less leads no nearer than to the end
		least = sub(sub(here, r.ceiling), s.bound)
	}
	for h := range r.pairsOut(v, &least) {
		s.reach(h.at, key, sub(add(here, h.length), r.caps[h.at].potential), link{v, h.pair})
	}
}

// couldEnd notes that the path could end right after cap v, if that is a total. To know that as soon as v is reached
// spares much.
func (s *sending[V]) couldEnd(v int32, key V) {
	n := &s.caps[v]
	here := add(key, n.potential)
	switch {
	case n.parent != ground:
	case n.mentees && n.load > 0:
		s.stop(ground, add(here, s.residual.last(v)), link{v, -1})
	case !n.mentees && s.hasRoom(v):
		s.stop(ground, sub(here, s.next(v)), link{v, -1})
	}
}

// stop notes that the path could end.
func (s *sending[V]) stop(end int32, key V, by link) {
	if !s.ended || less(key, s.bound) {
		s.ended, s.end, s.bound, s.last = true, end, key, by
	}
}

// reach notes a way to cap v of length key, seen from a cap at distance from.
func (s *sending[V]) reach(v int32, from, key V, by link) {
	if s.ended && !less(key, s.bound) {
		return
	}
	r := s.residual
	n, fresh := r.noteOf(v)
	switch {
	case fresh:
		r.met = append(r.met, v)
		r.meet(v)
	case n.done || !less(key, n.key):
		return
	}
	n.key, n.by = key, by
	if v == s.to {
		s.stop(v, key, by)
		return
	}
	if s.couldEnd(v, key); s.ended && !less(key, s.bound) {
		return
	}
	if less(from, key) {
		r.heap.push(entry[V]{key, v})
	} else {
		r.level = append(r.level, v)
	}
}

// walk sends the unit along the path that was found, from its end.
func (s *sending[V]) walk(from int32) error {
	at, by := s.end, s.last
	for {
		if err := s.move(by, at); err != nil {
			return err
		}
		if at = by.from; at == from {
			return nil
		}
		by = s.note[at].by
	}
}

// fetch brings one unit to cap to along the shortest path from the ground.
func (r *residual[V]) fetch(to int32) error {
	r.Searches++
	if !r.caps[to].reached {
		return errStuck
	}
	// The path is tight for the distances, so the mentees on it take them for their potentials.
	for v := to; v != ground; v = r.caps[v].via.from {
		r.meet(v)
		r.arrive(v)
		if r.caps[v].mentees {
			r.lift(r.caps[v].root)
		}
	}
	for v := to; v != ground; {
		by := r.caps[v].via
		if err := r.move(by, v); err != nil {
			return err
		}
		v = by.from
	}
	return nil
}

// move sends one unit along the arc by, which leads to cap to or the ground.
func (r *residual[V]) move(by link, to int32) error {
	if by.pair >= 0 {
		if to == r.pairs[by.pair].mentor {
			r.choose(by.pair)
		} else {
			r.drop(by.pair)
		}
		return nil
	}
	below, outward := by.from, true // from a cap to its parent
	if to != ground && r.caps[to].parent == by.from {
		below, outward = to, false
	}
	return r.count(below, outward == r.caps[below].mentees)
}

// count adds a unit to cap c, or takes one back.
func (r *residual[V]) count(c int32, back bool) error {
	n := r.edit(c)
	if back {
		n.load--
	} else {
		n.load++
	}
	if n.load < 0 || !back && n.load > n.upper {
		return errStuck
	}
	r.doubtCap(c)
	return nil
}

// choose takes the free pair e into the flow.
func (r *residual[V]) choose(e int32) {
	r.put(e, chosen)
	r.doubt(r.pairs[e].mentor)
	r.shortcut(r.pairs[e].mentor, r.pairs[e].mentee, e)
	r.reprice(r.pairs[e].mentee)
}

// drop takes the chosen pair e out of the flow; it is free then.
func (r *residual[V]) drop(e int32) {
	r.put(e, free)
	r.doubt(r.pairs[e].mentee)
	r.shortcut(r.pairs[e].mentee, r.pairs[e].mentor, e)
	r.reprice(r.pairs[e].mentee)
}

// bar gives pair e a state in which no arc leads across it as before.
func (r *residual[V]) bar(e int32, state pairState) {
	r.put(e, state)
	r.doubt(r.pairs[e].mentee)
	r.doubt(r.pairs[e].mentor)
	r.reprice(r.pairs[e].mentee)
}

// fall lowers the potential of cap v.
func (r *residual[V]) fall(v int32, by V) {
	n := r.edit(v)
	n.potential = sub(n.potential, by)
	r.cover(v)
	if n.mentees {
		r.reprice(v)
	} else {
		r.prices.fallen = append(r.prices.fallen, v)
	}
}

// lift raises the potentials of a mentee's caps to the greatest that the mentors' potentials allow: their distances.
// Caps that are not reached follow as far as they must.
func (r *residual[V]) lift(root int32) {
	r.prices.family = r.family(root, r.prices.family)
	for _, v := range r.prices.family {
		n := r.edit(v)
		switch {
		case n.reached:
			n.potential = n.far
		case n.parent >= 0:
			n.potential = greater(n.potential, sub(r.caps[n.parent].potential, r.last(v)))
		}
	}
	r.reprice(root)
}

// forget clears what a change has left.
func (r *residual[V]) forget() {
	r.level, r.heap = r.level[:0], r.heap[:0]
	r.prices.clear()
}
