//go:build unix

package operate_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/chiron-mentoring/chiron/internal/operate"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
)

func TestMoveBringsEveryRowToTheOtherEngineAndBack(t *testing.T) {
	t.Parallel()
	for _, from := range engines {
		of := house(t, from)
		before := dump(t, of.Source)
		for _, engine := range engines {
			to := storetest.Source(t, engine)
			moved, err := Move(t.Context(), of, to)
			if err != nil {
				t.Errorf("%s to %s: %v", from, engine, err)
				continue
			}
			if words := difference(before, dump(t, of.Source)); words != "" {
				t.Errorf("%s to %s changed what was moved:\n%s", from, engine, words)
			}
			left, added := before, 0
			for _, line := range dump(t, to) {
				if strings.Contains(line, "installation.move") || strings.HasPrefix(line, "event_about") && strings.HasSuffix(line, "person=console") {
					added++
					continue
				}
				left = without(t, left, line)
			}
			if len(left) > 0 || added != 2 || moved.Rows != int64(len(before)) || moved.Log.Events == 0 {
				t.Errorf("%s to %s: missing are\n%s\nadded %d, moved %+v", from, engine, strings.Join(left, "\n"), added, moved)
			}
			again := of
			again.Source = to
			mustBeOfUse(t, again)
		}
	}
}

func TestMoveLeavesTheSchemaOfAFreshInstallation(t *testing.T) {
	t.Parallel()
	of := house(t, store.SQLite)
	for _, engine := range engines {
		to, fresh := storetest.Source(t, engine), storetest.Source(t, engine)
		if _, err := Move(t.Context(), of, to); err != nil {
			t.Fatal(err)
		}
		within(t, fresh, func(*store.DB) {})
		if words := difference(schema(t, fresh), schema(t, to)); words != "" {
			t.Errorf("%s: - is of a fresh installation:\n%s", engine, words)
		}
	}
}

func schema(t testing.TB, source string) (lines []string) {
	t.Helper()
	db, err := store.Inspect(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.View(t.Context(), func(tx *store.Tx) (err error) { lines, err = tx.Schema(); return err }); err != nil {
		t.Fatal(err)
	}
	if len(lines) < 5 {
		t.Fatalf("the schema has %d lines", len(lines))
	}
	return lines
}

func TestMoveIsRefusedWhileAServerRunsOrWhereSomethingIs(t *testing.T) {
	t.Parallel()
	for _, engine := range engines {
		of := house(t, engine)
		if _, err := Move(t.Context(), of, of.Source); err == nil {
			t.Errorf("%s: moved onto itself", engine)
		}
		full := house(t, engine)
		before := dump(t, full.Source)
		_, err := Move(t.Context(), of, full.Source)
		if no := (*Refusal)(nil); !errors.As(err, &no) || !strings.Contains(err.Error(), "is not empty") {
			t.Errorf("%s onto another installation: %v", engine, err)
		}
		if words := difference(before, dump(t, full.Source)); words != "" {
			t.Errorf("%s: a refused move has changed\n%s", engine, words)
		}
		storetest.Open(t, of.Source) // the server
		to := filepath.Join(t.TempDir(), "data")
		if _, err := Move(t.Context(), of, to); err == nil || !strings.Contains(err.Error(), "open") {
			t.Errorf("%s beside a server: %v", engine, err)
		}
		mustLeaveNothing(t, to)
	}
}

// What no rule of the first database forbids and the second cannot keep is told by its table, and nothing is moved.
func TestMoveOfTextThatPostgreSQLCannotKeepIsAllOrNothing(t *testing.T) {
	t.Parallel()
	of := house(t, store.SQLite)
	if _, err := storetest.Raw(t, of.Source).Exec("UPDATE session SET label = 'a' || char(0) || 'b' WHERE id = 'sa09'"); err != nil {
		t.Fatal(err)
	}
	to := storetest.Source(t, store.PostgreSQL)
	_, err := Move(t.Context(), of, to)
	if err == nil || !strings.Contains(err.Error(), "copy the table session") || strings.Contains(err.Error(), "a\x00b") {
		t.Errorf("got %v", err)
	}
	if rows := dump(t, to); len(rows) > 0 {
		t.Errorf("%d rows came over", len(rows))
	}
	if _, err := Move(t.Context(), house(t, store.SQLite), to); err != nil {
		t.Errorf("trying again: %v", err)
	}
}
