package search

import (
	"hash/fnv"
	"slices"
	"unicode"
	"unicode/utf8"
)

const (
	keyed        = 7 // letters of a word from which its keys are made
	shortestKept = 3 // letters of a word that may be meant by one with a mistake
)

// forgiving says whether a mistake is forgiven in a word: not in numbers and codes, where PGY1 is not PGY2.
func forgiving(word string) bool {
	for _, r := range word {
		if unicode.IsNumber(r) {
			return false
		}
	}
	return true
}

// Keys are numbers such that two words that differ by one mistake have one in common: hashes of the beginning of the
// word, and of what it is without one of its letters. There are at most eight. Words in which no mistake is forgiven have
// none. Words without a mistake between them can have a number in common too: whoever looks up keys asks [Term.Match].
//
// This is the symmetric deletion of W. Garbe's SymSpell, with the bound on the length of the beginning. It holds for the
// distance of Damerau and Levenshtein in which a pair of neighbours that is swapped is not touched again.
func Keys(word string) []uint32 {
	if utf8.RuneCountInString(word) < shortestKept || !forgiving(word) {
		return nil
	}
	letters := []rune(word)
	letters = letters[:min(len(letters), keyed)]
	keys := []uint32{hash(letters)}
	for k := range letters {
		if k > 0 && letters[k] == letters[k-1] {
			continue // the same again
		}
		keys = append(keys, hash(slices.Concat(letters[:k], letters[k+1:])))
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

func hash(letters []rune) uint32 {
	h := fnv.New32a()
	h.Write([]byte(string(letters)))
	return h.Sum32()
}

// near says whether two words differ by one letter that is missing, too many or another one, or by two neighbours that
// have changed places; or not at all.
func near(a, b string) bool {
	x, y := []rune(a), []rune(b)
	for len(x) > 0 && len(y) > 0 && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	switch {
	case len(x) <= 1 && len(y) <= 1:
		return true
	case len(x) == 2 && len(y) == 2:
		return x[0] == y[1] && x[1] == y[0]
	}
	return false
}
