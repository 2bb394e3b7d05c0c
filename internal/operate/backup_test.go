//go:build unix

package operate_test

import (
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	. "github.com/chiron-mentoring/chiron/internal/operate"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
)

func backup(t testing.TB, of Installation) *Made {
	t.Helper()
	made, err := Backup(t.Context(), of)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestBackupComesBackOnEitherEngine(t *testing.T) {
	t.Parallel()
	for _, from := range engines {
		of := house(t, from)
		made := backup(t, of)
		mustLeaveNothing(t, of.Folder, filepath.Base(made.Path), ".lock", ErasedFile)
		before := dump(t, of.Source, "session", "link")
		for _, to := range engines {
			again := of
			again.Source = storetest.Source(t, to)
			restored, err := Restore(t.Context(), again, made.Path)
			if err != nil {
				t.Errorf("%s to %s: %v", from, to, err)
				continue
			}
			added := 0
			for _, line := range dump(t, again.Source, "session", "link") {
				switch {
				case strings.Contains(line, "installation.restore"), strings.HasPrefix(line, "event_about") && strings.HasSuffix(line, "person=console"):
					added++
				default:
					before = without(t, before, line)
				}
			}
			if len(before) > 0 || added != 2 {
				t.Errorf("%s to %s: missing are\n%s\nand the log has %d rows about it", from, to, strings.Join(before, "\n"), added)
			}
			before = dump(t, of.Source, "session", "link")
			for _, line := range dump(t, again.Source) {
				if strings.HasPrefix(line, "session ") || strings.HasPrefix(line, "link ") {
					t.Errorf("%s to %s: it lives again: %s", from, to, line)
				}
			}
			if restored.Log != made.Log || restored.Log.Events == 0 || restored.Log.Unsealed == 0 || made.Manifest.Audit == "" {
				t.Errorf("%s to %s: of the log %+v was verified at first, and then %+v", from, to, made.Log, restored.Log)
			}
			mustBeOfUse(t, again)
		}
	}
}

// without takes a line away that must be there.
func without(t testing.TB, lines []string, line string) []string {
	t.Helper()
	for k := range lines {
		if lines[k] == line {
			return append(lines[:k:k], lines[k+1:]...)
		}
	}
	t.Errorf("there is too much: %s", line)
	return lines
}

// mustBeOfUse goes on with an installation, whose rules must hold as in any.
func mustBeOfUse(t *testing.T, of Installation) {
	t.Helper()
	within(t, of.Source, func(db *store.DB) {
		live(t, db, "after")
		seal(t, db, of.Keys)
		err := db.Update(t.Context(), func(tx *store.Tx) error {
			return tx.AddEmail(store.Email{Folded: "x", Account: "nobody", Kind: store.Personal})
		})
		if !errors.Is(err, &store.Fault{Kind: store.Conflict, Rule: store.ForeignKeyRule}) {
			t.Errorf("an address of nobody: %v", err)
		}
	})
	backup(t, of)
}

// Backups are made while others write, and each is one moment: the rows that a transaction has written together are in it
// together or not at all, which the manifest's counts and the log of the trial say.
func TestBackupIsMadeWhileOthersWrite(t *testing.T) {
	t.Parallel()
	rounds := 4
	if os.Getenv("CHIRON_REQUIRE_SOAK") == "1" {
		rounds = 100
	}
	for _, engine := range engines {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			of := house(t, engine)
			db := storetest.Open(t, of.Source)
			stop, stopped := make(chan struct{}), make(chan int, 1)
			go func() {
				n := 0
				for ; ; n++ {
					select {
					case <-stop:
						stopped <- n
						return
					default:
					}
					if err := db.Update(t.Context(), living(string(rune('b'+n%20))+time.Duration(n).String())); err != nil {
						t.Error(err)
						stopped <- n
						return
					}
					time.Sleep(5 * time.Millisecond) // so that the last backup is not many times the first
					if n%50 == 0 {
						seal(t, db, of.Keys)
					}
				}
			}()
			last := int64(0)
			for round := range rounds {
				made := backup(t, of)
				rows := map[string]int64{}
				for _, table := range made.Manifest.Tables {
					rows[table.Name] = table.Rows
				}
				if n := rows["account"]; n < last || rows["email"] != n || rows["letter"] != n || rows["job"] != n || rows["event"] != n || rows["event_about"] != 2*n-1 {
					t.Errorf("round %d: %v", round, rows)
				}
				last = rows["account"]
			}
			close(stop)
			if written := <-stopped; written < 10 {
				t.Errorf("only %d transactions were written meanwhile", written)
			}
			if all, err := Backups(of.Folder); err != nil || len(all) != rounds || !all[0].At.Equal(noon) {
				t.Errorf("%d backups, %v", len(all), err)
			}
		})
	}
}

