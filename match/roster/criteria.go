package roster

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/chiron-mentoring/chiron/match/score"
)

// A criterion is one entry under "must" or "points" as it was written.
type criterion struct {
	line    int
	path    string
	kind    string
	name    string          // what people call it; "": made from kind and columns
	columns [2][]columnName // per side; one unless the kind takes several
	wish    string          // for a choice, the side whose it is
	scale   string          // the column whose scale is meant; "": that of the mentee's or the mentor's column
	from    *int
	to      *int
	least   int           // what "at least" says, in the units of the kind; 0: nothing
	tree    string        // "": the one that is named after the column
	zones   [2]columnName // for time
	sites   [2][]columnName
	unless  *unlessRule
	private bool // the rule has no name of its own in any text

	worth *yaml.Node // the points, which are read when the kind is known
	most  *yaml.Node // and so is this
	ideal []int
	rule  score.Points
}

// An unlessRule says what makes up for distance.
type unlessRule struct {
	line        int
	destination []columnName // of the mentees
	shared      [2][]columnName
	least       int
}

// A criterionKind says how people are compared.
type criterionKind struct {
	measure score.Measure
	lists   [2]bool // per side: the cell is a list, not one value
	negated bool    // holds when nothing is in common
	choice  bool    // compares a person with a list of choices
	several bool    // takes several columns of a side as one
	mentors bool    // looks at the mentor alone
	fitOnly bool    // has a weight and no points
	name    string  // of the criterion when both columns have one name, with %s for it
	apart   string  // of the criterion when they have two, with %s for the mentee's and the mentor's
}

var criterionKinds = map[string]criterionKind{
	"same":         {name: "same %s", apart: "same %s and %s"},
	"different":    {negated: true, name: "different %s", apart: "%s other than %s"},
	"in":           {lists: [2]bool{false, true}, name: "%s among those of the mentor", apart: "%s among %s"},
	"not in":       {lists: [2]bool{false, true}, negated: true, name: "%s not among those of the mentor", apart: "%s not among %s"},
	"contains":     {lists: [2]bool{true, false}, name: "%s has that of the mentor", apart: "%s has %s"},
	"not contains": {lists: [2]bool{true, false}, negated: true, name: "%s has not that of the mentor", apart: "%s has not %s"},
	"shared":       {lists: [2]bool{true, true}, several: true, name: "shared %s", apart: "shared %s and %s"},
	"none shared":  {lists: [2]bool{true, true}, several: true, negated: true, name: "nothing shared in %s", apart: "nothing shared in %s and %s"},
	"gap":          {measure: score.Gap, name: "gap in %s", apart: "gap between %s and %s"},
	"choice":       {choice: true},
	"related":      {measure: score.Related, lists: [2]bool{true, true}, several: true, fitOnly: true, name: "related %s", apart: "related %s and %s"},
	"time":         {measure: score.Time, several: true, fitOnly: true, name: "time in common", apart: "time in common"},
	"near":         {measure: score.Near, lists: [2]bool{true, true}, several: true, fitOnly: true, name: "near enough", apart: "near enough"},
	"load":         {measure: score.Number, mentors: true, fitOnly: true, name: "present load"},
	"mode":         {several: true, name: "a way to meet", apart: "a way to meet"},
}

var (
	mustKinds = []string{
		"same", "different", "in", "not in", "contains", "not contains", "shared", "none shared", "gap",
		"related", "time", "near", "mode",
	}
	pointsKinds = []string{"same", "different", "in", "contains", "shared", "gap", "choice", "related", "time", "near", "load"}
)

// An option of a criterion, and the kinds that it belongs to; none: all of them.
type criterionOption struct {
	name  string
	kinds []string
	read  func(in yamlReader, c *criterion, n *yaml.Node, path string)
}

