//go:build unix

package people_test

import (
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/web/browser"
)

// enters lets a tab in by a letter.
func enters(h *servetest.House, tab *browser.Tab, address string) {
	h.Helper()
	older := h.Letters(address)
	h.Stranger().Send("/sign-in", "address", address)
	tab.Visit(h.LinkTo(address, older))
	tab.Press(".btn-main")
}

// pages are those that a member opens.
func pages(someone somebody) []string {
	return []string{
		"/people", "/people?offers=research&languages=fr&q=tremblai", "/people?list=kept", "/people?offers=practice_management&languages=ak", "/people?q=zzzzz",
		"/people/" + string(someone.Actor.Person),
	}
}

func TestPagesKeepTheirPromises(t *testing.T) {
	t.Parallel()
	h := servetest.Open(t, store.SQLite)
	someone := crowd(h)
	amara(h)
	tab := browser.Open(t, h.Server.Config.URL.String())
	tab.Prefer("prefers-reduced-motion", "reduce")
	enters(h, tab, "amara@example.org")
	for k, path := range pages(someone) {
		for _, l := range locale.Languages {
			tab.Visit("/language/" + string(l) + "?to=" + url.QueryEscape(path))
			if tab.Path() != path {
				t.Fatalf("%s leads to %s", path, tab.Path())
			}
			tab.Speaks(l, path)
			tab.Fits(path)
		}
		tab.Accessible(path)
		if k == 0 || k == 5 {
			tab.Wide(390)
			tab.Walk(path)
		}
	}
	tab.Quiet()
}

// institution gives the administrator units and a list of their own, and says which pages show them.
func institution(h *servetest.House, boss *servetest.Visitor) []string {
	h.Helper()
	boss.Send("/installation/units/add", "en", "Faculty of Medicine", "fr", "Faculté de médecine")
	faculty := unit(h, boss, "Faculty of Medicine")
	boss.Send("/installation/units/add", "en", "Paediatrics", "fr", "Pédiatrie", "parent", strings.TrimPrefix(faculty, "/installation/units/"), "closed", "2030-06-30")
	path := "/installation/lists/ranks"
	changed := strings.Replace(boss.Get(path+"/file").Body, "associate professor", "assoc. professor", 1)
	boss.Send(path+"/replace", carried(uploads(h, boss, path+"/preview", []byte(changed)))...)
	return []string{"/installation/units", faculty, "/installation/units/add", "/installation/lists", path}
}

// chooses uploads a file in a tab.
func chooses(t *testing.T, tab *browser.Tab, path string, content string) {
	t.Helper()
	tab.Visit(path)
	name := t.TempDir() + "/list.csv"
	browser.Must(t, os.WriteFile(name, []byte(content), 0o600))
	tab.MustElement("#file").MustSetFiles(name)
	tab.Press("form[enctype] .btn-main")
}

func TestPagesOfTheAdministratorKeepTheirPromises(t *testing.T) {
	t.Parallel()
	h := servetest.Open(t, store.SQLite)
	boss := h.First("boss@example.org")
	paths := institution(h, boss)
	tab := browser.Open(t, h.Server.Config.URL.String())
	tab.Prefer("prefers-reduced-motion", "reduce")
	enters(h, tab, "boss@example.org")
	for k, path := range paths {
		for _, l := range locale.Languages {
			tab.Visit("/language/" + string(l) + "?to=" + url.QueryEscape(path))
			tab.Fits(path)
			if k != 3 { // sources are named in the language of their makers
				tab.Speaks(l, path)
			}
		}
		tab.Accessible(path)
		if k == 1 || k == 4 {
			tab.Wide(390)
			tab.Walk(path)
		}
	}
	ranks := boss.Get(paths[4] + "/file").Body
	for what, content := range map[string]string{"changes": strings.Replace(ranks, ",,lecturer,", ",,reader,", 1), "mistakes": strings.Replace(ranks, "associate,,", ",,", 1)} {
		chooses(t, tab, paths[4], content)
		tab.Fits(what)
		tab.Accessible(what)
	}
	tab.Quiet("422")
}

func TestListFollowsWhatIsTyped(t *testing.T) {
	t.Parallel()
	h := servetest.Open(t, store.SQLite)
	crowd(h)
	amara(h)
	tab := browser.Open(t, h.Server.Config.URL.String())
	tab.Wide(1280)
	enters(h, tab, "amara@example.org")
	tab.Visit("/people?languages=en")
	tab.MustEval(`() => { document.getElementById('q').marker = true }`)
	tab.MustElement("#q").MustFocus()
	for _, r := range "tremblai" {
		tab.Keyboard.MustType(input.Key(r))
	}
	tab.MustWait(`() => document.querySelectorAll('#listing article').length === 1 && location.search.includes('q=tremblai')`)
	if got := tab.MustEval(`() => [document.activeElement.id, document.activeElement.value, document.activeElement.marker, location.search].join(' ')`).Str(); !strings.HasPrefix(got, "q tremblai true ?") || !strings.Contains(got, "languages=en") {
		t.Errorf("after the swap: %q", got)
	}
	if got := tab.MustEval(`() => document.querySelector('.facets input[name=q]').value`).Str(); got != "tremblai" {
		t.Errorf("the filters carry %q along", got)
	}
	tab.Press(`[name=kind][value=kept]`)
	if got := tab.Path(); !strings.Contains(got, "q=tremblai") || !strings.Contains(tab.Text(), "Kept: take back") {
		t.Errorf("keeping leads to %s:\n%s", got, tab.Text())
	}
	tab.Quiet()
}

func TestListWorksWithoutScript(t *testing.T) {
	t.Parallel()
	h := servetest.Open(t, store.SQLite)
	crowd(h)
	amara(h)
	tab := browser.Open(t, h.Server.Config.URL.String())
	tab.Wide(390)
	tab.WithoutScript()
	enters(h, tab, "amara@example.org")
	tab.Visit("/people")
	tab.MustElement("#q").MustInput("tremblay helene")
	tab.Press(".ask button")
	if text := tab.Text(); tab.Path() != "/people?q=tremblay+helene" || !strings.Contains(text, "1 mentor") || strings.Contains(text, "Kwame") {
		t.Errorf("%s shows\n%s", tab.Path(), text)
	}
	tab.MustElement(".facets > summary").MustClick()
	tab.MustElement("input[name=languages][value=fr]").MustClick()
	tab.Press(".facets button")
	if got := tab.Path(); got != "/people?q=tremblay+helene&languages=fr" {
		t.Errorf("narrowing leads to %s", got)
	}
	tab.Press(".person a")
	if !strings.Contains(tab.Text(), "What I can help with") {
		t.Errorf("%s shows\n%s", tab.Path(), tab.Text())
	}
}
