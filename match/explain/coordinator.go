package explain

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
)

// A Coordinator is what the coordinator of a program may read of a person: names, ranks and points, what kept somebody
// from a mentor, and what would help. It knows no prices, and not who asked to be kept from whom.
type Coordinator struct {
	Side        match.Side
	Who         Label
	Wanted, Got int
	Pairs       []ExplainedPair
	Missing     *Missing // a mentee has fewer mentors than wanted
	Gain        *Gain    // a mentor is full
	goals       []match.Goal
	names       [2]map[string]string
}

// A Label is a person for people.
type Label struct{ ID, Name string }

// An ExplainedPair is a pair with what speaks for it and what it costs others.
type ExplainedPair struct {
	Mentee, Mentor Label
	Purpose        string
	Counts         Counts
	For, Against   []Reason
	Next           *NextPair // the mentee's best other pair; nil: there is none
	last           bool      // of a mentee's pairs, so that what concerns the mentee is said once
}

// A NextPair is the best pair that a mentee has not.
type NextPair struct {
	Mentor  Label
	Purpose string
	Counts  Counts
	Forced
}

// Counts are what decides about a pair by itself: the values of the columns that goals want much of, and the mentee's
// rank, or 0 where it decides nothing.
type Counts struct {
	Columns []string
	Values  []int32
	Rank    int32
}

// Coordinator explains a person to the coordinator. It solves at most one problem for each mentee whom it speaks of,
// one for a mentor, and those of [Explainer.Missing].
func (x *Explainer) Coordinator(ctx context.Context, side match.Side, id string) (Coordinator, error) {
	who := x.find(side, id)
	if who < 0 {
		return Coordinator{}, fmt.Errorf("there is no %s %q in this run", side, id)
	}
	total := x.total(side, who)
	t := Coordinator{
		Side: side, Who: x.label(side, id), Wanted: int(x.p.Max[total]), Got: int(x.loads[total]),
		goals: x.goals, names: x.about.Names,
	}
	for _, e := range x.chosenOf(side, who) {
		pair, err := x.explained(ctx, e)
		if err != nil {
			return t, err
		}
		t.Pairs = append(t.Pairs, pair)
	}
	for i := range t.Pairs {
		t.Pairs[i].last = i == len(t.Pairs)-1 || t.Pairs[i].Mentee != t.Pairs[i+1].Mentee
	}
	var err error
	if side == match.MenteeSide {
		t.Missing, err = x.Missing(ctx, id)
	} else {
		t.Gain, err = x.Gain(ctx, id)
	}
	return t, err
}

func (x *Explainer) label(s match.Side, id string) Label { return Label{id, x.about.Names[s][id]} }

func (x *Explainer) explained(ctx context.Context, e int32) (ExplainedPair, error) {
	mentee, mentor := x.p.Mentees[x.p.Edges.Mentee[e]], x.p.Mentors[x.p.Edges.Mentor[e]]
	pair := ExplainedPair{
		Mentee: x.label(match.MenteeSide, mentee), Mentor: x.label(match.MentorSide, mentor), Purpose: x.p.PurposeName(int(e)),
		Counts: x.counts(e),
	}
	pair.For, pair.Against = x.Reasons(e)
	next, err := x.NextBest(ctx, mentee)
	if next != nil {
		other := x.p.Mentors[x.p.Edges.Mentor[next.Edge]]
		pair.Next = &NextPair{x.label(match.MentorSide, other), x.p.PurposeName(int(next.Edge)), x.counts(next.Edge), *next}
	}
	return pair, err
}

func (x *Explainer) counts(e int32) Counts {
	var c Counts
	for k := range x.goals {
		name := x.goals[k].Column
		if values := x.p.Column(name); x.isSuitability(values) && !slices.Contains(c.Columns, name) {
			c.Columns, c.Values = append(c.Columns, name), append(c.Values, values[e])
		}
	}
	if x.menteeRank {
		c.Rank = x.p.Edges.MenteeRank[e]
	}
	return c
}

func (w Words) counted(c Counts) string {
	var parts []string
	for k, name := range c.Columns {
		parts = append(parts, w.count("counted.value", int64(c.Values[k]), "name", name))
	}
	if c.Rank > 0 {
		parts = append(parts, w.count("counted.rank", int64(c.Rank)))
	}
	if len(parts) == 0 {
		return ""
	}
	return w.say("counted", "counts", strings.Join(parts, ", "))
}

// Text is what the coordinator reads of one person.
func (t Coordinator) Text(w Words) string {
	var s page
	t.write(&s, w, false)
	return s.String()
}

