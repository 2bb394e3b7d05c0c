package search

import (
	"cmp"
	"iter"
	"math/bits"
	"slices"
)

// A shelf holds entries that do not change, numbered in the order of their places.
type shelf struct {
	ids, sorts []string
	numbers    map[string]int32
	words      *Index
	codes      map[string]map[string]*holders // by field and value
	wordsOf    pieces[wordOf]
	codesOf    pieces[codeOf]
	allCodes   []fieldValue
}

type fieldValue struct{ field, value string }

// wordOf and codeOf are words and codes of an entry, by their number.
type (
	wordOf struct {
		word int32
		by   Audience
	}
	codeOf struct {
		code int32
		by   Audience
	}
)

// pieces are many short lists in one piece of memory.
type pieces[T any] struct {
	all  []T
	ends []int32
}

func (p *pieces[T]) add(list []T) {
	p.all = append(p.all, list...)
	p.ends = append(p.ends, int32(len(p.all)))
}

func (p *pieces[T]) at(k int) []T {
	from := int32(0)
	if k > 0 {
		from = p.ends[k-1]
	}
	return p.all[from:p.ends[k]]
}

func newShelf(entries iter.Seq[Entry]) *shelf {
	all := slices.SortedFunc(entries, func(a, b Entry) int { return cmp.Or(cmp.Compare(a.Sort, b.Sort), cmp.Compare(a.ID, b.ID)) })
	s := &shelf{
		ids: make([]string, len(all)), sorts: make([]string, len(all)), numbers: make(map[string]int32, len(all)),
		words: NewIndex(len(all), func(thing int) []Word { return all[thing].Words }), codes: map[string]map[string]*holders{},
	}
	numbers := map[fieldValue]int32{}
	for thing, entry := range all {
		s.ids[thing], s.sorts[thing] = entry.ID, entry.Sort
		s.numbers[entry.ID] = int32(thing)
		var words []wordOf
		for _, word := range entry.Words {
			k, _ := slices.BinarySearch(s.words.words, word.Text)
			words = append(words, wordOf{int32(k), word.For})
		}
		s.wordsOf.add(words)
		var codes []codeOf
		for _, c := range entry.Codes {
			name := fieldValue{c.Field, c.Value}
			k, known := numbers[name]
			if !known {
				k = int32(len(s.allCodes))
				numbers[name] = k
				s.allCodes = append(s.allCodes, name)
			}
			codes = appendCode(codes, codeOf{k, c.For})
			s.hold(name, thing, c.For)
		}
		s.codesOf.add(codes)
	}
	for _, values := range s.codes {
		for _, h := range values {
			h.settle(len(all))
		}
	}
	return s
}

// appendCode adds a code once; one that is there may then be known to both audiences.
func appendCode(codes []codeOf, c codeOf) []codeOf {
	for k := range codes {
		if codes[k].code == c.code {
			codes[k].by |= c.by
			return codes
		}
	}
	return append(codes, c)
}

func (s *shelf) hold(name fieldValue, thing int, by Audience) {
	values := s.codes[name.field]
	if values == nil {
		values = map[string]*holders{}
		s.codes[name.field] = values
	}
	if values[name.value] == nil {
		values[name.value] = &holders{}
	}
	values[name.value].few = add(values[name.value].few, thing, by)
}

// entry gives back an entry as it came.
func (s *shelf) entry(thing int) Entry {
	e := Entry{ID: s.ids[thing], Sort: s.sorts[thing]}
	for _, w := range s.wordsOf.at(thing) {
		e.Words = append(e.Words, Word{s.words.words[w.word], w.by})
	}
	for _, c := range s.codesOf.at(thing) {
		e.Codes = append(e.Codes, Code{s.allCodes[c.code].field, s.allCodes[c.code].value, c.by})
	}
	return e
}

// holders are the things with a code: as a list, or where there are many as a set for each audience that occurs.
type holders struct {
	few  []owner
	many map[Audience]set
}

// dense is one in how many things must hold a code for a set to be better than a list.
const dense = 64

func (h *holders) settle(n int) {
	if len(h.few)*dense < n {
		h.few = slices.Clip(h.few)
		return
	}
	h.many = map[Audience]set{}
	for _, o := range h.few {
		if h.many[o.by] == nil {
			h.many[o.by] = newSet(n)
		}
		h.many[o.by].set(int(o.thing))
	}
	h.few = nil
}

// addTo adds the things whose code is for a viewer to a set.
func (h *holders) addTo(to set, viewer Audience) {
	if h == nil {
		return
	}
	for _, o := range h.few {
		if o.by&viewer != 0 {
			to.set(int(o.thing))
		}
	}
	for by, things := range h.many {
		if by&viewer != 0 {
			to.add(things)
		}
	}
}

// count counts the things of a set whose code is for a viewer.
func (h *holders) count(in set, viewer Audience) int {
	n := 0
	for _, o := range h.few {
		if o.by&viewer != 0 && in.has(int(o.thing)) {
			n++
		}
	}
	for by, things := range h.many { // no thing is in two of them
		if by&viewer != 0 {
			n += in.common(things)
		}
	}
	return n
}

// A set is a set of things, a bit for each.
type set []uint64

func newSet(n int) set { return make(set, (n+63)/64) }

func (s set) set(k int)      { s[k/64] |= 1 << (k % 64) }
func (s set) unset(k int)    { s[k/64] &^= 1 << (k % 64) }
func (s set) has(k int) bool { return s != nil && s[k/64]&(1<<(k%64)) != 0 }

// fill puts all of n things in.
func (s set) fill(n int) {
	for k := range s {
		s[k] = ^uint64(0)
	}
	if n%64 != 0 {
		s[len(s)-1] = 1<<(n%64) - 1
	}
}

func (s set) add(other set) {
	for k, word := range other {
		s[k] |= word
	}
}

func (s set) keep(other set) {
	for k, word := range other {
		s[k] &= word
	}
}

func (s set) remove(other set) {
	for k, word := range other {
		s[k] &^= word
	}
}

func (s set) count() int {
	n := 0
	for _, word := range s {
		n += bits.OnesCount64(word)
	}
	return n
}

// common counts what two sets have in common.
func (s set) common(other set) int {
	n := 0
	for k, word := range other {
		n += bits.OnesCount64(word & s[k])
	}
	return n
}

// from is the first thing of the set from k on; -1: there is none.
func (s set) from(k int) int {
	for at := k / 64; at < len(s); at++ {
		word := s[at]
		if at == k/64 {
			word &= ^uint64(0) << (k % 64)
		}
		if word != 0 {
			return at*64 + bits.TrailingZeros64(word)
		}
	}
	return -1
}
