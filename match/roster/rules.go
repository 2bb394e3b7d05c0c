package roster

import (
	"fmt"
	"slices"

	"go.yaml.in/yaml/v4"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// Rules are a rules file as it was written. What it says of columns is compared with the tables later.
type rules struct {
	file     string
	aim      match.Aim // "": the format's own
	aimLine  int
	seed     string
	goals    []goalWord // none: the format's own
	hard     bool       // minimums must be met
	sides    [2]sideRules
	scales   map[string]*score.Scale // by folded column
	lists    map[string]string       // separators, by folded column
	purposes *purposesRule
	must     []criterion
	points   []criterion
	policy   policy
	audit    auditRule
	lines    map[string]int // of the keys on the top level
	unread   bool           // the file cannot be read at all
	people   *peopleRules   // how one table holds both sides; nil: there are two tables
	both     sideRules      // what "people" says of mentees and mentors alike
	pairs    pairsRule
	poor     int // a pair with less suitability is a poor match
}

// A goalWord is a goal as a coordinator writes it.
type goalWord struct {
	name string
	line int
}

// sideRules say what the columns of one side's file mean, and what each person takes.
type sideRules struct {
	place    place
	id       columnName
	idParts  []columnName // all columns that the id is made of, the first being id
	name     []columnName
	takes    amount
	least    amount
	choices  []columnName
	unlisted string // "never", "last", or "" for the default
	classes  []classRule
	eligible []eligibleRule

	person    personRules
	choicesBy []columnName // how choices name people: "id", "name", or a column of theirs; nil: by id
	refers    []referRule
}

// A columnName is a column as the rules name it.
type columnName struct {
	name string
	line int
	path string
}

// An amount is a number, or a column with a number for each person.
type amount struct {
	column columnName
	number int
	given  bool
}

// A classRule bounds how many pairs of a person may be alike in something.
type classRule struct {
	line  int
	path  string
	by    string     // "purpose", "mentor", "mentee", or "" for a column
	col   columnName // of the other side's file; with same, of both
	same  bool       // the class is made of those who are like the person itself
	most  bound
	least bound
}

// A bound is a number for all values, or one for each value that is named.
type bound struct {
	given  bool
	number int
	named  map[string]namedBound // by folded value; nil: number is for all
}

type namedBound struct {
	value  string
	number int
	line   int
}

func (b *bound) of(folded string) (int, bool) {
	if b.named == nil {
		return b.number, b.given
	}
	named, ok := b.named[folded]
	return named.number, ok
}

// purposesRule says where what mentees seek and mentors offer stands.
type purposesRule struct {
	mentee, mentor columnName
	all            bool
	points         []int
	weight         int
	weighted       bool
	line           int
}

// readRules reads a rules file. What is wrong is reported; the rest is returned, so that the tables can be read and
// their problems reported at the same time.
func readRules(in Input, rep *report) *rules {
	return yamlReader{file: in.Name, rep: rep}.rules(in)
}

func (y yamlReader) rules(in Input) *rules {
	r := &rules{file: in.Name, scales: map[string]*score.Scale{}, lists: map[string]string{}, lines: map[string]int{}}
	root := y.parseYAML(in)
	if root == nil {
		r.unread = true
		return r
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		r.lines[root.Content[i].Value] = root.Content[i].Line
	}
	version := false
	known := y.mapping(root, "", slices.Concat([]yamlKey{
		{"version", func(n *yaml.Node, path string) {
			version = true
			if v, ok := y.text(n, path); ok && v != "1" {
				y.issue(n, path, v, "is a version that this program does not read", "write 1")
			}
		}},
		{"aim", func(n *yaml.Node, path string) {
			word, _ := y.word(n, path, string(match.Optimal), string(match.StableForMentees), string(match.StableForMentors), string(match.StableMorePlaced))
			r.aim, r.aimLine = match.Aim(word), n.Line
		}},
		{"seed", func(n *yaml.Node, path string) { r.seed, _ = y.text(n, path) }},
		{"goals", func(n *yaml.Node, path string) { r.goals = y.goals(n, path) }},
		{"minimums", func(n *yaml.Node, path string) {
			word, _ := y.word(n, path, "soft", "hard")
			r.hard = word == "hard"
		}},
		{"people", func(n *yaml.Node, path string) { r.readPeopleRules(y, n, path) }},
		{"pairs", func(n *yaml.Node, path string) { r.pairs = y.pairs(n, path) }},
		{"poor", func(n *yaml.Node, path string) { r.poor, _ = y.number(n, path, 1, mostSuitability) }},
		{"mentees", func(n *yaml.Node, path string) { y.side(n, path, match.MenteeSide, &r.sides[match.MenteeSide]) }},
		{"mentors", func(n *yaml.Node, path string) { y.side(n, path, match.MentorSide, &r.sides[match.MentorSide]) }},
		{"scales", func(n *yaml.Node, path string) { y.scales(n, path, r.scales) }},
		{"lists", func(n *yaml.Node, path string) { y.lists(n, path, r.lists) }},
		{"purposes", func(n *yaml.Node, path string) { r.purposes = y.purposes(n, path) }},
		{"must", func(n *yaml.Node, path string) { r.must = y.criteria(n, path, mustKinds) }},
		{"points", func(n *yaml.Node, path string) { r.points = y.criteria(n, path, pointsKinds) }},
		{"audit", func(n *yaml.Node, path string) { r.audit = y.audit(n, path) }},
	}, y.policyKeys(&r.policy)))
	for side := range r.sides {
		r.sides[side].inherit(r.both)
	}
	if known && !version {
		y.rep.issue(Issue{File: in.Name, Row: root.Line, Problem: "the version of the rules is missing", Instead: `write "version: 1" on the first line`})
	}
	return r
}

func (in yamlReader) goals(node *yaml.Node, path string) []goalWord {
	var goals []goalWord
	lines := map[string]int{}
	items := in.items(node)
	for _, item := range items {
		name, ok := in.word(item, path, goalNames...)
		if !ok {
			continue
		}
		if before, twice := lines[name]; twice {
			in.issue(item, path, name, fmt.Sprintf("stands in line %d already", before), "keep one of the two")
			continue
		}
		lines[name] = item.Line
		goals = append(goals, goalWord{name, item.Line})
	}
	if len(items) == 0 {
		in.issue(node, path, "", "there is no goal in the list", oneOf("", goalNames))
	}
	return goals
}

func (in yamlReader) side(node *yaml.Node, path string, side match.Side, s *sideRules) {
	in.mapping(in.withoutWishes(node, path, side), path, slices.Concat(in.nameKeys(s), []yamlKey{
		{"takes", func(n *yaml.Node, path string) { s.takes = in.amount(n, path) }},
		{"at least", func(n *yaml.Node, path string) { s.least = in.amount(n, path) }},
		{"choices", func(n *yaml.Node, path string) { s.choices = in.columns(n, path) }},
		{"unlisted", func(n *yaml.Node, path string) { s.unlisted, _ = in.word(n, path, "never", "last") }},
		{"classes", func(n *yaml.Node, path string) {
			for k, item := range in.items(n) {
				if c, ok := in.class(item, fmt.Sprintf("%s %d", path, k+1), side); ok {
					s.classes = append(s.classes, c)
				}
			}
		}},
		{"eligible", func(n *yaml.Node, path string) { s.eligible = in.eligible(n, path) }},
	}, in.referKeys(s), placeKeys(in, &s.place), in.personKeys(s)))
}

func (in yamlReader) column(node *yaml.Node, path string) columnName {
	name, _ := in.text(node, path)
	return columnName{name, node.Line, path}
}

func (in yamlReader) columns(node *yaml.Node, path string) []columnName {
	var all []columnName
	for _, item := range in.items(node) {
		if c := in.column(item, path); c.name != "" {
			all = append(all, c)
		}
	}
	return all
}

func (in yamlReader) amount(node *yaml.Node, path string) amount {
	if isNumber(node) {
		n, ok := in.number(node, path, 0, mostPlaces)
		return amount{number: n, given: ok}
	}
	column := in.column(node, path)
	return amount{column: column, given: column.name != ""}
}

func (in yamlReader) class(node *yaml.Node, path string, side match.Side) (classRule, bool) {
	c := classRule{line: node.Line, path: path}
	before := len(in.rep.issues)
	partner := (1 - side).String()
	ok := in.mapping(node, path, []yamlKey{
		{"by", func(n *yaml.Node, path string) {
			c.col = in.column(n, path)
			if folded := score.Fold(c.col.name); folded == "purpose" || folded == partner {
				c.by = folded
			}
		}},
		{"same", func(n *yaml.Node, path string) { c.col, c.same = in.column(n, path), true }},
		{"at most", func(n *yaml.Node, path string) { c.most = in.bound(n, path) }},
		{"at least", func(n *yaml.Node, path string) { c.least = in.bound(n, path) }},
	})
	if !ok || c.col.name == "" {
		if len(in.rep.issues) == before {
			in.issue(node, path, "", "nothing says what the class is made by", fmt.Sprintf(`write "by: purpose", "by: %s" or "by:" and a column of the %ss`, partner, partner))
		}
		return c, false
	}
	if !c.most.given && !c.least.given && len(in.rep.issues) == before {
		in.issue(node, path, "", "the class bounds nothing", `write "at most: 1" below it`)
	}
	return c, len(in.rep.issues) == before
}

func (in yamlReader) bound(node *yaml.Node, path string) bound {
	if node.Kind != yaml.MappingNode {
		n, ok := in.number(node, path, 0, mostPlaces)
		return bound{given: ok, number: n}
	}
	b := bound{given: true, named: map[string]namedBound{}}
	in.entries(node, path, func(key, value *yaml.Node) {
		if n, ok := in.number(value, path+" "+key.Value, 0, mostPlaces); ok {
			b.named[score.Fold(key.Value)] = namedBound{key.Value, n, key.Line}
		}
	})
	return b
}

func (in yamlReader) scales(node *yaml.Node, path string, scales map[string]*score.Scale) {
	in.entries(node, path, func(key, value *yaml.Node) {
		path := path + " " + key.Value
		var levels [][]string
		for _, item := range in.items(value) {
			if names := in.texts(item, path); len(names) > 0 {
				levels = append(levels, names)
			}
		}
		scale, err := score.NewScale(levels...)
		if err != nil {
			in.issue(value, path, "", err.Error(), "keep each level once, the lowest first")
			return
		}
		if len(levels) < 2 {
			in.issue(value, path, "", "a scale needs two levels at least", "write all levels in a list, the lowest first")
			return
		}
		scales[score.Fold(key.Value)] = scale
	})
}

func (in yamlReader) lists(node *yaml.Node, path string, separators map[string]string) {
	in.entries(node, path, func(key, value *yaml.Node) {
		if value.Kind != yaml.ScalarNode || value.Value == "" || len(value.Value) > 3 {
			in.issue(value, path+" "+key.Value, value.Value, "is no separator", `write what stands between the items, such as ";"`)
			return
		}
		separators[score.Fold(key.Value)] = value.Value
	})
}

func (in yamlReader) purposes(node *yaml.Node, path string) *purposesRule {
	p := &purposesRule{line: node.Line}
	ok := in.mapping(node, path, []yamlKey{
		{"mentee", func(n *yaml.Node, path string) { p.mentee = in.column(n, path) }},
		{"mentor", func(n *yaml.Node, path string) { p.mentor = in.column(n, path) }},
		{"per pair", func(n *yaml.Node, path string) {
			word, _ := in.word(n, path, "one", "all")
			p.all = word == "all"
		}},
		{"points", func(n *yaml.Node, path string) { p.points = in.pointsByPlace(n, path) }},
		{"weight", func(n *yaml.Node, path string) {
			p.weighted = true
			p.weight, _ = in.number(n, path, 0, score.MaxWeight)
		}},
	})
	if !ok {
		return nil
	}
	if p.weighted && p.points != nil {
		in.issue(node, path, "points", "stands beside a weight, which says already what a purpose brings", "keep one of the two")
	}
	for _, side := range [...]struct {
		key string
		col columnName
		has string
	}{{"mentee", p.mentee, "what each mentee seeks"}, {"mentor", p.mentor, "what each mentor offers"}} {
		if side.col.line == 0 {
			in.issue(node, path, "", fmt.Sprintf("the key %q is missing", side.key), fmt.Sprintf("write %q and the column with %s", side.key+":", side.has))
		}
	}
	return p
}

// only reports the keys that a format without rules about people does not use.
func (r *rules) only(format Format, rep *report) {
	for _, key := range []string{"minimums", "people", "pairs", "poor", "mentees", "mentors", "scales", "lists", "purposes", "must", "points", "model", "level", "relationship", "conflicts", "trees", "wishes", "sensitive", "audit"} {
		if r.lines[key] > 0 {
			rep.issue(Issue{
				File: r.file, Row: r.lines[key], Column: key, Problem: fmt.Sprintf("the key has no meaning for the format %s", format),
				Instead: "delete it; version, aim, seed and goals may stay",
			})
		}
	}
}
