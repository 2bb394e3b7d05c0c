package solve

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/matchtest"
)

// Lots are drawn for few pairs, and the matching and its prices are those that lots for all pairs would bring.
func TestLotsForTheUndecidedDecideAsLotsForAllWould(t *testing.T) {
	t.Parallel()
	undecided, unique := 0, 0
	for seed := range uint64(3000) {
		p := drawing(seed)
		first := firstLot(p)
		if first == 0 {
			continue
		}
		want, err := allAtOnce(t.Context(), p, Options{})
		if err != nil {
			t.Fatal(err)
		}
		d, err := withoutLots(t.Context(), p, first, Options{})
		if err != nil {
			t.Fatal(err)
		}
		got, err := d.decide(t.Context(), p, first)
		if err != nil {
			t.Fatal(err)
		}
		if err := match.Check(p, got); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if got.Outcome != want.Outcome || !slices.Equal(got.Values, want.Values) || !slices.EqualFunc(got.Prices, want.Prices, slices.Equal[[]int64]) {
			t.Fatalf("seed %d: got\n%+v\nwant\n%+v", seed, got, want)
		}
		if got.Outcome != match.IsOptimal {
			continue
		}
		if only, _ := match.Unique(p, want); only {
			unique++
			if !slices.Equal(got.Chosen, want.Chosen) {
				t.Fatalf("seed %d: got %v, want %v", seed, got.Chosen, want.Chosen)
			}
		}
		if len(d.undecided) > 0 {
			undecided++
		}
	}
	t.Logf("in %d problems the lots had something to decide, in %d there was one answer", undecided, unique)
	if undecided < 400 || unique < 1500 {
		t.Error("too few to mean anything")
	}
}

// drawing is a problem of any shape whose last goals are lots.
func drawing(seed uint64) *match.Problem {
	r := rand.New(rand.NewPCG(seed, 6))
	p := matchtest.Tiny(seed, matchtest.AnyFeatures(seed, matchtest.OptimalFeatures))
	if seed%3 == 0 {
		p = matchtest.Cohort(seed, matchtest.Shape{
			Mentees: 1 + r.IntN(60), Mentors: 1 + r.IntN(30), Candidates: 1 + r.IntN(10), Demand: 1 + r.IntN(3), Places: 1 + r.IntN(5),
			Purposes: r.IntN(3), Classes: r.IntN(2) > 0, Conflicts: r.IntN(200), Pins: r.IntN(2) * r.IntN(200), Floors: r.IntN(2) * 400, Coarse: r.IntN(4) > 0,
		})
		p.Goals = []match.Goal{
			{Name: "placed", Units: []match.Reward{{Of: "mentees", Units: []int64{2, 1}}}},
			{Name: "kept", Column: match.Existing},
			{Name: "suitability", Column: "suitability"},
			{Name: "even", Units: []match.Reward{{Of: "mentors", Units: []int64{-1, -3, -5, -7, -9, -11}}}},
			{Name: "minimum", Minimums: true},
		}
		r.Shuffle(len(p.Goals), func(i, j int) { p.Goals[i], p.Goals[j] = p.Goals[j], p.Goals[i] })
		p.Goals = p.Goals[:1+r.IntN(len(p.Goals))]
	}
	q := *p
	q.Lottery.Seed = "dice"
	q.Goals = slices.Clone(p.Goals)
	for digit := range 1 + r.IntN(2) {
		q.Goals = append(q.Goals, match.Goal{Name: "last lots " + string(rune('1'+digit)), Lottery: 1 + digit})
	}
	return &q
}
