package score

import (
	"fmt"
	"strconv"
	"strings"
)

// A Scale is an order of levels. [NewScale] makes one.
type Scale struct {
	names  []string       // as written, lowest first
	levels map[string]int // by folded name
}

// NewScale makes a scale from its levels, the lowest first. A level may have several names.
func NewScale(levels ...[]string) (*Scale, error) {
	s := &Scale{levels: map[string]int{}}
	for level, names := range levels {
		for _, name := range names {
			if _, twice := s.levels[Fold(name)]; twice {
				return nil, fmt.Errorf("%q is on the scale twice", name)
			}
			s.levels[Fold(name)] = level
			s.names = append(s.names, name)
		}
	}
	return s, nil
}

// Level is the level of a value, from 0. A nil scale takes the value as a whole number.
func (s *Scale) Level(value string) (level int, ok bool) {
	if s == nil {
		n, err := strconv.ParseInt(strings.TrimSpace(value), 10, 31)
		return int(n), err == nil
	}
	level, ok = s.levels[Fold(value)]
	return level, ok
}

// Names are all names of levels, the lowest first.
func (s *Scale) Names() []string {
	if s == nil {
		return nil
	}
	return s.names
}
