package solve_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/solve"
)

func random(r *rand.Rand) (*match.Problem, error) {
	aims := []match.Aim{match.Optimal, match.Optimal, match.StableForMentees, match.StableForMentors}
	b := match.NewBuilder(aims[r.IntN(4)])
	classes := [2][][]string{}
	n := [2]int{1 + r.IntN(5), 1 + r.IntN(5)}
	id := func(i int) string { return fmt.Sprintf("p%d", i) }
	min := func(k int) int {
		if b.Aim == match.Optimal && r.IntN(6) == 0 { return r.IntN(k + 1) }
		return 0
	}
	for s := range 2 {
		for i := range n[s] {
			k := r.IntN(4)
			b.Person(match.Side(s), id(i), k, min(k))
			cs := []string{""}
			for c := range r.IntN(3) {
				parent := cs[r.IntN(len(cs))]
				name := fmt.Sprintf("c%d", c)
				k := r.IntN(3)
				b.Class(match.Side(s), id(i), name, parent, k, min(k))
				cs = append(cs, name)
			}
			classes[s] = append(classes[s], cs)
		}
	}
	purposes := []string{"a", "b"}
	ties := r.IntN(2) == 0
	for i := range n[0] {
		for j := range n[1] {
			for _, pu := range purposes {
				if r.IntN(3) == 0 { continue }
				st := match.Open
				if x := r.IntN(20); x == 0 { st = match.Pinned } else if x == 1 { st = match.Forbidden }
				rk := func() int { if ties { return 1 + r.IntN(2) }; return 1 + r.IntN(20) }
				b.Pair(match.Pair{Mentee: id(i), Mentor: id(j), Purpose: pu, MenteeClass: classes[0][i][r.IntN(len(classes[0][i]))], MentorClass: classes[1][j][r.IntN(len(classes[1][j]))],
					MenteeRank: rk(), MentorRank: rk(), State: st, Values: map[string]int32{"w": int32(r.IntN(7) - 2), "v": int32(r.IntN(3))}})
			}
		}
	}
	b.Column("w"); b.Column("v")
	b.Lottery.Seed = "x"
	if b.Aim == match.Optimal {
		b.HardMinimums = r.IntN(2) == 0
		gs := []match.Goal{{Name: "pairs", Pairs: true}, {Name: "w", Column: "w"}, {Name: "v", Column: "v", Band: &match.Band{1, 1}, Minimise: true}, {Name: "min", Minimums: true},
			{Name: "placed", Units: []match.Reward{{Of: "mentees", Units: []int64{1}}}}, {Name: "even", Units: []match.Reward{{Of: "mentors", Units: []int64{-1, -3, -5}}}}, {Name: "lot", Lottery: 2},{Name: "big", Column: "w", Minimise: true},{Name:"lot3",Lottery:3}}
		r.Shuffle(len(gs), func(i, j int) { gs[i], gs[j] = gs[j], gs[i] })
		b.Goals = gs[:1+r.IntN(len(gs))]
	}
	return b.Problem()
}

func TestSmoke(t *testing.T) {
	out := map[string]int{}
	for seed := range uint64(100000) {
		p, err := random(rand.New(rand.NewPCG(seed, 1)))
		if err != nil {
			out["invalid "+err.Error()[:10]]++
			continue
		}
		c, err := solve.Solve(context.Background(), p, solve.Options{})
		if err != nil {
			t.Fatal(seed, err)
		}
		out[string(c.Outcome)]++
		if err := match.Check(p, c); err != nil {
			t.Fatalf("seed %d: %v\n%+v\n%+v", seed, err, p, c)
		}
	}
	t.Log(out)
}
