package solve

import "github.com/chiron-mentoring/chiron/match"

// cover is a smallest set of totals such that every pair which is not forbidden counts on one of them: what they take
// together is what the greatest matching has (König 1931). Of several it is the one with the fewest mentors, whatever
// the matching to begin with, so it is a function of the problem alone (Dulmage, Mendelsohn 1958). Each mentee takes one
// pair at most; chosen is a matching to begin with.
//
// It looks for shortest augmenting paths, all of a length together, in O(E·√V) time (Hopcroft, Karp 1973).
func cover(p *match.Problem, chosen []int32) []int32 {
	c := newCovering(p, chosen)
	for c.layer() {
		for i := range c.has {
			if c.seeks(int32(i)) {
				c.augment(int32(i))
			}
		}
	}
	needed := make([]bool, len(p.Mentees)+len(p.Mentors))
	for e := range p.Edges.Len() {
		if p.State(e) == match.Forbidden {
			continue
		}
		if c.level[p.Edges.Mentor[e]] > 0 {
			needed[p.Leaf(match.MentorSide, e)] = true
		} else {
			needed[p.Leaf(match.MenteeSide, e)] = true
		}
	}
	totals := []int32{}
	for total, is := range needed {
		if is {
			totals = append(totals, int32(total))
		}
	}
	return totals
}

// A covering is a matching that grows until it is as great as can be.
type covering struct {
	p     *match.Problem
	start []int32   // the edges of mentee i are start[i] to start[i+1]
	has   []int32   // per mentee, the mentor; -1: none
	with  [][]int32 // per mentor, the mentees

	level []int32 // per mentor, how many mentors a path from a mentee with nobody passes up to and with this one; 0: none comes here
	edge  []int32 // per mentee, the next edge to try
	seat  []int32 // per mentor, the next mentee to send elsewhere
}

func newCovering(p *match.Problem, chosen []int32) *covering {
	c := &covering{
		p: p, start: make([]int32, len(p.Mentees)+1), has: make([]int32, len(p.Mentees)), with: make([][]int32, len(p.Mentors)),
		level: make([]int32, len(p.Mentors)), edge: make([]int32, len(p.Mentees)), seat: make([]int32, len(p.Mentors)),
	}
	for _, i := range p.Edges.Mentee {
		c.start[i+1]++
	}
	for i := range c.has {
		c.start[i+1] += c.start[i]
		c.has[i] = -1
	}
	for _, e := range chosen {
		i, j := p.Edges.Mentee[e], p.Edges.Mentor[e]
		c.has[i] = j
		c.with[j] = append(c.with[j], i)
	}
	return c
}

func (c *covering) seeks(i int32) bool { return c.has[i] < 0 && c.p.Max[i] > 0 }

func (c *covering) hasRoom(j int32) bool {
	return len(c.with[j]) < int(c.p.Max[total(c.p, match.MentorSide, j)])
}

// layer finds how near each mentor is to a mentee with nobody, and says whether one of them has room.
func (c *covering) layer() (more bool) {
	clear(c.level)
	clear(c.seat)
	copy(c.edge, c.start)
	var now []int32
	for i := range c.has {
		if c.seeks(int32(i)) {
			now = append(now, int32(i))
		}
	}
	for depth := int32(1); len(now) > 0 && !more; depth++ {
		var next []int32
		for _, i := range now {
			for e := c.start[i]; e < c.start[i+1]; e++ {
				j := c.p.Edges.Mentor[e]
				if c.level[j] > 0 || c.p.State(int(e)) == match.Forbidden {
					continue
				}
				c.level[j] = depth
				more = more || c.hasRoom(j)
				next = append(next, c.with[j]...)
			}
		}
		now = next
	}
	return more
}

// augment finds mentee i a mentor on the next level, whose own mentee moves on if there is no room. Every edge is tried
// once on a level, so what fails stays failed.
func (c *covering) augment(i int32) bool {
	level := int32(1)
	if c.has[i] >= 0 {
		level = c.level[c.has[i]] + 1
	}
	for ; c.edge[i] < c.start[i+1]; c.edge[i]++ {
		e := c.edge[i]
		j := c.p.Edges.Mentor[e]
		if c.level[j] != level || c.p.State(int(e)) == match.Forbidden {
			continue
		}
		if c.hasRoom(j) {
			c.has[i] = j
			c.with[j] = append(c.with[j], i)
			return true
		}
		for ; int(c.seat[j]) < len(c.with[j]); c.seat[j]++ {
			at := c.seat[j]
			if other := c.with[j][at]; c.augment(other) {
				c.has[i] = j
				c.with[j][at] = i
				c.seat[j]++
				return true
			}
		}
	}
	return false
}
