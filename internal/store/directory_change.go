package store

// changed notes that somebody has changed in what lists and searches find, or is gone. Every function of this package
// that changes it calls it, in the transaction of the change. Two transactions that note something at the same time are
// in each other's way, and one of them runs again: so numbers never become visible out of their order.
func (tx *Tx) changed(person string) error {
	if tx.noted[person] {
		return nil
	}
	if _, err := tx.exec("directory.changed", person); err != nil {
		return err
	}
	if tx.noted == nil {
		tx.noted = map[string]bool{}
	}
	tx.noted[person] = true
	return nil
}

// Noted says whether the transaction has changed what lists and searches find.
func (tx *Tx) Noted() bool { return len(tx.noted) > 0 }

// A Change is who has changed in what lists and searches find, or is gone, and the number of the latest change.
type Change struct {
	Person string
	Number int64
}

// ChangesAfter lists who has changed after a number, in the order of the numbers.
func (tx *Tx) ChangesAfter(number int64) ([]Change, error) {
	return list(tx, "directory.changes", func(r row) (c Change, err error) { return c, r.Scan(&c.Person, &c.Number) }, number)
}

// LastChange is the number of the latest change; 0: there was none.
func (tx *Tx) LastChange() (int64, error) {
	return find(tx, "directory.last-change", func(r row) (n int64, err error) { return n, r.Scan(&n) })
}

// A Findable is somebody whom lists and searches can find, with all that decides by whom and by what. Audiences of words
// and codes are as in [Word] and [Code].
type Findable struct {
	Found
	Listed   bool
	Capacity int
	Words    []Word // without keys
	Codes    []FindableCode
	Programs []string
	Away     []Span
}

// A FindableCode is a code in a field of facets, and how far it goes.
type FindableCode struct {
	Field, Code string
	Audience    int
}

// Findable reads those among some people whom somebody can find, by id: those without a profile, suspended, or gone on
// with another account are not among them.
func (tx *Tx) Findable(ids []string) ([]Findable, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	among := mustJSON(ids)
	all, err := list(tx, "directory.findable", func(r row) (f Findable, err error) {
		return f, r.Scan(&f.ID, &f.Sort, &f.Listed, &f.Capacity)
	}, among)
	if err != nil {
		return nil, err
	}
	at := make(map[string]*Findable, len(all))
	for k := range all {
		at[all[k].ID] = &all[k]
	}
	for _, read := range []struct {
		query string
		scan  func(r row) (struct{}, error)
	}{
		{"directory.findable-words", func(r row) (none struct{}, err error) {
			var person string
			var w Word
			if err = r.Scan(&person, &w.Text, &w.Audience); at[person] != nil {
				at[person].Words = append(at[person].Words, w)
			}
			return none, err
		}},
		{"directory.findable-codes", func(r row) (none struct{}, err error) {
			var person string
			var c FindableCode
			if err = r.Scan(&person, &c.Field, &c.Code, &c.Audience); at[person] != nil {
				at[person].Codes = append(at[person].Codes, c)
			}
			return none, err
		}},
		{"directory.findable-programs", func(r row) (none struct{}, err error) {
			var person, program string
			if err = r.Scan(&person, &program); at[person] != nil {
				at[person].Programs = append(at[person].Programs, program)
			}
			return none, err
		}},
		{"directory.findable-away", func(r row) (none struct{}, err error) {
			var person string
			var s Span
			if err = r.Scan(&person, &s.From, &s.To); at[person] != nil {
				at[person].Away = append(at[person].Away, s)
			}
			return none, err
		}},
	} {
		if _, err := list(tx, read.query, read.scan, among); err != nil {
			return nil, err
		}
	}
	return all, nil
}
