package mine

import (
	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// A posted button is a form of its own.
type posted struct {
	ui.Button
	action string
}

// Sessions shows every browser in which the person is signed in.
func Sessions(c *page.Call) error {
	sessions, err := c.House.Accounts.Sessions(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	table := ui.Table{Caption: c.Say("mine.sessions.list"), Columns: []ui.Column{
		{Label: c.Say("mine.session.browser")}, {Label: c.Say("mine.session.seen")}, {Label: c.Say("mine.session.ends")},
		{Label: c.Say("mine.session.do"), Hidden: true},
	}}
	for _, s := range sessions {
		table.Rows = append(table.Rows, sessionRow(c, s))
	}
	p := parts{head: ui.Head{Title: c.Say("mine.sessions"), Lead: c.Say("mine.sessions.lead", "zone", c.Zone()), Back: back(c)}}
	p.content = append(p.content, flush(c.Words, table))
	if len(sessions) > 1 {
		p.head.Actions = []ui.Button{{Label: c.Say("mine.sessions.end-others"), Href: OthersPath}}
	}
	return show(c, p.head.Title, p)
}

func sessionRow(c *page.Call, s account.Session) ui.Row {
	name := s.Label
	if name == "" {
		name = c.Say("mine.session.unnamed")
	}
	browser := ui.Cell{Text: name, Line: c.Say("mine.session.since", "when", c.When(s.MadeAt))}
	if s.Shared {
		browser.Line += " " + c.Say("mine.session.shared")
	}
	do := ui.Cell{Part: inPlace(ui.Tag{Label: c.Say("mine.session.here"), Tone: ui.ToneGreen, Icon: ui.IconTick})}
	if !s.Here {
		do = ui.Cell{Part: beside([]posted{{ui.Button{Label: c.Say("mine.session.end"), Extra: name, Small: true}, SessionsPath + "/" + s.ID + "/end"}})}
	}
	return ui.Row{browser, {Text: c.When(s.SeenAt)}, {Text: c.When(s.EndsAt)}, do}
}

// EndSession ends one of the sessions. Its person can come in again, so nobody is asked.
func EndSession(c *page.Call) error {
	if err := c.House.Accounts.EndSession(c.Request.Context(), c.Visit, c.Path("session")); err != nil {
		return err
	}
	return c.GoSaying(SessionsPath, "said.session-ended")
}

// AskOthers asks before all other sessions end.
func AskOthers(c *page.Call) error {
	return c.Put(page.Question{
		Title: c.Say("mine.sessions.end-others"), Back: ui.Link{Label: c.Say("mine.sessions"), Href: SessionsPath}, Readers: onlyMe(c),
		Confirmation: ui.Confirmation{
			Effects: []string{c.Say("mine.sessions.end-others.effect"), c.Say("mine.sessions.end-others.drafts")},
			Action:  OthersPath, Confirm: c.Say("mine.sessions.end-others"), Cancel: SessionsPath,
		},
	})
}

// EndOthers ends all other sessions.
func EndOthers(c *page.Call) error {
	if _, err := c.House.Accounts.EndOtherSessions(c.Request.Context(), c.Visit); err != nil {
		return err
	}
	return c.GoSaying(SessionsPath, "said.other-sessions-ended")
}
