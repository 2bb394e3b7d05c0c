package search

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"sort"
)

// An Entry is somebody in a directory.
type Entry struct {
	ID    string
	Sort  string // by it a list without a query is ordered, byte by byte; of those who have the same, by id
	Words []Word
	Codes []Code
}

// A Code is a value of a field by which a list can be narrowed.
type Code struct {
	Field, Value string
	For          Audience
}

// A Directory answers queries with filters about up to a few hundred thousand people in well under a millisecond, and
// counts what more filters would leave. It does not change; [Directory.With] makes the next one. Several goroutines may
// ask it.
type Directory struct {
	*shelf
	replaced set              // of the shelf
	later    map[string]Entry // those that came or changed since the shelf was made
}

// mostLater is how many entries are looked at one by one before they are put on the shelf.
const mostLater = 500

// NewDirectory makes a directory. It costs some seconds for 200,000 entries, which may come in any order.
func NewDirectory(entries iter.Seq[Entry]) *Directory {
	return &Directory{shelf: newShelf(entries), later: map[string]Entry{}}
}

// Len is how many there are.
func (d *Directory) Len() int { return len(d.ids) - d.replaced.count() + len(d.later) }

// With is a directory in which some entries are other than they were, or new, and some gone. It is cheap for a few, and
// makes everything anew for many.
func (d *Directory) With(changed []Entry, gone []string) *Directory {
	next := &Directory{shelf: d.shelf, replaced: slices.Clone(d.replaced), later: maps.Clone(d.later)}
	if next.replaced == nil {
		next.replaced = newSet(len(d.ids))
	}
	for _, id := range gone {
		next.remove(id)
	}
	for _, entry := range changed {
		next.remove(entry.ID)
		next.later[entry.ID] = entry
	}
	if len(next.later) > mostLater {
		return NewDirectory(next.entries())
	}
	return next
}

func (d *Directory) remove(id string) {
	delete(d.later, id)
	if thing, ok := d.numbers[id]; ok {
		d.replaced.set(int(thing))
	}
}

// entries are all of them.
func (d *Directory) entries() iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		for thing := range d.ids {
			if !d.replaced.has(thing) && !yield(d.entry(thing)) {
				return
			}
		}
		for _, entry := range d.later {
			if !yield(entry) {
				return
			}
		}
	}
}

// An Ask is what a viewer wants to know of a directory.
type Ask struct {
	Viewer Audience // one kind; words and codes that are not for it are not there
	Query  Query
	Only   []Choice // all of them hold
	Among  []string // ids of whom alone is asked; nil: of everybody
	Except []string // ids that are left out
	After  Place    // of the last one on the page before; zero: the first page is wanted
	Most   int      // on the page
	Count  []string // fields of which each value is to be counted
}

// A Choice holds for entries that have one of the values of a field.
type Choice struct {
	Field  string
	Values []string
}

// A Place is where somebody stands in a list: those who answer the query best first, and among them in order.
type Place struct {
	Rank     Rank
	Sort, ID string
}

func comparePlaces(a, b Place) int {
	return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.Sort, b.Sort), cmp.Compare(a.ID, b.ID))
}

// An Answer is a page of a list.
type Answer struct {
	Page []Place
	More bool // there is a page after it
	All  int  // on all pages
	// Counts says, by field and value, how many entries there would be if that value alone were chosen of the field.
	Counts map[string]map[string]int
}

// Find answers. It costs as much as the words that are found, and a few passes over one bit for each entry.
func (d *Directory) Find(ask Ask) Answer {
	hits := d.hits(ask)
	left := d.narrow(hits, ask, "")
	later := d.laterPlaces(ask, "")
	answer := Answer{All: left.count() + len(later), Counts: map[string]map[string]int{}}
	answer.Page, answer.More = d.page(ask, d.inOrder(ask, hits, left), later)
	for _, field := range ask.Count {
		answer.Counts[field] = d.count(ask, field, d.narrow(hits, ask, field))
	}
	return answer
}

// hits are those on the shelf that answer the query; all of them if it says nothing.
func (d *Directory) hits(ask Ask) []Hit {
	if ask.Query.Empty() {
		return nil
	}
	return d.words.Find(ask.Query, ask.Viewer)
}

// narrow is the set of those on the shelf that are left by everything that is asked, except for the choice of a field.
func (d *Directory) narrow(hits []Hit, ask Ask, but string) set {
	left := newSet(len(d.ids))
	if ask.Query.Empty() {
		left.fill(len(d.ids))
	}
	for _, hit := range hits {
		left.set(hit.Thing)
	}
	left.remove(d.replaced)
	if ask.Among != nil {
		among := newSet(len(d.ids))
		for _, id := range ask.Among {
			if thing, ok := d.numbers[id]; ok {
				among.set(int(thing))
			}
		}
		left.keep(among)
	}
	for _, id := range ask.Except {
		if thing, ok := d.numbers[id]; ok {
			left.unset(int(thing))
		}
	}
	for _, choice := range ask.Only {
		if choice.Field == but {
			continue
		}
		chosen := newSet(len(d.ids))
		for _, value := range choice.Values {
			d.codes[choice.Field][value].addTo(chosen, ask.Viewer)
		}
		left.keep(chosen)
	}
	return left
}

