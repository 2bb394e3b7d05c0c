package matchtest

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// A Shape says what a mentoring program looks like. Fields that are zero take the value in their comment.
type Shape struct {
	Aim        match.Aim // match.Optimal
	Mentees    int       // 100
	Mentors    int       // a quarter of the mentees
	Candidates int       // mentors that a mentee could have: 16, as far as there are as many
	Demand     int       // a mentee takes 1 to so many mentors: 1
	Places     int       // a mentor takes 1 to so many mentees: 6, which leaves too few places for all
	Purposes   int       // what pairs are formed for: nothing in particular
	Classes    bool      // caps for each purpose on both sides, and for juniors inside those of mentors
	Conflicts  int       // of a thousand pairs, how many have declared a conflict and are forbidden: none
	Pins       int       // of a thousand pairs, how many are decided already, as far as caps allow: none
	Floors     int       // of a thousand mentors, how many want somebody: none
	Coarse     bool      // few different scores and ranks, so that many are equal
}

// Scarce, Balanced and Abundant are programs of so many mentees with seven eighths of the places they ask for, just as
// many, and one and a half times as many.
func Scarce(mentees int) Shape   { return Shape{Mentees: mentees, Candidates: 32, Places: 6} }
func Balanced(mentees int) Shape { return Shape{Mentees: mentees, Candidates: 32, Places: 7} }
func Abundant(mentees int) Shape { return Shape{Mentees: mentees, Candidates: 32, Places: 12} }

func (s Shape) complete() Shape {
	s.Aim = cmp.Or(s.Aim, match.Optimal)
	s.Mentees = cmp.Or(s.Mentees, 100)
	s.Mentors = cmp.Or(s.Mentors, max(1, s.Mentees/4))
	s.Candidates = min(cmp.Or(s.Candidates, 16), s.Mentors)
	s.Demand = cmp.Or(s.Demand, 1)
	s.Places = cmp.Or(s.Places, 6)
	return s
}

// specialties is how many there are. Mentees spread over them evenly; mentors do not, so that some are scarce.
const specialties = 12

// Cohort makes a problem of this shape. A few mentors are asked for by most (popularity falls with one over the place
// in the order, after Zipf and Mandelbrot), half of a mentee's candidates share the mentee's specialty, and what both
// sides like is part popularity or merit, part specialty, part taste. Pairs have the columns "suitability", 0 to
// 10,000, and "existing"; an optimal problem first places as many mentees as it can and then counts suitability. Equal
// arguments make equal problems.
func Cohort(seed uint64, shape Shape) *match.Problem {
	s := shape.complete()
	c := &cohort{Rand: newRand(seed, 0), Shape: s, p: &match.Problem{Kind: match.TwoSided, Aim: s.Aim}}
	c.people()
	c.classes()
	c.candidates()
	c.rank()
	c.decide()
	c.p.Lottery.Seed = fmt.Sprintf("cohort %d", seed)
	if s.Aim == match.Optimal {
		c.p.Goals = []match.Goal{
			{Name: "placed", Units: []match.Reward{{Of: "mentees", Units: []int64{1}}}},
			{Name: "suitability", Column: "suitability"},
		}
	}
	return c.p
}

// A cohort is a problem in the making.
type cohort struct {
	*rand.Rand
	Shape
	p         *match.Problem
	specialty [2][]int // of each person
	fame      []int    // per mentor, the place in the order of popularity, from 0
	merit     []int    // per mentee, 0 to 4999
}

