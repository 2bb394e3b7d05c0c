package roster

import (
	"errors"
	"strings"
	"testing"
)

// isSound says what holds of every file that is read, whatever is in it: it is refused in words, or its tables are such
// that nobody who uses them needs to look.
func isSound(t *testing.T, in Input) {
	t.Helper()
	rep := &report{}
	tables := readTables(in, rep)
	if len(tables) == 0 && !rep.failed() {
		t.Fatal("there is no table, and nobody says why")
	}
	for _, table := range tables {
		table.use(rep)
		before := table.headerRow
		for _, row := range table.rows {
			if len(row.cells) != len(table.header) {
				t.Fatalf("row %d has %d cells, and the header %d", row.number, len(row.cells), len(table.header))
			}
			if row.number <= before {
				t.Fatalf("row %d comes after row %d", row.number, before)
			}
			before = row.number
			for _, cell := range row.cells {
				if cell != strings.TrimSpace(cell) {
					t.Fatalf("row %d has a cell with spaces around it, %q", row.number, cell)
				}
			}
		}
		for heading, c := range table.column {
			if c < 0 || c >= len(table.header) || heading == "" {
				t.Fatalf("the heading %q is that of column %d", heading, c)
			}
		}
	}
	if err := rep.problems(); err != nil {
		var problems *Problems
		if !errors.As(err, &problems) {
			t.Fatalf("the error is no list of issues: %v", err)
		}
		for _, issue := range problems.Issues {
			if issue.File == "" || issue.Problem == "" || issue.Instead == "" {
				t.Fatalf("an issue does not say where, what or what to do: %+v", issue)
			}
		}
	}
	for _, note := range rep.sortedNotes() {
		if note.File == "" || note.Problem == "" || note.Instead == "" && rep.moreNotes == 0 {
			t.Fatalf("a note does not say where, what or what was done: %+v", note)
		}
	}
}

func FuzzTable(f *testing.F) {
	for _, archive := range brokenTables(f) {
		inputs, _ := archived(f, archive)
		for _, in := range inputs {
			if len(in.Data) < 20_000 {
				f.Add(in.Data)
			}
		}
	}
	f.Add([]byte("StartDate,ResponseId,Q1\nx,y,z\n{\"ImportId\":\"QID1\"},,\n1,2,3\n"))
	f.Add([]byte("record_id,redcap_event_name,a___1,a___2\n1,x,1,0\n1,y,0,1\n\nTotal,,3\n"))
	f.Add([]byte("Title\n;;\nid;name\n1;\"a\r\nb\"\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		isSound(t, Input{"people.csv", data})
	})
}

func FuzzWorkbook(f *testing.F) {
	styles := `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy [h]:mm:ss;@"/><numFmt numFmtId="165" formatCode="&quot;M&quot;00-00\0"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="22"/></cellXfs></styleSheet>`
	f.Add(smallestParts["xl/workbook.xml"], smallestParts["xl/sharedStrings.xml"], styles, smallestParts["xl/worksheets/sheet1.xml"])
	f.Add(`<workbook xmlns:r="x"><workbookPr date1904="1"/><sheets><sheet name="a" r:id="r1"/></sheets></workbook>`, `<sst><si><r><t>a_x000D_</t></r><rPh><t>b</t></rPh></si></sst>`, styles,
		`<worksheet><cols><col min="1" max="2" hidden="1"/></cols><sheetData><row r="2" hidden="1"><c r="B2" t="s"><v>0</v></c><c t="str"><f>1</f><v>x</v></c></row>`+
			`<row><c s="1"><v>45000.25</v></c><c s="2"><v>7</v></c><c s="3"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="b"><v>1</v></c><c t="d"><v>2026-09-01T00:00:00</v></c><c><f>A1</f></c></row></sheetData>`+
			`<mergeCells><mergeCell ref="A2:C2"/><mergeCell ref="B3:B9"/></mergeCells></worksheet>`)
	f.Fuzz(func(t *testing.T, book, texts, styles, sheet string) {
		rels := workbookRels(`<Relationship Id="r3" Type="x/styles" Target="/xl/styles.xml"/><Relationship Id="r4" Type="x/worksheet" Target="http://x" TargetMode="External"/>`)
		isSound(t, madeOf(map[string]string{
			"xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": rels, "xl/sharedStrings.xml": texts, "xl/styles.xml": styles, "xl/worksheets/sheet1.xml": sheet,
		}))
	})
}
