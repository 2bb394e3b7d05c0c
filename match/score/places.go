package score

import (
	"encoding/binary"
	"iter"
)

// A placePart measures where the first value of one side stands in the list of the other, from 1; 0 when it is not
// there. Such lists are mostly choices of people, so they name few of many.
type placePart struct {
	grouping
	side   int             // that has the lists
	lists  [][]entry       // per class of it, by place
	at     []map[int32]int // the same by class of the other side
	places int             // the greatest place
}

// An entry of a list is a class of the other side and its place.
type entry struct {
	class int32
	place int
}

// newPlacePart takes the values of all people, folded and each once in a list.
func newPlacePart(side int, lists, others [][]string) *placePart {
	p := &placePart{side: side}
	named := map[string]int32{} // by value, the class of those who are it
	first := func(j int) string {
		if len(others[j]) == 0 {
			return ""
		}
		return others[j][0]
	}
	classes := int32(0)
	classify(&p.grouping, 1-side, len(others), first, func(j int) {
		if value := first(j); value != "" {
			named[value] = classes
		}
		classes++
	})
	entries := make([][]entry, len(lists))
	for i, list := range lists {
		for k, value := range list {
			if class, ok := named[value]; ok {
				entries[i] = append(entries[i], entry{class, k + 1})
			}
		}
	}
	classify(&p.grouping, side, len(lists), func(i int) string { return listKey(entries[i]) }, func(i int) {
		at := make(map[int32]int, len(entries[i]))
		for _, e := range entries[i] {
			at[e.class] = e.place
			p.places = max(p.places, e.place)
		}
		p.lists, p.at = append(p.lists, entries[i]), append(p.at, at)
	})
	return p
}

func listKey(list []entry) string {
	var key []byte
	for _, e := range list {
		key = binary.AppendUvarint(binary.AppendUvarint(key, uint64(e.class)), uint64(e.place))
	}
	return string(key)
}

func (p *placePart) measure(mentee, mentor int32) (int, bool) {
	if p.side == 0 {
		return p.at[mentee][mentor], true
	}
	return p.at[mentor][mentee], true
}

func (p *placePart) reach() (least, most int) { return 0, p.places }

func (p *placePart) lister() int { return p.side }

func (p *placePart) listed(class int32) iter.Seq2[int32, int] {
	return func(yield func(int32, int) bool) {
		for _, e := range p.lists[class] {
			if !yield(e.class, e.place) {
				return
			}
		}
	}
}
