package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
)

//go:embed sql/*.sql
var sqlFiles embed.FS

// A query is a text with a name. A text for one engine stands before the one for both.
type query struct {
	name   string
	engine Engine // "": both
	text   string
}

// allQueries reads sql/ once. Each query begins with a line
//
//	-- name: job.claim
//
// and, where its text is for one engine only, goes on with "engine: postgres" on the same line.
var allQueries = sync.OnceValue(func() []query {
	var all []query
	files, err := fs.Glob(sqlFiles, "sql/*.sql")
	if err != nil {
		panic(err) // the pattern is right
	}
	for _, file := range files {
		data, err := sqlFiles.ReadFile(file)
		if err != nil {
			panic(err) // the file is part of the program
		}
		all = append(all, queriesIn(strings.TrimSuffix(path.Base(file), ".sql"), string(data))...)
	}
	return all
})

// queriesIn reads the queries of a file. All names begin with the name of the file. It panics on a file that is not
// so: the files are part of the program, and a test reads them.
func queriesIn(idea, text string) []query {
	var all []query
	for _, part := range strings.Split("\n"+text, "\n-- name:")[1:] {
		head, body, _ := strings.Cut(part, "\n")
		words := strings.Fields(head)
		q := query{text: strings.TrimSuffix(strings.TrimSpace(body), ";")}
		switch {
		case len(words) == 1:
		case len(words) == 3 && words[1] == "engine:":
			q.engine = Engine(words[2])
		default:
			panic(fmt.Sprintf("store: sql/%s.sql: %q is no name of a query", idea, head))
		}
		if q.name = words[0]; !strings.HasPrefix(q.name, idea+".") || q.text == "" {
			panic(fmt.Sprintf("store: sql/%s.sql: the query %q has another idea's name, or no text", idea, q.name))
		}
		all = append(all, q)
	}
	return all
}

// queriesFor are the texts for an engine by name.
func queriesFor(engine Engine) map[string]string {
	texts := map[string]string{}
	for _, q := range allQueries() {
		if _, own := texts[q.name]; q.engine == engine || q.engine == "" && !own {
			texts[q.name] = q.text
		}
	}
	return texts
}

// prepare parses every query on SQLite, once for each pool. PostgreSQL's driver keeps what it has parsed by itself.
func (db *DB) prepare(ctx context.Context) error {
	if db.Engine != SQLite {
		return nil
	}
	for _, pool := range []*sql.DB{db.write, db.read} {
		db.prepared[pool] = make(map[string]*sql.Stmt, len(db.queries))
		for name, text := range db.queries {
			statement, err := pool.PrepareContext(ctx, text)
			if err != nil {
				return fmt.Errorf("prepare the query %s: %w", name, err)
			}
			db.prepared[pool][name] = statement
		}
	}
	return nil
}

// PrepareAll asks the database whether it understands every query.
func (db *DB) PrepareAll(ctx context.Context) error {
	for name, text := range db.queries {
		statement, err := db.write.PrepareContext(ctx, text)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := statement.Close(); err != nil {
			return fmt.Errorf("%s: %w", name, faultOf(err))
		}
	}
	return nil
}

// exec runs a query that returns no rows, and says how many it touched.
func (tx *Tx) exec(name string, args ...any) (int64, error) {
	var result sql.Result
	var err error
	if statement := tx.statement(name); statement != nil {
		result, err = statement.ExecContext(tx.ctx, args...)
	} else {
		result, err = tx.tx.ExecContext(tx.ctx, tx.db.text(name), args...)
	}
	if err != nil {
		return 0, faultOf(err)
	}
	n, err := result.RowsAffected()
	return n, faultOf(err)
}

// A row is what a scan reads.
type row interface{ Scan(into ...any) error }

// list runs a query and reads its rows, in the order of the query.
func list[T any](tx *Tx, name string, scan func(row) (T, error), args ...any) (all []T, err error) {
	var rows *sql.Rows
	if statement := tx.statement(name); statement != nil {
		rows, err = statement.QueryContext(tx.ctx, args...)
	} else {
		rows, err = tx.tx.QueryContext(tx.ctx, tx.db.text(name), args...)
	}
	if err != nil {
		return nil, faultOf(err)
	}
	defer rows.Close()
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("read a row of %s: %w", name, faultOf(err))
		}
		all = append(all, one)
	}
	return all, faultOf(rows.Err())
}

// find runs a query for one row. Without one the error is a [*Fault] of kind [NotFound].
func find[T any](tx *Tx, name string, scan func(row) (T, error), args ...any) (T, error) {
	all, err := list(tx, name, scan, args...)
	var none T
	switch {
	case err != nil:
		return none, err
	case len(all) == 0:
		return none, &Fault{Kind: NotFound}
	case len(all) > 1:
		return none, fmt.Errorf("the query %s found %d rows in place of one", name, len(all))
	}
	return all[0], nil
}

// statement is the prepared query for the transaction; nil where there are none.
func (tx *Tx) statement(name string) *sql.Stmt {
	prepared := tx.db.prepared[tx.in]
	if prepared == nil {
		return nil
	}
	statement := prepared[name]
	if statement == nil {
		panic(fmt.Sprintf("store: there is no query %q", name))
	}
	return tx.tx.StmtContext(tx.ctx, statement)
}

func (db *DB) text(name string) string {
	text, ok := db.queries[name]
	if !ok {
		panic(fmt.Sprintf("store: there is no query %q", name))
	}
	return text
}

// Queries are the names of all queries, sorted.
func Queries() []string {
	var names []string
	for _, q := range allQueries() {
		names = append(names, q.name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// counts are the numbers of rows that a query gives, by what is in its first column.
func counts[State ~string](tx *Tx, name string, args ...any) (map[State]int, error) {
	type counted struct {
		state State
		n     int
	}
	all, err := list(tx, name, func(r row) (c counted, err error) { return c, r.Scan(&c.state, &c.n) }, args...)
	found := map[State]int{}
	for _, c := range all {
		found[c.state] = c.n
	}
	return found, err
}
