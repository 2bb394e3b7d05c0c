// Package operate is what whoever looks after an installation does with it: backups that were tried before they are said
// to be made, restoring them, moving from one database to the other, upgrading, and looking what is wrong.
//
// A backup is one zip file. In it are a database of SQLite, whichever engine it was made from, so that any program can
// read it in ten years; a manifest that says what must be in it; and a signature over the manifest by the key of the
// audit log, so that nobody who can write to the folder of backups can slip in another one. The keys are never in it.
//
// Nothing here prints, and no error or finding names a person. Words for the terminal are in cmd/chiron.
package operate

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/chiron-mentoring/chiron/internal/keys"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// An Installation is what there is to look after.
type Installation struct {
	Source string // of the store, as [store.Open] takes it
	Folder string // of backups
	// Replaces is the source of the store that a restored one takes the place of, for who was erased there; "": none.
	Replaces string
	Keys     *keys.Ring // nil where a function says that it needs none
	Program  string     // the version of this program, for manifests
	Now      func() time.Time
}

// A Refusal is a no with its reason: nothing was changed, and trying again would not help.
type Refusal struct{ reason string }

func (r *Refusal) Error() string { return r.reason }

func refuse(format string, args ...any) error { return &Refusal{fmt.Sprintf(format, args...)} }

// isFolder says whether a source is a folder of SQLite.
func isFolder(source string) bool {
	return !strings.HasPrefix(source, "postgres://") && !strings.HasPrefix(source, "postgresql://")
}

// workFolder makes a folder for files that are not finished, which only this user can read, after deleting those that
// killed processes have left. The caller holds a lock that keeps others from making some.
func workFolder(in, prefix string) (string, error) {
	left, err := os.ReadDir(in)
	if err != nil {
		return "", err
	}
	for _, entry := range left {
		if strings.HasPrefix(entry.Name(), prefix) {
			if err := os.RemoveAll(filepath.Join(in, entry.Name())); err != nil {
				return "", err
			}
		}
	}
	return os.MkdirTemp(in, prefix)
}

// putInPlace moves a finished file of its own folder into place, in one step, and so that it is still there after a power
// cut. What stood there is replaced.
func putInPlace(from, to string) error {
	f, err := os.OpenFile(from, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(to))
}

// syncFolder makes sure that a name that was added or taken away stays so.
func syncFolder(folder string) error {
	if runtime.GOOS == "windows" {
		return nil // where folders cannot be opened for it
	}
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// copyFile copies a file that nobody has open, for its user alone.
func copyFile(from, to string) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(target, source)
	return errors.Join(err, target.Close())
}

func databaseIn(folder string) string { return filepath.Join(folder, store.DatabaseFile) }
