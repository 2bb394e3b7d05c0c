package score

import (
	"cmp"
	"math"
	"slices"
)

// A table holds what each class of mentees brings with each class of mentors, by one criterion or several.
type table struct {
	classes [2]classes
	worth   [2][]int32 // by the class of a side and then by that of the other, once for either side
	top     [2][]int32 // per class of a side, the most that it brings with anybody; barred if it may be with nobody
}

func newTable(classes [2]classes, c *criterion) *table {
	t := &table{classes: classes}
	entries := make([]int32, 0, len(classes[0].example)*len(classes[1].example))
	for _, i := range classes[0].example {
		for _, j := range classes[1].example {
			entries = append(entries, c.value(int(i), int(j)))
		}
	}
	t.fill(entries)
	return t
}

// fill writes the entries both ways round.
func (t *table) fill(entries []int32) {
	mentees, mentors := len(t.classes[0].example), len(t.classes[1].example)
	t.worth = [2][]int32{entries, make([]int32, len(entries))}
	t.top = [2][]int32{slices.Repeat([]int32{barred}, mentees), slices.Repeat([]int32{barred}, mentors)}
	for a := range mentees {
		for b := range mentors {
			worth := entries[a*mentors+b]
			t.worth[1][b*mentees+a] = worth
			t.top[0][a], t.top[1][b] = max(t.top[0][a], worth), max(t.top[1][b], worth)
		}
	}
}

// telling says how much less than the most a person of a side gets from the table on the average, and so how early it
// tells good partners from bad ones. A bar counts like the greatest difference that there is.
func (t *table) telling(side int) int64 {
	var sizes [2][]int64
	for side, classes := range t.classes {
		sizes[side] = make([]int64, len(classes.example))
		for _, class := range classes.of {
			sizes[side][class]++
		}
	}
	n := len(sizes[1-side])
	least := int32(math.MaxInt32)
	for _, worth := range t.worth[side] {
		if worth != barred {
			least = min(least, worth)
		}
	}
	total, pairs := int64(0), int64(0)
	for a, top := range t.top[side] {
		for b, worth := range t.worth[side][a*n:][:n] {
			count := sizes[side][a] * sizes[1-side][b]
			pairs += count
			switch {
			case top == barred:
			case worth == barred:
				total += (int64(top-least) + barCounts) * count
			default:
				total += int64(top-worth) * count
			}
		}
	}
	return total / max(pairs, 1)
}

// barCounts is what a bar counts besides when tables are compared by how much they tell.
const barCounts = 100

func (t *table) size() int { return len(t.worth[0]) }

// row is what a person of a side brings with each class of the other side.
func (t *table) row(side int, person int32) []int32 {
	n := len(t.classes[1-side].example)
	at := int(t.classes[side].of[person]) * n
	return t.worth[side][at : at+n]
}

// mergeTables makes one table of several as long as that stays small, the smallest first.
func mergeTables(tables []*table, f forms) []*table {
	tables = slices.Clone(tables)
	for {
		slices.SortStableFunc(tables, func(a, b *table) int { return cmp.Compare(a.size(), b.size()) })
		if len(tables) < 2 {
			break
		}
		merged := merge(tables[0], tables[1], f)
		if merged == nil {
			break
		}
		tables = append(tables[2:], merged)
	}
	return tables
}

// merge makes one table of two, or none if it would be large.
func merge(a, b *table, f forms) *table {
	var joint [2]classes
	for side := range joint {
		joint[side] = a.classes[side].split(b.classes[side].of, len(b.classes[side].example))
		if n := len(joint[side].example); n > f.classes {
			return nil
		}
	}
	if len(joint[0].example)*len(joint[1].example) > f.merged {
		return nil
	}
	t := &table{classes: joint}
	entries := make([]int32, 0, len(joint[0].example)*len(joint[1].example))
	for _, i := range joint[0].example {
		mine, other := a.row(0, i), b.row(0, i)
		for _, j := range joint[1].example {
			entries = append(entries, sum(mine[a.classes[1].of[j]], other[b.classes[1].of[j]]))
		}
	}
	t.fill(entries)
	return t
}
