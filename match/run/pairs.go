package run

import (
	"slices"
	"strconv"

	"github.com/chiron-mentoring/chiron/match"
)

// Where the names stand in the tables that have them, each one column after the id.
const (
	menteeNameColumn    = 1
	mentorNameColumn    = 3
	unmatchedNameColumn = 2

	menteeNameHeading = "mentee name"
	nameHeading       = "name"
)

// pairsTable is pairs.csv: a row for every chosen pair, in the order of the problem's edges. Columns of which the
// problem knows nothing are left out.
func pairsTable(p *match.Problem, c *match.Certificate, names Names) table {
	existing := p.Column(match.Existing)
	heading := []string{"mentee"}
	if names.Shown {
		heading = append(heading, menteeNameHeading)
	}
	heading = append(heading, "mentor")
	if names.Shown {
		heading = append(heading, "mentor name")
	}
	if p.Edges.Purpose != nil {
		heading = append(heading, "purpose")
	}
	if p.Edges.MenteeRank != nil {
		heading = append(heading, "mentee's rank")
	}
	if p.Edges.MentorRank != nil {
		heading = append(heading, "mentor's rank")
	}
	columns := columnsToShow(p)
	for _, column := range columns {
		heading = append(heading, text(column.Name))
	}
	rows := table{append(heading, "state", "edge")}

	for _, edge := range c.Chosen {
		e := int(edge)
		mentee, mentor := p.Mentees[p.Edges.Mentee[e]], p.Mentors[p.Edges.Mentor[e]]
		row := []string{text(mentee)}
		if names.Shown {
			row = append(row, text(names.Mentees[mentee]))
		}
		row = append(row, text(mentor))
		if names.Shown {
			row = append(row, text(names.Mentors[mentor]))
		}
		if p.Edges.Purpose != nil {
			row = append(row, text(p.PurposeName(e)))
		}
		if p.Edges.MenteeRank != nil {
			row = append(row, number(p.Edges.MenteeRank[e]))
		}
		if p.Edges.MentorRank != nil {
			row = append(row, number(p.Edges.MentorRank[e]))
		}
		for _, column := range columns {
			row = append(row, number(column.Values[e]))
		}
		rows = append(rows, append(row, stateWord(p.State(e), existing != nil && existing[e] != 0), number(edge)))
	}
	return rows
}

// columnsToShow are the columns that tell more than the state and the ranks do.
func columnsToShow(p *match.Problem) []match.Column {
	return slices.DeleteFunc(slices.Clone(p.Columns), func(c match.Column) bool {
		isRank := p.Edges.MenteeRank != nil && slices.Equal(c.Values, p.Edges.MenteeRank)
		return c.Name == match.Existing || isRank
	})
}

func stateWord(s match.State, existing bool) string {
	switch {
	case s == match.Pinned && existing:
		return "pinned, existing"
	case s == match.Pinned:
		return "pinned"
	case existing:
		return "existing"
	}
	return "new"
}

func number(n int32) string { return strconv.Itoa(int(n)) }
