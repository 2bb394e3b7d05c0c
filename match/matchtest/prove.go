package matchtest

import (
	"context"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// Prove answers a tiny problem by brute force and derives the proof from the definition. It is what an engine must
// agree with, and slow: it looks at every matching, and takes O(C·E·K) steps for prices, where C is the number of
// caps, E of edges and K of goals. Of several optimal matchings it takes the first that [All] goes through.
func Prove(ctx context.Context, p *match.Problem) (*match.Certificate, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	c := &match.Certificate{Problem: p.Hash(), Engine: "brute force"}
	switch p.Aim {
	case match.StableMorePlaced:
		d := define(p)
		c.Outcome, c.Chosen, c.Cover = match.IsWeaklyStable, d.morePlaced().Edges(), d.leastCover()
		return c, nil
	case match.Optimal:
		truth := Know(p)
		c.Outcome = match.IsOptimal
		if truth.Optimum.Impossible {
			c.Outcome = match.IsImpossible
		}
		c.Chosen, c.Values, c.Prices = truth.Optimum.Matchings[0].Edges(), truth.Optimum.Values, truth.LowestPrices()
		return c, nil
	}
	d, proposers := define(p), match.MenteeSide
	if p.Aim == match.StableForMentors {
		proposers = match.MentorSide
	}
	c.Outcome = match.IsStable
	c.Chosen, c.Rejected = d.deferredAcceptance(proposers)
	c.Other = &match.Replay{}
	c.Other.Chosen, c.Other.Rejected = d.deferredAcceptance(1 - proposers)
	return c, nil
}

// deferredAcceptance lets everybody on one side propose what they would choose among the pairs not refused so far,
// and everybody on the other refuse what they would not choose among all proposals, until nothing is refused. (Gale,
// Shapley 1962; with choice functions, Fleiner 2003.)
func (d *definition) deferredAcceptance(proposers match.Side) (chosen, rejected []int32) {
	everything, refused, proposed := Set(0), Set(0), Set(0)
	for _, list := range d.prefers[proposers] {
		for _, e := range list {
			everything |= 1 << e
		}
	}
	rejected = []int32{}
	for {
		proposed |= d.chooseAll(proposers, everything&^refused)
		kept := d.chooseAll(1-proposers, proposed&^refused)
		if kept == proposed&^refused {
			return kept.Edges(), rejected
		}
		rejected = append(rejected, (proposed &^ refused &^ kept).Edges()...)
		refused = proposed &^ kept
	}
}

// An arc says that the potential of to is at most that of from plus length.
type arc struct {
	from, to int
	length   []int64
}

// lowestPrices are the prices that prove the optimal matching x, summed from the total down to each cap as low as
// possible for mentors, and then as low as these allow for mentees. They are the same for all optimal matchings, and
// the ones that a certificate publishes.
//
// The potential of a mentee's cap is the sum of the prices down to it, that of a mentor's cap the same below zero. The
// conditions that match.Check lists then all say that one potential is at most another plus a constant, so the
// greatest potentials are the lengths of shortest paths from the ground, whose potential is zero. Lengths are vectors
// and compared as goals are.
func (d *definition) lowestPrices(ladder []count, x Set) [][]int64 {
	caps := d.p.NumCaps()
	ground := caps
	arcs := d.conditions(ladder, x, ground)
	potential := make([][]int64, caps+1)
	potential[ground] = make([]int64, len(ladder))
	settle(func() (changed bool) {
		for _, a := range arcs {
			if potential[a.from] == nil {
				continue
			}
			if limit := plus(potential[a.from], a.length, 1); potential[a.to] == nil || slices.Compare(limit, potential[a.to]) < 0 {
				potential[a.to], changed = limit, true
			}
		}
		return changed
	})
	for c := range caps {
		if !d.isMentors(c) {
			potential[c] = nil
		}
	}
	settle(func() (changed bool) {
		for _, a := range arcs {
			if a.from == ground || d.isMentors(a.from) || potential[a.to] == nil {
				continue
			}
			if least := plus(potential[a.to], a.length, -1); potential[a.from] == nil || slices.Compare(least, potential[a.from]) > 0 {
				potential[a.from], changed = least, true
			}
		}
		return changed
	})
	prices := make([][]int64, len(ladder))
	for k := range prices {
		prices[k] = make([]int64, caps)
		for c := range caps {
			up := d.parent(c, ground)
			prices[k][c] = potential[c][k] - potential[up][k]
			if d.isMentors(c) {
				prices[k][c] = -prices[k][c]
			}
		}
	}
	return prices
}

// settle repeats a round until it changes nothing.
func settle(round func() (changed bool)) {
	for rounds := 0; round(); rounds++ {
		if rounds > 1000 {
			panic("a matching that is not optimal has no prices")
		}
	}
}

// conditions writes down what the price of every cap and the residual of every open edge must obey.
func (d *definition) conditions(ladder []count, x Set, ground int) []arc {
	var arcs []arc
	for c := range d.onCap {
		low, high := c, d.parent(c, ground) // the ends of the cap's arc, in the direction in which prices add
		if d.isMentors(c) {
			low, high = high, c
		}
		load := d.load(x, c)
		arcs = append(arcs, arc{low, high, d.unit(ladder, c, max(load, 1))})
		if load < int(d.p.Max[c]) {
			arcs = append(arcs, arc{high, low, plus(make([]int64, len(ladder)), d.unit(ladder, c, load+1), -1)})
		}
	}
	for _, e := range d.open {
		worth := make([]int64, len(ladder))
		for k := range ladder {
			worth[k] = ladder[k].edge[e]
		}
		mentee, mentor := d.paths[match.MenteeSide][e][0], d.paths[match.MentorSide][e][0]
		if x.Has(e) {
			arcs = append(arcs, arc{mentor, mentee, worth})
		} else {
			arcs = append(arcs, arc{mentee, mentor, plus(make([]int64, len(ladder)), worth, -1)})
		}
	}
	return arcs
}

// unit is what the n-th unit on cap c counts in each goal.
func (d *definition) unit(ladder []count, c, n int) []int64 {
	worth := make([]int64, len(ladder))
	for k := range ladder {
		if units := ladder[k].unit[c]; n <= len(units) {
			worth[k] = units[n-1]
		}
	}
	return worth
}

// parent is the cap that c lies in; the ground, when c is a total.
func (d *definition) parent(c, ground int) int {
	if totals := len(d.p.Mentees) + len(d.p.Mentors); c >= totals {
		return int(d.p.Classes[c-totals].Parent)
	}
	return ground
}

func (d *definition) isMentors(c int) bool {
	totals := len(d.p.Mentees) + len(d.p.Mentors)
	for c >= totals {
		c = int(d.p.Classes[c-totals].Parent)
	}
	return c >= len(d.p.Mentees)
}

// plus is a + times·b.
func plus(a, b []int64, times int64) []int64 {
	sum := slices.Clone(a)
	for k := range sum {
		sum[k] += times * b[k]
	}
	return sum
}
