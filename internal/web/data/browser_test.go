//go:build unix

package data_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
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

var pages = []string{"/account/data", "/account/data/kept", "/account/data/leave", "/account/data/leave/all", "/account/data/erase"}

// everywhere is listed, and in two programs, one of which they coordinate.
func everywhere(h *servetest.House, address string) {
	h.Helper()
	h.Somebody(address)
	visit := visitOf(h, address)
	me := string(visit.Actor.Person)
	takesPart(h, me, "ONE", "for residents and mentors of the Faculty of Medicine")
	h.Must(h.Server.People.SaveName(h.Context(), visit, person.Name{Given: "Zoe"}))
	h.Must(h.Server.People.SaveOffer(h.Context(), visit, person.Offer{Offers: []mentoring.Term{{Code: "research"}}, Capacity: 1, Listed: true}))
	h.Must(h.Server.DB.Update(h.Context(), func(tx *store.Tx) error {
		_, err := tx.AddCoordinator("ONE", me, h.Server.Now())
		return err
	}))
}

func TestPagesKeepTheirPromises(t *testing.T) {
	t.Parallel()
	h := servetest.Open(t, store.SQLite)
	tab := browser.Open(t, h.Server.Config.URL.String())
	tab.Prefer("prefers-reduced-motion", "reduce")
	everywhere(h, "zoe@example.org")
	enters(h, tab, "zoe@example.org")
	for _, path := range pages {
		for _, l := range locale.Languages {
			tab.Visit("/language/" + string(l) + "?to=" + url.QueryEscape(path))
			if tab.Path() != path {
				t.Fatalf("%s leads to %s", path, tab.Path())
			}
			tab.Speaks(l, path)
			tab.Fits(path)
		}
		tab.Accessible(path)
		tab.Wide(390)
		tab.Walk(path)
	}
	tab.Quiet()
}

func TestNobodyIsErasedByASlipOfAFinger(t *testing.T) {
	t.Parallel()
	h := servetest.Open(t, store.SQLite)
	tab := browser.Open(t, h.Server.Config.URL.String())
	tab.Prefer("prefers-reduced-motion", "reduce")
	enters(h, tab, "zoe@example.org")
	tab.Visit("/account/data")
	tab.Press("main a[href='/account/data/erase']")
	tab.MustElement("#word").MustInput("eras")
	tab.Press(".btn-final")
	tab.MustWait(`() => document.activeElement.classList.contains('summary')`)
	if got := tab.MustElement("#word").MustProperty("value").Str(); got != "eras" || !strings.Contains(tab.Text(), "Type erase, or go back.") {
		t.Errorf("what was typed is %q:\n%s", got, tab.Text())
	}
	tab.Accessible("the question again")
	tab.MustElement("#word").MustSelectAllText().MustInput("erase")
	tab.Press(".btn-final")
	if !strings.Contains(tab.Text(), "Your account will be erased on") {
		t.Errorf("%s shows\n%s", tab.Path(), tab.Text())
	}
	tab.Press("main form[action='/account/data/stay'] button")
	if strings.Contains(tab.Text(), "will be erased on") {
		t.Errorf("%s shows\n%s", tab.Path(), tab.Text())
	}
	tab.Quiet("422")
}
