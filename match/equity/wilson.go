package equity

import (
	"fmt"
	"math"
)

// Every product below, and every quotient by a constant, is converted to float64 before it is added to anything. Without
// that a compiler may fuse the two steps and round once where it would round twice, and the last digit would differ from
// one processor to another (Go specification, "Floating-point operators").

// A Share is a part of a whole in thousandths, rounded.
type Share int

// String is the share in percent.
func (s Share) String() string { return fmt.Sprintf("%d.%d%%", s/10, s%10) }

// Rate is the share of those asked who got it. It returns false where a cell is hidden or fewer than [LeastForRate]
// people were asked.
func (r Result) Rate() (Share, bool) {
	if !r.hasRate() {
		return 0, false
	}
	return share(float64(r.Got.Count) / float64(r.Asked.Count)), true
}

// Interval is the range of shares that the rate is compatible with, at 95 % confidence (Wilson 1927). It is there
// whenever the rate is.
func (r Result) Interval() (low, high Share, ok bool) {
	if !r.hasRate() {
		return 0, 0, false
	}
	from, to := wilson(r.Got.Count, r.Asked.Count)
	return share(from), share(to), true
}

func (r Result) hasRate() bool { return r.Asked.Shown && r.Got.Shown && r.Asked.Count >= LeastForRate }

func share(x float64) Share { return Share(math.Round(float64(1000 * x))) }

// Quantiles of the normal distribution.
const (
	normal975 = 1.959963984540054 // for 95 % confidence, or tests at 5 %, on both sides
	normal80  = 0.8416212335729143
)

// wilson is the score interval of Wilson (1927) for k of n, without correction for continuity. It never leaves the
// range from 0 to 1 and is close to its nominal confidence for small n too (Newcombe 1998).
func wilson(k, n int) (low, high float64) {
	const z2 = normal975 * normal975
	middle := float64(k) + z2/2
	spread := float64(normal975 * math.Sqrt(float64(k)*float64(n-k)/float64(n)+z2/4))
	whole := float64(n) + z2
	low, high = (middle-spread)/whole, (middle+spread)/whole
	if k == 0 {
		low = 0 // and not a rounding error beside it
	}
	if k == n {
		high = 1
	}
	return low, high
}

// needed is how many people each of two groups must have for four chances in five that an exact test at 5 % notices
// the difference between shares p and q: the formula for two proportions, corrected for continuity as the exact test
// asks for (Casagrande, Pike and Smith 1978; Fleiss, Tytun and Ury 1980). It is 0 when the shares are equal.
func needed(p, q float64) int {
	difference := math.Abs(p - q)
	if difference == 0 {
		return 0
	}
	mean := float64((p + q) / 2)
	root := float64(normal975*math.Sqrt(float64(2*mean)*(1-mean))) +
		float64(normal80*math.Sqrt(float64(p*(1-p))+float64(q*(1-q))))
	plain := float64(root*root) / float64(difference*difference)
	corrected := 1 + math.Sqrt(1+4/float64(plain*difference))
	return int(math.Ceil(float64(plain * corrected * corrected / 4)))
}
