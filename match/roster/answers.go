package roster

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Google Forms joins the answers of a question with commas, and an answer may hold a comma itself: "Surgery, general,
// Research" are two answers. What follows such a comma is no answer of its own, and can be told by three things: it
// begins with a small letter where answers begin with capitals, it comes again, and always behind the same words; or it
// closes a bracket that the words before it open. Where that is not certain, the comma separates.

// commaAnswers cuts cells into answers at their commas, save for those that belong to an answer.
type commaAnswers struct {
	continues map[string]bool // pieces that belong to the one before
}

// mostCommaAnswers bounds the answers with a comma. A column with more of them holds free text and no choice.
const mostCommaAnswers = 100

// commaAnswersIn looks at the cells of a column.
func commaAnswersIn(cells []string) *commaAnswers {
	type place struct {
		times, after int // after: times that the piece stands behind the same one as at first
		before       string
	}
	at := map[string]*place{}
	capitals := 0
	lists := make([][]string, len(cells))
	for i, cell := range cells {
		lists[i] = (&commaAnswers{}).split(cell)
		for k, piece := range lists[i] {
			p := at[piece]
			if p == nil {
				p = &place{}
				if k > 0 {
					p.before = lists[i][k-1]
				}
				at[piece] = p
			}
			p.times++
			if k > 0 && lists[i][k-1] == p.before {
				p.after++
			}
			if k > 0 && !beginsSmall(piece) {
				capitals++
			}
		}
	}
	a := &commaAnswers{continues: map[string]bool{}}
	if capitals < 2 {
		return a // nothing says that answers begin with capitals
	}
	behind := map[string][]string{}
	for piece, p := range at {
		if beginsSmall(piece) && p.times > 1 && p.after == p.times {
			a.continues[piece] = true
			behind[p.before] = append(behind[p.before], piece)
		}
	}
	if len(a.continues) > mostCommaAnswers {
		clear(a.continues)
	}
	for settled := false; !settled; {
		settled = true
		for _, list := range lists {
			for k, piece := range list {
				if k+1 < len(list) && a.continues[list[k+1]] {
					continue
				}
				for _, other := range behind[piece] { // here the piece stands without what follows it elsewhere
					settled = settled && !a.continues[other]
					delete(a.continues, other)
				}
			}
		}
	}
	return a
}

func beginsSmall(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLower(r)
}

// split cuts a cell into answers.
func (a *commaAnswers) split(cell string) []string {
	var answers []string
	open := 0
	for piece := range strings.SplitSeq(cell, ",") {
		piece = strings.TrimSpace(piece)
		if last := len(answers) - 1; last >= 0 && piece != "" && (open > 0 && strings.Contains(piece, ")") || a.continues[piece]) {
			answers[last] += ", " + piece
		} else if piece != "" {
			answers = append(answers, piece)
		}
		open = 0
		if len(answers) > 0 {
			last := answers[len(answers)-1]
			open = strings.Count(last, "(") - strings.Count(last, ")")
		}
	}
	return answers
}

// answersIn are the answers in a cell of a column, which are separated by commas. What it finds out about the column it
// notes once.
func (t *table) answersIn(cell string, column int, rep *report) []string {
	a := t.answers[column]
	if a == nil {
		rows := t.rows
		if t.whole != nil && column < len(t.whole.header) {
			rows = t.whole.rows // so that the answers of mentees and mentors in one table are cut alike
		}
		cells := make([]string, len(rows))
		for i, row := range rows {
			cells[i] = row.cells[column]
		}
		a = commaAnswersIn(cells)
		if t.answers == nil {
			t.answers = map[int]*commaAnswers{}
		}
		t.answers[column] = a
		seen := map[string]bool{}
		for _, cell := range cells {
			for _, answer := range a.split(cell) {
				if strings.Contains(answer, ",") {
					seen[answer] = true
				}
			}
		}
		for _, answer := range slices.Sorted(maps.Keys(seen)) {
			rep.note(Issue{
				File: t.file, Sheet: t.sheet, Row: t.headerRow, Column: t.header[column], Value: answer, Problem: "has a comma and comes as one",
				Instead: fmt.Sprintf("taken as one answer; if it is several, name another separator for %q under \"lists\" in the rules", t.header[column]),
			})
		}
	}
	return a.split(cell)
}
