package equity

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// A Comparison sets one group against the other groups of its table in one outcome. All its numbers follow from the
// cells of the table.
//
// Each group is compared with the rest, rather than all groups at once, because a finding must say who is concerned.
// Those who did not say take no part where they have a row: they have nothing in common but that. The groups together in
// one row are only ever the rest. What they got is why they are in it, so as a group they would look worse or better
// than chance allows; one group against everybody else does not depend on who else has a row.
type Comparison struct {
	Characteristic string
	Sensitive      bool
	Outcome        Outcome
	Group          string
	Other          string // when there are only two: the other one; "": the groups together that have no row
	Two            bool   // there are only two, and one comparison speaks of both
	Own, Others    Result // both with a rate
	Chance         Chance // of a difference at least as unlikely, if nothing but chance made it
	Corrected      Chance // for the number of comparisons that were asked for (Holm 1979)
	Flagged        bool   // Corrected is at most 5 %: somebody should look
	Needed         int    // people in each group for four chances in five to notice such a difference; 0: there is none
}

// A Chance is a probability in billionths, rounded up.
type Chance int64

const certain Chance = 1_000_000_000

// FlagAt is the corrected chance at which a comparison is flagged.
const FlagAt = certain / 20

// String is the probability with four decimals, rounded up, or that it is below the least of these.
func (c Chance) String() string {
	const least = certain / 10_000
	if c <= least {
		return "<0.0001"
	}
	n := (c + least - 1) / least
	return fmt.Sprintf("%d.%04d", n/10_000, n%10_000)
}

// Lower says whether the group got the outcome less often than the others.
func (c *Comparison) Lower() bool {
	return int64(c.Own.Got.Count)*int64(c.Others.Asked.Count) < int64(c.Others.Got.Count)*int64(c.Own.Asked.Count)
}

// Worse says whether the group has less of what people want, or more to carry. Of the levels of mentors none is better
// than another.
func (c *Comparison) Worse() bool {
	if c.Outcome.Side == match.MentorSide {
		return c.Outcome.Measure == Busy && !c.Lower()
	}
	return c.Outcome.Measure != MentorLevel && c.Lower()
}

// Flags are the comparisons at which somebody should look.
func (r *Report) Flags() []Comparison {
	return slices.DeleteFunc(slices.Clone(r.Comparisons), func(c Comparison) bool { return !c.Flagged })
}

// compare makes all comparisons of the report.
func (r *Report) compare() {
	for i := range r.Tables {
		t := &r.Tables[i]
		for o := range t.Outcomes {
			r.Comparisons = append(r.Comparisons, t.comparisons(o)...)
		}
	}
	holm(r.Comparisons, r.Asked)
}

// comparisons compares the groups of a table in outcome o. A group without a rate of its own is still one of the rest.
func (t *Table) comparisons(o int) []Comparison {
	var rows []*Row
	asked, got := 0, 0
	for i := range t.Rows {
		if row := &t.Rows[i]; row.Kind != NotSaid && row.Results[o].Got.Shown {
			rows = append(rows, row)
			asked += row.Results[o].Asked.Count
			got += row.Results[o].Got.Count
		}
	}
	var all []Comparison
	for _, row := range rows {
		if row.Kind != OneGroup {
			continue
		}
		own := row.Results[o]
		c := Comparison{
			Characteristic: t.Characteristic, Sensitive: t.Sensitive, Outcome: t.Outcomes[o], Group: row.Group, Own: own,
			Others: Result{Cell{true, asked - own.Asked.Count}, Cell{true, got - own.Got.Count}},
		}
		if !c.Own.hasRate() || !c.Others.hasRate() {
			continue
		}
		if c.Two = len(rows) == 2; c.Two {
			c.Other = rows[1].Group
		}
		c.judge()
		if all = append(all, c); c.Two {
			break
		}
	}
	return all
}

func (c *Comparison) judge() {
	k, n, l, m := c.Own.Got.Count, c.Own.Asked.Count, c.Others.Got.Count, c.Others.Asked.Count
	c.Chance = min(certain, Chance(math.Ceil(float64(fisher(k, n, l, m)*float64(certain)))))
	if int64(k)*int64(m) != int64(l)*int64(n) {
		c.Needed = needed(float64(k)/float64(n), float64(l)/float64(m))
	}
}

// asks is how many comparisons a characteristic asks for in one outcome. Which of them can be made depends on what
// people got, and the correction must not; so it counts every group that could have enough people for a rate.
func (g groups) asks() int {
	said := len(g.names)
	if g.notSaid >= 0 {
		said--
	}
	if said == 2 && g.notSaid < 0 {
		return 1 // two sides of one comparison
	}
	return min(said, len(g.of)/LeastForRate)
}

// holm corrects the chances of comparisons of which asked were asked for, so that the chance of any false flag among
// them stays below 5 %: the smallest is multiplied by asked, the next one by one less, and so on, and none becomes
// smaller than one before it. Comparisons that could not be made count as if they had found nothing.
func holm(all []Comparison, asked int) {
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(all[a].Chance, all[b].Chance) })
	last := Chance(0)
	for rank, i := range order {
		last = max(last, min(certain, all[i].Chance*Chance(asked-rank)))
		all[i].Corrected, all[i].Flagged = last, last <= FlagAt
	}
}
