package explain

import (
	"cmp"
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
)

// withPinned is problem p with edge e fixed.
func withPinned(p *match.Problem, e int32) *match.Problem {
	q := *p
	q.Edges.State = make([]match.State, p.Edges.Len())
	copy(q.Edges.State, p.Edges.State)
	q.Edges.State[e] = match.Pinned
	return &q
}

// withPlace is problem p with one more place on each of the caps.
func withPlace(p *match.Problem, caps []int32) *match.Problem {
	q := *p
	q.Max = slices.Clone(p.Max)
	for _, c := range caps {
		q.Max[c]++
		Lengthen(&q, c)
	}
	return &q
}

// Lengthen carries what goals of p count for units on cap c on to as many as the cap takes, which may be more than
// those who wrote the lists had in mind. The goals of p are copied first.
func Lengthen(p *match.Problem, c int32) {
	p.Goals = slices.Clone(p.Goals)
	for k := range p.Goals {
		g := &p.Goals[k]
		g.Units = slices.Clone(g.Units)
		for r := range g.Units {
			if rewards(p, &g.Units[r], c) {
				g.Units[r].Units = lengthened(g.Units[r].Units, int(p.Max[c]))
			}
		}
	}
}

// rewards says whether reward r speaks of cap c.
func rewards(p *match.Problem, r *match.Reward, c int32) bool {
	mentees, totals := int32(len(p.Mentees)), int32(len(p.Mentees)+len(p.Mentors))
	switch r.Of {
	case "mentees":
		return c < mentees
	case "mentors":
		return mentees <= c && c < totals
	}
	return slices.Contains(r.Caps, c)
}

// lengthened carries a list of what units count on to so many units. A list that ends below nothing must go on, since
// units that are not listed count nothing, and no unit may count more than the one before it: in equal steps, as for
// -1, -3, -5; one unit of -1 alone is taken for the first of these.
func lengthened(units []int64, to int) []int64 {
	for n := len(units); n > 0 && n < to && units[n-1] < 0; n++ {
		step := int64(0)
		switch {
		case n > 1:
			step = units[n-1] - units[n-2]
		case units[0] == -1:
			step = -2
		}
		units = append(slices.Clone(units), units[n-1]+step)
	}
	return units
}

// withPairs is problem p with more edges, and says where each edge of p is in it. What the pairs do not say is as in
// match.Builder. Pairs that p has already are left out.
func withPairs(p *match.Problem, pairs []match.Pair) (q *match.Problem, moved []int32) {
	b := inserter{p: p, old: p.Edges.Len()}
	for i := range b.old {
		b.order = append(b.order, i)
	}
	for _, pair := range pairs {
		b.add(pair)
	}
	slices.SortFunc(b.order, b.compare)
	b.order = slices.CompactFunc(b.order, func(i, j int) bool { return b.key(i, j) == 0 })
	return b.problem()
}

// An inserter puts new pairs among old edges. Those below old are edges of p, the others pairs.
type inserter struct {
	p     *match.Problem
	old   int
	pairs []match.Pair
	seat  [][2]int32 // of the people of each pair
	order []int
}

// add takes a pair of people whom the problem knows.
func (b *inserter) add(pair match.Pair) {
	i, mentee := slices.BinarySearch(b.p.Mentees, pair.Mentee)
	j, mentor := slices.BinarySearch(b.p.Mentors, pair.Mentor)
	if mentee && mentor && (pair.Purpose != "") == (b.p.Edges.Purpose != nil) {
		b.order = append(b.order, b.old+len(b.pairs))
		b.pairs = append(b.pairs, pair)
		b.seat = append(b.seat, [2]int32{int32(i), int32(j)})
	}
}

func (b *inserter) people(i int) (mentee, mentor int32) {
	if i < b.old {
		return b.p.Edges.Mentee[i], b.p.Edges.Mentor[i]
	}
	return b.seat[i-b.old][0], b.seat[i-b.old][1]
}

func (b *inserter) purpose(i int) string {
	if i < b.old {
		return b.p.PurposeName(i)
	}
	return b.pairs[i-b.old].Purpose
}

// compare orders by what tells edges apart; of equals the edge that is there already comes first, and stays.
func (b *inserter) compare(i, j int) int { return cmp.Or(b.key(i, j), cmp.Compare(i, j)) }

func (b *inserter) key(i, j int) int {
	if i < b.old && j < b.old {
		return cmp.Compare(i, j)
	}
	menteeI, mentorI := b.people(i)
	menteeJ, mentorJ := b.people(j)
	return cmp.Or(cmp.Compare(menteeI, menteeJ), cmp.Compare(mentorI, mentorJ), strings.Compare(b.purpose(i), b.purpose(j)))
}

// leaf is the innermost cap of edge or pair i on side s.
func (b *inserter) leaf(s match.Side, i int) int32 {
	if i < b.old {
		return b.p.Leaf(s, i)
	}
	who, class := b.seat[i-b.old][s], b.pairs[i-b.old].MenteeClass
	total := who
	if s == match.MentorSide {
		total, class = who+int32(len(b.p.Mentees)), b.pairs[i-b.old].MentorClass
	}
	for k, c := range b.p.Classes {
		cap := int32(len(b.p.Mentees) + len(b.p.Mentors) + k)
		if side, owner := b.p.Owner(cap); c.Name == class && side == s && owner == who {
			return cap
		}
	}
	return total
}

