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

// newCSVReader finds the separator, which is the one of comma, semicolon and tab that stands most often in the header
// outside of quotes; or, as Excel has it, what a first line "sep=;" says.
func newCSVReader(text string) *csvReader {
	in := &csvReader{text: text, separator: ','}
	if rest, ok := strings.CutPrefix(text, "sep="); ok && len(rest) > 1 && strings.IndexByte(",;\t|", rest[0]) >= 0 && (rest[1] == '\r' || rest[1] == '\n') {
		in.separator = rest[0]
		in.text = strings.TrimPrefix(strings.TrimPrefix(rest[1:], "\r"), "\n")
		return in
	}
	counts := map[byte]int{}
	quoted := false
	for i := 0; i < len(text) && (quoted || text[i] != '\n' && text[i] != '\r'); i++ {
		if text[i] == '"' {
			quoted = !quoted
		}
		if !quoted {
			counts[text[i]]++
		}
	}
	for _, c := range []byte(",;\t") {
		if counts[c] > counts[in.separator] {
			in.separator = c
		}
	}
	return in
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
