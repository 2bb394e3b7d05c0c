package person

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"slices"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/search"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/vocabulary"
)

// PageSize is how many people a page of a list has.
const PageSize = 20

// A Filter is what somebody looks for.
type Filter struct {
	Text  string                       // as it was typed
	Codes map[mentoring.Field][]string // one of them in each field; besides fields of profiles unit, level and distance
	Room  bool                         // only those who have room
	Marks string                       // "": all but those set aside; "kept"; "aside"
}

// A Card is a person in a list: the page as the viewer would see it, and why this one suits them.
type Card struct {
	Page
	Reasons, Gaps []mentoring.Point // empty for coordinators
}

// A Listing is all that a page of a list shows.
type Listing struct {
	Cards  []Card
	Total  int
	More   bool    // there are more than Total, and they were not counted; there are no facets then
	Facets []Facet // of all who are found
	Next   string  // where the next page begins; "": this is the last one
	Wider  int     // if nothing was found, how many there are without the filters but with the text
}

// A Facet is a field with how many have which code in it, the most first. Within a field that is filtered by, they count
// as if it were not.
type Facet struct {
	Field  mentoring.Field
	Values []FacetValue
}

// A FacetValue is a code with its words. Chosen says that the filter has it.
type FacetValue struct {
	Code, En, Fr string
	People       int
	Chosen       bool
}

// mostValues is how many values of a facet are shown, besides the chosen ones.
const mostValues = 30

// Directory lists those who asked to be listed, for members. What is not shown to members is neither found, counted nor
// used for the order, which is that of names, or of how well names and words answer what was typed.
func (p *People) Directory(ctx context.Context, v account.Visit, f Filter, after string) (l Listing, err error) {
	err = p.view(ctx, v, func(w *work) error {
		if err := mentoring.May(w.actor, mentoring.LookPeopleUp, own(v, mentoring.Profile)).Refused(); err != nil {
			return err
		}
		me, err := w.load(string(w.actor.Person))
		if err != nil {
			return err
		}
		l, err = w.list(f, "", after, func(k *kept) Card {
			c := Card{Page: k.pageOf(mentoring.Member, w.today)}
			c.Reasons, c.Gaps = me.suits(c.Page, w.today)
			return c
		})
		return err
	})
	return l, err
}

// List lists the people of a program for a coordinator of it, who sees of each what the page of that person would show.
// Those over whom the coordinator has authority are for a deputy (CF-9), and neither found nor counted. Whoever is shown
// can read in their trail that it happened.
func (p *People) List(ctx context.Context, v account.Visit, program mentoring.ProgramID, f Filter, after string) (l Listing, err error) {
	err = p.act(ctx, v, mentoring.ListPeople, settings(program), func(w *work) error {
		var shown []string
		l, err = w.list(f, program, after, func(k *kept) Card {
			shown = append(shown, k.id)
			return Card{Page: w.coordinatorsPage(k, program)}
		})
		if err == nil && len(shown) > 0 {
			err = w.log("person.list", "program settings", string(program), nil, nil, shown...)
		}
		return err
	})
	return l, err
}

// coordinatorsPage is a profile as the actor sees it in a list of a program, where their own is like that of others.
func (w *work) coordinatorsPage(k *kept, program mentoring.ProgramID) Page {
	as, _ := mentoring.EyeOf(w.actor, k.object(Context{Program: program}))
	if as == mentoring.Self {
		as = mentoring.Coordinator
	}
	return k.pageOf(as, w.today)
}

func (w *work) list(f Filter, program mentoring.ProgramID, after string, card func(k *kept) Card) (l Listing, err error) {
	q, err := w.searchFor(f, program)
	if err != nil {
		return l, err
	}
	place, err := readPlace(after)
	if err != nil {
		return l, err
	}
	shown, err := w.find(q, place, &l)
	if err != nil {
		return l, err
	}
	if len(shown) > PageSize {
		shown = shown[:PageSize]
		l.Next = writePlace(shown[PageSize-1])
	}
	marks, err := w.marks()
	if err != nil {
		return l, err
	}
	for _, one := range shown {
		k, err := w.load(one.ID)
		if err != nil {
			return l, err
		}
		c := card(&k)
		c.Mark = marks[one.ID]
		l.Cards = append(l.Cards, c)
	}
	return l, nil
}

func (w *work) marks() (map[string]string, error) {
	all, err := w.Marks(string(w.actor.Person))
	at := map[string]string{}
	for _, m := range all {
		at[m.Other] = m.Kind
	}
	return at, err
}

// A query is a filter as it is looked for.
type query struct {
	store.Search
	reach  int                 // the narrowest audience that the viewer is part of
	codes  map[string][]string // by field; one of them in each
	text   search.Query
	ranges [][][]store.Range // by reading and term: where the words stand that answer it
}

// searchFor is a filter as the store looks for it. It takes the fields of facets and no others: whatever else somebody is,
// nobody can look for it (AP-5).
// In a program it is a coordinator who looks, and marks are for members alone.
func (w *work) searchFor(f Filter, program mentoring.ProgramID) (q query, err error) {
	if !slices.Contains([]string{"", "kept", "aside"}, f.Marks) {
		return q, mentoring.NotHere()
	}
	q.Search = store.Search{Viewer: string(w.actor.Person), Program: string(program), Marks: f.Marks, Room: f.Room, Today: string(w.today)}
	if program != "" {
		q.reach, q.Marks = int(mentoring.Coordinators), ""
	}
	q.codes = map[string][]string{}
	q.text = search.Parse(firstLetters(f.Text, mentoring.MostLine))
	for field, codes := range f.Codes {
		if !slices.Contains(facetFields, field) || len(codes) > mostChosen {
			return q, mentoring.NotHere()
		}
		if len(codes) > 0 {
			q.codes[string(field)] = codes
		}
	}
	return q, nil
}

