package roster

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// An edgeWriter writes the candidates into a problem that has people and classes and no edges yet, in the problem's
// order. It does what [match.Builder] does with pairs in words, without the words: there may be millions.
type edgeWriter struct {
	program *program
	problem *match.Problem
	classes [2]*classes
	number  [2][]int32       // per side and person, the number in the problem
	purpose map[string]int32 // by folded purpose; nil: pairs have none
}

// writeEdges writes what pairs are, and the columns that the problem has.
func (p *program) writeEdges(problem *match.Problem, classes [2]*classes, shown [2]bool) error {
	w := &edgeWriter{program: p, problem: problem, classes: classes}
	if err := w.numberAll(); err != nil {
		return err
	}
	order := w.inOrder()
	e := &problem.Edges
	e.Mentee, e.Mentor = make([]int32, len(order)), make([]int32, len(order))
	w.each(order, func(at int, k int32, c *candidate) {
		e.Mentee[at], e.Mentor[at] = w.number[0][c.person[0]], w.number[1][c.person[1]]
	})
	if w.purpose != nil {
		e.Purpose = make([]int32, len(order))
		w.each(order, func(at int, _ int32, c *candidate) { e.Purpose[at] = w.purpose[c.purpose] })
	}
	e.MenteeCap, e.MentorCap = w.leaves(order, match.MenteeSide), w.leaves(order, match.MentorSide)
	ranks := [2]*[]int32{&e.MenteeRank, &e.MentorRank}
	for side, show := range shown {
		if show && slices.ContainsFunc(p.candidates, func(c candidate) bool { return c.rank[side] != 0 }) {
			*ranks[side] = w.column(order, func(c *candidate) int32 { return int32(c.rank[side]) })
		}
	}
	if slices.ContainsFunc(p.candidates, func(c candidate) bool { return c.state != match.Open }) {
		e.State = make([]match.State, len(order))
		w.each(order, func(at int, _ int32, c *candidate) { e.State[at] = c.state })
	}
	for k := range problem.Columns {
		value, known := columnValues[problem.Columns[k].Name]
		if !known {
			return fmt.Errorf("the column %q is about nothing", problem.Columns[k].Name)
		}
		problem.Columns[k].Values = w.column(order, value)
	}
	return nil
}

// columnValues are what the columns of a problem hold, by their names.
var columnValues = map[string]func(c *candidate) int32{
	suitabilityColumn: func(c *candidate) int32 { return c.suitability },
	rankColumn:        func(c *candidate) int32 { return int32(c.rank[0]) },
	match.Existing: func(c *candidate) int32 {
		if c.existing {
			return 1
		}
		return 0
	},
}

func (w *edgeWriter) each(order []int32, write func(at int, k int32, c *candidate)) {
	for at, k := range order {
		write(at, k, &w.program.candidates[k])
	}
}

func (w *edgeWriter) column(order []int32, value func(c *candidate) int32) []int32 {
	values := make([]int32, len(order))
	w.each(order, func(at int, _ int32, c *candidate) { values[at] = value(c) })
	return values
}

// numberAll finds the numbers of people and purposes in the problem.
func (w *edgeWriter) numberAll() error {
	for side, ids := range [...][]string{w.problem.Mentees, w.problem.Mentors} {
		for _, one := range w.program.sides[side].persons {
			at, _ := slices.BinarySearch(ids, one.id)
			w.number[side] = append(w.number[side], int32(at))
		}
	}
	names := map[string]bool{}
	for k := range w.program.candidates {
		names[w.program.candidates[k].purpose] = true
	}
	if len(names) == 0 || len(names) == 1 && names[""] {
		return nil
	}
	if names[""] {
		c := w.program.candidates[slices.IndexFunc(w.program.candidates, func(c candidate) bool { return c.purpose == "" })]
		return fmt.Errorf("the pair of mentee %q and mentor %q has no purpose, others have one", w.program.sides[0].persons[c.person[0]].id, w.program.sides[1].persons[c.person[1]].id)
	}
	for folded := range names {
		w.problem.Purposes = append(w.problem.Purposes, w.program.spelling[folded])
	}
	slices.Sort(w.problem.Purposes)
	w.purpose = map[string]int32{}
	for folded := range names {
		at, _ := slices.BinarySearch(w.problem.Purposes, w.program.spelling[folded])
		w.purpose[folded] = int32(at)
	}
	return nil
}

// inOrder are the candidates by mentee, mentor and purpose.
func (w *edgeWriter) inOrder() []int32 {
	type place struct {
		pair       int64
		purpose, k int32
	}
	places := make([]place, len(w.program.candidates))
	for k := range places {
		c := &w.program.candidates[k]
		pair := int64(w.number[0][c.person[0]])*int64(len(w.problem.Mentors)) + int64(w.number[1][c.person[1]])
		places[k] = place{pair, w.purpose[c.purpose], int32(k)}
	}
	slices.SortFunc(places, func(a, b place) int { return cmp.Or(cmp.Compare(a.pair, b.pair), cmp.Compare(a.purpose, b.purpose)) })
	order := make([]int32, len(places))
	for at, place := range places {
		order[at] = place.k
	}
	return order
}

// leaves are the innermost caps on a side, or nil when all are totals.
func (w *edgeWriter) leaves(order []int32, side match.Side) []int32 {
	c := w.classes[side]
	if !slices.ContainsFunc(c.leaf, func(set *classSet) bool { return set != nil }) {
		return nil
	}
	caps := map[int32]map[string]int32{}
	for k, class := range w.problem.Classes {
		cap := int32(len(w.problem.Mentees) + len(w.problem.Mentors) + k)
		if of, number := w.problem.Owner(cap); of == side {
			if caps[number] == nil {
				caps[number] = map[string]int32{}
			}
			caps[number][class.Name] = cap
		}
	}
	leaves := make([]int32, len(order))
	w.each(order, func(at int, k int32, one *candidate) {
		number := w.number[side][one.person[side]]
		leaves[at] = number
		if side == match.MentorSide {
			leaves[at] += int32(len(w.problem.Mentees))
		}
		if c.leaf[k] != nil {
			leaves[at] = caps[number][c.innermost(int(k))]
		}
	})
	return leaves
}
