package run

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
)

func TestRunFolderIsAcceptedAsItWasWritten(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*match.Builder){
		"stable":             func(*match.Builder) {},
		"best for mentors":   func(b *match.Builder) { b.Aim = match.StableForMentors },
		"tied":               tie,
		"best by the goals":  optimal,
		"minimums met":       func(b *match.Builder) { optimal(b); b.HardMinimums = true },
		"minimums not met":   unreachable,
		"soft minimum unmet": func(b *match.Builder) { optimal(b); b.Person(match.MentorSide, "uma", 3, 2) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			report, err := Check(t.Context(), written(t, ward(t, change)))
			if err != nil || report.Refused() > 0 {
				t.Errorf("got %v and\n%v", err, report)
			}
		})
	}
}

func optimal(b *match.Builder) {
	b.Aim = match.Optimal
	b.Goals = []match.Goal{{Name: "placed", Pairs: true}, {Name: "suitability", Column: "suitability"}}
}

func tie(b *match.Builder) {
	b.Person(match.MenteeSide, "fay", 1, 0)
	for _, mentor := range []string{"singh", "tam"} {
		b.Pair(match.Pair{Mentee: "fay", Mentor: mentor, Purpose: "research", MenteeRank: 1, MentorRank: 9})
	}
}

func unreachable(b *match.Builder) {
	optimal(b)
	b.HardMinimums = true
	b.Person(match.MentorSide, "uma", 3, 2)
}

// A forgery changes a file of a run folder, knowing everything.
type forgery struct {
	file    string
	change  func(string) string
	refused string // in the words of the report
}

func replace(old, new string) func(string) string {
	return func(s string) string { return strings.Replace(s, old, new, 1) }
}

func swapLines(i, j int) func(string) string {
	return func(s string) string {
		lines := strings.SplitAfter(s, "\n")
		lines[i], lines[j] = lines[j], lines[i]
		return strings.Join(lines, "")
	}
}

var forgeries = map[string]forgery{
	"two mentors swapped":               {pairsFile, swapMentors, "pairs.csv row 3 is not in the certificate"},
	"two ids swapped without names":     {pairsFile, replace("ana,Ana,roy", "ana,Ana,singh"), "has another name here"},
	"a row deleted":                     {pairsFile, func(s string) string { return s[:strings.LastIndex(s, "ben,")] }, "lacks a row of the certificate: ben, singh"},
	"a row added":                       {pairsFile, func(s string) string { return s + "dee,Dee,tam,Tam,research,2,1,-3,new,6\n" }, "row 5 is not in the certificate"},
	"a row doubled":                     {pairsFile, func(s string) string { return s + s[strings.LastIndex(s, "ben,"):] }, "row 5 is there twice"},
	"rows reordered":                    {pairsFile, swapLines(2, 3), "the right rows in another order"},
	"a rank changed":                    {pairsFile, replace("research,1,1", "research,1,2"), "row 3 is not in the certificate"},
	"a state changed":                   {pairsFile, replace("existing", "new"), "row 3 is not in the certificate"},
	"the heading changed":               {pairsFile, replace("purpose", "why"), "another heading"},
	"saved again":                       {pairsFile, func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }, "another program saved it again"},
	"the formula let loose":             {pairsFile, replace("'=cy", "=cy"), "row 2 is not in the certificate"},
	"no longer a table":                 {pairsFile, func(string) string { return `"` }, "cannot be read"},
	"emptied":                           {pairsFile, func(string) string { return "" }, "another heading"},
	"somebody unmatched hidden":         {unmatchedFile, swapOut("mentee,dee,Dee,2,0,no place left among the listed pairs\n"), "lacks a row of the certificate: mentee, dee"},
	"another reason":                    {unmatchedFile, replace("no place left among the listed pairs", "did not ask"), "row 2 is not in the certificate"},
	"a rosier summary":                  {summaryFile, replace("4\n", "5\n"), "summary.txt, line"},
	"a correction concealed":            {manifestFile, replace("corrected to 2", "corrected to 3"), "summary.txt, line"},
	"somebody set aside concealed":      {manifestFile, replace(`"eve"`, `"eva"`), "unmatched.csv row 3"},
	"a manifest with a second key":      {manifestFile, replace(`"engine"`, `"rules": "", "engine"`), "edited or damaged"},
	"a manifest of another version":     {manifestFile, replace("run/1", "run/2"), `format is "run/2"`},
	"a manifest that omits the pairs":   {manifestFile, replace(pairsFile, "pears.csv"), "lists the files"},
	"a seed in the manifest only":       {manifestFile, replace(`"source": "none"`, "\"source\": \"given\",\n    \"seed\": \"7\""), `lottery's seed is "7"`},
	"another pair chosen":               {certificateFile, replace(`"chosen": [0,1,4]`, `"chosen": [0,2,3]`), "proves nothing"},
	"a chosen pair dropped":             {certificateFile, replace(`"chosen": [0,1,4]`, `"chosen": [0,1]`), "proves nothing"},
	"another problem's certificate":     {certificateFile, replace(`"problem": "`, `"problem": "0`), "is about another problem"},
	"the problem's places changed":      {problemFile, replace(`"max": [1,1,1,2]`, `"max": [1,1,1,3]`), "is about another problem"},
	"another engine praised":            {certificateFile, replace(`"engine": "`, `"engine": "best `), "names the engine"},
	"the certificate written otherwise": {certificateFile, replace(`"outcome": `, `"outcome":  `), "certificate.json is not in the form"},
	"the problem written otherwise":     {problemFile, replace(`"kind": `, `"kind":  `), "not in the form"},
	"the problem cut short":             {problemFile, func(s string) string { return s[:len(s)/2] }, "cannot be read"},
}