func (b *inserter) problem() (*match.Problem, []int32) {
	q, p := *b.p, b.p
	moved := make([]int32, b.old)
	q.Edges = match.Edges{}
	e := &q.Edges
	q.Purposes = b.purposes()
	q.Columns = make([]match.Column, len(p.Columns))
	for k, column := range p.Columns {
		q.Columns[k].Name = column.Name
	}
	for at, i := range b.order {
		var pair match.Pair
		if i < b.old {
			moved[i] = int32(at)
			pair = b.asPair(i)
		} else {
			pair = b.pairs[i-b.old]
		}
		mentee, mentor := b.people(i)
		e.Mentee = append(e.Mentee, mentee)
		e.Mentor = append(e.Mentor, mentor)
		e.MenteeCap = append(e.MenteeCap, b.leaf(match.MenteeSide, i))
		e.MentorCap = append(e.MentorCap, b.leaf(match.MentorSide, i))
		e.State = append(e.State, pair.State)
		if p.Edges.Purpose != nil {
			number, _ := slices.BinarySearch(q.Purposes, b.purpose(i))
			e.Purpose = append(e.Purpose, int32(number))
		}
		if p.Edges.MenteeRank != nil {
			e.MenteeRank = append(e.MenteeRank, int32(pair.MenteeRank))
		}
		if p.Edges.MentorRank != nil {
			e.MentorRank = append(e.MentorRank, int32(pair.MentorRank))
		}
		for k := range q.Columns {
			value := pair.Values[q.Columns[k].Name]
			if i < b.old {
				value = p.Columns[k].Values[i]
			}
			q.Columns[k].Values = append(q.Columns[k].Values, value)
		}
	}
	b.thin(e)
	return &q, moved
}

// thin drops the columns that say nothing and that p has not either.
func (b *inserter) thin(e *match.Edges) {
	classes := func(class func(match.Pair) string) bool {
		return slices.ContainsFunc(b.pairs, func(pair match.Pair) bool { return class(pair) != "" })
	}
	if b.p.Edges.MenteeCap == nil && !classes(func(pair match.Pair) string { return pair.MenteeClass }) {
		e.MenteeCap = nil
	}
	if b.p.Edges.MentorCap == nil && !classes(func(pair match.Pair) string { return pair.MentorClass }) {
		e.MentorCap = nil
	}
	if b.p.Edges.State == nil && !slices.ContainsFunc(b.pairs, func(pair match.Pair) bool { return pair.State != match.Open }) {
		e.State = nil
	}
}

// asPair gives the state and the ranks of edge e.
func (b *inserter) asPair(e int) match.Pair {
	pair := match.Pair{State: b.p.State(e)}
	if b.p.Edges.MenteeRank != nil {
		pair.MenteeRank = int(b.p.Edges.MenteeRank[e])
	}
	if b.p.Edges.MentorRank != nil {
		pair.MentorRank = int(b.p.Edges.MentorRank[e])
	}
	return pair
}

func (b *inserter) purposes() []string {
	all := slices.Clone(b.p.Purposes)
	for _, pair := range b.pairs {
		if pair.Purpose != "" {
			all = append(all, pair.Purpose)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// LastChoices lists pairs with mentors who have room and whom a mentee has not listed, for problems whose pairs are
// known by ranks alone: the last ones in both orders. Whether the rules of the program allow them is not asked.
func LastChoices(p *match.Problem, c *match.Certificate, mentee string) []match.Pair {
	who, there := slices.BinarySearch(p.Mentees, mentee)
	if !there {
		return nil
	}
	loads := p.Loads(c.Chosen)
	type seat struct{ mentor, leaf, purpose int32 }
	last := [2]map[int32]int{{}, {}} // per side and person, the worst rank
	seats, listed := map[seat]int{}, map[[2]int32]bool{}
	for e := range p.Edges.Len() {
		at := seat{p.Edges.Mentor[e], p.Leaf(match.MentorSide, e), 0}
		if p.Edges.Purpose != nil {
			at.purpose = p.Edges.Purpose[e]
		}
		seats[at] = e
		if p.Edges.Mentee[e] == int32(who) {
			listed[[2]int32{at.mentor, at.purpose}] = true
		}
		for s, ranks := range [...][]int32{p.Edges.MenteeRank, p.Edges.MentorRank} {
			if ranks != nil {
				person := p.Person(match.Side(s), e)
				last[s][person] = max(last[s][person], int(ranks[e]))
			}
		}
	}
	var pairs []match.Pair
	for at, e := range seats {
		room := true
		for c := at.leaf; c >= 0; c = p.Parent(c) {
			room = room && loads[c] < p.Max[c]
		}
		if !room || listed[[2]int32{at.mentor, at.purpose}] {
			continue
		}
		pair := match.Pair{Mentee: mentee, Mentor: p.Mentors[at.mentor], Purpose: p.PurposeName(e)}
		if up := p.Parent(at.leaf); up >= 0 {
			pair.MentorClass = p.Classes[int(at.leaf)-len(p.Mentees)-len(p.Mentors)].Name
		}
		if p.Edges.MenteeRank != nil {
			pair.MenteeRank = last[0][int32(who)] + 1
			pair.Values = map[string]int32{"rank": int32(pair.MenteeRank)}
		}
		if p.Edges.MentorRank != nil {
			pair.MentorRank = last[1][at.mentor] + 1
		}
		pairs = append(pairs, pair)
	}
	slices.SortFunc(pairs, func(a, b match.Pair) int {
		return cmp.Or(strings.Compare(a.Mentor, b.Mentor), strings.Compare(a.Purpose, b.Purpose), strings.Compare(a.MentorClass, b.MentorClass))
	})
	return slices.CompactFunc(pairs, func(a, b match.Pair) bool { return a.Mentor == b.Mentor && a.Purpose == b.Purpose })
}
