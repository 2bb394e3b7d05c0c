package store

import (
	"context"
	"database/sql"
	"errors"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
)

// Kind says what a caller can do about a fault.
type Kind uint8

const (
	// Internal faults are mistakes of this program.
	Internal Kind = iota
	// NotFound means that there is no such thing.
	NotFound
	// Conflict means that the change would break what must never be false; which is in Rule.
	Conflict
	// Unavailable means that the database does not answer, or cannot write now. The same may work later.
	Unavailable
)

// A Fault is an error of the database. Its text is for logs: it names no value and nobody.
type Fault struct {
	Kind Kind
	Rule string // of a Conflict: unique, foreign key or check
	Err  error  // of the driver, if there is one
}

func (f *Fault) Error() string {
	text := [...]string{"the database refuses", "there is no such thing in the database", "the change would break a rule of the database", "the database cannot be used now"}[f.Kind]
	if f.Rule != "" {
		text += " (" + f.Rule + ")"
	}
	if f.Err != nil {
		text += ": " + wordsOf(f.Err)
	}
	return text
}

// Later says whether the same may work later.
func (f *Fault) Later() bool { return f.Kind == Unavailable }

// Unwrap gives the driver's error. Its text may quote values: it must not reach a log.
func (f *Fault) Unwrap() error { return f.Err }

// Is compares kinds, so that errors.Is(err, &Fault{Kind: NotFound}) asks for one.
func (f *Fault) Is(other error) bool {
	o, ok := other.(*Fault)
	return ok && f.Kind == o.Kind && (o.Rule == "" || o.Rule == f.Rule)
}

// IsKind says whether an error is a fault of a kind.
func IsKind(err error, kind Kind) bool {
	f := (*Fault)(nil)
	return errors.As(err, &f) && f.Kind == kind
}

// wordsOf is what a driver's error says without the values that it may quote.
func wordsOf(err error) string {
	if pg := (*pgconn.PgError)(nil); errors.As(err, &pg) {
		return "PostgreSQL " + pg.Code + " " + pg.ConstraintName
	}
	if lite := (*sqlite.Error)(nil); errors.As(err, &lite) {
		return "SQLite " + sqlite.ErrorCodeString[lite.Code()&0xff]
	}
	return err.Error()
}

// SQLite's result codes (sqlite.org/rescode.html), the extended ones of constraints in full.
const (
	sqliteBusy       = 5
	sqliteReadOnly   = 8
	sqliteIOError    = 10
	sqliteFull       = 13
	sqliteCannotOpen = 14
	sqliteConstraint = 19
	sqliteCheck      = 275
	sqliteForeignKey = 787
	sqlitePrimaryKey = 1555
	sqliteUnique     = 2067
	sqliteNotNull    = 1299
)

// PostgreSQL's codes (Appendix A of its manual).
const (
	postgresForeignKey    = "23503"
	postgresUnique        = "23505"
	postgresCheck         = "23514"
	postgresNotNull       = "23502"
	postgresSerialization = "40001"
	postgresDeadlock      = "40P01"
)

// The rules that a Conflict can break.
const (
	UniqueRule     = "unique"
	ForeignKeyRule = "foreign key"
	CheckRule      = "check"
)

var (
	sqliteRules   = map[int]string{sqliteUnique: UniqueRule, sqlitePrimaryKey: UniqueRule, sqliteForeignKey: ForeignKeyRule, sqliteCheck: CheckRule, sqliteNotNull: CheckRule}
	postgresRules = map[string]string{postgresUnique: UniqueRule, postgresForeignKey: ForeignKeyRule, postgresCheck: CheckRule, postgresNotNull: CheckRule}
)

// faultOf brings the errors of both drivers to one form. Those of contexts stay as they are.
func faultOf(err error) error {
	fault := (*Fault)(nil)
	switch {
	case err == nil, errors.As(err, &fault), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, sql.ErrNoRows):
		return &Fault{Kind: NotFound}
	}
	if lite := (*sqlite.Error)(nil); errors.As(err, &lite) {
		return &Fault{Kind: sqliteKind(lite.Code()), Rule: sqliteRules[lite.Code()], Err: err}
	}
	if pg := (*pgconn.PgError)(nil); errors.As(err, &pg) {
		return &Fault{Kind: postgresKind(pg.Code), Rule: postgresRules[pg.Code], Err: err}
	}
	if network := net.Error(nil); errors.As(err, &network) || errors.Is(err, sql.ErrConnDone) || pgconn.Timeout(err) {
		return &Fault{Kind: Unavailable, Err: err}
	}
	return &Fault{Kind: Internal, Err: err}
}

func sqliteKind(code int) Kind {
	switch code & 0xff {
	case sqliteConstraint:
		return Conflict
	case sqliteBusy, sqliteReadOnly, sqliteIOError, sqliteFull, sqliteCannotOpen:
		return Unavailable
	}
	return Internal
}

// postgresKind goes by the class of the code, which is its first two characters.
func postgresKind(code string) Kind {
	switch {
	case strings.HasPrefix(code, "23"):
		return Conflict
	case strings.HasPrefix(code, "08"), strings.HasPrefix(code, "53"), strings.HasPrefix(code, "57"), strings.HasPrefix(code, "58"),
		code == postgresSerialization, code == postgresDeadlock:
		return Unavailable
	}
	return Internal
}

// inTheWay says whether a transaction failed only because of another one.
func inTheWay(err error) bool {
	if pg := (*pgconn.PgError)(nil); errors.As(err, &pg) {
		return pg.Code == postgresSerialization || pg.Code == postgresDeadlock
	}
	if lite := (*sqlite.Error)(nil); errors.As(err, &lite) {
		return lite.Code()&0xff == sqliteBusy
	}
	return false
}
