//go:build unix

package storetest

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/store"
)

func passkey(id, account string, at time.Time) store.Passkey {
	return store.Passkey{ID: id, Credential: []byte("credential " + id), Handle: []byte(account), Account: account, Name: "Phone", Record: "{}", MadeAt: at}
}

func TestPasskeyIsKeptUsedAndForgotten(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		account(t, db, "a", "b")
		update(t, db, func(tx *store.Tx) error {
			return errors.Join(tx.AddPasskey(passkey("p1", "a", noon)), tx.AddPasskey(passkey("p2", "a", noon.Add(time.Hour))), tx.AddPasskey(passkey("p3", "b", noon)))
		})
		refused(t, db, "a passkey of two", store.UniqueRule, func(tx *store.Tx) error {
			p := passkey("p4", "b", noon)
			p.Credential = []byte("credential p1")
			return tx.AddPasskey(p)
		})
		refused(t, db, "without a name", store.CheckRule, func(tx *store.Tx) error {
			p := passkey("p4", "b", noon)
			p.Name = ""
			return tx.AddPasskey(p)
		})
		refused(t, db, "nobody's", store.ForeignKeyRule, func(tx *store.Tx) error { return tx.AddPasskey(passkey("p4", "x", noon)) })
		update(t, db, func(tx *store.Tx) error {
			renamed, err := tx.RenamePasskey("p1", "a", "Key ring")
			others, err2 := tx.RenamePasskey("p3", "a", "Mine")
			if !renamed || others {
				t.Errorf("renamed %v, and that of somebody else %v", renamed, others)
			}
			return errors.Join(err, err2, tx.UsePasskey("p1", `{"n":1}`, noon.Add(time.Minute)))
		})
		view(t, db, func(tx *store.Tx) error {
			got, err := tx.PasskeyByCredential([]byte("credential p1"))
			if got.ID != "p1" || got.Account != "a" || !bytes.Equal(got.Handle, []byte("a")) || got.Name != "Key ring" || got.Record != `{"n":1}` || !got.UsedAt.Equal(second(noon.Add(time.Minute))) {
				t.Errorf("got %+v", got)
			}
			if _, err := tx.PasskeyByCredential([]byte("p1")); !store.IsKind(err, store.NotFound) {
				t.Errorf("an unknown one: %v", err)
			}
			return err
		})
		update(t, db, func(tx *store.Tx) error {
			others, err := tx.DeletePasskey("p3", "a")
			n, err2 := tx.DeletePasskeysSince("a", noon.Add(time.Hour))
			if others || n != 1 {
				t.Errorf("forgotten: that of somebody else %v, those since then %d", others, n)
			}
			return errors.Join(err, err2, tx.MovePasskeys("b", "a"))
		})
		view(t, db, func(tx *store.Tx) error {
			got, err := tx.Passkeys("a")
			if len(got) != 2 || got[0].ID != "p1" || got[1].ID != "p3" || !got[1].UsedAt.IsZero() || !bytes.Equal(got[1].Handle, []byte("b")) {
				t.Errorf("got %+v", got)
			}
			return err
		})
	})
}

func TestIdentityIsOfOneAccountAndNamedByIssuerAndSubject(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		account(t, db, "a", "b")
		identity := func(issuer, subject, account string) store.Identity {
			return store.Identity{Issuer: issuer, Subject: subject, Account: account, Institution: "university", Address: "zoe@hospital.example", MadeAt: noon}
		}
		update(t, db, func(tx *store.Tx) error {
			return errors.Join(tx.AddIdentity(identity("https://one.example", "7", "a")), tx.AddIdentity(identity("https://two.example", "7", "b")), tx.AddIdentity(identity("https://one.example", "8", "b")))
		})
		refused(t, db, "one identity of two", store.UniqueRule, func(tx *store.Tx) error { return tx.AddIdentity(identity("https://one.example", "7", "b")) })
		refused(t, db, "without a subject", store.CheckRule, func(tx *store.Tx) error { return tx.AddIdentity(identity("https://one.example", "", "b")) })
		update(t, db, func(tx *store.Tx) error {
			i := identity("https://one.example", "7", "b")
			i.Address = "zoe.new@hospital.example"
			return tx.UseIdentity(i, noon.Add(time.Hour))
		})
		view(t, db, func(tx *store.Tx) error {
			got, err := tx.Identity("https://one.example", "7")
			want := store.Identity{
				Issuer: "https://one.example", Subject: "7", Account: "a", Institution: "university", Address: "zoe.new@hospital.example",
				MadeAt: second(noon), UsedAt: second(noon.Add(time.Hour)),
			}
			if got != want {
				t.Errorf("got %+v", got)
			}
			if _, err := tx.Identity("https://one.example", "70"); !store.IsKind(err, store.NotFound) {
				t.Errorf("an unknown one: %v", err)
			}
			return err
		})
		update(t, db, func(tx *store.Tx) error {
			others, err := tx.DeleteIdentity("https://two.example", "7", "a")
			own, err2 := tx.DeleteIdentity("https://two.example", "7", "b")
			if others || !own {
				t.Errorf("forgotten: that of somebody else %v, one's own %v", others, own)
			}
			if n, err := tx.DeleteIdentitiesSince("a", noon.Add(time.Second)); n != 0 || err != nil {
				t.Errorf("forgotten: %d from before, %v", n, err)
			}
			return errors.Join(err, err2, tx.MoveIdentities("b", "a"))
		})
		view(t, db, func(tx *store.Tx) error {
			got, err := tx.Identities("a")
			if len(got) != 2 || got[0].Subject != "7" || got[1].Subject != "8" {
				t.Errorf("got %+v", got)
			}
			return err
		})
		update(t, db, func(tx *store.Tx) error {
			n, err := tx.DeleteIdentitiesSince("a", noon)
			if n != 2 {
				t.Errorf("forgotten: %d of those since then", n)
			}
			return err
		})
	})
}

