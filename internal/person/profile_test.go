//go:build unix

package person

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// FV-1: a purpose and one line are enough.
func TestFirstStageIsSavedByItselfAndIsEnough(t *testing.T) {
	both(t, func(h *house) {
		amara := h.somebody("amara")
		h.must(h.SaveSeeks(h.Context(), amara, []mentoring.Term{{Code: "career_choice", Line: "  Fellowship   or practice? "}, {Label: "how to say no"}, {}}))
		own, err := h.Mine(h.Context(), amara)
		h.must(err)
		want := []mentoring.Term{{Code: "career_choice", Label: "career choice", Line: "Fellowship or practice?"}, {Label: "how to say no"}}
		if !slices.Equal(own.Seeks, want) || !own.Useful || !own.Done[mentoring.StageSeeks] || own.Done[mentoring.StageName] {
			h.Errorf("got %+v, useful %v, done %v", own.Seeks, own.Useful, own.Done)
		}
		if own.Listed || own.Offering {
			h.Error("who seeks is in the directory")
		}
		h.mistaken("four at once", h.SaveSeeks(h.Context(), amara, terms("research", "career_choice", "family_life", "clinical_skill")), "seeks", "person.too-many")
		h.mistaken("no such purpose", h.SaveSeeks(h.Context(), amara, terms("fame")), "seeks", "person.no-such-term")
		h.mistaken("too long a line", h.SaveSeeks(h.Context(), amara, []mentoring.Term{{Code: "research", Line: strings.Repeat("é", 201)}}), "seeks", "person.too-long")
		h.must(h.SaveSeeks(h.Context(), amara, want))
		if got := h.trail("amara"); !slices.Equal(got, []string{"profile.seeks"}) {
			h.Errorf("saved twice the same, the log says %v", got)
		}
	})
}

// EL-1: no account is "a mentor".
func TestOnePersonSeeksAndOffersAtOnce(t *testing.T) {
	both(t, func(h *house) {
		v := h.helene()
		h.must(h.SaveSeeks(h.Context(), v, terms("education_teaching")))
		own, err := h.Mine(h.Context(), v)
		h.must(err)
		if len(own.Seeks) != 1 || !own.Offering || !own.Room || !own.Listed {
			h.Errorf("got %+v", own.Page)
		}
	})
}

func TestDraftIsKeptByStageUntilItIsSaved(t *testing.T) {
	both(t, func(h *house) {
		v, c := h.somebody("amara"), h.Context()
		h.must(h.SaveDraft(c, v, mentoring.StageSeeks, `{"line":"half a thou"}`))
		h.must(h.SaveDraft(c, v, mentoring.StageSeeks, `{"line":"half a thought"}`))
		h.must(h.SaveDraft(c, v, mentoring.StageHow, `{}`))
		own, err := h.Mine(c, v)
		h.must(err)
		if len(own.Drafts) != 2 || own.Drafts[mentoring.StageSeeks].Body != `{"line":"half a thought"}` || len(own.Seeks) != 0 {
			h.Errorf("got %+v", own.Drafts)
		}
		h.must(h.SaveSeeks(c, v, terms("research")))
		if own, err = h.Mine(c, v); err != nil || len(own.Drafts) != 1 {
			h.Errorf("got %+v, %v", own.Drafts, err)
		}
		h.hidden("a stage that there is not", h.SaveDraft(c, v, "religion", "x"))
		h.refuses("a draft of a book", h.SaveDraft(c, v, mentoring.StageHow, strings.Repeat("x", mentoring.MostDraft+1)), mentoring.Invalid, "person.draft-too-long")
		if got := h.trail("amara"); !slices.Equal(got, []string{"profile.seeks"}) {
			h.Errorf("the log says %v", got)
		}
	})
}

