package roster

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// A rawSheet is rows as they stand in a file, before anybody knows which one is the header.
type rawSheet struct {
	name    string     // "": the file is no workbook
	rows    []tableRow // those with content, by number
	last    int        // the number of the last row, with or without content
	merged  []area     // with more than one cell, in the order of the file
	remarks []remark
	loose   bool // cells at the end of a row may be missing, because they are empty
}

// A remark is what the reader of a file saw in a cell. In row 0 it concerns a column, and in column -1 a row or all.
type remark struct {
	row, column int
	value       string
	problem     string
	instead     string
	wrong       bool // and must be put right, if the cell belongs to the table
}

// An area is a rectangle of cells, its corners included. Rows count from 1 and columns from 0.
type area struct{ top, left, bottom, right int }

// lastRow and lastColumn are the bounds of every spreadsheet program's sheet.
const (
	lastRow    = 1 << 20
	lastColumn = 1<<14 - 1
)

// A sheetReader is a sheet while it is read.
type sheetReader struct {
	*workbook
	sheet *rawSheet

	number int    // of the present row
	hidden bool   // the present row
	spans  []span // its cells
	text   []byte // what is new in its cells; all of a row becomes one string
	cell   rawCell

	hiddenRows    int
	hiddenColumns []area
	formulas      map[int]*tally // by column: cells that a formula computes
	unsaved       map[int]*tally // and those without a result
	errors        map[int]*tally
}

// A rawCell is a cell as it is written: see ISO 29500-1, 18.3.1.4.
type rawCell struct {
	column  int
	kind    string // the attribute t
	style   string // the attribute s
	value   []byte // v, or the text of is
	formula []byte
	formed  bool // there is a formula, if only by reference to another cell
}

// A span is a cell while its row is read: a shared string, or a part of the row's own text.
type span struct {
	shared   string
	from, to int
}

// readSheet reads the cells of a sheet. Its errors are faults.
func (w *workbook) readSheet(part sheetPart) (*rawSheet, error) {
	x, err := w.open(part.part)
	if err != nil {
		return nil, err
	}
	defer x.close.Close()
	in := &sheetReader{
		workbook: w, sheet: &rawSheet{name: part.name, loose: true},
		formulas: map[int]*tally{}, unsaved: map[int]*tally{}, errors: map[int]*tally{},
	}
	for {
		token, err := x.next()
		if err == io.EOF {
			in.remark()
			return in.sheet, nil
		}
		if err != nil {
			return nil, err
		}
		switch piece := token.(type) {
		case xml.StartElement:
			err = in.begin(piece, x.open[:len(x.open)-1])
		case xml.CharData:
			in.take(piece, x)
		case xml.EndElement:
			err = in.end(piece.Name.Local)
		}
		if err != nil {
			return nil, err
		}
	}
}

// begin takes the beginning of an element.
func (in *sheetReader) begin(element xml.StartElement, around []string) error {
	inside := ""
	if len(around) > 0 {
		inside = around[len(around)-1]
	}
	switch name := element.Name.Local; {
	case name == "row" && inside == "sheetData":
		return in.beginRow(element)
	case name == "c" && inside == "row":
		return in.beginCell(element)
	case name == "f" && inside == "c":
		in.cell.formed = true
	case name == "mergeCell":
		return in.merge(attribute(element, "ref"))
	case name == "col" && isTrue(attribute(element, "hidden")):
		from, err1 := strconv.Atoi(attribute(element, "min"))
		to, err2 := strconv.Atoi(attribute(element, "max"))
		if err1 == nil && err2 == nil && 1 <= from && from <= to && len(in.hiddenColumns) < mostColumns {
			in.hiddenColumns = append(in.hiddenColumns, area{left: from - 1, right: to - 1})
		}
	}
	return nil
}

func (in *sheetReader) beginRow(element xml.StartElement) error {
	number := in.number + 1
	if written := attribute(element, "r"); written != "" {
		n, err := strconv.Atoi(written)
		if err != nil || n < number || n > lastRow {
			return damaged("after row %d comes a row with the number %q", in.number, shortened(written))
		}
		number = n
	}
	if number > lastRow {
		return damaged("it has more than %d rows", lastRow)
	}
	in.number, in.spans, in.text = number, in.spans[:0], in.text[:0]
	in.hidden = isTrue(attribute(element, "hidden"))
	in.cell.column = -1
	return nil
}

