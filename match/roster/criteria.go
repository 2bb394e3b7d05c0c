package roster

import (
	"fmt"
	"slices"

	"go.yaml.in/yaml/v4"

	"github.com/chiron-mentoring/chiron/match/score"
)

// A criterion is one entry under "must" or "points" as it was written.
type criterion struct {
	line           int
	path           string
	kind           string
	name           string // what people call it; "": made from kind and columns
	mentee, mentor columnName
	scale          string // the column whose scale is meant; "": that of the mentee's or the mentor's column
	from, to       *int
	least          *int
	worth          *yaml.Node // the points, which are read when the kind is known
	rule           score.Points
}

// A kind of criterion compares two columns.
type kind struct {
	measure score.Measure
	lists   [2]bool // per side: the cell is a list, not one value
	negated bool    // holds when nothing is in common
	choice  bool    // compares a person with a list of choices
	name    string  // of the criterion when both columns have one name, with %s for it
	apart   string  // of the criterion when they have two, with %s for the mentee's and the mentor's
}

var kinds = map[string]kind{
	"same":         {name: "same %s", apart: "same %s and %s"},
	"different":    {negated: true, name: "different %s", apart: "%s other than %s"},
	"in":           {lists: [2]bool{false, true}, name: "%s among those of the mentor", apart: "%s among %s"},
	"not in":       {lists: [2]bool{false, true}, negated: true, name: "%s not among those of the mentor", apart: "%s not among %s"},
	"contains":     {lists: [2]bool{true, false}, name: "%s has that of the mentor", apart: "%s has %s"},
	"not contains": {lists: [2]bool{true, false}, negated: true, name: "%s has not that of the mentor", apart: "%s has not %s"},
	"shared":       {lists: [2]bool{true, true}, name: "shared %s", apart: "shared %s and %s"},
	"none shared":  {lists: [2]bool{true, true}, negated: true, name: "nothing shared in %s", apart: "nothing shared in %s and %s"},
	"gap":          {measure: score.Gap, name: "gap in %s", apart: "gap between %s and %s"},
	"choice":       {choice: true},
}

var (
	mustKinds   = []string{"same", "different", "in", "not in", "contains", "not contains", "shared", "none shared", "gap"}
	pointsKinds = []string{"same", "different", "in", "contains", "shared", "gap", "choice"}
)

// criteria reads the list under "must" or "points".
func (in yamlReader) criteria(node *yaml.Node, path string, allowed []string) []criterion {
	var all []criterion
	if node.Kind != yaml.SequenceNode {
		in.issue(node, path, "", "here must stand a list", `begin each criterion on its own line with "- "`)
		return nil
	}
	for k, item := range node.Content {
		if c, ok := in.criterion(item, fmt.Sprintf("%s %d", path, k+1), allowed); ok {
			all = append(all, c)
		}
	}
	return all
}

func (in yamlReader) criterion(node *yaml.Node, path string, allowed []string) (criterion, bool) {
	c := criterion{line: node.Line, path: path}
	before := len(in.rep.issues)
	scored := slices.Contains(allowed, "choice")
	var keys []yamlKey
	for _, word := range allowed {
		keys = append(keys, yamlKey{word, func(n *yaml.Node, path string) {
			if c.kind != "" {
				in.issue(n, path, "", fmt.Sprintf("the criterion compares already by %q", c.kind), `begin a new criterion with "- "`)
				return
			}
			c.kind = word
			in.compared(n, path, &c)
		}})
	}
	keys = append(keys, yamlKey{"name", func(n *yaml.Node, path string) { c.name, _ = in.text(n, path) }})
	if scored {
		keys = append(keys,
			yamlKey{"scale", func(n *yaml.Node, path string) { c.scale, _ = in.text(n, path) }},
			yamlKey{"points", func(n *yaml.Node, path string) { c.worth = n }},
			yamlKey{"most", func(n *yaml.Node, path string) { c.rule.Most, _ = in.number(n, path, 1, score.MaxPoints) }})
	} else {
		keys = append(keys,
			yamlKey{"scale", func(n *yaml.Node, path string) { c.scale, _ = in.text(n, path) }},
			yamlKey{"from", func(n *yaml.Node, path string) { c.from = in.pointer(n, path, -score.MaxPoints) }},
			yamlKey{"to", func(n *yaml.Node, path string) { c.to = in.pointer(n, path, -score.MaxPoints) }},
			yamlKey{"at least", func(n *yaml.Node, path string) { c.least = in.pointer(n, path, 1) }})
	}
	if !in.mapping(node, path, keys) {
		return c, false
	}
	if c.kind == "" {
		if len(in.rep.issues) == before {
			in.issue(node, path, "", "nothing says what is compared", oneOf("", allowed)+" and a column")
		}
		return c, false
	}
	in.checkOptions(node, &c, scored)
	return c, len(in.rep.issues) == before
}

