package operate

import (
	"context"
	"errors"

	"github.com/chiron-mentoring/chiron/internal/audit"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// Moved is what came of a move.
type Moved struct {
	Rows int64
	Log  audit.Found
}

// Move copies everything to another source, of either engine, which must be empty as for [Restore]: the same rows,
// counted in both, and an audit log that verifies, and says that it was moved. The source of the installation stays as it
// is. No server may have it open: what it wrote meanwhile would be missing.
func Move(ctx context.Context, of Installation, to string) (*Moved, error) {
	if of.Source == to {
		return nil, refuse("the two databases are the same")
	}
	release, err := of.hold()
	if err != nil {
		return nil, err
	}
	from, err := store.Inspect(ctx, of.Source)
	if err != nil {
		return nil, errors.Join(err, release())
	}
	moved, err := of.move(ctx, from, to)
	return moved, errors.Join(err, from.Close(), release())
}

// hold keeps servers away from a folder while it is moved. Of PostgreSQL [mustBeAlone] asks.
func (of *Installation) hold() (release func() error, err error) {
	if !isFolder(of.Source) {
		return func() error { return nil }, nil
	}
	return store.LockFolder(of.Source)
}

func (of *Installation) move(ctx context.Context, from *store.DB, to string) (*Moved, error) {
	if err := mustBeAlone(ctx, from); err != nil {
		return nil, err
	}
	var f filled
	fill := func(target string) (err error) {
		f, err = of.fill(ctx, from, target, of.logMove)
		return err
	}
	if isFolder(to) {
		err := newFolder(ctx, to, fill)
		return &Moved{f.rows, f.log}, err
	}
	if err := isEmptyDatabase(ctx, to); err != nil {
		return nil, err
	}
	return &Moved{f.rows, f.log}, fill(to)
}

func (of *Installation) logMove(tx *store.Tx) error {
	return audit.Record(tx, of.Now(), audit.Event{Actor: "console", Action: "installation.move", Kind: "installation", Object: "database"})
}

// mustBeAlone refuses a store that a server has open, and one that is not of this version.
func mustBeAlone(ctx context.Context, db *store.DB) error {
	return db.View(ctx, func(tx *store.Tx) error {
		if err := mustBeNewest(tx); err != nil {
			return err
		}
		others, err := tx.OtherProcesses()
		if err == nil && others > 0 {
			err = refuse("a server has the database open (%d connections); stop every instance first, or what it writes meanwhile is lost", others)
		}
		return err
	})
}

func mustBeNewest(tx *store.Tx) error {
	version, err := tx.SchemaVersion()
	if newest := store.NewestVersion(); err == nil && version != newest {
		err = refuse("the database has version %d of the schema, and this program works with %d; bring it up to date first, with chiron migrate", version, newest)
	}
	return err
}
