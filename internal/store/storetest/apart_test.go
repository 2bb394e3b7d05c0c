//go:build unix

package storetest

import (
	"errors"
	"slices"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/store"
)

// towards is that the first evaluates whoever has an address.
func towards(id, person, address string) store.AuthorityAddress {
	return store.AuthorityAddress{ID: id, Person: person, Address: address, Kind: "evaluates", Above: true, Span: store.Span{From: "2027-01-01", To: "2027-12-31"}, MadeAt: noon}
}

// between says what stands between two people: a wish, and positions from the first over the second.
func between(t *testing.T, db *store.DB, a, b string) (apart, evaluates bool) {
	t.Helper()
	view(t, db, func(tx *store.Tx) (err error) {
		if apart, err = tx.Apart(a, b); err != nil {
			return err
		}
		back, err := tx.Apart(b, a)
		if err != nil || back != apart {
			t.Errorf("a wish holds one way only: %t, %t, %v", apart, back, err)
		}
		for _, person := range []string{a, b} {
			edges, err := tx.Standing(person, "2027-03-14")
			if err != nil {
				return err
			}
			has := slices.Contains(edges, store.Edge{From: a, To: b, Kind: "evaluates"})
			if person == b && has != evaluates {
				t.Errorf("%s and %s read different positions", a, b)
			}
			evaluates = has
		}
		return nil
	})
	return apart, evaluates
}

// AP-6, H5: who is meant by an address is who has it, whenever that is.
func TestWhatNamesAnAddressHoldsForWhoeverHasIt(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		account(t, db, "ana", "ben", "zoe")
		holds := func(what string, id string, want bool) {
			t.Helper()
			if apart, evaluates := between(t, db, "ana", id); apart != want || evaluates != want {
				t.Errorf("%s: %s is apart %t, evaluated %t", what, id, apart, evaluates)
			}
		}
		name := func(folded, address string) func(tx *store.Tx) error {
			return func(tx *store.Tx) error {
				return errors.Join(tx.AddVetoAddress("ana", folded, store.VetoAddress{ID: "w " + folded, Address: address, MadeAt: noon}),
					tx.AddAuthorityAddress(towards("a "+folded, "ana", address), folded))
			}
		}
		update(t, db, name("ben@example.org", "Ben@example.org"))
		update(t, db, name("ben@example.org", "ben@example.org")) // again
		holds("an address that is somebody's", "ben", true)
		holds("somebody else", "zoe", false)

		later := store.Email{Folded: "later@example.org", Address: "later@example.org", Account: "zoe", Kind: store.Personal}
		update(t, db, name(later.Folded, later.Address))
		holds("an address of nobody", "zoe", false)
		update(t, db, func(tx *store.Tx) error { return tx.AddEmail(later) })
		holds("an address that somebody adds", "zoe", true)
		update(t, db, func(tx *store.Tx) error { return tx.DeleteEmail(later.Folded) })
		holds("an address that was never shown to be anybody's", "zoe", false)

		later.VerifiedAt = noon
		update(t, db, func(tx *store.Tx) error { return tx.AddEmail(later) })
		update(t, db, func(tx *store.Tx) error { return tx.LeaveEmail(later.Folded, noon) })
		holds("an address that is being left", "zoe", true)
		update(t, db, func(tx *store.Tx) error { _, err := tx.SweepEmails(noon); return err })
		holds("an address that was given up", "zoe", true)
		account(t, db, "max")
		later.Account = "max"
		update(t, db, func(tx *store.Tx) error { return tx.AddEmail(later) })
		holds("who has it next", "max", true)
		holds("who had it first", "zoe", true)

		view(t, db, func(tx *store.Tx) error {
			wishes, err := tx.VetoAddresses("ana")
			declared, err2 := tx.AuthorityAddressesBy("ana")
			if len(wishes) != 2 || wishes[0].Address != "Ben@example.org" || len(declared) != 2 || declared[0].Other != "ben" || declared[1].Other != "max" {
				t.Errorf("Ana reads %+v, %+v", wishes, declared)
			}
			for _, person := range []string{"ben", "zoe", "max"} {
				wishes, err := tx.VetoAddresses(person)
				vetoes, err2 := tx.Vetoes(person)
				of, err3 := tx.AuthorityAddressesOf(person)
				if len(wishes)+len(vetoes) != 0 || len(of) != 1 || errors.Join(err, err2, err3) != nil {
					t.Errorf("%s reads %v, %v, %v", person, wishes, vetoes, of)
				}
			}
			return errors.Join(err, err2)
		})
		update(t, db, func(tx *store.Tx) error {
			other, err := tx.DeleteVetoAddress("ben", "w ben@example.org")
			own, err2 := tx.DeleteVetoAddress("ana", "w ben@example.org")
			if other || !own {
				t.Errorf("taken back by another: %t, by Ana: %t", other, own)
			}
			return errors.Join(err, err2, tx.DropAuthorityAddresses("ana"))
		})
		holds("taken back", "ben", false)
	})
}

