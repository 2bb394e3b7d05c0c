package solve

// A vec is a vector of words, compared at the first word where two differ. A word holds one goal, or several packed
// into one whole number (see packing). The array lengths are those for which the compiler makes its own copy of the
// solver, so that a problem with one word costs what plain integers cost.
type vec interface {
	[1]int64 | [2]int64 | [3]int64 | [4]int64 | [8]int64 | [16]int64 | [32]int64
}

// maxWords is the length of the longest vec.
const maxWords = 32

func less[V vec](a, b V) bool {
	if a[0] != b[0] {
		return a[0] < b[0]
	}
	for k := 1; k < len(a); k++ {
		if a[k] != b[k] {
			return a[k] < b[k]
		}
	}
	return false
}

func add[V vec](a, b V) V {
	for k := 0; k < len(a); k++ {
		a[k] += b[k]
	}
	return a
}

func sub[V vec](a, b V) V {
	for k := 0; k < len(a); k++ {
		a[k] -= b[k]
	}
	return a
}

func neg[V vec](a V) V {
	for k := 0; k < len(a); k++ {
		a[k] = -a[k]
	}
	return a
}

func greater[V vec](a, b V) V {
	if less(a, b) {
		return b
	}
	return a
}
