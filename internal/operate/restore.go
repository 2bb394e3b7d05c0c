package operate

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/chiron-mentoring/chiron/internal/audit"
	"github.com/chiron-mentoring/chiron/internal/keys"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// A trial is a backup that was brought to life in a folder, with everything that can be known about it looked at.
type trial struct {
	db         *store.DB // with the newest schema
	manifest   *Manifest
	log        audit.Found
	unreadable int64 // private values whose key is not there
}

// try restores a backup into an empty folder: it must be as it was written; no page, no index and no reference of its
// database is broken; it has the rows that the manifest counts; its schema can be brought up to date; it belongs to the
// keys; and its audit log verifies.
func try(ctx context.Context, backup, folder string, ring *keys.Ring) (*trial, error) {
	m, err := unpack(ctx, backup, folder, ring.Verifier())
	if err != nil {
		return nil, err
	}
	if err := inspect(ctx, folder, m); err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, folder)
	if err != nil {
		return nil, err
	}
	t := &trial{db: db, manifest: m}
	err = ring.Recognise(ctx, db)
	if err == nil {
		t.log, err = verifyLog(ctx, db, ring.Verifier(), m.Audit)
	}
	if err == nil {
		err = db.View(ctx, func(tx *store.Tx) (err error) {
			t.unreadable, err = unreadable(tx, ring)
			return err
		})
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return t, nil
}

// unreadable counts the private values whose key is not in the folder of keys. They can be brought back all the same, and
// read when the key is.
func unreadable(tx *store.Tx, ring *keys.Ring) (n int64, err error) {
	all, err := tx.PrivateKeys()
	for _, k := range all {
		if _, known := ring.Key(k.ID); !known {
			n += k.Rows
		}
	}
	return n, err
}

// inspect compares the database in a folder with a manifest, before anything in it is changed.
func inspect(ctx context.Context, folder string, m *Manifest) error {
	db, err := store.Inspect(ctx, folder)
	if err != nil {
		return err
	}
	err = db.View(ctx, func(tx *store.Tx) error {
		version, err := tx.SchemaVersion()
		if err != nil {
			return err
		}
		damage, err := tx.Damage(false)
		if err != nil {
			return err
		}
		counts, err := tx.Count()
		switch {
		case err != nil:
			return err
		case version != m.Schema:
			return refuse("the database has version %d of the schema, and the manifest says %d", version, m.Schema)
		case len(damage) > 0:
			return refuse("the database is damaged: %s", strings.Join(damage, "; "))
		case !slices.Equal(tablesOf(counts), m.Tables):
			return refuse("the database has not the rows that the manifest counts")
		}
		return nil
	})
	return errors.Join(err, db.Close())
}

// verifyLog verifies the audit log, and that it begins as a checkpoint says; "": none was kept.
func verifyLog(ctx context.Context, db *store.DB, key note.Verifier, checkpoint string) (audit.Found, error) {
	var kept []audit.Checkpoint
	if checkpoint != "" {
		c, err := audit.Open([]byte(checkpoint), key)
		if err != nil {
			return audit.Found{}, notIntact(ctx, err)
		}
		kept = append(kept, c)
	}
	found, err := audit.Verify(ctx, db, key, kept...)
	return found, notIntact(ctx, err)
}

// Restored is what came of a restore.
type Restored struct {
	Manifest   *Manifest
	Log        audit.Found
	Unreadable int64 // private values whose key is not in the folder of keys
	Schema     int64 // the version now, which may be newer than that of the backup
	Erased     Erased
}

// Restore brings a backup to life in the source of the installation, which must be empty: on SQLite a folder with
// nothing in it, on PostgreSQL a database without tables or with those of chiron and no rows. Everything that [Backup]
// has tried is tried again before the source is touched, and the source then gets all of it or nothing.
//
// Links in letters, sessions, and invitations into programs with letters to addresses that have no account, are not brought
// back: those that ended since the backup would live again. Nor are people
// who were erased since: they are erased from what was unpacked before it is put in place, by what the database that it
// replaces and the lists of erasures know. The audit log says that it was restored.
func Restore(ctx context.Context, of Installation, backup string) (*Restored, error) {
	if isFolder(of.Source) {
		return of.restoreFolder(ctx, backup)
	}
	return of.restorePostgres(ctx, backup)
}

func (of *Installation) restoreFolder(ctx context.Context, backup string) (restored *Restored, err error) {
	err = newFolder(ctx, of.Source, func(work string) (err error) {
		restored, err = of.bring(ctx, backup, work, func(*store.DB) error { return nil })
		return err
	})
	return restored, err
}

