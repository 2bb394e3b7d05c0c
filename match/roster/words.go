package roster

import (
	"fmt"
	"strings"

	"github.com/chiron-mentoring/chiron/match/score"
)

// oneOf says which words would be right: the one that was probably meant, or all of them.
func oneOf(wrong string, right []string) string {
	if meant := closest(wrong, right); meant != "" {
		return fmt.Sprintf("write %q", meant)
	}
	if len(right) == 0 {
		return ""
	}
	const most = 16
	shown, more := right, ""
	if len(shown) > most {
		shown, more = shown[:most], fmt.Sprintf(" or one of %d more", len(right)-most)
	}
	quoted := make([]string, len(shown))
	for i, word := range shown {
		quoted[i] = fmt.Sprintf("%q", word)
	}
	if len(quoted) == 1 {
		return "write " + quoted[0]
	}
	return "write one of " + strings.Join(quoted, ", ") + more
}

// closest is the one word that differs least from the wrong one, if it differs by little; "" when there is none.
func closest(wrong string, right []string) string {
	folded := score.Fold(wrong)
	if len(folded) > 100 {
		return ""
	}
	best, least := "", max(1, len(folded)/3)+1
	for _, word := range right {
		switch distance := editDistance(folded, score.Fold(word), least); {
		case distance < least:
			best, least = word, distance
		case distance == least && best != "":
			best = "" // two words are as close: who knows which one was meant
		}
	}
	return best
}

// editDistance counts the letters to insert, delete, replace or swap with a neighbour to make b from a, each letter
// touched once; or it is a number of at least limit when there are that many. O(len(a)·len(b)) time (Damerau 1964,
// Wagner and Fischer 1974).
func editDistance(a, b string, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			replace := rows[i-1][j-1]
			if a[i-1] != b[j-1] {
				replace++
			}
			rows[i][j] = min(replace, rows[i-1][j]+1, rows[i][j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}

// count is "1 row" or "3 rows".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// inWords joins words as "a", "a and b", "a, b and c".
func inWords(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// keysOf are numbered words in the order of their numbers.
func keysOf(at map[string]int) []string {
	keys := make([]string, len(at))
	for key, n := range at {
		keys[n] = key
	}
	return keys
}
