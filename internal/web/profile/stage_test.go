//go:build unix

package profile_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
)

func TestResidentSaysWhatWouldHelpAndStops(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		v := h.Somebody("amara@example.org")
		shows(h, "the first page", v.Get("/profile"), "What brings you here?", "Step 1 of 4: You", "Only you can read this page.")
		says(h, "nothing", v.Send("/profile/name"), http.StatusUnprocessableEntity, "There is a problem with 2 answers", "Write at least one part of the name.", "Choose what brings you here.")
		leads(h, "the name", v.Send("/profile/name", "given", "Amara", "family", "Okafor", "role", "mentee"), "/profile/seeks")
		p := v.Get("/profile/seeks")
		shows(h, "the purposes", p, "Step 2 of 4", "Choose up to three.", "Only those who run a program see: what would help me now.")
		if some := ticked(p, "seeks"); some != nil {
			h.Errorf("ticked beforehand: %q", some)
		}
		says(h, "none", v.Send("/profile/seeks"), http.StatusUnprocessableEntity, "Choose at least one")
		p = v.Send("/profile/seeks", "seeks", "research", "seeks", "career_choice", "seeks", "family_life", "seeks", "clinical_skill")
		says(h, "four", p, http.StatusUnprocessableEntity, "Choose 3 at most.")
		if len(ticked(p, "seeks")) != 4 {
			h.Errorf("what was chosen is gone: %q", ticked(p, "seeks"))
		}
		leads(h, "two", v.Send("/profile/seeks", "seeks", "research", "seeks", "career_choice"), "/profile/seeks/lines")
		says(h, "a line too long", v.Send("/profile/seeks/lines", "line-career_choice", strings.Repeat("é", 201)), http.StatusUnprocessableEntity, "201 letters long")
		leads(h, "the lines", v.Send("/profile/seeks/lines", "line-research", "My first abstract", "line-career_choice", "", "first", "career_choice"), "/profile/how")
		leads(h, "how", v.Send("/profile/how", "distance", "distance", "languages", "en", "languages", "fr", "other", "arabic", "when", "evenings"), "/profile/check")
		p = v.Get("/profile/check?sent=lines")
		shows(h, "the answers", p, "You can stop here", "Amara Okafor", "Career choice · Research: My first abstract", "At a distance", "English, French and Arabic", "In the evening")
		if !strings.Contains(p.Body, `data-draft-done="profile line research"`) {
			h.Error("the device is not told that the server has the lines")
		}
		p = v.Get("/profile")
		shows(h, "the overview", p, "2 things would improve your matches", "Say where you work or train")
		hides(h, "the overview", p, "What brings you here?")
		if strings.Contains(p.Text(), "%") {
			h.Errorf("the overview says how much there is: %s", p.Text())
		}

		leads(h, "a change later", v.Send("/profile/how", "distance", "here"), "/profile")
		leads(h, "a change from the check", v.Send("/profile/how", "distance", "here", "then", "check"), "/profile/check")
		hides(h, "a form of later", v.Get("/profile/how?then=check"), "Step 3 of 4")
	})
}

func TestWhoIsBothSaysBoth(t *testing.T) { // EL-1
	t.Parallel()
	h := servetest.Open(t, store.SQLite)
	v := h.Somebody("zoe@example.org")
	p := v.Send("/profile/name", "given", "Zoé", "role", "both")
	if p.Location() != "/profile/seeks?then=offers" && !strings.Contains(p.Location(), "then=offers") {
		h.Fatalf("both leads to %s", p.Location())
	}
	p = v.Send("/profile/seeks", "seeks", "leadership_succession", "then", "offers")
	leads(h, "what Zoé seeks", p, "/profile/seeks/lines")
	leads(h, "the lines", v.Send("/profile/seeks/lines", "then", "offers"), "/profile/how")
	leads(h, "how", v.Send("/profile/how", "distance", "either", "then", "offers"), "/profile/offers")
	leads(h, "what Zoé offers", v.Send("/profile/offers", "offers", "clinical_skill"), "/profile/check")
	shows(h, "the answers", v.Get("/profile/check"), "Leadership and succession", "Clinical skill")
}

func TestMentorInThreeScreensIsFoundByWhatIsOffered(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		v := helene(h)
		shows(h, "the answers", v.Get("/profile/check"), "You are in the directory", "2 people · 3 hours a month")
		says(h, "letters for a number", v.Send("/profile/offers", "offers", "research", "capacity", "two"), http.StatusUnprocessableEntity, "Write a number from 0 to 20.")
		says(h, "too many", v.Send("/profile/offers", "offers", "research", "capacity", "21"), http.StatusUnprocessableEntity, "Write a number from 0 to 20.")
		leads(h, "more", v.Send("/profile/offers/support", "offer-research", "Trials", "support", "coaching", "support", "challenge", "refuses", "Letters of reference"), "/profile")
		p := v.Get("/profile/seen-as?as=member")
		shows(h, "what a mentee sees", p, "Hélène Tremblay", "Research: Trials", "Coaching and challenging work", "Letters of reference", "Has room")
		hides(h, "what a mentee sees", p, "3 hours", "2 people")
		leads(h, "the offer without the rest", v.Send("/profile/offers", "offers", "research", "capacity", "2", "listed", "1"), "/profile")
		shows(h, "what was said besides", v.Get("/profile/offers/support"), "Trials", "Letters of reference")
	})
}

