package report

import (
	"cmp"
	"context"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/explain"
)

// Answers are what package explain found out about single people and pairs.
type Answers struct {
	Goals   []match.Goal
	Reasons map[int32]Reasons          // by chosen edge
	Next    map[int32]*explain.Forced  // by mentee; nil: the mentee has no other possible pair; not there: not asked
	Missing map[int32]*explain.Missing // by mentee with fewer pairs than wanted
	Tried   map[int32]bool             // of these mentees, for whom remedies were sought
	Gains   []explain.Gain             // of one more place, the greatest first; without those that bring nothing
	Asked   bool                       // whether all mentors who are full were asked for their gain
}

// Reasons are what speaks for a pair, and against it.
type Reasons struct{ For, Against []explain.Reason }

// How much is asked. Each question is a changed problem, answered from the prices of the run, or where that cannot be
// solved anew, at a cost of about people times possible pairs; either answer is judged like any other. The bound counts
// these and not seconds, so that equal inputs give equal pages on any machine. On a machine of 2026 it is a few tenths
// of a second as a rule.
const (
	effort     = 600_000_000
	mostSolved = 400                                                             // problems, however small
	leftForOne = 4                                                               // problems that looking for what would help somebody takes as a rule,
	mostForOne = explain.PlacesTried + explain.RulesTried + explain.ChoicesTried // and at most
)

// affordable is how many changed problems may be solved.
func affordable(p *match.Problem) int {
	people := len(p.Mentees) + len(p.Mentors)
	return min(effort/max(people*(p.Edges.Len()+people), 1), mostSolved)
}

// Ask finds the answers for a page, the most wanted first, until the bound is reached: what would help those who have
// nobody; what else the mentees of the pairs to look at could have; what one more place would bring; what would help
// those who have fewer than they wanted; and then the next best for everybody else. What was not asked is said to be so
// on the page. The explainer must be about the same run.
func Ask(ctx context.Context, in Input, x *explain.Explainer) (*Answers, error) {
	a := &Answers{
		Goals: x.Goals(), Reasons: map[int32]Reasons{}, Next: map[int32]*explain.Forced{},
		Missing: map[int32]*explain.Missing{}, Tried: map[int32]bool{},
	}
	p, c := in.Run.Problem, in.Run.Certificate
	for _, e := range c.Chosen {
		speaks, against := x.Reasons(e)
		a.Reasons[e] = Reasons{speaks, against}
	}
	q := questions{ctx: ctx, x: x, p: p, a: a, left: x.Resolved() + affordable(p)}
	in.Answers = a
	f := count(&in)
	var nobody, fewer, rest []int32
	for i := range int32(len(p.Mentees)) {
		switch {
		case f.loads[i] == p.Max[i]:
			rest = append(rest, i)
		case f.loads[i] == 0:
			nobody = append(nobody, i)
		default:
			fewer, rest = append(fewer, i), append(rest, i)
		}
	}
	q.missing(nobody)
	for _, one := range secondLook(&in, f) {
		q.next(p.Edges.Mentee[one.edge])
	}
	q.gains()
	q.missing(fewer)
	for _, i := range rest {
		if f.loads[i] > 0 {
			q.next(i)
		}
	}
	return a, q.err
}

// questions are asked one after the other until the bound is reached.
type questions struct {
	ctx  context.Context
	x    *explain.Explainer
	p    *match.Problem
	a    *Answers
	left int // what Resolved may reach
	err  error
}

func (q *questions) mayAsk(solved int) bool {
	if q.err == nil {
		q.err = q.ctx.Err()
	}
	return q.err == nil && q.x.Resolved()+solved <= q.left
}

func (q *questions) missing(mentees []int32) {
	for _, i := range mentees {
		id := q.p.Mentees[i]
		if !q.mayAsk(leftForOne) {
			q.a.Missing[i] = q.x.Bound(id)
			continue
		}
		q.a.Tried[i] = true
		q.a.Missing[i], q.err = q.x.Missing(q.ctx, id)
	}
}

func (q *questions) next(mentee int32) {
	if _, known := q.a.Next[mentee]; known || !q.mayAsk(1) {
		return
	}
	var next *explain.Forced
	next, q.err = q.x.NextBest(q.ctx, q.p.Mentees[mentee])
	q.a.Next[mentee] = next
}

func (q *questions) gains() {
	q.a.Asked = true
	for _, id := range q.p.Mentors {
		if !q.mayAsk(1) {
			q.a.Asked = false
			break
		}
		var gain *explain.Gain
		if gain, q.err = q.x.Gain(q.ctx, id); gain != nil && !isNothing(q.a.Goals, gain.Gain) {
			q.a.Gains = append(q.a.Gains, *gain)
		}
	}
	slices.SortStableFunc(q.a.Gains, func(a, b explain.Gain) int {
		return cmp.Or(slices.Compare(withoutLottery(q.a.Goals, b.Gain), withoutLottery(q.a.Goals, a.Gain)), cmp.Compare(a.Mentor, b.Mentor))
	})
}

// withoutLottery leaves out the goals that draw lots, which nobody gains by.
func withoutLottery(goals []match.Goal, gain []int64) []int64 {
	var rest []int64
	for k, n := range gain {
		if goals[k].Lottery == 0 {
			rest = append(rest, n)
		}
	}
	return rest
}

func isNothing(goals []match.Goal, gain []int64) bool {
	return !slices.ContainsFunc(withoutLottery(goals, gain), func(n int64) bool { return n != 0 })
}
