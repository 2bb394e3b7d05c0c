package roster

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// compileRules brings the criteria to the form that the scorer takes: columns become fields, and every cell that a
// criterion cannot read is reported.
func (p *program) compileRules() score.Rules {
	var rules score.Rules
	for i := range p.rules.must {
		c := &p.rules.must[i]
		compared, ok := p.compare(c)
		if !ok {
			continue
		}
		must := score.Must{Comparison: compared, From: 1, To: math.MaxInt}
		switch {
		case kinds[c.kind].negated:
			must.From, must.To = 0, 0
		case c.kind == "gap":
			must.From, must.To = math.MinInt, math.MaxInt
			if c.from != nil {
				must.From = *c.from
			}
			if c.to != nil {
				must.To = *c.to
			}
		case c.least != nil:
			must.From = *c.least
		}
		rules.Must = append(rules.Must, must)
		if !kinds[c.kind].negated {
			p.noteEmpty(match.MenteeSide, c.mentee, must.Name)
			p.noteEmpty(match.MentorSide, c.mentor, must.Name)
		}
	}
	for i := range p.rules.points {
		c := &p.rules.points[i]
		if compared, ok := p.compare(c); ok {
			points := c.rule
			points.Comparison = compared
			rules.Points = append(rules.Points, points)
		}
	}
	rules.Purposes = p.compilePurposes()
	return rules
}

// compare finds the columns of a criterion.
func (p *program) compare(c *criterion) (score.Comparison, bool) {
	kind := kinds[c.kind]
	compared := score.Comparison{Name: c.label(), Measure: kind.measure}
	if kind.choice {
		return p.compareChoice(c, compared)
	}
	mentee, mentor := p.column(p.sides[0], c.mentee), p.column(p.sides[1], c.mentor)
	if mentee < 0 || mentor < 0 {
		return compared, false
	}
	compared.Mentee, compared.Mentor = p.field(match.MenteeSide, mentee, kind.lists[0]), p.field(match.MentorSide, mentor, kind.lists[1])
	if kind.measure == score.Gap {
		scale, ok := p.scaleOf(c)
		if !ok {
			return compared, false
		}
		if scale == nil && p.holdsWords(mentee, mentor) {
			p.rep.issue(Issue{
				File: p.rules.file, Row: c.line, Column: c.path, Value: c.mentee.name, Problem: "holds words, and nothing says which is higher",
				Instead: fmt.Sprintf(`name the levels of %q under "scales", the lowest first`, c.mentee.name),
			})
			return compared, false
		}
		compared.Scale = scale
		p.checkLevels(p.sides[0], mentee, scale)
		p.checkLevels(p.sides[1], mentor, scale)
	}
	return compared, true
}

// compareChoice makes the choices of one side a field, beside the ids of the other.
func (p *program) compareChoice(c *criterion, compared score.Comparison) (score.Comparison, bool) {
	side := match.MenteeSide
	compared.Measure = score.PlaceWithMentee
	if c.mentee.name == "mentor" {
		side, compared.Measure = match.MentorSide, score.PlaceWithMentor
	}
	if !p.sides[side].chooses {
		p.rep.issue(Issue{
			File: p.rules.file, Row: c.line, Column: c.path, Problem: fmt.Sprintf("%s has no columns for choices", p.sides[side].table.file),
			Instead: fmt.Sprintf(`name them after "choices:" under "%ss", or delete the criterion`, side),
		})
		return compared, false
	}
	choices := make(score.Field, len(p.sides[side].persons))
	for i, one := range p.sides[side].persons {
		choices[i] = one.choices
	}
	ids := make(score.Field, len(p.sides[1-side].persons))
	for j, one := range p.sides[1-side].persons {
		ids[j] = []string{one.id}
	}
	p.fields[side]["choices"], p.fields[1-side]["id"] = choices, ids
	compared.Mentee, compared.Mentor = "choices", "id"
	if side == match.MentorSide {
		compared.Mentee, compared.Mentor = "id", "choices"
	}
	return compared, true
}

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
	for item := range strings.SplitSeq(row.cells[column], separator) {
		if item = strings.TrimSpace(item); item == "" {
			continue
		}
		if items = append(items, item); len(items) > mostItems {
			p.rep.issue(Issue{
				File: s.table.file, Row: row.number, Column: s.table.header[column], Problem: fmt.Sprintf("the cell has more than %d items", mostItems),
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

// scaleOf is the scale of a gap: the one that the criterion names, or that of one of its columns, or none, which takes
// the cells as whole numbers.
func (p *program) scaleOf(c *criterion) (*score.Scale, bool) {
	if c.scale == "" {
		if scale := p.rules.scales[score.Fold(c.mentee.name)]; scale != nil {
			return scale, true
		}
		return p.rules.scales[score.Fold(c.mentor.name)], true
	}
	scale := p.rules.scales[score.Fold(c.scale)]
	if scale == nil {
		p.rep.issue(Issue{
			File: p.rules.file, Row: c.line, Column: c.path, Value: c.scale, Problem: "is no scale",
			Instead: `write its levels under "scales", the lowest first`,
		})
	}
	return scale, scale != nil
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
		issue := Issue{File: s.table.file, Row: one.row.number, Column: s.table.header[column], Value: cell}
		if scale == nil {
			issue.Problem = "is no whole number"
			issue.Instead = fmt.Sprintf(`write one, or name the levels under "scales" in %s`, p.rules.file)
		} else {
			issue.Problem, issue.Instead = "is no level of the scale", oneOf(cell, scale.Names())
		}
		p.rep.issue(issue)
	}
}

// noteEmpty names the people whom a rule keeps from everybody because their cell is empty.
func (p *program) noteEmpty(side match.Side, c columnName, rule string) {
	s := p.sides[side]
	column, _ := s.table.find(c.name)
	for _, one := range s.persons {
		if one.row.cells[column] == "" {
			p.rep.note(Issue{
				File: s.table.file, Row: one.row.number, Column: s.table.header[column], Problem: "the cell is empty",
				Instead: fmt.Sprintf("%s %s is paired with nobody, because the rule %q asks for it", side, one.id, rule),
			})
		}
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
	for side, name := range [...]string{compiled.Mentee, compiled.Mentor} {
		for _, list := range p.fields[side][name] {
			for _, purpose := range list {
				p.spell(purpose)
			}
		}
	}
	p.noteEmpty(match.MenteeSide, rule.mentee, "purposes")
	p.noteEmpty(match.MentorSide, rule.mentor, "purposes")
	return compiled
}

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
