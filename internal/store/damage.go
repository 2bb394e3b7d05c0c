package store

import (
	"fmt"
	"slices"
	"strings"
)

// Damage lists what is broken in the database, in words without personal data: at first what the engine finds, which in
// SQLite is every page, and unless quick also every index against its table; then rows that refer to rows which are not
// there.
func (tx *Tx) Damage(quick bool) ([]string, error) {
	query := "damage.whole"
	if quick {
		query = "damage.quick"
	}
	found, err := list(tx, query, func(r row) (words string, err error) { return words, r.Scan(&words) })
	if err != nil {
		return nil, err
	}
	keys, err := tx.foreignKeys()
	if err != nil {
		return nil, err
	}
	for _, k := range keys {
		n, err := tx.number(k.orphans())
		if err != nil {
			return nil, err
		}
		if n > 0 {
			found = append(found, fmt.Sprintf("%d rows of %s refer to rows of %s that are not there", n, k.table, k.to))
		}
	}
	return found, nil
}

// A foreignKey says that columns of a table name a row of another.
type foreignKey struct {
	table, to string
	columns   [][2]string // of the one, and of the other
}

func (tx *Tx) foreignKeys() (all []foreignKey, err error) {
	type pair struct {
		id        int64
		table, to string
		columns   [2]string
	}
	pairs, err := list(tx, "damage.references", func(r row) (p pair, err error) {
		return p, r.Scan(&p.table, &p.id, &p.columns[0], &p.to, &p.columns[1])
	})
	for k, p := range pairs {
		if k == 0 || pairs[k-1].table != p.table || pairs[k-1].id != p.id {
			all = append(all, foreignKey{table: p.table, to: p.to})
		}
		last := &all[len(all)-1]
		last.columns = append(last.columns, p.columns)
	}
	return all, err
}

// orphans is a query for the number of rows that name a row which is not there.
func (k *foreignKey) orphans() string {
	var named, equal []string
	for _, c := range k.columns {
		named = append(named, "a."+quoted(c[0])+" IS NOT NULL")
		equal = append(equal, "b."+quoted(c[1])+" = a."+quoted(c[0]))
	}
	return "SELECT COUNT(*) FROM " + quoted(k.table) + " a WHERE " + strings.Join(named, " AND ") +
		" AND NOT EXISTS (SELECT 1 FROM " + quoted(k.to) + " b WHERE " + strings.Join(equal, " AND ") + ")"
}

// References lists the foreign keys of the schema, in words that are the same for both engines.
func (tx *Tx) References() ([]string, error) {
	keys, err := tx.foreignKeys()
	var all []string
	for _, k := range keys {
		line := k.table
		for _, c := range k.columns {
			line += " " + c[0] + " = " + k.to + "." + c[1]
		}
		all = append(all, line)
	}
	slices.Sort(all)
	return all, err
}
