package roster

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/chiron-mentoring/chiron/match/score"
)

// A table is a header and the rows under it that are not empty, from a CSV file or a sheet of a workbook. All cells are
// text, so an id keeps its leading zeros; spaces around a cell do not count. Columns are where the spreadsheet has them.
type table struct {
	file      string
	sheet     string         // "": the file is no workbook
	headerRow int            // as the spreadsheet shows it
	header    []string       // on one line each; "" where a column has no heading
	column    map[string]int // by folded heading
	rows      []tableRow     // each with as many cells as the header
	gaps      bool           // some rows could not be read, so that ids may be missing
	rowOf     map[string]int // the row of each id that newID has read
	found     report         // in the table, and not reported yet: see use
	answers   map[int]*commaAnswers
	whole     *table // of which these are some of the rows, perhaps with other cells; nil: of none
}

type tableRow struct {
	number int // as the spreadsheet shows it
	cells  []string
}

// mostCells bounds the cells of a table, those that are empty included.
const mostCells = 5_000_000

// readTables reads every table of a file: the only one of a CSV file, and one for each sheet of a workbook that holds
// one. It reports why there is none and returns nil.
//
// What is wrong inside a table is reported at once when the file has one table. When it has several it waits for
// [table.use], because a sheet that nobody needs must not stop a matching.
func readTables(in Input, rep *report) []*table {
	var sheets []*rawSheet
	switch kind, fault := kindOf(in); {
	case kind == foreignKind:
		rep.issue(Issue{File: in.Name, Problem: fault.problem, Instead: fault.instead})
	case len(in.Data) == 0:
		rep.issue(Issue{File: in.Name, Problem: "the file is empty", Instead: "export the sheet again"})
	case kind == workbookKind:
		sheets = readWorkbook(in, rep)
	default:
		sheets = readCSV(in, rep)
	}
	tables := tablesOf(in.Name, sheets, rep)
	if len(tables) > 0 && tables[0].sheet != "" && !slices.Contains(workbookExtensions, strings.ToLower(path.Ext(in.Name))) {
		rep.note(Issue{File: in.Name, Problem: "is a workbook, whatever its name says", Instead: "read as one"})
	}
	if len(tables) == 1 {
		tables[0].use(rep)
	}
	return tables
}

// tablesOf lays the sheets of a file out. Of several sheets those without a table are noted; a single one must have one.
func tablesOf(file string, sheets []*rawSheet, rep *report) []*table {
	var tables []*table
	var without []Issue
	for _, sheet := range sheets {
		l := layOut(sheet)
		switch {
		case l.problem != nil:
			without = append(without, Issue{File: file, Sheet: sheet.name, Problem: l.problem.problem, Instead: l.problem.instead})
		case len(sheets) > 1 && !l.hasColumns():
			without = append(without, Issue{File: file, Sheet: sheet.name, Problem: "has text in one column only, so it is taken for a remark", Instead: "look whether it is the right sheet"})
		default:
			tables = append(tables, newTable(file, sheet, l))
		}
	}
	for _, issue := range without {
		if len(tables) == 0 {
			rep.issue(issue)
			continue
		}
		issue.Instead = "not read"
		rep.note(issue)
	}
	return tables
}

// use says that the table is needed, and reports what was found wrong inside it. Saying it again changes nothing.
func (t *table) use(rep *report) *table {
	found := t.found
	t.found = report{}
	rep.take(&found)
	return t
}

// readTable reads the only table of a file or, of several, the first, and notes that it left out the others.
func readTable(in Input, rep *report) *table {
	tables := readTables(in, rep)
	if len(tables) == 0 {
		return nil
	}
	for _, other := range tables[1:] {
		rep.note(Issue{
			File: in.Name, Sheet: other.sheet, Problem: fmt.Sprintf("one table is needed, and that is on the sheet %q", tables[0].sheet),
			Instead: "not read",
		})
	}
	return tables[0].use(rep)
}

