package store

import (
	"context"
	"strings"
)

// A Column is what a database says of one of its columns, in words that are the same for both engines.
type Column struct {
	Table, Name string
	Type        string // text, integer or bytes
	Optional    bool
}

// Columns lists all columns of the schema by table and name.
func (db *DB) Columns(ctx context.Context) ([]Column, error) {
	var all []Column
	err := db.View(ctx, func(tx *Tx) (err error) {
		all, err = list(tx, "schema.columns", func(r row) (c Column, err error) {
			err = r.Scan(&c.Table, &c.Name, &c.Type, &c.Optional)
			c.Type = map[string]string{"text": "text", "integer": "integer", "bigint": "integer", "blob": "bytes", "bytea": "bytes"}[strings.ToLower(c.Type)]
			return c, err
		})
		return err
	})
	return all, err
}

// UniqueIndexes lists the unique indexes of the schema, each as table and columns.
func (db *DB) UniqueIndexes(ctx context.Context) ([]string, error) {
	var all []string
	err := db.View(ctx, func(tx *Tx) (err error) {
		all, err = list(tx, "schema.unique", func(r row) (index string, err error) { return index, r.Scan(&index) })
		return err
	})
	return all, err
}
