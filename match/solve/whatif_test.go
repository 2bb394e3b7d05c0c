package solve_test

import (
	"bytes"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/matchtest"
	"github.com/chiron-mentoring/chiron/match/solve"
)

// The whole promise: whatever is changed, the answer is the certificate of a fresh solution, byte for byte.
func TestAnswersAreThoseOfAFreshSolution(t *testing.T) {
	t.Parallel()
	kinds := slices.Sorted(maps.Keys(changes))
	asked, fresh := map[string]int{}, map[string]int{}
	for seed := range uint64(4000) {
		r := rand.New(rand.NewPCG(seed, 1))
		p := matchtest.Tiny(seed, matchtest.AnyFeatures(seed, matchtest.OptimalFeatures))
		if seed%4 > 0 {
			p = withLottery(p)
		}
		c := solved(t, p)
		if c.Outcome == match.IsImpossible && seed%8 > 0 {
			q := *p
			q.HardMinimums = false
			p, c = &q, solved(t, &q)
		}
		s, err := solve.NewSession(t.Context(), p, c)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
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
			a, err := s.Resolve(t.Context(), q, solve.Options{})
			if err != nil {
				t.Fatalf("seed %d, %v: %v", seed, made, err)
			}
			for _, kind := range made {
				asked[kind]++
			}
			if a.Work.Fresh != "" {
				fresh[a.Work.Fresh]++
				continue
			}
			if unique, e := match.Unique(q, a.Certificate()); !unique && a.Certificate().Outcome == match.IsOptimal {
				t.Fatalf("seed %d, %v: edge %d may be otherwise", seed, made, e)
			}
			if got, want := text(t, a.Certificate()), text(t, solved(t, q)); !bytes.Equal(got, want) {
				t.Fatalf("seed %d, %v: got\n%s\nwant\n%s", seed, made, got, want)
			}
		}
	}
	t.Log(asked, fresh)
}

// withLottery is problem p with lots drawn as the last goal, if there is no such goal yet.
func withLottery(p *match.Problem) *match.Problem {
	for k := range p.Goals {
		if p.Goals[k].Lottery > 0 {
			return p
		}
	}
	q := *p
	q.Lottery.Seed = "dice"
	q.Goals = append(slices.Clone(p.Goals), match.Goal{Name: "last lots", Lottery: 1})
	return &q
}
