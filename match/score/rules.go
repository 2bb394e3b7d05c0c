package score

// Rules are what a program asks of pairs.
type Rules struct {
	Purposes *Purposes // nil: pairs have no purpose
	Must     []Must    // a pair that breaks one of them is not possible
	Points   []Points  // the suitability of a pair is the sum of what they bring
}

// Purposes says what pairs are for: what the mentee seeks, the most wanted first, and the mentor offers.
type Purposes struct {
	Mentee, Mentor string // fields
	All            bool   // a pair for each purpose that both have; if not, for the one the mentee wants most
	Points         []int  // what a pair brings by the place of its purpose in the mentee's list; beyond the list 0
	Weight         int    // of the fits that Points are multiples of; 0: Points are the rules' own
}

// A Comparison measures two people by a field of each.
type Comparison struct {
	Name           string // what people call it
	Measure        Measure
	Mentee, Mentor string  // fields; for Time of Weeks; Mentee is "" for Number
	Scale          *Scale  // for Gap; nil: the fields hold whole numbers
	Tree           *Tree   // for Related and Near; nil: values are related only to themselves
	Unless         *Unless // for Near; nil: nothing makes up for distance
}

// Measure is how two fields are compared.
type Measure uint8

const (
	// Common counts the values that both have.
	Common Measure = iota
	// Gap is the mentor's level on the scale minus the mentee's. Without a level on both sides it is unknown: an
	// unknown gap breaks every rule and brings no points.
	Gap
	// PlaceWithMentee is where the mentor's first value stands in the mentee's list, from 1; 0 when it is not there.
	PlaceWithMentee
	// PlaceWithMentor is where the mentee's first value stands in the mentor's list, from 1; 0 when it is not there.
	PlaceWithMentor
	// Related is how much of what the mentee names the mentor covers, from 0 to 100: of the mentee's values with
	// everything above them on the tree, the part that is among the mentor's values and what is above those.
	Related
	// Time is how many minutes of a week both have free, in quarters of an hour.
	Time
	// Near is Related for places, from 0 to 100; and 100 as well when something makes up for distance.
	Near
	// Number is the mentor's whole number, whoever the mentee is. Without one it is unknown, as for Gap.
	Number
)

// Unless says what makes up for distance: the mentor's place is the mentee's intended destination or within it, or
// the two share enough of something.
type Unless struct {
	Destination    string // field of the mentees; "": not asked
	Mentee, Mentor string // fields of what is shared; "": not asked
	AtLeast        int    // so much of it, 1 or more
}

// A Must allows only pairs whose measure lies between From and To.
type Must struct {
	Comparison
	From, To int
	Firm     bool // nobody is offered what lifting it would bring
}

// allows says whether a measure keeps the rule. An unknown one does not.
func (m *Must) allows(measured int, known bool) bool {
	return known && m.From <= measured && measured <= m.To
}

// NoLimit is a To that allows everything from From on.
const NoLimit = int(^uint(0) >> 1)

// Points are what a comparison adds to the suitability of a pair: Weight times its fit if there is one, and else
// Table or Each.
type Points struct {
	Comparison
	Table map[int]int // points by what was measured; what is not listed brings none
	Each  int         // points for each unit that was measured,
	Most  int         // and never more of them than this; 0: no limit

	Fit    *Fit
	Weight int // of the fit, 0 to MaxWeight
}

// MaxPoints is the greatest number of points, of either sign, that may stand in a rule.
const MaxPoints = 100_000

// of is what a measured number brings. It depends on nothing else, and unknown measures bring nothing.
func (p *Points) of(measured int) int {
	if p.Fit != nil {
		return p.Weight * p.Fit.Of(measured)
	}
	if p.Table != nil {
		return p.Table[measured]
	}
	sum := p.Each * measured
	switch {
	case p.Most > 0 && sum > p.Most:
		return p.Most
	case p.Most > 0 && sum < -p.Most:
		return -p.Most
	}
	return sum
}