func (in *sheetReader) beginCell(element xml.StartElement) error {
	c := rawCell{column: in.cell.column + 1, value: in.cell.value[:0], formula: in.cell.formula[:0]}
	for _, a := range element.Attr {
		switch a.Name.Local {
		case "r":
			column, row, ok := cellPlace(a.Value)
			if !ok || row != in.number || column < c.column {
				return damaged("in row %d a cell has the place %q", in.number, shortened(a.Value))
			}
			c.column = column
		case "t":
			c.kind = a.Value
		case "s":
			c.style = a.Value
		}
	}
	in.cell = c
	return nil
}

// take takes text, if it belongs to a cell.
func (in *sheetReader) take(text xml.CharData, x *markup) {
	depth := len(x.open)
	if depth < 2 {
		return
	}
	switch x.open[depth-1] {
	case "v":
		if x.open[depth-2] == "c" {
			in.cell.value = append(in.cell.value, text...)
		}
	case "f":
		if x.open[depth-2] == "c" {
			in.cell.formula = append(in.cell.formula, text...)
		}
	case "t":
		if in.cell.kind == "inlineStr" && x.inText() {
			in.cell.value = append(in.cell.value, text...)
		}
	}
}

func (in *sheetReader) end(name string) error {
	switch name {
	case "c":
		return in.endCell()
	case "row":
		return in.endRow()
	}
	return nil
}

// endRow takes a row, if it has content.
func (in *sheetReader) endRow() error {
	if len(in.spans) == 0 {
		return nil
	}
	if in.hidden {
		in.hiddenRows++
	}
	in.cells += len(in.spans) + rowCost
	if in.cells > mostCells || in.textBytes > mostTextBytes {
		return &workbookFault{
			fmt.Sprintf("the workbook holds more than %d cells or %d MB of text", mostCells, mostTextBytes>>20),
			`delete the columns and rows that are not needed, or save the sheet as "CSV UTF-8"`,
		}
	}
	text, cells := string(in.text), make([]string, len(in.spans))
	for c, s := range in.spans {
		if cells[c] = s.shared; s.to > s.from {
			cells[c] = text[s.from:s.to]
		}
	}
	in.sheet.rows = append(in.sheet.rows, tableRow{in.number, cells})
	in.sheet.last = in.number
	return nil
}

// rowCost is what a row takes besides its cells, in cells.
const rowCost = 4

// endCell puts the text of a cell into its row.
func (in *sheetReader) endCell() error {
	text, err := in.cellText()
	if text == "" || err != nil {
		return err
	}
	if in.cell.column >= mostColumns {
		return &workbookFault{
			fmt.Sprintf("cell %s%d has content, and no more than %d columns are read", letters(in.cell.column), in.number, mostColumns),
			"delete what is not needed, or move it to the left",
		}
	}
	if len(text) > mostCellBytes {
		return damaged("cell %s%d is longer than a cell can be", letters(in.cell.column), in.number)
	}
	in.textBytes += len(text)
	for len(in.spans) < in.cell.column {
		in.spans = append(in.spans, span{})
	}
	if in.cell.kind == "s" {
		in.spans = append(in.spans, span{shared: text})
		return nil
	}
	from := len(in.text)
	in.text = append(in.text, text...)
	in.spans = append(in.spans, span{from: from, to: len(in.text)})
	return nil
}

