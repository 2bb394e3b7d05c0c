package people

import (
	"net/url"
	"slices"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/vocabulary"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// The names of what an address of a list says.
const (
	textName  = "q"
	roomName  = "room"
	marksName = "list" // "kept" or "aside"
	afterName = "after"
)

// Facets that are parts of an appointment.
const (
	fieldUnit  mentoring.Field = "unit"
	fieldLevel mentoring.Field = "level"
)

// facets are the fields by which a list is narrowed, by the names that they have in the address.
var facets = []mentoring.Field{
	mentoring.FieldOffers, mentoring.FieldSeeks, mentoring.FieldSupport, mentoring.FieldSpecialties, fieldUnit, fieldLevel,
	mentoring.FieldDistance, mentoring.FieldWhen, mentoring.FieldLanguages, mentoring.FieldInterests,
}

// openFacets are those that are unfolded from the start.
var openFacets = []mentoring.Field{mentoring.FieldOffers, mentoring.FieldLanguages}

// A Search is what somebody looks for in a list of people, as the address of the list says it: the directory, or the
// people of a program.
type Search struct {
	person.Filter
	After string // where the page begins; "": at the first

	// Titles are the headings of facets, as keys, that differ from those of the directory.
	Titles map[mentoring.Field]string

	c    *page.Call
	list string // the path of the list
}

// SearchIn is what the address asks of the list at a path.
func SearchIn(c *page.Call, list string) Search {
	s := Search{c: c, list: list, After: c.Asked(afterName)}
	s.Filter = person.Filter{Text: c.Asked(textName), Room: c.Asked(roomName) == "1", Marks: c.Asked(marksName), Codes: map[mentoring.Field][]string{}}
	asked := c.Request.URL.Query()
	for _, field := range facets {
		for _, code := range asked[string(field)] {
			if code != "" && !slices.Contains(s.Codes[field], code) {
				s.Codes[field] = append(s.Codes[field], code)
			}
		}
	}
	return s
}

// Strictly refuses an address that asks for anything else than this, or than some other names: there is no list of those
// who have what nobody can look for (AP-5), and none that leaves out without a word what it was asked for.
func (s Search) Strictly(others ...string) error {
	for name := range s.c.Request.URL.Query() {
		known := name == textName || name == roomName || name == afterName || slices.Contains(facets, mentoring.Field(name))
		if !known && !slices.Contains(others, name) {
			return mentoring.NotHere()
		}
	}
	return nil
}

// At is the address at which this search stands behind a path, such as that of a person's page, which leads back.
func (s Search) At(path string) string { return addressAt(path, s.Filter, s.After) }

// to is where the list is with another filter; the same filter has the same address.
func (s Search) to(f person.Filter, after string) string { return addressAt(s.list, f, after) }

func addressAt(path string, f person.Filter, after string) string {
	values := url.Values{}
	for name, value := range map[string]string{textName: f.Text, marksName: f.Marks, afterName: after} {
		if value != "" {
			values.Set(name, value)
		}
	}
	if f.Room {
		values.Set(roomName, "1")
	}
	for field, codes := range f.Codes {
		values[string(field)] = codes
	}
	if len(values) == 0 {
		return path
	}
	return path + "?" + values.Encode()
}

// narrowed says whether a filter asks for more than words.
func narrowed(f person.Filter) bool { return len(f.Codes) > 0 || f.Room }

// without is a filter without one code of a field.
func without(f person.Filter, field mentoring.Field, code string) person.Filter {
	codes := map[mentoring.Field][]string{}
	for name, all := range f.Codes {
		rest := slices.Clone(all)
		if name == field {
			rest = slices.DeleteFunc(rest, func(c string) bool { return c == code })
		}
		if len(rest) > 0 {
			codes[name] = rest
		}
	}
	f.Codes = codes
	return f
}

// Listing is what stands around a page of the list that was found: words to look for, facets, chips, and the pages before
// and after. The rest is for whose list it is to say.
func (s Search) Listing(found person.Listing, label string) ui.Listing {
	l := ui.Listing{
		Search:  &ui.SearchBox{Action: s.list, Name: textName, Value: s.Text, Label: label, Target: ui.ListingID, Keep: s.carried(true)},
		Facets:  ui.Facets{Action: s.list, Groups: s.groups(found), Keep: append(s.carried(false), s.unshown(found)...)},
		Filters: s.chips(found),
	}
	if s.After != "" {
		l.First = ui.Link{Label: s.c.Say("people.first"), Href: s.to(s.Filter, "")}
	}
	if found.Next != "" {
		l.Further = ui.Link{Label: s.c.Say("people.further"), Href: s.to(s.Filter, found.Next)}
	}
	return l
}

// RoomViews are everybody, and those who have room.
func (s Search) RoomViews() (all []ui.View) {
	for _, one := range []struct {
		key  string
		room bool
	}{{"people.view.all", false}, {"people.view.room", true}} {
		f := s.Filter
		f.Room = one.room
		all = append(all, ui.View{Link: ui.Link{Label: s.c.Say(one.key), Href: s.to(f, "")}, Current: s.Marks == "" && s.Room == one.room})
	}
	return all
}

// carried are the parts of the address that a form takes along: what was typed belongs to one of the two forms, and what
// was chosen to the other.
func (s Search) carried(typing bool) (all []ui.Hidden) {
	for _, one := range s.Carried() {
		if chosen := slices.Contains(facets, mentoring.Field(one.Name)); typing && one.Name != textName || !typing && !chosen {
			all = append(all, one)
		}
	}
	return all
}

// Carried are all parts of the address that say what is looked for, for a form that takes them along.
func (s Search) Carried() (all []ui.Hidden) {
	add := func(name, value string) {
		if value != "" {
			all = append(all, ui.Hidden{Name: name, Value: value})
		}
	}
	add(marksName, s.Marks)
	if s.Room {
		add(roomName, "1")
	}
	add(textName, s.Text)
	for _, field := range facets {
		for _, code := range s.Codes[field] {
			add(string(field), code)
		}
	}
	return all
}

// unshown are the values that were chosen and stand among no counts, since nobody has them: they stay chosen until they
// are taken off.
func (s Search) unshown(l person.Listing) (all []ui.Hidden) {
	for _, field := range facets {
		for _, code := range s.Codes[field] {
			if _, shown := valueOf(l, field, code); !shown {
				all = append(all, ui.Hidden{Name: string(field), Value: code})
			}
		}
	}
	return all
}

// valueOf is a value among the counts.
func valueOf(l person.Listing, field mentoring.Field, code string) (person.FacetValue, bool) {
	for _, one := range l.Facets {
		for _, v := range one.Values {
			if one.Field == field && v.Code == code {
				return v, true
			}
		}
	}
	return person.FacetValue{}, false
}

// groups are the facets with their counts.
func (s Search) groups(l person.Listing) (all []ui.Facet) {
	for _, f := range l.Facets {
		title := s.Titles[f.Field]
		if title == "" {
			title = "people.facet." + string(f.Field)
		}
		g := ui.Facet{Name: string(f.Field), Label: s.c.Say(title), Open: slices.Contains(openFacets, f.Field)}
		for _, v := range f.Values {
			g.Options = append(g.Options, ui.FacetOption{Value: v.Code, Label: valueLabel(s.c, f.Field, v), Count: v.People, Chosen: v.Chosen})
			g.Open = g.Open || v.Chosen
		}
		all = append(all, g)
	}
	return all
}

// valueLabel are the words for a value of a facet.
func valueLabel(c *page.Call, field mentoring.Field, v person.FacetValue) string {
	switch {
	case field == mentoring.FieldWhen:
		return upper(wordsFor(c, "people.when.", v.Code))
	case field == mentoring.FieldDistance:
		return upper(wordsFor(c, "people.distance.", v.Code))
	case field == mentoring.FieldSupport:
		return upper(label(c, c.Lists().Supports(), mentoring.Term{Code: v.Code, Label: v.Code}))
	case language(c) == vocabulary.French && v.Fr != "":
		return upper(v.Fr)
	case v.En != "":
		return upper(v.En)
	}
	return v.Code
}

// chips are what the list is narrowed by, each with the way to take it off.
func (s Search) chips(l person.Listing) (all ui.Filters) {
	for _, field := range facets {
		for _, code := range s.Codes[field] {
			all.Chips = append(all.Chips, ui.Chip{Label: s.chosenLabel(l, field, code), Remove: s.to(without(s.Filter, field, code), "")})
		}
	}
	if len(all.Chips) > 1 {
		cleared := s.Filter
		cleared.Codes = nil
		all.Clear = s.to(cleared, "")
	}
	return all
}

// chosenLabel are the words for a value that was chosen, also where nobody has it or the list is too long to be counted.
func (s Search) chosenLabel(l person.Listing, field mentoring.Field, code string) string {
	if v, shown := valueOf(l, field, code); shown {
		return valueLabel(s.c, field, v)
	}
	if field == fieldUnit {
		return s.unitCalled(mentoring.UnitID(code))
	}
	for _, list := range listsOf[field] {
		if t, known := list(s.c.Lists()).Find(code); known {
			return upper(t.Label(language(s.c)))
		}
	}
	return valueLabel(s.c, field, person.FacetValue{Code: code})
}

// unitCalled is the name of a unit in which nobody is found, and its id where there is none.
func (s Search) unitCalled(id mentoring.UnitID) string {
	all, err := s.c.House.People.Units(s.c.Request.Context(), s.c.Visit)
	if k := slices.IndexFunc(all, func(u person.Unit) bool { return u.ID == id }); err == nil && k >= 0 {
		return unitName(s.c, all[k])
	}
	return string(id)
}

var listsOf = map[mentoring.Field][]func(vocabulary.Set) *vocabulary.List{
	mentoring.FieldOffers: {vocabulary.Set.Purposes}, mentoring.FieldSeeks: {vocabulary.Set.Purposes},
	fieldLevel:                 {vocabulary.Set.Levels, vocabulary.Set.Ranks},
	mentoring.FieldSpecialties: {vocabulary.Set.Specialties}, mentoring.FieldInterests: {vocabulary.Set.AllInterests},
	mentoring.FieldLanguages: {vocabulary.Set.Languages},
}

// None is what stands in place of a list in which nobody answers, with what to do next; nil where nothing was asked for.
// The title says that nobody has all that was chosen.
func (s Search) None(wider int, title string) *ui.Empty {
	c, e := s.c, ui.Empty{Icon: ui.IconPeople}
	e.Actions = []ui.Button{{Label: c.Say("people.view.all"), Href: s.list}}
	switch {
	case wider > 0 && (narrowed(s.Filter) || s.Text != ""):
		e.Title, e.Text = title, c.Words.Count("people.none.wider", int64(wider))
		e.Actions = []ui.Button{{Label: c.Say("people.none.wider.show"), Kind: ui.Main, Href: s.to(person.Filter{Text: s.Text}, "")}}
	case s.Text != "":
		e.Title, e.Text = c.Say("people.none.words", "words", c.Words.Quote(s.Text)), c.Say("people.none.words.text")
	case narrowed(s.Filter):
		e.Title, e.Text = title, c.Say("people.none.narrowed.text")
	default:
		return nil
	}
	return &e
}
