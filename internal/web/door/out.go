package door

import (
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// SignOut ends the session.
func SignOut(c *page.Call) error {
	if err := c.House.Accounts.SignOut(c.Request.Context(), c.Visit); err != nil {
		return err
	}
	c.Exit()
	return c.Go(SignedOutPath)
}

// SignedOut says that it is done.
func SignedOut(c *page.Call) error {
	return told(c, "door.out.title", "door.out.lead", ui.Button{Label: c.Say("door.out.again"), Kind: ui.Main, Href: page.SignInPath})
}

// Suspended tells somebody whose account is suspended why. To others it leads on.
func Suspended(c *page.Call) error {
	if !c.Visit.Actor.Suspended {
		return c.Go("/")
	}
	title := c.Say("door.suspended.title")
	return c.Show(ui.Page{Title: title}, suspended(c.Words, ui.Head{Title: title, Lead: c.Say("door.suspended.lead")}, c.Visit.SuspendedFor))
}
