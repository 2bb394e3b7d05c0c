package ui

import (
	"strconv"

	"github.com/a-h/templ"
)

// A Toast says what was just done, and how to undo it. It goes by itself after its time; what it offered stays elsewhere.
type Toast struct {
	Text  string
	Undo  string // where to post to undo it; empty: there is nothing to undo
	Field Hidden // sent along
	Draft string // the draft that the server has now, and the device can forget
	Here  bool   // stands in the page, as in the gallery
}

// toastSeconds is how long a toast stays.
const toastSeconds = 15

func (t Toast) attributes() templ.Attributes {
	a := templ.Attributes{}
	if !t.Here {
		a["data-toast"] = strconv.Itoa(toastSeconds)
	}
	if t.Draft != "" {
		a["data-draft-done"] = t.Draft
	}
	return a
}

// A PaletteGroup is some of what the palette leads to.
type PaletteGroup struct {
	Label string
	Items []PaletteItem
}

// A PaletteItem is a place.
type PaletteItem struct {
	Label, Href string
	Icon        Icon
}

// A Confirmation asks before something that cannot be undone. It says what follows, and how many people will hear of it.
type Confirmation struct {
	ID      string // of the dialog; a page needs none
	Title   string
	Effects []string
	Action  string
	Confirm string // the words of the button
	Cancel  string // where one goes otherwise
	Final   bool
	Type    *Line // something to be typed first, such as the number of pairs
	Carried []Hidden
}

func (c Confirmation) kind() Kind {
	if c.Final {
		return Final
	}
	return Main
}
