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
	by          *Edit // the decision by hand that the pair comes from; nil: pairs.csv
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

// readPairs reads the table of pairs, if there is one: mentee, mentor, and perhaps purpose, suitability, mentee's rank,
// mentor's rank, state.
func (p *program) readPairs() *pairsTable {
	t := p.pairsTable()
	if t == nil {
		return nil
	}
	pairs := &pairsTable{table: t, at: map[[2]int][]int{}, of: map[int][]int{}}
	ids := p.pairColumns(t)
	purpose, suitability, state := t.optional("purpose"), t.optional(suitabilityColumn), t.optional("state")
	ranks := [2]int{t.optional("mentee's rank", "mentee rank", "rank"), t.optional("mentor's rank", "mentor rank")}
	all, alike := states[p.rules.pairs.state]
	if alike = alike && p.rules.pairs.state != ""; alike {
		suitability, state, ranks = -1, -1, [2]int{-1, -1}
	}
	pairs.scored, pairs.ranked = suitability >= 0, [2]bool{ranks[0] >= 0, ranks[1] >= 0}
	pairs.listed = pairs.scored || pairs.ranked[0] || pairs.ranked[1]
	p.checkSources(pairs)
	if ids[0] < 0 || ids[1] < 0 {
		return pairs
	}
	seen := map[string]int{}
	for _, row := range t.rows {
		one, ok := p.pairOf(t, row, ids, alike && all.existing)
		if !ok {
			continue
		}
		if alike {
			one.state, one.existing = all.state, all.existing
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
					File: t.file, Sheet: t.sheet, Row: row.number, Column: t.header[state], Value: row.cells[state], Problem: "is no state of a pair",
					Instead: oneOf(row.cells[state], []string{"pinned", "forbidden", "existing"}) + ", or nothing",
				})
			}
			one.state, one.existing = word.state, word.existing
		}
		key := fmt.Sprint(one.person, one.purpose)
		if before, twice := seen[key]; twice {
			p.rep.issue(Issue{File: t.file, Sheet: t.sheet, Row: row.number, Problem: fmt.Sprintf("the pair stands in row %d already", before), Instead: "keep one of the two rows"})
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
		p.rep.issue(Issue{File: pairs.table.file, Sheet: pairs.table.sheet, Row: pairs.table.headerRow, Problem: fmt.Sprintf("%s stands here and in %s", what, where), Instead: instead})
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

// pairOf finds the two people of a row. Of pairs that exist since an earlier year, past says that people may have left
// since.
func (p *program) pairOf(t *table, row tableRow, ids [2]int, past bool) (namedPair, bool) {
	one := namedPair{row: row.number}
	ok := true
	for side, c := range ids {
		s := p.sides[side]
		id := p.pairPerson(t, row, c, s)
		at, known := s.at[id]
		if !known && past {
			p.rep.note(Issue{
				File: t.file, Sheet: t.sheet, Row: row.number, Column: t.header[c], Value: id, Problem: fmt.Sprintf("takes no part as a %s this time", s.side),
				Instead: "the pair is not continued",
			})
			return one, false
		}
		if !known {
			ok = false
			if s.table.gaps && id != "" {
				continue // the person may stand in a row that could not be read
			}
			issue := Issue{File: t.file, Sheet: t.sheet, Row: row.number, Column: t.header[c], Value: id}
			if why, aside := s.aside[id]; aside {
				issue.Problem, issue.Instead = fmt.Sprintf("is set aside (%s)", why), fmt.Sprintf("delete the row, or let the %s take part", s.side)
			} else {
				issue.Problem, issue.Instead = cmp.Or(emptyCell(id), "is nobody in "+s.table.place()), s.meant(id, p.rep)
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
			File: t.file, Sheet: t.sheet, Row: row.number, Column: t.header[c], Value: row.cells[c], Problem: cmp.Or(emptyCell(row.cells[c]), "is no whole number that fits here"),
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
					File: pairs.table.file, Sheet: pairs.table.sheet, Row: one.row, Column: pairs.table.header[column], Value: p.spelling[one.purpose], Problem: "is a purpose, and pairs have none",
					Instead: fmt.Sprintf(`write "purposes:" in %s, or delete the column`, p.rules.file),
				})
				return
			}
		}
	}
	if pairs.listed && slices.ContainsFunc(pairs.rows, func(one namedPair) bool { return one.purpose != "" }) {
		for _, one := range pairs.rows {
			if one.purpose == "" {
				p.rep.issue(Issue{File: pairs.table.file, Sheet: pairs.table.sheet, Row: one.row, Column: pairs.table.header[column], Problem: "the cell is empty", Instead: "write a purpose in every row, or in none"})
			}
		}
	}
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
			issue := p.issueAt(one)
			issue.Problem, issue.Instead = fmt.Sprintf("the pair exists, and the rules do not allow it (%s)", p.barrierOf(one)), "not continued"
			p.rep.note(issue)
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

// issueAt is an issue about the row that a pair comes from.
func (p *program) issueAt(one namedPair) Issue {
	if one.by != nil {
		return Issue{File: one.by.File, Sheet: one.by.Sheet, Row: one.row}
	}
	return Issue{File: p.pairs.table.file, Sheet: p.pairs.table.sheet, Row: one.row}
}

func (p *program) refusePin(one namedPair, found []int) {
	issue := p.issueAt(one)
	if one.by != nil {
		issue.Value = one.by.String()
	} else {
		issue.Value, issue.Column = "pinned", p.pairs.table.header[p.pairs.table.optional("state")]
	}
	switch {
	case len(found) == 0 && p.pairs.listed && p.scorer.Barrier(one.person[0], one.person[1]) == "":
		issue.Problem = "cannot be, because the pair is not among those that are listed"
		issue.Instead = fmt.Sprintf("add a row for it to %s", p.pairs.table.file)
	case len(found) == 0:
		issue.Problem = fmt.Sprintf("cannot be, because of the rule %q", p.barrierOf(one))
		issue.Instead = "take this decision back, or change the rule"
	default:
		var purposes []string
		for _, k := range found {
			purposes = append(purposes, p.spelling[p.candidates[k].purpose])
		}
		issue.Problem = "does not say for which purpose"
		issue.Instead = fmt.Sprintf("write the purpose: %s", strings.Join(purposes, " or "))
	}
	p.rep.issue(issue)
}

// countPin reports the first pin beyond the places of a person.
func (p *program) countPin(one namedPair, pins [2]map[int]int) {
	for side, s := range p.sides {
		who := s.persons[one.person[side]]
		pins[side][one.person[side]]++
		if pins[side][one.person[side]] == who.takes+1 {
			issue := p.issueAt(one)
			issue.Column, issue.Value = s.side.String(), who.id
			issue.Problem = fmt.Sprintf("takes %d, and this is one pinned pair more", who.takes)
			issue.Instead = fmt.Sprintf("unpin a pair, or let the %s take more", s.side)
			p.rep.issue(issue)
		}
	}
}
