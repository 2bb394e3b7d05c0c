package front

import (
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/program"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// WhoSeesWhat shows the permission table that the program itself goes by.
func WhoSeesWhat(c *page.Call) error {
	o := mentoring.OverviewIn(string(c.Words.Language))
	return c.Show(ui.Page{Title: o.Title}, whoSeesWhat(c.Words, o))
}

func tableOf(caption string, columns []string, rows [][]string) ui.Table {
	t := ui.Table{Caption: caption}
	for _, label := range columns {
		t.Columns = append(t.Columns, ui.Column{Label: label})
	}
	for _, cells := range rows {
		row := ui.Row{}
		for _, text := range cells {
			row = append(row, ui.Cell{Text: text})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// places are where a member can go first.
func places(c *page.Call) []ui.Place {
	list := []ui.Place{
		{Label: c.Say("home.task.profile"), Line: c.Say("home.task.profile.hint"), Href: "/profile", Icon: ui.IconPerson},
		{Label: c.Say("home.task.people"), Line: c.Say("home.task.people.hint"), Href: "/people", Icon: ui.IconSearch},
		{Label: c.Say("home.task.programs"), Line: c.Say("home.task.programs.hint"), Href: programsPath, Icon: ui.IconPeople},
		{Label: c.Say("home.task.passkey"), Line: c.Say("home.task.passkey.hint"), Href: "/account/passkeys", Icon: ui.IconLock},
		{Label: c.Say("home.task.settings"), Line: c.Say("home.task.settings.hint"), Href: "/account", Icon: ui.IconSliders},
		{Label: c.Say("home.task.trail"), Line: c.Say("home.task.trail.hint"), Href: "/account/trail", Icon: ui.IconShield},
	}
	if c.Visit.Actor.Operator {
		list = append(list, ui.Place{Label: c.Say("home.task.installation"), Line: c.Say("home.task.installation.hint"), Href: "/installation", Icon: ui.IconBars})
	}
	return list
}

// programsPath is where invitations are answered.
const programsPath = "/programs"

// A home is what the first page shows to a member.
type home struct {
	head        ui.Head
	waiting     []ui.Place // invitations without an answer
	coordinates []ui.Place
	places      []ui.Place
}

// homeOf is what waits for a member, what they coordinate, and where they can go. Invitations that were declined do not
// wait any more.
func homeOf(c *page.Call) (h home, err error) {
	h = home{head: ui.Head{Title: c.Say("home.title"), Lead: c.Say("home.lead")}, places: places(c)}
	if c.Visit.Actor.Suspended {
		return h, nil
	}
	in, received, err := c.House.People.Programs(c.Request.Context(), c.Visit)
	if err != nil {
		return h, err
	}
	for _, one := range received {
		title, hint := "home.invitation", "home.invitation.hint"
		if mentoring.Standing(one.AsWhat) == mentoring.Coordinator {
			title, hint = "home.invitation.coordinate", "home.invitation.coordinate.hint"
		}
		if !one.Declined {
			h.waiting = append(h.waiting, ui.Place{
				Label: c.Say(title, "program", nameIn(c, one.Program)), Line: c.Say(hint, "day", c.Day(one.Until)),
				Href: programsPath + "#invitation-" + one.ID, Icon: ui.IconMail,
			})
		}
	}
	for _, one := range in {
		if one.Runs {
			h.coordinates = append(h.coordinates, ui.Place{Label: nameIn(c, one.Program), Line: c.Say("home.coordinates.hint"), Href: programsPath + "/" + string(one.Program.ID), Icon: ui.IconBars})
		}
	}
	if len(h.waiting) > 0 {
		h.head.Lead = c.Words.Count("home.waiting.lead", int64(len(h.waiting)))
	}
	return h, nil
}

func nameIn(c *page.Call, p mentoring.Program) string {
	return program.NameIn(p, string(c.Words.Language))
}
