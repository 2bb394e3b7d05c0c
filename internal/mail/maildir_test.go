//go:build unix

package mail

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// incoming is a folder of a test.
func incoming(t *testing.T) Maildir {
	t.Helper()
	d := Maildir(filepath.Join(t.TempDir(), "bounces"))
	if err := d.Make(); err != nil {
		t.Fatal(err)
	}
	return d
}

// taken are the mails that a folder hands out, and how many are left in it.
func (d Maildir) taken(t *testing.T, answer error) (got []string, left int) {
	t.Helper()
	err := d.Take(t.Context(), func(r io.Reader) error {
		text, err := io.ReadAll(r)
		got = append(got, string(text))
		return errors.Join(err, answer)
	})
	if !errors.Is(err, answer) {
		t.Fatal(err)
	}
	waiting, err := d.waiting()
	if err != nil {
		t.Fatal(err)
	}
	return got, len(waiting)
}

func TestMailThatCameInIsHandedOutUntilItIsDoneWith(t *testing.T) {
	t.Parallel()
	d := incoming(t)
	if err := d.Put(strings.NewReader("one")); err != nil {
		t.Fatal(err)
	}
	later := errors.New("the database is away")
	for range 2 {
		if got, left := d.taken(t, later); len(got) != 1 || got[0] != "one" || left != 1 {
			t.Errorf("handed out %q, left %d", got, left)
		}
	}
	if got, left := d.taken(t, nil); len(got) != 1 || left != 0 {
		t.Errorf("handed out %q, left %d", got, left)
	}
	if got, _ := d.taken(t, nil); len(got) != 0 {
		t.Errorf("handed out %q once more", got)
	}
}

func TestServersOfMailsWriteIntoTheFolderThemselves(t *testing.T) {
	t.Parallel()
	d := incoming(t)
	old := time.Now().Add(-time.Hour)
	for name, text := range map[string]string{"new/1805014802.V801I4F1Z.mx": "second", "cur/1805014801.V801I4F1Y.mx:2,S": "first"} {
		path := filepath.Join(string(d), name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if text == "first" {
			if err := os.Chtimes(path, old, old); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got, left := d.taken(t, nil); strings.Join(got, " ") != "first second" || left != 0 {
		t.Errorf("handed out %q, left %d", got, left)
	}
}

func TestOnlyWholeMailsAreHandedOut(t *testing.T) {
	t.Parallel()
	d := incoming(t)
	elsewhere := filepath.Join(t.TempDir(), "secret")
	old := time.Now().Add(-2 * longestWriting)
	for name, age := range map[string]time.Time{"tmp/now": time.Now(), "tmp/old": old} {
		path := filepath.Join(string(d), name)
		if err := errors.Join(os.WriteFile(path, []byte("half"), 0o600), os.Chtimes(path, age, age)); err != nil {
			t.Fatal(err)
		}
	}
	err := errors.Join(os.WriteFile(elsewhere, []byte("secret"), 0o600), os.Symlink(elsewhere, filepath.Join(string(d), "new", "link")), os.Mkdir(filepath.Join(string(d), "new", "folder"), 0o700))
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := d.taken(t, nil); len(got) != 0 {
		t.Errorf("handed out %q", got)
	}
	left, err := os.ReadDir(filepath.Join(string(d), "tmp"))
	if err != nil || len(left) != 1 || left[0].Name() != "now" {
		t.Errorf("%v are still being written, %v", left, err)
	}
}

func TestFolderTakesNoMoreThanItCanHold(t *testing.T) {
	t.Parallel()
	d := incoming(t)
	if err := d.Put(&endless{text: "x", left: 4 << 20}); err != nil {
		t.Fatal(err)
	}
	waiting, err := d.waiting()
	if err != nil || len(waiting) != 1 {
		t.Fatal(waiting, err)
	}
	if info, err := os.Stat(waiting[0]); err != nil || info.Size() != MostBounce || info.Mode().Perm() != 0o600 {
		t.Errorf("it is kept as %+v, %v", info, err)
	}
	for k := range MostWaiting {
		if err := os.Link(waiting[0], filepath.Join(string(d), "new", strings.Repeat("x", 1+k%100)+string(rune('a'+k/100%26))+string(rune('a'+k/2600)))); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Put(strings.NewReader("one more")); err == nil || !strings.Contains(err.Error(), "chiron serve") {
		t.Errorf("got %v", err)
	}
	broken := errors.New("the pipe is broken")
	other := incoming(t)
	if err := other.Put(failing{broken}); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	if got, _ := other.taken(t, nil); len(got) != 0 {
		t.Errorf("half a mail is handed out: %q", got)
	}
}

func TestNobodyReadsOnWhenTheProgramEnds(t *testing.T) {
	t.Parallel()
	d := incoming(t)
	if err := d.Put(strings.NewReader("one")); err != nil {
		t.Fatal(err)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if err := d.Take(stopped, func(io.Reader) error { t.Error("a mail is handed out"); return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if err := Maildir(filepath.Join(t.TempDir(), "nowhere")).Take(t.Context(), func(io.Reader) error { return nil }); err == nil {
		t.Error("there is no folder, and no error")
	}
}
