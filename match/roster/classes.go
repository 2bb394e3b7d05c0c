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

// Classes are the classes of one side: sets of a person's candidates that are alike in something. Of any two sets of one
// person one must contain the other, or they have nothing in common; then the classes of a person form a tree, and the
// problem can be solved exactly.
type classes struct {
	program *program
	side    match.Side
	rules   []classRule
	column  [][2]int            // per rule, its column in the mentees' and the mentors' table
	names   []map[string]string // per rule, what a class is called, by folded value
	sets    [][]*classSet       // per person, each after those that contain it
	leaf    []*classSet         // per candidate, the smallest set that it is in
}

// A classID is a rule by its number, and the folded value that the pairs of the class share.
type classID struct {
	rule  int
	value string
}

// A classSet is a set of candidates of one person.
type classSet struct {
	id         classID
	candidates []int
	inside     *classSet // the smallest set that contains it
}

// classify makes the classes of both sides, and reports those that cross.
func (p *program) classify() [2]*classes {
	var both [2]*classes
	for side := range both {
		c := &classes{program: p, side: match.Side(side), rules: p.rules.sides[side].classes, leaf: make([]*classSet, len(p.candidates))}
		if side == int(match.MenteeSide) {
			c.rules = append(slices.Clone(c.rules), p.wishClass()...)
		}
		if c.checkColumns() {
			c.collect()
		}
		both[side] = c
	}
	return both
}

// checkColumns finds the columns of the rules, and reports what is ruled twice.
func (c *classes) checkColumns() bool {
	p := c.program
	before := len(p.rep.issues)
	lines := map[string]int{}
	c.column = make([][2]int, len(c.rules))
	for r, rule := range c.rules {
		switch {
		case rule.by == "purpose":
			if p.rules.purposes == nil && (p.pairs == nil || !slices.ContainsFunc(p.pairs.rows, func(one namedPair) bool { return one.purpose != "" })) {
				p.rep.issue(Issue{
					File: p.rules.file, Row: rule.line, Column: rule.path, Value: rule.by, Problem: "makes no classes, because pairs have no purpose",
					Instead: `write "purposes:" with the columns of both sides, or delete the class`,
				})
			}
		case rule.by == "":
			c.column[r][1-c.side] = p.column(p.sides[1-c.side], rule.col)
			if rule.same {
				c.column[r][c.side] = p.column(p.sides[c.side], rule.col)
			}
		}
		key := c.label(&rule)
		if line, twice := lines[key]; twice {
			p.rep.issue(Issue{File: p.rules.file, Row: rule.line, Column: rule.path, Problem: fmt.Sprintf("classes by %s stand in line %d already", key, line), Instead: "keep one of the two"})
		}
		lines[key] = rule.line
	}
	return len(p.rep.issues) == before
}

// label names the kind of class.
func (c *classes) label(rule *classRule) string {
	switch {
	case rule.same:
		return "same " + score.Fold(rule.col.name)
	case rule.by != "":
		return rule.by
	}
	return score.Fold(rule.col.name)
}

// valueOf is what candidate k has to do with rule number r, as written; "" when it is in no class of it.
func (c *classes) valueOf(r int, k *candidate) string {
	rule := &c.rules[r]
	partner := &c.program.sides[1-c.side].persons[k.person[1-c.side]]
	switch rule.by {
	case wishClassName:
		return c.program.wishOf(k)
	case "purpose":
		return c.program.spelling[k.purpose]
	case match.MenteeSide.String(), match.MentorSide.String():
		return partner.id
	}
	value := strings.Join(strings.Fields(partner.row.cells[c.column[r][1-c.side]]), " ")
	if !rule.same {
		return value
	}
	self := &c.program.sides[c.side].persons[k.person[c.side]]
	if value == "" || score.Fold(self.row.cells[c.column[r][c.side]]) != score.Fold(value) {
		return ""
	}
	return "same"
}

// collect makes the sets of everybody's candidates, and reports the first two that cross.
func (c *classes) collect() {
	values := make([][]string, len(c.rules)) // per rule and candidate, folded
	c.names = make([]map[string]string, len(c.rules))
	for r := range c.rules {
		present := map[string]string{} // by folded value, the first spelling in the order of letters
		values[r] = make([]string, len(c.program.candidates))
		for k := range c.program.candidates {
			value := c.valueOf(r, &c.program.candidates[k])
			if value == "" {
				continue
			}
			values[r][k] = score.Fold(value)
			if before, known := present[values[r][k]]; !known || value < before {
				present[values[r][k]] = value
			}
		}
		c.checkNamed(&c.rules[r], present)
		c.names[r] = map[string]string{}
		for folded, value := range present {
			c.names[r][folded] = c.name(&c.rules[r], value)
		}
	}
	c.sets = make([][]*classSet, len(c.program.sides[c.side].persons))
	for who, own := range c.byPerson() {
		sets := map[classID]*classSet{}
		for r := range c.rules {
			for _, k := range own {
				if values[r][k] == "" || !c.bounds(r, values[r][k]) {
					continue
				}
				id := classID{r, values[r][k]}
				if sets[id] == nil {
					sets[id] = &classSet{id: id}
				}
				sets[id].candidates = append(sets[id].candidates, k)
			}
		}
		if !c.nest(who, sets) {
			return
		}
	}
}