func swapMentors(s string) string {
	s = strings.Replace(s, "ana,Ana,roy,Élise Roy", "ana,Ana,@", 1)
	s = strings.Replace(s, `ben,Ben,singh,"Dr. Singh, Jr."`, "ben,Ben,roy,Élise Roy", 1)
	return strings.Replace(s, "@", `singh,"Dr. Singh, Jr."`, 1)
}

func swapOut(line string) func(string) string {
	return func(s string) string { return strings.Replace(s, line, "", 1) }
}

// TestForgeriesAreRefused tries each forgery twice: as somebody does who edits a file, and as somebody who then writes
// its hash into the manifest.
func TestForgeriesAreRefused(t *testing.T) {
	t.Parallel()
	for name, f := range forgeries {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := written(t, ward(t))
			forged := f.change(read(t, dir, f.file))
			if forged == read(t, dir, f.file) {
				t.Fatal("the forgery changes nothing")
			}
			overwrite(t, dir, f.file, forged)
			if f.file != manifestFile {
				refused(t, dir, "its hash is not the one that manifest.json lists")
				rehash(t, dir, f.file)
			}
			refused(t, dir, f.refused)
		})
	}
}

func refused(t *testing.T, dir, because string) {
	t.Helper()
	report, err := Check(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, finding := range report.Findings {
		if finding.Refused && strings.Contains(finding.Text, because) {
			return
		}
	}
	t.Errorf("not refused because of %q, but\n%v", because, report)
}

func overwrite(t *testing.T, dir, name, content string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// rehash makes the manifest agree with a file.
func rehash(t *testing.T, dir, name string) {
	t.Helper()
	m, err := readManifest([]byte(read(t, dir, manifestFile)))
	if err != nil {
		t.Fatal(err)
	}
	for i := range m.Files {
		if m.Files[i].Name == name {
			m.Files[i] = fileOf(name, []byte(read(t, dir, name)))
		}
	}
	overwrite(t, dir, manifestFile, string(m.bytes()))
}

func TestMissingAndFalseFilesAreRefused(t *testing.T) {
	t.Parallel()
	for _, name := range results {
		dir := written(t, ward(t))
		os.Remove(filepath.Join(dir, name))
		refused(t, dir, name+" is missing")
		os.Mkdir(filepath.Join(dir, name), 0o700)
		refused(t, dir, name+" is no file")
	}
}

func TestLinksOutOfTheFolderAreNotFollowed(t *testing.T) {
	t.Parallel()
	dir := written(t, ward(t))
	outside := filepath.Join(t.TempDir(), pairsFile)
	if err := os.Rename(filepath.Join(dir, pairsFile), outside); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(dir, pairsFile)); err != nil {
		t.Skip("this system has no links: ", err)
	}
	refused(t, dir, pairsFile+" is no file")
}

func TestFolderWithoutManifestIsNoRun(t *testing.T) {
	t.Parallel()
	for _, dir := range []string{t.TempDir(), filepath.Join(t.TempDir(), "nowhere")} {
		if report, err := Check(t.Context(), dir); err == nil {
			t.Errorf("got\n%v\nwant an error", report)
		}
	}
}
