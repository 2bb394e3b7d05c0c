package roster

import (
	"fmt"
	"slices"

	"go.yaml.in/yaml/v4"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// peopleRules say how one table holds both sides.
type peopleRules struct {
	place  place
	line   int
	roles  []roleRule
	filled [2][]columnName // whoever has something in one of these columns is on the side
}

// A roleRule says what the words of a column make somebody.
type roleRule struct {
	column columnName
	words  map[string]roleSet // by folded word
	spelt  []string           // the words as they are written
}

// A roleSet says on which sides somebody is.
type roleSet [2]bool

// readPeopleRules reads the key "people".
func (r *rules) readPeopleRules(y yamlReader, node *yaml.Node, path string) {
	p := &peopleRules{line: node.Line}
	var both sideRules
	keys := append(append(placeKeys(y, &p.place), y.nameKeys(&both)...),
		yamlKey{"role", func(n *yaml.Node, path string) {
			for k, item := range y.items(n) {
				at := path
				if n.Kind == yaml.SequenceNode {
					at = fmt.Sprintf("%s %d", path, k+1)
				}
				if role, ok := y.role(item, at); ok {
					p.roles = append(p.roles, role)
				}
			}
		}},
		yamlKey{"filled", func(n *yaml.Node, path string) {
			y.mapping(n, path, []yamlKey{
				{"mentee", func(n *yaml.Node, path string) { p.filled[match.MenteeSide] = y.columns(n, path) }},
				{"mentor", func(n *yaml.Node, path string) { p.filled[match.MentorSide] = y.columns(n, path) }},
			})
		}})
	before := len(y.rep.issues)
	if !y.mapping(node, path, append(keys, y.personKeys(&both)...)) {
		return
	}
	if len(p.roles) == 0 && p.filled[0] == nil && p.filled[1] == nil && len(y.rep.issues) == before {
		y.issue(node, path, "", "nothing says who is a mentee and who a mentor",
			`write "role: {column: COLUMN, mentee: [words], mentor: [words]}", or "filled: {mentee: COLUMN, mentor: COLUMN}"`)
	}
	r.people, r.both = p, both
}

// role reads what the words of one column mean.
func (in yamlReader) role(node *yaml.Node, path string) (roleRule, bool) {
	rule := roleRule{words: map[string]roleSet{}}
	before := len(in.rep.issues)
	take := func(set roleSet) func(*yaml.Node, string) {
		return func(n *yaml.Node, path string) {
			for _, item := range in.items(n) {
				word, ok := in.text(item, path)
				if !ok {
					continue
				}
				if other, twice := rule.words[score.Fold(word)]; twice && other != set {
					in.issue(item, path, word, "has another meaning already", "keep one of the two")
					continue
				}
				rule.words[score.Fold(word)] = set
				rule.spelt = append(rule.spelt, word)
			}
		}
	}
	ok := in.mapping(node, path, []yamlKey{
		{"column", func(n *yaml.Node, path string) { rule.column = in.column(n, path) }},
		{"mentee", take(roleSet{true, false})},
		{"mentor", take(roleSet{false, true})},
		{"both", take(roleSet{true, true})},
		{"neither", take(roleSet{})},
	})
	if !ok || len(in.rep.issues) > before {
		return rule, false
	}
	if rule.column.name == "" || len(rule.words) == 0 {
		in.issue(node, path, "", "says no column, or none of its words", "write {column: COLUMN, mentee: [words], mentor: [words]}")
		return rule, false
	}
	return rule, true
}

// splitByRole makes of one table the mentees' and the mentors'. Who is both is in both.
func (p *program) splitByRole(t *table) (sides [2]*table) {
	r := p.rules.people
	roles := p.roleColumns(t)
	var filled [2][]int
	for side := range filled {
		filled[side] = p.tableColumns(t, r.filled[side])
	}
	if p.rep.failed() {
		return sides
	}
	for side := range sides {
		sides[side] = t.without()
	}
	for _, row := range t.rows {
		is, known := p.roleOf(t, row, roles)
		for side := range filled {
			for _, c := range filled[side] {
				if row.cells[c] != "" {
					is[side], known = true, true
				}
			}
		}
		if !known {
			p.rep.note(Issue{
				File: t.file, Sheet: t.sheet, Row: row.number, Problem: "nothing says whether this is a mentee or a mentor", Instead: "left out; " + p.fillRole(t, roles, filled),
			})
		} else if !is[0] && !is[1] {
			p.rep.note(Issue{File: t.file, Sheet: t.sheet, Row: row.number, Problem: "is neither mentee nor mentor", Instead: "left out"})
		}
		for side := range sides {
			if is[side] {
				sides[side].rows = append(sides[side].rows, row)
			}
		}
	}
	for side := range sides {
		if len(sides[side].rows) == 0 && !p.rep.failed() {
			p.rep.issue(Issue{
				File: t.file, Sheet: t.sheet, Problem: fmt.Sprintf("nobody is a %s", match.Side(side)),
				Instead: p.fillRole(t, roles, filled) + fmt.Sprintf(`, or write under "people" in %s which words mean it`, p.rules.file),
			})
		}
	}
	return sides
}

// fillRole says what to write so that somebody has a role.
func (p *program) fillRole(t *table, roles []int, filled [2][]int) string {
	if len(roles) > 0 {
		return fmt.Sprintf("write into the column %q %s", t.header[roles[0]], oneOf("", p.rules.people.roles[0].spelt)[len("write "):])
	}
	var columns []string
	for side := range filled {
		for _, c := range filled[side] {
			columns = append(columns, t.header[c])
		}
	}
	return "fill in the column " + quotedList(columns)
}

func (p *program) roleColumns(t *table) []int {
	var columns []int
	for _, role := range p.rules.people.roles {
		if c := p.tableColumn(t, role.column); c >= 0 {
			columns = append(columns, c)
		}
	}
	return columns
}

// roleOf is what the columns with roles say of somebody together; known is false when they say nothing.
func (p *program) roleOf(t *table, row tableRow, columns []int) (is roleSet, known bool) {
	for k, c := range columns {
		cell := row.cells[c]
		if cell == "" {
			continue
		}
		set, ok := p.rules.people.roles[k].of(cell)
		if !ok {
			p.rep.issue(Issue{
				File: t.file, Sheet: t.sheet, Row: row.number, Column: t.header[c], Value: cell, Problem: "is no role",
				Instead: oneOf(cell, p.rules.people.roles[k].spelt) + fmt.Sprintf(`, or add the word under "people role" in %s`, p.rules.file),
			})
			return is, true
		}
		is[0], is[1], known = is[0] || set[0], is[1] || set[1], true
	}
	return is, known
}

// of is what a cell means: one of the words, or several of them as a form joins them.
func (r *roleRule) of(cell string) (roleSet, bool) {
	if set, ok := r.words[score.Fold(cell)]; ok {
		return set, true
	}
	for _, separator := range []string{";", "\n", ","} {
		var all roleSet
		known := false
		for _, item := range splitItems(cell, separator) {
			set, ok := r.words[score.Fold(item)]
			if !ok {
				known = false
				break
			}
			all[0], all[1], known = all[0] || set[0], all[1] || set[1], true
		}
		if known {
			return all, true
		}
	}
	return roleSet{}, false
}

// without is a table with the same columns and no rows yet.
func (t *table) without() *table {
	copied := *t
	copied.rows, copied.rowOf, copied.found, copied.answers = nil, map[string]int{}, report{}, nil
	if copied.whole == nil {
		copied.whole = t
	}
	copied.header = slices.Clone(t.header)
	return &copied
}
