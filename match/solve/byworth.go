package solve

import (
	"math"
	"math/bits"
	"slices"
)

// byWorth sorts edges, the most worth first and equals by number. It compares whole numbers made of one word and the
// place in the list, which is faster than comparing vectors: of the first word, then of the next one among those that
// have the same first, and so on.
type byWorth[V vec] struct {
	worth []V
	edge  []int32
	keys  []uint64
	words int  // that can differ
	shift uint // of the word in a key; the place is below
}

// sort sorts edges, which come in increasing order, and tells the arcs what they are worth.
func (b *byWorth[V]) sort(f *packing, edges []int32, arcs []arc[V]) {
	if len(edges) == 0 {
		return
	}
	b.grow(len(edges))
	b.words, b.shift = f.words, uint(bits.Len64(uint64(len(edges)-1)))
	copy(b.edge, edges)
	for i, e := range edges {
		b.worth[i], b.keys[i] = packPair[V](f, int(e)), uint64(i)
	}
	b.sortFrom(b.keys, 0)
	for i, key := range b.keys {
		at := b.place(key)
		edges[i], arcs[i].worth = b.edge[at], b.worth[at]
	}
}

// grow makes room for n edges.
func (b *byWorth[V]) grow(n int) {
	if cap(b.keys) < n {
		b.worth, b.edge, b.keys = make([]V, 2*n), make([]int32, 2*n), make([]uint64, 2*n)
	}
	b.worth, b.edge, b.keys = b.worth[:n], b.edge[:n], b.keys[:n]
}

// place is the place in the list that a key is made of.
func (b *byWorth[V]) place(key uint64) int { return int(key & (1<<b.shift - 1)) }

// sortFrom sorts the keys of edges that are equal in all words before word k; their places increase.
func (b *byWorth[V]) sortFrom(keys []uint64, k int) {
	least, most := int64(math.MaxInt64), int64(math.MinInt64)
	for _, key := range keys {
		w := b.worth[b.place(key)][k]
		least, most = min(least, w), max(most, w)
	}
	if most-least >= 1<<(63-b.shift) {
		slices.SortFunc(keys, func(x, y uint64) int { return b.compare(b.place(x), b.place(y)) })
		return
	}
	for i, key := range keys {
		at := b.place(key)
		keys[i] = uint64(most-b.worth[at][k])<<b.shift | uint64(at)
	}
	if most > least {
		sortKeys(keys)
	}
	if k+1 == b.words {
		return
	}
	for i := 0; i < len(keys); {
		end := i + 1
		for end < len(keys) && keys[end]>>b.shift == keys[i]>>b.shift {
			end++
		}
		if end > i+1 {
			b.sortFrom(keys[i:end], k+1)
		}
		i = end
	}
}

// sortKeys sorts short lists, such as most people's, by insertion.
func sortKeys(keys []uint64) {
	if len(keys) > 40 {
		slices.Sort(keys)
		return
	}
	for i := 1; i < len(keys); i++ {
		key, at := keys[i], i
		for ; at > 0 && keys[at-1] > key; at-- {
			keys[at] = keys[at-1]
		}
		keys[at] = key
	}
}

// compare orders the edges at places x and y.
func (b *byWorth[V]) compare(x, y int) int {
	switch {
	case less(b.worth[y], b.worth[x]):
		return -1
	case less(b.worth[x], b.worth[y]):
		return 1
	}
	return x - y
}
