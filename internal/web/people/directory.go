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

// The names of what an address of the directory says.
const (
	textName  = "q"
	roomName  = "room"
	marksName = "list" // "kept" or "aside"
	afterName = "after"
)

// facets are the fields by which the list is narrowed, by the names that they have in the address.
var facets = []mentoring.Field{
	mentoring.FieldOffers, mentoring.FieldSeeks, mentoring.FieldSupport, mentoring.FieldSpecialties, "unit", "level",
	mentoring.FieldDistance, mentoring.FieldWhen, mentoring.FieldLanguages, mentoring.FieldInterests,
}

// openFacets are those that are unfolded from the start.
var openFacets = []mentoring.Field{mentoring.FieldOffers, mentoring.FieldLanguages}

// filterOf is what the address asks for.
func filterOf(c *page.Call) (f person.Filter, after string) {
	f = person.Filter{Text: c.Asked(textName), Room: c.Asked(roomName) == "1", Marks: c.Asked(marksName), Codes: map[mentoring.Field][]string{}}
	asked := c.Request.URL.Query()
	for _, field := range facets {
		for _, code := range asked[string(field)] {
			if code != "" && !slices.Contains(f.Codes[field], code) {
				f.Codes[field] = append(f.Codes[field], code)
			}
		}
	}
	return f, c.Asked(afterName)
}

// address is where a list is; the same filter has the same address.
func address(f person.Filter, after string) string {
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
		return Path
	}
	return Path + "?" + values.Encode()
}

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

// A directory is the page of the list.
type directory struct {
	head           ui.Head
	search         ui.SearchBox
	facets         ui.Facets
	many           bool // too many are found to be counted
	views          []view
	found          string
	filters        ui.Filters
	hint           *ui.Notice // how to get reasons, for who has not said what would help
	cards          []card
	empty          *ui.Empty
	first, further string // addresses of the pages before and after this one
	order          string
}

// A view is a part of the list that can be looked at by itself.
type view struct {
	ui.Link
	current bool
}

// Directory lists those who asked to be listed.
func Directory(c *page.Call) error {
	f, after := filterOf(c)
	l, err := c.House.People.Directory(c.Request.Context(), c.Visit, f, after)
	if err != nil {
		return err
	}
	d := directory{
		head:   ui.Head{Title: c.Say("people.title"), Lead: c.Say("people.lead")},
		search: ui.SearchBox{Action: Path, Name: textName, Value: f.Text, Label: c.Say("people.search"), Target: "listing", Keep: carried(f, true)},
		facets: ui.Facets{Action: Path, Groups: groups(c, l), Keep: append(carried(f, false), unshown(f, l)...)}, many: l.More, views: views(c, f), found: found(c, l),
		filters: chips(c, f, l), order: order(c, f, l),
	}
	for _, one := range l.Cards {
		d.cards = append(d.cards, cardOf(c, one, address(f, after)))
	}
	if len(l.Cards) > 0 && !slices.ContainsFunc(l.Cards, saysPurpose) {
		d.hint = &ui.Notice{Text: c.Say("people.hint"), Link: ui.Link{Label: c.Say("people.hint.go"), Href: profilePath}}
	}
	if len(l.Cards) == 0 && after == "" {
		d.empty = none(c, f, l.Wider)
	}
	if after != "" {
		d.first = address(f, "")
	}
	if l.Next != "" {
		d.further = address(f, l.Next)
	}
	readers := ui.WhoSees{Text: c.Say("people.readers"), Href: "/who-sees-what"}
	return c.Show(ui.Page{Title: d.head.Title, Readers: readers}, directoryPage(c.Words, d))
}

// carried are the parts of the address that a form takes along: what was typed belongs to one of the two forms, and what
// was chosen to the other.
func carried(f person.Filter, typing bool) (all []ui.Hidden) {
	add := func(name, value string) {
		if value != "" {
			all = append(all, ui.Hidden{Name: name, Value: value})
		}
	}
	add(marksName, f.Marks)
	if f.Room {
		add(roomName, "1")
	}
	if !typing {
		add(textName, f.Text)
		return all
	}
	for _, field := range facets {
		for _, code := range f.Codes[field] {
			add(string(field), code)
		}
	}
	return all
}

// unshown are the values that were chosen and stand among no counts, since nobody has them: they stay chosen until they
// are taken off.
func unshown(f person.Filter, l person.Listing) (all []ui.Hidden) {
	for _, field := range facets {
		for _, code := range f.Codes[field] {
			if !slices.ContainsFunc(l.Facets, func(one person.Facet) bool {
				return one.Field == field && slices.ContainsFunc(one.Values, func(v person.FacetValue) bool { return v.Code == code })
			}) {
				all = append(all, ui.Hidden{Name: string(field), Value: code})
			}
		}
	}
	return all
}

// groups are the facets with their counts.
func groups(c *page.Call, l person.Listing) (all []ui.Facet) {
	for _, f := range l.Facets {
		g := ui.Facet{Name: string(f.Field), Label: c.Say("people.facet." + string(f.Field)), Open: slices.Contains(openFacets, f.Field)}
		for _, v := range f.Values {
			g.Options = append(g.Options, ui.FacetOption{Value: v.Code, Label: valueLabel(c, f.Field, v.Code, v.En, v.Fr), Count: v.People, Chosen: v.Chosen})
			g.Open = g.Open || v.Chosen
		}
		all = append(all, g)
	}
	return all
}