func TestBackupThatWasCutIsRefused(t *testing.T) {
	t.Parallel()
	of := house(t, store.SQLite)
	whole, err := os.ReadFile(backup(t, of).Path)
	if err != nil {
		t.Fatal(err)
	}
	for k := range 50 {
		mustRefuse(t, of, whole[:len(whole)*k/50], "cut")
	}
	for _, missing := range []int{1, 2, 10, 22, 100} {
		mustRefuse(t, of, whole[:len(whole)-missing], "cut at the end")
	}
}

// mustRefuse tries to restore bytes, which must change nothing.
func mustRefuse(t *testing.T, of Installation, data []byte, what string) {
	t.Helper()
	again, path := of, filepath.Join(t.TempDir(), "backup.zip")
	again.Source = filepath.Join(t.TempDir(), "data")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Restore(t.Context(), again, path)
	if no := (*Refusal)(nil); !errors.As(err, &no) {
		t.Errorf("%s, %d bytes: %v", what, len(data), err)
	}
	mustLeaveNothing(t, again.Source, "chiron.lock")
}

// A byte that is turned is refused, or it was one that says nothing: then what comes back is the same to the row.
func TestBackupThatWasAlteredIsRefusedOrTheSame(t *testing.T) {
	t.Parallel()
	of := house(t, store.SQLite)
	whole, err := os.ReadFile(backup(t, of).Path)
	if err != nil {
		t.Fatal(err)
	}
	want := dump(t, of.Source, "session", "link", "event", "event_about")
	source := rand.New(rand.NewPCG(1, 2))
	places := []int{}
	for range 40 {
		places = append(places, source.IntN(len(whole)), len(whole)-1-source.IntN(3000))
	}
	refused := 0
	for _, at := range places {
		altered := append([]byte{}, whole...)
		altered[at] ^= 1 << source.IntN(8)
		again, path := of, filepath.Join(t.TempDir(), "backup.zip")
		again.Source = filepath.Join(t.TempDir(), "data")
		if err := os.WriteFile(path, altered, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Restore(t.Context(), again, path)
		if no := (*Refusal)(nil); errors.As(err, &no) {
			refused++
			continue
		}
		if err != nil {
			t.Errorf("byte %d: %v", at, err)
			continue
		}
		if words := difference(want, dump(t, again.Source, "session", "link", "event", "event_about")); words != "" {
			t.Errorf("byte %d was turned, and nobody noticed:\n%s", at, words)
		}
	}
	if refused < len(places)/2 {
		t.Errorf("only %d of %d were refused", refused, len(places))
	}
}

func TestBackupOfOthersAndOfTheFutureIsRefused(t *testing.T) {
	t.Parallel()
	of := house(t, store.SQLite)
	made := backup(t, of)
	other := of
	other.Keys, other.Source = ring(t), filepath.Join(t.TempDir(), "data")
	_, err := Restore(t.Context(), other, made.Path)
	if no := (*Refusal)(nil); !errors.As(err, &no) || !strings.Contains(err.Error(), "not signed by these keys") {
		t.Errorf("with the keys of others: %v", err)
	}
	if _, err := storetest.Raw(t, of.Source).Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)"); err != nil {
		t.Fatal(err)
	}
	if _, err := Backup(t.Context(), of); err == nil || !strings.Contains(err.Error(), "has version 9999 of the schema") {
		t.Errorf("of a newer schema: %v", err)
	}
	mustLeaveNothing(t, of.Folder, filepath.Base(made.Path), ".lock", ErasedFile)
}

