//go:build unix

package storetest

import (
	"errors"
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
