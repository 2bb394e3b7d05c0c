package mentoring

import (
	"slices"
	"strings"
)

// A Point says why somebody may suit a person, or honestly what is missing. It is made of what both let be seen, and
// says nothing of anybody else.
type Point struct {
	Code string // purpose, interest, specialty, language, when, place, distance, destination, room
	Term Term   // which; the line is the other's
}

// A Side is what is seen of one of two people: of oneself what one does not keep to oneself, of the other what they show.
type Side struct {
	Seeks, Offers, Specialties, Interests, Languages, When []Term
	Distance                                               Distance
	Place, Home                                            Term // where they are; the institution
	Destination                                            Term
	Room                                                   bool
}

// How many reasons and gaps are said at most (design, M2).
const (
	MostReasons = 4
	MostGaps    = 2
)

// Suit says why an offer may suit a person, and what is missing. It has no number and no order of people: it only says
// what is so. It never looks at what is sensitive, which is no part of a side (MA-6).
func Suit(me, other Side) (reasons, gaps []Point) {
	for _, sought := range me.Seeks {
		if k := indexOf(other.Offers, sought); k >= 0 {
			reasons = append(reasons, Point{"purpose", other.Offers[k]})
		} else {
			gaps = append(gaps, Point{"purpose", Term{Code: sought.Code, Label: sought.Label}})
		}
	}
	for _, shared := range []struct {
		code         string
		mine, theirs []Term
	}{
		{"interest", me.Interests, other.Interests}, {"specialty", me.Specialties, other.Specialties},
		{"language", me.Languages, other.Languages}, {"when", me.When, other.When},
	} {
		for _, t := range shared.mine {
			if k := indexOf(shared.theirs, t); k >= 0 {
				reasons = append(reasons, Point{shared.code, Term{Code: t.Code, Label: shared.theirs[k].Label}})
			}
		}
	}
	if len(me.Languages) > 0 && len(other.Languages) > 0 && !slices.ContainsFunc(me.Languages, func(t Term) bool { return indexOf(other.Languages, t) >= 0 }) {
		gaps = append(gaps, Point{Code: "language"})
	}
	reasons, gaps = where(me, other, reasons, gaps)
	if !other.Room {
		gaps = append([]Point{{Code: "room"}}, gaps...)
	}
	return first(reasons, MostReasons), first(gaps, MostGaps)
}

// where says what is so about places.
func where(me, other Side, reasons, gaps []Point) ([]Point, []Point) {
	if sameTerm(me.Destination, other.Home) {
		reasons = append(reasons, Point{"destination", other.Home})
	}
	if sameTerm(me.Place, other.Place) {
		return append(reasons, Point{"place", other.Place}), gaps
	}
	switch {
	case me.Distance == FromDistance && (other.Distance == FromDistance || other.Distance == EitherWay):
		reasons = append(reasons, Point{Code: "distance"})
	case me.Distance == Here && other.Distance == FromDistance, me.Distance == FromDistance && other.Distance == Here:
		gaps = append(gaps, Point{Code: "distance"})
	}
	return reasons, gaps
}

func first(all []Point, most int) []Point { return all[:min(len(all), most)] }

func indexOf(terms []Term, t Term) int {
	return slices.IndexFunc(terms, func(o Term) bool { return sameTerm(o, t) })
}

// sameTerm says whether two terms are the same one: by code, or by what was written where one has none.
func sameTerm(a, b Term) bool {
	if a.Code != "" && b.Code != "" {
		return a.Code == b.Code
	}
	return a.Label != "" && strings.EqualFold(a.Label, b.Label)
}