var commonOptions = []criterionOption{
	{"name", nil, func(in yamlReader, c *criterion, n *yaml.Node, path string) { c.name, _ = in.text(n, path) }},
	{"scale", []string{"gap"}, func(in yamlReader, c *criterion, n *yaml.Node, path string) { c.scale, _ = in.text(n, path) }},
	{"tree", []string{"related", "near"}, func(in yamlReader, c *criterion, n *yaml.Node, path string) { c.tree, _ = in.text(n, path) }},
	{"zones", []string{"time"}, func(in yamlReader, c *criterion, n *yaml.Node, path string) {
		for side, columns := range in.columnsOfSides(n, path) {
			if len(columns) > 0 {
				c.zones[side] = columns[0]
			}
		}
	}},
	{"unless", []string{"near"}, func(in yamlReader, c *criterion, n *yaml.Node, path string) { c.unless = in.unless(n, path) }},
}

var mustOptions = append(slices.Clone(commonOptions), []criterionOption{
	{"from", []string{"gap"}, func(in yamlReader, c *criterion, n *yaml.Node, path string) {
		c.from = in.pointer(n, path, -score.MaxPoints)
	}},
	{"to", []string{"gap"}, func(in yamlReader, c *criterion, n *yaml.Node, path string) {
		c.to = in.pointer(n, path, -score.MaxPoints)
	}},
	{"at least", []string{"shared", "related", "near", "time"}, func(in yamlReader, c *criterion, n *yaml.Node, path string) {
		switch c.kind {
		case "time":
			c.least = in.duration(n, path)
		case "related", "near":
			c.least, _ = in.number(n, path, 1, score.BestFit)
		default:
			c.least, _ = in.number(n, path, 1, score.MaxPoints)
		}
	}},
	{"site", []string{"mode"}, func(in yamlReader, c *criterion, n *yaml.Node, path string) { c.sites = in.columnsOfSides(n, path) }},
	{"private", nil, func(in yamlReader, c *criterion, n *yaml.Node, path string) { c.private = in.yes(n, path) }},
}...)

var pointsOptions = append(slices.Clone(commonOptions), []criterionOption{
	{"points", nil, func(_ yamlReader, c *criterion, n *yaml.Node, _ string) { c.worth = n }},
	{"weight", nil, func(in yamlReader, c *criterion, n *yaml.Node, path string) {
		c.rule.Weight, _ = in.number(n, path, 0, score.MaxWeight)
		c.rule.Fit = &score.Fit{} // made in fit
	}},
	{"most", []string{"shared", "time", "load"}, func(_ yamlReader, c *criterion, n *yaml.Node, _ string) { c.most = n }},
	{"ideal", []string{"gap"}, func(in yamlReader, c *criterion, n *yaml.Node, path string) {
		for _, item := range in.items(n) {
			if gap, ok := in.number(item, path, -1000, 1000); ok {
				c.ideal = append(c.ideal, gap)
			}
		}
	}},
}...)

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
	options := mustOptions
	if scored {
		options = pointsOptions
	}
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
	var given []func() // options, which are read when the kind is known
	for _, option := range options {
		keys = append(keys, yamlKey{option.name, func(n *yaml.Node, path string) {
			given = append(given, func() {
				if option.kinds != nil && !slices.Contains(option.kinds, c.kind) {
					in.issue(node, c.path, option.name, "belongs to "+orList(option.kinds)+" only", "delete it")
					return
				}
				option.read(in, &c, n, path)
			})
		}})
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
	for _, read := range given {
		read()
	}
	if scored {
		in.worth(node, &c)
	} else {
		in.checkBounds(node, &c)
	}
	return c, len(in.rep.issues) == before
}

// orList quotes words as `"a"`, `"a" or "b"`, `"a", "b" or "c"`.
func orList(words []string) string {
	var quoted []string
	for _, word := range words {
		quoted = append(quoted, fmt.Sprintf("%q", word))
	}
	if len(quoted) < 2 {
		return strings.Join(quoted, "")
	}
	return strings.Join(quoted[:len(quoted)-1], ", ") + " or " + quoted[len(quoted)-1]
}

func (in yamlReader) pointer(node *yaml.Node, path string, from int) *int {
	n, ok := in.number(node, path, from, score.MaxPoints)
	if !ok {
		return nil
	}
	return &n
}

// yes reads yes or no.
func (in yamlReader) yes(node *yaml.Node, path string) bool {
	word, _ := in.word(node, path, "yes", "no", "true", "false")
	return word == "yes" || word == "true"
}

