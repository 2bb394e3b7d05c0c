package solve

import (
	"context"

	"github.com/chiron-mentoring/chiron/match"
)

// optimal finds the matching that is best in the order of the goals, with the lowest prices that prove it.
func optimal(ctx context.Context, p *match.Problem, o Options) (*match.Certificate, error) {
	f, err := pack(p)
	if err != nil {
		return nil, err
	}
	switch {
	case f.words == 1:
		return flow[[1]int64](ctx, p, f, o)
	case f.words == 2:
		return flow[[2]int64](ctx, p, f, o)
	case f.words == 3:
		return flow[[3]int64](ctx, p, f, o)
	case f.words == 4:
		return flow[[4]int64](ctx, p, f, o)
	case f.words <= 8:
		return flow[[8]int64](ctx, p, f, o)
	case f.words <= 16:
		return flow[[16]int64](ctx, p, f, o)
	}
	return flow[[32]int64](ctx, p, f, o)
}

// flow serves bidder after bidder by successive shortest paths (Jewell 1958, Iri 1960, Busacker and Gowen 1960): after
// each, the matching is the best one for the bidders so far, and the potentials prove it. With F places of the side
// with fewer places it takes O(F·(E + V log V)·W) time at worst; searches end early, so that commonly each costs a
// small part of E.
func flow[V vec](ctx context.Context, p *match.Problem, f *packing, o Options) (*match.Certificate, error) {
	n := newNetwork[V](p, f)
	s := newSearch(n)
	bidders := len(p.Mentees)
	if n.bidders == match.MentorSide {
		bidders = len(p.Mentors)
	}
	m := newMeter(ctx, o, bidders)
	for i := range int32(bidders) {
		if err := s.serve(total(p, n.bidders, i), m); err != nil {
			return nil, err
		}
		m.done++
	}
	if err := m.finish(); err != nil {
		return nil, err
	}
	chosen := n.chosen()
	potentials := canonicalPotentials(n, chosen)
	return certify(p, f, chosen, potentials), nil
}

// certify writes potentials as prices, goal by goal. If hard minimums are not all met, the first goal alone is the
// proof that they cannot be.
func certify[V vec](p *match.Problem, f *packing, chosen []int32, potentials []V) *match.Certificate {
	c := &match.Certificate{Engine: Engine, Outcome: match.IsOptimal, Chosen: chosen}
	loads := p.Loads(chosen)
	goals := len(f.worths)
	if p.HardMinimums {
		wanted := int64(0)
		for cap := range p.NumCaps() {
			wanted += int64(p.Minimum(cap))
		}
		if f.worths[0].Value(chosen, loads) < wanted {
			c.Outcome, goals = match.IsImpossible, 1
		}
	}
	row := make([]int64, len(potentials))
	for k := range goals {
		for v := range potentials {
			row[v] = f.goal(words(&potentials[v]), k)
		}
		price := make([]int64, len(row))
		for v := range row {
			price[v] = row[v]
			if up := p.Parent(int32(v)); up >= 0 {
				price[v] -= row[up]
			}
		}
		c.Values = append(c.Values, f.worths[k].Value(chosen, loads))
		c.Prices = append(c.Prices, price)
	}
	return c
}

// words is a vector as a slice.
func words[V vec](v *V) []int64 {
	all := make([]int64, 0, maxWords)
	for k := 0; k < len(*v); k++ {
		all = append(all, (*v)[k])
	}
	return all
}
