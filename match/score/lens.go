package score

import (
	"math/bits"
	"slices"
)

// A lens is a gauge through which people of one side look at the columns of a view, one after the other.
type lens struct {
	gauge *gauge
	side  int
	class []int32 // per column, by the parts in the table
	parts []lensPart
	fixed []int32 // of the person, by class
}

// A lensPart is a part that is counted.
type lensPart struct {
	*counted
	classes []int32  // per column
	sets    []uint64 // of all columns
	scales  []int32  // per column, where its scale begins; nil: the person's counts
	own     []uint64 // the person's set
	marks   []bool   // the same, by member
	person  int32    // the person's class, or -1
	number  []int32  // by count, from the person's scale or from all
}

// newLens puts the sets of all columns side by side.
func newLens(g *gauge, side int, columns []int32) lens {
	l := lens{gauge: g, side: side}
	for _, j := range columns {
		if g.fixed[side] != nil {
			l.class = append(l.class, g.classes[1-side].of[j])
		}
	}
	for _, c := range g.counts {
		p := lensPart{counted: c, number: c.number}
		for _, j := range columns {
			class := c.of[1-side][j]
			p.classes = append(p.classes, class)
			p.sets = append(p.sets, c.bits[1-side][int(class)*c.words:][:c.words]...)
			if side == 1 {
				p.scales = append(p.scales, c.scale[class]*int32(c.most+1))
			}
		}
		l.parts = append(l.parts, p)
	}
	return l
}

// copy is a lens for another searcher.
func (l lens) copy() lens {
	l.parts = slices.Clone(l.parts)
	for k := range l.parts {
		p := &l.parts[k]
		p.person = -1
		if p.words == 0 {
			p.marks = make([]bool, p.within)
		}
	}
	return l
}

// cost is roughly what it costs to look through the lens, in look-ups of a table.
func (l *lens) cost() int64 {
	cost := int64(2)
	for k := range l.parts {
		cost += int64(1 + l.parts[k].words)
	}
	return cost
}

// face takes up another person.
func (l *lens) face(person int32) {
	if l.class != nil {
		n := len(l.gauge.classes[1-l.side].example)
		l.fixed = l.gauge.fixed[l.side][int(l.gauge.classes[l.side].of[person])*n:][:n]
	}
	for k := range l.parts {
		p := &l.parts[k]
		before, class := p.person, p.of[l.side][person]
		p.person = class
		if l.side == 0 {
			p.number = p.counted.number[int(p.scale[class])*(p.most+1):][:p.most+1]
		}
		if p.words > 0 {
			p.own = p.bits[l.side][int(class)*p.words:][:p.words]
			continue
		}
		if before >= 0 {
			for _, m := range p.members[l.side][before] {
				p.marks[m] = false
			}
		}
		for _, m := range p.members[l.side][class] {
			p.marks[m] = true
		}
	}
}

// brings is what the person brings with a column.
func (l *lens) brings(column int32) int32 {
	greatest := int32(0)
	if l.class != nil {
		greatest = l.fixed[l.class[column]]
	}
	for k := range l.parts {
		p := &l.parts[k]
		n := 0
		switch p.words {
		case 1:
			n = bits.OnesCount64(p.sets[column] & p.own[0])
		case 2:
			theirs := p.sets[2*column : 2*column+2]
			n = bits.OnesCount64(theirs[0]&p.own[0]) + bits.OnesCount64(theirs[1]&p.own[1])
		case 0:
			for _, m := range p.members[1-l.side][p.classes[column]] {
				if p.marks[m] {
					n++
				}
			}
		default:
			for w, theirs := range p.sets[int(column)*p.words:][:p.words] {
				n += bits.OnesCount64(theirs & p.own[w])
			}
		}
		if p.scales != nil {
			n += int(p.scales[column])
		}
		greatest = max(greatest, p.number[n])
	}
	return l.gauge.brings[greatest]
}

// A quickLens is a lens with one part of at most 128 members and no table, for the innermost loop.
type quickLens struct {
	sets   []uint64 // two words for each column
	own    [2]uint64
	scales []int32
	brings []int32 // by count, from the person's scale or from all
}

func (l *lens) isQuick() bool {
	return l.class == nil && len(l.parts) == 1 && (l.parts[0].words == 1 || l.parts[0].words == 2)
}

// face takes up the person whom the lens has taken up.
func (q *quickLens) face(l *lens) {
	p := &l.parts[0]
	if q.sets == nil {
		q.scales, q.sets = p.scales, p.sets
		if p.words == 1 {
			q.sets = make([]uint64, 0, 2*len(p.sets))
			for _, word := range p.sets {
				q.sets = append(q.sets, word, 0)
			}
		}
	}
	copy(q.own[:], p.own)
	q.brings = q.brings[:0]
	for _, number := range p.number {
		q.brings = append(q.brings, l.gauge.brings[number])
	}
}
