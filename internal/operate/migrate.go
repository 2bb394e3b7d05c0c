package operate

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/chiron-mentoring/chiron/internal/store"
)

// Versions are the version of the schema that a store has, 0 for none, and the newest.
type Versions struct{ Present, Newest int64 }

// LookAtVersions says which versions there are. A store that does not exist has none.
func LookAtVersions(ctx context.Context, source string) (Versions, error) {
	v := Versions{Newest: store.NewestVersion()}
	db, err := store.Inspect(ctx, source)
	if store.IsKind(err, store.NotFound) {
		return v, nil
	}
	if err != nil {
		return v, err
	}
	v.Present, err = versionOf(ctx, db)
	return v, errors.Join(err, db.Close())
}

// Migrated is what came of an upgrade.
type Migrated struct {
	Versions
	Backup *Made // from before; nil: there was nothing to back up, or nothing to do
}

// Migrate brings the schema of the installation up to date, after a [Backup]. A store that has no schema yet needs no
// keys.
//
// On SQLite the steps are made on a copy, which then takes the place of the database in one move: whatever fails, and
// whenever the process is killed, there is the old database or the new one. On PostgreSQL each step is a transaction, so
// that there is always a whole version, and what is missing is made up by the next start.
func Migrate(ctx context.Context, of Installation) (*Migrated, error) {
	if !isFolder(of.Source) {
		return of.migratePostgres(ctx)
	}
	if err := os.MkdirAll(of.Source, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	release, err := store.LockFolder(of.Source)
	if err != nil {
		return nil, err
	}
	migrated, err := of.migrateFolder(ctx)
	return migrated, errors.Join(err, release())
}

// before looks what is to be done, and makes the backup if there is something to be lost.
func (of *Installation) before(ctx context.Context) (m *Migrated, done bool, err error) {
	m = &Migrated{}
	if m.Versions, err = LookAtVersions(ctx, of.Source); err != nil {
		return nil, false, err
	}
	switch {
	case m.Present > m.Newest:
		return nil, false, refuse("the database has version %d of the schema, and this program knows %d; use the version of chiron that upgraded it, or a later one", m.Present, m.Newest)
	case m.Present == m.Newest:
		return m, true, nil
	case m.Present == 0:
		return m, false, nil
	}
	if m.Backup, err = Backup(ctx, *of); err != nil {
		return nil, false, fmt.Errorf("nothing was changed, since there is no backup: %w", err)
	}
	return m, false, nil
}

func (of *Installation) migratePostgres(ctx context.Context) (*Migrated, error) {
	m, done, err := of.before(ctx)
	if err != nil || done {
		return m, err
	}
	db, err := store.Open(ctx, of.Source)
	if err != nil {
		return m, err
	}
	return m, db.Close()
}

func (of *Installation) migrateFolder(ctx context.Context) (*Migrated, error) {
	m, done, err := of.before(ctx)
	if err != nil || done {
		return m, err
	}
	work, err := workFolder(of.Source, unfinished)
	if err != nil {
		return m, err
	}
	err = of.migrateCopy(ctx, m.Present, work)
	if err == nil {
		err = putInPlace(databaseIn(work), databaseIn(of.Source))
	} else {
		err = fmt.Errorf("the database is as it was: %w", err)
	}
	return m, errors.Join(err, os.RemoveAll(work))
}

// migrateCopy makes the database that is to take the place of the present one, from a copy of it if there is one.
func (of *Installation) migrateCopy(ctx context.Context, present int64, work string) error {
	if present > 0 {
		if err := store.Gather(ctx, of.Source); err != nil {
			return err
		}
		if err := copyFile(databaseIn(of.Source), databaseIn(work)); err != nil {
			return err
		}
	}
	db, err := store.Open(ctx, work)
	if err != nil {
		return err
	}
	err = db.View(ctx, func(tx *store.Tx) error {
		damage, err := tx.Damage(true)
		if err == nil && len(damage) > 0 {
			err = errors.New("the new database is damaged: " + strings.Join(damage, "; "))
		}
		return err
	})
	if err = errors.Join(err, db.Close()); err != nil {
		return err
	}
	return store.Gather(ctx, work)
}
