package vocabulary

import (
	"cmp"
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/internal/search"
)

// A Suggestion is something to choose.
type Suggestion struct {
	Code  string // "": what was typed, as it is
	Label string // in the language that was asked for, or what was typed
	Wider string // the label of the term above it; "": there is none
	By    string // the words by which it was found, if the label does not show why
}

// Suggest gives at most n terms that somebody may mean, the likeliest first, and after them always what was typed, so
// that nobody is held to the list. It forgives what package search forgives, and finds terms by their synonyms, by their
// labels in the other language, and by those of retired terms whose place they have taken. Nothing typed: nothing comes.
// The first call costs an index of the list; later ones less than a millisecond for 30,000 terms.
func (l *List) Suggest(typed string, language Language, n int) []Suggestion {
	typed = clean(typed)
	if typed == "" {
		return nil
	}
	suggestions := l.search().find(typed, language, n)
	return append(suggestions, Suggestion{Label: typed})
}

// A suggester finds the terms of a list by all their names.
type suggester struct {
	list  *List
	names []name
	index *search.Index
}

// A name is one of the words for a term.
type name struct {
	text string
	term int32
	of   Language // whose label it is; "": a synonym
	size int32    // words
}

// both is the language of a label that is the same in both.
const both Language = "*"

func newSuggester(l *List) *suggester {
	s := &suggester{list: l}
	for _, t := range l.Terms {
		now, ok := l.Today(t.Code)
		if !ok {
			continue
		}
		term := int32(l.at[now.Code])
		en, fr := English, French
		switch {
		case t.Retired:
			en, fr = "", ""
		case t.En == t.Fr:
			en, fr = both, both
		}
		s.add(name{text: t.En, term: term, of: en})
		if t.Fr != t.En {
			s.add(name{text: t.Fr, term: term, of: fr})
		}
		for _, synonym := range t.Synonyms {
			s.add(name{text: synonym, term: term})
		}
	}
	s.index = search.NewIndex(len(s.names), func(k int) []search.Word { return search.Everybody.For(search.Words(s.names[k].text)) })
	return s
}

func (s *suggester) add(n name) {
	n.size = int32(len(strings.Fields(fold(n.text))))
	s.names = append(s.names, n)
}

// A guess is a name that was found.
type guess struct {
	rank  search.Rank
	other int // 0: a label in the language; 1: another name
	size  int32
	term  int32
	name  int32
}

func (a guess) compare(b guess) int {
	return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.size, b.size), cmp.Compare(a.other, b.other), cmp.Compare(a.term, b.term), cmp.Compare(a.name, b.name))
}

// find gives the best terms, each by its best name.
func (s *suggester) find(typed string, language Language, n int) []Suggestion {
	kept := &best{most: max(n, 0)}
	for _, hit := range s.index.Find(search.Parse(typed), search.Everybody) {
		found := s.names[hit.Thing]
		other := 1
		if found.of == language || found.of == both {
			other = 0
		}
		kept.offer(guess{hit.Rank, other, found.size, found.term, int32(hit.Thing)})
	}
	suggestions := make([]Suggestion, 0, n+1)
	for _, g := range kept.guesses {
		t := s.list.Terms[g.term]
		suggestion := Suggestion{Code: t.Code, Label: t.Label(language)}
		if parent, ok := s.list.Find(t.Parent); ok {
			suggestion.Wider = parent.Label(language)
		}
		if found := s.names[g.name].text; fold(found) != fold(suggestion.Label) {
			suggestion.By = found
		}
		suggestions = append(suggestions, suggestion)
	}
	return suggestions
}

// best keeps the best guesses, one for each term, sorted.
type best struct {
	most    int
	guesses []guess
}

func (b *best) offer(g guess) {
	if len(b.guesses) == b.most && (b.most == 0 || g.compare(b.guesses[b.most-1]) >= 0) {
		return
	}
	if k := slices.IndexFunc(b.guesses, func(had guess) bool { return had.term == g.term }); k >= 0 {
		if g.compare(b.guesses[k]) >= 0 {
			return
		}
		b.guesses = slices.Delete(b.guesses, k, k+1)
	}
	at, _ := slices.BinarySearchFunc(b.guesses, g, guess.compare)
	if at >= b.most {
		return
	}
	b.guesses = slices.Insert(b.guesses, at, g)
	b.guesses = b.guesses[:min(len(b.guesses), b.most)]
}
