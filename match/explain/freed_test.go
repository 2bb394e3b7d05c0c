package explain

import (
	"slices"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/matchtest"
)

// TestDecisionsByHandCostWhatBruteForceSays frees pinned and forbidden edges one by one, and all of them.
func TestDecisionsByHandCostWhatBruteForceSays(t *testing.T) {
	t.Parallel()
	decided, dear := 0, 0
	for seed := range uint64(1500) {
		p := matchtest.Tiny(seed, matchtest.AnyFeatures(seed, matchtest.OptimalFeatures))
		x := explained(t, p)
		if x == nil || p.Edges.State == nil {
			continue
		}
		var edges []int32
		for e, state := range p.Edges.State {
			if state != match.Open {
				edges = append(edges, int32(e))
			}
		}
		base := matchtest.Best(p).Values
		for k := range len(edges) + 1 {
			free := edges
			if k < len(edges) {
				free = edges[k : k+1]
			}
			got, err := x.Freed(t.Context(), free)
			if err != nil {
				t.Fatal(err)
			}
			q := *p
			q.Edges.State = slices.Clone(p.Edges.State)
			for _, e := range free {
				q.Edges.State[e] = match.Open
			}
			want := slices.Clone(matchtest.Best(&q).Values)
			for g := range want {
				want[g] -= base[g]
			}
			if !slices.Equal(got.Gain, want) {
				t.Fatalf("seed %d: freeing %v brings %v, want %v", seed, free, got.Gain, want)
			}
			decided++
			if slices.ContainsFunc(want, func(n int64) bool { return n != 0 }) {
				dear++
			}
		}
	}
	if decided < 500 || dear < 100 {
		t.Errorf("only %d decisions were tried, %d of which cost something", decided, dear)
	}
}
