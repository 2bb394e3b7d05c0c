package report

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/explain"
)

// A decidedView says by which rules the matching was found.
type decidedView struct {
	Title, Lead string
	Goals       []goalView
	Kept        []string
	Criteria    []criterionView
}

type goalView struct{ Text, Value string }

// A criterionView is what a criterion brought to the chosen pairs.
type criterionView struct {
	Name          string
	Pairs, Points int64
}

func (w *writer) decided(f *figures) decidedView {
	p, c := w.in.Run.Problem, w.in.Run.Certificate
	v := decidedView{Title: w.Say("decided." + string(p.Aim)), Lead: w.Say("decided." + string(p.Aim) + ".lead")}
	if p.Aim == match.Optimal {
		ladder := p.Ladder()
		for k := range ladder {
			g := &ladder[k]
			if isChance(g) {
				continue
			}
			value := w.Number(valueFor(g, c, k))
			v.Goals = append(v.Goals, goalView{w.goalWords(g), value})
		}
		if slices.ContainsFunc(ladder, func(g match.Goal) bool { return isChance(&g) }) {
			v.Goals = append(v.Goals, goalView{w.Say("goal.lottery"), ""})
		}
	}
	v.Kept = w.kept(f)
	v.Criteria = w.criteria()
	return v
}

// valueFor is what a goal counts, as people count it: of what should be little, how much there is.
func valueFor(g *match.Goal, c *match.Certificate, k int) int64 {
	if k >= len(c.Values) {
		return 0
	}
	if g.Minimise || isEvenLoad(g) {
		return -c.Values[k]
	}
	return c.Values[k]
}

// isChance says whether a goal counts digits of a lottery, also in a pseudonymous copy.
func isChance(g *match.Goal) bool {
	return g.Lottery > 0 || strings.HasPrefix(g.Column, drawnPrefix)
}

// drawnPrefix begins the names of columns in which a pseudonymous copy carries the lottery.
const drawnPrefix = "lottery-"

// isEvenLoad recognises -1, -3, -5, ... for all of one side, which add up to the squares of the loads.
func isEvenLoad(g *match.Goal) bool {
	if len(g.Units) != 1 || g.Units[0].Of == "" || len(g.Units[0].Units) == 0 {
		return false
	}
	for n, unit := range g.Units[0].Units {
		if unit != int64(-1-2*n) {
			return false
		}
	}
	return true
}

// goalWords says what a goal counts.
func (w *writer) goalWords(g *match.Goal) string {
	column := g.Column
	if column == fitColumn || column == rankColumn {
		column = w.Say("column." + column)
	}
	wanted := "most"
	if g.Minimise {
		wanted = "least"
	}
	switch {
	case g.Minimums:
		return w.Say("goal.minimums")
	case g.Pairs:
		return w.Say("goal.pairs")
	case g.Column == match.Existing && g.Band == nil && !g.Minimise:
		return w.Say("goal.existing")
	case g.Column == rankColumn && g.Band != nil && *g.Band == match.Band{From: 1, To: 1} && !g.Minimise:
		return w.Say("goal.first")
	case g.Column == rankColumn && g.Band != nil:
		return w.Say("goal.choice."+wanted, "band", w.band(*g.Band))
	case g.Band != nil:
		return w.Say("goal.band."+wanted, "column", column, "band", w.band(*g.Band))
	case g.Column != "":
		return w.Say("goal.total."+wanted, "column", column)
	case isEvenLoad(g) && g.Units[0].Of == "mentors":
		return w.Say("goal.load")
	case len(g.Units) == 1 && slices.Equal(g.Units[0].Units, []int64{1}) && g.Units[0].Of == "mentees":
		return w.Say("goal.placed")
	case len(g.Units) == 1 && slices.Equal(g.Units[0].Units, []int64{1}) && g.Units[0].Of == "mentors":
		return w.Say("goal.mentors")
	case len(g.Units) == 1 && slices.Equal(g.Units[0].Units, []int64{1}) && g.Name == "wishes":
		return w.Say("goal.wishes")
	}
	return w.Say("goal.units", "name", g.Name)
}

func (w *writer) band(b match.Band) string {
	switch {
	case b.From == b.To:
		return w.Number(int64(b.From))
	case b.To == math.MaxInt32:
		return w.Say("band.least", "n", b.From)
	case b.From == math.MinInt32:
		return w.Say("band.most", "n", b.To)
	}
	return w.between(int64(b.From), int64(b.To))
}

// kept says what every pair had to keep to.
func (w *writer) kept(f *figures) []string {
	p := w.in.Run.Problem
	lines := []string{
		w.Count("kept.places", int64(f.places[match.MentorSide])),
		w.Count("kept.pairs", int64(p.Edges.Len())),
	}
	if len(p.Classes) > 0 {
		lines = append(lines, w.Count("kept.classes", int64(len(p.Classes))))
	}
	if f.pinned > 0 {
		lines = append(lines, w.Count("kept.pinned", int64(f.pinned)))
	}
	if f.excluded > 0 {
		lines = append(lines, w.Count("kept.excluded", int64(f.excluded)))
	}
	if f.existing > 0 {
		lines = append(lines, w.Count("kept.existing", int64(f.kept), "of", f.existing))
	}
	if p.HardMinimums {
		lines = append(lines, w.Say("kept.minimums"))
	}
	return lines
}

// criteria sums up what each criterion brought to the pairs for which it is a reason.
func (w *writer) criteria() []criterionView {
	if w.in.Answers == nil {
		return nil
	}
	at := map[string]int{}
	var views []criterionView
	for _, e := range w.in.Run.Certificate.Chosen {
		r := w.in.Answers.Reasons[e]
		for _, reason := range slices.Concat(r.For, r.Against) {
			if reason.Kind != explain.Criterion {
				continue
			}
			name := w.criterion(reason.Scored.Criterion)
			k, known := at[name]
			if !known {
				k = len(views)
				at[name] = k
				views = append(views, criterionView{Name: name})
			}
			views[k].Pairs++
			views[k].Points += int64(reason.Scored.Points)
		}
	}
	slices.SortStableFunc(views, func(a, b criterionView) int {
		return cmp.Or(cmp.Compare(b.Points, a.Points), cmp.Compare(a.Name, b.Name))
	})
	return views
}
