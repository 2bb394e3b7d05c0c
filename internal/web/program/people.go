package program

import (
	"net/url"

	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	lookup "github.com/chiron-mentoring/chiron/internal/web/people"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// facetTitles are the headings of facets that coordinators read otherwise than members, who look for a mentor.
var facetTitles = map[mentoring.Field]string{mentoring.FieldOffers: "program.people.offers"}

// searchOf is what the address asks of the list of people, and nothing else but some other names.
func (h here) searchOf(others ...string) (lookup.Search, error) {
	s := lookup.SearchIn(h.Call, h.at(people))
	s.Titles = facetTitles
	return s, s.Strictly(others...)
}

// personAt is the page of somebody in the program.
func (h here) personAt(id mentoring.PersonID) string {
	return h.at(people) + "/" + url.PathEscape(string(id))
}

// A peoplePage is the list of the people of a program.
type peoplePage struct {
	listing  ui.Listing
	many     bool // there are too many to count
	table    ui.Table
	download ui.Download
	left     []string // lines on who is not in the list, and who learns of it
}

// People lists who is in the program, for a coordinator.
func People(c *page.Call) error {
	h, err := come(c)
	if err != nil {
		return err
	}
	s, err := h.searchOf()
	if err != nil {
		return err
	}
	found, err := c.House.People.List(c.Request.Context(), c.Visit, h.id, s.Filter, s.After)
	if err != nil {
		return err
	}
	p := peoplePage{
		listing: s.Listing(found, c.Say("program.people.search")), many: found.More, table: h.peopleTable(s, found.Cards), download: h.download(s, found),
		left: []string{c.Say("program.people.not-shown"), c.Say("program.people.trail")},
	}
	p.listing.Views, p.listing.ViewsName, p.listing.Found = s.RoomViews(), c.Say("people.views"), h.howMany(found)
	if len(found.Cards) == 0 && s.After == "" {
		p.listing.Empty = h.nobody(s, found.Wider)
	}
	return h.show(people, parts{
		head:    ui.Head{Title: c.Say("program.people.title"), Lead: c.Say("program.people.lead", "program", h.name()), Actions: h.additions(found)},
		content: []templ.Component{peopleList(c.Words, p)},
	})
}

// additions are the ways in which people come to be in the program; an empty list has them where people would be.
func (h here) additions(found person.Listing) []ui.Button {
	if len(found.Cards) == 0 {
		return nil
	}
	return []ui.Button{{Label: h.Say("program.people.invite"), Icon: ui.IconPlus, Kind: ui.Main, Href: h.at(invitations)}}
}

// found says how many there are.
func (h here) howMany(l person.Listing) string {
	switch {
	case l.More:
		return h.Say("program.people.found.more", "n", h.Words.Number(int64(l.Total)))
	case l.Total == 0:
		return h.Say("program.people.found.none")
	}
	return h.Words.Count("program.people.found", int64(l.Total))
}

// nobody is what stands in place of a list without anybody, with what to do next.
func (h here) nobody(s lookup.Search, wider int) *ui.Empty {
	if asked := s.None(wider, h.Say("program.people.none.all-of-this")); asked != nil {
		return asked
	}
	return &ui.Empty{
		Icon: ui.IconPeople, Title: h.Say("program.people.none"), Text: h.Say("program.people.none.text"),
		Actions: []ui.Button{
			{Label: h.Say("program.people.invite"), Icon: ui.IconPlus, Kind: ui.Main, Href: h.at(invitations)},
			{Label: h.Say("program.people.upload"), Icon: ui.IconUpload, Href: h.at(list)},
		},
	}
}

// peopleTable are people as the coordinator sees them.
func (h here) peopleTable(s lookup.Search, cards []person.Card) ui.Table {
	t := ui.Table{Caption: h.Say("program.people.title"), Bare: true, Columns: []ui.Column{
		{Label: h.Say("program.people.name")}, {Label: h.Say("people.facet.unit")}, {Label: h.Say("people.facet.level")},
		{Label: h.Say("program.people.offers")}, {Label: h.Say("program.people.room")}, {Label: h.Say("program.people.directory")},
	}}
	for _, one := range cards {
		unit, level := h.post(one.Page)
		t.Rows = append(t.Rows, ui.Row{
			h.personCell(one.Page, s.At(h.personAt(one.ID))),
			{Text: unit}, {Text: level}, {Tags: offersOf(h.Call, one.Page)}, {Tags: h.roomOf(one.Page)}, {Text: h.listed(one.Page)},
		})
	}
	return t
}

func (h here) personCell(p person.Page, href string) ui.Cell {
	return ui.Cell{Person: &ui.Person{Name: h.called(p), Unnamed: lookup.NameOf(p) == "", Href: href}}
}

// called is what somebody is called, also who has not said it yet.
func (h here) called(p person.Page) string {
	if name := lookup.NameOf(p); name != "" {
		return name
	}
	return h.Say("program.people.no-name")
}

// post is the unit and the level of the latest appointment in force, or where a guest comes from.
func (h here) post(p person.Page) (unit, level string) {
	if len(p.Appointments) == 0 {
		return lookup.Guest(h.Call, p), ""
	}
	return p.Appointments[0].Where, lookup.Level(h.Call, p.Appointments[0])
}

func offersOf(c *page.Call, p person.Page) (all []ui.Tag) {
	for _, what := range lookup.Offers(c, p) {
		all = append(all, ui.Tag{Label: what})
	}
	return all
}

// roomOf says of those who offer whether they have room, and of everybody that they are away.
func (h here) roomOf(p person.Page) (all []ui.Tag) {
	if p.Offering {
		all = append(all, lookup.Room(h.Call, p))
	}
	if p.IsAway {
		all = append(all, ui.Tag{Label: h.Say("program.people.away"), Tone: ui.ToneAmber, Icon: ui.IconClock})
	}
	return all
}

// listed says whether members find somebody in the directory.
func (h here) listed(p person.Page) string {
	if p.Listed {
		return h.Say("program.people.listed")
	}
	return h.Say("program.people.unlisted")
}

// download offers what is found as a file.
func (h here) download(s lookup.Search, found person.Listing) ui.Download {
	d := ui.Download{Action: h.at(people) + "/file", Keep: s.Carried(), Second: true, Label: h.Say("program.people.download.more")}
	if !found.More {
		d.Label = h.Words.Count("program.people.download", int64(found.Total))
	}
	d.Forms = ui.Choices{Field: ui.Field{Name: formName, Label: h.Say("program.people.form"), Hint: h.Say("program.people.form.hint")}, Options: []ui.Option{
		{Value: string(person.XLSX), Label: h.Say("program.people.form.xlsx"), Hint: h.Say("program.people.form.xlsx.hint"), Chosen: true},
		{Value: string(person.CSV), Label: h.Say("program.people.form.csv"), Hint: h.Say("program.people.form.csv.hint")},
	}}
	return d
}
