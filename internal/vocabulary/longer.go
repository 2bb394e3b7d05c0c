package vocabulary

import (
	"slices"
	"sync"
)

// A longer list is kept with the short one that it begins with: it is made once for two editions, not for every reader.
type longer struct {
	mu     sync.Mutex
	behind *List
	both   *List
}

// before is a list with another one behind it. When the pair is new it costs another 20 ms, and a megabyte as long as the
// editions are in use.
func (l *List) before(other *List) *List {
	l.longer.mu.Lock()
	defer l.longer.mu.Unlock()
	if l.longer.behind != other {
		l.longer.behind, l.longer.both = other, joined(l, other)
	}
	return l.longer.both
}

// joined has the terms of both lists, of a code that both have the short one's. A term of the long one that has a name of
// the short one's is retired in favour of that.
func joined(short, long *List) *List {
	terms := slices.Clone(short.Terms)
	for _, t := range long.Terms {
		if _, both := short.Find(t.Code); both {
			continue
		}
		for _, name := range t.names() {
			if same, known := short.Called(name); known && !t.Retired {
				t.Retired, t.Successor = true, same.Code
			}
		}
		terms = append(terms, t)
	}
	return newList(short.Name, short.Edition, short.Licence, short.Source, terms)
}