func TestWhatCannotBeTakenYetIsKeptForLater(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		v := helene(h)
		leads(h, "later", v.Send("/profile/offers", "offers", "research", "capacity", "two or three", "later", "1"), "/profile")
		shows(h, "the overview", v.Get("/profile"), "Begun")
		p := v.Get("/profile/offers")
		shows(h, "the form", p, "You began this on")
		if !strings.Contains(p.Body, `value="two or three"`) {
			h.Errorf("what was typed is gone: %s", p.Text())
		}
		hides(h, "another form of the stage", v.Get("/profile/offers/support"), "You began this on")
		leads(h, "in the end", v.Send("/profile/offers", "offers", "research", "capacity", "3"), "/profile")
		hides(h, "the form after that", v.Get("/profile/offers"), "You began this on", "two or three")
	})
}

func TestWordsAreTakenWithAndWithoutTheList(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		v := helene(h)
		p := v.Send("/profile/topics", "specialties-0", "cardio", "look", "specialties")
		shows(h, "what cardio may mean", p, "Cardiology", "Cardio")
		if !strings.Contains(p.Body, `value="cardiology"`) || ticked(p, "specialties") != nil {
			h.Errorf("the suggestions are wrong: %s", p.Text())
		}
		leads(h, "some of all", v.Send("/profile/topics", "specialties", "cardiology", "interests", "sepsis", "interests", "=canoeing", "interests-0", "Simulation"), "/profile")
		p = v.Get("/profile/topics")
		if got := ticked(p, "interests"); !slices.Equal(got, []string{"sepsis", "=canoeing", "simulation"}) {
			h.Errorf("the interests are %q", got)
		}
		leads(h, "without two", v.Send("/profile/topics", "interests", "simulation"), "/profile")
		if got := ticked(v.Get("/profile/topics"), "interests"); !slices.Equal(got, []string{"simulation"}) {
			h.Errorf("the interests are then %q", got)
		}
		says(h, "a code that is none", v.Send("/profile/topics", "interests", "astrology"), http.StatusUnprocessableEntity, "Choose one from the list, or write it in your own words")
		p = v.Get("/profile/words?of=interests&name=interests-0&interests-0=seps")
		if p.Status != http.StatusOK || !strings.Contains(p.Body, `<option value="sepsis">`) {
			h.Errorf("words while typing: %d %s", p.Status, p.Body)
		}
		says(h, "words of no list", v.Get("/profile/words?of=secrets&name=x"), http.StatusNotFound)
	})
}

func TestPlaceBringsItsTimeZone(t *testing.T) {
	t.Parallel()
	h := servetest.Open(t, store.SQLite)
	v := helene(h)
	leads(h, "the place", v.Send("/profile/name", "given", "Hélène", "family", "Tremblay", "place", "montreal"), "/profile")
	v.Get("/language/fr-CA")
	shows(h, "the place in French", v.Get("/profile/seen-as?as=coordinator"), "Montréal", "Heure de l’Est")
}

