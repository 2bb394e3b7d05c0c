package equity

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestIntervalsAreThosePublished(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		k, n      int
		low, high float64
	}{
		// Newcombe 1998, table I, method 3.
		{81, 263, 0.2553, 0.3662},
		{15, 148, 0.0624, 0.1605},
		{0, 20, 0, 0.1611},
		{1, 29, 0.0061, 0.1718},
	} {
		low, high := wilson(c.k, c.n)
		if math.Abs(low-c.low) > 0.00005 || math.Abs(high-c.high) > 0.00005 {
			t.Errorf("%d of %d: %.4f to %.4f, published %.4f to %.4f", c.k, c.n, low, high, c.low, c.high)
		}
	}
}

// The interval holds the shares that a score test would not reject, so its ends solve (k/n - p)² = z² p(1-p)/n.
func TestIntervalsInvertTheScoreTest(t *testing.T) {
	t.Parallel()
	for n := 1; n <= 60; n++ {
		for k := 0; k <= n; k++ {
			low, high := wilson(k, n)
			if low < 0 || high > 1 || low > high {
				t.Fatalf("%d of %d: %v to %v", k, n, low, high)
			}
			for _, p := range []float64{low, high} {
				d := float64(k)/float64(n) - p
				if off := d*d - normal975*normal975*p*(1-p)/float64(n); math.Abs(off) > 1e-12 {
					t.Errorf("%d of %d: %v does not solve the equation, by %v", k, n, p, off)
				}
			}
			mirrorLow, mirrorHigh := wilson(n-k, n)
			if math.Abs(mirrorLow-(1-high)) > 1e-12 || math.Abs(mirrorHigh-(1-low)) > 1e-12 {
				t.Errorf("%d of %d and %d of %d are no mirror images", k, n, n-k, n)
			}
		}
	}
}

func TestExactTestsAreThosePublished(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		who        string
		k, n, l, m int
		want       float64
		within     float64
	}{
		{"Fisher 1935, the lady tasting tea (both sides: Agresti 2002)", 3, 4, 1, 4, 0.4857, 5e-5},
		{"Fisher 1970, convictions of twins (both sides: R, fisher.test)", 2, 17, 10, 13, 0.0005367, 5e-8},
	} {
		if got := fisher(c.k, c.n, c.l, c.m); math.Abs(got-c.want) > c.within {
			t.Errorf("%s: %.7f, published %v", c.who, got, c.want)
		}
	}
}

// exact is Fisher's test by its definition, in whole numbers: all tables with these margins, each with the number of
// ways to choose it.
func exact(k, n, l, m int) float64 {
	ways := func(x int) *big.Int {
		var a, b big.Int
		return new(big.Int).Mul(a.Binomial(int64(n), int64(x)), b.Binomial(int64(m), int64(k+l-x)))
	}
	all, unlikely, here := new(big.Int), new(big.Int), ways(k)
	for x := max(0, k+l-m); x <= min(n, k+l); x++ {
		w := ways(x)
		all.Add(all, w)
		if w.Cmp(here) <= 0 {
			unlikely.Add(unlikely, w)
		}
	}
	p, _ := new(big.Rat).SetFrac(unlikely, all).Float64()
	return p
}

