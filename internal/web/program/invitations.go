package program

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// The names of what an address of the list says.
const (
	afterName = "after" // where the page begins
	sentName  = "sent"  // how many letters have just gone out
)

// A posted button is a form of its own.
type posted struct {
	ui.Button
	action  string
	carried []ui.Hidden
}

// Invitations shows who was invited and has not come.
func Invitations(c *page.Call) error {
	h, err := come(c)
	if err != nil {
		return err
	}
	return h.invitations(http.StatusOK, c.Asked(afterName), "")
}

// invitations shows a page of the list, below why something was refused.
func (h here) invitations(status int, after, refused string) error {
	all, further, err := h.House.People.Invitations(h.Request.Context(), h.Visit, h.id, after)
	if err != nil {
		return err
	}
	p := parts{head: ui.Head{Title: h.Say("program.nav.invitations"), Lead: h.Say("program.invite.lead"), Actions: []ui.Button{
		{Label: h.Say("program.invite.add"), Icon: ui.IconPlus, Kind: ui.Main, Href: h.at(inviting)},
	}}}
	if refused != "" {
		p.notices = append(p.notices, ui.Notice{Kind: ui.Wrong, Text: refused, Arrived: true})
	}
	if n, err := strconv.Atoi(h.Asked(sentName)); err == nil && n >= 0 && n <= person.MostInvited && h.Request.Method == http.MethodGet {
		p.notices = append(p.notices, ui.Notice{Kind: ui.Good, Text: h.Words.Count("program.invite.sent", int64(n)), Arrived: true})
	}
	if len(all) == 0 && after == "" {
		p.content = append(p.content, h.nobodyInvited())
		return h.showAs(status, invitations, p)
	}
	listing := ui.Listing{Found: h.waiting()}
	if after != "" {
		listing.First = ui.Link{Label: h.Say("program.invite.first"), Href: h.at(invitations)}
	}
	if further != "" {
		listing.Further = ui.Link{Label: h.Say("program.invite.further"), Href: from(h.at(invitations), further)}
	}
	p.content = append(p.content, invitedList(h.Words, listing, h.invitedTable(all, after)))
	return h.showAs(status, invitations, p)
}

func (h here) nobodyInvited() templ.Component {
	return ui.Empty{Icon: ui.IconMail, Title: h.Say("program.invite.none"), Text: h.Say("program.invite.none.text"), Actions: []ui.Button{
		{Label: h.Say("program.overview.import"), Icon: ui.IconUpload, Href: h.at(list)},
	}}.Draw()
}

// waiting says how many have not answered and how many said no.
func (h here) waiting() string {
	text := h.Words.Count("program.invite.waiting", int64(h.figures.Waiting))
	if h.figures.Declined > 0 {
		text += ", " + h.Words.Count("program.invite.declined", int64(h.figures.Declined))
	}
	return text
}

func (h here) invitedTable(all []person.Invited, after string) ui.Table {
	t := ui.Table{Caption: h.Say("program.invite.caption"), Bare: true, Columns: []ui.Column{
		{Label: h.Say("program.invite.who")}, {Label: h.Say("program.invite.on")}, {Label: h.Say("program.invite.state")}, {Label: h.Say("program.invite.do"), Hidden: true},
	}}
	for _, i := range all {
		who := ui.Cell{Text: i.Address, Line: strings.TrimSpace(i.Given + " " + i.Family)} // what was written of somebody then
		t.Rows = append(t.Rows, ui.Row{who, {Text: h.Day(i.MadeAt)}, Answer(h.Call, i), {Part: inRow(h.answers(i, after))}})
	}
	return t
}

// Answer says that somebody who was invited has not answered, or said no. A no needs no reason and has none here.
func Answer(c *page.Call, i person.Invited) ui.Cell {
	day := func(key string, at time.Time) string { return c.Say(key, "day", c.Day(at)) }
	switch now := c.House.Now(); {
	case !i.DeclinedAt.IsZero():
		return ui.Cell{Text: day("program.invite.no", i.DeclinedAt)}
	case !i.Open(now):
		return ui.Cell{Text: c.Say("program.invite.over")}
	case !i.RemindedAt.IsZero():
		return ui.Cell{Text: day("program.invite.reminded", i.RemindedAt)}
	case !i.MayRemind:
		return ui.Cell{Text: c.Say("program.invite.open"), Line: day("program.invite.remind-from", i.MadeAt.Add(mentoring.RemindAfter))}
	}
	return ui.Cell{Text: c.Say("program.invite.open")}
}

func (h here) answers(i person.Invited, after string) (all []posted) {
	at := h.invitationAt(i.ID)
	if i.MayRemind {
		all = append(all, posted{Button: ui.Button{Label: h.Say("program.invite.remind"), Extra: i.Address, Small: true}, action: at + "/remind", carried: []ui.Hidden{{Name: afterName, Value: after}}})
	}
	withdraw := from(at+"/withdraw", after)
	return append(all, posted{Button: ui.Button{Label: h.Say("program.invite.withdraw"), Extra: i.Address, Small: true, Kind: ui.Quiet, Href: withdraw}})
}

func (h here) invitationAt(id string) string { return h.at(invitations) + "/" + url.PathEscape(id) }

// from is an address with the place where the page of the list begins.
func from(address, after string) string {
	if after == "" {
		return address
	}
	return address + "?" + url.Values{afterName: {after}}.Encode()
}

