package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"github.com/chiron-mentoring/chiron/bench/cpu"
	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/matchtest"
	"github.com/chiron-mentoring/chiron/match/solve"
)

// cohorts are the programs for which what-if is measured.
var cohorts = []struct {
	name  string
	shape func(mentees int) matchtest.Shape
}{{"scarce", matchtest.Scarce}, {"balanced", matchtest.Balanced}, {"abundant", matchtest.Abundant}}

// whatIfTable measures what one place more or less costs to answer from the prices of a solved program: how long it takes,
// and how many people are looked at, beside the fewest that anybody would have to look at who names the same pairs and
// the same prices.
func whatIfTable(out io.Writer, wanted, sizes []string, questions int) error {
	fmt.Fprint(out, "| family | mentees | places | milliseconds | met while pairs move | searches arrive at | looked at in all | must be looked at | preparing, seconds |\n|---|---|---|---|---|---|---|---|---|\n")
	for _, c := range cohorts {
		if !slices.Contains(wanted, c.name) {
			continue
		}
		for _, size := range sizes {
			n, err := strconv.ParseUint(size, 10, 32)
			if err != nil {
				return err
			}
			p := matchtest.Cohort(1, c.shape(int(n)))
			p.Goals = append(p.Goals, match.Goal{Name: "lottery", Lottery: 1})
			certificate, err := solve.Solve(context.Background(), p, solve.Options{})
			if err != nil {
				return err
			}
			start := cpu.Used()
			s, err := solve.NewSession(context.Background(), p, certificate)
			if err != nil {
				return err
			}
			preparing := cpu.Used() - start
			for _, more := range []int32{1, -1} {
				a, err := ask(s, p, more, questions)
				if err != nil {
					return fmt.Errorf("%s %d, %+d: %w", c.name, n, more, err)
				}
				fmt.Fprintf(out, "| %s | %d | %+d | %s | %s | %s | %s | %s | %s |\n", c.name, n, more, a.milliseconds(),
					a.share(func(w *solve.Work) int { return w.Moving }), a.share(func(w *solve.Work) int { return w.Settled }),
					a.share(func(w *solve.Work) int { return w.People }), a.share(func(w *solve.Work) int { return w.Least }), seconds(preparing))
			}
		}
	}
	fmt.Fprintln(out)
	return nil
}

// answers are what questions cost.
type answers struct {
	work []solve.Work
	took []time.Duration
}

// ask asks what one place more, or less, would change with mentors who are drawn from a fixed seed.
func ask(s *solve.Session, p *match.Problem, more int32, questions int) (*answers, error) {
	r := rand.New(rand.NewPCG(9, 9))
	a := &answers{}
	for len(a.work) < questions {
		v := len(p.Mentees) + r.IntN(len(p.Mentors))
		if p.Max[v]+more < 0 {
			continue
		}
		q := *p
		q.Max = slices.Clone(p.Max)
		q.Max[v] += more
		start := cpu.Used()
		answer, err := s.Resolve(context.Background(), &q, solve.Options{})
		if err != nil {
			return nil, err
		}
		if answer.Work.Fresh != "" {
			return nil, fmt.Errorf("solved anew: %s", answer.Work.Fresh)
		}
		a.work, a.took = append(a.work, answer.Work), append(a.took, cpu.Used()-start)
	}
	return a, nil
}

// percentiles are what values are half of the time at most, and 99 times out of 100.
func percentiles[T int | time.Duration](values []T) (half, nearlyAll T) {
	slices.Sort(values)
	return values[(len(values)-1)*50/100], values[(len(values)-1)*99/100]
}

func (a *answers) milliseconds() string {
	half, nearlyAll := percentiles(slices.Clone(a.took))
	return fmt.Sprintf("%.1f, %.0f", half.Seconds()*1000, nearlyAll.Seconds()*1000)
}

// share is what count says of a hundred people.
func (a *answers) share(count func(*solve.Work) int) string {
	var counts []int
	for i := range a.work {
		counts = append(counts, count(&a.work[i]))
	}
	half, nearlyAll := percentiles(counts)
	of := float64(a.work[0].Of) / 100
	return fmt.Sprintf("%.2f %%, %.2f %%", float64(half)/of, float64(nearlyAll)/of)
}
