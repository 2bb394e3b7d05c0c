//go:build unix

package program_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/web/browser"
)

func TestPagesAboutPeopleKeepTheirPromises(t *testing.T) {
	t.Parallel()
	h := servetest.Open(t, store.SQLite)
	opens(h)
	tab := browser.Open(t, h.Server.Config.URL.String())
	tab.Prefer("prefers-reduced-motion", "reduce")
	enters(h, tab, "claire@example.org")
	for k, path := range []string{"/programs/P1/people", "/programs/P1/people?languages=fr&offers=research&q=silv", "/programs/P1/people?unit=cardiology", "/programs/P1/people/ana?offers=research", "/programs/P1/people/eve", "/programs/P1/people/ana/take-out"} {
		for _, l := range []struct {
			locale.Language
			theme string
			width int
		}{{locale.English, "light", 1280}, {locale.French, "dark", 390}} {
			tab.Wide(l.width)
			tab.Visit("/language/" + string(l.Language) + "?to=" + url.QueryEscape(path))
			if tab.Path() != path {
				t.Fatalf("%s leads to %s", path, tab.Path())
			}
			tab.MustEval(`theme => { document.documentElement.dataset.theme = theme; document.querySelectorAll('.more').forEach(d => d.open = true) }`, l.theme)
			tab.Speaks(l.Language, path)
			tab.Fits(path)
			tab.Accessible(path)
		}
		if k == 0 || k == 3 {
			tab.Walk(path)
		}
	}
	tab.Quiet()
}

func TestListOfAProgramFollowsWhatIsTyped(t *testing.T) {
	t.Parallel()
	h := servetest.Open(t, store.SQLite)
	opens(h)
	tab := browser.Open(t, h.Server.Config.URL.String())
	tab.Wide(1280)
	enters(h, tab, "claire@example.org")
	tab.Visit("/programs/P1/people?languages=fr")
	tab.MustElement("#q").MustFocus()
	for _, r := range "silba" {
		tab.Keyboard.MustType(input.Key(r))
	}
	tab.MustWait(`() => document.querySelectorAll('#listing tbody tr').length === 1 && location.search.includes('q=silba')`)
	if got := tab.MustEval(`() => [document.activeElement.id, location.search, document.querySelector('.more input[name=q]').value, document.querySelector('.more summary').innerText].join(' ')`).Str(); !strings.HasPrefix(got, "q ?") || !strings.Contains(got, "languages=fr") || !strings.Contains(got, " silba Download 1 person") {
		t.Errorf("after the swap: %q", got)
	}
	tab.MustElement("#listing tbody a").MustClick()
	tab.MustWait(`() => location.pathname === '/programs/P1/people/ana'`)
	tab.MustWait(`() => document.querySelector('.back a, a[href^="/programs/P1/people?"]') !== null`)
	if got := tab.MustEval(`() => document.querySelector('main a[href^="/programs/P1/people?"]').getAttribute('href')`).Str(); got != "/programs/P1/people?languages=fr&q=silba" {
		t.Errorf("the way back is %s", got)
	}
	tab.Quiet()
}

func TestListOfAProgramWorksWithoutScript(t *testing.T) {
	t.Parallel()
	h := servetest.Open(t, store.SQLite)
	opens(h)
	tab := browser.Open(t, h.Server.Config.URL.String())
	tab.Wide(390)
	tab.WithoutScript()
	enters(h, tab, "claire@example.org")
	tab.Visit("/programs/P1/people")
	tab.MustElement("#q").MustInput("silva")
	tab.Press(".ask button")
	if text := tab.Text(); tab.Path() != "/programs/P1/people?q=silva" || !strings.Contains(text, "1 person") || strings.Contains(text, "Aho") {
		t.Errorf("%s shows\n%s", tab.Path(), text)
	}
	tab.MustElement(".facets > summary").MustClick()
	tab.MustElement("input[name=languages][value=fr]").MustClick()
	tab.Press(".facets button")
	if got := tab.Path(); got != "/programs/P1/people?q=silva&languages=fr" {
		t.Errorf("narrowing leads to %s", got)
	}
	tab.Press("#listing tbody a")
	if !strings.Contains(tab.Text(), "Looking at this page is written down") {
		t.Errorf("%s shows\n%s", tab.Path(), tab.Text())
	}
}