func TestWholeProfileComesBackAsItWasSaved(t *testing.T) {
	both(t, func(h *house) {
		v, c, root := h.helene(), h.Context(), h.administrator("root")
		unit, err := h.AddUnit(c, root, Unit{En: "Pediatrics", Fr: "Pédiatrie", Open: mentoring.Span{From: "2000-01-01"}})
		h.must(err)
		appointments := []mentoring.Appointment{
			{Unit: unit, Ladder: "rank", What: mentoring.Term{Code: "associate"}, Track: "clinician educator", Span: mentoring.Span{From: "2024-07-01"}},
			{Where: "Elsewhere General", Ladder: "level", What: mentoring.Term{Label: "moniteur clinique"}, Span: mentoring.Span{From: "2020-07-01", To: "2021-06-30"}},
		}
		h.must(h.SaveAppointments(c, v, Appointed{Appointments: appointments}))
		h.must(h.SaveAway(c, v, []mentoring.Span{{From: "2027-08-01", To: "2027-08-20"}, {From: "2027-03-10", To: "2027-03-20"}}))
		h.must(h.SaveDestination(c, v, mentoring.Destination{Place: mentoring.Term{Label: "University of Elsewhere"}, Kind: "staff", From: "2028-07-01"}))
		h.must(h.SaveTraining(c, v, []mentoring.Term{{Label: "Mentor starter", Line: "2026"}}))
		own, err := h.Mine(c, v)
		h.must(err)
		if len(own.Appointments) != 2 || own.Appointments[0].Where != "Pediatrics" || own.Appointments[0].What.Label != "associate professor" || own.Appointments[1].ID == own.Appointments[0].ID {
			h.Errorf("appointments %+v", own.Appointments)
		}
		if own.Room || !own.IsAway || own.AwayUntil != "2027-03-20" || own.Away[0].From != "2027-03-10" {
			h.Errorf("she is away: %+v", own.Page)
		}
		first := own.Appointments[0].ID
		h.must(h.SaveAppointments(c, v, Appointed{Appointments: own.Appointments}))
		if again, err := h.Mine(c, v); err != nil || again.Appointments[0].ID != first {
			h.Errorf("an appointment that stays has another id: %v", err)
		}
		if own.Destination.Kind != "staff" || own.Training[0].Line != "2026" || own.Pronoun != "elle" || own.Refuses != "Letters of reference" || own.Hours != 3 {
			h.Errorf("got %+v", own.Profile)
		}
	})
}

func TestGuestFromElsewhereNamesTheirHomeAndHasNoUnitHere(t *testing.T) {
	both(t, func(h *house) {
		v, c := h.somebody("guest"), h.Context()
		h.mistaken("no home", h.SaveAppointments(c, v, Appointed{Guest: true}), "home", "person.no-home")
		h.must(h.SaveAppointments(c, v, Appointed{Guest: true, Home: mentoring.Term{Label: "Hôpital du Nord"}}))
		own, err := h.Mine(c, v)
		h.must(err)
		if !own.Guest || own.Home.Label != "Hôpital du Nord" || !own.Done[mentoring.StageAppointments] {
			h.Errorf("got %+v", own.Page)
		}
	})
}

// secret are texts that each stand in one field only, so that where one turns up says what was shown.
var secret = map[mentoring.Field]string{
	mentoring.FieldName: "xqname", mentoring.FieldPronoun: "xqpronoun", mentoring.FieldAppointments: "xqwhere",
	mentoring.FieldSeeks: "xqseeks", mentoring.FieldOffers: "xqoffers", mentoring.FieldSpecialties: "xqspecialty",
	mentoring.FieldInterests: "xqinterest", mentoring.FieldLanguages: "xqlanguage", mentoring.FieldPlace: "xqplace",
	mentoring.FieldDestination: "xqdestination", mentoring.FieldRefuses: "xqrefuses", mentoring.FieldTraining: "xqtraining",
}

