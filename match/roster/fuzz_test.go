package roster

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// loads says that no input makes Load panic: it either reports problems, each with a file and in words, or gives a
// problem that is valid.
func loads(t *testing.T, inputs []Input) {
	t.Helper()
	r, err := Load(inputs)
	if err != nil {
		var problems *Problems
		if !errors.As(err, &problems) || len(problems.Issues) == 0 {
			t.Fatalf("the error is not a list of issues: %v", err)
		}
		for _, issue := range problems.Issues {
			if issue.File == "" || issue.Problem == "" || issue.Instead == "" {
				t.Fatalf("an issue does not say where, what or what to do: %+v", issue)
			}
			if strings.Contains(issue.Problem, "do not make a problem that can be solved") {
				t.Fatalf("the readers let something through that the problem refuses: %s", issue)
			}
		}
		return
	}
	p, err := r.Problem()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Validate(); err != nil {
		t.Fatal(err)
	}
	for e := range min(p.Edges.Len(), 20) {
		r.Reasons(e)
	}
}

// seed is the content of a file, for the fuzzing to begin with.
func seed(f *testing.F, name string) []byte {
	data, err := os.ReadFile(filepath.FromSlash(name))
	if err != nil {
		f.Fatal(err)
	}
	return data
}

const residency = "../testdata/residency"

func FuzzLoadCSV(f *testing.F) {
	for _, b := range brokenFiles {
		parts := map[string][]byte{}
		for _, in := range b.inputs() {
			parts[in.Name] = in.Data
		}
		if parts["mentees.csv"] != nil && parts["mentors.csv"] != nil {
			f.Add(parts["mentees.csv"], parts["mentors.csv"], parts["pairs.csv"])
		}
	}
	f.Add(seed(f, residency+"/mentees.csv"), seed(f, residency+"/mentors.csv"), seed(f, residency+"/pairs.csv"))
	rules := seed(f, residency+"/rules.yaml")
	f.Fuzz(func(t *testing.T, mentees, mentors, pairs []byte) {
		inputs := []Input{{"mentees.csv", mentees}, {"mentors.csv", mentors}, {"rules.yaml", []byte(soundFiles["rules.yaml"])}}
		loads(t, inputs)
		loads(t, append(inputs[:2:2], Input{"rules.yaml", rules}, Input{"pairs.csv", pairs}))
		loads(t, append(inputs, Input{"pairs.csv", pairs}))
	})
}

func FuzzRules(f *testing.F) {
	for _, b := range brokenFiles {
		for _, in := range b.inputs() {
			if in.Name == "rules.yaml" {
				f.Add(in.Data)
			}
		}
	}
	f.Add(seed(f, residency+"/rules.yaml"))
	f.Add(seed(f, "testdata/mentor-match-small/rules.yaml"))
	f.Add([]byte("version: 1\nminimums: hard\nmentors: {takes: places, at least: 1, choices: name, classes: [{by: grade, at least: 1}, {by: purpose, at most: {research: 1}}]}\npurposes: {mentee: seeks, mentor: offers, per pair: all}\n"))
	f.Fuzz(func(t *testing.T, rules []byte) {
		loads(t, []Input{
			{"mentees.csv", []byte(soundFiles["mentees.csv"])}, {"mentors.csv", []byte(soundFiles["mentors.csv"])}, {"rules.yaml", rules},
			{"pairs.csv", []byte("mentee,mentor,state\n007,M1,existing\n")},
		})
	})
}

func FuzzPrefLib(f *testing.F) {
	f.Add([]byte(smallBallots), []byte("Supervisor,Capacity,Projects\nS,1,0 1\nT,0,2\n"), []byte("version: 1\ngoals: [generous]\n"))
	f.Add([]byte("# NUMBER ALTERNATIVES: 2\n# NUMBER VOTERS: 3\n2: 1,2\n1: {1,2}\n"), []byte(""), []byte("version: 1\naim: stable-for-mentors\n"))
	f.Fuzz(func(t *testing.T, soi, dat, rules []byte) {
		loads(t, []Input{{"a.soi", soi}})
		loads(t, []Input{{"a.soi", soi}, {"a.dat", dat}, {"rules.yaml", rules}})
	})
}

func FuzzDaffid(f *testing.F) {
	f.Add(seed(f, daffidwilde+"/students.csv"), seed(f, daffidwilde+"/projects.csv"), seed(f, daffidwilde+"/supervisors.csv"))
	f.Add([]byte("name,rank,0,1\n1,2,P,Q\n2,1,Q,Q\n"), []byte("code,capacity,supervisor\nP,1,S\nQ,9,T\n"), []byte("name,capacity\nS,0\nT,1\n"))
	f.Fuzz(func(t *testing.T, students, projects, supervisors []byte) {
		loads(t, []Input{{"students.csv", students}, {"projects.csv", projects}, {"supervisors.csv", supervisors}})
	})
}

// FuzzInference makes rules of arbitrary tables: whatever is inferred can be read back, and Load takes it or says what
// is wrong in the tables.
func FuzzInference(f *testing.F) {
	for _, c := range cohorts {
		second := []byte{}
		if len(c.files) > 1 {
			second = c.files[1].Data
		}
		f.Add(c.files[0].Data, second, c.files[0].Name)
	}
	for _, form := range exportedForms {
		f.Add([]byte(form.file), []byte("id,name\nm,Ana Roy\n"), "form.csv")
	}
	f.Add([]byte("id,#,: - [x],\"a: b\nc\",\u2028,'\x7f,true\n1,\"- y\",\"{z: 1}\",\"# no\",é,\x07,null\n2,a,b,c,d,e,no\n"), []byte("id,role\n1,mentor\n"), "mentees.csv")
	f.Fuzz(func(t *testing.T, one, two []byte, name string) {
		if name = filepath.Base(name); !isTableFile(name) || strings.EqualFold(filepath.Ext(name), ".xlsx") {
			name += ".csv"
		}
		if strings.EqualFold(name, "second.csv") {
			return
		}
		inputs := []Input{{name, one}, {"second.csv", two}}
		readsBack(t, inputs)
		loads(t, inputs)
		loads(t, inputs[:1])
	})
}
