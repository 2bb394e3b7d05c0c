package explain

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
	"github.com/chiron-mentoring/chiron/match/solve"
)

// A Case is what there is to explain, and what is known of it besides. Only Problem and Certificate are needed.
type Case struct {
	Problem     *match.Problem
	Certificate *match.Certificate

	// Reasons lists what makes up the suitability of an edge. Where it does not add up to a column that a goal counts,
	// it is no reason for anything, and is not said.
	Reasons func(edge int) []score.Reason
	Hidden  []string             // criteria that are never named, because they speak of what is sensitive
	Names   [2]map[string]string // per side, what people are called, by id

	Barriers func(mentee string) []Barrier    // rules that keep mentors from a mentee
	Lifts    func(mentee string) []Lift       // the pairs that lifting one of them for this mentee would allow
	Choices  func(mentee string) []match.Pair // pairs that the mentee could ask for and has not; LastChoices makes some

	Contact string // whom people may write to; "": the coordinator of the program
}

// A Barrier says how many mentors a rule keeps from somebody.
type Barrier struct {
	Rule    string
	Mentors int
}

// A Lift is a rule that concerns somebody, and the pairs that would be possible without it.
type Lift struct {
	Rule  string
	Pairs []match.Pair
}

// An Explainer answers questions about one matching. It is not safe for use by several goroutines.
type Explainer struct {
	about      Case
	p          *match.Problem
	isChosen   []bool
	loads      []int32
	edges      [2][][]int32 // per side and person
	goals      []match.Goal // what costs and gains are counted in
	values     []int64
	potential  [][]int64     // per goal and cap, the prices from the total down; nil for a stable matching
	suits      [][]int32     // the columns that goals want much of, and that are no ranks
	menteeRank bool          // the mentees' ranks decide something
	worth      []match.Worth // of the goals of an optimal problem
	order      match.Order   // of the mentees of a stable one,
	mentors    match.Order   // and of its mentors
	next       map[int32]*Forced
	resolved   int
	session    *solve.Session // prepared for the first changed problem
}

// New prepares the explanation of a matching, which match.Check must accept.
func New(c Case) (*Explainer, error) {
	if err := match.Check(c.Problem, c.Certificate); err != nil {
		return nil, fmt.Errorf("only a matching that is proved can be explained: %w", err)
	}
	if c.Certificate.Outcome == match.IsImpossible {
		return nil, errors.New("no matching meets the minimums, so there is no result to explain; lower a minimum, or make the minimums soft")
	}
	p := c.Problem
	x := &Explainer{about: c, p: p, isChosen: make([]bool, p.Edges.Len()), loads: p.Loads(c.Certificate.Chosen), next: map[int32]*Forced{}}
	for _, e := range c.Certificate.Chosen {
		x.isChosen[e] = true
	}
	x.edges = [2][][]int32{make([][]int32, len(p.Mentees)), make([][]int32, len(p.Mentors))}
	for e := range p.Edges.Len() {
		for s := range x.edges {
			who := p.Person(match.Side(s), e)
			x.edges[s][who] = append(x.edges[s][who], int32(e))
		}
	}
	x.count()
	return x, nil
}

// stableGoals are what changes of a stable matching are counted in.
var stableGoals = []match.Goal{
	{Name: "placed", Units: []match.Reward{{Of: "mentees", Units: []int64{1}}}},
	{Name: "pairs", Pairs: true},
}

// count prepares what costs and gains are counted in.
func (x *Explainer) count() {
	p := x.p
	if p.Aim != match.Optimal {
		x.goals, x.menteeRank = stableGoals, p.Edges.MenteeRank != nil
		x.values = x.valuesOf(p, x.about.Certificate)
		x.order, x.mentors = p.Order(match.MenteeSide), p.Order(match.MentorSide)
		return
	}
	x.goals, x.values, x.worth = p.Ladder(), x.about.Certificate.Values, x.worths(p)
	for k := range x.goals {
		g := &x.goals[k]
		values := p.Column(g.Column)
		switch {
		case values == nil, g.Column == match.Existing:
		case p.Edges.MenteeRank != nil && slices.Equal(values, p.Edges.MenteeRank):
			x.menteeRank = true
		case !g.Minimise:
			x.suits = append(x.suits, values)
		}
	}
	for _, prices := range x.about.Certificate.Prices {
		potential := slices.Clone(prices)
		for c := range potential {
			if up := p.Parent(int32(c)); up >= 0 {
				potential[c] += potential[up]
			}
		}
		x.potential = append(x.potential, potential)
	}
}

