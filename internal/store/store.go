package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/chiron-mentoring/chiron/internal/fault"
)

// Engine is one of the two databases.
type Engine string

// The engines.
const (
	SQLite     Engine = "sqlite"
	PostgreSQL Engine = "postgres"
)

// A DB is an open store. It is safe for use by several goroutines.
type DB struct {
	Engine Engine

	write, read *sql.DB // the same pool on PostgreSQL
	queries     map[string]string
	prepared    map[*sql.DB]map[string]*sql.Stmt // on SQLite, which would parse a query every time
	release     func() error                     // of the lock that keeps a second process away
	line        chan struct{}                    // holds one place, for who was in the way of others too often
}

// Open opens the store that a source names and brings its schema up to date. A source that begins with "postgres://" is
// a PostgreSQL database; every other one is a folder, made if need be, in which SQLite keeps its file. Only one process
// can have the folder open; the error of a second one is a [*Fault] of kind [Unavailable] that says so.
func Open(ctx context.Context, source string) (*DB, error) {
	db, err := connect(ctx, source)
	if err != nil {
		return nil, err
	}
	if _, err := db.migrate(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("bring the schema up to date: %w", err), db.Close())
	}
	if err := db.prepare(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// connect opens the store as it is, without looking at its schema.
func connect(ctx context.Context, source string) (*DB, error) {
	db := &DB{Engine: engineOf(source), prepared: map[*sql.DB]map[string]*sql.Stmt{}, line: make(chan struct{}, 1)}
	db.queries = queriesFor(db.Engine)
	open := openSQLite
	if db.Engine == PostgreSQL {
		open = openPostgres
	}
	if err := open(ctx, source, db); err != nil {
		return nil, err
	}
	return db, nil
}

// Close ends all connections.
func (db *DB) Close() error {
	var errs []error
	for _, statements := range db.prepared {
		for _, statement := range statements {
			errs = append(errs, statement.Close())
		}
	}
	if db.read != nil && db.read != db.write {
		errs = append(errs, db.read.Close())
	}
	if db.write != nil {
		errs = append(errs, db.write.Close())
	}
	if db.release != nil {
		errs = append(errs, db.release())
	}
	return errors.Join(errs...)
}

// Ping says whether the database answers.
func (db *DB) Ping(ctx context.Context) error { return faultOf(db.read.PingContext(ctx)) }

// A Tx is a transaction. It lives as long as the function that it is handed to, and belongs to one goroutine.
type Tx struct {
	ctx context.Context
	db  *DB
	tx  *sql.Tx
	in  *sql.DB

	noted map[string]bool // who has changed in what lists and searches find
}

// How often a transaction that another one got in the way of is tried, and the longest first wait. Those that were tried
// in vain a few times stand in line, one of this process at a time: when hundreds come for one row at one moment, each
// gets it in its turn, where else all would go on turning each other away.
const (
	mostTries   = 16
	triesAtOnce = 4
	longestWait = 4 * time.Millisecond
)

// Update runs f in a transaction that may change things. If f returns an error, or panics, nothing has happened. All
// such transactions have the effect of one after the other (serializable); where the engine notices that two got in
// each other's way, f runs again, so it must change nothing but what the transaction keeps. A transaction is short: it
// computes nothing that takes long and waits for nobody.
func (db *DB) Update(ctx context.Context, f func(tx *Tx) error) error {
	for try := 1; ; try++ {
		if try == triesAtOnce+1 {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case db.line <- struct{}{}:
				defer func() { <-db.line }()
			}
		}
		err := db.once(ctx, db.write, &sql.TxOptions{Isolation: isolation(db.Engine)}, f)
		if try == mostTries || !inTheWay(err) {
			return err
		}
		wait := time.Duration(rand.Int64N(int64(longestWait) << (try % triesAtOnce))) // a spread of waits, which decides nothing else
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
	}
}

// View runs f in a transaction that sees one moment and can change nothing.
func (db *DB) View(ctx context.Context, f func(tx *Tx) error) error {
	return db.once(ctx, db.read, &sql.TxOptions{Isolation: snapshot(db.Engine), ReadOnly: true}, f)
}

func (db *DB) once(ctx context.Context, in *sql.DB, o *sql.TxOptions, f func(tx *Tx) error) (err error) {
	tx, err := in.BeginTx(ctx, o)
	if err != nil {
		return faultOf(err)
	}
	defer func() {
		// After a commit this finds the transaction done. Before one f has failed or panicked, and what it did goes.
		if undone := tx.Rollback(); undone != nil && !errors.Is(undone, sql.ErrTxDone) {
			err = errors.Join(err, faultOf(undone))
		}
	}()
	if err := f(&Tx{ctx: ctx, db: db, tx: tx, in: in}); err != nil {
		return err
	}
	if !o.ReadOnly {
		fault.Point(fault.BeforeCommit)
	}
	if err := tx.Commit(); err != nil {
		return faultOf(err)
	}
	if !o.ReadOnly {
		fault.Point(fault.AfterCommit)
	}
	return nil
}