func (in yamlReader) pointer(node *yaml.Node, path string, from int) *int {
	n, ok := in.number(node, path, from, score.MaxPoints)
	if !ok {
		return nil
	}
	return &n
}

// compared reads what a criterion compares: a column that both sides have, or one of each side.
func (in yamlReader) compared(node *yaml.Node, path string, c *criterion) {
	if kinds[c.kind].choice {
		word, _ := in.word(node, path, "mentee", "mentor")
		c.mentee = columnName{word, node.Line, path}
		return
	}
	if node.Kind == yaml.ScalarNode {
		c.mentee = in.column(node, path)
		c.mentor = c.mentee
		return
	}
	if !in.mapping(node, path, []yamlKey{
		{"mentee", func(n *yaml.Node, path string) { c.mentee = in.column(n, path) }},
		{"mentor", func(n *yaml.Node, path string) { c.mentor = in.column(n, path) }},
	}) {
		return
	}
	if c.mentee.line == 0 || c.mentor.line == 0 {
		in.issue(node, path, "", "one of the two columns is missing", "write {mentee: COLUMN, mentor: COLUMN}, or one column that both have")
	}
}

// checkOptions says whether the options fit the kind, and reads the points.
func (in yamlReader) checkOptions(node *yaml.Node, c *criterion, scored bool) {
	gap := c.kind == "gap"
	for _, option := range [...]struct {
		name  string
		given bool
		fits  bool
		where string
	}{
		{"scale", c.scale != "", gap, `"gap"`},
		{"from", c.from != nil, gap, `"gap"`},
		{"to", c.to != nil, gap, `"gap"`},
		{"at least", c.least != nil, c.kind == "shared", `"shared"`},
		{"most", c.rule.Most != 0, c.kind == "shared", `"shared"`},
	} {
		if option.given && !option.fits {
			in.issue(node, c.path, option.name, "belongs to "+option.where+" only", "delete it")
		}
	}
	if scored {
		in.worth(node, c)
		return
	}
	if gap && c.from == nil && c.to == nil {
		in.issue(node, c.path, "", "the gap has no bounds", `write "from: 1" and "to: 2", or one of them`)
	}
	if c.from != nil && c.to != nil && *c.from > *c.to {
		in.issue(node, c.path, fmt.Sprint(*c.from), fmt.Sprintf("is greater than %d, so no gap is allowed", *c.to), `write the smaller number after "from"`)
	}
}

// worth reads the points of a criterion: a number; for a gap, a number for each gap; for a choice, one for each place.
func (in yamlReader) worth(node *yaml.Node, c *criterion) {
	path := c.path + " points"
	if c.worth == nil {
		in.issue(node, c.path, "", "the criterion brings no points", `write "points:" and a number below it`)
		return
	}
	switch kind := kinds[c.kind]; {
	case kind.choice:
		c.rule.Table = map[int]int{}
		for k, points := range in.pointsByPlace(c.worth, path) {
			c.rule.Table[k+1] = points
		}
	case c.kind == "gap":
		if c.worth.Kind != yaml.MappingNode {
			in.issue(c.worth, path, c.worth.Value, "does not say which gap brings it", "write one number for each gap, such as {1: 9, 2: 12}")
			return
		}
		c.rule.Table = map[int]int{}
		in.entries(c.worth, path, func(key, value *yaml.Node) {
			gap, ok := in.number(key, path, -score.MaxPoints, score.MaxPoints)
			if points, fine := in.points(value, path+" "+key.Value); ok && fine {
				c.rule.Table[gap] = points
			}
		})
	case kind.negated:
		points, _ := in.points(c.worth, path)
		c.rule.Table = map[int]int{0: points}
	default:
		c.rule.Each, _ = in.points(c.worth, path)
	}
}

func (in yamlReader) points(node *yaml.Node, path string) (int, bool) {
	return in.number(node, path, -score.MaxPoints, score.MaxPoints)
}

// pointsByPlace reads the points for the first, the second place of a list, and so on.
func (in yamlReader) pointsByPlace(node *yaml.Node, path string) []int {
	var all []int
	for _, item := range in.items(node) {
		if n, ok := in.points(item, path); ok {
			all = append(all, n)
		}
	}
	return all
}

// label is what people call the criterion.
func (c *criterion) label() string {
	kind := kinds[c.kind]
	switch {
	case c.name != "":
		return c.name
	case kind.choice:
		return "choice of the " + c.mentee.name
	case score.Fold(c.mentee.name) == score.Fold(c.mentor.name):
		return fmt.Sprintf(kind.name, c.mentee.name)
	}
	return fmt.Sprintf(kind.apart, c.mentee.name, c.mentor.name)
}
