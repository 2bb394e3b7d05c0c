package roster

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// A pairsTable is pairs.csv: what is known or decided of single pairs. With a suitability or a rank it is also the
// list of all pairs that may be formed.
type pairsTable struct {
	table  *table
	rows   []namedPair
	listed bool
	scored bool
	ranked [2]bool
	at     map[[2]int][]int // rows by mentee and mentor
	of     map[int][]int    // rows by mentee
}

// A namedPair is a row of pairs.csv.
type namedPair struct {
	row         int
	person      [2]int
	purpose     string // folded; "": none, or every purpose
	suitability int32
	rank        [2]int
	state       match.State
	existing    bool
}

// mostSuitability bounds the suitability of a listed pair, of either sign.
const mostSuitability = 1_000_000

// The words for the state of a pair.
var states = map[string]namedPair{
	"": {}, "open": {}, "new": {},
	"pinned":           {state: match.Pinned},
	"forbidden":        {state: match.Forbidden},
	"existing":         {existing: true},
	"pinned, existing": {state: match.Pinned, existing: true},
}

// readPairs reads pairs.csv: mentee, mentor, and perhaps purpose, suitability, mentee's rank, mentor's rank, state.
func (p *program) readPairs(in Input) *pairsTable {
	t := readTable(in, p.rep)
	if t == nil {
		return nil
	}
	pairs := &pairsTable{table: t, at: map[[2]int][]int{}, of: map[int][]int{}}
	ids := [2]int{t.require(p.rep, "mentee"), t.require(p.rep, "mentor")}
	purpose, suitability, state := t.optional("purpose"), t.optional(suitabilityColumn), t.optional("state")
	ranks := [2]int{t.optional("mentee's rank", "mentee rank", "rank"), t.optional("mentor's rank", "mentor rank")}
	pairs.scored, pairs.ranked = suitability >= 0, [2]bool{ranks[0] >= 0, ranks[1] >= 0}
	pairs.listed = pairs.scored || pairs.ranked[0] || pairs.ranked[1]
	p.checkSources(pairs)
	if ids[0] < 0 || ids[1] < 0 {
		return pairs
	}
	seen := map[string]int{}
	for _, row := range t.rows {
		one, ok := p.pairOf(t, row, ids)
		if !ok {
			continue
		}
		if purpose >= 0 && row.cells[purpose] != "" {
			p.spell(row.cells[purpose])
			one.purpose = score.Fold(row.cells[purpose])
		}
		if suitability >= 0 {
			one.suitability = int32(p.wholeNumber(t, row, suitability, -mostSuitability, mostSuitability))
		}
		for side, c := range ranks {
			if c >= 0 {
				one.rank[side] = p.wholeNumber(t, row, c, 1, score.MaxPoints)
			}
		}
		if state >= 0 {
			word, known := states[score.Fold(row.cells[state])]
			if !known {
				p.rep.issue(Issue{
					File: t.file, Row: row.number, Column: t.header[state], Value: row.cells[state], Problem: "is no state of a pair",
					Instead: oneOf(row.cells[state], []string{"pinned", "forbidden", "existing"}) + ", or nothing",
				})
			}
			one.state, one.existing = word.state, word.existing
		}
		key := fmt.Sprint(one.person, one.purpose)
		if before, twice := seen[key]; twice {
			p.rep.issue(Issue{File: t.file, Row: row.number, Problem: fmt.Sprintf("the pair stands in row %d already", before), Instead: "keep one of the two rows"})
			continue
		}
		seen[key] = row.number
		pairs.at[one.person] = append(pairs.at[one.person], len(pairs.rows))
		pairs.of[one.person[0]] = append(pairs.of[one.person[0]], len(pairs.rows))
		pairs.rows = append(pairs.rows, one)
	}
	p.checkPurposesOf(pairs, purpose)
	return pairs
}

// optional is the number of the first of these columns that exists, or -1.
func (t *table) optional(headings ...string) int {
	for _, heading := range headings {
		if c, ok := t.find(heading); ok {
			return c
		}
	}
	return -1
}

