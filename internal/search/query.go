package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	mostTerms     = 8 // of a query; further words are not looked at
	shortestTyped = 4 // letters of a word in which a mistake is forgiven
)

// titles are left out of what is typed when something else is left.
var titles = map[string]bool{"dr": true, "dre": true, "prof": true}

// A Rank says how well something answers a query: 0 is best. The ranks of the terms add up.
type Rank int

// How well a word answers a term.
const (
	Exact   Rank = 0 // the word itself
	Begins  Rank = 1 // the word begins so
	Mistake Rank = 2 // one letter is missing, too many, another one, or two neighbours have changed places
)

// A Query is what somebody typed. It has a reading with the words as they were typed, and perhaps one with those as one
// word that belong together; whatever answers all terms of a reading is found. A query without readings says nothing,
// and finds everything.
type Query struct {
	Readings [][]Term
}

// A Term is a word to be found.
type Term struct {
	Text   string // folded
	Prefix bool   // words that begin so are found too: it is the last one, which may be unfinished, or an initial
}

// Parse reads what somebody typed, whatever it is.
func Parse(typed string) Query {
	groups := untitled(groupsOf(typed))
	var asTyped, joined []string
	for _, group := range groups {
		asTyped = append(asTyped, group...)
		joined = append(joined, shorten(strings.Join(group, "")))
	}
	var q Query
	if len(asTyped) > 0 {
		q.Readings = append(q.Readings, terms(asTyped))
	}
	if len(joined) < len(asTyped) {
		q.Readings = append(q.Readings, terms(joined))
	}
	return q
}

// untitled leaves out titles, unless nothing else is there.
func untitled(groups [][]string) [][]string {
	var left [][]string
	for _, group := range groups {
		if titles[group[0]] {
			group = group[1:]
		}
		if len(group) > 0 {
			left = append(left, group)
		}
	}
	if left == nil {
		return groups
	}
	return left
}

func terms(words []string) []Term {
	words = words[:min(len(words), mostTerms)]
	all := make([]Term, len(words))
	for k, word := range words {
		initial := utf8.RuneCountInString(word) == 1 && !isWord([]rune(word)[0])
		all[k] = Term{Text: word, Prefix: k == len(words)-1 || initial}
	}
	return all
}

// Span is where words that answer the term without a mistake stand in an alphabet by bytes: from the first one on, and
// before the second. Every word in the span of a term with a prefix answers it; otherwise only the first one does.
func (t Term) Span() (from, before string) { return t.Text, t.Text + string(unicode.MaxRune) }

// Keys are the numbers of which a word that differs by a mistake has one. There are none where no mistake is forgiven.
func (t Term) Keys() []uint32 {
	if utf8.RuneCountInString(t.Text) < shortestTyped {
		return nil
	}
	return Keys(t.Text)
}

// Match says whether a folded word answers the term, and how well.
func (t Term) Match(word string) (Rank, bool) {
	switch {
	case word == t.Text:
		return Exact, true
	case t.Prefix && strings.HasPrefix(word, t.Text):
		return Begins, true
	case utf8.RuneCountInString(t.Text) >= shortestTyped && forgiving(t.Text) && forgiving(word) && near(t.Text, word):
		return Mistake, true
	}
	return 0, false
}

// Match says whether words, as [Words] gives them, answer the query, and how well: by its best reading, and in it each
// term by its best word. Words that belong together and were written apart, or the other way around, cost nothing. A
// query that says nothing is answered by everything.
func (q Query) Match(words []string) (Rank, bool) {
	best, found := Rank(0), len(q.Readings) == 0
	for _, reading := range q.Readings {
		if rank, ok := matchAll(reading, words); ok && (!found || rank < best) {
			best, found = rank, true
		}
	}
	return best, found
}

func matchAll(terms []Term, words []string) (Rank, bool) {
	sum := Rank(0)
	for _, t := range terms {
		best, found := Mistake, false
		for _, word := range words {
			if rank, ok := t.Match(word); ok && (!found || rank < best) {
				best, found = rank, true
			}
		}
		if !found {
			return 0, false
		}
		sum += best
	}
	return sum, true
}

// Empty says whether the query says nothing.
func (q Query) Empty() bool { return len(q.Readings) == 0 }

// Terms are the terms of all readings, each once.
func (q Query) Terms() []Term {
	var all []Term
	for _, reading := range q.Readings {
		for _, t := range reading {
			if !slices.Contains(all, t) {
				all = append(all, t)
			}
		}
	}
	return all
}
