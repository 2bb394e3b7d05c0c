package keys

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/chiron-mentoring/chiron/internal/fault"
)

// mostFile is how long a file of a key may be, in bytes. They have a few hundred.
const mostFile = 4096

// newFiles is how the names of files begin that are not finished.
const newFiles = ".new-"

// readFolder reads all keys that are in the folder, which may be missing.
func (r *Ring) readFolder() error {
	entries, err := os.ReadDir(r.folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("read the folder of keys: %w", err)
	}
	if err := private(r.folder, 0o022, "others can put keys into the folder %s; run: chmod 700 %s"); err != nil {
		return err
	}
	for _, entry := range entries {
		if useOf(entry.Name()) == "" {
			continue
		}
		f, err := readFile(r.folder, entry.Name())
		if err != nil {
			return err
		}
		switch f.use {
		case forLetters:
			r.letters = f
		case forAudit:
			r.audit = f
		case forSealing:
			r.sealing = append(r.sealing, keyOf(f))
		}
	}
	slices.SortFunc(r.sealing, byBeginning)
	return nil
}

func readFile(folder, name string) (file, error) {
	path := filepath.Join(folder, name)
	if err := private(path, 0o077, "others can read the key %s; run: chmod 600 %s"); err != nil {
		return file{}, err
	}
	opened, err := os.Open(path)
	if err != nil {
		return file{}, fmt.Errorf("read a key: %w", err)
	}
	data, err := io.ReadAll(io.LimitReader(opened, mostFile))
	if err := errors.Join(err, opened.Close()); err != nil {
		return file{}, fmt.Errorf("read a key: %w", err)
	}
	f, right := parse(name, string(data))
	if !right {
		return file{}, damaged(folder, name)
	}
	return f, nil
}

func damaged(folder, name string) error {
	return fmt.Errorf("the key %s is damaged; put it back from where you keep a copy of the keys, and change nothing in it", filepath.Join(folder, name))
}

// private says, in words with the path in two places, that something has permissions which it must not have. Systems
// without such permissions have other ones, which are not looked at.
func private(path string, forbidden fs.FileMode, words string) error {
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("read a key: %w", err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&forbidden != 0 {
		return fmt.Errorf(words, path, path)
	}
	return nil
}

// missing are the names of the keys that are not in the folder and must be.
func (r *Ring) missing() (names []string) {
	if r.letters.name == "" {
		names = append(names, lettersName)
	}
	if r.audit.name == "" {
		names = append(names, auditName)
	}
	if len(r.sealing) == 0 {
		names = append(names, sealingName(1))
	}
	return names
}

// makeMissing makes the keys that are not there, or reads those that another process has made in the meantime.
func (r *Ring) makeMissing(origin string, now time.Time) error {
	missing := r.missing()
	if len(missing) == 0 {
		return nil
	}
	audit, err := newAudit(origin, now)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(r.folder, 0o700); err != nil {
		return fmt.Errorf("make the folder of keys: %w", err)
	}
	fresh := map[string]file{lettersName: newLetters(now), auditName: audit, sealingName(1): newSealing(1, now)}
	for _, name := range missing {
		f := fresh[name]
		made, err := f.make(r.folder)
		if err != nil {
			return err
		}
		if made {
			r.made = append(r.made, name)
		}
	}
	r.sealing = nil
	return r.readFolder()
}

// make writes the file, whole or not at all, and on the disk when it is there. False: it was there before.
func (f *file) make(folder string) (made bool, err error) {
	fresh, err := os.CreateTemp(folder, newFiles) // with permissions for its user alone
	if err != nil {
		return false, fmt.Errorf("make a key: %w", err)
	}
	_, err = fresh.WriteString(f.text())
	if err == nil {
		err = fresh.Sync()
	}
	if err = errors.Join(err, fresh.Close()); err == nil {
		err = os.Link(fresh.Name(), filepath.Join(folder, f.name)) // which, unlike renaming, never takes the place of another
	}
	fault.Point(fault.KeyWritten)
	there := errors.Is(err, fs.ErrExist)
	if there {
		err = nil
	}
	if err := errors.Join(err, os.Remove(fresh.Name()), syncFolder(folder)); err != nil {
		return false, fmt.Errorf("make a key: %w", err)
	}
	return !there, nil
}

// takeBack deletes the keys that the ring has made, with which nothing was sealed yet.
func (r *Ring) takeBack() error {
	var errs []error
	for _, name := range r.made {
		errs = append(errs, remove(r.folder, name))
	}
	r.made = nil
	return errors.Join(errs...)
}

func remove(folder, name string) error {
	return errors.Join(os.Remove(filepath.Join(folder, name)), syncFolder(folder))
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

// removeKey deletes a key, also under the name that a process which was killed while making it has left it.
func removeKey(folder, name string) error {
	key, err := os.Stat(filepath.Join(folder, name))
	if err != nil {
		return err
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		left, err := entry.Info()
		if err == nil && strings.HasPrefix(entry.Name(), newFiles) && os.SameFile(left, key) {
			if err := remove(folder, entry.Name()); err != nil {
				return err
			}
		}
	}
	return remove(folder, name)
}

// lieApart says whether the folder of keys lies in one of those that it must be kept apart from, wherever links lead.
func lieApart(folder string, apart []string) error {
	keys, err := place(folder)
	if err != nil {
		return err
	}
	for _, other := range apart {
		if other == "" {
			continue
		}
		from, err := place(other)
		if err != nil {
			return err
		}
		if below, err := filepath.Rel(from, keys); err == nil && below != ".." && !strings.HasPrefix(below, ".."+string(filepath.Separator)) {
			return fmt.Errorf("the folder of keys %s lies in %s, which keys must be kept apart from; set keys to a folder outside of it, and move the keys there if there are any", folder, other)
		}
	}
	return nil
}

// place is where a path leads, though its end may not exist yet.
func place(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("find the folder of keys: %w", err)
	}
	rest := ""
	for at := path; ; at = filepath.Dir(at) {
		real, err := filepath.EvalSymlinks(at)
		switch {
		case err == nil:
			return filepath.Join(real, rest), nil
		case !errors.Is(err, fs.ErrNotExist) || at == filepath.Dir(at):
			return "", fmt.Errorf("find the folder of keys: %w", err)
		}
		rest = filepath.Join(filepath.Base(at), rest)
	}
}
