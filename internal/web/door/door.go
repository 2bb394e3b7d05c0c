// Package door is how people come in and go out: the letter and its code, passkeys, the sign-ins of institutions, the link
// of the first administrator, and the proof that somebody is still who they were. What opens what is decided in
// internal/account; here it is asked and said.
//
// Nothing happens because an address is opened: scanners of mails and browsers that look ahead do that too. The one
// exception is coming back from an institution, which by its standard is a redirect; it works once, and only in the browser
// that went there.
package door

import (
	"errors"
	"log/slog"
	"net/http"
	"strings"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/account/institution"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// The addresses of the pages.
const (
	MailPath      = page.SignInPath + "/mail"
	CodePath      = page.SignInPath + "/code"
	PasskeyPath   = page.SignInPath + "/passkey"
	OptionsPath   = PasskeyPath + "/options"
	WithPath      = page.SignInPath + "/with/" // and the id of an institution
	WhosePath     = page.SignInPath + "/whose"
	LinkPath      = "/link/" // and the token in a letter
	ProveMailPath = page.ProvePath + "/mail"
	ProveCodePath = page.ProvePath + "/code"
	SignOutPath   = "/sign-out"
	SignedOutPath = "/signed-out"
	SuspendedPath = page.SuspendedPath
)

// mostGoal is how long the address of a page to go to can be.
const mostGoal = 1000

// goal is the page to go to from here: a page of this house, and none of those that only lead on.
func goal(to string) string {
	if to = page.Local(to); len(to) > mostGoal {
		return "/"
	}
	for _, through := range []string{page.SignInPath, page.ProvePath, LinkPath, SignedOutPath, SignOutPath, SuspendedPath} {
		if to == through || strings.HasPrefix(to, through+"?") || strings.HasPrefix(to, strings.TrimSuffix(through, "/")+"/") {
			return "/"
		}
	}
	return to
}

// key is what a browser brings along to open something.
func key(c *page.Call) account.Key {
	return account.Key{
		Browser: c.Ask(), Button: true, Shared: c.Answer("shared") != "", Label: c.Browser(), Remote: c.Remote(), Instead: c.Session(),
		Language: string(c.Words.Language),
	}
}

// again is the same for somebody who has signed in and proves once more who they are.
func again(c *page.Call) account.Key {
	k := key(c)
	k.Again, k.Shared = true, c.Visit.Shared
	return k
}

// enter lets somebody in and leads them to where they wanted to go.
func enter(c *page.Call, e account.Entered, to string) error {
	c.Enter(e)
	switch to = goal(to); {
	case e.Visit.Actor.Suspended:
		return c.Go(SuspendedPath)
	case e.Joined:
		return c.GoSaying(to, "said.joined")
	case e.Linked:
		return c.GoSaying(to, "said.linked")
	}
	return c.Go(to)
}

// A way is one to come in besides the letter: a button that sends the form elsewhere.
type way struct {
	label, action string
	icon          ui.Icon
}

// ways are the institutions that people can come in through.
func ways(c *page.Call, all []institution.Institution) (list []way) {
	for _, i := range all {
		list = append(list, way{c.Say("door.through", "name", i.NameIn(string(c.Words.Language))), WithPath + i.ID, ui.IconCap})
	}
	return list
}

// told is a page that only says something, with a link onwards.
func told(c *page.Call, title, lead string, on ui.Button) error {
	return c.Show(ui.Page{Title: c.Say(title)}, said(ui.Head{Title: c.Say(title), Lead: c.Say(lead)}, on))
}

// atDoor says at the door why somebody was not let in, where the reader can do something else about it there. Whoever has
// signed in already, or meets something else, reads it on a page of its own. What lies behind it is for the log: it tells
// what is wrong with an institution or a device, and nothing of the person.
func atDoor(c *page.Call, err error, to string) error {
	fault := (*mentoring.Fault)(nil)
	if !errors.As(err, &fault) || !strings.HasPrefix(fault.Key, "account.passkey-") && !strings.HasPrefix(fault.Key, "account.institution-") {
		return err
	}
	c.House.Log.LogAttrs(c.Request.Context(), slog.LevelWarn, "somebody was not let in", slog.String("why", fault.Error()))
	if c.SignedIn() {
		return err
	}
	status := map[mentoring.FaultKind]int{
		mentoring.Forbidden: http.StatusForbidden, mentoring.NotFound: http.StatusNotFound, mentoring.Conflict: http.StatusConflict,
		mentoring.Unavailable: http.StatusServiceUnavailable,
	}[fault.Kind]
	notice := &ui.Notice{Kind: ui.Wrong, Title: c.Say(fault.Key + ".title"), Text: c.Say(fault.Key), Arrived: true}
	return signInWith(c, status, to, "", "", notice)
}

// hidden is something that a form carries along; "": nothing.
type hidden struct{ name, value string }
