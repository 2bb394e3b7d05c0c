//go:build unix

package door_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/proto"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/web/browser"
)

// pages are all pages of the door, each by how one gets there.
func pages(h *house) map[string]func(tab *browser.Tab) {
	ask := func(tab *browser.Tab, address string) {
		h.calm()
		tab.Visit("/sign-in")
		tab.MustElement("#address").MustSelectAllText().MustInput(address)
		tab.Press("main .btn-main")
	}
	come := func(tab *browser.Tab, address string) {
		ask(tab, address)
		tab.MustElement("#code").MustInput(h.code(address))
		tab.Press("main .btn-main")
	}
	return map[string]func(tab *browser.Tab){
		"sign-in": func(tab *browser.Tab) { tab.Visit("/sign-in") },
		"mail":    func(tab *browser.Tab) { ask(tab, "zoe@example.org") },
		"wrong-code": func(tab *browser.Tab) {
			ask(tab, "zoe@example.org")
			tab.MustElement("#code").MustInput("0000 0000")
			tab.Press("main .btn-main")
		},
		"link": func(tab *browser.Tab) {
			ask(tab, "zoe@example.org")
			tab.Visit(h.link("zoe@example.org"))
		},
		"closed-link": func(tab *browser.Tab) { tab.Visit("/link/AAAAAAAAAAAAAAAAAAAAAA") },
		"first": func(tab *browser.Tab) {
			token, err := h.accounts.FirstLink(h.Context())
			browser.Must(h, err)
			tab.Visit("/link/" + token)
		},
		"whose": func(tab *browser.Tab) {
			h.calm()
			tab.Visit("/sign-in")
			tab.Press(`[formaction="/sign-in/with/university"]`)
			tab.MustWait(`() => location.pathname === '/sign-in/whose'`)
		},
		"refused-institution": func(tab *browser.Tab) { tab.Visit("/sign-in/with/university/back?state=x&code=y") },
		"prove": func(tab *browser.Tab) {
			come(tab, "prove@example.org")
			tab.Visit("/prove?to=/who-sees-what")
		},
		"signed-out": func(tab *browser.Tab) { tab.Visit("/signed-out") },
	}
}

// TestPagesOfTheDoorKeepTheirPromises holds every page to what every page must hold to: in both languages what differs by
// language, and in one of them, in turn, what does not.
func TestPagesOfTheDoorKeepTheirPromises(t *testing.T) {
	t.Parallel()
	h := newHouse(t, store.SQLite)
	all := pages(h)
	for turn, name := range slices.Sorted(maps.Keys(all)) {
		for k, language := range locale.Languages {
			tab := browser.Open(t, h.root)
			tab.Prefer("prefers-reduced-motion", "reduce")
			tab.Visit("/language/" + string(language) + "?to=/signed-out")
			all[name](tab)
			if where := os.Getenv("CHIRON_LOOK"); where != "" {
				look(t, tab, filepath.Join(where, name+"."+string(language)))
			}
			tab.Speaks(language, name)
			tab.Fits(name)
			if turn%2 == k {
				tab.Accessible(name)
				tab.Wide(1280)
				tab.Walk(name)
			}
			tab.Quiet("status of 4", "422", "403", "404")
		}
	}
}

// look keeps pictures of a page, for people to look at.
func look(t *testing.T, tab *browser.Tab, name string) {
	t.Helper()
	for _, width := range []int{390, 1280} {
		for _, theme := range []string{"light", "dark"} {
			tab.Wide(width)
			tab.MustEval(`theme => { document.documentElement.dataset.theme = theme }`, theme)
			picture, err := tab.Screenshot(true, &proto.PageCaptureScreenshot{Format: proto.PageCaptureScreenshotFormatPng})
			browser.Must(t, err)
			kind := map[int]string{390: "phone", 1280: "desk"}[width]
			browser.Must(t, os.WriteFile(strings.Join([]string{name, kind, theme, "png"}, "."), picture, 0o600))
		}
	}
}