func (h *house) secretive() kept {
	one := func(f mentoring.Field) []mentoring.Term { return []mentoring.Term{{Label: secret[f]}} }
	return kept{id: "secretive", is: true, Profile: Profile{
		Given: secret[mentoring.FieldName], Pronoun: secret[mentoring.FieldPronoun],
		Appointments: []mentoring.Appointment{{Where: secret[mentoring.FieldAppointments]}},
		Seeks:        one(mentoring.FieldSeeks), Offers: one(mentoring.FieldOffers), Specialties: one(mentoring.FieldSpecialties),
		Interests: one(mentoring.FieldInterests), Languages: one(mentoring.FieldLanguages), Training: one(mentoring.FieldTraining),
		Place: one(mentoring.FieldPlace)[0], Destination: mentoring.Destination{Place: one(mentoring.FieldDestination)[0]},
		Refuses: secret[mentoring.FieldRefuses], Capacity: 7177, Hours: 7178,
		Away: []mentoring.Span{{From: "2027-01-01", To: "7179-01-01"}},
	}}
}

// TestPageShowsTheFieldsOfItsViewerAndNoOther tries every field with every audience and every eye.
func TestPageShowsTheFieldsOfItsViewerAndNoOther(t *testing.T) {
	t.Parallel()
	h := &house{T: t}
	eyes := append(slices.Clone(Eyes), mentoring.Self, mentoring.Anybody, mentoring.Delegate, "")
	shown := 0
	for _, as := range eyes {
		for _, listed := range []bool{true, false} {
			for field, text := range secret {
				for audience := mentoring.Members; audience <= mentoring.OnlyMe; audience++ {
					k := h.secretive()
					k.showing = mentoring.Showing{Listed: listed, Chosen: map[mentoring.Field]mentoring.Audience{field: audience}}
					page, err := json.Marshal(k.pageOf(as, "2027-03-14"))
					if err != nil {
						t.Fatal(err)
					}
					want := mentoring.Shows(field, k.showing, as) && (listed || as != mentoring.Member)
					if got := strings.Contains(string(page), text); got != want {
						t.Errorf("%s, audience %d, listed %v, as %q: shown %v, want %v", field, audience, listed, as, got, want)
					} else if got {
						shown++
					}
					if as != mentoring.Self && (strings.Contains(string(page), "7177") || strings.Contains(string(page), "7178")) {
						t.Errorf("%q sees how many, or how many hours", as)
					}
					if as != mentoring.Self && as != mentoring.Counterpart && strings.Contains(string(page), "7179") {
						t.Errorf("%q sees until when somebody is away", as)
					}
				}
			}
		}
	}
	if shown < 100 {
		t.Errorf("only %d fields were shown", shown)
	}
}

// FV-6.
func TestSeeAsMyProgramDirectorShowsNothing(t *testing.T) {
	both(t, func(h *house) {
		v, c := h.helene(), h.Context()
		page, err := h.SeeAs(c, v, ProgramDirector)
		h.must(err)
		if !reflect.DeepEqual(page, Page{ID: "helene"}) || !page.Nothing() {
			h.Errorf("the director sees %+v", page)
		}
		for _, as := range []mentoring.Standing{mentoring.Member, mentoring.Counterpart, mentoring.Coordinator} {
			page, err := h.SeeAs(c, v, as)
			h.must(err)
			if page.Given != "Hélène" || page.Capacity != 0 {
				h.Errorf("%s sees %+v", as, page)
			}
		}
		if page, err := h.SeeAs(c, v, mentoring.Self); err != nil || !page.Nothing() {
			h.Errorf("as oneself is none of the eyes: %+v, %v", page, err)
		}
	})
}

