// Package vocabulary holds the lists of words that people choose from: why somebody looks for a mentor and what kind of
// support, levels of training, academic ranks, specialties, interests, institutions, places and languages, in English
// and French.
//
// Each list has an edition, a source and a licence. Its terms have codes that are never used again for something else: a
// term that is given up stays, retired, and may name its successor. Whoever chooses a term keeps its code and the words
// as they were chosen, and may always write something that is in no list.
//
// A list can be replaced by a CSV file ([Read], [Replace], [Compare]); package edition keeps what an installation uses.
// This package is pure.
package vocabulary

import (
	"fmt"
	"slices"
	"sync"

	"github.com/chiron-mentoring/chiron/internal/search"
)

// A Language is one of the two in which every term has a label.
type Language string

// The languages of labels.
const (
	English Language = "en"
	French  Language = "fr"
)

// A Term is an entry of a list.
type Term struct {
	Code      string // never changes, and is never shown
	Parent    string // the code of the wider term; "": there is none
	En, Fr    string
	Synonyms  []string // in either language
	Zone      string   // of a place: its time zone, such as America/Toronto; "": it has several, or the list holds no places
	Retired   bool     // stays readable, and is not offered any more
	Successor string   // the code of what to choose in place of a retired term; "": nothing in particular
}

// Label is what people read.
func (t Term) Label(language Language) string {
	if language == French {
		return t.Fr
	}
	return t.En
}

// A List is a vocabulary in the order in which it is shown. It does not change.
type List struct {
	Name    string
	Edition string // such as 2027.1
	Licence string
	Source  string // who made it, and where it can be had
	Terms   []Term

	at     map[string]int // by code
	search func() *suggester
	names  func() map[string]int32 // the term that each name stands for
	longer *longer
}

// newList makes a list of terms that are known to be right.
func newList(name, edition, licence, source string, terms []Term) *List {
	l := &List{Name: name, Edition: edition, Licence: licence, Source: source, Terms: terms, at: make(map[string]int, len(terms)), longer: &longer{}}
	for k, t := range terms {
		l.at[t.Code] = k
	}
	l.search = sync.OnceValue(func() *suggester { return newSuggester(l) })
	l.names = sync.OnceValue(func() map[string]int32 { return namesOf(l) })
	return l
}

// Find is the term with a code, retired or not.
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

// Children are the terms right below a code; below "" those without a parent. Retired terms are left out.
func (l *List) Children(code string) []Term {
	return slices.Collect(func(yield func(Term) bool) {
		for _, t := range l.Terms {
			if t.Parent == code && !t.Retired && !yield(t) {
				return
			}
		}
	})
}

// Path is a code and the codes above it, the nearest first; nil: there is no such term.
func (l *List) Path(code string) []string {
	var path []string
	for t, ok := l.Find(code); ok; t, ok = l.Find(t.Parent) {
		path = append(path, t.Code)
	}
	return path
}

// Today is the term that stands for a code now: itself, or if it is retired what has come in its place, if anything.
func (l *List) Today(code string) (Term, bool) {
	t, ok := l.Find(code)
	for range l.Terms { // successors do not go in circles; Read sees to that
		if !ok || !t.Retired {
			break
		}
		t, ok = l.Find(t.Successor)
	}
	return t, ok && !t.Retired
}

// Live is how many terms are offered.
func (l *List) Live() int {
	n := 0
	for _, t := range l.Terms {
		if !t.Retired {
			n++
		}
	}
	return n
}

// fold is a label as it is compared with others.
func fold(label string) string { return search.Fold(label) }
