//go:build unix

package storetest

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/store"
)

func privateRow(person, about, key string) store.PrivateRow {
	return store.PrivateRow{ID: "row-" + person + about, Person: person, Kind: "kind", About: about, Key: key, Sealed: bytes.Repeat([]byte(key), 29)}
}

func TestPrivateRowKeepsItsIDWhenItIsPutAgain(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		account(t, db, "a", "b")
		first := privateRow("a", "", "k")
		again := privateRow("a", "", "m")
		again.ID = "another"
		update(t, db, func(tx *store.Tx) error {
			for _, r := range []store.PrivateRow{first, privateRow("a", "x", "k"), privateRow("b", "", "k"), again} {
				if err := tx.PutPrivate(r); err != nil {
					return err
				}
			}
			return nil
		})
		view(t, db, func(tx *store.Tx) error {
			got, err := tx.Private("a", "kind", "")
			if want := again; got.ID != first.ID || got.Key != want.Key || !bytes.Equal(got.Sealed, want.Sealed) || got.Person != "a" || got.Kind != "kind" || got.About != "" {
				t.Errorf("got %+v", got)
			}
			for _, missing := range [][3]string{{"b", "kind", "x"}, {"a", "other", ""}, {"nobody", "kind", ""}} {
				if _, err := tx.Private(missing[0], missing[1], missing[2]); !store.IsKind(err, store.NotFound) {
					t.Errorf("%v: %v", missing, err)
				}
			}
			counts, err2 := tx.PrivateKeys()
			if !slices.Equal(counts, []store.PrivateKey{{ID: "k", Rows: 2}, {ID: "m", Rows: 1}}) || err2 != nil {
				t.Errorf("rows by key: %v, %v", counts, err2)
			}
			return err
		})
		update(t, db, func(tx *store.Tx) error {
			for _, want := range []bool{true, false} {
				if was, err := tx.DeletePrivate("a", "kind", ""); was != want || err != nil {
					t.Errorf("deleted: %t, %v", was, err)
				}
			}
			return nil
		})
	})
}

func TestPrivateRowsAreGoneThroughByIDAndSealedAgain(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		account(t, db, "a")
		update(t, db, func(tx *store.Tx) error {
			for k := range 5 {
				if err := tx.PutPrivate(privateRow("a", fmt.Sprint(k), "k")); err != nil {
					return err
				}
			}
			return tx.ResealPrivate("row-a3", "m", bytes.Repeat([]byte("m"), 30))
		})
		view(t, db, func(tx *store.Tx) error {
			for what, page := range map[string]func() ([]store.PrivateRow, error){
				"row-a1 row-a2":               func() ([]store.PrivateRow, error) { return tx.PrivatePage("kind", "row-a0", 2) },
				"row-a0 row-a1 row-a2 row-a4": func() ([]store.PrivateRow, error) { return tx.PrivateByKey("k", "", 10) },
				"row-a3":                      func() ([]store.PrivateRow, error) { return tx.PrivateByKey("m", "", 10) },
				"":                            func() ([]store.PrivateRow, error) { return tx.PrivatePage("other", "", 10) },
			} {
				rows, err := page()
				got := ""
				for k, r := range rows {
					if got += r.ID; k < len(rows)-1 {
						got += " "
					}
				}
				if got != what || err != nil {
					t.Errorf("got %q, %v, want %q", got, err, what)
				}
			}
			return nil
		})
		refused(t, db, "of nobody", store.ForeignKeyRule, func(tx *store.Tx) error { return tx.PutPrivate(privateRow("nobody", "", "k")) })
		refused(t, db, "in the open", store.CheckRule, func(tx *store.Tx) error {
			r := privateRow("a", "open", "k")
			r.Sealed = []byte("none")
			return tx.PutPrivate(r)
		})
		refused(t, db, "under another's id", store.UniqueRule, func(tx *store.Tx) error {
			r := privateRow("a", "new", "k")
			r.ID = "row-a0"
			return tx.PutPrivate(r)
		})
		if err := db.Update(t.Context(), func(tx *store.Tx) error { return tx.ResealPrivate("nowhere", "k", bytes.Repeat([]byte("k"), 30)) }); !store.IsKind(err, store.NotFound) {
			t.Errorf("of a row that is not there: %v", err)
		}
	})
}

