//go:build unix

package storetest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/store"
)

var noon = time.Date(2027, 3, 14, 12, 0, 0, 123456789, time.UTC)

func update(t *testing.T, db *store.DB, f func(tx *store.Tx) error) {
	t.Helper()
	if err := db.Update(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func view(t *testing.T, db *store.DB, f func(tx *store.Tx) error) {
	t.Helper()
	if err := db.View(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

// job is one that waits to be done now.
func job(id string) store.Job {
	return store.Job{ID: id, Kind: "test", Payload: "{}", Due: noon, MadeAt: noon}
}

func TestBothEnginesHaveTheSameSchema(t *testing.T) {
	t.Parallel()
	lite, pg := Open(t, Source(t, store.SQLite)), Open(t, Source(t, store.PostgreSQL))
	a, err := lite.Columns(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b, err := pg.Columns(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(a, b) || len(a) < 20 {
		t.Errorf("SQLite has the columns\n%v\nand PostgreSQL\n%v", a, b)
	}
	for _, c := range a {
		if c.Type == "" {
			t.Errorf("%s.%s has a type that is not the same everywhere", c.Table, c.Name)
		}
	}
	x, err := lite.UniqueIndexes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	y, err := pg.UniqueIndexes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if slices.Sort(x); !slices.Equal(x, slices.Sorted(slices.Values(y))) || len(x) < 6 {
		t.Errorf("unique in SQLite:\n%s\nin PostgreSQL:\n%s", strings.Join(x, "\n"), strings.Join(y, "\n"))
	}
}

func TestEveryQueryIsUnderstoodByBothEngines(t *testing.T) {
	t.Parallel()
	if len(store.Queries()) < 20 {
		t.Errorf("only %d queries", len(store.Queries()))
	}
	Both(t, func(t *testing.T, db *store.DB) {
		if err := db.PrepareAll(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestTransactionIsAllOrNothing(t *testing.T) {
	t.Parallel()
	failed := errors.New("the rule says no")
	Both(t, func(t *testing.T, db *store.DB) {
		put := func(tx *store.Tx) {
			if err := tx.PutSetting("colour", "blue"); err != nil {
				t.Error(err)
			}
		}
		if err := db.Update(t.Context(), func(tx *store.Tx) error { put(tx); return failed }); !errors.Is(err, failed) {
			t.Errorf("the error became %v", err)
		}
		func() {
			defer func() { recover() }()
			_ = db.Update(t.Context(), func(tx *store.Tx) error { put(tx); panic("a mistake") })
		}()
		if err := db.View(t.Context(), func(tx *store.Tx) error { return tx.PutSetting("colour", "red") }); err == nil {
			t.Error("a view changed something")
		}
		view(t, db, func(tx *store.Tx) error {
			if value, err := tx.Setting("colour"); !store.IsKind(err, store.NotFound) {
				t.Errorf("something is left: %q, %v", value, err)
			}
			return nil
		})
		update(t, db, func(tx *store.Tx) error { put(tx); return nil })
		view(t, db, func(tx *store.Tx) error {
			if value, err := tx.Setting("colour"); value != "blue" {
				t.Errorf("got %q, %v", value, err)
			}
			return nil
		})
	})
}

// TestTransactionsHaveTheEffectOfOneAfterTheOther lets many read a number and write the next one.
func TestTransactionsHaveTheEffectOfOneAfterTheOther(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		update(t, db, func(tx *store.Tx) error { return tx.PutSetting("counter", "0") })
		var done atomic.Int64
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				for range 10 {
					err := db.Update(t.Context(), func(tx *store.Tx) error {
						value, err := tx.Setting("counter")
						if err != nil {
							return err
						}
						var n int
						if _, err := fmt.Sscan(value, &n); err != nil {
							return err
						}
						return tx.PutSetting("counter", fmt.Sprint(n+1))
					})
					if err == nil {
						done.Add(1)
					} else if !store.IsKind(err, store.Unavailable) {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		view(t, db, func(tx *store.Tx) error {
			if value, err := tx.Setting("counter"); value != fmt.Sprint(done.Load()) {
				t.Errorf("%d transactions say that they were done, and the counter is %s, %v", done.Load(), value, err)
			}
			return nil
		})
		if done.Load() < 30 {
			t.Errorf("only %d of 40 transactions got through", done.Load())
		}
	})
}

func TestJobComesBackAsItWasAdded(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		update(t, db, func(tx *store.Tx) error {
			_, err := tx.AddJob(store.Job{ID: "j1", Kind: "mail", Once: "mail:7", Payload: `{"to":"ï"}`, Due: noon, MadeAt: noon.Add(-time.Hour)})
			return err
		})
		update(t, db, func(tx *store.Tx) error {
			got, err := tx.ClaimJobs("w", noon, noon.Add(time.Minute), 5)
			second := func(at time.Time) time.Time { return at.Truncate(time.Microsecond) }
			want := store.Job{
				ID: "j1", Kind: "mail", Once: "mail:7", Payload: `{"to":"ï"}`, State: store.JobRunning, Due: second(noon), Attempts: 1,
				LeasedBy: "w", LeasedUntil: second(noon.Add(time.Minute)), MadeAt: second(noon.Add(-time.Hour)),
			}
			if len(got) != 1 || got[0] != want {
				t.Errorf("got %+v, want %+v", got, want)
			}
			return err
		})
	})
}

func TestOnlyOneJobOfANameWaits(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		add := func(id string) (added bool) {
			update(t, db, func(tx *store.Tx) (err error) {
				j := job(id)
				j.Once = "the one"
				added, err = tx.AddJob(j)
				return err
			})
			return added
		}
		if !add("a") || add("b") {
			t.Error("a second job of the same name was added, or not even the first")
		}
		update(t, db, func(tx *store.Tx) error {
			_, err := tx.ClaimJobs("w", noon, noon.Add(time.Minute), 1)
			return err
		})
		if add("c") {
			t.Error("a job of the same name was added while the first one runs")
		}
		update(t, db, func(tx *store.Tx) error {
			_, err := tx.FinishJob("a", "w", noon)
			return err
		})
		if !add("d") {
			t.Error("no further job of the name can be added after the first was done")
		}
	})
}

// TestEveryJobIsDoneOnce lets four workers do 400 jobs. Each leaves most of what it claims to its lease, and time passes
// only when nobody finds anything to do.
func TestEveryJobIsDoneOnce(t *testing.T) {
	t.Parallel()
	const jobs = 400
	Both(t, func(t *testing.T, db *store.DB) {
		update(t, db, func(tx *store.Tx) error {
			for k := range jobs {
				if _, err := tx.AddJob(job(fmt.Sprintf("job-%03d", k))); err != nil {
					return err
				}
			}
			return nil
		})
		var minutes, ended atomic.Int64
		// try does something until no other transaction is in its way.
		try := func(f func(tx *store.Tx) error) {
			err := db.Update(t.Context(), f)
			for store.IsKind(err, store.Unavailable) && t.Context().Err() == nil {
				err = db.Update(t.Context(), f)
			}
			if err != nil {
				t.Error(err)
			}
		}
		var all sync.WaitGroup
		for worker := range 4 {
			name := fmt.Sprint("worker ", worker)
			all.Go(func() {
				for ended.Load() < jobs && minutes.Load() < 1000 && !t.Failed() {
					now := noon.Add(time.Duration(minutes.Load()) * time.Minute)
					var claimed []store.Job
					try(func(tx *store.Tx) (err error) {
						claimed, err = tx.ClaimJobs(name, now, now.Add(time.Minute), 10)
						return err
					})
					if len(claimed) == 0 {
						minutes.Add(1)
					}
					for _, j := range claimed[:min(len(claimed), 3)] {
						mine := false
						try(func(tx *store.Tx) (err error) {
							mine, err = tx.FinishJob(j.ID, name, now)
							return err
						})
						if mine {
							ended.Add(1)
						}
					}
				}
			})
		}
		all.Wait()
		view(t, db, func(tx *store.Tx) error {
			counts, err := tx.CountJobs()
			if ended.Load() != jobs || counts[store.JobDone] != jobs || len(counts) != 1 {
				t.Errorf("%d jobs were ended, and there are %v", ended.Load(), counts)
			}
			return err
		})
	})
}

func TestWorkerThatLostItsLeaseEndsNothing(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		update(t, db, func(tx *store.Tx) error { _, err := tx.AddJob(job("a")); return err })
		claim := func(worker string, now time.Time) (n int) {
			update(t, db, func(tx *store.Tx) error {
				got, err := tx.ClaimJobs(worker, now, now.Add(time.Minute), 1)
				n = len(got)
				return err
			})
			return n
		}
		if claim("slow", noon) != 1 || claim("quick", noon.Add(30*time.Second)) != 0 || claim("quick", noon.Add(2*time.Minute)) != 1 {
			t.Fatal("leases do not hold, or do not end")
		}
		update(t, db, func(tx *store.Tx) error {
			for name, end := range map[string]func() (bool, error){
				"finish": func() (bool, error) { return tx.FinishJob("a", "slow", noon) },
				"retry":  func() (bool, error) { return tx.RetryJob("a", "slow", noon, "x") },
				"bury":   func() (bool, error) { return tx.BuryJob("a", "slow", noon, "x") },
				"extend": func() (bool, error) { return tx.ExtendJob("a", "slow", noon) },
			} {
				if done, err := end(); done || err != nil {
					t.Errorf("%s by the one who lost the lease: %v, %v", name, done, err)
				}
			}
			done, err := tx.FinishJob("a", "quick", noon)
			if !done {
				t.Error("the one who has the lease cannot finish")
			}
			return err
		})
	})
}

func TestDeadJobIsShownRevivedAndForgotten(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		update(t, db, func(tx *store.Tx) error {
			_, err := tx.AddJob(job("a"))
			if err == nil {
				_, err = tx.ClaimJobs("w", noon, noon.Add(time.Minute), 1)
			}
			if err == nil {
				_, err = tx.BuryJob("a", "w", noon, "the server of mails refuses")
			}
			return err
		})
		update(t, db, func(tx *store.Tx) error {
			dead, err := tx.DeadJobs(10)
			if err != nil || len(dead) != 1 || dead[0].Fault != "the server of mails refuses" {
				t.Errorf("got %+v, %v", dead, err)
			}
			revived, err := tx.ReviveJob("a", noon)
			if !revived {
				t.Error("the job stays dead")
			}
			return err
		})
		update(t, db, func(tx *store.Tx) error {
			if forgotten, err := tx.ForgetJob("a"); forgotten || err != nil {
				t.Errorf("a job that waits is forgotten, %v", err)
			}
			_, err := tx.ClaimJobs("w", noon, noon.Add(time.Minute), 1)
			if err == nil {
				_, err = tx.BuryJob("a", "w", noon, "again")
			}
			if err != nil {
				return err
			}
			for _, want := range []bool{true, false} {
				if forgotten, err := tx.ForgetJob("a"); forgotten != want || err != nil {
					t.Errorf("forgotten %v, %v", forgotten, err)
				}
			}
			return nil
		})
	})
}

func TestBrokenRulesAreConflictsOfTheSameKind(t *testing.T) {
	t.Parallel()
	event := store.Event{ID: "e1", At: noon, Actor: "p1", Action: "made", ObjectKind: "program", ObjectID: "g1"}
	Both(t, func(t *testing.T, db *store.DB) {
		update(t, db, func(tx *store.Tx) error { return tx.AddEvent(event) })
		for rule, change := range map[string]func(tx *store.Tx) error{
			store.UniqueRule: func(tx *store.Tx) error { return tx.AddEvent(event) },
			store.CheckRule: func(tx *store.Tx) error {
				return tx.AddSeal(store.Seal{Number: 0, At: noon, Events: 1, Root: []byte{1}, Signature: []byte{1}}, nil)
			},
		} {
			err := db.Update(t.Context(), change)
			if !errors.Is(err, &store.Fault{Kind: store.Conflict, Rule: rule}) {
				t.Errorf("%s: %v", rule, err)
			}
			if err != nil && strings.Contains(err.Error(), "e1") {
				t.Errorf("the text of the error quotes a value: %v", err)
			}
		}
	})
}

func TestEventsAreReadByThoseWhomTheyConcern(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		update(t, db, func(tx *store.Tx) error {
			for k := range 25 {
				e := store.Event{ID: fmt.Sprintf("e%02d", k), At: noon.Add(time.Duration(k/2) * time.Second), Actor: "p1", Action: "looked at", ObjectKind: "person", ObjectID: "p2", About: []string{"p2"}}
				if k%5 == 0 {
					e.About = append(e.About, "p3")
				}
				if err := tx.AddEvent(e); err != nil {
					return err
				}
			}
			return nil
		})
		view(t, db, func(tx *store.Tx) error {
			var read []string
			for before := (store.Event{}); ; {
				page, err := tx.EventsAbout("p2", before, 10)
				if err != nil {
					return err
				}
				for _, e := range page {
					read = append(read, e.ID)
				}
				if len(page) < 10 {
					break
				}
				before = page[9]
			}
			if len(read) != 25 || read[0] != "e24" || read[24] != "e00" || !slices.IsSortedFunc(read, func(a, b string) int { return strings.Compare(b, a) }) {
				t.Errorf("page by page: %v", read)
			}
			few, err := tx.EventsAbout("p3", store.Event{}, 10)
			if err != nil || len(few) != 5 {
				t.Errorf("p3 reads %d events, %v", len(few), err)
			}
			none, err := tx.EventsAbout("p1", store.Event{}, 10)
			if len(none) != 0 {
				t.Errorf("p1 reads %d events about others", len(none))
			}
			return err
		})
	})
}

