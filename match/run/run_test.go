package run

import (
	"bytes"
	"encoding/csv"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/roster"
)

// published is the student-project allocation that the Python library "matching" ships, raw.
const published = "../roster/testdata/daffidwilde-spa"

func publishedInputs(t *testing.T) []roster.Input {
	t.Helper()
	inputs, err := roster.ReadFolder(published)
	if err != nil {
		t.Fatal(err)
	}
	return inputs
}

func TestPublishedAssignmentsAreFound(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(filepath.Join(published, "expected_student_optimal.csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for _, row := range rows[1:] {
		if row[1] != "" {
			want[row[0]] = row[1]
		}
	}
	r, err := Match(t.Context(), publishedInputs(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, e := range r.Certificate.Chosen {
		got[r.Problem.Mentees[r.Problem.Edges.Mentee[e]]] = r.Problem.PurposeName(int(e))
	}
	if len(want) != 93 || !maps.Equal(got, want) {
		t.Errorf("got %d assignments\n%v\nwant %d\n%v", len(got), got, len(want), want)
	}
	if unmatched := unmatchedTable(r.Problem, r.Certificate, r.Manifest.SetAside, r.Names); !slices.EqualFunc(unmatched[1:8],
		[]string{"190025", "190029", "190035", "190040", "190041", "190082", "190087"}, func(row []string, id string) bool { return row[1] == id }) {
		t.Errorf("unmatched: %v", unmatched)
	}
}

func TestOrderOfRowsChangesOnlyWhatSpeaksOfRows(t *testing.T) {
	t.Parallel()
	for _, aim := range []match.Aim{match.StableForMentees, match.StableForMentors, match.Optimal} {
		inputs := publishedInputs(t)
		r, err := Match(t.Context(), inputs, Options{Aim: aim, Seed: "dice 4 1 6"})
		if err != nil {
			t.Fatal(err)
		}
		for i := range inputs {
			inputs[i].Data = reversedRows(inputs[i].Data)
		}
		slices.Reverse(inputs)
		again, err := Match(t.Context(), inputs, Options{Aim: aim, Seed: "dice 4 1 6"})
		if err != nil {
			t.Fatal(err)
		}
		one, other := written(t, r), written(t, again)
		for _, name := range []string{problemFile, certificateFile, pairsFile, unmatchedFile} {
			if read(t, one, name) != read(t, other, name) {
				t.Errorf("%s: %s depends on the order of the rows", aim, name)
			}
		}
	}
}

// reversedRows turns the rows below the heading round.
func reversedRows(data []byte) []byte {
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	slices.Reverse(lines[1:])
	return []byte(strings.Join(lines, "\n") + "\n")
}

func TestRunTellsWhatItWasMadeFrom(t *testing.T) {
	t.Parallel()
	inputs := append(publishedInputs(t), roster.Input{Name: "rules.yaml", Data: []byte("version: 1\n")}, roster.Input{Name: "letter.docx"})
	r, err := Match(t.Context(), inputs, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range r.Manifest.Inputs {
		names = append(names, f.Name)
	}
	if want := []string{"projects.csv", "rules.yaml", "students.csv", "supervisors.csv"}; !slices.Equal(names, want) {
		t.Errorf("inputs %q, want %q", names, want)
	}
	if want := fileOf("rules.yaml", []byte("version: 1\n")).SHA256; r.Manifest.Rules != want {
		t.Errorf("rules %q, want %q", r.Manifest.Rules, want)
	}
}

func TestInputsWithMistakesGiveNoRun(t *testing.T) {
	t.Parallel()
	var mistakes *roster.Problems
	if r, err := Match(t.Context(), []roster.Input{{Name: "mentees.csv", Data: []byte("id\nana\n")}}, Options{}); r != nil || !errors.As(err, &mistakes) {
		t.Errorf("got %v, %v", r, err)
	}
}

func TestAimThatTheInputsDoNotCarryIsRefused(t *testing.T) {
	t.Parallel()
	inputs := []roster.Input{
		{Name: "mentees.csv", Data: []byte("id\nana\n")},
		{Name: "mentors.csv", Data: []byte("id\nroy\n")},
		{Name: "rules.yaml", Data: []byte("version: 1\n")},
	}
	if _, err := Match(t.Context(), inputs, Options{}); err != nil {
		t.Error(err)
	}
	var fault *match.Fault
	if r, err := Match(t.Context(), inputs, Options{Aim: match.StableForMentees}); r != nil || !errors.As(err, &fault) {
		t.Errorf("got %v, %v", r, err)
	}
}

func TestRunOfOtherInputsIsRefused(t *testing.T) {
	t.Parallel()
	r, err := Match(t.Context(), publishedInputs(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	dir := written(t, r)
	for name, c := range map[string]struct {
		file, old, new string
		refused        []string
	}{
		"the same":             {},
		"another choice":       {"students.csv", "190000,3,G2,P1", "190000,3,P1,G2", []string{"students.csv is not the file", "the rankings differ"}},
		"another student":      {"students.csv", "190000,", "190900,", []string{"students.csv is not the file", "the people differ"}},
		"other places":         {"supervisors.csv", "\nA,3", "\nA,4", []string{"supervisors.csv is not the file", "places and limits differ"}},
		"a mistake":            {"projects.csv", "A0,2,A", "A0,2,AA", nil},
		"only the line breaks": {"projects.csv", "A0,2,A\n", "A0,2,A\r\n", []string{"projects.csv is not the file"}},
	} {
		inputs := publishedInputs(t)
		for i := range inputs {
			if inputs[i].Name == c.file {
				inputs[i].Data = bytes.Replace(inputs[i].Data, []byte(c.old), []byte(c.new), 1)
			}
		}
		report, err := CheckInputs(t.Context(), dir, inputs, nil)
		var mistakes *roster.Problems
		if name == "a mistake" {
			if !errors.As(err, &mistakes) {
				t.Errorf("%s: got %v, %v", name, report, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if report.Refused() != len(c.refused) {
			t.Errorf("%s: %d refused, want %d\n%v", name, report.Refused(), len(c.refused), report)
		}
		for _, want := range c.refused {
			if !strings.Contains(report.String(), want) {
				t.Errorf("%s: the report does not say %q:\n%v", name, want, report)
			}
		}
	}
}

func TestDefectInTheEngineReachesTheCaller(t *testing.T) {
	t.Parallel()
	defer func() {
		if p := recover(); p == nil {
			t.Error("a panic was swallowed")
		}
	}()
	Match(t.Context(), publishedInputs(t), Options{Progress: func(int, int) { panic("two and two are five") }})
}
