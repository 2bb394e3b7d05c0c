package match_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/matchtest"
)

func TestTruthIsCalledSafeOnlyWhereItIs(t *testing.T) {
	t.Parallel()
	tied := func(b *match.Builder) { rank(b, "ben", "silva", 1, 2) }
	for name, test := range map[string]struct {
		change func(b *match.Builder)
		lists  match.Lists
		unfair bool
		want   match.Truth
	}{
		"lists had room":                   {want: match.TruthSafe, lists: match.ListsHadRoom},
		"nobody knows how long lists were": {want: match.TruthSafeIfListed},
		"a list is full":                   {want: match.TruthUnclaimed, lists: match.ListsFull},
		"a draw from the lists, no ties":   {want: match.TruthSafe, lists: match.ListsHadRoom, unfair: true},
		"a draw from the lists, a tie":     {want: match.TruthUnclaimed, lists: match.ListsHadRoom, unfair: true, change: tied},
		"a fair draw, a tie":               {want: match.TruthSafe, lists: match.ListsHadRoom, change: tied},
		"best for mentors": {want: match.TruthUnclaimed, lists: match.ListsHadRoom,
			change: func(b *match.Builder) { b.Aim = match.StableForMentors }},
		"more placed": {want: match.TruthUnclaimed, lists: match.ListsHadRoom,
			change: func(b *match.Builder) { b.Aim = match.StableMorePlaced }},
		"the best matching": {want: match.TruthUnclaimed, lists: match.ListsHadRoom, change: func(b *match.Builder) {
			b.Aim, b.Goals = match.Optimal, []match.Goal{{Name: "pairs", Pairs: true}}
		}},
		"a mentee takes two": {want: match.TruthUnclaimed, lists: match.ListsHadRoom,
			change: func(b *match.Builder) { b.Person(match.MenteeSide, "dana", 2, 0) }},
		"a mentor has a class": {want: match.TruthSafe, lists: match.ListsHadRoom,
			change: func(b *match.Builder) { b.Class(match.MentorSide, "roy", "own", "", 1, 0) }},
		"hard minimums": {want: match.TruthUnclaimed, lists: match.ListsHadRoom,
			change: func(b *match.Builder) { b.HardMinimums = true }},
	} {
		b := match.NewBuilder(match.StableForMentees)
		chain(b)
		if test.change != nil {
			test.change(b)
		}
		if got := built(t, b).Truthful(test.lists, !test.unfair); got != test.want {
			t.Errorf("%s: got %d, want %d", name, got, test.want)
		}
	}
	nobodyRanks := match.NewBuilder(match.StableForMentees)
	people(nobodyRanks, match.MenteeSide, 1, "amina")
	people(nobodyRanks, match.MentorSide, 1, "roy")
	rank(nobodyRanks, "amina", "roy", 0, 1)
	if got := built(t, nobodyRanks).Truthful(match.ListsHadRoom, true); got != match.TruthUnclaimed {
		t.Errorf("mentees who rank nobody: got %d, want %d", got, match.TruthUnclaimed)
	}
}

// Where truth is called safe, every mentee of tiny problems tries every other ranking in vain; where mentees take several
// or more are placed, some gain.
func TestNoMenteeGainsByAnUntruthWhereTruthIsSafe(t *testing.T) {
	t.Parallel()
	tries, gains := map[match.Truth]int{}, map[match.Truth]int{}
	for seed := range uint64(400) {
		f := matchtest.AnyFeatures(seed, matchtest.StableFeatures) &^ (matchtest.Minimums | matchtest.Pins | matchtest.MenteeClasses)
		aim := match.StableForMentees
		if seed%4 == 3 {
			aim = match.StableMorePlaced
		}
		if seed%4 != 0 {
			f &^= matchtest.Demand
		}
		p := matchtest.TinyStable(seed, f, aim)
		if p.Edges.MenteeRank == nil {
			continue
		}
		truth := p.Truthful(match.ListsHadRoom, true)
		honest := outcomeOf(t, p)
		rng := rand.New(rand.NewPCG(seed, 5))
		for mentee := range p.Mentees {
			for range 12 {
				tries[truth]++
				lie := *p
				lie.Edges.MenteeRank = slices.Clone(p.Edges.MenteeRank)
				for e, i := range p.Edges.Mentee {
					if int(i) == mentee {
						lie.Edges.MenteeRank[e] = 1 + rng.Int32N(4)
					}
				}
				if gain(p, int32(mentee), honest, outcomeOf(t, &lie)) {
					gains[truth]++
					if truth != match.TruthUnclaimed {
						t.Fatalf("seed %d: mentee %s gains by another ranking\n%s%s", seed, p.Mentees[mentee], text(p), text(&lie))
					}
				}
			}
		}
	}
	t.Logf("rankings tried %v, gains %v, by what is promised", tries, gains)
	if tries[match.TruthSafe] < 1000 || gains[match.TruthUnclaimed] == 0 {
		t.Errorf("%v tries and %v gains are too few to tell", tries, gains)
	}
}

// outcomeOf is the matching, found by brute force.
func outcomeOf(t *testing.T, p *match.Problem) []int32 {
	t.Helper()
	c, err := matchtest.Prove(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	return c.Chosen
}

// gain says whether mentee i, ranking as in p, has a better mentor in the second matching than in the first, or the same
// and one more: the ranks of what the mentee has, best first, are smaller, having somebody being better than nobody.
func gain(p *match.Problem, i int32, first, second []int32) bool {
	ranks := func(chosen []int32) []int32 {
		var ranks []int32
		for _, e := range chosen {
			if p.Edges.Mentee[e] == i {
				ranks = append(ranks, p.Edges.MenteeRank[e])
			}
		}
		slices.Sort(ranks)
		return append(ranks, 1<<31-1)
	}
	return slices.Compare(ranks(second), ranks(first)) < 0
}
