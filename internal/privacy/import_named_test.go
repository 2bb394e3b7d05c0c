//go:build unix

package privacy

import (
	"bytes"
	"errors"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// Two who know each other move to another installation. The first one's data names the second by an id that leads to nothing
// yet; that must not keep the second out.
func TestWhoWasNamedByAnotherIsTakenInAfterThem(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]store.Engine{{store.SQLite, store.PostgreSQL}, {store.PostgreSQL, store.SQLite}} {
		t.Run(string(pair[0]), func(t *testing.T) {
			t.Parallel()
			from, to := newHouse(t, pair[0]), newHouse(t, pair[1])
			from.canaries()
			from.update(func(tx *store.Tx) error {
				return errors.Join(tx.SetAccount("other", "fr-CA", true), tx.AddAuthority(store.Authority{
					ID: "list", From: "other", To: "canary", Kind: string(mentoring.Supervises), Span: store.Span{From: "2026-07-01"}, Source: "roster", By: "roster", MadeAt: from.now(),
				}))
			})
			for _, id := range []string{"canary", "other"} {
				data, err := from.Of(t.Context(), id)
				from.must(err)
				text, err := data.JSON()
				from.must(err)
				if _, err := to.Import(t.Context(), text); err != nil {
					t.Fatalf("%s is not taken in: %v", id, err)
				}
				again, err := to.Of(t.Context(), id)
				to.must(err)
				if textAgain, err := again.JSON(); err != nil || !bytes.Equal(text, textAgain) {
					t.Errorf("%s has changed on the way, %v:\n%s", id, err, firstDifference(text, textAgain))
				}
				if _, err := to.Import(t.Context(), text); !IsRefused(err) {
					t.Errorf("%s is taken in twice: %v", id, err)
				}
			}
			to.must(to.Privacy.Erase(t.Context(), "other"))
			data, err := from.Of(t.Context(), "other")
			from.must(err)
			text, err := data.JSON()
			from.must(err)
			if _, err := to.Import(t.Context(), text); !IsRefused(err) {
				t.Errorf("who was erased is taken in: %v", err)
			}
		})
	}
}
