// Package vocabulary holds the lists of words that people choose from: why somebody looks for a mentor, levels of
// training, academic ranks, specialties, interests and languages, in English and French. Specialties and interests are
// trees. The lists are our own, short, and free to be used by anybody; whoever needs other words replaces a list.
package vocabulary

import (
	"bytes"
	"embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Version is the edition of all lists. It changes when a term is added, and when a label means something else.
const Version = "2027.1"

// A Language is one of the two in which every term has a label.
type Language string

// The languages of labels.
const (
	English Language = "en"
	French  Language = "fr"
)

// A Term is an entry of a list.
type Term struct {
	Code     string // never changes, and is never shown
	Parent   string // the code of the wider term; "": there is none
	En, Fr   string
	Synonyms []string // in either language
}

// Label is what people read.
func (t Term) Label(language Language) string {
	if language == French {
		return t.Fr
	}
	return t.En
}

// A List is a vocabulary in the order in which it is shown.
type List struct {
	Name  string
	Terms []Term
	at    map[string]int // by code
}

// Find is the term with a code.
func (l *List) Find(code string) (Term, bool) {
	k, ok := l.at[code]
	if !ok {
		return Term{}, false
	}
	return l.Terms[k], true
}

// Label is the label of the term with a code. It panics when there is none: codes come from the program, never from
// people.
func (l *List) Label(code string, language Language) string {
	t, ok := l.Find(code)
	if !ok {
		panic(fmt.Sprintf("vocabulary: %s has no term %q", l.Name, code))
	}
	return t.Label(language)
}

// Children are the terms right below a code; below "" those without a parent.
func (l *List) Children(code string) []Term {
	return slices.Collect(func(yield func(Term) bool) {
		for _, t := range l.Terms {
			if t.Parent == code && !yield(t) {
				return
			}
		}
	})
}

//go:embed lists
var lists embed.FS

// The lists. Purposes are why somebody looks for a mentor, ten of them; Levels a ladder, the lowest first, and so are
// Ranks, which run beside it.
var (
	Purposes    = load("purposes")
	Levels      = load("levels")
	Ranks       = load("ranks")
	Languages   = load("languages")
	Specialties = load("specialties")
	Interests   = load("interests")
)

// load reads a list when it is first asked for.
func load(name string) func() *List {
	return sync.OnceValue(func() *List {
		data, err := lists.ReadFile("lists/" + name + ".csv")
		if err != nil {
			panic(err) // the file is part of the program
		}
		list, err := read(name, data)
		if err != nil {
			panic(err) // and a test reads every list
		}
		return list
	})
}

// read reads a list: code, parent, en, fr, and synonyms with semicolons between them.
func read(name string, data []byte) (*List, error) {
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("vocabulary %s: %w", name, err)
	}
	list := &List{Name: name, at: map[string]int{}}
	for k, row := range rows[1:] {
		t := Term{Code: row[0], Parent: row[1], En: row[2], Fr: row[3]}
		if row[4] != "" {
			t.Synonyms = strings.Split(row[4], ";")
		}
		if _, twice := list.at[t.Code]; twice || t.Code == "" || t.En == "" || t.Fr == "" {
			return nil, fmt.Errorf("vocabulary %s, row %d: the code stands twice, or something is empty", name, k+2)
		}
		if _, known := list.at[t.Parent]; t.Parent != "" && !known {
			return nil, fmt.Errorf("vocabulary %s, row %d: the parent %q does not stand above it", name, k+2, t.Parent)
		}
		list.at[t.Code] = len(list.Terms)
		list.Terms = append(list.Terms, t)
	}
	return list, nil
}
