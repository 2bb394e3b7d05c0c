package solve

import "github.com/chiron-mentoring/chiron/match"

// proves says whether potentials made of stored prices prove the matching.
func (r *residual[V]) proves() bool {
	for v := range int32(len(r.caps)) {
		if r.caps[v].load > r.caps[v].upper {
			return false
		}
		for h := range r.out(v, r.poorest) {
			if less(add(h.length, r.caps[v].potential), r.potential(h.at)) {
				return false
			}
		}
		for h := range r.capsIn(v) {
			if h.at == ground && less(h.length, r.caps[v].potential) {
				return false
			}
		}
	}
	return true
}

// fits says whether the prices of a certificate are no greater than lowest ones are, so that sums of them are exact.
func (f *packing) fits(p *match.Problem, c *match.Certificate) bool {
	for k := range c.Prices {
		most := int64(1) << (f.need[k] - 3)
		for v, sum := range potentialsOf(p, c.Prices[k]) {
			if sum < -most || sum > most || c.Prices[k][v] < -most || c.Prices[k][v] > most {
				return false
			}
		}
	}
	return len(c.Prices) == len(f.worths)
}

// potentialsOf adds to the price of each cap those of the caps it lies in.
func potentialsOf(p *match.Problem, prices []int64) []int64 {
	sums := make([]int64, p.NumCaps())
	for v := range min(len(sums), len(prices)) {
		if sums[v] = prices[v]; p.Parent(int32(v)) >= 0 {
			sums[v] += sums[p.Parent(int32(v))]
		}
	}
	return sums
}

// measure finds all distances from the ground, and the lowest potentials of the mentees.
func (r *residual[V]) measure() error {
	r.begin()
	for v := range int32(len(r.caps)) {
		r.doubt(v)
	}
	r.coverAll()
	err := r.restore()
	r.coverAll()
	r.was = nil
	return err
}
