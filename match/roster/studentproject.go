package roster

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// readStudentProject reads a student-project allocation: students.csv with name, rank and choices in the columns 0, 1,
// 2, ...; projects.csv with code, capacity and supervisor; supervisors.csv with name and capacity. Supervisors prefer
// the students of better rank. What contradicts itself in a way that has one sensible meaning is put right with a note.
func readStudentProject(r *Roster, f *folder, rep *report) {
	rules := f.rulesFor(StudentProject, rep)
	tables := map[string]*table{}
	for _, part := range f.own {
		tables[part] = readTable(f.parts[part], rep)
	}
	if tables[studentsFile] == nil || tables[projectsFile] == nil || tables[supervisorsFile] == nil {
		return
	}
	a := &allocation{}
	at := a.readSupervisors(tables[supervisorsFile], rep)
	offered := a.readProjects(tables[projectsFile], at, rep)
	a.readStudents(r, tables[studentsFile], offered, rep)
	if rep.failed() {
		return
	}
	a.dropUnchosen(tables[projectsFile], rep)
	a.reconcile(tables[projectsFile], tables[supervisorsFile], rep)
	a.setAsideIdle(r, tables[supervisorsFile], rep)
	a.pose(r, rules, match.StableForMentees, rep)
}

// rulesFor reads the rules that a format without criteria may have; without a file they say nothing.
func (f *folder) rulesFor(format Format, rep *report) *rules {
	in, there := f.parts[rulesFile]
	if !there {
		return &rules{}
	}
	rules := readRules(in, rep)
	rules.only(format, rep)
	return rules
}

// readSupervisors returns the supervisors' numbers by id. Their rows are those of the table.
func (a *allocation) readSupervisors(t *table, rep *report) map[string]int {
	name, capacity := t.require(rep, "name"), t.require(rep, "capacity")
	at := map[string]int{}
	if name < 0 || capacity < 0 {
		return at
	}
	for _, row := range t.rows {
		if id, ok := t.newID(row, name, at, rep); ok {
			places, _ := t.places(row, capacity, rep)
			a.supervisors = append(a.supervisors, supervisor{id, places, row.number})
		}
	}
	return at
}

func (a *allocation) readProjects(t *table, supervisors map[string]int, rep *report) map[string]int {
	code, capacity, offeredBy := t.require(rep, "code"), t.require(rep, "capacity"), t.require(rep, "supervisor")
	at := map[string]int{}
	if code < 0 || capacity < 0 || offeredBy < 0 {
		return at
	}
	for _, row := range t.rows {
		id, ok := t.newID(row, code, at, rep)
		if !ok {
			continue
		}
		places, _ := t.places(row, capacity, rep)
		who, known := supervisors[row.cells[offeredBy]]
		if !known && len(supervisors) > 0 {
			rep.issue(Issue{
				File: t.file, Sheet: t.sheet, Row: row.number, Column: t.header[offeredBy], Value: row.cells[offeredBy], Problem: "is not in " + supervisorsFile,
				Instead: rep.meant(row.cells[offeredBy], supervisors, "add a row for this supervisor"),
			})
		}
		a.projects = append(a.projects, project{id: id, capacity: places, supervisor: who, row: row.number})
	}
	return at
}

func (a *allocation) readStudents(r *Roster, t *table, projects map[string]int, rep *report) {
	name, rank := t.require(rep, "name"), t.require(rep, "rank")
	columns := t.numbered("", "choice ")
	if len(columns) == 0 {
		rep.issue(Issue{File: t.file, Sheet: t.sheet, Row: t.headerRow, Problem: "there are no columns for choices", Instead: `head the first choice "0", the second "1", and so on`})
	}
	if name < 0 || rank < 0 || len(columns) == 0 {
		return
	}
	at := map[string]int{}
	ranks := make([]int, 0, len(t.rows))
	for _, row := range t.rows {
		id, ok := t.newID(row, name, at, rep)
		if !ok {
			continue
		}
		n, err := strconv.Atoi(row.cells[rank])
		if err != nil || n < 0 || n > score.MaxPoints {
			rep.issue(Issue{
				File: t.file, Sheet: t.sheet, Row: row.number, Column: t.header[rank], Value: row.cells[rank], Problem: cmp.Or(emptyCell(row.cells[rank]), "is no rank"),
				Instead: "write a whole number; the student whom supervisors prefer has the smallest",
			})
		}
		s := student{id: id, rank: n, choices: a.choices(t, row, columns, projects, rep)}
		if len(s.choices) == 0 {
			r.SetAside = append(r.SetAside, SetAside{match.MenteeSide, id, "has no choices", t.file, row.number})
			rep.note(Issue{File: t.file, Sheet: t.sheet, Row: row.number, Value: id, Problem: "has no choices", Instead: "set aside"})
			continue
		}
		ranks = append(ranks, n)
		a.students = append(a.students, s)
	}
	slices.Sort(ranks)
	ranks = slices.Compact(ranks)
	for i := range a.students {
		place, _ := slices.BinarySearch(ranks, a.students[i].rank)
		a.students[i].rank = place + 1
	}
}

