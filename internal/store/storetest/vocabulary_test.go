//go:build unix

package storetest

import (
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/store"
)

func TestEditionsOfListsAreKeptAndTheLastIsInUse(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		edition := func(list string, number int) store.Edition {
			return store.Edition{List: list, Number: number, Edition: "2028.1", MadeAt: noon.Add(time.Duration(number) * time.Hour), MadeBy: "anna"}
		}
		update(t, db, func(tx *store.Tx) error {
			return errors.Join(tx.AddEdition(edition("ranks", 1), []byte("first")), tx.AddEdition(edition("ranks", 2), []byte("zweite, «é»")), tx.AddEdition(edition("levels", 1), []byte("l")))
		})
		if err := db.Update(t.Context(), func(tx *store.Tx) error { return tx.AddEdition(edition("ranks", 2), nil) }); !store.IsKind(err, store.Conflict) {
			t.Errorf("a number twice: %v", err)
		}
		view(t, db, func(tx *store.Tx) error {
			all, err := tx.Editions("ranks")
			want := []store.Edition{edition("ranks", 2), edition("ranks", 1)}
			for k := range want {
				want[k].MadeAt = second(want[k].MadeAt)
			}
			if !slices.Equal(all, want) || err != nil {
				t.Errorf("got %+v, %v", all, err)
			}
			body, err := tx.EditionBody("ranks", 2)
			if string(body) != "zweite, «é»" || err != nil {
				t.Errorf("got %q, %v", body, err)
			}
			if _, err := tx.EditionBody("ranks", 3); !store.IsKind(err, store.NotFound) {
				t.Errorf("an edition that is not there: %v", err)
			}
			in, err := tx.EditionsInUse()
			if len(in) != 2 || in["ranks"] != 2 || in["levels"] != 1 || err != nil {
				t.Errorf("in use are %v, %v", in, err)
			}
			return nil
		})
	})
}

func TestItIsKnownHowManyHaveChosenEachCode(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		account(t, db, "a", "b")
		term := func(code string) []store.Term {
			return []store.Term{{Code: code, Label: code}, {Label: "their own words"}}
		}
		update(t, db, func(tx *store.Tx) error {
			return errors.Join(
				tx.AddPerson(store.Person{ID: "a", Sort: "a", PlaceCode: "CA", PlaceLabel: "Canada", HomeCode: "h", HomeLabel: "H", DestinationCode: "h", DestinationLabel: "H", MadeAt: noon, ChangedAt: noon}),
				tx.AddPerson(store.Person{ID: "b", Sort: "b", MadeAt: noon, ChangedAt: noon}),
				tx.SetTerms("a", "seeks", 0, term("research")), tx.SetTerms("a", "offers", 0, term("research")), tx.SetTerms("b", "offers", 0, term("research")),
				tx.SetTerms("b", "interests", 3, term("D001249")), tx.SetTerms("b", "support", 0, term("coaching")),
				tx.SetAppointments("a", []store.Appointment{{ID: "1", UnitLabel: "u", Ladder: "level", Code: "fellow", Label: "fellow"}, {ID: "2", UnitLabel: "v", Ladder: "level", Code: "fellow", Label: "fellow"}, {ID: "3", UnitLabel: "v", Ladder: "rank", Code: "professor", Label: "professor"}}))
		})
		view(t, db, func(tx *store.Tx) error {
			for list, want := range map[string]map[string]int{
				"purposes": {"research": 2}, "supports": {"coaching": 1}, "interests": {"D001249": 1}, "subjects": {"D001249": 1}, "specialties": {}, "languages": {},
				"levels": {"fellow": 1}, "ranks": {"professor": 1}, "places": {"CA": 1}, "institutions": {"h": 1}, "seeks": {}, "offers": {},
			} {
				if got, err := tx.Uses(list); !maps.Equal(got, want) || err != nil {
					t.Errorf("%s: %v, %v, want %v", list, got, err, want)
				}
			}
			return nil
		})
	})
}
