package roster

import (
	"fmt"
	"math"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// compileRules brings the criteria to the form that the scorer takes: columns become fields, and every cell that a
// criterion cannot read is reported. The conflicts come first, then what the model asks for, then the rules as written.
func (p *program) compileRules() score.Rules {
	var rules score.Rules
	rules.Must = append(p.compileConflicts(), p.compileModel()...)
	for i := range p.rules.must {
		c := &p.rules.must[i]
		compared, ok := p.compare(c, true)
		if !ok || p.isSensitive(c) {
			continue
		}
		must := score.Must{Comparison: compared, From: 1, To: math.MaxInt, Firm: c.private}
		switch {
		case criterionKinds[c.kind].negated:
			must.From, must.To = 0, 0
		case c.kind == "gap":
			must.From, must.To = math.MinInt, math.MaxInt
			if c.from != nil {
				must.From = *c.from
			}
			if c.to != nil {
				must.To = *c.to
			}
		case c.least > 0:
			must.From = c.least
		case c.kind == "near":
			must.From = score.BestFit
		case c.kind == "time":
			must.From = leastMinutes
		}
		rules.Must = append(rules.Must, must)
	}
	for i := range p.rules.points {
		c := &p.rules.points[i]
		if compared, ok := p.compare(c, false); ok && !p.isSensitive(c) {
			points := c.rule
			points.Comparison = compared
			rules.Points = append(rules.Points, points)
		}
	}
	rules.Purposes = p.compilePurposes()
	return rules
}

// leastMinutes is the time in common per week that a rule about time asks for, unless it says another.
const leastMinutes = 60

// compare finds the columns of a criterion and makes fields of them. A rule that must hold names the people who have
// nothing to compare.
func (p *program) compare(c *criterion, must bool) (score.Comparison, bool) {
	kind := criterionKinds[c.kind]
	compared := score.Comparison{Name: c.label(), Measure: kind.measure}
	switch {
	case kind.choice:
		return p.compareChoice(c, compared)
	case c.kind == "time":
		return p.compareTime(c, compared, must)
	case c.kind == "mode":
		return p.compareModes(c, compared)
	case kind.mentors:
		return p.compareLoad(c, compared)
	}
	columns, ok := p.columnsOfSides(c.columns)
	if !ok {
		return compared, false
	}
	for side, name := range [...]*string{&compared.Mentee, &compared.Mentor} {
		if kind.several {
			*name = p.merged(match.Side(side), columns[side])
		} else {
			*name = p.field(match.Side(side), columns[side][0], kind.lists[side])
		}
		if must && !kind.negated {
			p.noteEmpty(match.Side(side), columns[side], compared.Name)
		}
	}
	switch c.kind {
	case "gap":
		compared.Scale, ok = p.compileGap(c, columns[0][0], columns[1][0])
	case "related", "near":
		compared.Tree, ok = p.treeOf(c)
		if ok {
			p.noteUnknownTerms(compared.Tree, columns)
		}
		if ok && c.unless != nil {
			compared.Unless, ok = p.compileUnless(c.unless)
		}
	}
	return compared, ok
}

// columnsOfSides finds the columns of both sides, and reports those that are not there.
func (p *program) columnsOfSides(names [2][]columnName) (columns [2][]int, ok bool) {
	ok = true
	for side, list := range names {
		for _, name := range list {
			at := p.column(p.sides[side], name)
			if ok = ok && at >= 0; at >= 0 && !slices.Contains(columns[side], at) {
				columns[side] = append(columns[side], at)
			}
		}
		ok = ok && len(columns[side]) > 0
	}
	return columns, ok
}

func (p *program) compileUnless(u *unlessRule) (*score.Unless, bool) {
	compiled := &score.Unless{AtLeast: u.least}
	if u.destination != nil {
		var columns []int
		for _, name := range u.destination {
			if at := p.column(p.sides[0], name); at >= 0 {
				columns = append(columns, at)
			}
		}
		if len(columns) < len(u.destination) {
			return nil, false
		}
		compiled.Destination = p.merged(match.MenteeSide, columns)
	}
	if u.shared[0] != nil {
		columns, ok := p.columnsOfSides(u.shared)
		if !ok {
			return nil, false
		}
		compiled.Mentee, compiled.Mentor = p.merged(match.MenteeSide, columns[0]), p.merged(match.MentorSide, columns[1])
	}
	return compiled, true
}

// compareLoad makes a field of how many mentees mentors have already. An empty cell is none.
func (p *program) compareLoad(c *criterion, compared score.Comparison) (score.Comparison, bool) {
	s := p.sides[match.MentorSide]
	column := p.column(s, c.columns[1][0])
	if column < 0 {
		return compared, false
	}
	compared.Mentor = fmt.Sprintf("load %d", column)
	field := make(score.Field, len(s.persons))
	for j, one := range s.persons {
		field[j] = []string{"0"}
		if cell := one.row.cells[column]; cell != "" {
			if _, ok := s.table.places(one.row, column, p.rep); ok {
				field[j] = []string{cell}
			}
		}
	}
	p.fields[match.MentorSide][compared.Mentor] = field
	return compared, true
}

// compareChoice makes the choices of one side a field, beside the ids of the other.
func (p *program) compareChoice(c *criterion, compared score.Comparison) (score.Comparison, bool) {
	side := match.MenteeSide
	compared.Measure = score.PlaceWithMentee
	if c.wish == "mentor" {
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
