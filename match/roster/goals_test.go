package roster

import (
	"math"
	"reflect"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
)

func TestGoalsInWordsBecomeGoalsInNumbers(t *testing.T) {
	t.Parallel()
	f := facts{ranks: []int{1, 2, 4}, load: 3, pairs: 10}
	band := func(from, to int32) *match.Band { return &match.Band{From: from, To: to} }
	for name, want := range map[string][]match.Goal{
		"pairs":          {{Name: "pairs", Pairs: true}},
		"placed":         {{Name: "placed", Units: []match.Reward{{Of: "mentees", Units: []int64{1}}}}},
		"mentors placed": {{Name: "mentors placed", Units: []match.Reward{{Of: "mentors", Units: []int64{1}}}}},
		"suitability":    {{Name: "suitability", Column: "suitability"}},
		"rank sum":       {{Name: "rank sum", Column: "rank", Minimise: true}},
		"first choices":  {{Name: "first choices", Column: "rank", Band: band(1, 1)}},
		"generous": {
			{Name: "pairs", Pairs: true},
			{Name: "fewest with choice 4", Column: "rank", Band: band(4, 4), Minimise: true},
			{Name: "fewest with choice 2", Column: "rank", Band: band(2, 2), Minimise: true}},
		"greedy": {
			{Name: "most with choice 1", Column: "rank", Band: band(1, 1)},
			{Name: "most with choice 2", Column: "rank", Band: band(2, 2)},
			{Name: "most with choice 4", Column: "rank", Band: band(4, 4)}},
		"existing":  {{Name: "existing", Column: match.Existing}},
		"even load": {{Name: "even load", Units: []match.Reward{{Of: "mentors", Units: []int64{-1, -3, -5}}}}},
		"minimums":  {{Name: "minimums", Minimums: true}},
		"lottery":   {{Name: "lottery", Lottery: 1}},
	} {
		if got := expand([]goalWord{{name: name}}, f); !reflect.DeepEqual(got, want) {
			t.Errorf("%s is\n%+v, want\n%+v", name, got, want)
		}
	}
	for _, name := range goalNames {
		if len(expand([]goalWord{{name: name}}, f)) == 0 {
			t.Errorf("the goal %q counts nothing", name)
		}
	}
	f.pairs = 100_000
	if got := expand([]goalWord{{name: lotteryGoal}}, f); len(got) != 2 || got[1].Lottery != 2 {
		t.Errorf("many pairs draw %+v, want two digits", got)
	}
	if got := expand([]goalWord{{name: pairsGoal}, {name: generousGoal}}, facts{ranks: []int{1, 2}}); len(got) != 2 {
		t.Errorf("pairs and generous count pairs twice: %+v", got)
	}
}

func TestLateRanksShareOneBand(t *testing.T) {
	t.Parallel()
	var ranks []int
	for rank := range 30 {
		ranks = append(ranks, rank+1)
	}
	bands := rankBands(ranks)
	if len(bands) != mostBands || bands[mostBands-1] != (match.Band{From: mostBands, To: math.MaxInt32}) {
		t.Errorf("the bands are %v", bands)
	}
}
