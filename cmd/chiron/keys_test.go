package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/audit"
	"github.com/chiron-mentoring/chiron/internal/keys"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/private"
)

// An installation with private values, and what the command says about its keys.
type installation struct {
	*testing.T
	data, keys string
}

const canary = "canary of the private values"

func newInstallation(t *testing.T) installation {
	t.Helper()
	folder := t.TempDir()
	i := installation{t, filepath.Join(folder, "data"), filepath.Join(folder, "keys")}
	if _, err := keys.Open(i.keys, "example.org/audit", time.Now()); err != nil {
		t.Fatal(err)
	}
	i.open(func(db *store.DB, v *private.Vault) error {
		return db.Update(t.Context(), func(tx *store.Tx) error {
			err := tx.AddAccount(store.Account{ID: "helene", Language: "fr-CA", MadeAt: time.Now()})
			return errors.Join(err, v.Put(tx, private.Place{Person: "helene", Kind: private.Characteristics}, []byte(canary)))
		})
	})
	return i
}

// open does something while this process, as a server would, has the data open.
func (i installation) open(f func(db *store.DB, v *private.Vault) error) {
	i.Helper()
	ring, err := keys.Read(i.keys)
	if err != nil {
		i.Fatal(err)
	}
	db, err := store.Open(i.Context(), i.data)
	if err != nil {
		i.Fatal(err)
	}
	v, err := private.Open(i.Context(), db, ring, time.Now)
	if err = errors.Join(err, ring.Recognise(i.Context(), db)); err == nil {
		err = f(db, v)
	}
	if err := errors.Join(err, db.Close()); err != nil {
		i.Fatal(err)
	}
}

// says runs chiron keys and gives back what it says, and how it ends.
func (i installation) says(args ...string) (string, int) {
	i.Helper()
	var out bytes.Buffer
	args = append(append([]string{"keys"}, args...), "--db", i.data, "--keys", i.keys, "--backup-folder", filepath.Join(i.data, "..", "backups"))
	code := chiron(context.Background(), args, nil, strings.NewReader(""), &out, &out)
	for _, file := range []string{"letters.key", "audit.key", "sealing-1.key", "sealing-2.key"} {
		text, _ := os.ReadFile(filepath.Join(i.keys, file)) // not all are there
		for _, secret := range regexp.MustCompile(`(?m)^key (.*)$`).FindAllStringSubmatch(string(text), 1) {
			if strings.Contains(out.String(), secret[1]) {
				i.Errorf("%v writes the key in %s", args, file)
			}
		}
	}
	if strings.Contains(out.String(), canary) {
		i.Errorf("%v writes a private value", args)
	}
	return out.String(), code
}

func (i installation) expect(code int, says string, args ...string) string {
	i.Helper()
	got, ended := i.says(args...)
	if !regexp.MustCompile(says).MatchString(got) || ended != code {
		i.Errorf("chiron keys %v ends with %d, want %d, and says\n%s", args, ended, code, got)
	}
	return got
}

// id is that of a file of keys, as it is shown.
func (i installation) id(file string) string {
	i.Helper()
	got, _ := i.says("show")
	found := regexp.MustCompile(regexp.QuoteMeta(file) + ` +([0-9a-f]{16})`).FindStringSubmatch(got)
	if found == nil {
		i.Fatalf("there is no %s in\n%s", file, got)
	}
	return found[1]
}

func TestKeysAreShownChangedAndDropped(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	i.expect(exitDone, `sealing-1.key +[0-9a-f]{16} .* 1 private value; in use\n`, "show")
	i.expect(exitDone, `example.org/audit\+[0-9a-f]{8}\+`, "show")
	old := i.id("sealing-1.key")
	i.expect(exitUsage, "is still needed", "drop", old)

	i.expect(exitDone, `comes into use at`, "rotate", "--in", "24h")
	later := i.id("sealing-2.key")
	i.expect(exitDone, `sealing-1.key .* 1 private value; in use\nsealing-2.key .* private values, later\n`, "show")
	i.expect(exitUsage, "is still needed, or not older than the one in use", "drop", later)

	i.expect(exitDone, `Made the key [0-9a-f]{16} in sealing-3.key.*\nSealed 1 private value again`, "rotate")
	i.expect(exitDone, `sealing-1.key .* 0 private values\nsealing-3.key .* 1 private value; in use\nsealing-2.key`, "show")
	i.expect(exitDone, `Deleted sealing-1.key`, "drop", old)
	i.expect(exitUsage, "no private value is sealed with a key", "drop", old)
	i.open(func(db *store.DB, v *private.Vault) error {
		return db.View(t.Context(), func(tx *store.Tx) error {
			text, err := v.Get(tx, private.Place{Person: "helene", Kind: private.Characteristics})
			if string(text) != canary {
				t.Errorf("the value became %q", text)
			}
			return err
		})
	})
}

