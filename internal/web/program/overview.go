package program

import (
	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/program"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// latestImports is how many imports the overview shows.
const latestImports = 3

// Overview shows a coordinator how a program is, and what could be done next.
func Overview(c *page.Call) error {
	h, err := come(c)
	if err != nil {
		return err
	}
	imported, err := c.House.People.Batches(c.Request.Context(), c.Visit, h.id)
	if err != nil {
		return err
	}
	p := parts{head: ui.Head{Title: h.name(), Lead: lineIn(c, h.program.Program)}}
	if h.figures == (program.Figures{}) {
		p.content = append(p.content, h.nobodyYet())
	} else {
		p.content = append(p.content, ui.Figures(h.counted()), h.nextStep().Draw())
	}
	p.content = append(p.content, aroundProgram(h.Words, h.coordinators(), h.latest(imported), h.sees()))
	return h.show(overview, p)
}

// counted are the figures, each leading to those it counts.
func (h here) counted() []ui.Figure {
	figure := func(key string, n int, p place) ui.Figure {
		return ui.Figure{Label: h.Say(key), Value: h.Words.Number(int64(n)), Href: h.at(p)}
	}
	return []ui.Figure{
		figure("program.overview.in", h.figures.In, people),
		figure("program.overview.waiting", h.figures.Waiting, invitations),
		figure("program.overview.declined", h.figures.Declined, invitations),
	}
}

// nobodyYet is the beginning of a program.
func (h here) nobodyYet() templ.Component {
	return ui.Empty{Icon: ui.IconPeople, Title: h.Say("program.overview.none"), Text: h.Say("program.overview.none.text"), Actions: []ui.Button{
		{Label: h.Say("program.overview.import"), Icon: ui.IconUpload, Kind: ui.Main, Href: h.at(list)},
		{Label: h.Say("program.invite.add"), Icon: ui.IconMail, Href: h.at(inviting)},
	}}.Draw()
}

// nextStep is one thing that would be of use now, in a sentence. Nothing of it is overdue.
func (h here) nextStep() ui.Notice {
	step := func(text, do string, p place) ui.Notice {
		return ui.Notice{Text: text, Link: ui.Link{Label: do, Href: h.at(p)}}
	}
	switch {
	case h.program.LineEn == "":
		return step(h.Say("program.overview.next.line"), h.Say("program.overview.next.line.do"), settings)
	case h.figures.Waiting > 0:
		return step(h.Words.Count("program.overview.next.waiting", int64(h.figures.Waiting)), h.Say("program.overview.next.waiting.do"), invitations)
	case h.figures.In == 0:
		return step(h.Say("program.overview.next.all-no"), h.Say("program.overview.next.all-no.do"), inviting)
	}
	return step(h.Say("program.overview.next.rotation"), h.Say("program.overview.next.rotation.do"), rotation)
}

// coordinators are those who run the program, by name.
func (h here) coordinators() []ui.Person {
	var all []ui.Person
	for _, one := range h.program.Coordinators {
		who := ui.Person{Name: h.coordinatorName(one.ID), Unnamed: one.Name == "", Line: h.Say("program.overview.since", "day", h.Day(one.Since))}
		all = append(all, who)
	}
	return all
}

// coordinatorName is how a coordinator is called on these pages.
func (h here) coordinatorName(id mentoring.PersonID) string {
	for _, one := range h.program.Coordinators {
		switch {
		case one.ID != id:
		case id == h.Visit.Actor.Person && one.Name == "":
			return h.Say("program.overview.you")
		case id == h.Visit.Actor.Person:
			return h.Say("program.overview.you.name", "name", one.Name)
		case one.Name != "":
			return one.Name
		}
	}
	return h.Say("program.overview.somebody")
}

// An imported is a file that was taken in, with the way to take it back.
type imported struct {
	what, when string
	undo       ui.Button
	tag        *ui.Tag
}

func (h here) latest(all []person.Batch) (shown []imported) {
	for _, b := range all[:min(latestImports, len(all))] {
		one := imported{what: h.Say("program.imports.kind." + b.Kind), when: h.Say("program.overview.by", "name", h.who(b), "when", h.When(b.At))}
		switch {
		case b.Undone:
			one.tag = &ui.Tag{Label: h.Say("program.imports.undone")}
		case b.MayUndo(h.House.Now()):
			one.undo = ui.Button{Label: h.Say("program.imports.undo"), Extra: one.what + ", " + one.when, Small: true, Icon: ui.IconUndo, Href: h.at(imports) + "/" + b.ID + "/undo"}
		}
		shown = append(shown, one)
	}
	return shown
}

// sees says what coordinators see and what they never do.
func (h here) sees() (all []string) {
	for _, key := range []string{"see", "logged", "firewall", "never"} {
		all = append(all, h.Say("program.overview.sees."+key))
	}
	return all
}
