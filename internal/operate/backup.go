package operate

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/chiron-mentoring/chiron/internal/audit"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// A Made is a backup that was made and tried.
type Made struct {
	Path       string
	Size       int64
	Manifest   *Manifest
	Log        audit.Found // what was verified of the audit log in it
	Unreadable int64       // private values in it whose key is not in the folder of keys
}

// unfinished is how the names of folders begin in which something is being made.
const unfinished = ".unfinished-"

// Backup makes a backup, also while a server has the store open. Before it says so, the backup has been restored into a
// temporary folder beside it, as [Restore] would do it, with everything that is looked at then. A backup that is not
// right is not kept. The list of erasures beside it is brought up to date with it, see [NoteErased].
func Backup(ctx context.Context, of Installation) (*Made, error) {
	if err := os.MkdirAll(of.Folder, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of backups: %w", err)
	}
	release, err := store.Lock(filepath.Join(of.Folder, ".lock"))
	if err != nil {
		return nil, refuse("another backup is being made in %s; wait for its end", of.Folder)
	}
	work, err := workFolder(of.Folder, unfinished)
	if err != nil {
		return nil, errors.Join(err, release())
	}
	made, err := of.backUp(ctx, work)
	return made, errors.Join(err, os.RemoveAll(work), release())
}

func (of *Installation) backUp(ctx context.Context, work string) (*Made, error) {
	m, err := of.save(ctx, work)
	if err != nil {
		return nil, fmt.Errorf("copy the database: %w", err)
	}
	packed := filepath.Join(work, "backup")
	if err := writeArchive(ctx, packed, work, m, of.Keys.Signer()); err != nil {
		return nil, fmt.Errorf("pack the backup: %w", err)
	}
	if err := os.Remove(databaseIn(work)); err != nil {
		return nil, err
	}
	trial := filepath.Join(work, "trial")
	if err := os.Mkdir(trial, 0o700); err != nil {
		return nil, err
	}
	tried, err := try(ctx, packed, trial, of.Keys)
	if err != nil {
		return nil, fmt.Errorf("the backup was made, but restoring it on trial failed, so it was not kept: %w", err)
	}
	var erased []store.Erasure
	err = tried.db.View(ctx, func(tx *store.Tx) (err error) {
		erased, err = erasures(tx)
		return err
	})
	if err := errors.Join(err, tried.db.Close()); err != nil {
		return nil, err
	}
	path, err := freeName(of.Folder, m.MadeAt)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(packed)
	if err != nil {
		return nil, err
	}
	if err := putInPlace(packed, path); err != nil {
		return nil, err
	}
	return &Made{path, info.Size(), m, tried.log, tried.unreadable}, noteErased(of.Folder, erased)
}

// save writes the database into a folder, and describes what it has written.
func (of *Installation) save(ctx context.Context, folder string) (*Manifest, error) {
	db, err := store.Inspect(ctx, of.Source)
	if err != nil {
		return nil, err
	}
	m := &Manifest{Format: Format, MadeAt: of.Now().UTC().Truncate(time.Second), Program: of.Program, Engine: string(db.Engine)}
	err = known(ctx, db)
	if err == nil {
		err = db.SaveCopy(ctx, folder)
	}
	if err = errors.Join(err, db.Close()); err != nil {
		return nil, err
	}
	saved, err := store.Inspect(ctx, folder)
	if err != nil {
		return nil, err
	}
	err = saved.View(ctx, func(tx *store.Tx) error {
		schema, err := tx.SchemaVersion()
		if err != nil {
			return err
		}
		counts, err := tx.Count()
		if err != nil {
			return err
		}
		checkpoint, err := audit.Latest(tx)
		m.Schema, m.Tables, m.Audit = schema, tablesOf(counts), string(checkpoint)
		return err
	})
	return m, errors.Join(err, saved.Close())
}

// known makes sure that there is a schema, and one that this program knows.
func known(ctx context.Context, db *store.DB) error {
	version, err := versionOf(ctx, db)
	switch {
	case err != nil:
		return err
	case version == 0:
		return refuse("there is nothing in the database yet; chiron serve or chiron migrate begins it")
	case version > store.NewestVersion():
		return refuse("the database has version %d of the schema, and this program knows %d; use the version of chiron that the server has", version, store.NewestVersion())
	}
	return nil
}

func versionOf(ctx context.Context, db *store.DB) (version int64, err error) {
	err = db.View(ctx, func(tx *store.Tx) (err error) {
		version, err = tx.SchemaVersion()
		return err
	})
	return version, err
}

// The names of backups: chiron-2027-03-14T12-00-00Z.zip, with -2 and so on before the end for others of the same second.
const (
	namePrefix = "chiron-"
	nameSuffix = ".zip"
	nameLayout = "2006-01-02T15-04-05Z"
)

// freeName is a path that is not taken. Nobody else makes backups meanwhile.
func freeName(folder string, at time.Time) (string, error) {
	base := filepath.Join(folder, namePrefix+at.UTC().Format(nameLayout))
	path := base + nameSuffix
	for k := 2; ; k++ {
		_, err := os.Lstat(path)
		if errors.Is(err, fs.ErrNotExist) {
			return path, nil
		}
		if err != nil {
			return "", err
		}
		path = fmt.Sprintf("%s-%d%s", base, k, nameSuffix)
	}
}

// A Saved is a backup in the folder, by its name. It was tried when it was made.
type Saved struct {
	Path string
	At   time.Time // of what is in it
}

// Backups lists the backups in a folder, the newest first. It opens none of them. A folder that is not there has none.
func Backups(folder string) ([]Saved, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the folder of backups: %w", err)
	}
	var all []Saved
	for _, entry := range entries {
		rest, named := strings.CutPrefix(entry.Name(), namePrefix)
		rest, isZip := strings.CutSuffix(rest, nameSuffix)
		if !named || !isZip || len(rest) < len(nameLayout) || !entry.Type().IsRegular() {
			continue
		}
		if at, err := time.Parse(nameLayout, rest[:len(nameLayout)]); err == nil {
			all = append(all, Saved{filepath.Join(folder, entry.Name()), at})
		}
	}
	slices.SortFunc(all, func(a, b Saved) int { return b.At.Compare(a.At) })
	return all, nil
}