func TestKeyIsChangedWhileTheServerRuns(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	i.open(func(_ *store.DB, v *private.Vault) error {
		i.expect(exitDone, `in sealing-2.key.*\nThe server that is running takes it into use`, "rotate")
		i.expect(exitDone, `sealing-1.key .* 1 private value; in use\nsealing-2.key .* 0 private values\n`, "show")
		done, err := v.Rotate(t.Context()) // as the server does every minute
		if done.Resealed != 1 {
			t.Errorf("%+v", done)
		}
		i.expect(exitDone, `sealing-1.key .* 0 private values\nsealing-2.key .* 1 private value; in use\n`, "show")
		i.expect(exitDone, `Deleted sealing-1.key`, "drop", i.id("sealing-1.key"))
		return err
	})
}

func TestWhatIsMissingIsSaid(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	sealing := filepath.Join(i.keys, "sealing-1.key")
	text, err := os.ReadFile(sealing)
	if err != nil {
		t.Fatal(err)
	}
	id := i.id("sealing-1.key")
	i.expect(exitDone, "", "rotate", "--in", "24h")
	if err := os.Remove(sealing); err != nil {
		t.Fatal(err)
	}
	i.expect(exitUsage, `the key `+id+`, which seals 1 private value, is not there; put its file back`, "show")
	i.expect(exitUsage, `private values cannot be read \(1\): the key `+id, "rotate")
	if err := os.WriteFile(sealing, text, 0o644); err != nil {
		t.Fatal(err)
	}
	i.expect(exitUsage, "others can read the key .*chmod 600", "show")
	i.expect(exitUsage, "is no time to wait", "rotate", "--in=-1h")

	i.data = filepath.Join(t.TempDir(), "none")
	if err := os.Chmod(sealing, 0o600); err != nil {
		t.Fatal(err)
	}
	i.expect(exitDone, `sealing-1.key .* private values\n`, "show")
	i.expect(exitUsage, "there is no database in", "drop", id)
	i.keys = i.data
	i.expect(exitUsage, "which keys must be apart from", "show")
	i.keys = t.TempDir()
	i.expect(exitUsage, "there is no letters.key in .*; is it the right folder", "show")
}

func TestInstallationGoesOnWithoutItsKeys(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	i.open(func(db *store.DB, v *private.Vault) error {
		i.expect(exitUsage, "another process has it open", "replace", "--lost")
		ring, err := keys.Read(i.keys)
		if err != nil {
			return err
		}
		sealer := &audit.Sealer{DB: db, Signer: ring.Signer(), Now: time.Now}
		for range 3 {
			err = errors.Join(err, db.Update(t.Context(), func(tx *store.Tx) error {
				return audit.Record(tx, time.Now(), audit.Event{Actor: "helene", Action: "test", Kind: "test", Object: "x"})
			}))
			_, wrong := sealer.Seal(t.Context())
			err = errors.Join(err, wrong)
		}
		return err
	})
	i.expect(exitUsage, `cannot be undone. If no copy`, "replace")
	i.expect(exitDone, `Deleted, since no key opens them: 0 private values. Signed anew: 0 seals`, "replace", "--lost")

	i.keys = filepath.Join(t.TempDir(), "new")
	i.expect(exitUsage, "is it the right folder", "show")
	i.expect(exitDone, `Deleted, since no key opens them: 1 private value. Signed anew: 3 seals of the audit log.\nThe new public key .*\nexample.org/audit\+`, "replace", "--lost")
	i.expect(exitDone, `sealing-1.key .* 0 private values; in use\n`, "show")
	i.open(func(db *store.DB, v *private.Vault) error {
		ring, err := keys.Read(i.keys)
		if err != nil {
			return err
		}
		found, err := audit.Verify(t.Context(), db, ring.Verifier())
		if found.Seals != 3 || found.Unsealed != 2 {
			t.Errorf("%+v", found)
		}
		return err
	})
	i.data = filepath.Join(t.TempDir(), "none")
	i.expect(exitUsage, "there is no database in", "replace", "--lost")
}
