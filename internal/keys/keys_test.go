//go:build unix

package keys

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
)

const origin = "mentoring.example.org/audit"

var noon = time.Date(2027, 2, 3, 12, 0, 0, 0, time.UTC)

func open(t *testing.T, folder string) *Ring {
	t.Helper()
	r, err := Open(folder, origin, noon)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// same says whether two rings hold the same keys.
func same(t *testing.T, a, b *Ring) bool {
	t.Helper()
	sealed := a.Current(noon).AEAD().Seal(nil, nil, []byte("x"), nil)
	_, err := b.Current(noon).AEAD().Open(nil, nil, sealed, nil)
	return a.Letters() == b.Letters() && a.PublicKey() == b.PublicKey() && err == nil && a.Current(noon).ID == b.Current(noon).ID
}

func TestKeysAreMadeOnceAndFoundAgain(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "deep", "keys")
	first := open(t, folder)
	if first.Letters() == [Size]byte{} || !same(t, first, open(t, folder)) {
		t.Error("the second start has other keys than the first")
	}
	if same(t, first, open(t, t.TempDir())) {
		t.Error("another folder has the same keys")
	}
	for path, want := range map[string]os.FileMode{
		folder: 0o700, filepath.Join(folder, "letters.key"): 0o600, filepath.Join(folder, "audit.key"): 0o600, filepath.Join(folder, "sealing-1.key"): 0o600,
	} {
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v, want %v", path, info.Mode().Perm(), err, want)
		}
	}
	if files, _ := os.ReadDir(folder); len(files) != 3 {
		t.Errorf("%d files in the folder, want 3", len(files))
	}
	read, err := Read(folder)
	if err != nil || !same(t, first, read) {
		t.Errorf("reading without making: %v", err)
	}
}

func TestProcessesThatStartAtOnceAgreeOnTheKeys(t *testing.T) {
	t.Parallel()
	for range 20 {
		folder := filepath.Join(t.TempDir(), "keys")
		rings := make([]*Ring, 8)
		var together sync.WaitGroup
		for k := range rings {
			together.Go(func() {
				var err error
				if rings[k], err = Open(folder, origin, noon); err != nil {
					t.Error(err)
				}
			})
		}
		if together.Wait(); t.Failed() {
			return
		}
		for _, r := range rings[1:] {
			if !same(t, rings[0], r) {
				t.Fatal("two of them have different keys")
			}
		}
	}
}

func TestAuditKeySignsForItsOriginWhateverTheAddressBecomes(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	open(t, folder)
	moved, err := Open(folder, "other.example.org/audit", noon)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := note.Sign(&note.Note{Text: "a\n"}, moved.Signer())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := note.Open(signed, note.VerifierList(moved.Verifier())); err != nil || moved.Signer().Name() != origin {
		t.Errorf("signs for %q: %v", moved.Signer().Name(), err)
	}
	if _, err := Open(filepath.Join(t.TempDir(), "keys"), "two words", noon); err == nil || !strings.Contains(err.Error(), "without spaces") {
		t.Errorf("a name that no log can have: %v", err)
	}
}