// newTable checks what was laid out: every heading stands once, and every cell under one.
func newTable(file string, sheet *rawSheet, l *layout) *table {
	t := &table{file: file, sheet: sheet.name, headerRow: l.headerRow, header: l.header, column: map[string]int{}, rowOf: map[string]int{}}
	if sheet.loose {
		for _, row := range l.rows {
			t.header = padded(t.header, len(row.cells))
		}
	}
	t.readHeader()
	for c, alias := range l.aliases {
		if _, taken := t.column[score.Fold(alias)]; alias != "" && !taken {
			t.column[score.Fold(alias)] = c
		}
	}
	t.rows = l.rows[:0]
	homeless := map[int]*tally{}
	for _, row := range l.rows {
		if sheet.loose {
			row.cells = padded(row.cells, len(t.header))
		}
		t.add(row, homeless)
	}
	for _, c := range slices.Sorted(maps.Keys(homeless)) {
		first := homeless[c]
		t.found.issue(Issue{
			File: t.file, Sheet: t.sheet, Row: first.row, Column: letters(c), Value: first.value, Problem: "stands under no heading" + likeMore(first.count-1, "cell"),
			Instead: fmt.Sprintf("write a heading into row %d, or delete the column", t.headerRow),
		})
	}
	for _, r := range slices.Concat(sheet.remarks, l.remarks) {
		t.remark(r)
	}
	return t
}

// remark keeps what was noticed before the header was known.
func (t *table) remark(r remark) {
	if 0 < r.row && r.row < t.headerRow && r.column >= 0 {
		return // a cell of a title
	}
	issue := Issue{File: t.file, Sheet: t.sheet, Row: r.row, Value: r.value, Problem: r.problem, Instead: r.instead}
	if r.column >= 0 {
		issue.Column = cmp.Or(cellAt(t.header, r.column), letters(r.column))
	}
	if r.wrong {
		t.found.issue(issue)
		return
	}
	t.found.note(issue)
}

// readHeader numbers the headings, and reports those that stand twice.
func (t *table) readHeader() {
	for c, heading := range t.header {
		if heading == "" {
			continue
		}
		if before, twice := t.column[score.Fold(heading)]; twice {
			t.found.issue(Issue{
				File: t.file, Sheet: t.sheet, Row: t.headerRow, Column: heading, Problem: fmt.Sprintf("the heading stands over columns %s and %s", letters(before), letters(c)),
				Instead: "rename one of them, or delete the column that is not needed",
			})
			continue
		}
		t.column[score.Fold(heading)] = c
	}
}

// add takes a row, and reports what does not fit under the header. It counts the cells under no heading.
func (t *table) add(row tableRow, homeless map[int]*tally) {
	width := len(t.header)
	for len(row.cells) > width && row.cells[len(row.cells)-1] == "" {
		row.cells = row.cells[:len(row.cells)-1]
	}
	if len(row.cells) != width {
		t.gaps = true
		instead := `put a cell that contains the separator into quotes, as in "Surgery, general"`
		if len(row.cells) < width {
			instead = "add what is missing at its end, or look for a line break inside a cell without quotes"
		}
		t.found.issue(Issue{
			File: t.file, Sheet: t.sheet, Row: row.number,
			Problem: fmt.Sprintf("the row has %s and the header %d", count(len(row.cells), "cell"), width), Instead: instead,
		})
		return
	}
	for c, cell := range row.cells {
		if cell != "" && t.header[c] == "" {
			tallyIn(homeless, c, row.number, cell)
		}
		if looksLikeFormula(cell) {
			t.found.note(Issue{
				File: t.file, Sheet: t.sheet, Row: row.number, Column: t.header[c], Value: cell, Problem: "begins like a formula",
				Instead: "taken as text, and never written out as a formula",
			})
		}
	}
	t.rows = append(t.rows, row)
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
		File: t.file, Sheet: t.sheet, Row: t.headerRow, Problem: fmt.Sprintf("there is no column %q", headings[0]),
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
		rep.issue(Issue{File: t.file, Sheet: t.sheet, Row: row.number, Column: t.header[c], Problem: "the cell is empty", Instead: "write an id that nobody else has"})
		return "", false
	}
	if strings.ContainsFunc(id, func(r rune) bool { return r < ' ' || r == 0x7f }) || len(id) > mostIDBytes {
		rep.issue(Issue{
			File: t.file, Sheet: t.sheet, Row: row.number, Column: t.header[c], Value: id, Problem: "is too long for an id or breaks the line",
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
			File: t.file, Sheet: t.sheet, Row: row.number, Column: t.header[c], Value: id, Problem: fmt.Sprintf("stands in row %d already", t.rowOf[id]),
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
		File: t.file, Sheet: t.sheet, Row: row.number, Column: t.header[c], Value: cell, Problem: "is not a whole number of places",
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
