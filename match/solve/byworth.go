package solve

import (
	"math"
	"math/bits"
	"slices"
)

// byWorth sorts edges, the most worth first and equals by number. It compares whole numbers made of the first word and
// the place in the list, which is faster than comparing vectors; only equal first words are compared further.
type byWorth[V vec] struct {
	worth []V
	edge  []int32
	keys  []uint64
}

// sort sorts edges, which come in increasing order, and tells the arcs what they are worth.
func (b *byWorth[V]) sort(f *packing, edges []int32, arcs []arc[V]) {
	if len(edges) == 0 {
		return
	}
	b.grow(len(edges))
	copy(b.edge, edges)
	least, most := int64(math.MaxInt64), int64(math.MinInt64)
	for i, e := range edges {
		w := packPair[V](f, int(e))
		b.worth[i] = w
		least, most = min(least, w[0]), max(most, w[0])
	}
	shift := uint(bits.Len64(uint64(len(edges) - 1)))
	if most-least >= 1<<(63-shift) {
		slices.SortFunc(b.edge, func(x, y int32) int {
			return b.compare(at(edges, x), at(edges, y))
		})
		for i, e := range b.edge {
			arcs[i].worth = b.worth[at(edges, e)]
		}
		copy(edges, b.edge)
		return
	}
	for i := range b.keys {
		b.keys[i] = uint64(most-b.worth[i][0])<<shift | uint64(i)
	}
	sortKeys(b.keys)
	place := func(key uint64) int { return int(key & (1<<shift - 1)) }
	for i := 0; i < len(b.keys); {
		end := i + 1
		for end < len(b.keys) && b.keys[end]>>shift == b.keys[i]>>shift {
			end++
		}
		if end > i+1 && f.words > 1 {
			slices.SortFunc(b.keys[i:end], func(x, y uint64) int { return b.compare(place(x), place(y)) })
		}
		for ; i < end; i++ {
			edges[i], arcs[i].worth = b.edge[place(b.keys[i])], b.worth[place(b.keys[i])]
		}
	}
}

// grow makes room for n edges.
func (b *byWorth[V]) grow(n int) {
	if cap(b.keys) < n {
		b.worth, b.edge, b.keys = make([]V, 2*n), make([]int32, 2*n), make([]uint64, 2*n)
	}
	b.worth, b.edge, b.keys = b.worth[:n], b.edge[:n], b.keys[:n]
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

// at is the place of edge e in an increasing list.
func at(edges []int32, e int32) int {
	i, _ := slices.BinarySearch(edges, e)
	return i
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
