//go:build unix

package person

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// names are those in a listing, in order.
func names(l Listing) (all []string) {
	for _, c := range l.Cards {
		all = append(all, strings.TrimSpace(c.Given+" "+c.Family))
	}
	return all
}

// mentor is somebody who is listed and offers.
func (h *house) mentor(id, given, family string, offers ...string) {
	h.Helper()
	v, c := h.somebody(id), h.Context()
	h.must(h.SaveName(c, v, Name{Given: given, Family: family}))
	h.must(h.SaveOffer(c, v, Offer{Offers: terms(offers...), Capacity: 1, Listed: true}))
}

func TestSearchForgivesAccentsOneTypoAndTheOrderOfWords(t *testing.T) {
	both(t, func(h *house) {
		h.helene()
		h.mentor("jean", "Jean-Yves", "O'Brien", "research")
		h.mentor("anne", "Anne", "Trembley-Roy", "family_life")
		v := h.somebody("amara")
		for _, test := range []struct {
			typed string
			want  []string
		}{
			{"montreal", []string{"Hélène Tremblay"}}, {"Montréal", []string{"Hélène Tremblay"}},
			{"tremblay helene", []string{"Hélène Tremblay"}}, {"Tremblai", []string{"Hélène Tremblay"}},
			{"tremblay", []string{"Hélène Tremblay", "Anne Trembley-Roy"}}, {"Helen Trembly", []string{"Hélène Tremblay"}},
			{"obrien", []string{"Jean-Yves O'Brien"}}, {"jeanyves", []string{"Jean-Yves O'Brien"}},
			{"septicemie", []string{"Hélène Tremblay"}}, {"canoe", []string{"Hélène Tremblay"}},
			{"tremblay montreal", []string{"Hélène Tremblay"}}, {"zzz", nil},
			{"letters", nil}, {"trials", nil}, // lines and what one will not do are read, not searched
		} {
			l, err := h.Directory(h.Context(), v, Filter{Text: test.typed}, "")
			h.must(err)
			if got := names(l); !slices.Equal(got, test.want) || l.Total != len(test.want) {
				h.Errorf("%q finds %v of %d, want %v", test.typed, got, l.Total, test.want)
			}
		}
	})
}

func TestNothingIsFoundByWhatIsNotShown(t *testing.T) {
	both(t, func(h *house) {
		helene, v, claire, c := h.helene(), h.somebody("amara"), h.coordinator("claire"), h.Context()
		h.enrol("helene")
		found := func(text string, codes map[mentoring.Field][]string) int {
			l, err := h.Directory(c, v, Filter{Text: text, Codes: codes}, "")
			h.must(err)
			counted := 0
			for _, f := range l.Facets {
				for _, value := range f.Values {
					if value.Code == "sepsis" || value.Code == "family" {
						counted += value.People
					}
				}
			}
			if l.Total == 0 && counted > 0 {
				h.Errorf("not found, and counted")
			}
			return l.Total
		}
		sepsis := map[mentoring.Field][]string{mentoring.FieldInterests: {"sepsis"}}
		if found("sepsis", nil) != 1 || found("", sepsis) != 1 || found("montreal", nil) != 1 {
			t.Fatal("what is shown is not found")
		}
		h.must(h.ShowField(c, helene, mentoring.FieldInterests, mentoring.Coordinators))
		h.must(h.ShowField(c, helene, mentoring.FieldPlace, mentoring.OnlyMe))
		if found("sepsis", nil) != 0 || found("", sepsis) != 0 || found("montreal", nil) != 0 || found("tremblay", nil) != 1 {
			h.Error("what is not shown to members is found by them")
		}
		l, err := h.List(c, claire, "program", Filter{Text: "sepsis"}, "")
		if err != nil || l.Total != 1 {
			h.Errorf("those who run a program find %d, %v", l.Total, err)
		}
		if l, err = h.List(c, claire, "program", Filter{Text: "montreal"}, ""); err != nil || l.Total != 0 {
			h.Errorf("what she keeps to herself is found, %v", err)
		}
		h.refuses("an audience wider than there is", h.ShowField(c, helene, mentoring.FieldName, mentoring.OnlyMe), mentoring.Invalid, "person.audience")
		h.must(h.SaveOffer(c, helene, Offer{Offers: terms("research"), Capacity: 2}))
		if found("tremblay", nil) != 0 {
			h.Error("who left the directory is found")
		}
		_, err = h.List(c, v, "program", Filter{}, "")
		h.hidden("a member lists people", err)
	})
}

