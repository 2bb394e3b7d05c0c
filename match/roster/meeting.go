package roster

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// A timeColumn is a column about somebody's week, with what its heading says of days or times.
type timeColumn struct {
	column  int
	heading clause
}

// timeColumns finds a column by its heading, or the columns of a grid by what stands before the brackets: "Availability
// [Monday]" and its neighbours.
func (p *program) timeColumns(s *people, name columnName) []timeColumn {
	if at, there := s.table.find(name.name); there {
		return []timeColumn{{at, headingClause(s.table.header[at])}}
	}
	var grid []timeColumn
	for at, heading := range s.table.header {
		if before, _, bracket := strings.Cut(heading, "["); bracket && score.Fold(before) == score.Fold(name.name) {
			grid = append(grid, timeColumn{at, headingClause(heading)})
		}
	}
	if grid == nil {
		p.column(s, name) // reports that there is none
	}
	return grid
}

// headingClause is what a heading, or the brackets at its end, says of days or times: nothing, most often.
func headingClause(heading string) clause {
	if _, inside, bracket := strings.Cut(heading, "["); bracket {
		heading = strings.TrimSuffix(strings.TrimSpace(inside), "]")
	}
	if clauses, fault := readClauses(heading); fault == nil && len(clauses) == 1 {
		return clauses[0]
	}
	return clause{}
}

// compareTime makes weeks of what people say of their time.
func (p *program) compareTime(c *criterion, compared score.Comparison, must bool) (score.Comparison, bool) {
	ok := true
	var columns [2][]timeColumn
	var zoneColumns [2]int
	for side, s := range p.sides {
		for _, name := range c.columns[side] {
			columns[side] = append(columns[side], p.timeColumns(s, name)...)
		}
		ok = ok && len(columns[side]) > 0
		zoneColumns[side] = -1
		if c.zones[side].name != "" {
			zoneColumns[side] = p.column(s, c.zones[side])
			ok = ok && zoneColumns[side] >= 0
		}
	}
	if !ok {
		return compared, false
	}
	var zones [2][]*time.Location
	for side := range p.sides {
		zones[side] = p.readZones(match.Side(side), zoneColumns[side], columns[side])
	}
	shifts, ok := p.zoneShifts(c, zones)
	for side, name := range [...]*string{&compared.Mentee, &compared.Mentor} {
		*name = fmt.Sprint("weeks ", columns[side], zoneColumns[side])
		weeks := p.readWeeks(match.Side(side), columns[side])
		for i := range weeks {
			if zone := zones[side][i]; zone != nil && shifts != nil {
				weeks[i] = shifts[zone.String()].move(&weeks[i])
			}
		}
		p.weeks[side][*name] = weeks
		if must {
			var cells []int
			for _, one := range columns[side] {
				cells = append(cells, one.column)
			}
			p.noteEmpty(match.Side(side), cells, compared.Name)
		}
	}
	return compared, ok
}

// readWeeks reads the cells of everybody on one side.
func (p *program) readWeeks(side match.Side, columns []timeColumn) []score.Week {
	s := p.sides[side]
	weeks := make([]score.Week, len(s.persons))
	for i, one := range s.persons {
		for _, c := range columns {
			if one.row.cells[c.column] == "" {
				continue
			}
			week, fault := readWeek(one.row.cells[c.column], c.heading)
			if fault != nil {
				issue := s.table.cell(one.row, c.column)
				issue.Problem, issue.Instead = fault.problem, fault.instead
				p.rep.issue(issue)
				continue
			}
			weeks[i].Union(&week)
		}
	}
	return weeks
}

// readZones reads the zone of everybody on one side who says something of time; nil where there is no column for it.
func (p *program) readZones(side match.Side, column int, times []timeColumn) []*time.Location {
	s := p.sides[side]
	zones := make([]*time.Location, len(s.persons))
	if column < 0 {
		return zones
	}
	for i, one := range s.persons {
		if !slices.ContainsFunc(times, func(c timeColumn) bool { return one.row.cells[c.column] != "" }) {
			continue
		}
		cell := one.row.cells[column]
		zone, read := p.zones[cell]
		if !read {
			zone, _ = findZone(cell)
			p.zones[cell] = zone
		}
		if zones[i] = zone; zone == nil {
			issue := s.table.cell(one.row, column)
			issue.Problem = cmp.Or(emptyCell(cell), "is no time zone that is known, or may be one of several")
			issue.Instead = `write its name, such as "America/Toronto", or how far it is from UTC, such as "UTC-5"`
			p.rep.issue(issue)
		}
	}
	return zones
}

