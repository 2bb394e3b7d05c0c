//go:build unix

package program_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/web/browser"
)

func TestMain(m *testing.M) { browser.Main(m) }

// A somebody has an account, and comes as a browser and as the activities see them.
type somebody struct {
	*servetest.Visitor
	account.Visit
}

func (s somebody) id() string { return string(s.Actor.Person) }

// comes lets somebody join by an address.
func comes(h *servetest.House, address string) somebody {
	h.Helper()
	s := somebody{Visitor: h.Somebody(address)}
	h.Must(h.Server.DB.View(h.Context(), func(tx *store.Tx) error {
		e, err := tx.Email(address)
		if err != nil {
			return err
		}
		sessions, err := tx.Sessions(e.Account, h.Server.Now())
		for _, one := range sessions {
			s.Visit = account.Visit{Actor: mentoring.Actor{Person: mentoring.PersonID(e.Account)}, SessionID: one.ID, ProvedAt: one.ProvedAt, Language: "en"}
		}
		return err
	}))
	return s
}

// lives lets somebody have an account, an address and a session, without coming to a page.
func lives(h *servetest.House, id string) (s somebody) {
	h.Helper()
	now, address := h.Server.Now(), id+"@example.org"
	changes(h, func(tx *store.Tx) error {
		return errors.Join(
			tx.AddAccount(store.Account{ID: id, Language: "en", MadeAt: now}),
			tx.AddEmail(store.Email{Folded: address, Address: address, Account: id, Kind: store.Personal, Owns: true, VerifiedAt: now}),
			tx.AddSession(store.Session{ID: id, Hash: []byte(id), Account: id, MadeAt: now, ProvedAt: now, SeenAt: now, IdleEndsAt: now.AddDate(1, 0, 0), EndsAt: now.AddDate(1, 0, 0)}))
	})
	s.Visit = account.Visit{Actor: mentoring.Actor{Person: mentoring.PersonID(id)}, SessionID: id, ProvedAt: now, Language: "en"}
	return s
}

// enters lets a tab in by a letter.
func enters(h *servetest.House, tab *browser.Tab, address string) {
	h.Helper()
	older := h.Letters(address)
	h.Stranger().Send("/sign-in", "address", address)
	tab.Visit(h.LinkTo(address, older))
	tab.Press(".btn-main")
}

// changes does something in the store for a test.
func changes(h *servetest.House, f func(tx *store.Tx) error) {
	h.Helper()
	h.Must(h.Server.DB.Update(h.Context(), f))
}

// makes makes a program with those who coordinate it.
func makes(h *servetest.House, id, en, fr string, by ...somebody) {
	h.Helper()
	changes(h, func(tx *store.Tx) error {
		err := tx.AddProgram(store.Program{ID: id, NameEn: en, NameFr: fr, MadeAt: h.Server.Now(), MadeBy: by[0].id()})
		for _, one := range by {
			if err == nil {
				_, err = tx.AddCoordinator(id, one.id(), h.Server.Now())
			}
		}
		return err
	})
}

// enrols lets people be in a program.
func enrols(h *servetest.House, program string, people ...somebody) {
	h.Helper()
	changes(h, func(tx *store.Tx) (err error) {
		for _, one := range people {
			if err == nil {
				_, err = tx.Enrol(store.Enrolment{Program: program, Person: one.id(), Since: h.Server.Now()})
			}
		}
		return err
	})
}

func terms(codes ...string) (all []mentoring.Term) {
	for _, code := range codes {
		all = append(all, mentoring.Term{Code: code})
	}
	return all
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

func shows(h *servetest.House, what string, p servetest.Page, words ...string) {
	h.Helper()
	says(h, what, p, http.StatusOK, words...)
}

// hides fails the test if a page says any of this, to its reader or between the lines.
func hides(h *servetest.House, what string, p servetest.Page, words ...string) {
	h.Helper()
	for _, word := range words {
		if strings.Contains(p.Text(), word) || strings.Contains(p.Body, word) {
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