func TestFacetsCountAndPagesAreStable(t *testing.T) {
	both(t, func(h *house) {
		v, c := h.somebody("zoe"), h.Context()
		for k := range 47 {
			offers := []string{"research"}
			if k%3 == 0 {
				offers = append(offers, "family_life")
			}
			h.mentor(fmt.Sprintf("m%02d", k), fmt.Sprintf("G%02d", k), "Family", offers...)
		}
		var all []string
		for after, first := "", true; after != "" || first; first = false {
			l, err := h.Directory(c, v, Filter{}, after)
			h.must(err)
			all = append(all, names(l)...)
			if after = l.Next; len(all) == PageSize {
				h.mentor("new", "A", "A", "research") // stands before: nobody is shown twice or left out
			}
			if l.Total != 47 && l.Total != 48 {
				h.Errorf("%d in all", l.Total)
			}
		}
		if len(all) != 47 || !slices.IsSorted(all) {
			h.Errorf("%d people in pages: %v", len(all), all)
		}
		l, err := h.Directory(c, v, Filter{Codes: map[mentoring.Field][]string{mentoring.FieldOffers: {"family_life"}}}, "")
		h.must(err)
		if l.Total != 16 || l.Facets[0].Field != mentoring.FieldOffers || l.Facets[0].Values[0].People != 48 || !l.Facets[0].Values[1].Chosen || l.Facets[0].Values[1].People != 16 || l.Facets[0].Values[1].Fr != "vie familiale" {
			h.Errorf("%d found, facets %+v", l.Total, l.Facets)
		}
		l, err = h.Directory(c, v, Filter{Text: "family", Room: true, Codes: map[mentoring.Field][]string{mentoring.FieldOffers: {"practice_management"}}}, "")
		if err != nil || l.Total != 0 || l.Wider != 47 && l.Wider != 48 {
			h.Errorf("%d found, %d without filters, %v", l.Total, l.Wider, err)
		}
		_, err = h.Directory(c, v, Filter{}, "no place")
		h.hidden("a place that there is not", err)
	})
}

func TestMarksAreTheViewersAloneAndRoomIsOneWord(t *testing.T) {
	both(t, func(h *house) {
		helene, v, other, c := h.helene(), h.somebody("amara"), h.somebody("ben"), h.Context()
		h.mentor("jean", "Jean", "Roy", "research")
		h.must(h.Mark(c, v, "jean", "aside"))
		h.must(h.Mark(c, v, "helene", "kept"))
		h.hidden("somebody who is not listed", h.Mark(c, v, "ben", "kept"))
		list := func(f Filter) Listing {
			l, err := h.Directory(c, v, f, "")
			h.must(err)
			return l
		}
		if got := names(list(Filter{})); !slices.Equal(got, []string{"Hélène Tremblay"}) {
			h.Errorf("she sees %v", got)
		}
		if a, b := names(list(Filter{Marks: "kept"})), names(list(Filter{Marks: "aside"})); len(a) != 1 || len(b) != 1 || a[0] == b[0] {
			h.Errorf("kept %v, set aside %v", a, b)
		}
		if l, err := h.Directory(c, other, Filter{}, ""); err != nil || l.Total != 2 || l.Cards[0].Mark != "" {
			h.Errorf("the marks of one are seen by another: %+v, %v", l, err)
		}
		if len(h.letters("helene@example.org"))+len(h.letters("jean@example.org")) != 0 || slices.Contains(h.trail("helene"), "person.mark") {
			h.Error("who is marked learns of it")
		}
		if list(Filter{Room: true}).Total != 1 {
			h.Error("Hélène has no room")
		}
		h.must(h.SaveAway(c, helene, []mentoring.Span{{From: "2027-03-01", To: "2027-04-01"}}))
		l := list(Filter{})
		if list(Filter{Room: true}).Total != 0 || l.Cards[0].Room || l.Cards[0].IsAway || l.Cards[0].AwayUntil != "" || l.Cards[0].Capacity != 0 {
			h.Errorf("a member sees more than has room or waiting list: %+v", l.Cards[0])
		}
	})
}

