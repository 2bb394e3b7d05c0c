package score

import (
	"fmt"
	"slices"
)

// compile makes a comparer of a rule. It refuses rules about fields that do not exist.
func (s *Scorer) compile(rule *Comparison) (comparer, error) {
	c := comparer{rule: rule}
	if rule.Measure == Time {
		mentees, mentors := s.mentees.Weeks[rule.Mentee], s.mentors.Weeks[rule.Mentor]
		if len(mentees) != len(s.mentees.IDs) || len(mentors) != len(s.mentors.IDs) {
			return c, fmt.Errorf("%s: there are no weeks %q and %q", rule.Name, rule.Mentee, rule.Mentor)
		}
		c.parts = []part{newWeekOverlap([2][]Week{mentees, mentors})}
		return c, nil
	}
	if rule.Measure == Number {
		mentors, err := s.mentors.field("mentors", rule.Name, rule.Mentor)
		if err == nil {
			c.parts = []part{newNumberPart(len(s.mentees.IDs), mentors)}
		}
		return c, err
	}
	mentees, mentors, err := s.fields(rule.Name, rule.Mentee, rule.Mentor)
	if err != nil {
		return c, err
	}
	switch rule.Measure {
	case Gap:
		c.parts = []part{newGapPart(rule.Scale, mentees, mentors)}
	case PlaceWithMentee:
		c.parts = []part{newPlacePart(0, folded(mentees), folded(mentors))}
	case PlaceWithMentor:
		c.parts = []part{newPlacePart(1, folded(mentors), folded(mentees))}
	case Related:
		c.parts = []part{newOverlap(closed(rule.Tree, mentees, mentors), sharing{part: true})}
	case Near:
		c.parts, err = s.nearParts(rule, mentees, mentors)
	default:
		c.parts = []part{newOverlap(closed(nil, mentees, mentors), sharing{each: 1})}
	}
	return c, err
}

// nearParts are one for each of the mentee's places, so that the nearest counts, and one for each thing that makes up
// for distance.
func (s *Scorer) nearParts(rule *Comparison, mentees, mentors Field) ([]part, error) {
	var parts []part
	most := 1
	for _, places := range mentees {
		most = max(most, len(places))
	}
	for k := range most {
		kth := make(Field, len(mentees))
		for i, places := range mentees {
			if k < len(places) {
				kth[i] = places[k : k+1]
			}
		}
		parts = append(parts, newOverlap(closed(rule.Tree, kth, mentors), sharing{part: true}))
	}
	if rule.Unless == nil {
		return parts, nil
	}
	if rule.Unless.Destination != "" {
		destinations, err := s.mentees.field("mentees", rule.Name, rule.Unless.Destination)
		if err != nil {
			return nil, err
		}
		c := closures{tree: rule.Tree, others: map[string]int32{}}
		var sets [2][][]int32
		for _, values := range destinations {
			sets[0] = append(sets[0], c.alone(values))
		}
		for _, values := range mentors {
			sets[1] = append(sets[1], c.of(values))
		}
		parts = append(parts, newOverlap(sets, sharing{enough: 1}))
	}
	if rule.Unless.Mentee != "" {
		mentees, mentors, err := s.fields(rule.Name, rule.Unless.Mentee, rule.Unless.Mentor)
		if err != nil {
			return nil, err
		}
		parts = append(parts, newOverlap(closed(nil, mentees, mentors), sharing{enough: max(rule.Unless.AtLeast, 1)}))
	}
	return parts, nil
}

// closed are the values of all people, with everything above them on a tree if there is one.
func closed(tree *Tree, mentees, mentors Field) [2][][]int32 {
	c := closures{tree: tree, others: map[string]int32{}}
	var sets [2][][]int32
	for side, field := range [...]Field{mentees, mentors} {
		sets[side] = make([][]int32, len(field))
		for i, values := range field {
			sets[side][i] = c.of(values)
		}
	}
	return sets
}

// folded are the values of a field as they are compared, each once and none empty.
func folded(field Field) [][]string {
	lists := make([][]string, len(field))
	for i, values := range field {
		for _, value := range values {
			if f := Fold(value); f != "" && !slices.Contains(lists[i], f) {
				lists[i] = append(lists[i], f)
			}
		}
	}
	return lists
}

func (s *Scorer) fields(rule, mentee, mentor string) (mentees, mentors Field, err error) {
	if mentees, err = s.mentees.field("mentees", rule, mentee); err != nil {
		return nil, nil, err
	}
	mentors, err = s.mentors.field("mentors", rule, mentor)
	return mentees, mentors, err
}

// field is a field that rules name, with a list for everybody.
func (p *People) field(who, rule, name string) (Field, error) {
	field, ok := p.Fields[name]
	if !ok || len(field) != len(p.IDs) {
		return nil, fmt.Errorf("%s: the %s have no field %q", rule, who, name)
	}
	return field, nil
}
