package score

import (
	"math"
	"math/bits"
	"sync/atomic"
)

// Possible counts the possible pairs of people who are open: one for each two people whom no rule keeps apart or, if a
// pair is made for every shared purpose, one for each of these. At worst that takes O(mentees · mentors).
func (s *Scorer) Possible(open Open) int64 {
	k := newKernel(s, s.barriers(), quickest)
	v := newView(k, 0, open[1])
	mentees := newView(k, 1, open[0]).columns
	count := func(_, _ int32) int64 { return 1 }
	if s.rules.Purposes != nil && s.rules.Purposes.All {
		count = s.purposes.counter()
	}
	var total atomic.Int64
	inChunks(len(mentees), func() func(from, to int) {
		search, found := newSearch(v, 0), int64(0)
		search.tell = func(mentor int32) { found += count(search.person, mentor) }
		return func(from, to int) {
			found = 0
			for _, i := range mentees[from:to] {
				search.best(i, nil)
			}
			total.Add(found)
		}
	})
	return total.Load()
}

// barriers are the criteria that only say whether a pair is possible.
func (s *Scorer) barriers() []*criterion {
	var all []*criterion
	for k := range s.must {
		all = append(all, &criterion{s.must[k].parts, allowance(s.rules.Must[k].allows), 0})
	}
	if s.rules.Purposes != nil {
		all = append(all, &criterion{[]part{s.purposePart(0, math.MaxInt, 0)}, allowance(func(brings int, _ bool) bool { return brings != noPurpose }), 0})
	}
	return all
}

// counter counts the purposes that two people share.
func (p *purposeLists) counter() func(i, j int32) int64 {
	words := int(p.within()+63) / 64
	var sets [2][]uint64
	for side, lists := range p.codes {
		sets[side] = make([]uint64, len(lists)*words)
		for i, list := range lists {
			for _, code := range list {
				sets[side][i*words+int(code)/64] |= 1 << (code % 64)
			}
		}
	}
	return func(i, j int32) int64 {
		n := 0
		for w := range words {
			n += bits.OnesCount64(sets[0][int(i)*words+w] & sets[1][int(j)*words+w])
		}
		return int64(n)
	}
}

// within is more than any code.
func (p *purposeLists) within() int32 {
	within := int32(0)
	for _, side := range p.codes {
		for _, list := range side {
			for _, code := range list {
				within = max(within, code+1)
			}
		}
	}
	return within
}
