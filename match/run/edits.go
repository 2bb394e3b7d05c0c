package run

import (
	"context"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/explain"
	"github.com/chiron-mentoring/chiron/match/roster"
	"github.com/chiron-mentoring/chiron/match/score"
)

// MostPricedEdits bounds how many decisions by hand are priced one by one: each takes solving the problem anew.
const MostPricedEdits = 50

// A PricedEdit is a decision by hand and what it costs: how the result would differ without it, all others standing.
// The costs of several decisions do not add up.
type PricedEdit struct {
	roster.Edit
	Edges  []int32 // of the problem; none: the pair was impossible anyway
	Priced bool
	Cost   explain.Difference // what each goal would gain without the decision, and whose pairs would differ
}

// PricedEdits are all decisions by hand, and what they cost together.
type PricedEdits struct {
	Edits    []PricedEdit
	Together explain.Difference
}

// PriceEdits prices the decisions by hand among the inputs. It solves one problem for each of the first
// [MostPricedEdits], and one for all of them. Without decisions it returns nil.
func (r *Run) PriceEdits(ctx context.Context, x *explain.Explainer) (*PricedEdits, error) {
	if r.People == nil || len(r.People.Edits) == 0 || r.Certificate.Outcome == match.IsImpossible {
		return nil, nil
	}
	all := &PricedEdits{}
	var every []int32
	edges := r.decidedEdges(r.People.Edits)
	for k, e := range r.People.Edits {
		priced := PricedEdit{Edit: e, Edges: edges[k]}
		every = append(every, priced.Edges...)
		if priced.Priced = k < MostPricedEdits && len(priced.Edges) > 0; priced.Priced {
			var err error
			if priced.Cost, err = x.Freed(ctx, priced.Edges); err != nil {
				return nil, err
			}
		}
		all.Edits = append(all.Edits, priced)
	}
	var err error
	all.Together, err = x.Freed(ctx, every)
	return all, err
}

// decidedEdges are the edges that each of the edits pins or forbids.
func (r *Run) decidedEdges(edits []roster.Edit) [][]int32 {
	p := r.Problem
	of := map[[2]string][]int{}
	for k, e := range edits {
		of[[2]string{e.Mentee, e.Mentor}] = append(of[[2]string{e.Mentee, e.Mentor}], k)
	}
	edges := make([][]int32, len(edits))
	for i := range p.Edges.Len() {
		if p.State(i) == match.Open {
			continue
		}
		for _, k := range of[[2]string{p.Mentees[p.Edges.Mentee[i]], p.Mentors[p.Edges.Mentor[i]]}] {
			if e := edits[k]; e.State == p.State(i) && (e.Purpose == "" || score.Fold(e.Purpose) == score.Fold(p.PurposeName(i))) {
				edges[k] = append(edges[k], int32(i))
			}
		}
	}
	return edges
}