// newFolder lets a store of SQLite be made in a work folder within an empty data folder, and then puts it in place, whole
// or not at all.
func newFolder(ctx context.Context, folder string, make func(work string) error) error {
	wasThere := exists(folder)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	release, err := store.LockFolder(folder)
	if err != nil {
		return err
	}
	err = errors.Join(fillFolder(ctx, folder, make), release())
	if err != nil && !wasThere {
		err = errors.Join(err, store.RemoveLock(folder), os.Remove(folder))
	}
	return err
}

func fillFolder(ctx context.Context, folder string, make func(work string) error) error {
	if err := isEmptyFolder(folder); err != nil {
		return err
	}
	work, err := workFolder(folder, unfinished)
	if err != nil {
		return err
	}
	err = make(work)
	if err == nil {
		err = store.Gather(ctx, work)
	}
	if err == nil {
		err = putInPlace(databaseIn(work), databaseIn(folder))
	}
	return errors.Join(err, os.RemoveAll(work))
}

// isEmptyFolder refuses a folder with anything in it but what a restore that was killed has left.
func isEmptyFolder(folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if name := entry.Name(); !store.IsLockFile(name) && !strings.HasPrefix(name, unfinished) {
			return refuse("%s is not empty: there is %s in it. A restore goes into a folder that is not there or has nothing in it; rename this one, or name another", folder, name)
		}
	}
	return nil
}

func (of *Installation) restorePostgres(ctx context.Context, backup string) (*Restored, error) {
	if err := isEmptyDatabase(ctx, of.Source); err != nil {
		return nil, err
	}
	work, err := os.MkdirTemp("", "chiron-restore-")
	if err != nil {
		return nil, err
	}
	restored, err := of.bring(ctx, backup, work, func(from *store.DB) error {
		_, err := of.fill(ctx, from, of.Source, nil)
		return err
	})
	return restored, errors.Join(err, os.RemoveAll(work))
}

// isEmptyDatabase refuses a database with tables of others, or with rows.
func isEmptyDatabase(ctx context.Context, source string) error {
	db, err := store.Inspect(ctx, source)
	if err != nil {
		return err
	}
	err = db.View(ctx, func(tx *store.Tx) error {
		version, err := tx.SchemaVersion()
		if err != nil {
			return err
		}
		counts, err := tx.Count()
		if err != nil {
			return err
		}
		for _, c := range counts {
			if version == 0 || c.Rows > 0 {
				return refuse("the database is not empty: there is a table %s in it. Make a new one, such as with createdb, and name that", c.Table)
			}
		}
		return nil
	})
	return errors.Join(err, db.Close())
}

// filled is what came into a store.
type filled struct {
	rows int64
	log  audit.Found
}

// fill copies a store into an empty one, and verifies what came there. In the end it does what after says, if anything.
func (of *Installation) fill(ctx context.Context, from *store.DB, target string, after func(tx *store.Tx) error) (f filled, err error) {
	to, err := store.Open(ctx, target)
	if err != nil {
		return f, err
	}
	counts, err := store.Copy(ctx, from, to)
	for _, c := range counts {
		f.rows += c.Rows
	}
	if err == nil {
		f.log, err = verifyLog(ctx, to, of.Keys.Verifier(), "")
	}
	if err == nil && after != nil {
		err = to.Update(ctx, after)
	}
	return f, errors.Join(err, to.Close())
}

// bring tries a backup in a work folder, makes of it what is to be restored, and hands that on.
func (of *Installation) bring(ctx context.Context, backup, work string, on func(db *store.DB) error) (*Restored, error) {
	tried, err := try(ctx, backup, work, of.Keys)
	if err != nil {
		return nil, err
	}
	var erased Erased
	err = tried.db.Update(ctx, func(tx *store.Tx) error { return of.revive(tx, tried.manifest) })
	if err == nil {
		erased, err = of.eraseAgain(ctx, tried.db, backup)
	}
	if err == nil {
		err = on(tried.db)
	}
	return &Restored{tried.manifest, tried.log, tried.unreadable, store.NewestVersion(), erased}, errors.Join(err, tried.db.Close())
}

// revive ends what must not live again, and logs the restore.
func (of *Installation) revive(tx *store.Tx, m *Manifest) error {
	forever := time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	if _, err := tx.SweepSessions(forever); err != nil {
		return err
	}
	if _, err := tx.SweepLinks(forever); err != nil {
		return err
	}
	if _, err := tx.SweepInvitations(forever); err != nil {
		return err
	}
	if err := tx.DropLettersToAddresses(); err != nil {
		return err
	}
	return audit.Record(tx, of.Now(), audit.Event{
		Actor: "console", Action: "installation.restore", Kind: "installation", Object: m.MadeAt.Format(time.RFC3339),
	})
}
