package score

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"slices"
	"sync"
)

// A kernel is the criteria of a scorer compiled for comparing everybody with everybody: what a pair is worth becomes a
// sum of a few look-ups and counted bits. Most criteria see little of a person, such as a department or a stage, so
// that people fall into few classes; a table holds what each two classes bring together, and the tables of several
// criteria are made one where that stays small. Long lists become sets of bits. A rule that a pair breaks is an entry
// like any other, [barred], so that the impossible vanish class by class and not pair by pair.
//
// A kernel says exactly what [Scorer.Barrier] and [Scorer.Of] say of every pair. It knows criteria by their parts only.
type kernel struct {
	scorer *Scorer
	forms  forms
	people [2]int
	base   int32 // what every pair brings by criteria that know only exceptions
	tables []*table
	gauges []*gauge
	slow   []*criterion
	apart  [2][][]int32 // per side and person, with whom a pair is an exception that only the scorer knows, increasing
	draw   [2][]uint64  // per side and person, a number drawn from the id
}

// barred is what a pair brings that a rule does not allow.
const barred = math.MinInt32

// lazyKernel makes the kernel once.
type lazyKernel struct {
	once   sync.Once
	kernel *kernel
}

// compiled is the scorer's kernel.
func (s *Scorer) compiled() *kernel {
	s.kernel.once.Do(func() {
		pairs := len(s.mentees.IDs) * len(s.mentors.IDs)
		quick := quickest
		quick.entries = min(max(1<<12, pairs/16), quick.entries)
		s.kernel.kernel = newKernel(s, s.criteria(), quick)
	})
	return s.kernel.kernel
}

// A criterion is a rule as the kernel sees it: some measures, and what the greatest of them brings.
type criterion struct {
	parts  []part
	brings func(measured int, known bool) int32 // or barred
	most   int32                                // it is never more
}

// value is what mentee i and mentor j bring.
func (c *criterion) value(i, j int) int32 {
	measured, known := 0, false
	for _, p := range c.parts {
		mentees, _ := p.group(0)
		mentors, _ := p.group(1)
		if m, ok := p.measure(mentees[i], mentors[j]); ok && (!known || m > measured) {
			measured, known = m, true
		}
	}
	return c.brings(measured, known)
}

// allowance is a rule that brings nothing and bars some pairs.
func allowance(allows func(measured int, known bool) bool) func(int, bool) int32 {
	return func(measured int, known bool) int32 {
		if allows(measured, known) {
			return 0
		}
		return barred
	}
}

// criteria are the rules of the scorer but for the one that nobody is paired with oneself.
func (s *Scorer) criteria() []*criterion {
	var all []*criterion
	for k := range s.must {
		all = append(all, &criterion{s.must[k].parts, allowance(s.rules.Must[k].allows), 0})
	}
	for k := range s.points {
		rule := &s.rules.Points[k]
		_, best := s.points[k].contribution(rule)
		all = append(all, &criterion{s.points[k].parts, func(measured int, known bool) int32 {
			if !known {
				return 0
			}
			return int32(rule.of(measured))
		}, int32(best)})
	}
	if s.rules.Purposes != nil {
		all = append(all, &criterion{s.purposeParts(), func(brings int, _ bool) int32 {
			if brings == noPurpose {
				return barred
			}
			return int32(brings)
		}, int32(max(0, slices.Max(slices.Concat(s.rules.Purposes.Points, []int{0}))))})
	}
	return all
}

func newKernel(s *Scorer, all []*criterion, f forms) *kernel {
	k := &kernel{scorer: s, forms: f, people: [2]int{len(s.mentees.IDs), len(s.mentors.IDs)}}
	k.draw = [2][]uint64{drawn(s.mentees.IDs), drawn(s.mentors.IDs)}
	k.apart = [2][][]int32{make([][]int32, k.people[0]), make([][]int32, k.people[1])}
	for i, j := range s.self {
		if j >= 0 {
			k.except(int32(i), int32(j))
		}
	}
	for _, c := range all {
		k.compile(c)
	}
	for side := range k.apart {
		for i, list := range k.apart[side] {
			slices.Sort(list)
			k.apart[side][i] = slices.Compact(list)
		}
	}
	k.tables = mergeTables(k.tables, k.forms)
	return k
}

// Forms bound the forms that criteria take. They change how long it takes to compare people, and nothing else.
type forms struct {
	entries int // of the table of one criterion
	merged  int // of the table of several
	classes int // per side, of the table of several
	words   int // of a set of bits; more members are marked one by one
	branch  int // columns in a branch on the average, at least: passing over a few does not pay for looking at the branch
}