// valueLabel are the words for a value of a facet.
func valueLabel(c *page.Call, field mentoring.Field, code, en, fr string) string {
	switch {
	case field == mentoring.FieldWhen:
		return upper(wordsFor(c, "people.when.", code))
	case field == mentoring.FieldDistance:
		return upper(wordsFor(c, "people.distance.", code))
	case field == mentoring.FieldSupport:
		return upper(label(c, c.Lists().Supports(), mentoring.Term{Code: code, Label: code}))
	case language(c) == vocabulary.French && fr != "":
		return upper(fr)
	case en != "":
		return upper(en)
	}
	return code
}

// views are the parts of the list.
func views(c *page.Call, f person.Filter) (all []view) {
	for _, one := range []struct {
		key, marks string
		room       bool
	}{{"people.view.all", "", false}, {"people.view.room", "", true}, {"people.view.kept", "kept", false}, {"people.view.aside", "aside", false}} {
		to := f
		to.Marks, to.Room = one.marks, one.room
		all = append(all, view{ui.Link{Label: c.Say(one.key), Href: address(to, "")}, f.Marks == one.marks && f.Room == one.room})
	}
	return all
}

// found says how many there are.
func found(c *page.Call, l person.Listing) string {
	switch {
	case l.More:
		return c.Say("people.found.more", "n", l.Total)
	case l.Total == 0:
		return c.Say("people.found.none")
	}
	return c.Words.Count("people.found", int64(l.Total))
}

// chips are what the list is narrowed by, each with the way to take it off.
func chips(c *page.Call, f person.Filter, l person.Listing) (all ui.Filters) {
	for _, field := range facets {
		for _, code := range f.Codes[field] {
			all.Chips = append(all.Chips, ui.Chip{Label: chosenLabel(c, l, field, code), Remove: address(without(f, field, code), "")})
		}
	}
	if len(all.Chips) > 1 {
		cleared := f
		cleared.Codes = nil
		all.Clear = address(cleared, "")
	}
	return all
}

// chosenLabel are the words for a value that was chosen, also where nobody has it or the list is too long to be counted.
func chosenLabel(c *page.Call, l person.Listing, field mentoring.Field, code string) string {
	for _, one := range l.Facets {
		for _, v := range one.Values {
			if one.Field == field && v.Code == code {
				return valueLabel(c, field, code, v.En, v.Fr)
			}
		}
	}
	for _, list := range listsOf[field] {
		if t, known := list().Find(code); known {
			return upper(t.Label(language(c)))
		}
	}
	return valueLabel(c, field, code, "", "")
}

var listsOf = map[mentoring.Field][]func() *vocabulary.List{
	mentoring.FieldOffers: {vocabulary.Purposes}, mentoring.FieldSeeks: {vocabulary.Purposes}, "level": {vocabulary.Levels, vocabulary.Ranks},
	mentoring.FieldSpecialties: {vocabulary.Specialties}, mentoring.FieldInterests: {vocabulary.Interests, vocabulary.Subjects},
	mentoring.FieldLanguages: {vocabulary.Languages},
}

// order says how the order of the list is made.
func order(c *page.Call, f person.Filter, l person.Listing) string {
	if f.Text != "" && !l.More {
		return c.Say("people.order.words")
	}
	return c.Say("people.order.names")
}

// none is what stands in place of a list without anybody, with what to do next.
func none(c *page.Call, f person.Filter, wider int) *ui.Empty {
	e := ui.Empty{Icon: ui.IconPeople}
	e.Title, e.Text = c.Say("people.none"), c.Say("people.none.text")
	all := f
	all.Codes, all.Room, all.Marks = nil, false, ""
	narrowed := len(f.Codes) > 0 || f.Room
	switch {
	case wider > 0 && (narrowed || f.Text != ""):
		e.Title, e.Text = c.Say("people.none.all-of-this"), c.Words.Count("people.none.wider", int64(wider))
		e.Actions = []ui.Button{{Label: c.Say("people.none.wider.show"), Kind: ui.Main, Href: address(all, "")}}
	case f.Marks == "kept" && f.Text == "":
		e.Title, e.Text = c.Say("people.none.kept"), c.Say("people.none.kept.text")
		e.Actions = []ui.Button{{Label: c.Say("people.view.all"), Href: Path}}
	case f.Marks == "aside" && f.Text == "":
		e.Title, e.Text = c.Say("people.none.aside"), c.Say("people.none.aside.text")
		e.Actions = []ui.Button{{Label: c.Say("people.view.all"), Href: Path}}
	case f.Text != "":
		e.Title, e.Text = c.Say("people.none.words", "words", c.Words.Quote(f.Text)), c.Say("people.none.words.text")
		e.Actions = []ui.Button{{Label: c.Say("people.view.all"), Href: Path}}
	case narrowed:
		e.Title, e.Text = c.Say("people.none.all-of-this"), c.Say("people.none.narrowed.text")
		e.Actions = []ui.Button{{Label: c.Say("people.view.all"), Href: Path}}
	default:
		e.Actions = []ui.Button{{Label: c.Say("people.none.offer"), Kind: ui.Main, Href: profilePath}}
	}
	return &e
}
