// Bench measures the matching engine beside other programs, on the same instances and in one run, and prints a table
// in Markdown.
//
//	go run ./bench                                 Chiron alone, 1,000 and 10,000 mentees
//	go run ./bench -sizes 1000,10000,100000 -runs 3 -peers /tmp/peers
//
// With -peers, the programs in bench/peers are built into that folder (g++ and, for LEMON, its headers are needed) and
// run on the instances, which are written there too. All times are CPU seconds, user and system, of the solving alone:
// neither reading nor building the instance counts for anybody. All programs run on one processor. Every program must
// find the same value; a difference ends the run.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/chiron-mentoring/chiron/bench/cpu"
	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/solve"
)

func main() {
	runtime.GOMAXPROCS(1) // the peers have one thread; a second processor would only count idle garbage collection
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	sizes := flags.String("sizes", "1000,10000", "numbers of mentees of the scored instances")
	stableSizes := flags.String("stable", "1000,10000,100000", "numbers of mentees of the ranked instances")
	goalSizes := flags.String("goals", "", "numbers of mentees for which lists of goals are measured, beside one weight")
	whatIfSizes := flags.String("whatif", "", "numbers of mentees for which answers about one place more or less are measured")
	questions := flags.Int("questions", 400, "how many such questions")
	wanted := flags.String("families", strings.Join(familyNames(), ","), "families of scored instances")
	runs := flags.Int("runs", 1, "how often to run each program; the median counts")
	folder := flags.String("peers", "", "where to build and feed the peer programs; empty: no peers")
	if err := flags.Parse(args); err != nil {
		return err
	}
	var p *peers
	if *folder != "" {
		var err error
		if p, err = buildPeers(*folder); err != nil {
			return err
		}
	}
	fmt.Fprintf(out, "%s, %s/%s, one processor; CPU seconds of solving, median of %d.\n\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, *runs)
	if err := scoredTable(out, p, split(*wanted), split(*sizes), *runs); err != nil {
		return err
	}
	if err := rankedTable(out, p, split(*stableSizes), *runs); err != nil {
		return err
	}
	if *goalSizes != "" {
		if err := goalsTable(out, split(*wanted), split(*goalSizes), *runs); err != nil {
			return err
		}
	}
	if *whatIfSizes == "" {
		return nil
	}
	return whatIfTable(out, split(*wanted), split(*whatIfSizes), *questions)
}

func split(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' })
}

// families are the shapes of scored instances: how many places there are for each mentee, how the mentors' popularity
// and the scores are spread.
var families = []struct {
	name string
	make func(n uint32) instance
}{
	{"scarce", func(n uint32) instance { return instance{n: n, seed: 1, capMax: 6} }},
	{"balanced", func(n uint32) instance { return instance{n: n, seed: 1, capMax: 7} }},
	{"abundant", func(n uint32) instance { return instance{n: n, seed: 1, capMax: 12} }},
	{"zipf", func(n uint32) instance { return instance{n: n, seed: 1, capMax: 6, zipf: 1} }},
	{"coarse", func(n uint32) instance { return instance{n: n, seed: 1, capMax: 6, coarse: true} }},
}

func familyNames() []string {
	var names []string
	for _, f := range families {
		names = append(names, f.name)
	}
	return names
}

func scoredTable(out io.Writer, p *peers, wanted, sizes []string, runs int) error {
	fmt.Fprint(out, "| family | mentees | value | LEMON network simplex | LEMON cost scaling | Chiron | times as fast as LEMON's best | check |\n|---|---|---|---|---|---|---|---|\n")
	for _, f := range families {
		if !slices.Contains(wanted, f.name) {
			continue
		}
		for _, size := range sizes {
			n, err := strconv.ParseUint(size, 10, 32)
			if err != nil {
				return err
			}
			in := f.make(uint32(n))
			in.generate()
			simplex, scaling, err := p.lemon(&in, runs)
			if err != nil {
				return err
			}
			ours, err := solveScored(in.problem(), runs)
			if err != nil {
				return err
			}
			for _, peer := range []*result{simplex, scaling} {
				if peer != nil && peer.value != ours.value {
					return fmt.Errorf("%s %d: values differ: %d and %d", f.name, n, peer.value, ours.value)
				}
			}
			fmt.Fprintf(out, "| %s | %d | %d | %s | %s | %s | %s | %s |\n", f.name, n, ours.value, simplex, scaling, ours,
				times(best(simplex, scaling), ours), seconds(ours.check))
		}
	}
	fmt.Fprintln(out)
	return nil
}

func rankedTable(out io.Writer, p *peers, sizes []string, runs int) error {
	fmt.Fprint(out, "| ranked by both sides, mentees | placed | reference in C++ | Chiron | Chiron's time in reference times | check |\n|---|---|---|---|---|---|\n")
	for _, size := range sizes {
		n, err := strconv.ParseUint(size, 10, 32)
		if err != nil {
			return err
		}
		in := instance{n: uint32(n), seed: 1, capMax: 6, stable: true}
		in.generate()
		reference, err := p.reference(&in, runs)
		if err != nil {
			return err
		}
		problem := in.problem()
		in = instance{}
		ours, err := solveRanked(problem, runs)
		if err != nil {
			return err
		}
		if reference != nil && reference.value != ours.value {
			return fmt.Errorf("%d: numbers of pairs differ: %d and %d", n, reference.value, ours.value)
		}
		fmt.Fprintf(out, "| %d | %d | %s | %s | %s | %s |\n", n, ours.value, reference, ours, times(ours, reference), seconds(ours.check))
	}
	fmt.Fprintln(out)
	return nil
}

// A result is what one program did on one instance.
type result struct {
	value        int64
	solve, check time.Duration
}

func (r *result) String() string {
	if r == nil {
		return "–"
	}
	return seconds(r.solve)
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.3f", d.Seconds()) }

func times(long, short *result) string {
	if long == nil || short == nil || short.solve == 0 {
		return "–"
	}
	return fmt.Sprintf("%.2f", long.solve.Seconds()/short.solve.Seconds())
}

func best(a, b *result) *result {
	if a == nil || b != nil && b.solve < a.solve {
		return b
	}
	return a
}

// median sorts results by the time of solving.
func median(results []result) *result {
	slices.SortFunc(results, func(a, b result) int { return int(a.solve - b.solve) })
	return &results[len(results)/2]
}

func solveScored(p *match.Problem, runs int) (*result, error) {
	var all []result
	for range runs {
		runtime.GC()
		start := cpu.Used()
		c, err := solve.Solve(context.Background(), p, solve.Options{})
		if err != nil {
			return nil, err
		}
		r := result{value: c.Values[0], solve: cpu.Used() - start}
		start = cpu.Used()
		if err := match.Check(p, c); err != nil {
			return nil, err
		}
		r.check = cpu.Used() - start
		all = append(all, r)
	}
	return median(all), nil
}

// solveRanked proposes once, as the reference does; the check is that of the whole certificate, for both sides.
func solveRanked(p *match.Problem, runs int) (*result, error) {
	c, err := solve.Solve(context.Background(), p, solve.Options{})
	if err != nil {
		return nil, err
	}
	start := cpu.Used()
	if err := match.Check(p, c); err != nil {
		return nil, err
	}
	check := cpu.Used() - start
	var all []result
	for range runs {
		runtime.GC()
		start := cpu.Used()
		r, err := solve.Propose(context.Background(), p, match.MenteeSide)
		if err != nil {
			return nil, err
		}
		all = append(all, result{value: int64(len(r.Chosen)), solve: cpu.Used() - start, check: check})
	}
	return median(all), nil
}
