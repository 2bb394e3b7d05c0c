package explain

import (
	"cmp"
	"context"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// How many changed problems are solved for one person at most: for one more place, for a rule lifted, for one more
// choice. The cheapest by the published prices come first.
const (
	PlacesTried  = 3
	RulesTried   = 3
	ChoicesTried = 2
)

// A Remedy is one change after which somebody has one pair more than now. It was made, and the problem solved anew.
type Remedy struct {
	Kind    RemedyKind
	Mentor  string   // who has one more place, or is chosen besides
	Purpose string   // for which the mentor is chosen; "": pairs have none
	Classes []string // the limits of the mentor that are one higher, besides the total
	Total   bool     // the mentor's total is one higher
	Rule    string   // that is lifted for this person
	With    []string // the mentors the person then has and has not now; other pairs may differ as well
	Difference
}

// RemedyKind is an entry of the menu.
type RemedyKind uint8

const (
	OneMorePlace RemedyKind = iota
	RuleLifted
	OneMoreChoice
)

// Missing says why a mentee has fewer mentors than wanted, and what would help.
type Missing struct {
	Why      Code
	Wanted   int
	Got      int
	Barriers []Barrier
	Tried    int      // changed problems that were solved
	Remedies []Remedy // at most one of each kind, in the order of the kinds
}

// Missing finds what would help a mentee; nil: the mentee has as many mentors as wanted. It solves at most PlacesTried
// + RulesTried + ChoicesTried problems.
func (x *Explainer) Missing(ctx context.Context, mentee string) (*Missing, error) {
	who := x.find(match.MenteeSide, mentee)
	if who < 0 || x.loads[who] >= x.p.Max[who] {
		return nil, nil
	}
	m := &Missing{Why: x.bound(who), Wanted: int(x.p.Max[who]), Got: int(x.loads[who])}
	if x.about.Barriers != nil {
		m.Barriers = slices.DeleteFunc(slices.Clone(x.about.Barriers(mentee)), func(b Barrier) bool { return slices.Contains(x.about.Hidden, b.Rule) })
	}
	before := x.resolved
	for _, look := range [...]func(context.Context, int32) (*Remedy, error){x.onePlace, x.oneRule, x.oneChoice} {
		r, err := look(ctx, who)
		if err != nil {
			return nil, err
		}
		if r != nil {
			m.Remedies = append(m.Remedies, *r)
		}
	}
	m.Tried = x.resolved - before
	return m, nil
}

// bound says what kept mentee i from one more pair. Of excluded pairs it never speaks.
func (x *Explainer) bound(i int32) Code {
	why := boundNobody
	for _, e := range x.edges[match.MenteeSide][i] {
		switch {
		case x.p.State(int(e)) == match.Forbidden:
		case x.isChosen[e]:
			why = max(why, boundAll)
		case !x.hasRoom(x.p.Leaf(match.MenteeSide, int(e))):
			why = max(why, boundOwn)
		case !x.hasRoom(x.p.Leaf(match.MentorSide, int(e))):
			why = max(why, boundFull)
		default:
			why = max(why, boundGoals)
		}
	}
	return bounds[why]
}

// What can bind a person. When several things do, the last counts, as the one nearest to being mended.
const (
	boundNobody = iota
	boundAll
	boundOwn
	boundFull
	boundGoals
)

var bounds = [...]Code{"bound.nobody", "bound.all", "bound.own", "bound.full", "bound.goals"}

// onePlace looks for a mentor of whom one more place would help mentee i.
func (x *Explainer) onePlace(ctx context.Context, i int32) (*Remedy, error) {
	edges := slices.DeleteFunc(slices.Clone(x.edges[match.MenteeSide][i]), func(e int32) bool {
		leaf := x.p.Leaf(match.MentorSide, int(e))
		return x.isChosen[e] || x.p.State(int(e)) != match.Open || x.hasRoom(leaf) || !x.hasRoom(x.p.Leaf(match.MenteeSide, int(e)))
	})
	x.byPrice(edges)
	if x.p.Aim != match.Optimal {
		ahead := map[int32]int{}
		for _, e := range edges {
			ahead[e] = x.ahead(e)
		}
		slices.SortStableFunc(edges, func(a, b int32) int { return cmp.Compare(ahead[a], ahead[b]) })
	}
	tried := map[int32]bool{}
	for _, e := range edges {
		leaf := x.p.Leaf(match.MentorSide, int(e))
		if tried[leaf] {
			continue
		}
		if len(tried) == PlacesTried {
			break
		}
		tried[leaf] = true
		full := x.fullCaps(leaf)
		mentor := x.p.Edges.Mentor[e]
		r, err := x.try(ctx, i, mentor, withPlace(x.p, full), nil)
		if err != nil {
			return nil, err
		}
		if r == nil {
			continue
		}
		r.Kind, r.Mentor = OneMorePlace, x.p.Mentors[mentor]
		for _, c := range full {
			if x.p.Parent(c) < 0 {
				r.Total = true
			} else {
				r.Classes = append(r.Classes, x.p.Classes[int(c)-len(x.p.Mentees)-len(x.p.Mentors)].Name)
			}
		}
		return r, nil
	}
	return nil, nil
}

// ahead counts the pairs of a mentor, in a stable matching, that the mentor prefers to pair e and that would come about
// before it if there were a place: their mentees have room for them or would rather have them than another. It stands
// in for a price.
func (x *Explainer) ahead(e int32) int {
	n := 0
	for _, other := range x.edges[match.MentorSide][x.p.Edges.Mentor[e]] {
		if x.isChosen[other] || x.p.State(int(other)) != match.Open || !x.mentors.Better(other, e) {
			continue
		}
		mentee := x.p.Edges.Mentee[other]
		wants := x.hasRoom(x.p.Leaf(match.MenteeSide, int(other))) ||
			slices.ContainsFunc(x.chosenOf(match.MenteeSide, mentee), func(has int32) bool { return x.order.Better(other, has) })
		if wants {
			n++
		}
	}
	return n
}

// A step is a changed problem that may help, and how near it comes by the prices.
type step struct {
	q       *match.Problem
	moved   []int32
	mentor  int32 // whom the change names, or -1
	gap     []int64
	rule    string
	purpose string
}

// oneRule looks for a rule that helps mentee i when it is lifted for the mentee alone.
func (x *Explainer) oneRule(ctx context.Context, i int32) (*Remedy, error) {
	if x.about.Lifts == nil {
		return nil, nil
	}
	var steps []step
	for _, lift := range x.about.Lifts(x.p.Mentees[i]) {
		if own := x.ownPairs(i, lift.Pairs); len(own) > 0 && !slices.Contains(x.about.Hidden, lift.Rule) {
			s := x.stepWith(i, own)
			s.mentor, s.rule = -1, lift.Rule
			steps = append(steps, s)
		}
	}
	r, s, err := x.first(ctx, i, steps, RulesTried)
	if r != nil {
		r.Kind, r.Rule = RuleLifted, s.rule
	}
	return r, err
}

// oneChoice looks for a mentor with room whom mentee i could choose besides.
func (x *Explainer) oneChoice(ctx context.Context, i int32) (*Remedy, error) {
	if x.about.Choices == nil {
		return nil, nil
	}
	var steps []step
	for _, pair := range x.ownPairs(i, x.about.Choices(x.p.Mentees[i])) {
		mentor := x.find(match.MentorSide, pair.Mentor)
		if mentor < 0 || !x.hasRoom(x.total(match.MentorSide, mentor)) {
			continue
		}
		s := x.stepWith(i, []match.Pair{pair})
		s.mentor, s.purpose = mentor, pair.Purpose
		steps = append(steps, s)
	}
	r, s, err := x.first(ctx, i, steps, ChoicesTried)
	if r != nil {
		r.Kind, r.Mentor, r.Purpose = OneMoreChoice, x.p.Mentors[s.mentor], s.purpose
	}
	return r, err
}

// ownPairs are the pairs that are mentee i's.
func (x *Explainer) ownPairs(i int32, pairs []match.Pair) []match.Pair {
	return slices.DeleteFunc(slices.Clone(pairs), func(pair match.Pair) bool { return pair.Mentee != x.p.Mentees[i] })
}

// stepWith adds pairs of mentee i to the problem.
func (x *Explainer) stepWith(i int32, pairs []match.Pair) step {
	var s step
	s.q, s.moved = withPairs(x.p, pairs)
	if s.q.Aim != match.Optimal {
		return s
	}
	old := make([]bool, s.q.Edges.Len())
	for _, e := range s.moved {
		old[e] = true
	}
	worths := x.worths(s.q)
	for e, was := range old {
		if was || s.q.Edges.Mentee[e] != i {
			continue
		}
		if gap := x.gap(s.q, worths, e); s.gap == nil || slices.Compare(gap, s.gap) < 0 {
			s.gap = gap
		}
	}
	return s
}

// first tries steps, the cheapest first, until one helps.
func (x *Explainer) first(ctx context.Context, i int32, steps []step, most int) (*Remedy, step, error) {
	slices.SortStableFunc(steps, func(a, b step) int { return slices.Compare(a.gap, b.gap) })
	for _, s := range steps[:min(len(steps), most)] {
		if r, err := x.try(ctx, i, s.mentor, s.q, s.moved); r != nil || err != nil {
			return r, s, err
		}
	}
	return nil, step{}, nil
}

// try solves a changed problem and returns a remedy if mentee i then has more pairs than now.
func (x *Explainer) try(ctx context.Context, i, mentor int32, q *match.Problem, moved []int32) (*Remedy, error) {
	c, err := x.solve(ctx, q)
	if err != nil || c == nil || q.Loads(c.Chosen)[i] <= x.loads[i] {
		return nil, err
	}
	r := &Remedy{Difference: x.compare(q, c, moved, [2]int32{i, mentor})}
	has := map[int32]bool{}
	for _, e := range x.chosenOf(match.MenteeSide, i) {
		has[x.p.Edges.Mentor[e]] = true
	}
	for _, e := range c.Chosen {
		if q.Edges.Mentee[e] == i && !has[q.Edges.Mentor[e]] {
			r.With = append(r.With, q.Mentors[q.Edges.Mentor[e]])
		}
	}
	slices.Sort(r.With)
	r.With = slices.Compact(r.With)
	return r, nil
}
