package match_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/matchtest"
)

// A forged certificate is refused, or brute force shows that its claim happens to be true.
func TestNoFalseClaimIsAccepted(t *testing.T) {
	t.Parallel()
	const mutants = 10_000
	made, refused, right, good := 0, 0, 0, 0
	aims := map[match.Aim]int{}
	for f := range matchtest.Forgeries(1, 2*mutants) {
		if f.What == matchtest.Unchanged {
			good++
			if !f.Accepted {
				t.Errorf("a good certificate is refused: %v\n%s", match.Check(f.Problem, f.Certificate), show(f.Problem, f.Certificate))
			}
			continue
		}
		made++
		aims[f.Problem.Aim]++
		switch {
		case !f.Accepted:
			refused++
		case matchtest.Know(f.Problem).Holds(f.Certificate):
			right++
		default:
			t.Errorf("%s: a false claim is accepted\n%s", f.What, show(f.Problem, f.Certificate))
		}
		if made == mutants {
			break
		}
	}
	t.Log(aims)
	t.Logf("%d mutants: %d refused, %d accepted and true, %d false claims accepted; %d good certificates accepted",
		made, refused, right, made-refused-right, good)
	if made < mutants || refused == 0 || right == 0 {
		t.Errorf("%d mutants, %d refused, %d accepted and true: too few to judge by", made, refused, right)
	}
}

func show(p *match.Problem, c *match.Certificate) string { return string(text(p)) + string(text(c)) }

// The stable matching in the middle, in which each has a second choice, has no proof: none of up to five refusals.
func TestAStableMatchingThatIsNotTheBestHasNoProof(t *testing.T) {
	t.Parallel()
	p := threeFriends(t)
	best := []int32{0, 4, 8}
	for _, chosen := range [][]int32{{1, 5, 6}, {2, 3, 7}, best} {
		proofs := 0
		sequences(9, 5, nil, func(rejected []int32) {
			c := &match.Certificate{Outcome: match.IsStable, Chosen: chosen, Rejected: rejected}
			if match.Check(p, c) == nil {
				proofs++
			}
		})
		if slices.Equal(chosen, best) != (proofs > 0) {
			t.Errorf("%v has %d proofs; only %v can have any", chosen, proofs, best)
		}
	}
}

// sequences tells every list of at most most different numbers below n.
func sequences(n int32, most int, list []int32, tell func([]int32)) {
	tell(list)
	for e := int32(0); e < n && len(list) < most; e++ {
		if !slices.Contains(list, e) {
			sequences(n, most, append(list, e), tell)
		}
	}
}

// threeFriends is the problem of Gale and Shapley (1962) with three mentees, three mentors and three stable matchings:
// edges are numbered by mentee and mentor, and mentee i's first choice is mentor i, whose last choice that is.
func threeFriends(t *testing.T) *match.Problem {
	t.Helper()
	b := match.NewBuilder(match.StableForMentees)
	for i := range 3 {
		b.Person(match.MenteeSide, fmt.Sprint("mentee ", i), 1, 0)
		b.Person(match.MentorSide, fmt.Sprint("mentor ", i), 1, 0)
		for j := range 3 {
			choice := (j-i+3)%3 + 1
			b.Pair(match.Pair{Mentee: fmt.Sprint("mentee ", i), Mentor: fmt.Sprint("mentor ", j), MenteeRank: choice, MentorRank: 4 - choice})
		}
	}
	return built(t, b)
}

