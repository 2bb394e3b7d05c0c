package profile

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/search"
	"github.com/chiron-mentoring/chiron/internal/vocabulary"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// label is a term as its reader says it: by the list, if it has the code, and else as it was entered.
func label(c *page.Call, list *vocabulary.List, t mentoring.Term) string {
	if list != nil {
		if known, has := list.Find(t.Code); has {
			return known.Label(language(c))
		}
	}
	return t.Label
}

func labels(c *page.Call, list *vocabulary.List, terms []mentoring.Term) (texts []string) {
	for _, t := range terms {
		texts = append(texts, label(c, list, t))
	}
	return texts
}

// valueOf is a term as the value of a box: its code, or "=" and the person's own words; termOf reads it.
func valueOf(t mentoring.Term) string {
	if t.Code != "" {
		return t.Code
	}
	return "=" + t.Label
}

func termOf(value string) mentoring.Term {
	if words, own := strings.CutPrefix(value, "="); own {
		return mentoring.Term{Label: words}
	}
	return mentoring.Term{Code: value}
}

func termsOf(values []string) (terms []mentoring.Term) {
	for _, value := range values {
		terms = append(terms, termOf(value))
	}
	return terms
}

func valuesOf(terms []mentoring.Term) (values []string) {
	for _, t := range terms {
		values = append(values, valueOf(t))
	}
	return values
}

// codesOf are the codes of terms of a closed list.
func codesOf(terms []mentoring.Term) (codes []string) {
	for _, t := range terms {
		codes = append(codes, t.Code)
	}
	return codes
}

// mean is the term that words name in a list, in either language or by a synonym, and else the words as they are.
func mean(c *page.Call, list *vocabulary.List, typed string) mentoring.Term {
	typed = mentoring.Tidy(typed)
	for _, s := range list.Suggest(typed, language(c), 5) {
		if s.Code != "" && (search.Fold(s.Label) == search.Fold(typed) || search.Fold(s.By) == search.Fold(typed)) {
			return mentoring.Term{Code: s.Code, Label: typed}
		}
	}
	return mentoring.Term{Label: typed}
}

// tiles are all terms of a short list to choose from. Those that the person has and the list offers no more come last.
func tiles(c *page.Call, list *vocabulary.List, hints string, a answers, name string) (options []ui.Option) {
	for _, t := range list.Children("") {
		o := ui.Option{Value: t.Code, Label: upper(t.Label(language(c))), Chosen: a.says(name, t.Code)}
		if hint := hints + t.Code; c.Words.Has(hint) {
			o.Hint = c.Say(hint)
		}
		options = append(options, o)
	}
	for _, value := range a[name] {
		if t, has := list.Find(value); has && t.Retired {
			options = append(options, ui.Option{Value: value, Label: upper(t.Label(language(c))), Chosen: true})
		}
	}
	return options
}

// mostSuggested is how many terms are suggested at once.
const mostSuggested = 8

// suggestions are what words may mean, and at the end the words as they are. Besides the short list of interests the long
// one of subjects is looked through; its terms are taken as words, since profiles know the codes of the short one.
func suggestions(c *page.Call, list *vocabulary.List, typed string) (found []mentoring.Term) {
	if typed = mentoring.Tidy(typed); typed == "" || utf8.RuneCountInString(typed) > mentoring.MostName {
		return nil
	}
	add := func(t mentoring.Term) {
		same := func(have mentoring.Term) bool {
			return search.Fold(label(c, list, have)) == search.Fold(label(c, list, t))
		}
		if len(found) <= mostSuggested && !slices.ContainsFunc(found, same) {
			found = append(found, t)
		}
	}
	for _, s := range list.Suggest(typed, language(c), mostSuggested) {
		if s.Code != "" {
			add(mentoring.Term{Code: s.Code})
		}
	}
	if list == c.Lists().Interests() {
		for _, s := range c.Lists().Subjects().Suggest(typed, language(c), mostSuggested-len(found)) {
			add(mentoring.Term{Label: s.Label})
		}
		return found
	}
	add(mentoring.Term{Label: typed})
	return found
}

// wordLists are the lists in which words are looked up while they are typed.
var wordLists = map[string]func(vocabulary.Set) *vocabulary.List{
	"specialties": vocabulary.Set.Specialties, "interests": vocabulary.Set.Interests, "languages": vocabulary.Set.Languages,
	"places": vocabulary.Set.Places, "institutions": vocabulary.Set.Institutions,
}

// Words answers with what somebody may mean who types, as options of a field. It is a comfort: without it every form takes
// what was typed.
func Words(c *page.Call) error {
	of, known := wordLists[c.Asked("of")]
	if !known {
		return mentoring.NotHere()
	}
	list, typed := of(c.Lists()), c.Asked(c.Asked("name"))
	var options []string
	for _, t := range suggestions(c, list, typed) {
		options = append(options, label(c, list, t))
	}
	return c.ShowPart(dataOptions(options))
}
