package store

import (
	"encoding/json"
	"time"
)

// A Search is what a viewer looks for among people. What it finds, counts and orders depends on terms and words that go
// as far as the viewer, and on nothing else of those people but their name. Those over whom somebody who runs a program
// has authority are left out of what that one finds: they are for a deputy (CF-9).
type Search struct {
	Viewer string
	Reach  int    // the narrowest audience that the viewer is part of: 0 members, 2 those who run a program
	Marks  string // "": all but those set aside; "kept"; "aside"
	Room   bool   // only those who take people and are not away on Today
	Today  string
	Codes  map[string][]string // by field; one of them in each
	Lead   string              // the field to begin with, best the rarest
	Ranges []Range             // what was typed; nil: nothing was
}

// A Range is where words stand that answer a term of a reading: from Low on and before High. Terms is how many the
// reading has, so that whoever answers all of them is known.
type Range struct {
	Reading int    `json:"reading"`
	Term    int    `json:"term"`
	Terms   int    `json:"terms"`
	Rank    int    `json:"rank"`
	Low     string `json:"low"`
	High    string `json:"high"`
}

// A Found is a person in a list, and the place at which the next page begins.
type Found struct {
	ID   string
	Rank int
	Sort string
}

// A Facet is how many have a code in a field.
type Facet struct {
	Field, Code string
	People      int
}

// wanted is the JSON of the codes.
func (s Search) wanted() string {
	type one struct {
		Lead  int    `json:"lead"`
		Field string `json:"field"`
		Code  string `json:"code"`
	}
	all := []one{}
	for field, codes := range s.Codes {
		for _, code := range codes {
			lead := 0
			if field == s.Lead {
				lead = 1
			}
			all = append(all, one{lead, field, code})
		}
	}
	return mustJSON(all)
}

// mustJSON writes what has only texts and numbers.
func mustJSON(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// shape is the suffix of the queries, with their arguments up to the place in the list.
func (s Search) shape() (string, []any) {
	args := []any{s.Reach, s.Viewer, s.Marks, flag(s.Room), s.Today}
	switch {
	case s.Ranges != nil:
		return "text", append(args, s.wanted(), mustJSON(s.Ranges))
	case len(s.Codes) > 0:
		return "terms", append(args, s.wanted())
	}
	return "all", args
}

func scanFound(r row) (f Found, err error) { return f, r.Scan(&f.ID, &f.Rank, &f.Sort) }

// Find lists those who are found behind a place in the list, in order; behind the zero place, from its beginning.
func (tx *Tx) Find(s Search, after Found, most int) ([]Found, error) {
	shape, args := s.shape()
	if after.ID == "" {
		after.Rank = -1
	}
	if shape != "all" {
		args = append(args, after.Rank)
	}
	return list(tx, "directory.page-"+shape, scanFound, append(args, after.Sort, after.ID, most)...)
}

// CountFound counts those who are found.
func (tx *Tx) CountFound(s Search) (int, error) {
	shape, args := s.shape()
	return find(tx, "directory.count-"+shape, func(r row) (n int, err error) { return n, r.Scan(&n) }, args...)
}

func scanFacet(r row) (c Facet, err error) { return c, r.Scan(&c.Field, &c.Code, &c.People) }

// Facets counts how many of those who are found have which code, by field and code.
func (tx *Tx) Facets(s Search) ([]Facet, error) {
	shape, args := s.shape()
	switch {
	case shape != "all":
		return list(tx, "directory.facets-"+shape, scanFacet, args...)
	case s.Room || s.Marks != "":
		return list(tx, "directory.facets-some", scanFacet, args...)
	}
	all, err := list(tx, "directory.facets-all", scanFacet, s.Reach)
	if err != nil {
		return nil, err
	}
	hidden, err := list(tx, "directory.facets-hidden", scanFacet, s.Reach, s.Viewer, s.Today)
	if err != nil {
		return nil, err
	}
	less := map[[2]string]int{}
	for _, c := range hidden {
		less[[2]string{c.Field, c.Code}] = c.People
	}
	kept := all[:0]
	for _, c := range all {
		if c.People -= less[[2]string{c.Field, c.Code}]; c.People > 0 {
			kept = append(kept, c)
		}
	}
	return kept, nil
}

// A Word is one by which a person is found, by those whom it goes to.
type Word struct {
	Text     string
	Audience int
	Keys     []uint32
}

// SetWords replaces the words by which a person is found.
func (tx *Tx) SetWords(person string, words []Word) error {
	if _, err := tx.exec("directory.words-delete", person); err != nil {
		return err
	}
	for _, w := range words {
		if _, err := tx.exec("directory.word-add", w.Text, person, w.Audience); err != nil {
			return err
		}
		if err := tx.addKeys(w); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) addKeys(w Word) error {
	if len(w.Keys) == 0 {
		return nil
	}
	known, err := find(tx, "directory.word-known", func(r row) (n int, err error) { return n, r.Scan(&n) }, w.Text)
	if err != nil || known > 0 {
		return err
	}
	for _, key := range w.Keys {
		if _, err := tx.exec("directory.key-add", w.Text, int64(key)); err != nil {
			return err
		}
	}
	return nil
}

// WordsOf lists the words by which a person is found.
func (tx *Tx) WordsOf(person string) ([]string, error) {
	return list(tx, "directory.words", scanText, person)
}

// WordsNear lists words that have one of the numbers.
func (tx *Tx) WordsNear(keys []uint32) (words []string, err error) {
	for _, key := range keys {
		some, err := list(tx, "directory.near", scanText, int64(key))
		if err != nil {
			return nil, err
		}
		words = append(words, some...)
	}
	return words, nil
}

// ForgetWords forgets the words that are one person's alone, and which words are that person's.
func (tx *Tx) ForgetWords(person string) error {
	if _, err := tx.exec("directory.forget-words", person); err != nil {
		return err
	}
	_, err := tx.exec("directory.words-delete", person)
	return err
}

// SweepWords forgets words by which nobody is found any more.
func (tx *Tx) SweepWords() (int64, error) { return tx.exec("directory.words-sweep") }

// Everybody lists the ids of people behind one, at most so many.
func (tx *Tx) Everybody(after string, most int) ([]string, error) {
	return list(tx, "directory.everybody", scanText, after, most)
}

// A Mark is what a person keeps for themselves about another: "kept" or "aside".
type Mark struct{ Other, Kind string }

// SetMark marks somebody; Kind "" takes the mark away.
func (tx *Tx) SetMark(person string, m Mark, at time.Time) (err error) {
	if m.Kind == "" {
		_, err = tx.exec("directory.unmark", person, m.Other)
		return err
	}
	_, err = tx.exec("directory.mark", person, m.Other, m.Kind, micros(at))
	return err
}

// Marks lists the marks of a person, the latest first.
func (tx *Tx) Marks(person string) ([]Mark, error) {
	return list(tx, "directory.marks", func(r row) (m Mark, err error) { return m, r.Scan(&m.Other, &m.Kind) }, person)
}

// ForgetMarks deletes the marks of a person and those on them.
func (tx *Tx) ForgetMarks(person string) error {
	_, err := tx.exec("directory.marks-delete", person)
	return err
}

// HowMany is how often codes stand in a field, as far as an audience goes.
func (tx *Tx) HowMany(field string, codes []string, reach int) (sum int, err error) {
	for _, code := range codes {
		n, err := find(tx, "directory.how-many", func(r row) (n int, err error) { return n, r.Scan(&n) }, field, code, reach)
		if err != nil {
			return 0, err
		}
		sum += n
	}
	return sum, nil
}
