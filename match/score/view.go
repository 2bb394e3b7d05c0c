package score

import (
	"cmp"
	"math/bits"
	"slices"
)

// A view is a kernel as the people of one side look at those of the other. These are its columns; they stand in an
// order in which those lie together who are alike for all tables, and a tree over them tells in a few look-ups what a
// whole branch can be worth. How they are looked at changes how long it takes, and never what is found.
type view struct {
	*kernel
	side    int      // who looks
	tables  []*table // those first that tell the most for their size
	lenses  []lens
	columns []int32    // those who are looked at
	place   []int32    // per person of the other side, the place among the columns, or -1
	codes   [][]uint16 // per table and column, the class
	depth   int        // of the tree, in tables
	nodes   []node
	order   [][]int32 // per class of the first table, the main branches, those first that bring it the most
	first   int       // the lens of the first step, which also takes in the two tables after the tree; or -1
	steps   []step    // all others, those first that tell the most for what they cost
}

// A step takes in one more table or one more lens; the other number is -1.
type step struct{ table, lens int }

// A node is a branch of columns that are of one class in the table of its depth, and in those before.
type node struct {
	class    uint16
	depth    uint8
	leaf     bool  // the columns are looked at one by one
	from, to int32 // columns
	next     int32 // the node after the branch
}

// newView looks from a side at the people of the other side who are open; nil: all are.
func newView(k *kernel, side int, open []bool) *view {
	v := &view{kernel: k, side: side, first: -1, place: slices.Repeat([]int32{-1}, k.people[1-side])}
	v.tables = inOrder(k.tables, side)
	for j := range int32(k.people[1-side]) {
		if open == nil || open[j] {
			v.columns = append(v.columns, j)
		}
	}
	slices.SortFunc(v.columns, func(a, b int32) int {
		for _, t := range v.tables {
			if d := cmp.Compare(t.classes[1-side].of[a], t.classes[1-side].of[b]); d != 0 {
				return d
			}
		}
		return cmp.Compare(a, b)
	})
	for c, j := range v.columns {
		v.place[j] = int32(c)
	}
	for _, t := range v.tables {
		codes := make([]uint16, len(v.columns))
		for c, j := range v.columns {
			codes[c] = uint16(t.classes[1-side].of[j])
		}
		v.codes = append(v.codes, codes)
	}
	for _, g := range k.gauges {
		v.lenses = append(v.lenses, newLens(g, side, v.columns))
	}
	v.depth = v.levels()
	if v.depth > 0 {
		v.grow(0, int32(len(v.columns)), 0)
		v.orderBranches()
	}
	v.plan()
	return v
}

// plan puts the steps in order.
func (v *view) plan() {
	telling := make([]int64, len(v.lenses))
	for k := range v.lenses {
		telling[k] = v.telling(k)
		if v.lenses[k].isQuick() && v.depth+2 <= len(v.tables) && (v.first < 0 || telling[k] > telling[v.first]) {
			v.first = k
		}
	}
	tables := v.depth
	if v.first >= 0 {
		tables += 2
	}
	worth := map[step]int64{}
	add := func(s step, telling, cost int64) {
		worth[s] = telling / cost
		v.steps = append(v.steps, s)
	}
	for d := tables; d < len(v.tables); d++ {
		add(step{d, -1}, v.tables[d].telling(v.side), 1)
	}
	for k := range v.lenses {
		if k != v.first {
			add(step{-1, k}, telling[k], v.lenses[k].cost())
		}
	}
	slices.SortStableFunc(v.steps, func(a, b step) int { return cmp.Compare(worth[b], worth[a]) })
}

// sampleSize is how many people of either side are tried to see how much a gauge tells.
const sampleSize = 48

// telling is what [table.telling] says of tables, estimated for a lens by a sample.
func (v *view) telling(k int) int64 {
	l := v.lenses[k].copy()
	people := v.people[v.side]
	total, pairs := int64(0), int64(1)
	for at := 0; at < people; at += max(1, people/sampleSize) {
		top := l.gauge.tops[v.side][at]
		if top == barred {
			continue
		}
		l.face(int32(at))
		for c := 0; c < len(v.columns); c += max(1, len(v.columns)/sampleSize) {
			pairs++
			if brings := l.brings(int32(c)); brings == barred {
				total += barCounts
			} else {
				total += int64(top - brings)
			}
		}
	}
	return total / pairs
}

// levels is how many tables the tree tells apart: so many that its branches hold enough columns on the average.
func (v *view) levels() int {
	branch := make([]int32, len(v.columns)) // per column, the number of its branch by the tables so far
	for d, codes := range v.codes {
		n := int32(0)
		finer := make([]int32, len(branch))
		for c := range branch {
			if c > 0 && (branch[c] != branch[c-1] || codes[c] != codes[c-1]) {
				n++
			}
			finer[c] = n
		}
		if (int(n)+1)*v.forms.branch > len(v.columns) {
			return d
		}
		branch = finer
	}
	return len(v.codes)
}

// grow adds the branches of these columns, which are alike in the tables before depth.
func (v *view) grow(from, to int32, depth int) {
	codes := v.codes[depth]
	for from < to {
		class, end := codes[from], from+1
		for end < to && codes[end] == class {
			end++
		}
		at := len(v.nodes)
		leaf := depth+1 == v.depth
		v.nodes = append(v.nodes, node{class: class, depth: uint8(depth), from: from, to: end, leaf: leaf})
		if !leaf {
			v.grow(from, end, depth+1)
		}
		v.nodes[at].next = int32(len(v.nodes))
		from = end
	}
}

// orderBranches lets everybody begin with the branches that promise the most: what is found there is a floor for the
// rest.
func (v *view) orderBranches() {
	var main []int32
	for n := int32(0); n < int32(len(v.nodes)); n = v.nodes[n].next {
		main = append(main, n)
	}
	t := v.tables[0]
	if len(main)*len(t.classes[v.side].example) > quickest.entries {
		v.order = slices.Repeat([][]int32{main}, len(t.classes[v.side].example)) // sorting would take longer than it spares
		return
	}
	for _, person := range t.classes[v.side].example {
		row := t.row(v.side, person)
		v.order = append(v.order, slices.SortedStableFunc(slices.Values(main), func(a, b int32) int {
			return cmp.Compare(row[v.nodes[b].class], row[v.nodes[a].class])
		}))
	}
}

// inOrder puts those tables first that tell a side the most for the number of branches they make.
func inOrder(tables []*table, side int) []*table {
	telling := map[*table]int64{}
	for _, t := range tables {
		telling[t] = t.telling(side) / int64(1+bits.Len(uint(len(t.classes[1-side].example))))
	}
	return slices.SortedStableFunc(slices.Values(tables), func(a, b *table) int { return cmp.Compare(telling[b], telling[a]) })
}
