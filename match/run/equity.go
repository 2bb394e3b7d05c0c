package run

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/equity"
	"github.com/chiron-mentoring/chiron/match/roster"
)

// Equity says who got what, by the groups that the rules name under "audit"; in a report without tables, if they name
// none. It needs the inputs: of a run that was opened from its folder it returns nil.
func (r *Run) Equity() (*equity.Report, error) {
	if r.People == nil {
		return nil, nil
	}
	audit := r.People.Audit()
	o := equity.Options{Choices: audit.Choices, Hours: audit.Hours}
	if audit.Level != nil {
		level := characteristic(*audit.Level)
		o.Level = &level
	}
	var all []equity.Characteristic
	for _, c := range audit.Characteristics {
		all = append(all, characteristic(c))
	}
	report, err := equity.Audit(r.Problem, r.Certificate.Chosen, all, o)
	if err != nil {
		return nil, fmt.Errorf("look who got what, as the rules ask under \"audit\": %w", err)
	}
	return report, nil
}

func characteristic(c roster.Characteristic) equity.Characteristic {
	return equity.Characteristic{Name: onOneLine(c.Name), Side: c.Side, Sensitive: c.Sensitive, Values: c.Values, Order: c.Order}
}

// How a table says that a count is not shown.
const hiddenCell = "hidden"

// EquityTable is equity.csv: a row for everybody, then for every group, in every outcome. It holds what the report
// shows and names nobody.
func EquityTable(r *equity.Report) []byte {
	t := table{{
		"side", "characteristic", "group", "outcome", "people", "asked", "got", "rate", "95% from", "to",
		"compared with", "rate of these", "chance", "corrected chance", "look at it", "needed in each group", "average",
	}}
	for _, all := range r.Overall {
		t = append(t, slices.Concat([]string{all.Side.String(), "", "everybody", outcomeName(all.Outcome)},
			[]string{""}, resultCells(all.Result), make([]string, 7)))
	}
	for i := range r.Tables {
		t = append(t, equityRows(&r.Tables[i], r.Comparisons)...)
	}
	for _, o := range r.Omitted {
		row := make([]string, len(t[0]))
		row[0], row[1], row[2] = o.Side.String(), text(o.Characteristic), "not shown: "+omissionWords(o)
		t = append(t, row)
	}
	return t.bytes()
}

// equityRows are the rows of one table of the report.
func equityRows(of *equity.Table, comparisons []equity.Comparison) table {
	var t table
	for o, outcome := range of.Outcomes {
		if !of.Rows[0].Results[o].Got.Shown { // nor in any other row
			t = append(t, slices.Concat([]string{of.Side.String(), text(of.Characteristic), "every group", outcomeName(outcome)},
				[]string{""}, resultCells(equity.Result{}), make([]string, 7)))
		}
	}
	for _, row := range of.Rows {
		lead := []string{of.Side.String(), text(of.Characteristic), text(groupWords(row.Kind, row.Group)), "", strconv.Itoa(row.People.Count)}
		for o, result := range row.Results {
			if result.Got.Shown {
				lead[3] = outcomeName(of.Outcomes[o])
				t = append(t, slices.Concat(lead, resultCells(result), comparisonCells(of, &row, o, comparisons), []string{""}))
			}
		}
		for _, a := range [...]struct {
			name string
			of   equity.Average
		}{{"mentees of a mentor", row.Load}, {"places of a mentor", row.Places}, {"hours of a mentor", row.Hours}} {
			if a.of.Shown {
				lead[3] = a.name
				t = append(t, slices.Concat(lead, make([]string, 11), []string{tenths(a.of.Tenths)}))
			}
		}
	}
	return t
}

func resultCells(r equity.Result) []string {
	if !r.Got.Shown {
		return []string{hiddenCell, hiddenCell, "", "", ""}
	}
	cells := []string{strconv.Itoa(r.Asked.Count), strconv.Itoa(r.Got.Count), "", "", ""}
	if rate, ok := r.Rate(); ok {
		low, high, _ := r.Interval()
		cells[2], cells[3], cells[4] = rate.String(), low.String(), high.String()
	}
	return cells
}

// comparisonCells are what the comparison of a row in outcome o says, if there is one.
func comparisonCells(t *equity.Table, row *equity.Row, o int, all []equity.Comparison) []string {
	cells := make([]string, 6)
	for i := range all {
		c := &all[i]
		if c.Characteristic != t.Characteristic || c.Outcome != t.Outcomes[o] || row.Kind != equity.OneGroup || c.Group != row.Group {
			continue
		}
		rate, _ := c.Others.Rate()
		cells = []string{text(othersWords(c)), rate.String(), c.Chance.String(), c.Corrected.String(), "", ""}
		if c.Flagged {
			cells[4] = "yes"
		}
		if c.Needed > 0 {
			cells[5] = strconv.Itoa(c.Needed)
		}
	}
	return cells
}

func tenths(n int) string { return fmt.Sprintf("%d.%d", n/10, n%10) }

func groupWords(kind equity.RowKind, group string) string {
	switch kind {
	case equity.NotSaid:
		return "not said"
	case equity.Together:
		return "all others together"
	}
	return group
}

