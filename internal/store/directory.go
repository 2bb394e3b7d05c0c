package store

import (
	"encoding/json"
	"time"
)

// A Search is who looks for people, and where. In a program those whose unit the viewer leads are left out: they are for a
// deputy (CF-9). Those over whom the viewer has another position of authority are left out by whoever searches.
type Search struct {
	Viewer  string
	Program string // among whose people; "": among those who are listed
	Marks   string // of those who are listed: "": all but those set aside; "kept"; "aside"
	Room    bool   // only those who take people and are not away on Today
	Today   string
}

// A Range is where words stand in the alphabet: from Low on and before High.
type Range struct{ Low, High string }

// A Found is a person in a list, by what the list is ordered by.
type Found struct{ ID, Sort string }

// A Code is a code that a person has in a field.
type Code struct{ Person, Field, Code string }

// mustJSON writes what has only texts and numbers; a list of none as an empty one.
func mustJSON[T any](value []T) string {
	if value == nil {
		value = []T{}
	}
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// by is the name of a query and the arguments that say who looks, in its order.
func (s Search) by(query string) (name string, args []any) {
	if s.Program != "" {
		return query + "-of-program", []any{s.Program, s.Viewer, flag(s.Room), s.Today}
	}
	return query, []any{s.Viewer, s.Marks, flag(s.Room), s.Today}
}

func scanFound(r row) (f Found, err error) { return f, r.Scan(&f.ID, &f.Sort) }

// Find lists those whom a viewer finds, whatever their codes and words, behind a place in the order of names; behind the
// zero place, from its beginning.
func (tx *Tx) Find(s Search, after Found, most int) ([]Found, error) {
	name, args := s.by("directory.page")
	return list(tx, name, scanFound, append(args, after.Sort, after.ID, most)...)
}

// CountFound counts whom a viewer finds in a program.
func (tx *Tx) CountFound(s Search) (int, error) {
	name, args := s.by("directory.count")
	return find(tx, name, func(r row) (n int, err error) { return n, r.Scan(&n) }, args...)
}

// ShownAmong lists those among some people whom a viewer finds, in no order, whatever their codes and words.
func (tx *Tx) ShownAmong(s Search, ids []string) ([]Found, error) {
	name, args := s.by("directory.shown")
	return list(tx, name, scanFound, append(args, mustJSON(ids))...)
}

// WordsAmong are the words by which some people are found, by person, as far as an audience goes.
func (tx *Tx) WordsAmong(ids []string, reach int) (map[string][]string, error) {
	all, err := list(tx, "directory.words-of", func(r row) (w [2]string, err error) { return w, r.Scan(&w[0], &w[1]) }, reach, mustJSON(ids))
	words := map[string][]string{}
	for _, w := range all {
		words[w[0]] = append(words[w[0]], w[1])
	}
	return words, err
}

// CodesAmong lists the codes of some people, by person, as far as an audience goes.
func (tx *Tx) CodesAmong(ids []string, reach int) ([]Code, error) {
	return list(tx, "directory.codes-of", func(r row) (c Code, err error) { return c, r.Scan(&c.Person, &c.Field, &c.Code) }, reach, mustJSON(ids))
}

// PeopleByWord lists whom a range of words leads to, up to a number, each perhaps more than once.
func (tx *Tx) PeopleByWord(r Range, reach, most int) ([]string, error) {
	return list(tx, "directory.by-word", scanText, r.Low, r.High, reach, most)
}

// PeopleByCode lists who has a code, up to a number.
func (tx *Tx) PeopleByCode(field, code string, reach, most int) ([]string, error) {
	return list(tx, "directory.by-code", scanText, field, code, reach, most)
}

// A Word is one by which a person is found, by those whom it goes to.
type Word struct {
	Text     string
	Audience int
	Keys     []uint32
}

// SetWords replaces the words by which a person is found. It writes those alone that differ.
func (tx *Tx) SetWords(person string, words []Word) error {
	had, err := tx.wordsOf(person)
	if err != nil {
		return err
	}
	same := len(words) == len(had)
	for _, w := range words {
		before, has := had[w.Text]
		delete(had, w.Text)
		if has && before == w.Audience {
			continue
		}
		same = false
		if has {
			if _, err := tx.exec("directory.word-delete", w.Text, person); err != nil {
				return err
			}
		}
		if _, err := tx.exec("directory.word-add", w.Text, person, w.Audience); err != nil {
			return err
		}
		if err := tx.addKeys(w); err != nil {
			return err
		}
	}
	for word := range had {
		if _, err := tx.exec("directory.word-delete", word, person); err != nil {
			return err
		}
	}
	if same {
		return nil
	}
	return tx.changed(person)
}

// wordsOf are the words of a person, and how far each goes.
func (tx *Tx) wordsOf(person string) (map[string]int, error) {
	had := map[string]int{}
	_, err := list(tx, "directory.words-reach", func(r row) (none struct{}, err error) {
		var word string
		var audience int
		err = r.Scan(&word, &audience)
		had[word] = audience
		return none, err
	}, person)
	return had, err
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
	if _, err := tx.exec("directory.words-delete", person); err != nil {
		return err
	}
	return tx.changed(person)
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