// cellText is what a cell holds, without spaces around it.
func (in *sheetReader) cellText() (string, error) {
	c, value := &in.cell, string(in.cell.value)
	if c.formed {
		formula := "=" + string(c.formula)
		if value == "" && c.kind != "str" {
			tallyIn(in.unsaved, c.column, in.number, formula)
			return "", nil
		}
		tallyIn(in.formulas, c.column, in.number, formula)
	}
	if value == "" {
		return "", nil
	}
	switch c.kind {
	case "s":
		n, err := strconv.Atoi(value)
		if err != nil || n < 0 || n >= len(in.texts) {
			return "", damaged("cell %s%d refers to the text %q, and there are %d texts", letters(c.column), in.number, shortened(value), len(in.texts))
		}
		value = in.texts[n]
	case "str", "inlineStr":
		value = unescaped(value)
	case "b":
		value = map[bool]string{true: "TRUE", false: "FALSE"}[isTrue(value)]
	case "e":
		tallyIn(in.errors, c.column, in.number, value)
		return "", nil
	case "d":
		return isoText(value), nil
	case "", "n":
		number, err := strconv.ParseFloat(value, 64)
		if err != nil {
			return "", damaged("cell %s%d holds %q where a number must be", letters(c.column), in.number, shortened(value))
		}
		return in.formatOf(c.style).text(number, in.since1904), nil
	default:
		return "", damaged("cell %s%d is of the unknown kind %q", letters(c.column), in.number, shortened(c.kind))
	}
	return strings.TrimSpace(value), nil
}

// formatOf is the number format of a style.
func (w *workbook) formatOf(style string) numberFormat {
	if n, err := strconv.Atoi(style); err == nil && 0 <= n && n < len(w.formats) {
		return w.formats[n]
	}
	return numberFormat{}
}

// merge takes an area of merged cells, as in "A2:B5".
func (in *sheetReader) merge(reference string) error {
	from, to, several := strings.Cut(reference, ":")
	if !several {
		to = from // a single cell, which some programs leave behind
	}
	var a area
	var ok1, ok2 bool
	a.left, a.top, ok1 = cellPlace(from)
	a.right, a.bottom, ok2 = cellPlace(to)
	if !ok1 || !ok2 || a.right < a.left || a.bottom < a.top {
		return damaged("it merges the cells %q", shortened(reference))
	}
	if a.left == a.right && a.top == a.bottom {
		return nil
	}
	if len(in.sheet.merged) == mostMerged {
		return &workbookFault{fmt.Sprintf("the sheet has more than %d merged areas", mostMerged), "unmerge them"}
	}
	in.sheet.merged = append(in.sheet.merged, a)
	return nil
}

// mostMerged bounds the areas of merged cells of a sheet.
const mostMerged = 20_000

// cellPlace reads the name of a cell, as in "AB7".
func cellPlace(name string) (column, row int, ok bool) {
	name = strings.ReplaceAll(name, "$", "")
	at := 0
	for ; at < len(name) && at < 3 && 'A' <= name[at]&^0x20 && name[at]&^0x20 <= 'Z'; at++ {
		column = 26*column + int(name[at]&^0x20-'A') + 1
	}
	row, err := strconv.Atoi(name[at:])
	column--
	return column, row, at > 0 && err == nil && 1 <= row && row <= lastRow && column <= lastColumn
}

// remark says what was seen in the sheet as a whole.
func (in *sheetReader) remark() {
	s := in.sheet
	add := func(at map[int]*tally, problem, instead string, wrong bool) {
		for column, t := range at {
			s.remarks = append(s.remarks, remark{t.row, column, t.value, problem + likeMore(t.count-1, "cell"), instead, wrong})
		}
	}
	add(in.formulas, "is a formula", "read as the result that was last saved", false)
	add(in.unsaved, "is a formula without a saved result", "open the file in the spreadsheet program and save it again", true)
	add(in.errors, "is an error", "taken as an empty cell", false)
	slices.SortFunc(s.remarks, func(a, b remark) int {
		return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.column, b.column), strings.Compare(a.problem, b.problem))
	})
	if in.hiddenRows > 0 {
		s.remarks = append(s.remarks, remark{column: -1, problem: count(in.hiddenRows, "row") + " with content is hidden", instead: "read like the others; delete what is not meant"})
	}
	for c, content := range in.contentColumns() {
		if content && slices.ContainsFunc(in.hiddenColumns, func(a area) bool { return a.left <= c && c <= a.right }) {
			s.remarks = append(s.remarks, remark{column: c, problem: "the column is hidden", instead: "read like the others"})
		}
	}
}

// contentColumns says of each column whether it has content.
func (in *sheetReader) contentColumns() []bool {
	columns := make([]bool, mostColumns)
	for _, row := range in.sheet.rows {
		for c, cell := range row.cells {
			columns[c] = columns[c] || cell != ""
		}
	}
	return columns
}