// othersWords says with whom a comparison compares.
func othersWords(c *equity.Comparison) string {
	if c.Two {
		return cmp.Or(c.Other, "all others together")
	}
	return "the other groups"
}

// outcomeName is an outcome as a heading.
func outcomeName(o equity.Outcome) string {
	switch {
	case o.Measure == equity.Placed && o.Side == match.MentorSide:
		return "has a mentee"
	case o.Measure == equity.Placed:
		return "has a mentor"
	case o.Measure == equity.FirstChoice:
		return "first choice"
	case o.Measure == equity.TopThree:
		return "one of the first three choices"
	case o.Measure == equity.AllWanted:
		return "as many mentors as wanted"
	case o.Measure == equity.Busy:
		return "more mentees than most mentors"
	case o.Level == "":
		return "a mentor of unknown level"
	}
	return "mentor: " + o.Level
}

func omissionWords(o equity.Omission) string {
	switch o.Because {
	case equity.TooFewPeople:
		return fmt.Sprintf("fewer than %d people take part, and the characteristic is sensitive", equity.LeastForSensitive)
	case equity.TooFewGroups:
		return "everybody is in one group"
	case equity.AllAlike:
		return "everybody fared alike"
	case equity.Nested:
		return fmt.Sprintf("its groups and those of %s lie within each other, so that both together would tell of a few people", o.Other)
	}
	return "the table would tell of a few people; a column with fewer and larger groups may do"
}

// FairnessText is what a summary says about groups.
func FairnessText(r *equity.Report) string {
	var s page
	s.fairness(r)
	return s.String()
}

func (s *page) fairness(r *equity.Report) {
	if len(r.Tables)+len(r.Omitted) == 0 {
		return
	}
	s.heading("Fairness")
	flags := r.Flags()
	tests := fmt.Sprintf("Fisher's exact test, at 5%% with Holm's correction for the %d that the rules ask for", r.Asked)
	made := several(len(r.Comparisons), "comparison")
	switch {
	case len(r.Comparisons) == 0:
		s.say("No groups could be compared.")
	case len(flags) == 0:
		s.say("In %s of groups no difference is greater than chance explains (%s). "+
			"This is no proof that all were served alike: in a small program only great differences can be told from chance.", made, tests)
		s.openQuestion(r)
	case len(flags) == 1:
		s.say("In %s of groups one difference is greater than chance explains (%s). Somebody should look at it:", made, tests)
	default:
		s.say("In %s of groups %d differences are greater than chance explains (%s). Somebody should look at them:", made, len(flags), tests)
	}
	for i := range flags {
		s.item("%s. The chance of this, if nothing but chance were at work, is %s after the correction.", differenceWords(&flags[i]), chanceWords(flags[i].Corrected))
	}
	for _, o := range r.Omitted {
		s.item("%s of %ss is not shown: %s.", o.Characteristic, o.Side, omissionWords(o))
	}
}

// openQuestion names the greatest difference among those that may be chance, and how many people would decide it.
func (s *page) openQuestion(r *equity.Report) {
	var greatest *equity.Comparison
	for i := range r.Comparisons {
		if c := &r.Comparisons[i]; c.Needed > 0 && (greatest == nil || c.Needed < greatest.Needed) {
			greatest = c
		}
	}
	if greatest != nil {
		s.item("The greatest of the differences that may be chance: %s. It would take about %d people in each group to be sure.",
			differenceWords(greatest), greatest.Needed)
	}
}

// differenceWords puts a comparison into words.
func differenceWords(c *equity.Comparison) string {
	own, _ := c.Own.Rate()
	low, high, _ := c.Own.Interval()
	others, _ := c.Others.Rate()
	than := othersWords(c)
	if c.Two && c.Other != "" {
		than = fmt.Sprintf("those with %q", c.Other)
	}
	return fmt.Sprintf("of %d %ss with the %s %q, %d %s (%s; %s to %s at 95%% confidence), of %s %d of %d (%s)",
		c.Own.Asked.Count, c.Outcome.Side, c.Characteristic, c.Group, c.Own.Got.Count, outcomeWords(c.Outcome), own, low, high,
		than, c.Others.Got.Count, c.Others.Asked.Count, others)
}

func chanceWords(c equity.Chance) string {
	if below, ok := strings.CutPrefix(c.String(), "<"); ok {
		return "below " + below
	}
	return c.String()
}

// outcomeWords is an outcome as the end of a sentence about several people.
func outcomeWords(o equity.Outcome) string {
	switch {
	case o.Measure == equity.Placed && o.Side == match.MentorSide:
		return "have a mentee"
	case o.Measure == equity.Placed:
		return "have a mentor"
	case o.Measure == equity.FirstChoice:
		return "have their first choice"
	case o.Measure == equity.TopThree:
		return "have one of their first three choices"
	case o.Measure == equity.AllWanted:
		return "have as many mentors as they wanted"
	case o.Measure == equity.Busy:
		return "have more mentees than most mentors"
	case o.Level == "":
		return "have a mentor whose level is not known"
	}
	return fmt.Sprintf("have a mentor who is %q", o.Level)
}
