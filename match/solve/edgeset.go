package solve

import (
	"math/bits"

	"github.com/chiron-mentoring/chiron/match"
)

// An edgeSet puts edges in order faster than sorting does.
type edgeSet struct {
	words []uint64
	count int
}

func newEdgeSet(p *match.Problem) *edgeSet {
	return &edgeSet{words: make([]uint64, p.Edges.Len()/64+1)}
}

// add adds an edge that is not there yet.
func (s *edgeSet) add(e int32) {
	s.words[e>>6] |= 1 << (e & 63)
	s.count++
}

func (s *edgeSet) inOrder() []int32 {
	list := make([]int32, 0, s.count)
	for i, word := range s.words {
		for ; word != 0; word &= word - 1 {
			list = append(list, int32(i<<6+bits.TrailingZeros64(word)))
		}
	}
	return list
}
