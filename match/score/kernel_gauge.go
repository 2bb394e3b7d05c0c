package score

import (
	"cmp"
	"maps"
	"slices"
)

// A gauge tells what two people bring by a criterion that measures sets, whose classes are too many for a table: it
// counts what the sets share. When the greatest of several measures counts, those of few classes stay in a table, and
// the others are counted. Measures go by their numbers, from the least to the greatest.
type gauge struct {
	brings  []int32    // by the number of the measure
	classes [2]classes // by the parts that are in the table
	fixed   [2][]int32 // the number of the greatest of their measures, for either side; nil: there is no table
	counts  []*counted // the other parts
	tops    [2][]int32 // per side and person, the most that the gauge brings with anybody
	top     int32      // the most that it brings at all
}

// A counted is a part of a gauge whose members are counted: as bits where they are few, or else one by one, those of
// one person being marked.
type counted struct {
	of      [2][]int32   // class per person
	words   int          // of the bits of a class; 0: members are marked
	bits    [2][]uint64  // per side, those of all classes
	members [2][][]int32 // per side and class
	within  int32
	most    int     // no two classes share more
	scale   []int32 // per mentee class, which of the scales is its own
	number  []int32 // by scale and count, the number of the measure
}

// newGauge makes a gauge of a criterion whose parts all measure sets, or nil.
func newGauge(c *criterion, people [2]int, f forms) *gauge {
	var sets []setPart
	for _, p := range c.parts {
		set, ok := p.(setPart)
		if !ok {
			return nil
		}
		sets = append(sets, set)
	}
	measures := measuresOf(sets)
	g := &gauge{}
	for _, m := range measures {
		g.brings = append(g.brings, c.brings(m, true))
	}
	for _, p := range g.fix(sets, measures, people, f.entries) {
		g.counts = append(g.counts, newCounted(p, measures, f.words))
	}
	g.bound(people)
	return g
}

// measuresOf lists all that these parts can measure, increasing.
func measuresOf(parts []setPart) []int {
	met := map[int]bool{}
	for _, p := range parts {
		_, mentees := p.group(0)
		for class := range int32(mentees) {
			for n := range len(p.set(0, class)) + 1 {
				met[p.sharing(class, n)] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(met))
}

// fix puts parts of few classes into a table, and returns the others.
func (g *gauge) fix(parts []setPart, measures []int, people [2]int, entries int) (others []setPart) {
	size := func(p setPart) int {
		_, mentees := p.group(0)
		_, mentors := p.group(1)
		return mentees * mentors
	}
	parts = slices.SortedStableFunc(slices.Values(parts), func(a, b setPart) int { return cmp.Compare(size(a), size(b)) })
	var in []part
	for k, p := range parts {
		joint := jointClasses(append(in, p), people)
		if len(joint[0].example)*len(joint[1].example) > entries {
			others = parts[k:]
			break
		}
		in, g.classes = append(in, p), joint
	}
	if len(in) == 0 {
		return others
	}
	number := criterion{parts: in, brings: func(measured int, _ bool) int32 {
		at, _ := slices.BinarySearch(measures, measured)
		return int32(at)
	}}
	t := newTable(g.classes, &number)
	g.fixed = t.worth
	return others
}

func newCounted(p setPart, measures []int, words int) *counted {
	c := &counted{}
	var largest [2]int
	for side := range c.of {
		of, classes := p.group(side)
		c.of[side], c.members[side] = of, make([][]int32, classes)
		for class := range classes {
			c.members[side][class] = p.set(side, int32(class))
			largest[side] = max(largest[side], len(c.members[side][class]))
		}
	}
	c.most = min(largest[0], largest[1])
	c.measure(p, measures)
	c.within = p.universe()
	c.coarsen()
	if c.words = int(c.within+63) / 64; c.words > words {
		c.words = 0
		return c
	}
	for side := range c.bits {
		c.bits[side] = make([]uint64, len(c.members[side])*c.words)
		for class, members := range c.members[side] {
			for _, m := range members {
				c.bits[side][class*c.words+int(m)/64] |= 1 << (m % 64)
			}
		}
	}
	return c
}

// measure writes the scales. Most classes of mentees share a few.
func (c *counted) measure(p setPart, measures []int) {
	scales := map[string]int32{}
	row := make([]int32, c.most+1)
	for class, members := range c.members[0] {
		for n := range row {
			at, _ := slices.BinarySearch(measures, p.sharing(int32(class), min(n, len(members))))
			row[n] = int32(at)
		}
		key := setKey(row, 0)
		at, known := scales[key]
		if !known {
			at = int32(len(scales))
			scales[key] = at
			c.number = append(c.number, row...)
		}
		c.scale = append(c.scale, at)
	}
}

// coarsen makes one member of four, or of two, that only come together, as the quarters of an hour mostly do.
func (c *counted) coarsen() {
	for _, grain := range [...]int32{4, 2} {
		if !c.comesIn(grain) {
			continue
		}
		for side, classes := range c.members {
			coarse := make([][]int32, len(classes))
			for class, members := range classes {
				for k := 0; k < len(members); k += int(grain) {
					coarse[class] = append(coarse[class], members[k]/grain)
				}
			}
			c.members[side] = coarse
		}
		stride := c.most + 1
		c.most /= int(grain)
		var number []int32
		for at := 0; at < len(c.number); at += stride {
			for n := range c.most + 1 {
				number = append(number, c.number[at+n*int(grain)])
			}
		}
		c.number, c.within = number, (c.within+grain-1)/grain
		return
	}
}

// comesIn says whether all members come in aligned runs of grain.
func (c *counted) comesIn(grain int32) bool {
	for _, classes := range c.members {
		for _, members := range classes {
			if len(members)%int(grain) != 0 {
				return false
			}
			for k := 0; k < len(members); k += int(grain) {
				if members[k]%grain != 0 || members[k+int(grain)-1] != members[k]+grain-1 {
					return false
				}
			}
		}
	}
	return true
}

// bound finds the most that every person can bring, from the table and the sizes of the sets.
func (g *gauge) bound(people [2]int) {
	upTo := make([]int32, len(g.brings)) // the most that this measure or a lesser one brings
	g.top = barred
	for n, brings := range g.brings {
		g.top = max(g.top, brings)
		upTo[n] = g.top
	}
	for side := range g.tops {
		g.tops[side] = make([]int32, people[side])
		for i := range g.tops[side] {
			greatest := int32(0)
			if g.fixed[side] != nil {
				n := len(g.classes[1-side].example)
				greatest = slices.Max(append(g.fixed[side][int(g.classes[side].of[i])*n:][:n:n], 0))
			}
			for _, c := range g.counts {
				class := c.of[side][i]
				most := min(len(c.members[side][class]), c.most)
				if side == 0 {
					greatest = max(greatest, c.number[int(c.scale[class])*(c.most+1)+most])
					continue
				}
				for at := most; at < len(c.number); at += c.most + 1 {
					greatest = max(greatest, c.number[at])
				}
			}
			if len(upTo) > 0 {
				g.tops[side][i] = upTo[greatest]
			}
		}
	}
}
