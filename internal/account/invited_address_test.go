//go:build unix

package account

import (
	"slices"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/store"
)

// invited are the ids of the invitations that somebody can answer.
func (h *house) invited(e Entered) (ids []string) {
	h.Helper()
	h.view(func(tx *store.Tx) error {
		all, err := tx.InvitationsTo(string(e.Visit.Actor.Person), time.Time{})
		for _, i := range all {
			ids = append(ids, i.ID)
		}
		return err
	})
	return ids
}

// invites keeps an invitation into a program for an address.
func (h *house) invites(id, program, address string) {
	h.Helper()
	h.must(h.db.Update(h.Context(), func(tx *store.Tx) error {
		if err := tx.AddProgram(store.Program{ID: program, NameEn: "P", NameFr: "P", MadeAt: h.now(), MadeBy: "root"}); err != nil {
			return err
		}
		_, err := tx.AddInvitation(store.Invitation{ID: id, Program: program, Part: store.Coordinator, Folded: address, Address: address, Language: "en", Given: "Ana", MadeAt: h.now(), MadeBy: "root"})
		return err
	}))
}

// Whoever was invited by an address that they have given up is not the one who has it next.
func TestInvitationDoesNotPassToWhoeverHasTheAddressNext(t *testing.T) {
	for _, swept := range []bool{true, false} {
		name := map[bool]string{true: "swept", false: "taken before it is swept"}[swept]
		t.Run(name, func(t *testing.T) {
			both(t, func(h *house) {
				ana := h.somebody("ana@hospital.ca")
				h.invites("hers", "p", "ana@hospital.ca")
				h.pass(time.Hour)
				ana = h.somebody("ana@hospital.ca")
				h.must(h.AskAddress(h.Context(), ana.Visit, "ana@home.ca", ""))
				h.must(h.ConfirmAddress(h.Context(), Key{Token: h.token("ana@home.ca"), Button: true}))
				h.pass(24 * time.Hour)
				h.invites("anybodys", "q", "ana@hospital.ca") // whoever reads it by then
				h.pass(RevertLasts)
				if swept {
					h.must(h.Sweep(h.Context()))
				}
				if got := h.invited(h.somebody("ana@hospital.ca")); !slices.Equal(got, []string{"anybodys"}) {
					h.Errorf("the next one can answer %v", got)
				}
			})
		})
	}
}
