// Package people is where people are looked up: the directory for members and the page of a person; and what an
// administrator keeps for all of them, which are the units of the institution and the lists of words that people choose
// from.
//
// What is shown of whom is decided in internal/person: what these pages do not get they cannot show.
package people

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/vocabulary"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// The addresses of the pages.
const (
	Path      = "/people"
	UnitsPath = "/installation/units"
	AddPath   = UnitsPath + "/add"
	ListsPath = "/installation/lists"

	profilePath      = "/profile" // where people say what these pages show
	installationPath = "/installation"
)

// pathOf is the page of a person.
func pathOf(id mentoring.PersonID) string { return Path + "/" + string(id) }

// NameOf is how somebody writes their name; "" if they have not said it.
func NameOf(p person.Page) string { return strings.TrimSpace(p.Given + " " + p.Family) }

// language is that of the labels of lists.
func language(c *page.Call) vocabulary.Language {
	if c.Words.Language == locale.French {
		return vocabulary.French
	}
	return vocabulary.English
}

// label is a term in the reader's language if a list has it, and else as it was written.
func label(c *page.Call, list *vocabulary.List, t mentoring.Term) string {
	if known, has := list.Find(t.Code); has {
		return known.Label(language(c))
	}
	return t.Label
}

// labels are terms beside each other.
func labels(c *page.Call, list *vocabulary.List, terms []mentoring.Term) (texts []string) {
	for _, t := range terms {
		texts = append(texts, label(c, list, t))
	}
	return texts
}

// said are codes that pages have words for, below a key.
func said(c *page.Call, key string, terms []mentoring.Term) (texts []string) {
	for _, t := range terms {
		texts = append(texts, wordsFor(c, key, t.Code))
	}
	return texts
}

// wordsFor are the words for a code below a key, or the code itself where there are none yet.
func wordsFor(c *page.Call, key, code string) string {
	if words := key + strings.ReplaceAll(code, "_", "-"); c.Words.Has(words) {
		return c.Say(words)
	}
	return code
}

// upper begins a line with a capital letter.
func upper(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return text
	}
	return string(unicode.ToUpper(r)) + text[size:]
}

// dotted are the parts of a line that say something.
func dotted(parts ...string) string {
	var some []string
	for _, part := range parts {
		if part != "" {
			some = append(some, part)
		}
	}
	return strings.Join(some, " · ")
}

// position is a level or rank with its unit.
func position(c *page.Call, a mentoring.Appointment) string {
	return beside(Level(c, a), a.Where)
}

// Level is the level or rank of an appointment.
func Level(c *page.Call, a mentoring.Appointment) string {
	list := c.Lists().Levels()
	if a.Ladder == "rank" {
		list = c.Lists().Ranks()
	}
	return beside(upper(label(c, list, a.What)), a.Track)
}

// beside are two parts of a position.
func beside(a, b string) string {
	if b == "" {
		return a
	}
	return a + ", " + b
}

// Guest is from where a guest comes; "" for everybody else.
func Guest(c *page.Call, p person.Page) string {
	if !p.Guest {
		return ""
	}
	return c.Say("people.guest", "home", label(c, c.Lists().Institutions(), p.Home))
}

// from is where somebody is: what they are there, and the place.
func from(c *page.Call, p person.Page) string {
	where := Guest(c, p)
	if len(p.Appointments) > 0 {
		where = position(c, p.Appointments[0])
	}
	return dotted(where, label(c, c.Lists().Places(), p.Place))
}

// Room says whether somebody has room, in one of two words (FV-9).
func Room(c *page.Call, p person.Page) ui.Tag {
	if p.Room {
		return ui.Tag{Label: c.Say("people.has-room"), Tone: ui.ToneGreen, Icon: ui.IconTick}
	}
	return ui.Tag{Label: c.Say("people.waiting"), Tone: ui.ToneLine}
}

// parts are what a page is stacked from.
type parts struct {
	head    ui.Head
	notices []ui.Notice
	content []templ.Component
	readers ui.WhoSees
}

func administrators(c *page.Call) ui.WhoSees { return ui.WhoSees{Text: c.Say("installation.readers")} }