func (c *cohort) people() {
	p := c.p
	for i := range c.Mentees {
		p.Mentees = append(p.Mentees, fmt.Sprintf("mentee-%06d", i))
		p.Max = append(p.Max, 1+c.Int32N(int32(c.Demand)))
		c.specialty[0] = append(c.specialty[0], c.IntN(specialties))
		c.merit = append(c.merit, c.IntN(5000))
	}
	for j := range c.Mentors {
		p.Mentors = append(p.Mentors, fmt.Sprintf("mentor-%06d", j))
		p.Max = append(p.Max, 1+c.Int32N(int32(c.Places)))
		c.specialty[1] = append(c.specialty[1], min(c.IntN(specialties), c.IntN(specialties)))
	}
	c.fame = c.Perm(c.Mentors)
	if c.Floors > 0 {
		p.Min = make([]int32, c.Mentees+c.Mentors)
		for j := range c.Mentors {
			if c.IntN(1000) < c.Floors {
				p.Min[c.Mentees+j] = 1
			}
		}
	}
	for q := range c.Purposes {
		p.Purposes = append(p.Purposes, fmt.Sprintf("purpose-%d", q))
	}
}

// classes adds a class for every purpose of every mentee, then of every mentor, then one for juniors in each of the
// latter, so that their numbers follow from person and purpose.
func (c *cohort) classes() {
	if !c.Classes || c.Purposes == 0 {
		return
	}
	p := c.p
	add := func(name string, parent int, most int32) {
		p.Classes = append(p.Classes, match.Class{Name: name, Parent: int32(parent)})
		p.Max = append(p.Max, most)
		if p.Min != nil {
			p.Min = append(p.Min, 0)
		}
	}
	totals := c.Mentees + c.Mentors
	for total := range totals {
		for q := range c.Purposes {
			most := (p.Max[total] + 1) / 2
			if total >= c.Mentees {
				most = 1 + c.Int32N(p.Max[total])
			}
			add(p.Purposes[q], total, most)
		}
	}
	for class := c.menteeClasses(); class < c.menteeClasses()+c.Mentors*c.Purposes; class++ {
		add("juniors for "+p.Classes[class].Name, totals+class, 1+c.Int32N(p.Max[totals+class]))
	}
}

func (c *cohort) menteeClasses() int { return c.Mentees * c.Purposes }

// candidates draws the edges, with their caps and suitability.
func (c *cohort) candidates() {
	all := make([]int, c.Mentors)
	bySpecialty := make([][]int, specialties)
	for j := range all {
		all[j] = j
		bySpecialty[c.specialty[1][j]] = append(bySpecialty[c.specialty[1][j]], j)
	}
	anybody := c.newUrn(all)
	colleagues := make([]urn, specialties)
	for s := range colleagues {
		colleagues[s] = c.newUrn(bySpecialty[s])
	}
	suitability, existing := []int32{}, []int32{}
	drawn := make([]bool, c.Mentors)
	for i := range c.Mentees {
		var mentors []int
		for tries := 0; len(mentors) < c.Candidates && tries < 8*c.Candidates; tries++ {
			from := anybody
			if own := colleagues[c.specialty[0][i]]; len(own.who) > 0 && c.IntN(2) == 0 {
				from = own
			}
			if j := from.draw(c); !drawn[j] {
				drawn[j] = true
				mentors = append(mentors, j)
			}
		}
		slices.Sort(mentors)
		for _, j := range mentors {
			drawn[j] = false
			purpose := c.IntN(max(1, c.Purposes))
			c.edge(i, j, purpose)
			suitability = append(suitability, c.suitability(i, j))
			existing = append(existing, c.oneIn(50))
			if purpose+1 < c.Purposes && c.IntN(4) == 0 {
				c.edge(i, j, purpose+1)
				suitability = append(suitability, c.suitability(i, j))
				existing = append(existing, 0)
			}
		}
	}
	c.p.Columns = []match.Column{{Name: match.Existing, Values: existing}, {Name: "suitability", Values: suitability}}
}

func (c *cohort) oneIn(n int) int32 {
	if c.IntN(n) == 0 {
		return 1
	}
	return 0
}

