package roster

import (
	"bytes"
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/match/score"
)

// Format is what a set of files was recognised as.
type Format string

const (
	// People are tables of mentees and mentors, or one table of both, with rules or without, and perhaps pairs.
	People Format = "mentors and mentees"
	// StudentProject are students.csv, projects.csv and supervisors.csv.
	StudentProject Format = "student-project allocation"
	// PrefLib is a .soi file, and perhaps a .dat file with the supervisors of its projects.
	PrefLib Format = "PrefLib ballots"
)

// The names of files that have a part of their own, in any case of letters. Other tables may have any name.
const (
	menteesFile     = "mentees.csv"
	mentorsFile     = "mentors.csv"
	pairsFile       = "pairs.csv"
	rulesFile       = "rules.yaml"
	studentsFile    = "students.csv"
	projectsFile    = "projects.csv"
	supervisorsFile = "supervisors.csv"
)

// A folder is a set of files by the part that each plays: its name in lower case, or ".soi" and ".dat".
type folder struct {
	shape
	parts map[string]Input
	files []string // the names of all files, those that play no part too
}

// theFolder stands for all files together in issues that are about no single one.
const theFolder = "the folder"

// recognise tells the format by the names of the files, and notes which files play no part. Without a format it
// returns nil and has reported why.
func recognise(inputs []Input, rep *report) *folder {
	f := &folder{parts: map[string]Input{}}
	var idle []Input
	for _, in := range inputs {
		f.files = append(f.files, in.Name)
		part := partOf(in.Name)
		if part == "" {
			idle = append(idle, in)
			continue
		}
		if other, twice := f.parts[part]; twice {
			rep.issue(Issue{File: in.Name, Problem: fmt.Sprintf("the file has the same part as %s", other.Name), Instead: "keep one of them in the folder"})
			continue
		}
		if len(in.Data) > mostFileBytes {
			rep.issue(Issue{File: in.Name, Problem: fmt.Sprintf("the file is larger than %d MB", mostFileBytes>>20), Instead: "look whether it is the right file"})
			continue
		}
		f.parts[part] = in
	}
	if rep.failed() || !f.choose(rep) {
		return nil
	}
	for _, part := range f.unused() {
		idle = append(idle, f.parts[part])
		delete(f.parts, part)
	}
	for _, in := range idle {
		f.idle(in.Name, "", rep)
	}
	return f
}

// idle notes that a file or a sheet of it plays no part.
func (f *folder) idle(file, sheet string, rep *report) {
	rep.note(Issue{File: file, Sheet: sheet, Problem: "is no part of what was recognised, " + string(f.format), Instead: "not read"})
}

// partOf is the part that a file plays by its name; "" when it can play none.
func partOf(name string) string {
	part := strings.ToLower(name)
	switch ext := path.Ext(part); {
	case ext == ".soi" || ext == ".dat":
		return ext
	case isTableFile(part):
		return part
	case (ext == ".yml" || ext == ".yaml") && strings.TrimSuffix(part, ext)+".yaml" == rulesFile:
		return rulesFile
	}
	return ""
}

// tableExtensions are the names of files with tables. Of those that are not read the reader says what to do with them.
var tableExtensions = slices.Concat(textExtensions, workbookExtensions, otherSpreadsheets)

// isTableFile says whether a file holds tables by its name.
func isTableFile(name string) bool {
	return slices.Contains(tableExtensions, strings.ToLower(path.Ext(name)))
}

// tables are the names of the parts that hold tables, in their order.
func (f *folder) tables() []string {
	var tables []string
	for part := range f.parts {
		if isTableFile(part) {
			tables = append(tables, part)
		}
	}
	slices.Sort(tables)
	return tables
}

// A shape is the files that make a format.
type shape struct {
	format Format
	own    []string // all of them are needed; nil: tables of any name
	others []string // may be there besides
}

// choose finds the one shape that the files have, and reports the files that it lacks.
func (f *folder) choose(rep *report) bool {
	var found []shape
	projects := shape{StudentProject, []string{studentsFile, projectsFile, supervisorsFile}, nil}
	ballots := shape{PrefLib, []string{".soi"}, []string{".dat"}}
	if people := f.tables(); f.has(menteesFile) || f.has(mentorsFile) || len(people) > 0 && !f.has(ballots.own...) && !f.isStudentProject() {
		found = append(found, shape{People, nil, nil})
	}
	if f.isStudentProject() {
		found = append(found, projects)
	}
	if f.has(ballots.own...) {
		found = append(found, ballots)
	}
	var formats []string
	for _, shape := range found {
		formats = append(formats, string(shape.format))
	}
	if len(found) == 0 {
		rep.issue(Issue{
			File: theFolder, Problem: "nothing here can be matched: there is " + cmp.Or(quotedList(f.files), "no file"),
			Instead: "put the table of your people there, as CSV or XLSX",
		})
		return false
	}
	if len(found) > 1 {
		rep.issue(Issue{
			File: theFolder, Problem: "there are files of several formats, " + quotedList(formats),
			Instead: "put the files of one matching into a folder of their own",
		})
		return false
	}
	f.shape = found[0]
	for _, part := range f.own {
		if !f.has(part) {
			rep.issue(Issue{File: part, Problem: "the file is missing", Instead: "put it into the folder; there is " + quotedList(f.files)})
		}
	}
	return !rep.failed()
}

func (f *folder) has(parts ...string) bool {
	for _, part := range parts {
		if _, there := f.parts[part]; !there {
			return false
		}
	}
	return true
}

// isStudentProject says whether the files are of a student-project allocation. Students and supervisors may be people
// like others; with projects, or with choices under "0", "1" and so on, they are not.
func (f *folder) isStudentProject() bool {
	if f.has(projectsFile) {
		return f.has(studentsFile) || f.has(supervisorsFile)
	}
	if !f.has(studentsFile, supervisorsFile) {
		return false
	}
	header, _, _ := bytes.Cut(f.parts[studentsFile].Data, []byte("\n"))
	for _, heading := range strings.FieldsFunc(string(header), func(r rune) bool { return strings.ContainsRune(",;\t", r) }) {
		if score.Fold(heading) == "rank" {
			return true
		}
	}
	return false
}

// unused are the parts that the shape has no use for.
func (f *folder) unused() []string {
	var unused []string
	for part := range f.parts {
		if part != rulesFile && !slices.Contains(f.own, part) && !slices.Contains(f.others, part) && (f.format != People || !isTableFile(part)) {
			unused = append(unused, part)
		}
	}
	slices.Sort(unused)
	return unused
}
