package roster

// cell begins an issue about a cell.
func (t *table) cell(row tableRow, column int) Issue {
	return Issue{File: t.file, Sheet: t.sheet, Row: row.number, Column: t.header[column], Value: row.cells[column]}
}
