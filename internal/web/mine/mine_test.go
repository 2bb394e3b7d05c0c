//go:build unix

package mine_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
)

// shows fails the test unless a page is there and says all this.
func shows(h *servetest.House, what string, p servetest.Page, words ...string) {
	h.Helper()
	says(h, what, p, http.StatusOK, words...)
}

func says(h *servetest.House, what string, p servetest.Page, status int, words ...string) {
	h.Helper()
	if p.Status != status {
		h.Errorf("%s: %d, want %d: %s %s", what, p.Status, status, p.Location(), p.Text())
		return
	}
	for _, word := range words {
		if !strings.Contains(p.Text(), word) {
			h.Errorf("%s does not say %q: %s", what, word, p.Text())
		}
	}
}

// hides fails the test if a page says any of this.
func hides(h *servetest.House, what string, p servetest.Page, words ...string) {
	h.Helper()
	for _, word := range words {
		if strings.Contains(p.Body, word) {
			h.Errorf("%s says %q: %s", what, word, p.Text())
		}
	}
}

func leads(h *servetest.House, what string, p servetest.Page, to string) {
	h.Helper()
	if p.Status != http.StatusSeeOther || p.Location() != to {
		h.Errorf("%s leads to %q with %d, want %q: %s", what, p.Location(), p.Status, to, p.Text())
	}
}

func TestSettingsHoldForPagesAndLetters(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		zoe := h.Somebody("zoe@example.org")
		shows(h, "the account", zoe.Get("/account"), "My account", "zoe@example.org", "Only you can read this page")
		leads(h, "saving", zoe.Send("/account/settings", "language", "fr-CA", "discreet", "1"), "/account")
		p := zoe.Get("/account")
		shows(h, "the account in French", p, "Mon compte", "C’est enregistré.")
		if !strings.Contains(p.Body, `value="1" checked`) {
			h.Error("discretion is not shown as chosen")
		}
		hides(h, "the next page", zoe.Get("/account"), "C’est enregistré.")
		p = zoe.Send("/account/settings", "language", "la")
		says(h, "Latin", p, http.StatusUnprocessableEntity, "1 réponse est à corriger")
	})
}

func TestSessionElsewhereIsEnded(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		desk, phone, abe := h.Somebody("zoe@example.org"), h.Somebody("zoe@example.org"), h.Somebody("abe@example.org")
		p := desk.Get("/account/sessions")
		shows(h, "the sessions", p, "This browser", "End all other sessions")
		path := between(p.Body, `action="`, `"`, "/account/sessions/")
		says(h, "somebody else's session", abe.Send(path), http.StatusNotFound)
		shows(h, "the phone", phone.Get("/account"))
		leads(h, "ending it", desk.Send(path), "/account/sessions")
		shows(h, "the list", desk.Get("/account/sessions"), "That browser is signed out.")
		leads(h, "the phone after that", phone.Get("/account"), "/sign-in?to=%2Faccount")
		says(h, "ending it again", desk.Send(path), http.StatusNotFound)

		third := h.Somebody("zoe@example.org")
		shows(h, "the question", desk.Get("/account/sessions/others"), "Every browser but this one")
		leads(h, "ending the others", desk.Send("/account/sessions/others"), "/account/sessions")
		leads(h, "the third", third.Get("/account"), "/sign-in?to=%2Faccount")
		shows(h, "somebody else", abe.Get("/account"))
	})
}

// between is what stands between two texts, the first time that it begins so.
func between(text, before, after, begins string) string {
	for _, part := range strings.Split(text, before)[1:] {
		found, _, _ := strings.Cut(part, after)
		if strings.HasPrefix(found, begins) && found != "/account/sessions/others" {
			return found
		}
	}
	return ""
}

func TestOwningAddressIsChangedAndGivenBack(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		zoe := h.Somebody("zoe@example.org")
		shows(h, "the addresses", zoe.Get("/account/addresses"), "zoe@example.org", "Owns the account")
		p := zoe.Send("/account/addresses/change", "address", "new at example")
		says(h, "no address", p, http.StatusUnprocessableEntity, "There is a problem with 1 answer")
		if !strings.Contains(p.Body, `value="new at example"`) {
			h.Error("what was typed is gone")
		}
		leads(h, "asking", zoe.Send("/account/addresses/change", "address", "new@example.org"), "/account/addresses?asked=change")
		shows(h, "the addresses meanwhile", zoe.Get("/account/addresses?asked=change"), "A letter is on its way")
		older := h.Letters("zoe@example.org")
		zoe.Send(h.LinkTo("new@example.org", 0))
		shows(h, "the addresses", zoe.Get("/account/addresses"), "new@example.org Owns the account", "zoe@example.org Not used any more")
		zoe.Send(h.LinkTo("zoe@example.org", older))
		leads(h, "the session", zoe.Get("/account"), "/sign-in?to=%2Faccount")
		back := h.Somebody("zoe@example.org")
		p = back.Get("/account/addresses")
		shows(h, "the addresses in the end", p, "zoe@example.org Owns the account")
		hides(h, "the addresses in the end", p, "new@example.org")
		shows(h, "the trail", back.Get("/account/trail"), "Your account was given back to an earlier address.", "A new address came to own your account.")
	})
}

