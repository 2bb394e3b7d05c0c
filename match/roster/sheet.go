package roster

// A Sheet is a table as somebody keeps it in a CSV file or a workbook: a heading, and the rows under it that are not
// empty. All cells are text, so that ids keep their zeros.
type Sheet struct {
	File   string
	Name   string // of the sheet; "": the file is no workbook
	Header []string
	Rows   []SheetRow
	Notes  []Note // what the reader decided by itself
}

// A SheetRow has as many cells as the heading.
type SheetRow struct {
	Number int // as the spreadsheet shows it
	Cells  []string
}

// ReadSheet reads the only table of a file, or the first of several, whatever it holds. It takes what [Load] takes, CSV
// in any of its forms and workbooks, within the same bounds of memory. Its error is a [*Problems].
func ReadSheet(in Input) (*Sheet, error) {
	rep := &report{}
	t := readTable(in, rep)
	if err := rep.problems(); err != nil {
		return nil, err
	}
	s := &Sheet{File: in.Name, Name: t.sheet, Header: t.header, Notes: rep.notes}
	for _, row := range t.rows {
		s.Rows = append(s.Rows, SheetRow{row.number, row.cells})
	}
	return s, nil
}