// quickest are the bounds with which large programs are compared quickest.
var quickest = forms{entries: 1 << 20, merged: 1 << 21, classes: 1 << 12, words: 12, branch: 32}

// compile gives a criterion the quickest of the forms that fit it.
func (k *kernel) compile(c *criterion) {
	if list, ok := c.parts[0].(listPart); ok && len(c.parts) == 1 && k.exceptions(c, list) {
		return
	}
	classes := jointClasses(c.parts, k.people)
	if len(classes[0].example)*len(classes[1].example) <= k.forms.entries && max(len(classes[0].example), len(classes[1].example)) <= math.MaxUint16 {
		k.tables = append(k.tables, newTable(classes, c))
		return
	}
	if g := newGauge(c, k.people, k.forms); g != nil {
		k.gauges = append(k.gauges, g)
		return
	}
	k.slow = append(k.slow, c)
}

// exceptions treats a criterion that is the same for all but a few pairs: what it is for those pairs only the scorer
// says. It refuses when they are not few.
func (k *kernel) exceptions(c *criterion, list listPart) bool {
	lister := list.lister()
	lists, classes := list.group(lister)
	others, otherClasses := list.group(1 - lister)
	members := make([][]int32, otherClasses)
	for j, class := range others {
		members[class] = append(members[class], int32(j))
	}
	sizes := make([]int, classes)
	for class := range sizes {
		for other := range list.listed(int32(class)) {
			sizes[class] += len(members[other])
		}
	}
	pairs := 0
	for _, class := range lists {
		pairs += sizes[class]
	}
	if pairs > mostExceptions*(k.people[0]+k.people[1]) {
		return false
	}
	k.base = sum(k.base, c.brings(0, true))
	for i, class := range lists {
		for other := range list.listed(class) {
			for _, j := range members[other] {
				if lister == 0 {
					k.except(int32(i), j)
				} else {
					k.except(j, int32(i))
				}
			}
		}
	}
	return true
}

// mostExceptions bounds how many pairs a person may have, on the average, that are treated one by one.
const mostExceptions = 64

func (k *kernel) except(i, j int32) {
	k.apart[0][i] = append(k.apart[0][i], j)
	k.apart[1][j] = append(k.apart[1][j], i)
}

// sum adds what two criteria bring.
func sum(a, b int32) int32 {
	if a == barred || b == barred {
		return barred
	}
	return a + b
}

// worth is what the scorer itself says of a pair: the suitability, with the purpose that brings the most; or barred.
func (k *kernel) worth(i, j int32) int32 {
	if k.scorer.Barrier(int(i), int(j)) != "" {
		return barred
	}
	best := int32(barred)
	for _, pair := range k.scorer.Of(int(i), int(j)) {
		best = max(best, pair.Suitability)
	}
	return best
}

// drawn draws a number from every id. Equals are put in an order by them, so that the order of the rows has no say in
// it and nobody comes first with everybody.
func drawn(ids []string) []uint64 {
	numbers := make([]uint64, len(ids))
	for i, id := range ids {
		hash := sha256.Sum256([]byte(id))
		numbers[i] = binary.BigEndian.Uint64(hash[:])
	}
	return numbers
}

// drawOf is the number of a pair: of two pairs of one person that are worth the same, the one with the smaller number
// comes first.
func drawOf(mentee, mentor uint64) uint64 {
	x := (mentee ^ mentor<<32 ^ mentor>>32) * 0x9e3779b97f4a7c15
	return (x ^ x>>32) * 0xd6e8feb86659fd93
}

// classes number the people of a side by what a criterion sees of them.
type classes struct {
	of      []int32 // per person
	example []int32 // per class, a person of it
}

// jointClasses puts people into one class whom none of the parts can tell apart.
func jointClasses(parts []part, people [2]int) [2]classes {
	var both [2]classes
	for side := range both {
		joint := classes{of: make([]int32, people[side])}
		if people[side] > 0 {
			joint.example = []int32{0}
		}
		for _, p := range parts {
			of, n := p.group(side)
			joint = joint.split(of, n)
		}
		both[side] = joint
	}
	return both
}

// split tells people of a class apart who are in different ones of n further classes.
func (c classes) split(of []int32, n int) classes {
	s := classes{of: make([]int32, len(of))}
	number := make(map[int64]int32, len(c.example))
	for i := range of {
		key := int64(c.of[i])*int64(n) + int64(of[i])
		at, known := number[key]
		if !known {
			at = int32(len(s.example))
			number[key] = at
			s.example = append(s.example, int32(i))
		}
		s.of[i] = at
	}
	return s
}