func TestTwoAccountsBecomeOne(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		zoe, other := h.Somebody("zoe@example.org"), h.Somebody("zoe@hospital.example")
		says(h, "merging an account with itself", zoe.Send("/account/addresses/merge", "address", "zoe@example.org"), http.StatusConflict, "Write that of the other account")
		older := h.Letters("zoe@hospital.example")
		leads(h, "asking", zoe.Send("/account/addresses/merge", "address", "zoe@hospital.example"), "/account/addresses?asked=merge")
		shows(h, "the addresses meanwhile", zoe.Get("/account/addresses?asked=merge"), "in this browser")
		zoe.Send(h.LinkTo("zoe@hospital.example", older))
		shows(h, "the addresses", zoe.Get("/account/addresses"), "zoe@example.org", "zoe@hospital.example Also yours")
		leads(h, "the other account", other.Get("/account"), "/sign-in?to=%2Faccount")
	})
}

func TestWhatMattersMostAsksForAFreshSignIn(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		zoe := h.Somebody("zoe@example.org")
		h.Pass(6 * time.Minute)
		for path, back := range map[string]string{
			"/account/addresses/change": "/prove?to=%2Faccount%2Faddresses%2Fchange",
			"/account/addresses/merge":  "/prove?to=%2Faccount%2Faddresses%2Fmerge",
			"/account/passkeys/add":     "/prove?to=%2Faccount%2Fpasskeys%2Fadd",
		} {
			leads(h, path, zoe.Get(path), back)
		}
		p := zoe.Send("/account/addresses/change", "address", "new@example.org")
		if !strings.HasPrefix(p.Location(), "/prove?to=") {
			h.Errorf("a form that was open for long leads to %s", p.Location())
		}
		shows(h, "what only shows", zoe.Get("/account/addresses"))
	})
}

func TestTrailIsReadByDaysAndPages(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		zoe := h.Somebody("zoe@example.org")
		for k := range 45 {
			h.Pass(time.Minute)
			discreet := ""
			if k%2 == 0 {
				discreet = "1"
			}
			zoe.Send("/account/settings", "language", "en", "discreet", discreet)
		}
		p := zoe.Get("/account/trail")
		shows(h, "the trail", p, "You changed your language", "Earlier")
		hides(h, "the latest page", p, "Your account was made.")
		p = zoe.Get(strings.ReplaceAll(between(p.Body, `href="`, `"`, "/account/trail?"), "&amp;", "&"))
		shows(h, "the earlier page", p, "Your account was made.", "You signed in.", "The latest")
		hides(h, "the earlier page", p, ">Earlier<")
		for _, wrong := range []string{"?at=x&before=y", "?at=-1&before=y", "?before=y", "?at=1", "?at=99999999999999999999&before=" + strings.Repeat("A", 4000)} {
			shows(h, wrong, zoe.Get("/account/trail"+wrong), "You changed your language")
		}
		shows(h, "before all", zoe.Get("/account/trail?at=1&before=A"), "Nothing earlier")
	})
}

func TestPasskeysOfOthersAreNotHere(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		zoe := h.Somebody("zoe@example.org")
		shows(h, "the passkeys", zoe.Get("/account/passkeys"), "You have no passkey yet")
		for _, path := range []string{"/account/passkeys/NOBODYS", "/account/passkeys/NOBODYS/remove"} {
			says(h, path, zoe.Get(path), http.StatusNotFound)
			says(h, path, zoe.Send(path, "name", "x"), http.StatusNotFound)
		}
		says(h, "an answer that is none", zoe.Send("/account/passkeys/add", "answer", "{}"), http.StatusForbidden)
		says(h, "an institution that is none", zoe.Get("/account/institutions/NOBODYS/unlink"), http.StatusNotFound)
	})
}