func TestExactTestsEqualTheirDefinition(t *testing.T) {
	t.Parallel()
	for n := 1; n <= 13; n++ {
		for m := 1; m <= 13; m++ {
			for k := 0; k <= n; k++ {
				for l := 0; l <= m; l++ {
					if got, want := fisher(k, n, l, m), exact(k, n, l, m); math.Abs(got-want) > 1e-12 {
						t.Fatalf("%d of %d and %d of %d: %v, by definition %v", k, n, l, m, got, want)
					}
				}
			}
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		n, m := 1+random.IntN(700), 1+random.IntN(700)
		k, l := random.IntN(n+1), random.IntN(m+1)
		if got, want := fisher(k, n, l, m), exact(k, n, l, m); math.Abs(got-want) > 1e-11 {
			t.Errorf("%d of %d and %d of %d: %v, by definition %v", k, n, l, m, got, want)
		}
	}
}

func TestExactTestsOfManyPeopleNeitherFailNorLeaveTheirRange(t *testing.T) {
	t.Parallel()
	for _, c := range [][4]int{{0, 60_000, 60_000, 60_000}, {30_000, 60_000, 30_010, 60_000}, {60_000, 60_000, 0, 1}, {5, 10, 50_000, 100_000}} {
		if p := fisher(c[0], c[1], c[2], c[3]); !(p >= 0 && p <= 1+1e-9) {
			t.Errorf("%v: %v", c, p)
		}
	}
}

func TestChancesAreCorrectedAsHolmDid(t *testing.T) {
	t.Parallel()
	var all []Comparison
	for _, chance := range []Chance{10_000_000, 40_000_000, 30_000_000, 5_000_000} {
		all = append(all, Comparison{Chance: chance})
	}
	holm(all, len(all))
	var got []Chance
	for _, c := range all {
		got = append(got, c.Corrected)
		if c.Flagged != (c.Corrected <= 50_000_000) {
			t.Errorf("%v: flagged %v", c.Corrected, c.Flagged)
		}
	}
	// R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")
	if want := []Chance{30_000_000, 60_000_000, 60_000_000, 20_000_000}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestChancesAreWrittenWithFourDecimals(t *testing.T) {
	t.Parallel()
	for chance, want := range map[Chance]string{
		0: "<0.0001", 100_000: "<0.0001", 100_001: "0.0002", 50_000_000: "0.0500", 50_000_001: "0.0501", certain: "1.0000",
	} {
		if got := chance.String(); got != want {
			t.Errorf("%d billionths: %q, want %q", int64(chance), got, want)
		}
	}
}

// The power of the exact test itself, by enumeration of all outcomes in both groups, is the judge of the formula: at
// the number it names the chance to notice is at least four in five, and well before it is not.
func TestTheNumberNeededGivesFourChancesInFive(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ p, q float64 }{{0.5, 0.75}, {0.3, 0.6}, {0.9, 0.6}, {0.2, 0.5}} {
		n := needed(c.p, c.q)
		if at, before := power(n, c.p, c.q), power(n*4/5, c.p, c.q); at < 0.79 || before > 0.8 {
			t.Errorf("%.2f against %.2f: %d people give a power of %.3f, %d people %.3f", c.p, c.q, n, at, n*4/5, before)
		}
	}
	if got := needed(0.4, 0.4); got != 0 {
		t.Errorf("without a difference %d people are needed, want 0", got)
	}
	// Without the correction: R, power.prop.test(p1 = .50, p2 = .75, power = .80) gives n = 57.67; with it, after
	// Casagrande, Pike and Smith, n/4 (1 + √(1 + 4/(n |p-q|)))² = 65.4.
	if got := needed(0.5, 0.75); got != 66 {
		t.Errorf("0.50 against 0.75: %d, want 66", got)
	}
}

// power is the chance that the exact test finds a difference at 5 % when n people of each group have these chances.
func power(n int, p, q float64) float64 {
	sum := 0.0
	a, b := binomial(n, p), binomial(n, q)
	for k := range a {
		for l := range b {
			if w := a[k] * b[l]; w > 1e-9 && fisher(k, n, l, n) <= 0.05 {
				sum += w
			}
		}
	}
	return sum
}

func binomial(n int, p float64) []float64 {
	chances := make([]float64, n+1)
	for k := range chances {
		a, _ := math.Lgamma(float64(n + 1))
		b, _ := math.Lgamma(float64(k + 1))
		c, _ := math.Lgamma(float64(n - k + 1))
		chances[k] = math.Exp(a - b - c + float64(k)*math.Log(p) + float64(n-k)*math.Log(1-p))
	}
	return chances
}

// The bits of many results are those that were written down here, on whatever processor the test runs.
func TestNumbersHaveTheSameBitsOnEveryMachine(t *testing.T) {
	t.Parallel()
	sum := sha256.New()
	note := func(numbers ...float64) {
		for _, x := range numbers {
			binary.Write(sum, binary.BigEndian, math.Float64bits(x))
		}
	}
	for n := 1; n <= 40; n++ {
		for k := 0; k <= n; k++ {
			note(wilson(k, n))
			m := 1 + (7*n+3*k)%50
			l := (5*k + n) % (m + 1)
			note(fisher(k, n, l, m), float64(needed(float64(k)/float64(n), float64(l)/float64(m))))
		}
	}
	if got, want := hex.EncodeToString(sum.Sum(nil)), "4b07f9df3bf4c61ddeb99189ab9b4a64209ef2f645d9b03cfd3c61e9c320290d"; got != want {
		t.Errorf("the numbers have the hash %s here, want %s", got, want)
	}
}

func TestSharesAreWrittenInPercent(t *testing.T) {
	t.Parallel()
	r := Result{Cell{true, 30}, Cell{true, 7}}
	rate, ok := r.Rate()
	low, high, _ := r.Interval()
	if got := rate.String() + ", " + low.String() + " to " + high.String(); !ok || got != "23.3%, 11.8% to 40.9%" {
		t.Errorf("got %s", got)
	}
	for _, r := range []Result{{Cell{true, 9}, Cell{true, 7}}, {}, {Cell{true, 30}, Cell{}}} {
		if _, ok := r.Rate(); ok {
			t.Errorf("%+v has a rate", r)
		}
	}
}
