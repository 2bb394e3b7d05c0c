package roster

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// plantTrees makes the trees that the rules name, of their own words or of files, and reports terms that cannot stand
// on one.
func (p *program) plantTrees() {
	for _, name := range slices.Sorted(maps.Keys(p.rules.policy.trees)) {
		t := p.rules.policy.trees[name]
		at := func(term int) Issue { return Issue{File: p.rules.file, Row: t.lines[term], Column: t.path} }
		if t.file != "" {
			table := p.tableNamed(t.file, columnName{t.file, t.line, t.path})
			if table == nil {
				continue
			}
			if at = t.readTable(table, p.rep); at == nil {
				continue
			}
		}
		var faults []score.TreeFault
		if t.tree, faults = score.NewTree(t.terms); faults != nil {
			t.report(faults, at, p.rep)
			continue
		}
		p.rules.policy.trees[name] = t
	}
}

// tableNamed reads a file that the rules name.
func (p *program) tableNamed(name string, where columnName) *table {
	where.name = name
	return p.tableAt(place{file: where})
}

// readTable takes the terms of a file with the columns term, parent and perhaps synonyms. It returns how to begin an
// issue about a term.
func (t *treeRule) readTable(table *table, rep *report) func(term int) Issue {
	term, parent := table.require(rep, "term"), table.require(rep, "parent")
	if term < 0 || parent < 0 {
		return nil
	}
	synonyms := table.optional("synonyms", "synonym")
	var rows []tableRow
	for _, row := range table.rows {
		name := strings.Join(strings.Fields(row.cells[term]), " ")
		if name == "" {
			issue := table.cell(row, term)
			issue.Problem, issue.Instead = "the cell is empty", "write a term, or delete the row"
			rep.issue(issue)
			continue
		}
		one := score.Term{Name: name, Above: row.cells[parent]}
		if synonyms >= 0 {
			for word := range strings.FieldsFuncSeq(row.cells[synonyms], func(r rune) bool { return r == ';' || r == '|' || r == '\n' }) {
				if word = strings.TrimSpace(word); word != "" {
					one.Synonyms = append(one.Synonyms, word)
				}
			}
		}
		t.terms, rows = append(t.terms, one), append(rows, row)
		if len(t.terms) > mostTerms {
			rep.issue(Issue{File: table.file, Sheet: table.sheet, Problem: fmt.Sprintf("the tree has more than %d terms", mostTerms), Instead: "leave out what nobody uses"})
			return nil
		}
	}
	return func(k int) Issue {
		return Issue{File: table.file, Sheet: table.sheet, Row: rows[k].number, Column: table.header[term]}
	}
}

// report puts what is wrong with terms into words.
func (t *treeRule) report(faults []score.TreeFault, at func(term int) Issue, rep *report) {
	var names []string
	for _, term := range t.terms {
		names = append(names, term.Name)
	}
	for _, fault := range faults {
		issue := at(fault.Term)
		issue.Value = fault.Word
		switch fault.Kind {
		case score.TermTwice:
			issue.Problem = fmt.Sprintf("stands on the tree already, in %s %d", map[bool]string{true: "line", false: "row"}[hasLines(issue.File)], at(fault.Other).Row)
			issue.Instead = "keep one of the two; a term has one place"
		case score.TermOrphan:
			issue.Problem = fmt.Sprintf("is to stand above %q and is no term itself", t.terms[fault.Term].Name)
			issue.Instead = cmp.Or(closestTerm(fault.Word, names), "add a row for it, or leave the parent empty")
		case score.TermCycle:
			issue.Problem = "stands above itself"
			issue.Instead = "look at the terms above it, and leave the parent of the most general one empty"
		}
		rep.issue(issue)
	}
}

func closestTerm(word string, names []string) string {
	if len(names) > mostItems {
		return ""
	}
	names = slices.Compact(slices.Sorted(slices.Values(names)))
	if meant := closest(word, names); meant != "" {
		return fmt.Sprintf("write %q if that is meant", meant)
	}
	return ""
}

// treeOf is the tree that a criterion names, or the one of its column. Places need none.
func (p *program) treeOf(c *criterion) (*score.Tree, bool) {
	if c.tree != "" {
		t, known := p.rules.policy.trees[score.Fold(c.tree)]
		if !known {
			p.rep.issue(Issue{
				File: p.rules.file, Row: c.line, Column: c.path, Value: c.tree, Problem: "is no tree",
				Instead: cmp.Or(oneOf(c.tree, p.treeNames()), `write its terms under "trees"`),
			})
		}
		return t.tree, known && t.tree != nil
	}
	for _, columns := range c.columns {
		for _, column := range columns {
			if t, known := p.rules.policy.trees[score.Fold(column.name)]; known {
				return t.tree, t.tree != nil
			}
		}
	}
	if c.kind == "near" {
		return nil, true
	}
	p.rep.issue(Issue{
		File: p.rules.file, Row: c.line, Column: c.path, Problem: "nothing says which terms are related",
		Instead: cmp.Or(oneOfTrees(p.treeNames()), `write "tree:" and a name below it, and the terms under "trees"; or compare by "shared"`),
	})
	return nil, false
}

func (p *program) treeNames() []string {
	var names []string
	for _, key := range slices.Sorted(maps.Keys(p.rules.policy.trees)) {
		names = append(names, p.rules.policy.trees[key].name)
	}
	return names
}

func oneOfTrees(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf(`write "tree:" below it with one of %s`, quotedList(names))
}

// noteUnknownTerms names the words that are on no tree, once for each column and word.
func (p *program) noteUnknownTerms(tree *score.Tree, columns [2][]int) {
	if tree == nil {
		return
	}
	for side, list := range columns {
		s := p.sides[side]
		for _, column := range list {
			key := treeCheck{match.Side(side), column, tree}
			if p.terms[key] {
				continue
			}
			p.terms[key] = true
			noted := map[string]bool{}
			for i, items := range p.fields[side][p.field(match.Side(side), column, true)] {
				for _, item := range items {
					if tree.Has(item) || noted[score.Fold(item)] || len(noted) > mostSuggestions {
						continue
					}
					noted[score.Fold(item)] = true
					issue := s.table.cell(s.persons[i].row, column)
					issue.Value, issue.Problem, issue.Instead = item, "is not on the tree, here and perhaps in other rows", "related to nothing but itself"
					if meant := closestTerm(item, tree.Words()); meant != "" {
						issue.Instead += "; " + meant
					}
					p.rep.note(issue)
				}
			}
		}
	}
}

// A treeCheck is a column whose words were compared with a tree.
type treeCheck struct {
	side   match.Side
	column int
	tree   *score.Tree
}
