package solve

import (
	"math/bits"

	"github.com/chiron-mentoring/chiron/match"
)

// packing puts goals into words. Goals whose sums are small share a word: goal k counts as its value times 2^shift[k],
// where the shifts are so far apart that no sum the solver forms can carry from one goal into the next. So the order
// of words is exactly the order of the goals, and every sum can be taken apart again. This is not weighing one goal
// against another: the room is that of the greatest sum possible, and what does not fit gets a word of its own.
type packing struct {
	worths []match.Worth
	need   []uint // bits
	word   []int
	shift  []uint
	words  int
}

// sumFactor bounds the sums that the solver forms, as a multiple of the greatest sum along a path: potentials are
// differences of two such sums, distances sums of up to four potentials and one path.
const sumFactor = 16

// pack prepares the goals of the ladder.
func pack(p *match.Problem) (*packing, error) { return packWider(p, 0) }

// packWider prepares the goals of the ladder with so many bits more for each goal than it needs.
func packWider(p *match.Problem, more uint) (*packing, error) {
	ladder := p.Ladder()
	k := len(ladder)
	f := &packing{worths: make([]match.Worth, k), need: make([]uint, k), word: make([]int, k), shift: make([]uint, k)}
	need := f.need
	for i := range ladder {
		f.worths[i] = p.Worth(&ladder[i])
		f.worths[i].DrawAll()
		need[i] = bitsFor(greatest(p, &f.worths[i]), p.NumCaps()) + more
	}
	// From the last goal up: its word has room as long as all in it need at most 63 bits.
	word, used := 0, uint(0)
	for i := k - 1; i >= 0; i-- {
		if used > 0 && used+need[i] > 63 {
			word, used = word+1, 0
		}
		f.word[i], f.shift[i] = word, used
		used += need[i]
	}
	f.words = word + 1
	for i := range f.word {
		f.word[i] = word - f.word[i]
	}
	if f.words > maxWords {
		return nil, &match.Fault{Code: "goals", Text: "there are too many goals with great numbers to compare exactly; use fewer goals or smaller numbers"}
	}
	return f, nil
}

// bitsFor is how many bits sums need when nothing counts more than most and there are so many caps.
func bitsFor(most int64, caps int) uint {
	return uint(bits.Len64(uint64(most)*uint64(caps+2)*sumFactor)) + 1
}

func greatest(p *match.Problem, w *match.Worth) int64 {
	most := int64(1)
	for e := range p.Edges.Len() {
		v := w.Pair(e)
		most = max(most, v, -v)
	}
	if w.HasUnits() {
		for c := range int32(p.NumCaps()) {
			for n := int32(1); n <= w.Units(c); n++ {
				v := w.Unit(c, n)
				most = max(most, v, -v)
			}
		}
	}
	return most
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
	for k := range f.worths {
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
