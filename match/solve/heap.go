package solve

// A heap gives the nearest entry first. Entries are not moved when a node comes nearer: the node is pushed again, and
// its older entry passed over.
type heap[V vec] []entry[V]

type entry[V vec] struct {
	dist V
	node int32
}

const heapWidth = 4

func (h *heap[V]) push(x entry[V]) {
	*h = append(*h, x)
	all := *h
	at := len(all) - 1
	for at > 0 {
		up := (at - 1) / heapWidth
		if !less(x.dist, all[up].dist) {
			break
		}
		all[at] = all[up]
		at = up
	}
	all[at] = x
}

func (h *heap[V]) pop() entry[V] {
	all := *h
	top, x := all[0], all[len(all)-1]
	all = all[:len(all)-1]
	*h = all
	at := 0
	for first := 1; first < len(all); first = heapWidth*at + 1 {
		least := first
		for c := first + 1; c < min(first+heapWidth, len(all)); c++ {
			if less(all[c].dist, all[least].dist) {
				least = c
			}
		}
		if !less(all[least].dist, x.dist) {
			break
		}
		all[at] = all[least]
		at = least
	}
	if len(all) > 0 {
		all[at] = x
	}
	return top
}
