package roster

import (
	"fmt"
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// Where people are many, their possible pairs are too many to be all in a problem, and nearly all of them have no part
// in any good matching. Then the problem lists for everybody the best, and whatever was named by somebody: choices, and
// the pairs of pairs.csv. Whether the others could make the matching better is asked afterwards, of all of them: see
// [Roster.Claim].

// mostEnumerated is how many possible pairs a problem holds all of. When there are more, it holds lists.
const mostEnumerated = 400_000

// bestOnLists is how many of the best everybody has on a list.
const bestOnLists = 32

// mostOnLists bounds the pairs of people on all lists together.
const mostOnLists = 8_000_000

// A narrowing is the lists instead of all possible pairs.
type narrowing struct {
	each     int // how many of the best everybody has
	open     score.Open
	lists    *score.Lists
	possible int64     // pairs of people who are open
	partners [][]int32 // per mentee, the mentors on the list, increasing
	added    [][2]int  // pairs on the lists of which no candidates were made yet
}

// narrowed makes the lists, if there must be any.
func (p *program) narrowed() *narrowing {
	if !p.mayNarrow() {
		return nil
	}
	n := &narrowing{each: p.each, open: p.open()}
	if p.each == 0 {
		n.each = bestOnLists
		if len(p.sides[0].persons)*len(p.sides[1].persons) <= mostEnumerated {
			return nil
		}
	}
	if n.possible = p.scorer.Possible(n.open); p.each == 0 && n.possible <= mostEnumerated {
		return nil
	}
	n.lists = p.scorer.TopK(n.each, n.open)
	return n
}

// mayNarrow says whether lists can stand for all pairs: only where goals say what a good matching is, and where mentees
// are not paired with those only whom they chose, who are few anyhow.
func (p *program) mayNarrow() bool {
	mentees := p.sides[match.MenteeSide]
	return (p.rules.aim == "" || p.rules.aim == match.Optimal) && !(mentees.chooses && p.onlyListed(mentees))
}

// open says who is not closed: a mentor whose choices alone count is paired with nobody else, so that all pairs of the
// mentor are named.
func (p *program) open() score.Open {
	mentors := p.sides[match.MentorSide]
	if !mentors.chooses || !p.onlyListed(mentors) {
		return score.Open{}
	}
	var open score.Open
	for _, one := range mentors.persons {
		open[match.MentorSide] = append(open[match.MentorSide], len(one.choices) == 0)
	}
	return open
}

// enumerateListed makes a candidate of every possible pair on the lists, and of those that somebody named.
func (p *program) enumerateListed() {
	n := p.narrow
	longest := [2]int{p.sides[0].longestList(), p.sides[1].longestList()}
	named := p.namedPartners()
	n.partners = make([][]int32, len(p.sides[0].persons))
	listed := 0
	for i := range n.partners {
		list := slices.Concat(n.lists.Of(i), named[i])
		slices.Sort(list)
		n.partners[i] = slices.Compact(list)
		if listed += len(n.partners[i]); listed > mostOnLists {
			p.rep.issue(Issue{
				File: theFolder, Problem: fmt.Sprintf("there are more than %d pairs on the lists of the best", mostOnLists),
				Instead: "split the program into smaller ones",
			})
			return
		}
	}
	p.candidates = slices.Grow(p.candidates[:0], listed)
	for i, list := range n.partners {
		for _, j := range list {
			p.enumeratePair(i, int(j), longest)
		}
	}
	p.enumerateExamples()
}

// enumerateExamples sees to it that what classes are made by does not depend on the lists: of every purpose, and of
// every two people who are the same in what a class asks for, there is a candidate if there is a possible pair.
func (p *program) enumerateExamples() {
	for side := range p.rules.sides {
		for _, rule := range p.rules.sides[side].classes {
			switch {
			case rule.by == "purpose" && p.rules.purposes != nil:
				for _, purpose := range p.soughtAndOffered() {
					p.enumerateExample(func(c *candidate) bool { return c.purpose == purpose })
				}
			case rule.same:
				mentee, ok := p.sides[0].table.find(rule.col.name)
				mentor, has := p.sides[1].table.find(rule.col.name)
				if ok && has {
					p.enumerateExample(func(c *candidate) bool {
						value := score.Fold(p.sides[0].persons[c.person[0]].row.cells[mentee])
						return value != "" && value == score.Fold(p.sides[1].persons[c.person[1]].row.cells[mentor])
					})
				}
			}
		}
	}
}

// soughtAndOffered are the purposes that some mentee seeks and some mentor offers, folded.
func (p *program) soughtAndOffered() []string {
	var has [2]map[string]bool
	for side, name := range [...]columnName{p.rules.purposes.mentee, p.rules.purposes.mentor} {
		has[side] = map[string]bool{}
		column, _ := p.sides[side].table.find(name.name)
		for _, list := range p.fields[side][p.field(match.Side(side), column, true)] {
			for _, purpose := range list {
				has[side][score.Fold(purpose)] = true
			}
		}
	}
	var both []string
	for purpose := range has[0] {
		if has[1][purpose] {
			both = append(both, purpose)
		}
	}
	slices.Sort(both)
	return both
}

// byID are the numbers of the people of a side in the order of their ids, which the order of the rows does not change.
func (s *people) byID() []int {
	order := make([]int, len(s.persons))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(s.persons[a].id, s.persons[b].id) })
	return order
}

