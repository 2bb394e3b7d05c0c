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
	farthest V // no mentor's cap is farther from the ground
	heap     heap[V]
	level    []int32 // nodes as near as the one being looked at, which need not go through the heap
	now      V       // how near that is

	// When mentors bid, the edges of mentees do not stand sorted and are looked up in the problem.
	isChosen  []bool
	firstEdge []int32 // per mentee
}

// newCanonical prepares the finished network n. It turns n's potentials the mentees' way: from here on the flow goes from
// mentees to mentors, whoever bid; y is a sum of prices on the mentees' side, and minus one on the mentors'.
func newCanonical[V vec](n *network[V], chosen []int32) *canonical[V] {
	c := &canonical[V]{network: n}
	if n.bidders == match.MentorSide {
		c.indexMentees(chosen)
		for i := range n.node {
			n.node[i].y = neg(n.node[i].y)
		}
	}
	return c
}

// potentials are the sums of the published prices from each cap's total down to the cap.
func (c *canonical[V]) potentials() []V {
	c.measure()
	return c.lowest()
}

// measure finds how much the potentials of the mentors can grow.
func (c *canonical[V]) measure() {
	if !c.pricesAreLowest() {
		c.distances()
		return
	}
	var none V
	for v := range c.node {
		c.node[v].dist = none
	}
}

// pricesAreLowest says whether the mentors' potentials need no more lowering, because mentees bid and every price rose
// only as far as it must: to what somebody who went without would have paid (in a bid), or by what a place would have
// spared (in a search). The gain of one more place is at least that, and no valid price is below the gain (compare
// Demange, Gale, Sotomayor 1986). With classes and pins the argument has more cases than the saving is worth.
func (n *network[V]) pricesAreLowest() bool {
	return n.bidders == match.MenteeSide && len(n.child) == 0 && n.p.Edges.State == nil
}

// indexMentees prepares the look-up of mentees' edges, which the problem lists by mentee.
func (c *canonical[V]) indexMentees(chosen []int32) {
	c.isChosen = make([]bool, c.p.Edges.Len())
	for _, e := range chosen {
		c.isChosen[e] = true
	}
	c.firstEdge = make([]int32, len(c.p.Mentees)+1)
	for _, i := range c.p.Edges.Mentee {
		c.firstEdge[i+1]++
	}
	for i := range c.p.Mentees {
		c.firstEdge[i+1] += c.firstEdge[i]
	}
}

// mayBeAdded says whether edge e is open and not chosen.
func (c *canonical[V]) mayBeAdded(e int32) bool {
	return !c.isChosen[e] && c.p.State(int(e)) == match.Open
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
			c.reach(v, sub(add(c.node[up].dist, add(c.last(v), c.node[up].y)), n.y))
		case v < mentees && n.load < n.upper:
			c.reach(v, neg(add(c.next(v), n.y)))
		}
		if side == match.MentorSide {
			c.farthest = greater(c.farthest, c.node[v].dist)
		}
	}
	for len(c.level)+len(c.heap) > 0 {
		var v int32
		if last := len(c.level) - 1; last >= 0 {
			v = c.level[last]
			c.level = c.level[:last]
		} else {
			v = c.heap.pop().node
		}
		n := &c.node[v]
		if n.done {
			continue
		}
		n.done, c.now = true, n.dist
		if side, person := c.p.Owner(v); side == match.MenteeSide {
			c.fromMentee(v, person)
		} else {
			c.fromMentor(v)
		}
	}
}

func (c *canonical[V]) reach(v int32, dist V) {
	n := &c.node[v]
	if n.seen && !less(dist, n.dist) {
		return
	}
	n.seen, n.dist = true, dist
	if less(c.now, dist) {
		c.heap.push(entry[V]{dist, v})
	} else {
		c.level = append(c.level, v)
	}
}

