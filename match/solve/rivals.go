package solve

import "github.com/chiron-mentoring/chiron/match"

// Rivals are the edges of a mentee's cap that are not chosen, and more worth than which, at the mentors' lowest prices,
// none of the others is. On them hangs the mentee's price.

// rivals finds those of all mentees, in no order.
func (c *canonical[V]) rivals() []int32 {
	if c.bidders == match.MenteeSide {
		return c.rivalsInOrder(c.mentorsPotentials())
	}
	type rival struct{ edge, before int32 } // the one before has the place before-1
	var all []rival
	potential := c.mentorsPotentials()
	best, last := make([]V, len(c.node)), make([]int32, len(c.node))
	for e := range int32(c.p.Edges.Len()) {
		if !c.mayBeAdded(e) {
			continue
		}
		v := c.p.Leaf(match.MenteeSide, int(e))
		worth := sub(packPair[V](c.f, int(e)), potential[c.p.Leaf(match.MentorSide, int(e))])
		switch {
		case last[v] == 0 || less(best[v], worth):
			best[v], last[v] = worth, 0
		case worth != best[v]:
			continue
		}
		all = append(all, rival{e, last[v]})
		last[v] = int32(len(all))
	}
	var edges []int32
	for _, at := range last {
		for ; at > 0; at = all[at-1].before {
			edges = append(edges, all[at-1].edge)
		}
	}
	return edges
}

// rivalsInOrder finds them where the edges of mentees stand sorted.
func (c *canonical[V]) rivalsInOrder(potential []V) (edges []int32) {
	cheapest := c.cheapest(potential)
	for v := range c.node {
		own := &c.node[v]
		if !own.bids {
			continue
		}
		var best V
		before := len(edges)
		for i, a := range c.arcsOf(int32(v)) {
			if len(edges) > before && less(sub(a.worth, cheapest), best) {
				break
			}
			if a.to < 0 {
				continue
			}
			worth := sub(a.worth, potential[a.to])
			if len(edges) == before || less(best, worth) {
				best, edges = worth, edges[:before]
			}
			if worth == best {
				edges = append(edges, c.edge[int(own.first)+i])
			}
		}
	}
	return edges
}