func TestRowsAreAddedTakenAwayAndPutRight(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		v := helene(h)
		leads(h, "one period and another", v.Send("/profile/away", "from-1", "2027-07-01", "to-1", "2027-07-31", "more", "1"), "/profile/away")
		p := v.Send("/profile/away", "from-1", "2027-07-01", "to-1", "2027-07-31", "from-3", "2027-09-02", "to-3", "2027-09-01")
		says(h, "the second turned round", p, http.StatusUnprocessableEntity, "This ends before it begins.")
		if !strings.Contains(p.Body, `id="from-2-error"`) || strings.Contains(p.Body, `id="from-1-error"`) {
			h.Errorf("the mistake does not stand beside its row: %s", p.Text())
		}
		says(h, "no day", v.Send("/profile/away", "from-1", "July", "to-1", "2027-07-31"), http.StatusUnprocessableEntity, "Write the day as 2027-07-01.")
		leads(h, "the first taken away", v.Send("/profile/away", "from-1", "2027-07-01", "to-1", "2027-07-31", "remove-1", "1", "from-2", "2027-09-01", "to-2", "2027-09-02"), "/profile")
		p = v.Get("/profile/away")
		if !strings.Contains(p.Body, `value="2027-09-01"`) || strings.Contains(p.Body, "2027-07-01") {
			h.Errorf("the periods are wrong: %s", p.Body)
		}

		leads(h, "an appointment", v.Send("/profile/appointments", "what-1", "rank associate", "where-1", "Family medicine", "from-1", "2020-07-01", "what-2", "level practising", "where-2", "Clinic"), "/profile")
		p = v.Get("/profile/seen-as?as=member")
		shows(h, "what a mentee sees", p, "Associate professor · Family medicine · since 1 July 2020", "Practising · Clinic")
		says(h, "without a level", v.Send("/profile/appointments", "where-1", "Clinic"), http.StatusUnprocessableEntity, "Choose a level or rank for this one")
		says(h, "a guest from nowhere", v.Send("/profile/appointments", "guest", "1"), http.StatusUnprocessableEntity, "Write which institution you come from.")
		leads(h, "a guest", v.Send("/profile/appointments", "guest", "1", "home", "Université Laval"), "/profile")
		shows(h, "the guest", v.Get("/profile/seen-as?as=member"), "From Université Laval")

		leads(h, "the destination", v.Send("/profile/destination", "destination", "McGill University", "destination-kind", "staff", "destination-day", "2028-07-01"), "/profile")
		leads(h, "the training", v.Send("/profile/training", "training", "Workshop, 2025\r\n\r\nCourse, 2026"), "/profile")
		shows(h, "both", v.Get("/profile/seen-as?as=coordinator"), "McGill University · To work there · 1 July 2028", "Workshop, 2025 and Course, 2026")
	})
}

func TestUnitIsChosenAndAGuestHasNone(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		v := helene(h)
		hides(h, "the form of a house without units", v.Get("/profile/appointments"), `name="unit-1"`)
		h.Must(h.Server.DB.Update(h.Context(), func(tx *store.Tx) error {
			for _, u := range []store.Unit{
				{ID: "faculty", NameEn: "Faculty", NameFr: "Faculté", OpenedDay: "2000-01-01"}, {ID: "surgery", Parent: "faculty", NameEn: "Surgery", NameFr: "Chirurgie", OpenedDay: "2000-01-01"},
				{ID: "closed", Parent: "faculty", NameEn: "Leeches", NameFr: "Sangsues", OpenedDay: "2000-01-01", ClosedDay: "2001-01-01"},
			} {
				if err := tx.AddUnit(u); err != nil {
					return err
				}
			}
			return nil
		}))
		p := v.Get("/profile/appointments")
		shows(h, "the form", p, "Faculty", "Surgery")
		hides(h, "the form", p, "Leeches")
		said := []string{"what-1", "rank professor", "unit-1", "surgery", "from-1", "2020-07-01"}
		leads(h, "a unit", v.Send("/profile/appointments", said...), "/profile")
		shows(h, "a mentee", v.Get("/profile/seen-as?as=member"), "Professor · Surgery · since 1 July 2020")
		says(h, "a guest with a unit", v.Send("/profile/appointments", append(said, "guest", "1", "home", "Elsewhere")...), http.StatusUnprocessableEntity, "1 answer")
		leads(h, "another place in its stead", v.Send("/profile/appointments", "what-1", "rank professor", "unit-1", "", "where-1", "My clinic"), "/profile")
		p = v.Get("/profile/seen-as?as=member")
		shows(h, "a mentee then", p, "Professor · My clinic")
		hides(h, "a mentee then", p, "Surgery")
		says(h, "a place too long", v.Send("/profile/appointments", "what-1", "rank professor", "where-1", strings.Repeat("x", 81)), http.StatusUnprocessableEntity, "81 letters long")
	})
}

// A mentor who looks at a form again is in no first round any more, and one who goes back in the round stays in it.
func TestFirstRoundEndsWhenAllOfItIsSaid(t *testing.T) {
	t.Parallel()
	h := servetest.Open(t, store.SQLite)
	v := h.Somebody("amara@example.org")
	v.Send("/profile/name", "given", "Amara", "role", "mentee")
	v.Send("/profile/seeks", "seeks", "research")
	shows(h, "back in the round", v.Get("/profile/seeks"), "Step 2 of 4")
	leads(h, "nothing new in the round", v.Send("/profile/seeks", "seeks", "research"), "/profile/seeks/lines")
	leads(h, "the lines", v.Send("/profile/seeks/lines", "line-research", "x"), "/profile/how")
	leads(h, "how", v.Send("/profile/how", "distance", "here"), "/profile/check")
	hides(h, "after the round", v.Get("/profile/seeks"), "Step 2 of 4")
	leads(h, "nothing new after the round", v.Send("/profile/seeks", "seeks", "research"), "/profile")
	leads(h, "something new after the round", v.Send("/profile/seeks", "seeks", "research", "seeks", "family_life"), "/profile/seeks/lines")
	leads(h, "its line", v.Send("/profile/seeks/lines", "line-family_life", "y", "first", "family_life"), "/profile")
	shows(h, "the answers", v.Get("/profile/check"), "Family life: y · Research")
}
