package report

import (
	"cmp"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// A suspicion is a pair that somebody should look at, and why, as keys of the catalogue.
type suspicion struct {
	edge int32
	why  []string
}

// secondLook finds the pairs that deserve a second look, those with the most and the gravest doubts first: a poor fit,
// somebody whom the mentee has not named or has named last while the fit is among the lowest quarter, nothing that
// speaks for the pair, and pairs that somebody fixed by hand.
func secondLook(in *Input, f *figures) []suspicion {
	p := in.Run.Problem
	last := lastChoices(in, f)
	var all []suspicion
	for _, e := range in.Run.Certificate.Chosen {
		one := suspicion{edge: e}
		low := f.fitOf == nil || f.fitOf[e] < f.quartile
		if f.isPoor(e) {
			one.why = append(one.why, "look.poor")
		}
		switch {
		case last[e] && low:
			one.why = append(one.why, "look.last")
		case f.placeOf != nil && f.placeOf(int(e)) == 0 && low:
			one.why = append(one.why, "look.unlisted")
		}
		if in.Answers != nil && len(in.Answers.Reasons[e].For) == 0 {
			one.why = append(one.why, "look.nothing")
		}
		if p.State(int(e)) == match.Pinned {
			one.why = append(one.why, "look.pinned")
		}
		if len(one.why) > 0 {
			all = append(all, one)
		}
	}
	slices.SortStableFunc(all, func(a, b suspicion) int {
		order := cmp.Compare(len(b.why), len(a.why))
		if f.fitOf != nil {
			order = cmp.Or(order, cmp.Compare(f.fitOf[a.edge], f.fitOf[b.edge]))
		}
		return order
	})
	return all
}

// lastChoices marks the edges that are the last of at least three choices of their mentee.
func lastChoices(in *Input, f *figures) []bool {
	p := in.Run.Problem
	last := make([]bool, p.Edges.Len())
	if f.placeOf == nil {
		return last
	}
	longest := make([]int, len(p.Mentees))
	for e := range p.Edges.Len() {
		i := p.Edges.Mentee[e]
		longest[i] = max(longest[i], f.placeOf(e))
	}
	for e := range last {
		place := f.placeOf(e)
		last[e] = place >= 3 && place == longest[p.Edges.Mentee[e]]
	}
	return last
}
