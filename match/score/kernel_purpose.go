package score

import (
	"math"
	"slices"
)

// noPurpose is what a purposePart measures when the mentor does not offer the purpose.
const noPurpose = -1 << 30

// A purposePart measures what the purposes at one place of the mentees' lists bring, or at all later places.
type purposePart struct {
	grouping
	sets   [2][][]int32
	within int32
	points int
}

func (p *purposePart) set(side int, class int32) []int32 { return p.sets[side][class] }

func (p *purposePart) universe() int32 { return p.within }

func (p *purposePart) sharing(_ int32, n int) int {
	if n == 0 {
		return noPurpose
	}
	return p.points
}

func (p *purposePart) measure(mentee, mentor int32) (int, bool) {
	return p.sharing(mentee, common(p.sets[0][mentee], p.sets[1][mentor])), true
}

func (p *purposePart) reach() (least, most int) { return noPurpose, max(p.points, noPurpose) }

// purposeParts measure together what the purpose of a pair brings that brings the most. When a pair is for the first
// shared purpose only, that is the same as long as later places bring no more than earlier ones.
func (s *Scorer) purposeParts() []part {
	rule := s.rules.Purposes
	if !rule.All && !slices.IsSortedFunc(append(slices.Clone(rule.Points), 0), func(a, b int) int { return b - a }) {
		return []part{s.firstPurpose()}
	}
	var parts []part
	for place, points := range rule.Points {
		parts = append(parts, s.purposePart(place, place+1, points))
	}
	return append(parts, s.purposePart(len(rule.Points), math.MaxInt, 0))
}

// purposePart looks at the purposes at these places of the mentees' lists, from 0.
func (s *Scorer) purposePart(from, to, points int) part {
	p := &purposePart{within: s.purposes.within(), points: points}
	sought := make([][]int32, len(s.purposes.codes[0]))
	for i, list := range s.purposes.codes[0] {
		sought[i] = list[min(from, len(list)):min(to, len(list))]
	}
	for side, sets := range [...][][]int32{sought, s.purposes.codes[1]} {
		key := func(i int) string { return setKey(increasing(sets[i]), 0) }
		classify(&p.grouping, side, len(sets), key, func(i int) { p.sets[side] = append(p.sets[side], increasing(sets[i])) })
	}
	return p
}

func increasing(list []int32) []int32 { return slices.Sorted(slices.Values(list)) }

// A firstPurposePart measures what the first purpose brings that is shared.
type firstPurposePart struct {
	grouping
	scorer  *Scorer
	example [2][]int // per class, a person of it
}

func (s *Scorer) firstPurpose() part {
	p := &firstPurposePart{scorer: s}
	for side, lists := range s.purposes.codes {
		key := func(i int) string { return setKey(lists[i], 0) }
		classify(&p.grouping, side, len(lists), key, func(i int) { p.example[side] = append(p.example[side], i) })
	}
	return p
}

func (p *firstPurposePart) measure(mentee, mentor int32) (int, bool) {
	for place := range p.scorer.purposes.shared(p.example[0][mentee], p.example[1][mentor]) {
		return p.scorer.purposePoints(place), true
	}
	return noPurpose, true
}

func (p *firstPurposePart) reach() (least, most int) {
	return noPurpose, max(0, slices.Max(slices.Concat(p.scorer.rules.Purposes.Points, []int{0})))
}
