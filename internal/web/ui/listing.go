package ui

// A Listing is what stands around a long list that people look through: words to search for, what narrows it, how many
// were found, and the further pages. Zero fields are left out.
type Listing struct {
	Search    *SearchBox // its Target is ListingID
	Facets    Facets
	Views     []View
	ViewsName string // what the views are called to screen readers
	Found     string // how many there are: a heading, announced when it changes
	Filters   Filters
	Empty     *Empty // stands in place of the list

	First, Further Link    // where pages follow each other without numbers: back to the first, on to the next
	Paging         *Paging // where pages have numbers
}

// A View is a part of a list that can be looked at by itself.
type View struct {
	Link
	Current bool
}

// ListingID is the id of what changes while one searches.
const ListingID = "listing"

// A Download offers a list as a file, in one of several forms.
type Download struct {
	Action string   // takes the choice in its address
	Keep   []Hidden // other parts of the address, such as what the list is narrowed by
	Forms  Choices
	Label  string // of the button
	Second bool   // another button is the main one of the page
	Who    WhoSees
}

func (d Download) button() Button {
	b := Button{Label: d.Label, Icon: IconDownload, Kind: Main}
	if d.Second {
		b.Kind = Plain
	}
	return b
}

// cards are the forms as tiles, of which one is chosen.
func (d Download) cards() Choices {
	c := d.Forms
	c.Tiles, c.Many = true, false
	return c
}
