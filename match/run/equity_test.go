package run

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/match/equity"
	"github.com/chiron-mentoring/chiron/match/roster"
)

// auditedProgram is 150 residents of three sites, four levels and two genders, and 40 mentors. Every resident wants a
// mentor of the own specialty; at the site South most want one that is scarce.
func auditedProgram() []roster.Input {
	var mentees, mentors strings.Builder
	mentees.WriteString("id,name,level,site,gender,specialty\n")
	mentors.WriteString("id,name,rank,specialty,takes,hours\n")
	specialties := []string{"medicine", "pediatrics", "surgery", "pathology"}
	for i := range 150 {
		site := []string{"North", "Centre", "South"}[i%3]
		specialty := specialties[i/3%3]
		if site == "South" && i%5 > 0 {
			specialty = "pathology"
		}
		gender := []string{"woman", "man", "woman", "man", "woman", "", "woman"}[i%7]
		fmt.Fprintf(&mentees, "R%03d,Secret %d,%s,%s,%s,%s\n", i, i, []string{"PGY1", "PGY1", "PGY2", "PGY3", "PGY4"}[i%5], site, gender, specialty)
	}
	for j := range 40 {
		fmt.Fprintf(&mentors, "F%02d,Hidden %d,%s,%s,%d,%d\n", j, j, []string{"assistant", "associate", "full"}[j*j%3], specialties[j%8%5%4], 3, 4+j%4)
	}
	return []roster.Input{
		{Name: "mentees.csv", Data: []byte(mentees.String())},
		{Name: "mentors.csv", Data: []byte(mentors.String())},
		{Name: "rules.yaml", Data: []byte(`version: 1
seed: dice
goals: [placed, even load, lottery]
mentees: {takes: 1}
mentors: {takes: takes}
scales:
  level: [PGY1, PGY2, PGY3, PGY4]
must:
  - same: specialty
audit:
  mentees: [level, site, {column: gender, sensitive: true}]
  mentors: [rank]
  mentor level: rank
  mentor hours: hours
`)},
	}
}

func TestARunSaysWhichGroupWasServedWorse(t *testing.T) {
	t.Parallel()
	run, err := Match(t.Context(), auditedProgram(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	report, err := run.Equity()
	if err != nil {
		t.Fatal(err)
	}
	text := FairnessText(report)
	t.Log(text)
	if !strings.Contains(text, `mentees with the site "South"`) || !strings.Contains(text, "have a mentor") || !strings.Contains(text, "Somebody should look") {
		t.Errorf("the summary does not say that people of the site South were served worse:\n%s", text)
	}
	table := EquityTable(report)
	t.Logf("\n%s", table)
	for _, secret := range []string{"Secret", "Hidden", "R0", "R1", "F0", "F1"} {
		if bytes.Contains(table, []byte(secret)) || strings.Contains(text, secret) {
			t.Errorf("somebody is named: %q", secret)
		}
	}
	rows, err := csv.NewReader(bytes.NewReader(table)).ReadAll() // every row has as many cells as the heading
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) < 20 {
		t.Errorf("%d rows", len(rows))
	}
	if again := EquityTable(report); !bytes.Equal(again, table) {
		t.Error("the table came out differently")
	}
}

func TestARunWithoutInputsOrWithoutGroupsHasNothingToSay(t *testing.T) {
	t.Parallel()
	if report, err := (&Run{}).Equity(); report != nil || err != nil {
		t.Errorf("a run without inputs: %+v, %v", report, err)
	}
	inputs := auditedProgram()
	before, _, _ := bytes.Cut(inputs[2].Data, []byte("audit:"))
	inputs[2].Data = before
	run, err := Match(t.Context(), inputs, Options{})
	if err != nil {
		t.Fatal(err)
	}
	report, err := run.Equity()
	if err != nil || len(report.Tables)+len(report.Omitted) > 0 || len(report.Overall) == 0 {
		t.Errorf("%+v, %v", report, err)
	}
	if text := FairnessText(report); text != "" {
		t.Errorf("got %q", text)
	}
}

// Spreadsheet programs take some cells for formulas; what people wrote becomes text.
func TestTheEquityTableHoldsNoFormulas(t *testing.T) {
	t.Parallel()
	report := &equity.Report{Tables: []equity.Table{{
		Characteristic: "=site", Outcomes: []equity.Outcome{{Measure: equity.Placed}},
		Rows: []equity.Row{{Kind: equity.OneGroup, Group: "@SUM(A1)", Results: []equity.Result{{Got: equity.Cell{Shown: true}}}}},
	}}}
	if got := string(EquityTable(report)); !strings.Contains(got, "'=site,'@SUM(A1)") {
		t.Errorf("got %s", got)
	}
}
