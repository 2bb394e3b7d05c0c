package profile

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// A form is a stage of the profile, or a part of one, as a page.
type form struct {
	stage mentoring.Stage
	path  string
	words string            // what its keys begin with: its title is profile.WORDS, its lead profile.WORDS.lead
	shown []mentoring.Field // what of the profile it asks, for the line of who sees it
	fill  func(m *person.Mine) answers
	ask   func(q *asking) []question
	save  func(c *page.Call, m *person.Mine, a answers) error
	next  string // where the first round goes on; "": to the overview
	rows  []string
}

// A question is one or more fields as they are drawn.
type question struct {
	fields []ui.Field
	part   templ.Component
}

// asking is a form about to be drawn.
type asking struct {
	*page.Call
	a     answers
	mine  *person.Mine
	wrong map[string]string // by the name of a field
}

// field is a field with its words, and with what is wrong with its answer. Its hint is that of its key, if there is one.
func (q *asking) field(name, key string) ui.Field {
	f := ui.Field{Name: name, Label: q.Say(key), Error: q.wrong[name]}
	if q.Words.Has(key + ".hint") {
		f.Hint = q.Say(key + ".hint")
	}
	return f
}

func (q *asking) line(l ui.Line) question {
	l.Value = q.a.one(l.Name)
	return question{[]ui.Field{l.Field}, ui.LineField(q.Words, l)}
}

func (q *asking) area(a ui.Area) question {
	a.Value = q.a.one(a.Name)
	return question{[]ui.Field{a.Field}, ui.AreaField(q.Words, a)}
}

func (q *asking) choice(c ui.Choice) question {
	for k, o := range c.Options {
		c.Options[k].Chosen = q.a.one(c.Name) == o.Value
	}
	return question{[]ui.Field{c.Field}, ui.ChoiceField(q.Words, c)}
}

func (q *asking) choices(c ui.Choices) question {
	for k, o := range c.Options {
		c.Options[k].Chosen = q.a.says(c.Name, o.Value)
	}
	return question{[]ui.Field{c.Field}, ui.ChoicesField(q.Words, c)}
}

