package mine

import (
	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// Institutions shows the institutions through which the person can come in, and those that could be linked.
func Institutions(c *page.Call) error {
	linked, err := c.House.Accounts.LinkedInstitutions(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	table := ui.Table{
		Caption: c.Say("mine.institutions.list"),
		Columns: []ui.Column{
			{Label: c.Say("mine.institution")}, {Label: c.Say("mine.institution.linked")}, {Label: c.Say("mine.institution.used")},
			{Label: c.Say("mine.institution.do"), Hidden: true},
		},
		Empty: &ui.Empty{Icon: ui.IconCap, Title: c.Say("mine.institutions.none"), Text: c.Say("mine.institutions.none.what")},
	}
	for _, l := range linked {
		table.Rows = append(table.Rows, institutionRow(c, l))
	}
	p := parts{head: ui.Head{Title: c.Say("mine.institutions"), Lead: c.Say("mine.institutions.lead"), Back: back(c)}}
	p.content = append(p.content, listOf(c.Words, table))
	if more := linkable(c, linked); len(more) > 0 {
		p.content = append(p.content, linking(c.Words, more))
	}
	return show(c, p.head.Title, p)
}

func institutionRow(c *page.Call, l account.Linked) ui.Row {
	used := c.Say("mine.institution.never")
	if !l.UsedAt.IsZero() {
		used = c.Day(l.UsedAt)
	}
	name := ui.Cell{Text: nameOf(c, l), Line: l.Address}
	if l.Name == "" {
		name.Line = c.Say("mine.institution.gone")
	}
	return ui.Row{name, {Text: c.Day(l.MadeAt)}, {Text: used}, {Actions: []ui.Button{
		{Label: c.Say("mine.institution.unlink"), Extra: nameOf(c, l), Small: true, Href: InstitutionsPath + "/" + l.ID + "/unlink"},
	}}}
}

// nameOf is the name of an institution in the reader's language, or its id where nothing else is known of it any more.
func nameOf(c *page.Call, l account.Linked) string {
	switch {
	case l.Name == "":
		return l.Institution
	case c.Words.Language == "fr-CA":
		return l.French
	}
	return l.Name
}

// linkable are buttons for the institutions that the account is not linked to.
func linkable(c *page.Call, linked []account.Linked) (buttons []posted) {
	for _, i := range c.House.Accounts.Institutions.Institutions() {
		already := false
		for _, l := range linked {
			already = already || l.Institution == i.ID
		}
		if !already {
			name := i.NameIn(string(c.Words.Language))
			buttons = append(buttons, posted{ui.Button{Label: c.Say("mine.institution.link", "name", name)}, InstitutionsPath + "/" + i.ID + "/link"})
		}
	}
	return buttons
}

// LinkInstitution sends the person to an institution, to come back linked.
func LinkInstitution(c *page.Call) error {
	gone, err := c.House.Accounts.AskInstitution(c.Request.Context(), c.Visit, account.Going{
		Institution: c.Path("institution"), Link: true, To: InstitutionsPath, Language: string(c.Words.Language),
		Browser: c.Ask(), Remote: c.Remote(),
	})
	if err != nil {
		return err
	}
	c.KeepAsk(gone.Browser)
	return c.Leave(gone.Address)
}

// AskUnlinking asks before an institution is unlinked.
func AskUnlinking(c *page.Call) error {
	linked, err := c.House.Accounts.LinkedInstitutions(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	for _, l := range linked {
		if l.ID != c.Path("linked") {
			continue
		}
		if err := c.Fresh(); err != nil {
			return err
		}
		return c.Put(page.Question{
			Title: c.Say("mine.institution.unlink.title", "name", nameOf(c, l)), Back: ui.Link{Label: c.Say("mine.institutions"), Href: InstitutionsPath}, Readers: onlyMe(c),
			Confirmation: ui.Confirmation{
				Effects: []string{c.Say("mine.institution.unlink.effect"), c.Say("mine.institution.unlink.letter")},
				Action:  InstitutionsPath + "/" + l.ID + "/unlink", Confirm: c.Say("mine.institution.unlink"), Cancel: InstitutionsPath, Final: true,
			},
		})
	}
	return mentoring.NotHere()
}

// UnlinkInstitution unlinks it.
func UnlinkInstitution(c *page.Call) error {
	if err := c.House.Accounts.UnlinkInstitution(c.Request.Context(), c.Visit, c.Path("linked")); err != nil {
		return err
	}
	return c.GoSaying(InstitutionsPath, "said.institution-unlinked")
}