func TestCeremonyEndsOnceAndWithItsLink(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		account(t, db, "a")
		ceremony := func(hash string, kind store.CeremonyKind, account string) store.Ceremony {
			return store.Ceremony{Hash: []byte(hash), Kind: kind, Browser: []byte("browser"), Account: account, Record: "{}", MadeAt: noon, ExpiresAt: noon.Add(time.Hour)}
		}
		link := func(id string) store.Link {
			return store.Link{ID: id, Hash: []byte("hash " + id), Purpose: store.SignIn, Address: "a@example.org", MadeAt: noon, ExpiresAt: noon.Add(15 * time.Minute)}
		}
		update(t, db, func(tx *store.Tx) error {
			return errors.Join(
				tx.AddCeremony(ceremony("c1", store.AddPasskeyCeremony, "a")), tx.AddCeremony(ceremony("c2", store.IdentityCeremony, "")),
				tx.AddCeremony(ceremony("c3", store.InstitutionCeremony, "")), tx.AddLink(link("l1")), tx.AddLink(link("l2")),
				tx.WaitForLink([]byte("c2"), "l1"), tx.WaitForLink([]byte("c2"), "l2"))
		})
		refused(t, db, "the same name twice", store.UniqueRule, func(tx *store.Tx) error { return tx.AddCeremony(ceremony("c1", store.PasskeyCeremony, "")) })
		refused(t, db, "over as it begins", store.CheckRule, func(tx *store.Tx) error {
			c := ceremony("c9", store.PasskeyCeremony, "")
			c.ExpiresAt = noon
			return tx.AddCeremony(c)
		})
		refused(t, db, "an unknown kind", store.CheckRule, func(tx *store.Tx) error { return tx.AddCeremony(ceremony("c9", "dance", "")) })
		refused(t, db, "a passkey that waits for a link", store.CheckRule, func(tx *store.Tx) error { return tx.WaitForLink([]byte("c1"), "l1") })
		view(t, db, func(tx *store.Tx) error {
			if _, err := tx.CeremonyByLink("l1"); !store.IsKind(err, store.NotFound) {
				t.Errorf("it waits for the earlier link: %v", err)
			}
			got, err := tx.CeremonyByLink("l2")
			if string(got.Hash) != "c2" || got.Kind != store.IdentityCeremony || got.Link != "l2" || got.Account != "" || !got.ExpiresAt.Equal(second(noon.Add(time.Hour))) {
				t.Errorf("got %+v", got)
			}
			return err
		})
		end := func(hash string) (ended bool) {
			update(t, db, func(tx *store.Tx) (err error) { ended, err = tx.EndCeremony([]byte(hash)); return err })
			return ended
		}
		if !end("c3") || end("c3") {
			t.Error("it does not end once")
		}
		update(t, db, func(tx *store.Tx) error { _, err := tx.SweepLinks(noon.Add(time.Hour)); return err })
		if end("c2") {
			t.Error("it outlives the link that it waits for")
		}
		update(t, db, func(tx *store.Tx) error { return tx.EndCeremoniesOf("a") })
		if end("c1") {
			t.Error("it outlives those of its account")
		}
		update(t, db, func(tx *store.Tx) error {
			if err := tx.AddCeremony(ceremony("c4", store.PasskeyCeremony, "")); err != nil {
				return err
			}
			early, err := tx.SweepCeremonies(noon.Add(time.Hour - time.Microsecond))
			late, err2 := tx.SweepCeremonies(noon.Add(time.Hour))
			if early != 0 || late != 1 {
				t.Errorf("swept %d early and %d late", early, late)
			}
			return errors.Join(err, err2)
		})
	})
}
