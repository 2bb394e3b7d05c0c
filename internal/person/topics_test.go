//go:build unix

package person

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/vocabulary"
)

func words(texts ...string) (all []mentoring.Term) {
	for _, text := range texts {
		all = append(all, mentoring.Term{Label: text})
	}
	return all
}

// looks is what somebody finds in the directory: names, and how many have a code in a field.
func (h *house) looks(v account.Visit, f Filter, field mentoring.Field, code string) (found []string, people int) {
	h.Helper()
	l, err := h.Directory(h.Context(), v, f, "")
	h.must(err)
	for _, facet := range l.Facets {
		for _, value := range facet.Values {
			if facet.Field == field && value.Code == code {
				people = value.People
			}
		}
	}
	return names(l), people
}

func TestPeopleWhoNameASubjectInTwoLanguagesShareAnInterest(t *testing.T) {
	both(t, func(h *house) {
		amara, c := h.somebody("amara"), h.Context()
		h.mentor("helene", "Hélène", "Tremblay", "research")
		h.mentor("john", "John", "Roy", "research")
		h.must(h.SaveTopics(c, amara, Topics{Interests: words("professional  BURNOUT", "canoeing", "Insuffisance cardiaque")}))
		h.must(h.SaveTopics(c, h.signIn("helene"), Topics{Interests: words("epuisement professionnel", "kayaking")}))
		h.must(h.SaveTopics(c, h.signIn("john"), Topics{Interests: words("Heart failure", "épuisement", "Canoeing trips")}))

		own, err := h.Mine(c, amara)
		h.must(err)
		want := []mentoring.Term{{Code: "D002055", Label: "professional BURNOUT"}, {Label: "canoeing"}, {Code: "heart_failure", Label: "Insuffisance cardiaque"}}
		if !slices.Equal(own.Interests, want) {
			h.Errorf("kept is %+v", own.Interests)
		}
		for name, reason := range map[string]mentoring.Point{
			"tremblay": {Code: "interest", Term: mentoring.Term{Code: "D002055", Label: "epuisement professionnel"}},
			"roy":      {Code: "interest", Term: mentoring.Term{Code: "heart_failure", Label: "Heart failure"}},
		} {
			l, err := h.Directory(c, amara, Filter{Text: name}, "")
			h.must(err)
			if len(l.Cards) != 1 || !slices.Equal(l.Cards[0].Reasons, []mentoring.Point{reason}) {
				h.Errorf("%s: %+v", name, l.Cards)
			}
		}
		subject := map[mentoring.Field][]string{mentoring.FieldInterests: {"D002055"}}
		if found, n := h.looks(amara, Filter{Codes: subject}, mentoring.FieldInterests, "D002055"); !slices.Equal(found, []string{"Hélène Tremblay"}) || n != 1 {
			h.Errorf("by the code %v are found, %d counted", found, n)
		}
		for _, typed := range []string{"burnout", "professional burnout", "épuisement professionnel"} {
			if found, _ := h.looks(amara, Filter{Text: typed}, "", ""); !slices.Contains(found, "Hélène Tremblay") {
				h.Errorf("%q finds %v", typed, found)
			}
		}
		if found, _ := h.looks(amara, Filter{Text: "burnout"}, "", ""); slices.Contains(found, "John Roy") {
			h.Error("own words were taken for a subject")
		}
	})
}

