package roster

import (
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// A Supply sets what mentees ask for against what mentors offer, by what a column says of them.
type Supply struct {
	Column  string // its heading on the mentees' side; "" for purposes
	Purpose bool   // it is what pairs are for
	Rows    []SupplyRow
}

// A SupplyRow is one value of the column.
type SupplyRow struct {
	Name    string
	Asked   int // places that mentees want whose first wish it is
	Offered int // places of the mentors who offer it, each counted once for everything its mentor offers
}

// Supply counts, for the purposes of pairs and for every column in which the points want people to be alike, what is
// asked for and what is offered. Sensitive columns are never among them: points do not speak of these.
func (r *Roster) Supply() []Supply {
	if r.supply == nil {
		return nil
	}
	return r.supply()
}

// comparedAlike are the kinds of criteria that want two people to be alike in a column.
var comparedAlike = []string{"same", "related"}

func (p *program) supply(rules score.Rules) []Supply {
	var all []Supply
	if of := rules.Purposes; of != nil {
		all = append(all, p.supplyOf("", true, p.fields[match.MenteeSide][of.Mentee], p.fields[match.MentorSide][of.Mentor]))
	}
	for _, c := range p.rules.points {
		if !slices.Contains(comparedAlike, c.kind) || slices.ContainsFunc(all, func(s Supply) bool { return s.Column == c.columns[0][0].name }) {
			continue
		}
		var lists [2]score.Field
		for side, names := range c.columns {
			at, _ := p.sides[side].table.find(names[0].name) // the column is there: the criterion was compiled
			lists[side] = p.fields[side][p.field(match.Side(side), at, true)]
		}
		all = append(all, p.supplyOf(c.columns[0][0].name, false, lists[0], lists[1]))
	}
	return all
}

// supplyOf counts one column, its values in the order of the alphabet.
func (p *program) supplyOf(column string, purpose bool, sought, offered score.Field) Supply {
	rows := map[string]*SupplyRow{}
	row := func(value string) *SupplyRow {
		folded := score.Fold(value)
		one := rows[folded]
		if one == nil {
			one = &SupplyRow{Name: strings.Join(strings.Fields(value), " ")}
			rows[folded] = one
		} else if value < one.Name {
			one.Name = strings.Join(strings.Fields(value), " ")
		}
		return one
	}
	for i, values := range sought {
		if len(values) > 0 {
			row(values[0]).Asked += p.sides[match.MenteeSide].persons[i].takes
		}
	}
	for j, values := range offered {
		var counted []string
		for _, value := range values {
			if folded := score.Fold(value); !slices.Contains(counted, folded) {
				counted = append(counted, folded)
				row(value).Offered += p.sides[match.MentorSide].persons[j].takes
			}
		}
	}
	s := Supply{Column: column, Purpose: purpose}
	for _, one := range rows {
		s.Rows = append(s.Rows, *one)
	}
	slices.SortFunc(s.Rows, func(a, b SupplyRow) int { return strings.Compare(a.Name, b.Name) })
	return s
}
