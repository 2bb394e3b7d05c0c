package score

// A Reason is one criterion's part in the suitability of a pair.
type Reason struct {
	Criterion string
	Points    int
	Measured  int      // what the criterion's measure gave, such as a gap or the number of shared items
	Values    []string // what the two have in common, in the mentee's words; for Common only
}

// Reasons lists what adds to the suitability of mentee i and mentor j, or takes from it, in the order of the rules:
// the purpose first, and never a criterion that brings nothing. Their points sum up to the suitability.
func (s *Scorer) Reasons(i, j int, purpose string) []Reason {
	var reasons []Reason
	if s.rules.Purposes != nil {
		for place, shared := range s.purposes.shared(i, j) {
			if points := s.purposePoints(place); points != 0 && Fold(shared) == Fold(purpose) {
				reasons = append(reasons, Reason{"purpose", points, place, []string{shared}})
			}
		}
	}
	for k := range s.rules.Points {
		rule, c := &s.rules.Points[k], &s.points[k]
		measured, known := c.measure(i, j)
		if !known || rule.of(measured) == 0 {
			continue
		}
		reason := Reason{Criterion: rule.Name, Points: rule.of(measured), Measured: measured}
		if rule.Measure == Common {
			for _, value := range c.shared(i, j) {
				reason.Values = append(reason.Values, value)
			}
		}
		reasons = append(reasons, reason)
	}
	return reasons
}
