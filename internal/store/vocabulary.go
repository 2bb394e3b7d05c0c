package store

import "time"

// An Edition is one of a list that an installation uses in place of that of the program.
type Edition struct {
	List    string
	Number  int // from 1, without a gap
	Edition string
	MadeAt  time.Time
	MadeBy  string
}

func scanEdition(r row) (e Edition, err error) {
	var at int64
	err = r.Scan(&e.List, &e.Number, &e.Edition, &at, &e.MadeBy)
	e.MadeAt = instant(at)
	return e, err
}

// AddEdition adds an edition of a list, which is then in use. Its number must be one more than that of the last one.
func (tx *Tx) AddEdition(e Edition, body []byte) error {
	_, err := tx.exec("vocabulary.add", e.List, e.Number, e.Edition, string(body), micros(e.MadeAt), e.MadeBy)
	return err
}

// Editions lists the editions of a list, the one in use first.
func (tx *Tx) Editions(name string) ([]Edition, error) {
	return list(tx, "vocabulary.of", scanEdition, name)
}

// EditionsInUse says by list which edition is in use. A list that is not there is the program's own.
func (tx *Tx) EditionsInUse() (map[string]int, error) {
	all, err := list(tx, "vocabulary.last", func(r row) (e Edition, err error) { return e, r.Scan(&e.List, &e.Number) })
	numbers := make(map[string]int, len(all))
	for _, e := range all {
		numbers[e.List] = e.Number
	}
	return numbers, err
}

// EditionBody is what stands in an edition. Without one the error is a [*Fault] of kind [NotFound].
func (tx *Tx) EditionBody(list string, number int) ([]byte, error) {
	body, err := find(tx, "vocabulary.body", scanText, list, number)
	return []byte(body), err
}

// Uses says how many people have chosen each code of a list. Codes that nobody has chosen are left out, and those may be
// there that are not in the list: interests and subjects are chosen in one field.
func (tx *Tx) Uses(name string) (map[string]int, error) {
	type use struct {
		code   string
		people int
	}
	all, err := list(tx, "vocabulary.uses", func(r row) (u use, err error) { return u, r.Scan(&u.code, &u.people) }, name)
	uses := make(map[string]int, len(all))
	for _, u := range all {
		uses[u.code] = u.people
	}
	return uses, err
}
