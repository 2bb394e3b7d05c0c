package solve

import (
	"context"

	"github.com/chiron-mentoring/chiron/match"
)

// A change turns a residual of the problem before into one of the problem after, step by step. Whoever leaves and
// whatever is cut goes first, so that what comes finds the room.
type change[V vec] struct {
	*residual[V]
	d      *difference
	worth  []match.Worth   // of the edges of after that are new or changed, in their order, goal by goal
	units  []match.Worth   // of units on the caps of after, where they may count otherwise
	capIs  map[int32]int32 // the caps of after that are new, or whose units count otherwise, and their caps here;
	capOf  map[int32]int32 // the other way round
	pairIs map[int32]int32 // the edges of after that are new or changed, and their pairs here
}

// ask answers for the problem after, and changes everything back.
func (r *residual[V]) ask(ctx context.Context, d *difference) (*Answer, error) {
	r.ctx = ctx
	r.begin()
	defer r.undo()
	c := &change[V]{residual: r, d: d, capIs: map[int32]int32{}, capOf: map[int32]int32{}, pairIs: map[int32]int32{}}
	c.newWorths()
	if !c.isExact() {
		return nil, &cannotConclude{"the numbers are greater than there is room for"}
	}
	err := c.make()
	if err == nil && !r.staysUnique() {
		err = &cannotConclude{"several matchings would be equally good, and no lottery decides between them"}
	}
	if err != nil {
		return nil, err
	}
	return c.answer(), nil
}

