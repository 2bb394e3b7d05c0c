// Package locale holds the words that people read, in English and in Canadian French, and writes numbers, percentages
// and dates as each language does. What is to be said comes from elsewhere, as keys with arguments; nothing is decided
// here.
//
// The words are data: en.json, fr-CA.json, and explain.fr-CA.json for the texts of match/explain. Translators write
// ordinary spaces and apostrophes; the spaces that must not break, and the typographic apostrophes, are put in when the
// files are read.
package locale

import (
	"fmt"
	"strings"
)

// A Language is one that pages can be written in, as a tag of BCP 47.
type Language string

const (
	English Language = "en"
	French  Language = "fr-CA"
)

// Languages are all there are.
var Languages = [...]Language{English, French}

// Parse reads the name of a language as people and systems write it, such as "fr", "fr-CA", "fr_CA.UTF-8" or "English".
func Parse(name string) (Language, error) {
	folded := strings.ToLower(name)
	base, _, _ := strings.Cut(folded, ".")
	base, _, _ = strings.Cut(strings.ReplaceAll(base, "_", "-"), "-")
	switch base {
	case "en", "english", "anglais":
		return English, nil
	case "fr", "french", "français", "francais":
		return French, nil
	}
	return "", fmt.Errorf("%q is no language that Chiron speaks; write en or fr", name)
}

// A category is one of the plural forms that languages tell apart.
type category uint8

const (
	one category = iota
	many
	other
	categories
)

var categoryNames = [categories]string{"one", "many", "other"}

// plural is the form for n things, by the rules of the Unicode CLDR for whole numbers. In French, "many" is for whole
// millions, which take "de": "2 000 000 de paires".
func (l Language) plural(n int64) category {
	switch {
	case l == French && (n == 0 || n == 1 || n == -1), l == English && (n == 1 || n == -1):
		return one
	case l == French && n%1_000_000 == 0:
		return many
	}
	return other
}
