//go:build unix

package people_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
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

// administrator is the first one.
func administrator(h *servetest.House) somebody {
	h.Helper()
	h.First("boss@example.org")
	return comes(h, "boss@example.org")
}

// tells lets the installation ask for a religion, and somebody say theirs and consent to every use.
func tells(h *servetest.House, boss, someone somebody) {
	h.Helper()
	inquiry, err := h.Server.Characteristics.Ask(h.Context(), boss.Visit, mentoring.Inquiry{
		Characteristic: mentoring.Religion, Months: 12,
		Purpose:   mentoring.InBoth{English: "To see whether all are served alike.", French: "Voir si tout le monde est bien servi."},
		Necessity: mentoring.InBoth{English: "Without it nobody could tell.", French: "Sans cela, personne ne le saurait."},
	})
	h.Must(err)
	h.Must(h.Server.Characteristics.Tell(h.Context(), someone.Visit, person.Telling{
		Inquiry: inquiry, Value: mentoring.Value{Codes: mentoring.Religion.Choices()[:1]}, Uses: mentoring.Uses[:], Wording: mentoring.Wording, Language: "en",
	}))
}

func terms(codes ...string) (all []mentoring.Term) {
	for _, code := range codes {
		all = append(all, mentoring.Term{Code: code})
	}
	return all
}

// mentor is somebody who is listed and offers.
func mentor(h *servetest.House, address, given, family string, capacity int, offers ...mentoring.Term) somebody {
	h.Helper()
	s, c, p := comes(h, address), h.Context(), h.Server.People
	h.Must(p.SaveName(c, s.Visit, person.Name{Given: given, Family: family}))
	h.Must(p.SaveOffer(c, s.Visit, person.Offer{Offers: offers, Capacity: capacity, Listed: true}))
	return s
}

// helene is Hélène Tremblay of Montréal, who is listed.
func helene(h *servetest.House) somebody {
	h.Helper()
	s, c, p := comes(h, "helene@example.org"), h.Context(), h.Server.People
	h.Must(p.SaveName(c, s.Visit, person.Name{Given: "Hélène", Family: "Tremblay", Pronoun: "elle", Place: mentoring.Term{Label: "Montréal"}, Zone: "America/Toronto"}))
	h.Must(p.SaveOffer(c, s.Visit, person.Offer{
		Offers:  []mentoring.Term{{Code: "research", Line: "Trials, and how to end them"}, {Code: "family_life", Line: "Two children during residency"}},
		Support: terms("coaching", "role_model"), Capacity: 2, Hours: 3, Refuses: "Letters of reference", Listed: true,
	}))
	h.Must(p.SaveTopics(c, s.Visit, person.Topics{Specialties: terms("family"), Interests: []mentoring.Term{{Code: "sepsis"}, {Label: "canoeing"}}}))
	h.Must(p.SaveHow(c, s.Visit, person.How{Distance: mentoring.EitherWay, Languages: terms("fr", "en"), When: terms("evenings")}))
	h.Must(p.SaveAppointments(c, s.Visit, person.Appointed{Appointments: []mentoring.Appointment{{Where: "Family medicine", Ladder: "rank", What: mentoring.Term{Code: "associate"}, Span: mentoring.Span{From: "2020-07-01"}}}}))
	h.Must(p.ShowField(c, s.Visit, mentoring.FieldPlace, mentoring.Members))
	h.Must(p.ShowField(c, s.Visit, mentoring.FieldWhen, mentoring.Members))
	return s
}

// crowd are Hélène and some others, so that a list has something to narrow.
func crowd(h *servetest.House) (h1 somebody) {
	h.Helper()
	h1 = helene(h)
	kwame := mentor(h, "kwame@example.org", "Kwame", "Asante", 0, mentoring.Term{Code: "research", Line: "I run a trials methods group for residents. Bring a question, leave with a protocol."})
	h.Must(h.Server.People.SaveHow(h.Context(), kwame.Visit, person.How{Distance: mentoring.Here, Languages: terms("en", "ak")}))
	mentor(h, "liwen@example.org", "Li Wen", "Zhao", 1, terms("career_choice", "clinical_skill", "wellbeing_identity", "practice_management")...)
	return h1
}

// amara looks for somebody.
func amara(h *servetest.House) somebody {
	h.Helper()
	s, c, p := comes(h, "amara@example.org"), h.Context(), h.Server.People
	h.Must(p.SaveSeeks(c, s.Visit, terms("research", "career_choice")))
	h.Must(p.SaveHow(c, s.Visit, person.How{Distance: mentoring.FromDistance, Languages: terms("fr"), When: terms("evenings")}))
	h.Must(p.SaveTopics(c, s.Visit, person.Topics{Interests: terms("sepsis")}))
	return s
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

// hides fails the test if a page says any of this.
func hides(h *servetest.House, what string, p servetest.Page, words ...string) {
	h.Helper()
	for _, word := range words {
		if strings.Contains(p.Text(), word) {
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
