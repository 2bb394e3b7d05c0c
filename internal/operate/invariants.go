package operate

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/internal/audit"
	"github.com/chiron-mentoring/chiron/internal/keys"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// Invariants looks whether what must hold after every fault does hold, as far as a database shows it. It reads all of it,
// which takes its time. Each finding says what was looked at.
func (d *Doctor) Invariants(ctx context.Context) []Finding {
	d.found = nil
	ring := d.keys(ctx)
	db, err := store.Inspect(ctx, string(d.Config.DB))
	if err != nil {
		d.failed("database", "look whether it runs, and whether db names it", err)
		return d.found
	}
	version, err := versionOf(ctx, db)
	switch {
	case err != nil:
		d.failed("database", "look into the log of the server", err)
	case d.schema(version):
		d.invariants(ctx, db, ring)
	}
	if err := db.Close(); err != nil {
		d.failed("database", "look into the log of the server", err)
	}
	return d.found
}

// An invariant is something that must hold. Its check returns what is against it.
type invariant struct {
	id, says string
	do       string // where it does not hold
	check    func(ctx context.Context, db *store.DB) (against []string, err error)
}

func (d *Doctor) invariants(ctx context.Context, db *store.DB, ring *keys.Ring) {
	const restore = "stop the server, keep a copy of everything, and restore the newest backup"
	for _, i := range []invariant{
		{"I3", "the database holds all its rules: columns, unique indexes and references are those of a fresh installation", "do not change the schema by hand; chiron backup and chiron restore into a new database make it anew", rulesHold},
		{"I3", "no account was merged into itself, by whatever way", restore, inOneTransaction(mergesEnd)},
		{"I5", "every letter that waits has a job that will send it, and every letter that was sent has an attempt that went well", "write to chiron's developers: a letter was lost", inOneTransaction(lettersAreKept)},
		{"I6", "the audit log verifies, from its first event on", "somebody changed the database past chiron: find out who could, and compare with the checkpoints that you keep", logVerifies(ring)},
		{"I7", "every page, index and check of the database is whole, and every reference leads somewhere", restore, inOneTransaction(func(tx *store.Tx) ([]string, error) { return tx.Damage(false) })},
		{"I8", "no job is held by a worker that is gone", "start chiron serve: it takes them over", inOneTransaction(d.leasesHold)},
	} {
		against, err := i.check(ctx, db)
		switch {
		case err != nil:
			d.add(i.id, Problem, "", "this cannot be looked at: %s: %s", i.says, err)
		case len(against) > 0:
			d.add(i.id, Problem, i.do, "this does not hold: %s: %s", i.says, strings.Join(against, "; "))
		default:
			d.add(i.id, Fine, "", "%s", i.says)
		}
	}
}

func inOneTransaction(check func(tx *store.Tx) ([]string, error)) func(ctx context.Context, db *store.DB) ([]string, error) {
	return func(ctx context.Context, db *store.DB) (against []string, err error) {
		err = db.View(ctx, func(tx *store.Tx) (err error) {
			against, err = check(tx)
			return err
		})
		return against, err
	}
}

// rulesHold compares the schema with one that is made for it. Both engines have the same one, so a SQLite store will do.
func rulesHold(ctx context.Context, db *store.DB) (against []string, err error) {
	folder, err := os.MkdirTemp("", "chiron-schema-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	fresh, err := store.Open(ctx, folder)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, fresh.Close()) }()
	want, err := rulesOf(ctx, fresh, db.Engine == store.SQLite)
	if err != nil {
		return nil, err
	}
	got, err := rulesOf(ctx, db, db.Engine == store.SQLite)
	for _, line := range want {
		if !slices.Contains(got, line) {
			against = append(against, "missing is "+line)
		}
	}
	for _, line := range got {
		if !slices.Contains(want, line) {
			against = append(against, "too much is "+line)
		}
	}
	return against, err
}

// rulesOf describes a schema, to the letter if whole.
func rulesOf(ctx context.Context, db *store.DB, whole bool) (lines []string, err error) {
	columns, err := db.Columns(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range columns {
		lines = append(lines, fmt.Sprintf("column %s.%s %s optional %t", c.Table, c.Name, c.Type, c.Optional))
	}
	indexes, err := db.UniqueIndexes(ctx)
	if err != nil {
		return nil, err
	}
	for _, i := range indexes {
		lines = append(lines, "unique index "+i)
	}
	err = db.View(ctx, func(tx *store.Tx) error {
		references, err := tx.References()
		if err != nil {
			return err
		}
		for _, r := range references {
			lines = append(lines, "reference "+r)
		}
		if !whole {
			return nil
		}
		text, err := tx.Schema()
		lines = append(lines, text...)
		return err
	})
	return lines, err
}

func mergesEnd(tx *store.Tx) (against []string, err error) {
	into, err := tx.MergedAccounts()
	for id := range into {
		at := id
		for steps := 0; at != "" && steps <= len(into); steps++ {
			at = into[at] // which is nothing at the end
		}
		if at != "" {
			return []string{"some accounts were merged in a circle"}, err
		}
	}
	return nil, err
}

// lettersAreKept asks for the job of each letter that waits. Its payload is that of internal/notice.
func lettersAreKept(tx *store.Tx) (against []string, err error) {
	waiting, err := tx.WaitingLetters()
	if err != nil {
		return nil, err
	}
	payloads, err := tx.UnfinishedPayloads("letter")
	if err != nil {
		return nil, err
	}
	promised := map[string]bool{}
	for _, text := range payloads {
		var payload struct{ Letter string }
		if err := json.Unmarshal([]byte(text), &payload); err != nil {
			return []string{"the payload of a job cannot be read"}, nil
		}
		promised[payload.Letter] = true
	}
	lost := 0
	for _, id := range waiting {
		if !promised[id] {
			lost++
		}
	}
	if lost > 0 {
		against = append(against, counted(lost, "letter waits for nothing", "letters wait for nothing"))
	}
	unproved, err := tx.UnprovedLetters()
	if unproved > 0 {
		against = append(against, counted(unproved, "letter counts as sent without an attempt", "letters count as sent without an attempt"))
	}
	return against, err
}

func logVerifies(ring *keys.Ring) func(ctx context.Context, db *store.DB) ([]string, error) {
	return func(ctx context.Context, db *store.DB) ([]string, error) {
		if ring == nil {
			return nil, errors.New("the key is not there")
		}
		if _, err := audit.Verify(ctx, db, ring.Verifier()); err != nil {
			return []string{err.Error()}, ctx.Err()
		}
		return nil, nil
	}
}

func (d *Doctor) leasesHold(tx *store.Tx) ([]string, error) {
	late, err := tx.LateLeases(d.Now().Add(-workMayBeLate))
	if late > 0 {
		return []string{fmt.Sprintf("%s for more than %d minutes", counted(late, "job is held", "jobs are held"), int(workMayBeLate.Minutes()))}, err
	}
	return nil, err
}
