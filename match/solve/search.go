package solve

// A search finds cheapest paths in a network, one after the other, by Dijkstra's algorithm on reduced costs (Edmonds,
// Karp 1972; Tomizawa 1971). It looks at no more than it must: it ends when the ground is reached as cheaply as can
// be, and leaves edges alone that are worth too little whatever their price.
type search[V vec] struct {
	*network[V]
	heap   heap[V]
	seen   []bool
	done   []bool
	dist   []V
	via    []step // how the node was reached
	nodes  []int32
	level  []int32 // nodes as near as the one being looked at, which need not go through the heap
	ground struct {
		reached bool
		dist    V
		from    int32
	}
}

// A step leads to a node: from which one, and over which arc (>= 0), which held arc (by its place), or up or down the
// caps.
type step struct {
	from int32
	over stepKind
	at   int32
}

type stepKind uint8

const (
	overCap  stepKind = iota // to a parent or child
	overArc                  // choosing arc at
	overHeld                 // dropping the held arc at place at
)

func newSearch[V vec](n *network[V]) *search[V] {
	caps := len(n.parent)
	return &search[V]{
		network: n, seen: make([]bool, caps), done: make([]bool, caps),
		dist: make([]V, caps), via: make([]step, caps),
	}
}

// serve finds places for person root, one after the other, as long as one more is worth it.
func (s *search[V]) serve(root int32, m *meter) error {
	var zero V
	for s.load[root] < s.upper[root] && less(zero, add(s.y[root], s.next(root))) {
		if err := m.step(); err != nil {
			return err
		}
		s.load[root]++
		s.shortest(root)
		s.augment(root)
		s.lower()
	}
	return nil
}

// shortest finds the cheapest path from root to the ground. There always is one: root can give its place up again.
func (s *search[V]) shortest(root int32) {
	var zero V
	s.ground.reached = false
	s.reach(root, zero, zero, step{from: -1})
	for {
		var v int32
		if len(s.level) > 0 {
			v = s.level[len(s.level)-1]
			s.level = s.level[:len(s.level)-1]
		} else if len(s.heap) > 0 {
			top := s.heap.pop()
			v = top.node
			if s.done[v] || less(s.dist[v], top.dist) {
				continue
			}
		} else {
			return
		}
		if s.ground.reached && !less(s.dist[v], s.ground.dist) {
			s.level = s.level[:0]
			s.heap = s.heap[:0]
			return
		}
		if s.done[v] {
			continue
		}
		s.done[v] = true
		if s.bids[v] {
			s.fromBidder(v)
		} else {
			s.fromOther(v)
		}
	}
}

// fromBidder looks at all that can follow on cap v of a bidder: up, giving up a pair; down into a class with room; and
// across, choosing an edge.
func (s *search[V]) fromBidder(v int32) {
	d, y := s.dist[v], s.y[v]
	if s.load[v] > 0 {
		s.up(v, add(d, add(s.last(v), y)))
	}
	for _, k := range s.child[s.childStart[v]:s.childStart[v+1]] {
		if s.load[k] < s.upper[k] {
			s.reach(k, d, sub(sub(add(d, y), s.next(k)), s.y[k]), step{v, overCap, 0})
		}
	}
	base := add(d, y)
	for a := s.start[v]; a < s.start[v+1]; a++ {
		here := sub(base, s.worth[a])
		if s.ground.reached && !less(sub(here, s.ceiling), s.ground.dist) {
			return
		}
		if b := s.to[a]; b >= 0 {
			s.reach(b, d, sub(here, s.y[b]), step{v, overArc, a})
		}
	}
}

// fromOther looks at all that can follow on cap v of the side that does not bid: up, where there is room; down into a
// class; and back across, dropping an edge.
func (s *search[V]) fromOther(v int32) {
	d, y := s.dist[v], s.y[v]
	if s.load[v] < s.upper[v] {
		s.up(v, add(sub(d, s.next(v)), y))
	}
	for _, k := range s.child[s.childStart[v]:s.childStart[v+1]] {
		s.reach(k, d, sub(add(d, add(s.last(k), y)), s.y[k]), step{v, overCap, 0})
	}
	from := s.heldStart[v]
	for i, h := range s.held[from : from+s.heldCount[v]] {
		s.reach(h.from, d, sub(add(d, add(s.worth[h.arc], y)), s.y[h.from]), step{v, overHeld, int32(i)})
	}
}

// up reaches the parent of v, or the ground; sum is the distance but for the parent's potential.
func (s *search[V]) up(v int32, sum V) {
	if up := s.parent[v]; up >= 0 {
		s.reach(up, s.dist[v], sub(sum, s.y[up]), step{v, overCap, 0})
	} else if !s.ground.reached || less(sum, s.ground.dist) {
		s.ground.reached, s.ground.dist, s.ground.from = true, sum, v
	}
}

// reach notes a way to node v of length dist, seen from a node at distance from.
func (s *search[V]) reach(v int32, from, dist V, by step) {
	if s.ground.reached && !less(dist, s.ground.dist) {
		return
	}
	if s.seen[v] {
		if !less(dist, s.dist[v]) {
			return
		}
	} else {
		s.seen[v] = true
		s.nodes = append(s.nodes, v)
	}
	s.dist[v], s.via[v] = dist, by
	// A total with room leads straight to the ground: knowing that early spares the heap much.
	if !s.bids[v] && s.parent[v] < 0 && s.load[v] < s.upper[v] {
		s.up(v, add(sub(dist, s.next(v)), s.y[v]))
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
	if s.bids[v] {
		s.load[v]--
	} else {
		s.load[v]++
	}
	for v != root {
		by := s.via[v]
		switch by.over {
		case overArc:
			s.choose(by.at, by.from)
		case overHeld:
			s.drop(by.from, by.at)
		case overCap:
			up := s.parent[v] == by.from // down from the parent
			switch {
			case s.bids[v] && up:
				s.load[v]++
			case s.bids[v]:
				s.load[by.from]--
			case up:
				s.load[v]--
			default:
				s.load[by.from]++
			}
		}
		v = by.from
	}
}

// lower brings the potentials of the nodes nearer than the ground down, so that no reduced cost is negative and all
// on the path are zero, and forgets the search.
func (s *search[V]) lower() {
	for _, v := range s.nodes {
		if less(s.dist[v], s.ground.dist) {
			s.y[v] = sub(s.y[v], sub(s.ground.dist, s.dist[v]))
		}
		s.seen[v], s.done[v] = false, false
	}
	s.nodes = s.nodes[:0]
}
