package solve

import (
	"context"

	"github.com/chiron-mentoring/chiron/match"
)

// optimal finds the matching that is best in the order of the goals, with the lowest prices that prove it.
func optimal(ctx context.Context, p *match.Problem, o Options) (*match.Certificate, error) {
	if first := firstLot(p); 0 < first && first < len(p.Ladder()) {
		return withLots(ctx, p, first, o)
	}
	return allAtOnce(ctx, p, o)
}

// allAtOnce does so with all goals in one pass.
func allAtOnce(ctx context.Context, p *match.Problem, o Options) (*match.Certificate, error) {
	f, err := pack(p)
	if err != nil {
		return nil, err
	}
	return f.solver().solve(ctx, p, f, o)
}

// A solver works with vectors of one length.
type solver interface {
	solve(ctx context.Context, p *match.Problem, f *packing, o Options) (*match.Certificate, error)
	draft(ctx context.Context, p *match.Problem, f *packing, o Options) (*draft, error)
	price(p *match.Problem, f *packing, w *drawn) *match.Certificate
	prepare(ctx context.Context, s *Session, f *packing, c *match.Certificate) error
}

// solver is the one for vectors of as many words as the goals take, or a few more.
func (f *packing) solver() solver {
	switch {
	case f.words == 1:
		return solverOf[[1]int64]{}
	case f.words == 2:
		return solverOf[[2]int64]{}
	case f.words == 3:
		return solverOf[[3]int64]{}
	case f.words == 4:
		return solverOf[[4]int64]{}
	case f.words <= 8:
		return solverOf[[8]int64]{}
	case f.words <= 16:
		return solverOf[[16]int64]{}
	}
	return solverOf[[32]int64]{}
}

type solverOf[V vec] struct{}

// solve finds the best matching and its prices.
func (solverOf[V]) solve(ctx context.Context, p *match.Problem, f *packing, o Options) (*match.Certificate, error) {
	n, err := flow[V](ctx, p, f, o)
	if err != nil {
		return nil, err
	}
	chosen := n.chosen()
	return certify(p, f, allGoals(f), chosen, newCanonical(n, chosen).potentials()), nil
}

// flow serves bidder after bidder by successive shortest paths (Jewell 1958, Iri 1960, Busacker and Gowen 1960): after
// each, the matching is the best one for the bidders so far, and the potentials prove it. With F places of the side
// with fewer places it takes O(F·(E + V log V)·W) time at worst; searches end early, so that commonly each costs a
// small part of E.
func flow[V vec](ctx context.Context, p *match.Problem, f *packing, o Options) (*network[V], error) {
	n := newNetwork[V](p, f, fewerPlaces(p))
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
	return n, m.finish()
}

// allGoals are the numbers of all goals.
func allGoals(f *packing) []int {
	goals := make([]int, len(f.worths))
	for k := range goals {
		goals[k] = k
	}
	return goals
}

// certify writes potentials as prices, goal by goal, for the given goals of the packing, which are p's. If hard minimums
// are not all met, the first goal alone is the proof that they cannot be.
func certify[V vec](p *match.Problem, f *packing, goals []int, chosen []int32, potentials []V) *match.Certificate {
	c := &match.Certificate{Engine: Engine, Outcome: match.IsOptimal, Chosen: chosen}
	loads := p.Loads(chosen)
	if p.HardMinimums {
		wanted := int64(0)
		for cap := range p.NumCaps() {
			wanted += int64(p.Minimum(cap))
		}
		if f.worths[0].Value(chosen, loads) < wanted {
			c.Outcome, goals = match.IsImpossible, goals[:1]
		}
	}
	row := make([]int64, len(potentials))
	for _, k := range goals {
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
