package match

// maxPotential bounds the prices that Check accepts, so that every sum it forms is exact, also in the floating-point
// numbers of JavaScript. Validate refuses problems whose prices could be greater.
const maxPotential = int64(1) << 50

// checkOptimal says whether prices prove that no matching counts more.
//
// A pair's residual is what it is worth less the prices of the caps it counts on, on both sides. All numbers are
// vectors with one entry per goal, compared at the first entry where they differ. If
//
//   - every pair with a positive residual is chosen and every pair with a negative one is not (pinned and forbidden
//     pairs have no say),
//   - and every cap, asked how many units it would sell at its price and the units' own worth, would sell as many as
//     it has: price + Unit(load) >= 0, and price + Unit(load+1) <= 0 if there is room,
//
// then the matching is optimal: for any other one, the difference in worth is a sum of residuals of pairs, each times
// its change, and of prices and units of caps, each times its change, and none of these is positive. This is
// complementary slackness in linear programming, read in the ordered group of vectors of integers.
//
// A cap without pairs is asked about its first unit in both conditions, which makes its price unique.
func checkOptimal(p *Problem, c *Certificate, loads []int32) error {
	ladder := p.Ladder()
	if c.Outcome == IsImpossible {
		if !p.HardMinimums {
			return fault("claim", "the problem has no hard minimums, so it cannot be impossible")
		}
		ladder = ladder[:1]
	}
	if len(c.Values) != len(ladder) || len(c.Prices) != len(ladder) {
		return fault("claim", "the certificate has %d values and %d rows of prices for %d goals", len(c.Values), len(c.Prices), len(ladder))
	}
	signs := newSigns(p, loads)
	for k := range ladder {
		worth := p.Worth(&ladder[k])
		if value := worth.Value(c.Chosen, loads); value != c.Values[k] {
			return fault("value", "the matching counts %d in the goal %q, the certificate says %d", value, ladder[k].Name, c.Values[k])
		}
		potential, err := p.potentials(c.Prices[k])
		if err != nil {
			return err
		}
		signs.compare(&worth, c.Prices[k], potential)
	}
	chosen, err := p.mark("chosen", c.Chosen)
	if err != nil {
		return err
	}
	for e, sign := range signs.pairs {
		if p.State(e) != Open {
			continue
		}
		if sign > 0 && !chosen[e] {
			return fault("residual", "%s is worth more than the prices of both sides, but is not chosen", p.edgeName(e))
		}
		if sign < 0 && chosen[e] {
			return fault("residual", "%s is chosen, but is worth less than the prices of both sides", p.edgeName(e))
		}
	}
	for c := range loads {
		if signs.last[c] < 0 {
			return fault("price", "the price of %s is too low for the units it has", p.CapName(int32(c)))
		}
		if signs.next[c] > 0 {
			return fault("price", "%s has room, but its price would sell one more unit", p.CapName(int32(c)))
		}
	}
	return checkMinimums(p, c)
}

// signs are the signs of vectors, goal by goal: each stays 0 as long as all goals so far left it at zero.
type signs struct {
	p     *Problem
	loads []int32
	pairs []int8 // per edge, of its residual
	last  []int8 // per cap, of its price and the worth of its last unit, or of its first if it has none
	next  []int8 // per cap with room, of its price and the worth of one more unit
}

func newSigns(p *Problem, loads []int32) *signs {
	caps := p.NumCaps()
	return &signs{p, loads, make([]int8, p.Edges.Len()), make([]int8, caps), make([]int8, caps)}
}

// compare lets one more goal decide what is still undecided.
func (s *signs) compare(worth *Worth, price, potential []int64) {
	for e, sign := range s.pairs {
		if sign == 0 {
			s.pairs[e] = signOf(worth.Pair(e) - potential[s.p.Leaf(MenteeSide, e)] - potential[s.p.Leaf(MentorSide, e)])
		}
	}
	for c, load := range s.loads {
		if s.last[c] == 0 {
			s.last[c] = signOf(price[c] + worth.Unit(int32(c), max(load, 1)))
		}
		if s.next[c] == 0 && load < s.p.Max[c] {
			s.next[c] = signOf(price[c] + worth.Unit(int32(c), load+1))
		}
	}
}

// checkMinimums says whether hard minimums are met, or, when the certificate says so, cannot be met: prices have just
// proved that no matching meets more units of them.
func checkMinimums(p *Problem, c *Certificate) error {
	if !p.HardMinimums {
		return nil
	}
	wanted := int64(0)
	for cap := range p.NumCaps() {
		wanted += int64(p.Minimum(cap))
	}
	if met := c.Values[0] == wanted; met && c.Outcome == IsImpossible {
		return fault("minimum", "the certificate says that the minimums cannot be met, but its matching meets them")
	} else if !met && c.Outcome == IsOptimal {
		return fault("minimum", "the matching meets %d of the %d units that the minimums want", c.Values[0], wanted)
	}
	return nil
}

// potentials adds up the prices from each total down, and refuses sums that would not be exact.
func (p *Problem) potentials(price []int64) ([]int64, error) {
	if len(price) != p.NumCaps() {
		return nil, fault("price", "there are %d prices for %d caps", len(price), p.NumCaps())
	}
	for c, price := range price {
		if price < -2*maxPotential || price > 2*maxPotential {
			return nil, fault("price", "the price of %s is out of range", p.CapName(int32(c)))
		}
	}
	potential := p.sums(price)
	for c, sum := range potential {
		if sum < -maxPotential || sum > maxPotential {
			return nil, fault("price", "the prices down to %s are out of range", p.CapName(int32(c)))
		}
	}
	return potential, nil
}

// sums adds to the price of each cap those of the caps it lies in.
func (p *Problem) sums(price []int64) []int64 {
	sum := make([]int64, len(price))
	for c := range price {
		sum[c] = price[c]
		if up := p.Parent(int32(c)); up >= 0 {
			sum[c] += sum[up]
		}
	}
	return sum
}

func signOf(x int64) int8 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}
