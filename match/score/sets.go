package score

import (
	"encoding/binary"
	"slices"
)

// An overlap is a part that measures by how many members two sets share. Members that nobody of the other side has
// are left out of the sets: they can never be shared.
type overlap struct {
	grouping
	sets   [2][][]int32 // per side and class, increasing
	full   []int        // per class of mentees, the size of the set before anything was left out
	within int32        // all members are less
	by     sharing
	most   int // of the members that any two classes can share
}

// A sharing makes a measure of a number of shared members. Only one of its fields is set.
type sharing struct {
	each   int  // what every member counts
	enough int  // 100 for so many members, 0 for fewer
	part   bool // the part of the mentee's full set, from 0 to 100
}

func (o *overlap) set(side int, class int32) []int32 { return o.sets[side][class] }

func (o *overlap) universe() int32 { return o.within }

func (o *overlap) sharing(mentee int32, n int) int {
	switch {
	case o.by.each > 0:
		return o.by.each * n
	case o.by.enough > 0:
		if n >= o.by.enough {
			return BestFit
		}
		return 0
	case n == 0:
		return 0
	}
	return BestFit * n / o.full[mentee]
}

func (o *overlap) measure(mentee, mentor int32) (int, bool) {
	return o.sharing(mentee, common(o.sets[0][mentee], o.sets[1][mentor])), true
}

func (o *overlap) reach() (least, most int) {
	if o.by.each > 0 {
		return 0, o.by.each * o.most
	}
	return 0, BestFit
}

// newOverlap makes a part of the sets of all people: per side and person, increasing numbers.
func newOverlap(people [2][][]int32, by sharing) *overlap {
	o := &overlap{by: by}
	kept := sharedMembers(people)
	o.within = int32(len(kept))
	var sets [2][][]int32
	for side, all := range people {
		sets[side] = make([][]int32, len(all))
		for i, set := range all {
			for _, member := range set {
				if number, ok := kept[member]; ok {
					sets[side][i] = append(sets[side][i], number)
				}
			}
			slices.Sort(sets[side][i])
		}
		key := func(i int) string {
			size := 0
			if side == 0 && by.part {
				size = len(all[i])
			}
			return setKey(sets[side][i], size)
		}
		classify(&o.grouping, side, len(all), key, func(i int) {
			o.sets[side] = append(o.sets[side], sets[side][i])
			if side == 0 {
				o.full = append(o.full, len(all[i]))
			}
		})
	}
	o.measureSets()
	return o
}

// newWeekOverlap makes a part of the weeks of all people.
func newWeekOverlap(weeks [2][]Week) *overlap {
	o := &overlap{by: sharing{each: minutesAtATime}, within: QuartersPerWeek}
	for side, all := range weeks {
		classify(&o.grouping, side, len(all), func(i int) Week { return all[i] }, func(i int) {
			o.sets[side] = append(o.sets[side], slices.Collect(all[i].Quarters()))
		})
	}
	o.measureSets()
	return o
}

func (o *overlap) measureSets() {
	var longest [2]int
	for side, sets := range o.sets {
		for _, set := range sets {
			longest[side] = max(longest[side], len(set))
		}
	}
	o.most = min(longest[0], longest[1])
}

// sharedMembers numbers the members that both sides have, in the order in which the mentees have them.
func sharedMembers(people [2][][]int32) map[int32]int32 {
	offered := map[int32]bool{}
	for _, set := range people[1] {
		for _, member := range set {
			offered[member] = true
		}
	}
	kept := map[int32]int32{}
	for _, set := range people[0] {
		for _, member := range set {
			if _, known := kept[member]; offered[member] && !known {
				kept[member] = int32(len(kept))
			}
		}
	}
	return kept
}

func setKey(set []int32, size int) string {
	key := binary.AppendUvarint(nil, uint64(size))
	for _, member := range set {
		key = binary.AppendUvarint(key, uint64(member))
	}
	return string(key)
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
