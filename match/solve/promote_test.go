package solve_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/matchtest"
	"github.com/chiron-mentoring/chiron/match/solve"
)

// Where many are ranked alike, more are placed than a lottery before the matching would place.
func TestMoreArePlacedThanByLottery(t *testing.T) {
	t.Parallel()
	more, fewer, byLottery, placed, bound := 0, 0, 0, 0, 0
	for seed := range uint64(60) {
		p := matchtest.Cohort(seed, matchtest.Shape{
			Aim: match.StableForMentees, Mentees: 150, Mentors: 40, Candidates: 2 + int(seed%3), Conflicts: 30, Coarse: true,
		})
		lottery := solved(t, p)
		p.Aim = match.StableMorePlaced
		c := solved(t, p)
		if err := match.Check(p, c); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		switch n, m := len(lottery.Chosen), len(c.Chosen); {
		case m > n:
			more++
		case m < n:
			fewer++
		}
		byLottery, placed, bound = byLottery+len(lottery.Chosen), placed+len(c.Chosen), bound+c.Most(p)
	}
	t.Logf("%d pairs by lottery, %d with more placed, %d at most in any matching; more in %d programs of 60, fewer in %d", byLottery, placed, bound, more, fewer)
	if more < 30 || fewer > 0 || placed > bound {
		t.Errorf("more in %d programs, fewer in %d, %d of at most %d pairs; want more in most, fewer in none", more, fewer, placed, bound)
	}
}

// Nobody is ranked alike, so nothing is left to arrange: the matching is the stable one that is best for mentees.
func TestWithoutTiesMorePlacedIsTheStableMatching(t *testing.T) {
	t.Parallel()
	for seed := range uint64(100) {
		p := matchtest.Cohort(seed, matchtest.Shape{Aim: match.StableForMentees, Mentees: 100, Conflicts: 50, Pins: 30})
		want := solved(t, p).Chosen
		p.Aim = match.StableMorePlaced
		if got := solved(t, p).Chosen; !slices.Equal(got, want) {
			t.Errorf("seed %d: got %v, want %v", seed, got, want)
		}
	}
}

// Other ids are another order of people. With the lottery's numbers kept, the same people are paired.
func TestOtherIDsPairTheSamePeople(t *testing.T) {
	t.Parallel()
	for seed := range uint64(50) {
		p := matchtest.Cohort(seed, matchtest.Shape{Aim: match.StableMorePlaced, Mentees: 60, Mentors: 20, Coarse: true})
		p.Lottery.Mentees, p.Lottery.Mentors = p.Draw()
		rng := rand.New(rand.NewPCG(seed, 1))
		mentees, mentors := rng.Perm(len(p.Mentees)), rng.Perm(len(p.Mentors))
		b := match.NewBuilder(p.Aim)
		b.Lottery.Mentees, b.Lottery.Mentors = make([]int64, len(mentees)), make([]int64, len(mentors))
		for i, to := range mentees {
			b.Person(match.MenteeSide, fmt.Sprintf("%03d", to), int(p.Max[i]), 0)
			b.Lottery.Mentees[to] = p.Lottery.Mentees[i]
		}
		for j, to := range mentors {
			b.Person(match.MentorSide, fmt.Sprintf("%03d", to), int(p.Max[len(p.Mentees)+j]), 0)
			b.Lottery.Mentors[to] = p.Lottery.Mentors[j]
		}
		e := &p.Edges
		for at := range e.Len() {
			b.Pair(match.Pair{
				Mentee: fmt.Sprintf("%03d", mentees[e.Mentee[at]]), Mentor: fmt.Sprintf("%03d", mentors[e.Mentor[at]]),
				MenteeRank: int(e.MenteeRank[at]), MentorRank: int(e.MentorRank[at]),
			})
		}
		q, err := b.Problem()
		if err != nil {
			t.Fatal(err)
		}
		var want, got [][2]int
		for _, at := range solved(t, p).Chosen {
			want = append(want, [2]int{mentees[e.Mentee[at]], mentors[e.Mentor[at]]})
		}
		for _, at := range solved(t, q).Chosen {
			got = append(got, [2]int{int(q.Edges.Mentee[at]), int(q.Edges.Mentor[at])})
		}
		slices.SortFunc(want, func(x, y [2]int) int { return slices.Compare(x[:], y[:]) })
		if !slices.Equal(got, want) {
			t.Errorf("seed %d: got %v, want %v", seed, got, want)
		}
	}
}

// The bound is what the optimal engine, which knows nothing of covers, finds to be the most.
func TestTheCoverBoundsWhatTheBestMatchingHas(t *testing.T) {
	t.Parallel()
	for seed := range uint64(200) {
		p := matchtest.Cohort(seed, matchtest.Shape{
			Aim: match.StableMorePlaced, Mentees: 120, Mentors: 30 + int(seed%3)*30, Candidates: 1 + int(seed%5), Conflicts: 100, Coarse: true,
		})
		c := solved(t, p)
		p.Aim, p.Goals = match.Optimal, []match.Goal{{Name: "pairs", Pairs: true}}
		if got, want := c.Most(p), len(solved(t, p).Chosen); got != want {
			t.Errorf("seed %d: the cover takes %d pairs, the best matching has %d", seed, got, want)
		}
	}
}

func BenchmarkMorePlaced(b *testing.B) {
	for _, n := range []int{1_000, 100_000} {
		p := matchtest.Cohort(1, matchtest.Shape{Aim: match.StableMorePlaced, Mentees: n, Candidates: 15, Coarse: true})
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				if _, err := solve.Solve(b.Context(), p, solve.Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
