package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// twoLetters writes letters with two, as German and the languages of the North do where they lack them: Müller, Mueller.
var twoLetters = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ø", "oe", "å", "aa", "Ä", "Ae", "Ö", "Oe", "Ü", "Ue", "Ø", "Oe", "Å", "Aa")

// alike are words that stand for each other in names of people and places.
var alike = map[string]string{"saint": "st", "st": "saint", "sainte": "ste", "ste": "sainte"}

// particle is the length up to which a word belongs to the one that follows it: Da Silva, Mac Donald, Van der Berg.
const particle = 3

// mostJoined is how many words of a text belong together at most.
const mostJoined = 4

// Words are the words by which texts are found, sorted, each once: those of the texts as they are folded, and words that
// belong together also as one, so that "oneil" finds O'Neil, "jeanyves" Jean-Yves and "dasilva" Da Silva. Saint-Pierre is
// found as St-Pierre too, and Müller as Mueller. For the name and the city of a person there are four to seven.
func Words(texts ...string) []string {
	var words []string
	for _, text := range texts {
		words = appendWords(words, groupsOf(text))
		if ascii(text) {
			continue
		}
		if written := twoLetters.Replace(norm.NFC.String(text)); written != text {
			words = appendWords(words, groupsOf(written))
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}

func appendWords(words []string, groups [][]string) []string {
	for _, group := range groups {
		words = append(words, group...)
		words = appendJoined(words, group)
		other := slices.Clone(group)
		for k, word := range group {
			if also, ok := alike[word]; ok {
				other[k] = also
				words = append(words, also)
			}
		}
		words = appendJoined(words, other)
	}
	return words
}

// appendJoined adds the words of a group that follow each other as one, from two of them up.
func appendJoined(words, group []string) []string {
	for from := range group {
		for to := from + 2; to <= len(group); to++ {
			words = append(words, shorten(strings.Join(group[from:to], "")))
		}
	}
	return words
}

// groupsOf are the folded words of a text in groups of those that belong together: they have a hyphen or an apostrophe
// between them, or are short words and what follows them.
func groupsOf(text string) [][]string {
	var groups [][]string
	open := false // whether the last group goes on
	for part := range strings.FieldsSeq(text) {
		letters := 0
		for _, word := range strings.Fields(Fold(part)) {
			if last := len(groups) - 1; open && len(groups[last]) < mostJoined {
				groups[last] = append(groups[last], word)
			} else {
				groups = append(groups, []string{word})
			}
			open = true
			letters += utf8.RuneCountInString(word)
		}
		if letters > 0 {
			open = letters <= particle
		}
	}
	return groups
}

func ascii(text string) bool {
	for k := range len(text) {
		if text[k] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
