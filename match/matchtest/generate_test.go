package matchtest_test

import (
	"bytes"
	"math/bits"
	"slices"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/matchtest"
)

func TestTinyProblemsHaveWhatIsAskedFor(t *testing.T) {
	t.Parallel()
	for i := range bits.Len32(matchtest.OptimalFeatures) {
		f := matchtest.Features(1 << i)
		for seed := range uint64(20) {
			if p := matchtest.Tiny(seed, f); !matchtest.Of(p).Has(f) {
				t.Errorf("Tiny with %s and seed %d has only %s", f, seed, matchtest.Of(p))
			}
			if f := f & matchtest.StableFeatures; !matchtest.Of(matchtest.TinyStable(seed, f, match.StableForMentors)).Has(f) {
				t.Errorf("TinyStable with %s and seed %d has not", f, seed)
			}
		}
	}
}

func TestTinyProblemsAreTinyAndValid(t *testing.T) {
	t.Parallel()
	for seed := range uint64(500) {
		for _, p := range []*match.Problem{
			matchtest.Tiny(seed, matchtest.AnyFeatures(seed, matchtest.OptimalFeatures)),
			matchtest.TinyStable(seed, matchtest.AnyFeatures(seed, matchtest.StableFeatures), match.StableForMentees),
		} {
			if err := p.Validate(); err != nil {
				t.Errorf("seed %d: %v", seed, err)
			}
			if len(p.Mentees) > 5 || len(p.Mentors) > 5 || p.Edges.Len() > 12 {
				t.Errorf("seed %d: %d mentees, %d mentors, %d edges; want at most 5, 5 and 12", seed, len(p.Mentees), len(p.Mentors), p.Edges.Len())
			}
		}
	}
}

func TestEqualSeedsMakeEqualProblems(t *testing.T) {
	t.Parallel()
	shape := matchtest.Shape{Demand: 2, Purposes: 3, Classes: true, Conflicts: 20, Pins: 20, Floors: 100}
	one, same, other := matchtest.Cohort(1, shape), matchtest.Cohort(1, shape), matchtest.Cohort(2, shape)
	if one.Hash() != same.Hash() {
		t.Error("two cohorts of seed 1 differ")
	}
	if one.Hash() == other.Hash() {
		t.Error("the cohorts of seeds 1 and 2 are the same")
	}
	if a, b := matchtest.Tiny(7, matchtest.Together), matchtest.Tiny(7, matchtest.Together); a.Hash() != b.Hash() {
		t.Error("two tiny problems of seed 7 differ")
	}
}

func TestCohortsAreValidInAllShapesAndSizes(t *testing.T) {
	t.Parallel()
	everything := matchtest.Shape{Demand: 3, Purposes: 2, Classes: true, Conflicts: 30, Pins: 10, Floors: 100, Coarse: true}
	stable := everything
	stable.Aim = match.StableForMentees
	for name, shape := range map[string]matchtest.Shape{
		"as it comes": {}, "scarce": matchtest.Scarce(1000), "balanced": matchtest.Balanced(1000), "abundant": matchtest.Abundant(1000),
		"everything": everything, "stable": stable, "one mentor": {Mentees: 3, Mentors: 1}, "a hundred thousand": {Mentees: 100_000, Candidates: 8},
	} {
		p := matchtest.Cohort(1, shape)
		if err := p.Validate(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if want := len(p.Mentees); p.Edges.Len() < want {
			t.Errorf("%s: got %d edges for %d mentees", name, p.Edges.Len(), want)
		}
	}
	p := matchtest.Cohort(1, everything)
	for state, name := range []string{"open", "pinned", "forbidden"} {
		if !slices.Contains(p.Edges.State, match.State(state)) {
			t.Errorf("no pair is %s", name)
		}
	}
}

func TestCohortsAreShapedLikePrograms(t *testing.T) {
	t.Parallel()
	p := matchtest.Cohort(1, matchtest.Shape{Mentees: 2000, Mentors: 500})
	asked := make([]int, len(p.Mentors))
	for _, j := range p.Edges.Mentor {
		asked[j]++
	}
	slices.Sort(asked)
	top, all := 0, 0
	for i, n := range asked {
		all += n
		if i >= len(asked)*9/10 {
			top += n
		}
	}
	if 3*top < all {
		t.Errorf("the most popular tenth of mentors is listed in %d of %d pairs, want at least a third", top, all)
	}
	// Mentees agree on mentors: the mean popularity of first choices is far above that of all pairs.
	first, firsts, sum := 0, 0, 0
	count := make([]int, len(p.Mentors))
	for _, j := range p.Edges.Mentor {
		count[j]++
	}
	for e, j := range p.Edges.Mentor {
		sum += count[j]
		if p.Edges.MenteeRank[e] == 1 {
			first += count[j]
			firsts++
		}
	}
	if first*p.Edges.Len() < sum*firsts*11/10 {
		t.Errorf("first choices are listed %d times on average, all candidates %d times; want a tenth more", first/firsts, sum/p.Edges.Len())
	}
}

func TestCohortsSurviveTheirFile(t *testing.T) {
	t.Parallel()
	p := matchtest.Cohort(3, matchtest.Shape{Demand: 2, Purposes: 2, Classes: true, Conflicts: 50, Pins: 20, Floors: 100})
	var text bytes.Buffer
	if err := p.Write(&text); err != nil {
		t.Fatal(err)
	}
	again, err := match.ReadProblem(&text)
	if err != nil {
		t.Fatal(err)
	}
	if again.Hash() != p.Hash() {
		t.Error("the cohort reads back as another one")
	}
}