// write leaves out, when brief, what the text about many people says once.
func (t Coordinator) write(s *page, w Words, brief bool) {
	s.line(t.headline(w))
	for _, pair := range t.Pairs {
		s.gap()
		pair.write(s, w, t.goals)
	}
	if t.Missing != nil {
		if !brief {
			s.gap()
		}
		t.Missing.write(s, w, t.goals, t.names, brief)
	}
	if t.Gain != nil && !isNothing(t.goals, t.Gain.Gain) {
		s.gap()
		s.line(w.say("gains.only", "changes", w.changes(t.goals, t.Gain.Gain)))
	}
}

// headline says in a line how a person fared.
func (t Coordinator) headline(w Words) string {
	args := []string{
		"person", w.label(t.Who), "wanted", fmt.Sprint(t.Wanted), "got", fmt.Sprint(t.Got),
		"places", fmt.Sprint(t.Wanted), "room", fmt.Sprint(t.Wanted - t.Got),
	}
	switch {
	case t.Side == match.MentorSide && t.Got == t.Wanted:
		return w.say("full.mentor", args...)
	case t.Side == match.MentorSide && t.Got == 0:
		return w.say("nobody.mentor", args...)
	case t.Side == match.MentorSide:
		return w.say("room.mentor", args...)
	case t.Wanted == 0:
		return w.say("idle.mentee", args...)
	case t.Got == 0:
		return w.say("nobody.mentee", args...)
	}
	return w.say("fewer.mentee", args...)
}

func (w Words) label(l Label) string {
	if l.Name == "" {
		return l.ID
	}
	return w.say("person", "name", l.Name, "id", l.ID)
}

func (p ExplainedPair) write(s *page, w Words, goals []match.Goal) {
	code := Code("pair")
	if p.Purpose != "" {
		code = "pair.for"
	}
	s.line(w.say(code, "mentee", w.label(p.Mentee), "mentor", w.label(p.Mentor), "purpose", p.Purpose, "counted", w.counted(p.Counts)))
	for _, r := range p.For {
		s.item(w.reason(r))
	}
	if len(p.For) == 0 {
		s.item(w.say("reason.none"))
	}
	for _, r := range p.Against {
		s.item(w.say("against", "reason", w.reason(r)))
	}
	switch {
	case !p.last:
	case p.Next == nil:
		s.say(w.say("next.none"))
	default:
		mentor := w.label(p.Next.Mentor)
		if p.Next.Purpose != "" {
			mentor = w.say("with.for", "mentor", mentor, "purpose", p.Next.Purpose)
		}
		if p.Next.Impossible {
			s.say(w.say("next.impossible", "mentor", mentor, "counted", w.counted(p.Next.Counts)))
			return
		}
		s.say(w.say("next", "mentor", mentor, "counted", w.counted(p.Next.Counts), "changes", w.changes(goals, p.Next.Gain), "others", w.others(p.Next.Difference)))
	}
}

func (w Words) reason(r Reason) string {
	switch r.Kind {
	case Settled:
		return w.say("reason.settled")
	case Before:
		return w.say("reason.before")
	case MenteeRanks:
		return w.say("reason.mentee", "rank", fmt.Sprint(r.Rank))
	case MentorRanks:
		return w.say("reason.mentor", "rank", fmt.Sprint(r.Rank))
	}
	code := Code("reason.criterion")
	if len(r.Scored.Values) > 0 {
		code = "reason.shared"
	}
	return w.count(code, int64(r.Scored.Points), "criterion", capitalised(r.Scored.Criterion), "values", strings.Join(r.Scored.Values, ", "))
}

func (m *Missing) write(s *page, w Words, goals []match.Goal, names [2]map[string]string, brief bool) {
	s.say(w.say(m.Why))
	if len(m.Barriers) > 0 && !brief {
		s.say(w.say("barriers"))
		for _, b := range m.Barriers {
			s.item(w.count("barrier", int64(b.Mentors), "rule", b.Rule))
		}
	}
	switch {
	case len(m.Remedies) > 0 && !brief:
		s.say(w.say("remedies"))
	case len(m.Remedies) > 0:
	case m.Tried > 0:
		s.say(w.count("remedies.none", int64(m.Tried)))
	default:
		s.say(w.say("remedies.untried"))
	}
	for _, r := range m.Remedies {
		s.item(w.remedy(r, goals, names[match.MentorSide]))
	}
}

