package equity

// fisher is the probability of a difference at least as unlikely as the one between k of n and l of m, if the two
// groups were drawn by chance from the same people: Fisher's exact test, both sides, in which every table counts that
// is no likelier than the one at hand (Fisher 1935; Freeman and Halton 1951 for that order of tables).
//
// The tables with the same margins are walked from the likeliest outwards, each probability from its neighbour's. Those
// that are equal except for rounding count as equal; R draws the line at the same seventh digit. O(min(n, m)) time.
func fisher(k, n, l, m int) float64 {
	s := k + l // who got it, in both groups together
	from, to := max(0, s-m), min(n, s)
	mode := int(int64(n+1) * int64(s+1) / int64(n+m+2))
	weights := make([]float64, to-from+1) // of x in the first group, relative to the likeliest
	weights[mode-from] = 1
	for x := mode; x < to; x++ {
		weights[x+1-from] = float64(weights[x-from] * float64(n-x) / float64(x+1) * float64(s-x) / float64(m-s+x+1))
	}
	for x := mode; x > from; x-- {
		weights[x-1-from] = float64(weights[x-from] * float64(x) / float64(n-x+1) * float64(m-s+x) / float64(s-x+1))
	}
	all, unlikely := 0.0, 0.0
	limit := float64(weights[k-from] * (1 + 1e-7))
	for _, w := range weights {
		all += w
		if w <= limit {
			unlikely += w
		}
	}
	return unlikely / all
}
