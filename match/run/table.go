package run

import (
	"bytes"
	"encoding/csv"
	"strings"
)

// A table is the rows of a CSV file, the heading first.
type table [][]string

const byteOrderMark = "\ufeff"

// bytes writes the table as a CSV file. It begins with a byte order mark if anything in it is beyond ASCII: without
// one, Excel takes "Élise" for something else.
func (t table) bytes() []byte {
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	if err := out.WriteAll(t); err != nil {
		panic(err) // a buffer never fails to take bytes
	}
	if bytes.IndexFunc(b.Bytes(), func(r rune) bool { return r > 127 }) >= 0 {
		return append([]byte(byteOrderMark), b.Bytes()...)
	}
	return b.Bytes()
}

// readTable reads a CSV file with any number of cells in a row.
func readTable(data []byte) (table, error) {
	in := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte(byteOrderMark))))
	in.FieldsPerRecord = -1
	return in.ReadAll()
}

// hasHeading says whether column i has this heading.
func (t table) hasHeading(i int, heading string) bool {
	return len(t) > 0 && len(t[0]) > i && t[0][i] == heading
}

// text is a cell that people wrote. A spreadsheet program takes one that begins with certain characters for a formula,
// which can send the sheet to a stranger; an apostrophe before it makes it text. Numbers that we write stay numbers.
func text(s string) string {
	if startsFormula(s) {
		return "'" + s
	}
	return s
}

// textOf is what text made the cell from.
func textOf(cell string) string {
	if bare, ok := strings.CutPrefix(cell, "'"); ok && startsFormula(bare) {
		return bare
	}
	return cell
}

func startsFormula(s string) bool {
	return s != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(s)[0])
}