func TestPositionTowardsAnAddressHoldsOnItsDaysOnly(t *testing.T) { // H3
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		account(t, db, "ana", "ben")
		below := towards("b", "ana", "ben@example.org")
		below.Above, below.Kind = false, "pays"
		update(t, db, func(tx *store.Tx) error {
			return errors.Join(tx.AddAuthorityAddress(towards("a", "ana", "ben@example.org"), "ben@example.org"), tx.AddAuthorityAddress(below, "ben@example.org"))
		})
		for day, want := range map[string][]store.Edge{
			"2026-12-31": nil, "2028-01-01": nil,
			"2027-01-01": {{From: "ana", To: "ben", Kind: "evaluates"}, {From: "ben", To: "ana", Kind: "pays"}},
		} {
			for _, person := range []string{"ana", "ben"} {
				view(t, db, func(tx *store.Tx) error {
					got, err := tx.Standing(person, day)
					if !slices.Equal(got, want) {
						t.Errorf("%s on %s: %v", person, day, got)
					}
					return err
				})
			}
		}
		update(t, db, func(tx *store.Tx) error {
			n, err := tx.SweepAuthorities("2028-01-01")
			if n != 2 {
				t.Errorf("%d positions go", n)
			}
			return err
		})
	})
}

// TestMergedPersonKeepsWhatNamedAddresses is about the safety of people: a wish not to be matched outlives a merge.
func TestMergedPersonKeepsWhatNamedAddresses(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		account(t, db, "old", "new", "x", "y", "z")
		wish := func(tx *store.Tx, person, address string) error {
			return errors.Join(tx.AddVetoAddress(person, address, store.VetoAddress{ID: person + address, Address: address, MadeAt: noon}),
				tx.AddAuthorityAddress(towards(person+address, person, address), address))
		}
		update(t, db, func(tx *store.Tx) error {
			return errors.Join(
				wish(tx, "old", "x@example.org"), wish(tx, "new", "x@example.org"), // which both named
				wish(tx, "old", "new@example.org"), wish(tx, "new", "old@example.org"), // each other
				wish(tx, "old", "nobody@example.org"), wish(tx, "y", "old@example.org"), wish(tx, "z", "gone@example.org"),
				tx.AddEmail(store.Email{Folded: "gone@example.org", Address: "gone@example.org", Account: "old", Kind: store.Personal, VerifiedAt: noon}),
				tx.DeleteEmail("gone@example.org"), tx.MoveEmails("old", "new"), tx.MergePerson("old", "new"))
		})
		for _, pair := range [][2]string{{"new", "x"}, {"y", "new"}, {"z", "new"}} { // of the last the address is nobody's by now
			if apart, evaluates := between(t, db, pair[0], pair[1]); !apart || !evaluates {
				t.Errorf("%s: apart %t, evaluated %t", pair, apart, evaluates)
			}
		}
		view(t, db, func(tx *store.Tx) error {
			var named []string
			wishes, err := tx.VetoAddresses("new")
			for _, v := range wishes {
				named = append(named, v.Address)
			}
			declared, err2 := tx.AuthorityAddressesBy("new")
			of, err3 := tx.AuthorityAddressesOf("new")
			if !slices.Equal(named, []string{"nobody@example.org", "x@example.org"}) || len(declared) != 2 || len(of) != 2 {
				t.Errorf("got %q, %v, %v", named, declared, of)
			}
			left, err4 := tx.VetoAddresses("old")
			leftOf, err5 := tx.AuthorityAddressesOf("old")
			if len(left)+len(leftOf) != 0 {
				t.Errorf("left behind: %v, %v", left, leftOf)
			}
			return errors.Join(err, err2, err3, err4, err5)
		})
	})
}
