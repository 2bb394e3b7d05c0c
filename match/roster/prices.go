package roster

import (
	"cmp"
	"maps"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// A priceList has the prices of a certificate, by cap.
type priceList struct {
	*narrowed
	problem *match.Problem
	goals   []int // 0, 1, 2 and so on, as many as there are
	price   [][]int64
	total   [2][]int32            // per side and person, the cap
	class   [2][]map[string]int32 // per side and person, the caps of the classes by name; nil: there are none
	bonus   [2][]int              // per rule, the goal that would count a pair in a class of which there is none; or -1
	order   [2][]int              // the rules, those first that have such a goal
	values  [2][][]string         // per rule and person of the other side, the folded value; nil: it takes more to tell
	folded  map[string]string     // purposes, by how mentees write them
	quick   [2]*quickPrices       // nil: it takes more to tell
}

func newPriceList(n *narrowed, p *match.Problem, c *match.Certificate, goals int) *priceList {
	l := &priceList{narrowed: n, problem: p, goals: make([]int, goals), price: make([][]int64, p.NumCaps())}
	all := make([]int64, p.NumCaps()*goals)
	for cap := range l.price {
		l.price[cap] = all[cap*goals:][:goals:goals]
	}
	for g := range goals {
		for cap, price := range potentials(p, c.Prices[g]) {
			l.price[cap][g] = price
		}
	}
	for side, s := range n.program.sides {
		l.class[side] = make([]map[string]int32, len(s.persons))
		for who := range s.persons {
			pair := score.Pair{Mentee: who, Mentor: who}
			total := n.number(p, match.Side(side), pair)
			if match.Side(side) == match.MentorSide {
				total += int32(len(p.Mentees))
			}
			l.total[side] = append(l.total[side], total)
		}
		l.bonus[side] = n.bonuses(match.Side(side), p.Ladder()[:goals])
		l.order[side] = byBonus(l.bonus[side])
		l.values[side] = n.classes[side].partnerValues()
	}
	l.foldPurposes()
	for k, class := range p.Classes {
		cap := int32(len(p.Mentees) + len(p.Mentors) + k)
		side, number := p.Owner(cap)
		id := [...][]string{p.Mentees, p.Mentors}[side][number]
		who := n.program.sides[side].at[id]
		if l.class[side][who] == nil {
			l.class[side][who] = map[string]int32{}
		}
		l.class[side][who][class.Name] = cap
	}
	for side := range l.quick {
		l.quick[side] = l.newQuickPrices(match.Side(side))
	}
	return l
}

// potentials adds to the price of each cap those of the caps it lies in.
func potentials(p *match.Problem, prices []int64) []int64 {
	sums := slices.Clone(prices)
	for cap := range sums {
		if up := p.Parent(int32(cap)); up >= 0 {
			sums[cap] += sums[up]
		}
	}
	return sums
}

// bonuses says for each rule for classes which goal counts the first pair in a class.
func (n *narrowed) bonuses(side match.Side, ladder []match.Goal) []int {
	var bonus []int
	for _, rule := range n.classes[side].rules {
		counts := func(g match.Goal) bool { return g.Minimums && rule.least.given }
		if rule.by == wishClassName {
			counts = func(g match.Goal) bool { return g.Name == wishesGoal }
		}
		bonus = append(bonus, slices.IndexFunc(ladder, counts))
	}
	return bonus
}

// of is what a pair has to pay on a side.
func (l *priceList) of(side match.Side, pair score.Pair) []int64 {
	c := l.classes[side]
	who := pair.Mentee
	if side == match.MentorSide {
		who = pair.Mentor
	}
	if len(c.rules) == 0 {
		return l.price[l.total[side][who]]
	}
	if l.quick[side] != nil {
		if cap := l.quick[side].cap(who, pair); cap >= 0 {
			return l.price[cap]
		}
	}
	cap, lacking := l.path(side, pair)
	price := l.price[cap]
	for _, r := range lacking {
		value := l.valueOf(side, r, pair)
		if most, bounded := c.rules[r].most.of(value); bounded && most == 0 {
			return nil
		}
		if g := l.bonus[side][r]; g >= 0 {
			price = slices.Clone(price)
			price[g]--
		}
	}
	return price
}

// capOf is the innermost cap on which a pair is known to count.
func (l *priceList) capOf(side match.Side, pair score.Pair) int32 {
	cap, _ := l.path(side, pair)
	return cap
}

// path goes from a person's total down the classes that a pair is in, as far as each lies in the one before. It also
// lists the rules by which the pair is in a class that was not on the way.
func (l *priceList) path(side match.Side, pair score.Pair) (cap int32, lacking []int) {
	c := l.classes[side]
	who := pair.Mentee
	if side == match.MentorSide {
		who = pair.Mentor
	}
	cap = l.total[side][who]
	for _, r := range l.order[side] {
		if l.valueOf(side, r, pair) != "" {
			lacking = append(lacking, r)
		}
	}
	for at := 0; at < len(lacking); {
		name := c.names[lacking[at]][l.valueOf(side, lacking[at], pair)]
		if class, there := l.class[side][who][name]; there && l.problem.Parent(class) == cap {
			cap = class
			lacking = slices.Delete(lacking, at, at+1)
			at = 0
			continue
		}
		at++
	}
	return cap, lacking
}

// byBonus are the rules for classes, those first that bring something for the first pair in a class.
func byBonus(bonus []int) []int {
	var rules []int
	for r := range bonus {
		rules = append(rules, r)
	}
	slices.SortStableFunc(rules, func(a, b int) int { return cmp.Compare(bonus[b], bonus[a]) })
	return rules
}

// partnerValues are the values of the classes that depend on nothing but the person of the other side.
func (c *classes) partnerValues() [][]string {
	values := make([][]string, len(c.rules))
	for r, rule := range c.rules {
		if rule.by == "purpose" || rule.by == wishClassName || rule.same {
			continue
		}
		for j := range c.program.sides[1-c.side].persons {
			k := candidate{}
			k.person[1-c.side] = j
			values[r] = append(values[r], score.Fold(c.valueOf(r, &k)))
		}
	}
	return values
}

func (l *priceList) foldPurposes() {
	l.folded = map[string]string{}
	rule := l.program.rules.purposes
	if rule == nil {
		return
	}
	column, _ := l.program.sides[0].table.find(rule.mentee.name)
	for _, list := range l.program.fields[0][l.program.field(match.MenteeSide, column, true)] {
		for _, purpose := range list {
			l.folded[purpose] = score.Fold(purpose)
		}
	}
}

// valueOf is the folded value of a pair for rule r of a side, or "" when it makes no class.
func (l *priceList) valueOf(side match.Side, r int, pair score.Pair) string {
	c := l.classes[side]
	var value string
	switch {
	case l.values[side][r] != nil && side == match.MenteeSide:
		value = l.values[side][r][pair.Mentor]
	case l.values[side][r] != nil:
		value = l.values[side][r][pair.Mentee]
	case c.rules[r].by == "purpose":
		value = l.folded[pair.Purpose]
	default:
		value = score.Fold(c.valueOf(r, &candidate{person: [2]int{pair.Mentee, pair.Mentor}}))
	}
	if value != "" && !c.bounds(r, value) {
		value = ""
	}
	return value
}

// lowest bounds what anybody has to pay on each side.
func (l *priceList) lowest() [2][][]int64 {
	var both [2][][]int64
	for side, totals := range l.total {
		for who, total := range totals {
			lowest := l.price[total]
			for _, class := range l.class[side][who] {
				if slices.Compare(l.price[class], lowest) < 0 {
					lowest = l.price[class]
				}
			}
			lowest = slices.Clone(lowest)
			for r, g := range l.bonus[side] {
				if g >= 0 && !l.alwaysPays(match.Side(side), who, r) {
					lowest[g]--
				}
			}
			both[side] = append(both[side], lowest)
		}
	}
	return both
}

// alwaysPays says whether a pair of a person in a class of a rule surely finds that class on its way: when nobody of
// the other side is in one, or the class lies in the total and comes first.
func (l *priceList) alwaysPays(side match.Side, who, r int) bool {
	c := l.classes[side]
	if c.rules[r].by == wishClassName {
		if len(l.program.wished[who]) == 0 {
			return true
		}
		class, there := l.class[side][who][wishClassName]
		return there && l.problem.Parent(class) == l.total[side][who] && l.order[side][0] == r
	}
	return len(c.rules) == 1 // such classes are made for everybody
}

// quickPrices are the caps of a side whose classes are all of one kind, so that many pairs can be asked about.
type quickPrices struct {
	codes   int
	partner []int32          // per person of the other side, the code of the class; nil: the purpose says it
	purpose map[string]int32 // by how mentees write a purpose
	side    match.Side
	caps    []int32 // per person and code; -1: it takes more to tell
}

// mostQuick bounds how many classes of persons are numbered.
const mostQuick = 1 << 24

func (l *priceList) newQuickPrices(side match.Side) *quickPrices {
	c := l.classes[side]
	if len(c.rules) != 1 || c.rules[0].by == wishClassName || c.rules[0].same {
		return nil
	}
	q := &quickPrices{side: side}
	number := map[string]int32{"": 0}
	code := func(value string) int32 {
		at, known := number[value]
		if !known {
			at = int32(len(number))
			number[value] = at
		}
		return at
	}
	if l.values[side][0] != nil {
		for _, value := range l.values[side][0] {
			q.partner = append(q.partner, code(value))
		}
	} else {
		q.purpose = map[string]int32{}
		for _, purpose := range slices.Sorted(maps.Keys(l.folded)) {
			q.purpose[purpose] = code(l.folded[purpose])
		}
	}
	q.codes = len(number)
	if q.codes*len(l.total[side]) > mostQuick {
		return nil
	}
	q.caps = slices.Repeat([]int32{-1}, q.codes*len(l.total[side]))
	for who, total := range l.total[side] {
		for value, at := range number {
			if value == "" || !c.bounds(0, value) {
				q.caps[who*q.codes+int(at)] = total
			} else if cap, there := l.class[side][who][c.names[0][value]]; there {
				q.caps[who*q.codes+int(at)] = cap
			}
		}
	}
	return q
}

// cap is the innermost cap on which a pair counts, or -1.
func (q *quickPrices) cap(who int, pair score.Pair) int32 {
	var code int32
	switch {
	case q.partner == nil:
		at, known := q.purpose[pair.Purpose]
		if !known {
			return -1
		}
		code = at
	case q.side == match.MenteeSide:
		code = q.partner[pair.Mentor]
	default:
		code = q.partner[pair.Mentee]
	}
	return q.caps[who*q.codes+int(code)]
}
