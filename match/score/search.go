package score

import (
	"math"
	"math/bits"
	"slices"
)

// A search finds the best partners of one person after the other. It looks along the tree as far as the tables there
// promise enough, and then at single columns, step by step. After each step only those columns stay that all that is
// still to come could lift to the floor. Columns wait in a queue between the steps, so that each step is a plain loop.
type search struct {
	*view
	wanted int // how many
	lenses []lens
	quick  quickLens // the lens of the first step
	queue  []waiting
	tell   func(other int32) // not nil: told of everybody, and no list is made
	found  []hit             // the best so far, best first
	floor  int32             // what is worth less is of no use

	// Of the person at hand:
	person     int32
	draw       uint64
	apart      []int32
	rows       [][]int32 // per table
	path       []int32   // per depth of the tree, what the tables before it bring on the branch at hand
	below      []int32   // per depth, the most that all can bring but the tables before it
	afterwards int32     // the most that all steps but the first can bring
	after      []int32   // per step, the most that those after it can bring
}

// A waiting column has come through some steps.
type waiting struct{ column, worth int32 }

// A hit is a partner with what the pair is worth.
type hit struct {
	worth  int32
	person int32
	draw   uint64
}

// nothing is less than what any pair is worth, as [New] sees to, and leaves room for sums.
const nothing = math.MinInt32 / 2

func newSearch(v *view, wanted int) *search {
	s := &search{
		view: v, wanted: wanted, queue: make([]waiting, 0, queueSize), rows: make([][]int32, len(v.tables)),
		path: make([]int32, v.depth+1), below: make([]int32, v.depth+1), after: make([]int32, len(v.steps)),
	}
	for _, l := range v.lenses {
		s.lenses = append(s.lenses, l.copy())
	}
	return s
}

// face takes up another person. It returns false when the tables and gauges leave nobody for that person.
func (s *search) face(person int32) bool {
	s.person, s.apart, s.draw = person, s.kernel.apart[s.side][person], s.kernel.draw[s.side][person]
	rest := int32(0)
	for _, c := range s.slow {
		rest += c.most
	}
	for k := len(s.steps) - 1; k >= 0; k-- {
		s.after[k] = rest
		if !s.faceStep(s.steps[k], &rest) {
			return false
		}
	}
	s.afterwards = rest
	if s.first >= 0 {
		for _, step := range [...]step{{-1, s.first}, {s.depth, -1}, {s.depth + 1, -1}} {
			if !s.faceStep(step, &rest) {
				return false
			}
		}
		s.quick.face(&s.lenses[s.first])
	}
	for d := s.depth - 1; d >= 0; d-- {
		s.below[d+1] = rest
		if !s.faceStep(step{d, -1}, &rest) {
			return false
		}
	}
	s.path[0] = s.base
	return s.base != barred
}

// faceStep lets a table or a lens take up the person, and adds the most that it can bring to rest.
func (s *search) faceStep(at step, rest *int32) bool {
	var top int32
	if at.table >= 0 {
		t := s.tables[at.table]
		s.rows[at.table] = t.row(s.side, s.person)
		top = t.top[s.side][t.classes[s.side].of[s.person]]
	} else {
		s.lenses[at.lens].face(s.person)
		top = s.lenses[at.lens].gauge.tops[s.side][s.person]
	}
	if top == barred {
		return false
	}
	*rest += top
	return true
}

// best finds the best partners of a person. Those of somebody like the person, if handed in, save much looking: the
// worst of them is a floor for the best.
func (s *search) best(person int32, like []hit) []hit {
	s.found, s.floor = s.found[:0], nothing
	open := s.face(person)
	for _, j := range s.apart {
		if s.place[j] >= 0 {
			worth := s.scorerSays(j)
			switch {
			case worth == barred:
			case s.tell != nil:
				s.tell(j)
			default:
				s.offer(worth, j)
			}
		}
	}
	if !open {
		return s.found
	}
	if len(like) >= s.wanted && s.tell == nil {
		s.floor = max(s.floor, s.worst(like))
	}
	if s.depth == 0 {
		s.scan(0, int32(len(s.columns)), s.base)
		s.finish()
		return s.found
	}
	for k, main := range s.order[s.tables[0].classes[s.side].of[person]] {
		s.branch(main)
		if k < eagerBranches {
			s.finish()
		}
	}
	s.finish()
	return s.found
}

// eagerBranches is how many of the first branches are finished at once, so that the others meet a floor.
const eagerBranches = 2

// branch looks along a main branch of the tree.
func (s *search) branch(main int32) {
	for n := main; n < s.nodes[main].next; {
		at := &s.nodes[n]
		worth := s.rows[at.depth][at.class]
		if worth == barred {
			n = at.next
			continue
		}
		worth += s.path[at.depth]
		switch {
		case worth+s.below[at.depth+1] < s.floor:
			n = at.next
		case at.leaf:
			s.scan(at.from, at.to, worth)
			n = at.next
		default:
			s.path[at.depth+1] = worth
			n++
		}
	}
}

// scorerSays is what a pair is worth that is an exception.
func (s *search) scorerSays(other int32) int32 {
	if s.side == 0 {
		return s.kernel.worth(s.person, other)
	}
	return s.kernel.worth(other, s.person)
}

