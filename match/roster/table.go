package roster

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/chiron-mentoring/chiron/match/score"
)

// A table is a CSV file: a header and the rows under it that are not empty. All cells are text, so an id keeps its
// leading zeros; spaces around a cell do not count.
type table struct {
	file   string
	header []string       // on one line each; "" where a column has no heading
	column map[string]int // by folded heading
	rows   []tableRow
	gaps   bool           // some rows could not be read, so that ids may be missing
	rowOf  map[string]int // the row of each id that newID has read
}

type tableRow struct {
	number int // as the spreadsheet shows it
	cells  []string
}

// readTable reads a CSV file, or reports why it cannot and returns nil.
func readTable(in Input, rep *report) *table {
	if len(in.Data) == 0 {
		rep.issue(Issue{File: in.Name, Problem: "the file is empty", Instead: "export the sheet again"})
		return nil
	}
	text, ok := asText(in, rep)
	if !ok {
		return nil
	}
	rows := newCSVReader(text)
	header, ok, fault := rows.next()
	if fault != nil {
		rep.issue(Issue{File: in.Name, Row: rows.row, Problem: fault.problem, Instead: fault.instead})
		return nil
	}
	t := &table{file: in.Name, column: map[string]int{}, rowOf: map[string]int{}}
	if !ok || !t.readHeader(header, rep) {
		rep.issue(Issue{File: in.Name, Row: 1, Problem: "the header is empty", Instead: "write the headings of the columns into row 1"})
		return nil
	}
	empty, filled := 0, 0
	for {
		cells, ok, fault := rows.next()
		if fault != nil {
			rep.issue(Issue{File: in.Name, Row: rows.row, Problem: fault.problem, Instead: fault.instead})
			return nil
		}
		if !ok {
			break
		}
		for c := range cells {
			cells[c] = strings.TrimSpace(cells[c])
		}
		if strings.Join(cells, "") == "" {
			empty++
			continue
		}
		filled++
		t.add(rows.row, cells, rep)
	}
	if empty > 0 {
		rep.note(Issue{File: in.Name, Problem: count(empty, "row") + " without any content", Instead: "left out"})
	}
	if filled == 0 {
		rep.issue(Issue{File: in.Name, Problem: "there is nobody under the header", Instead: "write one row per person"})
		return nil
	}
	return t
}

// readHeader takes the headings, and reports those that stand twice. It returns false when there is none.
func (t *table) readHeader(cells []string, rep *report) bool {
	any := false
	for c, cell := range cells {
		heading := strings.Join(strings.Fields(cell), " ")
		t.header = append(t.header, heading)
		if heading == "" {
			continue
		}
		any = true
		if before, twice := t.column[score.Fold(heading)]; twice {
			rep.issue(Issue{
				File: t.file, Row: 1, Column: heading, Problem: fmt.Sprintf("the heading stands over columns %s and %s", letters(before), letters(c)),
				Instead: "rename one of them, or delete the column that is not needed",
			})
			continue
		}
		t.column[score.Fold(heading)] = c
	}
	return any
}

// add takes a row, and reports what does not fit under the header.
func (t *table) add(number int, cells []string, rep *report) {
	width := len(t.header)
	for len(cells) > width && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	if len(cells) != width {
		t.gaps = true
		instead := `put a cell that contains the separator into quotes, as in "Surgery, general"`
		if len(cells) < width {
			instead = "add what is missing at its end, or look for a line break inside a cell without quotes"
		}
		rep.issue(Issue{
			File: t.file, Row: number,
			Problem: fmt.Sprintf("the row has %s and the header %d", count(len(cells), "cell"), width), Instead: instead,
		})
		return
	}
	for c, cell := range cells {
		if cell != "" && t.header[c] == "" {
			rep.issue(Issue{
				File: t.file, Row: number, Column: letters(c), Value: cell, Problem: "stands under no heading",
				Instead: "write a heading into row 1, or delete the column",
			})
		}
		if looksLikeFormula(cell) {
			rep.note(Issue{
				File: t.file, Row: number, Column: t.header[c], Value: cell, Problem: "begins like a formula",
				Instead: "taken as text, and never written out as a formula",
			})
		}
	}
	t.rows = append(t.rows, tableRow{number, cells})
}

// looksLikeFormula says whether a spreadsheet program would compute the cell. Plain numbers such as -1 are none, and
// neither is a dash alone.
func looksLikeFormula(cell string) bool {
	if len(cell) < 2 || !strings.ContainsRune("=+-@＝＋－＠", []rune(cell)[0]) {
		return false
	}
	_, err := strconv.ParseFloat(strings.ReplaceAll(cell, ",", "."), 64)
	return err != nil
}

