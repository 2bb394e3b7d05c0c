//go:build unix

package storetest

import (
	"errors"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/store"
)

// Going back over programs and over what names addresses loses those rows alone, and what is left takes new ones afterwards.
func TestSchemaGoesBackOverProgramsWithRowsInThem(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		at := time.Date(2027, 3, 14, 9, 0, 0, 0, time.UTC)
		update := func(f func(tx *store.Tx) error) {
			t.Helper()
			if err := db.Update(t.Context(), f); err != nil {
				t.Fatal(err)
			}
		}
		update(func(tx *store.Tx) error {
			return errors.Join(
				tx.AddUnit(store.Unit{ID: "u", NameEn: "Unit", NameFr: "Unité"}),
				tx.AddAccount(store.Account{ID: "ana", Language: "en", MadeAt: at}),
				tx.AddAccount(store.Account{ID: "ben", Language: "fr-CA", MadeAt: at}),
			)
		})
		fill := func(tx *store.Tx) error {
			if err := tx.AddProgram(store.Program{ID: "p", NameEn: "P", NameFr: "P", MadeAt: at, MadeBy: "ben"}); err != nil {
				return err
			}
			_, runs := tx.AddCoordinator("p", "ben", at)
			_, enrolled := tx.Enrol(store.Enrolment{Program: "p", Person: "ana", Since: at})
			_, invited := tx.AddInvitation(store.Invitation{ID: "i", Program: "p", Part: store.Participant, Folded: "x@example.org", Address: "X@example.org", Language: "en", Unit: "u", Ladder: "rank", MadeAt: at, MadeBy: "ben"})
			return errors.Join(runs, enrolled, invited,
				tx.AddVetoAddress("ana", "x@example.org", store.VetoAddress{ID: "v", Address: "x@example.org", MadeAt: at}),
				tx.AddAuthorityAddress(store.AuthorityAddress{ID: "a", Person: "ana", Address: "x@example.org", Kind: "family", Span: store.Span{From: "2027-01-01"}, MadeAt: at}, "x@example.org"))
		}
		for _, back := range []int64{9, 8} {
			update(func(tx *store.Tx) error {
				if _, err := tx.Program("p"); err == nil {
					return nil
				}
				return fill(tx)
			})
			for _, version := range []int64{back, -1} {
				if err := db.MigrateTo(t.Context(), version); err != nil {
					t.Fatalf("to %d: %v", version, err)
				}
			}
			err := db.View(t.Context(), func(tx *store.Tx) error {
				if _, err := tx.Account("ana"); err != nil {
					return err
				}
				wishes, err := tx.VetoAddresses("ana")
				if err != nil || len(wishes) != 0 {
					t.Errorf("back to %d: %d wishes are left, %v", back, len(wishes), err)
				}
				_, err = tx.Program("p")
				if there := err == nil; there != (back == 9) {
					t.Errorf("back to %d: the program is there: %t", back, there)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		update(fill)
	})
}
