//go:build unix

package browsertest

import (
	"regexp"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/web"
	"github.com/chiron-mentoring/chiron/internal/web/browser"
)

func TestMain(m *testing.M) { browser.Main(m) }

// notPages are addresses that answer with something else, or lead on.
var notPages = regexp.MustCompile(`^GET (/language/|/sign-in/with/|/installation/log/checkpoint)`)

// addresses are those of all pages, and those that strangers see as well; things fills in what they name.
func addresses(things map[string]string) (all, open []string) {
	for _, route := range web.Routes() {
		method, path, _ := strings.Cut(strings.TrimSuffix(route.Pattern, "{$}"), " ")
		if method != "GET" || notPages.MatchString(route.Pattern) {
			continue
		}
		for name, value := range things {
			path = strings.ReplaceAll(path, "{"+name+"}", value)
		}
		if strings.Contains(path, "{") {
			continue
		}
		all = append(all, path)
		if route.Open() {
			open = append(open, path)
		}
	}
	return all, open
}

// TestEveryPageIsWhatEveryPageMustBe opens every page as an administrator, who sees most of all, and those of the door as
// a stranger: no violation of axe, light and dark, on a phone and at a desk; nothing wider than 320 pixels; every control
// within reach of the keyboard; one language; no complaint of the browser.
func TestEveryPageIsWhatEveryPageMustBe(t *testing.T) {
	t.Parallel()
	for _, language := range locale.Languages {
		t.Run(string(language), func(t *testing.T) {
			t.Parallel()
			h := servetest.Open(t, store.SQLite)
			all, open := addresses(map[string]string{})
			if len(all) < 20 || len(open) < 5 {
				t.Fatalf("only %d pages are known, %d of them to strangers", len(all), len(open))
			}
			p := browser.Open(t, h.Server.Config.URL.String())
			p.Prefer("prefers-reduced-motion", "reduce")
			p.Visit("/language/" + string(language) + "?to=/")
			walk(t, p, language, append(open, "/nothing-here"))
			enter(t, h, p, "first@example.org")
			walk(t, p, language, all)
		})
	}
}

func walk(t *testing.T, p *browser.Tab, language locale.Language, pages []string) {
	t.Helper()
	for _, path := range pages {
		name := string(language) + " " + path
		p.Wide(1280)
		p.Visit(path)
		p.Speaks(language, name)
		p.Walk(name)
		p.Visit(path)
		p.Accessible(name)
		p.Fits(name)
		p.Quiet("404", "nothing-here")
	}
	t.Logf("%s: %d pages", language, len(pages))
}

// enter signs in: the first one becomes the administrator, and makes the others administrators, too.
func enter(t *testing.T, h *servetest.House, p *browser.Tab, address string) {
	t.Helper()
	link, err := h.Server.FirstLink(t.Context())
	browser.Must(t, err)
	if link == "" {
		older := h.Letters(address)
		p.Visit("/sign-in")
		p.MustElement("input[name=address]").MustInput(address)
		p.Press("main form button[type=submit]")
		link = servetest.Link(h.Letter(address, older))
	}
	p.Visit(strings.TrimPrefix(link, p.Root))
	if p.MustHas("input[name=address]") {
		p.MustElement("input[name=address]").MustInput(address)
	}
	p.Press("main form button[type=submit]")
}