func TestSealedEventsKeepTheirPlaces(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		update(t, db, func(tx *store.Tx) error {
			for k := range 7 {
				if err := tx.AddEvent(store.Event{ID: fmt.Sprint("e", k), At: noon, Actor: "p1", Action: "a", ObjectKind: "k", ObjectID: "o", Was: []byte{1}, Became: []byte{2}}); err != nil {
					return err
				}
			}
			events, err := tx.UnsealedEvents(5)
			if err != nil || len(events) != 5 {
				t.Errorf("%d unsealed, %v", len(events), err)
			}
			return tx.AddSeal(store.Seal{Number: 1, At: noon, Events: 5, Root: []byte{3}, Signature: []byte{4}}, events)
		})
		view(t, db, func(tx *store.Tx) error {
			sealed, err := tx.SealedEvents(1)
			if len(sealed) != 5 || sealed[4].ID != "e4" || sealed[4].Place != 4 || sealed[4].Seal != 1 {
				t.Errorf("got %+v, %v", sealed, err)
			}
			rest, err := tx.UnsealedEvents(5)
			if err != nil || len(rest) != 2 {
				t.Errorf("%d are left, %v", len(rest), err)
			}
			last, err := tx.LastSeal()
			if last.Number != 1 || last.Events != 5 || len(last.Before) != 0 || !last.At.Equal(noon.Truncate(time.Microsecond)) {
				t.Errorf("got %+v", last)
			}
			return err
		})
	})
}

