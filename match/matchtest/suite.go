package matchtest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
)

// A Solver answers a problem with a matching and its proof.
type Solver func(ctx context.Context, p *match.Problem) (*match.Certificate, error)

// Suite holds a solver to the definition: 10,000 tiny problems for the optimal engine, 10,000 for the stable one, half of
// them with everything in [Together], and 10,000 for the one that places more; each answer compared with brute force,
// judged by match.Check, and read back from its file. Prices must be the lowest there are, and where a single cap decides, the gain of one more seat.
// The environment variable CHIRON_TINY sets another number.
//
//	func TestSolveAgreesWithBruteForce(t *testing.T) { matchtest.Suite(t, mySolver) }
func Suite(t *testing.T, solve func(context.Context, *match.Problem) (*match.Certificate, error)) {
	number := 10_000
	if value := os.Getenv("CHIRON_TINY"); value != "" {
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 {
			t.Fatalf("CHIRON_TINY is %q; set it to the number of problems for each engine", value)
		}
		number = n
	}
	suite(t, solve, number)
}

func suite(t *testing.T, solve Solver, number int) {
	t.Run("TheOptimalEngineAgreesWithBruteForce", func(t *testing.T) { t.Parallel(); suiteOptimal(t, solve, number) })
	t.Run("TheStableEngineAgreesWithBruteForce", func(t *testing.T) { t.Parallel(); suiteStable(t, solve, number) })
	t.Run("MorePlacedAreTwoThirdsAtLeast", func(t *testing.T) { t.Parallel(); suitePlacing(t, solve, number) })
	t.Run("AMentorsPriceIsTheGainOfOneMoreSeat", func(t *testing.T) { t.Parallel(); suiteSeats(t, solve, number/4) })
	t.Run("TheDoublingFamilyHasItsTwoExtremes", func(t *testing.T) { t.Parallel(); suiteDoubling(t, solve) })
}

// shards is the number of parts of a suite that run side by side.
const shards = 8

// eachSeed calls judge with number seeds, in parallel, and stops a shard at its first failure.
func eachSeed(t *testing.T, number int, judge func(t *testing.T, seed uint64)) {
	t.Run("shards", func(t *testing.T) {
		for shard := range shards {
			t.Run(strconv.Itoa(shard), func(t *testing.T) {
				t.Parallel()
				for seed := shard; seed < number && !t.Failed(); seed += shards {
					judge(t, uint64(seed))
				}
			})
		}
	})
}

func suiteOptimal(t *testing.T, solve Solver, number int) {
	seen := NewCoverage(OptimalFeatures)
	eachSeed(t, number, func(t *testing.T, seed uint64) {
		p := Tiny(seed, AnyFeatures(seed, OptimalFeatures))
		seen.Add(Of(p))
		judge(t, fmt.Sprintf("Tiny seed %d", seed), p, solve)
	})
	seen.report(t)
}

func suiteStable(t *testing.T, solve Solver, number int) {
	seen := NewCoverage(StableFeatures)
	eachSeed(t, number, func(t *testing.T, seed uint64) {
		aim := [...]match.Aim{match.StableForMentees, match.StableForMentors}[seed/2%2]
		p := TinyStable(seed, AnyFeatures(seed, StableFeatures), aim)
		seen.Add(Of(p))
		judge(t, fmt.Sprintf("TinyStable seed %d", seed), p, solve)
	})
	seen.report(t)
}

// suitePlacing asks for many pairs where people rank others alike.
func suitePlacing(t *testing.T, solve Solver, number int) {
	seen := NewCoverage(PlacingFeatures)
	eachSeed(t, number, func(t *testing.T, seed uint64) {
		p := TinyStable(seed, AnyFeatures(seed, PlacingFeatures)|Ties, match.StableMorePlaced)
		seen.Add(Of(p))
		judge(t, fmt.Sprintf("TinyStable seed %d", seed), p, solve)
	})
	seen.report(t)
}

// report logs what was seen, and fails when less than half of the problems had everything together that they could.
func (c *Coverage) report(t *testing.T) {
	t.Helper()
	t.Log(c)
	if c.possible.Has(Together) && 2*c.Together() < c.problems {
		t.Errorf("only %d of %d problems had %s", c.Together(), c.problems, Together)
	}
}

// judge solves p and compares the answer with brute force.
func judge(t *testing.T, name string, p *match.Problem, solve Solver) *match.Certificate {
	t.Helper()
	c, err := solve(t.Context(), p)
	if err != nil {
		t.Errorf("%s: the solver refuses: %v\n%s", name, err, write(p))
		return nil
	}
	if fault := compare(p, c); fault != "" {
		t.Errorf("%s: %s\n%s%s", name, fault, write(p), write(c))
		return nil
	}
	return c
}

