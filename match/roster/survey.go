package roster

import (
	"fmt"
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/match/score"
)

// A surveyRows is a header of several rows, as the survey system Qualtrics writes it.
type surveyRows struct {
	rows             int
	header, aliases  []string
	problem, instead string
}

// surveyHeader recognises a header of Qualtrics: short names, then what people read, perhaps in their language, and
// since 2016 a third row with {"ImportId": ...}. A column that holds an answer goes by its question, all others by
// their short name, which is English whatever the language of the survey. It is nil when there is no such header.
func surveyHeader(rows []tableRow) *surveyRows {
	if len(rows) < 2 {
		return nil
	}
	short, shown := oneLine(rows[0].cells), oneLine(rows[1].cells)
	s := &surveyRows{rows: 2, instead: "columns go by the question, or by the short name if they hold no answer; both names may be used"}
	var isAnswer func(c int) bool
	switch {
	case len(rows) > 2 && isImportRow(rows[2].cells):
		s.rows = 3
		ids := rows[2].cells
		isAnswer = func(c int) bool { return c < len(ids) && strings.Contains(ids[c], `"QID`) }
	case slices.Contains(short, "StartDate") && slices.Contains(short, "ResponseId") && !isDate(cellAt(shown, slices.Index(short, "StartDate"))):
		isAnswer = func(c int) bool { return strings.HasPrefix(short[c], "Q") }
	case cellAt(short, 0) == "V1" && cellAt(short, 1) == "V2" && strings.EqualFold(cellAt(shown, 0), "ResponseID"):
		isAnswer = func(c int) bool { return true }
	default:
		return nil
	}
	s.problem = fmt.Sprintf("the header takes %d rows, as Qualtrics writes it", s.rows)
	times := map[string]int{}
	for c := range short {
		heading, alias := short[c], cellAt(shown, c)
		if isAnswer(c) && alias != "" {
			heading, alias = alias, heading
		}
		if score.Fold(heading) == score.Fold(alias) {
			alias = ""
		}
		s.header, s.aliases = append(s.header, heading), append(s.aliases, alias)
		times[score.Fold(heading)]++
	}
	for c, heading := range s.header {
		if times[score.Fold(heading)] > 1 && s.aliases[c] != "" {
			s.header[c] = fmt.Sprintf("%s [%s]", heading, s.aliases[c])
		}
	}
	return s
}

func isImportRow(cells []string) bool {
	for _, cell := range cells {
		if cell != "" && !strings.HasPrefix(cell, `{"ImportId"`) && !strings.HasPrefix(cell, `{'ImportId'`) {
			return false
		}
	}
	return filled(cells) > 0
}

func cellAt(cells []string, c int) string {
	if c < len(cells) {
		return cells[c]
	}
	return ""
}