func TestSecondProcessIsKeptOutOfTheDataFolder(t *testing.T) {
	t.Parallel()
	folder := Source(t, store.SQLite)
	Open(t, folder)
	_, err := store.Open(t.Context(), folder)
	if !store.IsKind(err, store.Unavailable) || !strings.Contains(err.Error(), "another process has it open") {
		t.Errorf("got %v", err)
	}
	info, err := os.Stat(folder + "/" + store.DatabaseFile)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file may be read by others: %v, %v", info.Mode(), err)
	}
}

func TestSeveralInstancesMayStartAtOnceOnPostgreSQL(t *testing.T) {
	t.Parallel()
	source := Source(t, store.PostgreSQL)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			db, err := store.Open(t.Context(), source)
			if err != nil {
				t.Error(err)
				return
			}
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

func TestSchemaGoesBackAndForth(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		before, err := db.Columns(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := db.MigrateTo(t.Context(), 0); err != nil {
			t.Fatal(err)
		}
		if left, err := db.Columns(t.Context()); err != nil || len(left) != 0 {
			t.Errorf("left behind: %v, %v", left, err)
		}
		if err := db.MigrateTo(t.Context(), -1); err != nil {
			t.Fatal(err)
		}
		if after, err := db.Columns(t.Context()); err != nil || !slices.Equal(before, after) {
			t.Errorf("got %v, %v", after, err)
		}
	})
}

