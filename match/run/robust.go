package run

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// shakes is how often the points are shaken.
const shakes = 20

// Robustness says how much of a matching rests on the last few points.
type Robustness struct {
	Percent int
	Columns []string // what was shaken
	Pairs   int      // in the run
	Stay    []int    // how many of them each trial makes, too, the fewest first
	Always  int      // how many all trials make
}

// Shake solves the problem of a run again, 20 times, each time with every point moved at random by up to so many per
// cent, and counts the pairs that stay. Points are scaled by 100 first, so that a move of one per cent is a whole number.
// Only columns of numbers that goals add up or sort into bands are moved: no ranks, no pairs that exist, no lottery.
// The moves depend on nothing but the trial and the order of the pairs, so that the result is always the same. Every
// trial's certificate is judged.
func Shake(ctx context.Context, r *Run, percent int, progress func(done, total int)) (*Robustness, error) {
	if r.Certificate.Outcome != match.IsOptimal {
		return nil, &match.Fault{Code: "aim", Text: "only a matching that is the best by its goals can be shaken; this one does not rest on points"}
	}
	s := &Robustness{Percent: percent, Columns: pointsOf(r.Problem), Pairs: len(r.Certificate.Chosen)}
	if len(s.Columns) == 0 {
		return nil, &match.Fault{Code: "goals", Text: "no goal of this run counts points, so that there is nothing to shake"}
	}
	stayed := make([]int, r.Problem.Edges.Len())
	for trial := range shakes {
		p, err := shaken(r.Problem, s.Columns, percent, uint64(trial))
		if err != nil {
			return nil, err
		}
		again := &Run{Problem: p}
		if err := again.solve(ctx, progress); err != nil {
			return nil, err
		}
		for _, e := range again.Certificate.Chosen {
			stayed[e]++
		}
		s.Stay = append(s.Stay, common(r.Certificate.Chosen, again.Certificate.Chosen))
	}
	slices.Sort(s.Stay)
	for _, e := range r.Certificate.Chosen {
		if stayed[e] == shakes {
			s.Always++
		}
	}
	return s, nil
}

// pointsOf names the columns of points that goals count.
func pointsOf(p *match.Problem) []string {
	var names []string
	for i := range p.Goals {
		g := &p.Goals[i]
		isRank := p.Edges.MenteeRank != nil && slices.Equal(p.Column(g.Column), p.Edges.MenteeRank)
		if g.Column != "" && g.Column != match.Existing && !isRank && !isChance(g) && !slices.Contains(names, g.Column) {
			names = append(names, g.Column)
		}
	}
	return names
}

// shaken is the problem with other points.
func shaken(p *match.Problem, columns []string, percent int, trial uint64) (*match.Problem, error) {
	q := *p
	q.Columns = slices.Clone(p.Columns)
	rng := rand.NewPCG(trial, uint64(percent))
	for i, column := range q.Columns {
		if !slices.Contains(columns, column.Name) {
			continue
		}
		values := make([]int32, len(column.Values))
		for e, v := range column.Values {
			swing := max(int64(v), -int64(v)) * int64(percent)
			moved := 100*int64(v) - swing + int64(rng.Uint64()%uint64(2*swing+1))
			if moved != int64(int32(moved)) {
				return nil, &match.Fault{Code: "range", Text: fmt.Sprintf("the numbers in %s are too great to be shaken", column.Name)}
			}
			values[e] = int32(moved)
		}
		q.Columns[i].Values = values
	}
	q.Goals = slices.Clone(p.Goals)
	for i := range q.Goals {
		if g := &q.Goals[i]; g.Band != nil && slices.Contains(columns, g.Column) {
			g.Band = &match.Band{From: hundredfold(g.Band.From, -50), To: hundredfold(g.Band.To, 49)}
		}
	}
	return &q, nil
}

// hundredfold is an end of a band for points scaled by 100, half a point outwards. What is open stays open.
func hundredfold(end int32, outwards int64) int32 {
	return int32(min(max(100*int64(end)+outwards, math.MinInt32), math.MaxInt32))
}

// common counts what stands in two increasing lists.
func common(a, b []int32) int {
	n := 0
	for _, e := range a {
		if _, there := slices.BinarySearch(b, e); there {
			n++
		}
	}
	return n
}

// String is the result for people.
func (s *Robustness) String() string {
	var t page
	columns := s.Columns[0]
	for _, name := range s.Columns[1:] {
		columns += " and " + name
	}
	t.line("If the %s of each possible pair were up to %d %% higher or lower, each by another part, then of the %s in the run", columns, s.Percent, several(s.Pairs, "pair"))
	t.figure("  stay at least", s.Stay[0], "")
	t.figure("  stay as a rule (median)", s.Stay[len(s.Stay)/2-1], "")
	t.figure("  stay always", s.Always, fmt.Sprintf("in %d trials", len(s.Stay)))
	return t.String()
}
