package store

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
)

// An Erasure is a wish of a person to be erased, and what became of it. It stays, with an id that leads to nothing any
// more, so that it can be done again when an older backup is restored.
type Erasure struct {
	Person                 string
	AskedAt, DueAt, DoneAt time.Time
}

func scanErasure(r row) (Erasure, error) {
	var e Erasure
	var askedAt, dueAt int64
	var doneAt *int64
	err := r.Scan(&e.Person, &askedAt, &dueAt, &doneAt)
	e.AskedAt, e.DueAt, e.DoneAt = instant(askedAt), instant(dueAt), optionalInstant(doneAt)
	return e, err
}

// AskErasure keeps a wish; an earlier one stays.
func (tx *Tx) AskErasure(e Erasure) error {
	_, err := tx.exec("erasure.ask", e.Person, micros(e.AskedAt), micros(e.DueAt))
	return err
}

// Erasure is the wish of a person. Without it the error is a [*Fault] of kind [NotFound].
func (tx *Tx) Erasure(person string) (Erasure, error) {
	return find(tx, "erasure.find", scanErasure, person)
}

// CancelErasure forgets a wish that was not carried out yet. It returns false when there was none.
func (tx *Tx) CancelErasure(person string) (bool, error) {
	n, err := tx.exec("erasure.cancel", person)
	return n > 0, err
}

// EndErasure says that a person was erased.
func (tx *Tx) EndErasure(person string, at time.Time) error {
	return tx.one("erasure.done", person, micros(at))
}

// Erasures lists those who were erased.
func (tx *Tx) Erasures() ([]Erasure, error) { return list(tx, "erasure.all", scanErasure) }

// EndConsents withdraws all consents of a person.
func (tx *Tx) EndConsents(person string, at time.Time) error {
	_, err := tx.exec("erasure.end-consents", person, micros(at))
	return err
}

// A Record is a row of a table: values by column, of which each is nil, a string, an int64 or bytes.
type Record map[string]any

// identifier is what names of tables and columns look like. They come from the program, never from people.
var identifier = regexp.MustCompile(`^[a-z_]+$`)

func identifiers(names ...string) {
	for _, name := range names {
		if !identifier.MatchString(name) {
			panic(fmt.Sprintf("store: %q is no name of a table or a column", name))
		}
	}
}

// whose is the condition that one of the columns holds the first argument.
func whose(owners []string) string {
	conditions := make([]string, len(owners))
	for k, column := range owners {
		conditions[k] = `"` + column + `" = $1`
	}
	return strings.Join(conditions, " OR ")
}

// RecordsOf lists the rows of a table of which one of the owner columns holds an id, in the order of the columns asked
// for. The names are those of the schema.
func (tx *Tx) RecordsOf(table string, columns, owners []string, id string) (all []Record, err error) {
	identifiers(append(append([]string{table}, columns...), owners...)...)
	quoted := `"` + strings.Join(columns, `", "`) + `"`
	text := fmt.Sprintf(`SELECT %s FROM "%s" WHERE %s ORDER BY %s`, quoted, table, whose(owners), quoted)
	rows, err := tx.tx.QueryContext(tx.ctx, text, id)
	if err != nil {
		return nil, faultOf(err)
	}
	defer rows.Close()
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for k := range values {
			into[k] = &values[k]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, faultOf(err)
		}
		record := Record{}
		for k, column := range columns {
			record[column] = values[k]
		}
		all = append(all, record)
	}
	return all, faultOf(rows.Err())
}

// AddRecord adds a row to a table. A row with the same key that is there already stays as it is.
func (tx *Tx) AddRecord(table string, columns []string, r Record) error {
	identifiers(append([]string{table}, columns...)...)
	places, values := make([]string, len(columns)), make([]any, len(columns))
	for k, column := range columns {
		places[k], values[k] = fmt.Sprintf("$%d", k+1), r[column]
	}
	text := fmt.Sprintf(`INSERT INTO "%s" ("%s") VALUES (%s) ON CONFLICT DO NOTHING`, table, strings.Join(columns, `", "`), strings.Join(places, ", "))
	_, err := tx.tx.ExecContext(tx.ctx, text, values...)
	return faultOf(err)
}

// DeleteRecords deletes the rows of a table of which one of the owner columns holds an id.
func (tx *Tx) DeleteRecords(table string, owners []string, id string) error {
	identifiers(append([]string{table}, owners...)...)
	_, err := tx.tx.ExecContext(tx.ctx, fmt.Sprintf(`DELETE FROM "%s" WHERE %s`, table, whose(owners)), id)
	return faultOf(err)
}

// DeleteAddressed deletes the rows of a table of which a column holds an address, in whichever case it is written.
func (tx *Tx) DeleteAddressed(table, column, address string) error {
	identifiers(table, column)
	_, err := tx.tx.ExecContext(tx.ctx, fmt.Sprintf(`DELETE FROM "%s" WHERE lower("%s") = lower($1)`, table, column), address)
	return faultOf(err)
}

// BlankRecords changes columns of the rows of a table of which one of the owner columns holds an id. A value of nil takes
// away what stands there.
func (tx *Tx) BlankRecords(table string, owners []string, id string, blank map[string]any) error {
	identifiers(append([]string{table}, owners...)...)
	for column, value := range blank {
		identifiers(column)
		text := fmt.Sprintf(`UPDATE "%s" SET "%s" = $2 WHERE %s`, table, column, whose(owners))
		args := []any{id, value}
		if value == nil {
			text, args = strings.Replace(text, "$2", "NULL", 1), args[:1]
		}
		if _, err := tx.tx.ExecContext(tx.ctx, text, args...); err != nil {
			return faultOf(err)
		}
	}
	return nil
}

// How long scrubbing waits for readers of SQLite, which hold its log.
const (
	scrubTries = 50
	scrubWait  = 100 * time.Millisecond
)

// Scrub writes the database anew, so that nothing that was deleted is left in its files. On SQLite the log is emptied too.
// On PostgreSQL tables are written anew under a lock; what its own log and its backups hold goes as the administrator has
// set them up.
func (db *DB) Scrub(ctx context.Context) error {
	if db.Engine == PostgreSQL {
		_, err := db.write.ExecContext(ctx, "VACUUM FULL")
		return faultOf(err)
	}
	if _, err := db.write.ExecContext(ctx, "VACUUM"); err != nil {
		return faultOf(err)
	}
	for range scrubTries {
		var busy, frames, done int
		err := db.write.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &done)
		if err != nil || busy == 0 {
			return faultOf(err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(scrubWait):
		}
	}
	return &Fault{Kind: Unavailable, Err: errors.New("readers hold the log of the database")}
}
