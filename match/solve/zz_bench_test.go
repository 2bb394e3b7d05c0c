package solve_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"github.com/chiron-mentoring/chiron/match/matchtest"
	"github.com/chiron-mentoring/chiron/match/solve"
)

func cpu() time.Duration {
	var ts syscall.Timespec
	syscall.Syscall(syscall.SYS_CLOCK_GETTIME, 3, uintptr(unsafe.Pointer(&ts)), 0)
	return time.Duration(ts.Nano())
}

func TestZZBig(t *testing.T) {
	runtime.LockOSThread()
	for name, shape := range map[string]matchtest.Shape{"abundant": matchtest.Abundant(100000), "balanced": matchtest.Balanced(100000)} {
		p := withLottery(matchtest.Cohort(1, shape))
		t0 := time.Now()
		c := solved(t, p)
		t1 := time.Now()
		s, err := solve.NewSession(t.Context(), p, c)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Println(name, "solve", t1.Sub(t0), "prepare", time.Since(t1))
		r := rand.New(rand.NewPCG(1, 1))
		for _, delta := range []int32{1, -1} {
			var took []time.Duration
			var people, pairs, searches, moved, flips []int
			for range 200 {
				q := *p
				q.Max = slices.Clone(p.Max)
				j := len(p.Mentees) + r.IntN(len(p.Mentors))
				if q.Max[j]+delta < 0 {
					continue
				}
				q.Max[j] += delta
				t0 := cpu()
				a, err := s.Resolve(t.Context(), &q, solve.Options{})
				took = append(took, cpu()-t0)
				if err != nil || a.Work.Fresh != "" {
					t.Fatal(err, a.Work.Fresh)
				}
				people, pairs, searches = append(people, a.Work.People), append(pairs, a.Work.Pairs), append(searches, a.Work.Searches)
				moved, flips = append(moved, a.Work.Moving), append(flips, a.Flips())
			}
			slices.Sort(took)
			slices.Sort(people)
			slices.Sort(pairs)
			slices.Sort(moved)
			slices.Sort(flips)
			slices.Sort(searches)
			n := len(took)
			of := len(p.Mentees) + len(p.Mentors)
			for _, at := range []int{n / 2, n * 9 / 10, n * 99 / 100, n - 1} {
				fmt.Printf("  %+d  %d/%d %v people %d (%.2f%%) pairs %d searches %d moved %d flips %d\n", delta, at, n, took[at], people[at], 100*float64(people[at])/float64(of), pairs[at], searches[at], moved[at], flips[at])
			}
		}
	}
}
