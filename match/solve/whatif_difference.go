package solve

import (
	"cmp"
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
)

// A difference says how a problem differs from the one before.
type difference struct {
	before, after *match.Problem
	why           string // why nothing can be concluded from before; "": it can

	caps  renumbering
	edges renumbering
	// Of after, and there before as well unless said otherwise:
	capacities []int32 // caps that take another number
	states     []int32 // edges that are pinned, forbidden or free otherwise
	changed    []int32 // edges in other classes, or that count otherwise; and new ones
	units      bool    // units on caps may count otherwise
}

// A renumbering tells the numbers of things in two problems.
type renumbering struct {
	same     bool    // all are the same in both
	from, to []int32 // unless same: per number after, the number before, and the other way round; -1: not there
}

// was is the number before of what has number i after, or -1.
func (r *renumbering) was(i int32) int32 {
	if r.same {
		return i
	}
	return r.from[i]
}

// is is the number after of what has number i before, or -1.
func (r *renumbering) is(i int32) int32 {
	if r.same {
		return i
	}
	return r.to[i]
}

// differences compares two problems. Columns that are the same slices are taken to hold the same.
func differences(before, after *match.Problem) *difference {
	d := &difference{before: before, after: after}
	if d.why = incomparable(before, after); d.why != "" {
		return d
	}
	if d.why = d.renumberCaps(); d.why != "" {
		return d
	}
	d.renumberEdges()
	d.compareCaps()
	d.compareEdges()
	if few := 100 + (after.NumCaps()+after.Edges.Len())/100; len(d.capacities)+len(d.states)+len(d.changed) > few {
		d.why = "more is different than can be changed one by one"
	}
	return d
}

// incomparable says what keeps the answer to before from telling anything about after.
func incomparable(before, after *match.Problem) string {
	switch {
	case before.Aim != after.Aim:
		return "the aim is another one"
	case before.HardMinimums != after.HardMinimums, !slices.EqualFunc(before.Goals, after.Goals, countAlike):
		return "the goals are others"
	case before.Lottery.Seed != after.Lottery.Seed:
		return "the lottery is another one"
	}
	return ""
}

// countAlike says whether two goals count the same but for the numbers that units count.
func countAlike(a, b match.Goal) bool {
	band := a.Band == b.Band || a.Band != nil && b.Band != nil && *a.Band == *b.Band
	return band && a.Pairs == b.Pairs && a.Column == b.Column && (len(a.Units) > 0) == (len(b.Units) > 0) &&
		a.Minimums == b.Minimums && a.Lottery == b.Lottery && a.Minimise == b.Minimise
}

// sameSlice says whether a and b hold the same; it looks only if they are not one and the same.
func sameSlice[T comparable](a, b []T) bool {
	if len(a) != len(b) || (a == nil) != (b == nil) {
		return false
	}
	return len(a) == 0 || &a[0] == &b[0] || slices.Equal(a, b)
}

// renumberCaps finds the caps of before in after. A person who is in both must have the same classes.
func (d *difference) renumberCaps() (why string) {
	b, a := d.before, d.after
	if d.caps.same = sameSlice(b.Mentees, a.Mentees) && sameSlice(b.Mentors, a.Mentors) && sameSlice(b.Classes, a.Classes); d.caps.same {
		return ""
	}
	d.caps.from, d.caps.to = fill(a.NumCaps()), fill(b.NumCaps())
	d.caps.join(b.Mentees, a.Mentees, 0, 0)
	d.caps.join(b.Mentors, a.Mentors, len(b.Mentees), len(a.Mentees))
	classes := map[int32][]int32{} // before, by parent
	totals := int32(len(b.Mentees) + len(b.Mentors))
	for i, class := range b.Classes {
		classes[class.Parent] = append(classes[class.Parent], totals+int32(i))
	}
	for i, class := range a.Classes {
		c := int32(len(a.Mentees)+len(a.Mentors)) + int32(i)
		up := d.caps.from[class.Parent]
		if up < 0 {
			continue
		}
		at := slices.IndexFunc(classes[up], func(k int32) bool { return b.Classes[k-totals].Name == class.Name })
		if at < 0 {
			return "somebody has other classes"
		}
		k := classes[up][at]
		classes[up] = slices.Delete(classes[up], at, at+1)
		d.caps.from[c], d.caps.to[k] = k, c
	}
	for up, left := range classes {
		if len(left) > 0 && d.caps.to[up] >= 0 {
			return "somebody has other classes"
		}
	}
	return ""
}

// fill is a list of so many -1.
func fill(n int) []int32 { return slices.Repeat([]int32{-1}, n) }

