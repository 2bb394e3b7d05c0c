// Package store is where things are kept: one store over two engines, SQLite in a file of its own and PostgreSQL, with
// the same results from both. The suite in [storetest] holds them to that.
//
// Everything happens in a transaction. [DB.Update] may change things and is all or nothing, as if nobody else were
// writing; [DB.View] reads one moment. The queries are named and stand in sql/, one file per idea beside the Go file of
// the same name; a second text exists only where the engines must differ. What must never be false is said to the
// database itself, in migrations/: keys, checks and unique indexes.
//
// Instants are stored as whole microseconds of UTC since 1970, so that both engines compare and sort them alike. They
// come from the caller's clock, never from the database.
//
// [storetest]: https://pkg.go.dev/github.com/chiron-mentoring/chiron/internal/store/storetest
package store