func TestOneInquiryAboutEachCharacteristicGoesOn(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		account(t, db, "root")
		asked := store.Inquiry{
			ID: "1", Characteristic: "religion", PurposeEnglish: "p", PurposeFrench: "é", NecessityEnglish: "n", NecessityFrench: "è", Months: 6, MadeBy: "root", MadeAt: second(noon),
		}
		update(t, db, func(tx *store.Tx) error { return tx.AddInquiry(asked) })
		second := asked
		second.ID = "2"
		refused(t, db, "two at once", store.UniqueRule, func(tx *store.Tx) error { return tx.AddInquiry(second) })
		update(t, db, func(tx *store.Tx) error {
			if err := tx.EndInquiry("1", noon.Add(time.Hour)); err != nil {
				return err
			}
			second.MadeAt = second.MadeAt.Add(time.Hour)
			return tx.AddInquiry(second)
		})
		if err := db.Update(t.Context(), func(tx *store.Tx) error { return tx.EndInquiry("1", noon) }); !store.IsKind(err, store.NotFound) {
			t.Errorf("ended twice: %v", err)
		}
		view(t, db, func(tx *store.Tx) error {
			now, err := tx.InquiriesNow()
			if len(now) != 1 || now[0] != second || err != nil {
				t.Errorf("now: %+v, %v", now, err)
			}
			ended := asked
			ended.EndedAt = asked.MadeAt.Add(time.Hour)
			all, err := tx.Inquiries()
			if !slices.Equal(all, []store.Inquiry{second, ended}) || err != nil {
				t.Errorf("ever: %+v, %v", all, err)
			}
			got, err := tx.Inquiry("1")
			if got != ended {
				t.Errorf("one: %+v", got)
			}
			return err
		})
	})
}

func TestConsentsAreALog(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		account(t, db, "a", "b")
		given := func(id, person, use string) store.Consent {
			return store.Consent{ID: id, Person: person, Inquiry: "i", Use: use, Wording: 1, Language: "fr-CA", Channel: "page", GivenAt: second(noon)}
		}
		update(t, db, func(tx *store.Tx) error {
			err := tx.AddInquiry(store.Inquiry{ID: "i", Characteristic: "age", PurposeEnglish: "p", PurposeFrench: "p", NecessityEnglish: "n", NecessityFrench: "n", Months: 1, MadeBy: "a", MadeAt: noon})
			for _, c := range []store.Consent{given("2", "a", "matching"), given("1", "b", "matching"), given("3", "a", "shown")} {
				if err == nil {
					err = tx.AddConsent(c)
				}
			}
			return err
		})
		refused(t, db, "twice", store.UniqueRule, func(tx *store.Tx) error { return tx.AddConsent(given("4", "a", "shown")) })
		refused(t, db, "to gossip", store.CheckRule, func(tx *store.Tx) error { return tx.AddConsent(given("4", "b", "gossip")) })
		refused(t, db, "of nobody", store.ForeignKeyRule, func(tx *store.Tx) error { return tx.AddConsent(given("4", "nobody", "shown")) })
		refused(t, db, "withdrawn before it was given", store.CheckRule, func(tx *store.Tx) error {
			_, err := tx.WithdrawConsent("3", noon.Add(-time.Hour), "page")
			return err
		})
		update(t, db, func(tx *store.Tx) error {
			for _, want := range []bool{true, false} {
				if was, err := tx.WithdrawConsent("2", noon.Add(time.Hour), "page"); was != want || err != nil {
					t.Errorf("withdrawn: %t, %v", was, err)
				}
			}
			return tx.AddConsent(given("5", "a", "matching"))
		})
		view(t, db, func(tx *store.Tx) error {
			withdrawn := given("2", "a", "matching")
			withdrawn.WithdrawnAt, withdrawn.WithdrawnBy = withdrawn.GivenAt.Add(time.Hour), "page"
			of, err := tx.Consents("a")
			if !slices.Equal(of, []store.Consent{withdrawn, given("3", "a", "shown"), given("5", "a", "matching")}) || err != nil {
				t.Errorf("of a: %+v, %v", of, err)
			}
			live, err := tx.LiveConsents("i", "matching", "", 10)
			if !slices.Equal(live, []store.Consent{given("1", "b", "matching"), given("5", "a", "matching")}) || err != nil {
				t.Errorf("live: %+v, %v", live, err)
			}
			if live, err = tx.LiveConsents("i", "matching", "1", 1); len(live) != 1 || live[0].ID != "5" {
				t.Errorf("behind the first: %+v, %v", live, err)
			}
			one, err := tx.Consent("2")
			if one != withdrawn {
				t.Errorf("one: %+v", one)
			}
			return err
		})
	})
}
