package roster

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// A Claim says whether a matching that is the best one within the lists is the best among all possible pairs.
type Claim struct {
	Possible int64 // possible pairs
	Listed   int   // pairs that the problem holds
	Each     int   // how many of the best everybody has on a list

	// Better is how many pairs outside the lists could make the matching better: 0 proves that none can.
	Better int
	// Drawn is how many pairs outside the lists would make nothing better and could have been drawn by the lottery. It
	// is known only when Better is 0.
	Drawn int
	// Unsure says that the pairs which the lottery could have drawn are too many to look at, or draw alike in all its
	// digits, or that there is none to tell the matching from others that are as good.
	Unsure bool

	add []score.Pair
}

// narrowed is a program with lists and what claims need to know of it.
type narrowed struct {
	program *program
	classes [2]*classes
}

// HasLists says whether the problem holds the best of everybody's pairs and not all that are possible.
func (r *Roster) HasLists() bool { return r.narrowed != nil }

// Claim looks among all possible pairs for those that could change the matching of a certificate which [match.Check] has
// accepted for the problem. It needs [Roster.HasLists].
//
// The proof is that of [match.Check], carried on. Put every possible pair into the problem, on the caps that it is known
// to count on, with the prices of the certificate; whoever has no price yet for a class because nobody was in it has it
// for nothing, and a reward that such a class would bring goes to the pair. That makes possible all that the program
// allows, and perhaps more, and counts no matching for less than it is worth. If no pair outside the lists is worth more
// than its prices, the matching is the best one even so.
func (r *Roster) Claim(p *match.Problem, c *match.Certificate) *Claim {
	n := r.narrowed
	ladder := p.Ladder()[:len(c.Prices)]
	before := slices.IndexFunc(ladder, func(g match.Goal) bool { return g.Lottery > 0 })
	if before < 0 {
		before = len(ladder)
	}
	prices := newPriceList(n, p, c, before)
	stakes := &score.Stakes{
		Goals: ladder[:before], Suitability: suitabilityColumn, Others: map[string]int32{}, Price: prices.of,
		Lowest: prices.lowest(),
	}
	if mentees := n.program.sides[match.MenteeSide]; mentees.chooses {
		stakes.Others[rankColumn] = int32(mentees.longestList() + 1)
	}
	lists := n.program.narrow
	found := n.program.scorer.Claim(lists.lists, lists.listed, lists.open, stakes)
	claim := &Claim{
		Possible: n.program.allPossible(), Listed: p.Edges.Len(), Each: lists.each, Better: len(found.Better), add: found.Better,
		Unsure: found.Many || before == len(ladder) && len(found.Level) > 0,
	}
	if claim.Better == 0 && before < len(ladder) && len(found.Level) > 0 {
		claim.draw(n, p, c, prices, found.Level)
	}
	return claim
}

// draw finds the level pairs that the lottery could have drawn.
func (c *Claim) draw(n *narrowed, p *match.Problem, certificate *match.Certificate, prices *priceList, level []score.Pair) {
	q := n.asEdges(p, level)
	ladder := p.Ladder()
	signs := make([]int64, len(level))
	for g := len(prices.goals); g < len(certificate.Prices); g++ {
		worth := q.Worth(&ladder[g])
		potential := potentials(p, certificate.Prices[g])
		for e := range signs {
			if signs[e] == 0 {
				signs[e] = worth.Pair(e) - potential[prices.capOf(match.MenteeSide, level[e])] - potential[prices.capOf(match.MentorSide, level[e])]
			}
		}
	}
	for e, sign := range signs {
		if sign > 0 {
			c.Drawn++
			c.add = append(c.add, level[e])
		}
		c.Unsure = c.Unsure || sign == 0
	}
}

// asEdges is the problem with these pairs for edges, in their order, for the lottery to draw.
func (n *narrowed) asEdges(p *match.Problem, pairs []score.Pair) *match.Problem {
	q := &match.Problem{Mentees: p.Mentees, Mentors: p.Mentors, Lottery: p.Lottery}
	for _, pair := range pairs {
		q.Edges.Mentee = append(q.Edges.Mentee, n.number(p, match.MenteeSide, pair))
		q.Edges.Mentor = append(q.Edges.Mentor, n.number(p, match.MentorSide, pair))
		if pair.Purpose == "" {
			continue
		}
		purpose := n.program.spelling[score.Fold(pair.Purpose)]
		at := slices.Index(q.Purposes, purpose)
		if at < 0 {
			at = len(q.Purposes)
			q.Purposes = append(q.Purposes, purpose)
		}
		q.Edges.Purpose = append(q.Edges.Purpose, int32(at))
	}
	return q
}

// number is the number of a person in the problem.
func (n *narrowed) number(p *match.Problem, side match.Side, pair score.Pair) int32 {
	ids, who := p.Mentees, pair.Mentee
	if side == match.MentorSide {
		ids, who = p.Mentors, pair.Mentor
	}
	at, _ := slices.BinarySearch(ids, n.program.sides[side].persons[who].id)
	return int32(at)
}

// Extend puts the pairs that a claim found on the lists, so that the problem holds them. The error says why they cannot
// all be in one problem.
func (r *Roster) Extend(c *Claim) error {
	for _, pair := range c.add {
		r.narrowed.program.narrow.add(pair.Mentee, pair.Mentor)
	}
	return r.rebuild()
}

// ListAs puts the pairs of a problem on the lists and nothing else besides what lists hold anyhow. The error names a
// pair of the problem that is not possible.
func (r *Roster) ListAs(p *match.Problem) error {
	program := r.narrowed.program
	for e := range p.Edges.Len() {
		var who [2]int
		for side, id := range [...]string{p.Mentees[p.Edges.Mentee[e]], p.Mentors[p.Edges.Mentor[e]]} {
			at, known := program.sides[side].at[id]
			if !known {
				return fmt.Errorf("%s %s is not among the inputs", match.Side(side), id)
			}
			who[side] = at
		}
		program.narrow.add(who[0], who[1])
	}
	return r.rebuild()
}

// rebuild makes the problem again from the lists.
func (r *Roster) rebuild() error {
	p := r.narrowed.program
	before := p.rep
	p.rep = &report{} // what there is to note is noted already
	defer func() { p.rep = before }()
	p.enumerateAdded()
	p.applyStates()
	p.readWishes()
	classes := p.classify()
	if !p.rep.failed() {
		p.pose(classes)
	}
	if p.rep.failed() {
		return p.rep.problems()
	}
	built, err := r.problem(r.aim)
	if err == nil {
		r.built = built
	}
	return err
}

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
