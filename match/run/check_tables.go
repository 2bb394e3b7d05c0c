package run

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
)

// listedDifferences is how many differing rows of a table a report lists one by one.
const listedDifferences = 5

// compareTables makes pairs.csv and unmatched.csv again, with the names that stand in them, and compares every row.
func (r *Report) compareTables(folder *os.Root, run *Run) {
	pairs, unmatched := r.table(folder, pairsFile), r.table(folder, unmatchedFile)
	if pairs != nil && unmatched != nil {
		r.compareReadings(pairs, unmatched, run)
	}
}

// A reading is a table as it stands in the folder.
type reading struct {
	name string
	data []byte
	rows table
}

func (r *Report) table(folder *os.Root, name string) *reading {
	data, err := readFile(folder, name)
	if err != nil {
		r.refuse("%v", err)
		return nil
	}
	return r.reading(name, data)
}

func (r *Report) reading(name string, data []byte) *reading {
	rows, err := readTable(data)
	if err != nil {
		r.refuse("%s cannot be read: %v", name, err)
		return nil
	}
	return &reading{name, data, rows}
}

func (r *Report) compareReadings(pairs, unmatched *reading, run *Run) {
	names, conflicts := namesIn(pairs.rows, unmatched.rows)
	for _, conflict := range conflicts {
		r.refuse("%s", conflict)
	}
	run.Names = names
	r.compareTable(pairs, pairsTable(run.Problem, run.Certificate, names))
	r.compareTable(unmatched, unmatchedTable(run.Problem, run.Certificate, run.Manifest.SetAside, names))
}

// compareTable compares a table with what it must be: as a set of rows, then row by row, then byte by byte.
func (r *Report) compareTable(got *reading, want table) {
	if bytes.Equal(got.data, want.bytes()) {
		r.ok("%s says what the certificate says, in %s", got.name, several(len(want)-1, "row"))
		return
	}
	wanted, err := readTable(want.bytes()) // as a reader sees it, for instance with other line breaks in cells
	if err != nil {
		panic(err) // what we write can be read
	}
	differences := 0
	differ := func(format string, args ...any) {
		if differences++; differences <= listedDifferences {
			r.refuse("%s", got.name+" "+fmt.Sprintf(format, args...))
		}
	}
	if len(got.rows) == 0 || !slices.Equal(got.rows[0], wanted[0]) {
		differ("has another heading than %s", strings.Join(wanted[0], ", "))
	}
	there, due := rowNumbers(got.rows), rowNumbers(wanted)
	for i, row := range got.rows[min(1, len(got.rows)):] {
		switch at := due[rowKey(row)]; {
		case at == 0:
			differ("row %d is not in the certificate: %s", i+2, nameless(got.rows, row))
		case there[rowKey(row)] != i+2:
			differ("row %d is there twice", i+2)
		}
	}
	for _, row := range wanted[1:] {
		if there[rowKey(row)] == 0 {
			differ("lacks a row of the certificate: %s", nameless(wanted, row))
		}
	}
	switch {
	case differences > listedDifferences:
		r.refuse("%s differs in %d more rows", got.name, differences-listedDifferences)
	case differences == 0 && !slices.EqualFunc(got.rows, wanted, slices.Equal[[]string]):
		r.refuse("%s has the right rows in another order", got.name)
	case differences == 0:
		r.refuse("%s says the same in other bytes: another program saved it again", got.name)
	}
}

func rowKey(row []string) string { return strings.Join(row, "\x00") }

// rowNumbers numbers the rows as a spreadsheet does, the heading being row 1; of equal rows the first counts.
func rowNumbers(t table) map[string]int {
	numbers := map[string]int{}
	for i, row := range t {
		if key := rowKey(row); i > 0 && numbers[key] == 0 {
			numbers[key] = i + 1
		}
	}
	return numbers
}

// nameless shows a row without people's names, which do not belong into a report.
func nameless(t table, row []string) string {
	var cells []string
	for i, cell := range row {
		if named := len(t[0]) > i && strings.HasSuffix(t[0][i], nameHeading); !named {
			cells = append(cells, cell)
		}
	}
	return strings.Join(cells, ", ")
}
