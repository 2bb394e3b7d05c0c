package roster

import (
	"fmt"
	"path"
	"strconv"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
)

// readPrefLib reads ballots of PrefLib: a .soi file (strict orders, incomplete) in which students rank projects, and a
// .dat file of the same name with the supervisors of the projects, if there is one. The .soi file counts projects from
// 1, the .dat file from 0. Without a .dat file each project is a mentor of its own with one place.
func readPrefLib(r *Roster, f *folder, rep *report) {
	rules := f.rulesFor(PrefLib, rep)
	a := &allocation{}
	soi := f.parts[".soi"]
	a.readBallots(soi, rep)
	if dat, there := f.parts[".dat"]; there {
		if nameOf, of := strings.TrimSuffix(soi.Name, path.Ext(soi.Name)), strings.TrimSuffix(dat.Name, path.Ext(dat.Name)); nameOf != of {
			rep.issue(Issue{File: dat.Name, Problem: fmt.Sprintf("the file belongs to other ballots than %s", soi.Name), Instead: fmt.Sprintf("take it away, or rename it to %s.dat", nameOf)})
			return
		}
		a.readOffers(r, dat, rep)
	} else {
		a.single = true
		for i := range a.projects {
			a.projects[i].supervisor = i
			a.supervisors = append(a.supervisors, supervisor{id: a.projects[i].id, capacity: 1})
		}
	}
	if rep.failed() {
		return
	}
	a.pose(r, rules, match.Optimal, rep)
}

// mostBallots bounds the number of alternatives and of voters. One line can stand for many voters.
const mostBallots = 100_000

// A ballotReader reads a .soi file line by line.
type ballotReader struct {
	file         string
	rep          *report
	line         int
	alternatives int // as the header says; 0: not yet
	voters       int
	names        map[int]string
}

func (in *ballotReader) fault(value, problem, instead string) {
	in.rep.issue(Issue{File: in.file, Row: in.line, Value: value, Problem: problem, Instead: instead})
}

// readBallots makes a student of each voter and a project of each alternative.
func (a *allocation) readBallots(file Input, rep *report) {
	text, ok := asText(file, rep)
	if !ok {
		return
	}
	in := &ballotReader{file: file.Name, rep: rep, names: map[int]string{}}
	ballots, pairs := 0, 0
	for line := range strings.Lines(text) {
		in.line++
		line = strings.TrimSpace(line)
		if header, ok := strings.CutPrefix(line, "#"); ok {
			in.header(strings.TrimSpace(header))
			continue
		}
		if line == "" {
			continue
		}
		if in.alternatives == 0 {
			in.fault("", "a ballot comes before the number of alternatives", `write "# NUMBER ALTERNATIVES:" and the number on a line before it`)
			return
		}
		times, choices, ok := in.ballot(line)
		if !ok {
			continue
		}
		ballots += times
		pairs += times * len(choices)
		if ballots > mostBallots || pairs > mostPairs {
			in.fault("", fmt.Sprintf("there are more than %d ballots, or than %d choices in them", mostBallots, mostPairs), "split the file")
			return
		}
		for range times {
			a.students = append(a.students, student{choices: choices})
		}
	}
	if ballots == 0 && !rep.failed() {
		rep.issue(Issue{File: in.file, Problem: "there is no ballot in the file", Instead: "write lines such as \"1: 20,18,19\""})
	}
	if in.voters != 0 && in.voters != ballots && !rep.failed() {
		rep.issue(Issue{File: in.file, Problem: fmt.Sprintf("the header promises %d voters and there are %d", in.voters, ballots), Instead: "fetch the whole file again"})
	}
	if rep.failed() {
		return
	}
	a.nameBallots(in)
}

// nameBallots gives students numbers by their order in the file, and projects the names of the file.
func (a *allocation) nameBallots(in *ballotReader) {
	width := len(strconv.Itoa(len(a.students)))
	for i := range a.students {
		a.students[i].id = fmt.Sprintf("Student %0*d", width, i+1)
	}
	taken := map[string]bool{}
	for n := 1; n <= in.alternatives; n++ {
		name := in.names[n]
		if name == "" || taken[name] {
			name = fmt.Sprintf("Alternative %d", n)
		}
		for taken[name] {
			name += "'"
		}
		taken[name] = true
		a.projects = append(a.projects, project{id: name, capacity: 1})
	}
	for _, s := range a.students {
		for _, c := range s.choices {
			a.projects[c.project].chosen = true
		}
	}
}