// make does everything that differs.
func (c *change[V]) make() error {
	for _, step := range [...]func() error{
		c.freePins, c.comeCaps, c.recount, c.widen, c.leave, c.narrow, c.partEdges, c.comeEdges, c.openCaps, c.pinEdges, c.restore,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// newWorths finds what new and changed edges count, and units where they may count otherwise.
func (c *change[V]) newWorths() {
	few := *c.d.after
	few.Edges = match.Edges{}
	few.Columns = nil
	for _, e := range c.d.changed {
		few.Edges.Mentee = append(few.Edges.Mentee, c.d.after.Edges.Mentee[e])
		few.Edges.Mentor = append(few.Edges.Mentor, c.d.after.Edges.Mentor[e])
		if c.d.after.Edges.Purpose != nil {
			few.Edges.Purpose = append(few.Edges.Purpose, c.d.after.Edges.Purpose[e])
		}
	}
	ladder := c.d.after.Ladder()
	for k := range ladder {
		g := &ladder[k]
		if all := c.d.after.Column(g.Column); all != nil {
			values := make([]int32, len(c.d.changed))
			for i, e := range c.d.changed {
				values[i] = all[e]
			}
			few.Columns = append(few.Columns, match.Column{Name: g.Column, Values: values})
		}
		ofUnits := g.Minimums || len(g.Units) > 0
		worth, units := match.Worth{}, match.Worth{}
		switch {
		case ofUnits && c.d.units:
			units = c.d.after.Worth(g)
		case !ofUnits:
			worth = few.Worth(g)
		}
		c.worth, c.units = append(c.worth, worth), append(c.units, units)
	}
}

// isExact says whether sums of what was there and what is new are exact in the words of the residual. For a while both
// are there.
func (c *change[V]) isExact() bool {
	most := crossings(c.d.before) + crossings(c.d.after)
	for k, x := range c.f.extents {
		for i := range c.d.changed {
			x.cover(c.worth[k].Pair(i))
		}
		if c.units[k].HasUnits() {
			x.units += unitsAlongPath(c.d.after, &c.units[k])
		}
		if bitsFor(x.alongPath(most)) > c.f.need[k] {
			return false
		}
	}
	return true
}

// isHere is the pair that edge e of after is.
func (c *change[V]) isHere(e int32) int32 {
	if here, ok := c.pairIs[e]; ok {
		return here
	}
	return c.d.edges.was(e)
}

// capHere is the cap that cap v of after is.
func (c *change[V]) capHere(v int32) int32 {
	if here, ok := c.capIs[v]; ok {
		return here
	}
	return c.d.caps.was(v)
}

// freePins lets the pins go that are none any more. Their pairs are chosen then like others, or leave.
func (c *change[V]) freePins() error {
	for _, e := range c.d.states {
		was := c.d.edges.was(e)
		if c.pairs[was].state != settled {
			continue
		}
		if err := c.unpin(was); err != nil {
			return err
		}
	}
	for _, e := range c.d.changed { // a pin that counts on other caps is a new one
		was := c.d.edges.was(e)
		if was >= 0 && c.pairs[was].state == settled && c.d.isElsewhere(int(was), int(e)) {
			if err := c.part(was); err != nil {
				return err
			}
		}
	}
	return nil
}

// comeCaps adds the caps of those who are new. They take nothing yet.
func (c *change[V]) comeCaps() error {
	if c.d.caps.same {
		return nil
	}
	for v := range int32(c.d.after.NumCaps()) {
		if c.d.caps.was(v) >= 0 {
			continue
		}
		side, _ := c.d.after.Owner(v)
		up := c.d.after.Parent(v)
		if up >= 0 {
			up = c.capHere(up)
		}
		here := c.newCap(up, side == match.MenteeSide)
		c.capIs[v], c.capOf[here] = here, v
		n := &c.caps[here]
		n.units = c.unitsOf(v, c.d.after.Max[v])
		sum := c.potential(up)
		if n.mentees {
			n.potential = sub(sum, c.last(here))
		} else {
			n.potential = add(sum, c.last(here))
		}
		c.cover(here)
		c.doubt(here)
	}
	return nil
}

// unitsOf is what units on cap v of after count, up to so many.
func (c *change[V]) unitsOf(v, most int32) []V {
	longest := int32(0)
	for k := range c.units {
		longest = max(longest, c.units[k].Units(v))
	}
	of := c.f.like(c.units)
	units := []V{}
	for n := int32(1); n <= min(longest, max(most, 1)); n++ {
		units = append(units, packUnit[V](of, v, n))
	}
	return units
}

// recount lets units count what they count after.
func (c *change[V]) recount() error {
	if !c.d.units {
		return nil
	}
	for v := range int32(c.d.after.NumCaps()) {
		was := c.d.caps.was(v)
		if was < 0 {
			continue
		}
		units := c.unitsOf(v, max(c.d.after.Max[v], c.d.before.Max[was]))
		if c.countsAlike(was, units, c.d.before.Max[was]) && c.countsAlike(was, units, c.d.after.Max[v]) {
			continue
		}
		c.capIs[v], c.capOf[was] = was, v
		c.edit(was).units = units
		c.doubtCap(was)
		if err := c.adjust(was, nil); err != nil {
			return err
		}
	}
	return nil
}

// widen gives more room to caps that take more.
func (c *change[V]) widen() error {
	for _, v := range c.d.capacities {
		if was := c.d.caps.was(v); c.d.after.Max[v] > c.caps[was].upper {
			if err := c.takeMost(was, c.d.after.Max[v]); err != nil {
				return err
			}
		}
	}
	return nil
}

// leave takes the places of those who are not there any more.
func (c *change[V]) leave() error {
	if c.d.edges.same {
		return nil
	}
	for e := range int32(len(c.d.edges.to)) { // pins go before places
		if c.d.edges.to[e] < 0 && c.pairs[e].state == settled {
			if err := c.part(e); err != nil {
				return err
			}
		}
	}
	if c.d.caps.same {
		return nil
	}
	for v, is := range c.d.caps.to {
		if is < 0 && c.caps[v].parent == ground {
			if err := c.takeMost(int32(v), 0); err != nil {
				return err
			}
		}
	}
	return nil
}

// narrow takes room from caps that take less.
func (c *change[V]) narrow() error {
	for _, v := range c.d.capacities {
		if was := c.d.caps.was(v); c.d.after.Max[v] < c.caps[was].upper {
			if err := c.takeMost(was, c.d.after.Max[v]); err != nil {
				return err
			}
		}
	}
	return nil
}

// partEdges takes out the pairs that are not there any more, and those that are forbidden now.
func (c *change[V]) partEdges() error {
	if !c.d.edges.same {
		for e, is := range c.d.edges.to {
			if is < 0 {
				if err := c.part(int32(e)); err != nil {
					return err
				}
			}
		}
	}
	for _, e := range c.d.states {
		if c.d.after.State(int(e)) == match.Forbidden {
			if err := c.part(c.d.edges.was(e)); err != nil {
				return err
			}
		}
	}
	return nil
}

// comeEdges brings in pairs that are new, that were forbidden, or that count otherwise now.
func (c *change[V]) comeEdges() error {
	worths := c.f.like(c.worth)
	for i, e := range c.d.changed {
		worth := packPair[V](worths, i)
		mentee, mentor := c.capHere(c.d.after.Leaf(match.MenteeSide, int(e))), c.capHere(c.d.after.Leaf(match.MentorSide, int(e)))
		was := c.d.edges.was(e)
		here := c.newPair(worth, mentee, mentor)
		c.pairIs[e] = here
		if err := c.replace(was, here, c.d.after.State(int(e)) == match.Forbidden); err != nil {
			return err
		}
	}
	for _, e := range c.d.states {
		here := c.isHere(e)
		if c.pairs[here].state == barred && c.d.after.State(int(e)) == match.Open {
			if err := c.come(here); err != nil {
				return err
			}
		}
	}
	return nil
}

// replace puts pair here, which is barred, in the place of pair was, or of none. A chosen pair that counts on the same
// caps stays chosen as long as it bears it.
func (c *change[V]) replace(was, here int32, forbidden bool) error {
	if was >= 0 {
		old, pair := c.pairs[was], c.pairs[here]
		if stays := old.state == chosen || old.state == settled; stays && old.mentee == pair.mentee && old.mentor == pair.mentor {
			c.bar(was, barred)
			c.bar(here, old.state)
			if old.state == settled {
				return nil
			}
			c.shortcut(pair.mentor, pair.mentee, here)
			return c.adjustMentee(c.caps[pair.mentee].root, nil)
		}
		if err := c.part(was); err != nil {
			return err
		}
	}
	if forbidden {
		return nil
	}
	return c.come(here)
}

// openCaps gives those who are new their places, the classes before the totals.
func (c *change[V]) openCaps() error {
	if c.d.caps.same {
		return nil
	}
	for v := int32(c.d.after.NumCaps()) - 1; v >= 0; v-- {
		if c.d.caps.was(v) < 0 {
			if err := c.takeMost(c.capIs[v], c.d.after.Max[v]); err != nil {
				return err
			}
		}
	}
	return nil
}

// pinEdges pins what is pinned after.
func (c *change[V]) pinEdges() error {
	for _, list := range [...][]int32{c.d.states, c.d.changed} {
		for _, e := range list {
			if c.d.after.State(int(e)) == match.Pinned {
				if err := c.pin(c.isHere(e)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// countsAlike says whether the units on cap c count what the list says, up to so many.
func (r *residual[V]) countsAlike(c int32, units []V, most int32) bool {
	for n := int32(1); n <= max(most, 1); n++ {
		var listed V
		if int(n) <= len(units) {
			listed = units[n-1]
		}
		if r.unit(c, n) != listed {
			return false
		}
	}
	return true
}
