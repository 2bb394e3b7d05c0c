package roster

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// A place is where the rules say that a table is.
type place struct {
	file, sheet columnName // with their lines; names "": not said
}

func (w place) given() bool { return w.file.name != "" || w.sheet.name != "" }

// A spreadsheet is a file with its tables. What was found wrong in it is kept until a table of it is needed: a file
// that plays no part must not stop a matching.
type spreadsheet struct {
	part   string
	name   string
	tables []*table // none: the file cannot be read as a table
	rep    *report
	used   bool
}

// openTables reads every file that holds tables.
func openTables(f *folder) []*spreadsheet {
	var all []*spreadsheet
	for _, part := range f.tables() {
		s := &spreadsheet{part: part, name: f.parts[part].Name, rep: &report{}}
		s.tables = readTables(f.parts[part], s.rep)
		all = append(all, s)
	}
	return all
}

// tables are those of all files, by file and the order of sheets.
func allTables(files []*spreadsheet) []*table {
	var all []*table
	for _, s := range files {
		all = append(all, s.tables...)
	}
	return all
}

// ofPeople are the tables in which people may stand: those of all files but workbooks of an earlier result.
func (p *program) ofPeople() []*table {
	var all []*table
	for _, s := range p.files {
		if !s.isEdited() {
			all = append(all, s.tables...)
		}
	}
	return all
}

// isEdited says whether a workbook is the result of an earlier run, in which somebody may have decided on pairs.
func (s *spreadsheet) isEdited() bool {
	return slices.ContainsFunc(s.tables, func(t *table) bool { _, edited := editColumns(t); return edited })
}

// takeEdits reads the decisions in workbooks of an earlier result.
func (p *program) takeEdits() {
	for _, s := range p.files {
		if !s.isEdited() {
			continue
		}
		for _, t := range s.tables {
			p.used = append(p.used, t)
			if _, edited := editColumns(t); edited {
				p.checkEditedNames(p.use(t))
				p.applyEdits(readEdits(t, p.rep))
			}
		}
	}
}

// use says that a table is needed, and reports what was found wrong in it.
func (p *program) use(t *table) *table {
	for _, s := range p.files {
		if slices.Contains(s.tables, t) {
			p.useFile(s)
		}
	}
	if !slices.Contains(p.used, t) {
		p.used = append(p.used, t)
	}
	return t.use(p.rep)
}

// useFile reports what was found wrong in a file as a whole.
func (p *program) useFile(s *spreadsheet) {
	if s.used {
		return
	}
	s.used = true
	p.rep.take(s.rep)
}

// take adds what another report found.
func (r *report) take(other *report) {
	for _, issue := range other.issues {
		r.issue(issue)
	}
	for _, note := range other.notes {
		r.note(Issue(note))
	}
	r.moreIssues += other.moreIssues
	if r.moreNotes += other.moreNotes; other.moreNotes > 0 {
		r.lastNoteOf = other.lastNoteOf
	}
}

// file finds a spreadsheet by its name, in any case of letters.
func (p *program) file(name string) *spreadsheet {
	for _, s := range p.files {
		if s.part == strings.ToLower(name) {
			return s
		}
	}
	return nil
}

