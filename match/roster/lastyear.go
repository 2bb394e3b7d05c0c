package roster

import (
	"fmt"

	"go.yaml.in/yaml/v4"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// pairsRule says where the table of pairs is, and how to read it when it is not made for the purpose: last year's
// pairs, for instance, by name.
type pairsRule struct {
	place  place
	person [2]columnName
	by     []columnName // how it names people; nil: by id
	state  string       // of all its pairs; "": the column "state" says it
	line   int
}

func (in yamlReader) pairs(node *yaml.Node, path string) pairsRule {
	r := pairsRule{line: node.Line}
	in.mapping(node, path, append(placeKeys(in, &r.place), []yamlKey{
		{"mentee", func(n *yaml.Node, path string) { r.person[match.MenteeSide] = in.column(n, path) }},
		{"mentor", func(n *yaml.Node, path string) { r.person[match.MentorSide] = in.column(n, path) }},
		{"by", func(n *yaml.Node, path string) { r.by = in.columns(n, path) }},
		{"state", func(n *yaml.Node, path string) { r.state, _ = in.word(n, path, "existing", "pinned", "forbidden") }},
	}...))
	return r
}

// pairsTable is the table of pairs that the rules name, or pairs.csv; nil: there is none.
func (p *program) pairsTable() *table {
	switch r := &p.rules.pairs; {
	case r.place.given():
		return p.tableAt(r.place)
	case p.file(pairsFile) == nil:
		if r.line > 0 {
			p.rep.issue(Issue{File: p.rules.file, Row: r.line, Column: "pairs", Problem: "nothing says which table holds the pairs", Instead: `write "file:" below it`})
		}
		return nil
	}
	return p.tableAt(place{file: columnName{name: pairsFile}})
}

// pairColumns are the columns with the two people of a pair.
func (p *program) pairColumns(t *table) [2]int {
	var columns [2]int
	for side, c := range p.rules.pairs.person {
		if c.name != "" {
			columns[side] = p.tableColumn(t, c)
		} else {
			columns[side] = t.require(p.rep, match.Side(side).String())
		}
	}
	return columns
}

// pairPerson is the id of the person in a cell of the table of pairs.
func (p *program) pairPerson(t *table, row tableRow, column int, s *people) string {
	text := row.cells[column]
	if p.rules.pairs.by == nil {
		if id := s.spellingOf(text); id != "" {
			return id
		}
		return text
	}
	if p.registers[s.side] == nil {
		p.registers[s.side] = registerOf(s)
		p.pairsBy[s.side] = p.ways(s, p.rules.pairs.by)
	}
	switch ids := p.registers[s.side].find(text, p.pairsBy[s.side]); len(ids) {
	case 0:
		return text
	case 1:
		return ids[0]
	default:
		p.rep.issue(Issue{
			File: t.file, Sheet: t.sheet, Row: row.number, Column: t.header[column], Value: text,
			Problem: "could be any of " + quotedList(ids), Instead: fmt.Sprintf("write the id of the %s who is meant", s.side),
		})
		return ids[0]
	}
}

// checkSpellings reports people who are on both sides as it seems, and whose id is spelled in two ways. They would count
// as two, and could be paired with themselves.
func (p *program) checkSpellings() {
	mentors := map[string]person{}
	for _, one := range p.sides[match.MentorSide].everybody {
		mentors[score.Fold(one.id)] = one
	}
	t := p.sides[match.MenteeSide].table
	for _, one := range p.sides[match.MenteeSide].everybody {
		if other, both := mentors[score.Fold(one.id)]; both && other.id != one.id {
			p.rep.issue(Issue{
				File: t.file, Sheet: t.sheet, Row: one.row.number, Column: t.header[p.sides[match.MenteeSide].idColumn], Value: one.id,
				Problem: fmt.Sprintf("differs from the id in row %d of %s only by capital letters or spaces", other.row.number, p.sides[match.MentorSide].table.place()),
				Instead: fmt.Sprintf(`write both alike if it is one person, or "capitals: ignored" in %s; give two people two ids`, p.rules.file),
			})
		}
	}
}

// distinct leaves out what was found twice: somebody who is mentee and mentor is read twice from one row.
func (r *report) distinct() {
	r.issues = distinct(r.issues)
	r.notes = distinct(r.notes)
}

func distinct[T comparable](all []T) []T {
	seen := map[T]bool{}
	var kept []T
	for _, one := range all {
		if !seen[one] {
			seen[one] = true
			kept = append(kept, one)
		}
	}
	return kept
}
