//go:build unix

package private

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/keys"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
)

// fill puts values of many people and says who they are.
func fill(t testing.TB, v *Vault, people int) (who []string) {
	t.Helper()
	for k := range people {
		who = append(who, fmt.Sprintf("p%04d", k))
	}
	accounts(t, v.db, who...)
	update(t, v.db, func(tx *store.Tx) error {
		for _, person := range who {
			if err := v.Put(tx, of(person), []byte("says "+person)); err != nil {
				return err
			}
		}
		return nil
	})
	return who
}

func (v *Vault) rows(t testing.TB) (used string, rows map[string]int64) {
	t.Helper()
	rows = map[string]int64{}
	err := v.db.View(t.Context(), func(tx *store.Tx) (err error) {
		var keys []store.PrivateKey
		used, keys, err = InUse(tx)
		for _, k := range keys {
			rows[k.ID] = k.Rows
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return used, rows
}

func TestNewKeySealsAllAgainAndTheOldOneCanGo(t *testing.T) {
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB) {
		ctx, r := t.Context(), ring(t)
		v := vault(t, db, r)
		old := r.Current(noon).ID
		who := fill(t, v, 2*batch+50)
		may := func(id string) (err error) {
			return db.View(ctx, func(tx *store.Tx) error { return MayDrop(tx, r, id) })
		}
		if done, err := v.Rotate(ctx); err != nil || done.Resealed != 0 || done.Key != old {
			t.Errorf("without a new key: %+v, %v", done, err)
		}
		later, err := r.Renew(noon.Add(time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		if done, err := v.Rotate(ctx); err != nil || done.Key != old || !errors.Is(may(later.ID), ErrNeeded) {
			t.Errorf("with one that has not begun: %+v, %v", done, err)
		}
		v.now = func() time.Time { return noon.Add(time.Hour) }

		// Somebody changes what they have said, and others read, while the rows change keys.
		var beside sync.WaitGroup
		for n := range 4 {
			beside.Go(func() {
				for k := n; k < len(who); k += 4 {
					if k%8 == 0 {
						if err := db.Update(ctx, func(tx *store.Tx) error { return v.Put(tx, of(who[k]), []byte("says "+who[k])) }); err != nil {
							t.Error(err)
						}
					}
					if got, err := v.get(t, of(who[k])); got != "says "+who[k] || err != nil {
						t.Errorf("%s: %q, %v", who[k], got, err)
					}
				}
			})
		}
		done, err := v.Rotate(ctx)
		beside.Wait()
		if err != nil || done.Key != later.ID || len(done.Damaged) != 0 {
			t.Fatalf("%+v, %v", done, err)
		}
		used, rows := v.rows(t)
		if used != later.ID || len(rows) != 1 || rows[later.ID] != int64(len(who)) {
			t.Errorf("in use is %s, rows by key are %v", used, rows)
		}
		if !errors.Is(may(later.ID), ErrNeeded) || !errors.Is(may("feedfeedfeedfeed"), ErrNeeded) {
			t.Error("a key that is needed, or that nobody has, may be dropped")
		}
		if err := may(old); err != nil {
			t.Fatal(err)
		}
		if err := r.Drop(old, v.now()); err != nil {
			t.Fatal(err)
		}
		for _, person := range who {
			if got, err := v.get(t, of(person)); got != "says "+person || err != nil {
				t.Fatalf("without the old key: %q, %v", got, err)
			}
		}
	})
}

// Another process may have a folder of keys of its own, such as one on another machine.
func TestMachineWithoutTheNewKeySaysSo(t *testing.T) {
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB) {
		here := ring(t)
		elsewhere := t.TempDir()
		if err := os.CopyFS(elsewhere, os.DirFS(here.Folder())); err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(os.Chmod(elsewhere, 0o700), os.Chmod(elsewhere+"/letters.key", 0o600), os.Chmod(elsewhere+"/audit.key", 0o600), os.Chmod(elsewhere+"/sealing-1.key", 0o600)); err != nil {
			t.Fatal(err)
		}
		there, err := keys.Read(elsewhere)
		if err != nil {
			t.Fatal(err)
		}
		v, w := vault(t, db, here), vault(t, db, there)
		accounts(t, db, "a", "b")
		w.put(t, of("a"), "old")
		next, err := here.Renew(noon)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := v.Rotate(t.Context()); err != nil {
			t.Fatal(err)
		}
		missing := &Fault{Kind: KeyMissing}
		if _, err := w.get(t, of("a")); !errors.Is(err, missing) {
			t.Errorf("reads: %v", err)
		}
		if err := db.Update(t.Context(), func(tx *store.Tx) error { return w.Put(tx, of("b"), []byte("x")) }); !errors.Is(err, missing) {
			t.Errorf("seals with the old key: %v", err)
		}
		if _, err := w.Rotate(t.Context()); !errors.Is(err, missing) {
			t.Errorf("takes the old key into use again: %v", err)
		}
		file, err := os.ReadFile(here.Folder() + "/" + next.File)
		if err := errors.Join(err, os.WriteFile(elsewhere+"/"+next.File, file, 0o600)); err != nil {
			t.Fatal(err)
		}
		if got, err := w.get(t, of("a")); got != "old" || err != nil {
			t.Errorf("with the file of the key, and without a restart: %q, %v", got, err)
		}
	})
}

func TestDamagedRowsKeepTheirKeyAndHoldNothingUp(t *testing.T) {
	t.Parallel()
	source := storetest.Source(t, store.SQLite)
	db := storetest.Open(t, source)
	r := ring(t)
	v := vault(t, db, r)
	who := fill(t, v, batch+20)
	old := r.Current(noon).ID
	if _, err := storetest.Raw(t, source).Exec("UPDATE private_value SET about = 'x' WHERE person IN ('p0003', 'p0110')"); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Renew(noon); err != nil {
		t.Fatal(err)
	}
	for _, left := range []int{len(who) - 2, 0} {
		done, err := v.Rotate(t.Context())
		if err != nil || done.Resealed != left || len(done.Damaged) != 2 {
			t.Errorf("%+v, %v, want %d", done, err, left)
		}
	}
	if _, rows := v.rows(t); rows[old] != 2 {
		t.Errorf("rows by key: %v", rows)
	}
	err := db.View(t.Context(), func(tx *store.Tx) error { return MayDrop(tx, r, old) })
	if !errors.Is(err, ErrNeeded) {
		t.Errorf("its key may go: %v", err)
	}
}

// A child of this test changes keys without end until it is killed.
const rotating = "CHIRON_TEST_ROTATE"

func TestMain(m *testing.M) {
	if folder := os.Getenv(rotating); folder != "" {
		rotateForEver(folder, os.Getenv(rotating+"_KEYS"))
	}
	os.Exit(m.Run())
}

func rotateForEver(folder, keyFolder string) {
	ctx := context.Background()
	db, err := store.Open(ctx, folder)
	if err == nil {
		var r *keys.Ring
		if r, err = keys.Read(keyFolder); err == nil {
			for v := (&Vault{db, r, func() time.Time { return noon }}); err == nil; {
				if _, err = r.Renew(noon); err == nil {
					_, err = v.Rotate(ctx)
				}
			}
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// made waits until a child has made a key besides those that there were.
func made(t *testing.T, r *keys.Ring, before int) {
	t.Helper()
	for range 3000 {
		if err := r.Refresh(); err != nil {
			t.Fatal(err)
		}
		if len(r.Sealing()) > before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("the child makes no key")
}

func TestChangeOfKeysThatWasKilledGoesOn(t *testing.T) {
	t.Parallel()
	folder, r := t.TempDir(), ring(t)
	var who []string
	with := func(f func(v *Vault)) {
		db, err := store.Open(t.Context(), folder)
		if err != nil {
			t.Fatal(err)
		}
		v, err := Open(t.Context(), db, r, func() time.Time { return noon })
		if err == nil {
			f(v)
		}
		if err := errors.Join(err, db.Close()); err != nil {
			t.Fatal(err)
		}
	}
	with(func(v *Vault) { who = fill(t, v, 500) })
	midway := 0
	for round := range 6 {
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), rotating+"="+folder, rotating+"_KEYS="+r.Folder())
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		made(t, r, len(r.Sealing()))
		time.Sleep(time.Duration(7*round) * time.Millisecond)
		if err := child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := child.Wait(); err == nil || child.ProcessState.Exited() {
			t.Fatalf("the child ended by itself: %v", err)
		}
		with(func(v *Vault) {
			if err := r.Refresh(); err != nil {
				t.Fatal(err)
			}
			if _, rows := v.rows(t); len(rows) > 1 {
				midway++
			}
			done, err := v.Rotate(t.Context())
			if err != nil || len(done.Damaged) > 0 {
				t.Fatalf("%+v, %v", done, err)
			}
			if _, rows := v.rows(t); len(rows) != 1 || rows[done.Key] != int64(len(who)) {
				t.Errorf("round %d: rows by key are %v", round, rows)
			}
			for _, person := range who {
				if got, err := v.get(t, of(person)); got != "says "+person || err != nil {
					t.Fatalf("round %d: %s: %q, %v", round, person, got, err)
				}
			}
		})
	}
	if sealing := r.Sealing(); len(sealing) < 2 || !slices.IsSortedFunc(sealing, func(a, b keys.Key) int { return a.From.Compare(b.From) }) {
		t.Errorf("the children made no keys: %v", sealing)
	}
	t.Logf("%d of 6 were killed midway", midway)
}

func BenchmarkSealAgain(b *testing.B) {
	for _, engine := range []store.Engine{store.SQLite, store.PostgreSQL} {
		b.Run(string(engine), func(b *testing.B) {
			r := ring(b)
			v := vault(b, storetest.Open(b, storetest.Source(b, engine)), r)
			who := fill(b, v, 2000)
			for b.Loop() {
				if _, err := r.Renew(noon); err != nil {
					b.Fatal(err)
				}
				if done, err := v.Rotate(b.Context()); err != nil || done.Resealed != len(who) {
					b.Fatal(done, err)
				}
			}
			b.ReportMetric(float64(b.N*len(who))/b.Elapsed().Seconds(), "values/s")
		})
	}
}

func BenchmarkOpen(b *testing.B) {
	key := ring(b).Current(noon)
	row := store.PrivateRow{ID: "ABCDEFGHIJKLMNOPQRSTUVWXYZ", Person: "ABCDEFGHIJKLMNOPQRSTUVWXYZ", Kind: string(Characteristics)}
	seal(&row, key, []byte("none"))
	for b.Loop() {
		if _, err := key.AEAD().Open(nil, nil, row.Sealed, bound(&row)); err != nil {
			b.Fatal(err)
		}
	}
}
