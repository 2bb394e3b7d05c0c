package vocabulary

import "fmt"

// A Problem is a mistake in a file that somebody must put right before it can be a list.
type Problem struct {
	Row    int    // as a spreadsheet shows it, from 1; 0: the whole file
	Column string // such as "code"; "": the whole row
	Value  string // what stands there, perhaps shortened
	Key    string // of the text that says what is wrong and what to write: "vocabulary.problem." and a word
	Args   []any  // of the text, names and values in turn
}

// Error is for logs. It holds no more than where the problem is.
func (p Problem) Error() string { return fmt.Sprintf("row %d, column %s: %s", p.Row, p.Column, p.Key) }

// mostProblems are told at once. Who has put these right sees the others.
const mostProblems = 100

// longestShown is how much of a value is told, in characters.
const longestShown = 60

func shown(value string) string {
	letters := []rune(value)
	if len(letters) <= longestShown {
		return value
	}
	return string(letters[:longestShown]) + "…"
}
