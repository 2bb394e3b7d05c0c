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

// fits says whether the prices of a certificate are no greater than the lowest ones may be, so that sums are exact.
func (f *packing) fits(p *match.Problem, c *match.Certificate) bool {
	if len(c.Prices) != len(f.worths) {
		return false
	}
	sums := make([]int64, p.NumCaps())
	for k, prices := range c.Prices {
		if len(prices) != len(sums) {
			return false
		}
		most := int64(1) << (f.need[k] - 3)
		for v, price := range prices {
			if price < -most || price > most {
				return false
			}
			sums[v] = price
			if up := p.Parent(int32(v)); up >= 0 {
				sums[v] += sums[up]
			}
			if sums[v] < -most || sums[v] > most {
				return false
			}
		}
	}
	return true
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
