package solve

import "github.com/chiron-mentoring/chiron/match"

// canonical finds the prices that the certificate publishes. The prices that prove a matching are seldom unique; those
// published are the lowest on the mentors' side, summed from the total down to each cap, that any proof has, and then
// the lowest on the mentees' side that go with them. So equal problems have equal certificates however they were
// solved, and without classes the price of a mentor is just what one more place with that mentor would gain.
//
// All proofs together are the solutions of difference constraints, so the lowest potentials are shortest distances
// from the ground; the solver's own potentials make all lengths non-negative for Dijkstra's algorithm (Johnson 1977).
// It takes O((E + V log V)·W) time for V caps and W words.
type canonical[V vec] struct {
	*network[V]
	isChosen  []bool
	firstEdge []int32 // per mentee
	ofMentor  [][]int32
	dist      []V
	farthest  V // no mentor's cap is farther from the ground
	reached   []bool
	done      []bool
	heap      heap[V]
}

// canonicalPotentials returns the sum of the published prices from each cap's total down to the cap.
func canonicalPotentials[V vec](n *network[V], chosen []int32) []V {
	c := &canonical[V]{network: n}
	caps := len(n.node)
	c.dist, c.reached, c.done = make([]V, caps), make([]bool, caps), make([]bool, caps)
	c.isChosen = make([]bool, n.p.Edges.Len())
	c.ofMentor = make([][]int32, caps)
	for _, e := range chosen {
		c.isChosen[e] = true
		if n.p.State(int(e)) == match.Open {
			leaf := n.p.Leaf(match.MentorSide, int(e))
			c.ofMentor[leaf] = append(c.ofMentor[leaf], e)
		}
	}
	c.firstEdge = make([]int32, len(n.p.Mentees)+1)
	for _, i := range n.p.Edges.Mentee {
		c.firstEdge[i+1]++
	}
	for i := range n.p.Mentees {
		c.firstEdge[i+1] += c.firstEdge[i]
	}
	// From here on the flow goes from mentees to mentors, whoever bid: y is a sum of prices on the mentees' side, and
	// minus one on the mentors'.
	if n.bidders == match.MentorSide {
		for i := range n.node {
			n.node[i].y = neg(n.node[i].y)
		}
	}
	c.distances()
	return c.lowest()
}

// distances finds how much every potential can grow, which is how far the cap is from the ground.
func (c *canonical[V]) distances() {
	mentees := int32(len(c.p.Mentees))
	for v := range int32(len(c.node)) { // a parent comes before its children
		n := &c.node[v]
		side, _ := c.p.Owner(v)
		switch {
		case side == match.MentorSide && n.parent < 0:
			c.reach(v, sub(c.last(v), n.y))
		case side == match.MentorSide:
			up := n.parent
			c.reach(v, sub(add(c.dist[up], add(c.last(v), c.node[up].y)), n.y))
		case v < mentees && n.load < n.upper:
			c.reach(v, neg(add(c.next(v), n.y)))
		}
		if side == match.MentorSide {
			c.farthest = greater(c.farthest, c.dist[v])
		}
	}
	for len(c.heap) > 0 {
		v := c.heap.pop().node
		if c.done[v] {
			continue
		}
		c.done[v] = true
		if side, person := c.p.Owner(v); side == match.MenteeSide {
			c.fromMentee(v, person)
		} else {
			c.fromMentor(v)
		}
	}
}

func (c *canonical[V]) reach(v int32, dist V) {
	if !c.reached[v] || less(dist, c.dist[v]) {
		c.reached[v], c.dist[v] = true, dist
		c.heap.push(entry[V]{dist, v})
	}
}

func (c *canonical[V]) fromMentee(v, person int32) {
	here := add(c.dist[v], c.node[v].y)
	if up := c.node[v].parent; up >= 0 {
		c.reach(up, sub(add(here, c.last(v)), c.node[up].y))
	}
	for _, k := range c.child[c.childStart[v]:c.childStart[v+1]] {
		if c.node[k].load < c.node[k].upper {
			c.reach(k, sub(sub(here, c.next(k)), c.node[k].y))
		}
	}
	if c.bidders == match.MenteeSide {
		c.fromArcs(v, here)
		return
	}
	for e := c.firstEdge[person]; e < c.firstEdge[person+1]; e++ {
		if !c.isChosen[e] && c.p.State(int(e)) == match.Open && c.p.Leaf(match.MenteeSide, int(e)) == v {
			b := c.p.Leaf(match.MentorSide, int(e))
			if !c.done[b] {
				c.reach(b, sub(sub(here, packPair[V](c.f, int(e))), c.node[b].y))
			}
		}
	}
}

// fromArcs looks at the edges of cap v when they stand sorted, up to those that bring no mentor nearer.
func (c *canonical[V]) fromArcs(v int32, here V) {
	useless := sub(sub(here, c.ceiling), c.farthest)
	for _, a := range c.arcs[c.start[v]:c.start[v+1]] {
		if !less(useless, a.worth) {
			return
		}
		if a.to >= 0 && !c.done[a.to] {
			c.reach(a.to, sub(sub(here, a.worth), c.node[a.to].y))
		}
	}
}

func (c *canonical[V]) fromMentor(v int32) {
	here := add(c.dist[v], c.node[v].y)
	if up := c.node[v].parent; up >= 0 && c.node[v].load < c.node[v].upper {
		c.reach(up, sub(sub(here, c.next(v)), c.node[up].y))
	}
	for _, k := range c.child[c.childStart[v]:c.childStart[v+1]] {
		c.reach(k, sub(add(here, c.last(k)), c.node[k].y))
	}
	for _, e := range c.ofMentor[v] {
		a := c.p.Leaf(match.MenteeSide, int(e))
		c.reach(a, sub(add(here, packPair[V](c.f, int(e))), c.node[a].y))
	}
}

// lowest takes the lowest potentials of the mentors from the distances, and finds the lowest ones of the mentees that
// keep every edge which is not chosen from being worth more than its prices: from the classes up to the totals, and
// then down again, since no price may be lower than what the last pair on its cap earns asks for.
func (c *canonical[V]) lowest() []V {
	potential := make([]V, len(c.node))
	wanted := make([]bool, len(c.node))
	raise := func(v int32, to V) {
		if !wanted[v] || less(potential[v], to) {
			potential[v], wanted[v] = to, true
		}
	}
	mentees := int32(len(c.p.Mentees))
	for v := range potential {
		if side, _ := c.p.Owner(int32(v)); side == match.MentorSide {
			potential[v] = neg(add(c.node[v].y, c.dist[v]))
		}
	}
	for e := range c.p.Edges.Len() {
		if !c.isChosen[e] && c.p.State(e) == match.Open {
			raise(c.p.Leaf(match.MenteeSide, e), sub(packPair[V](c.f, e), potential[c.p.Leaf(match.MentorSide, e)]))
		}
	}
	isMentees := func(v int32) bool {
		side, _ := c.p.Owner(v)
		return side == match.MenteeSide
	}
	caps := int32(len(c.node))
	for v := caps - 1; v >= 0; v-- { // a parent comes before its children
		if up := c.node[v].parent; up >= 0 && isMentees(v) && wanted[v] && c.node[v].load < c.node[v].upper {
			raise(up, add(potential[v], c.next(v)))
		}
	}
	for v := range mentees {
		raise(v, neg(c.last(v)))
	}
	for v := mentees + int32(len(c.p.Mentors)); v < caps; v++ {
		if isMentees(v) {
			raise(v, sub(potential[c.node[v].parent], c.last(v)))
		}
	}
	return potential
}
