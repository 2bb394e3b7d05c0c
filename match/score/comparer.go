package score

import "iter"

// A comparer is a comparison compiled for all people. What it measures is the greatest of what its parts measure;
// nearly every comparer has one part. Whoever wants to be quick (tables, bitsets, bounds) builds on the parts alone,
// and so serves every kind of criterion, also those to come.
type comparer struct {
	rule  *Comparison
	parts []part
}

// A part puts the people of each side into classes that it cannot tell apart, numbered from 0, and measures a class
// of mentees with a class of mentors.
type part interface {
	// group is the class of each person of a side (0 mentees, 1 mentors), and the number of classes.
	group(side int) (of []int32, classes int)
	// measure is unknown where nothing can be said, as for a gap without a level.
	measure(mentee, mentor int32) (measured int, known bool)
	// reach bounds what can be measured. The least and the greatest measure of some two classes lie within.
	reach() (least, most int)
}

// Two shapes of parts say more of themselves, for the pairs of classes that are too many for a table.

// A setPart measures by how many members the sets of two classes share, and by nothing else.
type setPart interface {
	part
	// set has the members of a class: increasing numbers from 0 on, below universe().
	set(side int, class int32) []int32
	universe() int32
	// sharing is the measure when a class of mentees shares n members with a class of mentors. It never falls as n
	// grows.
	sharing(mentee int32, n int) int
}

// A listPart measures 0 apart from few pairs: those of a class of one side and a class of the other that it lists.
type listPart interface {
	part
	// lister is the side that has the lists.
	lister() int
	// listed gives the classes of the other side that a class of the lister has, each once, with what they measure.
	listed(class int32) iter.Seq2[int32, int]
}

// A grouping holds the classes of both sides.
type grouping struct {
	class   [2][]int32 // per side and person
	classes [2]int
}

func (g *grouping) group(side int) ([]int32, int) { return g.class[side], g.classes[side] }

// classify puts the people of a side into classes by a key, numbered in the order of their first members, and calls made
// with the first member of each.
func classify[K comparable](g *grouping, side, people int, key func(person int) K, made func(person int)) {
	number := map[K]int32{}
	g.class[side] = make([]int32, people)
	for i := range people {
		k := key(i)
		class, known := number[k]
		if !known {
			class = int32(len(number))
			number[k] = class
			made(i)
		}
		g.class[side][i] = class
	}
	g.classes[side] = len(number)
}

// measure compares mentee i with mentor j.
func (c *comparer) measure(i, j int) (measured int, known bool) {
	for _, p := range c.parts {
		mentees, _ := p.group(0)
		mentors, _ := p.group(1)
		if m, ok := p.measure(mentees[i], mentors[j]); ok && (!known || m > measured) {
			measured, known = m, true
		}
	}
	return measured, known
}

// reach bounds what the comparer measures.
func (c *comparer) reach() (least, most int) {
	for k, p := range c.parts {
		low, high := p.reach()
		if k == 0 {
			least, most = low, high
		}
		least, most = max(least, low), max(most, high)
	}
	return least, most
}

// contribution bounds what the comparer can bring by these points: 0 is always within, because an unknown measure
// brings nothing.
func (c *comparer) contribution(points *Points) (worst, best int) {
	least, most := c.reach()
	note := func(brings int) { worst, best = min(worst, brings), max(best, brings) }
	table := points.Table
	if points.Fit != nil {
		table = points.Fit.Table
	}
	for measured := range table {
		if least <= measured && measured <= most {
			note(points.of(measured))
		}
	}
	if table == nil { // what grows or falls all the way is the least and the greatest at the ends
		note(points.of(least))
		note(points.of(most))
	}
	return worst, best
}
