package profile

import (
	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// LiveConsents lists the consents that are in force, each with a button that ends it. It is here for accounts that are
// suspended, too, and shows no answer and nothing else of the person.
func LiveConsents(c *page.Call) error {
	live, err := c.House.Characteristics.LiveConsents(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	table := ui.Table{Caption: c.Say("profile.consents.live"), Columns: []ui.Column{
		{Label: c.Say("profile.consent.text")}, {Label: c.Say("profile.consent.given")}, {Label: c.Say("profile.do")},
	}, Empty: &ui.Empty{Icon: ui.IconLock, Title: c.Say("profile.consents.no-live"), Text: c.Say("profile.consents.no-live.what")}}
	for _, l := range live {
		table.Rows = append(table.Rows, ui.Row{agreedTo(c, l), {Text: c.When(l.Consent.GivenAt)}, {Part: ending(l, ui.Button{
			Label: c.Say("profile.withdraw." + string(l.Consent.Use)), Extra: c.Say(l.Inquiry.Characteristic.Key()), Small: true,
		})}})
	}
	p := parts{head: ui.Head{Title: c.Say("profile.consents.withdraw"), Back: ui.Link{Label: c.Say("profile.consents"), Href: ConsentsPath}}}
	if c.Visit.Actor.Suspended {
		p.head.Back = ui.Link{Label: c.Say("door.suspended.title"), Href: page.SuspendedPath}
	}
	if len(live) > 0 {
		p.head.Lead = c.Say("profile.withdraw.lead")
	}
	p.content = []templ.Component{flush(c.Words, table)}
	return show(c, p)
}

// agreedTo is what somebody agreed to: a use of a characteristic, and the text that they read.
func agreedTo(c *page.Call, l person.LoggedConsent) ui.Cell {
	return ui.Cell{
		Text: dotted(c.Say(l.Inquiry.Characteristic.Key()), c.Say(l.Consent.Use.Key()), c.Say("profile.consent.version", "n", l.Consent.Wording)),
		Line: c.Say(l.Consent.Use.TextKey(l.Consent.Wording)),
	}
}

// ending is the button that ends a consent.
func ending(l person.LoggedConsent, b ui.Button) templ.Component {
	return beside([]posted{{Button: b, action: WithdrawPath, carried: []ui.Hidden{
		{Name: "characteristic", Value: string(l.Inquiry.Characteristic)}, {Name: "use", Value: string(l.Consent.Use)},
	}}})
}

// WithdrawConsent ends one of them, at once.
func WithdrawConsent(c *page.Call) error {
	if _, err := c.Form(); err != nil {
		return err
	}
	of, use := mentoring.Characteristic(c.Answer("characteristic")), mentoring.Use(c.Answer("use"))
	if err := c.House.Characteristics.Withdraw(c.Request.Context(), c.Visit, of, use); err != nil {
		return err
	}
	return c.GoSaying(WithdrawPath, "said.consent-withdrawn")
}
