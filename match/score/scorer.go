package score

import (
	"fmt"
	"iter"
	"math"
)

// A Scorer holds people and rules, compiled once. It is safe for use by several goroutines.
type Scorer struct {
	mentees, mentors People
	rules            Rules
	self             []int // per mentee, the mentor with the same id: the same person; or -1
	purposes         purposeLists
	must, points     []comparer
	kernel           lazyKernel // for comparing everybody with everybody, made when first asked for
}

// A Pair is two people who may be paired, by their numbers in the lists of ids.
type Pair struct {
	Mentee, Mentor int
	Purpose        string // as the mentee wrote it; "" when pairs have no purpose
	Suitability    int32
}

// New compiles rules for these people. It refuses rules about fields that do not exist and points whose sum could
// outgrow a suitability.
func New(mentees, mentors People, rules Rules) (*Scorer, error) {
	s := &Scorer{mentees: mentees, mentors: mentors, rules: rules, self: make([]int, len(mentees.IDs))}
	seat := make(map[string]int, len(mentors.IDs))
	for j, id := range mentors.IDs {
		seat[id] = j
	}
	for i, id := range mentees.IDs {
		s.self[i] = -1
		if j, both := seat[id]; both {
			s.self[i] = j
		}
	}
	if err := s.compileAll(); err != nil {
		return nil, err
	}
	return s, s.checkRange()
}

func (s *Scorer) compileAll() (err error) {
	if rule := s.rules.Purposes; rule != nil {
		mentees, mentors, err := s.fields("purpose", rule.Mentee, rule.Mentor)
		if err != nil {
			return err
		}
		s.purposes = newPurposeLists(mentees, mentors)
	}
	s.must = make([]comparer, len(s.rules.Must))
	for k := range s.rules.Must {
		if s.must[k], err = s.compile(&s.rules.Must[k].Comparison); err != nil {
			return err
		}
	}
	s.points = make([]comparer, len(s.rules.Points))
	for k := range s.rules.Points {
		if s.points[k], err = s.compile(&s.rules.Points[k].Comparison); err != nil {
			return err
		}
	}
	return nil
}

// checkRange refuses points that could make a suitability of more than 30 bits.
func (s *Scorer) checkRange() error {
	most := 0
	if s.rules.Purposes != nil {
		for _, points := range s.rules.Purposes.Points {
			most = max(most, points, -points)
		}
	}
	for k := range s.rules.Points {
		rule := &s.rules.Points[k]
		worst, best := s.points[k].contribution(rule)
		if most += max(best, -worst); most > math.MaxInt32/2 {
			return fmt.Errorf("%s: the points of a pair could come to %d, which is too many", rule.Name, most)
		}
	}
	return nil
}

// The barriers that are no rule of the program.
const (
	SamePerson      = "they are the same person"
	NoSharedPurpose = "the mentor offers nothing that the mentee seeks"
)

// Barrier says why mentee i and mentor j cannot be paired: the name of the first rule that they break, or "".
func (s *Scorer) Barrier(i, j int) string {
	if s.self[i] == j {
		return SamePerson
	}
	for k := range s.rules.Must {
		rule := &s.rules.Must[k]
		if !rule.allows(s.must[k].measure(i, j)) {
			return rule.Name
		}
	}
	if s.rules.Purposes != nil && !s.purposes.any(i, j) {
		return NoSharedPurpose
	}
	return ""
}

// OnlyBarrier is the one rule that keeps mentee i and mentor j apart and that may be lifted: without it they could be
// paired. It is "" when they may be paired already, when several rules keep them apart, and when one of them is firm.
func (s *Scorer) OnlyBarrier(i, j int) string {
	if s.self[i] == j || s.rules.Purposes != nil && !s.purposes.any(i, j) {
		return ""
	}
	only := ""
	for k := range s.rules.Must {
		rule := &s.rules.Must[k]
		if rule.allows(s.must[k].measure(i, j)) {
			continue
		}
		if rule.Firm || only != "" && only != rule.Name {
			return ""
		}
		only = rule.Name
	}
	return only
}

// Pairs gives every possible pair, by mentee, mentor, and the place of the purpose in the mentee's list. Its cost is
// O(mentees · mentors · rules), times the length of the lists that are compared.
func (s *Scorer) Pairs() iter.Seq[Pair] {
	return func(yield func(Pair) bool) {
		for i := range s.mentees.IDs {
			for j := range s.mentors.IDs {
				if s.Barrier(i, j) != "" {
					continue
				}
				for _, pair := range s.Of(i, j) {
					if !yield(pair) {
						return
					}
				}
			}
		}
	}
}

// Of lists the pairs that mentee i and mentor j can form, by purpose; without purposes that is one. It does not ask
// whether a rule bars them: [Scorer.Barrier] does.
func (s *Scorer) Of(i, j int) []Pair {
	sum := 0
	for k := range s.rules.Points {
		if measured, known := s.points[k].measure(i, j); known {
			sum += s.rules.Points[k].of(measured)
		}
	}
	if s.rules.Purposes == nil {
		return []Pair{{i, j, "", int32(sum)}}
	}
	var pairs []Pair
	for place, purpose := range s.purposes.shared(i, j) {
		pairs = append(pairs, Pair{i, j, purpose, int32(sum + s.purposePoints(place))})
		if !s.rules.Purposes.All {
			break
		}
	}
	return pairs
}

// purposePoints is what a purpose brings that stands at this place of the mentee's list, from 1.
func (s *Scorer) purposePoints(place int) int {
	if points := s.rules.Purposes.Points; place <= len(points) {
		return points[place-1]
	}
	return 0
}