// tableAt is the table at a place that the rules name. If there is none it reports why and returns nil.
func (p *program) tableAt(where place) *table {
	asked := where.file
	if asked.name == "" {
		asked = where.sheet
	}
	fault := func(c columnName, problem, instead string) *table {
		p.rep.issue(Issue{File: p.rules.file, Row: c.line, Column: c.path, Value: c.name, Problem: problem, Instead: instead})
		return nil
	}
	files := p.files
	if where.file.name != "" {
		s := p.file(where.file.name)
		if s == nil && where.sheet.name == "" {
			if t := p.sheetNamed(where.file.name); t != nil {
				return p.use(t)
			}
		}
		if s == nil {
			var names []string
			for _, other := range p.files {
				names = append(names, other.name)
			}
			return fault(where.file, "is no file among those that were given", cmp.Or(oneOf(where.file.name, names), "put it beside the rules, or delete the key"))
		}
		if len(s.tables) == 0 {
			p.useFile(s)
			return nil
		}
		files = []*spreadsheet{s}
	}
	var found []*table
	var sheets []string
	for _, t := range allTables(files) {
		sheets = append(sheets, t.sheet)
		if where.sheet.name == "" || score.Fold(t.sheet) == score.Fold(where.sheet.name) {
			found = append(found, t)
		}
	}
	switch {
	case len(found) == 1:
		return p.use(found[0])
	case len(found) > 1 && where.sheet.name != "":
		return fault(where.sheet, "is a sheet of several files", `write "file:" beside it`)
	case len(found) > 1:
		return fault(where.file, "has several sheets with tables", fmt.Sprintf(`write "sheet:" below it and one of %s`, quotedList(sheets)))
	}
	sheets = slices.DeleteFunc(sheets, func(s string) bool { return s == "" })
	return fault(asked, "is no sheet with a table", cmp.Or(oneOf(asked.name, sheets), `delete "sheet:"; the file is no workbook`))
}

// sheetNamed is the only sheet of this name in all workbooks; nil: there is none, or several.
func (p *program) sheetNamed(name string) *table {
	var found []*table
	for _, t := range allTables(p.files) {
		if t.sheet != "" && score.Fold(t.sheet) == score.Fold(name) {
			found = append(found, t)
		}
	}
	if len(found) != 1 {
		return nil
	}
	return found[0]
}

// sideTables finds the tables of both sides. Where the rules say nothing, mentees.csv and mentors.csv are meant, or
// else what the names and contents of the tables show. It reports what is missing.
func (p *program) sideTables() (sides [2]*table) {
	r := p.rules
	if r.people != nil {
		if !r.people.place.given() {
			r.people.place = p.guessPeople()
		}
		t := p.tableAt(r.people.place)
		if t == nil {
			return sides
		}
		return p.splitByRole(t)
	}
	byName := [2]string{menteesFile, mentorsFile}
	for side := range sides {
		if !r.sides[side].place.given() && p.file(byName[side]) != nil {
			r.sides[side].place = place{file: columnName{name: byName[side]}}
		}
	}
	if !r.sides[0].place.given() || !r.sides[1].place.given() {
		if !p.guessSides() {
			return sides
		}
		if r.people != nil {
			return p.sideTables()
		}
	}
	for side := range sides {
		sides[side] = p.tableAt(r.sides[side].place)
	}
	if sides[0] != nil && sides[0] == sides[1] {
		named := r.sides[1].place.sheet
		if named.name == "" {
			named = r.sides[1].place.file
		}
		p.rep.issue(Issue{
			File: p.rules.file, Row: named.line, Column: named.path, Value: named.name, Problem: "is the table of the mentees too",
			Instead: `write "people:" with "role:" in place of the two, which says who is who in one table`,
		})
		return [2]*table{}
	}
	return sides
}

// guessPeople is the only table, or the one that holds both sides as far as can be told.
func (p *program) guessPeople() place {
	tables := p.ofPeople()
	if len(tables) == 1 {
		return placeOf(tables[0])
	}
	if l := newInference(tables).arrange(&report{}); l != nil && l.people != nil {
		return placeOf(l.people.table)
	}
	file := columnName{line: p.rules.people.line, path: "people"}
	if len(tables) > 0 {
		file.name = tables[0].file
	}
	return place{file: file}
}

