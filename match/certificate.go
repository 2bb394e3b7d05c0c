package match

// Outcome is what a certificate claims.
type Outcome string

const (
	// IsStable claims that the matching is the stable one that the problem's aim asks for.
	IsStable Outcome = "stable"
	// IsWeaklyStable claims that no two people would both strictly rather have each other, that no matching of which
	// this is true has more than half as many pairs again, and that none at all has more than [Certificate.Most].
	IsWeaklyStable Outcome = "weakly-stable"
	// IsOptimal claims that no matching is better in the order of the goals.
	IsOptimal Outcome = "optimal"
	// IsImpossible claims that no matching meets the hard minimums; the matching shown meets as many units as any.
	IsImpossible Outcome = "impossible"
)

// A Certificate is a matching with the proof of what it claims. What the proof consists of depends on the outcome;
// [Check] tells what makes it valid.
type Certificate struct {
	Problem string // SHA-256 of the problem's file, in hexadecimal
	Engine  string // what found the matching, for the record; never trusted
	Outcome Outcome
	Chosen  []int32 // the edges of the matching, strictly increasing

	// Values and Prices prove optimality: per goal of the ladder, what the matching counts, and a price for every
	// cap. The price of a cap is what one more place on it could bring at most.
	Values []int64
	Prices [][]int64

	// Rejected proves that a stable matching is the best one for the proposing side: the edges which that side
	// proposed in vain, in the order in which they were refused.
	Rejected []int32

	// Other is the stable matching that is best for the other side, with its own proof. If it is the same matching,
	// there is no other stable one; if not, there are at least two.
	Other *Replay

	// Cover proves how many pairs any matching has at most: totals, strictly increasing, such that every pair that
	// is not forbidden counts on one of them (König 1931).
	Cover []int32
}

// A Replay is a stable matching with the proof that it is best for those who propose.
type Replay struct {
	Chosen   []int32
	Rejected []int32
}

// Unique says whether a stable certificate claims that its matching is the only stable one. With ties in the ranks
// this is said of the ranks as the lottery made them strict.
func (c *Certificate) Unique() bool {
	if c.Other == nil || len(c.Other.Chosen) != len(c.Chosen) {
		return false
	}
	for i, e := range c.Chosen {
		if c.Other.Chosen[i] != e {
			return false
		}
	}
	return true
}

// Most is the number of pairs that no matching of p exceeds, as the cover proves: all that the totals in it take.
func (c *Certificate) Most(p *Problem) int {
	most := 0
	for _, total := range c.Cover {
		most += int(p.Max[total])
	}
	return most
}
