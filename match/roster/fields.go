package roster

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// field makes a field of a column, once, and returns its name.
func (p *program) field(side match.Side, column int, list bool) string {
	name := fmt.Sprintf("value %d", column)
	if list {
		name = fmt.Sprintf("list %d", column)
	}
	if _, made := p.fields[side][name]; made {
		return name
	}
	s := p.sides[side]
	field := make(score.Field, len(s.persons))
	for i, one := range s.persons {
		switch cell := one.row.cells[column]; {
		case list:
			field[i] = p.split(s, column, one.row)
		case cell != "":
			field[i] = []string{cell}
		}
	}
	p.fields[side][name] = field
	return name
}

// merged makes a field of the items of several columns, once, and returns its name.
func (p *program) merged(side match.Side, columns []int) string {
	if len(columns) == 1 {
		return p.field(side, columns[0], true)
	}
	name := fmt.Sprint("lists ", columns)
	if _, made := p.fields[side][name]; made {
		return name
	}
	field := make(score.Field, len(p.sides[side].persons))
	for _, column := range columns {
		for i, items := range p.fields[side][p.field(side, column, true)] {
			field[i] = append(field[i], items...)
		}
	}
	p.fields[side][name] = field
	return name
}

// split cuts a cell into its items. The separator is the one that the rules name, or else the semicolon if the column
// has one anywhere, or a line break, or the comma.
func (p *program) split(s *people, column int, row tableRow) []string {
	separator, known := p.separators[s.side][column]
	if !known {
		if separator = p.rules.lists[score.Fold(s.table.header[column])]; separator == "" {
			separator = separatorIn(s.table, column)
		}
		p.separators[s.side][column] = separator
	}
	var items []string
	pieces := strings.Split(row.cells[column], separator)
	if separator == "," {
		pieces = s.table.answersIn(row.cells[column], column, p.rep)
	}
	for _, item := range pieces {
		if item = strings.TrimSpace(item); item == "" {
			continue
		}
		if items = append(items, item); len(items) > mostItems {
			p.rep.issue(Issue{
				File: s.table.file, Sheet: s.table.sheet, Row: row.number, Column: s.table.header[column], Problem: fmt.Sprintf("the cell has more than %d items", mostItems),
				Instead: "write fewer, or look whether a quote is missing",
			})
			return nil
		}
	}
	return items
}

func separatorIn(t *table, column int) string {
	for _, separator := range []string{";", "\n"} {
		for _, row := range t.rows {
			if strings.Contains(row.cells[column], separator) {
				return separator
			}
		}
	}
	return ","
}

// holdsWords says whether the two columns have content and no whole number anywhere.
func (p *program) holdsWords(columns ...int) bool {
	words := false
	for side, column := range columns {
		for _, one := range p.sides[side].persons {
			cell := one.row.cells[column]
			if _, err := strconv.Atoi(cell); err == nil {
				return false
			}
			words = words || cell != ""
		}
	}
	return words
}

// A levelCheck is a column that was compared with a scale.
type levelCheck struct {
	side   match.Side
	column int
	scale  *score.Scale
}

// checkLevels reports cells that are on no level.
func (p *program) checkLevels(s *people, column int, scale *score.Scale) {
	check := levelCheck{s.side, column, scale}
	if p.checked[check] {
		return
	}
	p.checked[check] = true
	for _, one := range s.persons {
		cell := one.row.cells[column]
		if _, ok := scale.Level(cell); ok || cell == "" {
			continue
		}
		issue := Issue{File: s.table.file, Sheet: s.table.sheet, Row: one.row.number, Column: s.table.header[column], Value: cell}
		if scale == nil {
			issue.Problem = "is no whole number"
			issue.Instead = fmt.Sprintf(`write one, or name the levels under "scales" in %s`, p.rules.file)
		} else {
			issue.Problem, issue.Instead = "is no level of the scale", oneOf(cell, scale.Names())
		}
		p.rep.issue(issue)
	}
}

