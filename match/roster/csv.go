package roster

import (
	"fmt"
	"strings"
)

// Bounds of a table. A cell has the bound of the spreadsheet programs; a longer one is almost always a quote that was
// never closed.
const (
	mostColumns   = 1000
	mostRows      = 1_000_000
	mostCellBytes = 4 * 32_767
)

// A csvReader cuts a text into rows of cells (RFC 4180), and is as lenient as spreadsheet programs are: lines end with
// LF, CR LF or CR, and a quote inside an unquoted cell is a character like others. It counts rows as a spreadsheet
// shows them, where a quoted cell may hold several lines.
type csvReader struct {
	text      string
	separator byte
	row       int
}

// fault says why a row cannot be read, and what to do about it.
type csvFault struct{ problem, instead string }

// readCSV reads all rows of a text file.
func readCSV(in Input, rep *report) []*rawSheet {
	text, ok := asText(in, rep)
	if !ok {
		return nil
	}
	rows := newCSVReader(text)
	sheet := &rawSheet{}
	total := 0
	for {
		cells, ok, fault := rows.next()
		if fault == nil && total > mostCells {
			fault = &csvFault{fmt.Sprintf("the file has more than %d cells", mostCells), "delete the columns and rows that are not needed"}
		}
		if fault != nil {
			rep.issue(Issue{File: in.Name, Row: rows.row, Problem: fault.problem, Instead: fault.instead})
			return nil
		}
		if !ok {
			sheet.last = rows.row
			return []*rawSheet{sheet}
		}
		for c := range cells {
			cells[c] = lineBreaks.Replace(strings.TrimSpace(cells[c]))
		}
		if filled(cells) > 0 {
			total += len(cells) + rowCost
			sheet.rows = append(sheet.rows, tableRow{rows.row, cells})
		}
	}
}

// lineBreaks makes every line break inside a cell one LF, as workbooks have it.
var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// separators are what may stand between two cells.
const separators = "\t;|,"

// newCSVReader finds the separator: what a first line "sep=;" says, as Excel has it, or else the one that cuts the rows
// most evenly.
func newCSVReader(text string) *csvReader {
	in := &csvReader{text: text, separator: ','}
	if rest, ok := strings.CutPrefix(text, "sep="); ok && len(rest) > 1 && strings.IndexByte(separators, rest[0]) >= 0 && (rest[1] == '\r' || rest[1] == '\n') {
		in.separator = rest[0]
		in.text = strings.TrimPrefix(strings.TrimPrefix(rest[1:], "\r"), "\n")
		return in
	}
	best := evenness{}
	for i := range len(separators) {
		if e := evennessOf(text, separators[i]); e.better(best) {
			best, in.separator = e, separators[i]
		}
	}
	return in
}

// evenness says how evenly a separator cuts the first rows of a text.
type evenness struct {
	points int // two for each row of the most frequent width, and as many as there are rows if the first one is cut, by half
	width  int // the most frequent number of cells, of those above one
}

func (e evenness) better(than evenness) bool {
	return e.points > than.points || e.points == than.points && e.width > than.width
}

// evennessOf looks at no more than the first rows.
func evennessOf(text string, separator byte) evenness {
	const most = 50
	in := &csvReader{text: text, separator: separator}
	rows := map[int]int{} // by width
	n, first := 0, 0
	for n < most {
		cells, ok, fault := in.next()
		if !ok || fault != nil {
			break
		}
		if strings.TrimSpace(strings.Join(cells, "")) == "" {
			continue
		}
		if n++; n == 1 {
			first = len(cells)
		}
		if len(cells) > 1 {
			rows[len(cells)]++
		}
	}
	var e evenness
	for width, times := range rows {
		if by := (evenness{2 * times, width}); by.better(e) {
			e = by
		}
	}
	if first > 1 {
		e.points += n / 2
	}
	return e
}

// next returns the cells of the next row; ok is false at the end of the text. After a fault there is no next row: what
// follows a broken quote cannot be cut with confidence.
func (in *csvReader) next() (cells []string, ok bool, fault *csvFault) {
	if in.text == "" {
		return nil, false, nil
	}
	in.row++
	if in.row > mostRows {
		return nil, false, &csvFault{fmt.Sprintf("the file has more than %d rows", mostRows), "split the program into smaller ones"}
	}
	for {
		cell, fault := in.cell()
		if fault != nil {
			return nil, false, fault
		}
		cells = append(cells, cell)
		if len(cells) > mostColumns {
			return nil, false, &csvFault{fmt.Sprintf("the row has more than %d cells", mostColumns), "delete the columns that are not needed"}
		}
		if in.text == "" {
			return cells, true, nil
		}
		c := in.text[0]
		in.text = in.text[1:]
		switch {
		case c == in.separator:
			continue
		case c == '\r':
			in.text = strings.TrimPrefix(in.text, "\n")
		}
		return cells, true, nil
	}
}

// cell cuts off the next cell and leaves what ends it.
func (in *csvReader) cell() (string, *csvFault) {
	if strings.HasPrefix(in.text, `"`) {
		return in.quotedCell()
	}
	end := strings.IndexFunc(in.text, func(r rune) bool { return r == '\n' || r == '\r' || r == rune(in.separator) })
	if end < 0 {
		end = len(in.text)
	}
	cell := in.text[:end]
	in.text = in.text[end:]
	if len(cell) > mostCellBytes {
		return "", tooLong
	}
	return cell, nil
}

var tooLong = &csvFault{"a cell is longer than a spreadsheet allows", `look for a quote " that is never closed in this row`}

func (in *csvReader) quotedCell() (string, *csvFault) {
	var b strings.Builder
	for rest := in.text[1:]; ; {
		end := strings.IndexByte(rest, '"')
		if end < 0 {
			return "", &csvFault{`a quote " is opened in this row and never closed`, `close it, or write "" for a quote that belongs to the text`}
		}
		b.WriteString(rest[:end])
		if b.Len() > mostCellBytes {
			return "", tooLong
		}
		if rest = rest[end+1:]; strings.HasPrefix(rest, `"`) {
			b.WriteByte('"')
			rest = rest[1:]
			continue
		}
		if rest != "" && rest[0] != in.separator && rest[0] != '\r' && rest[0] != '\n' {
			return "", &csvFault{
				fmt.Sprintf(`in this row text follows a closing quote: %q`, shortened(firstLine(rest))),
				`write "" for a quote that belongs to the text`,
			}
		}
		in.text = rest
		return b.String(), nil
	}
}

func firstLine(text string) string {
	if end := strings.IndexAny(text, "\r\n"); end >= 0 {
		return text[:end]
	}
	return text
}
