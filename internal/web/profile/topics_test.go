//go:build unix

package profile_test

import (
	"archive/zip"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// taken is the text of all files that somebody takes along.
func taken(h *servetest.House, v *servetest.Visitor) string {
	h.Helper()
	p := v.Send("/account/data")
	file, err := zip.NewReader(strings.NewReader(p.Body), int64(len(p.Body)))
	h.Must(err)
	var all strings.Builder
	for _, f := range file.File {
		in, err := f.Open()
		h.Must(err)
		_, err = io.Copy(&all, in)
		h.Must(err)
	}
	return all.String()
}

func TestSubjectIsSharedByThoseWhoNameItInTwoLanguages(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		mentor, v := helene(h), h.Somebody("amara@example.org")
		v.Send("/profile/name", "given", "Amara", "role", "mentee")
		mentor.Get("/language/fr-CA")
		leads(h, "Hélène's interests", mentor.Send("/profile/topics", "interests-0", "épuisement PROFESSIONNEL"), "/profile")
		p := v.Send("/profile/topics", "interests-0", "burnout", "look", "interests")
		if !strings.Contains(p.Body, `value="D002055"`) {
			h.Errorf("the subject is not suggested with its code: %s", p.Text())
		}
		leads(h, "Amara's interests", v.Send("/profile/topics", "interests", "D002055", "interests", "=burning down"), "/profile")
		leads(h, "saved again", v.Send("/profile/topics", "interests", "D002055", "interests", "=burning down"), "/profile")
		if got := ticked(v.Get("/profile/topics"), "interests"); !slices.Equal(got, []string{"D002055", "=burning down"}) {
			h.Errorf("Amara's interests are %q", got)
		}

		for _, c := range []struct{ tag, label, reason string }{
			{"en", "Burnout, Professional", "An interest you share: Burnout, Professional"}, {"fr-CA", "Épuisement professionnel", "Un intérêt commun : épuisement professionnel"},
		} {
			v.Get("/language/" + c.tag)
			mentor.Get("/language/" + c.tag)
			p = v.Get("/people")
			shows(h, "the list in "+c.tag, p, c.reason, c.label)
			shows(h, "narrowed by it in "+c.tag, v.Get("/people?interests=D002055"), c.label, "Hélène Tremblay")
			shows(h, "her page in "+c.tag, v.Get("/people/"+accountOf(h, "helene@example.org")), c.label)
			shows(h, "the form in "+c.tag, mentor.Get("/profile/topics"), c.label)
			shows(h, "the answers in "+c.tag, mentor.Get("/profile/check"), c.label)
		}
		for _, typed := range []string{"burnout", "epuisement", "professional%20burnout"} {
			shows(h, typed, v.Get("/people?q="+typed), "Hélène Tremblay")
		}
		hides(h, "what nobody said", v.Get("/people?q=burning"), "Hélène Tremblay")
		if data := taken(h, mentor); !strings.Contains(data, "D002055") || !strings.Contains(data, "épuisement PROFESSIONNEL") {
			h.Error("what is taken along lacks the code or the words")
		}
	})
}

func TestPurposeInOwnWordsIsSaidBesideTheList(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		mentor, v := helene(h), h.Somebody("amara@example.org")
		v.Send("/profile/name", "given", "Amara", "role", "mentee")
		shows(h, "the form", v.Get("/profile/seeks"), "Something else, in your own words")
		says(h, "too long", v.Send("/profile/seeks", "seeks", "research", "seeks-own", strings.Repeat("é", 81)), http.StatusUnprocessableEntity, "There is a problem with 1 answer", "81 letters long")
		says(h, "three and one", v.Send("/profile/seeks", "seeks", "research", "seeks", "family_life", "seeks", "career_choice", "seeks-own", "Sailing"), http.StatusUnprocessableEntity, "Choose 3 at most.")
		leads(h, "own words alone", v.Send("/profile/seeks", "seeks-own", "  Writing for   newspapers"), "/profile/seeks/lines")
		leads(h, "and one of the list", v.Send("/profile/seeks", "seeks", "=Writing for newspapers", "seeks", "research", "seeks-own", "RESEARCH"), "/profile/seeks/lines")
		p := v.Get("/profile/seeks")
		if got := ticked(p, "seeks"); !slices.Equal(got, []string{"research", "=Writing for newspapers"}) {
			h.Errorf("the form has %q", got)
		}
		p = v.Get("/profile/seeks/lines")
		shows(h, "the lines", p, "Writing for newspapers", "Research")
		own := strings.TrimPrefix(hiddenName(p, "line-own-"), "line-")
		leads(h, "the lines", v.Send("/profile/seeks/lines", "line-"+own, "A first op-ed", "line-research", "", "first", own), "/profile/how")
		p = v.Get("/profile/check?sent=lines")
		shows(h, "the answers", p, "Writing for newspapers: A first op-ed · Research")
		if !strings.Contains(p.Body, `data-draft-done="profile line `+own+`"`) {
			h.Error("the device is not told that the server has the line")
		}
		leads(h, "saved again as it is", v.Send("/profile/seeks", "seeks", "=Writing for newspapers", "seeks", "research"), "/profile/seeks/lines")
		shows(h, "the answers then", v.Get("/profile/check"), "Writing for newspapers: A first op-ed · Research")

		leads(h, "Hélène's offer", mentor.Send("/profile/offers", "offers", "research", "offers-own", "Writing for newspapers", "capacity", "2", "listed", "1"), "/profile")
		p = mentor.Get("/profile/offers/support")
		leads(h, "Hélène's line", mentor.Send("/profile/offers/support", hiddenName(p, "offer-own-"), "Letters to the editor", "offer-research", "Trials"), "/profile")
		leads(h, "Hélène's offer again", mentor.Send("/profile/offers", "offers", "research", "offers", "=Writing for newspapers", "capacity", "2", "listed", "1"), "/profile")
		shows(h, "what a mentee sees", mentor.Get("/profile/seen-as?as=member"), "Writing for newspapers: Letters to the editor")
		shows(h, "the search", v.Get("/people?q=newspaper"), "Hélène Tremblay", "Writing for newspapers")
		says(h, "later, not right yet", v.Send("/profile/seeks", "seeks", "research", "seeks-own", strings.Repeat("x", 90), "later", "1"), http.StatusSeeOther)
		if p = v.Get("/profile/seeks"); !strings.Contains(p.Body, strings.Repeat("x", 90)) {
			h.Error("the draft has lost the words")
		}
	})
}