func TestReasonsAreTrueAndGapsAreHonest(t *testing.T) {
	both(t, func(h *house) {
		h.helene()
		v, c := h.somebody("amara"), h.Context()
		h.must(h.SaveSeeks(c, v, terms("research", "family_life")))
		h.must(h.SaveHow(c, v, How{Distance: mentoring.FromDistance, Languages: terms("fr")}))
		h.must(h.SaveTopics(c, v, Topics{Interests: []mentoring.Term{{Label: "Canoeing"}, {Code: "resuscitation"}}}))
		l, err := h.Directory(c, v, Filter{}, "")
		h.must(err)
		var reasons, gaps []string
		for _, r := range l.Cards[0].Reasons {
			reasons = append(reasons, r.Code+" "+r.Term.Label+" "+r.Term.Line)
		}
		for _, g := range l.Cards[0].Gaps {
			gaps = append(gaps, g.Code+" "+g.Term.Label)
		}
		if !slices.Equal(reasons, []string{"purpose research Trials, and how to end them", "interest canoeing ", "language French ", "distance  "}) || !slices.Equal(gaps, []string{"purpose family life"}) {
			h.Errorf("reasons %q, gaps %q", reasons, gaps)
		}
		h.must(h.ShowField(c, v, mentoring.FieldInterests, mentoring.OnlyMe))
		if l, err = h.Directory(c, v, Filter{}, ""); err != nil || slices.ContainsFunc(l.Cards[0].Reasons, func(r mentoring.Point) bool { return r.Code == "interest" }) {
			h.Errorf("what she keeps to herself is a reason: %v", err)
		}
	})
}

// CF-9.
func TestThoseOverWhomACoordinatorHasAuthorityAreForADeputy(t *testing.T) {
	both(t, func(h *house) {
		claire, deputy, ana, c := h.coordinator("claire"), h.coordinator("dee"), h.somebody("ana"), h.Context()
		h.enrol("ana")
		h.must(h.SaveName(c, ana, Name{Given: "Ana", Family: "Silva"}))
		h.must(h.SaveSeeks(c, ana, terms("wellbeing_identity")))
		h.must(h.Declare(c, ana, []Position{{Kind: mentoring.Evaluates, Other: "claire", Over: false}}))
		if l, err := h.List(c, claire, "program", Filter{}, ""); err != nil || l.Total != 0 || len(l.Facets) != 0 {
			h.Errorf("she finds %v, facets %v, %v", names(l), l.Facets, err)
		}
		if l, err := h.List(c, deputy, "program", Filter{}, ""); err != nil || len(l.Cards) != 1 || len(l.Cards[0].Seeks) != 1 {
			h.Errorf("the deputy finds %+v, %v", l.Cards, err)
		}
		ben := h.somebody("ben") // who names her by her address alone
		h.enrol("ben")
		h.must(h.SaveName(c, ben, Name{Given: "Ben", Family: "Roy"}))
		h.must(h.Declare(c, ben, []Position{{Kind: mentoring.Pays, Address: "claire@example.org"}}))
		for what, p := range map[string]*People{"in memory": h.People, "stored": h.asStored()} {
			for _, f := range []Filter{{}, {Text: "ben"}, {Text: "silva"}} {
				if l, err := p.List(c, claire, "program", f, ""); err != nil || l.Total != 0 {
					h.Errorf("%s, by %q: she finds %v, %v", what, f.Text, names(l), err)
				}
			}
		}
		if n, err := h.CountIn(c, claire, "program"); n != 0 || err != nil {
			h.Errorf("she counts %d, %v", n, err)
		}
		if n, err := h.CountIn(c, deputy, "program"); n != 2 || err != nil {
			h.Errorf("the deputy counts %d, %v", n, err)
		}
		page, err := h.Show(c, claire, "ana", Context{Program: "program"})
		if err != nil || page.As != mentoring.Evaluator || page.Given != "Ana" || page.Seeks != nil {
			h.Errorf("she sees %+v, %v", page, err)
		}
		h.must(h.DB.View(c, func(tx *store.Tx) error {
			barrier, err := BarrierBetween(tx, "ana", "claire", mentoring.Nurturing, "2027-03-14")
			if barrier != mentoring.Blocked {
				h.Errorf("between them stands %q", barrier)
			}
			return err
		}))
	})
}

// AP-5: nobody can look for what is sensitive, in whichever way it is asked for.
func TestNoFilterIsAboutASensitiveCharacteristic(t *testing.T) {
	both(t, func(h *house) {
		h.helene()
		v, claire, c := h.somebody("amara"), h.coordinator("claire"), h.Context()
		for _, field := range []mentoring.Field{"gender", "religion", "age", "pronoun", "refuses", "name", ""} {
			f := Filter{Codes: map[mentoring.Field][]string{field: {"x"}}}
			_, err := h.Directory(c, v, f, "")
			h.hidden(string(field), err)
			_, err = h.List(c, claire, "program", f, "")
			h.hidden(string(field), err)
		}
		if l, err := h.Directory(c, v, Filter{Text: strings.Repeat("tremblay ", 100_000)}, ""); err != nil || l.Total != 1 {
			h.Errorf("a book as a search: %d, %v", l.Total, err)
		}
	})
}