// noteEmpty names the people whom a rule keeps from everybody because their cells are empty.
func (p *program) noteEmpty(side match.Side, columns []int, rule string) {
	s := p.sides[side]
	for _, one := range s.persons {
		if slices.ContainsFunc(columns, func(c int) bool { return one.row.cells[c] != "" }) {
			continue
		}
		issue := s.table.cell(one.row, columns[0])
		issue.Problem = "the cell is empty"
		issue.Instead = fmt.Sprintf("%s %s is paired with nobody, because the rule %q asks for it", side, one.id, rule)
		p.rep.note(issue)
	}
}

func (p *program) compilePurposes() *score.Purposes {
	rule := p.rules.purposes
	if rule == nil || rule.mentee.name == "" || rule.mentor.name == "" {
		return nil
	}
	mentee, mentor := p.column(p.sides[0], rule.mentee), p.column(p.sides[1], rule.mentor)
	if mentee < 0 || mentor < 0 {
		return nil
	}
	compiled := &score.Purposes{
		Mentee: p.field(match.MenteeSide, mentee, true), Mentor: p.field(match.MentorSide, mentor, true),
		All: rule.all, Points: rule.points,
	}
	if rule.weighted {
		compiled.Weight = rule.weight
		for place := 1; score.FitByPlace().Of(place) > 0; place++ {
			compiled.Points = append(compiled.Points, rule.weight*score.FitByPlace().Of(place))
		}
	}
	for side, name := range [...]string{compiled.Mentee, compiled.Mentor} {
		for _, list := range p.fields[side][name] {
			for _, purpose := range list {
				p.spell(purpose)
			}
		}
	}
	p.noteEmpty(match.MenteeSide, []int{mentee}, "purposes")
	p.noteEmpty(match.MentorSide, []int{mentor}, "purposes")
	return compiled
}

// brings says whether a purpose counts for the suitability of a pair.
func (p *purposesRule) brings() bool { return p != nil && (p.weighted || len(p.points) > 0) }

// spell makes the first of all spellings of a purpose the one of the problem, whoever's row comes first.
func (p *program) spell(purpose string) {
	purpose = strings.Join(strings.Fields(purpose), " ")
	folded := score.Fold(purpose)
	if before, known := p.spelling[folded]; !known || purpose < before {
		p.spelling[folded] = purpose
	}
}

// noteUnansweredPurposes names the purposes that somebody seeks and nobody offers.
func (p *program) noteUnansweredPurposes() {
	rule := p.rules.purposes
	if rule == nil {
		return
	}
	mentee, _ := p.sides[0].table.find(rule.mentee.name)
	mentor, _ := p.sides[1].table.find(rule.mentor.name)
	offered := map[string]bool{}
	for _, list := range p.fields[1][p.field(match.MentorSide, mentor, true)] {
		for _, purpose := range list {
			offered[score.Fold(purpose)] = true
		}
	}
	sought := p.fields[0][p.field(match.MenteeSide, mentee, true)]
	for i, one := range p.sides[0].persons {
		for _, purpose := range sought[i] {
			if folded := score.Fold(purpose); !offered[folded] {
				offered[folded] = true
				p.rep.note(Issue{
					File: p.sides[0].table.file, Row: one.row.number, Column: p.sides[0].table.header[mentee], Value: purpose,
					Problem: "is sought here, perhaps elsewhere too, and offered by nobody", Instead: "no pair is made for it; look whether it is spelled alike in both files",
				})
			}
		}
	}
}

// noteDoubleRoles names the people who are mentee and mentor.
func (p *program) noteDoubleRoles() {
	for _, one := range p.sides[0].persons {
		if _, both := p.sides[1].at[one.id]; both {
			p.rep.note(Issue{
				File: p.sides[0].table.file, Row: one.row.number, Value: one.id, Problem: "is in " + p.sides[1].table.file + " too",
				Instead: "taken as one person, who is not paired with themselves; two people need two ids",
			})
		}
	}
}
