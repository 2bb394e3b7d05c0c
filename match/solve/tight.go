package solve

import "github.com/chiron-mentoring/chiron/match"

// A measured network knows how far every cap is from the ground.
type measured[V vec] struct {
	*network[V]
	far     []V
	reached []bool
}

// measured finds the distances of the caps; chosen is the matching.
func (c *canonical[V]) measured(chosen []int32) *measured[V] {
	m := &measured[V]{c.network, make([]V, len(c.node)), make([]bool, len(c.node))}
	if c.pricesAreLowest() {
		m.measureFlat(chosen)
		return m
	}
	for v := range c.node {
		if n := &c.node[v]; n.seen {
			m.far[v], m.reached[v] = add(n.y, n.dist), true
		}
	}
	return m
}

// measureFlat does so where the mentors' potentials are their distances and nobody has classes: a mentee is then reached
// from the ground, if there is room, or back across a pair.
func (m *measured[V]) measureFlat(chosen []int32) {
	for v := range m.node {
		n := &m.node[v]
		switch {
		case !n.bids:
			m.far[v], m.reached[v] = n.y, true
		case n.load < n.upper:
			m.far[v], m.reached[v] = neg(m.next(int32(v))), true
		}
	}
	for _, e := range chosen {
		i, j := m.p.Leaf(match.MenteeSide, int(e)), m.p.Leaf(match.MentorSide, int(e))
		if far := add(m.far[j], packPair[V](m.f, int(e))); !m.reached[i] || less(far, m.far[i]) {
			m.far[i], m.reached[i] = far, true
		}
	}
}

// A tightArc is one between places; edge is the one that it leads across, if it does.
type tightArc struct {
	tie
	edge int32
}

// tightArcs are the arcs that are as long as the difference of the distances at their ends. Across pairs they lead back
// over chosen edges, or forth over rivals.
func (m *measured[V]) tightArcs(chosen, rivals []int32) []tightArc {
	var all []tightArc
	tell := func(from int32, length V, to, edge int32) {
		far, reached := m.farOf(from)
		if end, _ := m.farOf(to); reached && add(far, length) == end {
			all = append(all, tightArc{tie{place(from), place(to), edge >= 0}, edge})
		}
	}
	for v := range int32(len(m.node)) {
		n := &m.node[v]
		from, to := n.parent, v // where a mentor's unit can be taken back, and from where a mentee's
		if side, _ := m.p.Owner(v); side == match.MenteeSide {
			from, to = v, n.parent
		}
		tell(from, m.last(v), to, -1)
		if n.load < n.upper {
			tell(to, neg(m.next(v)), from, -1)
		}
	}
	for _, e := range chosen {
		if m.p.State(int(e)) == match.Open {
			tell(m.p.Leaf(match.MentorSide, int(e)), packPair[V](m.f, int(e)), m.p.Leaf(match.MenteeSide, int(e)), e)
		}
	}
	for _, e := range rivals {
		tell(m.p.Leaf(match.MenteeSide, int(e)), neg(packPair[V](m.f, int(e))), m.p.Leaf(match.MentorSide, int(e)), e)
	}
	return all
}

// farOf is how far cap v or the ground is from the ground.
func (m *measured[V]) farOf(v int32) (far V, reached bool) {
	if v == ground {
		return far, true
	}
	return m.far[v], m.reached[v]
}

// place is the place of cap v or of the ground among those that ties join.
func place(v int32) int32 { return v - ground }