// compare says how c differs from what brute force knows about p; "" when it does not.
func compare(p *match.Problem, c *match.Certificate) string {
	truth := Know(p)
	if !truth.Holds(c) {
		switch p.Aim {
		case match.StableMorePlaced:
			return fmt.Sprintf("got %s with edges %v and cover %v, want at least two thirds of the greatest of %v; no matching has more than %d pairs",
				c.Outcome, c.Chosen, c.Cover, lists(truth.Stable), truth.Most)
		case match.Optimal:
			return fmt.Sprintf("got %s with values %v and edges %v, want values %v by one of %v (impossible: %t)",
				c.Outcome, c.Values, c.Chosen, truth.Optimum.Values, lists(truth.Optimum.Matchings), truth.Optimum.Impossible)
		}
		return fmt.Sprintf("got %s with edges %v, want %v; all stable matchings: %v",
			c.Outcome, c.Chosen, truth.BestFor(truth.Proposers()).Edges(), lists(truth.Stable))
	}
	if only := len(truth.Stable) == 1; c.Outcome == match.IsStable && c.Unique() != only {
		return fmt.Sprintf("Unique() is %t, but there are %d stable matchings", c.Unique(), len(truth.Stable))
	}
	if err := match.Check(p, c); err != nil {
		return fmt.Sprintf("the answer is right, but its proof is refused: %v", err)
	}
	if want := define(p).leastCover(); p.Aim == match.StableMorePlaced && !slices.Equal(c.Cover, want) {
		return fmt.Sprintf("got the cover %v, want the least with the fewest mentors, %v", c.Cover, want)
	}
	if p.Aim == match.Optimal {
		if unique, e := match.Unique(p, c); unique != (len(truth.Optimum.Matchings) == 1) {
			return fmt.Sprintf("match.Unique says %t (edge %d), but %d matchings are as good", unique, e, len(truth.Optimum.Matchings))
		}
		if want := truth.LowestPrices(); !reflect.DeepEqual(c.Prices, want) {
			return fmt.Sprintf("got prices %v, want the lowest, %v", c.Prices, want)
		}
	}
	return compareFile(p, c)
}

// compareFile says what is lost when certificate c is written and read again.
func compareFile(p *match.Problem, c *match.Certificate) string {
	text := write(c)
	again, err := match.ReadCertificate(bytes.NewReader(text))
	if err != nil {
		return fmt.Sprintf("the certificate cannot be read back: %v", err)
	}
	if !bytes.Equal(write(again), text) {
		return "the certificate reads back as another one"
	}
	if err := match.Check(p, again); err != nil {
		return fmt.Sprintf("the proof is refused when read back: %v", err)
	}
	return ""
}

// suiteSeats compares each mentor's prices with what one more seat brings, re-solved by brute force. It asks this
// where it is true of a single cap: without classes and rewards on units, and where pins do not bypass the prices.
func suiteSeats(t *testing.T, solve Solver, number int) {
	const plain = Great | Demand | Conflicts | Purposes | ZeroCaps | Negative | CountPairs | CountColumn | CountBand | CountLottery | Minimise
	compared := make([]int, shards)
	eachSeed(t, number, func(t *testing.T, seed uint64) {
		f := AnyFeatures(seed, plain) &^ Together
		f |= Features(newRand(seed, 0).Uint64()) & (Demand | Minimums | HardMinimums)
		p := Tiny(seed, f)
		name := fmt.Sprintf("Tiny seed %d with %s", seed, f)
		c := judge(t, name, p, solve)
		if c == nil {
			return
		}
		for j := range p.Mentors {
			seat := len(p.Mentees) + j
			gain, comparable := seatGain(p, seat)
			if !comparable {
				continue
			}
			if got := priceOf(c, seat); !slices.Equal(got, gain) {
				t.Errorf("%s: the price of mentor %s is %v, one more seat brings %v\n%s%s", name, p.Mentors[j], got, gain, write(p), write(c))
			}
			compared[seed%shards]++
		}
	})
	sum := 0
	for _, n := range compared {
		sum += n
	}
	t.Logf("%d problems, %d prices compared with re-solved gains", number, sum)
	if sum == 0 {
		t.Error("no price was compared")
	}
}

// seatGain is how much better the best values are with one more place on a cap; false when a hard minimum can be met
// only with it or not even with it.
func seatGain(p *match.Problem, seat int) ([]int64, bool) {
	more := *p
	more.Max = slices.Clone(p.Max)
	more.Max[seat]++
	before, after := Best(p), Best(&more)
	if before.Impossible || after.Impossible {
		return nil, false
	}
	return plus(after.Values, before.Values, -1), true
}

// priceOf is the vector of prices of a cap, and nothing where it is less than nothing: a price below nothing says
// that the last unit is there for a minimum only, not that another one would do harm.
func priceOf(c *match.Certificate, seat int) []int64 {
	nothing, price := make([]int64, len(c.Prices)), make([]int64, len(c.Prices))
	for k := range price {
		price[k] = c.Prices[k][seat]
	}
	if slices.Compare(price, nothing) < 0 {
		return nothing
	}
	return price
}

// suiteDoubling asks for both extremes of problems with many stable matchings.
func suiteDoubling(t *testing.T, solve Solver) {
	for _, n := range []int{2, 4, 8} {
		for _, aim := range []match.Aim{match.StableForMentees, match.StableForMentors} {
			p := Doubling(n)
			p.Aim = aim
			c, err := solve(t.Context(), p)
			if err != nil {
				t.Errorf("Doubling(%d), %s: %v", n, aim, err)
				continue
			}
			if err := match.Check(p, c); err != nil {
				t.Errorf("Doubling(%d), %s: %v", n, aim, err)
			}
			ranks := p.Edges.MenteeRank
			if aim == match.StableForMentors {
				ranks = p.Edges.MentorRank
			}
			for _, e := range c.Chosen {
				if ranks[e] != 1 {
					t.Errorf("Doubling(%d), %s: a proposer gets choice %d, want 1", n, aim, ranks[e])
				}
			}
			if len(c.Chosen) != n || c.Unique() {
				t.Errorf("Doubling(%d), %s: %d pairs, unique %t; want %d pairs and another stable matching", n, aim, len(c.Chosen), c.Unique(), n)
			}
		}
	}
}

// write returns a file's text.
func write(file interface{ Write(io.Writer) error }) []byte {
	var text bytes.Buffer
	if err := file.Write(&text); err != nil {
		panic(err) // a buffer takes everything
	}
	return text.Bytes()
}

func lists(sets []Set) [][]int32 {
	all := make([][]int32, len(sets))
	for i, x := range sets {
		all[i] = x.Edges()
	}
	return all
}