func built(t *testing.T, b *match.Builder) *match.Problem {
	t.Helper()
	p, err := b.Problem()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// two is a problem with two mentees, two mentors with one place each, three pairs and a forbidden one, in which more
// pairs come before better ones. Edge 0 suits 9, edges 1 and 2 suit 2 and 3, and they are the best matching.
func two(t *testing.T, change func(b *match.Builder)) *match.Problem {
	t.Helper()
	b := match.NewBuilder(match.Optimal)
	for _, id := range []string{"1", "2"} {
		b.Person(match.MenteeSide, "mentee "+id, 1, 0)
		b.Person(match.MentorSide, "mentor "+id, 1, 0)
	}
	for i, suits := range []int32{9, 2, 3, 8} {
		pair := match.Pair{Mentee: fmt.Sprint("mentee ", i/2+1), Mentor: fmt.Sprint("mentor ", i%2+1), Values: map[string]int32{"suits": suits}}
		if i == 3 {
			pair.State = match.Forbidden
		}
		b.Pair(pair)
	}
	b.Goals = []match.Goal{{Name: "pairs", Pairs: true}, {Name: "suitability", Column: "suits"}}
	if change != nil {
		change(b)
	}
	return built(t, b)
}

func TestEveryFaultOfACertificateHasItsCode(t *testing.T) {
	t.Parallel()
	optimal, stable := two(t, nil), threeFriends(t)
	pinned := two(t, nil)
	pinned.Edges.State[1] = match.Pinned
	roomy := two(t, nil)
	roomy.Max[3] = 2
	hard := two(t, func(b *match.Builder) { b.HardMinimums = true })
	hard.Min = []int32{0, 0, 1, 1}
	soft := threeFriends(t)
	soft.Max[0], soft.Min, soft.HardMinimums = 2, []int32{2, 0, 0, 0, 0, 0}, true
	placing := two(t, func(b *match.Builder) { b.Aim, b.Goals = match.StableMorePlaced, nil }) // nobody ranks anybody
	tests := []struct {
		name   string
		p      *match.Problem
		change func(c *match.Certificate)
		want   string
	}{
		{"good, best", optimal, nil, ""},
		{"good, stable", stable, nil, ""},
		{"good, pinned", pinned, nil, ""},
		{"good, with minimums", hard, nil, ""},
		{"an unknown claim", optimal, func(c *match.Certificate) { c.Outcome = "good" }, "claim"},
		{"a claim that was not asked", stable, func(c *match.Certificate) { c.Outcome = match.IsOptimal }, "claim"},
		{"an impossibility without minimums", optimal, func(c *match.Certificate) { c.Outcome = match.IsImpossible }, "claim"},
		{"a pair too many", optimal, func(c *match.Certificate) { c.Chosen = []int32{0, 1, 2} }, "cap"},
		{"a pair that does not exist", optimal, func(c *match.Certificate) { c.Chosen = []int32{1, 2, 4} }, "chosen"},
		{"a negative pair", optimal, func(c *match.Certificate) { c.Chosen = []int32{-1, 1, 2} }, "chosen"},
		{"pairs out of order", optimal, func(c *match.Certificate) { c.Chosen = []int32{2, 1} }, "chosen"},
		{"a forbidden pair", optimal, func(c *match.Certificate) { c.Chosen = []int32{0, 3} }, "forbidden"},
		{"a pinned pair left out", pinned, func(c *match.Certificate) { c.Chosen = []int32{0} }, "pinned"},
		{"a value that is not", optimal, func(c *match.Certificate) { c.Values[1]++ }, "value"},
		{"too few values", optimal, func(c *match.Certificate) { c.Values = c.Values[:1] }, "claim"},
		{"too few prices", optimal, func(c *match.Certificate) { c.Prices[1] = c.Prices[1][:3] }, "price"},
		{"a price out of range", optimal, func(c *match.Certificate) { c.Prices[1][0] = 1 << 52 }, "price"},
		{"a matching that is not best", optimal, func(c *match.Certificate) { c.Chosen, c.Values = []int32{0}, []int64{1, 9} }, "residual"},
		{"a full place for less than nothing", optimal, func(c *match.Certificate) { c.Prices[0][3]--; c.Prices[0][0]++ }, "price"},
		{"a price where there is room", roomy, func(c *match.Certificate) {
			for cap, by := range []int64{-1, -1, 1, 1} {
				c.Prices[0][cap] += by
			}
		}, "price"},
		{"prices that leave a better pair", optimal, func(c *match.Certificate) { clear(c.Prices[0]); clear(c.Prices[1]) }, "residual"},
		{"prices too high for a chosen pair", optimal, func(c *match.Certificate) { c.Prices[0][1] += 9 }, "residual"},
		{"refusals in an optimal proof", optimal, func(c *match.Certificate) { c.Rejected = []int32{} }, "claim"},
		{"possible minimums called impossible", hard, func(c *match.Certificate) {
			c.Outcome, c.Values, c.Prices = match.IsImpossible, c.Values[:1], c.Prices[:1]
		}, "minimum"},
		{"prices in a stable proof", stable, func(c *match.Certificate) { c.Prices = [][]int64{} }, "claim"},
		{"a pair that both would rather have", stable, func(c *match.Certificate) { c.Chosen = []int32{0, 4} }, "blocking"},
		{"a refusal without ground", stable, func(c *match.Certificate) { c.Rejected = []int32{0} }, "refusal"},
		{"a refusal twice", stable, func(c *match.Certificate) { c.Rejected = []int32{0, 0} }, "list"},
		{"a stable matching that is not the best", stable, func(c *match.Certificate) { c.Chosen = []int32{1, 5, 6} }, "replay"},
		{"the other not the other side's best", stable, func(c *match.Certificate) { c.Other.Chosen = c.Chosen }, "replay"},
		{"the other no matching", stable, func(c *match.Certificate) { c.Other.Chosen = []int32{0, 1} }, "cap"},
		{"a stable matching that misses a minimum", soft, nil, "minimum"},
		{"good, with more placed", placing, nil, ""},
		{"stable where more are to be placed", placing, func(c *match.Certificate) { c.Outcome = match.IsStable }, "claim"},
		{"prices where more are placed", placing, func(c *match.Certificate) { c.Values = []int64{} }, "claim"},
		{"another matching where more are placed", placing, func(c *match.Certificate) { c.Other = &match.Replay{} }, "claim"},
		{"a pair that both would strictly rather have", placing, func(c *match.Certificate) { c.Chosen = []int32{} }, "blocking"},
		{"a pair in the way of one more", placing, func(c *match.Certificate) { c.Chosen = []int32{0} }, "exchange"},
		{"no cover", placing, func(c *match.Certificate) { c.Cover = nil }, "cover"},
		{"a negative total in the cover", placing, func(c *match.Certificate) { c.Cover = []int32{-1, 0, 1} }, "cover"},
		{"a cover in a stable proof", stable, func(c *match.Certificate) { c.Cover = []int32{} }, "claim"},
		{"a cover in an optimal proof", optimal, func(c *match.Certificate) { c.Cover = []int32{} }, "claim"},
	}
	for _, test := range tests {
		c, err := matchtest.Prove(context.Background(), test.p)
		if err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		if test.change != nil {
			test.change(c)
		}
		if got := codeOf(match.Check(test.p, c)); got != test.want {
			t.Errorf("%s: got code %q, want %q (%v)", test.name, got, test.want, match.Check(test.p, c))
		}
	}
}

// codeOf is the code of a fault, "" for nil, and the text of any other error.
func codeOf(err error) string {
	var fault *match.Fault
	switch {
	case err == nil:
		return ""
	case errors.As(err, &fault) && fault.Text != "":
		return fault.Code
	}
	return fmt.Sprintf("no fault but %q", err)
}

func TestProblemsThatAreNotValidAreNotJudged(t *testing.T) {
	t.Parallel()
	p := two(t, nil)
	p.Kind = match.OneSided
	if got := codeOf(match.Check(p, &match.Certificate{Outcome: match.IsOptimal})); got != "kind" {
		t.Errorf("got code %q, want %q", got, "kind")
	}
}

func TestUniqueComparesBothExtremes(t *testing.T) {
	t.Parallel()
	p := threeFriends(t)
	many, err := matchtest.Prove(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	if many.Unique() {
		t.Error("one of three stable matchings is called the only one")
	}
	p.Edges.MentorRank = slices.Clone(p.Edges.MenteeRank) // now all agree
	one, err := matchtest.Prove(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	if !one.Unique() {
		t.Error("the only stable matching is not called so")
	}
	one.Other = nil
	if one.Unique() {
		t.Error("a matching is called the only stable one without a proof")
	}
}
