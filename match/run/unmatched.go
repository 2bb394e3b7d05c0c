package run

import (
	"cmp"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// unmatchedTable is unmatched.csv: everybody who has fewer pairs than places, mentees before mentors, by id; among them
// those who were set aside before the matching.
func unmatchedTable(p *match.Problem, c *match.Certificate, setAside []SetAside, names Names) table {
	type row struct {
		side, id, places, filled, why string
	}
	var rows []row
	reasons := reasonsFor(p, c)
	loads := p.Loads(c.Chosen)
	for cap, load := range loads[:len(p.Mentees)+len(p.Mentors)] {
		if load == p.Max[cap] {
			continue
		}
		side, who := p.Owner(int32(cap))
		rows = append(rows, row{side.String(), idOf(p, side, who), number(p.Max[cap]), number(load), reasons[cap]})
	}
	for _, s := range setAside {
		rows = append(rows, row{s.Side, s.ID, "", "0", "set aside: " + s.Why})
	}
	slices.SortStableFunc(rows, func(x, y row) int {
		return cmp.Or(cmp.Compare(x.side, y.side), cmp.Compare(x.id, y.id)) // "mentee" comes before "mentor"
	})

	heading := []string{"side", "id", "places", "filled", "why"}
	if names.Shown {
		heading = slices.Insert(heading, unmatchedNameColumn, nameHeading)
	}
	t := table{heading}
	for _, r := range rows {
		cells := []string{r.side, text(r.id), r.places, r.filled, text(r.why)}
		if names.Shown {
			known := names.Mentees
			if r.side == "mentor" {
				known = names.Mentors
			}
			cells = slices.Insert(cells, unmatchedNameColumn, text(known[r.id]))
		}
		t = append(t, cells)
	}
	return t
}

// reasonsFor says per person, numbered as their totals, why those with room got no more pairs. The words are neutral:
// they say what is so, not whose doing it is.
func reasonsFor(p *match.Problem, c *match.Certificate) []string {
	people := len(p.Mentees) + len(p.Mentors)
	loads := p.Loads(c.Chosen)
	chosen := make([]bool, p.Edges.Len())
	for _, e := range c.Chosen {
		chosen[e] = true
	}
	listed, passedOver, possible := make([]bool, people), make([]bool, people), make([]bool, people)
	for e := range p.Edges.Len() {
		if p.State(e) == match.Forbidden {
			continue
		}
		room := hasRoom(p, loads, e)
		for _, total := range [...]int32{p.Edges.Mentee[e], int32(len(p.Mentees)) + p.Edges.Mentor[e]} {
			listed[total] = true
			passedOver[total] = passedOver[total] || !chosen[e]
			possible[total] = possible[total] || !chosen[e] && room
		}
	}
	reasons := make([]string, people)
	for i := range reasons {
		switch {
		case !listed[i]:
			reasons[i] = "no possible pair is listed"
		case !passedOver[i]:
			reasons[i] = "every listed pair was made"
		case !possible[i]:
			reasons[i] = "no place left among the listed pairs"
		case c.Outcome == match.IsImpossible:
			reasons[i] = "the minimums cannot be met"
		default:
			reasons[i] = "one more pair would not make the whole better"
		}
	}
	return reasons
}

// hasRoom says whether every cap that edge e counts on takes one more pair.
func hasRoom(p *match.Problem, loads []int32, e int) bool {
	for _, side := range [...]match.Side{match.MenteeSide, match.MentorSide} {
		for c := p.Leaf(side, e); c >= 0; c = p.Parent(c) {
			if loads[c] == p.Max[c] {
				return false
			}
		}
	}
	return true
}

// idOf is the id of person who on side s.
func idOf(p *match.Problem, s match.Side, who int32) string {
	if s == match.MenteeSide {
		return p.Mentees[who]
	}
	return p.Mentors[who]
}

// sideNamed is the side that a file calls by this word.
func sideNamed(word string) match.Side {
	if word == match.MentorSide.String() {
		return match.MentorSide
	}
	return match.MenteeSide
}
