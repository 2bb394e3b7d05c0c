package program

import (
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	lookup "github.com/chiron-mentoring/chiron/internal/web/people"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// A shownPerson is what the page of somebody in a program shows to a coordinator of it.
type shownPerson struct {
	profile   lookup.Profile
	before    templ.Component // what stands before what they say of themselves
	authority []ui.Answer
	actions   []ui.Button
}

// someone is a person of the program as its coordinator sees them. Who is not in it, and who is judged by the coordinator
// and so is for a deputy (CF-9), is not here.
func (h here) someone() (p person.Page, a person.Authority, err error) {
	ctx, id := h.Request.Context(), mentoring.PersonID(h.Path("person"))
	if a, err = h.House.People.AuthorityOf(ctx, h.Visit, id, h.id); err != nil {
		return p, a, err
	}
	if p, err = h.House.People.Show(ctx, h.Visit, id, person.Context{Program: h.id}); err != nil {
		return p, a, err
	}
	switch p.As {
	case mentoring.Coordinator:
		return p, a, nil
	case mentoring.Self:
		p, err = h.oneself()
		return p, a, err
	}
	return p, a, mentoring.NotHere()
}

// oneself is the coordinator, if they are in the program, as another coordinator of it sees them.
func (h here) oneself() (p person.Page, err error) {
	in, _, err := h.House.People.Programs(h.Request.Context(), h.Visit)
	if err != nil {
		return p, err
	}
	if !slices.ContainsFunc(in, func(m person.Membership) bool { return m.Program.ID == h.id && !m.Since.IsZero() }) {
		return p, mentoring.NotHere()
	}
	return h.House.People.SeeAs(h.Request.Context(), h.Visit, mentoring.Coordinator)
}

// Person shows somebody of the program as the table lets its coordinator see them, and that there are positions of
// authority.
func Person(c *page.Call) error {
	h, err := come(c)
	if err != nil {
		return err
	}
	s, err := h.searchOf()
	if err != nil {
		return err
	}
	p, a, err := h.someone()
	if err != nil {
		return err
	}
	shown := shownPerson{profile: lookup.ProfileOf(c, p), before: templ.NopComponent, authority: h.authority(a), actions: []ui.Button{
		{Label: c.Say("program.person.take-out"), Href: s.At(h.personAt(p.ID) + "/take-out")},
	}}
	if shown.profile.Empty() {
		shown.before = ui.Empty{Icon: ui.IconPeople, Title: c.Say("program.person.nothing"), Text: c.Say("program.person.nothing.text")}.Draw()
	}
	return h.show(people, parts{
		head: ui.Head{
			Title: h.called(p), Lead: lookup.LineOf(c, p), Back: ui.Link{Label: c.Say("program.people.title"), Href: s.At(h.at(people))},
			Tags: append(h.roomOf(p), ui.Tag{Label: h.listed(p), Tone: ui.ToneLine}),
		},
		notices: []ui.Notice{h.written(p)},
		content: []templ.Component{personPage(c.Words, shown)},
	})
}

// written says that looking is written down, and who reads that.
func (h here) written(p person.Page) ui.Notice {
	switch {
	case p.ID == h.Visit.Actor.Person:
		return ui.Notice{Text: h.Say("program.person.self")}
	case p.Given == "":
		return ui.Notice{Text: h.Say("program.person.written.no-name")}
	}
	return ui.Notice{Text: h.Say("program.person.written", "name", p.Given)}
}

// authority is what is known of somebody's positions: that there are some, which if a list said it, and when the person
// last declared that these are all.
func (h here) authority(a person.Authority) (all []ui.Answer) {
	hidden, today := int64(0), mentoring.DayOf(h.House.Now())
	for _, one := range a.Positions {
		switch {
		case one.Span.To != "" && one.Span.To < today:
		case one.Source == "roster" && one.Kind != "":
			all = append(all, ui.Answer{Question: h.Say("program.person.from-list"), Answer: h.Say(positionKey(one))})
		default:
			hidden++
		}
	}
	slices.SortFunc(all, func(a, b ui.Answer) int { return strings.Compare(a.Answer, b.Answer) })
	all = slices.Compact(all)
	if hidden > 0 {
		all = append(all, ui.Answer{Question: h.Say("program.person.declared-positions"), Answer: h.Words.Number(hidden)})
	}
	if len(all) == 0 {
		all = []ui.Answer{{Question: h.Say("program.person.declared-positions"), Answer: h.Say("program.person.no-position")}}
	}
	return append(all, ui.Answer{Question: h.Say("program.person.declaration"), Answer: h.declaration(a)})
}

// positionKey is the key of a position in words: what the person does, or what is done to them.
func positionKey(one person.Position) string {
	if one.Over {
		return "program.person.over." + string(one.Kind)
	}
	return "program.person.under." + string(one.Kind)
}

// declaration says when somebody last declared what is to be declared.
func (h here) declaration(a person.Authority) string {
	if len(a.Declared) == 0 {
		return h.Say("program.person.undeclared")
	}
	last := a.Declared[0]
	if last.None {
		return h.Say("program.person.declared-none", "when", h.Day(last.At))
	}
	return h.Day(last.At)
}

// AskTakingOut asks before somebody is taken out of the program.
func AskTakingOut(c *page.Call) error {
	h, err := come(c)
	if err != nil {
		return err
	}
	s, err := h.searchOf()
	if err != nil {
		return err
	}
	p, _, err := h.someone()
	if err != nil {
		return err
	}
	name, path := h.called(p), h.personAt(p.ID)
	return c.Put(page.Question{
		Title: c.Say("program.person.take-out.title", "name", name), Lead: h.name(),
		Back: ui.Link{Label: name, Href: s.At(path)}, Readers: h.readers(), Side: h.side(people),
		Confirmation: ui.Confirmation{
			Effects: []string{c.Say("program.person.take-out.list"), c.Say("program.person.take-out.stays"), c.Say("program.person.take-out.letter"), c.Say("program.person.take-out.again")},
			Action:  s.At(path + "/take-out"), Confirm: c.Say("program.person.take-out"), Cancel: s.At(path), Final: true,
		},
	})
}

// TakeOut takes somebody out of the program, and leads back to the list as it was narrowed.
func TakeOut(c *page.Call) error {
	h, err := come(c)
	if err != nil {
		return err
	}
	s, err := h.searchOf()
	if err != nil {
		return err
	}
	if err := c.House.People.TakeOut(c.Request.Context(), c.Visit, h.id, mentoring.PersonID(c.Path("person"))); err != nil {
		return err
	}
	s.After = "" // perhaps there is no such page any more
	return c.GoSaying(s.At(h.at(people)), "said.taken-out")
}
