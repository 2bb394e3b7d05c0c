package score

import "slices"

// A Tree orders terms: what stands above a term is more general. A term has one name, perhaps synonyms, and at most
// one term above it. [NewTree] makes one.
type Tree struct {
	terms []Term
	at    map[string]int32 // by folded name or synonym
	above []int32          // the term above each; -1: none
	crown int32            // a term above all others, which says nothing of them; -1: there is none
}

// A Term is a name on a tree.
type Term struct {
	Name     string
	Above    string // the name of the more general term; "": there is none
	Synonyms []string
}

// A TreeFault is a term that cannot stand on a tree as it is.
type TreeFault struct {
	Term  int // its number
	Kind  TreeFaultKind
	Word  string // the name or synonym that is wrong
	Other int    // for TermTwice, the number of the term that has the word already
}

// TreeFaultKind is what is wrong with a term.
type TreeFaultKind uint8

const (
	TermTwice  TreeFaultKind = iota // the word stands for another term already, or twice
	TermOrphan                      // the term above it is not on the tree
	TermCycle                       // it stands above itself
)

// NewTree makes a tree of terms in any order, or says what is wrong with them, by their numbers. A synonym that is the
// name of its own term counts once.
func NewTree(terms []Term) (*Tree, []TreeFault) {
	t := &Tree{terms: terms, at: map[string]int32{}, above: make([]int32, len(terms)), crown: -1}
	var faults []TreeFault
	for k, term := range terms {
		for n, word := range slices.Concat([]string{term.Name}, term.Synonyms) {
			other, known := t.at[Fold(word)]
			switch {
			case !known:
				t.at[Fold(word)] = int32(k)
			case int(other) != k || n == 0:
				faults = append(faults, TreeFault{k, TermTwice, word, int(other)})
			}
		}
	}
	for k, term := range terms {
		t.above[k] = -1
		if term.Above == "" {
			continue
		}
		above, known := t.at[Fold(term.Above)]
		if !known {
			faults = append(faults, TreeFault{k, TermOrphan, term.Above, -1})
			continue
		}
		t.above[k] = above
	}
	for _, k := range t.cycles() {
		faults = append(faults, TreeFault{k, TermCycle, terms[k].Name, -1})
	}
	if len(faults) > 0 {
		return nil, faults
	}
	t.findCrown()
	return t, nil
}

// cycles lists the terms whose way up comes back to them. O(terms).
func (t *Tree) cycles() []int {
	const onTheWay, done = 1, 2
	state := make([]uint8, len(t.above))
	var cycles []int
	for k := range t.above {
		var way []int32
		at := int32(k)
		for at >= 0 && state[at] == 0 {
			state[at] = onTheWay
			way = append(way, at)
			at = t.above[at]
		}
		if at >= 0 && state[at] == onTheWay {
			for _, term := range way[slices.Index(way, at):] {
				cycles = append(cycles, int(term))
			}
		}
		for _, term := range way {
			state[term] = done
		}
	}
	slices.Sort(cycles)
	return cycles
}

// findCrown looks for the one term above all others.
func (t *Tree) findCrown() {
	for k, above := range t.above {
		if above >= 0 {
			continue
		}
		if t.crown >= 0 { // a second one: neither is above all
			t.crown = -1
			return
		}
		t.crown = int32(k)
	}
	if len(t.terms) == 1 {
		t.crown = -1
	}
}

// Has says whether a value is a term or a synonym of one.
func (t *Tree) Has(value string) bool {
	if t == nil {
		return false
	}
	_, known := t.at[Fold(value)]
	return known
}

// Words are all names and synonyms, those of a term together.
func (t *Tree) Words() []string {
	var words []string
	for _, term := range t.terms {
		words = append(append(words, term.Name), term.Synonyms...)
	}
	return words
}

// path gives a term and all above it, the term first, without a crown over all others.
func (t *Tree) path(term int32) []int32 {
	path := []int32{term}
	for at := t.above[term]; at >= 0 && at != t.crown; at = t.above[at] {
		path = append(path, at)
	}
	return path
}

// closures are the values of each person with everything above them on the tree, as increasing numbers. Values that
// are not on the tree are numbered from others.
type closures struct {
	tree   *Tree
	others map[string]int32
}

func (c *closures) of(values []string) []int32 {
	var all []int32
	for _, value := range values {
		folded := Fold(value)
		if folded == "" {
			continue
		}
		if c.tree != nil {
			if term, known := c.tree.at[folded]; known {
				all = append(all, c.tree.path(term)...)
				continue
			}
		}
		all = append(all, c.other(folded))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func (c *closures) other(folded string) int32 {
	number, known := c.others[folded]
	if !known {
		number = int32(len(c.others))
		if c.tree != nil {
			number += int32(len(c.tree.terms))
		}
		c.others[folded] = number
	}
	return number
}

// alone are the values themselves, without what is above them.
func (c *closures) alone(values []string) []int32 {
	var all []int32
	for _, value := range values {
		folded := Fold(value)
		if folded == "" {
			continue
		}
		if c.tree.Has(folded) {
			all = append(all, c.tree.at[folded])
			continue
		}
		all = append(all, c.other(folded))
	}
	slices.Sort(all)
	return slices.Compact(all)
}
