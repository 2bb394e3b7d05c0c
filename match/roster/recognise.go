package roster

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
)

// Format is what a set of files was recognised as.
type Format string

const (
	// People are mentors.csv and mentees.csv with rules.yaml, and perhaps pairs.csv.
	People Format = "mentors and mentees"
	// StudentProject are students.csv, projects.csv and supervisors.csv.
	StudentProject Format = "student-project allocation"
	// PrefLib is a .soi file, and perhaps a .dat file with the supervisors of its projects.
	PrefLib Format = "PrefLib ballots"
)

// The names of files, in any case of letters.
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
}

// theFolder stands for all files together in issues that are about no single one.
const theFolder = "the folder"

// recognise tells the format by the names of the files, and notes which files play no part. Without a format it
// returns nil and has reported why.
func recognise(inputs []Input, rep *report) *folder {
	f := &folder{parts: map[string]Input{}}
	var idle []Input
	for _, in := range inputs {
		part := strings.ToLower(in.Name)
		switch path.Ext(part) {
		case ".soi", ".dat":
			part = path.Ext(part)
		case ".yml", ".yaml":
			if part = strings.TrimSuffix(part, path.Ext(part)) + ".yaml"; part != rulesFile {
				idle = append(idle, in)
				continue
			}
		default:
			if !slices.Contains([]string{menteesFile, mentorsFile, pairsFile, studentsFile, projectsFile, supervisorsFile}, part) {
				idle = append(idle, in)
				continue
			}
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
	if rep.failed() || !f.choose(inputs, rep) {
		return nil
	}
	for _, part := range f.unused() {
		idle = append(idle, f.parts[part])
		delete(f.parts, part)
	}
	for _, in := range idle {
		rep.note(Issue{File: in.Name, Problem: "is no part of what was recognised, " + string(f.format), Instead: "not read"})
	}
	return f
}

// A shape is the files that make a format.
type shape struct {
	format Format
	own    []string // each says that the files are of this format; all of them are needed
	rules  bool     // and so are rules
	others []string // may be there besides
}

var shapes = []shape{
	{People, []string{menteesFile, mentorsFile}, true, []string{pairsFile}},
	{StudentProject, []string{studentsFile, projectsFile, supervisorsFile}, false, nil},
	{PrefLib, []string{".soi"}, false, []string{".dat"}},
}

// choose finds the one shape that the files have, and reports the files that it lacks.
func (f *folder) choose(inputs []Input, rep *report) bool {
	names := make([]string, len(inputs))
	for i, in := range inputs {
		names[i] = in.Name
	}
	var found []shape
	var formats []string
	for _, shape := range shapes {
		if len(f.missing(shape.own)) < len(shape.own) {
			found = append(found, shape)
			formats = append(formats, string(shape.format))
		}
	}
	if len(found) == 0 {
		rep.issue(Issue{
			File: theFolder, Problem: "nothing here can be matched: there is " + cmp.Or(quotedList(names), "no file"),
			Instead: fmt.Sprintf("name your files %s, %s and %s", menteesFile, mentorsFile, rulesFile),
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
	for _, part := range f.missing(f.own) {
		rep.issue(Issue{File: part, Problem: "the file is missing", Instead: "put it into the folder; there is " + quotedList(names)})
	}
	if _, there := f.parts[rulesFile]; f.rules && !there {
		rep.issue(Issue{File: rulesFile, Problem: "the file is missing", Instead: `write one; "version: 1" is enough to begin`})
	}
	return !rep.failed()
}

func (f *folder) missing(parts []string) []string {
	var missing []string
	for _, part := range parts {
		if _, ok := f.parts[part]; !ok {
			missing = append(missing, part)
		}
	}
	return missing
}

// unused are the parts that the shape has no use for.
func (f *folder) unused() []string {
	var unused []string
	for part := range f.parts {
		if part != rulesFile && !slices.Contains(f.own, part) && !slices.Contains(f.others, part) {
			unused = append(unused, part)
		}
	}
	slices.Sort(unused)
	return unused
}
