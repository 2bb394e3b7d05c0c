package score

import (
	"iter"
	"slices"
)

// A comparer is a comparison with the values of all people as numbers.
type comparer struct {
	rule           *Comparison
	mentee, mentor Field        // as written
	lists          [2][][]int32 // per side and person, the codes of the values in their order, each once
	sorted         [2][][]int32 // the same by size, for Common
	levels         [2][]int32   // for Gap; unknown when there is none
	longest        int          // no measure of these people is greater than this
}

const unknown = -1 << 31

// newComparer compiles a comparison. The codes of values are shared by all comparers of a scorer.
func newComparer(rule *Comparison, mentee, mentor Field, codes map[string]int32) comparer {
	c := comparer{rule: rule, mentee: mentee, mentor: mentor}
	for side, field := range [...]Field{mentee, mentor} {
		if rule.Measure == Gap {
			c.levels[side] = levelsOf(field, rule.Scale)
			continue
		}
		c.lists[side] = codesOf(field, codes)
		for _, list := range c.lists[side] {
			c.longest = max(c.longest, len(list))
			if rule.Measure == Common {
				list = slices.Clone(list)
				slices.Sort(list)
				c.sorted[side] = append(c.sorted[side], list)
			}
		}
	}
	if rule.Measure == Gap {
		c.longest = span(c.levels)
	}
	return c
}

func levelsOf(field Field, scale *Scale) []int32 {
	levels := make([]int32, len(field))
	for i, values := range field {
		levels[i] = unknown
		if len(values) > 0 {
			if level, ok := scale.Level(values[0]); ok {
				levels[i] = int32(level)
			}
		}
	}
	return levels
}

func codesOf(field Field, codes map[string]int32) [][]int32 {
	lists := make([][]int32, len(field))
	for i, values := range field {
		for _, value := range values {
			folded := Fold(value)
			if folded == "" {
				continue
			}
			code, known := codes[folded]
			if !known {
				code = int32(len(codes))
				codes[folded] = code
			}
			if !slices.Contains(lists[i], code) {
				lists[i] = append(lists[i], code)
			}
		}
	}
	return lists
}

// span is the greatest gap, of either sign, between known levels.
func span(levels [2][]int32) int {
	low, high := 0, 0
	first := true
	for _, side := range levels {
		for _, level := range side {
			if level == unknown {
				continue
			}
			if first {
				low, high, first = int(level), int(level), false
			}
			low, high = min(low, int(level)), max(high, int(level))
		}
	}
	return high - low
}

// measure compares mentee i with mentor j. It is unknown only for a gap between people without a level.
func (c *comparer) measure(i, j int) (measured int, known bool) {
	switch c.rule.Measure {
	case Gap:
		mentee, mentor := c.levels[0][i], c.levels[1][j]
		if mentee == unknown || mentor == unknown {
			return 0, false
		}
		return int(mentor) - int(mentee), true
	case PlaceWithMentee:
		return place(c.lists[1][j], c.lists[0][i]), true
	case PlaceWithMentor:
		return place(c.lists[0][i], c.lists[1][j]), true
	}
	return common(c.sorted[0][i], c.sorted[1][j]), true
}

// place is where the first value of one stands in list, from 1.
func place(one, list []int32) int {
	if len(one) == 0 {
		return 0
	}
	return slices.Index(list, one[0]) + 1
}

// common counts what two increasing lists share.
func common(a, b []int32) int {
	n := 0
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			n++
			a, b = a[1:], b[1:]
		}
	}
	return n
}

// shared gives what mentee i and mentor j have in common: the place in the mentee's list, from 1, and the words of
// the mentee.
func (c *comparer) shared(i, j int) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		var seen []string
		for _, value := range c.mentee[i] {
			folded := Fold(value)
			if folded == "" || slices.Contains(seen, folded) {
				continue
			}
			seen = append(seen, folded)
			code := c.lists[0][i][len(seen)-1]
			if slices.Contains(c.lists[1][j], code) && !yield(len(seen), value) {
				return
			}
		}
	}
}
