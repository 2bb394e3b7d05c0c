package installation

import (
	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// Administrators shows who looks after the installation.
func Administrators(c *page.Call) error {
	if err := operator(c); err != nil {
		return err
	}
	all, err := c.House.Accounts.Administrators(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	table := ui.Table{Caption: c.Say("installation.administrators.all"), Columns: []ui.Column{
		{Label: c.Say("installation.administrator.address")}, {Label: c.Say("installation.administrator.since")},
		{Label: c.Say("installation.do"), Hidden: true},
	}}
	for _, a := range all {
		table.Rows = append(table.Rows, administratorRow(c, a))
	}
	p := parts{head: ui.Head{
		Title: c.Say("installation.administrators"), Lead: c.Say("installation.administrators.lead"), Back: back(c),
		Actions: []ui.Button{{Label: c.Say("installation.administrator.add"), Icon: ui.IconPlus, Kind: ui.Main, Href: AddPath}},
	}}
	p.content = []templ.Component{flush(c.Words, table)}
	return show(c, p)
}

func takePath(p mentoring.PersonID) string { return AdministratorsPath + "/" + string(p) + "/take" }

// administratorRow has a button for everybody else: nobody takes the role from themselves, so that one always stays.
func administratorRow(c *page.Call, a account.Administrator) ui.Row {
	name, do := ui.Cell{Text: a.Address}, ui.Cell{Part: inPlace(ui.Tag{Label: c.Say("installation.administrator.you"), Tone: ui.ToneGreen, Icon: ui.IconTick})}
	if !a.Me {
		do = ui.Cell{Actions: []ui.Button{{Label: c.Say("installation.administrator.take"), Extra: a.Address, Small: true, Href: takePath(a.Person)}}}
	}
	if a.Suspended {
		name.Line = c.Say("installation.administrator.suspended")
	}
	return ui.Row{name, {Text: c.Day(a.Since)}, do}
}

func adding(c *page.Call, typed string) page.Question {
	return page.Question{
		Title: c.Say("installation.administrator.add"), Readers: administrators(c),
		Back: ui.Link{Label: c.Say("installation.administrators"), Href: AdministratorsPath},
		Confirmation: ui.Confirmation{
			Effects: []string{
				c.Say("installation.administrator.add.can"), c.Say("installation.administrator.add.cannot"), c.Say("installation.administrator.add.told"),
			},
			Action: AddPath, Confirm: c.Say("installation.administrator.add.do"), Cancel: AdministratorsPath,
			Type: &ui.Line{
				Field: ui.Field{Name: "address", Label: c.Say("installation.administrator.add.address"), Hint: c.Say("installation.administrator.add.hint")},
				Value: typed, Kind: ui.Email, Autocomplete: "off",
			},
		},
	}
}

// AskAdministrator asks who is to become an administrator.
func AskAdministrator(c *page.Call) error {
	if err := operator(c); err != nil {
		return err
	}
	if err := c.Fresh(); err != nil {
		return err
	}
	return c.Put(adding(c, ""))
}

// AddAdministrator makes somebody an administrator.
func AddAdministrator(c *page.Call) error {
	if err := operator(c); err != nil {
		return err
	}
	if _, err := c.Form(); err != nil {
		return err
	}
	typed := c.Answer("address")
	if err := c.House.Accounts.GrantAdministratorAt(c.Request.Context(), c.Visit, typed); err != nil {
		return c.PutAgain(adding(c, typed), err)
	}
	return c.GoSaying(AdministratorsPath, "said.administrator-added")
}

// taking asks before the role is taken from the administrator of the address.
func taking(c *page.Call) (q page.Question, person mentoring.PersonID, err error) {
	all, err := c.House.Accounts.Administrators(c.Request.Context(), c.Visit)
	if err != nil {
		return q, "", err
	}
	for _, a := range all {
		if a.Me || string(a.Person) != c.Path("person") {
			continue
		}
		return page.Question{
			Title: c.Say("installation.administrator.take.title", "address", a.Address), Readers: administrators(c),
			Back: ui.Link{Label: c.Say("installation.administrators"), Href: AdministratorsPath},
			Confirmation: ui.Confirmation{
				Effects: []string{c.Say("installation.administrator.take.effect"), c.Say("installation.administrator.take.told")},
				Action:  takePath(a.Person), Confirm: c.Say("installation.administrator.take"), Cancel: AdministratorsPath, Final: true,
			},
		}, a.Person, nil
	}
	return q, "", mentoring.NotHere()
}

// AskTaking asks before the role of an administrator is taken away.
func AskTaking(c *page.Call) error {
	if err := operator(c); err != nil {
		return err
	}
	q, _, err := taking(c)
	if err != nil {
		return err
	}
	if err := c.Fresh(); err != nil {
		return err
	}
	return c.Put(q)
}

// TakeAdministrator takes it away.
func TakeAdministrator(c *page.Call) error {
	if err := operator(c); err != nil {
		return err
	}
	q, person, err := taking(c)
	if err != nil {
		return err
	}
	if err := c.House.Accounts.TakeAdministrator(c.Request.Context(), c.Visit, person); err != nil {
		return c.PutAgain(q, err)
	}
	return c.GoSaying(AdministratorsPath, "said.administrator-taken")
}
