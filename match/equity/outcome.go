package equity

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// A Measure is something that a person got or did not get.
type Measure string

const (
	// Placed people have somebody: a mentee a mentor, a mentor a mentee.
	Placed Measure = "placed"
	// FirstChoice mentees have the first whom they named; asked of mentees who named somebody.
	FirstChoice Measure = "first choice"
	// TopThree mentees have one of the first three whom they named; asked of mentees who named somebody.
	TopThree Measure = "top three"
	// AllWanted mentees have as many mentors as they wanted.
	AllWanted Measure = "all wanted"
	// MentorLevel mentees have a mentor of the outcome's level; asked of mentees who have a mentor.
	MentorLevel Measure = "mentor level"
	// Busy mentors have more mentees than most: more than the median of all mentors.
	Busy Measure = "busy"
)

// An Outcome is a measure on one side.
type Outcome struct {
	Side    match.Side
	Measure Measure
	Level   string // of the mentor, for MentorLevel; "": those whose level is not known
}

// A cohort is the people of one side and what became of them. People without places take no part.
type cohort struct {
	side     match.Side
	ids      []string
	loads    []int
	places   []int
	hours    []int // -1: not known; nil: of nobody
	outcomes []result
}

// A result is one outcome of everybody.
type result struct {
	Outcome
	asked, got []bool // got implies asked
}

func newCohort(p *match.Problem, chosen []int32, side match.Side) (*cohort, []int) {
	ids, first := p.Mentees, 0
	if side == match.MentorSide {
		ids, first = p.Mentors, len(p.Mentees)
	}
	loads := p.Loads(chosen)
	c := &cohort{side: side}
	number := make([]int, len(ids)) // of each person of the problem in the cohort
	for i, id := range ids {
		number[i] = -1
		if p.Max[first+i] > 0 {
			number[i] = len(c.ids)
			c.ids = append(c.ids, id)
			c.loads = append(c.loads, int(loads[first+i]))
			c.places = append(c.places, int(p.Max[first+i]))
		}
	}
	c.add(Outcome{Measure: Placed}, nil, func(i int) bool { return c.loads[i] > 0 })
	return c, number
}

// add adds an outcome, unless nobody was asked or another one says the same, or just the opposite. A nil asked means
// everybody.
func (c *cohort) add(o Outcome, asked, got func(i int) bool) {
	o.Side = c.side
	r := result{o, make([]bool, len(c.ids)), make([]bool, len(c.ids))}
	for i := range c.ids {
		r.asked[i] = asked == nil || asked(i)
		r.got[i] = r.asked[i] && got(i)
	}
	same := func(b result) bool {
		equal := slices.Equal(b.asked, r.asked)
		opposite := equal
		for i := range r.asked {
			equal = equal && b.got[i] == r.got[i]
			opposite = opposite && b.got[i] == (r.asked[i] && !r.got[i])
		}
		return equal || opposite
	}
	if slices.Contains(r.asked, true) && !slices.ContainsFunc(c.outcomes, same) {
		c.outcomes = append(c.outcomes, r)
	}
}

func menteesOf(p *match.Problem, chosen []int32, o *Options) (*cohort, error) {
	c, number := newCohort(p, chosen, match.MenteeSide)
	c.addChoices(p, chosen, number, o.Choices)
	c.add(Outcome{Measure: AllWanted}, nil, func(i int) bool { return c.loads[i] == c.places[i] })
	return c, c.addLevels(p, chosen, number, o.Level)
}