// checkSources reports what both pairs.csv and another file say.
func (p *program) checkSources(pairs *pairsTable) {
	twice := func(what, where, instead string) {
		p.rep.issue(Issue{File: pairs.table.file, Row: 1, Problem: fmt.Sprintf("%s stands here and in %s", what, where), Instead: instead})
	}
	if pairs.scored && (len(p.rules.points) > 0 || p.rules.purposes != nil) {
		twice("the suitability", p.rules.file, `delete the column "suitability" here, or "points" and "purposes" there`)
	}
	for side, ranked := range pairs.ranked {
		if s := p.sides[side]; ranked && s.chooses {
			twice(fmt.Sprintf("how the %ss rank", s.side), s.table.file, "delete the column with ranks here, or the columns with choices there")
		}
	}
}

// pairOf finds the two people of a row.
func (p *program) pairOf(t *table, row tableRow, ids [2]int) (namedPair, bool) {
	one := namedPair{row: row.number}
	ok := true
	for side, c := range ids {
		s := p.sides[side]
		id := row.cells[c]
		at, known := s.at[id]
		if !known {
			ok = false
			if s.table.gaps && id != "" {
				continue // the person may stand in a row that could not be read
			}
			issue := Issue{File: t.file, Row: row.number, Column: t.header[c], Value: id}
			if why, aside := s.aside[id]; aside {
				issue.Problem, issue.Instead = fmt.Sprintf("is set aside (%s)", why), fmt.Sprintf("delete the row, or let the %s take part", s.side)
			} else {
				issue.Problem, issue.Instead = cmp.Or(emptyCell(id), "is nobody in "+s.table.file), s.meant(id, p.rep)
			}
			p.rep.issue(issue)
		}
		one.person[side] = at
	}
	return one, ok
}

func (p *program) wholeNumber(t *table, row tableRow, c, from, to int) int {
	n, err := strconv.Atoi(row.cells[c])
	if err != nil || n < from || n > to {
		p.rep.issue(Issue{
			File: t.file, Row: row.number, Column: t.header[c], Value: row.cells[c], Problem: cmp.Or(emptyCell(row.cells[c]), "is no whole number that fits here"),
			Instead: fmt.Sprintf("write a number from %d to %d", from, to),
		})
		return from
	}
	return n
}

// checkPurposesOf reports rows whose purpose does not go with the others.
func (p *program) checkPurposesOf(pairs *pairsTable, column int) {
	if column < 0 {
		return
	}
	if !pairs.listed && p.rules.purposes == nil {
		for _, one := range pairs.rows {
			if one.purpose != "" {
				p.rep.issue(Issue{
					File: pairs.table.file, Row: one.row, Column: pairs.table.header[column], Value: p.spelling[one.purpose], Problem: "is a purpose, and pairs have none",
					Instead: fmt.Sprintf(`write "purposes:" in %s, or delete the column`, p.rules.file),
				})
				return
			}
		}
	}
	if pairs.listed && slices.ContainsFunc(pairs.rows, func(one namedPair) bool { return one.purpose != "" }) {
		for _, one := range pairs.rows {
			if one.purpose == "" {
				p.rep.issue(Issue{File: pairs.table.file, Row: one.row, Column: pairs.table.header[column], Problem: "the cell is empty", Instead: "write a purpose in every row, or in none"})
			}
		}
	}
}

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
			if p.scorer.Barrier(i, j) != "" || !p.named(i, j) {
				continue
			}
			for _, pair := range p.scorer.Of(i, j) {
				c := candidate{person: [2]int{i, j}, purpose: score.Fold(pair.Purpose), suitability: pair.Suitability}
				c.rank[0] = p.sides[0].rankOf(i, j, longest[0])
				c.rank[1] = p.sides[1].rankOf(j, i, longest[1])
				p.candidates = append(p.candidates, c)
			}
		}
	}
}

