package roster

import (
	"fmt"
	"strings"

	"github.com/chiron-mentoring/chiron/match/score"
)

// A directory finds people by id or e-mail address, on either side.
type directory struct {
	byID    map[string]*known
	byMail  map[string]*known
	byFold  map[string]*known // by folded id, for those who are written otherwise
	doubled map[string]bool   // addresses of several people
}

// A known person, with the number among the mentees and the mentors who take part; -1: does not on that side.
type known struct {
	id string
	at [2]int
}

// The headings over e-mail addresses.
var mailHeadings = []string{"e-mail", "email", "email address", "e-mail address", "mail", "courriel", "adresse courriel", "adresse e-mail", "adresse électronique"}

func (p *program) newDirectory() *directory {
	d := &directory{byID: map[string]*known{}, byMail: map[string]*known{}, byFold: map[string]*known{}, doubled: map[string]bool{}}
	for side, s := range p.sides {
		mail := s.table.optional(mailHeadings...)
		for _, row := range s.table.rows {
			if s.idColumn < 0 || row.cells[s.idColumn] == "" {
				continue
			}
			id := row.cells[s.idColumn]
			one := d.byID[id]
			if one == nil {
				one = &known{id, [2]int{-1, -1}}
				d.byID[id], d.byFold[score.Fold(id)] = one, one
			}
			if at, takesPart := s.at[id]; takesPart {
				one.at[side] = at
			}
			if mail >= 0 && row.cells[mail] != "" {
				address := score.Fold(row.cells[mail])
				if other := d.byMail[address]; other != nil && other != one {
					d.doubled[address] = true
				}
				d.byMail[address] = one
			}
		}
	}
	return d
}

// find is the person in a cell, or nil. Somebody who is in no file is noted: most are colleagues who do not take part.
// An id that is only written otherwise is an issue, because a conflict must not be lost by a capital letter.
func (d *directory) find(p *program, t *table, row tableRow, column int) *known {
	cell := row.cells[column]
	if one := d.byID[cell]; one != nil {
		return one
	}
	issue := t.cell(row, column)
	folded := score.Fold(cell)
	switch one := d.byMail[folded]; {
	case cell == "":
		issue.Problem, issue.Instead = "the cell is empty", "write the id or the e-mail address of a person"
	case d.doubled[folded]:
		issue.Problem, issue.Instead = "is the address of several people", "write the id of the one who is meant"
	case one != nil:
		return one
	case d.byFold[folded] != nil:
		issue.Problem, issue.Instead = "is nobody's id", fmt.Sprintf("write %q", d.byFold[folded].id)
	default:
		if meant := d.withoutZeros(cell); meant != "" {
			issue.Problem, issue.Instead = "is nobody's id", fmt.Sprintf("write %q; spreadsheets lose leading zeros, so format the column as text", meant)
			break
		}
		issue.Problem, issue.Instead = "is nobody in the files", "the row keeps nobody apart"
		p.rep.note(issue)
		return nil
	}
	p.rep.issue(issue)
	return nil
}

// withoutZeros is the id that differs by leading zeros.
func (d *directory) withoutZeros(id string) string {
	if !isDigits(id) {
		return ""
	}
	best := ""
	for other := range d.byID {
		if isDigits(other) && strings.TrimLeft(other, "0") == strings.TrimLeft(id, "0") && (best == "" || other < best) {
			best = other
		}
	}
	return best
}
