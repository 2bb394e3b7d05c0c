//go:build unix

package operate_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/fault"
	. "github.com/chiron-mentoring/chiron/internal/operate"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
)

// earlier is an installation of an earlier version of the schema with rows in it: those of the ground floor, and from
// the second version on of everything that came with accounts.
func earlier(t testing.TB, engine store.Engine, version int64) Installation {
	t.Helper()
	of := house(t, engine)
	within(t, of.Source, func(db *store.DB) {
		if err := db.MigrateTo(t.Context(), version); err != nil {
			t.Fatal(err)
		}
	})
	return of
}

// Rows of columns that came later are not compared, nor the tables that did.
func TestEveryEarlierSchemaIsUpgradedWithItsRows(t *testing.T) {
	t.Parallel()
	for _, engine := range engines {
		fresh := storetest.Source(t, engine)
		within(t, fresh, func(*store.DB) {})
		want := schema(t, fresh)
		versions := store.Versions()
		for _, version := range versions[:len(versions)-1] {
			t.Run(fmt.Sprint(engine, version), func(t *testing.T) {
				t.Parallel()
				of := earlier(t, engine, version)
				before := dump(t, of.Source)
				if len(before) < 100 {
					t.Fatalf("only %d rows", len(before))
				}
				migrated, err := Migrate(t.Context(), of)
				if err != nil {
					t.Fatal(err)
				}
				if migrated.Present != version || migrated.Newest != store.NewestVersion() || migrated.Backup == nil || migrated.Backup.Manifest.Schema != version {
					t.Errorf("migrated %+v", migrated)
				}
				if words := difference(want, schema(t, of.Source)); words != "" {
					t.Errorf("- is of a fresh installation:\n%s", words)
				}
				after := strings.Join(dump(t, of.Source), "\n")
				for _, line := range before {
					if !has(after, line) {
						t.Errorf("missing: %s", line)
					}
				}
				if version > 1 {
					return
				}
				mustBeOfUse(t, of)
				// The backup from before can be restored by this program, too.
				back := of
				back.Source = storetest.Source(t, engine)
				if _, err := Restore(t.Context(), back, migrated.Backup.Path); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

// has says whether a row is in a dump, whatever columns it has got besides.
func has(dump, row string) bool {
	if strings.Contains(dump+"\n", row+"\n") {
		return true
	}
	table, values, _ := strings.Cut(row, " ")
	for line := range strings.Lines(dump) {
		if !strings.HasPrefix(line, table+" ") {
			continue
		}
		all := true
		for _, value := range strings.Fields(values) {
			all = all && strings.Contains(" "+strings.TrimSpace(line)+" ", " "+value+" ")
		}
		if all {
			return true
		}
	}
	return false
}

// The trial of the backup upgrades it, so a step that cannot be made is found before anything is touched.
func TestMigrationThatFailsLeavesTheOldDatabase(t *testing.T) {
	t.Parallel()
	for _, engine := range engines {
		of := earlier(t, engine, 1)
		raw := storetest.Raw(t, of.Source)
		if _, err := raw.Exec("CREATE TABLE suppression (mine TEXT)"); err != nil { // which the second version makes last
			t.Fatal(err)
		}
		before, tables := dump(t, of.Source), schema(t, of.Source)
		if migrated, err := Migrate(t.Context(), of); err == nil || !strings.Contains(err.Error(), "nothing was changed") {
			t.Errorf("%s: got %+v, %v", engine, migrated, err)
		}
		if words := difference(append(before, tables...), append(dump(t, of.Source), schema(t, of.Source)...)); words != "" {
			t.Errorf("%s: changed:\n%s", engine, words)
		}
		if v, err := LookAtVersions(t.Context(), of.Source); v.Present != 1 || err != nil {
			t.Errorf("%s: version %d, %v", engine, v.Present, err)
		}
		mustLeaveNothing(t, of.Folder, ".lock")
	}
}

func TestMigrationBesideAProcessThatLooksWaitsForItsEnd(t *testing.T) {
	t.Parallel()
	of := earlier(t, store.SQLite, 1)
	looking, err := store.Inspect(t.Context(), of.Source)
	if err != nil {
		t.Fatal(err)
	}
	before := dump(t, of.Source)
	err = looking.View(t.Context(), func(tx *store.Tx) error {
		if _, err := tx.Count(); err != nil {
			return err
		}
		_, err := Migrate(t.Context(), of)
		if !store.IsKind(err, store.Unavailable) || !strings.Contains(err.Error(), "the database is as it was") {
			t.Errorf("got %v", err)
		}
		return nil
	})
	if err := errors.Join(err, looking.Close()); err != nil {
		t.Fatal(err)
	}
	if words := difference(before, dump(t, of.Source)); words != "" {
		t.Errorf("changed:\n%s", words)
	}
	if _, err := Migrate(t.Context(), of); err != nil {
		t.Errorf("after it: %v", err)
	}
	mustLeaveNothing(t, of.Source, "chiron.db", "chiron.db-shm", "chiron.db-wal", "chiron.lock")
}

func TestMigrateBeginsANewDatabaseAndDoesNothingTwice(t *testing.T) {
	t.Parallel()
	for _, engine := range engines {
		of := Installation{Source: storetest.Source(t, engine), Now: func() time.Time { return noon }}
		for run, want := range []int64{0, store.NewestVersion()} {
			m, err := Migrate(t.Context(), of)
			if err != nil || m.Present != want || m.Newest != store.NewestVersion() || m.Backup != nil {
				t.Errorf("%s, run %d: %+v, %v", engine, run, m, err)
			}
		}
		if words := strings.Join(dump(t, of.Source), "\n"); words != "" {
			t.Errorf("%s: there are rows: %s", engine, words)
		}
	}
}

func TestMigrationOfANewerDatabaseIsRefused(t *testing.T) {
	t.Parallel()
	of := house(t, store.SQLite)
	if _, err := storetest.Raw(t, of.Source).Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)"); err != nil {
		t.Fatal(err)
	}
	_, err := Migrate(t.Context(), of)
	if no := (*Refusal)(nil); !errors.As(err, &no) {
		t.Errorf("got %v", err)
	}
}

// The process is killed after the first step, after the second, and so on, and at every commit, on the trial and on the
// copy, until it comes to its end.
func TestMigrationThatIsKilledAtAStepLeavesOldOrNew(t *testing.T) {
	t.Parallel()
	for _, point := range []string{fault.Migrated, fault.BeforeCommit, fault.AfterCommit} {
		of := earlier(t, store.SQLite, 1)
		before := dump(t, of.Source)
		for step := 0; ; step++ {
			output, err := child(of, "migrate", fmt.Sprint(point, ":", step)).CombinedOutput()
			v, look := LookAtVersions(t.Context(), of.Source)
			if err == nil {
				if v.Present != v.Newest || step < 1 || point == fault.Migrated && step != 2*(len(store.Versions())-1) {
					t.Errorf("it came to its end after %d kills %s, with version %d", step, point, v.Present)
				}
				break
			}
			if !strings.Contains(err.Error(), "killed") {
				t.Fatalf("step %d %s: %v: %s", step, point, err, output)
			}
			if look != nil || v.Present != 1 {
				t.Errorf("step %d %s: version %d, %v", step, point, v.Present, look)
			}
			if words := difference(before, dump(t, of.Source)); words != "" {
				t.Errorf("step %d %s: changed:\n%s", step, point, words)
			}
		}
		mustLeaveNothing(t, of.Source, "chiron.db", "chiron.db-shm", "chiron.db-wal", "chiron.lock")
	}
}

// A process that migrates is killed at any moment. There is then the old database or the new one, with every row, and
// beginning again brings it to its end.
func TestMigrationThatIsKilledLeavesOldOrNew(t *testing.T) {
	t.Parallel()
	rounds := 8
	if os.Getenv("CHIRON_REQUIRE_SOAK") == "1" {
		rounds = 200
	}
	whole := earlier(t, store.SQLite, 1)
	began := time.Now()
	if output, err := child(whole, "migrate", "").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	takes := time.Since(began)
	seen := map[int64]int{}
	of := earlier(t, store.SQLite, 1)
	before := dump(t, of.Source)
	original, err := os.ReadFile(filepath.Join(of.Source, store.DatabaseFile))
	if err != nil {
		t.Fatal(err)
	}
	for round := range rounds {
		c := child(of, "migrate", "")
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(takes * time.Duration(round+1) / time.Duration(rounds))
		_ = c.Process.Kill() // it may have come to its end
		_ = c.Wait()
		v, err := LookAtVersions(t.Context(), of.Source)
		if err != nil || v.Present != 1 && v.Present != v.Newest {
			t.Errorf("round %d: version %d, %v", round, v.Present, err)
		}
		seen[v.Present]++
		after := strings.Join(dump(t, of.Source), "\n")
		for _, line := range before {
			if !has(after, line) {
				t.Errorf("round %d: missing: %s", round, line)
			}
		}
		if v.Present == 1 {
			continue // the next one goes on from what this one has left
		}
		if err := os.RemoveAll(of.Source); err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(os.Mkdir(of.Source, 0o700), os.WriteFile(filepath.Join(of.Source, store.DatabaseFile), original, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	if seen[1] == 0 {
		t.Errorf("it was killed too late each time: %v", seen)
	}
	if m, err := Migrate(t.Context(), of); err != nil || m.Newest != store.NewestVersion() {
		t.Errorf("at last: %+v, %v", m, err)
	}
	if v, err := LookAtVersions(t.Context(), of.Source); err != nil || v.Present != v.Newest {
		t.Errorf("at last: version %d, %v", v.Present, err)
	}
	mustLeaveNothing(t, of.Source, "chiron.db", "chiron.db-shm", "chiron.db-wal", "chiron.lock")
}
