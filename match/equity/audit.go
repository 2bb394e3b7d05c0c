package equity

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// A Characteristic tells people of one side apart: their level, their site, their gender.
type Characteristic struct {
	Name      string
	Side      match.Side
	Sensitive bool              // protected by larger groups, and shown only among thirty people or more
	Values    map[string]string // by id; who is missing, or has "", did not say
	Order     []string          // of values, as a reader expects them; others follow in the order of letters
}

// Options are what is known besides the characteristics, and how careful to be. The zero value is complete.
type Options struct {
	// Choices are whom each mentee named, the best first, by id. Without any, the mentees' ranks in the problem count.
	Choices map[string][]string

	// Level says what each mentor is, so that the audit can say which mentors a group got. nil: it does not.
	Level *Characteristic

	// Hours are what each mentor gives in a month, by id. Who is missing is left out of the averages.
	Hours map[string]int

	// Least and LeastSensitive are the fewest people that a cell shows. They can be raised and never lowered:
	// 0 means 5, and 10 for sensitive characteristics.
	Least, LeastSensitive int
}

// The fewest people that a cell shows, that a rate is made of, and that a sensitive table is made of.
const (
	DefaultLeast          = 5
	DefaultLeastSensitive = 10
	LeastForRate          = 10
	LeastForSensitive     = 30
)

// mostLevels bounds the levels of mentors that are told apart; more than these are no levels.
const mostLevels = 12

// Audit says by group what the chosen edges of p give to whom. The characteristics are taken in their order: where two
// of them would together give away what each of them hides, the first is shown.
//
// The error says what is wrong with the arguments; it names no person. The cost is O(C·O·(N+E)) for C characteristics,
// O outcomes, N people and E edges, and O(N) for each comparison.
func Audit(p *match.Problem, chosen []int32, characteristics []Characteristic, o Options) (*Report, error) {
	if err := o.complete(); err != nil {
		return nil, err
	}
	if err := checkCharacteristics(characteristics); err != nil {
		return nil, err
	}
	for _, e := range chosen {
		if e < 0 || int(e) >= p.Edges.Len() {
			return nil, fmt.Errorf("equity: the problem has no edge %d", e)
		}
	}
	mentees, err := menteesOf(p, chosen, &o)
	if err != nil {
		return nil, err
	}
	report := &Report{}
	for _, people := range [...]*cohort{mentees, mentorsOf(p, chosen, &o)} {
		var own []Characteristic
		for _, c := range characteristics {
			if c.Side == people.side {
				own = append(own, c)
			}
		}
		report.add(people, own, &o)
	}
	report.compare()
	return report, nil
}

func (o *Options) complete() error {
	o.Least = cmp.Or(o.Least, DefaultLeast)
	o.LeastSensitive = cmp.Or(o.LeastSensitive, max(DefaultLeastSensitive, o.Least))
	if o.Least < DefaultLeast || o.LeastSensitive < DefaultLeastSensitive || o.LeastSensitive < o.Least {
		return fmt.Errorf("equity: cells of fewer than %d people, %d for sensitive characteristics, are never shown; raise the numbers or leave them out",
			DefaultLeast, max(DefaultLeastSensitive, o.Least))
	}
	if o.Level != nil && (o.Level.Sensitive || o.Level.Side != match.MentorSide) {
		return fmt.Errorf("equity: %q cannot be the level of mentors; name a column of the mentors that is not sensitive", o.Level.Name)
	}
	return nil
}

func checkCharacteristics(all []Characteristic) error {
	for i, c := range all {
		if c.Name == "" {
			return fmt.Errorf("equity: characteristic %d has no name", i+1)
		}
		if slices.ContainsFunc(all[:i], func(b Characteristic) bool { return b.Name == c.Name && b.Side == c.Side }) {
			return fmt.Errorf("equity: the characteristic %q of %ss is there twice", c.Name, c.Side)
		}
	}
	return nil
}

// leastFor is the fewest people that a cell of a characteristic shows.
func (o *Options) leastFor(c *Characteristic) int {
	if c.Sensitive {
		return o.LeastSensitive
	}
	return o.Least
}
