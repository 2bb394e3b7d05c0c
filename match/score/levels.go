package score

// unknown stands for a level or a number that a person has not.
const unknown = -1 << 31

// A gapPart measures the mentor's level minus the mentee's.
type gapPart struct {
	grouping
	level [2][]int32 // per side and class
}

func newGapPart(scale *Scale, mentees, mentors Field) *gapPart {
	p := &gapPart{}
	for side, field := range [...]Field{mentees, mentors} {
		levels := levelsOf(field, scale)
		classify(&p.grouping, side, len(field), func(i int) int32 { return levels[i] }, func(i int) {
			p.level[side] = append(p.level[side], levels[i])
		})
	}
	return p
}

func (p *gapPart) measure(mentee, mentor int32) (int, bool) {
	low, high := p.level[0][mentee], p.level[1][mentor]
	if low == unknown || high == unknown {
		return 0, false
	}
	return int(high) - int(low), true
}

func (p *gapPart) reach() (least, most int) {
	low, high, ok := span(p.level[0])
	mentorLow, mentorHigh, has := span(p.level[1])
	if !ok || !has {
		return 0, 0
	}
	return mentorLow - high, mentorHigh - low
}

// A numberPart measures the mentor's number. All mentees are one class.
type numberPart struct {
	grouping
	number []int32 // per class of mentors
}

func newNumberPart(mentees int, mentors Field) *numberPart {
	p := &numberPart{grouping: grouping{class: [2][]int32{make([]int32, mentees), nil}, classes: [2]int{1, 0}}}
	numbers := levelsOf(mentors, nil)
	classify(&p.grouping, 1, len(mentors), func(j int) int32 { return numbers[j] }, func(j int) { p.number = append(p.number, numbers[j]) })
	return p
}

func (p *numberPart) measure(_, mentor int32) (int, bool) {
	return int(p.number[mentor]), p.number[mentor] != unknown
}

func (p *numberPart) reach() (least, most int) {
	least, most, _ = span(p.number)
	return least, most
}

// levelsOf reads the first value of each person.
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

// span is the least and the greatest of the numbers that are known.
func span(numbers []int32) (least, most int, ok bool) {
	for _, n := range numbers {
		if n == unknown {
			continue
		}
		if !ok {
			least, most, ok = int(n), int(n), true
		}
		least, most = min(least, int(n)), max(most, int(n))
	}
	return least, most, ok
}
