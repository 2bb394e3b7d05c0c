//go:build unix

package profile_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/proto"

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

// A hand counts what a person does on a phone: each touch of a field, a box or a button, and each screen that comes.
type hand struct {
	*browser.Tab
	taps, screens int
}

func (h *hand) touch(selector string) {
	h.taps++
	h.MustElement(selector).MustScrollIntoView().MustClick()
}

func (h *hand) types(selector, text string) {
	h.touch(selector)
	h.MustElement(selector).MustInput(text)
}

func (h *hand) goes(selector string) {
	h.taps++
	h.screens++
	h.Press(selector)
}

const forward = "main form .btn-main"

func box(name, value string) string { return "input[name='" + name + "'][value='" + value + "']" }

func phone(t *testing.T, h *servetest.House, language locale.Language) *hand {
	tab := browser.Open(t, h.Server.Config.URL.String())
	tab.Wide(390)
	enters(h, tab, "amara@example.org")
	tab.Visit("/language/" + string(language) + "?to=" + url.QueryEscape("/profile"))
	return &hand{Tab: tab, screens: 1}
}

// FV-1 and the promise of the platform: six screens and 25 taps for a resident, three screens for a mentor.
func TestResidentsFirstProfileIsShortOnAPhone(t *testing.T) {
	t.Parallel()
	for _, language := range locale.Languages {
		t.Run(string(language), func(t *testing.T) {
			t.Parallel()
			p := phone(t, servetest.Open(t, store.SQLite), language)
			p.types("#given", "Amara")
			p.types("#family", "Okafor")
			p.touch(box("role", "mentee"))
			p.goes(forward)
			p.touch(box("seeks", "research"))
			p.touch(box("seeks", "career_choice"))
			p.goes(forward)
			p.types("#line-research", "My first abstract")
			p.goes(forward)
			p.touch(box("distance", "either"))
			p.touch(box("languages", "en"))
			p.touch(box("languages", "fr"))
			p.touch(box("when", "evenings"))
			p.goes(forward)
			if text := p.Text(); !strings.HasPrefix(p.Path(), "/profile/check") || !strings.Contains(text, "My first abstract") || !strings.Contains(text, "Amara Okafor") {
				t.Errorf("the answers at %s are\n%s", p.Path(), text)
			}
			t.Logf("%d screens, %d taps", p.screens, p.taps)
			if p.screens > 6 || p.taps > 25 {
				t.Errorf("%d screens and %d taps, at most 6 and 25", p.screens, p.taps)
			}
			p.Speaks(language, "the answers")
			p.Quiet()
		})
	}
}

func TestMentorsFirstProfileTakesThreeScreens(t *testing.T) {
	t.Parallel()
	for _, language := range locale.Languages {
		t.Run(string(language), func(t *testing.T) {
			t.Parallel()
			p := phone(t, servetest.Open(t, store.SQLite), language)
			p.types("#given", "Hélène")
			p.types("#family", "Tremblay")
			p.touch(box("role", "mentor"))
			p.goes(forward)
			p.touch(box("offers", "research"))
			p.types("#capacity", "2")
			p.types("#hours", "3")
			p.touch(box("listed", "1"))
			p.goes(forward)
			if !strings.HasPrefix(p.Path(), "/profile/check") || p.screens > 3 || p.taps > 25 {
				t.Errorf("%d screens and %d taps to %s", p.screens, p.taps, p.Path())
			}
			t.Logf("%d screens, %d taps", p.screens, p.taps)
			p.Quiet()
		})
	}
}

func TestTextIsKeptWhenTheLineDrops(t *testing.T) { // AP-1
	t.Parallel()
	h := servetest.Open(t, store.SQLite)
	p := phone(t, h, locale.French)
	v := h.Somebody("amara@example.org")
	v.Send("/profile/name", "given", "Amara", "role", "mentee")
	v.Send("/profile/seeks", "seeks", "research")
	p.Visit("/profile/seeks/lines")
	p.MustElement("#line-research").MustInput("Mon premier résumé")
	line := func(offline bool) {
		browser.Must(t, proto.NetworkEmulateNetworkConditions{Offline: offline, DownloadThroughput: -1, UploadThroughput: -1}.Call(p))
	}
	browser.Must(t, proto.NetworkEnable{}.Call(p))
	line(true)
	p.MustElement(forward).MustClick()
	if p.Path() != "/profile/seeks/lines" || !p.MustElement("[data-offline]").MustVisible() {
		t.Errorf("without a line the form leads to %s", p.Path())
	}
	line(false)
	p.Visit("/profile")
	p.Visit("/profile/seeks/lines")
	if got := p.MustElement("#line-research").MustProperty("value").Str(); got != "Mon premier résumé" {
		t.Fatalf("after the line has come back the text is %q", got)
	}
	p.Press(forward)
	p.Visit("/profile/check")
	if !strings.Contains(p.Text(), "Mon premier résumé") {
		t.Errorf("the answers are\n%s", p.Text())
	}
	v.Send("/profile/seeks/lines", "line-research", "")
	p.Visit("/profile/seeks/lines")
	if got := p.MustElement("#line-research").MustProperty("value").Str(); got != "" {
		t.Errorf("what was taken away comes back as %q", got)
	}
}

