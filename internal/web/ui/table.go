package ui

import (
	"slices"
	"strconv"

	"github.com/a-h/templ"
	"github.com/chiron-mentoring/chiron/internal/locale"
)

// A Table is rows of the same things. On a phone its rows become cards.
type Table struct {
	Caption string
	Columns []Column
	Rows    []Row
	Empty   *Empty // shown instead if there are no rows
	Bare    bool   // the caption is for screen readers only, where a heading above says the same
}

// A Column is named at the top, or in front of each value on a phone.
type Column struct {
	Label  string
	Number bool   // stands at the right
	Long   bool   // holds sentences: on a phone they stand below the label
	Sort   string // where the rows are sorted by it
	Sorted Order
	Hidden bool // the label is for screen readers only, as over buttons
}

// An Order is how rows are sorted.
type Order string

const (
	Unsorted   Order = ""
	Ascending  Order = "ascending"
	Descending Order = "descending"
)

// A Row is one thing. Its first cell names it.
type Row []Cell

// A Cell is a value. The first of these that is set is shown.
type Cell struct {
	Person  *Person
	Tag     *Tag
	Tags    []Tag
	Actions []Button
	Part    templ.Component
	Text    string
	Href    string // of the Text
	Line    string // below the Text
}

func (c Column) class() string {
	switch {
	case c.Number:
		return "r"
	case c.Long:
		return "long"
	}
	return ""
}

func (c Column) attributes() templ.Attributes {
	if c.Sorted == Unsorted {
		return nil
	}
	return templ.Attributes{"aria-sort": string(c.Sorted)}
}

// labelled names a value on a phone.
func (c Column) labelled() templ.Attributes {
	if c.Hidden {
		return nil
	}
	return templ.Attributes{"data-l": c.Label}
}

func (c Cell) class(column Column) string {
	switch {
	case len(c.Actions) > 0:
		return "act"
	case c.nothing():
		return "nothing"
	}
	return column.class()
}

// nothing says that the cell is empty. On a phone nobody sees it.
func (c Cell) nothing() bool {
	return c.Person == nil && c.Tag == nil && len(c.Tags)+len(c.Actions) == 0 && c.Part == nil && c.Text+c.Line == ""
}

// Paging is where one is in a long list.
type Paging struct {
	Page, Pages  int                   // from 1
	From, To, Of int                   // of the things on the page, from 1
	Href         func(page int) string // where a page is
}

// near are the pages that are linked: the first, the last, and those about the present one. 0 stands for those left out.
func (p Paging) near() []int {
	var list []int
	for n := 1; n <= p.Pages; n++ {
		switch {
		case n == 1, n == p.Pages, n >= p.Page-1 && n <= p.Page+1:
			list = append(list, n)
		case list[len(list)-1] != 0:
			list = append(list, 0)
		}
	}
	return list
}

// Facets narrow a list. Each change is a new address.
type Facets struct {
	Action string
	Groups []Facet
	Keep   []Hidden // other parts of the address
}

// Hidden is a value that a form carries along.
type Hidden struct{ Name, Value string }

// A Facet is one way in which things differ.
type Facet struct {
	Name, Label string
	Options     []FacetOption
	Open        bool
}

// A FacetOption is a value, with how many things the list would hold.
type FacetOption struct {
	Value, Label string
	Count        int
	Chosen       bool
}

func (f Facet) id(k int) string { return f.Name + "-" + strconv.Itoa(k+1) }

// A SearchBox asks for words.
type SearchBox struct {
	Action, Name, Value, Label string
	Target                     string   // id of what htmx puts the answer into; empty: a new page
	Keep                       []Hidden // other parts of the address
}

func (s SearchBox) attributes() templ.Attributes {
	if s.Target == "" {
		return nil
	}
	return templ.Attributes{
		"hx-get": string(templ.URL(s.Action)), "hx-trigger": "input delay:250ms, submit", "hx-target": "#" + s.Target,
		"hx-select": "#" + s.Target, "hx-swap": "outerMorph", "hx-push-url": "true",
	}
}

// A Chip is one thing that a list is narrowed by.
type Chip struct{ Label, Remove string }

// Filters are all that a list is narrowed by.
type Filters struct {
	Chips []Chip
	Clear string
}

// Places says which of how many things a page shows.
func (p Paging) places(w *locale.Catalogue) string {
	return w.Say("ui.pages.shown", "from", p.From, "to", p.To, "of", p.Of)
}

func (t Table) sorts() bool {
	return slices.ContainsFunc(t.Columns, func(c Column) bool { return c.Sort != "" })
}

// many says that the table has so many columns that its rows become cards sooner.
func (t Table) many() bool { return len(t.Columns) > 6 }

// title says how many values are chosen, for a form that is folded.
func (f Facets) title(w *locale.Catalogue) string {
	chosen := 0
	for _, g := range f.Groups {
		for _, o := range g.Options {
			if o.Chosen {
				chosen++
			}
		}
	}
	if chosen == 0 {
		return w.Say("ui.filters")
	}
	return w.Count("ui.filters.chosen", int64(chosen))
}
