package roster

import (
	"fmt"
	"strings"
	"testing"
)

// The pairs of a result as a coordinator sees them, and what may be written over them.
const editsHeader = "mentee,mentee name,mentor,mentor name,purpose,decision,reason for the decision,proposed mentor,proposed purpose\n"

func TestDecisionsAreReadFromCorrectedPairs(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ row, want string }{
		"a pair as it was":                     {"R1,Ana,F1,Dr Roy,research,,,F1,research", "nothing"},
		"a pair to keep":                       {"R1,Ana,F1,Dr Roy,research,keep,they know each other,F1,research", "pinned R1 with F1 for research (they know each other)"},
		"a pair to keep, in French":            {"R1,Ana,F1,Dr Roy,research,Garder,,F1,research", "pinned R1 with F1 for research"},
		"a pair to take apart":                 {"R1,Ana,F1,Dr Roy,research,not together,,F1,research", "forbidden R1 with F1 for research"},
		"no mentor any more":                   {"R1,Ana,,Dr Roy,research,,,F1,research", "forbidden R1 with F1 for research"},
		"no mentor, and said so":               {"R1,Ana,,,,not together,,F1,research", "forbidden R1 with F1 for research"},
		"another mentor":                       {"R1,Ana,F2,Dr Roy,research,,,F1,research", "pinned R1 with F2"},
		"another mentor for another purpose":   {"R1,Ana,F2,Dr Roy,wellbeing,keep,,F1,research", "pinned R1 with F2 for wellbeing"},
		"another purpose":                      {"R1,Ana,F1,Dr Roy,wellbeing,,,F1,research", "pinned R1 with F1 for wellbeing"},
		"a mentor for somebody without":        {"R1,Ana,F2,,,,,,", "pinned R1 with F2"},
		"somebody without, as it was":          {"R1,Ana,,,,,,,", "nothing"},
		"a word that is no decision":           {"R1,Ana,F1,Dr Roy,research,maybe,,F1,research", `pairs.csv, row 2, column "decision": "maybe" is no decision; write "keep" or "not together", or nothing`},
		"a mentor and no mentee":               {",,F2,,,keep,,,", `pairs.csv, row 2, column "mentee": the cell is empty; write the id of the mentee, or delete the row`},
		"keeping a pair with nobody":           {"R1,Ana,,,,keep,,,", `pairs.csv, row 2, column "decision": "keep" stands beside no mentor; write the id of a mentor`},
		"taking apart what was put together":   {"R1,Ana,F2,,research,not together,,F1,research", `pairs.csv, row 2, column "decision": "not together" stands beside a pair that was changed; write "keep", or put "F1" back`},
		"taking apart somebody without anyone": {"R1,Ana,,,,not together,,,", "nothing"},
	} {
		rep := &report{}
		table := readTable(Input{Name: "pairs.csv", Data: []byte(editsHeader + test.row + "\n")}, rep)
		if table == nil {
			t.Fatalf("%s: %v", name, rep.problems())
		}
		got := []string{}
		for _, e := range readEdits(table, rep) {
			said := fmt.Sprintf("%s %s", [...]string{"open", "pinned", "forbidden"}[e.State], e)
			if e.Reason != "" {
				said += " (" + e.Reason + ")"
			}
			got = append(got, said)
		}
		for _, issue := range rep.issues {
			got = append(got, issue.String())
		}
		if said := strings.Join(got, "; "); said != test.want && (said != "" || test.want != "nothing") {
			t.Errorf("%s: got\n  %s\nwant\n  %s", name, said, test.want)
		}
	}
}

// TestNamesThatWereChangedWithoutTheirIdsAreReported reads whole programs: a correction by name alone must not be lost.
func TestNamesThatWereChangedWithoutTheirIdsAreReported(t *testing.T) {
	t.Parallel()
	const header = "mentee,mentee name,mentor,mentor name,decision,proposed mentor,proposed mentee\n"
	for row, want := range map[string]string{
		"R1,Ana,F1,Dr Roy,,F1,R1":   "",
		"R1,Ana,F1,Dr Fay,,F1,R1":   `corrected.csv, row 2, column "mentor name": "Dr Fay" is not the name of "F1"; write the id of the person who is meant into the column "mentor"`,
		"R2,Ana,F1,Dr Roy,,F1,R2":   `corrected.csv, row 2, column "mentee name": "Ana" is not the name of "R2"; write the id of the person who is meant into the column "mentee"`,
		"R1,Ana,,Dr Fay,,,R1":       `corrected.csv, row 2, column "mentor name": "Dr Fay" is not the name of ""; write the id of the person who is meant into the column "mentor"`,
		"R1,Ana,F2,Dr Roy,,F1,R1":   "pinned R1 with F2",
		"R1,Ana,F2,Dr Fay,,F1,R1":   "pinned R1 with F2",
		"R2,Bo,F1,Dr Roy,,F1,R1":    "pinned R2 with F1",
		"R1,Ana,,Dr Roy,,F1,R1":     "forbidden R1 with F1",
		"R1, ana ,F1,DR ROY,,F1,R1": "",
	} {
		r, err := Load(files(
			"mentees.csv", "id,name\nR1,Ana\nR2,Bo\n", "mentors.csv", "id,name\nF1,Dr Roy\nF2,Dr Fay\n",
			"rules.yaml", "version: 1\n", "corrected.csv", header+row+"\n"))
		got := ""
		if err != nil {
			got = err.Error()
		} else {
			for _, e := range r.Edits {
				got += fmt.Sprintf("%s %s", [...]string{"open", "pinned", "forbidden"}[e.State], e)
			}
		}
		if got != want {
			t.Errorf("%s: got\n  %s\nwant\n  %s", row, got, want)
		}
	}
}

func TestOnlyCorrectedPairsAreTakenForThem(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]bool{
		editsHeader: true,
		"personne mentorée,nom de la personne mentorée,mentor,nom du mentor,besoin,décision,motif de la décision,mentor proposé,besoin proposé\n": true,
		"mentee,mentor,state\n":                   false,
		"mentee,mentor,decision,proposed place\n": false,
	} {
		rep := &report{}
		table := readTable(Input{Name: "some.csv", Data: []byte(header + strings.Repeat("x,", strings.Count(header, ",")) + "x\n")}, rep)
		if _, got := editColumns(table); got != want {
			t.Errorf("%s: %v, want %v", strings.TrimSpace(header), got, want)
		}
	}
}
