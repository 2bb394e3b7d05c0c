package explain

import (
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// A Difference says how the answer to a changed problem differs from the matching.
type Difference struct {
	Gain   []int64 // per goal, what it counts more; the goals are those of Explainer.Goals
	Others int     // people whose pairs differ, besides those whom the change names
	Worse  int     // mentees among them who fare worse by their own ranking, in a stable matching
}

// Goals are what costs and gains are counted in, in order: those of the problem; for a stable matching the mentees
// with a mentor, and the pairs.
func (x *Explainer) Goals() []match.Goal { return slices.Clone(x.goals) }

// compare says how certificate c of the changed problem q differs. Moved says where the edges are in q; nil: where
// they were. The people named are not counted.
func (x *Explainer) compare(q *match.Problem, c *match.Certificate, moved []int32, named [2]int32) Difference {
	d := Difference{Gain: x.valuesOf(q, c)}
	d.Gain = slices.Clone(d.Gain)
	for k := range d.Gain {
		d.Gain[k] -= x.values[k]
	}
	isNow := make([]bool, q.Edges.Len())
	for _, e := range c.Chosen {
		isNow[e] = true
	}
	differs := [2]map[int32]bool{{}, {}}
	note := func(e int) {
		for s := range differs {
			if who := q.Person(match.Side(s), e); who != named[s] {
				differs[s][who] = true
			}
		}
	}
	for _, e := range x.about.Certificate.Chosen {
		if moved != nil {
			e = moved[e]
		}
		if !isNow[e] {
			note(int(e))
		}
		isNow[e] = !isNow[e] // what is left are the new pairs, and those that are gone
	}
	for e, is := range isNow {
		if is {
			note(e)
		}
	}
	d.Others = len(differs[0]) + len(differs[1])
	if q.Aim != match.Optimal && q.Edges.MenteeRank != nil {
		for who := range differs[0] {
			if slices.Compare(ranksOf(q, c.Chosen, who), ranksOf(x.p, x.about.Certificate.Chosen, who)) > 0 {
				d.Worse++
			}
		}
	}
	return d
}

// ranksOf lists how a mentee ranks the pairs the mentee has, best first, and then nobody.
func ranksOf(p *match.Problem, chosen []int32, mentee int32) []int32 {
	var ranks []int32
	for _, e := range chosen {
		if p.Edges.Mentee[e] == mentee {
			ranks = append(ranks, p.Edges.MenteeRank[e])
		}
	}
	slices.Sort(ranks)
	return append(ranks, 1<<31-1)
}

// gap is how far edge e is from being worth its prices, goal by goal; the lottery has no say in it. The nearer to
// nothing, the likelier a small change brings the pair about.
func (x *Explainer) gap(q *match.Problem, worths []match.Worth, e int) []int64 {
	var gap []int64
	for k := range worths {
		if x.goals[k].Lottery == 0 {
			gap = append(gap, x.potential[k][q.Leaf(match.MenteeSide, e)]+x.potential[k][q.Leaf(match.MentorSide, e)]-worths[k].Pair(e))
		}
	}
	return gap
}

// worths prepares the goals of problem q, with nothing for the lottery.
func (x *Explainer) worths(q *match.Problem) []match.Worth {
	ladder := q.Ladder()
	worths := make([]match.Worth, len(ladder))
	for k := range ladder {
		if ladder[k].Lottery == 0 {
			worths[k] = q.Worth(&ladder[k])
		}
	}
	return worths
}

// byPrice sorts edges, the cheapest first: those that are nearest to being worth their prices, or, in a stable matching,
// those that the mentee prefers.
func (x *Explainer) byPrice(edges []int32) {
	if x.p.Aim != match.Optimal {
		slices.SortFunc(edges, func(a, b int32) int {
			switch {
			case x.order.Better(a, b):
				return -1
			case a == b:
				return 0
			}
			return 1
		})
		return
	}
	slices.SortStableFunc(edges, func(a, b int32) int {
		return slices.Compare(x.gap(x.p, x.worth, int(a)), x.gap(x.p, x.worth, int(b)))
	})
}
