package roster

import (
	"fmt"
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// People of one side are a table and what the rules say of its columns.
type people struct {
	side     match.Side
	table    *table
	rules    *sideRules
	persons  []person       // those who take part
	at       map[string]int // their numbers by id
	aside    map[string]string
	ids      map[string]int // everybody's row in the table, by id
	idColumn int
	chooses  bool // there are columns for choices

	everybody []person // in the table, those who are set aside too
	smallIDs  bool     // ids are in small letters, however they are written elsewhere
}

// A person takes part in the matching.
type person struct {
	id, name    string
	row         tableRow
	takes       int
	least       int
	eligible    bool
	choices     []string    // ids of the other side, the best first, as they are written
	choiceCells []int       // the column of each
	place       map[int]int // by number of the chosen person, from 1
}

// readPeople reads the table of one side.
func (p *program) readPeople(side match.Side, raw *table) *people {
	s := &people{side: side, rules: &p.rules.sides[side], at: map[string]int{}, aside: map[string]string{}, ids: map[string]int{}}
	s.table = p.prepared(side, raw)
	s.smallIDs = s.rules.person.capitals.name == "ignored"
	s.idColumn = p.idColumn(s)
	names := p.nameColumns(s)
	takes, least := p.amountColumn(s, s.rules.takes), p.amountColumn(s, s.rules.least)
	if !s.rules.takes.given {
		if c, there := s.table.find("takes"); there {
			takes = c
		} else {
			p.rep.note(Issue{File: s.table.file, Sheet: s.table.sheet, Problem: fmt.Sprintf("nothing says how many pairs each %s takes", side), Instead: "taken as 1"})
		}
	}
	choices := p.choiceColumns(s)
	s.chooses = len(choices) > 0
	if s.idColumn < 0 {
		return s
	}
	alike, eligible := map[string]int{}, p.eligibilities(s)
	for _, row := range s.table.rows {
		id, ok := s.table.newID(row, s.idColumn, s.ids, p.rep)
		if !ok {
			continue
		}
		if before, twice := alike[score.Fold(id)]; twice {
			p.rep.issue(Issue{
				File: s.table.file, Sheet: s.table.sheet, Row: row.number, Column: s.table.header[s.idColumn], Value: id,
				Problem: fmt.Sprintf("differs from the id in row %d only by capital letters or spaces", before),
				Instead: "delete one of the rows if it is one person, or give two people two ids",
			})
			continue
		}
		alike[score.Fold(id)] = row.number
		one := person{id: id, row: row, takes: 1, eligible: p.isEligible(s, row, eligible)}
		if s.rules.takes.given {
			one.takes = s.rules.takes.number
		}
		one.least = s.rules.least.number
		if takes >= 0 && one.eligible {
			one.takes, _ = s.table.places(row, takes, p.rep)
		}
		if least >= 0 && row.cells[least] != "" && one.eligible {
			one.least, _ = s.table.places(row, least, p.rep)
		}
		var words []string
		for _, c := range names {
			words = append(words, row.cells[c])
		}
		one.name = strings.Join(strings.Fields(strings.Join(words, " ")), " ")
		p.readChoices(s, &one, choices)
		s.everybody = append(s.everybody, one)
		p.enrol(s, one)
	}
	p.checkEligible(s, eligible)
	if len(s.persons) == 0 && !p.rep.failed() {
		p.rep.issue(Issue{File: s.table.file, Sheet: s.table.sheet, Problem: fmt.Sprintf("no %s takes part", side), Instead: "look at how many pairs they take, and whether they have choices"})
	}
	return s
}

// enrol takes a person into the matching or sets the person aside.
func (p *program) enrol(s *people, one person) {
	if one.name != "" && one.name != one.id {
		p.roster.names(s.side)[one.id] = one.name
	}
	why := ""
	switch {
	case !one.eligible:
		why = notEligible
	case one.takes == 0:
		why = "takes nobody"
	case s.side == match.MenteeSide && s.chooses && len(one.choices) == 0 && p.onlyListed(s):
		why = "has no choices"
	}
	if why != "" {
		s.aside[one.id] = why
		p.roster.SetAside = append(p.roster.SetAside, SetAside{s.side, one.id, why, s.table.file, one.row.number})
		p.rep.note(Issue{File: s.table.file, Sheet: s.table.sheet, Row: one.row.number, Value: one.id, Problem: why, Instead: "set aside"})
		return
	}
	if one.least > one.takes {
		p.rep.issue(Issue{
			File: s.table.file, Sheet: s.table.sheet, Row: one.row.number, Value: one.id, Problem: fmt.Sprintf("takes %d at most and wants %d at least", one.takes, one.least),
			Instead: "let the person take more, or want less",
		})
	}
	s.at[one.id] = len(s.persons)
	s.persons = append(s.persons, one)
}

func (r *Roster) names(side match.Side) map[string]string {
	if side == match.MenteeSide {
		return r.Mentees
	}
	return r.Mentors
}

// onlyListed says whether a person of side s is paired only with those whom the person chose. Without points that is
// what choices are for; with points they are wishes among others, unless the rules say it.
func (p *program) onlyListed(s *people) bool {
	if s.rules.unlisted != "" {
		return s.rules.unlisted == "never"
	}
	return len(p.rules.points) == 0
}

// column finds a column that the rules name, or reports that it is not there.
func (p *program) column(s *people, c columnName) int {
	if at, ok := s.table.find(c.name); ok {
		return at
	}
	p.rep.issue(Issue{
		File: p.rules.file, Row: c.line, Column: c.path, Value: c.name, Problem: "is no column of " + s.table.place(),
		Instead: oneOf(c.name, s.table.headings()),
	})
	return -1
}

func (p *program) idColumn(s *people) int {
	if s.rules.id.name != "" {
		return p.column(s, s.rules.id)
	}
	if at, ok := s.table.find("id"); ok {
		return at
	}
	p.rep.issue(Issue{
		File: s.table.file, Sheet: s.table.sheet, Row: s.table.headerRow, Problem: `there is no column "id"`,
		Instead: fmt.Sprintf(`write in %s, under "%ss", "id:" and the column that tells people apart; there are %s`, p.rules.file, s.side, quotedList(s.table.headings())),
	})
	return -1
}

func (p *program) nameColumns(s *people) []int {
	if s.rules.name == nil {
		if at, ok := s.table.find("name"); ok {
			return []int{at}
		}
		return nil
	}
	return p.columns(s, s.rules.name)
}

func (p *program) columns(s *people, names []columnName) []int {
	var all []int
	for _, name := range names {
		if at := p.column(s, name); at >= 0 {
			all = append(all, at)
		}
	}
	return all
}

func (p *program) amountColumn(s *people, a amount) int {
	if a.column.name == "" {
		return -1
	}
	return p.column(s, a.column)
}

// choiceColumns are those that the rules name, or else "choice 1", "choice 2" and so on, or "choices".
func (p *program) choiceColumns(s *people) []int {
	if s.rules.choices != nil {
		return p.columns(s, s.rules.choices)
	}
	if columns := s.table.numbered("choice "); len(columns) > 0 {
		return columns
	}
	if at, ok := s.table.find("choices"); ok {
		return []int{at}
	}
	return nil
}

// readChoices reads the ids of the choices: one per column, or a list when there is one column.
func (p *program) readChoices(s *people, one *person, columns []int) {
	for _, c := range columns {
		items := []string{one.row.cells[c]}
		if len(columns) == 1 {
			items = p.split(s, c, one.row)
		}
		for _, item := range items {
			if item == "" {
				continue
			}
			if s.smallIDs && s.rules.choicesBy == nil {
				item = smallID(item)
			}
			if before := slices.Index(one.choices, item); before >= 0 {
				p.noteTwice(s, one.row, c, item, before)
				continue
			}
			one.choices = append(one.choices, item)
			one.choiceCells = append(one.choiceCells, c)
		}
	}
}

// noteTwice says that a choice stands twice in one list.
func (p *program) noteTwice(s *people, row tableRow, column int, item string, before int) {
	p.rep.note(Issue{
		File: s.table.file, Sheet: s.table.sheet, Row: row.number, Column: s.table.header[column], Value: item, Problem: "is chosen twice",
		Instead: fmt.Sprintf("counted once, as choice %d", before+1),
	})
}

// linkChoices finds the people who were chosen, and reports ids that do not exist.
func (p *program) linkChoices(s, others *people) {
	for i := range s.persons {
		one := &s.persons[i]
		one.place = make(map[int]int, len(one.choices))
		for k, id := range one.choices {
			if at, ok := others.at[id]; ok {
				one.place[at] = k + 1
				continue
			}
			issue := Issue{File: s.table.file, Sheet: s.table.sheet, Row: one.row.number, Column: s.table.header[one.choiceCells[k]], Value: id}
			if why, ok := others.aside[id]; ok {
				issue.Problem, issue.Instead = fmt.Sprintf("is set aside (%s)", why), "this choice cannot come true"
				p.rep.note(issue)
				continue
			}
			if others.table.gaps {
				continue // the person may stand in a row that could not be read
			}
			issue.Problem, issue.Instead = "is nobody in "+others.table.place(), others.meant(id, p.rep)
			p.rep.issue(issue)
		}
	}
}

// meant says which id somebody probably wanted to write: that of a person of this name, or the same number with or
// without leading zeros, or one that is spelled alike.
func (s *people) meant(wrong string, rep *report) string {
	if s.idColumn < 0 {
		return "write an id"
	}
	otherwise := fmt.Sprintf("write an id from the column %q of %s", s.table.header[s.idColumn], s.table.place())
	if len(rep.issues) >= mostSuggestions {
		return otherwise
	}
	named := ""
	for _, one := range s.persons {
		if score.Fold(one.name) == score.Fold(wrong) {
			if named != "" {
				return "write the id of the person who is meant; the name is not the only one"
			}
			named = one.id
		}
	}
	if named != "" {
		return fmt.Sprintf("write the id %q", named)
	}
	for _, one := range s.persons {
		if strings.TrimLeft(one.id, "0") == strings.TrimLeft(wrong, "0") {
			return fmt.Sprintf("write %q; spreadsheets lose leading zeros, so format the column as text", one.id)
		}
	}
	ids := make([]string, len(s.persons))
	for i, one := range s.persons {
		ids[i] = one.id
	}
	if meant := closest(wrong, ids); meant != "" {
		return fmt.Sprintf("write %q if that is meant", meant)
	}
	return otherwise
}
