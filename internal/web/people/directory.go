package people

import (
	"slices"

	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// A directory is the page of the list.
type directory struct {
	head    ui.Head
	listing ui.Listing
	notices []ui.Notice // before the cards
	cards   []card
	order   string
}

// Directory lists those who asked to be listed.
func Directory(c *page.Call) error {
	s := SearchIn(c, Path)
	found, err := c.House.People.Directory(c.Request.Context(), c.Visit, s.Filter, s.After)
	if err != nil {
		return err
	}
	d := directory{
		head:    ui.Head{Title: c.Say("people.title"), Lead: c.Say("people.lead")},
		listing: s.Listing(found, c.Say("people.search")), order: order(c, s, found),
	}
	d.listing.Views, d.listing.ViewsName, d.listing.Found = views(c, s), c.Say("people.views"), howMany(c, found)
	for _, one := range found.Cards {
		d.cards = append(d.cards, cardOf(c, one, s.At(Path)))
	}
	if found.More {
		d.notices = append(d.notices, ui.Notice{Text: c.Say("people.many")})
	}
	if len(found.Cards) > 0 && !slices.ContainsFunc(found.Cards, saysPurpose) { // how to get reasons, for who has not said what would help
		d.notices = append(d.notices, ui.Notice{Text: c.Say("people.hint"), Link: ui.Link{Label: c.Say("people.hint.go"), Href: profilePath}})
	}
	if len(found.Cards) == 0 && s.After == "" {
		d.listing.Empty = none(c, s, found.Wider)
	}
	readers := ui.WhoSees{Text: c.Say("people.readers"), Href: "/who-sees-what"}
	return c.Show(ui.Page{Title: d.head.Title, Readers: readers}, directoryPage(c.Words, d))
}

// views are the parts of the list.
func views(c *page.Call, s Search) (all []ui.View) {
	for _, one := range []struct {
		key, marks string
		room       bool
	}{{"people.view.all", "", false}, {"people.view.room", "", true}, {"people.view.kept", "kept", false}, {"people.view.aside", "aside", false}} {
		f := s.Filter
		f.Marks, f.Room = one.marks, one.room
		all = append(all, ui.View{Link: ui.Link{Label: c.Say(one.key), Href: s.to(f, "")}, Current: s.Marks == one.marks && s.Room == one.room})
	}
	return all
}

// howMany says how many there are.
func howMany(c *page.Call, l person.Listing) string {
	switch {
	case l.More:
		return c.Say("people.found.more", "n", l.Total)
	case l.Total == 0:
		return c.Say("people.found.none")
	}
	return c.Words.Count("people.found", int64(l.Total))
}

// order says how the order of the list is made.
func order(c *page.Call, s Search, l person.Listing) string {
	if s.Text != "" && !l.More {
		return c.Say("people.order.words")
	}
	return c.Say("people.order.names")
}

// none is what stands in place of a list without anybody, with what to do next.
func none(c *page.Call, s Search, wider int) *ui.Empty {
	asked := s.None(wider, c.Say("people.none.all-of-this"))
	marked := asked == nil || s.Text == "" && (wider == 0 || !narrowed(s.Filter)) // then it says what marks are
	e := ui.Empty{Icon: ui.IconPeople, Actions: []ui.Button{{Label: c.Say("people.view.all"), Href: Path}}}
	switch {
	case marked && s.Marks == "kept":
		e.Title, e.Text = c.Say("people.none.kept"), c.Say("people.none.kept.text")
	case marked && s.Marks == "aside":
		e.Title, e.Text = c.Say("people.none.aside"), c.Say("people.none.aside.text")
	case asked != nil:
		return asked
	default:
		e.Title, e.Text = c.Say("people.none"), c.Say("people.none.text")
		e.Actions = []ui.Button{{Label: c.Say("people.none.offer"), Kind: ui.Main, Href: profilePath}}
	}
	return &e
}
