package roster

import (
	"encoding/binary"
	"strings"
	"testing"
)

func TestTheHeaderAndThePeopleAreFound(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, file, table, notes string
	}{
		{"a plain file", "id,name\n1,Ana\n", "id|name\n1|Ana", ""},
		{"one column", "id\nM1\nM2\n", "id\nM1\nM2", ""},
		{"headings that are numbers", "name,rank,0,1\nS1,2,P,Q\n", "name|rank|0|1\nS1|2|P|Q", ""},
		{"a title, cut short", "Mentors of the residency\nid,name,places\nM1,Dr Roy,2\n", "id|name|places\nM1|Dr Roy|2",
			`people.csv, row 1: "Mentors of the residency" stands above the header; left out`},
		{"a title with a comma, in a file of semicolons", "Mentors, 2026;;\n;;\nid;name;fit\nM1;Dr Roy;1,5\nM2;Dr Côté;2,5\n", "id|name|fit\nM1|Dr Roy|1,5\nM2|Dr Côté|2,5", `
people.csv: 1 row without any content; left out
people.csv, row 1: "Mentors, 2026" stands above the header; left out`},
		{"several titles above many columns", "Program:,Residency,,,,,,\nDate:,2026-09-01,,,,,,\n,,,,,,,\nid,name,a,b,c,d,e,f\n1,Ana,1,2,3,4,5,6\n2,Bo,1,2,3,4,5,6\n3,Cy,1,2,3,4,5,6\n4,Di,1,2,3,4,5,6\n", "id|name|a|b|c|d|e|f\n1|Ana|1|2|3|4|5|6\n2|Bo|1|2|3|4|5|6\n3|Cy|1|2|3|4|5|6\n4|Di|1|2|3|4|5|6", `
people.csv: 1 row without any content; left out
people.csv, row 1: "Program: Residency" stands above the header; left out
people.csv, row 2: "Date: 2026-09-01" stands above the header; left out`},
		{"a heading beside one that is missing is no title", "id,\n1,\n2,\n", "id|\n1|\n2|", ""},
		{"blank rows and columns around", ",,,\n,id,name,\n,1,Ana,\n,,,\n,2,Bo,\n", "|id|name|\n|1|Ana|\n|2|Bo|", "people.csv: 2 rows without any content; left out"},
		{"headings on several lines", "\"id\",\"What is your\nname? \"\n1,Ana\n", "id|What is your name?\n1|Ana", ""},
		{"totals at the end", "id,name,places\nM1,Roy,2\nM2,Côté,1\nTotal,,3\nAverage:,,\"1,5\"\n", "id|name|places\nM1|Roy|2\nM2|Côté|1", `
people.csv, row 4: "Total 3" stands below the people; left out
people.csv, row 5: "Average: 1,5" stands below the people; left out`},
		{"remarks at the end", "id,name,places\nM1,Roy,2\n\nExported by the registrar\nSource: staff list\n", "id|name|places\nM1|Roy|2", `
people.csv: 1 row without any content; left out
people.csv, row 4: "Exported by the registrar" stands below the people; left out
people.csv, row 5: "Source: staff list" stands below the people; left out`},
		{"somebody of whom only the id is known", "id,name,places\nM1,Roy,2\n\nM2,,\n", "id|name|places\nM1|Roy|2\nM2||", "people.csv: 1 row without any content; left out"},
		{"somebody with a name like a total", "id,name\nM1,Roy\nTotal,Ana\n", "id|name\nM1|Roy\nTotal|Ana", ""},
		{"the header again", "id,name\n1,Ana\nid,name\n2,Bo\n", "id|name\n1|Ana\n2|Bo", `people.csv, row 3: "id name" is the header again; left out`},
		{"a separator that the file names", "sep=|\nid|name\n1|Ana, Bo; Cy\n", "id|name\n1|Ana, Bo; Cy", ""},
		{"bars", "id|name\n1|Ana\n2|Bo, Cy\n", "id|name\n1|Ana\n2|Bo, Cy", ""},
		{"lists inside of commas", "id,seeks\n1,a;b\n2,c;d\n", "id|seeks\n1|a;b\n2|c;d", ""},
		{"commas inside of semicolons, everywhere", "Nom, prénom;Courriel\nRoy, Ana;a@x.ca\nCôté, Bo;b@x.ca\n", "Nom, prénom|Courriel\nRoy, Ana|a@x.ca\nCôté, Bo|b@x.ca", ""},
		{"CR alone", "id\tname\r1\tAna\r", "id|name\n1|Ana", ""},
		{"a garbled name", "id,name\n1,AndrÃ©\n", "id|name\n1|AndrÃ©", `people.csv: "Ã©" looks like an accent that was garbled before; taken as it is; look at the names`},
		{"UTF-16 without a mark", string(inUTF16("id;name\n1;Élise\n", binary.LittleEndian)[2:]), "id|name\n1|Élise", "people.csv: looks like UTF-16 and does not say so; read as UTF-16"},
	} {
		tables, rep := tablesIn(t, Input{"people.csv", []byte(test.file)})
		isTable(t, tables[0], strings.Split(test.table, "\n")...)
		if got := noteLines(rep); got != strings.TrimSpace(test.notes) {
			t.Errorf("%s: the notes are\n%s\nwant\n%s", test.name, got, test.notes)
		}
	}
}

func TestRowsKeepTheNumbersOfTheSheet(t *testing.T) {
	t.Parallel()
	tables, _ := tablesIn(t, Input{"people.csv", []byte("Mentors\n\nid,name\nM1,\"Roy\nAna\"\n\nM2,Bo\n")})
	if table := tables[0]; table.headerRow != 3 || table.rows[0].number != 4 || table.rows[1].number != 6 {
		t.Errorf("the header stands in row %d and people in %+v, want 3, 4 and 6", table.headerRow, table.rows)
	}
}

// TestALayoutIsDecidedFromTheRowsAlone says that deciding changes nothing of what was read.
func TestALayoutIsDecidedFromTheRowsAlone(t *testing.T) {
	t.Parallel()
	read := func() *rawSheet {
		return &rawSheet{last: 6, loose: true, merged: []area{{top: 2, left: 1, bottom: 4, right: 1}, {top: 5, left: 0, bottom: 5, right: 2}}, rows: []tableRow{
			{1, []string{"record_id", "unit", "likes___1", "likes___2"}}, {2, []string{"1", "Surgery", "1", "0"}}, {3, []string{"2", "", "1", "1"}},
			{4, []string{"3"}}, {5, []string{"Residents"}}, {6, []string{"4", "", "0", "1"}},
		}}
	}
	sheet := read()
	first, second := layOut(sheet), layOut(sheet)
	for _, l := range []*layout{first, second} {
		var got []string
		for _, row := range l.rows {
			got = append(got, strings.Join(row.cells, "|"))
		}
		if want := "1|Surgery|1|\n2|Surgery|1;2|\n3|Surgery\n4||2|"; strings.Join(got, "\n") != want {
			t.Errorf("the rows are %q, want %q", got, want)
		}
	}
	for i, row := range read().rows {
		if got := sheet.rows[i]; strings.Join(got.cells, "|") != strings.Join(row.cells, "|") {
			t.Errorf("row %d was changed to %q", row.number, got.cells)
		}
	}
}
