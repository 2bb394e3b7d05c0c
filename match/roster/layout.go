package roster

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/chiron-mentoring/chiron/match/score"
)

// A layout is what the rows of a sheet are: which one is the header, which ones are about people, and which are neither.
// It is decided from the rows alone, and whatever was decided stands in its remarks.
type layout struct {
	headerRow int
	header    []string   // on one line each; "" where a column has no heading
	aliases   []string   // a second name of each column, or ""; nil: there are none
	upper     []string   // the first row of the header as it is written, on one line each
	firstCell string     // and its first cell just as it is written
	rows      []tableRow // those under the header that hold data
	remarks   []remark
	problem   *csvFault // why there is no table
}

// mostTitleRows bounds how far down a header is looked for.
const mostTitleRows = 20

// layOut finds the header and the data. The rows of the sheet stay as they are.
func layOut(s *rawSheet) *layout {
	if len(s.rows) == 0 {
		return &layout{problem: &csvFault{"there is nothing in it but empty cells", "look whether it is the right file"}}
	}
	l := &layout{}
	width := 0
	for _, row := range s.rows {
		width = max(width, len(row.cells))
	}
	if width*len(s.rows) > mostCells {
		l.problem = &csvFault{fmt.Sprintf("%d rows with up to %d columns are more than %d cells", len(s.rows), width, mostCells), "delete the columns and rows that are not needed"}
		return l
	}
	first := headerAt(s.rows)
	l.leaveOut(s.rows[:first], "stands above the header")
	l.headerRow = s.rows[first].number
	rest := l.readHeader(s, first)
	rest = l.leaveOutEnd(rest)
	l.takeRows(s, rest)
	l.readREDCap()
	l.noteBlanks(s)
	if len(l.rows) == 0 {
		l.problem = &csvFault{"there is nobody under the header", "write one row per person"}
	}
	return l
}

func (l *layout) note(row, column int, value, problem, instead string) {
	l.remarks = append(l.remarks, remark{row: row, column: column, value: value, problem: problem, instead: instead})
}

// leaveOut notes rows that are not about people.
func (l *layout) leaveOut(rows []tableRow, why string) {
	for _, row := range rows {
		l.note(row.number, -1, content(row.cells), why, "left out")
	}
}

// content is the text of a row.
func content(cells []string) string {
	var words []string
	for _, cell := range cells {
		if cell != "" {
			words = append(words, strings.Join(strings.Fields(cell), " "))
		}
	}
	return strings.Join(words, " ")
}

// headerAt is the row of the header. It is the first row, unless that has a single cell, or very few where others have
// many, and further down comes a row that can be one.
func headerAt(rows []tableRow) int {
	var widths []int
	for _, row := range rows[:min(len(rows), 200)] {
		widths = append(widths, filled(row.cells))
	}
	sorted := slices.Sorted(slices.Values(widths))
	typical := sorted[len(sorted)/2]
	for at := range min(len(rows), mostTitleRows+1) {
		cells, width := rows[at].cells, widths[at]
		if width == 1 && !isKeyHeading(cells) || 4*width <= typical {
			continue // a title
		}
		if at == 0 || canBeHeader(cells) {
			return at
		}
		break // data: whatever is above it is all the header there is
	}
	return 0
}

// hasColumns says whether some row has more than one cell with content.
func (l *layout) hasColumns() bool {
	return slices.ContainsFunc(l.rows, func(row tableRow) bool { return filled(row.cells) > 1 })
}

func filled(cells []string) int {
	n := 0
	for _, cell := range cells {
		if cell != "" {
			n++
		}
	}
	return n
}

// canBeHeader says whether a row can hold headings, which are words and no numbers, dates or addresses.
func canBeHeader(cells []string) bool {
	for _, cell := range cells {
		if looksNumeric(cell) || isDate(cell) || strings.Contains(cell, "@") && !strings.Contains(cell, " ") {
			return false
		}
	}
	return true
}