// letters is the name that a spreadsheet gives column c, from 0: A, B, ..., Z, AA.
func letters(c int) string {
	name := string(rune('A' + c%26))
	if c < 26 {
		return name
	}
	return letters(c/26-1) + name
}

// headings are those that are not empty, in their order.
func (t *table) headings() []string {
	var all []string
	for _, heading := range t.header {
		if heading != "" {
			all = append(all, heading)
		}
	}
	return all
}

// find is the number of a column by its heading, in any case.
func (t *table) find(heading string) (int, bool) {
	c, ok := t.column[score.Fold(heading)]
	return c, ok
}

// require is the number of the first of these columns that exists; if none does, it reports that the file needs one.
func (t *table) require(rep *report, headings ...string) int {
	for _, heading := range headings {
		if c, ok := t.find(heading); ok {
			return c
		}
	}
	rep.issue(Issue{
		File: t.file, Row: 1, Problem: fmt.Sprintf("there is no column %q", headings[0]),
		Instead: fmt.Sprintf("add it, or rename the column that is meant; there are %s", quotedList(t.headings())),
	})
	return -1
}

// numbered finds the columns whose headings are a number after one of the prefixes, in the order of the numbers.
func (t *table) numbered(prefixes ...string) []int {
	number := map[int]int{}
	var columns []int
	for c, heading := range t.header {
		for _, prefix := range prefixes {
			rest, ok := strings.CutPrefix(score.Fold(heading), prefix)
			if n, err := strconv.Atoi(rest); ok && err == nil && n >= 0 {
				number[c] = n
				columns = append(columns, c)
				break
			}
		}
	}
	slices.SortStableFunc(columns, func(a, b int) int { return cmp.Compare(number[a], number[b]) })
	return columns
}

func quotedList(words []string) string {
	const most = 12
	var quoted []string
	for i, word := range words {
		if i == most {
			quoted = append(quoted, fmt.Sprintf("%d more", len(words)-most))
			break
		}
		quoted = append(quoted, strconv.Quote(shortened(word)))
	}
	return inWords(quoted)
}

// id reads an id: text that is not empty and on one line.
func (t *table) id(row tableRow, c int, rep *report) (string, bool) {
	id := row.cells[c]
	if id == "" {
		t.gaps = true
		rep.issue(Issue{File: t.file, Row: row.number, Column: t.header[c], Problem: "the cell is empty", Instead: "write an id that nobody else has"})
		return "", false
	}
	if strings.ContainsFunc(id, func(r rune) bool { return r < ' ' || r == 0x7f }) || len(id) > mostIDBytes {
		rep.issue(Issue{
			File: t.file, Row: row.number, Column: t.header[c], Value: id, Problem: "is too long for an id or breaks the line",
			Instead: fmt.Sprintf("write at most %d characters on one line", mostIDBytes),
		})
		return "", false
	}
	return id, true
}

const mostIDBytes = 200

// mostItems bounds a list in a cell.
const mostItems = 1000

// newID reads an id that no earlier row has, and numbers it.
func (t *table) newID(row tableRow, c int, at map[string]int, rep *report) (string, bool) {
	id, ok := t.id(row, c, rep)
	if !ok {
		return "", false
	}
	if _, twice := at[id]; twice {
		rep.issue(Issue{
			File: t.file, Row: row.number, Column: t.header[c], Value: id, Problem: fmt.Sprintf("stands in row %d already", t.rowOf[id]),
			Instead: "delete one of the rows, or give two people two ids",
		})
		return "", false
	}
	at[id], t.rowOf[id] = len(at), row.number
	return id, true
}

// mostPlaces bounds how many pairs a person may take.
const mostPlaces = 10_000

// places reads how many pairs somebody takes.
func (t *table) places(row tableRow, c int, rep *report) (int, bool) {
	cell := row.cells[c]
	n, err := strconv.Atoi(cell)
	if err == nil && 0 <= n && n <= mostPlaces {
		return n, true
	}
	issue := Issue{
		File: t.file, Row: row.number, Column: t.header[c], Value: cell, Problem: "is not a whole number of places",
		Instead: fmt.Sprintf("write a number from 0 to %d", mostPlaces),
	}
	if cell == "" {
		issue.Problem = "the cell is empty"
		issue.Instead = "write how many, or 0 for none this time"
	} else if f, err := strconv.ParseFloat(strings.ReplaceAll(cell, ",", "."), 64); err == nil && 0 <= f && f <= mostPlaces && f == float64(int(f)) {
		issue.Instead = fmt.Sprintf("write %d", int(f))
	}
	rep.issue(issue)
	return 0, false
}
