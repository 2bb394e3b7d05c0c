package profile

import (
	"hash/fnv"
	"slices"
	"strconv"
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

// keyOf names a term in the fields of a form and in the drafts of a device: by its code, or by its words in so many signs.
func keyOf(t mentoring.Term) string {
	if t.Code != "" {
		return t.Code
	}
	words := fnv.New64a()
	words.Write([]byte(search.Fold(t.Label)))
	return "own-" + strconv.FormatUint(words.Sum64(), 36)
}

// picked are the terms of values, those that the person has had as they were, then the new ones.
func picked(had []mentoring.Term, values []string) (terms []mentoring.Term) {
	for _, t := range had {
		if slices.Contains(values, valueOf(t)) {
			terms = append(terms, t)
		}
	}
	for _, value := range values {
		if !slices.Contains(valuesOf(had), value) {
			terms = append(terms, termOf(value))
		}
	}
	return terms
}

// saidBy is how a box of a value is called: by the list, or as the person had it, or in their own words. "": by nothing.
func saidBy(c *page.Call, list *vocabulary.List, value string, had []mentoring.Term) string {
	t := termOf(value)
	if k := slices.Index(valuesOf(had), value); k >= 0 {
		t = had[k]
	}
	return label(c, list, t)
}

// tiles are all terms of a short list to choose from. What the person has said that the list does not offer comes last:
// their own words, and terms that it offered once.
func tiles(c *page.Call, list *vocabulary.List, hints string, a answers, name string, had []mentoring.Term) (options []ui.Option) {
	for _, t := range list.Children("") {
		o := ui.Option{Value: t.Code, Label: upper(t.Label(language(c))), Chosen: a.says(name, t.Code)}
		if hint := hints + t.Code; c.Words.Has(hint) {
			o.Hint = c.Say(hint)
		}
		options = append(options, o)
	}
	for _, value := range a[name] {
		there := slices.ContainsFunc(options, func(o ui.Option) bool { return o.Value == value })
		if text := saidBy(c, list, value, had); text != "" && !there {
			options = append(options, ui.Option{Value: value, Label: upper(text), Chosen: true})
		}
	}
	return options
}

// mostSuggested is how many terms are suggested at once.
const mostSuggested = 8

// suggestions are what words may mean, and at the end the words as they are. Of interests those of the short list come
// first, then the subjects.
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
	looked := []*vocabulary.List{list}
	if list == c.Lists().AllInterests() {
		looked = []*vocabulary.List{c.Lists().Interests(), c.Lists().Subjects()}
	}
	for _, one := range looked {
		for _, s := range one.Suggest(typed, language(c), mostSuggested-len(found)) {
			if now, offered := list.Today(s.Code); offered {
				add(mentoring.Term{Code: now.Code})
			}
		}
	}
	add(mentoring.Term{Label: typed})
	return found
}

// wordLists are the lists in which words are looked up while they are typed.
var wordLists = map[string]func(vocabulary.Set) *vocabulary.List{
	"specialties": vocabulary.Set.Specialties, "interests": vocabulary.Set.AllInterests, "languages": vocabulary.Set.Languages,
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