// inOrder gives those on the shelf that are left and come after the page before, by their places.
func (d *Directory) inOrder(ask Ask, hits []Hit, left set) iter.Seq[Place] {
	place := func(thing int, rank Rank) Place { return Place{rank, d.sorts[thing], d.ids[thing]} }
	next := 0 // the first one behind the page before, of the same rank
	if ask.After != (Place{}) {
		next = sort.Search(len(d.ids), func(thing int) bool { return comparePlaces(place(thing, ask.After.Rank), ask.After) > 0 })
	}
	if ask.Query.Empty() {
		return func(yield func(Place) bool) {
			for thing := left.from(next); thing >= 0 && yield(place(thing, 0)); thing = left.from(thing + 1) {
			}
		}
	}
	var behind [mostTerms*int(Mistake) + 1][]int32 // by rank
	for _, hit := range hits {
		if left.has(hit.Thing) && (hit.Rank > ask.After.Rank || hit.Rank == ask.After.Rank && hit.Thing >= next) {
			behind[hit.Rank] = append(behind[hit.Rank], int32(hit.Thing))
		}
	}
	return func(yield func(Place) bool) {
		for rank, things := range behind {
			for _, thing := range things {
				if !yield(place(int(thing), Rank(rank))) {
					return
				}
			}
		}
	}
}

// page puts the two parts of a directory together.
func (d *Directory) page(ask Ask, shelved iter.Seq[Place], later []Place) (page []Place, more bool) {
	later = slices.DeleteFunc(later, func(p Place) bool { return ask.After != (Place{}) && comparePlaces(p, ask.After) <= 0 })
	for p := range shelved {
		for len(later) > 0 && comparePlaces(later[0], p) < 0 && len(page) <= ask.Most {
			page, later = append(page, later[0]), later[1:]
		}
		if len(page) > ask.Most {
			break
		}
		page = append(page, p)
	}
	page = append(page, later...)
	return page[:min(len(page), ask.Most)], len(page) > ask.Most
}

// laterPlaces are the places of those that came later and are left by everything that is asked, except for the choice of
// a field.
func (d *Directory) laterPlaces(ask Ask, but string) []Place {
	var places []Place
	for _, entry := range d.later {
		if rank, ok := entry.answers(ask, but); ok {
			places = append(places, Place{rank, entry.Sort, entry.ID})
		}
	}
	slices.SortFunc(places, comparePlaces)
	return places
}

// answers says whether an entry is left by everything that is asked, except for the choice of a field.
func (e Entry) answers(ask Ask, but string) (Rank, bool) {
	if slices.Contains(ask.Except, e.ID) || ask.Among != nil && !slices.Contains(ask.Among, e.ID) {
		return 0, false
	}
	for _, choice := range ask.Only {
		chosen := func(c Code) bool {
			return c.Field == choice.Field && c.For&ask.Viewer != 0 && slices.Contains(choice.Values, c.Value)
		}
		if choice.Field != but && !slices.ContainsFunc(e.Codes, chosen) {
			return 0, false
		}
	}
	var words []string
	for _, word := range e.Words {
		if word.For&ask.Viewer != 0 {
			words = append(words, word.Text)
		}
	}
	return ask.Query.Match(words)
}

// few is one in how many of all are so few that it is quicker to look at each than at each value.
const few = 64

// tally counts the values of a field among some of the shelf.
func (d *Directory) tally(field string, left set, viewer Audience) map[string]int {
	counts := map[string]int{}
	if left.count()*few < len(d.ids) {
		for thing := left.from(0); thing >= 0; thing = left.from(thing + 1) {
			for _, c := range d.codesOf.at(thing) {
				if name := d.allCodes[c.code]; name.field == field && c.by&viewer != 0 {
					counts[name.value]++
				}
			}
		}
		return counts
	}
	for value, holders := range d.codes[field] {
		if n := holders.count(left, viewer); n > 0 {
			counts[value] = n
		}
	}
	return counts
}

// count counts the values of a field among those on the shelf that are left, and those that came later.
func (d *Directory) count(ask Ask, field string, left set) map[string]int {
	counts := d.tally(field, left, ask.Viewer)
	for _, entry := range d.later {
		if _, ok := entry.answers(ask, field); !ok {
			continue
		}
		var values []string
		for _, c := range entry.Codes {
			if c.Field == field && c.For&ask.Viewer != 0 && !slices.Contains(values, c.Value) {
				values = append(values, c.Value)
				counts[c.Value]++
			}
		}
	}
	return counts
}
