package match

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A Builder makes a [Problem] in canonical form from people, classes and pairs named in any order, so that the order
// of rows in somebody's file cannot change a byte of the result. Methods note what is wrong and [Builder.Problem]
// reports it.
type Builder struct {
	Kind         Kind // TwoSided unless set
	Aim          Aim
	Goals        []Goal
	HardMinimums bool
	Lottery      Lottery

	people  [2]map[string]person
	classes map[classKey]class
	pairs   []Pair
	columns map[string]bool
	faults  []error
}

type person struct{ max, min int }

type classKey struct {
	side        Side
	owner, name string
}

type class struct {
	parent   string
	max, min int
}

// A Pair is an edge in words: who with whom, for what, and what is known of it.
type Pair struct {
	Mentee, Mentor, Purpose  string
	MenteeClass, MentorClass string // innermost class on each side; "": the total
	MenteeRank, MentorRank   int    // 1 is best; 0 in all pairs: no ranks on that side
	State                    State
	Values                   map[string]int32 // columns; a column missing here is 0
}

// NewBuilder returns a builder for an empty problem with this aim.
func NewBuilder(aim Aim) *Builder {
	return &Builder{
		Kind: TwoSided, Aim: aim,
		people:  [2]map[string]person{{}, {}},
		classes: map[classKey]class{},
		columns: map[string]bool{},
	}
}

// fits notes a number that a file could hold but no problem does.
func (b *Builder) fits(what string, numbers ...int) {
	for _, n := range numbers {
		if int64(n) != int64(int32(n)) {
			b.fault("the number %d of %s is too great", n, what)
		}
	}
}

// Person adds somebody who takes at least least and at most most pairs on side s.
func (b *Builder) Person(s Side, id string, most, least int) {
	if _, twice := b.people[s][id]; twice {
		b.fault("%s %q is there twice", s, id)
	}
	b.fits(s.String()+" "+id, most, least)
	b.people[s][id] = person{most, least}
}

// Class adds a class of a person's pairs inside the class parent, or inside the total when parent is "".
func (b *Builder) Class(s Side, owner, name, parent string, most, least int) {
	key := classKey{s, owner, name}
	if _, twice := b.classes[key]; twice {
		b.fault("the class %q of %s %q is there twice", name, s, owner)
	}
	b.fits("the class "+name+" of "+s.String()+" "+owner, most, least)
	b.classes[key] = class{parent, most, least}
}

// Pair adds an edge.
func (b *Builder) Pair(pair Pair) {
	for name := range pair.Values {
		b.columns[name] = true
	}
	b.fits("the pair of mentee "+pair.Mentee+" and mentor "+pair.Mentor, pair.MenteeRank, pair.MentorRank)
	b.pairs = append(b.pairs, pair)
}

// Column makes sure that the problem has a column of this name, even if no pair has a value in it.
func (b *Builder) Column(name string) { b.columns[name] = true }

func (b *Builder) fault(format string, args ...any) {
	b.faults = append(b.faults, fmt.Errorf(format, args...))
}

// Problem puts everything in canonical order and validates it.
func (b *Builder) Problem() (*Problem, error) {
	p := &Problem{Kind: b.Kind, Aim: b.Aim, Goals: b.Goals, HardMinimums: b.HardMinimums, Lottery: b.Lottery}
	p.Mentees, p.Mentors = sortedKeys(b.people[MenteeSide]), sortedKeys(b.people[MentorSide])
	var lows []int32
	for s, ids := range [...][]string{p.Mentees, p.Mentors} {
		for _, id := range ids {
			who := b.people[s][id]
			p.Max = append(p.Max, int32(who.max))
			lows = append(lows, int32(who.min))
		}
	}
	index := [2]map[string]int32{indexOf(p.Mentees), indexOf(p.Mentors)}
	number := b.numberClasses(p, index, &lows)
	if slices.ContainsFunc(lows, func(low int32) bool { return low != 0 }) {
		p.Min = lows
	}
	b.edges(p, index, number)
	if len(b.faults) > 0 {
		return nil, b.faults[0]
	}
	return p, p.Validate()
}

