package match

import "slices"

// An Order tells which of two pairs a person prefers, strictly: pinned pairs before others, then by rank, then by
// lottery, then by the number of the other person. Between two pairs with the same person, for different purposes, who
// is indifferent leaves the choice to the other: that person's rank decides; and last the number of the edge.
// [Problem.Order] makes one.
type Order struct {
	p                *Problem
	side             Side
	rank             []int32
	other            []int32 // the other person of each edge,
	otherRank        []int32 // and how that person ranks it
	mentees, mentors []int64
}

// Order prepares the preferences of all people on side s.
func (p *Problem) Order(s Side) Order {
	e := &p.Edges
	o := Order{p: p, side: s, rank: e.MenteeRank, other: e.Mentor, otherRank: e.MentorRank}
	if s == MentorSide {
		o.rank, o.other, o.otherRank = e.MentorRank, e.Mentee, e.MenteeRank
	}
	o.mentees, o.mentors = p.Draw()
	return o
}

// Better says whether the person on the order's side whom edges a and b share prefers a to b.
func (o *Order) Better(a, b int32) bool {
	if o.p.Edges.State != nil {
		if pa, pb := o.p.Edges.State[a] == Pinned, o.p.Edges.State[b] == Pinned; pa != pb {
			return pa
		}
	}
	if o.rank != nil && o.rank[a] != o.rank[b] {
		return o.rank[a] < o.rank[b]
	}
	if na, nb := o.number(a), o.number(b); na != nb {
		return na < nb
	}
	if o.other[a] == o.other[b] && o.otherRank != nil && o.otherRank[a] != o.otherRank[b] {
		return o.otherRank[a] < o.otherRank[b]
	}
	return a < b
}

// number is what decides edge e among equals.
func (o *Order) number(e int32) int64 {
	n := o.mentees[o.p.Edges.Mentee[e]]
	if o.side == MentorSide {
		return n
	}
	return (n + o.mentors[o.p.Edges.Mentor[e]]) % lotteryRange
}

// Preferences are the edges of each person on one side, best first, without forbidden ones.
type Preferences struct {
	p     *Problem
	side  Side
	Start []int32 // the edges of person i are Edge[Start[i]:Start[i+1]]
	Edge  []int32
}

// Preferences lists everybody's edges on side s. It takes O(E) time where a person's ranks are 1, 2, 3 and so on, and
// O(d log d) for a person with ties, gaps or pins among d edges.
func (p *Problem) Preferences(s Side) Preferences {
	persons, of := len(p.Mentees), p.Edges.Mentee
	if s == MentorSide {
		persons, of = len(p.Mentors), p.Edges.Mentor
	}
	start := make([]int32, persons+1)
	for e, i := range of {
		if p.State(e) != Forbidden {
			start[i+1]++
		}
	}
	for i := range persons {
		start[i+1] += start[i]
	}
	list := make([]int32, start[persons])
	next := slices.Clone(start)
	for e, i := range of {
		if p.State(e) != Forbidden {
			list[next[i]] = int32(e)
			next[i]++
		}
	}
	order := p.Order(s)
	var scratch []int32
	for i := range persons {
		own := list[start[i]:start[i+1]]
		scratch = append(scratch[:0], own...)
		if !order.place(scratch, own) {
			slices.SortFunc(own, order.compare)
		}
	}
	return Preferences{p: p, side: s, Start: start, Edge: list}
}

// place puts the edges of one person in their places if their ranks are just 1 to len(edges) and none is pinned. It
// returns false if they are not, leaving the places as they come.
func (o *Order) place(edges, places []int32) bool {
	if o.rank == nil {
		return false
	}
	for at := range places {
		places[at] = -1
	}
	for _, e := range edges {
		at := int(o.rank[e]) - 1
		if at < 0 || at >= len(places) || places[at] >= 0 || o.p.State(int(e)) == Pinned {
			copy(places, edges)
			return false
		}
		places[at] = e
	}
	return true
}

func (o *Order) compare(a, b int32) int {
	switch {
	case a == b:
		return 0
	case o.Better(a, b):
		return -1
	}
	return 1
}
