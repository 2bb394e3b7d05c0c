package score

import (
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// Lists are the pairs that everybody's own best ones make up: of every mentee the best mentors, and of every mentor
// the best mentees.
type Lists struct {
	K       int       // how many of the best each person has, if there are so many
	mentors [][]int32 // per mentee, increasing
	least   []int32   // per mentee, what a pair that is not listed is worth at most; barred if there is none
}

// Of are the mentors with whom mentee i is listed, in the order of their numbers. The caller must leave the list alone.
func (l *Lists) Of(i int) []int32 { return l.mentors[i] }

// Has says whether mentee i and mentor j are listed.
func (l *Lists) Has(i, j int) bool {
	_, has := slices.BinarySearch(l.mentors[i], int32(j))
	return has
}

// Len is the number of pairs of people that are listed.
func (l *Lists) Len() int {
	n := 0
	for _, list := range l.mentors {
		n += len(list)
	}
	return n
}

// Open says who is looked at, mentees and mentors; nil: all of the side. Those who are not open have no list and are
// on none.
type Open [2][]bool

// TopK lists for every mentee the k mentors with whom a possible pair is worth most, and for every mentor the k
// mentees. A pair is worth its suitability, for the purpose that brings the most. Among equals those come first whose
// numbers, drawn from both ids by SHA-256, are smaller. So the lists are unique, whatever the order of the rows and
// the number of processors.
//
// It looks at everybody with everybody, at worst in O(mentees · mentors) look-ups for each table and set of the
// kernel; commonly branches of people whose classes bring too little are passed over, as in the search engines that
// skip by upper bounds (Turtle and Flood 1995; Ding and Suel 2011).
func (s *Scorer) TopK(k int, open Open) *Lists {
	kernel := s.compiled()
	l := &Lists{K: k, mentors: make([][]int32, kernel.people[0]), least: slices.Repeat([]int32{barred}, kernel.people[0])}
	views := [2]*view{newView(kernel, 0, open[1]), newView(kernel, 1, open[0])}
	views[0].each(views[1].columns, k, func(i int32, best []hit) {
		list := make([]int32, len(best))
		for at, h := range best {
			list[at] = h.person
		}
		l.mentors[i] = list
		switch {
		case k == 0:
			l.least[i] = math.MaxInt32
		case len(best) == k:
			l.least[i] = best[k-1].worth
		}
	})
	own := make([][]int32, kernel.people[1])
	views[1].each(views[0].columns, k, func(j int32, best []hit) {
		own[j] = make([]int32, len(best))
		for at, h := range best {
			own[j][at] = h.person
		}
	})
	for j, list := range own {
		for _, i := range list {
			l.mentors[i] = append(l.mentors[i], int32(j))
		}
	}
	for i, list := range l.mentors {
		slices.Sort(list)
		l.mentors[i] = slices.Compact(list)
	}
	return l
}

// chunkSize is how many people one processor takes at a time. They stand in the order of the tree, so that the list
// of one is a good start for the next.
const chunkSize = 64

// each finds the best partners of these people and tells them. Several processors share the work; what is found does
// not depend on who does what.
func (v *view) each(people []int32, k int, tell func(person int32, best []hit)) {
	inChunks(len(people), func() func(from, to int) {
		s := newSearch(v, k)
		return func(from, to int) {
			var like []hit
			for _, person := range people[from:to] {
				like = append(like[:0], s.best(person, like)...)
				tell(person, like)
			}
		}
	})
}

// inChunks shares n pieces of work among all processors, in chunks. Each processor makes its own worker.
func inChunks(n int, worker func() func(from, to int)) {
	var next atomic.Int64
	var all sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n/chunkSize+1) {
		all.Go(func() {
			work := worker()
			for {
				from := int(next.Add(chunkSize)) - chunkSize
				if from >= n {
					return
				}
				work(from, min(from+chunkSize, n))
			}
		})
	}
	all.Wait()
}