// numberClasses gives the classes their numbers: those in totals first, then those inside them, and so on; on each
// level by side, owner and name.
func (b *Builder) numberClasses(p *Problem, index [2]map[string]int32, lows *[]int32) map[classKey]int32 {
	keys := make([]classKey, 0, len(b.classes))
	depth := map[classKey]int{}
	for key := range b.classes {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(x, y classKey) int {
		return cmp.Or(cmp.Compare(x.side, y.side), strings.Compare(x.owner, y.owner), strings.Compare(x.name, y.name))
	})
	for _, key := range keys {
		for at := key; b.classes[at].parent != ""; {
			at.name = b.classes[at].parent
			if _, ok := b.classes[at]; !ok {
				b.fault("the class %q of %s %q lies in %q, which does not exist", key.name, key.side, key.owner, at.name)
				return nil
			}
			if depth[key]++; depth[key] > len(b.classes) {
				b.fault("the class %q of %s %q lies in itself", key.name, key.side, key.owner)
				return nil
			}
		}
		if _, ok := index[key.side][key.owner]; !ok {
			b.fault("the class %q belongs to %s %q, who does not exist", key.name, key.side, key.owner)
			return nil
		}
	}
	slices.SortStableFunc(keys, func(x, y classKey) int { return cmp.Compare(depth[x], depth[y]) })
	number := map[classKey]int32{}
	for _, key := range keys {
		c := b.classes[key]
		parent := b.total(p, index, key.side, key.owner)
		if c.parent != "" {
			parent = number[classKey{key.side, key.owner, c.parent}]
		}
		number[key] = int32(len(p.Mentees) + len(p.Mentors) + len(p.Classes))
		p.Classes = append(p.Classes, Class{Name: key.name, Parent: parent})
		p.Max = append(p.Max, int32(c.max))
		*lows = append(*lows, int32(c.min))
	}
	return number
}

func (b *Builder) total(p *Problem, index [2]map[string]int32, s Side, id string) int32 {
	if s == MenteeSide {
		return index[s][id]
	}
	return int32(len(p.Mentees)) + index[s][id]
}

// edges sorts the pairs and writes them as columns; columns that say nothing stay nil.
func (b *Builder) edges(p *Problem, index [2]map[string]int32, number map[classKey]int32) {
	slices.SortStableFunc(b.pairs, func(x, y Pair) int {
		return cmp.Or(strings.Compare(x.Mentee, y.Mentee), strings.Compare(x.Mentor, y.Mentor), strings.Compare(x.Purpose, y.Purpose))
	})
	names := map[string]bool{}
	var useCap, useRank [2]bool
	useState := false
	for i, pair := range b.pairs {
		for s, id := range [...]string{pair.Mentee, pair.Mentor} {
			if _, ok := index[s][id]; !ok {
				b.fault("a pair names %s %q, who does not exist", Side(s), id)
				return
			}
		}
		if i > 0 && b.pairs[i-1].Mentee == pair.Mentee && b.pairs[i-1].Mentor == pair.Mentor && b.pairs[i-1].Purpose == pair.Purpose {
			b.fault("the pair of mentee %q and mentor %q for %q is there twice", pair.Mentee, pair.Mentor, pair.Purpose)
			return
		}
		if pair.Purpose != "" {
			names[pair.Purpose] = true
		}
		useCap[0] = useCap[0] || pair.MenteeClass != ""
		useCap[1] = useCap[1] || pair.MentorClass != ""
		useRank[0] = useRank[0] || pair.MenteeRank != 0
		useRank[1] = useRank[1] || pair.MentorRank != 0
		useState = useState || pair.State != Open
	}
	p.Purposes = sortedKeys(names)
	purpose := indexOf(p.Purposes)
	e := &p.Edges
	for name := range b.columns {
		p.Columns = append(p.Columns, Column{Name: name, Values: make([]int32, len(b.pairs))})
	}
	slices.SortFunc(p.Columns, func(x, y Column) int { return strings.Compare(x.Name, y.Name) })
	for i, pair := range b.pairs {
		e.Mentee = append(e.Mentee, index[0][pair.Mentee])
		e.Mentor = append(e.Mentor, index[1][pair.Mentor])
		if len(names) > 0 {
			at, ok := purpose[pair.Purpose]
			if !ok {
				b.fault("the pair of mentee %q and mentor %q has no purpose, others have one", pair.Mentee, pair.Mentor)
				return
			}
			e.Purpose = append(e.Purpose, at)
		}
		if useCap[0] {
			e.MenteeCap = append(e.MenteeCap, b.leaf(p, index, number, MenteeSide, pair.Mentee, pair.MenteeClass))
		}
		if useCap[1] {
			e.MentorCap = append(e.MentorCap, b.leaf(p, index, number, MentorSide, pair.Mentor, pair.MentorClass))
		}
		if useRank[0] {
			e.MenteeRank = append(e.MenteeRank, int32(pair.MenteeRank))
		}
		if useRank[1] {
			e.MentorRank = append(e.MentorRank, int32(pair.MentorRank))
		}
		if useState {
			e.State = append(e.State, pair.State)
		}
		for k := range p.Columns {
			p.Columns[k].Values[i] = pair.Values[p.Columns[k].Name]
		}
	}
}

func (b *Builder) leaf(p *Problem, index [2]map[string]int32, number map[classKey]int32, s Side, id, class string) int32 {
	if class == "" {
		return b.total(p, index, s, id)
	}
	at, ok := number[classKey{s, id, class}]
	if !ok {
		b.fault("a pair of %s %q names the class %q, which does not exist", s, id, class)
	}
	return at
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func indexOf(sorted []string) map[string]int32 {
	index := make(map[string]int32, len(sorted))
	for i, s := range sorted {
		index[s] = int32(i)
	}
	return index
}
