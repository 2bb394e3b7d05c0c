package equity

import (
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// A Report says who got what, by group. It holds what may be shown and nothing else: no name, no id, and no number
// behind a cell that is hidden.
type Report struct {
	Overall     []Overall
	Tables      []Table
	Omitted     []Omission
	Comparisons []Comparison // of groups in the tables, by table, outcome and group; none when rounded
	Asked       int          // comparisons that were asked for; those that are missing would tell of a few people
	Rounded     bool         // all counts are multiples of five
}

// Overall is an outcome of everybody on a side.
type Overall struct {
	Outcome
	Result
	Alike bool // everybody who was asked fared alike, so no table compares groups in this
}

// A Table has the groups of one characteristic in its rows and outcomes in its columns.
type Table struct {
	Characteristic string
	Side           match.Side
	Sensitive      bool
	Outcomes       []Outcome
	Rows           []Row
}

// A Row is one group.
type Row struct {
	Kind    RowKind
	Group   string // the value of the characteristic, for OneGroup
	People  Cell
	Results []Result // one for each outcome of the table; an outcome is shown in all rows or in none
	Load    Average  // mentees of a mentor
	Places  Average  // places of a mentor; shown together with Load
	Hours   Average  // that a mentor gives
}

// RowKind says whom a row counts.
type RowKind string

const (
	OneGroup RowKind = "group"
	NotSaid  RowKind = "not said"        // those who did not say
	Together RowKind = "others together" // all groups that have no row; which these are is not told
)

// A Cell is a count of people, if it may be shown; a hidden cell is the zero value, whatever it would have counted.
type Cell struct {
	Shown bool
	Count int
}

// A Result says how many of a row were asked about an outcome, and how many of them got it.
type Result struct{ Asked, Got Cell }

// An Average is a mean in tenths, rounded, if it may be shown.
type Average struct {
	Shown  bool
	Tenths int
}

// An Omission is a characteristic without a table.
type Omission struct {
	Characteristic string
	Side           match.Side
	Sensitive      bool
	Because        Reason
	Other          string // for Nested, the characteristic that is shown instead
}

// A Reason says why a characteristic has no table.
type Reason string

const (
	TooFewPeople Reason = "too few people" // fewer than thirty on the side, and the characteristic is sensitive
	TooFewGroups Reason = "too few groups" // everybody in one group
	AllAlike     Reason = "all alike"      // everybody on the side fared alike in everything
	TooSmall     Reason = "too small"      // no two rows could be shown without telling of a few people
	Nested       Reason = "nested"         // its groups lie within those of a table shown before, or hold them
)

// add audits the people of one side.
func (r *Report) add(people *cohort, characteristics []Characteristic, o *Options) {
	for _, outcome := range people.outcomes {
		r.Overall = append(r.Overall, overall(outcome, o.Least)) // not more is hidden than rows of a table may add up to
	}
	var before []groups // of the tables of this side
	for i := range characteristics {
		c := &characteristics[i]
		g := groupsOf(people.ids, c)
		omit := func(why Reason, other string) {
			r.Omitted = append(r.Omitted, Omission{c.Name, c.Side, c.Sensitive, why, other})
		}
		if len(g.names) < 2 {
			omit(TooFewGroups, "")
			continue
		}
		if c.Sensitive && len(people.ids) < LeastForSensitive {
			omit(TooFewPeople, "")
			continue
		}
		if at := slices.IndexFunc(before, func(b groups) bool { return g.liesWithin(b) || b.liesWithin(g) }); at >= 0 {
			omit(Nested, r.Tables[len(r.Tables)-len(before)+at].Characteristic)
			continue
		}
		if !slices.ContainsFunc(people.outcomes, func(r result) bool { return !overall(r, o.Least).Alike }) {
			omit(AllAlike, "")
			continue
		}
		t := newTally(people, g, c, o.leastFor(c))
		r.Asked += t.asks() * t.telling()
		plan, ok := t.plan()
		if !ok {
			omit(TooSmall, "")
			continue
		}
		before = append(before, g)
		r.Tables = append(r.Tables, t.table(c, &plan))
	}
}

func overall(r result, least int) Overall {
	all := Overall{Outcome: r.Outcome}
	asked, got := 0, 0
	for i := range r.asked {
		if r.asked[i] {
			asked++
		}
		if r.got[i] {
			got++
		}
	}
	all.Alike = got == 0 || got == asked
	large := func(n int) bool { return n == 0 || n >= least }
	if outside := len(r.asked) - asked; large(got) && large(asked-got) && large(outside) {
		all.Result = Result{Cell{true, asked}, Cell{true, got}}
	}
	return all
}

// table makes the table of a plan. From here on, what is hidden is gone.
func (t *tally) table(c *Characteristic, p *plan) Table {
	table := Table{Characteristic: c.Name, Side: c.Side, Sensitive: c.Sensitive}
	for o, outcome := range t.cohort.outcomes {
		if !t.isAlike(o) {
			table.Outcomes = append(table.Outcomes, outcome.Outcome)
		}
	}
	load := t.cohort.side == match.MentorSide && t.loadsMayBeShown(p)
	for r, groups := range p.rows {
		row := Row{Kind: OneGroup, People: Cell{true, t.people(everybody, groups)}}
		switch {
		case p.pooled && r == len(p.rows)-1:
			row.Kind = Together
		case groups[0] == t.notSaid:
			row.Kind = NotSaid
		default:
			row.Group = t.names[groups[0]]
		}
		for o := range t.cohort.outcomes {
			switch {
			case t.isAlike(o):
			case slices.Contains(p.shown, o):
				row.Results = append(row.Results, Result{Cell{true, t.people(asked(o), groups)}, Cell{true, t.people(got(o), groups)}})
			default:
				row.Results = append(row.Results, Result{})
			}
		}
		if load {
			row.Load, row.Places = t.average(groups, t.cohort.loads), t.average(groups, t.cohort.places)
		}
		table.Rows = append(table.Rows, row)
	}
	t.addHours(&table, p)
	return table
}

// addHours adds the average hours, in all rows or in none: one alone would follow from the others.
func (t *tally) addHours(table *Table, p *plan) {
	if t.cohort.hours == nil {
		return
	}
	hours := make([]Average, len(p.rows))
	for r, groups := range p.rows {
		if hours[r] = t.average(groups, t.cohort.hours); !hours[r].Shown {
			return
		}
	}
	for r := range hours {
		table.Rows[r].Hours = hours[r]
	}
}

// average is the mean of what is known, which is not negative, of the people in some groups.
func (t *tally) average(row []int, values []int) Average {
	n, sum := 0, 0
	for i, group := range t.of {
		if slices.Contains(row, group) && values[i] >= 0 {
			n++
			sum += values[i]
		}
	}
	if n < max(t.least, LeastForRate) {
		return Average{}
	}
	return Average{true, (20*sum + n) / (2 * n)}
}
