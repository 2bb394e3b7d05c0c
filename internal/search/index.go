package search

import (
	"cmp"
	"slices"
)

// An Audience is a set of kinds of viewers, a bit for each of up to eight. What they are is the caller's.
type Audience uint8

// Everybody is all kinds of viewers.
const Everybody Audience = 0xff

// A Word is a word, as [Words] gives it, and by whom it may be used to find what it belongs to.
type Word struct {
	Text string
	For  Audience
}

// For gives words to an audience.
func (a Audience) For(words []string) []Word {
	all := make([]Word, len(words))
	for k, text := range words {
		all[k] = Word{text, a}
	}
	return all
}

// An Index holds things by their words, in memory. It does not change, so several goroutines may ask it.
type Index struct {
	n     int
	words []string  // sorted
	has   [][]owner // by word, ascending
	keys  []wordKey // sorted
}

// An owner is a thing that has a word, or a code.
type owner struct {
	thing int32
	by    Audience // who may know
}

// A wordKey is a key of a word.
type wordKey struct {
	key  uint32
	word int32
}

// A Hit is a thing that answers a query.
type Hit struct {
	Thing int // its number
	Rank  Rank
}

// NewIndex makes an index of n things, numbered from 0, whose words a function says.
func NewIndex(n int, words func(thing int) []Word) *Index {
	of := map[string][]owner{}
	for thing := range n {
		for _, word := range words(thing) {
			of[word.Text] = add(of[word.Text], thing, word.For)
		}
	}
	x := &Index{n: n, words: make([]string, 0, len(of))}
	for word := range of {
		x.words = append(x.words, word)
	}
	slices.Sort(x.words)
	x.has = make([][]owner, len(x.words))
	for k, word := range x.words {
		x.has[k] = slices.Clip(of[word])
		for _, key := range Keys(word) {
			x.keys = append(x.keys, wordKey{key, int32(k)})
		}
	}
	slices.SortFunc(x.keys, compareKeys)
	return x
}

// add adds a thing to the owners of something; one that is there may then be known to both audiences.
func add(owners []owner, thing int, by Audience) []owner {
	if last := len(owners) - 1; last >= 0 && owners[last].thing == int32(thing) {
		owners[last].by |= by
		return owners
	}
	return append(owners, owner{int32(thing), by})
}

func compareKeys(a, b wordKey) int {
	return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.word, b.word))
}

// Find gives the things that answer a query of a viewer, by their number. For each of them it says what [Query.Match]
// says of the words that are for the viewer. Nothing answers a query that says nothing: whoever lists everything needs
// no index.
func (x *Index) Find(q Query, viewer Audience) []Hit {
	if q.Empty() {
		return nil
	}
	best := make([]uint8, x.n) // ranks are one higher here, so that 0 is none
	var found []int32
	for k, reading := range q.Readings {
		if k == 0 {
			found = x.read(reading, viewer, best)
			continue
		}
		ranks := make([]uint8, x.n)
		for _, thing := range x.read(reading, viewer, ranks) {
			if best[thing] == 0 {
				found = append(found, thing)
			}
			if best[thing] == 0 || ranks[thing] < best[thing] {
				best[thing] = ranks[thing]
			}
		}
	}
	return inOrder(found, best)
}

// inOrder makes hits of things and their ranks. Where there are many, it is quicker to go through all.
func inOrder(found []int32, ranks []uint8) []Hit {
	hits := make([]Hit, 0, len(found))
	if len(found) > len(ranks)/64 {
		for thing, rank := range ranks {
			if rank > 0 {
				hits = append(hits, Hit{thing, Rank(rank) - 1})
			}
		}
		return hits
	}
	slices.Sort(found)
	for _, thing := range found {
		hits = append(hits, Hit{int(thing), Rank(ranks[thing]) - 1})
	}
	return hits
}

// read finds what answers all terms. It fills in ranks, which are 0 before, and lists the things in no order.
func (x *Index) read(terms []Term, viewer Audience, ranks []uint8) []int32 {
	var found []int32
	sum, own := ranks, ranks
	for k, t := range terms {
		switch k {
		case 0:
		case 1:
			own = make([]uint8, x.n)
		default:
			clear(own)
		}
		x.answer(t, func(word int, rank Rank) {
			for _, o := range x.has[word] {
				if o.by&viewer == 0 {
					continue
				}
				had := own[o.thing]
				if had == 0 && k == 0 {
					found = append(found, o.thing)
				}
				if had == 0 || uint8(rank)+1 < had {
					own[o.thing] = uint8(rank) + 1
				}
			}
		})
		if k == 0 {
			continue
		}
		left := found[:0]
		for _, thing := range found {
			if own[thing] == 0 {
				sum[thing] = 0
				continue
			}
			sum[thing] += own[thing] - 1
			left = append(left, thing)
		}
		found = left
	}
	return found
}

// answer says which words answer a term, and how well.
func (x *Index) answer(t Term, say func(word int, rank Rank)) {
	from, before := t.Span()
	at, is := slices.BinarySearch(x.words, from)
	if is {
		say(at, Exact)
	}
	if t.Prefix {
		for ; at < len(x.words) && x.words[at] < before; at++ {
			if x.words[at] != from {
				say(at, Begins)
			}
		}
	}
	for _, key := range t.Keys() {
		at, _ := slices.BinarySearchFunc(x.keys, wordKey{key: key}, compareKeys)
		for ; at < len(x.keys) && x.keys[at].key == key; at++ {
			if rank, ok := t.Match(x.words[x.keys[at].word]); ok && rank == Mistake {
				say(int(x.keys[at].word), Mistake)
			}
		}
	}
}
