package run

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
)

// ward is a run of three residents and two physicians, with everything that a folder can hold: purposes, ranks on both
// sides, a pinned pair, an existing one, a limit within a total, names that are formulas, somebody set aside.
func ward(t testing.TB, change ...func(*match.Builder)) *Run {
	t.Helper()
	b := match.NewBuilder(match.StableForMentees)
	for _, id := range []string{"ana", "ben", "=cy"} {
		b.Person(match.MenteeSide, id, 1, 0)
	}
	b.Person(match.MenteeSide, "dee", 2, 0)
	b.Person(match.MentorSide, "roy", 2, 0)
	b.Person(match.MentorSide, "singh", 1, 0)
	b.Person(match.MentorSide, "tam", 1, 0)
	b.Class(match.MentorSide, "roy", "own ward", "", 1, 0)
	pair := func(mentee, mentor, class string, menteeRank, mentorRank int, s match.State, existing int32) {
		b.Pair(match.Pair{Mentee: mentee, Mentor: mentor, Purpose: "research", MentorClass: class,
			MenteeRank: menteeRank, MentorRank: mentorRank, State: s, Values: map[string]int32{"suitability": existing - 3, match.Existing: existing}})
	}
	pair("ana", "roy", "own ward", 1, 1, match.Open, 1)
	pair("ana", "singh", "", 2, 1, match.Open, 0)
	pair("ben", "roy", "own ward", 1, 2, match.Open, 0)
	pair("ben", "singh", "", 2, 2, match.Open, 0)
	pair("=cy", "roy", "", 1, 3, match.Pinned, 0)
	pair("dee", "roy", "own ward", 1, 4, match.Open, 0)
	pair("dee", "tam", "", 2, 1, match.Forbidden, 0)
	for _, f := range change {
		f(b)
	}
	p, err := b.Problem()
	if err != nil {
		t.Fatal(err)
	}
	r := &Run{
		Problem: p,
		Names: Names{true, map[string]string{"ana": "Ana", "ben": "Ben", "=cy": "=HYPERLINK(\"x\")", "dee": "Dee", "eve": "Eve"},
			map[string]string{"roy": "Élise Roy", "singh": "Dr. Singh, Jr.", "tam": "Tam"}},
		Manifest: Manifest{
			Format: ManifestFormat, Engine: ThisEngine(), TimeZones: theTimeZones(),
			Inputs:   []File{fileOf("mentees.csv", []byte("a")), fileOf("mentors.csv", []byte("b"))},
			Notes:    []Note{{File: "mentors.csv", Row: 3, Column: "places", Value: "3", Problem: "is more than the classes take together", Instead: "corrected to 2"}},
			SetAside: []SetAside{{Side: "mentee", ID: "eve", Why: "no choices"}},
		},
	}
	r.Manifest.Lottery = draw(p, "", r.Manifest.Inputs)
	p.Lottery.Seed = r.Manifest.Lottery.Seed
	if err := r.solve(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	return r
}

// written is the folder of r.
func written(t *testing.T, r *Run) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "run")
	if _, err := r.Write(t.Context(), dir, false); err != nil {
		t.Fatal(err)
	}
	return dir
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestTablesSayWhoIsPairedAndWhoIsNot(t *testing.T) {
	t.Parallel()
	dir := written(t, ward(t))
	// Spreadsheet programs must read the accent right and must not run the formula.
	const pairs = byteOrderMark + `mentee,mentee name,mentor,mentor name,purpose,mentee's rank,mentor's rank,suitability,state,edge
'=cy,"'=HYPERLINK(""x"")",roy,Élise Roy,research,1,3,-3,pinned,0
ana,Ana,roy,Élise Roy,research,1,1,-2,existing,1
ben,Ben,singh,"Dr. Singh, Jr.",research,2,2,-3,new,4
`
	if got := read(t, dir, pairsFile); got != pairs {
		t.Errorf("pairs.csv:\n%s\nwant\n%s", got, pairs)
	}
	const unmatched = `side,id,name,places,filled,why
mentee,dee,Dee,2,0,no place left among the listed pairs
mentee,eve,Eve,,0,set aside: no choices
mentor,tam,Tam,1,0,no possible pair is listed
`
	if got := read(t, dir, unmatchedFile); got != unmatched {
		t.Errorf("unmatched.csv:\n%s\nwant\n%s", got, unmatched)
	}
}

