package report

import (
	"strings"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/explain"
	"github.com/chiron-mentoring/chiron/match/score"
)

// A pairView is a row of the table of pairs, with what opens below it.
type pairView struct {
	Edge           int32
	Mentee, Mentor identity
	Purpose        string
	Choice         string
	Fit            string
	FitWidth       int
	Low            bool
	Tags           []string
	HasDetail      bool
	Parts          []part
	For, Against   []string
	Change         []string // what would change it
}

// A part is what one criterion brings to a fit.
type part struct {
	Name, Points string
	Minus        bool
	Width        int
}

func (w *writer) pairViews(f *figures, d detail) []pairView {
	p := w.in.Run.Problem
	most := int64(1)
	if len(f.fits) > 0 {
		most = max(most, int64(f.fits[len(f.fits)-1]))
	}
	existing := p.Column(match.Existing)
	var views []pairView
	said := map[int32]bool{} // mentees whose next best is said already
	for _, e := range w.in.Run.Certificate.Chosen {
		v := pairView{Edge: e, Purpose: p.PurposeName(int(e))}
		v.Mentee, v.Mentor = w.in.peopleOf(e)
		if f.fitOf != nil {
			v.Fit, v.FitWidth, v.Low = w.Number(int64(f.fitOf[e])), twentieths(int64(f.fitOf[e]), most), f.isPoor(e)
		}
		if f.placeOf != nil {
			v.Choice = w.place(f.placeOf(int(e)))
		}
		if p.State(int(e)) == match.Pinned {
			v.Tags = append(v.Tags, w.Say("pairs.pinned"))
		}
		if existing != nil && existing[e] != 0 {
			v.Tags = append(v.Tags, w.Say("pairs.existing"))
		}
		if d.reasons {
			w.explainPair(&v, f, said)
		}
		v.HasDetail = len(v.Parts)+len(v.For)+len(v.Against)+len(v.Change)+len(v.Tags) > 0
		views = append(views, v)
	}
	return views
}

func (w *writer) place(choice int) string {
	if choice == 0 {
		return w.Say("pairs.unlisted")
	}
	return w.Ordinal(int64(choice))
}

// explainPair says why the two were paired, and what would change it.
func (w *writer) explainPair(v *pairView, f *figures, said map[int32]bool) {
	a, p := w.in.Answers, w.in.Run.Problem
	if a == nil {
		return
	}
	reasons := a.Reasons[v.Edge]
	most := int64(1)
	for _, r := range reasons.For {
		most = max(most, int64(r.Scored.Points))
	}
	for _, r := range reasons.For {
		if r.Kind == explain.Criterion {
			v.Parts = append(v.Parts, w.part(r, most))
			continue
		}
		v.For = append(v.For, w.explain.Reason(r))
	}
	for _, r := range reasons.Against {
		v.Parts = append(v.Parts, w.part(r, most))
	}
	if len(reasons.For) == 0 {
		v.For = append(v.For, w.explain.Say("reason.none"))
	}
	mentee := p.Edges.Mentee[v.Edge]
	if said[mentee] {
		return
	}
	said[mentee] = true
	next, asked := a.Next[mentee]
	switch {
	case !asked:
	case next == nil:
		v.Change = append(v.Change, w.explain.Say("next.none"))
	default:
		v.Change = append(v.Change, w.nextBest(next, f))
	}
}

// part is a criterion with its points. What speaks against a pair has a minus.
func (w *writer) part(r explain.Reason, most int64) part {
	points := int64(r.Scored.Points)
	name := w.criterion(r.Scored.Criterion)
	if len(r.Scored.Values) > 0 {
		key := map[score.Because]string{score.Here: "pairs.shared", score.Destination: "pairs.destination", score.Shared: "pairs.madeup"}[r.Scored.Because]
		name = w.Say(key, "criterion", name, "values", isolated(strings.Join(r.Scored.Values, ", ")))
	}
	sign := "+"
	if points < 0 {
		sign = ""
	}
	return part{Name: name, Points: sign + w.Number(points), Minus: points < 0, Width: twentieths(max(points, -points), most)}
}

// nextBest says the best other pair of a mentee, and what fixing it would cost.
func (w *writer) nextBest(next *explain.Forced, f *figures) string {
	p := w.in.Run.Problem
	_, mentor := w.in.peopleOf(next.Edge)
	who := w.named(mentor)
	if purpose := p.PurposeName(int(next.Edge)); purpose != "" {
		who = w.Say("next.for", "mentor", who, "purpose", purpose)
	}
	if f.fitOf != nil {
		who = w.Say("next.fit", "mentor", who, "fit", f.fitOf[next.Edge])
	}
	if next.Impossible {
		return w.Say("next.impossible", "mentor", who)
	}
	return w.Say("next.cost", "mentor", who, "changes", w.explain.Changes(w.goals, next.Gain), "others", w.explain.Others(next.Difference))
}

// named is a person in a sentence.
func (w *writer) named(who identity) string {
	if who.Name == "" {
		return isolated(who.ID)
	}
	return w.Say("person", "name", isolated(who.Name), "id", isolated(who.ID))
}

// isolated keeps text that runs from right to left from turning the words around it: it is put between the marks of
// Unicode for that, after those in it are taken out.
func isolated(text string) string {
	if !strings.ContainsFunc(text, turnsDirection) {
		return text
	}
	return "\u2068" + strings.Map(func(r rune) rune {
		if 0x202a <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069 {
			return -1
		}
		return r
	}, text) + "\u2069"
}

// turnsDirection says whether a character can make text run from right to left.
func turnsDirection(r rune) bool {
	return 0x590 <= r && r <= 0x8ff || 0x202a <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069 || 0xfb1d <= r && r <= 0xfefc || r == 0x200f || r == 0x61c || 0x10800 <= r && r <= 0x10fff || 0x1e800 <= r && r <= 0x1efff
}
