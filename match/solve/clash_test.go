package solve_test

import (
	"context"
	"slices"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/matchtest"
	"github.com/chiron-mentoring/chiron/match/solve"
)

// keep is p with only these minimums, all of them hard.
func keep(p *match.Problem, caps []int32) *match.Problem {
	q := *p
	q.HardMinimums = true
	q.Min = make([]int32, q.NumCaps())
	for _, c := range caps {
		q.Min[c] = p.Min[c]
	}
	return &q
}

func TestClashingMinimumsAreNamedAndNoneTooMany(t *testing.T) {
	t.Parallel()
	clashes, clear := 0, 0
	for seed := range uint64(4000) {
		p := matchtest.Tiny(seed, matchtest.AnyFeatures(seed, matchtest.OptimalFeatures))
		if p.Min == nil {
			continue
		}
		var all []int32
		for c := range int32(p.NumCaps()) {
			if p.Min[c] > 0 {
				all = append(all, c)
			}
		}
		got, err := solve.Clash(context.Background(), p)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		impossible := matchtest.Best(keep(p, all)).Impossible
		if impossible != (got != nil) {
			t.Fatalf("seed %d: impossible is %t, but the clash is %v", seed, impossible, got)
		}
		if got == nil {
			clear++
			continue
		}
		clashes++
		if !matchtest.Best(keep(p, got)).Impossible {
			t.Errorf("seed %d: the minimums %v can be met together", seed, got)
		}
		for i := range got {
			if rest := slices.Delete(slices.Clone(got), i, i+1); matchtest.Best(keep(p, rest)).Impossible {
				t.Errorf("seed %d: of %v, %v clash already", seed, got, rest)
			}
		}
	}
	t.Logf("%d clashes, %d problems without", clashes, clear)
	if clashes < 200 || clear < 200 {
		t.Errorf("too few of a kind to mean anything")
	}
}
