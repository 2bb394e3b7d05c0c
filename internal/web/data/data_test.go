//go:build unix

package data_test

import (
	"archive/zip"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/web/browser"
)

func TestMain(m *testing.M) { browser.Main(m) }

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

// takes downloads somebody's data and gives the names of the files in it.
func takes(h *servetest.House, v *servetest.Visitor) (names string) {
	h.Helper()
	p := v.Send("/account/data")
	says(h, "the download", p, http.StatusOK)
	file, err := zip.NewReader(strings.NewReader(p.Body), int64(len(p.Body)))
	h.Must(err)
	for _, f := range file.File {
		names += f.Name + " "
	}
	return names
}

func TestDataIsTakenAlong(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		zoe := h.Somebody("zoe@example.org")
		shows(h, "the page", zoe.Get("/account/data"), "Download my data", "Erase my account")
		if names := takes(h, zoe); !strings.Contains(names, "person.json") {
			h.Errorf("the file holds %s", names)
		}
		shows(h, "the trail", zoe.Get("/account/trail"), "You took your data along.")
		h.Pass(6 * time.Minute)
		leads(h, "the page later", zoe.Get("/account/data"), "/prove?to=%2Faccount%2Fdata")
		if p := zoe.Send("/account/data"); p.Status != http.StatusSeeOther {
			h.Errorf("the download later is %d", p.Status)
		}
	})
}

func TestWhoeverAskedToBeErasedCanStay(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		zoe := h.Somebody("zoe@example.org")
		shows(h, "the question", zoe.Get("/account/data/erase"), "It happens in seven days.", "Type erase to go on")
		for _, typed := range []string{"", "yes", "effacer"} {
			says(h, "typing "+typed, zoe.Send("/account/data/erase", "word", typed), http.StatusUnprocessableEntity, "Type erase, or go back.")
		}
		hides(h, "the page after that", zoe.Get("/account/data"), "will be erased on")
		leads(h, "asking", zoe.Send("/account/data/erase", "word", "Erase"), "/account/data")
		p := zoe.Get("/account/data")
		shows(h, "the page", p, "Your account will be erased on", "Stay after all")
		hides(h, "the page", p, `href="/account/data/erase"`)
		leads(h, "staying", zoe.Send("/account/data/stay"), "/account/data")
		p = zoe.Get("/account/data")
		shows(h, "the page", p, "You stay.", "Erase my account")
		hides(h, "the page", p, "will be erased on")

		boss := h.First("boss@example.org")
		says(h, "the last administrator", boss.Send("/account/data/erase", "word", "erase"), http.StatusConflict, "nobody to look after the installation")
	})
}

func TestSuspendedPersonTakesTheirDataAndNothingElse(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		h.Somebody("zoe@example.org")
		h.Must(h.Server.DB.Update(h.Context(), func(tx *store.Tx) error {
			e, err := tx.Email("zoe@example.org")
			if err != nil {
				return err
			}
			return tx.SuspendAccount(e.Account, time.Now(), "Left the hospital")
		}))
		zoe := h.Somebody("zoe@example.org")
		p := zoe.Get("/account/data")
		shows(h, "the page", p, "Download my data")
		hides(h, "the page", p, "Erase my account")
		if names := takes(h, zoe); !strings.Contains(names, "person.json") {
			h.Errorf("the file holds %s", names)
		}
		for _, path := range []string{"/account", "/account/sessions", "/account/trail", "/account/data/erase"} {
			says(h, path, zoe.Get(path), http.StatusForbidden, "Left the hospital")
		}
	})
}

func TestWhoeverLeavesTheDirectoryKeepsTheirProfile(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		zoe, abe := h.Somebody("zoe@example.org"), h.Somebody("abe@example.org")
		hides(h, "the page before", zoe.Get("/account/data"), "Leave the directory")
		visit := visitOf(h, "zoe@example.org")
		h.Must(h.Server.People.SaveName(h.Context(), visit, person.Name{Given: "Zoe", Family: "Roy"}))
		offer := person.Offer{Offers: []mentoring.Term{{Code: "research", Line: "Trials"}}, Capacity: 2, Hours: 3, Refuses: "Letters", Listed: true}
		h.Must(h.Server.People.SaveOffer(h.Context(), visit, offer))
		shows(h, "the directory", abe.Get("/people"), "Zoe Roy")
		shows(h, "the page", zoe.Get("/account/data"), "Leave the directory or a program")
		p := zoe.Get("/account/data/leave")
		shows(h, "what can be left", p, "You are listed as a mentor", "Nobody is told.")
		hides(h, "what can be left", p, "/account/data/leave/all", "Programs that you take part in")
		leads(h, "leaving", zoe.Send("/account/data/leave"), "/account/data")
		hides(h, "the directory after", abe.Get("/people"), "Zoe Roy")
		says(h, "her page after", abe.Get("/people/"+string(visit.Actor.Person)), http.StatusNotFound)
		mine, err := h.Server.People.Mine(h.Context(), visit)
		if h.Must(err); mine.Listed || len(mine.Offers) != 1 || mine.Offers[0].Line != "Trials" || mine.Capacity != 2 || mine.Hours != 3 || mine.Refuses != "Letters" {
			h.Errorf("her profile has become %+v", mine.Profile)
		}
		leads(h, "leaving again", zoe.Send("/account/data/leave"), "/account/data")
		hides(h, "the page after", zoe.Get("/account/data"), "/account/data/leave")
		shows(h, "what can be left then", zoe.Get("/account/data/leave"), "There is nothing to leave")
		leads(h, "leaving all then", zoe.Get("/account/data/leave/all"), "/account/data/leave")
		if trail := zoe.Get("/account/trail"); strings.Count(trail.Text(), "You left the directory.") != 1 {
			h.Errorf("the trail is %s", trail.Text())
		}
	})
}