// byPerson lists the candidates of each person.
func (c *classes) byPerson() [][]int {
	lists := make([][]int, len(c.program.sides[c.side].persons))
	for k := range c.program.candidates {
		who := c.program.candidates[k].person[c.side]
		lists[who] = append(lists[who], k)
	}
	return lists
}

// bounds says whether a rule makes a class of a value.
func (c *classes) bounds(r int, folded string) bool {
	_, most := c.rules[r].most.of(folded)
	_, least := c.rules[r].least.of(folded)
	return most || least || c.rules[r].by == wishClassName
}

// name is what people call a class.
func (c *classes) name(rule *classRule, value string) string {
	if rule.same || rule.by == wishClassName {
		return c.label(rule)
	}
	return c.label(rule) + ": " + value
}

// checkNamed reports values that a rule bounds and no possible pair has.
func (c *classes) checkNamed(rule *classRule, present map[string]string) {
	for _, bound := range [...]bound{rule.most, rule.least} {
		for _, folded := range slices.Sorted(maps.Keys(bound.named)) {
			if _, ok := present[folded]; !ok {
				named := bound.named[folded]
				c.program.rep.issue(Issue{
					File: c.program.rules.file, Row: named.line, Column: rule.path, Value: named.value, Problem: "is shared by no possible pair",
					Instead: oneOf(named.value, slices.Sorted(maps.Values(present))),
				})
			}
		}
	}
}

// nest puts each set of a person into the smallest one that contains it. It reports two that cross and returns false.
func (c *classes) nest(who int, sets map[classID]*classSet) bool {
	var order []*classSet
	for _, set := range sets {
		if !c.isIdle(who, set) {
			order = append(order, set)
		}
	}
	slices.SortFunc(order, func(a, b *classSet) int {
		return cmp.Or(cmp.Compare(len(b.candidates), len(a.candidates)), cmp.Compare(a.id.rule, b.id.rule), strings.Compare(a.id.value, b.id.value))
	})
	for _, set := range order {
		set.inside = c.leaf[set.candidates[0]]
		for _, k := range set.candidates {
			if other := c.leaf[k]; other != set.inside {
				// Of two sets that overlap this one, the smaller does not contain it.
				if other == nil || set.inside != nil && len(set.inside.candidates) < len(other.candidates) {
					other = set.inside
				}
				c.reportCrossing(set, other)
				return false
			}
		}
		for _, k := range set.candidates {
			c.leaf[k] = set
		}
	}
	c.sets[who] = order
	return true
}

// isIdle says whether a set bounds nothing and would only stand in the way of a wish: the person takes no more, or has
// no more candidates, than it allows.
func (c *classes) isIdle(who int, set *classSet) bool {
	rule := &c.rules[set.id.rule]
	if rule.by == wishClassName || c.rules[len(c.rules)-1].by != wishClassName {
		return false
	}
	least, _ := rule.least.of(set.id.value)
	most, bounded := rule.most.of(set.id.value)
	return least == 0 && (!bounded || most >= min(c.program.sides[c.side].persons[who].takes, len(set.candidates)))
}

func (c *classes) reportCrossing(a, b *classSet) {
	p := c.program
	first, second := c.rules[b.id.rule], c.rules[a.id.rule]
	p.rep.issue(Issue{
		File: p.rules.file, Row: second.line, Column: second.path,
		Problem: fmt.Sprintf("the classes by %s and by %s cross: some pairs are in %q only, some in %q only, some in both; no exact answer is known for such classes",
			c.label(&first), c.label(&second), c.names[b.id.rule][b.id.value], c.names[a.id.rule][a.id.value]),
		Instead: fmt.Sprintf("delete one of the two, in line %d or here, or choose columns of which one divides the other, as departments divide faculties", first.line),
	})
}

// build makes the classes of every person who has a candidate in them, or must have one.
func (c *classes) build(b *match.Builder, s *people) {
	for i, one := range s.persons {
		made := map[classID]bool{}
		for _, set := range c.sets[i] {
			made[set.id] = true
			parent := ""
			if set.inside != nil {
				parent = c.names[set.inside.id.rule][set.inside.id.value]
			}
			c.class(b, one, set.id, parent)
		}
		for r := range c.rules {
			for _, folded := range slices.Sorted(maps.Keys(c.names[r])) {
				if least, _ := c.rules[r].least.of(folded); least > 0 && !made[classID{r, folded}] {
					c.class(b, one, classID{r, folded}, "")
				}
			}
		}
	}
}

// class makes one class of a person.
func (c *classes) class(b *match.Builder, one person, id classID, parent string) {
	rule := &c.rules[id.rule]
	least, _ := rule.least.of(id.value)
	most, bounded := rule.most.of(id.value)
	if !bounded {
		most = max(one.takes, least)
	}
	b.Class(c.side, one.id, c.names[id.rule][id.value], parent, most, least)
}

// innermost is the name of the smallest class of candidate number k, or "".
func (c *classes) innermost(k int) string {
	if c.leaf[k] == nil {
		return ""
	}
	return c.names[c.leaf[k].id.rule][c.leaf[k].id.value]
}