// choices reads a student's choices. Of a choice that stands twice the first counts.
func (a *allocation) choices(t *table, row tableRow, columns []int, projects map[string]int, rep *report) []choice {
	var list []choice
	place := map[int]int{}
	for _, c := range columns {
		code := row.cells[c]
		if code == "" {
			continue
		}
		p, known := projects[code]
		if !known {
			if len(projects) > 0 {
				rep.issue(Issue{
					File: t.file, Sheet: t.sheet, Row: row.number, Column: t.header[c], Value: code, Problem: "is not in " + projectsFile,
					Instead: rep.meant(code, projects, "add a row for this project"),
				})
			}
			continue
		}
		if before, twice := place[p]; twice {
			rep.note(Issue{
				File: t.file, Sheet: t.sheet, Row: row.number, Column: t.header[c], Value: code, Problem: "is chosen twice",
				Instead: fmt.Sprintf("counted once, as choice %d", before),
			})
			continue
		}
		list = append(list, choice{p, len(list) + 1})
		place[p] = len(list)
		a.projects[p].chosen = true
	}
	return list
}

// dropUnchosen leaves out the projects that nobody chose, before capacities are compared.
func (a *allocation) dropUnchosen(t *table, rep *report) {
	for _, p := range a.projects {
		if !p.chosen {
			rep.note(Issue{File: t.file, Sheet: t.sheet, Row: p.row, Value: p.id, Problem: "is chosen by nobody", Instead: "left out"})
		}
	}
}

// reconcile makes capacities agree: no project takes more than its supervisor, and no supervisor more than the
// projects together.
func (a *allocation) reconcile(projects, supervisors *table, rep *report) {
	sums := make([]int, len(a.supervisors))
	for i := range a.projects {
		p := &a.projects[i]
		s := a.supervisors[p.supervisor]
		if !p.chosen {
			continue
		}
		if p.capacity > s.capacity {
			rep.note(Issue{
				File: projects.file, Row: p.row, Column: "capacity", Value: strconv.Itoa(p.capacity),
				Problem: fmt.Sprintf("is more than supervisor %s takes in all", s.id), Instead: fmt.Sprintf("corrected to %d", s.capacity),
			})
			p.capacity = s.capacity
		}
		sums[p.supervisor] += p.capacity
	}
	for i := range a.supervisors {
		s := &a.supervisors[i]
		if s.capacity > sums[i] {
			rep.note(Issue{
				File: supervisors.file, Row: s.row, Column: "capacity", Value: strconv.Itoa(s.capacity),
				Problem: fmt.Sprintf("is more than the projects of %s take together", s.id), Instead: fmt.Sprintf("corrected to %d", sums[i]),
			})
			s.capacity = sums[i]
		}
	}
}

// setAsideIdle takes out the supervisors who cannot have anybody.
func (a *allocation) setAsideIdle(r *Roster, t *table, rep *report) {
	closed := map[int]bool{}
	for _, s := range a.supervisors {
		if s.capacity == 0 {
			r.SetAside = append(r.SetAside, SetAside{match.MentorSide, s.id, "has no place, or no project that anybody chose", t.file, s.row})
			rep.note(Issue{File: t.file, Sheet: t.sheet, Row: s.row, Value: s.id, Problem: "has no place, or no project that anybody chose", Instead: "set aside"})
		}
	}
	for n, p := range a.projects {
		closed[n] = a.supervisors[p.supervisor].capacity == 0
	}
	a.close(closed)
}

// emptyCell says that a cell is empty, if it is.
func emptyCell(cell string) string {
	if cell == "" {
		return "the cell is empty"
	}
	return ""
}
