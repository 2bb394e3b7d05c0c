package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// Inspect opens a store to look at it, beside a process that has it open: as it is, whatever its schema, without taking
// the lock of the folder, and unable to change anything. A store that does not exist is a [*Fault] of kind [NotFound].
// Queries that name columns of a newer schema fail; [Tx.SchemaVersion] tells.
//
// A process that has the folder open must not open the file of the database by other means: closing it would drop the
// locks that SQLite holds there (fcntl(2)).
func Inspect(ctx context.Context, source string) (*DB, error) {
	db := &DB{Engine: engineOf(source), line: make(chan struct{}, 1)}
	db.queries = queriesFor(db.Engine)
	if db.Engine == PostgreSQL {
		if err := openPostgres(ctx, looking(source), db); err != nil {
			return nil, connecting(err)
		}
		return db, nil
	}
	file := filepath.Join(source, DatabaseFile)
	if _, err := os.Stat(file); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, &Fault{Kind: NotFound, Err: fmt.Errorf("there is no %s in %s", DatabaseFile, source)}
		}
		return nil, &Fault{Kind: Unavailable, Err: err}
	}
	// Not mode=ro, with which SQLite could not roll back what a killed process has left half written.
	pragmas := []string{"busy_timeout(5000)", "cache_size(-16000)", "temp_store(MEMORY)", "trusted_schema(0)", "query_only(1)"}
	var err error
	if db.read, err = sql.Open("sqlite", sqliteSource(file, "deferred", pragmas)+"&mode=rw"); err != nil {
		return nil, faultOf(err)
	}
	db.read.SetMaxOpenConns(1)
	db.write = db.read // which refuses to write
	if err := db.read.PingContext(ctx); err != nil {
		return nil, errors.Join(faultOf(err), db.Close())
	}
	return db, nil
}

// connecting says in words why PostgreSQL lets nobody in.
func connecting(err error) error {
	pg := (*pgconn.PgError)(nil)
	switch {
	case !errors.As(err, &pg):
		return err
	case pg.Code == "3D000":
		return &Fault{Kind: Unavailable, Err: errors.New("there is no such database there; make it, such as with createdb")}
	case strings.HasPrefix(pg.Code, "28"):
		return &Fault{Kind: Unavailable, Err: errors.New("it does not let this user in; look at the user and the password, and at pg_hba.conf")}
	}
	return err
}

// looking is the address of a database for connections that only look, for as long as it takes.
func looking(source string) string {
	u, err := url.Parse(source)
	if err != nil {
		return source // which openPostgres refuses
	}
	values := u.Query()
	values.Set("application_name", "chiron looking")
	values.Set("default_transaction_read_only", "on")
	values.Set("statement_timeout", "0")
	u.RawQuery = values.Encode()
	return u.String()
}

// Lock takes a lock on a file, made if need be, that only one process can have at a time. It ends with the process.
func Lock(path string) (release func() error, err error) { return lockPath(path) }

// LockFolder takes the lock of a data folder, which whoever has its store open holds.
func LockFolder(folder string) (release func() error, err error) {
	release, err = lockPath(filepath.Join(folder, lockFile))
	if err != nil {
		return nil, &Fault{Kind: Unavailable, Err: fmt.Errorf("the data folder %s: %w", folder, err)}
	}
	return release, nil
}

// RemoveLock deletes what the lock has left in a data folder that is to go.
func RemoveLock(folder string) error {
	if err := os.Remove(filepath.Join(folder, lockFile)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// IsLockFile says whether a name in a data folder is that of its lock.
func IsLockFile(name string) bool { return name == lockFile }

// Versions are the versions of the schema that this program knows, in order.
func Versions() (all []int64) {
	steps, err := fs.Glob(migrations, "migrations/"+string(SQLite)+"/*.sql") // sorted, and numbered with as many digits
	if err != nil {
		panic(err) // the pattern is right
	}
	for _, step := range steps {
		number, _, _ := strings.Cut(path.Base(step), "_")
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			panic(err) // the name is not that of a migration
		}
		all = append(all, n)
	}
	return all
}

// NewestVersion is the version of the schema that this program works with.
func NewestVersion() int64 { return slices.Max(Versions()) }

// versionTable is where the versions of the schema are noted.
const versionTable = "goose_db_version"

// SchemaVersion is the version of the schema that is there; 0: there is none.
func (tx *Tx) SchemaVersion() (int64, error) {
	there, err := tx.has(versionTable)
	if err != nil || !there {
		return 0, err
	}
	return find(tx, "inspect.version", func(r row) (version int64, err error) { return version, r.Scan(&version) })
}

func (tx *Tx) has(table string) (bool, error) {
	n, err := find(tx, "inspect.has", func(r row) (n int, err error) { return n, r.Scan(&n) }, table)
	return n > 0, err
}

// A Table is a table of the schema.
type Table struct {
	Name    string
	Columns []string
}

// Tables lists the tables of the schema by name, without that of the versions.
func (tx *Tx) Tables() (all []Table, err error) {
	columns, err := list(tx, "schema.columns", func(r row) (c Column, err error) {
		return c, r.Scan(&c.Table, &c.Name, &c.Type, &c.Optional)
	})
	for _, c := range columns {
		if len(all) == 0 || all[len(all)-1].Name != c.Table {
			all = append(all, Table{Name: c.Table})
		}
		last := &all[len(all)-1]
		last.Columns = append(last.Columns, c.Name)
	}
	return all, err
}

// A Count is how many rows a table has.
type Count struct {
	Table string
	Rows  int64
}

// Count counts the rows of every table, by name.
func (tx *Tx) Count() (all []Count, err error) {
	tables, err := tx.Tables()
	for _, t := range tables {
		if err == nil {
			var n int64
			n, err = tx.number("SELECT COUNT(*) FROM " + quoted(t.Name))
			all = append(all, Count{t.Name, n})
		}
	}
	return all, err
}

// number runs a query made here for one number.
func (tx *Tx) number(query string) (n int64, err error) {
	err = tx.tx.QueryRowContext(tx.ctx, query).Scan(&n)
	return n, faultOf(err)
}

// quoted is a name of the schema as SQL has it.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// Schema describes the schema that is there, in lines that are equal for equal schemas of one engine.
func (tx *Tx) Schema() ([]string, error) {
	return list(tx, "inspect.schema", func(r row) (line string, err error) { return line, r.Scan(&line) })
}

// OtherProcesses is how many connections other processes of this program have to a PostgreSQL database. Those that
// [Inspect] it do not count. On SQLite it is always 0, since the lock of the folder keeps others away.
func (tx *Tx) OtherProcesses() (int, error) {
	return find(tx, "inspect.others", func(r row) (n int, err error) { return n, r.Scan(&n) })
}
