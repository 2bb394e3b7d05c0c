//go:build unix

// Package storetest gives tests a store on both engines, each test its own and empty: SQLite in a folder that goes with
// the test, PostgreSQL in a server that goes with the test binary. Its tests are the suite that both engines pass.
package storetest

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/store"
)

// Both runs a test on each engine.
func Both(t *testing.T, test func(t *testing.T, db *store.DB)) {
	t.Helper()
	for _, engine := range []store.Engine{store.SQLite, store.PostgreSQL} {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			test(t, Open(t, Source(t, engine)))
		})
	}
}

// Source names an empty database of its own for a test.
func Source(t testing.TB, engine store.Engine) string {
	t.Helper()
	if engine == store.PostgreSQL {
		return newDatabase(t)
	}
	return t.TempDir()
}

// Open opens a store that closes with the test.
func Open(t testing.TB, source string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// Raw opens the database of a source past the store, as somebody would who tampers with it.
func Raw(t testing.TB, source string) *sql.DB {
	t.Helper()
	driver := "pgx"
	if !strings.HasPrefix(source, "postgres") {
		driver, source = "sqlite", "file:"+filepath.Join(source, store.DatabaseFile)+"?_pragma=busy_timeout(5000)"
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}