// compared reads what a criterion compares: a column that both sides have, or one of each side.
func (in yamlReader) compared(node *yaml.Node, path string, c *criterion) {
	kind := criterionKinds[c.kind]
	if kind.choice {
		c.wish, _ = in.word(node, path, "mentee", "mentor")
		return
	}
	if kind.mentors {
		c.columns[1] = []columnName{in.column(node, path)}
		return
	}
	c.columns = in.columnsOfSides(node, path)
	for _, columns := range c.columns {
		if len(columns) > 1 && !kind.several {
			in.issue(node, path, columns[1].name, fmt.Sprintf("is a second column, and %q compares one of each side", c.kind), "write one criterion for each")
			return
		}
	}
}

// columnsOfSides reads columns that both sides have, or those of each side.
func (in yamlReader) columnsOfSides(node *yaml.Node, path string) (columns [2][]columnName) {
	if node.Kind != yaml.MappingNode {
		columns[0] = in.columns(node, path)
		columns[1] = columns[0]
		return columns
	}
	missing := [2]bool{true, true}
	if !in.mapping(node, path, []yamlKey{
		{"mentee", func(n *yaml.Node, path string) { columns[0], missing[0] = in.columns(n, path), false }},
		{"mentor", func(n *yaml.Node, path string) { columns[1], missing[1] = in.columns(n, path), false }},
	}) {
		return columns
	}
	if missing[0] || missing[1] {
		in.issue(node, path, "", "one of the two columns is missing", "write {mentee: COLUMN, mentor: COLUMN}, or one column that both have")
	}
	return columns
}

// unless reads what makes up for distance.
func (in yamlReader) unless(node *yaml.Node, path string) *unlessRule {
	u := &unlessRule{line: node.Line, least: 2}
	least := false
	if !in.mapping(node, path, []yamlKey{
		{"destination", func(n *yaml.Node, path string) { u.destination = in.columns(n, path) }},
		{"shared", func(n *yaml.Node, path string) { u.shared = in.columnsOfSides(n, path) }},
		{"at least", func(n *yaml.Node, path string) {
			least = true
			if n, ok := in.number(n, path, 1, mostItems); ok {
				u.least = n
			}
		}},
	}) {
		return nil
	}
	if u.destination == nil && u.shared[0] == nil {
		in.issue(node, path, "", "nothing says what makes up for distance", `write "destination:" and a column of the mentees, or "shared:" and a column of both`)
	}
	if least && u.shared[0] == nil {
		in.issue(node, path, "at least", `belongs to "shared" only`, "delete it")
	}
	return u
}

// checkBounds reports a rule that bounds nothing.
func (in yamlReader) checkBounds(node *yaml.Node, c *criterion) {
	if c.kind == "gap" && c.from == nil && c.to == nil {
		in.issue(node, c.path, "", "the gap has no bounds", `write "from: 1" and "to: 2", or one of them`)
	}
	if c.from != nil && c.to != nil && *c.from > *c.to {
		in.issue(node, c.path, fmt.Sprint(*c.from), fmt.Sprintf("is greater than %d, so no gap is allowed", *c.to), `write the smaller number after "from"`)
	}
	if c.kind == "mode" && c.sites[0] == nil {
		in.issue(node, c.path, "", "nothing says where people can meet in person", `write "site:" and the column with each person's site`)
	}
}

// label is what people call the criterion.
func (c *criterion) label() string {
	kind := criterionKinds[c.kind]
	mentee, mentor := columnList(c.columns[0]), columnList(c.columns[1])
	switch {
	case c.private:
		return keptApart
	case c.name != "":
		return c.name
	case kind.choice:
		return "choice of the " + c.wish
	case !strings.Contains(kind.name, "%s"):
		return kind.name
	case kind.mentors, score.Fold(mentee) == score.Fold(mentor):
		return fmt.Sprintf(kind.name, mentor)
	}
	return fmt.Sprintf(kind.apart, mentee, mentor)
}

// columnList names columns.
func columnList(columns []columnName) string {
	var names []string
	for _, c := range columns {
		names = append(names, c.name)
	}
	return inWords(names)
}
