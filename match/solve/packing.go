package solve

import (
	"math"
	"math/bits"

	"github.com/chiron-mentoring/chiron/match"
)

// packing puts goals into words. Goals whose sums are small share a word: goal k counts as its value times 2^shift[k],
// where the shifts are so far apart that no sum the solver forms can carry from one goal into the next. So the order
// of words is exactly the order of the goals, and every sum can be taken apart again. This is not weighing one goal
// against another: the room is that of the greatest sum possible, and what does not fit gets a word of its own.
type packing struct {
	worths  []match.Worth
	extents []extent
	need    []uint // bits
	pairs   []int  // the goals in which pairs count something
	word    []int
	shift   []uint
	words   int
}

// sumFactor bounds the sums that the solver forms, as a multiple of the greatest sum along a path: potentials are
// differences of two such sums, distances sums of up to four potentials and one path.
const sumFactor = 16

// pack prepares the goals of the ladder.
func pack(p *match.Problem) (*packing, error) { return packWider(p, 0) }

// packWider prepares the goals of the ladder with so many bits more for each goal than it needs.
func packWider(p *match.Problem, more uint) (*packing, error) {
	f := &packing{}
	for _, g := range p.Ladder() {
		worth := p.Worth(&g)
		worth.DrawAll()
		f.add(p, worth, more)
	}
	return f, f.fill()
}

// add adds a goal of problem p to the end of the list, with so many bits more than it needs.
func (f *packing) add(p *match.Problem, worth match.Worth, more uint) {
	s := extentOf(p, &worth)
	if s.least < 0 || s.most > 0 {
		f.pairs = append(f.pairs, len(f.worths))
	}
	f.worths, f.extents, f.need = append(f.worths, worth), append(f.extents, s), append(f.need, bitsFor(s.alongPath(crossings(p)))+more)
}

// fill fills the words from the last goal up: a word has room as long as all in it need at most 63 bits.
func (f *packing) fill() error {
	f.word, f.shift = make([]int, len(f.need)), make([]uint, len(f.need))
	word, used := 0, uint(0)
	for i := len(f.need) - 1; i >= 0; i-- {
		if used > 0 && used+f.need[i] > 63 {
			word, used = word+1, 0
		}
		f.word[i], f.shift[i] = word, used
		used += f.need[i]
	}
	f.words = word + 1
	for i := range f.word {
		f.word[i] = word - f.word[i]
	}
	if f.words > maxWords {
		return &match.Fault{Code: "goals", Text: "there are too many goals with great numbers to compare exactly; use fewer goals or smaller numbers"}
	}
	return nil
}

// like packs the same goals with other worths, which may be of other edges.
func (f *packing) like(worths []match.Worth) *packing {
	g := &packing{worths: worths, word: f.word, shift: f.shift, words: f.words}
	for k := range worths {
		g.pairs = append(g.pairs, k)
	}
	return g
}

// bitsFor is how many bits sums need when no path has a greater one, with the sign.
func bitsFor(path int64) uint {
	return uint(bits.Len64(uint64(max(path, 1)))+bits.Len(sumFactor-1)) + 1
}

// tooFar is a sum for which no word has room.
const tooFar = math.MaxInt64 / 4

// An extent says how much a goal can count.
type extent struct {
	least, most int64 // of a pair, or nothing
	units       int64 // of all units on a path, whatever their sign
}

func extentOf(p *match.Problem, w *match.Worth) extent {
	s := extent{units: unitsAlongPath(p, w)}
	for e := range p.Edges.Len() {
		s.cover(w.Pair(e))
	}
	return s
}

// cover widens the extent to pairs that count v.
func (x *extent) cover(v int64) { x.least, x.most = min(x.least, v), max(x.most, v) }

// alongPath is at least the sum along any path that leads so often across pairs, whatever its sign. It is tooFar if no word
// has room for it.
func (x extent) alongPath(crossings int64) int64 {
	if x.most-x.least > tooFar/(crossings+1) || x.units > tooFar {
		return tooFar
	}
	return (x.most-x.least)*crossings + x.units
}

// crossings is how often a path can lead across pairs forth, and how often back: it comes to no cap twice, so no more
// often than the side with fewer caps has caps.
func crossings(p *match.Problem) int64 {
	caps := [...]int64{match.MenteeSide: int64(len(p.Mentees)), match.MentorSide: int64(len(p.Mentors))}
	for c := len(p.Mentees) + len(p.Mentors); c < p.NumCaps(); c++ {
		side, _ := p.Owner(int32(c))
		caps[side]++
	}
	return min(caps[match.MenteeSide], caps[match.MentorSide])
}

// unitsAlongPath is the most that units on the caps of one path count together, whatever their sign. It comes to no class
// twice, and to no more than two totals, which all touch the ground.
func unitsAlongPath(p *match.Problem, w *match.Worth) int64 {
	totals, classes := int64(0), int64(0)
	if !w.HasUnits() {
		return 0
	}
	for c := range int32(p.NumCaps()) {
		most := int64(0)
		for n := int32(1); n <= w.Units(c); n++ {
			v := w.Unit(c, n)
			most = max(most, v, -v)
		}
		if p.Parent(c) < 0 {
			totals = max(totals, most)
		} else {
			classes += most
		}
	}
	return 2*totals + classes
}

// goal takes goal k out of a sum of words.
func (f *packing) goal(words []int64, k int) int64 {
	x := words[f.word[k]]
	for i := len(f.word) - 1; i > k; i-- { // goals further down in the same word
		if f.word[i] == f.word[k] {
			width := f.width(i)
			x = (x - x<<(64-width)>>(64-width)) >> width
		}
	}
	if k > 0 && f.word[k-1] == f.word[k] {
		width := f.width(k)
		x = x << (64 - width) >> (64 - width)
	}
	return x
}

// width is the number of bits of goal k, which has another one above it in its word.
func (f *packing) width(k int) uint { return f.shift[k-1] - f.shift[k] }

// packPair is what edge e counts, in words.
func packPair[V vec](f *packing, e int) V {
	var v V
	if len(f.worths) == 1 {
		v[0] = f.worths[0].Pair(e)
		return v
	}
	for _, k := range f.pairs {
		v[f.word[k]] += f.worths[k].Pair(e) << f.shift[k]
	}
	return v
}

// packUnit is what the n-th unit on cap c counts, in words.
func packUnit[V vec](f *packing, c, n int32) V {
	var v V
	for k := range f.worths {
		v[f.word[k]] += f.worths[k].Unit(c, n) << f.shift[k]
	}
	return v
}