// put shows a form with what is kept, or with the answers of a draft.
func (f form) put(c *page.Call) error {
	mine, err := c.House.People.Mine(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	return f.putFor(c, &mine)
}

func (f form) putFor(c *page.Call, mine *person.Mine) error {
	a, begun := f.begun(mine)
	if !begun {
		a = f.fill(mine)
	}
	a["then"] = []string{c.Asked("then")}
	return f.show(c, http.StatusOK, mine, a, nil, begun)
}

// begun are the answers of a draft of this form.
func (f form) begun(mine *person.Mine) (answers, bool) {
	draft, is := mine.Drafts[f.stage]
	if !is {
		return nil, false
	}
	read, err := url.ParseQuery(draft.Body)
	return answers(read), err == nil && read.Get("form") == f.path
}

// take saves a form. With "later" nothing need be right yet: what cannot be taken is kept as a draft.
func (f form) take(c *page.Call) error {
	typed, err := c.Form()
	if err != nil {
		return err
	}
	a := answers(typed)
	if f.rows != nil {
		a = a.closed(f.rows...)
	}
	mine, err := c.House.People.Mine(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	if a.has("look") {
		return f.show(c, http.StatusOK, &mine, a, nil, false)
	}
	err = f.save(c, &mine, a)
	switch {
	case err == nil:
		return f.leave(c, &mine, a)
	case a.has("later") && mentoring.IsFault(err, mentoring.Invalid):
		return f.keep(c, a)
	}
	return f.show(c, http.StatusUnprocessableEntity, &mine, a, err, false)
}

// keep keeps a form as far as it is filled in.
func (f form) keep(c *page.Call, a answers) error {
	kept := url.Values{"form": {f.path}}
	for name, values := range a {
		if name != "later" && name != "then" {
			kept[name] = values
		}
	}
	if err := c.House.People.SaveDraft(c.Request.Context(), c.Visit, f.stage, kept.Encode()); err != nil {
		return err
	}
	return c.GoSaying(Path, "said.profile-kept")
}

// leave goes on from a form that was saved: in the first round to the next stage, later to where one came from. The page
// that comes tells the device that it can forget its drafts of this one.
func (f form) leave(c *page.Call, mine *person.Mine, a answers) error {
	then, sent := a.one("then"), "?sent="+url.QueryEscape(f.words)
	switch {
	case a.has("more"):
		return c.GoSaying(f.path+sent+"&more=1", "said.settings")
	case a.has("later"):
		return c.GoSaying(Path+sent, "said.settings")
	case then == "check":
		return c.Go(CheckPath + sent)
	case f.next == "" || !inRound(mine, f.path) && then == "" && !f.chooses(mine, a):
		return c.GoSaying(Path+sent, "said.settings")
	case then == "offers" && f.next == CheckPath:
		return c.Go(OffersPath + sent)
	case then == "offers":
		return c.Go(f.next + sent + "&then=offers")
	}
	return c.Go(f.next + sent)
}

// chooses says whether the form of purposes now says another one, about which a line can be written.
func (f form) chooses(mine *person.Mine, a answers) bool {
	return f.path == SeeksPath && (a.one("seeks-own") != "" || slices.ContainsFunc(a["seeks"], func(value string) bool {
		return !slices.Contains(valuesOf(mine.Seeks), value)
	}))
}

// show draws a form, again if something stands against it.
func (f form) show(c *page.Call, status int, mine *person.Mine, a answers, err error, begun bool) error {
	q := &asking{Call: c, a: a, mine: mine, wrong: map[string]string{}}
	p := parts{head: ui.Head{Title: c.Say("profile." + f.words), Lead: c.Say("profile." + f.words + ".lead"), Back: back(c)}}
	if begun {
		p.notices = append(p.notices, ui.Notice{Kind: ui.Note, Text: c.Say("profile.draft", "when", c.When(mine.Drafts[f.stage].SavedAt))})
	}
	mistakes := mentoring.MistakesIn(err)
	if err != nil && mistakes == nil {
		text, refused, other := c.Refusal(err)
		if other != nil {
			return other
		}
		status = refused
		p.notices = append(p.notices, ui.Notice{Kind: ui.Wrong, Text: text, Arrived: true})
	}
	for _, m := range mistakes {
		q.mistaken(m)
	}
	questions := f.ask(q)
	var drawn []templ.Component
	for _, one := range questions {
		p.problems = append(p.problems, ui.Problems(one.fields...)...)
		drawn = append(drawn, one.part)
	}
	p.notices = append(p.notices, q.homeless(mistakes, p.problems)...)
	s := ui.Staged{Action: f.path, Later: true, Stages: stagesOf(c, f, mine, a), Who: whoSees(c, mine, f.shown)}
	if s.Stages == nil {
		s.Save = c.Say("profile.save")
	}
	p.content = []templ.Component{sent(draftsOf(c, mine)), staged(c.Words, s, a.one("then"), f.rows != nil, drawn)}
	if f.path == NamePath && s.Stages != nil {
		p.head.Back = ui.Link{}
	}
	return showAs(c, status, p)
}

// mistaken puts a mistake beside its field: of several in a field the first, and of a row beside that of the form.
func (q *asking) mistaken(m mentoring.Mistake) {
	name := m.Field
	if m.Row > 0 {
		name = row(m.Field, m.Row)
	}
	text := q.Say(m.Key, m.Args...)
	for _, at := range []string{name, m.Field} {
		if q.wrong[at] == "" {
			q.wrong[at] = text
		}
	}
}

// homeless are the mistakes that stand beside no field of the form: nothing that is refused goes unsaid.
func (q *asking) homeless(mistakes mentoring.Mistakes, problems []ui.Problem) (notices []ui.Notice) {
	for _, m := range mistakes {
		text := q.Say(m.Key, m.Args...)
		if !slices.ContainsFunc(problems, func(p ui.Problem) bool { return p.Text == text }) {
			notices = append(notices, ui.Notice{Kind: ui.Wrong, Text: text, Arrived: true})
		}
	}
	return notices
}

// roundOf is the first round: whoever looks for a mentor says their name, what would help and how; a mentor the name and
// what they offer.
func roundOf(mine *person.Mine, path string) []form {
	if path == OffersPath || len(mine.Seeks) == 0 && len(mine.Offers) > 0 {
		return []form{nameForm(), offersForm()}
	}
	return []form{nameForm(), seeksForm(), howForm()}
}

// placeIn is where a page stands in a round; the lines belong to the purposes. Below 0: it is none of it.
func placeIn(round []form, path string) int {
	if path == LinesPath {
		path = SeeksPath
	}
	return slices.IndexFunc(round, func(f form) bool { return f.path == path })
}

// inRound says whether somebody who is on a page goes through the first round, of which something is still to be said.
func inRound(mine *person.Mine, path string) bool {
	round := roundOf(mine, path)
	unsaid := func(f form) bool { return !mine.Done[f.stage] }
	return placeIn(round, path) >= 0 && slices.ContainsFunc(round, unsaid) && (path != NamePath || begins(mine))
}

// stagesOf are the stages of the first round, for whoever goes through it.
func stagesOf(c *page.Call, f form, mine *person.Mine, a answers) []ui.Stage {
	if a.one("then") == "check" || !inRound(mine, f.path) {
		return nil
	}
	round := roundOf(mine, f.path)
	at := placeIn(round, f.path)
	var stages []ui.Stage
	for k, one := range round {
		s := ui.Stage{Label: c.Say("profile.stage." + one.words)}
		switch {
		case k == at:
			s.State = ui.StageNow
		case k < at:
			s.State, s.Href = ui.StageDone, one.path
		}
		stages = append(stages, s)
	}
	return append(stages, ui.Stage{Label: c.Say("profile.stage.check")})
}

// draftsOf are the texts that devices keep of the form that was sent last, while they are written.
func draftsOf(c *page.Call, mine *person.Mine) (names []string) {
	switch c.Asked("sent") {
	case "lines":
		for _, t := range purposes(c, mine.Seeks) {
			names = append(names, draftOf("line", keyOf(t)))
		}
	case "support":
		for _, t := range purposes(c, mine.Offers) {
			names = append(names, draftOf("offer", keyOf(t)))
		}
		names = append(names, "profile refuses")
	case "training":
		names = append(names, "profile training")
	}
	return names
}

func draftOf(what, key string) string { return "profile " + what + " " + key }