// mostChosen is how many codes of a field can be chosen at once.
const mostChosen = 50

// firstLetters is what can be typed into a search.
func firstLetters(text string, most int) string {
	n := 0
	for at := range text {
		if n++; n > most {
			return text[:at]
		}
	}
	return text
}

// rangesOf finds where the words stand that answer what was typed: those that are spelt so, and those a mistake away.
func (w *work) rangesOf(q *query) error {
	for _, terms := range q.text.Readings {
		var reading [][]store.Range
		for _, t := range terms {
			low, high := t.Span()
			if !t.Prefix {
				high = low + "\x01"
			}
			ranges := []store.Range{{Low: low, High: high}}
			near, err := w.WordsNear(t.Keys())
			if err != nil {
				return err
			}
			slices.Sort(near)
			for _, word := range slices.Compact(near) {
				if rank, ok := t.Match(word); ok && rank == search.Mistake {
					ranges = append(ranges, store.Range{Low: word, High: word + "\x01"})
				}
			}
			reading = append(reading, ranges)
		}
		q.ranges = append(q.ranges, reading)
	}
	return nil
}

// facetFields are the fields of facets in the order in which they are shown.
var facetFields = []mentoring.Field{
	mentoring.FieldOffers, mentoring.FieldSeeks, mentoring.FieldSupport, mentoring.FieldSpecialties, fieldUnit, fieldLevel,
	fieldDistance, mentoring.FieldWhen, mentoring.FieldLanguages, mentoring.FieldInterests,
}

func facetsOf(counts map[string]map[string]int, chosen map[string][]string, tree forest) (all []Facet) {
	for _, field := range facetFields {
		f := Facet{Field: field}
		for code, people := range counts[string(field)] {
			value := FacetValue{Code: code, People: people, Chosen: slices.Contains(chosen[string(field)], code)}
			value.En, value.Fr = wordsOf(field, code, tree)
			f.Values = append(f.Values, value)
		}
		slices.SortFunc(f.Values, func(a, b FacetValue) int {
			return cmp.Or(-cmp.Compare(a.People, b.People), cmp.Compare(a.Code, b.Code))
		})
		shown := 0
		f.Values = slices.DeleteFunc(f.Values, func(v FacetValue) bool { shown++; return shown > mostValues && !v.Chosen })
		if len(f.Values) > 0 {
			all = append(all, f)
		}
	}
	return all
}

// wordsOf are the words for a code of a facet in both languages; "" where pages have them, as for times and distances.
func wordsOf(field mentoring.Field, code string, tree forest) (en, fr string) {
	if field == fieldUnit {
		return tree.en[mentoring.UnitID(code)], tree.fr[mentoring.UnitID(code)]
	}
	from := []*vocabulary.List{}
	if list := lists[field]; list != nil {
		from = append(from, list(tree.lists))
	}
	if field == fieldLevel {
		from = append(from, tree.lists.Levels(), tree.lists.Ranks())
	}
	for _, list := range from {
		if t, known := list.Find(code); known {
			return t.En, t.Fr
		}
	}
	return "", ""
}

// sideOf is what a page shows, as reasons are made of it.
func sideOf(p Page) mentoring.Side {
	return mentoring.Side{
		Seeks: p.Seeks, Offers: p.Offers, Specialties: p.Specialties, Interests: p.Interests, Languages: p.Languages, When: p.When,
		Distance: p.Distance, Place: p.Place, Home: p.Home, Destination: p.Destination.Place, Room: p.Room,
	}
}

// A place is one in a list: by how well the text is answered, then in the order of names.
type place struct {
	Rank int
	store.Found
}

// writePlace is a place in a list, for the address of the next page.
func writePlace(p place) string {
	text, err := json.Marshal(p)
	if err != nil {
		panic(err) // it holds texts and numbers
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

func readPlace(text string) (p place, err error) {
	if text == "" {
		return p, nil
	}
	plain, err := base64.RawURLEncoding.DecodeString(text)
	if err == nil {
		err = json.Unmarshal(plain, &p)
	}
	if err != nil || p.ID == "" {
		return place{}, mentoring.NotHere()
	}
	return p, nil
}

// Mark keeps somebody on the visitor's own list, sets them aside, or takes that back (""). Nobody is told.
func (p *People) Mark(ctx context.Context, v account.Visit, other mentoring.PersonID, kind string) error {
	if !slices.Contains([]string{"", "kept", "aside"}, kind) || other == v.Actor.Person {
		return mentoring.NotHere()
	}
	return p.act(ctx, v, mentoring.MarkPeople, own(v, mentoring.Account), func(w *work) error {
		k, err := w.load(string(other))
		if err != nil {
			return err
		}
		if kind != "" {
			if gone, err := w.isGone(other); err != nil || gone || k.pageOf(mentoring.Member, w.today).Nothing() {
				return cmp.Or(err, error(mentoring.NotHere()))
			}
		}
		me := string(w.actor.Person)
		if err := w.SetMark(me, store.Mark{Other: string(other), Kind: kind}, w.now); err != nil {
			return err
		}
		return w.log("person.mark", "account", me, nil, []any{other, kind})
	})
}
