package roster

import (
	"fmt"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// A candidate is a pair that may be formed.
type candidate struct {
	person      [2]int
	purpose     string // folded
	suitability int32
	rank        [2]int
	state       match.State
	existing    bool
}

// enumerate makes the candidates: the pairs that pairs.csv lists, or else all that the rules allow and the choices
// name. Pairs that somebody pinned, or that exist, count as named.
func (p *program) enumerate() {
	if p.pairs != nil && p.pairs.listed {
		p.takeListed()
		return
	}
	if p.narrow = p.narrowed(); p.narrow != nil {
		p.enumerateListed()
		return
	}
	p.enumerateAll()
}

// enumerateAll makes a candidate of every possible pair.
func (p *program) enumerateAll() {
	longest := [2]int{p.sides[0].longestList(), p.sides[1].longestList()}
	compared := 0
	for i := range p.sides[0].persons {
		partners := p.partnersOf(i)
		if compared += len(partners); compared > mostCompared || len(p.candidates) > mostPairs {
			p.rep.issue(Issue{
				File: theFolder, Problem: fmt.Sprintf("there are more than %d pairs to compare, or than %d possible ones", mostCompared, mostPairs),
				Instead: "split the program into smaller ones, or let choices say who may be paired",
			})
			return
		}
		for _, j := range partners {
			p.enumeratePair(i, j, longest)
		}
	}
}

// enumeratePair makes the candidates of two people, if they may be paired.
func (p *program) enumeratePair(i, j int, longest [2]int) {
	if p.scorer.Barrier(i, j) != "" || !p.named(i, j) {
		return
	}
	for _, pair := range p.scorer.Of(i, j) {
		c := candidate{person: [2]int{i, j}, purpose: p.foldedPurpose(pair.Purpose), suitability: pair.Suitability}
		c.rank[0] = p.sides[0].rankOf(i, j, longest[0])
		c.rank[1] = p.sides[1].rankOf(j, i, longest[1])
		p.candidates = append(p.candidates, c)
	}
}

// foldedPurpose folds a purpose, each only once, since many pairs have the same.
func (p *program) foldedPurpose(purpose string) string {
	folded, known := p.folded[purpose]
	if !known {
		folded = score.Fold(purpose)
		if p.folded == nil {
			p.folded = map[string]string{}
		}
		p.folded[purpose] = folded
	}
	return folded
}

func (p *program) takeListed() {
	for _, one := range p.pairs.rows {
		if rule := p.scorer.Barrier(one.person[0], one.person[1]); rule != "" {
			if one.state != match.Pinned { // of pinned ones applyStates speaks
				p.rep.note(Issue{File: p.pairs.table.file, Sheet: p.pairs.table.sheet, Row: one.row, Problem: fmt.Sprintf("the pair breaks the rule %q", rule), Instead: "left out"})
			}
			continue
		}
		c := candidate{person: one.person, purpose: one.purpose, suitability: one.suitability}
		for side := range c.rank {
			c.rank[side] = one.rank[side]
			if s := p.sides[side]; s.chooses {
				c.rank[side] = s.rankOf(one.person[side], one.person[1-side], s.longestList())
			}
		}
		p.candidates = append(p.candidates, c)
	}
}

// partnersOf lists the mentors whom mentee i might be paired with.
func (p *program) partnersOf(i int) []int {
	var list []int
	s := p.sides[match.MenteeSide]
	if !s.chooses || !p.onlyListed(s) {
		for j := range p.sides[match.MentorSide].persons {
			list = append(list, j)
		}
		return list
	}
	for j := range s.persons[i].place {
		list = append(list, j)
	}
	if p.pairs != nil {
		for _, k := range p.pairs.of[i] {
			list = append(list, p.pairs.rows[k].person[1])
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// named says whether the choices of both people allow the pair, or pairs.csv asks for it.
func (p *program) named(i, j int) bool {
	if p.pairs != nil {
		for _, k := range p.pairs.at[[2]int{i, j}] {
			if one := p.pairs.rows[k]; one.state == match.Pinned || one.existing {
				return true
			}
		}
	}
	return p.accepts(match.MenteeSide, i, j) && p.accepts(match.MentorSide, j, i)
}

// accepts says whether a person's choices allow somebody. A mentor without choices accepts everybody.
func (p *program) accepts(side match.Side, who, other int) bool {
	s := p.sides[side]
	if !s.chooses || !p.onlyListed(s) || side == match.MentorSide && len(s.persons[who].choices) == 0 {
		return true
	}
	return s.persons[who].place[other] > 0
}

func (s *people) longestList() int {
	longest := 0
	for _, one := range s.persons {
		longest = max(longest, len(one.choices))
	}
	return longest
}

// rankOf is the place of somebody in a person's choices. Whoever is not among them comes after the longest list of the
// side, so that nobody gains by listing few.
func (s *people) rankOf(who, other, longest int) int {
	if !s.chooses {
		return 0
	}
	if place := s.persons[who].place[other]; place > 0 {
		return place
	}
	return longest + 1
}

// noteBarredChoices names the choices that a rule does not allow.
func (p *program) noteBarredChoices() {
	for side, s := range p.sides {
		for i, one := range s.persons {
			for k, id := range one.choices {
				place := k + 1
				other, known := p.sides[1-side].at[id]
				if !known || one.place[other] != place {
					continue
				}
				pair := [2]int{i, other}
				if side == int(match.MentorSide) {
					pair = [2]int{other, i}
				}
				if rule := p.scorer.Barrier(pair[0], pair[1]); rule != "" {
					p.rep.note(Issue{
						File: s.table.file, Sheet: s.table.sheet, Row: one.row.number, Column: s.table.header[one.choiceCells[place-1]], Value: one.choices[place-1],
						Problem: fmt.Sprintf("is choice %d, and the rule %q keeps the two apart", place, rule), Instead: "this choice cannot come true",
					})
				}
			}
		}
	}
}

func (p *program) hasSuitability() bool {
	return p.pairs != nil && p.pairs.scored || len(p.rules.points) > 0 || p.rules.purposes.brings()
}

// ranked says whether the pairs have ranks on a side.
func (p *program) ranked(side match.Side) bool {
	return p.sides[side].chooses || p.pairs != nil && p.pairs.ranked[side]
}

func (p *program) wantsMinimums() bool {
	for side, s := range p.sides {
		for _, one := range s.persons {
			if one.least > 0 {
				return true
			}
		}
		for _, c := range p.rules.sides[side].classes {
			if c.least.given {
				return true
			}
		}
	}
	return false
}
