package score

import "slices"

// A Reason is one criterion's part in the suitability of a pair.
type Reason struct {
	Criterion string
	Points    int
	Measure   Measure // how the two were compared; the wish of one of them for PlaceWithMentee and PlaceWithMentor
	Measured  int     // what the measure gave, such as a gap, a number of shared items, or minutes
	Fit       int     // 0 to 100, if Weight is not 0
	Weight    int     // 0 to MaxWeight; 0: the rules give points themselves

	// Values are what the two have in common: for Common in the mentee's words, for Related and Near those or the
	// nearest terms above them on the tree. There are none for other measures.
	Values []string
	// Because says for Near what Values are, if it is not the place that is shared.
	Because Because
}

// Because says what makes up for distance.
type Because uint8

const (
	Here        Because = iota // nothing needs to: they are at the same place, or near
	Destination                // the mentee wants to go where the mentor is
	Shared                     // they share enough of something else
)

// Reasons lists what adds to the suitability of mentee i and mentor j, or takes from it, in the order of the rules:
// the purpose first, and never a criterion that brings nothing. Their points sum up to the suitability.
func (s *Scorer) Reasons(i, j int, purpose string) []Reason {
	var reasons []Reason
	if s.rules.Purposes != nil {
		for place, shared := range s.purposes.shared(i, j) {
			if points := s.purposePoints(place); points != 0 && Fold(shared) == Fold(purpose) {
				reason := Reason{Criterion: "purpose", Points: points, Measured: place, Values: []string{shared}}
				if weight := s.rules.Purposes.Weight; weight > 0 {
					reason.Fit, reason.Weight = points/weight, weight
				}
				reasons = append(reasons, reason)
			}
		}
	}
	for k := range s.rules.Points {
		rule, c := &s.rules.Points[k], &s.points[k]
		measured, known := c.measure(i, j)
		if !known || rule.of(measured) == 0 {
			continue
		}
		reason := Reason{Criterion: rule.Name, Points: rule.of(measured), Measure: rule.Measure, Measured: measured}
		if rule.Fit != nil {
			reason.Fit, reason.Weight = rule.Fit.Of(measured), rule.Weight
		}
		reason.Values, reason.Because = s.inCommon(&rule.Comparison, i, j)
		reasons = append(reasons, reason)
	}
	return reasons
}

// inCommon puts into words what mentee i and mentor j share.
func (s *Scorer) inCommon(rule *Comparison, i, j int) ([]string, Because) {
	mentee, mentor := s.mentees.Fields[rule.Mentee], s.mentors.Fields[rule.Mentor]
	switch rule.Measure {
	case Common, Related:
		return nearest(rule.Tree, mentee[i], mentor[j]), Here
	case Near:
		here := nearest(rule.Tree, mentee[i], mentor[j])
		for _, place := range here {
			if slices.ContainsFunc(mentee[i], func(own string) bool { return Fold(own) == Fold(place) }) {
				return []string{place}, Here
			}
		}
		if rule.Unless == nil {
			return here, Here
		}
		if rule.Unless.Destination != "" {
			for _, wanted := range s.mentees.Fields[rule.Unless.Destination][i] {
				if slices.Contains(nearest(rule.Tree, []string{wanted}, mentor[j]), wanted) {
					return []string{wanted}, Destination
				}
			}
		}
		if rule.Unless.Mentee != "" {
			shared := nearest(nil, s.mentees.Fields[rule.Unless.Mentee][i], s.mentors.Fields[rule.Unless.Mentor][j])
			if len(shared) >= max(rule.Unless.AtLeast, 1) {
				return shared, Shared
			}
		}
		return here, Here
	}
	return nil, Here
}

// nearest lists, for each of the mentee's values, itself if the mentor has it or something below it, or else the
// nearest term above it of which that is so; each once.
func nearest(tree *Tree, mentee, mentor []string) []string {
	c := closures{tree: tree, others: map[string]int32{}}
	has := c.of(mentor)
	var words, seen []string
	add := func(word string) {
		if folded := Fold(word); folded != "" && !slices.Contains(seen, folded) {
			words, seen = append(words, word), append(seen, folded)
		}
	}
	for _, value := range mentee {
		own := c.alone([]string{value})
		if len(own) == 0 {
			continue
		}
		if slices.Contains(has, own[0]) {
			add(value)
			continue
		}
		if tree.Has(value) {
			for _, term := range tree.path(own[0]) {
				if slices.Contains(has, term) {
					add(tree.terms[term].Name)
					break
				}
			}
		}
	}
	return words
}