func TestRunFolderIsPrivateAndTellsNothingOfTheMachine(t *testing.T) {
	t.Parallel()
	dir := written(t, ward(t))
	info, err := os.Stat(dir)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder has mode %v, %v; want 0700", info.Mode(), err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
		if info, err := entry.Info(); err != nil || info.Mode() != 0o600 {
			t.Errorf("%s has mode %v, %v; want 0600", entry.Name(), info.Mode(), err)
		}
		if strings.Contains(read(t, dir, entry.Name()), filepath.Dir(dir)) {
			t.Errorf("%s names a folder of this machine", entry.Name())
		}
	}
	if want := slices.Sorted(slices.Values(append(results[:], manifestFile))); !slices.Equal(names, want) {
		t.Errorf("the folder holds %q, want %q", names, want)
	}
	if left, _ := os.ReadDir(filepath.Dir(dir)); len(left) != 1 {
		t.Errorf("beside the folder there are %v", left)
	}
}

func TestEqualRunsAreEqualBytes(t *testing.T) {
	t.Parallel()
	one, other := written(t, ward(t)), written(t, ward(t))
	for _, name := range append(results[:], manifestFile) {
		if read(t, one, name) != read(t, other, name) {
			t.Errorf("%s differs between two equal runs", name)
		}
	}
}

func TestRunNeverTakesTheFolderOfSomethingElse(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		there   []string // files in the folder
		run     bool     // and a run
		replace bool
		free    bool
	}{
		"nothing there":                     {free: true},
		"a run":                             {run: true},
		"a run to be replaced":              {run: true, replace: true, free: true},
		"a run with notes beside it":        {run: true, there: []string{"notes.txt"}, replace: true},
		"somebody's folder":                 {there: []string{"thesis.txt"}, replace: true},
		"somebody's folder with a manifest": {there: []string{manifestFile}, replace: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := ward(t)
			dir := filepath.Join(t.TempDir(), "run")
			if c.run {
				dir = written(t, r)
			}
			os.MkdirAll(dir, 0o700)
			for _, file := range c.there {
				os.WriteFile(filepath.Join(dir, file), []byte("precious"), 0o600)
			}
			before := listing(t, filepath.Dir(dir))
			_, err := r.Write(t.Context(), dir, c.replace)
			var occupied *Occupied
			if c.free && err != nil || !c.free && !errors.As(err, &occupied) {
				t.Errorf("got %v, want free %v", err, c.free)
			}
			if after := listing(t, filepath.Dir(dir)); !c.free && !slices.Equal(before, after) {
				t.Errorf("files before %q, after %q", before, after)
			}
		})
	}
}

// listing is every file below dir with its content.
func listing(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		all = append(all, path+": "+string(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestInterruptedRunLeavesNothing(t *testing.T) {
	t.Parallel()
	r := ward(t)
	interrupted, cancel := context.WithCancel(t.Context())
	cancel()
	parent := t.TempDir()
	if _, err := r.Write(interrupted, filepath.Join(parent, "run"), false); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
	if left, _ := os.ReadDir(parent); len(left) != 0 {
		t.Errorf("there is %v", left)
	}
}

func TestFailedReplacementKeepsTheOldRun(t *testing.T) {
	t.Parallel()
	dir := written(t, ward(t))
	before := listing(t, dir)
	if err := putInPlace(filepath.Join(dir, "no such folder"), dir, dir+"-old", true); err == nil {
		t.Error("a folder that does not exist was put in place")
	}
	if after := listing(t, dir); !slices.Equal(before, after) {
		t.Errorf("files before %q, after %q", before, after)
	}
}

func TestRunThatCameMeanwhileIsKept(t *testing.T) {
	t.Parallel()
	dir, other := written(t, ward(t)), written(t, ward(t, optimal))
	before := listing(t, dir)
	if err := putInPlace(other, dir, dir+"-old", false); err == nil {
		t.Error("a run was put in the place of another one")
	}
	if after := listing(t, dir); !slices.Equal(before, after) {
		t.Errorf("files before %q, after %q", before, after)
	}
}
