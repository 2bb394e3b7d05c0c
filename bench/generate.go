package main

import (
	"bufio"
	"io"
	"math/bits"
	"slices"
	"strconv"
)

// An instance is one seeded, mentoring-shaped matching problem: a quarter as many mentors as mentees, popularity by a
// Zipf-Mandelbrot law, capacities from 1 to capMax. Equal parameters give equal bytes on every machine.
type instance struct {
	stable bool // both sides rank; else scored pairs
	n      uint32
	seed   uint64
	zipf   uint64 // popularity of the mentor of rank r is 1/(r+zipf); 0: a hundredth of the mentors
	coarse bool   // few different scores, many ties
	capMax uint64
	ties   bool

	lists [][]uint32 // per mentee, mentors
	score [][]uint32 // per mentee, when not stable
	cap   []uint32
	ranks [][]int64 // per mentor, mentees best first, when stable; negative: tied with the one before
}

// splitmix is the generator of Steele, Lea and Flood (2014).
type splitmix uint64

func (s *splitmix) next() uint64 {
	*s += 0x9e3779b97f4a7c15
	z := uint64(*s)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below is a number from 0 to n-1.
func (s *splitmix) below(n uint64) uint64 {
	high, _ := bits.Mul64(s.next(), n)
	return high
}

// generate fills the instance.
func (in *instance) generate() {
	r := splitmix(in.seed)
	m := max(1, in.n/4)
	q := in.zipf
	if q == 0 {
		q = uint64(max(1, m/100))
	}
	who := make([]uint32, m)
	for i := range who {
		who[i] = uint32(i)
	}
	for i := m; i > 1; i-- {
		j := r.below(uint64(i))
		who[i-1], who[j] = who[j], who[i-1]
	}
	cumulative := make([]uint64, m+1)
	for j := range m {
		cumulative[j+1] = cumulative[j] + 1000000000000/(uint64(j)+q)
	}
	in.cap = make([]uint32, m)
	for j := range in.cap {
		in.cap[j] = uint32(1 + r.below(in.capMax))
	}
	stamp := make([]uint32, m)
	in.lists = make([][]uint32, in.n)
	for i := range in.n {
		k := uint32(32)
		if in.stable {
			k = 10 + uint32(r.below(11))
		}
		k = min(k, m)
		for uint32(len(in.lists[i])) < k {
			x := r.below(cumulative[m])
			at, found := slices.BinarySearch(cumulative, x)
			if found {
				for at <= int(m) && cumulative[at] == x {
					at++
				}
			}
			j := who[at-1]
			if stamp[j] != i+1 {
				stamp[j] = i + 1
				in.lists[i] = append(in.lists[i], j)
			}
		}
	}
	if in.stable {
		in.rankByMentors(&r)
	} else {
		in.scorePairs(&r)
	}
}

func (in *instance) scorePairs(r *splitmix) {
	in.score = make([][]uint32, in.n)
	for i, list := range in.lists {
		slices.Sort(list)
		in.score[i] = make([]uint32, len(list))
		for e := range list {
			if in.coarse {
				// The numbers are drawn in the order in which the generator in C++ draws them.
				a, b, d, c := r.below(5), r.below(3), r.below(5), r.below(9)
				in.score[i][e] = uint32(500*a + 1000*b + 250*c + 1000*d)
			} else {
				in.score[i][e] = uint32(r.below(10001))
			}
		}
	}
}

func (in *instance) rankByMentors(r *splitmix) {
	in.ranks = make([][]int64, len(in.cap))
	for i, list := range in.lists {
		for _, j := range list {
			in.ranks[j] = append(in.ranks[j], int64(i)+1)
		}
	}
	for _, list := range in.ranks {
		for k := uint64(len(list)); k > 1; k-- {
			a := r.below(k)
			list[k-1], list[a] = list[a], list[k-1]
		}
		for e := range list {
			if in.ties && e > 0 && r.below(2) == 1 {
				list[e] = -list[e]
			}
		}
	}
}

// write writes the instance in the text form that the peer programs read.
func (in *instance) write(w io.Writer) error {
	out := bufio.NewWriterSize(w, 1<<20)
	var scratch []byte
	put := func(v int64, last bool) {
		scratch = strconv.AppendInt(scratch[:0], v, 10)
		if last {
			scratch = append(scratch, '\n')
		} else {
			scratch = append(scratch, ' ')
		}
		out.Write(scratch)
	}
	edges := 0
	for _, list := range in.lists {
		edges += len(list)
	}
	if in.stable {
		out.WriteString("hr 1 ")
	} else {
		out.WriteString("bm 1 ")
	}
	put(int64(in.n), false)
	put(int64(len(in.cap)), false)
	put(int64(edges), true)
	if !in.stable {
		for j, c := range in.cap {
			put(int64(c), j+1 == len(in.cap))
		}
	}
	for i, list := range in.lists {
		put(int64(len(list)), false)
		for e, j := range list {
			put(int64(j)+1, in.stable && e+1 == len(list))
			if !in.stable {
				put(int64(in.score[i][e]), e+1 == len(list))
			}
		}
	}
	for j, list := range in.ranks {
		put(int64(in.cap[j]), false)
		put(int64(len(list)), len(list) == 0)
		for e, i := range list {
			put(i, e+1 == len(list))
		}
	}
	return out.Flush()
}
