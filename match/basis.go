package match

import (
	"math"
	"slices"
)

// never is the time of what never happens.
const never = math.MaxInt32

// filled tells for each edge e the smallest time t for which those of the same person's better edges whose times are
// up to t fill a cap of e; never, if they fill none, and -never for edges under a cap that takes nothing.
//
// For each person it keeps a basis of the better edges, taken by earliest time: nested caps form a matroid, so this
// greedy choice fills every cap as early as any choice does. An edge that full caps keep out takes the place of the
// latest edge on the innermost of them, if that one is later.
func (f *Preferences) filled(time []int32) []int32 {
	filled := slices.Repeat([]int32{never}, len(time))
	if len(f.p.Classes) == 0 {
		f.filledTotals(time, filled)
		return filled
	}
	b := basis{p: f.p, side: f.side, time: time, onCap: make([]int32, f.p.NumCaps())}
	for i := range len(f.Start) - 1 {
		for _, e := range f.Edge[f.Start[i]:f.Start[i+1]] {
			t, out := b.full(e)
			filled[e] = t
			switch {
			case time[e] == never: // it never comes, so it fills nothing
			case t == never:
				b.put(e)
			case t != -never && time[e] < time[b.edges[out]]:
				b.take(out)
				b.put(e)
			}
		}
		b.clear()
	}
	return filled
}

// filledTotals does what filled does where there are only totals: one that takes n pairs is full at the n-th earliest
// of their times.
func (f *Preferences) filledTotals(time, filled []int32) {
	var earliest []int32 // as many as the total takes, increasing
	for i := range len(f.Start) - 1 {
		own := f.Edge[f.Start[i]:f.Start[i+1]]
		if len(own) == 0 {
			continue
		}
		most := int(f.p.Max[f.p.Leaf(f.side, int(own[0]))])
		earliest = earliest[:0]
		for _, e := range own {
			switch {
			case most == 0:
				filled[e] = -never
				continue
			case len(earliest) == most:
				filled[e] = earliest[most-1]
			}
			if time[e] >= filled[e] {
				continue
			}
			if len(earliest) < most {
				earliest = append(earliest, 0)
			}
			at := len(earliest) - 1
			for ; at > 0 && earliest[at-1] > time[e]; at-- {
				earliest[at] = earliest[at-1]
			}
			earliest[at] = time[e]
		}
	}
}

// A basis is a set of one person's edges that fits all caps.
type basis struct {
	p     *Problem
	side  Side
	time  []int32
	edges []int32 // by time
	onCap []int32 // how many of them are on each cap
}

// full finds the caps of edge e that are full: the earliest time at which one was, and the place of the latest edge on
// the innermost of them. It returns never if none is full.
func (b *basis) full(e int32) (t int32, innermost int) {
	t, innermost = never, -1
	for c := b.p.Leaf(b.side, int(e)); c >= 0; c = b.p.Parent(c) {
		if b.onCap[c] < b.p.Max[c] {
			continue
		}
		if b.onCap[c] == 0 {
			return -never, -1
		}
		at := len(b.edges) - 1
		for b.p.Parent(c) >= 0 && !b.p.counts(b.side, b.edges[at], c) {
			at--
		}
		if innermost < 0 {
			innermost = at
		}
		t = min(t, b.time[b.edges[at]])
	}
	return t, innermost
}

func (b *basis) put(e int32) {
	at := len(b.edges)
	b.edges = append(b.edges, e)
	for ; at > 0 && b.time[b.edges[at-1]] > b.time[e]; at-- {
		b.edges[at] = b.edges[at-1]
	}
	b.edges[at] = e
	b.p.count(b.side, b.onCap, e, +1)
}

func (b *basis) take(at int) {
	b.p.count(b.side, b.onCap, b.edges[at], -1)
	b.edges = append(b.edges[:at], b.edges[at+1:]...)
}

func (b *basis) clear() {
	for _, e := range b.edges {
		b.p.count(b.side, b.onCap, e, -1)
	}
	b.edges = b.edges[:0]
}

// counts says whether edge e counts on cap c of side s.
func (p *Problem) counts(s Side, e, c int32) bool {
	for at := p.Leaf(s, int(e)); at >= 0; at = p.Parent(at) {
		if at == c {
			return true
		}
	}
	return false
}

// count adds by to every cap of edge e on side s.
func (p *Problem) count(s Side, onCap []int32, e, by int32) {
	for c := p.Leaf(s, int(e)); c >= 0; c = p.Parent(c) {
		onCap[c] += by
	}
}
