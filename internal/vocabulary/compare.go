package vocabulary

import "slices"

// A Change is a term that is not in one edition as it is in the other.
type Change struct {
	Was, Is Term // the zero value: it was not there, or is not
	Uses    int  // how many have chosen it
}

// A Difference is what changes from one edition of a list to another. Each term that changes stands in one place, the
// first that holds.
type Difference struct {
	Added   []Change
	Lost    []Change // not in the new file; [Replace] keeps them as retired terms
	Retired []Change
	Revived []Change // retired before, and offered again
	Renamed []Change // a label is another one: look whether the code still means the same
	Moved   []Change // in the tree
	Altered []Change // synonyms, zone, or successor
	Order   bool     // what was there and still is stands in another order
}

// None says whether the two editions are the same but for what they say of themselves.
func (d Difference) None() bool {
	return len(d.Added)+len(d.Lost)+len(d.Retired)+len(d.Revived)+len(d.Renamed)+len(d.Moved)+len(d.Altered) == 0 && !d.Order
}

// Compare says what changes from one edition to another. It is told how many have chosen each code.
func Compare(was, is *List, uses map[string]int) Difference {
	var d Difference
	for _, t := range is.Terms {
		before, there := was.Find(t.Code)
		c := Change{Was: before, Is: t, Uses: uses[t.Code]}
		switch {
		case !there:
			d.Added = append(d.Added, c)
		case t.Retired && !before.Retired:
			d.Retired = append(d.Retired, c)
		case !t.Retired && before.Retired:
			d.Revived = append(d.Revived, c)
		case t.En != before.En || t.Fr != before.Fr:
			d.Renamed = append(d.Renamed, c)
		case t.Parent != before.Parent:
			d.Moved = append(d.Moved, c)
		case !slices.Equal(t.Synonyms, before.Synonyms) || t.Zone != before.Zone || t.Successor != before.Successor:
			d.Altered = append(d.Altered, c)
		}
	}
	for _, t := range was.Terms {
		if _, there := is.Find(t.Code); !there {
			d.Lost = append(d.Lost, Change{Was: t, Uses: uses[t.Code]})
		}
	}
	d.Order = !slices.Equal(commonCodes(was, is), commonCodes(is, was))
	return d
}

// commonCodes are the codes of a list that are in another one too, in its order.
func commonCodes(of, and *List) []string {
	var codes []string
	for _, t := range of.Terms {
		if _, there := and.Find(t.Code); there {
			codes = append(codes, t.Code)
		}
	}
	return codes
}
