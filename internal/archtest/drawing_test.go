package archtest

import (
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func TestTheDrawingIsTrue(t *testing.T) {
	root := os.DirFS("../..")
	markdown, err := os.ReadFile("../../ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	drawing, err := ParseDrawing(string(markdown))
	if err != nil {
		t.Fatalf("ARCHITECTURE.md: %v", err)
	}
	packages, err := ReadPackages(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range Faults(drawing, packages) {
		t.Error(fault)
	}
}

func TestFaultsAreFound(t *testing.T) {
	drawing := Drawing{
		"match":                {},
		"match/matchtest":      {"match"},
		"match/solve":          {"match"},
		"cmd/chiron":           {"match", "example.org/kong"},
		"*_test.go":            {"match/matchtest"},
		"cmd/chiron/*_test.go": {"example.org/script"},
	}
	// True to the drawing; each case changes one thing.
	packages := map[string]Package{
		"match":           {Documented: true},
		"match/matchtest": {Documented: true, Imports: []Import{{"match", "suite.go"}}},
		"match/solve":     {Documented: true, Imports: []Import{{"match", "stable.go"}}},
		"cmd/chiron":      {Documented: true, Imports: []Import{{"example.org/kong", "main.go"}}},
	}
	tests := []struct {
		name   string
		folder string
		now    *Package // nil: the folder is gone
		want   []string
	}{
		{"nothing changed", "match", &Package{Documented: true}, nil},
		{"a package that is not drawn", "match/guess", &Package{Documented: true},
			[]string{"match/guess is not drawn"}},
		{"a drawn package that does not exist", "match/solve", nil,
			[]string{"match/solve is drawn and does not exist"}},
		{"the judge depends on the judged", "match",
			&Package{Documented: true, Imports: []Import{{"match/solve", "check.go"}}},
			[]string{"check.go: match may not import match/solve"}},
		{"the judge leaves the standard library", "match",
			&Package{Documented: true, Imports: []Import{{"example.org/kong", "check.go"}}},
			[]string{"check.go: match may not import example.org/kong"}},
		{"a dependency drawn for another package", "match/solve",
			&Package{Documented: true, Imports: []Import{{"example.org/kong", "stable.go"}}},
			[]string{"stable.go: match/solve may not import example.org/kong"}},
		{"a folder below a permitted one", "cmd/chiron",
			&Package{Documented: true, Imports: []Import{{"match/solve", "main.go"}}},
			[]string{"main.go: cmd/chiron may not import match/solve"}},
		{"no package comment", "match", &Package{},
			[]string{"match has no package comment"}},
		{"a test that uses the test suite", "match/solve",
			&Package{Documented: true, Imports: []Import{{"match/matchtest", "stable_test.go"}}}, nil},
		{"a test from outside of its own package", "match/solve",
			&Package{Documented: true, Imports: []Import{{"match/solve", "stable_test.go"}}}, nil},
		{"a test that reaches past both", "match/solve",
			&Package{Documented: true, Imports: []Import{{"cmd/chiron", "stable_test.go"}}},
			[]string{"stable_test.go: match/solve may not import cmd/chiron"}},
		{"a test with a tool of its own", "cmd/chiron",
			&Package{Documented: true, Imports: []Import{{"example.org/script", "main_test.go"}}}, nil},
		{"a test with the tool of another", "match/solve",
			&Package{Documented: true, Imports: []Import{{"example.org/script", "stable_test.go"}}},
			[]string{"stable_test.go: match/solve may not import example.org/script"}},
		{"a tool for tests outside of a test", "cmd/chiron",
			&Package{Documented: true, Imports: []Import{{"example.org/script", "main.go"}}},
			[]string{"main.go: cmd/chiron may not import example.org/script"}},
		{"tests of a package that does not exist", "cmd/chiron", nil,
			[]string{"cmd/chiron is drawn and does not exist", "cmd/chiron/*_test.go is drawn and does not exist"}},
		{"the test suite outside of a test", "match/solve",
			&Package{Documented: true, Imports: []Import{{"match/matchtest", "stable.go"}}},
			[]string{"stable.go: match/solve may not import match/matchtest"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			changed := maps.Clone(packages)
			delete(changed, test.folder)
			if test.now != nil {
				changed[test.folder] = *test.now
			}
			var given []Package
			for _, folder := range slices.Sorted(maps.Keys(changed)) {
				p := changed[folder]
				p.Folder = folder
				given = append(given, p)
			}
			if got := Faults(drawing, given); !slices.Equal(got, test.want) {
				t.Errorf("Faults = %q, want %q", got, test.want)
			}
		})
	}
}

func TestParseDrawing(t *testing.T) {
	markdown := func(lines ...string) string {
		return "# A house\n\n```arrows\n" + strings.Join(lines, "\n") + "\n```\n\nMore words.\n"
	}
	want := Drawing{
		"match":       {},
		"match/solve": {"match"},
		"cmd/chiron":  {"match", "example.org/kong"},
	}
	got, err := ParseDrawing(markdown(
		"match        -> (standard library only)",
		"match/solve  -> match",
		"",
		"cmd/chiron   -> match example.org/kong (the command line)"))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("ParseDrawing = %v, want %v", got, want)
	}

	broken := map[string]string{
		"no block":           "# A house\n",
		"a block left open":  "# A house\n\n```arrows\nmatch ->\n",
		"a line of no arrow": markdown("match"),
		"an arrow from air":  markdown("-> match"),
		"drawn twice":        markdown("match -> ", "match -> match/solve"),
	}
	for name, text := range broken {
		if got, err := ParseDrawing(text); err == nil {
			t.Errorf("%s: ParseDrawing = %v, want an error", name, got)
		}
	}
}

func TestReadPackages(t *testing.T) {
	source := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	got, err := ReadPackages(fstest.MapFS{
		"go.mod":                source("module example.org/house\n\ngo 1.26\n"),
		"match/match.go":        source("// Package match pairs.\npackage match\n\nimport \"slices\"\n"),
		"match/match_test.go":   source("package match_test\n\nimport \"example.org/house/match\"\n"),
		"match/testdata/bad.go": source("not Go at all"),
		".ci/bad.go":            source("not Go at all"),
		"match/arm.go":          source("//go:build arm64\n\npackage match\n\nimport \"C\"\n"),
		"cmd/house/main.go":     source("// House is a command.\npackage main\n\nimport x \"example.org/other/v2\"\n"),
		"guess/guess.go":        source("// Guesses.\npackage guess\n"),
		"guess/guess_test.go":   source("package guess\n\nimport _ \"example.org/houseboat\"\n"),
		"house.go":              source("//go:generate true\npackage house\n"),
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []Package{
		{Folder: "."},
		{Folder: "cmd/house", Documented: true, Imports: []Import{{"example.org/other/v2", "cmd/house/main.go"}}},
		{Folder: "guess", Imports: []Import{{"example.org/houseboat", "guess/guess_test.go"}}},
		{Folder: "match", Documented: true, Imports: []Import{
			{"C", "match/arm.go"}, {"match", "match/match_test.go"}}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("ReadPackages =\n%v, want\n%v", got, want)
	}

	if _, err := ReadPackages(fstest.MapFS{"go.mod": source("module m\n"), "a.go": source("not Go")}); err == nil {
		t.Error("ReadPackages of a broken file = nil error")
	}
	if _, err := ReadPackages(fstest.MapFS{}); err == nil {
		t.Error("ReadPackages without go.mod = nil error")
	}
}