// isKeyHeading says whether the only cell of a row is a heading that files of one column have.
func isKeyHeading(cells []string) bool {
	return slices.Contains([]string{"id", "name", "e-mail", "email", "nom", "courriel", "matricule"}, score.Fold(content(cells)))
}

func looksNumeric(cell string) bool {
	_, err := strconv.ParseFloat(strings.TrimSuffix(strings.ReplaceAll(cell, ",", "."), "%"), 64)
	return err == nil
}

// isDate says whether a cell begins like 2026-09-01, 1/9/2026 or 01.09.2026.
func isDate(cell string) bool {
	parts := strings.FieldsFunc(firstWord(cell), func(r rune) bool { return r == '-' || r == '/' || r == '.' })
	if len(parts) != 3 {
		return false
	}
	for _, part := range parts {
		if n, err := strconv.Atoi(strings.TrimSuffix(part, "T")); err != nil || n < 0 {
			return false
		}
	}
	return true
}

func firstWord(text string) string {
	if words := strings.Fields(text); len(words) > 0 {
		return words[0]
	}
	return ""
}

// oneLine are headings without line breaks and without spaces around them.
func oneLine(cells []string) []string {
	headings := make([]string, len(cells))
	for c, cell := range cells {
		headings[c] = strings.Join(strings.Fields(cell), " ")
	}
	return headings
}

// readHeader reads the header, which may take several rows, and returns the rows below it.
func (l *layout) readHeader(s *rawSheet, first int) []tableRow {
	rows := s.rows[first:]
	l.upper, l.firstCell = oneLine(rows[0].cells), rows[0].cells[0]
	if s := surveyHeader(rows); s != nil {
		l.header, l.aliases = s.header, s.aliases
		l.note(rows[0].number, -1, "", s.problem, s.instead)
		return rows[s.rows:]
	}
	if groups := groupedHeader(s, rows); groups != nil {
		l.header = groups
		l.note(rows[0].number, -1, content(rows[0].cells), "stands over groups of columns", "the headings are taken from the row below")
		return rows[2:]
	}
	l.header = slices.Clone(l.upper)
	return rows[1:]
}

// groupedHeader are the headings of a header of two rows, of which the upper one has merged cells over several
// headings. Where a heading would stand twice, the group tells them apart, as in "Availability [Monday]". It is nil
// when there is no such header.
func groupedHeader(s *rawSheet, rows []tableRow) []string {
	if len(rows) < 3 || rows[1].number != rows[0].number+1 || !canBeHeader(rows[1].cells) {
		return nil
	}
	upper, lower := padded(oneLine(rows[0].cells), len(rows[1].cells)), padded(oneLine(rows[1].cells), len(rows[0].cells))
	grouped := false
	for _, a := range s.merged {
		if a.top != rows[0].number || a.left >= len(upper) {
			continue
		}
		if a.bottom == a.top && a.right > a.left && filled(lower[a.left:min(a.right+1, len(lower))]) > 1 {
			grouped = true
			for c := a.left + 1; c <= a.right && c < len(upper); c++ {
				upper[c] = upper[a.left]
			}
		}
	}
	if !grouped {
		return nil
	}
	times := map[string]int{}
	for _, heading := range lower {
		times[score.Fold(heading)]++
	}
	for c, heading := range lower {
		switch {
		case heading == "":
			lower[c] = upper[c]
		case times[score.Fold(heading)] > 1 && upper[c] != "":
			lower[c] = fmt.Sprintf("%s [%s]", upper[c], heading)
		}
	}
	return lower
}

func padded(cells []string, width int) []string {
	for len(cells) < width {
		cells = append(cells, "")
	}
	return cells
}

// totals are words with which rows begin that sum up those above them.
var totals = []string{
	"total", "totals", "grand total", "subtotal", "sum", "count", "average", "mean", "median",
	"total general", "total général", "totaux", "somme", "moyenne", "médiane", "nombre", "effectif",
}

