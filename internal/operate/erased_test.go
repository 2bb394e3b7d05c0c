//go:build unix

package operate_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/audit"
	. "github.com/chiron-mentoring/chiron/internal/operate"
	"github.com/chiron-mentoring/chiron/internal/privacy"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
)

// canary is in every text of the person who is erased.
const canary = "zqcanaryqz"

// sings makes a person with a canary wherever one fits.
func sings(t *testing.T, of Installation) {
	t.Helper()
	within(t, of.Source, func(db *store.DB) {
		update(t, db, func(tx *store.Tx) error {
			address := canary + "@example.org"
			return errors.Join(
				tx.AddAccount(store.Account{ID: "CANARY", Language: "en", MadeAt: noon}),
				tx.AddEmail(store.Email{Folded: address, Address: address, Account: "CANARY", Kind: store.Personal, Owns: true, VerifiedAt: noon}),
				tx.AddPerson(store.Person{ID: "CANARY", Given: canary, Family: canary, Sort: canary, MadeAt: noon, ChangedAt: noon}),
				tx.SetDraft("CANARY", store.Draft{Stage: "how", Body: strings.Repeat(canary, 2000), SavedAt: noon}),
				tx.AddLetter(store.Letter{ID: "lc", MessageID: "lc@example.org", Account: "CANARY", Template: "sign-in", Args: `{"who":"` + canary + `"}`, Language: "en", MadeAt: noon}),
				audit.Record(tx, noon, audit.Event{Actor: "CANARY", Action: "account.make", Kind: "account", Object: "CANARY", Became: []byte(canary)}),
			)
		})
		seal(t, db, of.Keys)
	})
}

// erase does what a server does when somebody's time has come.
func erase(t *testing.T, of Installation, note bool) {
	t.Helper()
	within(t, of.Source, func(db *store.DB) {
		err := privacy.Erase(t.Context(), db, of.Now(), "privacy", "CANARY")
		if err == nil && note {
			err = NoteErased(t.Context(), db, of.Folder)
		}
		if err != nil {
			t.Fatal(err)
		}
	})
}

// heard are the places in which a canary is: rows on either engine, and the raw bytes of files.
func heard(t *testing.T, source string) (in []string) {
	t.Helper()
	for _, line := range dump(t, source) {
		if strings.Contains(strings.ToLower(line), canary) {
			in = append(in, line[:min(len(line), 60)])
		}
	}
	if strings.HasPrefix(source, "postgres") {
		return in
	}
	err := filepath.WalkDir(source, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(bytes.ToLower(data), []byte(canary)) {
			in = append(in, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func TestRestoreDoesNotBringBackWhoWasErased(t *testing.T) {
	t.Parallel()
	for _, engine := range engines {
		for _, known := range []string{"by the database that is replaced", "by the list in the folder of backups", "by a list beside the backup", "by nobody"} {
			t.Run(fmt.Sprint(engine, " ", known), func(t *testing.T) {
				t.Parallel()
				of := house(t, engine)
				sings(t, of)
				made := backup(t, of)
				erase(t, of, known == "by the list in the folder of backups" || known == "by a list beside the backup")
				if in := heard(t, of.Source); len(in) > 0 {
					t.Fatalf("the erasure has left it in %v", in)
				}
				again, path := of, made.Path
				again.Source = storetest.Source(t, engine)
				switch known {
				case "by the database that is replaced":
					again.Replaces = of.Source
				case "by a list beside the backup":
					path = carried(t, of.Folder, made.Path)
					again.Folder = filepath.Join(t.TempDir(), "none")
				}
				restored, err := Restore(t.Context(), again, path)
				if err != nil {
					t.Fatal(err)
				}
				in, log := heard(t, again.Source), dump(t, again.Source)
				if known == "by nobody" {
					if len(in) == 0 || restored.Erased.Again != 0 {
						t.Errorf("the test looks in vain: %+v, %v", restored.Erased, in)
					}
					return
				}
				if len(in) > 0 || restored.Erased.Again != 1 {
					t.Errorf("%+v, and the canary is in %v", restored.Erased, in)
				}
				if !slices.ContainsFunc(log, func(line string) bool {
					return strings.HasPrefix(line, "event ") && strings.Contains(line, "account.erase")
				}) {
					t.Error("the log does not say that somebody was erased")
				}
				mustBeOfUse(t, again) // seals, and verifies the log in a backup
			})
		}
	}
}

// carried copies a backup and the list to another place, as for the day on which the machine is gone.
func carried(t *testing.T, folder, backup string) string {
	t.Helper()
	there := t.TempDir()
	for _, from := range []string{backup, filepath.Join(folder, ErasedFile)} {
		data, err := os.ReadFile(from)
		if err == nil {
			err = os.WriteFile(filepath.Join(there, filepath.Base(from)), data, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(there, filepath.Base(backup))
}

func TestListOfErasuresSaysWhenAndANumberAndNothingElse(t *testing.T) {
	t.Parallel()
	of := house(t, store.SQLite)
	sings(t, of)
	list := filepath.Join(of.Folder, ErasedFile)
	backup(t, of)
	if ids, err := ReadErased(list); err != nil || len(ids) != 0 {
		t.Errorf("before anybody was erased it holds %v, %v", ids, err)
	}
	erase(t, of, true)
	first, err := os.ReadFile(list)
	if err != nil || !strings.HasSuffix(string(first), "\n2027-03-14T12:00:00Z CANARY\n") || bytes.Contains(first, []byte(canary)) {
		t.Errorf("it says %s, %v", first, err)
	}
	if info, err := os.Stat(list); err != nil || info.Mode() != 0o600 {
		t.Errorf("its mode is %v, %v", info.Mode(), err)
	}
	within(t, of.Source, func(db *store.DB) { // as after an erasure whose note failed
		if err := NoteErased(t.Context(), db, of.Folder); err != nil {
			t.Error(err)
		}
	})
	if again, err := os.ReadFile(list); err != nil || !bytes.Equal(first, again) {
		t.Errorf("noted again it says %s, %v", again, err)
	}
	mustLeaveNothing(t, of.Folder, ErasedFile, ".lock", filepath.Base(backup(t, of).Path), "chiron-2027-03-14T12-00-00Z.zip")
}

func TestListOfErasuresThatIsNoneStopsARestore(t *testing.T) {
	t.Parallel()
	of := house(t, store.SQLite)
	made := backup(t, of)
	for what, text := range map[string]string{
		"half a line": "2027-03-14T12:00:00Z CANARY\n2027-03-1", "a name": "2027-03-14T12:00:00Z Hélène Tremblay\n", "another file": "PK\x03\x04",
	} {
		if err := os.WriteFile(filepath.Join(of.Folder, ErasedFile), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		again := of
		again.Source = filepath.Join(t.TempDir(), "data")
		_, err := Restore(t.Context(), again, made.Path)
		if no := (*Refusal)(nil); !errors.As(err, &no) || strings.Contains(err.Error(), "Tremblay") {
			t.Errorf("%s: %v", what, err)
		}
		mustLeaveNothing(t, again.Source)
	}
}
