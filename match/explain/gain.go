package explain

import (
	"context"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// A Gain is what one more place with a mentor would bring. Gains of several places do not add up: two places may lead
// to the same good thing.
type Gain struct {
	Mentor string
	Gain   []int64 // per goal
	Worse  int     // mentees who would fare worse by their own ranking, in a stable matching
	Priced bool    // read off the published prices; if not, the problem was solved anew
}

// Gain finds what one more place with a mentor would bring; nil: the mentor has room, so it brings nothing. Without
// classes it is the lowest price, which the certificate proves, with what the unit itself counts; else one problem is
// solved.
func (x *Explainer) Gain(ctx context.Context, mentor string) (*Gain, error) {
	who := x.find(match.MentorSide, mentor)
	if who < 0 {
		return nil, nil
	}
	total := x.total(match.MentorSide, who)
	if x.loads[total] < x.p.Max[total] {
		return nil, nil
	}
	q := withPlace(x.p, []int32{total})
	if x.p.Aim == match.Optimal && len(x.p.Classes) == 0 {
		return &Gain{Mentor: mentor, Gain: x.pricedGain(q, total), Priced: true}, nil
	}
	c, err := x.solve(ctx, q)
	if err != nil || c == nil {
		return nil, err
	}
	d := x.compare(q, c, nil, [2]int32{-1, who})
	return &Gain{Mentor: mentor, Gain: d.Gain, Worse: d.Worse}, nil
}

// pricedGain is the price of a full cap plus what its next unit counts, if that is more than nothing.
func (x *Explainer) pricedGain(q *match.Problem, cap int32) []int64 {
	gain := make([]int64, len(x.goals))
	ladder := q.Ladder()
	for k := range ladder {
		gain[k] = x.about.Certificate.Prices[k][cap]
		if g := &ladder[k]; g.Minimums || g.Units != nil {
			worth := q.Worth(g)
			gain[k] += worth.Unit(cap, x.loads[cap]+1)
		}
	}
	if slices.Compare(gain, make([]int64, len(gain))) < 0 {
		return make([]int64, len(gain))
	}
	return gain
}
