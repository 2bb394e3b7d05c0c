// Package program is the pages of programs: for those who are in one or were invited, what it is and the way out; for
// coordinators, who is in it, who was invited, and the lists that go out and come in as spreadsheets.
package program

import (
	"net/http"

	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/program"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// Where the pages are. Those of one program begin with its address.
const (
	Path            = "/programs"
	OnePath         = Path + "/{program}"
	LeavePath       = OnePath + "/leave"
	ReceivedPath    = "/invitations/{received}"
	AcceptPath      = ReceivedPath + "/accept"
	DeclinePath     = ReceivedPath + "/decline"
	SettingsPath    = OnePath + "/settings"
	PeoplePath      = OnePath + "/people"
	FilePath        = PeoplePath + "/file"
	PersonPath      = PeoplePath + "/{person}"
	TakeOutPath     = PersonPath + "/take-out"
	InvitationsPath = OnePath + "/invitations"
	InvitePath      = InvitationsPath + "/add"
	InvitationPath  = InvitationsPath + "/{invitation}"
	RemindPath      = InvitationPath + "/remind"
	WithdrawPath    = InvitationPath + "/withdraw"
	ListPath        = OnePath + "/list"
	RotationPath    = OnePath + "/rotation"
	ImportsPath     = OnePath + "/imports"
	BatchPath       = ImportsPath + "/{batch}"
)

// A place is one of the pages of a program, as the list beside them names it.
type place string

// The places.
const (
	overview    place = ""
	people      place = "/people"
	invitations place = "/invitations"
	inviting    place = "/invitations/add"
	list        place = "/list"
	rotation    place = "/rotation"
	imports     place = "/imports"
	settings    place = "/settings"
)

// A here is a program as its coordinator has come to it.
type here struct {
	*page.Call
	id      mentoring.ProgramID
	program program.Program
	figures program.Figures
}

// come finds the program of an address for a coordinator of it. For everybody else there is none.
func come(c *page.Call) (h here, err error) {
	h = here{Call: c, id: mentoring.ProgramID(c.Path("program"))}
	if h.program, err = c.House.Programs.Program(c.Request.Context(), c.Visit, h.id); err != nil {
		return h, err
	}
	h.figures, err = c.House.Programs.Figures(c.Request.Context(), c.Visit, h.id)
	return h, err
}

// at is the address of a place of the program.
func (h here) at(p place) string { return Path + "/" + string(h.id) + string(p) }

// name is what the program is called in the reader's language.
func (h here) name() string { return nameIn(h.Call, h.program.Program) }

func nameIn(c *page.Call, p mentoring.Program) string {
	return program.NameIn(p, string(c.Words.Language))
}

// side is the list of the program's pages, which stands beside each of them.
func (h here) side(current place) ui.Side {
	entry := func(p place, key string, icon ui.Icon, count int) ui.SideEntry {
		return ui.SideEntry{Label: h.Say(key), Href: h.at(p), Icon: icon, Count: count, Current: p == current}
	}
	return ui.Side{
		Heading: ui.Link{Label: h.name(), Href: h.at(overview)},
		Groups: []ui.SideGroup{
			{Entries: []ui.SideEntry{
				entry(overview, "program.nav.overview", ui.IconBars, 0),
				entry(people, "program.nav.people", ui.IconPeople, h.figures.In),
				entry(invitations, "program.nav.invitations", ui.IconMail, h.figures.Waiting),
			}},
			{Label: h.Say("program.nav.lists"), Entries: []ui.SideEntry{
				entry(list, "program.nav.list", ui.IconUpload, 0),
				entry(rotation, "program.nav.rotation", ui.IconCalendar, 0),
				entry(imports, "program.nav.imports", ui.IconUndo, 0),
			}},
			{Label: h.Say("program.nav.set-up"), Entries: []ui.SideEntry{
				entry(settings, "program.nav.settings", ui.IconSliders, 0),
			}},
		},
	}
}

// readers say who sees the pages of a program.
func (h here) readers() ui.WhoSees {
	return ui.WhoSees{Text: h.Say("program.readers")}
}

// parts are what a page is stacked from.
type parts struct {
	head     ui.Head
	problems []ui.Problem
	notices  []ui.Notice
	content  []templ.Component
}

// show answers with one of the pages of a program.
func (h here) show(current place, p parts) error { return h.showAs(http.StatusOK, current, p) }

func (h here) showAs(status int, current place, p parts) error {
	around := ui.Page{Title: p.head.Title, Problems: len(p.problems), Side: h.side(current), Readers: h.readers()}
	return h.ShowAs(status, around, stacked(h.Words, p))
}
