package report

import (
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// fitColumn is the column in which package roster sums up how well a pair suits.
const fitColumn = "suitability"

// figures are what the page counts in a result.
type figures struct {
	people   [2]int // who want or offer at least one place, by side
	placed   [2]int // of them with at least one pair
	places   [2]int
	room     int // places of mentors that are left
	pairs    int
	pinned   int
	excluded int // forbidden edges
	existing int // existing pairs that are possible,
	kept     int // and those of them that are chosen
	loads    []int32

	fits     []int32 // of the chosen pairs, increasing; nil: pairs have no fit
	median   int32   // the lower one of two
	quartile int32   // a quarter of the pairs, or fewer, have less

	choices  []int              // how many pairs are the mentee's first choice, second and so on; nil: mentees have none
	unlisted int                // pairs with somebody whom the mentee has not named
	firsts   int                // mentees who have their first choice
	fitOf    []int32            // by edge
	placeOf  func(edge int) int // the choice that an edge is; nil: mentees have none
}

func count(in *Input) *figures {
	p, c := in.Run.Problem, in.Run.Certificate
	f := &figures{pairs: len(c.Chosen), loads: p.Loads(c.Chosen), fitOf: p.Column(fitColumn), placeOf: choiceOf(in)}
	for i := range len(p.Mentees) + len(p.Mentors) {
		side, _ := p.Owner(int32(i))
		if p.Max[i] == 0 {
			continue
		}
		f.people[side]++
		f.places[side] += int(p.Max[i])
		if f.loads[i] > 0 {
			f.placed[side]++
		}
		if side == match.MentorSide {
			f.room += int(p.Max[i] - f.loads[i])
		}
	}
	existing := p.Column(match.Existing)
	for e := range p.Edges.Len() {
		if p.State(e) == match.Forbidden {
			f.excluded++
		}
		if existing != nil && existing[e] != 0 {
			f.existing++
		}
	}
	happy := map[int32]bool{}
	for _, edge := range c.Chosen {
		e := int(edge)
		if p.State(e) == match.Pinned {
			f.pinned++
		}
		if existing != nil && existing[e] != 0 {
			f.kept++
		}
		if f.fitOf != nil {
			f.fits = append(f.fits, f.fitOf[e])
		}
		if f.placeOf != nil {
			place := f.placeOf(e)
			f.choose(place)
			if place == 1 {
				happy[p.Edges.Mentee[e]] = true
			}
		}
	}
	f.firsts = len(happy)
	slices.Sort(f.fits)
	if len(f.fits) > 0 {
		f.median, f.quartile = f.fits[(len(f.fits)-1)/2], f.fits[(len(f.fits)-1)/4]
	}
	return f
}

func (f *figures) choose(place int) {
	if place == 0 {
		f.unlisted++
		return
	}
	for len(f.choices) < place {
		f.choices = append(f.choices, 0)
	}
	f.choices[place-1]++
}

// choiceOf says which choice of its mentee an edge is, and 0 of somebody whom the mentee has not named; nil: mentees have
// no choices.
func choiceOf(in *Input) func(edge int) int {
	p := in.Run.Problem
	switch ranks := p.Edges.MenteeRank; {
	case len(in.Choices) > 0:
		return func(e int) int {
			return 1 + slices.Index(in.Choices[p.Mentees[p.Edges.Mentee[e]]], p.Mentors[p.Edges.Mentor[e]])
		}
	case ranks != nil:
		return func(e int) int { return int(ranks[e]) }
	}
	return nil
}

// isPoor says whether a pair fits so much less than others that somebody should look at it: less than half of the
// median, or nothing at all.
func (f *figures) isPoor(edge int32) bool {
	return f.fitOf != nil && f.isPoorFit(f.fitOf[edge])
}

func (f *figures) isPoorFit(fit int32) bool {
	return fit <= 0 && f.median > 0 || 2*int64(fit) < int64(f.median)
}

// An identity is a person on the page.
type identity struct {
	Side, ID, Name string
}

func (in *Input) identity(side match.Side, id string) identity {
	known := in.Run.Names.Mentees
	if side == match.MentorSide {
		known = in.Run.Names.Mentors
	}
	return identity{side.String(), id, known[id]}
}

func (in *Input) peopleOf(edge int32) (mentee, mentor identity) {
	p := in.Run.Problem
	return in.identity(match.MenteeSide, p.Mentees[p.Edges.Mentee[edge]]), in.identity(match.MentorSide, p.Mentors[p.Edges.Mentor[edge]])
}