func (p *program) takeListed() {
	for _, one := range p.pairs.rows {
		if rule := p.scorer.Barrier(one.person[0], one.person[1]); rule != "" {
			if one.state != match.Pinned { // of pinned ones applyStates speaks
				p.rep.note(Issue{File: p.pairs.table.file, Row: one.row, Problem: fmt.Sprintf("the pair breaks the rule %q", rule), Instead: "left out"})
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

// applyStates marks the candidates that pairs.csv pins, forbids or says to exist, and reports pins that cannot be.
func (p *program) applyStates() {
	if p.pairs == nil {
		return
	}
	at := make(map[[2]int][]int, len(p.candidates))
	for k, c := range p.candidates {
		at[c.person] = append(at[c.person], k)
	}
	pins := [2]map[int]int{{}, {}}
	for _, one := range p.pairs.rows {
		if one.state == match.Open && !one.existing {
			continue
		}
		var found []int
		for _, k := range at[one.person] {
			if one.purpose == "" || p.candidates[k].purpose == one.purpose {
				found = append(found, k)
			}
		}
		if one.state == match.Pinned && len(found) != 1 {
			p.refusePin(one, found)
			continue
		}
		if len(found) == 0 && one.existing {
			p.rep.note(Issue{
				File: p.pairs.table.file, Row: one.row, Problem: fmt.Sprintf("the pair exists, and the rules do not allow it (%s)", p.barrierOf(one)),
				Instead: "not continued",
			})
		}
		for _, k := range found {
			p.candidates[k].state, p.candidates[k].existing = one.state, one.existing
		}
		if one.state == match.Pinned {
			p.countPin(one, pins)
		}
	}
}

// barrierOf names what keeps the two people of a row apart.
func (p *program) barrierOf(one namedPair) string {
	return cmp.Or(p.scorer.Barrier(one.person[0], one.person[1]), score.NoSharedPurpose)
}

func (p *program) refusePin(one namedPair, found []int) {
	issue := Issue{File: p.pairs.table.file, Row: one.row, Value: "pinned", Column: p.pairs.table.header[p.pairs.table.optional("state")]}
	if len(found) == 0 {
		issue.Problem = fmt.Sprintf("cannot be, because of the rule %q", p.barrierOf(one))
		issue.Instead = "delete the word here, or change the rule"
	} else {
		var purposes []string
		for _, k := range found {
			purposes = append(purposes, p.spelling[p.candidates[k].purpose])
		}
		issue.Problem = "does not say for which purpose"
		issue.Instead = fmt.Sprintf("add a column \"purpose\" with %s", strings.Join(purposes, " or "))
	}
	p.rep.issue(issue)
}

// countPin reports the first pin beyond the places of a person.
func (p *program) countPin(one namedPair, pins [2]map[int]int) {
	for side, s := range p.sides {
		who := s.persons[one.person[side]]
		pins[side][one.person[side]]++
		if pins[side][one.person[side]] == who.takes+1 {
			p.rep.issue(Issue{
				File: p.pairs.table.file, Row: one.row, Column: s.side.String(), Value: who.id,
				Problem: fmt.Sprintf("takes %d, and this is one pinned pair more", who.takes), Instead: fmt.Sprintf("unpin a pair, or let the %s take more", s.side),
			})
		}
	}
}

// noteBarredChoices names the choices that a rule does not allow.
func (p *program) noteBarredChoices() {
	for side, s := range p.sides {
		for i, one := range s.persons {
			for other, place := range one.place {
				pair := [2]int{i, other}
				if side == int(match.MentorSide) {
					pair = [2]int{other, i}
				}
				if rule := p.scorer.Barrier(pair[0], pair[1]); rule != "" {
					p.rep.note(Issue{
						File: s.table.file, Row: one.row.number, Column: s.table.header[one.choiceCells[place-1]], Value: one.choices[place-1],
						Problem: fmt.Sprintf("is choice %d, and the rule %q keeps the two apart", place, rule), Instead: "this choice cannot come true",
					})
				}
			}
		}
	}
}

func (p *program) hasSuitability() bool {
	return p.pairs != nil && p.pairs.scored || len(p.rules.points) > 0 || p.rules.purposes != nil && len(p.rules.purposes.points) > 0
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
