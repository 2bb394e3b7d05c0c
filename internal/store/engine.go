package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	_ "modernc.org/sqlite"             // the driver "sqlite"
)

// The files in a folder of SQLite.
const (
	DatabaseFile = "chiron.db"
	lockFile     = "chiron.lock"
)

// Connections that read at the same time, and those of PostgreSQL in all.
const (
	sqliteReaders       = 8
	postgresConnections = 20
	idleConnection      = 5 * time.Minute
)

func engineOf(source string) Engine {
	if strings.HasPrefix(source, "postgres://") || strings.HasPrefix(source, "postgresql://") {
		return PostgreSQL
	}
	return SQLite
}

// openSQLite opens the file in the folder: one connection that writes, which takes the lock when a transaction begins,
// so that none fails halfway; and several that can only read. Every commit reaches the disk before it is acknowledged.
func openSQLite(ctx context.Context, folder string, db *DB) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	release, err := lockPath(filepath.Join(folder, lockFile))
	if err != nil {
		return &Fault{Kind: Unavailable, Err: fmt.Errorf("the data folder %s: %w", folder, err)}
	}
	db.release = release
	file := filepath.Join(folder, DatabaseFile)
	common := []string{"busy_timeout(5000)", "foreign_keys(1)", "cache_size(-16000)", "temp_store(MEMORY)", "trusted_schema(0)"}
	writes := append([]string{"journal_mode(WAL)", "synchronous(FULL)", "secure_delete(1)"}, common...)
	if db.write, err = sql.Open("sqlite", sqliteSource(file, "immediate", writes)); err != nil {
		return errors.Join(faultOf(err), db.Close())
	}
	db.write.SetMaxOpenConns(1)
	if err := db.write.PingContext(ctx); err != nil { // makes the file, which readers cannot
		return errors.Join(faultOf(err), db.Close())
	}
	if err := os.Chmod(file, 0o600); err != nil {
		return errors.Join(err, db.Close())
	}
	if db.read, err = sql.Open("sqlite", sqliteSource(file, "deferred", append(common, "query_only(1)"))); err != nil {
		return errors.Join(faultOf(err), db.Close())
	}
	db.read.SetMaxOpenConns(sqliteReaders)
	db.read.SetMaxIdleConns(sqliteReaders)
	return nil
}

func sqliteSource(file, begin string, pragmas []string) string {
	source := url.URL{Scheme: "file", Opaque: (&url.URL{Path: file}).EscapedPath()}
	values := url.Values{"_txlock": {begin}, "_pragma": pragmas}
	source.RawQuery = values.Encode()
	return source.String()
}

// openPostgres opens a database. What a connection says of itself holds for all engines: UTC, and no query for ever.
func openPostgres(ctx context.Context, source string, db *DB) error {
	parsed, err := url.Parse(source)
	if err != nil {
		return errors.New("the address of the database cannot be read; write postgres://USER@HOST/DATABASE") // it may hold a password
	}
	values := parsed.Query()
	for name, value := range map[string]string{"timezone": "UTC", "statement_timeout": "30000", "lock_timeout": "5000", "application_name": "chiron", "connect_timeout": "5", "jit": "off"} { // to compile a query costs more than all of ours
		if !values.Has(name) {
			values.Set(name, value)
		}
	}
	parsed.RawQuery = values.Encode()
	if db.write, err = sql.Open("pgx", parsed.String()); err != nil {
		return faultOf(err)
	}
	db.read = db.write
	db.write.SetMaxOpenConns(postgresConnections)
	db.write.SetMaxIdleConns(postgresConnections)
	db.write.SetConnMaxIdleTime(idleConnection)
	if err := db.write.PingContext(ctx); err != nil {
		return errors.Join(faultOf(err), db.Close())
	}
	return nil
}

// isolation is that of transactions that change things. SQLite has one writer at a time, which is as strict.
func isolation(engine Engine) sql.IsolationLevel {
	if engine == PostgreSQL {
		return sql.LevelSerializable
	}
	return sql.LevelDefault
}

// snapshot is the isolation of transactions that read one moment.
func snapshot(engine Engine) sql.IsolationLevel {
	if engine == PostgreSQL {
		return sql.LevelRepeatableRead
	}
	return sql.LevelDefault
}
