//go:build unix

package audit

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"fmt"
	mathrand "math/rand/v2"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
)

var noon = time.Date(2027, 3, 14, 12, 0, 0, 0, time.UTC)

// keys are a signer and its verifier, made for a test.
func keys(t *testing.T) (note.Signer, note.Verifier) {
	t.Helper()
	secret, public, err := note.GenerateKey(rand.Reader, "mentoring.example.org/audit")
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := note.NewVerifier(public)
	if err != nil {
		t.Fatal(err)
	}
	return signer, verifier
}

// log records so many events and seals them, some at a time.
func log(t *testing.T, db *store.DB, s *Sealer, events int) {
	t.Helper()
	for k := range events {
		err := db.Update(t.Context(), func(tx *store.Tx) error {
			return Record(tx, noon.Add(time.Duration(k)*time.Second), Event{
				Actor: fmt.Sprintf("person %d", k%5), Action: "relationship.end", Kind: "relationship", Object: fmt.Sprint("r", k),
				Was: []byte("active"), Became: []byte("ended"), About: []string{"person 0", "person 9"},
			})
		})
		if err != nil {
			t.Fatal(err)
		}
		if k%7 == 6 {
			seal(t, s)
		}
	}
	seal(t, s)
}

func seal(t *testing.T, s *Sealer) {
	t.Helper()
	for {
		n, err := s.Seal(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			return
		}
	}
}

// plainRoot is the hash tree as RFC 6962 defines it, by recursion.
func plainRoot(leaves []hash) hash {
	switch len(leaves) {
	case 0:
		return sha256.Sum256(nil)
	case 1:
		return leaves[0]
	}
	k := 1
	for k*2 < len(leaves) {
		k *= 2
	}
	return node(plainRoot(leaves[:k]), plainRoot(leaves[k:]))
}

func TestGrowingTreeHasTheRootThatTheStandardDefines(t *testing.T) {
	t.Parallel()
	var grown tree
	var leaves []hash
	for k := range 300 {
		if grown.root() != plainRoot(leaves) {
			t.Fatalf("the roots of %d leaves differ", k)
		}
		kept, err := treeOf(grown.bytes())
		if err != nil || kept.root() != grown.root() || kept.size != grown.size {
			t.Fatalf("the tree of %d leaves is not read back: %v", k, err)
		}
		h := sha256.Sum256([]byte{byte(k), byte(k >> 8)})
		grown.add(h)
		leaves = append(leaves, h)
	}
}

func TestIntactLogIsVerified(t *testing.T) {
	t.Parallel()
	signer, key := keys(t)
	storetest.Both(t, func(t *testing.T, db *store.DB) {
		s := &Sealer{db, signer, func() time.Time { return noon }}
		if found, err := Verify(t.Context(), db, key); err != nil || found != (Found{}) {
			t.Errorf("an empty log: %+v, %v", found, err)
		}
		log(t, db, s, 30)
		early := latest(t, db, key)
		log(t, db, s, 600)
		found, err := Verify(t.Context(), db, key, early, latest(t, db, key))
		if err != nil || found.Events != 630 || found.Seals < 30 || found.Unsealed != 0 {
			t.Errorf("%+v, %v", found, err)
		}
	})
}

