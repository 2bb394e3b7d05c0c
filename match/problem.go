package match

// Aim says what is asked of a matching.
type Aim string

const (
	// StableForMentees asks for the stable matching in which every mentee fares as well as in any stable matching.
	StableForMentees Aim = "stable-for-mentees"
	// StableForMentors asks for the stable matching in which every mentor fares as well as in any stable matching.
	StableForMentors Aim = "stable-for-mentors"
	// StableMorePlaced asks for a weakly stable matching with many pairs: no two people would both strictly rather have
	// each other, and no matching of which this is true has more than half as many pairs again. Where people rank
	// others alike, that can place more of them than a lottery that decides every tie beforehand. Mentees take one
	// mentor each, and there are no classes: elsewhere no such promise is known.
	StableMorePlaced Aim = "stable-more-placed"
	// Optimal asks for the matching with the greatest value in the first goal, among those the greatest in the
	// second, and so on down the list of goals.
	Optimal Aim = "optimal"
)

// Kind says between whom pairs are formed.
type Kind string

const (
	// TwoSided problems pair mentees with mentors.
	TwoSided Kind = "two-sided"
	// OneSided problems would pair peers with each other. The word is reserved; [Problem.Validate] refuses it.
	OneSided Kind = "one-sided"
)

// State says what was decided about a pair before the matching.
type State uint8

const (
	Open      State = iota // may be chosen or not
	Pinned                 // must be chosen: both sides' first choice, outside every comparison
	Forbidden              // must not be chosen; listed so that a reader sees that it was considered
)

// A Problem is everything that decides a matching, in canonical form: ids sorted, edges sorted by mentee, mentor and
// purpose. A [Builder] makes one from people in any order.
//
// How many pairs a person takes is a cap. Caps are numbered in one sequence: the totals of the mentees, the totals of
// the mentors, then the classes, which lie inside a total or inside another class of the same person ("at most two
// for research", "at most one of my own department"). The caps of one person form a tree; a pair counts on every cap
// from its innermost one up to the person's total, on both sides.
type Problem struct {
	Kind Kind
	Aim  Aim

	Mentees  []string // ids, strictly increasing
	Mentors  []string // ids, strictly increasing
	Purposes []string // names, strictly increasing; empty when pairs have no purpose

	Max     []int32 // per cap, the most pairs it takes
	Min     []int32 // per cap, the fewest it wants, or nil when no cap wants any
	Classes []Class // the caps after the totals

	Edges   Edges
	Columns []Column // what is known of each edge besides, for goals to count; names strictly increasing
	Goals   []Goal   // most important first; empty unless Aim is Optimal

	// HardMinimums says that a matching which misses a minimum is none. The minimums are then the first goal of the
	// ladder, and a certificate either meets them all or proves that nobody can.
	HardMinimums bool

	Lottery Lottery
}

// A Class is a cap inside another cap of the same person.
type Class struct {
	Name   string
	Parent int32 // the cap it lies in: a total, or a class with a smaller number
}

// Edges are the pairs that may be formed, one per index of the columns. A column that is nil has the same value for
// all edges, given in its comment.
type Edges struct {
	Mentee     []int32 // index into Problem.Mentees
	Mentor     []int32 // index into Problem.Mentors
	Purpose    []int32 // index into Problem.Purposes; nil: no purpose
	MenteeCap  []int32 // innermost cap on the mentee's side; nil: the mentee's total
	MentorCap  []int32 // innermost cap on the mentor's side; nil: the mentor's total
	MenteeRank []int32 // the mentee's rank of this pair, 1 is best, equal ranks are ties; nil: all tied
	MentorRank []int32 // the mentor's rank of this pair; nil: all tied
	State      []State // nil: all open
}

// Len is the number of edges.
func (e *Edges) Len() int { return len(e.Mentee) }

// A Column gives one number per edge, such as its suitability or how it ranks with the mentee.
type Column struct {
	Name   string
	Values []int32
}

// Existing is the name of the column that is 1 for pairs which exist from an earlier run, 0 for others. A goal that
// counts it keeps what works.
const Existing = "existing"

// A Side is one of the two sides of a problem.
type Side uint8

const (
	MenteeSide Side = iota
	MentorSide
)

func (s Side) String() string {
	if s == MenteeSide {
		return "mentee"
	}
	return "mentor"
}

// NumCaps is the number of caps: totals of mentees, totals of mentors, classes.
func (p *Problem) NumCaps() int { return len(p.Mentees) + len(p.Mentors) + len(p.Classes) }

// Parent is the cap that c lies in, or -1 when c is a person's total.
func (p *Problem) Parent(c int32) int32 {
	if totals := len(p.Mentees) + len(p.Mentors); int(c) >= totals {
		return p.Classes[int(c)-totals].Parent
	}
	return -1
}

// Owner says whose cap c is: the side, and the index of the person on that side.
func (p *Problem) Owner(c int32) (Side, int32) {
	for up := p.Parent(c); up >= 0; up = p.Parent(c) {
		c = up
	}
	if n := int32(len(p.Mentees)); c >= n {
		return MentorSide, c - n
	}
	return MenteeSide, c
}

// Leaf is the innermost cap of edge e on side s.
func (p *Problem) Leaf(s Side, e int) int32 {
	if s == MenteeSide {
		if p.Edges.MenteeCap != nil {
			return p.Edges.MenteeCap[e]
		}
		return p.Edges.Mentee[e]
	}
	if p.Edges.MentorCap != nil {
		return p.Edges.MentorCap[e]
	}
	return int32(len(p.Mentees)) + p.Edges.Mentor[e]
}

// Person is the index of the person on side s of edge e.
func (p *Problem) Person(s Side, e int) int32 {
	if s == MenteeSide {
		return p.Edges.Mentee[e]
	}
	return p.Edges.Mentor[e]
}

// State is the state of edge e.
func (p *Problem) State(e int) State {
	if p.Edges.State == nil {
		return Open
	}
	return p.Edges.State[e]
}

// PurposeName is the name of the purpose of edge e, or "" when pairs have no purpose.
func (p *Problem) PurposeName(e int) string {
	if p.Edges.Purpose == nil {
		return ""
	}
	return p.Purposes[p.Edges.Purpose[e]]
}

// CapName names cap c for people: the owner's id, and the classes from the total down.
func (p *Problem) CapName(c int32) string {
	if up := p.Parent(c); up >= 0 {
		return p.CapName(up) + " / " + p.Classes[int(c)-len(p.Mentees)-len(p.Mentors)].Name
	}
	side, person := p.Owner(c)
	if side == MenteeSide {
		return "mentee " + p.Mentees[person]
	}
	return "mentor " + p.Mentors[person]
}

// Minimum is the fewest pairs that cap c wants.
func (p *Problem) Minimum(c int) int32 {
	if p.Min == nil {
		return 0
	}
	return p.Min[c]
}

// Column returns the values of the named column, or nil when there is none.
func (p *Problem) Column(name string) []int32 {
	for _, c := range p.Columns {
		if c.Name == name {
			return c.Values
		}
	}
	return nil
}

// Loads counts the chosen edges on every cap.
func (p *Problem) Loads(chosen []int32) []int32 {
	loads := make([]int32, p.NumCaps())
	for _, e := range chosen {
		for _, s := range [...]Side{MenteeSide, MentorSide} {
			for c := p.Leaf(s, int(e)); c >= 0; c = p.Parent(c) {
				loads[c]++
			}
		}
	}
	return loads
}
