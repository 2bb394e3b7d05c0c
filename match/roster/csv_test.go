package roster

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// rowsOf reads all rows of a text, or the problem that stops it.
func rowsOf(text string) ([][]string, string) {
	in := newCSVReader(text)
	var rows [][]string
	for {
		cells, ok, fault := in.next()
		if fault != nil {
			return rows, fault.problem
		}
		if !ok {
			return rows, ""
		}
		rows = append(rows, cells)
	}
}

func TestRowsAreCutAsSpreadsheetProgramsDo(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       [][]string
	}{
		{"commas", "a,b\n1,2\n", [][]string{{"a", "b"}, {"1", "2"}}},
		{"semicolons, as French exports have them", "a;b\n1,5;2\n", [][]string{{"a", "b"}, {"1,5", "2"}}},
		{"tabs", "a\tb\n1\t2\n", [][]string{{"a", "b"}, {"1", "2"}}},
		{"separators inside quotes do not count", "\"a,b,c\";d\n1;2\n", [][]string{{"a,b,c", "d"}, {"1", "2"}}},
		{"a line that names the separator", "sep=|\r\na|b\r\n", [][]string{{"a", "b"}}},
		{"CR LF", "a,b\r\n1,2\r\n", [][]string{{"a", "b"}, {"1", "2"}}},
		{"CR alone", "a,b\r1,2\r", [][]string{{"a", "b"}, {"1", "2"}}},
		{"no line end at the end", "a,b\n1,2", [][]string{{"a", "b"}, {"1", "2"}}},
		{"a blank line is a row", "a\n\nb\n", [][]string{{"a"}, {""}, {"b"}}},
		{"a line break inside quotes", "a,b\n\"1\n2\",3\n", [][]string{{"a", "b"}, {"1\n2", "3"}}},
		{"doubled quotes", `"say ""yes""",b`, [][]string{{`say "yes"`, "b"}}},
		{"a quote inside an unquoted cell", `5" disk,b`, [][]string{{`5" disk`, "b"}}},
		{"an empty last cell", "a,\n", [][]string{{"a", ""}}},
		{"nothing", "", nil},
	}
	for _, test := range tests {
		got, problem := rowsOf(test.text)
		if problem != "" || !slices.EqualFunc(got, test.want, slices.Equal[[]string]) {
			t.Errorf("%s: rows %q, problem %q; want %q", test.name, got, problem, test.want)
		}
	}
}

func TestATableIsBounded(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"columns": strings.Repeat(",", mostColumns+1),
		"rows":    strings.Repeat("\n", mostRows+2),
		"a cell":  strings.Repeat("x", mostCellBytes+1),
		"quoted":  `"` + strings.Repeat("x", mostCellBytes+1) + `"`,
	} {
		if _, problem := rowsOf(text); problem == "" {
			t.Errorf("%s: too much is taken", name)
		}
	}
}

// inUTF16 encodes a text with its byte order mark.
func inUTF16(text string, order binary.AppendByteOrder) []byte {
	data := order.AppendUint16(nil, 0xfeff)
	for _, unit := range utf16.Encode([]rune(text)) {
		data = order.AppendUint16(data, unit)
	}
	return data
}

func TestAccentsSurviveEveryEncoding(t *testing.T) {
	t.Parallel()
	const text = "id;name\n1;Élise Côté – “Zoé” 😀\n"
	windows := []byte("id;name\n1;\xc9lise C\xf4t\xe9 \x96 \x93Zo\xe9\x94\n")
	tests := []struct {
		name string
		data []byte
		want string
		note bool
	}{
		{"UTF-8", []byte(text), "Élise Côté – “Zoé” 😀", false},
		{"UTF-8 with a mark", []byte("\ufeff" + text), "Élise Côté – “Zoé” 😀", false},
		{"UTF-16, little end first", inUTF16(text, binary.LittleEndian), "Élise Côté – “Zoé” 😀", false},
		{"UTF-16, big end first", inUTF16(text, binary.BigEndian), "Élise Côté – “Zoé” 😀", false},
		{"Windows-1252", windows, "Élise Côté – “Zoé”", true},
	}
	for _, test := range tests {
		rep := &report{}
		table := readTable(Input{"a.csv", test.data}, rep)
		if table == nil || rep.failed() {
			t.Errorf("%s: %v", test.name, rep.problems())
			continue
		}
		if got := table.rows[0].cells[1]; got != test.want {
			t.Errorf("%s: the name is %q, want %q", test.name, got, test.want)
		}
		if noted := len(rep.notes) > 0; noted != test.note {
			t.Errorf("%s: notes %v, want one: %v", test.name, rep.notes, test.note)
		}
	}
}

func TestRowsAreNumberedAsTheSpreadsheetShowsThem(t *testing.T) {
	t.Parallel()
	rep := &report{}
	table := readTable(Input{"a.csv", []byte("id,text\n1,\"two\nlines\"\n\n2,x\n,\n3,y\n")}, rep)
	var got []int
	for _, row := range table.rows {
		got = append(got, row.number)
	}
	if want := []int{2, 4, 6}; !slices.Equal(got, want) {
		t.Errorf("the rows have the numbers %v, want %v", got, want)
	}
}

func TestFormulasAreToldFromNumbers(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string]bool{
		"=1+1": true, "+cmd|' /C calc'!A0": true, "-2+3": true, "@SUM(A1)": true, "＝1": true,
		"-1": false, "+1.5": false, "-1,5": false, "-": false, "": false, "a=b": false, "+1 514 555 0100": true,
	} {
		if got := looksLikeFormula(cell); got != want {
			t.Errorf("%q looks like a formula: %v, want %v", cell, got, want)
		}
	}
}

// TestTheSpectrumOfCSV reads the files of csv-spectrum and compares them with their JSON.
func TestTheSpectrumOfCSV(t *testing.T) {
	t.Parallel()
	dir := dataFolder(t, "matching-and-import", "csv-spectrum")
	files, err := filepath.Glob(filepath.Join(dir, "csvs", "*.csv"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in %s: %v", dir, err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".csv")
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		rows, problem := rowsOf(string(data))
		if problem != "" {
			t.Errorf("%s: %s", name, problem)
			continue
		}
		if name == "location_coordinates" {
			continue // its JSON has other numbers than its CSV
		}
		var want []map[string]string
		readJSON(t, filepath.Join(dir, "json", name+".json"), &want)
		if len(rows) != len(want)+1 {
			t.Errorf("%s: %d rows, want %d", name, len(rows)-1, len(want))
			continue
		}
		for i, record := range want {
			for c, heading := range rows[0] {
				// A file with CR LF keeps its line breaks; its JSON was made from LF.
				if got := strings.ReplaceAll(rows[i+1][c], "\r\n", "\n"); got != strings.ReplaceAll(record[heading], "\r\n", "\n") {
					t.Errorf("%s, row %d, %s: %q, want %q", name, i+2, heading, got, record[heading])
				}
			}
		}
	}
}
