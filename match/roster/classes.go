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

// Classes are the classes of one side: sets of candidates that are alike in something, each person having one class
// of each kind. Of any two sets one must contain the other, or they have nothing in common; then the classes of a
// person form a tree, and the problem can be solved exactly.
type classes struct {
	program *program
	side    match.Side
	rules   []classRule
	sets    map[classID]*classSet
	order   []classID   // each after those that contain it
	column  [][2]int    // per rule, its column in the mentees' and the mentors' table
	leaf    []*classSet // per candidate, the smallest set that it is in
}

// A classID is a rule by its number, and the folded value that the pairs of the class share.
type classID struct {
	rule  int
	value string
}

type classSet struct {
	name    string // of the class, for people
	size    int
	inside  *classSet // the smallest set that contains it
	insides []int     // candidates, while the sets are made
	id      classID
}

// classify makes the classes of both sides, and reports those that cross.
func (p *program) classify() [2]*classes {
	var both [2]*classes
	for side := range both {
		c := &classes{program: p, side: match.Side(side), rules: p.rules.sides[side].classes, sets: map[classID]*classSet{}}
		if c.checkColumns() {
			c.collect()
			c.nest()
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

// label names the kind of class, and with a value after it the class.
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

// collect makes the sets of candidates.
func (c *classes) collect() {
	for r := range c.rules {
		rule := &c.rules[r]
		present := map[string]string{} // by folded value, the first spelling in the order of letters
		for k := range c.program.candidates {
			value := c.valueOf(r, &c.program.candidates[k])
			if value == "" {
				continue
			}
			id := classID{r, score.Fold(value)}
			if before, known := present[id.value]; !known || value < before {
				present[id.value] = value
			}
			if _, bounded := rule.most.of(id.value); !bounded {
				if _, bounded = rule.least.of(id.value); !bounded {
					continue
				}
			}
			set := c.sets[id]
			if set == nil {
				set = &classSet{id: id}
				c.sets[id] = set
			}
			set.size++
			set.insides = append(set.insides, k)
		}
		for folded, value := range present {
			if set := c.sets[classID{r, folded}]; set != nil {
				set.name = c.label(rule) + ": " + value
				if rule.same {
					set.name = c.label(rule)
				}
			}
		}
		c.checkNamed(rule, present)
	}
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

// nest puts each set into the smallest one that contains it, and reports two that cross.
func (c *classes) nest() {
	c.order = slices.SortedFunc(maps.Keys(c.sets), func(a, b classID) int {
		return cmp.Or(cmp.Compare(c.sets[b].size, c.sets[a].size), cmp.Compare(a.rule, b.rule), strings.Compare(a.value, b.value))
	})
	innermost := make([]*classSet, len(c.program.candidates))
	for _, id := range c.order {
		set := c.sets[id]
		set.inside = innermost[set.insides[0]]
		for _, k := range set.insides {
			if other := innermost[k]; other != set.inside {
				// Of two sets that overlap this one, the smaller does not contain it.
				if other == nil || set.inside != nil && set.inside.size < other.size {
					other = set.inside
				}
				c.reportCrossing(set, other)
				return
			}
		}
		for _, k := range set.insides {
			innermost[k] = set
		}
	}
	c.leaf = innermost
}

func (c *classes) reportCrossing(a, b *classSet) {
	p := c.program
	first, second := c.rules[b.id.rule], c.rules[a.id.rule]
	p.rep.issue(Issue{
		File: p.rules.file, Row: second.line, Column: second.path,
		Problem: fmt.Sprintf("the classes by %s and by %s cross: some pairs are in %q only, some in %q only, some in both; no exact answer is known for such classes",
			c.label(&first), c.label(&second), b.name, a.name),
		Instead: fmt.Sprintf("delete one of the two, in line %d or here, or choose columns of which one divides the other, as departments divide faculties", first.line),
	})
}

// build makes the classes of every person who has a candidate in them, or must have one.
func (c *classes) build(b *match.Builder, s *people) {
	has := make([]map[*classSet]bool, len(s.persons))
	for i := range has {
		has[i] = map[*classSet]bool{}
	}
	for k := range c.program.candidates {
		for set := c.leaf[k]; set != nil; set = set.inside {
			has[c.program.candidates[k].person[c.side]][set] = true
		}
	}
	for i, one := range s.persons {
		for _, id := range c.order {
			set, rule := c.sets[id], &c.rules[id.rule]
			least, _ := rule.least.of(id.value)
			if least > 0 {
				for up := set.inside; up != nil; up = up.inside {
					has[i][up] = true
				}
			} else if !has[i][set] {
				continue
			}
			most, bounded := rule.most.of(id.value)
			if !bounded {
				most = max(one.takes, least)
			}
			parent := ""
			if set.inside != nil {
				parent = set.inside.name
			}
			b.Class(c.side, one.id, set.name, parent, most, least)
		}
	}
}

// innermost is the name of the smallest class of candidate number k, or "".
func (c *classes) innermost(k int) string {
	if c.leaf[k] == nil {
		return ""
	}
	return c.leaf[k].name
}
