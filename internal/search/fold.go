// Package search finds names and words in spite of what people leave out or mistype: accents, case, ligatures, hyphens,
// apostrophes, the order of words, and one wrong letter in a word. It is pure, so that both databases and lists in
// memory find the same: what is kept and what is asked for is computed here, and a database only compares strings and
// numbers.
//
// A text is found by its words ([Words]). What somebody typed is a [Query], and [Query.Match] says whether some words
// answer it and how well; that is the definition to which every index is held. An index keeps whom each word leads to,
// and for words in which a mistake is forgiven a few numbers ([Keys]): two words that differ by one mistake have a number
// in common. Decision 9 says how a database keeps them, and what else was tried.
package search

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// longestWord is how many letters of a word count. Names of people are far below it.
const longestWord = 40

// letters are those that Unicode does not take apart, as people write them who have no key for them.
var letters = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'ł': "l", 'þ': "th", 'ħ': "h", 'ı': "i", 'ŋ': "n", 'ŧ': "t", 'ς': "σ",
}

// Fold is a text as search sees it: words in lower case, without accents and ligatures, one space between them. Whatever
// is neither letter nor number stands between words. A character of a script without spaces, such as Chinese, is a word
// of its own. To fold twice is to fold once.
func Fold(text string) string {
	if folded, plain := foldPlain(text); plain {
		return folded
	}
	var out strings.Builder
	out.Grow(len(text))
	for _, r := range norm.NFKD.String(text) {
		r = unicode.ToLower(r)
		if written, known := letters[r]; known {
			out.WriteString(written)
		} else if !silent(r) {
			out.WriteRune(r)
		}
	}
	composed := norm.NFC.String(out.String()) // Korean syllables, which had been taken apart
	out.Reset()
	for _, r := range composed {
		switch {
		case isWord(r):
			out.WriteRune(' ')
			out.WriteRune(r)
			out.WriteRune(' ')
		case isLetter(r):
			out.WriteRune(r)
		default:
			out.WriteRune(' ')
		}
	}
	words := strings.Fields(out.String())
	for k, word := range words {
		words[k] = shorten(word)
	}
	return strings.Join(words, " ")
}

// foldPlain folds a text of ASCII letters, which most are, in one pass; false: it holds something else.
func foldPlain(text string) (string, bool) {
	out := make([]byte, 0, len(text))
	letters := 0 // of the word so far
	for k := range len(text) {
		c := text[k]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		switch {
		case c >= 0x80:
			return "", false
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			if letters == 0 && len(out) > 0 {
				out = append(out, ' ')
			}
			if letters++; letters <= longestWord {
				out = append(out, c)
			}
		default:
			letters = 0
		}
	}
	return string(out), true
}

// silent says whether a character is left out: accents and vowel points, marks inside a word such as the Hawaiian ʻokina,
// and what cannot be seen, such as soft hyphens.
func silent(r rune) bool {
	switch {
	case r < 0xAD:
		return false
	case unicode.Is(unicode.Mn, r):
		return norm.NFD.PropertiesString(string(r)).CCC() != 0
	}
	return unicode.Is(unicode.Cf, r) || 0x2B9 <= r && r <= 0x2C1
}

// isWord says whether a character is a word of its own.
func isWord(r rune) bool {
	return r >= 0x2E80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }

func shorten(word string) string {
	n := 0
	for at := range word {
		if n == longestWord {
			return word[:at]
		}
		n++
	}
	return word
}
