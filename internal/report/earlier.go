package report

import (
	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/run"
)

// An earlierView says what became of the pairs of an earlier time.
type earlierView struct {
	Lead  string
	Bars  barList
	Kinds []earlierKind
}

type earlierKind struct {
	Title, More string
	Pairs       [][]identity
}

const listedEarlier = 50

func (w *writer) earlier() *earlierView {
	e := w.in.Earlier
	if e == nil {
		return nil
	}
	v := &earlierView{Lead: w.Count("earlier.lead", int64(e.Pairs), "file", e.File, "new", w.Count("earlier.new", int64(e.New)))}
	v.Bars.Title = w.Say("earlier.title")
	for _, kind := range [...]struct {
		key   string
		pairs [][2]string
	}{{"goon", e.GoOn}, {"passed", e.PassedOver}, {"ruled", e.Ruled}, {"left", e.Left}} {
		v.Bars.Rows = append(v.Bars.Rows, barRow{Name: w.Say("earlier." + kind.key), Count: int64(len(kind.pairs))})
		if kind.key == "goon" || len(kind.pairs) == 0 {
			continue
		}
		list := earlierKind{Title: w.Say("earlier." + kind.key)}
		for _, pair := range kind.pairs[:min(len(kind.pairs), listedEarlier)] {
			list.Pairs = append(list.Pairs, []identity{w.in.identity(match.MenteeSide, pair[0]), w.in.identity(match.MentorSide, pair[1])})
		}
		if more := len(kind.pairs) - listedEarlier; more > 0 {
			list.More = w.Count("more", int64(more))
		}
		v.Kinds = append(v.Kinds, list)
	}
	w.share(&v.Bars, int64(e.Pairs))
	return v
}

// An editsView lists what was decided by hand, and its price.
type editsView struct {
	Rows     []editView
	Together string
}

type editView struct {
	Mentee, Mentor            identity
	Decision, Reason, Without string
}

func (w *writer) edits() *editsView {
	if w.in.Edits == nil || len(w.in.Edits.Edits) == 0 {
		return nil
	}
	v := &editsView{}
	for _, e := range w.in.Edits.Edits {
		row := editView{
			Mentee: w.in.identity(match.MenteeSide, e.Mentee), Mentor: w.in.identity(match.MentorSide, e.Mentor),
			Decision: w.Say("edits.apart"), Reason: e.Reason, Without: w.otherwise(e),
		}
		if e.State == match.Pinned {
			row.Decision = w.Say("edits.together")
		}
		v.Rows = append(v.Rows, row)
	}
	v.Together = w.Say("edits.sum", "changes", w.explain.Changes(w.goals, w.in.Edits.Together.Gain), "others", w.explain.Others(w.in.Edits.Together))
	return v
}

// otherwise says what would be otherwise without a decision.
func (w *writer) otherwise(e run.PricedEdit) string {
	switch {
	case len(e.Edges) == 0:
		return w.Say("edits.idle")
	case !e.Priced || len(w.goals) == 0:
		return w.Say("edits.unpriced")
	}
	return w.Say("edits.price", "changes", w.explain.Changes(w.goals, e.Cost.Gain), "others", w.explain.Others(e.Cost))
}

// prices says for the edges that somebody fixed by hand what would be otherwise without that.
func (w *writer) prices() map[int32]string {
	prices := map[int32]string{}
	if w.in.Edits == nil {
		return prices
	}
	for _, e := range w.in.Edits.Edits {
		for _, edge := range e.Edges {
			if e.Priced && len(w.goals) > 0 {
				prices[edge] = w.otherwise(e)
			}
		}
	}
	return prices
}