// Remind writes once more to somebody who has not answered.
func Remind(c *page.Call) error {
	h, err := come(c)
	if err != nil {
		return err
	}
	if _, err := c.Form(); err != nil {
		return err
	}
	after := c.Answer(afterName)
	if err := c.House.People.Remind(c.Request.Context(), c.Visit, h.id, c.Path("invitation")); err != nil {
		text, status, other := c.Refusal(err)
		if other != nil {
			return other
		}
		return h.invitations(status, after, text)
	}
	return c.GoSaying(from(h.at(invitations), after), "said.invitation-reminded")
}

// Withdrawing asks before an invitation is taken back, by a form that is sent to an address.
func Withdrawing(c *page.Call, i person.Invited, action string, back ui.Link) page.Question {
	return page.Question{
		Title: c.Say("program.invite.withdraw.title", "address", i.Address), Back: back,
		Confirmation: ui.Confirmation{
			Effects: []string{c.Say("program.invite.withdraw.nothing"), c.Say("program.invite.withdraw.told"), c.Say("program.invite.withdraw.again")},
			Action:  action, Confirm: c.Say("program.invite.withdraw.do"), Cancel: back.Href,
		},
	}
}

// AskWithdrawing asks before an invitation is taken back.
func AskWithdrawing(c *page.Call) error {
	h, err := come(c)
	if err != nil {
		return err
	}
	i, err := c.House.People.Invitation(c.Request.Context(), c.Visit, h.id, c.Path("invitation"))
	if err != nil {
		return err
	}
	after := c.Asked(afterName)
	back := ui.Link{Label: c.Say("program.nav.invitations"), Href: from(h.at(invitations), after)}
	q := Withdrawing(c, i, from(h.invitationAt(i.ID)+"/withdraw", after), back)
	q.Readers, q.Side = h.readers(), h.side(invitations)
	return c.Put(q)
}

// Withdraw takes it back.
func Withdraw(c *page.Call) error {
	h, err := come(c)
	if err != nil {
		return err
	}
	if _, err := c.Form(); err != nil {
		return err
	}
	if err := c.House.People.WithdrawInvitation(c.Request.Context(), c.Visit, h.id, c.Path("invitation")); err != nil {
		return err
	}
	return c.GoSaying(from(h.at(invitations), c.Asked(afterName)), "said.invitation-withdrawn")
}

// inviteFields are what the page asks on which people are invited, and what they will read.
type inviteFields struct {
	action, cancel string
	addresses      ui.Area
	language       ui.Choices
	letters        []letter
}

// A letter is shown in its own language.
type letter struct {
	id, title, language string
	notice.Preview
}

// AskInviting asks whom to invite.
func AskInviting(c *page.Call) error {
	h, err := come(c)
	if err != nil {
		return err
	}
	return h.invite(http.StatusOK, "", c.Words.Language, "")
}

func (h here) invite(status int, typed string, in locale.Language, refused string) error {
	f := inviteFields{
		action: h.at(inviting), cancel: h.at(invitations),
		addresses: ui.Area{
			Field: ui.Field{Name: "addresses", Label: h.Say("program.invite.addresses"), Hint: h.Say("program.invite.addresses.hint", "most", person.MostInvited), Error: refused},
			Value: typed, Rows: 8, Who: ui.WhoSees{Text: h.Say("program.invite.addresses.who")},
		},
		language: ui.Choices{Field: ui.Field{Name: "language", Label: h.Say("program.invite.language"), Hint: h.Say("program.invite.language.hint")}},
	}
	for _, l := range h.House.Languages {
		f.language.Options = append(f.language.Options, ui.Option{Value: string(l), Label: h.Say(LanguageKey(l)), Chosen: l == in})
		f.letters = append(f.letters, letter{
			id: "letter-" + string(l), title: h.Say(letterKeys[l]), language: string(l), Preview: notice.Invited.Preview(string(l), h.House.Name),
		})
	}
	p := parts{problems: ui.Problems(f.addresses.Field), head: ui.Head{
		Title: h.Say("program.invite.add"), Lead: h.Say("program.invite.add.lead"), Back: ui.Link{Label: h.Say("program.nav.invitations"), Href: h.at(invitations)},
	}}
	p.content = append(p.content, inviteForm(h.Words, f))
	return h.showAs(status, invitations, p)
}

// letterKeys are the keys of the headings of letters.
var letterKeys = map[locale.Language]string{locale.English: "program.invite.letter.english", locale.French: "program.invite.letter.french"}

// LanguageKey is the key of what a language is called.
func LanguageKey(l locale.Language) string {
	if l == locale.French {
		return "program.invite.language.french"
	}
	return "program.invite.language.english"
}

// LanguageOf is the language that a form asks a letter to have, or the reader's.
func LanguageOf(c *page.Call) locale.Language {
	for _, l := range c.House.Languages {
		if string(l) == c.Answer("language") {
			return l
		}
	}
	return c.Words.Language
}

// Invite invites those whose addresses were typed or pasted. What is no address is named, and all that was typed stays.
func Invite(c *page.Call) error {
	h, err := come(c)
	if err != nil {
		return err
	}
	if _, err := c.Form(); err != nil {
		return err
	}
	typed, in := c.Answer("addresses"), LanguageOf(c)
	sent, err := c.House.People.Invite(c.Request.Context(), c.Visit, h.id, addressesIn(typed), string(in))
	if err != nil {
		text, status, other := c.Refusal(err)
		if other != nil {
			return other
		}
		return h.invite(status, typed, in, text)
	}
	return c.Go(h.at(invitations) + "?" + url.Values{sentName: {strconv.Itoa(sent)}}.Encode())
}