// hiddenName is the first name of a field that begins so.
func hiddenName(p servetest.Page, begins string) string {
	_, rest, _ := strings.Cut(p.Body, `name="`+begins)
	name, _, _ := strings.Cut(rest, `"`)
	return begins + name
}

func TestAcademicTrackIsSaidAndShown(t *testing.T) {
	t.Parallel()
	h := servetest.Open(t, store.SQLite)
	v, other := helene(h), h.Somebody("amara@example.org")
	p := v.Get("/profile/appointments")
	shows(h, "the form", p, "Academic track (optional)")
	if !strings.Contains(p.Body, `<option value="clinician-teacher">`) {
		h.Errorf("no track is suggested: %s", p.Body)
	}
	leads(h, "a rank with a track", v.Send("/profile/appointments", "what-1", "rank associate", "track-1", " clinician-teacher ", "where-1", "Family medicine", "from-1", "2020-07-01"), "/profile")
	p = v.Get("/profile/appointments")
	if !strings.Contains(p.Body, `value="clinician-teacher"`) {
		h.Errorf("the form has lost the track: %s", p.Body)
	}
	leads(h, "without asking for it", v.Send("/profile/appointments", "id-1", hidden(p, "id-1"), "what-1", "rank associate", "where-1", "Family medicine", "from-1", "2020-07-01"), "/profile")
	shows(h, "a mentee", v.Get("/profile/seen-as?as=member"), "Associate professor · clinician-teacher · Family medicine")
	shows(h, "her page", other.Get("/people/"+accountOf(h, "helene@example.org")), "Associate professor, clinician-teacher, Family medicine")
	leads(h, "kept to those who run a program", v.Send("/profile/visibility", "appointments", "2"), "/profile/visibility")
	hides(h, "her page then", other.Get("/people/"+accountOf(h, "helene@example.org")), "clinician-teacher")
	hides(h, "a search then", other.Get("/people?q=clinician-teacher"), "Hélène")
	says(h, "too long", v.Send("/profile/appointments", "what-1", "rank associate", "track-1", strings.Repeat("x", 81)), http.StatusUnprocessableEntity, "81 letters long", "1 answer")
	leads(h, "taken away", v.Send("/profile/appointments", "id-1", hidden(p, "id-1"), "what-1", "rank associate", "track-1", "", "where-1", "Family medicine"), "/profile")
	hides(h, "a mentee then", v.Get("/profile/seen-as?as=coordinator"), "clinician-teacher")
}

func TestAnotherRowComesWhenItIsAskedFor(t *testing.T) {
	t.Parallel()
	h := servetest.Open(t, store.SQLite)
	v := helene(h)
	row := func(what, path string, k string, there bool) {
		h.Helper()
		if p := v.Get(path); strings.Contains(p.Body, `name="from-`+k+`"`) != there {
			h.Errorf("%s: row %s is there: %t", what, k, !there)
		}
	}
	for path, said := range map[string][]string{
		"/profile/appointments": {"what-1", "rank associate", "where-1", "Clinic", "from-1", "2020-07-01"},
		"/profile/away":         {"from-1", "2027-07-01", "to-1", "2027-07-31"},
	} {
		row("nothing said", path, "1", true)
		row("nothing said", path, "2", false)
		p := v.Send(path, append(said, "more", "1")...)
		leads(h, "and another", p, path)
		row("another", p.Location(), "2", true)
		row("later", path, "1", true)
		row("later", path, "2", false)
	}
}

// A level that a list does not have stays as it was imported.
func TestLevelInOwnWordsSurvivesItsForm(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		v := helene(h)
		h.Must(h.Server.DB.Update(h.Context(), func(tx *store.Tx) error {
			return tx.SetAppointments(accountOf(h, "helene@example.org"), []store.Appointment{{ID: "a", UnitLabel: "Clinic", Ladder: "level", Label: "clinical monitor", Track: "teaching", FromDay: "2020-07-01"}})
		}))
		p := v.Get("/profile/appointments")
		leads(h, "saved as it is", v.Send("/profile/appointments", "id-1", hidden(p, "id-1"), "what-1", "level =clinical monitor", "track-1", "teaching", "where-1", "Clinic", "from-1", "2020-07-01"), "/profile")
		if !strings.Contains(p.Body, `<option value="level =clinical monitor" selected>`) {
			h.Errorf("the form has lost it: %s", p.Body)
		}
		shows(h, "a mentee", v.Get("/profile/seen-as?as=member"), "Clinical monitor · teaching · Clinic · since 1 July 2020")
	})
}
