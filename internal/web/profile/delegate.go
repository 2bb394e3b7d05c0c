package profile

import (
	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// Delegates shows who books for the person, and reads nothing (FV-7).
func Delegates(c *page.Call) error {
	mine, err := c.House.People.Mine(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	table := ui.Table{
		Caption: c.Say("profile.delegates.list"),
		Columns: []ui.Column{{Label: c.Say("profile.delegate.address")}, {Label: c.Say("profile.delegate.is")}, {Label: c.Say("profile.do"), Hidden: true}},
		Empty:   &ui.Empty{Icon: ui.IconCalendar, Title: c.Say("profile.delegates.none"), Text: c.Say("profile.delegates.none.why")},
	}
	for _, d := range mine.Delegate {
		is := ui.Cell{Text: c.Say("profile.delegate.waits"), Line: c.Say("profile.delegate.since", "when", c.Day(d.NamedAt))}
		if d.Accepted {
			is.Text = c.Say("profile.delegate.books")
		}
		table.Rows = append(table.Rows, ui.Row{{Text: d.Address}, is, {Part: beside([]posted{{
			Button: ui.Button{Label: c.Say("profile.delegate.remove"), Extra: d.Address, Small: true}, action: DelegatesPath + "/" + d.ID + "/remove",
		}})}})
	}
	p := parts{head: ui.Head{Title: c.Say("profile.delegates"), Lead: c.Say("profile.delegates.lead"), Back: back(c), Actions: []ui.Button{
		{Label: c.Say("profile.delegate.name"), Icon: ui.IconPlus, Kind: ui.Main, Href: NameDelegatePath},
	}}}
	for _, n := range mine.Named {
		p.content = append(p.content, naming(c, n))
	}
	p.content = append(p.content, templ.Component(flush(c.Words, table)))
	return show(c, p)
}

func namingDelegate(c *page.Call, typed string) page.Question {
	return page.Question{
		Title: c.Say("profile.delegate.name"), Back: ui.Link{Label: c.Say("profile.delegates"), Href: DelegatesPath}, Readers: onlyMe(c),
		Confirmation: ui.Confirmation{
			Effects: []string{c.Say("profile.delegate.can"), c.Say("profile.delegate.cannot"), c.Say("profile.delegate.told")},
			Action:  NameDelegatePath, Confirm: c.Say("profile.delegate.send"), Cancel: DelegatesPath,
			Type: &ui.Line{
				Field: ui.Field{Name: "address", Label: c.Say("profile.delegate.address"), Hint: c.Say("profile.delegate.address.hint")},
				Value: typed, Kind: ui.Email, Autocomplete: "off",
			},
		},
	}
}

// AskDelegate asks who is to book for the person; NameDelegate writes to them.
func AskDelegate(c *page.Call) error {
	if err := c.Fresh(); err != nil {
		return err
	}
	return c.Put(namingDelegate(c, ""))
}

// NameDelegate names somebody by an address.
func NameDelegate(c *page.Call) error {
	if _, err := c.Form(); err != nil {
		return err
	}
	typed := c.Answer("address")
	if err := c.House.People.NameDelegate(c.Request.Context(), c.Visit, typed); err != nil {
		return c.PutAgain(namingDelegate(c, typed), err)
	}
	return c.GoSaying(DelegatesPath, "said.delegate-named")
}

// AcceptDelegate accepts to book for somebody.
func AcceptDelegate(c *page.Call) error {
	if err := c.House.People.AcceptDelegate(c.Request.Context(), c.Visit, c.Path("delegate")); err != nil {
		return err
	}
	return c.GoSaying(Path, "said.delegate-accepted")
}

// RemoveDelegate takes a delegate away.
func RemoveDelegate(c *page.Call) error {
	if err := c.House.People.RemoveDelegate(c.Request.Context(), c.Visit, c.Path("delegate")); err != nil {
		return err
	}
	return c.GoSaying(DelegatesPath, "said.delegate-removed")
}