// enumerateExample puts the first possible pair, by the ids, on a list of which something is true, unless a candidate is
// such a pair already. It says whether there is one.
func (p *program) enumerateExample(is func(c *candidate) bool) bool {
	for k := range p.candidates {
		if is(&p.candidates[k]) {
			return true
		}
	}
	mentors := p.sides[1].byID()
	for _, i := range p.sides[0].byID() {
		for _, j := range mentors {
			if p.narrow.listed(i, j) || p.scorer.Barrier(i, j) != "" || !p.named(i, j) {
				continue
			}
			for _, pair := range p.scorer.Of(i, j) {
				if is(&candidate{person: [2]int{i, j}, purpose: p.foldedPurpose(pair.Purpose)}) {
					p.narrow.add(i, j)
					p.enumerateAdded()
					return true
				}
			}
		}
	}
	return false
}

// namedPartners lists for every mentee the mentors with whom a pair was named: by a choice of either, or in pairs.csv.
func (p *program) namedPartners() [][]int32 {
	named := make([][]int32, len(p.sides[0].persons))
	for i, one := range p.sides[0].persons {
		for j := range one.place {
			named[i] = append(named[i], int32(j))
		}
	}
	for j, one := range p.sides[1].persons {
		for i := range one.place {
			named[i] = append(named[i], int32(j))
		}
	}
	if p.pairs != nil {
		for _, one := range p.pairs.rows {
			named[one.person[0]] = append(named[one.person[0]], int32(one.person[1]))
		}
	}
	return named
}

// anyWish says whether a possible pair fulfils a wish. If none on the lists does and another would, that one comes to
// the list, so that the goals are those of all possible pairs.
func (p *program) anyWish() bool {
	fulfils := func(c *candidate) bool { return p.wishOf(c) != "" }
	if p.narrow != nil {
		return p.enumerateExample(fulfils)
	}
	for k := range p.candidates {
		if fulfils(&p.candidates[k]) {
			return true
		}
	}
	return false
}

// add puts a pair on a list.
func (n *narrowing) add(i, j int) {
	at, listed := slices.BinarySearch(n.partners[i], int32(j))
	if !listed {
		n.partners[i] = slices.Insert(n.partners[i], at, int32(j))
		n.added = append(n.added, [2]int{i, j})
	}
}

// enumerateAdded makes candidates of the pairs that have come to the lists.
func (p *program) enumerateAdded() {
	longest := [2]int{p.sides[0].longestList(), p.sides[1].longestList()}
	for _, pair := range p.narrow.added {
		p.enumeratePair(pair[0], pair[1], longest)
	}
	p.narrow.added = nil
}

// listed says whether a pair of people is on a list.
func (n *narrowing) listed(i, j int) bool {
	_, listed := slices.BinarySearch(n.partners[i], int32(j))
	return listed
}

// allPossible counts the possible pairs: those of people who are open, and the candidates of the others.
func (p *program) allPossible() int64 {
	if p.narrow == nil {
		return int64(len(p.candidates))
	}
	total := p.narrow.possible
	if open := p.narrow.open[match.MentorSide]; open != nil {
		for k := range p.candidates {
			if !open[p.candidates[k].person[1]] {
				total++
			}
		}
	}
	return total
}

// everybody is the problem with all possible pairs, for an aim that lists cannot serve.
func (p *program) everybody(aim match.Aim) (*match.Problem, error) {
	q, rep := *p, &report{}
	q.rep, q.narrow, q.candidates = rep, nil, nil
	q.roster = &Roster{}
	q.enumerateAll()
	q.applyStates()
	q.readWishes()
	classes := q.classify()
	if !rep.failed() {
		q.pose(classes)
	}
	if rep.failed() {
		return nil, rep.problems()
	}
	return q.roster.problem(aim)
}