// guessSides finds out which tables hold the people when the rules do not say it, and notes what it found.
func (p *program) guessSides() bool {
	if missing := p.missingSide(); missing != "" {
		p.reportMissing(missing)
		return false
	}
	for side := range p.rules.sides {
		if p.rules.sides[1-side].place.given() {
			return p.guessSide(match.Side(side))
		}
	}
	l := p.arranged(newInference(p.ofPeople()))
	if l == nil {
		return false
	}
	if l.people != nil {
		p.rules.people = l.peopleRules()
		p.noteTaken(l.people.table, "mentees and mentors")
		return true
	}
	for side, v := range l.sides {
		p.rules.sides[side].place = placeOf(v.table)
		p.noteTaken(v.table, match.Side(side).String()+"s")
	}
	return true
}

// arranged finds out which tables hold whom, or reports why that cannot be told: because some cannot be read, if so.
func (p *program) arranged(in *inference) *arrangement {
	rep := &report{}
	a := in.arrange(rep)
	if a != nil {
		return a
	}
	for _, s := range p.files {
		p.useFile(s)
		for _, t := range s.tables {
			t.use(p.rep)
		}
	}
	if !p.rep.failed() {
		p.rep.take(rep)
	}
	return nil
}

func (p *program) noteTaken(t *table, what string) {
	p.rep.note(Issue{File: t.file, Sheet: t.sheet, Problem: "is not named in the rules", Instead: "taken for the table of " + what})
}

// guessSide finds the table of one side where that of the other is known: the only other one with people, or the only
// one that is named after the side.
func (p *program) guessSide(side match.Side) bool {
	theirs := p.rules.sides[1-side].place
	var others, named []*table
	for _, v := range newInference(p.ofPeople()).tables {
		isTheirs := (theirs.file.name == "" || strings.EqualFold(v.table.file, theirs.file.name)) && (theirs.sheet.name == "" || score.Fold(v.table.sheet) == score.Fold(theirs.sheet.name))
		if isTheirs || !v.holdsPeople() {
			continue
		}
		others = append(others, v.table)
		if of, known := v.namedSide(); known && of == int(side) {
			named = append(named, v.table)
		}
	}
	if len(named) != 1 {
		named = others
	}
	if len(named) != 1 {
		p.rep.issue(Issue{
			File: p.rules.file, Problem: fmt.Sprintf("nothing says which table holds the %ss", side),
			Instead: fmt.Sprintf(`write "file:" and its name under "%ss"`, side),
		})
		return false
	}
	p.rules.sides[side].place = placeOf(named[0])
	p.noteTaken(named[0], side.String()+"s")
	return true
}

func (p *program) reportMissing(name string) {
	p.rep.issue(Issue{File: name, Problem: "the file is missing", Instead: "put it into the folder; there is " + quotedList(p.folder.files)})
}

// missingSide is the one of mentees.csv and mentors.csv that is not there, if the other is, and nothing else.
func (p *program) missingSide() string {
	for side, name := range [2]string{menteesFile, mentorsFile} {
		other := [2]string{mentorsFile, menteesFile}[side]
		rest := slices.DeleteFunc(slices.Clone(p.files), func(s *spreadsheet) bool { return s.part == pairsFile || s.isEdited() })
		if len(rest) == 1 && rest[0].part == other && len(rest[0].tables) < 2 {
			return name
		}
	}
	return ""
}

func placeOf(t *table) place {
	return place{file: columnName{name: t.file}, sheet: columnName{name: t.sheet}}
}

// noteIdleTables names the tables that nothing was read from.
func (p *program) noteIdleTables() {
	for _, s := range p.files {
		if len(s.tables) == 0 && !s.used {
			p.folder.idle(s.name, "", p.rep)
		}
		for _, t := range s.tables {
			if !slices.Contains(p.used, t) {
				p.folder.idle(t.file, t.sheet, p.rep)
			}
		}
	}
}

// usedFiles are the names of the files from which something was read.
func (p *program) usedFiles() []string {
	names := map[string]bool{}
	for _, t := range p.used {
		names[t.file] = true
	}
	return slices.Sorted(maps.Keys(names))
}
