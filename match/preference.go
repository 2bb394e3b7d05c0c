package match

import (
	"cmp"
	"slices"
	"sync"
)

// An Order tells which of two pairs a person prefers, strictly: pinned pairs before others, then by rank, then by
// lottery, then by the number of the other person. Between two pairs with the same person, for different purposes, who
// is indifferent leaves the choice to the other: that person's rank decides; and last the number of the edge.
// [Problem.Order] makes one.
type Order struct {
	p         *Problem
	side      Side
	rank      []int32
	other     []int32 // the other person of each edge,
	otherRank []int32 // and how that person ranks it
	drawn     draw
}

// A draw gives the lottery numbers of both sides. They are drawn when the first tie asks for them, and only once.
type draw func() (mentees, mentors []int64)

// Order prepares the preferences of all people on side s.
func (p *Problem) Order(s Side) Order { return p.order(s, sync.OnceValues(p.Draw)) }

func (p *Problem) order(s Side, drawn draw) Order {
	e := &p.Edges
	if s == MentorSide {
		return Order{p: p, side: s, rank: e.MentorRank, other: e.Mentee, otherRank: e.MenteeRank, drawn: drawn}
	}
	return Order{p: p, side: s, rank: e.MenteeRank, other: e.Mentor, otherRank: e.MentorRank, drawn: drawn}
}

// Better says whether the person on the order's side whom edges a and b share prefers a to b.
func (o *Order) Better(a, b int32) bool {
	if x, y := o.standing(a), o.standing(b); x != y {
		return x < y
	}
	x, y := o.tied(a), o.tied(b)
	return x.compare(&y) < 0
}

// standing is the rank of edge e, or 0 when it is pinned, so that nothing is better.
func (o *Order) standing(e int32) int32 {
	switch {
	case o.p.State(int(e)) == Pinned:
		return 0
	case o.rank == nil:
		return 1
	}
	return o.rank[e]
}

// A tiedEdge is an edge with all that decides between it and its equals, in this order.
type tiedEdge struct {
	standing         int32
	number           int64 // of the lottery
	other, otherRank int32
	edge             int32
}

func (o *Order) tied(e int32) tiedEdge {
	t := tiedEdge{standing: o.standing(e), other: o.other[e], edge: e}
	mentees, mentors := o.drawn()
	t.number = mentees[o.p.Edges.Mentee[e]]
	if o.side == MenteeSide {
		t.number = (t.number + mentors[t.other]) % lotteryRange
	}
	if o.otherRank != nil {
		t.otherRank = o.otherRank[e]
	}
	return t
}

func (t *tiedEdge) compare(u *tiedEdge) int {
	return cmp.Or(cmp.Compare(t.standing, u.standing), cmp.Compare(t.number, u.number), cmp.Compare(t.other, u.other),
		cmp.Compare(t.otherRank, u.otherRank), cmp.Compare(t.edge, u.edge))
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
	order := p.Order(s)
	return p.preferences(&order)
}

// bothPreferences lists the edges of all people, by side, and draws lots once for all of them.
func (p *Problem) bothPreferences() [2]Preferences {
	drawn := sync.OnceValues(p.Draw)
	mentees, mentors := p.order(MenteeSide, drawn), p.order(MentorSide, drawn)
	return [...]Preferences{p.preferences(&mentees), p.preferences(&mentors)}
}

func (p *Problem) preferences(order *Order) Preferences {
	s := order.side
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
	var scratch []int32
	var ties []tiedEdge
	for i := range persons {
		own := list[start[i]:start[i+1]]
		scratch = append(scratch[:0], own...)
		if order.place(scratch, own) {
			continue
		}
		ties = ties[:0]
		for _, e := range scratch {
			ties = append(ties, order.tied(e))
		}
		slices.SortFunc(ties, func(t, u tiedEdge) int { return t.compare(&u) })
		for at := range ties {
			own[at] = ties[at].edge
		}
	}
	return Preferences{p: p, side: s, Start: start, Edge: list}
}

// places tells where each edge stands in Edge; forbidden ones, which stand nowhere, are not asked for.
func (f *Preferences) places() []int32 {
	places := make([]int32, f.p.Edges.Len())
	for at, e := range f.Edge {
		places[e] = int32(at)
	}
	return places
}

// place puts the edges of one person in their places if their ranks are just 1 to len(edges) and none is pinned. If they
// are not it returns false, and the places hold nothing of use.
func (o *Order) place(edges, places []int32) bool {
	for at := range places {
		places[at] = -1
	}
	for _, e := range edges {
		at := int(o.standing(e)) - 1
		if at < 0 || at >= len(places) || places[at] >= 0 {
			return false
		}
		places[at] = e
	}
	return true
}