// A code stays, whatever becomes of the list: when it is replaced by one without it, and where it came from elsewhere.
func TestCodeStaysWhenTheListLosesIt(t *testing.T) {
	both(t, func(h *house) {
		root, v, c := h.administrator("root"), h.somebody("amara"), h.Context()
		h.must(h.SaveTopics(c, v, Topics{Specialties: terms("addiction_medicine"), Interests: words("équité en santé")}))
		for name, code := range map[string]string{"subjects": "D000069576,", "specialties": "addiction_medicine,"} {
			own, _ := vocabulary.Named(name)
			kept := slices.DeleteFunc(strings.SplitAfter(string(own.CSV()), "\n"), func(line string) bool { return strings.HasPrefix(line, code) })
			file := []byte(strings.Replace(strings.Join(kept, ""), own.Edition, "another", 1))
			if bytes.Equal(file, own.CSV()) {
				t.Fatalf("%s has no %s", name, code)
			}
			_, err := h.Lists.Replace(c, root, name, file, 0)
			h.must(err)
		}
		saved := func(what string, interests ...mentoring.Term) {
			own, err := h.Mine(c, v)
			h.must(err)
			if !slices.Equal(own.Interests, interests) || len(own.Specialties) != 1 || own.Specialties[0].Code != "addiction_medicine" {
				h.Errorf("%s: %+v and %+v", what, own.Specialties, own.Interests)
			}
			h.must(h.SaveTopics(c, v, Topics{Specialties: own.Specialties, Interests: append(own.Interests, words("sailing")...)}))
			if own, err = h.Mine(c, v); err != nil || !slices.Equal(own.Interests[:len(interests)], interests) || own.Specialties[0].Code != "addiction_medicine" {
				h.Errorf("%s, saved again: %+v and %+v, %v", what, own.Specialties, own.Interests, err)
			}
		}
		equity := mentoring.Term{Code: "D000069576", Label: "équité en santé"}
		saved("the list has lost it", equity)
		h.must(h.DB.Update(c, func(tx *store.Tx) error {
			return tx.SetTerms("amara", "interests", 0, []store.Term{{Code: equity.Code, Label: equity.Label}, {Code: "X99", Label: "eine Sache"}})
		}))
		saved("another house had it", equity, mentoring.Term{Code: "X99", Label: "eine Sache"})
		h.mistaken("a code that nobody had", h.SaveTopics(c, v, Topics{Interests: terms("X98")}), "interests", "person.no-such-term")
	})
}

// Security model, 4.2: what somebody looks for in their own words is found by nobody, not even where all may read it.
func TestOfferInOwnWordsIsFoundByThoseWhoSeeItAndANeedByNobody(t *testing.T) {
	both(t, func(h *house) {
		h.mentor("helene", "Hélène", "Tremblay", "research")
		helene, v, c := h.signIn("helene"), h.somebody("amara"), h.Context()
		offer := Offer{Offers: append(words("Writing for newspapers", "FAMILY life"), terms("research")...), Capacity: 1, Listed: true}
		offer.Offers[0].Line = "letters to the editor"
		h.must(h.SaveOffer(c, helene, offer))
		h.must(h.SaveSeeks(c, helene, words("learning to sail")))
		h.must(h.ShowField(c, helene, mentoring.FieldSeeks, mentoring.Members))
		own, err := h.Mine(c, helene)
		h.must(err)
		want := []mentoring.Term{{Label: "Writing for newspapers", Line: "letters to the editor"}, {Code: "family_life", Label: "FAMILY life"}, {Code: "research", Label: "research"}}
		if !slices.Equal(own.Offers, want) {
			h.Errorf("kept is %+v", own.Offers)
		}
		h.must(h.SaveSeeks(c, v, words("writing for NEWSPAPERS")))
		l, err := h.Directory(c, v, Filter{Text: "newspaper"}, "")
		h.must(err)
		if len(l.Cards) != 1 || len(l.Cards[0].Reasons) != 1 || l.Cards[0].Reasons[0].Term != want[0] {
			h.Errorf("by her words: %+v", l.Cards)
		}
		for typed, why := range map[string]string{"editor": "a line", "sail": "what she looks for"} {
			if found, _ := h.looks(v, Filter{Text: typed}, "", ""); len(found) > 0 {
				h.Errorf("%v are found by %s", found, why)
			}
		}
		h.must(h.ShowField(c, helene, mentoring.FieldOffers, mentoring.Coordinators))
		if found, _ := h.looks(v, Filter{Text: "newspaper"}, "", ""); len(found) > 0 {
			h.Errorf("%v are found by what is not shown any more", found)
		}
	})
}

func TestPlaceInAnyLanguageHasItsCodeAndZone(t *testing.T) {
	both(t, func(h *house) {
		v, c := h.somebody("amara"), h.Context()
		h.must(h.SaveName(c, v, Name{Given: "Amara", Place: mentoring.Term{Label: "MONTREAL"}}))
		own, err := h.Mine(c, v)
		h.must(err)
		if own.Place.Code == "" || own.Place.Label != "MONTREAL" || own.Zone != "America/Toronto" {
			h.Errorf("got %+v in %q", own.Place, own.Zone)
		}
		h.must(h.SaveName(c, v, Name{Given: "Amara", Place: own.Place, Zone: "America/Regina"}))
		if own, err = h.Mine(c, v); err != nil || own.Zone != "America/Regina" {
			h.Errorf("the zone that she chose is %q, %v", own.Zone, err)
		}
	})
}
