package roster

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v4"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// An Audit is what the rules want to know about fairness: by what people are told apart, and what there is to say of
// what they got. Nothing in it decides who is paired with whom.
type Audit struct {
	Characteristics []Characteristic
	Level           *Characteristic     // of the mentors, by which it is told whom a group got; nil: by none
	Hours           map[string]int      // that a mentor gives in a month, by id; nil: the rules name no column
	Choices         map[string][]string // whom each mentee named, the best first, by id; nil: mentees have no choices
}

// A Characteristic tells the people of one side apart.
type Characteristic struct {
	Name      string // the heading of its column
	Side      match.Side
	Sensitive bool
	Values    map[string]string // by id, each value spelled one way; those who did not say are not in it
	Order     []string          // of the values, the lowest first, if the column has a scale
}

// Audit is what the rules want to know about fairness. It is empty where they say nothing of it.
func (r *Roster) Audit() Audit { return r.audit }

// An auditRule is the key "audit" as it was written.
type auditRule struct {
	columns      [2][]auditedColumn
	level, hours columnName
}

type auditedColumn struct {
	columnName
	sensitive bool
}

// audit reads the key "audit".
func (in yamlReader) audit(node *yaml.Node, path string) auditRule {
	var a auditRule
	in.mapping(node, path, []yamlKey{
		{"mentees", func(n *yaml.Node, path string) { a.columns[match.MenteeSide] = in.audited(n, path) }},
		{"mentors", func(n *yaml.Node, path string) { a.columns[match.MentorSide] = in.audited(n, path) }},
		{"mentor level", func(n *yaml.Node, path string) { a.level = in.column(n, path) }},
		{"mentor hours", func(n *yaml.Node, path string) { a.hours = in.column(n, path) }},
	})
	return a
}

// audited reads columns, each by its name or as {column: NAME, sensitive: yes}.
func (in yamlReader) audited(node *yaml.Node, path string) []auditedColumn {
	var all []auditedColumn
	lines := map[string]int{}
	for _, item := range in.items(node) {
		var c auditedColumn
		said := false
		if item.Kind == yaml.MappingNode {
			in.mapping(item, path, []yamlKey{
				{"column", func(n *yaml.Node, path string) { c.columnName = in.column(n, path) }},
				{"sensitive", func(n *yaml.Node, path string) {
					word, ok := in.word(n, path, "true", "false", "yes", "no")
					c.sensitive, said = word == "true" || word == "yes", ok
				}},
			})
			if c.line == 0 {
				in.issue(item, path, "", "nothing says which column is meant", "write {column: COLUMN, sensitive: true}")
			}
		} else {
			c.columnName = in.column(item, path)
		}
		if c.name == "" {
			continue
		}
		if before, twice := lines[score.Fold(c.name)]; twice {
			in.issue(item, path, c.name, fmt.Sprintf("stands in line %d already", before), "keep one of the two")
			continue
		}
		lines[score.Fold(c.name)] = c.line
		if !said && soundsSensitive(c.name) {
			c.sensitive = true
			in.rep.note(Issue{
				File: in.file, Row: c.line, Column: path, Value: c.name, Problem: "sounds like a sensitive characteristic",
				Instead: "taken as one; {column: …, sensitive: false} says that it is none",
			})
		}
		all = append(all, c)
	}
	return all
}

// sensitive are the columns that the audit says to be sensitive. They are so on both sides and for all rules.
func (a *auditRule) sensitive() []columnName {
	var all []columnName
	for _, columns := range a.columns {
		for _, c := range columns {
			if c.sensitive {
				all = append(all, c.columnName)
			}
		}
	}
	return all
}

// sensitiveWords begin words in the headings of columns that hold sensitive characteristics, in English and French.
// Those that are short or begin other words as well are listed in full, with a space after them.
var sensitiveWords = []string{
	"gender", "genre ", "sex ", "sexe ", "sexual", "sexuel", "orientation", "pronoun", "pronom", "lgbt", "2slgbt",
	"race ", "racial", "racis", "ethni", "minority", "minorit", "indigen", "indigèn", "aborigin", "autochton", "nationali",
	"citizenship", "citoyennet", "immigra", "religi", "faith ", "croyance", "belief", "disabilit", "handicap", "health",
	"santé ", "marital", "matrimonial", "pregnan", "caregiv", "age ", "âge ", "birth", "naissance", "veteran",
}