func (c *cohort) edge(i, j, purpose int) {
	e := &c.p.Edges
	e.Mentee = append(e.Mentee, int32(i))
	e.Mentor = append(e.Mentor, int32(j))
	if c.Purposes == 0 {
		return
	}
	e.Purpose = append(e.Purpose, int32(purpose))
	if !c.Classes {
		return
	}
	classes := c.Mentees + c.Mentors
	own := c.menteeClasses() + j*c.Purposes + purpose
	if i%2 == 1 { // juniors
		own += c.Mentors * c.Purposes
	}
	e.MenteeCap = append(e.MenteeCap, int32(classes+i*c.Purposes+purpose))
	e.MentorCap = append(e.MentorCap, int32(classes+own))
}

// An urn draws mentors by popularity.
type urn struct {
	who []int
	sum []int64 // of the popularity of the first ones
}

func (c *cohort) newUrn(who []int) urn {
	u := urn{who: who}
	sum := int64(0)
	for _, j := range who {
		sum += 1_000_000_000 / int64(1+c.Mentors/100+c.fame[j])
		u.sum = append(u.sum, sum)
	}
	return u
}

func (u *urn) draw(c *cohort) int {
	x := c.Int64N(u.sum[len(u.sum)-1])
	at, _ := slices.BinarySearch(u.sum, x+1)
	return u.who[at]
}

// shared is what two people of the same specialty have in common.
func (c *cohort) shared(i, j, much int) int {
	if c.specialty[0][i] == c.specialty[1][j] {
		return much
	}
	return 0
}

func (c *cohort) popularity(j, most int) int { return most * (c.Mentors - c.fame[j]) / c.Mentors }

func (c *cohort) suitability(i, j int) int32 {
	score := int32(c.shared(i, j, 3000) + c.popularity(j, 3000) + c.IntN(4001))
	if c.Coarse {
		return score / 1000 * 1000
	}
	return score
}

// rank lets everybody rank their edges.
func (c *cohort) rank() {
	e := &c.p.Edges
	e.MenteeRank = c.ranks(e.Mentee, c.Mentees, func(i, j int) int { return c.popularity(j, 5000) + c.shared(i, j, 2500) + c.IntN(5000) })
	e.MentorRank = c.ranks(e.Mentor, c.Mentors, func(i, j int) int { return c.merit[i] + c.shared(i, j, 2500) + c.IntN(5000) })
}

func (c *cohort) ranks(of []int32, people int, liking func(i, j int) int) []int32 {
	lists := make([][]int32, people)
	likes := make([]int, len(of))
	for e, person := range of {
		likes[e] = liking(int(c.p.Edges.Mentee[e]), int(c.p.Edges.Mentor[e]))
		if c.Coarse {
			likes[e] /= 1500
		}
		lists[person] = append(lists[person], int32(e))
	}
	ranks := make([]int32, len(of))
	for _, list := range lists {
		slices.SortFunc(list, func(a, b int32) int { return cmp.Or(cmp.Compare(likes[b], likes[a]), cmp.Compare(a, b)) })
		for at, e := range list {
			ranks[e] = int32(at + 1)
			if c.Coarse && at > 0 && likes[list[at-1]] == likes[e] {
				ranks[e] = ranks[list[at-1]]
			}
		}
	}
	return ranks
}

// decide pins and forbids pairs.
func (c *cohort) decide() {
	if c.Pins == 0 && c.Conflicts == 0 {
		return
	}
	p := c.p
	p.Edges.State = make([]match.State, p.Edges.Len())
	pinned := make([]int32, p.NumCaps())
	for e := range p.Edges.State {
		switch chance := c.IntN(1000); {
		case chance < c.Conflicts:
			p.Edges.State[e] = match.Forbidden
		case chance < c.Conflicts+c.Pins:
			var path []int32
			fits := true
			for _, s := range [...]match.Side{match.MenteeSide, match.MentorSide} {
				for at := p.Leaf(s, e); at >= 0; at = p.Parent(at) {
					path = append(path, at)
					fits = fits && pinned[at] < p.Max[at]
				}
			}
			if !fits {
				continue
			}
			p.Edges.State[e] = match.Pinned
			for _, at := range path {
				pinned[at]++
			}
		}
	}
}
