package explain

import (
	"cmp"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// A Reason says one thing that speaks for a pair, or against it.
type Reason struct {
	Kind   ReasonKind
	Rank   int32        // for MenteeRanks and MentorRanks
	Scored score.Reason // for Criterion
}

// ReasonKind says what a reason is about.
type ReasonKind uint8

const (
	Settled     ReasonKind = iota // the pair was fixed before the matching
	Before                        // it exists from an earlier run, and a goal keeps such pairs
	MenteeRanks                   // how the mentee ranks it
	MentorRanks                   // how the mentor ranks it
	Criterion                     // it suits by a criterion
)

// mostReasons are given for a pair, and half as many against it.
const mostReasons = 4

// Reasons lists what speaks for a chosen pair, the weightiest first, and what was put up with. All of it decided:
// ranks are named where they count, criteria where a goal counts the suitability that they make up.
func (x *Explainer) Reasons(edge int32) (speaksFor, against []Reason) {
	p, e := x.p, int(edge)
	if p.State(e) == match.Pinned {
		speaksFor = append(speaksFor, Reason{Kind: Settled})
	}
	if x.keeps(e) {
		speaksFor = append(speaksFor, Reason{Kind: Before})
	}
	if x.menteeRank {
		speaksFor = append(speaksFor, Reason{Kind: MenteeRanks, Rank: p.Edges.MenteeRank[e]})
	}
	if p.Aim != match.Optimal && p.Edges.MentorRank != nil {
		speaksFor = append(speaksFor, Reason{Kind: MentorRanks, Rank: p.Edges.MentorRank[e]})
	}
	helps, hurts := choose(x.scored(e), x.about.Hidden)
	for _, r := range helps {
		speaksFor = append(speaksFor, Reason{Kind: Criterion, Scored: r})
	}
	for _, r := range hurts {
		against = append(against, Reason{Kind: Criterion, Scored: r})
	}
	return speaksFor[:min(len(speaksFor), mostReasons)], against[:min(len(against), mostReasons/2)]
}

// keeps says whether a goal counts that edge e exists already.
func (x *Explainer) keeps(e int) bool {
	values := x.p.Column(match.Existing)
	return values != nil && values[e] > 0 && slices.ContainsFunc(x.p.Goals, func(g match.Goal) bool {
		return g.Column == match.Existing && g.Band == nil && !g.Minimise
	})
}

// scored is what makes up the suitability of edge e, if a goal counts that.
func (x *Explainer) scored(e int) []score.Reason {
	if x.about.Reasons == nil || len(x.suits) == 0 {
		return nil
	}
	reasons := x.about.Reasons(e)
	sum := 0
	for _, r := range reasons {
		sum += r.Points
	}
	if !slices.ContainsFunc(x.suits, func(column []int32) bool { return int(column[e]) == sum }) {
		return nil
	}
	return reasons
}

// choose parts the criteria that add to a suitability from those that take away, the weightiest first. Rules can name
// several criteria alike; these stand and fall together. Hidden ones are left out.
func choose(reasons []score.Reason, hidden []string) (helps, hurts []score.Reason) {
	var merged []score.Reason
	for _, r := range reasons {
		if slices.Contains(hidden, r.Criterion) {
			continue
		}
		at := slices.IndexFunc(merged, func(m score.Reason) bool { return m.Criterion == r.Criterion })
		if at < 0 {
			merged = append(merged, r)
			continue
		}
		merged[at].Points += r.Points
		merged[at].Values = slices.Compact(slices.Concat(merged[at].Values, r.Values))
	}
	for _, r := range merged {
		switch {
		case r.Points > 0:
			helps = append(helps, r)
		case r.Points < 0:
			hurts = append(hurts, r)
		}
	}
	slices.SortStableFunc(helps, func(a, b score.Reason) int { return cmp.Compare(b.Points, a.Points) })
	slices.SortStableFunc(hurts, func(a, b score.Reason) int { return cmp.Compare(a.Points, b.Points) })
	return helps, hurts
}
