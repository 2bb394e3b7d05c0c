package equity

// What is not shown must not follow from what is. The attacker imagined here knows every shown cell, how many people
// got each combination of outcomes in all, and that counts are whole and not negative. What the attacker cannot know is
// told apart by worlds: if there are two ways in which everything known could have come about, and a hidden cell
// differs between them by w, then nobody can narrow the cell down to fewer than w. (That something is hidden tells
// whoever knows the rules that some count is small. No rule that can be known avoids this.)
//
// Such worlds are made by letting people who got the same shown outcomes exchange their groups. Nothing shown changes,
// but a hidden outcome moves with the person. Inside a row of several groups everybody may be exchanged, so the sizes
// decide alone (isLarge).

// isHidden says whether each cell of each outcome that is not shown is left open by least people, or by as many as
// totals and sizes of groups leave it anyway. It takes O(N) for each outcome.
func (t *tally) isHidden(p *plan) bool {
	class, classes := t.alike(p.shown)
	row := t.rowOf(p)
	for o := range t.cohort.outcomes {
		for _, hidden := range [...]int{asked(o), got(o), missed(o)} {
			if t.isShown(hidden, p.shown) {
				continue
			}
			widths := t.widths(hidden, len(p.rows), row, class, classes)
			anyway := t.widths(hidden, len(p.rows), row, make([]int, len(row)), 1)
			for r := range p.rows {
				if widths[r] < min(t.least, anyway[r]) {
					return false
				}
			}
		}
	}
	return true
}

// alike puts people into classes by what they got of the shown outcomes.
func (t *tally) alike(shown []int) (class []int, classes int) {
	class, classes = make([]int, len(t.of)), 1
	for _, o := range shown {
		number := map[[3]int]int{}
		for i := range class {
			key := [3]int{class[i], 0, 0}
			if t.sets[asked(o)].has[i] {
				key[1] = 1
			}
			if t.sets[got(o)].has[i] {
				key[2] = 1
			}
			if _, known := number[key]; !known {
				number[key] = len(number)
			}
			class[i] = number[key]
		}
		classes = len(number)
	}
	return class, classes
}

func (t *tally) rowOf(p *plan) []int {
	rowOfGroup := make([]int, len(t.names))
	for r, row := range p.rows {
		for _, group := range row {
			rowOfGroup[group] = r
		}
	}
	row := make([]int, len(t.of))
	for i, group := range t.of {
		row[i] = rowOfGroup[group]
	}
	return row
}

// isShown says whether a set is one of those whose cells are shown.
func (t *tally) isShown(set int, shown []int) bool {
	if t.sets[set].total == t.sets[everybody].total || t.sets[set].total == 0 {
		return true
	}
	for _, o := range shown {
		for _, s := range [...]int{asked(o), got(o), missed(o)} {
			if t.within[set][s] && t.within[s][set] {
				return true
			}
		}
	}
	return false
}

// widths tells for each row between how many numbers its cell of a set is left open when people of one class exchange
// their rows: of n people in a class, of whom r are in the row and s in the set, the row can have between
// max(0, r+s-n) and min(r, s) of the set.
func (t *tally) widths(set, rows int, row, class []int, classes int) []int {
	n, s := make([]int, classes), make([]int, classes)
	r := make([][]int, classes)
	for c := range r {
		r[c] = make([]int, rows)
	}
	for i, c := range class {
		n[c]++
		r[c][row[i]]++
		if t.sets[set].has[i] {
			s[c]++
		}
	}
	widths := make([]int, rows)
	for c := range classes {
		for at := range rows {
			widths[at] += min(r[c][at], s[c], n[c]-r[c][at], n[c]-s[c])
		}
	}
	return widths
}

// loadsMayBeShown says whether the average numbers of mentees and of places may be shown: each is made of enough
// people, and the hidden cells stay open although these sums are known too. The worlds are others here: one person more
// of a row gets something, one fewer of another row, and the loads of the rest make up for it within what anybody has.
func (t *tally) loadsMayBeShown(p *plan) bool {
	for _, row := range p.rows {
		if t.people(everybody, row) < max(t.least, LeastForRate) {
			return false
		}
	}
	rows := t.loadsOf(p)
	for o := range t.cohort.outcomes {
		if t.isAlike(o) || t.isShown(got(o), p.shown) {
			continue
		}
		change := exchange{idle: -1}
		if t.cohort.outcomes[o].Measure == Busy {
			change = exchange{busy: 1}
		}
		anyway := t.widths(got(o), len(p.rows), t.rowOf(p), make([]int, len(t.of)), 1)
		for r := range rows {
			width := 0
			for other := range rows {
				if other != r {
					width = max(width, rows[r].exchanges(rows[other], change)+rows[other].exchanges(rows[r], change))
				}
			}
			if width < min(t.least, anyway[r]) {
				return false
			}
		}
	}
	return true
}

// Loads are what is known of a row of mentors: how many they are, how many mentees and places they have together, how
// many of them have no mentee, and how many have more than most.
type loads struct {
	people, mentees, places, idle, busy int
	most, usual                         int // mentees of any mentor; of one who is not busy
}

// An exchange adds to the numbers of idle and of busy people of one row, and takes from those of another.
type exchange struct{ idle, busy int }

// loadsOf counts the loads of all rows.
func (t *tally) loadsOf(p *plan) []loads {
	usual, most := median(t.cohort.loads), 0
	for _, load := range t.cohort.loads {
		most = max(most, load)
	}
	if usual == 0 {
		usual = most // whoever has a mentee is busy then, and it is one outcome
	}
	rows := make([]loads, len(p.rows))
	for i, r := range t.rowOf(p) {
		at := &rows[r]
		at.most, at.usual = most, usual
		at.people++
		at.mentees += t.cohort.loads[i]
		at.places += t.cohort.places[i]
		switch load := t.cohort.loads[i]; {
		case load == 0:
			at.idle++
		case load > usual:
			at.busy++
		}
	}
	return rows
}

// exchanges counts how often a change can be made between two rows, one after the other, with the sums as they are.
func (l loads) exchanges(other loads, by exchange) int {
	for n := 0; ; n++ {
		l.idle, l.busy = l.idle+by.idle, l.busy+by.busy
		other.idle, other.busy = other.idle-by.idle, other.busy-by.busy
		if !l.isPossible() || !other.isPossible() {
			return n
		}
	}
}

// isPossible says whether people can have loads that make these numbers. Everybody has a place, so who is idle leaves
// one free.
func (l loads) isPossible() bool {
	some := l.people - l.idle - l.busy
	return l.idle >= 0 && l.busy >= 0 && some >= 0 && l.idle <= l.places-l.mentees &&
		some+(l.usual+1)*l.busy <= l.mentees && l.mentees <= l.usual*some+l.most*l.busy
}