// leaveOutEnd leaves out what stands at the end and is about nobody: totals, and single remarks below a blank row.
func (l *layout) leaveOutEnd(rows []tableRow) []tableRow {
	if filled(l.header) < 2 {
		return rows
	}
	end := len(rows)
	for end > 1 && isTotal(rows[end-1].cells) {
		end--
	}
	if filled(l.header) > 2 {
		for at := end - 1; at > 0 && filled(rows[at].cells) == 1 && strings.ContainsAny(content(rows[at].cells), " :"); at-- {
			if rows[at].number > rows[at-1].number+1 {
				end = at
			}
		}
		for end > 1 && isTotal(rows[end-1].cells) {
			end--
		}
	}
	l.leaveOut(rows[end:], "stands below the people")
	return rows[:end]
}

// isTotal says whether a row begins with a word such as "Total", and has only numbers otherwise.
func isTotal(cells []string) bool {
	word := ""
	for _, cell := range cells {
		switch {
		case cell == "":
		case word == "":
			word = cell
		case !looksNumeric(cell):
			return false
		}
	}
	word, _, _ = strings.Cut(word, ":")
	return slices.Contains(totals, score.Fold(word))
}

// takeRows takes the rows of data, fills what is merged in them from above, and leaves out headings between them.
func (l *layout) takeRows(s *rawSheet, rows []tableRow) {
	l.rows = make([]tableRow, 0, len(rows))
	banner := map[int]bool{} // rows with a cell that is merged across others
	begins := map[int][]area{}
	for _, a := range s.merged {
		switch {
		case a.top == a.bottom && a.right > a.left:
			banner[a.top] = true
		case a.bottom > a.top:
			begins[a.top] = append(begins[a.top], a)
		}
	}
	open := map[int]area{}    // by column: what reaches down to the present row
	above := map[int]string{} // and what it holds
	var areas []area
	for i, row := range rows {
		switch {
		case banner[row.number] && filled(row.cells) == 1:
			l.leaveOut(rows[i:i+1], "is a heading between the rows")
			continue
		case l.isHeader(row.cells):
			l.leaveOut(rows[i:i+1], "is the header again")
			continue
		}
		if len(open) > 0 {
			row.cells = slices.Clone(row.cells)
		}
		for c, a := range open {
			if row.number > a.bottom {
				delete(open, c)
				continue
			}
			if row.cells = padded(row.cells, c+1); row.cells[c] == "" {
				row.cells[c] = above[c]
			}
		}
		for _, a := range begins[row.number] {
			if a.left < len(row.cells) && row.cells[a.left] != "" {
				open[a.left], above[a.left] = a, row.cells[a.left]
				areas = append(areas, a)
			}
		}
		l.rows = append(l.rows, row)
	}
	if len(areas) > 0 {
		l.note(areas[0].top, areas[0].left, "", fmt.Sprintf("is merged with the cells down to row %d%s", areas[0].bottom, likeMore(len(areas)-1, "area")), "taken for each of these rows")
	}
}

// isHeader says whether a row repeats the header, as sheets do that were put together from several.
func (l *layout) isHeader(cells []string) bool {
	return cells[0] == l.firstCell && filled(cells) > 1 && slices.Equal(oneLine(cells), l.upper)
}

// likeMore says that there are more of a kind.
func likeMore(n int, thing string) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(", like %s more", count(n, thing))
}

// noteBlanks notes the rows without content.
func (l *layout) noteBlanks(s *rawSheet) {
	if blank := s.last - len(s.rows); blank > 0 {
		l.note(0, -1, "", count(blank, "row")+" without any content", "left out")
	}
}

// A tally counts cells that are alike, and keeps the first of them.
type tally struct {
	row, count int
	value      string
}

// tallyIn counts a cell of a column.
func tallyIn(at map[int]*tally, column, row int, value string) {
	if at[column] == nil {
		at[column] = &tally{row: row, value: value}
	}
	at[column].count++
}
