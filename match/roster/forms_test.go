package roster

import (
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// A form is a way to write a table into a file.
type form struct {
	name  string
	write func(t *testing.T, rows [][]string) Input
}

// asCSV writes a table with the standard library's writer.
func asCSV(rows [][]string, separator rune, windows bool) []byte {
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	out.Comma, out.UseCRLF = separator, windows
	if err := out.WriteAll(rows); err != nil {
		panic(err)
	}
	return b.Bytes()
}

var forms = []form{
	{"commas", func(_ *testing.T, rows [][]string) Input { return Input{"a.csv", asCSV(rows, ',', false)} }},
	{"semicolons as Excel writes them in French", func(_ *testing.T, rows [][]string) Input {
		return Input{"a.csv", append([]byte("\ufeff"), asCSV(rows, ';', true)...)}
	}},
	{"tabs in UTF-16, as Excel writes Unicode text", func(_ *testing.T, rows [][]string) Input {
		return Input{"a.txt", inUTF16(string(asCSV(rows, '\t', true)), binary.LittleEndian)}
	}},
	{"bars", func(_ *testing.T, rows [][]string) Input { return Input{"a.csv", asCSV(rows, '|', false)} }},
	{"a separator that the file names", func(_ *testing.T, rows [][]string) Input {
		return Input{"a.csv", append([]byte("sep=|\r\n"), asCSV(rows, '|', true)...)}
	}},
	{"CR alone", func(_ *testing.T, rows [][]string) Input {
		return Input{"a.csv", bytes.ReplaceAll(asCSV(rows, ',', false), []byte("\n"), []byte("\r"))}
	}},
	{"a workbook with shared strings", func(t *testing.T, rows [][]string) Input {
		return written(t, func(f *excelize.File) {
			for r, row := range rows {
				for c, cell := range row {
					f.SetCellStr("Sheet1", fmt.Sprint(letters(c), r+1), cell)
				}
			}
		})
	}},
	{"a workbook with strings in place", func(t *testing.T, rows [][]string) Input {
		return written(t, func(f *excelize.File) {
			out, err := f.NewStreamWriter("Sheet1")
			if err != nil {
				t.Fatal(err)
			}
			for r, row := range rows {
				cells := make([]any, len(row))
				for c := range row {
					cells[c] = row[c]
				}
				if err := out.SetRow(fmt.Sprint("A", r+1), cells); err != nil {
					t.Fatal(err)
				}
			}
			if err := out.Flush(); err != nil {
				t.Fatal(err)
			}
		})
	}},
}

// randomRows are a header and people whose cells hold whatever gives readers trouble.
func randomRows(random *rand.Rand) [][]string {
	words := []string{"Élise", "Côté", "007", "1,5", "a;b", "a|b", "say \"yes\"", "two\nlines", "=1+1", "<&>", "", "", "日本", "😀", "_x", "TRUE", "-"}
	width := 2 + random.IntN(6)
	header := make([]string, width)
	for c := range header {
		header[c] = fmt.Sprintf("%s %d", []string{"Question", "Réponse", "id"}[random.IntN(3)], c)
	}
	rows := [][]string{header}
	for range 1 + random.IntN(20) {
		row := make([]string, width)
		for c := range row {
			row[c] = words[random.IntN(len(words))]
		}
		row[random.IntN(width)] = "somebody" // so that no row is blank
		rows = append(rows, row)
	}
	return rows
}

func TestATableIsTheSameInEveryForm(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(4, 2))
	for n := range 60 {
		rows := randomRows(random)
		var want []string
		for _, row := range rows {
			want = append(want, strings.Join(row, "|"))
		}
		for _, form := range forms {
			in := form.write(t, rows)
			rep := &report{}
			tables := readTables(in, rep)
			if rep.failed() || len(tables) != 1 {
				t.Fatalf("table %d, %s: %v\n%q", n, form.name, rep.problems(), rows)
			}
			isTable(t, tables[0], want...)
			if t.Failed() {
				t.Fatalf("table %d, %s", n, form.name)
			}
		}
	}
}

// workbookOf5000 has a header and 5,000 rows of 20 cells.
func workbookOf5000(b *testing.B) Input {
	f := excelize.NewFile()
	for r := range 5001 {
		row := make([]any, 20)
		for c := range row {
			if row[c] = any(fmt.Sprintf("answer %d to question %d", (r*7+c)%40, c)); c == 0 {
				row[c] = r
			}
		}
		if err := f.SetSheetRow("Sheet1", fmt.Sprint("A", r+1), &row); err != nil {
			b.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		b.Fatal(err)
	}
	return Input{"people.xlsx", out.Bytes()}
}

// BenchmarkAWorkbookOf5000People compares our reader with two ways to read with excelize, which gives the cells alone.
func BenchmarkAWorkbookOf5000People(b *testing.B) {
	in := workbookOf5000(b)
	b.Run("here", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			rep := &report{}
			if tables := readTables(in, rep); len(tables) != 1 || len(tables[0].rows) != 5000 {
				b.Fatal(rep.problems())
			}
		}
	})
	for name, read := range map[string]func(f *excelize.File) error{
		"excelize Rows": func(f *excelize.File) error {
			rows, err := f.Rows("Sheet1")
			for err == nil && rows.Next() {
				_, err = rows.Columns()
			}
			return err
		},
		"excelize GetRows": func(f *excelize.File) error { _, err := f.GetRows("Sheet1"); return err },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f, err := excelize.OpenReader(bytes.NewReader(in.Data))
				if err == nil {
					err = read(f)
				}
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