// soundsSensitive says whether a heading is one under which sensitive characteristics usually stand. Such a column is
// treated with more care than the rules ask for, and never with less.
func soundsSensitive(heading string) bool {
	words := strings.FieldsFunc(score.Fold(heading), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return slices.ContainsFunc(words, func(word string) bool {
		return slices.ContainsFunc(sensitiveWords, func(begin string) bool { return strings.HasPrefix(word+" ", begin) })
	})
}

// readAudit reads the columns that the rules want to be audited.
func (p *program) readAudit() {
	rule := &p.rules.audit
	a := &p.roster.audit
	sensitive := p.rules.sensitiveColumns()
	for side, columns := range rule.columns {
		for _, c := range columns {
			if one := p.characteristic(p.sides[side], c.columnName); one != nil {
				one.Sensitive = slices.Contains(sensitive, score.Fold(c.name))
				a.Characteristics = append(a.Characteristics, *one)
			}
		}
	}
	mentors := p.sides[match.MentorSide]
	switch {
	case rule.level.name == "":
	case slices.Contains(sensitive, score.Fold(rule.level.name)):
		p.rep.issue(Issue{
			File: p.rules.file, Row: rule.level.line, Column: rule.level.path, Value: rule.level.name,
			Problem: "is sensitive, and what mentees got is not told by what their mentors are", Instead: "name a column such as rank, or delete the line",
		})
	default:
		a.Level = p.characteristic(mentors, rule.level)
	}
	if rule.hours.name != "" {
		a.Hours = p.hours(mentors, rule.hours)
	}
	for _, one := range p.sides[match.MenteeSide].persons {
		if len(one.choices) > 0 {
			if a.Choices == nil {
				a.Choices = map[string][]string{}
			}
			a.Choices[one.id] = one.choices
		}
	}
}

// characteristic reads a column in which each person has one value, or none.
func (p *program) characteristic(s *people, c columnName) *Characteristic {
	at := p.column(s, c)
	if at < 0 {
		return nil
	}
	folded := score.Fold(c.name)
	if p.rules.lists[folded] != "" {
		p.rep.issue(Issue{
			File: p.rules.file, Row: c.line, Column: c.path, Value: c.name, Problem: "holds lists, and a group needs one value for each person",
			Instead: "make a column with one value for each person, or delete it here",
		})
		return nil
	}
	one := &Characteristic{Name: s.table.header[at], Side: s.side, Values: map[string]string{}}
	spelling := map[string]string{}
	if scale := p.rules.scales[folded]; scale != nil {
		one.Order = scale.Names()
		for _, name := range one.Order {
			spelling[score.Fold(name)] = name
		}
	}
	given := map[string]string{} // of values that are on no scale, the first spelling in the order of letters
	for _, who := range s.persons {
		value := strings.Join(strings.Fields(who.row.cells[at]), " ")
		if before, known := given[score.Fold(value)]; value != "" && (!known || value < before) {
			given[score.Fold(value)] = value
		}
	}
	for _, who := range s.persons {
		if value := score.Fold(who.row.cells[at]); value != "" {
			one.Values[who.id] = cmp.Or(spelling[value], given[value])
		}
	}
	return one
}

// hours reads what each mentor gives. An empty cell says nothing.
func (p *program) hours(s *people, c columnName) map[string]int {
	at := p.column(s, c)
	if at < 0 {
		return nil
	}
	hours := map[string]int{}
	for _, who := range s.persons {
		cell := who.row.cells[at]
		if cell == "" {
			continue
		}
		n, err := strconv.Atoi(cell)
		if err != nil || n < 0 || n > mostPlaces {
			issue := Issue{File: s.table.file, Sheet: s.table.sheet, Row: who.row.number, Column: s.table.header[at], Value: cell}
			issue.Problem, issue.Instead = "is not a whole number of hours", fmt.Sprintf("write a number from 0 to %d, or leave the cell empty", mostPlaces)
			p.rep.issue(issue)
			continue
		}
		hours[who.id] = n
	}
	return hours
}
