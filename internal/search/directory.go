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

// mostLater is from how many entries on, which are looked at one by one, they are better put on the shelf.
const mostLater = 500

// NewDirectory makes a directory. It costs some seconds for 200,000 entries, which may come in any order.
func NewDirectory(entries iter.Seq[Entry]) *Directory {
	return &Directory{shelf: newShelf(entries), later: map[string]Entry{}}
}

// Len is how many there are.
func (d *Directory) Len() int { return len(d.ids) - d.replaced.count() + len(d.later) }

// With is a directory in which some entries are other than they were, or new, and some gone. It is cheap for a few. After
// many, the directory is [Directory.Untidy].
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
	return next
}

// Untidy says whether so much has changed that the directory should be [Directory.Tidied], to answer as fast as before.
func (d *Directory) Untidy() bool { return len(d.later) > mostLater }

// Tidied is a directory that says the same and answers faster. It costs as much as a new one.
func (d *Directory) Tidied() *Directory { return NewDirectory(d.entries()) }

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
	Only   []Choice        // all of them hold
	Not    []Choice        // none of them holds; whoever may know of a value
	Among  []string        // ids of whom alone is asked; nil: of everybody
	Except map[string]bool // ids that are left out
	After  Place           // of the last one on the page before; zero: the first page is wanted
	Most   int             // on the page
	Count  []string        // fields of which each value is to be counted
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
	n := d.narrow(hits, ask)
	left := n.but("")
	judged := d.judgeLater(ask)
	later := placesOf(judged)
	answer := Answer{All: left.count() + len(later), Counts: map[string]map[string]int{}}
	answer.Page, answer.More = d.page(ask, d.inOrder(ask, hits, left), later)
	for _, field := range ask.Count {
		of := left
		if slices.ContainsFunc(ask.Only, func(c Choice) bool { return c.Field == field }) {
			of = n.but(field)
		}
		answer.Counts[field] = d.count(ask, field, of, judged)
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

// A narrowed directory is those on the shelf that are left by everything but choices, and those for whom each choice holds.
type narrowed struct {
	base   set
	only   []Choice
	chosen []set // by choice
}

// but is the set of those that are left by everything that is asked, except for the choice of a field.
func (n narrowed) but(field string) set {
	left := slices.Clone(n.base)
	for k, choice := range n.only {
		if choice.Field != field {
			left.keep(n.chosen[k])
		}
	}
	return left
}

func (d *Directory) narrow(hits []Hit, ask Ask) narrowed {
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
	for id := range ask.Except {
		if thing, ok := d.numbers[id]; ok {
			left.unset(int(thing))
		}
	}
	for _, choice := range ask.Not {
		left.remove(d.chosen(choice, Everybody))
	}
	n := narrowed{base: left, only: ask.Only}
	for _, choice := range ask.Only {
		n.chosen = append(n.chosen, d.chosen(choice, ask.Viewer))
	}
	return n
}

// chosen are those on the shelf for whom a choice holds.
func (d *Directory) chosen(choice Choice, viewer Audience) set {
	chosen := newSet(len(d.ids))
	for _, value := range choice.Values {
		d.codes[choice.Field][value].addTo(chosen, viewer)
	}
	return chosen
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
	return func(yield func(Place) bool) {
		const worst = Rank(mostTerms) * Mistake
		for rank, more := ask.After.Rank, true; more && rank <= worst; rank++ {
			more = false // whether there are worse ones
			for _, hit := range hits {
				if hit.Rank != rank {
					more = more || hit.Rank > rank
					continue
				}
				if (rank > ask.After.Rank || hit.Thing >= next) && left.has(hit.Thing) && !yield(place(hit.Thing, rank)) {
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

// A judged entry answers the query and is not left out; lacking are the fields of choices that do not hold.
type judged struct {
	Entry
	rank    Rank
	lacking []string
}

// judgeLater judges those that came later.
func (d *Directory) judgeLater(ask Ask) (all []judged) {
	for _, entry := range d.later {
		if j, ok := entry.judge(ask); ok {
			all = append(all, j)
		}
	}
	return all
}

// placesOf are the places of those who lack nothing.
func placesOf(all []judged) (places []Place) {
	for _, j := range all {
		if len(j.lacking) == 0 {
			places = append(places, Place{j.rank, j.Sort, j.ID})
		}
	}
	slices.SortFunc(places, comparePlaces)
	return places
}

// judge says what an entry lacks, or that it is not found whatever is chosen.
func (e Entry) judge(ask Ask) (j judged, ok bool) {
	if ask.Except[e.ID] || ask.Among != nil && !slices.Contains(ask.Among, e.ID) {
		return j, false
	}
	for _, choice := range ask.Not {
		if e.has(choice, Everybody) {
			return j, false
		}
	}
	var words []string
	for _, word := range e.Words {
		if word.For&ask.Viewer != 0 {
			words = append(words, word.Text)
		}
	}
	if j.rank, ok = ask.Query.Match(words); !ok {
		return j, false
	}
	j.Entry = e
	for _, choice := range ask.Only {
		if !e.has(choice, ask.Viewer) {
			j.lacking = append(j.lacking, choice.Field)
		}
	}
	return j, true
}

// has says whether a choice holds.
func (e Entry) has(choice Choice, viewer Audience) bool {
	return slices.ContainsFunc(e.Codes, func(c Code) bool {
		return c.Field == choice.Field && c.For&viewer != 0 && slices.Contains(choice.Values, c.Value)
	})
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
func (d *Directory) count(ask Ask, field string, left set, later []judged) map[string]int {
	counts := d.tally(field, left, ask.Viewer)
	for _, j := range later {
		if slices.ContainsFunc(j.lacking, func(lacking string) bool { return lacking != field }) {
			continue
		}
		var values []string
		for _, c := range j.Codes {
			if c.Field == field && c.For&ask.Viewer != 0 && !slices.Contains(values, c.Value) {
				values = append(values, c.Value)
				counts[c.Value]++
			}
		}
	}
	return counts
}
