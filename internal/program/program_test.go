//go:build unix

package program

import (
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/job"
	"github.com/chiron-mentoring/chiron/internal/mail"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
)

// A house is an installation of its own for a test.
type house struct {
	*testing.T
	*Programs
	at time.Time
}

func both(t *testing.T, test func(h *house)) {
	t.Helper()
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB) {
		h := &house{T: t, at: time.Date(2027, 3, 14, 9, 0, 0, 0, time.UTC)}
		now := func() time.Time { h.at = h.at.Add(time.Microsecond); return h.at }
		queue := job.New(db, now, slog.New(slog.DiscardHandler))
		site := notice.Site{Name: "Mentorat", Address: "https://mentoring.example.org", From: "chiron@example.org", Secrets: notice.NewSecrets([32]byte{1})}
		post := notice.New(db, queue, &mail.Catcher{}, now, site)
		h.Programs = &Programs{People: person.New(db, queue, post, now), Post: post}
		test(h)
	})
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// hidden says that something is answered like what does not exist.
func (h *house) hidden(what string, err error) {
	h.Helper()
	if f, ok := err.(*mentoring.Fault); !ok || f.Key != mentoring.NotHere().Key {
		h.Errorf("%s: %v", what, err)
	}
}

// somebody has an account and a session that was just begun, with roles of the installation and programs that they
// coordinate.
func (h *house) somebody(id string, more func(tx *store.Tx) error) account.Visit {
	h.Helper()
	now := h.People.Now()
	h.must(h.People.DB.Update(h.Context(), func(tx *store.Tx) error {
		if err := tx.AddAccount(store.Account{ID: id, Language: "en", MadeAt: now}); err != nil {
			return err
		}
		address := id + "@example.org"
		if err := tx.AddEmail(store.Email{Folded: address, Address: address, Account: id, Kind: store.Personal, Owns: true, VerifiedAt: now}); err != nil {
			return err
		}
		end := now.AddDate(1, 0, 0)
		if err := tx.AddSession(store.Session{ID: id, Hash: []byte(id), Account: id, MadeAt: now, ProvedAt: now, SeenAt: now, IdleEndsAt: end, EndsAt: end}); err != nil {
			return err
		}
		if more == nil {
			return nil
		}
		return more(tx)
	}))
	return account.Visit{Actor: mentoring.Actor{Person: mentoring.PersonID(id)}, SessionID: id, Language: "en"}
}

func (h *house) administrator() account.Visit {
	return h.somebody("root", func(tx *store.Tx) error {
		_, err := tx.AddRole("root", store.Administrator, h.at, "test")
		return err
	})
}

func (h *house) coordinator(id string, program mentoring.ProgramID) account.Visit {
	return h.somebody(id, func(tx *store.Tx) error {
		_, err := tx.AddCoordinator(string(program), id, h.at)
		return err
	})
}

// events are the codes of what was logged about a program, the oldest first.
func (h *house) events(id mentoring.ProgramID) (codes []string) {
	h.Helper()
	h.must(h.People.DB.View(h.Context(), func(tx *store.Tx) error {
		all, err := tx.UnsealedEvents(100)
		for _, e := range all {
			if e.ObjectID == string(id) {
				codes = append(codes, e.Action)
			}
		}
		return err
	}))
	return codes
}

var pediatrics = mentoring.Program{En: " Pediatric  residents ", Fr: "Résidents en pédiatrie", LineEn: "A mentor for each.", LineFr: "Un mentor pour chaque personne."}

func TestAdministratorMakesAProgramAndItsCoordinatorChangesIt(t *testing.T) {
	both(t, func(h *house) {
		root, member, c := h.administrator(), h.somebody("member", nil), h.Context()
		_, err := h.Make(c, member, pediatrics)
		h.hidden("a member makes one", err)
		_, err = h.Make(c, root, mentoring.Program{En: "Only English"})
		if m := mentoring.MistakesIn(err); len(m) != 1 || m[0].Field != mentoring.FieldNameFr {
			h.Errorf("without a French name: %v", err)
		}
		id, err := h.Make(c, root, pediatrics)
		h.must(err)
		other, err := h.Make(c, root, mentoring.Program{En: "Écologie", Fr: "Zoologie"})
		h.must(err)
		claire, dee := h.coordinator("claire", id), h.coordinator("dee", other)
		one, err := h.Program(c, claire, id)
		h.must(err)
		if one.En != "Pediatric residents" || one.People != 0 || len(one.Coordinators) != 1 || one.Coordinators[0].ID != "claire" || one.Coordinators[0].Address != "" {
			h.Errorf("she reads %+v", one)
		}
		for who, v := range map[string]account.Visit{"a member": member, "an administrator": root, "the coordinator of another": dee} {
			_, err := h.Program(c, v, id)
			h.hidden(who+" reads", err)
			_, err = h.Figures(c, v, id)
			h.hidden(who+" counts", err)
			change := one.Program
			change.En = "Mine"
			h.hidden(who+" changes", h.Change(c, v, change))
		}
		change := one.Program
		change.En, change.LineEn, change.LineFr = "Pediatrics", "", ""
		h.must(h.Change(c, claire, change))
		h.must(h.Change(c, claire, change)) // what changes nothing is not logged
		if one, err = h.Program(c, claire, id); err != nil || one.Program != change {
			h.Errorf("after that she reads %+v, %v", one, err)
		}
		if got := h.events(id); !slices.Equal(got, []string{"program.make", "program.change"}) {
			h.Errorf("logged is %v", got)
		}
		_, err = h.All(c, claire, "en")
		h.hidden("a coordinator lists all programs", err)
		for language, want := range map[string]string{"en": "Écologie Pediatrics", "fr-CA": "Résidents en pédiatrie Zoologie"} {
			all, err := h.All(c, root, language)
			h.must(err)
			if got := NameIn(all[0].Program, language) + " " + NameIn(all[1].Program, language); got != want || all[0].Coordinators[0].Address == "" {
				h.Errorf("%s: %s", language, got)
			}
		}
	})
}