// join finds out which increasing names are in both lists; their numbers begin at fromBefore and fromAfter.
func (r *renumbering) join(before, after []string, fromBefore, fromAfter int) {
	for i, j := 0, 0; i < len(before) && j < len(after); {
		switch by := strings.Compare(before[i], after[j]); {
		case by < 0:
			i++
		case by > 0:
			j++
		default:
			r.to[fromBefore+i], r.from[fromAfter+j] = int32(fromAfter+j), int32(fromBefore+i)
			i, j = i+1, j+1
		}
	}
}

// renumberEdges finds the edges of before in after.
func (d *difference) renumberEdges() {
	b, a := &d.before.Edges, &d.after.Edges
	if d.edges.same = d.caps.same && sameSlice(b.Mentee, a.Mentee) && sameSlice(b.Mentor, a.Mentor) &&
		sameSlice(b.Purpose, a.Purpose) && sameSlice(d.before.Purposes, d.after.Purposes); d.edges.same {
		return
	}
	d.edges.from, d.edges.to = fill(a.Len()), fill(b.Len())
	for i, j := 0, 0; i < b.Len() && j < a.Len(); {
		switch by := d.order(i, j); {
		case by < 0:
			i++
		case by > 0:
			j++
		default:
			d.edges.to[i], d.edges.from[j] = int32(j), int32(i)
			i, j = i+1, j+1
		}
	}
}

// order says whether edge i of before comes before edge j of after, by mentee, mentor and purpose.
func (d *difference) order(i, j int) int {
	b, a := d.before, d.after
	return cmp.Or(
		strings.Compare(b.Mentees[b.Edges.Mentee[i]], a.Mentees[a.Edges.Mentee[j]]),
		strings.Compare(b.Mentors[b.Edges.Mentor[i]], a.Mentors[a.Edges.Mentor[j]]),
		strings.Compare(b.PurposeName(i), a.PurposeName(j)),
	)
}

// compareCaps finds caps that take another number, and whether units may count otherwise.
func (d *difference) compareCaps() {
	b, a := d.before, d.after
	if !d.caps.same || !sameSlice(b.Max, a.Max) {
		for c := range int32(a.NumCaps()) {
			if was := d.caps.was(c); was >= 0 && b.Max[was] != a.Max[c] {
				d.capacities = append(d.capacities, c)
			}
		}
	}
	d.units = !d.caps.same || !sameSlice(b.Min, a.Min) || !slices.EqualFunc(b.Goals, a.Goals, func(g, h match.Goal) bool {
		return slices.EqualFunc(g.Units, h.Units, func(x, y match.Reward) bool {
			return x.Of == y.Of && slices.Equal(x.Caps, y.Caps) && slices.Equal(x.Units, y.Units)
		})
	})
}

// compareEdges finds edges that differ.
func (d *difference) compareEdges() {
	b, a := d.before, d.after
	if !d.edges.same || !sameSlice(b.Edges.State, a.Edges.State) {
		for e := range a.Edges.Len() {
			if was := d.edges.was(int32(e)); was >= 0 && b.State(int(was)) != a.State(e) {
				d.states = append(d.states, int32(e))
			}
		}
	}
	columns := d.columns()
	leaves := !d.edges.same || !sameSlice(b.Edges.MenteeCap, a.Edges.MenteeCap) || !sameSlice(b.Edges.MentorCap, a.Edges.MentorCap)
	if len(columns) == 0 && !leaves {
		return
	}
	for e := range a.Edges.Len() {
		was := d.edges.was(int32(e))
		if was < 0 || leaves && d.isElsewhere(int(was), e) || slices.ContainsFunc(columns, func(c [2][]int32) bool { return c[0][was] != c[1][e] }) {
			d.changed = append(d.changed, int32(e))
		}
	}
}

// isElsewhere says whether edge was of before has other innermost caps as edge e of after.
func (d *difference) isElsewhere(was, e int) bool {
	for s := range match.Side(2) {
		if d.caps.is(d.before.Leaf(s, was)) != d.after.Leaf(s, e) {
			return true
		}
	}
	return false
}

// columns are those that goals count, before and after, unless they are known to hold the same.
func (d *difference) columns() [][2][]int32 {
	var columns [][2][]int32
	for _, g := range d.before.Goals {
		if g.Column == "" {
			continue
		}
		b, a := d.before.Column(g.Column), d.after.Column(g.Column)
		if b == nil || a == nil || d.edges.same && sameSlice(b, a) {
			continue // there is none only where there are no edges
		}
		columns = append(columns, [2][]int32{b, a})
	}
	return columns
}
