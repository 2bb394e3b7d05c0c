package roster

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/chiron-mentoring/chiron/match/score"
)

// An eligibleRule names the words in a column that let a person take part.
type eligibleRule struct {
	column columnName
	words  []string
}

// eligible reads the columns that say who may take part, each with its words.
func (in yamlReader) eligible(node *yaml.Node, path string) []eligibleRule {
	var rules []eligibleRule
	in.entries(node, path, func(key, value *yaml.Node) {
		words := in.texts(value, path+" "+key.Value)
		rules = append(rules, eligibleRule{columnName{key.Value, key.Line, path}, words})
	})
	return rules
}

// An eligibility is a rule with its column.
type eligibility struct {
	rule   eligibleRule
	column int
	met    bool // by somebody
	seen   []string
}

// eligibilities finds the columns of the rules.
func (p *program) eligibilities(s *people) []eligibility {
	var all []eligibility
	for _, rule := range s.rules.eligible {
		if at := p.column(s, rule.column); at >= 0 {
			all = append(all, eligibility{rule: rule, column: at})
		}
	}
	return all
}

// notEligible is why those do not take part of whom a column says so. It is the same for every column, so that a list
// of names tells no reasons.
const notEligible = "is not eligible"

// isEligible says whether all columns have one of their words, and notes the first that has not.
func (p *program) isEligible(s *people, row tableRow, all []eligibility) bool {
	eligible := true
	for k := range all {
		e := &all[k]
		cell := row.cells[e.column]
		if slices.ContainsFunc(e.rule.words, func(word string) bool { return score.Fold(word) == score.Fold(cell) }) {
			e.met = true
			continue
		}
		if cell != "" && len(e.seen) < 12 && !slices.Contains(e.seen, cell) {
			e.seen = append(e.seen, cell)
		}
		if eligible {
			issue := s.table.cell(row, e.column)
			issue.Problem = cmp.Or(emptyCell(cell), fmt.Sprintf("is not %s", orList(e.rule.words)))
			issue.Instead = "the person is set aside, because the rules ask for it"
			p.rep.note(issue)
		}
		eligible = false
	}
	return eligible
}

// checkEligible reports columns in which nobody has the words of the rules: they are spelled otherwise, most likely.
func (p *program) checkEligible(s *people, all []eligibility) {
	for _, e := range all {
		if !e.met && !s.table.gaps {
			p.rep.issue(Issue{
				File: p.rules.file, Row: e.rule.column.line, Column: e.rule.column.path, Value: strings.Join(e.rule.words, ", "),
				Problem: fmt.Sprintf("stands nowhere in the column %q of %s, so nobody would take part", s.table.header[e.column], s.table.file),
				Instead: cmp.Or(oneOf(strings.Join(e.rule.words, ", "), e.seen), "write it into the column"),
			})
		}
	}
}