func TestBackupOfADamagedDatabaseIsNotKept(t *testing.T) {
	t.Parallel()
	of := house(t, store.SQLite)
	raw := storetest.Raw(t, of.Source)
	for _, statement := range []string{"PRAGMA foreign_keys = OFF", "UPDATE email SET account = 'nobody' WHERE account = 'a03'"} {
		if _, err := raw.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	_, err := Backup(t.Context(), of)
	if no := (*Refusal)(nil); !errors.As(err, &no) || !strings.Contains(err.Error(), "1 rows of email refer to rows of account that are not there") {
		t.Errorf("with an address of nobody: %v", err)
	}
	mustLeaveNothing(t, of.Folder, ".lock")
	for _, statement := range []string{"UPDATE email SET account = 'a03' WHERE account = 'nobody'", "UPDATE event SET action = 'x' WHERE object_id = 'a03'"} {
		if _, err := raw.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Backup(t.Context(), of); err == nil || !strings.Contains(err.Error(), "the audit log is not intact") {
		t.Errorf("with a changed log: %v", err)
	}
	mustLeaveNothing(t, of.Folder, ".lock")
}

func TestBackupHoldsNoKeyAndIsForItsUserAlone(t *testing.T) {
	t.Parallel()
	of := house(t, store.SQLite)
	made := backup(t, of)
	info, err := os.Stat(made.Path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	entries, err := os.ReadDir(of.Keys.Folder())
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(made.Path)
	if err != nil {
		t.Fatal(err)
	}
	again := of
	again.Source = filepath.Join(t.TempDir(), "data")
	if _, err := Restore(t.Context(), again, made.Path); err != nil {
		t.Fatal(err)
	}
	database, err := os.ReadFile(filepath.Join(again.Source, store.DatabaseFile))
	if err != nil {
		t.Fatal(err)
	}
	secrets := 0
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(of.Keys.Folder(), e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if line = strings.TrimSpace(line); len(line) < 32 || strings.HasPrefix(line, "#") || line == of.Keys.PublicKey() {
				continue
			}
			secrets++
			if strings.Contains(string(data)+string(database), line) {
				t.Errorf("a line of %s is in the backup", e.Name())
			}
		}
	}
	if secrets < 3 {
		t.Errorf("only %d lines of keys were looked for", secrets)
	}
}

func TestRestoreGoesOnlyWhereNothingIs(t *testing.T) {
	t.Parallel()
	of := house(t, store.SQLite)
	made := backup(t, of)
	if _, err := Restore(t.Context(), of, made.Path); err == nil || !strings.Contains(err.Error(), "is not empty: there is chiron.db in it") {
		t.Errorf("onto itself: %v", err)
	}
	occupied := of
	occupied.Source = t.TempDir()
	if err := os.WriteFile(filepath.Join(occupied.Source, "thesis.doc"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(t.Context(), occupied, made.Path); err == nil || !strings.Contains(err.Error(), "there is thesis.doc in it") {
		t.Errorf("into a folder of something else: %v", err)
	}
	for what, statements := range map[string]string{"something else": "CREATE TABLE invoice (id BIGINT)", "chiron's": ""} {
		pg := of
		pg.Source = storetest.Source(t, store.PostgreSQL)
		if statements != "" {
			if _, err := storetest.Raw(t, pg.Source).Exec(statements); err != nil {
				t.Fatal(err)
			}
		} else {
			within(t, pg.Source, func(db *store.DB) { live(t, db, "somebody") })
		}
		before := dump(t, pg.Source)
		if _, err := Restore(t.Context(), pg, made.Path); err == nil || !strings.Contains(err.Error(), "the database is not empty") {
			t.Errorf("into a database with rows of %s: %v", what, err)
		}
		if words := difference(before, dump(t, pg.Source)); words != "" {
			t.Errorf("a refused restore has changed\n%s", words)
		}
	}
	begun := of // chiron was started there once, and nobody came
	begun.Source = storetest.Source(t, store.PostgreSQL)
	within(t, begun.Source, func(*store.DB) {})
	if _, err := Restore(t.Context(), begun, made.Path); err != nil {
		t.Errorf("into a database with tables and no rows: %v", err)
	}
}

func TestRestoreIntoAFolderThatAServerHasIsRefused(t *testing.T) {
	t.Parallel()
	of := house(t, store.SQLite)
	made := backup(t, of)
	storetest.Open(t, of.Source)
	if _, err := Restore(t.Context(), of, made.Path); !store.IsKind(err, store.Unavailable) {
		t.Errorf("got %v", err)
	}
}

func TestTwoBackupsAtOnceStandInEachOthersWayAndLeftoversGo(t *testing.T) {
	t.Parallel()
	of := house(t, store.SQLite)
	left := filepath.Join(of.Folder, ".unfinished-1")
	if err := os.MkdirAll(left, 0o700); err != nil {
		t.Fatal(err)
	}
	release, err := store.Lock(filepath.Join(of.Folder, ".lock"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Backup(t.Context(), of); err == nil || !strings.Contains(err.Error(), "another backup is being made") {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(left); err != nil {
		t.Error("what the other one makes was deleted")
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	first, second := backup(t, of), backup(t, of)
	if first.Path == second.Path || !strings.HasSuffix(second.Path, "chiron-2027-03-14T12-00-00Z-2.zip") {
		t.Errorf("%s and %s", first.Path, second.Path)
	}
	if _, err := os.Stat(left); !errors.Is(err, fs.ErrNotExist) {
		t.Error("what a killed process left is still there")
	}
}

func TestBackupsAreFoundByTheirNamesAndNothingElseIs(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for _, name := range []string{"chiron-2027-03-14T12-00-00Z.zip", "chiron-2027-03-15T12-00-00Z-2.zip", "chiron-2027-03-16.zip", "chiron.zip", "notes.txt", "chiron-2028-03-14T12-00-00Z.zip.part"} {
		if err := os.WriteFile(filepath.Join(folder, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	all, err := Backups(folder)
	if err != nil || len(all) != 2 || !all[0].At.Equal(noon.AddDate(0, 0, 1)) || !all[1].At.Equal(noon) {
		t.Errorf("found %v, %v", all, err)
	}
	if all, err := Backups(filepath.Join(folder, "none")); err != nil || len(all) != 0 {
		t.Errorf("in no folder: %v, %v", all, err)
	}
}