func TestWhoeverIsNotListedIsNotThereForMembers(t *testing.T) {
	both(t, func(h *house) {
		amara, ben, claire, c := h.somebody("amara"), h.somebody("ben"), h.coordinator("claire"), h.Context()
		h.enrol("amara")
		h.must(h.SaveName(c, amara, Name{Given: "Amara", Family: "Okafor"}))
		h.must(h.SaveSeeks(c, amara, terms("research")))
		_, err := h.Show(c, ben, "amara", Context{})
		h.hidden("a member", err)
		_, err = h.Show(c, ben, "nobody", Context{})
		h.hidden("of nobody", err)
		page, err := h.Show(c, ben, "amara", Context{Partners: []mentoring.PersonID{"ben", "amara"}})
		if err != nil || page.Given != "Amara" || page.Seeks != nil {
			h.Errorf("a partner sees %+v, %v", page, err)
		}
		page, err = h.Show(c, claire, "amara", Context{Program: "program"})
		if err != nil || len(page.Seeks) != 1 {
			h.Errorf("a coordinator sees %+v, %v", page, err)
		}
		_, err = h.Show(c, claire, "amara", Context{Program: "another"})
		h.hidden("the coordinator of another program", err)
		if got := h.trail("amara"); got[0] != "person.see" || slices.Index(got[1:], "person.see") >= 0 {
			h.Errorf("the trail of Amara is %v", got)
		}
	})
}

func TestVisitThatHasEndedDoesNothing(t *testing.T) {
	both(t, func(h *house) {
		v, c := h.somebody("amara"), h.Context()
		gone := v
		gone.SessionID = "another"
		h.hidden("a session of nobody", h.SaveSeeks(c, gone, terms("research")))
		stolen := h.somebody("ben")
		stolen.SessionID = v.SessionID
		h.hidden("the session of somebody else", h.SaveSeeks(c, stolen, terms("research")))
		h.must(h.DB.Update(c, func(tx *store.Tx) error { return tx.SuspendAccount("amara", h.now(), "asked") }))
		h.hidden("suspended", h.SaveSeeks(c, v, terms("research")))
		if _, err := h.Mine(c, v); !mentoring.IsFault(err, mentoring.NotFound) {
			h.Errorf("suspended: %v", err)
		}
	})
}

func TestDelegateIsNamedByAddressAcceptsAndIsRemoved(t *testing.T) { // FV-7
	both(t, func(h *house) {
		v, c, sam := h.helene(), h.Context(), h.somebody("sam")
		h.must(h.NameDelegate(c, v, "Sam@Example.org"))
		h.must(h.NameDelegate(c, v, "nobody@example.org"))
		h.refuses("twice", h.NameDelegate(c, v, "sam@example.org"), mentoring.Conflict, "person.delegate-twice")
		h.refuses("oneself", h.NameDelegate(c, v, "helene@example.org"), mentoring.Conflict, "person.delegate-oneself")
		if a, b := h.letters("Sam@Example.org"), h.letters("nobody@example.org"); len(a) != 1 || len(b) != 1 || a[0].Subject != b[0].Subject || len(h.letters("helene@example.org")) != 2 {
			h.Error("letters tell whether an address has an account, or did not come")
		}
		own, err := h.Mine(c, sam)
		h.must(err)
		if len(own.Named) != 1 || own.Named[0].Family != "Tremblay" {
			h.Fatalf("Sam is named by %+v", own.Named)
		}
		h.hidden("somebody else accepts", h.AcceptDelegate(c, h.somebody("eve"), own.Named[0].ID))
		h.must(h.AcceptDelegate(c, sam, own.Named[0].ID))
		h.must(h.view(c, sam, func(w *work) error {
			if !slices.Equal(w.actor.DelegateOf, []mentoring.PersonID{"helene"}) {
				h.Errorf("Sam is a delegate of %v", w.actor.DelegateOf)
			}
			return nil
		}))
		if page, err := h.Show(c, sam, "helene", Context{}); err != nil || page.As != mentoring.Member {
			h.Errorf("a delegate sees more than members do: %+v, %v", page, err)
		}
		h.must(h.RemoveDelegate(c, v, own.Named[0].ID))
		h.hidden("again", h.RemoveDelegate(c, v, own.Named[0].ID))
		h.must(h.view(c, sam, func(w *work) error {
			if len(w.actor.DelegateOf) != 0 {
				h.Error("Sam still is a delegate")
			}
			return nil
		}))
		h.pass(time.Hour)
		h.refuses("not freshly signed in", h.NameDelegate(c, v, "x@example.org"), mentoring.Forbidden, "account.fresh-sign-in")
	})
}