func TestWordsComeWhileSomebodyTypes(t *testing.T) {
	t.Parallel()
	h := servetest.Open(t, store.SQLite)
	p := phone(t, h, locale.French)
	p.Visit("/profile/topics")
	p.MustElement("#interests-0").MustInput("echograph")
	p.MustWait(`() => document.querySelector('#interests-0-words option') !== null`)
	if got := p.MustEval(`() => [...document.querySelectorAll('#interests-0-words option')].map(o => o.value).join('|')`).Str(); !strings.Contains(got, "échographie") {
		t.Errorf("the words are %q", got)
	}
	p.Quiet()
}

// pages are all pages of the profile, for whoever has said something.
var pages = []string{
	"/profile", "/profile/name", "/profile/seeks", "/profile/seeks/lines", "/profile/how", "/profile/offers", "/profile/offers/support",
	"/profile/appointments", "/profile/topics", "/profile/destination", "/profile/training", "/profile/away", "/profile/check",
	"/profile/visibility", "/profile/seen-as?as=member", "/profile/seen-as?as=program-director", "/profile/delegates", "/profile/delegates/name",
	"/profile/authority", "/profile/authority/add?q=tremblay", "/profile/apart?q=tremblay", "/profile/characteristics",
	"/profile/characteristics/religion", "/profile/consents", "/profile/consents/withdraw",
	"/installation/characteristics", "/installation/characteristics/religion", "/installation/characteristics/religion/stop",
}

// settle fills a house so that every page has something to show to the administrator, and lets a tab in as that one.
func settle(t *testing.T, h *servetest.House) *browser.Tab {
	t.Helper()
	admin := h.First("amara@example.org")
	mentor := helene(h)
	mentor.Send("/profile/delegates/name", "address", "amara@example.org")
	asks(h, admin)
	admin.Send("/profile/name", "given", "Amara", "family", "Okafor", "role", "both")
	admin.Send("/profile/name", "given", "Amara", "family", "Okafor", "pronoun", "elle", "place", "Montréal")
	admin.Send("/profile/seeks", "seeks", "research", "seeks", "family_life", "seeks-own", "Writing for newspapers")
	admin.Send("/profile/seeks/lines", "line-research", "My first abstract is stuck", "first", "research")
	admin.Send("/profile/how", "distance", "either", "languages", "en", "languages", "fr", "when", "evenings")
	admin.Send("/profile/offers", "offers", "clinical_skill", "capacity", "1", "hours", "2", "listed", "1")
	admin.Send("/profile/appointments", "what-1", "level resident_senior", "track-1", "clinician-scientist", "where-1", "Family medicine", "from-1", "2025-07-01")
	admin.Send("/profile/topics", "specialties", "family", "interests", "sepsis", "interests", "D002055", "interests", "=canoeing")
	admin.Send("/profile/away", "from-1", "2027-07-01", "to-1", "2027-07-31")
	admin.Send("/profile/delegates/name", "address", "sam@example.org")
	p := admin.Get("/profile/authority/add?q=tremblay")
	admin.Send("/profile/authority/add", "person", hidden(p, "person"), "kind", "under evaluates", "from", "2027-01-01")
	admin.Send("/profile/apart", "person", hidden(p, "person"))
	admin.Send("/profile/apart", "address", "kim.lapointe-tremblay@hospital.example.org")
	p = admin.Get("/profile/characteristics/religion")
	admin.Send("/profile/characteristics/religion", "inquiry", hidden(p, "inquiry"), "wording", "1", "language", "en", "answer", "muslim", "use", "matching", "use", "statistics")
	tab := browser.Open(t, h.Server.Config.URL.String())
	tab.Prefer("prefers-reduced-motion", "reduce")
	enters(h, tab, "amara@example.org")
	return tab
}

// Each page speaks both languages and fits; axe looks at each in one of them, in turn, on a phone and on a desk, light
// and dark.
func TestPagesKeepTheirPromises(t *testing.T) {
	t.Parallel()
	tab := settle(t, servetest.Open(t, store.SQLite))
	for k, path := range pages {
		for j, language := range locale.Languages {
			tab.Visit("/language/" + string(language) + "?to=" + url.QueryEscape(path))
			if tab.Path() != path {
				t.Fatalf("%s leads to %s", path, tab.Path())
			}
			tab.Speaks(language, path)
			if k%2 == j {
				tab.Accessible(path)
			}
			tab.Fits(path)
		}
		if k%6 == 0 {
			tab.Wide(390)
			tab.Walk(path)
		}
	}
	tab.Quiet()
}
