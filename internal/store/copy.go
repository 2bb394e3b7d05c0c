package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// SaveCopy writes what a store holds at one moment into a new store of SQLite, whichever the engine: the file
// [DatabaseFile] in an existing folder, with the same version of the schema. Others may go on writing meanwhile. When it
// fails, what it leaves in the folder is of no use.
func (db *DB) SaveCopy(ctx context.Context, folder string) error {
	file := filepath.Join(folder, DatabaseFile)
	if db.Engine == SQLite {
		if err := db.vacuumInto(ctx, file); err != nil {
			return faultOf(err)
		}
		return os.Chmod(file, 0o600)
	}
	var version int64
	err := db.View(ctx, func(tx *Tx) (err error) {
		version, err = tx.SchemaVersion()
		return err
	})
	if err != nil {
		return err
	}
	to, err := connect(ctx, folder)
	if err != nil {
		return err
	}
	if err = to.MigrateTo(ctx, version); err == nil {
		_, err = Copy(ctx, db, to)
	}
	if err == nil {
		err = to.closeFile(ctx)
	}
	return errors.Join(err, to.Close())
}

// vacuumInto lets SQLite write the copy, for which a connection that only reads must be allowed to write for once.
func (db *DB) vacuumInto(ctx context.Context, file string) (err error) {
	c, err := db.read.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	if _, err := c.ExecContext(ctx, "PRAGMA query_only = OFF"); err != nil {
		return err
	}
	defer func() {
		_, on := c.ExecContext(context.WithoutCancel(ctx), "PRAGMA query_only = ON")
		err = errors.Join(err, on)
	}()
	_, err = c.ExecContext(ctx, "VACUUM INTO $1", file)
	return err
}

// closeFile brings everything into the one file of a SQLite store, which nobody else has open, so that it can be moved.
// The store is of no more use but to be closed.
func (db *DB) closeFile(ctx context.Context) error {
	for _, statements := range db.prepared {
		for _, statement := range statements {
			if err := statement.Close(); err != nil {
				return faultOf(err)
			}
		}
	}
	db.prepared = nil
	if err := db.read.Close(); err != nil {
		return faultOf(err)
	}
	db.read = nil
	var mode string
	if err := db.write.QueryRowContext(ctx, "PRAGMA journal_mode = DELETE").Scan(&mode); err != nil {
		return faultOf(err)
	}
	if mode != "delete" {
		return &Fault{Kind: Unavailable, Err: errors.New("somebody else has the file open")}
	}
	return nil
}

// Gather brings everything that a store of SQLite holds into its one file, so that the file can be moved or another one
// put in its place, and leaves nothing else of the database in the folder. The caller holds the folder's lock. A process that looks at the
// store is in the way, and the error is then of kind [Unavailable].
func Gather(ctx context.Context, folder string) error {
	db := &DB{Engine: SQLite}
	var err error
	if db.write, err = sql.Open("sqlite", sqliteSource(filepath.Join(folder, DatabaseFile), "immediate", []string{"busy_timeout(5000)", "synchronous(FULL)"})); err != nil {
		return faultOf(err)
	}
	db.write.SetMaxOpenConns(1)
	if db.read, err = sql.Open("sqlite", sqliteSource(filepath.Join(folder, DatabaseFile), "deferred", nil)); err != nil {
		return errors.Join(faultOf(err), db.Close())
	}
	return errors.Join(db.closeFile(ctx), db.Close())
}

// Copy copies every row from one store, as it is at one moment, to another with the same version of the schema and no
// rows. The other one gets all of them or none. It returns how many there are, by table, counted in both.
func Copy(ctx context.Context, from, to *DB) (counted []Count, err error) {
	err = from.once(ctx, from.read, &sql.TxOptions{Isolation: snapshot(from.Engine), ReadOnly: true}, func(source *Tx) error {
		return to.once(ctx, to.write, &sql.TxOptions{}, func(target *Tx) error {
			c := copying{source, target}
			counted, err = c.all()
			return err
		})
	})
	return counted, err
}

// A copying is one copy from a transaction to another.
type copying struct{ from, to *Tx }

func (c *copying) all() ([]Count, error) {
	tables, err := c.begin()
	if err != nil {
		return nil, err
	}
	restore, err := c.to.loosen()
	if err != nil {
		return nil, err
	}
	for _, t := range tables {
		if err := c.table(t); err != nil {
			return nil, fmt.Errorf("copy the table %s: %w", t.Name, err)
		}
	}
	if err := restore(); err != nil {
		return nil, fmt.Errorf("look whether all that the rows refer to is there: %w", err)
	}
	return c.counted()
}

// begin sees to it that the two are alike and the target has no rows.
func (c *copying) begin() ([]Table, error) {
	here, err := c.from.SchemaVersion()
	if err != nil {
		return nil, err
	}
	there, err := c.to.SchemaVersion()
	switch {
	case err != nil:
		return nil, err
	case here != there:
		return nil, fmt.Errorf("the schemas have the versions %d and %d, which must be equal", here, there)
	}
	tables, err := c.from.Tables()
	if err != nil {
		return nil, err
	}
	others, err := c.to.Tables()
	if err != nil {
		return nil, err
	}
	if !slices.EqualFunc(tables, others, func(a, b Table) bool { return a.Name == b.Name && slices.Equal(a.Columns, b.Columns) }) {
		return nil, errors.New("the two databases have different tables, though the version of their schemas is the same")
	}
	counts, err := c.to.Count()
	for _, n := range counts {
		if n.Rows > 0 {
			return nil, fmt.Errorf("there are rows in the table %s of the target already", n.Table)
		}
	}
	return tables, err
}