// header reads a line such as "NUMBER ALTERNATIVES: 61".
func (in *ballotReader) header(line string) {
	key, value, _ := strings.Cut(line, ":")
	key, value = strings.TrimSpace(key), strings.TrimSpace(value)
	switch {
	case key == "NUMBER ALTERNATIVES":
		in.alternatives = in.number(value, 1)
	case key == "NUMBER VOTERS":
		in.voters = in.number(value, 1)
	case key == "DATA TYPE" && value != "soi":
		in.fault(value, "is another kind of ballots", "fetch the .soi file")
	case strings.HasPrefix(key, "ALTERNATIVE NAME "):
		n := in.number(strings.TrimPrefix(key, "ALTERNATIVE NAME "), 1)
		if len(value) > mostIDBytes || strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			in.fault(value, "is no name", fmt.Sprintf("write at most %d characters", mostIDBytes))
			return
		}
		in.names[n] = value
	}
}

func (in *ballotReader) number(text string, from int) int {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || n < from || n > mostBallots {
		in.fault(text, "is no number that fits here", fmt.Sprintf("write a number from %d to %d", from, mostBallots))
		return from
	}
	return n
}

// ballot reads a line such as "1: 20,18,19": how many voters, and their order.
func (in *ballotReader) ballot(line string) (times int, choices []choice, ok bool) {
	before := len(in.rep.issues)
	count, order, colon := strings.Cut(line, ":")
	if !colon {
		in.fault(line, "is no ballot", `write how many voters and their order, as in "1: 20,18,19"`)
		return 0, nil, false
	}
	if strings.ContainsAny(order, "{}") {
		in.fault(line, "ranks some alternatives equally, which a .soi file cannot", "write a strict order without braces")
		return 0, nil, false
	}
	times = in.number(count, 1)
	seen := map[int]bool{}
	for k, item := range strings.Split(order, ",") {
		n := in.number(item, 1)
		if n > in.alternatives {
			in.fault(strings.TrimSpace(item), "is not among the alternatives", fmt.Sprintf("write a number from 1 to %d", in.alternatives))
		} else if seen[n] {
			in.fault(strings.TrimSpace(item), "stands twice in one order", "delete the second one")
		}
		seen[n] = true
		choices = append(choices, choice{n - 1, k + 1})
	}
	return times, choices, len(in.rep.issues) == before
}

// readOffers reads the supervisors: name, capacity, and the projects, counted from 0, with spaces between them.
func (a *allocation) readOffers(r *Roster, dat Input, rep *report) {
	t := readTable(dat, rep)
	if t == nil {
		return
	}
	name, capacity, offers := t.require(rep, "Supervisor"), t.require(rep, "Capacity"), t.require(rep, "Projects")
	if name < 0 || capacity < 0 || offers < 0 || rep.failed() {
		return
	}
	at := map[string]int{}
	offeredBy := map[int]string{}
	closed := map[int]bool{}
	for _, row := range t.rows {
		id, ok := t.newID(row, name, at, rep)
		if !ok {
			continue
		}
		places, _ := t.places(row, capacity, rep)
		for _, item := range strings.Fields(row.cells[offers]) {
			n, err := strconv.Atoi(item)
			if err != nil || n < 0 || n >= len(a.projects) {
				rep.issue(Issue{
					File: t.file, Sheet: t.sheet, Row: row.number, Column: t.header[offers], Value: item, Problem: "is no project",
					Instead: fmt.Sprintf("write numbers from 0 to %d with spaces between them", len(a.projects)-1),
				})
				continue
			}
			if other, twice := offeredBy[n]; twice {
				rep.issue(Issue{
					File: t.file, Sheet: t.sheet, Row: row.number, Column: t.header[offers], Value: item, Problem: fmt.Sprintf("is offered by %s already", other),
					Instead: "keep it with one supervisor",
				})
				continue
			}
			offeredBy[n] = id
			a.projects[n].supervisor = len(a.supervisors)
			closed[n] = places == 0
		}
		if places == 0 {
			rep.note(Issue{File: t.file, Sheet: t.sheet, Row: row.number, Value: id, Problem: "takes nobody", Instead: "set aside; choices of these projects cannot come true"})
			r.SetAside = append(r.SetAside, SetAside{match.MentorSide, id, "takes nobody", t.file, row.number})
		}
		a.supervisors = append(a.supervisors, supervisor{id, places, row.number})
	}
	for n, p := range a.projects {
		if _, ok := offeredBy[n]; !ok && p.chosen {
			rep.issue(Issue{File: t.file, Sheet: t.sheet, Problem: fmt.Sprintf("project %d, which somebody chose, has no supervisor", n), Instead: "add it to the projects of its supervisor"})
		}
	}
	a.close(closed)
}