// TestWhoeverLeavesIsOutOfAllAtOnce leaves the directory and two programs, one of which they coordinate (PL-4).
func TestWhoeverLeavesIsOutOfAllAtOnce(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		zoe, abe := h.Somebody("zoe@example.org"), h.Somebody("abe@example.org")
		visit := visitOf(h, "zoe@example.org")
		me := string(visit.Actor.Person)
		h.Must(h.Server.People.SaveName(h.Context(), visit, person.Name{Given: "Zoe", Family: "Roy"}))
		takesPart(h, me, "ONE", "TWO")
		p := zoe.Get("/account/data/leave")
		shows(h, "in two programs", p, "Program ONE", "Program TWO", "Leave all programs")
		hides(h, "in two programs", p, "You are listed as a mentor", "Leave the directory and all programs")
		for _, link := range []string{`href="/programs/ONE/leave"`, `href="/programs/TWO/leave"`} {
			if !strings.Contains(p.Body, link) {
				h.Errorf("there is no %s", link)
			}
		}
		h.Must(h.Server.People.SaveOffer(h.Context(), visit, person.Offer{Offers: []mentoring.Term{{Code: "research"}}, Capacity: 2, Hours: 3, Listed: true}))
		h.Must(h.Server.DB.Update(h.Context(), func(tx *store.Tx) error {
			_, err := tx.AddCoordinator("TWO", me, h.Server.Now())
			return err
		}))
		shows(h, "listed as well", zoe.Get("/account/data/leave"), "You are listed as a mentor", "Leave the directory and all programs")
		shows(h, "the question", zoe.Get("/account/data/leave/all"), "Leave the directory and all programs?", "no longer see you in them, from now on: Program ONE and Program TWO",
			"Your account and your profile stay yours", "you go on coordinating: Program TWO")
		leads(h, "leaving all", zoe.Send("/account/data/leave/all"), "/account/data")
		hides(h, "the directory after", abe.Get("/people"), "Zoe Roy")
		in, _, err := h.Server.People.Programs(h.Context(), visit)
		if h.Must(err); len(in) != 1 || !in[0].Since.IsZero() || !in[0].Runs {
			h.Errorf("she is in %+v", in)
		}
		trail := zoe.Get("/account/trail").Text()
		if !strings.Contains(trail, "You left a program. (2") && strings.Count(trail, "You left a program.") != 2 || !strings.Contains(trail, "You left the directory.") {
			h.Errorf("the trail is %s", trail)
		}
		leads(h, "leaving all again", zoe.Send("/account/data/leave/all"), "/account/data")
	})
}

// takesPart lets somebody be in some programs.
func takesPart(h *servetest.House, who string, programs ...string) {
	h.Helper()
	h.Must(h.Server.DB.Update(h.Context(), func(tx *store.Tx) error {
		for _, id := range programs {
			if err := tx.AddProgram(store.Program{ID: id, NameEn: "Program " + id, NameFr: "Programme " + id, MadeAt: h.Server.Now(), MadeBy: who}); err != nil {
				return err
			}
			if _, err := tx.Enrol(store.Enrolment{Program: id, Person: who, Since: h.Server.Now()}); err != nil {
				return err
			}
		}
		return nil
	}))
}

func TestWhatIsKeptIsSaidInBothLanguages(t *testing.T) {
	t.Parallel()
	h := servetest.Open(t, store.SQLite)
	zoe := h.Somebody("zoe@example.org")
	shows(h, "what is kept", zoe.Get("/account/data/kept"), "The audit log Stays", "Your addresses Deleted", "The number of your account Made anonymous", "Drafts of profiles 90 days", "24 months")
	zoe.Get("/language/fr-CA")
	shows(h, "ce qui est conservé", zoe.Get("/account/data/kept"), "Vos adresses Supprimé", "Brouillons de profils 90 jours")
	says(h, "the word in the other language", zoe.Send("/account/data/erase", "word", "erase"), http.StatusUnprocessableEntity)
	leads(h, "the word", zoe.Send("/account/data/erase", "word", " EFFACER "), "/account/data")
}

// visitOf is somebody as the activities see them.
func visitOf(h *servetest.House, address string) (v account.Visit) {
	h.Helper()
	h.Must(h.Server.DB.View(h.Context(), func(tx *store.Tx) error {
		e, err := tx.Email(address)
		if err != nil {
			return err
		}
		sessions, err := tx.Sessions(e.Account, h.Server.Now())
		for _, one := range sessions {
			v = account.Visit{Actor: mentoring.Actor{Person: mentoring.PersonID(e.Account)}, SessionID: one.ID, ProvedAt: one.ProvedAt, Language: "en"}
		}
		return err
	}))
	return v
}
