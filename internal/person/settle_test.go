//go:build unix

package person

import (
	"testing"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

func TestNobodyIsSettledInAnInstallation(t *testing.T) {
	both(t, func(h *house) {
		zoe := h.somebody("zoe").Actor.Person
		h.hidden("settling", h.Settle(h.Context(), Town{People: []Settled{{ID: zoe, Name: Name{Given: "Zoé", Family: "Roy"}}}}))
		h.must(h.DB.View(h.Context(), func(tx *store.Tx) error {
			_, err := tx.Person(string(zoe))
			if !store.IsKind(err, store.NotFound) {
				h.Errorf("a profile was made: %v", err)
			}
			return nil
		}))
	})
}

// TestTownIsSettledByTheRulesOfEverybody settles a demonstration with what is right, and then with what is not.
func TestTownIsSettledByTheRulesOfEverybody(t *testing.T) {
	both(t, func(h *house) {
		accounts := &account.Accounts{DB: h.DB, Queue: h.Queue, Post: h.Post, Now: h.now}
		ids, err := accounts.Populate(h.Context(), "a town", []account.Newcomer{{Address: "ada@une.example", Language: "fr"}, {Address: "luc@une.example", Language: "en"}})
		h.must(err)
		faculty := Unit{ID: "faculty", En: "Faculty of Medicine", Fr: "Faculté de médecine"}
		ada := Settled{
			ID: ids[0], Name: Name{Given: "Ada", Family: "Roy"}, Seeks: []mentoring.Term{{Code: "research"}},
			Appointments: []mentoring.Appointment{{Unit: faculty.ID, Ladder: "level", What: mentoring.Term{Code: "fellow"}, Span: mentoring.Span{From: "2026-07-01"}}},
		}
		h.must(h.Settle(h.Context(), Town{
			Units: []Unit{faculty}, People: []Settled{ada},
			Ties: []Tie{{Kind: mentoring.Evaluates, From: ids[1], To: ids[0]}, {Kind: mentoring.DoNotMatch, From: ids[0], To: ids[1]}},
		}))
		mine, err := h.Mine(h.Context(), h.signIn(string(ids[0])))
		h.must(err)
		if mine.Given != "Ada" || mine.Appointments[0].Where != "Faculté de médecine" || mine.Seeks[0].Label == "" || mine.Seeks[0].Label == "research" {
			h.Errorf("she says %+v", mine.Page)
		}
		wrong := ada
		wrong.ID, wrong.Seeks = ids[1], []mentoring.Term{{Code: "no such purpose"}}
		if err := h.Settle(h.Context(), Town{People: []Settled{wrong}}); !mentoring.IsFault(err, mentoring.Invalid) {
			h.Errorf("got %v", err)
		}
	})
}