// addChoices adds the outcomes about choices, if somebody chose.
func (c *cohort) addChoices(p *match.Problem, chosen []int32, number []int, choices map[string][]string) {
	if len(choices) == 0 && p.Edges.MenteeRank == nil {
		return
	}
	chose := make([]bool, len(c.ids))
	best := make([]int, len(c.ids)) // the best rank of whom each got; 0: nobody who was chosen
	longest := 0
	rank := func(e int) int { return int(p.Edges.MenteeRank[e]) }
	if len(choices) > 0 {
		rank = func(e int) int {
			return 1 + slices.Index(choices[p.Mentees[p.Edges.Mentee[e]]], p.Mentors[p.Edges.Mentor[e]])
		}
		for i, id := range c.ids {
			chose[i] = len(choices[id]) > 0
			longest = max(longest, len(choices[id]))
		}
	} else {
		for e := range p.Edges.Len() {
			if n := number[p.Edges.Mentee[e]]; n >= 0 {
				chose[n] = true
				longest = max(longest, rank(e))
			}
		}
	}
	for _, e := range chosen {
		n, r := number[p.Edges.Mentee[e]], rank(int(e))
		if n >= 0 && r > 0 && (best[n] == 0 || r < best[n]) {
			best[n] = r
		}
	}
	asked := func(i int) bool { return chose[i] }
	within := func(most int) func(i int) bool {
		return func(i int) bool { return 0 < best[i] && best[i] <= most }
	}
	c.add(Outcome{Measure: FirstChoice}, asked, within(1))
	if longest > 1 {
		c.add(Outcome{Measure: TopThree}, asked, within(3))
	}
}

// addLevels adds an outcome for every level of mentors, if there are several.
func (c *cohort) addLevels(p *match.Problem, chosen []int32, number []int, level *Characteristic) error {
	if level == nil {
		return nil
	}
	mentors := groupsOf(p.Mentors, level)
	switch n := len(mentors.names); {
	case n < 2:
		return nil
	case n > mostLevels:
		return fmt.Errorf("equity: %q has %d values, too many to be levels of mentors; name a column with %d at most", level.Name, n, mostLevels)
	}
	for at, name := range mentors.names {
		has := make([]bool, len(c.ids))
		for _, e := range chosen {
			if n := number[p.Edges.Mentee[e]]; n >= 0 && mentors.of[p.Edges.Mentor[e]] == at {
				has[n] = true
			}
		}
		c.add(Outcome{Measure: MentorLevel, Level: name}, func(i int) bool { return c.loads[i] > 0 }, func(i int) bool { return has[i] })
	}
	return nil
}

func mentorsOf(p *match.Problem, chosen []int32, o *Options) *cohort {
	c, _ := newCohort(p, chosen, match.MentorSide)
	if len(c.ids) == 0 {
		return c
	}
	most := median(c.loads)
	c.add(Outcome{Measure: Busy}, nil, func(i int) bool { return c.loads[i] > most })
	for _, id := range c.ids {
		hours, known := o.Hours[id]
		if !known {
			hours = -1
		}
		c.hours = append(c.hours, hours)
	}
	return c
}

// median is the number in the middle, the lower one of two.
func median(numbers []int) int {
	sorted := slices.Sorted(slices.Values(numbers))
	return sorted[(len(sorted)-1)/2]
}

// Groups are the people of a cohort by the value of a characteristic.
type groups struct {
	names   []string
	of      []int // the group of each person
	notSaid int   // the group of those who did not say; -1: everybody said
}

func groupsOf(ids []string, c *Characteristic) groups {
	at := map[string]int{}
	for _, id := range ids {
		at[c.Values[id]] = 0
	}
	g := groups{notSaid: -1}
	for name := range at {
		g.names = append(g.names, name)
	}
	place := func(name string) int {
		if at := slices.Index(c.Order, name); at >= 0 && name != "" {
			return at
		}
		return len(c.Order)
	}
	slices.SortFunc(g.names, func(a, b string) int {
		switch {
		case a == "" || b == "": // those who did not say come last
			return cmp.Compare(b, a)
		default:
			return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a, b))
		}
	})
	for i, name := range g.names {
		at[name] = i
		if name == "" {
			g.notSaid = i
		}
	}
	for _, id := range ids {
		g.of = append(g.of, at[c.Values[id]])
	}
	return g
}

// liesWithin says whether everybody of one group of g is in one group of h: whoever knows it can take the numbers of g
// from those of h.
func (g groups) liesWithin(h groups) bool {
	inside := make([]int, len(g.names))
	for i := range inside {
		inside[i] = -1
	}
	for i, group := range g.of {
		if inside[group] >= 0 && inside[group] != h.of[i] {
			return false
		}
		inside[group] = h.of[i]
	}
	return true
}
