//go:build unix

package person

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/search"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// TestListIsWhatAPlainWalkOverAllPagesFinds draws people who show this and hide that, and queries, and compares what is
// found with what the pages say that a member would see. It asks the directory in memory, and the store: where few are
// found and all is decided at once, and where many are and it walks along the names.
func TestListIsWhatAPlainWalkOverAllPagesFinds(t *testing.T) {
	both(t, func(h *house) {
		r, c := rand.New(rand.NewPCG(11, 12)), h.Context()
		given, family := []string{"Hélène", "Zoé", "Ana", "Jean-Yves", "Li"}, []string{"Tremblay", "O'Brien", "Roy", "Côté", "Trembley"}
		purposes, interests := []string{"research", "family_life", "career_choice"}, []string{"sepsis", "ultrasound", "resuscitation"}
		var everybody []string
		for k := range 26 {
			id := fmt.Sprintf("p%02d", k)
			everybody = append(everybody, id)
			v := h.somebody(id)
			h.must(h.SaveName(c, v, Name{Given: given[r.IntN(5)], Family: family[r.IntN(5)], Place: mentoring.Term{Label: []string{"Montréal", "Québec"}[r.IntN(2)]}}))
			h.must(h.SaveOffer(c, v, Offer{Offers: terms(purposes[r.IntN(3)], purposes[r.IntN(3)]), Capacity: r.IntN(2), Listed: r.IntN(5) > 0}))
			h.must(h.SaveTopics(c, v, Topics{Interests: terms(interests[r.IntN(3)])}))
			for _, field := range []mentoring.Field{mentoring.FieldPlace, mentoring.FieldInterests, mentoring.FieldOffers} {
				h.must(h.ShowField(c, v, field, mentoring.Audience(r.IntN(3))))
			}
		}
		viewer := h.somebody("viewer")
		h.must(h.DB.View(c, func(tx *store.Tx) error {
			w := h.work(tx)
			if _, err := w.come(viewer); err != nil {
				return err
			}
			var people []kept
			for _, id := range everybody {
				k, err := w.load(id)
				if err != nil {
					return err
				}
				people = append(people, k)
			}
			found, none := 0, 0
			for range 80 {
				f := Filter{Text: []string{"", "", "tremblay", "Tremblai", "obrien", "zoe roy", "montreal", "quebec jean", "sepsi", "x", "t"}[r.IntN(11)], Room: r.IntN(4) == 0, Codes: map[mentoring.Field][]string{}}
				if r.IntN(2) == 0 {
					f.Codes[mentoring.FieldOffers] = []string{purposes[r.IntN(3)]}
				}
				if r.IntN(3) == 0 {
					f.Codes[mentoring.FieldInterests] = []string{interests[r.IntN(3)], interests[r.IntN(3)]}
				}
				want := walk(w, people, f)
				for _, counted := range []int{0, 2, mostCounted} {
					h.People.counted = counted
					l, err := w.list(f, "", "", func(k *kept) Card { return Card{Page: k.pageOf(mentoring.Member, w.today)} })
					if err != nil {
						return err
					}
					got := l.Cards
					for l.Next != "" {
						if l, err = w.list(f, "", l.Next, func(k *kept) Card { return Card{Page: k.pageOf(mentoring.Member, w.today)} }); err != nil {
							return err
						}
						got = append(got, l.Cards...)
					}
					var ids []string
					for _, card := range got {
						ids = append(ids, string(card.ID))
					}
					expected := slices.Clone(want)
					if l.More {
						slices.SortFunc(expected, func(a, b walked) int { return cmp.Or(cmp.Compare(a.sort, b.sort), cmp.Compare(a.id, b.id)) })
					} else if l.Total != len(want) {
						h.Errorf("%+v: %d in all, want %d", f, l.Total, len(want))
					}
					var wanted []string
					for _, one := range expected {
						wanted = append(wanted, one.id)
					}
					if !slices.Equal(ids, wanted) {
						h.Errorf("%+v, up to %d counted: %v, want %v", f, counted, ids, wanted)
					}
					if !l.More {
						h.facetsAreRight(w, people, f, l)
					}
				}
				found += len(want)
				if len(want) == 0 {
					none++
				}
			}
			if found < 120 || none < 8 {
				h.Errorf("%d found, %d times nobody", found, none)
			}
			return nil
		}))
	})
}

// A walked is somebody whom a plain walk finds.
type walked struct {
	id, sort string
	rank     search.Rank
}

// walk looks at the page of everybody as a member sees it.
func walk(w *work, people []kept, f Filter) (all []walked) {
	for _, k := range people {
		page := k.pageOf(mentoring.Member, w.today)
		if page.Nothing() || f.Room && k.Capacity == 0 {
			continue
		}
		texts := []string{page.Given, page.Family, page.Given + " " + page.Family, page.Place.Label}
		for _, t := range page.Interests {
			texts = append(texts, forest{}.labelsOf(mentoring.FieldInterests, t)...)
		}
		rank, answers := search.Parse(f.Text).Match(search.Words(texts...))
		has := func(terms []mentoring.Term, codes []string) bool {
			return len(codes) == 0 || slices.ContainsFunc(terms, func(t mentoring.Term) bool { return slices.Contains(codes, t.Code) })
		}
		if answers && has(page.Offers, f.Codes[mentoring.FieldOffers]) && has(page.Interests, f.Codes[mentoring.FieldInterests]) {
			all = append(all, walked{k.id, sortOf(k.Given, k.Family), rank})
		}
	}
	slices.SortFunc(all, func(a, b walked) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.sort, b.sort), cmp.Compare(a.id, b.id))
	})
	return all
}

// facetsAreRight asks again with each value of a facet alone, and wants as many to be found.
func (h *house) facetsAreRight(w *work, people []kept, f Filter, l Listing) {
	h.Helper()
	for _, facet := range l.Facets {
		if facet.Field != mentoring.FieldOffers && facet.Field != mentoring.FieldInterests {
			continue
		}
		for _, value := range facet.Values {
			one := f
			one.Codes = map[mentoring.Field][]string{}
			for field, codes := range f.Codes {
				one.Codes[field] = codes
			}
			one.Codes[facet.Field] = []string{value.Code}
			if n := len(walk(w, people, one)); n != value.People {
				h.Errorf("%+v: %s %s has %d, want %d", f, facet.Field, value.Code, value.People, n)
			}
		}
	}
}