func TestAdministratorSeesWhoWasInvitedToCoordinate(t *testing.T) {
	both(t, func(h *house) {
		root, c := h.administrator(), h.Context()
		id, err := h.Make(c, root, pediatrics)
		h.must(err)
		other, err := h.Make(c, root, mentoring.Program{En: "Z", Fr: "Z"})
		h.must(err)
		claire := h.coordinator("claire", id)
		for _, address := range []string{"dee@example.org", "eve@example.org"} {
			h.must(h.People.InviteCoordinator(c, root, id, address, "en"))
		}
		_, err = h.People.Invite(c, claire, id, []string{"ana@example.org"}, "en")
		h.must(err)
		all, err := h.All(c, root, "en")
		h.must(err)
		if in := all[0].Invited; all[0].ID != id || len(in) != 2 || in[0].Address != "eve@example.org" || in[1].Address != "dee@example.org" || in[0].MayRemind {
			h.Errorf("invited are %+v", all[0].Invited)
		}
		if all[1].ID != other || len(all[1].Invited) != 0 {
			h.Errorf("into the other program were invited %+v", all[1].Invited)
		}
		if one, err := h.Program(c, claire, id); err != nil || len(one.Invited) != 0 {
			h.Errorf("the coordinator reads %+v, %v", one.Invited, err)
		}
	})
}

func TestFiguresCountWhoIsInAndWhoHasNotAnswered(t *testing.T) {
	both(t, func(h *house) {
		root, c := h.administrator(), h.Context()
		id, err := h.Make(c, root, pediatrics)
		h.must(err)
		claire := h.coordinator("claire", id)
		h.somebody("ana", func(tx *store.Tx) error {
			if err := tx.AddPerson(store.Person{ID: "ana", MadeAt: h.at, ChangedAt: h.at}); err != nil {
				return err
			}
			_, err := tx.Enrol(store.Enrolment{Program: string(id), Person: "ana", Since: h.at})
			return err
		})
		h.somebody("ben", func(tx *store.Tx) error { // over whom she has authority (CF-9)
			if err := tx.AddPerson(store.Person{ID: "ben", MadeAt: h.at, ChangedAt: h.at}); err != nil {
				return err
			}
			if _, err := tx.Enrol(store.Enrolment{Program: string(id), Person: "ben", Since: h.at}); err != nil {
				return err
			}
			return tx.AddAuthority(store.Authority{ID: "e", From: "claire", To: "ben", Kind: "pays", Source: "declared", By: "ben", MadeAt: h.at})
		})
		var addresses []string
		for k := range 3 {
			addresses = append(addresses, fmt.Sprintf("new%d@example.org", k))
		}
		_, err = h.People.Invite(c, claire, id, addresses, "en")
		h.must(err)
		all, _, err := h.People.Invitations(c, claire, id, "")
		h.must(err)
		h.must(h.People.DB.Update(c, func(tx *store.Tx) error {
			_, err := tx.DeclineInvitation(all[0].ID, h.at)
			return err
		}))
		if f, err := h.Figures(c, claire, id); err != nil || f != (Figures{In: 1, Waiting: 2, Declined: 1}) {
			h.Errorf("got %+v, %v", f, err)
		}
		h.at = h.at.Add(mentoring.InvitationLasts)
		if f, err := h.Figures(c, claire, id); err != nil || f != (Figures{In: 1}) {
			h.Errorf("when the invitations are over: %+v, %v", f, err)
		}
	})
}

func TestCoordinatorIsTakenAwayAndWrittenTo(t *testing.T) {
	both(t, func(h *house) {
		root, c := h.administrator(), h.Context()
		id, err := h.Make(c, root, pediatrics)
		h.must(err)
		claire := h.coordinator("claire", id)
		h.hidden("by herself", h.TakeCoordinator(c, claire, id, "claire"))
		h.must(h.TakeCoordinator(c, root, id, "claire"))
		h.hidden("twice", h.TakeCoordinator(c, root, id, "claire"))
		_, err = h.Program(c, claire, id)
		h.hidden("she reads it still", err)
		h.must(h.People.DB.View(c, func(tx *store.Tx) error {
			letters, err := tx.Letters(store.LetterWaiting, 10)
			if len(letters) != 1 || letters[0].Template != string(notice.CoordinatorEnds) || letters[0].Account != "claire" {
				h.Errorf("letters: %+v", letters)
			}
			return err
		}))
	})
}
