package solve

import (
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// A part is a problem made of some people of a greater one.
type part struct {
	*match.Problem
	edges []int32 // per edge, its number in the whole
	caps  []int32 // per cap, its number in the whole
}

// amongUndecided is the part of p that is still undecided: the people whom an undecided pair would join, those pairs, and
// what else they have, pinned. Minimums are a goal like the others.
func amongUndecided(p *match.Problem, d *draft) *part {
	moves := [...][]bool{make([]bool, len(p.Mentees)), make([]bool, len(p.Mentors))}
	for _, e := range d.undecided {
		moves[match.MenteeSide][p.Edges.Mentee[e]], moves[match.MentorSide][p.Edges.Mentor[e]] = true, true
	}
	edges := slices.Clone(d.undecided)
	for _, e := range d.chosen {
		if _, is := slices.BinarySearch(d.undecided, e); !is && (moves[match.MenteeSide][p.Edges.Mentee[e]] || moves[match.MentorSide][p.Edges.Mentor[e]]) {
			edges = append(edges, e)
		}
	}
	slices.Sort(edges)
	states := make([]match.State, len(edges))
	for i, e := range edges {
		states[i] = match.Pinned
		if _, is := slices.BinarySearch(d.undecided, e); is {
			states[i] = match.Open
		}
	}
	q := withEdges(p, edges, states)
	q.Goals, q.HardMinimums = p.Ladder(), false
	return ofThoseWithEdges(q, edges)
}

// withEdges is problem p with these of its edges only, in these states or, if nil, in their own.
func withEdges(p *match.Problem, edges []int32, states []match.State) *match.Problem {
	q := *p
	q.Edges = match.Edges{
		Mentee: pick(p.Edges.Mentee, edges), Mentor: pick(p.Edges.Mentor, edges), Purpose: pick(p.Edges.Purpose, edges),
		MenteeCap: pick(p.Edges.MenteeCap, edges), MentorCap: pick(p.Edges.MentorCap, edges), State: states,
	}
	if states == nil {
		q.Edges.State = pick(p.Edges.State, edges)
	}
	q.Columns = make([]match.Column, len(p.Columns))
	for k, c := range p.Columns {
		q.Columns[k] = match.Column{Name: c.Name, Values: pick(c.Values, edges)}
	}
	return &q
}

// pick takes some of all, or nothing of nothing.
func pick[T any](all []T, which []int32) []T {
	if all == nil {
		return nil
	}
	some := make([]T, len(which))
	for i, at := range which {
		some[i] = all[at]
	}
	return some
}

// ofThoseWithEdges leaves out of p all people without edges. The edges have the given numbers in the whole.
func ofThoseWithEdges(p *match.Problem, edges []int32) *part {
	q := *p
	part := &part{Problem: &q, edges: edges}
	has := make([]bool, p.NumCaps())
	for e := range p.Edges.Len() {
		has[total(p, match.MenteeSide, p.Edges.Mentee[e])], has[total(p, match.MentorSide, p.Edges.Mentor[e])] = true, true
	}
	is := make([]int32, p.NumCaps()) // the number of a cap in the part
	q.Mentees, q.Mentors, q.Classes, q.Lottery = nil, nil, nil, match.Lottery{Seed: p.Lottery.Seed}
	for c := range int32(len(is)) {
		up := p.Parent(c)
		if up >= 0 {
			has[c] = has[up]
		}
		if !has[c] {
			continue
		}
		is[c] = int32(len(part.caps))
		part.caps = append(part.caps, c)
		switch side, i := p.Owner(c); {
		case up >= 0:
			q.Classes = append(q.Classes, match.Class{Name: p.Classes[int(c)-len(p.Mentees)-len(p.Mentors)].Name, Parent: is[up]})
		case side == match.MenteeSide:
			q.Mentees = append(q.Mentees, p.Mentees[i])
		default:
			q.Mentors = append(q.Mentors, p.Mentors[i])
		}
	}
	q.Max, q.Min = pick(p.Max, part.caps), pick(p.Min, part.caps)
	q.Edges.MenteeCap, q.Edges.MentorCap = renumbered(p.Edges.MenteeCap, is, 0), renumbered(p.Edges.MentorCap, is, 0)
	q.Edges.Mentee = renumbered(p.Edges.Mentee, is, 0)
	q.Edges.Mentor = renumbered(p.Edges.Mentor, is[len(p.Mentees):], int32(len(q.Mentees)))
	q.Goals = slices.Clone(p.Goals)
	for k := range q.Goals {
		q.Goals[k].Units = slices.Clone(p.Goals[k].Units)
		for r := range q.Goals[k].Units {
			caps := slices.DeleteFunc(slices.Clone(p.Goals[k].Units[r].Caps), func(c int32) bool { return !has[c] })
			q.Goals[k].Units[r].Caps = renumbered(caps, is, 0)
		}
	}
	return part
}

// renumbered are the numbers that is tells, less so much.
func renumbered(numbers, is []int32, less int32) []int32 {
	if numbers == nil {
		return nil
	}
	all := make([]int32, len(numbers))
	for i, n := range numbers {
		all[i] = is[n] - less
	}
	return all
}

// replace is the matching that is chosen, an increasing list, with the part's own decision about some edges.
func (q *part) replace(chosen, decided, now []int32) []int32 {
	kept := slices.DeleteFunc(slices.Clone(chosen), func(e int32) bool {
		_, is := slices.BinarySearch(decided, e)
		return is
	})
	for _, e := range now {
		if q.State(int(e)) == match.Open {
			kept = append(kept, q.edges[e])
		}
	}
	slices.Sort(kept)
	return kept
}

// tell writes the sums of the part's prices down to each cap into a list for the whole, turned the mentees' way.
func (q *part) tell(prices, into []int64) {
	sums := make([]int64, len(prices))
	for c := range prices {
		sums[c] = prices[c]
		if up := q.Parent(int32(c)); up >= 0 {
			sums[c] += sums[up]
		}
		if side, _ := q.Owner(int32(c)); side == match.MenteeSide {
			into[q.caps[c]] = sums[c]
		} else {
			into[q.caps[c]] = -sums[c]
		}
	}
}
