package report

import (
	"fmt"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/equity"
)

// A fairnessView shows who got what, by group, as far as package equity lets it be shown.
type fairnessView struct {
	Flags   []string // what somebody should look at
	Tables  []fairTable
	Omitted []string
}

// A fairTable is one characteristic on one side.
type fairTable struct {
	Title, Note string
	Outcomes    []fairOutcome
	Loads       []fairLoad
}

// A fairOutcome is one outcome by group, with the rate of everybody if that may be shown.
type fairOutcome struct {
	Title, Overall string
	OverallX       string // where the line of everybody stands; "": nowhere
	Rows           []fairRow
}

type fairRow struct {
	Group, People        string
	Rate, Interval       string
	X, Low, Width, Label string // of the dot and its interval, in per cent; X "": there is no rate
	Flagged              bool
}

type fairLoad struct{ Group, Text string }

func (w *writer) fairnessInto(v *pageView) {
	r := w.in.Equity
	if r == nil || len(r.Tables)+len(r.Omitted) == 0 {
		v.FairnessLead = w.Say("fairness.unknown")
		return
	}
	v.Fairness = &fairnessView{}
	worse := 0
	for _, c := range r.Flags() {
		if c.Worse() {
			worse++
		}
		v.Fairness.Flags = append(v.Fairness.Flags, w.flag(&c))
	}
	switch {
	case len(r.Comparisons) == 0:
		v.FairnessLead = w.Say("fairness.uncompared")
	case worse > 0:
		v.FairnessLead = w.Count("fairness.worse", int64(worse))
	case len(v.Fairness.Flags) > 0:
		v.FairnessLead = w.Count("fairness.differs", int64(len(v.Fairness.Flags)))
	default:
		v.FairnessLead = w.Count("fairness.none", int64(len(r.Comparisons)))
	}
	for i := range r.Tables {
		v.Fairness.Tables = append(v.Fairness.Tables, w.fairTable(&r.Tables[i], r))
	}
	for _, o := range r.Omitted {
		v.Fairness.Omitted = append(v.Fairness.Omitted, w.omitted(o))
	}
}

// flag says what a comparison found.
func (w *writer) flag(c *equity.Comparison) string {
	group := c.Group
	if group == "" {
		group = w.Say("fairness.together")
	}
	key := "fairness.flag.differs"
	if c.Worse() {
		key = "fairness.flag.worse"
	}
	return w.Say(key, "group", w.capitalise(group), "characteristic", c.Characteristic, "outcome", w.outcome(c.Outcome),
		"own", w.rate(c.Own), "others", w.rate(c.Others), "chance", w.chance(c.Corrected))
}

func (w *writer) rate(r equity.Result) string {
	return w.Percent(int64(r.Got.Count), int64(r.Asked.Count))
}

// chance says a probability as one time in so many, which people grasp more easily than a decimal.
func (w *writer) chance(c equity.Chance) string {
	const certain = 1_000_000_000
	if c <= 0 || certain/int64(c) > 1000 {
		return w.Say("chance.rare", "n", 1000)
	}
	return w.Say("chance.once", "n", certain/int64(c))
}

func (w *writer) outcome(o equity.Outcome) string {
	switch o.Measure {
	case equity.Placed:
		return w.Say("outcome.placed." + o.Side.String())
	case equity.FirstChoice:
		return w.Say("outcome.first")
	case equity.TopThree:
		return w.Say("outcome.three")
	case equity.AllWanted:
		return w.Say("outcome.all")
	case equity.Busy:
		return w.Say("outcome.busy")
	}
	if o.Level == "" {
		return w.Say("outcome.nolevel")
	}
	return w.Say("outcome.level", "level", o.Level)
}

func (w *writer) fairTable(t *equity.Table, r *equity.Report) fairTable {
	v := fairTable{Title: w.Say("fairness.by."+t.Side.String(), "characteristic", t.Characteristic)}
	if t.Sensitive {
		v.Note = w.Say("fairness.sensitive")
	}
	for k, o := range t.Outcomes {
		one := fairOutcome{Title: w.capitalise(w.outcome(o))}
		for _, all := range r.Overall {
			if rate, ok := all.Result.Rate(); ok && all.Outcome == o {
				one.Overall, one.OverallX = w.Say("fairness.everybody", "rate", w.Percent(int64(all.Got.Count), int64(all.Asked.Count))), percentX(int(rate))
			}
		}
		shown := false
		for i := range t.Rows {
			row := w.fairRow(&t.Rows[i], t.Rows[i].Results[k], one.Title)
			for _, c := range r.Comparisons {
				row.Flagged = row.Flagged || c.Flagged && c.Outcome == o && c.Characteristic == t.Characteristic && c.Worse() && c.Group == t.Rows[i].Group && t.Rows[i].Kind != equity.NotSaid
			}
			shown = shown || row.X != "" || row.Rate != ""
			one.Rows = append(one.Rows, row)
		}
		if shown {
			v.Outcomes = append(v.Outcomes, one)
		}
	}
	for i := range t.Rows {
		if load := t.Rows[i].Load; load.Shown && t.Side == match.MentorSide {
			v.Loads = append(v.Loads, fairLoad{w.group(&t.Rows[i]), w.Say("fairness.load", "n", w.Tenths(int64(load.Tenths)))})
		}
	}
	return v
}

// percentX is a share in thousandths as a place on the chart.
func percentX(share int) string { return fmt.Sprintf("%d.%d%%", share/10, share%10) }

func (w *writer) fairRow(of *equity.Row, result equity.Result, outcome string) fairRow {
	row := fairRow{Group: w.group(of)}
	if of.People.Shown {
		row.People = w.Say("fairness.people", "n", of.People.Count)
	}
	rate, ok := result.Rate()
	if !ok {
		row.Interval = w.Say("fairness.hidden")
		if result.Asked.Shown && result.Got.Shown {
			row.Rate, row.Interval = w.Say("fairness.count", "n", result.Got.Count, "of", result.Asked.Count), ""
		}
		return row
	}
	low, high, _ := result.Interval()
	row.Rate = w.rate(result)
	row.Interval = w.Say("range", "from", int(low+5)/10, "to", w.Percent(int64(high), 1000))
	row.X, row.Low, row.Width = percentX(int(rate)), percentX(int(low)), percentX(int(high-low))
	row.Label = w.Say("fairness.label", "group", row.Group, "outcome", outcome, "rate", row.Rate, "interval", row.Interval)
	return row
}

func (w *writer) group(row *equity.Row) string {
	switch row.Kind {
	case equity.NotSaid:
		return w.Say("fairness.notsaid")
	case equity.Together:
		return w.Say("fairness.together")
	}
	return w.capitalise(row.Group)
}

func (w *writer) omitted(o equity.Omission) string {
	key := map[equity.Reason]string{
		equity.TooFewPeople: "fairness.omitted.people", equity.TooFewGroups: "fairness.omitted.groups",
		equity.TooSmall: "fairness.omitted.small", equity.Nested: "fairness.omitted.nested",
	}[o.Because]
	return w.Say(key, "characteristic", w.capitalise(o.Characteristic), "other", o.Other, "side", w.Say("side."+o.Side.String()))
}
