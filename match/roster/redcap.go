package roster

import (
	"fmt"
	"slices"
	"strings"
)

// readREDCap reads what the survey system REDCap spreads: the boxes of one question over a column each, and the events
// of one person over a row each.
func (l *layout) readREDCap() {
	l.joinBoxes()
	l.joinEvents()
}

// joinBoxes makes one list of the boxes of a question. The list stands where the first box stood; the columns of the
// others are empty then, so that all columns keep their letters.
func (l *layout) joinBoxes() {
	for _, g := range l.boxGroups() {
		first := g.columns[0]
		items := "the codes of the boxes that are ticked; to have words, export labels"
		if g.labelled {
			items = "the labels of the boxes that are ticked"
		}
		l.note(l.headerRow, first, "", "is a question with boxes to tick, in "+columnLetters(g.columns), "taken as one list of "+items)
		for i := range l.rows {
			if len(l.rows[i].cells) < len(l.header) {
				continue // a row cut short, which is reported
			}
			cells := slices.Clone(l.rows[i].cells)
			var ticked []string
			for k, c := range g.columns {
				if isTicked(cells[c]) {
					ticked = append(ticked, g.labels[k])
				}
				cells[c] = ""
			}
			cells[first] = strings.Join(ticked, ";")
			l.rows[i].cells = cells
		}
		for _, c := range g.columns {
			l.header[c] = ""
		}
		l.header[first] = g.question
	}
}

// A boxGroup is the columns of one question with boxes to tick, and what each box stands for.
type boxGroup struct {
	question string
	columns  []int
	labels   []string
	labelled bool // labels are words and no codes
}

// boxGroups finds columns such as "race___1" of raw exports and "Race (choice=Asian)" of labelled ones. All boxes of a
// question must hold nothing but ticks.
func (l *layout) boxGroups() []boxGroup {
	var groups []boxGroup
	at := map[string]int{}
	for c, heading := range l.header {
		question, label, labelled := cutChoice(heading)
		if question == "" {
			continue
		}
		if _, known := at[question]; !known {
			at[question] = len(groups)
			groups = append(groups, boxGroup{question: question, labelled: labelled})
		}
		g := &groups[at[question]]
		g.columns, g.labels = append(g.columns, c), append(g.labels, strings.ReplaceAll(label, ";", ","))
	}
	return slices.DeleteFunc(groups, func(g boxGroup) bool {
		if slices.Contains(l.header, g.question) {
			return true // a column has this heading already
		}
		for _, row := range l.rows {
			for _, c := range g.columns {
				if cell := cellAt(row.cells, c); cell != "" && !isTicked(cell) && cell != "0" && cell != "Unchecked" {
					return true
				}
			}
		}
		return false
	})
}

func isTicked(cell string) bool { return cell == "1" || cell == "Checked" }

// cutChoice takes the heading of a box apart. The question is "" when the heading is none of a box.
func cutChoice(heading string) (question, label string, labelled bool) {
	if question, label, ok := strings.Cut(heading, "___"); ok && question != "" && label != "" && !strings.Contains(heading, " ") {
		return question, label, false
	}
	if question, label, ok := strings.Cut(strings.TrimSuffix(heading, ")"), " (choice="); ok && strings.HasSuffix(heading, ")") && label != "" {
		return strings.TrimSpace(question), label, true
	}
	return "", "", false
}

// columnLetters names columns by their letters, as in "columns C to F" or "columns C, E and G".
func columnLetters(columns []int) string {
	if len(columns) == 1 {
		return "column " + letters(columns[0])
	}
	if last := columns[len(columns)-1]; len(columns) > 2 && last-columns[0] == len(columns)-1 {
		return "columns " + letters(columns[0]) + " to " + letters(last)
	}
	var names []string
	for _, c := range columns {
		names = append(names, letters(c))
	}
	return "columns " + inWords(names)
}

// eventHeadings are columns that a project has when there are several rows of one person.
var eventHeadings = []string{"redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance", "Event Name", "Repeat Instrument", "Repeat Instance"}

// joinEvents makes one row of the rows of a person, whose id stands in the first column. Of several values in a column
// the first one counts.
func (l *layout) joinEvents() {
	if len(l.header) == 0 || !slices.ContainsFunc(eventHeadings[:3], func(h string) bool { return slices.Contains(l.header, h) }) &&
		!(slices.Contains(l.header, "Event Name") && strings.HasSuffix(l.header[0], "ID")) &&
		!slices.Contains(l.header, "Repeat Instrument") {
		return
	}
	at := map[string]int{}
	differ := map[int]bool{}
	var joined []tableRow
	for _, row := range l.rows {
		key := cellAt(row.cells, 0)
		k, known := at[key]
		if !known || key == "" || len(row.cells) != len(joined[k].cells) {
			at[key] = len(joined)
			joined = append(joined, tableRow{row.number, slices.Clone(row.cells)})
			continue
		}
		for c, cell := range row.cells {
			switch kept := &joined[k].cells[c]; {
			case *kept == "":
				*kept = cell
			case cell != "" && cell != *kept && c < len(l.header) && !slices.Contains(eventHeadings, l.header[c]):
				differ[c] = true
			}
		}
	}
	if len(joined) == len(l.rows) {
		return
	}
	l.note(0, -1, "", fmt.Sprintf("%s are about %s, as REDCap writes events and repeats", count(len(l.rows), "row"), count(len(joined), "record")), "joined to one row per record, with the number of its first row")
	if len(differ) > 0 {
		var headings []string
		for c, heading := range l.header {
			if differ[c] {
				headings = append(headings, heading)
			}
		}
		l.note(0, -1, "", "the rows of a record differ in "+quotedList(headings), "the first value is taken; export one event or instrument to have another")
	}
	l.rows = joined
}
