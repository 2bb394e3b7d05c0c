package ui

import (
	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/web/assets"
)

// A Page is what stands around the content: header, navigation, footer. Zero fields are left out.
type Page struct {
	Title    string // of the window; the content has the heading
	Problems int    // answers to put right; the window's title says so first
	Home     string // where the mark leads; empty: "/"

	Program Link // where the reader is, with a way to change it
	Tabs    []Tab
	Side    Side // the pages of one program, for those who run it

	Palette     []PaletteGroup // where the palette leads
	PaletteHref string         // the palette as a page of its own
	NoKeys      bool           // the reader switched single keys off (WCAG 2.1.4)

	Other       string // this page in the other language
	Theme       Theme
	Account     Account
	SignIn      string // where one signs in, for a page without account
	Notices     int    // unread
	NoticesHref string

	Notice      string  // stands above every page, as that this is a demonstration
	NoticeLinks []Link  // behind it
	Readers     WhoSees // who can read this page
	FootLinks   []Link
	Drafts      Drafts
	Toast       *Toast
}

// A Link is words that lead somewhere.
type Link struct{ Label, Href string }

// A Tab is one of the main places. On a phone the first five stand at the bottom, by their short names.
type Tab struct {
	Label, Short string // an empty Short is the Label
	Href         string
	Icon         Icon
	Current      bool
}

// Theme is how the reader wants pages to look.
type Theme struct {
	Now    string // "light", "dark", or empty as the device says
	Action string // takes a form with theme=light, dark or nothing; empty: the choice is not offered
}

// An Account is who is signed in.
type Account struct{ Name, Href string }

// Drafts says where the device keeps unsent text.
type Drafts struct {
	Owner string // opaque, one per account; empty: nothing is kept
	InTab bool   // only as long as the tab is open, for shared computers
}

// other is the language that pages are offered in besides l.
func other(l locale.Language) locale.Language {
	if l == locale.French {
		return locale.English
	}
	return locale.French
}

// languageNames are languages by their own names, short and long.
var languageNames = map[locale.Language][2]string{locale.English: {"EN", "English"}, locale.French: {"FR", "Français"}}

func (p Page) home() string {
	if p.Home == "" {
		return "/"
	}
	return p.Home
}

func (p Page) windowTitle(w *locale.Catalogue) string {
	title := p.Title + " · Chiron"
	if p.Problems > 0 {
		title = w.Count("ui.title.problems", int64(p.Problems), "title", title)
	}
	return title
}

func (p Page) drafts() string {
	switch {
	case p.Drafts.Owner == "":
		return "none"
	case p.Drafts.InTab:
		return "tab"
	}
	return "device"
}

// first is at most n tabs.
func (p Page) first(n int) []Tab { return p.Tabs[:min(n, len(p.Tabs))] }

func (t Tab) short() string {
	if t.Short == "" {
		return t.Label
	}
	return t.Short
}

func (p Page) bodyClass() string {
	if len(p.Tabs) > 0 {
		return "has-bottom"
	}
	return ""
}

func file(name string) string { return assets.URL(name) }

// A Head is the heading of a page. At most one of its actions is the main one.
type Head struct {
	Title, Lead string
	Back        Link
	Tags        []Tag
	Actions     []Button
}

// A Place is a page to go to, with a line on what is there.
type Place struct {
	Label, Href, Line string
	Icon              Icon // may be empty
}
