package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
)

// A missingView is a mentee with fewer pairs than wanted.
type missingView struct {
	Who      identity
	Why      string
	Barriers []string
	Remedies []string
	Nothing  string // in place of remedies
}

// An aboutView is a person and what is to be said of the person.
type aboutView struct {
	Who           identity
	Text, Changes string
}

// How many people a page lists of each kind, where lists could grow without end.
const (
	listedBarriers = 4
	listedGains    = 10
	listedRoom     = 100
	listedAside    = 200
)

// without lists the mentees who want a mentor and have none, or, with some, those who have fewer than wanted: first those
// for whom something would help, and apart from them those for whom nothing was tried.
func (w *writer) without(f *figures, some bool) (views, untried []missingView) {
	p := w.in.Run.Problem
	for i, id := range p.Mentees {
		if f.loads[i] >= p.Max[i] || (f.loads[i] > 0) != some {
			continue
		}
		v := w.missing(int32(i), id)
		if w.in.Answers != nil && !w.in.Answers.Tried[int32(i)] {
			v.Barriers = v.Barriers[:min(len(v.Barriers), 1)]
			untried = append(untried, v)
			continue
		}
		views = append(views, v)
	}
	slices.SortStableFunc(views, func(a, b missingView) int {
		return cmp.Compare(min(len(b.Remedies), 1), min(len(a.Remedies), 1))
	})
	return views, untried
}

func (w *writer) missing(i int32, id string) missingView {
	v := missingView{Who: w.in.identity(match.MenteeSide, id)}
	a := w.in.Answers
	if a == nil || a.Missing[i] == nil {
		v.Nothing = w.Say("nobody.unasked")
		return v
	}
	m := a.Missing[i]
	v.Why = w.explain.Say(m.Why)
	if m.Got > 0 {
		v.Why = w.Say("fewer.has", "got", m.Got, "wanted", m.Wanted) + " " + v.Why
	}
	if m.Got == 0 {
		for _, b := range m.Barriers[:min(len(m.Barriers), listedBarriers)] {
			b.Rule = w.criterion(b.Rule)
			v.Barriers = append(v.Barriers, w.explain.Barrier(b))
		}
	}
	for _, r := range m.Remedies {
		r.Rule = w.criterion(r.Rule)
		v.Remedies = append(v.Remedies, w.explain.Remedy(r, w.goals, w.mentors))
	}
	switch {
	case !a.Tried[i]:
		v.Nothing = w.Say("nobody.unasked")
	case m.Tried > 0:
		v.Nothing = w.Count("nobody.nothing", int64(m.Tried))
	default:
		v.Nothing = w.explain.Say("remedies.untried")
	}
	return v
}

// gains lists what one more place would bring, the greatest first.
func (w *writer) gains() []aboutView {
	if w.in.Answers == nil {
		return nil
	}
	var views []aboutView
	for _, g := range w.in.Answers.Gains[:min(len(w.in.Answers.Gains), listedGains)] {
		views = append(views, aboutView{Who: w.in.identity(match.MentorSide, g.Mentor), Changes: w.explain.Changes(w.goals, g.Gain)})
	}
	return views
}

// room lists the mentors with places left.
func (w *writer) room(f *figures) []aboutView {
	p := w.in.Run.Problem
	var views []aboutView
	for j, id := range p.Mentors {
		c := len(p.Mentees) + j
		if left := p.Max[c] - f.loads[c]; left > 0 && len(views) < listedRoom {
			views = append(views, aboutView{Who: w.in.identity(match.MentorSide, id), Text: w.Count("room.left", int64(left), "of", p.Max[c])})
		}
	}
	return views
}

// aside lists who was set aside before the matching. The reasons are the reader's own words.
func (w *writer) aside() []aboutView {
	list := w.in.Run.Manifest.SetAside
	var views []aboutView
	for _, s := range list[:min(len(list), listedAside)] {
		side := match.MenteeSide
		if s.Side == match.MentorSide.String() {
			side = match.MentorSide
		}
		views = append(views, aboutView{Who: w.in.identity(side, s.ID), Text: s.Why})
	}
	return views
}

// criterion says the name of a rule or criterion. What people called it stays; the names that package roster makes up
// in English, such as "shared interests", and the code for purposes are said in the language of the page.
func (w *writer) criterion(name string) string {
	if name == purposeCriterion {
		return w.Say("criterion.purpose")
	}
	for _, made := range madeNames {
		before, after, _ := strings.Cut(made.english, "%s")
		inside, ok := strings.CutPrefix(name, before)
		if !ok {
			continue
		}
		if inside, ok = strings.CutSuffix(inside, after); ok && inside != "" {
			return w.capitalise(w.Say(made.key, "column", inside))
		}
	}
	return w.capitalise(name)
}

// purposeCriterion is what package score calls the part of the purpose in a fit.
const purposeCriterion = "purpose"

// madeNames are the names that package roster gives to criteria without one, with the keys for them.
var madeNames = [...]struct{ english, key string }{
	{"same %s", "criterion.same"},
	{"different %s", "criterion.different"},
	{"%s among those of the mentor", "criterion.in"},
	{"%s not among those of the mentor", "criterion.notin"},
	{"%s has that of the mentor", "criterion.contains"},
	{"%s has not that of the mentor", "criterion.notcontains"},
	{"shared %s", "criterion.shared"},
	{"nothing shared in %s", "criterion.none"},
	{"gap in %s", "criterion.gap"},
}

func (w *writer) capitalise(text string) string {
	for i, r := range text {
		return strings.ToUpper(string(r)) + text[i+len(string(r)):]
	}
	return text
}

// localGoals are the goals with the names of columns and goals that package roster makes up, in the language of the
// page. They are for saying what changes only.
func (w *writer) localGoals(goals []match.Goal) []match.Goal {
	local := make([]match.Goal, len(goals))
	for k, g := range goals {
		if g.Column == fitColumn || g.Column == rankColumn {
			g.Column = w.Say("column." + g.Column)
		}
		if g.Name != "" && g.Band != nil {
			g.Name = w.goalWords(&goals[k])
		}
		local[k] = g
	}
	return local
}

// rankColumn is the column in which package roster keeps the mentees' ranks for goals.
const rankColumn = "rank"