func latest(t *testing.T, db *store.DB, key note.Verifier) Checkpoint {
	t.Helper()
	var signed []byte
	err := db.View(t.Context(), func(tx *store.Tx) (err error) {
		signed, err = Latest(tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	c, err := Open(signed, key)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestEveryTamperingIsNoticed changes one thing at a time, past the store, and puts it right again.
func TestEveryTamperingIsNoticed(t *testing.T) {
	t.Parallel()
	signer, key := keys(t)
	for _, engine := range []store.Engine{store.SQLite, store.PostgreSQL} {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			source := storetest.Source(t, engine)
			db := storetest.Open(t, source)
			log(t, db, &Sealer{db, signer, func() time.Time { return noon }}, 60)
			raw := storetest.Raw(t, source)
			random := mathrand.New(mathrand.NewPCG(1, 2))
			changes := []string{
				`UPDATE event SET actor = actor || 'x' WHERE %s`,
				`UPDATE event SET at = at + 1 WHERE %s`,
				`UPDATE event SET for_whom = 'person 3' WHERE %s`,
				`UPDATE event SET action = 'relationship.pause' WHERE %s`,
				`UPDATE event SET object_id = object_id || '0' WHERE %s`,
				`UPDATE event SET became = was WHERE %s`,
				`UPDATE event SET place = place + 1000 WHERE %s`,
				`UPDATE event SET seal = NULL, place = NULL WHERE %s`,
				`UPDATE event SET seal = (SELECT MAX(number) FROM seal), place = 500 WHERE %s`,
				`UPDATE seal SET events = events + 1 WHERE %s`,
				`UPDATE seal SET root = before WHERE %s`,
				`UPDATE seal SET before = signature WHERE %s`,
				`UPDATE seal SET signature = root WHERE %s`,
			}
			for round := range 200 {
				change := changes[round%len(changes)]
				where := fmt.Sprintf("object_id = 'r%d'", random.IntN(55))
				if strings.HasPrefix(change, "UPDATE seal") {
					where = fmt.Sprintf("number = %d", 2+random.IntN(6))
				}
				tampered(t, raw, fmt.Sprintf(change, where), func() {
					if found, err := Verify(t.Context(), db, key); err == nil {
						t.Errorf("unnoticed (%+v): %s", found, fmt.Sprintf(change, where))
					} else if !strings.Contains(err.Error(), "not intact") {
						t.Errorf("%s: %v", fmt.Sprintf(change, where), err)
					}
				})
			}
			if _, err := Verify(t.Context(), db, key); err != nil {
				t.Errorf("after everything was put right: %v", err)
			}
		})
	}
}

// tampered runs a statement, looks, and puts back the tables as they were.
func tampered(t *testing.T, raw *sql.DB, statement string, look func()) {
	t.Helper()
	for _, copy := range []string{"CREATE TABLE event_before AS SELECT * FROM event", "CREATE TABLE seal_before AS SELECT * FROM seal", statement} {
		if _, err := raw.Exec(copy); err != nil {
			t.Fatalf("%s: %v", copy, err)
		}
	}
	look()
	const columns = "at, actor, for_whom, action, object_kind, object_id, was, became, seal, place"
	for _, restore := range []string{
		"UPDATE event SET seal = NULL, place = NULL",
		"UPDATE seal SET (events, root, before, signature) = (SELECT b.events, b.root, b.before, b.signature FROM seal_before b WHERE b.number = seal.number)",
		"UPDATE event SET (" + columns + ") = (SELECT " + columns + " FROM event_before b WHERE b.id = event.id)",
		"DROP TABLE event_before", "DROP TABLE seal_before",
	} {
		if _, err := raw.Exec(restore); err != nil {
			t.Fatalf("%s: %v", restore, err)
		}
	}
}

func TestLogThatWasCutShortIsNoticed(t *testing.T) {
	t.Parallel()
	signer, key := keys(t)
	for _, engine := range []store.Engine{store.SQLite, store.PostgreSQL} {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			source := storetest.Source(t, engine)
			db := storetest.Open(t, source)
			log(t, db, &Sealer{db, signer, func() time.Time { return noon }}, 40)
			kept := latest(t, db, key)
			raw := storetest.Raw(t, source)
			for _, cut := range []string{
				"DELETE FROM event_about", "DELETE FROM event WHERE seal = (SELECT MAX(number) FROM seal)",
				"DELETE FROM seal WHERE number = (SELECT MAX(number) FROM seal)",
			} {
				if _, err := raw.Exec(cut); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := Verify(t.Context(), db, key); err == nil || !strings.Contains(err.Error(), "seals are missing") {
				t.Errorf("without a checkpoint: %v", err)
			}
			if _, err := raw.Exec("DELETE FROM setting"); err != nil {
				t.Fatal(err)
			}
			if _, err := Verify(t.Context(), db, key, kept); err == nil || !strings.Contains(err.Error(), "40 events were sealed once") {
				t.Errorf("with a checkpoint that somebody kept: %v", err)
			}
		})
	}
}

// TestRewrittenLogIsNoticedByWhoKeptACheckpoint makes the log anew with the right key, as who runs the server could.
func TestRewrittenLogIsNoticedByWhoKeptACheckpoint(t *testing.T) {
	t.Parallel()
	signer, key := keys(t)
	then, now := storetest.Open(t, storetest.Source(t, store.SQLite)), storetest.Open(t, storetest.Source(t, store.SQLite))
	log(t, then, &Sealer{then, signer, func() time.Time { return noon }}, 20)
	log(t, now, &Sealer{now, signer, func() time.Time { return noon }}, 50)
	if _, err := Verify(t.Context(), now, key); err != nil {
		t.Fatal(err)
	}
	if _, err := Verify(t.Context(), now, key, latest(t, then, key)); err == nil || !strings.Contains(err.Error(), "not those of a checkpoint") {
		t.Errorf("got %v", err)
	}
	_, other := keys(t)
	if _, err := Verify(context.Background(), now, other); err == nil {
		t.Error("the signature of another key is taken")
	}
}

func TestErasedPersonLeavesAnIntactLog(t *testing.T) {
	t.Parallel()
	signer, key := keys(t)
	source := storetest.Source(t, store.SQLite)
	db := storetest.Open(t, source)
	log(t, db, &Sealer{db, signer, func() time.Time { return noon }}, 20)
	if _, err := storetest.Raw(t, source).Exec("DELETE FROM event_about WHERE person = 'person 0'"); err != nil {
		t.Fatal(err)
	}
	if found, err := Verify(t.Context(), db, key); err != nil || found.Events != 20 {
		t.Errorf("%+v, %v", found, err)
	}
}

func TestContentIsLoggedAsHashAndReadByThoseConcerned(t *testing.T) {
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB) {
		err := db.Update(t.Context(), func(tx *store.Tx) error {
			return Record(tx, noon, Event{Actor: "p1", Action: "goal.edit", Kind: "goal", Object: "g1", Became: []byte("to sleep again"), About: []string{"p2", "p1", "p2"}})
		})
		if err != nil {
			t.Fatal(err)
		}
		err = db.View(t.Context(), func(tx *store.Tx) error {
			for _, person := range []string{"p1", "p2"} {
				read, err := tx.EventsAbout(person, store.Event{}, 5)
				if err != nil || len(read) != 1 {
					t.Fatalf("%s reads %+v, %v", person, read, err)
				}
				if said := fmt.Sprintf("%+v %s", read, read[0].Became); strings.Contains(said, "sleep") || len(read[0].Became) != sha256.Size || len(read[0].Was) != 0 {
					t.Errorf("got %s", said)
				}
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}
