//go:build unix

package installation_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/web/browser"
)

// Tests in the browser run one after the other: what a page waits for is then not what another test does.
func TestMain(m *testing.M) { browser.Main(m) }

// buried is work that could not be done.
func buried(h *servetest.House) {
	h.Helper()
	now := time.Now()
	h.Must(h.Server.DB.Update(h.Context(), func(tx *store.Tx) error {
		if _, err := tx.AddJob(store.Job{ID: "BURIED", Kind: "sweep", Payload: "{}", Due: now.Add(-time.Minute), MadeAt: now}); err != nil {
			return err
		}
		for {
			jobs, err := tx.ClaimJobs("a worker", now, now.Add(time.Minute), 1)
			if err != nil || len(jobs) == 0 {
				return err
			}
			if jobs[0].ID == "BURIED" {
				_, err = tx.BuryJob("BURIED", "a worker", now, "the disk is full")
				return err
			}
		}
	}))
}

// enters gives a tab the session of the first administrator.
func enters(h *servetest.House, tab *browser.Tab) {
	h.Helper()
	link, err := h.Server.FirstLink(h.Context())
	h.Must(err)
	tab.Visit(link)
	tab.MustElement("#address").MustInput("boss@example.org")
	tab.Press(".btn-main")
}

// TestPagesWithThingsOnThemKeepTheirPromises is about what a newcomer does not see; browsertest opens the pages of one.
func TestPagesWithThingsOnThemKeepTheirPromises(t *testing.T) {
	h := servetest.Open(t, store.SQLite)
	tab := browser.Open(t, h.Server.Config.URL.String())
	tab.Prefer("prefers-reduced-motion", "reduce")
	enters(h, tab)
	h.Somebody("zoe@example.org")
	letters := comeBack(h, 2)
	buried(h)
	for k, path := range []string{"/installation", "/installation/failures", "/installation/letters/" + letters[0].ID + "/give-up"} {
		for _, language := range locale.Languages {
			tab.Visit("/language/" + string(language) + "?to=" + url.QueryEscape(path))
			if tab.Path() != path {
				t.Fatalf("%s leads to %s", path, tab.Path())
			}
			tab.Speaks(language, path)
			tab.Fits(path)
		}
		tab.Accessible(path)
		if k < 2 {
			tab.Wide(390)
			tab.Walk(path)
		}
	}
	finds(tab, "zoe@example.org")
	tab.Speaks(locale.French, "an account")
	tab.Fits("an account")
	tab.Accessible("an account")
	tab.Quiet()
}

// finds looks an account up.
func finds(tab *browser.Tab, address string) {
	tab.Visit("/installation/accounts")
	tab.MustElement("#address").MustInput(address)
	tab.Press(".btn-main")
}

func TestAccountIsSuspendedWithoutScript(t *testing.T) {
	h := servetest.Open(t, store.SQLite)
	tab := browser.Open(t, h.Server.Config.URL.String())
	tab.WithoutScript()
	enters(h, tab)
	zoe := h.Somebody("zoe@example.org")
	tab.Visit("/installation")
	tab.Press("main a[href='/installation/accounts']")
	finds(tab, "zoe@example.org")
	tab.MustElement("#reason").MustInput("Left the hospital")
	tab.Press(".btn-final")
	if tab.Path() != "/installation/accounts" || !strings.Contains(tab.MustElement("body").MustText(), "The account is suspended") {
		t.Errorf("suspending leads to %s:\n%s", tab.Path(), tab.Text())
	}
	leads(h, "her session", zoe.Get("/account"), "/sign-in?to=%2Faccount")
}
