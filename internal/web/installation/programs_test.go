//go:build unix

package installation_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/web/browser"
)

// programOf is the address of the page of a program, by its name.
func programOf(h *servetest.House, boss *servetest.Visitor, name string) string {
	h.Helper()
	before, _, found := strings.Cut(boss.Get("/installation/programs").Body, ">"+name+"<")
	at := strings.LastIndex(before, `href="/installation/programs/`)
	if !found || at < 0 {
		h.Fatalf("there is no program %q", name)
	}
	path, _, _ := strings.Cut(before[at+len(`href="`):], `"`)
	return path
}

var (
	answering   = regexp.MustCompile(`action="(/invitations/[^/"]+/accept)"`)
	withdrawing = regexp.MustCompile(`href="([^"]+/withdraw)"`)
	taking      = regexp.MustCompile(`href="([^"]+/take)"`)
)

// found is what stands in a page where an expression looks for it.
func found(h *servetest.House, what *regexp.Regexp, p servetest.Page) string {
	h.Helper()
	one := what.FindStringSubmatch(p.Body)
	if one == nil {
		h.Fatalf("there is no %s: %s", what, p.Text())
	}
	return one[1]
}

func TestProgramIsMadeAndItsCoordinatorInvited(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		const path = "/installation/programs"
		boss := h.First("boss@example.org")
		says(h, "nothing yet", boss.Get(path), http.StatusOK, "There is no program yet", "Make a program")
		says(h, "overview", boss.Get("/installation"), http.StatusOK, "Programs")
		says(h, "mistakes", boss.Send(path+"/add", "en", "Kept as typed", "line_en", "Only here."), http.StatusUnprocessableEntity, "A program has a name in both languages.", "in the other language only")
		says(h, "no address", boss.Send(path+"/add", "en", "One", "fr", "Un", "address", "nobody"), http.StatusUnprocessableEntity)
		says(h, "nothing was made", boss.Get(path), http.StatusOK, "There is no program yet")

		p := boss.Send(path+"/add", "en", "Residents", "fr", "Résidents", "line_en", "For residents.", "line_fr", "Pour la résidence.", "address", "claire@example.org", "language", "fr-CA")
		at := p.Location()
		says(h, "made", boss.Get(at), http.StatusOK, "the invitation is on its way", "Residents", "Résidents", "Nobody yet")
		if in := programOf(h, boss, "Residents"); in != at {
			h.Errorf("making leads to %s, and the list to %s", at, in)
		}
		if m := h.Letter("claire@example.org", 0); m.Subject != "Une invitation à coordonner un programme" {
			h.Errorf("the letter is about %q", m.Subject)
		}
		says(h, "the same once more", boss.Send(at+"/coordinators/add", "address", "Claire@example.org"), http.StatusConflict, "or was invited and has not answered yet")
		says(h, "no address", boss.Send(at+"/coordinators/add", "address", "x"), http.StatusUnprocessableEntity)

		says(h, "who was invited", boss.Get(at), http.StatusOK, "Invited to coordinate", "claire@example.org", "Can be reminded once, from")
		boss.Send(at+"/coordinators/add", "address", "dee@example.org")
		withdraw := found(h, withdrawing, boss.Get(at)) // the latest
		remind := strings.Replace(withdraw, "/withdraw", "/remind", 1)
		says(h, "too early", boss.Send(remind), http.StatusConflict, "a week after the invitation", "claire@example.org")
		h.Pass(8 * 24 * time.Hour)
		boss = h.Somebody("boss@example.org")
		says(h, "a week later", boss.Get(at), http.StatusOK, "Remind once")
		if p := boss.Send(remind); p.Location() != at {
			h.Errorf("reminding leads to %s: %s", p.Location(), p.Text())
		}
		says(h, "reminded", boss.Get(at), http.StatusOK, "Not yet; reminded on")
		says(h, "before withdrawing", boss.Get(withdraw), http.StatusOK, "Withdraw the invitation to dee@example.org?", "Nobody is written to", "Residents")
		if p := boss.Send(withdraw); p.Location() != at {
			h.Errorf("withdrawing leads to %s: %s", p.Location(), p.Text())
		}
		if got := boss.Get(at).Text(); strings.Contains(got, "dee@example.org") || !strings.Contains(got, "claire@example.org") {
			h.Errorf("after withdrawing: %s", got)
		}
		says(h, "withdrawing twice", boss.Send(withdraw), http.StatusNotFound)
		says(h, "trail", boss.Get("/account/trail"), http.StatusOK, "You withdrew an invitation.", "You reminded somebody of an invitation.")

		claire := h.Somebody("claire@example.org")
		claire.Send(found(h, answering, claire.Get("/programs")))
		if got := boss.Get(at).Text(); strings.Contains(got, "Invited to coordinate") {
			h.Errorf("somebody who has accepted is still invited: %s", got)
		}
		says(h, "with a coordinator", boss.Get(path), http.StatusOK, "Residents", "claire@example.org")
		take := found(h, taking, boss.Get(at))
		says(h, "before taking", boss.Get(take), http.StatusOK, "Should claire@example.org coordinate the program no more?", "Nobody else coordinates the program")
		says(h, "somebody who does not coordinate", boss.Get(at+"/coordinators/NOBODY/take"), http.StatusNotFound)
		says(h, "a program that there is not", boss.Get(path+"/NONE"), http.StatusNotFound)
		if p := boss.Send(take); p.Location() != at {
			h.Errorf("taking leads to %s: %s", p.Location(), p.Text())
		}
		says(h, "taken", boss.Get(at), http.StatusOK, "Nobody yet")
		again := h.Somebody("claire@example.org")
		if got := again.Get("/programs").Text(); strings.Contains(got, "You coordinate") {
			h.Errorf("she still coordinates: %s", got)
		}
		for _, address := range []string{path, path + "/add", at, at + "/coordinators/add", take, withdraw} {
			says(h, address+" for a member", again.Get(address), http.StatusNotFound)
		}
	})
}

func TestPagesOfProgramsKeepTheirPromises(t *testing.T) {
	h := servetest.Open(t, store.SQLite)
	tab := browser.Open(t, h.Server.Config.URL.String())
	tab.Prefer("prefers-reduced-motion", "reduce")
	enters(h, tab)
	boss := h.Somebody("boss@example.org")
	at := boss.Send("/installation/programs/add", "en", "Residents and mentors", "fr", "Résidentes et résidents, mentores et mentors de la Faculté de médecine", "address", "claire@example.org", "language", "en").Location()
	claire := h.Somebody("claire@example.org")
	claire.Send(found(h, answering, claire.Get("/programs")))
	boss.Send(at+"/coordinators/add", "address", "marie-josephe.de-la-chevrotiere@hopital-de-la-faculte.example.org")
	for _, path := range []string{"/installation/programs", "/installation/programs/add", at, found(h, withdrawing, boss.Get(at)), at + "/coordinators/add", found(h, taking, boss.Get(at))} {
		for _, language := range locale.Languages {
			tab.Visit("/language/" + string(language) + "?to=" + url.QueryEscape(path))
			if tab.Path() != path {
				t.Fatalf("%s leads to %s", path, tab.Path())
			}
			tab.Speaks(language, path)
			tab.Fits(path)
		}
		tab.Accessible(path)
	}
	tab.Quiet()
}
