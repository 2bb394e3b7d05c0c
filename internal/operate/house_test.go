//go:build unix

package operate_test

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/audit"
	"github.com/chiron-mentoring/chiron/internal/keys"
	. "github.com/chiron-mentoring/chiron/internal/operate"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
)

var noon = time.Date(2027, 3, 14, 12, 0, 0, 0, time.UTC)

var engines = []store.Engine{store.SQLite, store.PostgreSQL}

// house is an installation with some of everything in it, which nobody has open.
func house(t testing.TB, engine store.Engine) Installation {
	t.Helper()
	of := Installation{
		Source: storetest.Source(t, engine), Folder: filepath.Join(t.TempDir(), "backups"), Keys: ring(t),
		Program: "v1.2.3", Now: func() time.Time { return noon },
	}
	within(t, of.Source, func(db *store.DB) {
		if err := of.Keys.Recognise(t.Context(), db); err != nil {
			t.Fatal(err)
		}
		update(t, db, func(tx *store.Tx) error {
			for k := range 31 {
				if err := living(fmt.Sprintf("a%02d", k))(tx); err != nil {
					return err
				}
			}
			// The rows that others refer to come later in the order of the table.
			_, err := tx.AddRole("a01", store.Administrator, noon, "console")
			return errors.Join(err, tx.PutPrivate(private("a03", of.Keys.Sealing()[0].ID)), tx.MergeAccount("a07", "a30"), tx.MergeAccount("a30", "a02"))
		})
		seal(t, db, of.Keys)
		live(t, db, "late") // with events that no seal covers
	})
	return of
}

// private is a private value of somebody, as if a key had sealed it.
func private(person, key string) store.PrivateRow {
	return store.PrivateRow{ID: "p" + person, Person: person, Kind: "veto", Key: key, Sealed: append(make([]byte, 30), 1, '\'', 255, 0)}
}

func ring(t testing.TB) *keys.Ring {
	t.Helper()
	r, err := keys.Open(filepath.Join(t.TempDir(), "keys"), "mentoring.example.org/audit", noon)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// within opens a store for as long as f runs.
func within(t testing.TB, source string, f func(db *store.DB)) {
	t.Helper()
	db, err := store.Open(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	f(db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func update(t testing.TB, db *store.DB, f func(tx *store.Tx) error) {
	t.Helper()
	if err := db.Update(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

// live makes an account with all that comes with one, logged.
func live(t testing.TB, db *store.DB, id string) { t.Helper(); update(t, db, living(id)) }

func living(id string) func(tx *store.Tx) error {
	return func(tx *store.Tx) error {
		_, promised := tx.AddJob(store.Job{ID: "j" + id, Kind: "letter", Payload: `{"Letter":"l` + id + `"}`, Due: noon, MadeAt: noon})
		err := tx.AddAccount(store.Account{ID: id, Language: "fr-CA", MadeAt: noon})
		return errors.Join(promised, err,
			tx.AddEmail(store.Email{Folded: id + "@example.org", Address: id + "@Example.org", Account: id, Kind: store.Personal, Owns: true, VerifiedAt: noon}),
			tx.AddSession(store.Session{ID: "s" + id, Hash: []byte("s" + id), Account: id, Label: "Firefox « été »", MadeAt: noon, ProvedAt: noon, SeenAt: noon, IdleEndsAt: noon.Add(time.Hour), EndsAt: noon.Add(time.Hour)}),
			tx.AddLink(store.Link{ID: "k" + id, Hash: []byte("k" + id), Purpose: store.SignIn, Account: id, MadeAt: noon, ExpiresAt: noon.Add(time.Hour)}),
			tx.AddLetter(store.Letter{ID: "l" + id, MessageID: id + "@example.org", Account: id, Template: "sign-in", Args: `{}`, Language: "en", MadeAt: noon}),
			audit.Record(tx, noon, audit.Event{Actor: id, Action: "account.make", Kind: "account", Object: id, Became: []byte(id), About: []string{"a00"}}),
		)
	}
}

func seal(t testing.TB, db *store.DB, r *keys.Ring) {
	t.Helper()
	s := audit.Sealer{DB: db, Signer: r.Signer(), Now: func() time.Time { return noon }}
	for n := 1; n > 0; {
		var err error
		if n, err = s.Seal(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// dump is every row of every table but those left out, past the store, in an order that does not depend on the engine.
func dump(t testing.TB, source string, without ...string) []string {
	t.Helper()
	var tables []store.Table
	db, err := store.Inspect(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.View(t.Context(), func(tx *store.Tx) (err error) { tables, err = tx.Tables(); return err }); err != nil {
		t.Fatal(err)
	}
	raw := storetest.Raw(t, source)
	defer raw.Close()
	var lines []string
	for _, table := range tables {
		if !slices.Contains(without, table.Name) {
			lines = append(lines, rowsOf(t, raw, table)...)
		}
	}
	slices.Sort(lines)
	return lines
}

func rowsOf(t testing.TB, raw *sql.DB, table store.Table) (lines []string) {
	t.Helper()
	rows, err := raw.Query(`SELECT "` + strings.Join(table.Columns, `", "`) + `" FROM "` + table.Name + `"`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		values := make([]any, len(table.Columns))
		into := make([]any, len(values))
		for k := range values {
			into[k] = &values[k]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		line := table.Name
		for k, v := range values {
			if b, is := v.([]byte); is {
				v = fmt.Sprintf("x%x", b)
			}
			line += fmt.Sprintf(" %s=%v", table.Columns[k], v)
		}
		lines = append(lines, line)
	}
	return lines
}

// difference is what two dumps do not share, for a message.
func difference(a, b []string) string {
	var words []string
	for _, pair := range []struct {
		sign   string
		of, in []string
	}{{"-", a, b}, {"+", b, a}} {
		for _, line := range pair.of {
			if !slices.Contains(pair.in, line) {
				words = append(words, pair.sign+line)
			}
		}
	}
	return strings.Join(words, "\n")
}

// mustLeaveNothing fails when something other than the wanted names lies in a folder.
func mustLeaveNothing(t testing.TB, folder string, wanted ...string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.Contains(wanted, e.Name()) {
			t.Errorf("%s is left in %s", e.Name(), folder)
		}
	}
}
