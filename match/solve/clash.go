package solve

import (
	"context"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// Clash finds minimums that cannot all be met: caps whose minimums contradict each other, the maximums and the pinned
// pairs, and of which each one is needed for the contradiction. If any one of them is given up, the others can be met.
// It returns nil if all minimums of p can be met together.
//
// There may be other contradictions besides; give one minimum up and ask again. Each step halves what it looks at
// (Junker 2004, QuickXplain), so k clashing minimums among n take about 2k·log(n/k) solutions of p with the minimums
// as the only goal.
func Clash(ctx context.Context, p *match.Problem) ([]int32, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	s := clashSearch{ctx: ctx, p: p}
	var all []int32
	for c := range int32(p.NumCaps()) {
		if p.Minimum(int(c)) > 0 {
			all = append(all, c)
		}
	}
	if s.canMeet(all) || s.err != nil {
		return nil, s.err
	}
	clash := s.needed(nil, nil, all)
	slices.Sort(clash)
	return clash, s.err
}

type clashSearch struct {
	ctx context.Context
	p   *match.Problem
	err error
}

// needed finds a smallest selection of candidates that clashes together with the caps in base. Base alone is known not
// to clash if nothing was added to it.
func (s *clashSearch) needed(base, added, candidates []int32) []int32 {
	if s.err != nil || len(added) > 0 && !s.canMeet(base) {
		return nil
	}
	if len(candidates) == 1 {
		return candidates
	}
	half := len(candidates) / 2
	first, second := candidates[:half], candidates[half:]
	fromSecond := s.needed(slices.Concat(base, first), first, second)
	fromFirst := s.needed(slices.Concat(base, fromSecond), fromSecond, first)
	return slices.Concat(fromFirst, fromSecond)
}

// canMeet says whether the minimums of these caps can be met together.
func (s *clashSearch) canMeet(caps []int32) bool {
	if s.err != nil || len(caps) == 0 {
		return true
	}
	q := *s.p
	q.Aim, q.HardMinimums, q.Goals = match.Optimal, true, []match.Goal{{Name: "pairs", Pairs: true}}
	q.Min = make([]int32, q.NumCaps())
	for _, c := range caps {
		q.Min[c] = s.p.Min[c]
	}
	answer, err := optimal(s.ctx, &q, Options{})
	if err != nil {
		s.err = err
		return true
	}
	return answer.Outcome == match.IsOptimal
}
