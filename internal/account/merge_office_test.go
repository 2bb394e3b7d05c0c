//go:build unix

package account

import (
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/store"
)

// Sessions of those who can do more are short (security model, 3.2): one that began before cannot become one of theirs.
func TestWhoMergesTheAccountOfACoordinatorSignsInAgain(t *testing.T) {
	both(t, func(h *house) {
		goes, stays := h.somebody("old@example.org"), h.somebody("home@example.org")
		h.must(h.db.Update(h.Context(), func(tx *store.Tx) error {
			if err := tx.AddProgram(store.Program{ID: "p", NameEn: "P", NameFr: "P", MadeAt: h.now(), MadeBy: "root"}); err != nil {
				return err
			}
			_, err := tx.AddCoordinator("p", string(goes.Visit.Actor.Person), h.now())
			return err
		}))
		h.pass(time.Hour)
		stays = h.somebody("home@example.org")
		h.must(h.AskMerge(h.Context(), stays.Visit, "old@example.org", ""))
		h.must(h.ConfirmMerge(h.Context(), stays.Visit, Key{Token: h.token("old@example.org")}))
		if h.isIn(stays.Cookie) {
			h.Error("a session of a member goes on as that of a coordinator")
		}
		if e := h.somebody("home@example.org"); len(e.Visit.Actor.Coordinates) != 1 || e.Visit.EndsAt.Sub(h.now()) > officeTerm.longest {
			h.Errorf("then they come as %+v", e.Visit)
		}
	})
}
