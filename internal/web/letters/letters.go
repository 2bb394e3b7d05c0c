// Package letters is where the link leads by which a reader stops letters that nobody waits for, without signing in: a page
// with a button for people and, for programs that read mail, one POST (RFC 8058).
package letters

import (
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// StopPath is what the addresses begin with; internal/notice writes them into letters.
const StopPath = "/letters/stop/"

// AskStop asks before letters are stopped. Scanners of mails follow links as well, and stop nothing.
func AskStop(c *page.Call) error {
	token := c.Path("token")
	if !c.House.Accounts.Post.CanStop(token) {
		return mentoring.NotHere()
	}
	return c.Put(page.Question{
		Title: c.Say("letters.stop.title"), Lead: c.Say("letters.stop.lead"),
		Confirmation: ui.Confirmation{
			Effects: []string{c.Say("letters.stop.effect"), c.Say("letters.stop.not")},
			Action:  StopPath + token, Confirm: c.Say("letters.stop.button"), Cancel: "/",
		},
	})
}

// Stop stops them, whatever the form says: of what programs send there (List-Unsubscribe=One-Click), nothing is needed.
func Stop(c *page.Call) error {
	stopped, err := c.House.Accounts.Post.Stop(c.Request.Context(), c.Path("token"))
	switch {
	case err != nil:
		return err
	case !stopped:
		return mentoring.NotHere()
	}
	return c.Show(ui.Page{Title: c.Say("letters.stopped.title")}, done(c.Words))
}
