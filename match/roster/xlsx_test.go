package roster

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// written is a workbook that another program's library makes, and so an independent witness of the format.
func written(t testing.TB, write func(f *excelize.File)) Input {
	t.Helper()
	f := excelize.NewFile()
	write(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return Input{"people.xlsx", b.Bytes()}
}

// putRows writes rows from A1 on.
func putRows(f *excelize.File, sheet string, rows ...[]any) {
	for i := range rows {
		if err := f.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &rows[i]); err != nil {
			panic(err)
		}
	}
}

// tablesIn reads a file that must be readable.
func tablesIn(t testing.TB, in Input) ([]*table, *report) {
	t.Helper()
	rep := &report{}
	tables := readTables(in, rep)
	for _, table := range tables {
		table.use(rep)
	}
	if rep.failed() {
		t.Fatalf("%s is refused: %v", in.Name, rep.problems())
	}
	return tables, rep
}

// noteLines are the notes, one on a line.
func noteLines(rep *report) string {
	var lines []string
	for _, note := range rep.sortedNotes() {
		lines = append(lines, note.String())
	}
	return strings.Join(lines, "\n")
}

// isTable compares a table with its header and rows, cells separated by |.
func isTable(t testing.TB, got *table, want ...string) {
	t.Helper()
	lines := []string{strings.Join(got.header, "|")}
	for _, row := range got.rows {
		lines = append(lines, strings.Join(row.cells, "|"))
	}
	if !slices.Equal(lines, want) {
		t.Errorf("%s %s: the table is\n%s\nwant\n%s", got.file, got.sheet, strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
}

func TestCellsOfAWorkbookAreReadAsPeopleSeeThem(t *testing.T) {
	t.Parallel()
	format := func(f *excelize.File, cell, code string, value any) {
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
		if err != nil {
			t.Fatal(err)
		}
		f.SetCellStyle("Sheet1", cell, cell, style)
		f.SetCellValue("Sheet1", cell, value)
	}
	day := time.Date(2026, 9, 1, 14, 30, 0, 0, time.UTC)
	for _, test := range []struct {
		name string
		put  func(f *excelize.File, cell string)
		want string
	}{
		{"text", func(f *excelize.File, c string) { f.SetCellStr("Sheet1", c, "  Élise “Zoé” <Côté> & 😀 ") }, "Élise “Zoé” <Côté> & 😀"},
		{"a number as text keeps its zeros", func(f *excelize.File, c string) { f.SetCellStr("Sheet1", c, "007") }, "007"},
		{"a number that is shown with zeros keeps them", func(f *excelize.File, c string) { format(f, c, "0000000", 12345) }, "0012345"},
		{"a number with a pattern", func(f *excelize.File, c string) { format(f, c, `"M-"000-000`, 12345) }, "M-012-345"},
		{"a pattern that is too short", func(f *excelize.File, c string) { format(f, c, "000", 12345) }, "12345"},
		{"a long number has no exponent", func(f *excelize.File, c string) { f.SetCellValue("Sheet1", c, 12345678901) }, "12345678901"},
		{"a number without noise", func(f *excelize.File, c string) { f.SetCellValue("Sheet1", c, 0.1+0.2) }, "0.3"},
		{"a whole number in the form of a fraction", func(f *excelize.File, c string) { f.SetCellValue("Sheet1", c, 2.0) }, "2"},
		{"a number with thousands", func(f *excelize.File, c string) { format(f, c, "#,##0.00", 1234.5) }, "1234.5"},
		{"money", func(f *excelize.File, c string) { format(f, c, `[$$-1009]#,##0.00;[Red]-"dy"0`, 3) }, "3"},
		{"a share", func(f *excelize.File, c string) { format(f, c, "0%", 0.25) }, "25%"},
		{"a small number", func(f *excelize.File, c string) { f.SetCellValue("Sheet1", c, 0.000001) }, "0.000001"},
		{"a date", func(f *excelize.File, c string) { format(f, c, "dd/mm/yyyy", day) }, "2026-09-01"},
		{"a date in words", func(f *excelize.File, c string) { format(f, c, `[$-40C]d mmmm yyyy`, day) }, "2026-09-01"},
		{"a moment", func(f *excelize.File, c string) { format(f, c, "m/d/yyyy h:mm:ss", day) }, "2026-09-01 14:30:00"},
		{"a moment without seconds", func(f *excelize.File, c string) { format(f, c, "yyyy-mm-dd hh:mm", day) }, "2026-09-01 14:30"},
		{"a month", func(f *excelize.File, c string) { format(f, c, "mmm", day) }, "2026-09-01"},
		{"a time of day", func(f *excelize.File, c string) { format(f, c, "h:mm AM/PM", 0.75) }, "18:00"},
		{"minutes and seconds", func(f *excelize.File, c string) { format(f, c, "mm:ss", 0.5/24) }, "00:30:00"},
		{"a duration", func(f *excelize.File, c string) { format(f, c, "[h]:mm", 1.25) }, "30:00"},
		{"the day before the first", func(f *excelize.File, c string) { format(f, c, "yyyy-mm-dd", 1) }, "1900-01-01"},
		{"the last day of February 1900", func(f *excelize.File, c string) { format(f, c, "yyyy-mm-dd", 59) }, "1900-02-28"},
		{"the day that never was", func(f *excelize.File, c string) { format(f, c, "yyyy-mm-dd", 60) }, "1900-02-29"},
		{"the first of March 1900", func(f *excelize.File, c string) { format(f, c, "yyyy-mm-dd", 61) }, "1900-03-01"},
		{"a second before midnight, with noise", func(f *excelize.File, c string) { format(f, c, "yyyy-mm-dd hh:mm", 46266.99999999999) }, "2026-09-02 00:00"},
		{"no date", func(f *excelize.File, c string) { format(f, c, "yyyy-mm-dd", -3) }, "-3"},
		{"true", func(f *excelize.File, c string) { f.SetCellValue("Sheet1", c, true) }, "TRUE"},
		{"text of several types", func(f *excelize.File, c string) {
			f.SetCellRichText("Sheet1", c, []excelize.RichTextRun{{Text: "Dr "}, {Text: "Roy", Font: &excelize.Font{Bold: true}}})
		}, "Dr Roy"},
		{"text that looks like a formula", func(f *excelize.File, c string) { f.SetCellStr("Sheet1", c, "=1+1") }, "=1+1"},
	} {
		in := written(t, func(f *excelize.File) {
			putRows(f, "Sheet1", []any{"id", "cell"}, []any{"M1"})
			test.put(f, "B2")
		})
		tables, _ := tablesIn(t, in)
		if got := tables[0].rows[0].cells[1]; got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestDatesMayBeCountedFrom1904(t *testing.T) {
	t.Parallel()
	tables, _ := tablesIn(t, written(t, func(f *excelize.File) {
		since1904 := true
		f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &since1904})
		putRows(f, "Sheet1", []any{"id", "date"}, []any{"M1", time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)})
		style, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
		f.SetCellStyle("Sheet1", "B2", "B2", style)
	}))
	isTable(t, tables[0], "id|date", "M1|2026-09-01")
}

func TestAFormulaIsReadAsItsSavedResult(t *testing.T) {
	t.Parallel()
	formula := func(saved bool) Input {
		cell := func(row int) string {
			if !saved {
				return fmt.Sprintf(`<c r="B%d"><f>LEN(A%[1]d)</f></c>`, row)
			}
			return fmt.Sprintf(`<c r="B%d"><f>LEN(A%[1]d)</f><v>2</v></c>`, row)
		}
		return madeOf(map[string]string{"xl/worksheets/sheet1.xml": sheetXML(
			`<row r="1">` + inline("A1", "id") + inline("B1", "length") + `</row>` +
				`<row r="2">` + inline("A2", "M1") + cell(2) + `</row><row r="3">` + inline("A3", "M2") + cell(3) + `</row>`)})
	}
	tables, rep := tablesIn(t, formula(true))
	isTable(t, tables[0], "id|length", "M1|2", "M2|2")
	if got, want := noteLines(rep), `people.xlsx, sheet "People", row 2, column "length": "=LEN(A2)" is a formula, like 1 cell more; read as the result that was last saved`; got != want {
		t.Errorf("the notes are\n%s\nwant\n%s", got, want)
	}
	rep = &report{}
	readTables(formula(false), rep)
	want := `people.xlsx, sheet "People", row 2, column "length": "=LEN(A2)" is a formula without a saved result, like 1 cell more; open the file in the spreadsheet program and save it again`
	if err := rep.problems(); err == nil || err.Error() != want {
		t.Errorf("a formula without a result: %v, want\n%s", err, want)
	}
}

func TestEverySheetWithPeopleIsATable(t *testing.T) {
	t.Parallel()
	tables, rep := tablesIn(t, written(t, func(f *excelize.File) {
		putRows(f, "Sheet1", []any{"How to use this workbook"}, []any{"Fill in one row per person."})
		for _, sheet := range []string{"Mentees", "Mentors", "Lists", "Empty"} {
			f.NewSheet(sheet)
		}
		putRows(f, "Mentees", []any{"Residency 2026"}, nil, []any{"id", "name", "seeks"}, []any{"1", "Ana", "research"}, nil, []any{"2", "Bo"})
		putRows(f, "Mentors", []any{"id", "name", "offers"}, []any{"M1", "Dr Roy", "research"})
		putRows(f, "Lists", []any{"specialty", "specialty"}, []any{"surgery", "medicine"})
		f.SetSheetVisible("Lists", false)
	}))
	if len(tables) != 2 || tables[0].sheet != "Mentees" || tables[1].sheet != "Mentors" || tables[0].headerRow != 3 {
		t.Fatalf("%d tables: %+v", len(tables), tables)
	}
	isTable(t, tables[0], "id|name|seeks", "1|Ana|research", "2|Bo|")
	isTable(t, tables[1], "id|name|offers", "M1|Dr Roy|research")
	if got := tables[0].rows[1].number; got != 6 {
		t.Errorf("the second mentee stands in row %d, want 6", got)
	}
	want := strings.TrimSpace(`
people.xlsx, sheet "Lists": is hidden; not read; show it in the spreadsheet program if it is needed
people.xlsx, sheet "Mentees": 2 rows without any content; left out
people.xlsx, sheet "Mentees", row 1: "Residency 2026" stands above the header; left out
people.xlsx, sheet "Sheet1": has text in one column only, so it is taken for a remark; not read`)
	if got := noteLines(rep); got != want {
		t.Errorf("the notes are\n%s\nwant\n%s", got, want)
	}
}

func TestWhatIsWrongOnASheetThatNobodyNeedsStopsNothing(t *testing.T) {
	t.Parallel()
	in := written(t, func(f *excelize.File) {
		putRows(f, "Sheet1", []any{"id", "name"}, []any{"1", "Ana"})
		f.NewSheet("Numbers")
		putRows(f, "Numbers", []any{"year", "year"}, []any{"2025", "2026", "2027"})
	})
	rep := &report{}
	tables := readTables(in, rep)
	if len(tables) != 2 || rep.failed() {
		t.Fatalf("%d tables, %v", len(tables), rep.problems())
	}
	if tables[0].use(rep); rep.failed() {
		t.Errorf("the first sheet is refused for the second: %v", rep.problems())
	}
	tables[1].use(rep)
	tables[1].use(rep)
	want := strings.TrimSpace(`
people.xlsx, sheet "Numbers", row 1, column "year": the heading stands over columns A and B; rename one of them, or delete the column that is not needed
people.xlsx, sheet "Numbers", row 2, column "C": "2027" stands under no heading; write a heading into row 1, or delete the column`)
	if err := rep.problems(); err == nil || err.Error() != want {
		t.Errorf("the second sheet: got\n%v\nwant\n%s", err, want)
	}
}

func TestMergedAndHiddenCellsAreReadAndNoted(t *testing.T) {
	t.Parallel()
	tables, rep := tablesIn(t, written(t, func(f *excelize.File) {
		putRows(f, "Sheet1",
			[]any{"id", "unit", "name"}, []any{"Residents of the first year"},
			[]any{"1", "Surgery", "Ana"}, []any{"2", nil, "Bo"}, []any{"3", nil, "Cy"}, []any{"4", nil, "Di"})
		f.MergeCell("Sheet1", "A2", "C2")
		f.MergeCell("Sheet1", "B3", "B5")
		f.SetRowVisible("Sheet1", 4, false)
		f.SetColVisible("Sheet1", "C", false)
	}))
	isTable(t, tables[0], "id|unit|name", "1|Surgery|Ana", "2|Surgery|Bo", "3|Surgery|Cy", "4||Di")
	want := strings.TrimSpace(`
people.xlsx, sheet "Sheet1": 1 row with content is hidden; read like the others; delete what is not meant
people.xlsx, sheet "Sheet1", column "name": the column is hidden; read like the others
people.xlsx, sheet "Sheet1", row 2: "Residents of the first year" is a heading between the rows; left out
people.xlsx, sheet "Sheet1", row 3, column "unit": is merged with the cells down to row 5; taken for each of these rows`)
	if got := noteLines(rep); got != want {
		t.Errorf("the notes are\n%s\nwant\n%s", got, want)
	}
}

func TestAHeaderMayHaveGroupsAboveIt(t *testing.T) {
	t.Parallel()
	tables, _ := tablesIn(t, written(t, func(f *excelize.File) {
		putRows(f, "Sheet1",
			[]any{"id", "Available", nil, "Preferred", nil, "Remarks"}, []any{nil, "Monday", "Friday", "Monday", "Friday"},
			[]any{"1", "yes", "no", "no", "yes", "none"})
		f.MergeCell("Sheet1", "A1", "A2")
		f.MergeCell("Sheet1", "B1", "C1")
		f.MergeCell("Sheet1", "D1", "E1")
		f.MergeCell("Sheet1", "F1", "F2")
	}))
	isTable(t, tables[0], "id|Available [Monday]|Available [Friday]|Preferred [Monday]|Preferred [Friday]|Remarks", "1|yes|no|no|yes|none")
}

func TestAWorkbookIsReadWhateverItsNameSays(t *testing.T) {
	t.Parallel()
	in := madeOf(nil)
	in.Name = "people.csv"
	tables, rep := tablesIn(t, in)
	isTable(t, tables[0], "id|name", "1|Ana")
	if got, want := noteLines(rep), "people.csv: is a workbook, whatever its name says; read as one"; got != want {
		t.Errorf("the notes are\n%s\nwant\n%s", got, want)
	}
}

// TestWhatAWorkbookLinksToIsNotFetched has a link to another workbook where a sheet should be, and one beside it.
func TestWhatAWorkbookLinksToIsNotFetched(t *testing.T) {
	t.Parallel()
	const link = `<Relationship Id="r9" Type="x/worksheet" Target="http://localhost/evil.xml" TargetMode="External"/>`
	tables, _ := tablesIn(t, madeOf(map[string]string{"xl/_rels/workbook.xml.rels": workbookRels(link)}))
	isTable(t, tables[0], "id|name", "1|Ana")
	rep := &report{}
	readTables(madeOf(map[string]string{
		"xl/_rels/workbook.xml.rels": workbookRels(link), "xl/workbook.xml": `<workbook xmlns:r="x"><sheets><sheet name="People" r:id="r9"/></sheets></workbook>`}), rep)
	want := `people.xlsx: the workbook is damaged: the sheet "People" is on its list and nowhere else; ` + saveAgain
	if err := rep.problems(); err == nil || err.Error() != want {
		t.Errorf("a sheet elsewhere: %v, want %s", err, want)
	}
}

// The parts of the smallest workbook.
var smallestParts = map[string]string{
	"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
	"_rels/.rels":                `<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
	"xl/workbook.xml":            `<workbook xmlns:r="x"><sheets><sheet name="People" sheetId="1" r:id="r1"/></sheets></workbook>`,
	"xl/_rels/workbook.xml.rels": workbookRels(""),
	"xl/sharedStrings.xml":       `<sst><si><t>id</t></si><si><t>name</t></si></sst>`,
	"xl/worksheets/sheet1.xml":   sheetXML(`<row r="1">` + inline("A1", "id") + inline("B1", "name") + `</row><row r="2">` + inline("A2", "1") + inline("B2", "Ana") + `</row>`),
}

func workbookRels(more string) string {
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	return `<Relationships><Relationship Id="r1" Type="` + office + `worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="r2" Type="` + office + `sharedStrings" Target="sharedStrings.xml"/>` + more + `</Relationships>`
}

func sheetXML(rows string) string {
	return `<worksheet><sheetData>` + rows + `</sheetData></worksheet>`
}

func inline(place, text string) string {
	return fmt.Sprintf(`<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, place, text)
}

// madeOf is the smallest workbook with some parts replaced; "-": without the part.
func madeOf(parts map[string]string) Input {
	return Input{"people.xlsx", packed(func(add func(name, content string)) {
		for name, content := range smallestParts {
			if replaced, ok := parts[name]; ok {
				content = replaced
			}
			if content != "-" {
				add(name, content)
			}
		}
		for name, content := range parts {
			if _, known := smallestParts[name]; !known {
				add(name, content)
			}
		}
	})}
}

// packed is a zip archive.
func packed(fill func(add func(name, content string))) []byte {
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	archive.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	fill(func(name, content string) {
		header := &zip.FileHeader{Name: name, Method: zip.Deflate}
		if len(content) < 100 {
			header.Method = zip.Store
		}
		w, err := archive.CreateHeader(header)
		if err == nil {
			_, err = w.Write([]byte(content))
		}
		if err != nil {
			panic(err)
		}
	})
	if err := archive.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}
