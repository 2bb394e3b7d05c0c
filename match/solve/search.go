package solve

// A search finds cheapest paths in a network, one after the other, by Dijkstra's algorithm on reduced costs (Edmonds,
// Karp 1972; Tomizawa 1971). It looks at no more than it must: it ends when the ground is reached as cheaply as can
// be, and leaves edges alone that are worth too little whatever their price.
type search[V vec] struct {
	*network[V]
	heap   heap[V]
	seen   []int32 // the nodes reached
	level  []int32 // nodes as near as the one being looked at, which need not go through the heap
	ground struct {
		reached bool
		dist    V
		from    int32
	}
}

func newSearch[V vec](n *network[V]) *search[V] { return &search[V]{network: n} }

// serve finds places for person root, one after the other, as long as one more is worth it.
func (s *search[V]) serve(root int32, m *meter) error {
	var zero V
	s.open(root)
	r := &s.node[root]
	for r.load < r.upper && less(zero, add(r.y, s.next(root))) {
		if err := m.step(); err != nil {
			return err
		}
		r.load++
		from := root
		if len(s.child) == 0 {
			if from = s.auction(root); from < 0 {
				continue
			}
		}
		s.shortest(from)
		s.augment(from)
		s.lower()
	}
	return nil
}

// shortest finds the cheapest path from root to the ground. There always is one: root can give its place up again.
func (s *search[V]) shortest(root int32) {
	var zero V
	s.ground.reached = false
	s.reach(root, zero, zero, step{from: -1})
	for len(s.level)+len(s.heap) > 0 {
		var v int32
		if last := len(s.level) - 1; last >= 0 {
			v = s.level[last]
			s.level = s.level[:last]
		} else {
			v = s.heap.pop().node
		}
		n := &s.node[v]
		if n.done {
			continue
		}
		if s.ground.reached && !less(n.dist, s.ground.dist) {
			break
		}
		n.done = true
		if n.bids {
			s.fromBidder(v, n)
		} else {
			s.fromOther(v, n)
		}
	}
	s.level, s.heap = s.level[:0], s.heap[:0]
}

// fromBidder looks at all that can follow on cap v of a bidder: up, giving up a pair; down into a class with room; and
// across, choosing an edge.
func (s *search[V]) fromBidder(v int32, n *node[V]) {
	here := add(n.dist, n.y)
	if n.load > 0 {
		s.up(v, n, add(here, s.last(v)))
	}
	for _, k := range s.children(v) {
		if s.node[k].load < s.node[k].upper {
			s.reach(k, n.dist, sub(sub(here, s.next(k)), s.node[k].y), step{from: v})
		}
	}
	leads := sub(here, s.ceiling) // what an edge must be worth more than to lead nearer than to the ground
	for i, a := range s.arcs[n.first : n.first+n.size] {
		if s.ground.reached && !less(sub(leads, a.worth), s.ground.dist) {
			return
		}
		if a.to < 0 {
			continue
		}
		if dist := sub(sub(here, a.worth), s.node[a.to].y); !s.ground.reached || less(dist, s.ground.dist) {
			s.reach(a.to, n.dist, dist, step{v, n.first + int32(i), overArc})
		}
	}
}

// fromOther looks at all that can follow on cap v of the side that does not bid: up, where there is room; down into a
// class; and back across, dropping an edge.
func (s *search[V]) fromOther(v int32, n *node[V]) {
	here := add(n.dist, n.y)
	if n.load < n.upper {
		s.up(v, n, sub(here, s.next(v)))
	}
	for _, k := range s.children(v) {
		s.reach(k, n.dist, sub(add(here, s.last(k)), s.node[k].y), step{from: v})
	}
	for i, h := range s.held[n.first : n.first+n.size] {
		if dist := sub(add(here, h.worth), s.node[h.from].y); !s.ground.reached || less(dist, s.ground.dist) {
			s.reach(h.from, n.dist, dist, step{v, int32(i), overHeld})
		}
	}
}

// up reaches the parent of v, or the ground; sum is the distance but for the parent's potential.
func (s *search[V]) up(v int32, n *node[V], sum V) {
	if n.parent >= 0 {
		s.reach(n.parent, n.dist, sub(sum, s.node[n.parent].y), step{from: v})
	} else if !s.ground.reached || less(sum, s.ground.dist) {
		s.ground.reached, s.ground.dist, s.ground.from = true, sum, v
	}
}

// reach notes a way to node v of length dist, seen from a node at distance from.
func (s *search[V]) reach(v int32, from, dist V, by step) {
	if s.ground.reached && !less(dist, s.ground.dist) {
		return
	}
	n := &s.node[v]
	if !n.seen {
		n.seen = true
		s.seen = append(s.seen, v)
	} else if !less(dist, n.dist) {
		return
	}
	n.dist, n.via = dist, by
	// A total with room leads straight to the ground: knowing that early spares the heap much.
	if !n.bids && n.parent < 0 && n.load < n.upper {
		s.up(v, n, sub(add(dist, n.y), s.next(v)))
		if !less(dist, s.ground.dist) {
			return
		}
	}
	if less(from, dist) {
		s.heap.push(entry[V]{dist, v})
	} else {
		s.level = append(s.level, v)
	}
}

// augment changes the matching along the path that was found, from its end.
func (s *search[V]) augment(root int32) {
	v := s.ground.from
	if s.node[v].bids {
		s.node[v].load--
	} else {
		s.node[v].load++
	}
	for v != root {
		n := &s.node[v]
		from := n.via.from
		switch n.via.over {
		case overArc:
			s.choose(n.via.at, from)
		case overHeld:
			s.drop(from, n.via.at)
		case overCap:
			switch down := n.parent == from; {
			case n.bids && down:
				n.load++
			case n.bids:
				s.node[from].load--
			case down:
				n.load--
			default:
				s.node[from].load++
			}
		}
		v = from
	}
}

// lower brings the potentials of the nodes nearer than the ground down, so that no reduced cost is negative and all
// on the path are zero; then those of bidders further, as far as it goes. It forgets the search.
func (s *search[V]) lower() {
	for _, v := range s.seen {
		n := &s.node[v]
		if less(n.dist, s.ground.dist) {
			n.y = sub(n.y, sub(s.ground.dist, n.dist))
		}
	}
	for _, v := range s.seen {
		n := &s.node[v]
		if n.bids && less(n.dist, s.ground.dist) {
			s.settle(v)
		}
		n.seen, n.done = false, false
	}
	s.seen = s.seen[:0]
}

// settle lowers the potential of a bidder's cap as far as its other choices allow: to the worth of the best of them.
// The chosen edges then show how far they are from being given up, and later searches pass over a bidder who is far
// from it without looking at the bidder's list. (The augmenting row reduction of Jonker and Volgenant 1987 sets
// prices with the same second-best rule.)
func (s *search[V]) settle(v int32) {
	n := &s.node[v]
	best := neg(s.last(v))
	if n.parent >= 0 {
		best = add(best, s.node[n.parent].y)
	}
	for _, k := range s.children(v) {
		if s.node[k].load < s.node[k].upper {
			best = greater(best, add(s.node[k].y, s.next(k)))
		}
	}
	for _, a := range s.arcs[n.first : n.first+n.size] {
		if !less(best, add(a.worth, s.ceiling)) {
			break
		}
		if a.to >= 0 {
			best = greater(best, add(a.worth, s.node[a.to].y))
		}
	}
	n.y = best
}
