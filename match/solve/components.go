package solve

// A tie is a tight arc between two numbered places.
type tie struct {
	from, to int32
	pair     bool // it leads across a pair
}

// components numbers the strongly connected components of places, beginning with 1, and returns that of each place. No
// tie leads from a component to one with a greater number. Of the components that have no ties between them, those come
// first to which place 0 leads. It takes time for the places and ties (Tarjan 1972), with a stack of its own, since a
// path may be as long as there are people.
func components(places int, ties []tie) []int32 {
	start := make([]int32, places+1)
	for _, t := range ties {
		start[t.from+1]++
	}
	for v := range places {
		start[v+1] += start[v]
	}
	leads, next := make([]int32, len(ties)), append([]int32(nil), start...)
	for _, t := range ties {
		leads[next[t.from]] = t.to
		next[t.from]++
	}
	t := tarjan{start: start, leads: leads, at: append([]int32(nil), start...), component: make([]int32, places), order: make([]int32, places), low: make([]int32, places)}
	for v := range int32(places) {
		if t.order[v] == 0 {
			t.from(v)
		}
	}
	return t.component
}

// A tarjan is a search for strongly connected components.
type tarjan struct {
	start, leads []int32 // leads[start[v]:start[v+1]] are the places that v leads to
	at           []int32 // the next of them to follow
	component    []int32 // 0: not known yet
	order        []int32 // when a place was first met, from 1; 0: not yet
	low          []int32 // the earliest place it leads back to
	path, open   []int32
	met, found   int32
}

func (t *tarjan) meet(v int32) {
	t.met++
	t.order[v], t.low[v] = t.met, t.met
	t.path, t.open = append(t.path, v), append(t.open, v)
}

// from numbers the components of all places that root leads to.
func (t *tarjan) from(root int32) {
	t.meet(root)
	for len(t.path) > 0 {
		v := t.path[len(t.path)-1]
		if t.at[v] < t.start[v+1] {
			w := t.leads[t.at[v]]
			t.at[v]++
			if t.order[w] == 0 {
				t.meet(w)
			} else if t.component[w] == 0 {
				t.low[v] = min(t.low[v], t.order[w])
			}
			continue
		}
		t.path = t.path[:len(t.path)-1]
		if len(t.path) > 0 {
			up := t.path[len(t.path)-1]
			t.low[up] = min(t.low[up], t.low[v])
		}
		if t.low[v] == t.order[v] {
			t.close(v)
		}
	}
}

// close takes the component of which v was met first from the open ones.
func (t *tarjan) close(v int32) {
	t.found++
	for done := false; !done; {
		w := t.open[len(t.open)-1]
		t.open = t.open[:len(t.open)-1]
		t.component[w] = t.found
		done = w == v
	}
}
