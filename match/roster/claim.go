package roster

import (
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
