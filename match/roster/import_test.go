package roster

import (
	"bytes"
	"encoding/csv"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What must come out of files that a plain reader of CSV would not understand: the table, or a part of it.
var importTables = map[string][]string{
	"qualtrics/inst/extdata/sample.csv": {
		"StartDate|EndDate|Status|IPAddress|Progress|Duration (in seconds)|Finished|RecordedDate|ResponseId|RecipientLastName|RecipientFirstName|RecipientEmail|ExternalReference|LocationLatitude|LocationLongitude|DistributionChannel|UserLanguage|This is a multiple choice question.|This is a free text question.|Q2 - Topics",
		"2017-07-18 08:28:09|2017-07-18 08:28:48|0|130.92.34.66|100|38|1|2017-07-18 08:28:48|R_2YPOQ602ER1jkf1|||||47.115097045898|7.2315979003906|anonymous|DE|2|Hello World!|",
	},
	"qualtrics/inst/extdata/sample_legacy.csv": {
		"ResponseID|ResponseSet|Name|ExternalDataReference|EmailAddress|IPAddress|Status|StartDate|EndDate|Finished|This is a multiple choice question.|This is a free text question.|LocationLatitude|LocationLongitude|LocationAccuracy|",
		"R_2YPOQ602ER1jkf1|Standard-Antwortsatz|Anonym|||130.92.34.66|0|2017-07-18 08:28:09|2017-07-18 08:28:48|1|2|Hello World!|47.115097045898|7.2315979003906|-1|",
	},
	"redcapr/inst/test-data/projects/repeating-instruments/data.csv": {
		"record_id|redcap_repeat_instrument|redcap_repeat_instance|date_enrolled|first_name|dob|age|ethnicity|race|sex|demographics_complete|date_bp|bp_systolic|bp_diastolic|bp_complete",
		"1|bp|1|2019-10-14|aaa|2010-10-14|8.9|1|4|0|2|2019-10-14|110|100|2",
		"2|bp|1|2019-02-02|bbb|2010-02-02|9.6|0|6|1|2|2004-04-04|114|104|2",
	},
}

// Columns that come out of files with questions of several boxes, or with several rows of a person.
var importColumns = map[string]map[string][]string{
	"redcapr/inst/test-data/projects/checkboxes-1/data.csv": {"record_id": {"1", "2", "3", "4"}, "check_one": {"1", "", "1;2;3;4", ""}, "check_two": {"a;c", "b;d", "", ""}},
	"redcapr/inst/test-data/projects/simple/data.csv":       {"record_id": {"1", "2", "3", "4", "5"}, "race": {"5", "3;5", "4;5", "2;5", "1;6"}, "ethnicity": {"1", "1", "0", "1", "2"}},
	"redcapr/inst/test-data/projects/survey/data.csv":       {"participant_id": {"1", "2"}, "consent": {"1", ""}, "email": {"aaa@bbb.com", "ccc@ddd.com"}},
	"redcapr/inst/test-data/projects/longitudinal/data.csv": {
		"study_id": {"100", "220", "304"}, "first_name": {"Zharko", "Milivoj", "Melech"}, "gym": {"0", "0;1", "0;1"}, "meds": {"2", "1;2", "1;2"}},
}

// Files that are refused, and what is said; those of the last kinds are no tables, and refused for their kind.
var importRefusals = map[string]string{
	"mentor-match-small/form-output-headings.csv": "there is nobody under the header; write one row per person",
	".xml":  "the file is XML and no table; export the data as CSV",
	".rds":  "the file is a compressed archive; unpack it and hand in the table that is inside",
	".r":    `files of the kind ".r" are not read; open it in the spreadsheet program and save it as "Excel workbook (.xlsx)", or as "CSV UTF-8"`,
	".md":   `files of the kind ".md" are not read; open it in the spreadsheet program and save it as "Excel workbook (.xlsx)", or as "CSV UTF-8"`,
	".json": `files of the kind ".json" are not read; open it in the spreadsheet program and save it as "Excel workbook (.xlsx)", or as "CSV UTF-8"`,
}

func TestEveryFileToImportIsReadRightOrRefusedExactly(t *testing.T) {
	t.Parallel()
	root := dataFolder(t, "matching-and-import")
	seen := map[string]int{}
	for _, folder := range []string{"csv-spectrum", "qualtrics", "redcapr", "mentor-match-small", "daffidwilde-spa"} {
		err := filepath.WalkDir(filepath.Join(root, folder), func(file string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			name, err := filepath.Rel(root, file)
			if err != nil {
				return err
			}
			data, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			seen[path.Ext(name)]++
			readsRight(t, filepath.ToSlash(name), data)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if seen[".csv"] < 30 {
		t.Errorf("there are %d CSV files, and more are expected", seen[".csv"])
	}
}

// readsRight compares a file with what must come out.
func readsRight(t *testing.T, name string, data []byte) {
	refusal, refused := importRefusals[name]
	if !refused {
		refusal, refused = importRefusals[strings.ToLower(path.Ext(name))]
	}
	rep := &report{}
	tables := readTables(Input{path.Base(name), data}, rep)
	switch err := rep.problems(); {
	case refused && (err == nil || err.Error() != path.Base(name)+": "+refusal):
		t.Errorf("%s: %v, want %q", name, err, refusal)
	case refused:
	case err != nil:
		t.Errorf("%s is refused: %v", name, err)
	case len(tables) != 1:
		t.Errorf("%s has %d tables", name, len(tables))
	case importTables[name] != nil:
		isTable(t, tables[0], importTables[name]...)
	case importColumns[name] != nil:
		for heading, want := range importColumns[name] {
			c, ok := tables[0].find(heading)
			var got []string
			for _, row := range tables[0].rows {
				got = append(got, row.cells[c])
			}
			if !ok || !slices.Equal(got, want) {
				t.Errorf("%s, %s: %q, want %q", name, heading, got, want)
			}
		}
	default:
		isTable(t, tables[0], plainly(t, data)...)
	}
}

// plainly reads a file with the standard library's reader of CSV.
func plainly(t *testing.T, data []byte) []string {
	in := csv.NewReader(bytes.NewReader(data))
	in.FieldsPerRecord, in.LazyQuotes = -1, true // as spreadsheet programs do
	records, err := in.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for i, record := range records {
		for c, cell := range record {
			record[c] = strings.TrimSpace(cell)
			if i == 0 {
				record[c] = strings.Join(strings.Fields(cell), " ")
			}
		}
		if strings.Join(record, "") != "" {
			lines = append(lines, strings.Join(record, "|"))
		}
	}
	return lines
}
