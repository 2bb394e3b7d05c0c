package front

import (
	"github.com/chiron-mentoring/chiron/internal/mentoring"
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
		{Label: c.Say("home.task.people"), Line: c.Say("home.task.people.hint"), Href: "/people", Icon: ui.IconPeople},
		{Label: c.Say("home.task.passkey"), Line: c.Say("home.task.passkey.hint"), Href: "/account/passkeys", Icon: ui.IconLock},
		{Label: c.Say("home.task.settings"), Line: c.Say("home.task.settings.hint"), Href: "/account", Icon: ui.IconSliders},
		{Label: c.Say("home.task.trail"), Line: c.Say("home.task.trail.hint"), Href: "/account/trail", Icon: ui.IconShield},
	}
	if c.Visit.Actor.Operator {
		list = append(list, ui.Place{Label: c.Say("home.task.installation"), Line: c.Say("home.task.installation.hint"), Href: "/installation", Icon: ui.IconBars})
	}
	return list
}
