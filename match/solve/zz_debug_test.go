package solve_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/matchtest"
	"github.com/chiron-mentoring/chiron/match/solve"
)

func TestDebugOne(t *testing.T) {
	kinds := slices.Sorted(maps.Keys(changes))
	seed := uint64(143)
	r := rand.New(rand.NewPCG(seed, 1))
	p := matchtest.Tiny(seed, matchtest.AnyFeatures(seed, matchtest.OptimalFeatures))
	if seed%4 > 0 {
		p = withLottery(p)
	}
	solve.Debug = true
	c := solved(t, p)
	s, _ := solve.NewSession(t.Context(), p, c)
	fmt.Println(match.Unique(p, c))
	fmt.Println(p.Max, p.Min, p.Classes, p.Edges, c.Chosen, p.Columns, p.Goals)
	for range 4 {
		d := newDraft(p)
		var made []string
		for range 1 + r.IntN(3)*r.IntN(2) {
			if kind := kinds[r.IntN(len(kinds))]; changes[kind](d, r) {
				made = append(made, kind)
			}
		}
		q := d.problem()
		if q == nil {
			continue
		}
		a, _ := s.Resolve(t.Context(), q, solve.Options{})
		fmt.Println(made, q.Max, q.Min, a.Work)
		c := a.Certificate()
		fmt.Println(c.Chosen, c.Prices)
		fmt.Println(match.Unique(q, c))
	}
}
