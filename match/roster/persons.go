package roster

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// personRules say how a row of answers becomes one person. They stand under "people" for both sides, or under
// "mentees" and "mentors".
type personRules struct {
	capitals columnName // "ignored": ids are compared and written in small letters, as e-mail addresses are
	latest   columnName // the column with the time of the answer: of several rows with one id the latest counts
	answers  []answerRule
}

// An answerRule says what the answers of a column stand for.
type answerRule struct {
	column columnName
	means  map[string]string // by folded answer
	empty  string            // what an empty cell stands for; "": nothing
}

// A referRule says that a column names people of the other side, and how.
type referRule struct {
	column columnName
	by     []columnName
}

func placeKeys(y yamlReader, w *place) []yamlKey {
	return []yamlKey{
		{"file", func(n *yaml.Node, path string) { w.file = y.column(n, path) }},
		{"sheet", func(n *yaml.Node, path string) { w.sheet = y.column(n, path) }},
	}
}

// nameKeys say who a person is.
func (in yamlReader) nameKeys(s *sideRules) []yamlKey {
	return []yamlKey{
		{"id", func(n *yaml.Node, path string) {
			s.idParts = in.columns(n, path)
			if len(s.idParts) > 0 {
				s.id = s.idParts[0]
			}
		}},
		{"name", func(n *yaml.Node, path string) { s.name = in.columns(n, path) }},
	}
}

// personKeys are the other keys that stand under "people" as under one side.
func (in yamlReader) personKeys(s *sideRules) []yamlKey {
	return []yamlKey{
		{"capitals", func(n *yaml.Node, path string) {
			if word, ok := in.word(n, path, "matter", "ignored"); ok {
				s.person.capitals = columnName{word, n.Line, path}
			}
		}},
		{"latest", func(n *yaml.Node, path string) { s.person.latest = in.column(n, path) }},
		{"answers", func(n *yaml.Node, path string) { s.person.answers = in.answers(n, path) }},
	}
}

func (in yamlReader) answers(node *yaml.Node, path string) []answerRule {
	var all []answerRule
	for k, item := range in.items(node) {
		rule := answerRule{means: map[string]string{}}
		path := fmt.Sprintf("%s %d", path, k+1)
		before := len(in.rep.issues)
		in.mapping(item, path, []yamlKey{
			{"column", func(n *yaml.Node, path string) { rule.column = in.column(n, path) }},
			{"means", func(n *yaml.Node, path string) {
				in.entries(n, path, func(key, value *yaml.Node) {
					if text, ok := in.text(value, path+" "+key.Value); ok {
						rule.means[score.Fold(key.Value)] = text
					}
				})
			}},
			{"empty", func(n *yaml.Node, path string) { rule.empty, _ = in.text(n, path) }},
		})
		if len(in.rep.issues) > before {
			continue
		}
		if rule.column.name == "" || len(rule.means) == 0 && rule.empty == "" {
			in.issue(item, path, "", "says no column, or nothing about its answers", "write {column: COLUMN, means: {ANSWER: WHAT IT STANDS FOR}}")
			continue
		}
		all = append(all, rule)
	}
	return all
}

// referKeys are the keys about columns that name people of the other side.
func (in yamlReader) referKeys(s *sideRules) []yamlKey {
	return []yamlKey{
		{"choices by", func(n *yaml.Node, path string) { s.choicesBy = in.columns(n, path) }},
		{"refers", func(n *yaml.Node, path string) {
			for k, item := range in.items(n) {
				var rule referRule
				path := fmt.Sprintf("%s %d", path, k+1)
				if in.mapping(item, path, []yamlKey{
					{"column", func(n *yaml.Node, path string) { rule.column = in.column(n, path) }},
					{"by", func(n *yaml.Node, path string) { rule.by = in.columns(n, path) }},
				}) && rule.column.name != "" && rule.by != nil {
					s.refers = append(s.refers, rule)
				} else {
					in.issue(item, path, "", "the column, or how it names people, is missing", `write {column: COLUMN, by: name}`)
				}
			}
		}},
	}
}

// inherit gives a side what "people" says of both, where the side says nothing itself.
func (s *sideRules) inherit(both sideRules) {
	if s.id.name == "" {
		s.id, s.idParts = both.id, both.idParts
	}
	if s.name == nil {
		s.name = both.name
	}
	mine, theirs := &s.person, both.person
	if mine.capitals.name == "" {
		mine.capitals = theirs.capitals
	}
	if mine.latest.name == "" {
		mine.latest = theirs.latest
	}
	mine.answers = append(slices.Clone(theirs.answers), mine.answers...)
}

// tableColumn finds a column that the rules name, or reports that it is not there.
func (p *program) tableColumn(t *table, c columnName) int {
	return p.column(&people{table: t}, c)
}

func (p *program) tableColumns(t *table, names []columnName) []int {
	return p.columns(&people{table: t}, names)
}