// Whatever is wrong is said with the file and with what to do, and never with what is in the file.
func TestKeysThatCannotBeTrustedAreRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spoil func(folder string) error
		want  string
	}{
		"others may read": {func(f string) error { return os.Chmod(filepath.Join(f, "letters.key"), 0o644) }, "chmod 600"},
		"the group may":   {func(f string) error { return os.Chmod(filepath.Join(f, "sealing-1.key"), 0o640) }, "chmod 600"},
		"others may put":  {func(f string) error { return os.Chmod(f, 0o777) }, "chmod 700"},
		"empty":           {func(f string) error { return os.WriteFile(filepath.Join(f, "audit.key"), nil, 0o600) }, "is damaged; put it back"},
		"cut off": {func(f string) error {
			data, err := os.ReadFile(filepath.Join(f, "audit.key"))
			return errors.Join(err, os.WriteFile(filepath.Join(f, "audit.key"), data[:len(data)-2], 0o600))
		}, "is damaged; put it back"},
		"under another name": {func(f string) error {
			return os.Rename(filepath.Join(f, "letters.key"), filepath.Join(f, "sealing-2.key"))
		}, "is damaged; put it back"},
		"endless":  {func(f string) error { return os.WriteFile(filepath.Join(f, "audit.key"), make([]byte, 1<<20), 0o600) }, "is damaged"},
		"a folder": {func(f string) error { return os.Mkdir(filepath.Join(f, "sealing-2.key"), 0o700) }, "read a key"},
	} {
		folder := t.TempDir()
		open(t, folder)
		if err := c.spoil(folder); err != nil {
			t.Fatal(err)
		}
		_, err := Open(folder, origin, noon)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func TestEveryChangedCharacterIsNoticedAndNoneQuoted(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	open(t, folder)
	for _, name := range []string{"letters.key", "audit.key", "sealing-1.key"} {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		for k := range text {
			changed := bytes.Clone(text)
			changed[k] ^= 1
			if _, right := parse(name, string(changed)); right {
				t.Errorf("%s: a change at %d is not noticed", name, k)
			}
		}
		if _, right := parse(name, strings.ReplaceAll(string(text), "\n", "\r\n")); !right {
			t.Errorf("%s: with the line ends of Windows it is not read", name)
		}
		if err := os.WriteFile(filepath.Join(folder, name), text[:len(text)-5], 0o600); err != nil {
			t.Fatal(err)
		}
		_, err = Open(folder, origin, noon)
		for _, secret := range strings.Fields(string(text)) {
			if len(secret) > 20 && strings.Contains(err.Error(), secret[:20]) {
				t.Errorf("%s: the error quotes the key", name)
			}
		}
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRingAndKeysPrintNoKey(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	r := open(t, folder)
	letters := r.Letters()
	printed := fmt.Sprintf("%v %+v %#v %s %v %+v %#v", r, r, r, r, r.Current(noon), r.Sealing(), r.Current(noon))
	for _, secret := range []string{fmt.Sprint(letters[:4])[1:8], r.audit.key[20:], r.letters.key, fmt.Sprintf("%x", letters[:4])} {
		if strings.Contains(printed, secret) {
			t.Errorf("a key is printed: %s", printed)
		}
	}
}

func TestKeysLieApartFromWhatTheyOpen(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	link := filepath.Join(t.TempDir(), "elsewhere")
	if err := os.Symlink(data, link); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{data, filepath.Join(data, "keys"), filepath.Join(data, "a", "..", "b"), link, filepath.Join(link, "new", "keys")} {
		if _, err := Open(folder, origin, noon, t.TempDir(), data); err == nil || !strings.Contains(err.Error(), "kept apart") {
			t.Errorf("%s: %v", folder, err)
		}
	}
	if files, _ := os.ReadDir(data); len(files) != 0 {
		t.Error("keys were made there")
	}
	if _, err := Open(filepath.Join(t.TempDir(), "keys"), origin, noon, data, "", filepath.Join(data, "..keys")); err != nil {
		t.Errorf("beside it: %v", err)
	}
}

// A process may be killed between any two steps of the first start.
func TestFirstStartGoesOnWhereAKilledOneStopped(t *testing.T) {
	t.Parallel()
	for _, missing := range []string{"letters.key", "audit.key", "sealing-1.key"} {
		folder := t.TempDir()
		first := open(t, folder)
		if err := os.Remove(filepath.Join(folder, missing)); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(folder); err == nil || !strings.Contains(err.Error(), missing) {
			t.Errorf("reading without %s: %v", missing, err)
		}
		again := open(t, folder)
		if same(t, first, again) {
			t.Errorf("%s was not made anew", missing)
		}
	}
}

func TestNewKeySealsFromItsBeginningAndOldOnesGoOnOpening(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	r, other := open(t, folder), open(t, folder)
	old := r.Current(noon)
	next, err := r.Renew(noon.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	if next.ID == old.ID || r.Current(noon).ID != old.ID || r.Current(noon.Add(time.Hour)).ID != next.ID {
		t.Error("the new key does not begin when it should")
	}
	if k, known := other.Key(next.ID); !known || k.ID != next.ID || len(other.Sealing()) != 2 {
		t.Error("another process does not find the new key")
	}
	if err := r.Drop(next.ID, noon.Add(time.Hour)); err == nil || !strings.Contains(err.Error(), "rotate") {
		t.Errorf("dropping the current one: %v", err)
	}
	left := filepath.Join(folder, newFiles+"123") // by a process that was killed when the key had its name
	if err := os.Link(filepath.Join(folder, old.File), left); err != nil {
		t.Fatal(err)
	}
	if err := r.Drop(old.ID, noon.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if files, _ := os.ReadDir(folder); len(files) != 3 {
		t.Errorf("%d files are left, want the other three", len(files))
	}
	if err := other.Refresh(); err != nil {
		t.Fatal(err)
	}
	if _, known := other.Key(old.ID); known || len(r.Sealing()) != 1 {
		t.Error("the dropped key is still there")
	}
	if third, err := other.Renew(noon); err != nil || third.File != "sealing-3.key" {
		t.Errorf("the third key is %s: %v", third.File, err)
	}
	if _, known := r.Key("0123456789abcdef"); known {
		t.Error("a key that nobody made is known")
	}
}

func TestDatabaseOfOtherKeysIsRefusedAndNothingChanged(t *testing.T) {
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB) {
		ctx := t.Context()
		right := t.TempDir()
		for range 2 {
			if err := open(t, right).Recognise(ctx, db); err != nil {
				t.Fatal(err)
			}
		}
		lost := filepath.Join(t.TempDir(), "keys")
		err := open(t, lost).Recognise(ctx, db)
		if err == nil || !strings.Contains(err.Error(), "Put the folder of keys back") || !strings.Contains(err.Error(), lost) {
			t.Errorf("other keys: %v", err)
		}
		if files, _ := os.ReadDir(lost); len(files) != 0 {
			t.Error("the keys that were made for nothing stay in the way of the right ones")
		}

		// One key of two is another one: that of a second installation.
		mixed := t.TempDir()
		open(t, mixed)
		text, err := os.ReadFile(filepath.Join(right, "letters.key"))
		if err := errors.Join(err, os.WriteFile(filepath.Join(mixed, "letters.key"), text, 0o600)); err != nil {
			t.Fatal(err)
		}
		if err := open(t, mixed).Recognise(ctx, db); err == nil || !strings.Contains(err.Error(), "audit.key") {
			t.Errorf("another audit key: %v", err)
		}
		if files, _ := os.ReadDir(mixed); len(files) != 3 {
			t.Error("keys that were there before are gone")
		}
		if err := open(t, right).Recognise(ctx, db); err != nil {
			t.Errorf("the right ones, afterwards: %v", err)
		}
	})
}

func FuzzKeyIsWhatWasWritten(f *testing.F) {
	audit, err := newAudit(origin, noon)
	if err != nil {
		f.Fatal(err)
	}
	letters, sealing := newLetters(noon), newSealing(3, noon)
	for _, k := range []file{audit, letters, sealing} {
		f.Add(k.name, k.text())
	}
	f.Fuzz(func(t *testing.T, name, text string) {
		k, right := parse(name, text)
		if again, ok := parse(name, k.text()); right && (!ok || again != k) {
			t.Errorf("read and written again, %q is another key", name)
		}
	})
}
