//go:build unix

package browsertest

import (
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/web/browser"
)

// TestProgramIsMadeJoinedAndLeft is the first week of a program in a house where nobody comes in but those who were
// invited: an administrator makes it and invites a coordinator by address; she comes by the letter, accepts, signs in
// again and invites a resident; the resident comes by the letter on a phone without script, reads what would be seen,
// accepts, and says what would help; the coordinator finds her; the resident leaves, and is seen no more.
func TestProgramIsMadeJoinedAndLeft(t *testing.T) {
	t.Parallel()
	for language, engine := range map[locale.Language]store.Engine{locale.English: store.SQLite, locale.French: store.PostgreSQL} {
		t.Run(string(language), func(t *testing.T) {
			t.Parallel()
			h := servetest.Open(t, engine, "--join=invited")
			desk := &journey{House: h, language: language, width: 1280, script: true}
			phone := &journey{House: h, language: language, width: 390}
			desk.administratorMakesAProgram()
			claire := desk.coordinatorComesByTheLetter()
			desk.invites(claire, "zoe@example.org")
			zoe := phone.residentComesByTheLetter()
			desk.finds(claire)
			phone.leaves(zoe)
			desk.findsNobody(claire)
			desk.nobodyElseComesIn()
			claire.Quiet("Clear-Site-Data") // as she was signed out
			phone.quiet(zoe)
		})
	}
}

// In both languages, since a program has a name in each.
var (
	programIn = map[locale.Language]string{locale.English: "Residents and mentors", locale.French: "Résidence et mentorat"}
	lineIn    = map[locale.Language]string{locale.English: "For the first two years of residency.", locale.French: "Pour les deux premières années de résidence."}
)

func (j *journey) administratorMakesAProgram() {
	j.Helper()
	p := j.tab()
	enter(j.T, j.House, p, "director@example.org")
	p.Visit("/installation")
	p.Press(`main a[href="/installation/programs"]`)
	p.Press(`main a[href="/installation/programs/add"]`)
	for name, text := range map[string]string{
		"en": programIn[locale.English], "fr": programIn[locale.French], "line_en": lineIn[locale.English], "line_fr": lineIn[locale.French], "address": "claire@example.org",
	} {
		p.MustElement("#" + name).MustInput(text)
	}
	p.Press("main form .btn-main")
	j.isTold(p, "said.program-made-invited")
	j.reads(p, j.say("installation.programs.nobody"))
	j.quiet(p)
}

// isTold fails the test unless the page says that something was just done.
func (j *journey) isTold(p *browser.Tab, key string) {
	j.Helper()
	if toast := p.MustElement(".toast").MustText(); !strings.Contains(toast, j.say(key)) {
		j.Errorf("%s says %q, want %q", p.Path(), toast, j.say(key))
	}
}

// by opens a letter's page as somebody who is not known yet, and comes in by the letter that then arrives.
func (j *journey) by(p *browser.Tab, address string) {
	j.Helper()
	_, page, found := strings.Cut(j.Letter(address, 0).Text, p.Root)
	page, _, _ = strings.Cut(page, "\n")
	if !found || page != "/programs" {
		j.Fatalf("the letter leads to %q", page)
	}
	p.Visit(page)
	j.signsIn(p, address)
}

// signsIn comes in at the door that is there.
func (j *journey) signsIn(p *browser.Tab, address string) {
	j.Helper()
	older := j.Letters(address)
	p.MustElement("input[name=address]").MustInput(address)
	p.Press("main form button[type=submit]")
	p.Visit(j.LinkTo(address, older))
	p.Press("main form button[type=submit]")
}

func (j *journey) coordinatorComesByTheLetter() *browser.Tab {
	j.Helper()
	p := j.tab()
	j.by(p, "claire@example.org")
	if p.Path() != "/programs" {
		j.Fatalf("the letter leads to %s: %s", p.Path(), p.Text())
	}
	p.Speaks(j.language, "/programs")
	j.reads(p, programIn[j.language])
	j.reads(p, j.say("program.mine.coordinating.sessions"))
	p.Press(`main form[action$="/accept"] button`)
	if !strings.HasPrefix(p.Path(), "/sign-in") {
		j.Fatalf("accepting leads to %s: %s", p.Path(), p.Text())
	}
	j.reads(p, j.say("door.became-coordinator"))
	j.signsIn(p, "claire@example.org")
	p.Speaks(j.language, p.Path())
	j.reads(p, j.say("program.overview.none"))
	j.reads(p, lineIn[j.language])
	return p
}

// invites invites somebody from the overview.
func (j *journey) invites(p *browser.Tab, address string) {
	j.Helper()
	p.Press(`main a[href$="/invitations/add"]`)
	p.MustElement("#addresses").MustInput("Roy, Zoé <" + address + ">")
	p.Press("main form .btn-main")
	j.reads(p, address)
	j.reads(p, j.say("program.invite.open"))
}

func (j *journey) residentComesByTheLetter() *browser.Tab {
	j.Helper()
	p := j.tab()
	j.by(p, "zoe@example.org")
	p.Speaks(j.language, "/programs")
	p.Fits("/programs")
	p.Wide(j.width)
	j.reads(p, programIn[j.language])
	j.reads(p, j.say("program.mine.seen"))
	j.reads(p, j.say("program.mine.field.appointments"))
	p.Press(`main form[action$="/accept"] button`)
	j.reads(p, j.say("program.mine.joined", "program", programIn[j.language]))
	p.Press("main .note a.btn-main")
	p.MustElement("#given").MustInput("Zoé")
	p.MustElement("#family").MustInput("Roy")
	p.MustElement("input[name=role][value=mentee]").MustClick()
	p.Press("main form .btn-main")
	p.MustElement("input[name=seeks][value=research]").MustClick()
	p.Press("main form .btn-main")
	return p
}

func (j *journey) finds(p *browser.Tab) {
	j.Helper()
	p.Press(`nav a[href$="/people"][href^="/programs/"]`)
	j.reads(p, "Zoé Roy")
	p.Speaks(j.language, "the people")
}

func (j *journey) leaves(p *browser.Tab) {
	j.Helper()
	p.Visit("/programs")
	j.reads(p, lineIn[j.language])
	p.Press(`main a[href$="/leave"]`)
	j.reads(p, j.say("program.mine.leave.stays"))
	p.Press(`main form[action$="/leave"] button`)
	j.reads(p, j.say("program.mine.none"))
	p.Visit("/profile")
	j.reads(p, "Zoé Roy")
}

func (j *journey) findsNobody(p *browser.Tab) {
	j.Helper()
	p.MustReload().MustWaitLoad()
	if text := p.Text(); strings.Contains(text, "Zoé") {
		j.Errorf("who has left is seen at %s:\n%s", p.Path(), text)
	}
}

// nobodyElseComesIn asks for a letter for somebody who was not invited, who gets one without a way in.
func (j *journey) nobodyElseComesIn() {
	j.Helper()
	j.Stranger().Send("/sign-in", "address", "stranger@example.org")
	if m := j.Letter("stranger@example.org", 0); servetest.Link(m) != "" {
		j.Errorf("a stranger may come in:\n%s", m.Text)
	}
}