func TestUnreachableDatabaseIsUnavailableAndItsPasswordStaysSecret(t *testing.T) {
	t.Parallel()
	_, err := store.Open(t.Context(), "postgres://chiron:hunter2@127.0.0.1:1/chiron")
	if !store.IsKind(err, store.Unavailable) || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("got %v", err)
	}
	if _, err = store.Open(t.Context(), "postgres://chiron:hunter2@%zz/chiron"); err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("got %v", err)
	}
}

func TestServersThatAreGoneAreSwept(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	long := time.Now().Add(-time.Hour)
	for name, pid := range map[string]string{"gone": "2147483646\n/data", "here": fmt.Sprintf("%d\n/data", os.Getpid()), "unfinished": "", "new": "2147483646\n"} {
		data := filepath.Join(folder, name, "data")
		if err := os.MkdirAll(data, 0o700); err != nil {
			t.Fatal(err)
		}
		if pid != "" {
			if err := os.WriteFile(filepath.Join(data, "postmaster.pid"), []byte(pid), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if name != "new" {
			if err := os.Chtimes(filepath.Join(folder, name), long, long); err != nil {
				t.Fatal(err)
			}
		}
	}
	sweep(filepath.Join(folder, "*"))
	left, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(left) != 2 || filepath.Base(left[0]) != "here" || filepath.Base(left[1]) != "new" {
		t.Errorf("left are %v, %v", left, err)
	}
}