func (c *canonical[V]) fromMentee(v, person int32) {
	here := add(c.node[v].dist, c.node[v].y)
	if up := c.node[v].parent; up >= 0 {
		c.reach(up, sub(add(here, c.last(v)), c.node[up].y))
	}
	for _, k := range c.children(v) {
		if c.node[k].load < c.node[k].upper {
			c.reach(k, sub(sub(here, c.next(k)), c.node[k].y))
		}
	}
	if c.bidders == match.MenteeSide {
		c.fromArcs(v, here)
		return
	}
	for e := c.firstEdge[person]; e < c.firstEdge[person+1]; e++ {
		if c.mayBeAdded(e) && c.p.Leaf(match.MenteeSide, int(e)) == v {
			b := c.p.Leaf(match.MentorSide, int(e))
			if !c.node[b].done {
				c.reach(b, sub(sub(here, packPair[V](c.f, int(e))), c.node[b].y))
			}
		}
	}
}

// fromArcs looks at the edges of cap v when they stand sorted, up to those that bring no mentor nearer.
func (c *canonical[V]) fromArcs(v int32, here V) {
	useless := sub(sub(here, c.ceiling), c.farthest)
	for _, a := range c.arcsOf(v) {
		if !less(useless, a.worth) {
			return
		}
		if a.to >= 0 && !c.node[a.to].done {
			c.reach(a.to, sub(sub(here, a.worth), c.node[a.to].y))
		}
	}
}

func (c *canonical[V]) fromMentor(v int32) {
	here := add(c.node[v].dist, c.node[v].y)
	if up := c.node[v].parent; up >= 0 && c.node[v].load < c.node[v].upper {
		c.reach(up, sub(sub(here, c.next(v)), c.node[up].y))
	}
	for _, k := range c.children(v) {
		c.reach(k, sub(add(here, c.last(k)), c.node[k].y))
	}
	if c.bidders == match.MenteeSide {
		for _, h := range c.heldBy(v) {
			c.reach(h.from, sub(add(here, h.worth), c.node[h.from].y))
		}
		return
	}
	for _, a := range c.arcsOf(v) {
		if a.to < 0 {
			c.reach(^a.to, sub(add(here, a.worth), c.node[^a.to].y))
		}
	}
}

// lowest takes the lowest potentials of the mentors from the distances, and finds the lowest ones of the mentees that
// keep every edge which is not chosen from being worth more than its prices: from the classes up to the totals, and
// then down again, since no price may be lower than what the last pair on its cap earns asks for.
func (c *canonical[V]) lowest() []V {
	potential := c.mentorsPotentials()
	wanted := make([]bool, len(c.node))
	raise := func(v int32, to V) {
		if !wanted[v] || less(potential[v], to) {
			potential[v], wanted[v] = to, true
		}
	}
	mentees := int32(len(c.p.Mentees))
	c.eachOffer(potential, raise)
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

// mentorsPotentials are the lowest potentials of the mentors, by cap; those of the mentees are left at nothing.
func (c *canonical[V]) mentorsPotentials() []V {
	potential := make([]V, len(c.node))
	for v := range potential {
		if side, _ := c.p.Owner(int32(v)); side == match.MentorSide {
			potential[v] = neg(add(c.node[v].y, c.node[v].dist))
		}
	}
	return potential
}

// cheapest is the lowest of the mentors' potentials when mentees bid.
func (c *canonical[V]) cheapest(potential []V) (least V) {
	first := true
	for v := range c.node {
		if !c.node[v].bids && (first || less(potential[v], least)) {
			least, first = potential[v], false
		}
	}
	return least
}

// eachOffer tells what edges that are not chosen would be worth to the mentees' caps at the mentors' potentials; at
// least the most of each cap.
func (c *canonical[V]) eachOffer(potential []V, tell func(v int32, worth V)) {
	if c.bidders == match.MentorSide {
		for e := range int32(c.p.Edges.Len()) {
			if c.mayBeAdded(e) {
				tell(c.p.Leaf(match.MenteeSide, int(e)), sub(packPair[V](c.f, int(e)), potential[c.p.Leaf(match.MentorSide, int(e))]))
			}
		}
		return
	}
	cheapest := c.cheapest(potential)
	for v := range int32(len(c.node)) {
		if !c.node[v].bids {
			continue
		}
		var best V
		found := false
		for _, a := range c.arcsOf(v) {
			if found && !less(best, sub(a.worth, cheapest)) {
				break
			}
			if a.to < 0 {
				continue
			}
			if worth := sub(a.worth, potential[a.to]); !found || less(best, worth) {
				best, found = worth, true
			}
		}
		if found {
			tell(v, best)
		}
	}
}
