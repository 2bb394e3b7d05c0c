package roster

import (
	"fmt"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// An Edit is a decision that somebody wrote by hand into the workbook of a result: a pair that must be, or one that
// must not.
type Edit struct {
	State                   match.State // Pinned or Forbidden
	Mentee, Mentor, Purpose string      // ids; purpose "": pairs have none, or every purpose
	Reason                  string      // as it was written; "": none
	File, Sheet             string
	Row                     int
}

// EditColumns are the headings of a workbook of pairs that can be corrected by hand. The columns
// that are called proposed hold what the matching said, so that a changed cell beside them is noticed.
type EditColumns struct {
	Mentee, MenteeName, Mentor, MentorName, Purpose string
	Decision, Reason                                string
	Proposed, ProposedPurpose, ProposedMentee       string
	Keep, Apart                                     string // the words of decisions
}

// EditLanguages are the headings by language.
var EditLanguages = map[string]EditColumns{
	"en": {
		"mentee", "mentee name", "mentor", "mentor name", "purpose", "decision", "reason for the decision",
		"proposed mentor", "proposed purpose", "proposed mentee", "keep", "not together",
	},
	"fr": {
		"personne mentorée", "nom de la personne mentorée", "mentor", "nom du mentor", "besoin", "décision",
		"motif de la décision", "mentor proposé", "besoin proposé", "personne mentorée proposée", "garder", "pas ensemble",
	},
}

// editColumns tells by the headings whether a table is such a workbook, and in which language.
func editColumns(t *table) (EditColumns, bool) {
	for _, words := range EditLanguages {
		all := true
		for _, heading := range [...]string{words.Mentee, words.Mentor, words.Decision, words.Proposed} {
			_, there := t.find(heading)
			all = all && there
		}
		if all {
			return words, true
		}
	}
	return EditColumns{}, false
}

// An editReader reads the rows of one workbook.
type editReader struct {
	rep                                       *report
	table                                     *table
	words                                     EditColumns
	mentee, mentor, purpose, decision, reason int
	proposed, proposedPurpose, proposedMentee int
}

// readEdits reads the decisions in a workbook of pairs:
//   - a row as it was, with "keep" beside it: the pair is pinned; with "not together": forbidden;
//   - another mentor or mentee in the row: the new pair is pinned;
//   - no mentor any more: the pair is forbidden;
//   - another purpose in the row: the pair is pinned for it;
//   - a new row with a mentee and a mentor: the pair is pinned.
//
// All other rows decide nothing: their people are matched anew.
func readEdits(t *table, rep *report) []Edit {
	words, ok := editColumns(t)
	if !ok {
		return nil
	}
	in := editReader{
		rep: rep, table: t, words: words,
		mentee: t.optional(words.Mentee), mentor: t.optional(words.Mentor), purpose: t.optional(words.Purpose),
		decision: t.optional(words.Decision), reason: t.optional(words.Reason),
		proposed: t.optional(words.Proposed), proposedPurpose: t.optional(words.ProposedPurpose),
		proposedMentee: t.optional(words.ProposedMentee),
	}
	var edits []Edit
	for _, row := range t.rows {
		if edit, decided := in.edit(row); decided {
			edits = append(edits, edit)
		}
	}
	return edits
}

// cell is what stands in a column that may not exist.
func (in *editReader) cell(row tableRow, column int) string {
	if column < 0 {
		return ""
	}
	return row.cells[column]
}

func (in *editReader) edit(row tableRow) (Edit, bool) {
	e := Edit{
		Mentee: in.cell(row, in.mentee), Mentor: in.cell(row, in.mentor), Purpose: in.cell(row, in.purpose),
		Reason: in.cell(row, in.reason), File: in.table.file, Sheet: in.table.sheet, Row: row.number,
	}
	before, beforeFor := in.cell(row, in.proposed), in.cell(row, in.proposedPurpose)
	moved := e.Mentor != before || in.proposedMentee >= 0 && e.Mentee != in.cell(row, in.proposedMentee) || score.Fold(e.Purpose) != score.Fold(beforeFor) && in.proposedPurpose >= 0
	word := in.cell(row, in.decision)
	keep, apart, known := in.decided(word)
	switch {
	case !known:
		in.issue(row, in.decision, word, "is no decision", fmt.Sprintf("write %q or %q, or nothing", in.words.Keep, in.words.Apart))
	case e.Mentee == "" && e.Mentor == "" && word == "":
		return e, false
	case e.Mentee == "":
		in.issue(row, in.mentee, "", "the cell is empty", "write the id of the mentee, or delete the row")
	case apart && moved && e.Mentor != "":
		in.issue(row, in.decision, word, "stands beside a pair that was changed", fmt.Sprintf("write %q, or put %q back", in.words.Keep, before))
	case keep && e.Mentor == "":
		in.issue(row, in.decision, word, "stands beside no mentor", "write the id of a mentor")
	case apart, e.Mentor == "" && before != "":
		e.State, e.Mentor, e.Purpose = match.Forbidden, before, beforeFor
		return e, before != ""
	case keep, moved && e.Mentor != "":
		e.State = match.Pinned
		if e.Mentor != before && score.Fold(e.Purpose) == score.Fold(beforeFor) {
			e.Purpose = "" // it belonged to the pair that was proposed; if the new one leaves a choice, it is asked for
		}
		return e, true
	}
	return e, false
}

// decided reads the word of a decision, in any of the languages.
func (in *editReader) decided(word string) (keep, apart, known bool) {
	folded := score.Fold(word)
	for _, words := range EditLanguages {
		keep = keep || folded == words.Keep
		apart = apart || folded == words.Apart
	}
	return keep, apart, folded == "" || keep || apart
}

func (in *editReader) issue(row tableRow, column int, value, problem, instead string) {
	in.rep.issue(Issue{File: in.table.file, Sheet: in.table.sheet, Row: row.number, Column: in.table.header[column], Value: value, Problem: problem, Instead: instead})
}

// applyEdits adds the decisions to what pairs.csv says. Decisions by hand are later than everything else, so they
// count where both speak of a pair.
func (p *program) applyEdits(edits []Edit) {
	if len(edits) == 0 {
		return
	}
	if p.pairs == nil {
		p.pairs = &pairsTable{at: map[[2]int][]int{}, of: map[int][]int{}}
	}
	seen := map[string]int{}
	for _, e := range edits {
		one, ok := p.editedPair(e)
		if !ok {
			continue
		}
		key := fmt.Sprint(one.person, one.purpose)
		if before, twice := seen[key]; twice {
			p.rep.issue(Issue{File: e.File, Sheet: e.Sheet, Row: e.Row, Problem: fmt.Sprintf("the pair was decided in row %d already", before), Instead: "keep one of the two rows"})
			continue
		}
		seen[key] = e.Row
		p.decide(one, e)
	}
}

// checkEditedNames reports names that are not those of the ids beside them. Whoever writes another name and leaves the
// id means something, and it must not be passed over.
func (p *program) checkEditedNames(t *table) {
	words, _ := editColumns(t)
	cell := func(row tableRow, heading string) string {
		if at := t.optional(heading); at >= 0 {
			return row.cells[at]
		}
		return ""
	}
	for _, row := range t.rows {
		for side, of := range [...]struct{ id, before, name string }{
			{words.Mentee, words.ProposedMentee, words.MenteeName}, {words.Mentor, words.Proposed, words.MentorName},
		} {
			name, id, before := cell(row, of.name), cell(row, of.id), cell(row, of.before)
			if name == "" || p.sides[side].isCalled(id, name) || id != before && p.sides[side].isCalled(before, name) {
				continue // the name of whoever is there now, or a name left over from whoever was there
			}
			p.rep.issue(Issue{
				File: t.file, Sheet: t.sheet, Row: row.number, Column: of.name, Value: name, Problem: fmt.Sprintf("is not the name of %q", id),
				Instead: fmt.Sprintf("write the id of the person who is meant into the column %q", of.id),
			})
		}
	}
}

// isCalled says whether somebody has this name. Of people who are not known, and of people without a name, anything is
// believed: who is unknown is reported for the id.
func (s *people) isCalled(id, name string) bool {
	at, known := s.at[id]
	if !known {
		return id != ""
	}
	called := s.persons[at].name
	return called == "" || score.Fold(called) == score.Fold(name)
}

// editedPair finds the people of an edit by their ids.
func (p *program) editedPair(e Edit) (namedPair, bool) {
	one := namedPair{row: e.Row, purpose: score.Fold(e.Purpose), state: e.State, by: &e}
	ok := true
	for side, id := range [...]string{e.Mentee, e.Mentor} {
		s := p.sides[side]
		at, known := s.at[id]
		if !known {
			ok = false
			issue := Issue{File: e.File, Sheet: e.Sheet, Row: e.Row, Column: s.side.String(), Value: id}
			if why, aside := s.aside[id]; aside {
				issue.Problem, issue.Instead = fmt.Sprintf("is set aside (%s)", why), fmt.Sprintf("let the %s take part, or take the decision back", s.side)
			} else {
				issue.Problem, issue.Instead = "is nobody in "+s.table.file, s.meant(id, p.rep)
			}
			p.rep.issue(issue)
		}
		one.person[side] = at
	}
	return one, ok
}

// decide puts one decision in the place of what was said of the pair before.
func (p *program) decide(one namedPair, e Edit) {
	pairs := p.pairs
	for _, k := range pairs.at[one.person] {
		other := &pairs.rows[k]
		if other.purpose != one.purpose && other.purpose != "" && one.purpose != "" {
			continue
		}
		one.existing = one.existing || other.existing
		if other.state != match.Open && other.state != one.state {
			p.rep.note(Issue{
				File: e.File, Sheet: e.Sheet, Row: e.Row, Problem: fmt.Sprintf("decides otherwise than %s, row %d", pairs.table.file, other.row),
				Instead: "this decision counts",
			})
		}
		other.state = match.Open
	}
	p.roster.Edits = append(p.roster.Edits, e)
	pairs.at[one.person] = append(pairs.at[one.person], len(pairs.rows))
	pairs.of[one.person[0]] = append(pairs.of[one.person[0]], len(pairs.rows))
	pairs.rows = append(pairs.rows, one)
}

// String is the edit on one line, by ids.
func (e Edit) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s with %s", e.Mentee, e.Mentor)
	if e.Purpose != "" {
		fmt.Fprintf(&b, " for %s", e.Purpose)
	}
	return b.String()
}
