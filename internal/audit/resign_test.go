//go:build unix

package audit

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
)

func TestLogWhoseKeyWasLostIsSignedWithAnotherAndGoesOn(t *testing.T) {
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB) {
		ctx := t.Context()
		lost, former := keys(t)
		key, verifier := keys(t)
		log(t, db, &Sealer{db, lost, func() time.Time { return noon }}, 1000)
		before, err := Verify(ctx, db, former)
		if err != nil {
			t.Fatal(err)
		}
		var latest []byte
		anew := func(by note.Verifier) (n int, err error) {
			err = db.Update(ctx, func(tx *store.Tx) (err error) {
				if latest, err = Latest(tx); err != nil {
					return err
				}
				n, err = SignAnew(ctx, tx, by, key)
				return err
			})
			return n, err
		}
		if _, err := anew(verifier); err == nil || !strings.Contains(err.Error(), "not intact, seal 1:") {
			t.Errorf("by a key that never signed: %v", err)
		}
		if n, err := anew(former); int64(n) != before.Seals || n < 100 || err != nil {
			t.Fatalf("%d of %d seals: %v", n, before.Seals, err)
		}
		kept, err := Open(latest, former)
		if err != nil {
			t.Fatal(err)
		}
		log(t, db, &Sealer{db, key, func() time.Time { return noon }}, 0)
		if after, err := Verify(ctx, db, verifier, kept); err != nil || after != before {
			t.Errorf("with the new key and an old checkpoint: %+v, %v, want %+v", after, err, before)
		}
		if _, err := Verify(ctx, db, former); err == nil {
			t.Error("the lost key still signs")
		}
	})
}
