//go:build unix

package browsertest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/web/browser"
)

// TestHouseIsOpenedAndPeopleComeIn is the first day of an installation, in both languages, on a phone and at a desk, with
// script and without: the first administrator comes in by the link from the console; somebody joins by a letter, comes in
// a second time elsewhere, ends the session there, and reads in the audit log what was done. Passkeys and sign-in through
// institutions, which need more of a browser, are walked in internal/web/door and internal/web/mine.
func TestHouseIsOpenedAndPeopleComeIn(t *testing.T) {
	t.Parallel()
	for _, language := range locale.Languages {
		for width, script := range map[int]bool{390: false, 1280: true} {
			t.Run(fmt.Sprintf("%s, %d wide, script %t", language, width, script), func(t *testing.T) {
				t.Parallel()
				engine := store.SQLite
				if script {
					engine = store.PostgreSQL
				}
				j := &journey{House: servetest.Open(t, engine), language: language, width: width, script: script}
				j.firstAdministratorComesIn()
				j.somebodyJoinsAndEndsASession()
			})
		}
	}
}

type journey struct {
	*servetest.House
	language locale.Language
	width    int
	script   bool
}

// tab is a browser that knows nothing of any other.
func (j *journey) tab() *browser.Tab {
	j.Helper()
	p := browser.Open(j, j.Server.Config.URL.String())
	p.Wide(j.width)
	if !j.script {
		p.WithoutScript()
	}
	p.Visit("/language/" + string(j.language) + "?to=/")
	return p
}

func (j *journey) say(key string, args ...any) string {
	return locale.For(j.language).Say(key, args...)
}

// reads fails the test unless the page says something.
func (j *journey) reads(p *browser.Tab, text string) {
	j.Helper()
	if got := p.Text(); !strings.Contains(strings.ReplaceAll(got, "\n", " "), text) {
		j.Errorf("%s does not say %q:\n%s", p.Path(), text, got)
	}
}

func (j *journey) firstAdministratorComesIn() {
	j.Helper()
	p := j.tab()
	enter(j.T, j.House, p, "director@example.org")
	p.Visit("/installation")
	p.Speaks(j.language, "/installation")
	if link, err := j.Server.FirstLink(j.Context()); err != nil || link != "" {
		j.Errorf("there is an administrator, and still a link for the first: %s %v", link, err)
	}
	j.quiet(p)
}

func (j *journey) somebodyJoinsAndEndsASession() {
	j.Helper()
	const address = "zoe@example.org"
	here, elsewhere := j.tab(), j.tab()
	for _, p := range []*browser.Tab{elsewhere, here} {
		older := j.Letters(address)
		p.Visit("/sign-in")
		p.MustElement("input[name=address]").MustInput(address)
		p.Press("main form button[type=submit]")
		p.Visit(servetest.Link(j.Letter(address, older)))
		p.Press("main form button[type=submit]")
		p.Visit("/account")
		p.Speaks(j.language, "/account")
	}
	here.Visit("/account/sessions")
	if n := len(here.MustElements(`form[action$="/end"]`)); n != 1 {
		j.Fatalf("%d other sessions can be ended, want 1: %s", n, here.Text())
	}
	here.Press(`form[action$="/end"] button`)
	elsewhere.Visit("/account")
	if !strings.HasPrefix(elsewhere.Path(), "/sign-in") {
		j.Errorf("the session that was ended still opens %s", elsewhere.Path())
	}
	here.Visit("/account/trail")
	j.reads(here, j.say("event.session.end"))
	j.quiet(here)
	j.quiet(elsewhere)
}

// quiet fails the test for every complaint of a browser but that of scripts which the test itself holds back.
func (j *journey) quiet(p *browser.Tab) {
	j.Helper()
	if j.script {
		p.Quiet()
		return
	}
	p.Quiet("ERR_BLOCKED_BY_CLIENT", ".js")
}
