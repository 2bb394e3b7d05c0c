package solve

import (
	"context"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
)

// Where mentees bid, the solver leaves out the search for lower prices. It must not have found any.
func TestPricesOfBiddingMenteesAreLowestWithoutASearch(t *testing.T) {
	t.Parallel()
	checked := 0
	for seed := range uint64(3000) {
		p := bidding(t, rand.New(rand.NewPCG(seed, 0)))
		f, err := pack(p)
		if err != nil {
			t.Fatal(err)
		}
		n := newNetwork[[4]int64](p, f, fewerPlaces(p))
		if !n.pricesAreLowest() {
			continue
		}
		checked++
		s := newSearch(n)
		m := newMeter(context.Background(), Options{}, 0)
		for i := range int32(len(p.Mentees)) {
			if err := s.serve(i, m); err != nil {
				t.Fatal(err)
			}
		}
		c := &canonical[[4]int64]{network: n}
		c.distances()
		for v := len(p.Mentees); v < len(n.node); v++ {
			if n.node[v].dist != [4]int64{} {
				t.Fatalf("seed %d: the price of mentor %d is %v too high", seed, v-len(p.Mentees), n.node[v].dist)
			}
		}
	}
	t.Logf("%d problems in which mentees bid", checked)
	if checked < 1000 {
		t.Error("too few to mean anything")
	}
}

// bidding is a random problem without classes and pins, often with tight places, ties, units and several goals.
func bidding(t *testing.T, r *rand.Rand) *match.Problem {
	b := match.NewBuilder(match.Optimal)
	mentees, mentors := 1+r.IntN(30), 1+r.IntN(12)
	for i := range mentees {
		b.Person(match.MenteeSide, strconv.Itoa(i), 1+r.IntN(2), 0)
	}
	for j := range mentors {
		b.Person(match.MentorSide, strconv.Itoa(j), r.IntN(8), 0)
	}
	spread := 1 + r.IntN(20)
	for i := range mentees {
		for j := range mentors {
			if r.IntN(3) > 0 {
				b.Pair(match.Pair{Mentee: strconv.Itoa(i), Mentor: strconv.Itoa(j), Values: map[string]int32{
					"suitability": int32(r.IntN(spread) - 1), "wish": int32(r.IntN(3)),
				}})
			}
		}
	}
	b.Column("suitability")
	b.Column("wish")
	b.Lottery.Seed = "dice"
	goals := []match.Goal{
		{Name: "suitability", Column: "suitability"},
		{Name: "wish", Column: "wish"},
		{Name: "pairs", Pairs: true},
		{Name: "placed", Units: []match.Reward{{Of: "mentees", Units: []int64{1}}}},
		{Name: "even load", Units: []match.Reward{{Of: "mentors", Units: []int64{-1, -3, -5, -7, -9, -11, -13, -15}}}},
		{Name: "lottery", Lottery: 1},
	}
	r.Shuffle(len(goals), func(i, j int) { goals[i], goals[j] = goals[j], goals[i] })
	b.Goals = goals[:1+r.IntN(len(goals))]
	p, err := b.Problem()
	if err != nil {
		t.Fatal(err)
	}
	return p
}