// zoneShifts prepares how weeks move, by the names of zones, unless all people are in one. That depends on
// daylight-saving time, and so on when relationships begin.
func (p *program) zoneShifts(c *criterion, zones [2][]*time.Location) (map[string]*zoneShift, bool) {
	named := map[string]*time.Location{}
	for _, side := range zones {
		for _, zone := range side {
			if zone != nil {
				named[zone.String()] = zone
			}
		}
	}
	if len(named) < 2 {
		return nil, true
	}
	first := p.rules.policy.period.from
	if first.IsZero() {
		p.rep.issue(Issue{
			File: p.rules.file, Row: c.line, Column: c.path, Problem: "compares times in several zones, and these depend on the season",
			Instead: `write when relationships begin, such as "relationship: {from: 2027-09-07}", on the top level`,
		})
		return nil, false
	}
	shifts := map[string]*zoneShift{}
	for name, zone := range named {
		shifts[name] = newZoneShift(zone, first)
	}
	return shifts, true
}

// meetingModes are the words of forms for how people can meet.
var meetingModes = newMeetingModes()

// A meetingMode says whether somebody can meet in person and from afar.
type meetingMode struct{ inPerson, distance bool }

func newMeetingModes() map[string]meetingMode {
	modes := map[string]meetingMode{}
	for mode, words := range map[meetingMode]string{
		{inPerson: true}:                 "in person|in-person|on site|onsite|on-site|face to face|face-to-face|en personne|en presence|présentiel|en présentiel|sur place",
		{distance: true}:                 "distance|at a distance|remote|online|virtual|virtually|video|by video|zoom|teams|à distance|en ligne|virtuel|virtuelle|par vidéo|distanciel",
		{inPerson: true, distance: true}: "hybrid|either|both|any|no preference|flexible|hybride|les deux|l'un ou l'autre|peu importe|sans préférence",
	} {
		for word := range strings.SplitSeq(words, "|") {
			modes[plainLetters(word)] = mode
		}
	}
	return modes
}

// compareModes makes lists of the ways in which people can meet: from afar, and in person at each of their sites. Two
// people can meet if they share one.
func (p *program) compareModes(c *criterion, compared score.Comparison) (score.Comparison, bool) {
	modes, ok := p.columnsOfSides(c.columns)
	sites, fine := p.columnsOfSides(c.sites)
	if !ok || !fine {
		return compared, false
	}
	for side, name := range [...]*string{&compared.Mentee, &compared.Mentor} {
		*name = fmt.Sprint("modes ", modes[side], sites[side])
		places := p.fields[side][p.merged(match.Side(side), sites[side])]
		field := make(score.Field, len(places))
		for i := range field {
			mode := p.readMode(p.sides[side], i, modes[side])
			if mode.distance {
				field[i] = append(field[i], "at a distance")
			}
			for _, place := range places[i] {
				if mode.inPerson {
					field[i] = append(field[i], "in person at "+place)
				}
			}
		}
		p.fields[side][*name] = field
	}
	return compared, true
}

// readMode is how person number i can meet. Nothing written is both.
func (p *program) readMode(s *people, i int, columns []int) meetingMode {
	var mode meetingMode
	written := false
	for _, column := range columns {
		for _, word := range p.fields[s.side][p.field(s.side, column, true)][i] {
			one, known := meetingModes[plainLetters(word)]
			if !known {
				issue := s.table.cell(s.persons[i].row, column)
				issue.Value, issue.Problem, issue.Instead = word, "is no way to meet", `write "in person", "distance" or "hybrid"`
				p.rep.issue(issue)
			}
			written = true
			mode.inPerson, mode.distance = mode.inPerson || one.inPerson, mode.distance || one.distance
		}
	}
	if !written {
		return meetingMode{true, true}
	}
	return mode
}
