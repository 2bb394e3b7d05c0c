package operate

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/chiron-mentoring/chiron/internal/privacy"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// ErasedFile is the name of the list of those who were erased. It lies in the folder of backups, since it is needed when
// the database is gone: a backup that is older than an erasure knows nothing of it.
const ErasedFile = "erased.txt"

// erasedHead begins a list.
const erasedHead = `# Who was erased from this installation, and when: random numbers that lead to nobody any more.
# chiron restore reads this file and erases them again from a backup that still holds them. Keep it with the backups.
`

// mostErased is how long such a list may be, in bytes: more than a hundred thousand people.
const mostErased = 8 << 20

// erasedLine is a line of the list: when, and the id.
var erasedLine = regexp.MustCompile(`^(\S+Z) ([A-Za-z0-9_-]{1,64})$`)

// NoteErased brings the list in a folder of backups up to what a database knows: whoever was erased there and is not in
// the list is added to it. Done again it adds nothing, so that one that failed is made good by the next one. Lines are
// never taken away.
func NoteErased(ctx context.Context, db *store.DB, folder string) error {
	var erased []store.Erasure
	err := db.View(ctx, func(tx *store.Tx) (err error) {
		erased, err = erasures(tx)
		return err
	})
	if err == nil {
		err = noteErased(folder, erased)
	}
	if err != nil {
		return fmt.Errorf("note in %s who was erased: %w", filepath.Join(folder, ErasedFile), err)
	}
	return nil
}

// erasures are those of a database, which may be of a version that knew none.
func erasures(tx *store.Tx) ([]store.Erasure, error) {
	tables, err := tx.Tables()
	if err != nil || !slices.ContainsFunc(tables, func(t store.Table) bool { return t.Name == "erasure" }) {
		return nil, err
	}
	return tx.Erasures()
}

// noteErased writes the list anew and puts it in place in one step, so that a killed process leaves no half line. Of two
// processes that do it at once one may win; what the other had to add is in its database, and is added the next time.
func noteErased(folder string, erased []store.Erasure) error {
	path := filepath.Join(folder, ErasedFile)
	known, err := ReadErased(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	text := []byte(erasedHead)
	if err == nil {
		if text, err = os.ReadFile(path); err != nil {
			return err
		}
	}
	before, listed := len(text), map[string]bool{}
	for _, id := range known {
		listed[id] = true
	}
	for _, e := range erased {
		if !listed[e.Person] {
			text = fmt.Appendf(text, "%s %s\n", e.DoneAt.UTC().Format(time.RFC3339), e.Person)
		}
	}
	if known != nil && len(text) == before {
		return nil
	}
	return replaceFile(folder, path, text)
}

func replaceFile(folder, path string, text []byte) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(folder, unfinished)
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	if err = errors.Join(err, file.Close()); err == nil {
		err = putInPlace(file.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return nil
}

// ReadErased reads such a list: the ids in it, each once. One that is not there is [fs.ErrNotExist]. A line that is none
// refuses the whole list, since it might be somebody's.
func ReadErased(path string) (ids []string, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if len(text) > mostErased {
		return nil, refuse("%s is longer than %d bytes; is it the right file?", path, mostErased)
	}
	ids = []string{}
	listed := map[string]bool{}
	lines := bufio.NewScanner(bytes.NewReader(text))
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		parts := erasedLine.FindStringSubmatch(line)
		if parts == nil {
			return nil, refuse("%s: line %d is not a time and a number, as in 2027-03-14T12:00:00Z ABCD; put it right, or take it out", path, n)
		}
		if !listed[parts[2]] {
			listed[parts[2]], ids = true, append(ids, parts[2])
		}
	}
	if err := lines.Err(); err != nil {
		return nil, refuse("%s: %v; is it the right file?", path, err)
	}
	return ids, nil
}

// An Erased is what a restore knew of erasures, and did about them.
type Erased struct {
	Again int      // people who were in the backup, and were erased again
	From  []string // where it was read who was erased; empty: nowhere, and whoever was erased since the backup is back
}

// sinceErased gathers who was erased from everywhere that may know more than a backup: the database that the restored one
// replaces, if there is one, and the lists in the folder of backups and beside the backup.
func (of *Installation) sinceErased(ctx context.Context, backup string) (ids, from []string, err error) {
	if of.Replaces != "" && of.Replaces != of.Source {
		there, err := erasedIn(ctx, of.Replaces)
		switch {
		case err == nil:
			ids, from = there, append(from, of.Replaces)
		case ctx.Err() != nil:
			return nil, nil, err
		}
	}
	for _, folder := range []string{of.Folder, filepath.Dir(backup)} {
		path := filepath.Join(folder, ErasedFile)
		listed, err := ReadErased(path)
		switch {
		case errors.Is(err, fs.ErrNotExist), slices.Contains(from, path):
			continue
		case err != nil:
			return nil, nil, err
		}
		ids, from = append(ids, listed...), append(from, path)
	}
	return ids, from, nil
}

// erasedIn are those who were erased in a database that is as some server has left it. An error says that it cannot tell.
func erasedIn(ctx context.Context, source string) (ids []string, err error) {
	db, err := store.Inspect(ctx, source)
	if err != nil {
		return nil, err
	}
	err = db.View(ctx, func(tx *store.Tx) error {
		version, err := tx.SchemaVersion()
		if err == nil && version == 0 {
			err = errors.New("there is nothing in it")
		}
		if err != nil {
			return err
		}
		all, err := erasures(tx)
		for _, e := range all {
			ids = append(ids, e.Person)
		}
		return err
	})
	return ids, errors.Join(err, db.Close())
}

// eraseAgain erases those from what was restored who were erased since, before anybody can open it.
func (of *Installation) eraseAgain(ctx context.Context, db *store.DB, backup string) (e Erased, err error) {
	ids, from, err := of.sinceErased(ctx, backup)
	if err != nil {
		return e, err
	}
	e.From = from
	e.Again, err = privacy.Again(ctx, db, of.Now(), ids)
	return e, err
}