// worst is the least that any of these people is worth to the one at hand, if they are all open to that person and no
// exceptions.
func (s *search) worst(people []hit) int32 {
	least := int32(math.MaxInt32)
	for _, h := range people {
		if s.isApart(h.person) {
			return nothing
		}
		worth := s.value(s.place[h.person])
		if worth == barred {
			return nothing
		}
		least = min(least, worth)
	}
	return least
}

func (s *search) isApart(other int32) bool {
	if len(s.apart) == 0 {
		return false
	}
	_, apart := slices.BinarySearch(s.apart, other)
	return apart
}

// value is what the person and a column are worth together, unless they are an exception.
func (s *search) value(column int32) int32 {
	worth := s.base
	for k := range s.lenses {
		worth = sum(worth, s.lenses[k].brings(column))
	}
	for d, codes := range s.codes {
		worth = sum(worth, s.rows[d][codes[column]])
	}
	if worth == barred {
		return barred
	}
	return s.slowly(column, worth)
}

// slowly adds what slow criteria bring.
func (s *search) slowly(column, worth int32) int32 {
	for _, c := range s.slow {
		i, j := s.person, s.columns[column]
		if s.side == 1 {
			i, j = j, i
		}
		worth = sum(worth, c.value(int(i), int(j)))
	}
	return worth
}

// queueSize is how many columns may wait.
const queueSize = 512

// scan takes the first step with columns that are together worth so much by the tables of the tree.
func (s *search) scan(from, to, before int32) {
	for ; from < to; from += queueSize / 2 {
		s.queue = s.firstStep(from, min(from+queueSize/2, to), before, s.queue)
		if len(s.queue) > queueSize/2 {
			s.finish()
		}
	}
}

// firstStep adds to the queue those columns that come through the first step: one lens, and the two tables after the
// tree. Sums of 64 bits stay below every floor when anything in them is barred.
func (s *search) firstStep(from, to, before int32, queue []waiting) []waiting {
	if s.first < 0 {
		for column := from; column < to; column++ {
			queue = append(queue, waiting{column, before})
		}
		return queue
	}
	enough := int64(s.floor) - int64(s.afterwards)
	q := &s.quick
	one, other := s.rows[s.depth], s.rows[s.depth+1]
	ones, others := s.codes[s.depth][from:to], s.codes[s.depth+1][from:to]
	sets := q.sets[2*from : 2*to]
	n := len(queue)
	queue = queue[:queueSize]
	for at, class := range ones {
		shared := bits.OnesCount64(sets[2*at]&q.own[0]) + bits.OnesCount64(sets[2*at+1]&q.own[1])
		if q.scales != nil {
			shared += int(q.scales[int(from)+at])
		}
		worth := int64(before) + int64(q.brings[shared]) + int64(one[class]) + int64(other[others[at]])
		queue[n] = waiting{from + int32(at), int32(worth)}
		n += oneIf(worth >= enough)
	}
	return queue[:n]
}

// oneIf counts without a jump.
func oneIf(so bool) int {
	if so {
		return 1
	}
	return 0
}

// finish takes all further steps with the columns that wait.
func (s *search) finish() {
	queue := s.queue
	for k, at := range s.steps {
		enough := int64(s.floor) - int64(s.after[k])
		n := 0
		if at.table >= 0 {
			row, codes := s.rows[at.table], s.codes[at.table]
			for _, w := range queue {
				worth := int64(w.worth) + int64(row[codes[w.column]])
				queue[n] = waiting{w.column, int32(worth)}
				n += oneIf(worth >= enough)
			}
		} else {
			lens := &s.lenses[at.lens]
			for _, w := range queue {
				worth := int64(w.worth) + int64(lens.brings(w.column))
				queue[n] = waiting{w.column, int32(worth)}
				n += oneIf(worth >= enough)
			}
		}
		queue = queue[:n]
	}
	for _, w := range queue {
		worth, other := s.slowly(w.column, w.worth), s.columns[w.column]
		switch {
		case worth < s.floor || s.isApart(other):
		case s.tell != nil:
			s.tell(other)
		default:
			s.offer(worth, other)
		}
	}
	s.queue = s.queue[:0]
}

// offer puts somebody in the list if it is among the best.
func (s *search) offer(worth, other int32) {
	h := hit{worth, other, s.drawWith(other)}
	if len(s.found) == s.wanted {
		if s.wanted == 0 || !s.before(h, s.found[s.wanted-1]) {
			return
		}
		s.found = s.found[:s.wanted-1]
	}
	at := len(s.found)
	s.found = append(s.found, h)
	for ; at > 0 && s.before(h, s.found[at-1]); at-- {
		s.found[at] = s.found[at-1]
	}
	s.found[at] = h
	if len(s.found) == s.wanted {
		s.floor = max(s.floor, s.found[s.wanted-1].worth)
	}
}

func (s *search) drawWith(other int32) uint64 {
	if s.side == 0 {
		return drawOf(s.draw, s.kernel.draw[1][other])
	}
	return drawOf(s.kernel.draw[0][other], s.draw)
}

// before says whether a comes before b in the list: it is worth more, or as much and its number is smaller, or else
// its id.
func (s *search) before(a, b hit) bool {
	if a.worth != b.worth {
		return a.worth > b.worth
	}
	if a.draw != b.draw {
		return a.draw < b.draw
	}
	ids := s.scorer.mentors.IDs
	if s.side == 1 {
		ids = s.scorer.mentees.IDs
	}
	return ids[a.person] < ids[b.person]
}
