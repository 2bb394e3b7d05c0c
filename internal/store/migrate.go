package store

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"github.com/chiron-mentoring/chiron/internal/fault"
)

//go:embed migrations
var migrations embed.FS

// migrate brings the schema up to date and returns its version. Several instances may start at once on PostgreSQL: one
// migrates, the others wait. On SQLite the lock of the data folder sees to that. Each step is a transaction, so that a
// killed process leaves the old schema or the new one.
func (db *DB) migrate(ctx context.Context) (int64, error) {
	steps, err := db.steps()
	if err != nil {
		return 0, err
	}
	for {
		_, err := steps.UpByOne(ctx)
		if errors.Is(err, goose.ErrNoNextVersion) {
			return steps.GetDBVersion(ctx)
		}
		if err != nil {
			return 0, faultOf(err)
		}
		fault.Point(fault.Migrated)
	}
}

func (db *DB) steps() (*goose.Provider, error) {
	dialect := goose.DialectSQLite3
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	if db.Engine == PostgreSQL {
		dialect = goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return nil, fmt.Errorf("lock the migrations: %w", err)
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	files, err := fs.Sub(migrations, "migrations/"+string(db.Engine))
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(dialect, db.write, files, options...)
}

// Version is the version of the schema in the database.
func (db *DB) Version(ctx context.Context) (int64, error) {
	steps, err := db.steps()
	if err != nil {
		return 0, err
	}
	version, err := steps.GetDBVersion(ctx)
	return version, faultOf(err)
}

// MigrateTo brings the schema to a version, forth or back; -1 is the newest. Going back loses what only newer versions
// can keep: it is for tests and for developers.
func (db *DB) MigrateTo(ctx context.Context, version int64) error {
	steps, err := db.steps()
	if err != nil {
		return err
	}
	now, err := steps.GetDBVersion(ctx)
	switch {
	case err != nil:
	case version < 0:
		_, err = steps.Up(ctx)
	case version < now:
		_, err = steps.DownTo(ctx, version)
	default:
		_, err = steps.UpTo(ctx, version)
	}
	return faultOf(err)
}