// prepared is the table of one side as its rules want it read: answers replaced by what they stand for, ids put
// together and in small letters, and one row for each id.
func (p *program) prepared(side match.Side, raw *table) *table {
	s := &p.rules.sides[side]
	t := raw.without()
	for _, row := range raw.rows {
		t.rows = append(t.rows, tableRow{row.number, slices.Clone(row.cells)})
	}
	t.gaps = raw.gaps
	for _, rule := range s.person.answers {
		if c := p.tableColumn(t, rule.column); c >= 0 {
			p.replaceAnswers(t, c, rule)
		}
	}
	p.joinID(t, s)
	id, found := t.find(cmpOr(s.id.name, "id"))
	if !found {
		return t // the reader of people reports it
	}
	if s.person.capitals.name == "ignored" {
		for _, row := range t.rows {
			row.cells[id] = smallID(row.cells[id])
		}
	}
	if s.person.latest.name != "" {
		if c := p.tableColumn(t, s.person.latest); c >= 0 {
			p.keepLatest(side, t, id, c)
		}
	}
	return t
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// smallID is an id of which only the letters count, as in e-mail addresses.
func smallID(id string) string {
	return strings.TrimPrefix(score.Fold(id), "mailto:")
}

// replaceAnswers writes into a column what its answers stand for: of a whole cell, or else of the items of a list.
func (p *program) replaceAnswers(t *table, column int, rule answerRule) {
	separator := p.separatorOf(t, column)
	for _, row := range t.rows {
		cell := row.cells[column]
		if cell == "" {
			row.cells[column] = rule.empty
			continue
		}
		if means, ok := rule.means[score.Fold(cell)]; ok {
			row.cells[column] = means
			continue
		}
		items := splitItems(cell, separator)
		changed := false
		for k, item := range items {
			if means, ok := rule.means[score.Fold(item)]; ok {
				items[k], changed = means, true
			}
		}
		if changed {
			row.cells[column] = strings.Join(items, separator)
		}
	}
}

// separatorOf is what stands between the items of a column: what the rules say, or what the table shows.
func (p *program) separatorOf(t *table, column int) string {
	return cmpOr(p.rules.lists[score.Fold(t.header[column])], separatorIn(t, column))
}

// splitItems cuts a cell into its items.
func splitItems(cell, separator string) []string {
	var items []string
	for item := range strings.SplitSeq(cell, separator) {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}

// joinID adds a column for ids that are made of several columns.
func (p *program) joinID(t *table, s *sideRules) {
	if len(s.idParts) < 2 {
		return
	}
	columns := p.tableColumns(t, s.idParts)
	if len(columns) < len(s.idParts) {
		return
	}
	var headings []string
	for _, c := range columns {
		headings = append(headings, t.header[c])
	}
	joined := strings.Join(headings, " + ")
	if _, there := t.find(joined); there {
		s.id.name = joined
		return
	}
	columnOf := map[string]int{}
	for heading, c := range t.column {
		columnOf[heading] = c
	}
	columnOf[score.Fold(joined)] = len(t.header)
	t.header, t.column = append(t.header, joined), columnOf
	for i, row := range t.rows {
		var words []string
		for _, c := range columns {
			words = append(words, row.cells[c])
		}
		t.rows[i].cells = append(row.cells, strings.Join(strings.Fields(strings.Join(words, " ")), " "))
	}
	s.id.name = joined
}

// keepLatest leaves one row for each id, the one with the latest time, and notes which others do not count. Where none
// is later than all others, that is reported.
func (p *program) keepLatest(side match.Side, t *table, id, column int) {
	groups := map[string][]tableRow{}
	for _, row := range t.rows {
		key := score.Fold(row.cells[id])
		groups[key] = append(groups[key], row)
	}
	var kept []tableRow
	for _, row := range t.rows {
		key := score.Fold(row.cells[id])
		group := groups[key]
		if key == "" || len(group) == 1 {
			kept = append(kept, row)
			continue
		}
		latest, known := latestOf(group, column)
		switch {
		case !known && row.number == group[len(group)-1].number:
			p.rep.issue(Issue{
				File: t.file, Sheet: t.sheet, Row: row.number, Column: t.header[column], Value: row.cells[column],
				Problem: fmt.Sprintf("does not say whether the row counts or row %d, which is of the same %s", group[0].number, side),
				Instead: "delete one of the rows",
			})
			kept = append(kept, row)
		case known && row.number == latest:
			kept = append(kept, row)
		case known:
			p.rep.note(Issue{
				File: t.file, Sheet: t.sheet, Row: row.number, Column: t.header[id], Value: row.cells[id], Problem: "answered more than once",
				Instead: fmt.Sprintf("row %d counts, which is the latest", latest),
			})
		}
	}
	t.rows = kept
}

// latestOf is the number of the row whose time is later than that of all others.
func latestOf(rows []tableRow, column int) (number int, known bool) {
	best := rows[0]
	for _, row := range rows[1:] {
		if later, ok := isLater(best.cells[column], row.cells[column]); ok && later {
			best = row
		}
	}
	for _, row := range rows {
		if row.number == best.number {
			continue
		}
		if later, ok := isLater(row.cells[column], best.cells[column]); !ok || !later {
			return 0, false
		}
	}
	return best.number, true
}
