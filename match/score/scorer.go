package score

import (
	"fmt"
	"iter"
	"math"
	"slices"
)

// A Scorer holds people and rules, compiled once. It is safe for use by several goroutines.
type Scorer struct {
	mentees, mentors People
	rules            Rules
	self             []int // per mentee, the mentor with the same id: the same person; or -1
	purposes         comparer
	must, points     []comparer
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
	codes := map[string]int32{}
	if rules.Purposes != nil {
		if err := s.compile(&s.purposes, &Comparison{Name: "purpose", Mentee: rules.Purposes.Mentee, Mentor: rules.Purposes.Mentor}, codes); err != nil {
			return nil, err
		}
	}
	s.must = make([]comparer, len(rules.Must))
	for k := range rules.Must {
		if err := s.compile(&s.must[k], &rules.Must[k].Comparison, codes); err != nil {
			return nil, err
		}
	}
	s.points = make([]comparer, len(rules.Points))
	for k := range rules.Points {
		if err := s.compile(&s.points[k], &rules.Points[k].Comparison, codes); err != nil {
			return nil, err
		}
	}
	return s, s.checkRange()
}

func (s *Scorer) compile(c *comparer, rule *Comparison, codes map[string]int32) error {
	mentee, ok := s.mentees.Fields[rule.Mentee]
	if !ok || len(mentee) != len(s.mentees.IDs) {
		return fmt.Errorf("%s: the mentees have no field %q", rule.Name, rule.Mentee)
	}
	mentor, ok := s.mentors.Fields[rule.Mentor]
	if !ok || len(mentor) != len(s.mentors.IDs) {
		return fmt.Errorf("%s: the mentors have no field %q", rule.Name, rule.Mentor)
	}
	*c = newComparer(rule, mentee, mentor, codes)
	return nil
}

// checkRange refuses points that could make a suitability of more than 30 bits.
func (s *Scorer) checkRange() error {
	most := 0
	if s.rules.Purposes != nil {
		most += greatest(slices.Values(s.rules.Purposes.Points))
	}
	for k := range s.rules.Points {
		rule := &s.rules.Points[k]
		brings := greatest(func(yield func(int) bool) {
			for _, points := range rule.Table {
				if !yield(points) {
					return
				}
			}
			yield(rule.of(s.points[k].longest))
		})
		if most += brings; most > math.MaxInt32/2 {
			return fmt.Errorf("%s: the points of a pair could come to %d, which is too many", rule.Name, most)
		}
	}
	return nil
}

func greatest(numbers iter.Seq[int]) int {
	most := 0
	for n := range numbers {
		most = max(most, n, -n)
	}
	return most
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
		if measured, known := s.must[k].measure(i, j); !known || measured < rule.From || measured > rule.To {
			return rule.Name
		}
	}
	if s.rules.Purposes != nil {
		if measured, _ := s.purposes.measure(i, j); measured == 0 {
			return NoSharedPurpose
		}
	}
	return ""
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
