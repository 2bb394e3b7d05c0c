// Package installation is what those see who look after an installation: how it is, who else does, what failed, what is in
// force, and what proves the audit log. It never lists people, and shows of an account no more than that it is there.
//
// To everybody else these pages are not here, like any address that there is none of.
package installation

import (
	"net/http"

	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// The addresses of the pages.
const (
	Path               = "/installation"
	AdministratorsPath = Path + "/administrators"
	AddPath            = AdministratorsPath + "/add"
	AccountsPath       = Path + "/accounts"
	SuspendPath        = AccountsPath + "/suspend"
	OpenPath           = AccountsPath + "/open"
	FailuresPath       = Path + "/failures"
	LettersPath        = Path + "/letters"
	WorkPath           = Path + "/work"
	SettingsPath       = Path + "/settings"
	LogPath            = Path + "/log"
	CheckpointPath     = LogPath + "/checkpoint"
)

// operator refuses whoever does not look after the installation, before anything of a page is made. What is kept is then
// asked for through activities, which ask again.
func operator(c *page.Call) error {
	return mentoring.May(c.Visit.Actor, mentoring.See, mentoring.Object{Kind: mentoring.Installation}).Refused()
}

// administrators are who reads these pages.
func administrators(c *page.Call) ui.WhoSees {
	return ui.WhoSees{Text: c.Say("installation.readers")}
}

func back(c *page.Call) ui.Link { return ui.Link{Label: c.Say("installation.title"), Href: Path} }

// parts are what a page is stacked from.
type parts struct {
	head    ui.Head
	notices []ui.Notice
	content []templ.Component
}

func show(c *page.Call, p parts) error { return showAs(c, http.StatusOK, nil, p) }

func showAs(c *page.Call, status int, problems []ui.Problem, p parts) error {
	return c.ShowAs(status, ui.Page{Title: p.head.Title, Problems: len(problems), Readers: administrators(c)}, stacked(c.Words, problems, p))
}

// A posted button is a form of its own.
type posted struct {
	ui.Button
	action string
}