// loosen lets rows come in any order for the rest of the transaction, before those they refer to. What it returns looks
// whether all of them are there in the end, and makes the database as strict as it was. PostgreSQL cannot put its foreign
// keys off, so they are taken away and made again as they were; nobody else sees that, since it is one transaction.
func (tx *Tx) loosen() (restore func() error, err error) {
	if tx.db.Engine == SQLite {
		_, err := tx.tx.ExecContext(tx.ctx, "PRAGMA defer_foreign_keys = ON")
		return func() error { return nil }, faultOf(err) // the commit looks
	}
	type definition struct{ table, name, text string }
	all, err := list(tx, "copy.foreign", func(r row) (d definition, err error) { return d, r.Scan(&d.table, &d.name, &d.text) })
	if err != nil {
		return nil, err
	}
	statements := []string{"SET LOCAL statement_timeout = 0"}
	for _, d := range all {
		statements = append(statements, "ALTER TABLE "+quoted(d.table)+" DROP CONSTRAINT "+quoted(d.name))
	}
	if err := tx.run(statements); err != nil {
		return nil, err
	}
	return func() error {
		var statements []string
		for _, d := range all {
			statements = append(statements, "ALTER TABLE "+quoted(d.table)+" ADD CONSTRAINT "+quoted(d.name)+" "+d.text)
		}
		return tx.run(statements)
	}, nil
}

func (tx *Tx) run(statements []string) error {
	for _, s := range statements {
		if _, err := tx.tx.ExecContext(tx.ctx, s); err != nil {
			return faultOf(err)
		}
	}
	return nil
}

// Rows that are written by one statement, and the values in them at most, which both engines take.
const (
	mostRows   = 500
	mostValues = 30000
)

// table copies the rows of a table, some at a time.
func (c *copying) table(t Table) error {
	columns := make([]string, len(t.Columns))
	for k, name := range t.Columns {
		columns[k] = quoted(name)
	}
	list := strings.Join(columns, ", ")
	rows, err := c.from.tx.QueryContext(c.from.ctx, "SELECT "+list+" FROM "+quoted(t.Name))
	if err != nil {
		return faultOf(err)
	}
	defer rows.Close()
	w := batch{to: c.to, insert: "INSERT INTO " + quoted(t.Name) + " (" + list + ") VALUES ", width: len(columns)}
	for rows.Next() {
		if err := rows.Scan(w.next()...); err != nil {
			return faultOf(err)
		}
		if err := w.add(); err != nil {
			return err
		}
	}
	return errors.Join(faultOf(rows.Err()), w.flush())
}

// A batch gathers rows for one statement.
type batch struct {
	to     *Tx
	insert string
	width  int
	row    []any // the one that is being read
	values []any
	full   *sql.Stmt // for as many rows as a statement takes
}

// next is where the next row is read to.
func (b *batch) next() []any {
	b.row = make([]any, b.width)
	into := make([]any, b.width)
	for k := range b.row {
		into[k] = &b.row[k]
	}
	return into
}

func (b *batch) add() error {
	for k, v := range b.row {
		if data, isBytes := v.([]byte); isBytes && data == nil {
			b.row[k] = []byte{} // no bytes are not nothing
		}
	}
	b.values = append(b.values, b.row...)
	if len(b.values) < b.most()*b.width {
		return nil
	}
	if b.full == nil {
		statement, err := b.to.tx.PrepareContext(b.to.ctx, b.text(b.most()))
		if err != nil {
			return faultOf(err)
		}
		b.full = statement
	}
	_, err := b.full.ExecContext(b.to.ctx, b.values...)
	b.values = b.values[:0]
	return faultOf(err)
}

func (b *batch) most() int { return min(mostRows, mostValues/b.width) }

func (b *batch) flush() error {
	var err error
	if len(b.values) > 0 {
		_, err = b.to.tx.ExecContext(b.to.ctx, b.text(len(b.values)/b.width), b.values...)
	}
	if b.full != nil {
		err = errors.Join(err, b.full.Close())
	}
	return faultOf(err)
}

// text is the statement for a number of rows.
func (b *batch) text(rows int) string {
	var text strings.Builder
	text.WriteString(b.insert)
	for k := range rows * b.width {
		switch {
		case k == 0:
			text.WriteString("($")
		case k%b.width == 0:
			text.WriteString("), ($")
		default:
			text.WriteString(", $")
		}
		text.WriteString(strconv.Itoa(k + 1))
	}
	text.WriteString(")")
	return text.String()
}

// counted compares the numbers of rows.
func (c *copying) counted() ([]Count, error) {
	here, err := c.from.Count()
	if err != nil {
		return nil, err
	}
	there, err := c.to.Count()
	if err == nil && !slices.Equal(here, there) {
		err = errors.New("the copy has not as many rows as what it was made from")
	}
	return there, err
}
