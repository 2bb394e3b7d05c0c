//go:build unix

package profile_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/web/browser"
)

// tells answers what is asked about religion, for some uses.
func tells(h *servetest.House, v *servetest.Visitor, uses ...string) {
	h.Helper()
	p := v.Get("/profile/characteristics/religion")
	said := []string{"inquiry", hidden(p, "inquiry"), "wording", hidden(p, "wording"), "language", hidden(p, "language"), "answer", "muslim"}
	for _, use := range uses {
		said = append(said, "use", use)
	}
	leads(h, "the answer", v.Send("/profile/characteristics/religion", said...), "/profile/characteristics")
}

// accountOf is the account of an address.
func accountOf(h *servetest.House, address string) (id string) {
	h.Helper()
	h.Must(h.Server.DB.View(h.Context(), func(tx *store.Tx) error {
		e, err := tx.Email(address)
		id = e.Account
		return err
	}))
	return id
}

// withdrawn is how often it is logged that somebody withdrew a consent, and how many of theirs allow a use now.
func withdrawn(h *servetest.House, id string, use mentoring.Use) (logged, live int) {
	h.Helper()
	h.Must(h.Server.DB.View(h.Context(), func(tx *store.Tx) error {
		events, err := tx.EventsAbout(id, store.Event{}, 100)
		for _, e := range events {
			if e.Action == "consent.withdraw" {
				logged++
			}
		}
		if err != nil {
			return err
		}
		allowing, err := h.Server.Characteristics.Allowing(tx, mentoring.Religion, use, person.ConsentID(""), 10)
		live = len(allowing)
		return err
	}))
	return logged, live
}

// AP-3, and the row "withdraw consents" of the table: also where the account is suspended.
func TestSuspendedPersonWithdrawsConsentsAndSeesNothingElse(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		admin, v := h.First("admin@example.org"), h.Somebody("amara@example.org")
		asks(h, admin)
		v.Send("/profile/name", "given", "Amara", "family", "Okafor", "role", "mentee")
		v.Send("/profile/seeks", "seeks", "research")
		v.Send("/profile/seeks/lines", "line-research", "line-canary")
		tells(h, v, "matching", "statistics")
		id := accountOf(h, "amara@example.org")
		leads(h, "suspending", admin.Send("/installation/accounts/suspend", "person", id, "address", "amara@example.org", "reason", "We talk first."), "/installation/accounts")
		v = h.Somebody("amara@example.org")
		p := v.Get("/paused")
		shows(h, "the reason", p, "We talk first.", "Withdraw a consent")
		if !strings.Contains(p.Body, `href="/profile/consents/withdraw"`) {
			h.Errorf("the page of the reason leads nowhere: %s", p.Body)
		}
		p = v.Get("/profile/consents/withdraw")
		shows(h, "the consents", p, "Religion", "Withdraw from matching", "Withdraw from statistics", "and may guess my answer", "Only you can read this page.")
		hides(h, "the consents", p, "Islam", "muslim", "Amara", "Okafor", "line-canary", `href="/profile"`, `href="/people"`, `href="/profile/consents"`, `href="/profile/characteristics"`)
		for _, path := range []string{"/profile", "/profile/consents", "/profile/characteristics", "/profile/characteristics/religion"} {
			says(h, path, v.Get(path), http.StatusForbidden, "We talk first.")
		}

		ends := func(use string) {
			leads(h, "withdrawing "+use, v.Send("/profile/consents/withdraw", "characteristic", hidden(p, "characteristic"), "use", use), "/profile/consents/withdraw")
		}
		ends("matching")
		p = v.Get("/profile/consents/withdraw")
		shows(h, "what is left", p, "The consent has ended.", "Withdraw from statistics")
		hides(h, "what is left", p, "Withdraw from matching")
		if logged, live := withdrawn(h, id, mentoring.InMatching); logged != 1 || live != 0 {
			h.Errorf("logged %d times, %d consents live", logged, live)
		}
		if _, live := withdrawn(h, id, mentoring.InStatistics); live != 1 {
			h.Errorf("the other consent: %d live", live)
		}
		ends("statistics")
		ends("statistics") // which is withdrawn already
		p = v.Get("/profile/consents/withdraw")
		shows(h, "nothing left", p, "No consent is in force")
		if logged, live := withdrawn(h, id, mentoring.InStatistics); logged != 2 || live != 0 {
			h.Errorf("logged %d times, %d consents live", logged, live)
		}
		says(h, "what there is not", v.Send("/profile/consents/withdraw", "characteristic", "star-sign", "use", "fun"), http.StatusSeeOther)

		leads(h, "opening", admin.Send("/installation/accounts/open", "person", id), "/installation/accounts")
		v = h.Somebody("amara@example.org")
		hides(h, "the answer, deleted with the last consent", v.Get("/profile/characteristics"), "Islam")
		shows(h, "the log", v.Get("/profile/consents"), "by you, on this site")
	})
}

func TestConsentsOfOneAreNoneOfAnother(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		admin, amara, zoe := h.First("admin@example.org"), h.Somebody("amara@example.org"), h.Somebody("zoe@example.org")
		asks(h, admin)
		tells(h, amara, "matching")
		shows(h, "Zoé's page", zoe.Get("/profile/consents/withdraw"), "No consent is in force")
		leads(h, "Zoé withdraws what she never gave", zoe.Send("/profile/consents/withdraw", "characteristic", "religion", "use", "matching"), "/profile/consents/withdraw")
		shows(h, "Amara's page", amara.Get("/profile/consents/withdraw"), "Withdraw from matching")
		shows(h, "Amara's log", amara.Get("/profile/consents"), "In force", "Withdraw a consent")
		asks(h, admin) // for another purpose
		shows(h, "Amara's page when the purpose has ended", amara.Get("/profile/consents/withdraw"), "No consent is in force")
		hides(h, "Amara's log then", amara.Get("/profile/consents"), "Withdraw a consent")
	})
}

func TestSuspendedPersonWithdrawsInABrowser(t *testing.T) {
	t.Parallel()
	h := servetest.Open(t, store.SQLite)
	admin, v := h.First("admin@example.org"), h.Somebody("amara@example.org")
	asks(h, admin)
	tells(h, v, "matching", "statistics", "shown")
	admin.Send("/installation/accounts/suspend", "person", accountOf(h, "amara@example.org"), "address", "amara@example.org", "reason", "We talk first.")
	tab := browser.Open(t, h.Server.Config.URL.String())
	tab.Prefer("prefers-reduced-motion", "reduce")
	tab.Wide(390)
	enters(h, tab, "amara@example.org")
	for _, tag := range []string{"fr-CA", "en"} {
		tab.Visit("/language/" + tag + "?to=/profile/consents/withdraw")
		tab.Accessible("withdrawing in " + tag)
		tab.Fits("withdrawing in " + tag)
	}
	tab.Walk("withdrawing")
	tab.Visit("/paused")
	tab.Press(`a[href="/profile/consents/withdraw"]`)
	for range 3 {
		tab.Press(`main form[action="/profile/consents/withdraw"] button`)
	}
	if text := tab.Text(); !strings.Contains(text, "No consent is in force") || tab.Path() != "/profile/consents/withdraw" {
		t.Errorf("at %s in the end: %s", tab.Path(), text)
	}
	tab.Quiet()
	if logged, live := withdrawn(h, accountOf(h, "amara@example.org"), mentoring.InProfile); logged != 3 || live != 0 {
		t.Errorf("logged %d times, %d consents live", logged, live)
	}
}
