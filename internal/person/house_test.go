//go:build unix

package person

import (
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/job"
	"github.com/chiron-mentoring/chiron/internal/mail"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
)

// A house is an installation of its own for a test, with a clock that goes on by a microsecond at each look.
type house struct {
	*testing.T
	*People
	catcher *mail.Catcher
	mu      sync.Mutex
	at      time.Time
}

// both runs a test in a house over each engine.
func both(t *testing.T, test func(h *house)) {
	t.Helper()
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB) { test(newHouse(t, db)) })
}

func newHouse(t *testing.T, db *store.DB) *house {
	h := &house{T: t, catcher: &mail.Catcher{}, at: time.Date(2027, 3, 14, 9, 0, 0, 0, time.UTC)}
	queue := job.New(db, h.now, slog.New(slog.DiscardHandler))
	site := notice.Site{Name: "Mentorat", Address: "https://mentoring.example.org", From: "chiron@example.org", Secrets: notice.NewSecrets([32]byte{1, 2, 3})}
	h.People = New(db, queue, notice.New(db, queue, h.catcher, h.now, site), h.now)
	return h
}

func (h *house) now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at = h.at.Add(time.Microsecond)
	return h.at
}

func (h *house) pass(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at = h.at.Add(d)
}

// must stops the test at an error.
func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// refuses says that something ends with a fault of a kind and key.
func (h *house) refuses(what string, err error, kind mentoring.FaultKind, key string) {
	h.Helper()
	if f, ok := err.(*mentoring.Fault); !ok || f.Kind != kind || f.Key != key {
		h.Errorf("%s: %v", what, err)
	}
}

// mistaken says that a form is refused for one mistake in a field.
func (h *house) mistaken(what string, err error, field, key string) {
	h.Helper()
	found := mentoring.MistakesIn(err)
	if !mentoring.IsFault(err, mentoring.Invalid) || !slices.ContainsFunc(found, func(m mentoring.Mistake) bool { return m.Field == field && m.Key == key }) {
		h.Errorf("%s: %v", what, err)
	}
}

// hidden says that something is answered like what does not exist.
func (h *house) hidden(what string, err error) {
	h.Helper()
	h.refuses(what, err, mentoring.NotFound, mentoring.NotHere().Key)
}

// somebody is a person with an account, an address and a session that was just begun.
func (h *house) somebody(id string) account.Visit {
	h.Helper()
	now := h.now()
	h.must(h.DB.Update(h.Context(), func(tx *store.Tx) error {
		if err := tx.AddAccount(store.Account{ID: id, Language: "en", MadeAt: now}); err != nil {
			return err
		}
		address := id + "@example.org"
		return tx.AddEmail(store.Email{Folded: address, Address: address, Account: id, Kind: store.Personal, Owns: true, VerifiedAt: now})
	}))
	return h.signIn(id)
}

// signIn begins a session of somebody.
func (h *house) signIn(id string) account.Visit {
	h.Helper()
	now := h.now()
	session := store.Session{ID: id + now.String(), Hash: []byte(id + now.String()), Account: id, MadeAt: now, ProvedAt: now, SeenAt: now, IdleEndsAt: now.AddDate(1, 0, 0), EndsAt: now.AddDate(1, 0, 0)}
	h.must(h.DB.Update(h.Context(), func(tx *store.Tx) error { return tx.AddSession(session) }))
	return account.Visit{Actor: mentoring.Actor{Person: mentoring.PersonID(id)}, SessionID: session.ID, Language: "en"}
}

// coordinator is somebody who coordinates the program "program".
func (h *house) coordinator(id string) account.Visit {
	h.Helper()
	v := h.somebody(id)
	h.must(h.DB.Update(h.Context(), func(tx *store.Tx) error {
		if err := h.program(tx, "program"); err != nil {
			return err
		}
		_, err := tx.AddCoordinator("program", id, h.now())
		return err
	}))
	v.Actor.Coordinates = []mentoring.ProgramID{"program"}
	return v
}

// program makes a program, if there is none of that id.
func (h *house) program(tx *store.Tx, id string) error {
	_, err := tx.Program(id)
	if store.IsKind(err, store.NotFound) {
		err = tx.AddProgram(store.Program{ID: id, NameEn: "Mentoring " + id, NameFr: "Mentorat " + id, MadeAt: h.now(), MadeBy: "root"})
	}
	return err
}

// enrol takes people into the program "program".
func (h *house) enrol(ids ...string) {
	h.Helper()
	h.must(h.DB.Update(h.Context(), func(tx *store.Tx) error {
		err := h.program(tx, "program")
		for _, id := range ids {
			if err == nil {
				_, err = tx.Enrol(store.Enrolment{Program: "program", Person: id, Since: h.now()})
			}
		}
		return err
	}))
}

// administrator is somebody who looks after the installation.
func (h *house) administrator(id string) account.Visit {
	v := h.somebody(id)
	h.must(h.DB.Update(h.Context(), func(tx *store.Tx) error {
		_, err := tx.AddRole(id, store.Administrator, h.now(), "test")
		return err
	}))
	return v
}

// trail are the codes of the events that somebody may read, the latest first.
func (h *house) trail(id string) (codes []string) {
	h.Helper()
	h.must(h.DB.View(h.Context(), func(tx *store.Tx) error {
		events, err := tx.EventsAbout(id, store.Event{}, 100)
		for _, e := range events {
			codes = append(codes, e.Action)
		}
		return err
	}))
	return codes
}

// letters are those that came to an address, after all jobs that are due are done.
func (h *house) letters(to string) (found []mail.Message) {
	h.Helper()
	h.Queue.Drain(h.Context())
	for _, m := range h.catcher.Caught() {
		if m.To.Address == to {
			found = append(found, m)
		}
	}
	return found
}

func terms(codes ...string) (all []mentoring.Term) {
	for _, code := range codes {
		all = append(all, mentoring.Term{Code: code})
	}
	return all
}

// helene is Hélène Tremblay of Montréal, who is listed.
func (h *house) helene() account.Visit {
	h.Helper()
	v, c := h.somebody("helene"), h.Context()
	h.must(h.SaveName(c, v, Name{Given: "Hélène", Family: "Tremblay", Pronoun: "elle", Place: mentoring.Term{Label: "Montréal"}, Zone: "America/Toronto"}))
	h.must(h.SaveOffer(c, v, Offer{Offers: []mentoring.Term{{Code: "research", Line: "Trials, and how to end them"}}, Support: terms("coaching"), Capacity: 2, Hours: 3, Refuses: "Letters of reference", Listed: true}))
	h.must(h.SaveTopics(c, v, Topics{Specialties: terms("family"), Interests: []mentoring.Term{{Code: "sepsis"}, {Label: "canoeing"}}}))
	h.must(h.SaveHow(c, v, How{Distance: mentoring.EitherWay, Languages: terms("fr", "en"), When: terms("evenings")}))
	h.must(h.ShowField(c, v, mentoring.FieldPlace, mentoring.Members))
	return v
}
