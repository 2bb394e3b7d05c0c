package roster

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// A policy is what a rules file says of the program besides columns and criteria: what kind of relationships it makes
// and when, who must be kept apart, and what is delicate.
type policy struct {
	model     string // "": none is named
	modelLine int
	level     [2][]columnName // of training or rank
	period    period
	conflicts columnName // the name of the file
	trees     map[string]treeRule
	wishes    *wishRule
	sensitive []columnName
}

// The models of mentoring.
const (
	apprenticeship = "apprenticeship"
	cloning        = "cloning"
	nurturing      = "nurturing"
	friendship     = "friendship"
)

// A period is the days from one to another, both included. Days that are not given are open.
type period struct{ from, to date }

// overlaps says whether two periods have a day in common.
func (p period) overlaps(q period) bool {
	return (p.from.IsZero() || q.to.IsZero() || !q.to.Before(p.from.Time)) &&
		(q.from.IsZero() || p.to.IsZero() || !p.to.Before(q.from.Time))
}

// A wishRule says what some mentees wish that one of their mentors is, and where it stands what mentors are.
type wishRule struct {
	line    int
	path    string
	columns [2][]columnName
}

// A treeRule is a tree of terms as it was written: in the rules, or in a file.
type treeRule struct {
	name  string
	line  int
	path  string
	file  string // "": terms stand in the rules
	terms []score.Term
	lines []int // of the terms
	tree  *score.Tree
	large bool // more terms or levels than are read
}

// policyKeys are the keys on the top level that say so.
func (in yamlReader) policyKeys(p *policy) []yamlKey {
	p.trees = map[string]treeRule{}
	return []yamlKey{
		{"model", func(n *yaml.Node, path string) {
			p.model, _ = in.word(n, path, apprenticeship, cloning, nurturing, friendship)
			p.modelLine = n.Line
		}},
		{"level", func(n *yaml.Node, path string) { p.level = in.columnsOfSides(n, path) }},
		{"relationship", func(n *yaml.Node, path string) { p.period = in.period(n, path) }},
		{"conflicts", func(n *yaml.Node, path string) { p.conflicts = in.column(n, path) }},
		{"trees", func(n *yaml.Node, path string) { in.trees(n, path, p.trees) }},
		{"wishes", func(n *yaml.Node, path string) { p.wishes = in.wishes(n, path) }},
		{"sensitive", func(n *yaml.Node, path string) { p.sensitive = in.columns(n, path) }},
	}
}

func (in yamlReader) period(node *yaml.Node, path string) period {
	var p period
	in.mapping(node, path, []yamlKey{
		{"from", func(n *yaml.Node, path string) { p.from = in.date(n, path) }},
		{"to", func(n *yaml.Node, path string) { p.to = in.date(n, path) }},
	})
	if !p.from.IsZero() && !p.to.IsZero() && p.to.Before(p.from.Time) {
		in.issue(node, path, p.to.String(), fmt.Sprintf("is before %s", p.from), `write the earlier day after "from"`)
	}
	return p
}

func (in yamlReader) date(node *yaml.Node, path string) date {
	text, ok := in.text(node, path)
	if !ok {
		return date{}
	}
	d, ok, instead := parseDate(text)
	if !ok {
		in.issue(node, path, text, "is no day that can be read in one way only", instead)
	}
	return d
}

// duration reads a length of time in minutes.
func (in yamlReader) duration(node *yaml.Node, path string) int {
	text, ok := in.text(node, path)
	if !ok {
		return 0
	}
	minutes, ok := parseDuration(text)
	if !ok || minutes < 15 || minutes > 7*24*60 {
		in.issue(node, path, text, "is no length of time", `write it with its unit, such as "1 h" or "90 min"; at least 15 min`)
		return 0
	}
	return minutes
}

func (in yamlReader) wishes(node *yaml.Node, path string) *wishRule {
	w := &wishRule{line: node.Line, path: path}
	if node.Kind != yaml.MappingNode {
		in.issue(node, path, "", "does not say where mentees wish and what mentors are", "write {mentee: COLUMN, mentor: COLUMN}")
		return nil
	}
	w.columns = in.columnsOfSides(node, path)
	return w
}

// withoutWishes refuses wishes about people that stand under one side, and returns the rest.
func (in yamlReader) withoutWishes(node *yaml.Node, path string, side match.Side) *yaml.Node {
	for i := 0; node.Kind == yaml.MappingNode && i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value != "wishes" {
			continue
		}
		if side == match.MenteeSide {
			in.issue(node.Content[i], path+" wishes", "", "wishes stand on the top level of the rules", `write "wishes: {mentee: COLUMN, mentor: COLUMN}" there`)
		} else {
			in.issue(node.Content[i], path+" wishes", "", "mentors do not wish for mentees by what these are: a personal characteristic must never keep a mentee from help", "delete it")
		}
		rest := *node
		rest.Content = slices.Concat(node.Content[:i], node.Content[i+2:])
		return &rest
	}
	return node
}

func (in yamlReader) trees(node *yaml.Node, at string, trees map[string]treeRule) {
	in.entries(node, at, func(key, value *yaml.Node) {
		t := treeRule{name: key.Value, line: value.Line, path: at + " " + key.Value}
		if value.Kind == yaml.ScalarNode && strings.EqualFold(path.Ext(value.Value), ".csv") {
			t.file = value.Value
		} else {
			in.branch(value, &t, "", 0)
			if len(t.terms) == 0 {
				in.issue(value, t.path, value.Value, "is no tree", "write its terms as lists within lists, or the name of a CSV file with the columns term and parent")
			}
		}
		trees[score.Fold(key.Value)] = t
	})
}

// Bounds of a tree.
const (
	mostTerms = 50_000
	mostDepth = 100
)

// branch reads terms: a word; a word with a list of narrower terms after it; or, in brackets, several words for one
// term. A bar parts words for one term as well.
func (in yamlReader) branch(node *yaml.Node, t *treeRule, above string, depth int) {
	if t.large {
		return
	}
	if t.large = depth > mostDepth || len(t.terms) > mostTerms; t.large {
		in.issue(node, t.path, "", fmt.Sprintf("the tree has more than %d levels or %d terms", mostDepth, mostTerms), "leave out what nobody uses")
		return
	}
	switch node.Kind {
	case yaml.SequenceNode:
		for _, item := range node.Content {
			if item.Kind == yaml.SequenceNode {
				in.term(item, t, above, in.texts(item, t.path))
				continue
			}
			in.branch(item, t, above, depth+1)
		}
	case yaml.MappingNode:
		in.entries(node, t.path, func(key, value *yaml.Node) {
			name := in.term(key, t, above, strings.Split(key.Value, "|"))
			if value.Tag != "!!null" && name != "" {
				in.branch(value, t, name, depth+1)
			}
		})
	default:
		in.term(node, t, above, strings.Split(node.Value, "|"))
	}
}

// term takes the words for one term and returns its name.
func (in yamlReader) term(node *yaml.Node, t *treeRule, above string, words []string) string {
	var named []string
	for _, word := range words {
		if word = strings.Join(strings.Fields(word), " "); word != "" {
			named = append(named, word)
		}
	}
	if len(named) == 0 {
		in.issue(node, t.path, "", "a term has no name", "write one, or delete the line")
		return ""
	}
	t.terms = append(t.terms, score.Term{Name: named[0], Above: above, Synonyms: named[1:]})
	t.lines = append(t.lines, node.Line)
	return named[0]
}
