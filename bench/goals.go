package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"math"
	"runtime"
	"slices"
	"strconv"

	"github.com/chiron-mentoring/chiron/bench/cpu"
	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/solve"
)

// goalFamilies are the families on which lists of goals are measured.
var goalFamilies = []string{"scarce", "balanced", "abundant"}

// goalsTable measures what lists of goals cost beside one plain weight: the list that a program has when it says
// nothing, and a profile of bands, the poorest first.
func goalsTable(out io.Writer, wanted, sizes []string, runs int) error {
	fmt.Fprintf(out, "| family | mentees | one weight | default list | in plain times | its check | %d bands | in plain times |\n|---|---|---|---|---|---|---|---|\n", bands)
	for _, f := range families {
		if !slices.Contains(goalFamilies, f.name) || !slices.Contains(wanted, f.name) {
			continue
		}
		for _, size := range sizes {
			n, err := strconv.ParseUint(size, 10, 32)
			if err != nil {
				return err
			}
			in := f.make(uint32(n))
			in.generate()
			p := in.problem()
			var measured [3]*result
			for k, goals := range [][]match.Goal{p.Goals, defaultList(p), bandProfile(p)} {
				q := *p
				if q.Goals = goals; k == 1 {
					addExisting(&q)
				}
				if measured[k], err = solveList(&q, runs); err != nil {
					return fmt.Errorf("%s %d, list %d: %w", f.name, n, k, err)
				}
			}
			plain, list, profile := measured[0], measured[1], measured[2]
			fmt.Fprintf(out, "| %s | %d | %s | %s | %s | %s | %s | %s |\n", f.name, n, plain, list, times(list, plain),
				seconds(list.check), profile, times(profile, plain))
		}
	}
	fmt.Fprintln(out)
	return nil
}

// solveList measures a problem with a list of goals.
func solveList(p *match.Problem, runs int) (*result, error) {
	var all []result
	for range runs {
		runtime.GC()
		start := cpu.Used()
		c, err := solve.Solve(context.Background(), p, solve.Options{})
		if err != nil {
			return nil, err
		}
		r := result{solve: cpu.Used() - start}
		start = cpu.Used()
		if err := match.Check(p, c); err != nil {
			return nil, err
		}
		r.check = cpu.Used() - start
		all = append(all, r)
	}
	return median(all), nil
}

// defaultList is the list of goals that a program has: placed, nobody in a poor match, pairs that work go on, total
// suitability, even load, lottery. A match is poor with less than a fifth of the highest score.
func defaultList(p *match.Problem) []match.Goal {
	load := make([]int64, slices.Max(p.Max))
	for n := range load {
		load[n] = -1 - 2*int64(n)
	}
	return []match.Goal{
		{Name: "placed", Units: []match.Reward{{Of: "mentees", Units: []int64{1}}}},
		{Name: "few poor matches", Column: "suitability", Band: &match.Band{From: math.MinInt32, To: highestScore/5 - 1}, Minimise: true},
		{Name: "existing", Column: match.Existing},
		{Name: "suitability", Column: "suitability"},
		{Name: "even load", Units: []match.Reward{{Of: "mentors", Units: load}}},
		{Name: "lottery", Lottery: 1},
	}
}

// addExisting lets every tenth mentee have a mentor from before: the one of the first edge.
func addExisting(p *match.Problem) {
	existing := make([]int32, p.Edges.Len())
	for e := range existing {
		if i := p.Edges.Mentee[e]; i%10 == 0 && (e == 0 || p.Edges.Mentee[e-1] != i) {
			existing[e] = 1
		}
	}
	p.Columns = slices.Clone(p.Columns)
	p.Columns = append(p.Columns, match.Column{Name: match.Existing, Values: existing})
	slices.SortFunc(p.Columns, func(a, b match.Column) int { return cmp.Compare(a.Name, b.Name) })
}

// highestScore is the greatest score of the generator.
const highestScore = 10_000

// bands is the number of goals in a profile of bands, with the pairs before them.
const bands = 20

// bandProfile is the generous profile over bands of the score: as many pairs as can be, then as few as can be in the
// poorest band, then in the next.
func bandProfile(*match.Problem) []match.Goal {
	goals := []match.Goal{{Name: "pairs", Pairs: true}}
	for k := range bands - 1 {
		goals = append(goals, match.Goal{
			Name: fmt.Sprint("band ", k), Column: "suitability", Minimise: true,
			Band: &match.Band{From: int32(k * highestScore / bands), To: int32((k+1)*highestScore/bands) - 1},
		})
	}
	return goals
}