// valuesOf says what a matching of problem q counts in the goals.
func (x *Explainer) valuesOf(q *match.Problem, c *match.Certificate) []int64 {
	if q.Aim == match.Optimal {
		return c.Values
	}
	values := make([]int64, 0, len(x.goals))
	loads := q.Loads(c.Chosen)
	for k := range x.goals {
		worth := q.Worth(&x.goals[k])
		values = append(values, worth.Value(c.Chosen, loads))
	}
	return values
}

// solve solves a changed problem, from the prices that are known where it can. It returns nil where that has no
// solution, such as when a pair that is to be fixed fits no longer.
func (x *Explainer) solve(ctx context.Context, q *match.Problem) (*match.Certificate, error) {
	x.resolved++
	if err := q.Validate(); err != nil {
		return nil, nil
	}
	if x.session == nil {
		s, err := solve.NewSession(ctx, x.p, x.about.Certificate)
		if err != nil {
			return nil, err
		}
		x.session = s
	}
	a, err := x.session.Resolve(ctx, q, solve.Options{})
	if fault := (*match.Fault)(nil); errors.As(err, &fault) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	c := a.Certificate()
	if c.Outcome == match.IsImpossible {
		return nil, nil
	}
	if err := match.Check(q, c); err != nil {
		return nil, fmt.Errorf("the answer to a changed problem is not proved: %w", err)
	}
	return c, nil
}

// Resolved is how many changed problems have been solved so far.
func (x *Explainer) Resolved() int { return x.resolved }

// find is the number of the person with this id, or -1.
func (x *Explainer) find(s match.Side, id string) int32 {
	ids := x.p.Mentees
	if s == match.MentorSide {
		ids = x.p.Mentors
	}
	if i, there := slices.BinarySearch(ids, id); there {
		return int32(i)
	}
	return -1
}

// Has says whether somebody with this id is on side s.
func (x *Explainer) Has(s match.Side, id string) bool { return x.find(s, id) >= 0 }

// total is the cap of everything that person i on side s takes.
func (x *Explainer) total(s match.Side, i int32) int32 {
	if s == match.MentorSide {
		return int32(len(x.p.Mentees)) + i
	}
	return i
}

func (x *Explainer) idOf(s match.Side, i int32) string {
	if s == match.MentorSide {
		return x.p.Mentors[i]
	}
	return x.p.Mentees[i]
}

// chosenOf lists the pairs of a person.
func (x *Explainer) chosenOf(s match.Side, i int32) []int32 {
	var chosen []int32
	for _, e := range x.edges[s][i] {
		if x.isChosen[e] {
			chosen = append(chosen, e)
		}
	}
	return chosen
}

// hasRoom says whether all caps from leaf up to the total take one more pair.
func (x *Explainer) hasRoom(leaf int32) bool {
	return len(x.fullCaps(leaf)) == 0
}

// fullCaps lists the caps from leaf up to the total that take no more.
func (x *Explainer) fullCaps(leaf int32) []int32 {
	var full []int32
	for c := leaf; c >= 0; c = x.p.Parent(c) {
		if x.loads[c] == x.p.Max[c] {
			full = append(full, c)
		}
	}
	return full
}

// isSuitability says whether values are those of a column that goals want much of, and that is no rank.
func (x *Explainer) isSuitability(values []int32) bool {
	return slices.ContainsFunc(x.suits, func(column []int32) bool {
		return len(values) > 0 && len(column) > 0 && &column[0] == &values[0]
	})
}
