//go:build unix

package account

import (
	"errors"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

var makeBelieve = []Newcomer{{Address: "ada@une.example", Language: "en", Administrator: true}, {Address: "Luc@une.example", Language: "fr"}}

func TestAnybodyComesInAsAnybodyInADemonstration(t *testing.T) {
	both(t, func(h *house) {
		ids, err := h.Populate(h.Context(), "seed 1", makeBelieve)
		h.must(err)
		for _, from := range []string{"127.0.0.1:5000", "[::1]:5000", "::1", "127.8.9.10", "::ffff:127.0.0.1"} {
			e, err := h.EnterAs(h.Context(), Key{Remote: from}, ids[1])
			h.must(err)
			v := h.visit(e.Cookie)
			if v.Actor.Person != ids[1] || v.Actor.Operator || v.Language != "fr-CA" {
				h.Errorf("from %s: %+v", from, v)
			}
		}
		e, err := h.EnterAs(h.Context(), Key{Remote: "127.0.0.1"}, ids[0])
		h.must(err)
		if !h.visit(e.Cookie).Actor.Operator {
			h.Error("the administrator is none")
		}
		if len(h.catcher.Caught()) != 0 {
			h.Error("somebody make-believe was written to")
		}
		if _, err := h.FirstLink(h.Context()); !mentoring.IsFault(err, mentoring.Conflict) {
			h.Errorf("a link for a first administrator: %v", err)
		}
		mark, err := Demonstration(h.Context(), h.db)
		if mark != "seed 1" || err != nil {
			h.Errorf("the mark is %q, %v", mark, err)
		}
	})
}

// TestNobodyComesInAsSomebodyElseAnywhereElse tries it on an installation that people use, and on a demonstration from other
// machines: the answer is that of what does not exist, and nobody is in.
func TestNobodyComesInAsSomebodyElseAnywhereElse(t *testing.T) {
	both(t, func(h *house) {
		real := h.first("dean@example.org").Visit.Actor.Person
		_, err := h.EnterAs(h.Context(), Key{Remote: "127.0.0.1:5000"}, real)
		h.hidden("in an installation that people use", err)
		h.view(func(tx *store.Tx) error {
			all, err := tx.Sessions(string(real), h.now())
			if len(all) != 1 {
				h.Errorf("there are %d sessions", len(all))
			}
			return err
		})
	})
}

func TestDemonstrationIsOpenToItsOwnMachineAlone(t *testing.T) {
	both(t, func(h *house) {
		ids, err := h.Populate(h.Context(), "seed 1", makeBelieve)
		h.must(err)
		for _, from := range []string{"", "192.0.2.1:5000", "10.0.0.1", "localhost", "127.0.0.1.example.org", "[::2]:1", "0.0.0.0", "::", "::ffff:10.0.0.1", "fe80::1%lo"} {
			_, err := h.EnterAs(h.Context(), Key{Remote: from}, ids[0])
			h.hidden("from "+from, err)
		}
		for _, as := range []mentoring.PersonID{"", "nobody", ids[0] + "x"} {
			_, err := h.EnterAs(h.Context(), Key{Remote: "127.0.0.1"}, as)
			h.hidden("as "+string(as), err)
		}
	})
}

// TestStoreThatSomebodyHasUsedBecomesNoDemonstration tries with every trace that use leaves, and looks for the mark.
func TestStoreThatSomebodyHasUsedBecomesNoDemonstration(t *testing.T) {
	for name, use := range map[string]func(h *house){
		"an administrator": func(h *house) { h.first("dean@example.org") },
		"a member":         func(h *house) { h.somebody("zoe@example.org") },
		"sealed events": func(h *house) {
			h.first("dean@example.org")
			h.must(h.db.Update(h.Context(), func(tx *store.Tx) error {
				events, err := tx.UnsealedEvents(10)
				if err != nil {
					return err
				}
				return tx.AddSeal(store.Seal{Number: 1, At: h.now(), Events: len(events), Root: []byte{1}, Before: []byte{}, Signature: []byte{1}}, events)
			}))
		},
	} {
		t.Run(name, func(t *testing.T) {
			both(t, func(h *house) {
				use(h)
				if _, err := h.Populate(h.Context(), "seed 1", makeBelieve); !errors.Is(err, ErrUsed) {
					h.Errorf("got %v", err)
				}
				if mark, err := Demonstration(h.Context(), h.db); mark != "" || err != nil {
					h.Errorf("the mark is %q, %v", mark, err)
				}
				h.view(func(tx *store.Tx) error {
					_, err := tx.Email("ada@une.example")
					if !store.IsKind(err, store.NotFound) {
						h.Errorf("somebody make-believe is among them: %v", err)
					}
					return nil
				})
			})
		})
	}
	t.Run("a demonstration", func(t *testing.T) {
		both(t, func(h *house) {
			_, err := h.Populate(h.Context(), "seed 1", makeBelieve)
			h.must(err)
			if _, err := h.Populate(h.Context(), "seed 2", makeBelieve); !errors.Is(err, ErrUsed) {
				h.Errorf("got %v", err)
			}
		})
	})
}
