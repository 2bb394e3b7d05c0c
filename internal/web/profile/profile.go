// Package profile is "My profile": the pages by which people say who they are, what would help them and what they offer,
// who sees which part of that, whom they cannot be matched with, who books for them, and what they say with consent. The
// form is asked in stages, each of which is saved by itself and can be left at any time. An administrator decides in
// inquiry.go what is asked with consent.
//
// Each page shows its reader's own things and nothing else; what may be said, and who sees it, is decided in
// internal/person.
package profile

import (
	"net/http"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/vocabulary"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// The addresses of the pages.
const (
	Path             = "/profile"
	NamePath         = Path + "/name"
	SeeksPath        = Path + "/seeks"
	LinesPath        = SeeksPath + "/lines"
	HowPath          = Path + "/how"
	OffersPath       = Path + "/offers"
	SupportPath      = OffersPath + "/support"
	AppointmentsPath = Path + "/appointments"
	TopicsPath       = Path + "/topics"
	AwayPath         = Path + "/away"
	DestinationPath  = Path + "/destination"
	TrainingPath     = Path + "/training"
	CheckPath        = Path + "/check"
	WordsPath        = Path + "/words"

	VisibilityPath      = Path + "/visibility"
	SeenAsPath          = Path + "/seen-as"
	DelegatesPath       = Path + "/delegates"
	NameDelegatePath    = DelegatesPath + "/name"
	AuthorityPath       = Path + "/authority"
	AddAuthorityPath    = AuthorityPath + "/add"
	ApartPath           = Path + "/apart"
	CharacteristicsPath = Path + "/characteristics"
	ConsentsPath        = Path + "/consents"
	WithdrawPath        = page.WithdrawPath

	InquiriesPath = "/installation/characteristics"
)

// onlyMe is who reads these pages.
func onlyMe(c *page.Call) ui.WhoSees {
	return ui.WhoSees{Text: c.Say("profile.readers"), Closed: true}
}

func back(c *page.Call) ui.Link { return ui.Link{Label: c.Say("profile.title"), Href: Path} }

// parts are what a page is stacked from.
type parts struct {
	head     ui.Head
	problems []ui.Problem
	notices  []ui.Notice
	content  []templ.Component
	readers  *ui.WhoSees // nil: the person alone
}

func show(c *page.Call, p parts) error { return showAs(c, http.StatusOK, p) }

func showAs(c *page.Call, status int, p parts) error {
	if p.readers == nil {
		mine := onlyMe(c)
		p.readers = &mine
	}
	return c.ShowAs(status, ui.Page{Title: p.head.Title, Problems: len(p.problems), Readers: *p.readers}, stacked(c.Words, p))
}

// A posted button is a form of its own.
type posted struct {
	ui.Button
	action  string
	carried []ui.Hidden
}

// language is that of the labels of lists.
func language(c *page.Call) vocabulary.Language {
	if c.Words.Language == locale.French {
		return vocabulary.French
	}
	return vocabulary.English
}

// upper is a label as it stands by itself; lower, inside a sentence. Neither language has proper names in ours.
func upper(text string) string { return first(text, unicode.ToUpper) }
func lower(text string) string { return first(text, unicode.ToLower) }

func first(text string, turn func(rune) rune) string {
	r, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return text
	}
	return string(turn(r)) + text[size:]
}
