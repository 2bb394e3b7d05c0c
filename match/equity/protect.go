package equity

import "slices"

// A tally counts a cohort by the groups of one characteristic. It decides what of the counts may be shown: which groups
// have a row, and which outcomes have cells in it. A cell is safe if it counts enough people, or nobody; nobody is safe
// only where the characteristic is not sensitive, because "none of this group has a mentor" speaks of every one of
// them.
//
// Groups that are too small share one row, and whatever can be taken from shown cells by subtraction must be safe as
// if it were shown. That the cells of an outcome without any cannot be narrowed down either is checked in bound.go.
type tally struct {
	groups
	cohort    *cohort
	least     int
	sensitive bool

	sets   []set
	within [][]bool // of two sets, whether one lies within the other
}

// A set is some people of the cohort.
type set struct {
	has   []bool
	total int
	in    []int // how many of each group
}

// Of each outcome there are three sets; before those of the first comes everybody.
const everybody = 0

func asked(outcome int) int  { return 1 + 3*outcome }
func got(outcome int) int    { return 2 + 3*outcome }
func missed(outcome int) int { return 3 + 3*outcome }

// A plan is what will be shown of a tally.
type plan struct {
	rows   [][]int // the groups in each
	pooled bool    // the last row holds several groups
	shown  []int   // the outcomes with cells
}

func newTally(people *cohort, g groups, c *Characteristic, least int) *tally {
	t := &tally{groups: g, cohort: people, least: least, sensitive: c.Sensitive}
	t.count(func(int) bool { return true })
	for _, o := range people.outcomes {
		t.count(func(i int) bool { return o.asked[i] })
		t.count(func(i int) bool { return o.got[i] })
		t.count(func(i int) bool { return o.asked[i] && !o.got[i] })
	}
	for a := range t.sets {
		t.within = append(t.within, make([]bool, len(t.sets)))
		for b := range t.sets {
			t.within[a][b] = t.isWithin(a, b)
		}
	}
	return t
}

func (t *tally) count(belongs func(i int) bool) {
	s := set{has: make([]bool, len(t.of)), in: make([]int, len(t.names))}
	for i, group := range t.of {
		if belongs(i) {
			s.has[i] = true
			s.total++
			s.in[group]++
		}
	}
	t.sets = append(t.sets, s)
}

func (t *tally) isWithin(a, b int) bool {
	for i, has := range t.sets[a].has {
		if has && !t.sets[b].has[i] {
			return false
		}
	}
	return true
}

// people counts those of a set in a row.
func (t *tally) people(set int, row []int) int {
	n := 0
	for _, group := range row {
		n += t.sets[set].in[group]
	}
	return n
}

// isAlike says whether an outcome is the same for everybody who was asked, so that there is nothing to compare.
func (t *tally) isAlike(outcome int) bool {
	return t.sets[got(outcome)].total == 0 || t.sets[missed(outcome)].total == 0
}

// telling counts the outcomes of which the totals leave it open that there are two rows to compare.
func (t *tally) telling() int {
	least := t.least
	if t.sensitive {
		least *= 2 // in every row
	}
	n := 0
	for o := range t.cohort.outcomes {
		if t.sets[got(o)].total >= least && t.sets[missed(o)].total >= least {
			n++
		}
	}
	return n
}

// plan decides what to show: the rows that let the first outcome be shown for which there are any, then every further
// outcome that is safe beside it, in their order. It returns false when nothing may be shown.
func (t *tally) plan() (plan, bool) {
	for lead := range t.cohort.outcomes {
		if t.isAlike(lead) {
			continue
		}
		p, ok := t.rowsFor(lead)
		if !ok {
			continue
		}
		for o := range t.cohort.outcomes {
			if wider := append(p.shown[:len(p.shown):len(p.shown)], o); o > lead && !t.isAlike(o) && t.isSafe(p.rows, wider) {
				p.shown = wider
			}
		}
		for len(p.shown) > 0 && !t.isHidden(&p) {
			p.shown = p.shown[:len(p.shown)-1]
		}
		if len(p.shown) > 0 {
			return p, true
		}
	}
	return plan{}, false
}

// rowsFor finds rows in which an outcome is safe: one for every group that is large enough, and one for the others
// together, to which some of the former go until it is large enough too.
func (t *tally) rowsFor(outcome int) (plan, bool) {
	p := plan{shown: []int{outcome}}
	var together []int
	for group := range t.names {
		if row := []int{group}; t.isLarge(row) && t.isSafe([][]int{row}, p.shown) {
			p.rows = append(p.rows, row)
		} else {
			together = append(together, group)
		}
	}
	for len(together) > 0 && !(t.isLarge(together) && t.isSafe([][]int{together}, p.shown)) {
		if len(p.rows) == 0 {
			return plan{}, false
		}
		at := t.cheapest(p.rows, together, outcome)
		together = append(together, p.rows[at][0])
		p.rows = append(p.rows[:at], p.rows[at+1:]...)
	}
	if len(together) > 0 {
		p.rows, p.pooled = append(p.rows, together), true
	}
	return p, len(p.rows) > 1
}

// cheapest is the row that shall go to the groups together: of those that are enough, the one with the smallest cell, so
// that great differences stay in sight; if none is enough, the one with the fewest people.
func (t *tally) cheapest(rows [][]int, together []int, outcome int) int {
	cost := func(row []int) [3]int {
		people, cell := t.people(everybody, row), min(t.people(got(outcome), row), t.people(missed(outcome), row))
		if wider := slices.Concat(together, row); t.isLarge(wider) && t.isSafe([][]int{wider}, []int{outcome}) {
			return [3]int{0, cell, people}
		}
		return [3]int{1, people, cell}
	}
	best := 0
	for i := range rows {
		a, b := cost(rows[i]), cost(rows[best])
		if slices.Compare(a[:], b[:]) < 0 {
			best = i
		}
	}
	return best
}

// isLarge says whether a row has enough people. One for several groups, each of which has somebody, must leave it open
// within as many people how large each of them is.
func (t *tally) isLarge(row []int) bool {
	n := t.people(everybody, row)
	if len(row) > 1 {
		n -= len(row)
	}
	return n >= t.least
}

// isSafe says whether the cells of these outcomes may be shown in these rows, with all that follows from them by
// subtraction: where one set of people lies within another, the rest of the larger one is as good as shown.
func (t *tally) isSafe(rows [][]int, outcomes []int) bool {
	known := []int{everybody}
	for _, o := range outcomes {
		known = append(known, asked(o), got(o), missed(o))
	}
	for _, b := range known {
		for _, a := range known {
			if !t.within[a][b] || t.sets[a].total == t.sets[b].total {
				continue
			}
			for _, row := range rows {
				if n := t.people(b, row) - t.people(a, row); n < t.least && (n > 0 || t.sensitive) {
					return false
				}
			}
		}
	}
	return true
}
