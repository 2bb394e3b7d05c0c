package score

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
)

// stakesFor makes random prices for a program: everybody has a total and, inside it, one class for each purpose or for
// each half of the other side; some classes have no room.
func stakesFor(s *Scorer, random *rand.Rand) *Stakes {
	goals := [][]match.Goal{
		{{Name: "suitability", Column: "suitability"}},
		{{Name: "pairs", Pairs: true}, {Name: "suitability", Column: "suitability"}, {Name: "load", Units: []match.Reward{{Of: "mentors", Units: []int64{-1, -3}}}}},
		{{Name: "good", Column: "suitability", Band: &match.Band{From: 40, To: math.MaxInt32}}, {Name: "suitability", Column: "suitability"}},
		{{Name: "existing", Column: "existing"}, {Name: "few", Column: "suitability", Band: &match.Band{From: 40, To: 80}, Minimise: true}, {Name: "rank", Column: "rank", Minimise: true}},
		{{Name: "middle", Column: "suitability", Band: &match.Band{From: 20, To: 60}}, {Name: "least", Column: "suitability", Minimise: true}},
	}[random.IntN(5)]
	k := &Stakes{Goals: goals, Suitability: "suitability", Others: map[string]int32{"rank": 3}}
	spread := []int{4, 20, 120}[random.IntN(3)]
	potential := func() []int64 {
		var p []int64
		for _, g := range goals {
			most := 3
			if g.Column == "suitability" && g.Band == nil {
				most = spread
			}
			p = append(p, int64(random.IntN(most)-1))
		}
		return p
	}
	people := [2]int{len(s.mentees.IDs), len(s.mentors.IDs)}
	caps := map[string][]int64{}
	for side, n := range people {
		for i := range n {
			for _, class := range []string{"", "0", "1"} {
				if class == "" || random.IntN(8) > 0 {
					caps[fmt.Sprint(side, " ", i, " ", class)] = potential()
				}
			}
			lowest := caps[fmt.Sprint(side, " ", i, " ")]
			for _, class := range []string{"0", "1"} {
				if price := caps[fmt.Sprint(side, " ", i, " ", class)]; price != nil && slices.Compare(price, lowest) < 0 {
					lowest = price
				}
			}
			k.Lowest[side] = append(k.Lowest[side], lowest)
		}
	}
	byPurpose := random.IntN(2) == 0
	k.Price = func(side match.Side, pair Pair) []int64 {
		me, other := pair.Mentee, pair.Mentor
		if side == match.MentorSide {
			me, other = other, me
		}
		class := fmt.Sprint(other % 2)
		if byPurpose {
			class = ""
			if pair.Purpose != "" {
				class = fmt.Sprint(len(pair.Purpose) % 2)
			}
		}
		return caps[fmt.Sprint(int(side), " ", me, " ", class)]
	}
	return k
}

// leftOf is the reduced cost of a pair, by its definition.
func (k *Stakes) leftOf(pair Pair) (left []int64, possible bool) {
	p := &match.Problem{
		Mentees: []string{"i"}, Mentors: []string{"j"}, Max: []int32{1, 1},
		Edges:   match.Edges{Mentee: []int32{0}, Mentor: []int32{0}},
		Columns: []match.Column{{Name: "existing", Values: []int32{k.Others["existing"]}}, {Name: "rank", Values: []int32{k.Others["rank"]}}, {Name: "suitability", Values: []int32{pair.Suitability}}},
		Goals:   k.Goals,
	}
	mentee, mentor := k.Price(match.MenteeSide, pair), k.Price(match.MentorSide, pair)
	if mentee == nil || mentor == nil {
		return nil, false
	}
	for g := range k.Goals {
		worth := p.Worth(&k.Goals[g])
		left = append(left, worth.Pair(0)-mentee[g]-mentor[g])
	}
	return left, true
}

func TestClaimNamesEveryPairThatCouldMakeAMatchingBetter(t *testing.T) {
	t.Parallel()
	seen := [2]int{}
	crowds(t, 180, func(s *Scorer, random *rand.Rand) {
		stakes := stakesFor(s, random)
		lists := s.TopK(random.IntN(6), Open{})
		extra := random.IntN(3)
		listed := func(i, j int) bool { return lists.Has(i, j) || (i+j)%7 < extra }
		better, level := map[[2]int][]int64{}, map[Pair]bool{}
		for pair := range s.Pairs() {
			if listed(pair.Mentee, pair.Mentor) {
				continue
			}
			left, possible := stakes.leftOf(pair)
			if !possible {
				continue
			}
			switch at := [2]int{pair.Mentee, pair.Mentor}; slices.Compare(left, make([]int64, len(left))) {
			case 1:
				if before := better[at]; before == nil || slices.Compare(left, before) > 0 {
					better[at] = left
				}
			case 0:
				level[pair] = true
			}
		}
		claim := s.Claim(lists, listed, Open{}, stakes)
		if len(claim.Better) != len(better) || len(claim.Level) != len(level) || claim.Many {
			t.Fatalf("the claim has %d better and %d level pairs, want %d and %d, with the goals %+v", len(claim.Better), len(claim.Level), len(better), len(level), stakes.Goals)
		}
		for _, pair := range claim.Better {
			left, _ := stakes.leftOf(pair)
			if want := better[[2]int{pair.Mentee, pair.Mentor}]; !slices.Equal(left, want) {
				t.Fatalf("the pair %+v has %v left, want %v", pair, left, want)
			}
		}
		for _, pair := range claim.Level {
			if !level[pair] {
				t.Fatalf("the pair %+v is not level", pair)
			}
		}
		few := newClaimant(s, lists, listed, Open{}, stakes).claim(2)
		if few.Many != (len(level) > 2) || few.Many && few.Level != nil || fmt.Sprint(few.Better) != fmt.Sprint(claim.Better) {
			t.Fatalf("where two level pairs matter, of %d, the claim is %+v, want the better pairs %+v", len(level), few, claim.Better)
		}
		seen[0] += len(better)
		seen[1] += len(level)
	})
	if seen[0] == 0 || seen[1] == 0 {
		t.Errorf("of better and level pairs there were %v", seen)
	}
}
