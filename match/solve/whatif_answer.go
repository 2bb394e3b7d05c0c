package solve

import (
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// An Answer is what a [Session] says of a changed problem. It holds what differs; the whole certificate is written when
// it is asked for.
type Answer struct {
	Work Work

	// Gain says what the best matching counts more than before, goal by goal. It is nil where the problem was solved
	// anew.
	Gain []int64

	fresh *match.Certificate // the whole answer, where the problem was solved anew
	base  *book
	d     *difference
	flips []flip
	moved map[int32][]int64 // potentials that are others, by cap and goal
	edges []int32           // the edges of the problem after that are pairs which the change has brought
	caps  map[int32]int32   // the caps of the problem after that are caps which the change has brought
}

// A book is what all answers share: what the certificate of the problem before says.
type book struct {
	chosen     []int32
	values     []int64
	potentials [][]int64 // per goal and cap
	pairs      int
}

// A flip is a pair that is in the matching and was not, or the other way round.
type flip struct {
	pair int32
	in   bool
}

// bookOf writes down what is known before any change.
func (r *residual[V]) bookOf(c *match.Certificate) *book {
	b := &book{chosen: c.Chosen, values: c.Values, potentials: make([][]int64, len(r.f.worths)), pairs: len(r.pairs)}
	for k := range b.potentials {
		b.potentials[k] = make([]int64, len(r.caps))
	}
	for v := range r.caps {
		for k, sum := range r.pricesTo(int32(v)) {
			b.potentials[k][v] = sum
		}
	}
	return b
}

// pricesTo is the sum of the prices down to cap v, goal by goal.
func (r *residual[V]) pricesTo(v int32) []int64 {
	potential := r.caps[v].potential
	if !r.caps[v].mentees {
		potential = neg(potential)
	}
	sums := make([]int64, len(r.f.worths))
	for k := range sums {
		sums[k] = r.f.goal(words(&potential), k)
	}
	return sums
}

// answer writes down what differs.
func (c *change[V]) answer() *Answer {
	a := &Answer{Gain: make([]int64, len(c.f.worths)), base: c.book, d: c.d, edges: c.d.changed, caps: c.capIs, moved: map[int32][]int64{}}
	c.countPairs(a)
	for _, was := range c.was {
		c.countUnits(a, was.cap, was.node.load)
		if was.node.potential != c.caps[was.cap].potential {
			a.moved[was.cap] = c.pricesTo(was.cap)
			c.differs(was.cap)
		}
	}
	for v := int32(c.baseCaps); int(v) < len(c.caps); v++ {
		c.countUnits(a, v, 0)
		a.moved[v] = c.pricesTo(v)
		c.differs(v)
	}
	c.countMoved(a)
	a.Work = c.Work
	a.Work.Of, a.Work.Prices = len(c.d.after.Mentees)+len(c.d.after.Mentors), len(a.moved)
	return a
}

// countPairs finds the pairs that came and went, and what they count.
func (c *change[V]) countPairs(a *Answer) {
	inMatching := func(s pairState) bool { return s == chosen || s == settled }
	counted := map[int32]bool{}
	for _, was := range c.pairWas {
		is := inMatching(c.pairs[was.pair].state)
		if counted[was.pair] || is == inMatching(was.state) {
			counted[was.pair] = true // only the first state was there before the change
			continue
		}
		counted[was.pair] = true
		a.flips = append(a.flips, flip{was.pair, is})
		for k := range a.Gain {
			worth := int64(0)
			if i := int(was.pair) - c.base; i >= 0 {
				worth = c.worth[k].Pair(i)
			} else {
				worth = c.f.worths[k].Pair(int(was.pair))
			}
			if !is {
				worth = -worth
			}
			a.Gain[k] += worth
		}
	}
}

// countMoved counts the people whose pairs are others.
func (c *change[V]) countMoved(a *Answer) {
	more := map[[2]int32]int{} // a pair that only counts otherwise now has left and come
	for _, f := range a.flips {
		caps := [2]int32{c.pairs[f.pair].mentee, c.pairs[f.pair].mentor}
		if more[caps]--; f.in {
			more[caps] += 2
		}
	}
	for caps, n := range more {
		if n != 0 {
			c.differs(caps[0])
			c.differs(caps[1])
		}
	}
}

// countUnits finds what the units on cap v count more than before, when it had so many.
func (c *change[V]) countUnits(a *Answer, v, before int32) {
	v2, other := c.capOf[v]
	for k := range a.Gain {
		if int(v) < c.baseCaps {
			for n := int32(1); n <= before; n++ {
				a.Gain[k] -= c.f.worths[k].Unit(v, n)
			}
		}
		for n := int32(1); n <= c.caps[v].load; n++ {
			if other {
				a.Gain[k] += c.units[k].Unit(v2, n)
			} else {
				a.Gain[k] += c.f.worths[k].Unit(v, n)
			}
		}
	}
}

// Certificate is that of the changed problem, the very one that [Solve] finds. It takes time for all its people, pairs
// and goals.
func (a *Answer) Certificate() *match.Certificate {
	if a.fresh != nil {
		return a.fresh
	}
	p := a.d.after
	c := &match.Certificate{Engine: Engine, Outcome: match.IsOptimal, Chosen: a.chosen()}
	goals := len(a.Gain)
	if p.HardMinimums {
		wanted := int64(0)
		for v := range p.NumCaps() {
			wanted += int64(p.Minimum(v))
		}
		if a.base.values[0]+a.Gain[0] < wanted {
			c.Outcome, goals = match.IsImpossible, 1
		}
	}
	for k := range goals {
		c.Values = append(c.Values, a.base.values[k]+a.Gain[k])
		c.Prices = append(c.Prices, a.prices(k))
	}
	return c
}

// Changed lists the pairs that came into the matching, as edges of the problem after, and those that left it, as edges
// of the problem before. It is for answers that were not solved anew.
func (a *Answer) Changed() (came, left []int32) {
	stays := map[int32]bool{} // edges after that only count otherwise now
	for _, f := range a.flips {
		if !f.in {
			stays[a.d.edges.is(f.pair)] = true
		}
	}
	for _, f := range a.flips {
		if e := a.edge(f.pair); f.in && !stays[e] {
			came = append(came, e)
		} else if f.in {
			stays[e] = false
		}
	}
	for _, f := range a.flips {
		if e := a.edge(f.pair); !f.in && (e < 0 || stays[e]) {
			left = append(left, f.pair)
		}
	}
	slices.Sort(came)
	slices.Sort(left)
	return came, left
}

// edge is the edge of the problem after that a pair is, or -1.
func (a *Answer) edge(pair int32) int32 {
	if i := int(pair) - a.base.pairs; i >= 0 {
		return a.edges[i]
	}
	return a.d.edges.is(pair)
}

// chosen lists the edges of the matching.
func (a *Answer) chosen() []int32 {
	gone := map[int32]bool{}
	all := newEdgeSet(a.d.after)
	for _, f := range a.flips {
		if f.in {
			all.add(a.edge(f.pair))
		} else {
			gone[f.pair] = true
		}
	}
	for _, e := range a.base.chosen {
		if !gone[e] {
			all.add(a.d.edges.is(e))
		}
	}
	return all.inOrder()
}

// prices are those of goal k.
func (a *Answer) prices(k int) []int64 {
	p := a.d.after
	sums := make([]int64, p.NumCaps())
	for v := range int32(len(sums)) {
		here, isNew := a.caps[v]
		if !isNew {
			here = a.d.caps.was(v)
		}
		if moved := a.moved[here]; moved != nil {
			sums[v] = moved[k]
		} else {
			sums[v] = a.base.potentials[k][here]
		}
	}
	prices := slices.Clone(sums)
	for v := range prices {
		if up := p.Parent(int32(v)); up >= 0 {
			prices[v] -= sums[up]
		}
	}
	return prices
}
