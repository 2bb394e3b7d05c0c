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
}

// A Comparison measures two people by a field of each.
type Comparison struct {
	Name           string // what people call it
	Measure        Measure
	Mentee, Mentor string // fields
	Scale          *Scale // for Gap; nil: the fields hold whole numbers
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
)

// A Must allows only pairs whose measure lies between From and To.
type Must struct {
	Comparison
	From, To int
}

// NoLimit is a To that allows everything from From on.
const NoLimit = int(^uint(0) >> 1)

// Points are what a comparison adds to the suitability of a pair. Either Table or Each is used.
type Points struct {
	Comparison
	Table map[int]int // points by what was measured; what is not listed brings none
	Each  int         // points for each unit that was measured,
	Most  int         // and never more of them than this; 0: no limit
}

// MaxPoints is the greatest number of points, of either sign, that may stand in a rule.
const MaxPoints = 100_000

// of is what a measured number brings.
func (p *Points) of(measured int) int {
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