func (w Words) remedy(r Remedy, goals []match.Goal, names map[string]string) string {
	var with []string
	for _, id := range r.With {
		with = append(with, w.label(Label{id, names[id]}))
	}
	code := [...]Code{"remedy.place", "remedy.rule", "remedy.choice"}[r.Kind]
	if slices.Equal(r.With, []string{r.Mentor}) {
		code += ".same"
	}
	mentor := w.label(Label{r.Mentor, names[r.Mentor]})
	if r.Purpose != "" {
		mentor = w.say("with.for", "mentor", mentor, "purpose", r.Purpose)
	}
	return w.say(code,
		"mentor", mentor, "rule", r.Rule, "with", strings.Join(with, ", "),
		"changes", w.changes(goals, r.Gain), "others", w.others(r.Difference), "limits", w.limits(r))
}

// limits says within which limits of a mentor a further place counts.
func (w Words) limits(r Remedy) string {
	switch {
	case len(r.Classes) == 0:
		return ""
	case r.Total:
		return w.say("limits", "classes", strings.Join(r.Classes, ", "))
	}
	return w.say("limits.only", "classes", strings.Join(r.Classes, ", "))
}

func (w Words) others(d Difference) string {
	if d.Others == 0 {
		return w.say("others.none")
	}
	text := w.count("others", int64(d.Others))
	if d.Worse > 0 {
		text += w.count("others.worse", int64(d.Worse))
	}
	return text
}

// An Overview is a whole run in brief, for the coordinator.
type Overview struct {
	Nobody, Fewer []Coordinator // mentees without a mentor, and with fewer than wanted
	Gains         []Gain        // the greatest first; without those that bring nothing
	goals         []match.Goal
	names         [2]map[string]string
}

// Overview finds, for every mentee with fewer mentors than wanted, what would help, and for every mentor what one more
// place would bring. Progress, if not nil, is told how many people were looked at.
func (x *Explainer) Overview(ctx context.Context, progress func(done, total int)) (Overview, error) {
	o := Overview{goals: x.goals, names: x.about.Names}
	done := 0
	step := func() error {
		if done++; progress != nil {
			progress(done, len(x.p.Mentees)+len(x.p.Mentors))
		}
		return ctx.Err()
	}
	for i, id := range x.p.Mentees {
		if err := step(); err != nil {
			return o, err
		}
		if x.loads[i] == x.p.Max[i] {
			continue
		}
		m, err := x.Missing(ctx, id)
		if err != nil {
			return o, err
		}
		one := Coordinator{
			Side: match.MenteeSide, Who: x.label(match.MenteeSide, id), Wanted: m.Wanted, Got: m.Got, Missing: m,
			goals: x.goals, names: x.about.Names,
		}
		if m.Got == 0 {
			o.Nobody = append(o.Nobody, one)
		} else {
			o.Fewer = append(o.Fewer, one)
		}
	}
	for _, id := range x.p.Mentors {
		if err := step(); err != nil {
			return o, err
		}
		gain, err := x.Gain(ctx, id)
		if err != nil {
			return o, err
		}
		if gain != nil && !isNothing(x.goals, gain.Gain) {
			o.Gains = append(o.Gains, *gain)
		}
	}
	slices.SortStableFunc(o.Gains, func(a, b Gain) int {
		return cmp.Or(slices.Compare(withoutLottery(x.goals, b.Gain), withoutLottery(x.goals, a.Gain)), strings.Compare(a.Mentor, b.Mentor))
	})
	return o, nil
}

// Text is what the coordinator reads of a whole run.
func (o Overview) Text(w Words) string {
	var s page
	if len(o.Nobody)+len(o.Fewer) > 0 {
		s.line(w.say("remedies.brief"))
	}
	for _, part := range [...]struct {
		code   Code
		people []Coordinator
	}{{"overview.nobody", o.Nobody}, {"overview.fewer", o.Fewer}} {
		if len(part.people) == 0 {
			continue
		}
		s.gap()
		s.line(w.count(part.code, int64(len(part.people))))
		for _, one := range part.people {
			s.gap()
			one.write(&s, w, true)
		}
	}
	if len(o.Nobody)+len(o.Fewer) == 0 {
		s.line(w.say("overview.everyone"))
	}
	s.gap()
	if len(o.Gains) == 0 {
		s.line(w.say("gains.none"))
		return s.String()
	}
	s.line(w.say("gains"))
	for _, g := range o.Gains {
		code := Code("gain")
		if g.Worse > 0 {
			code = "gain.worse"
		}
		mentor := w.label(Label{g.Mentor, o.names[match.MentorSide][g.Mentor]})
		s.item(w.count(code, int64(g.Worse), "mentor", mentor, "changes", w.changes(o.goals, g.Gain)))
	}
	s.line(w.say("gains.sum"))
	return s.String()
}
