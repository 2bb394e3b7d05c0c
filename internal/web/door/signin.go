package door

import (
	"net/http"
	"net/url"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// A form to come in by.
type form struct {
	head    ui.Head
	action  string
	address ui.Line
	shared  bool // is chosen
	notice  *ui.Notice
	send    string
	carried []hidden
	passkey bool
	ways    []way
}

func (f form) problems() []ui.Problem { return ui.Problems(f.address.Field) }

// SignIn asks for an address, or for another way to come in.
func SignIn(c *page.Call) error {
	to := goal(c.Asked("to"))
	if c.SignedIn() {
		return c.Go(to)
	}
	return signInWith(c, http.StatusOK, to, "", "", whyAgain(c))
}

// whyAgain says why somebody who was signed in is at the door, if an address of this house asks for it.
func whyAgain(c *page.Call) *ui.Notice {
	if c.Asked("became") != "coordinator" {
		return nil
	}
	return &ui.Notice{Kind: ui.Good, Text: c.Say("door.became-coordinator"), Arrived: true}
}

func signInWith(c *page.Call, status int, to, typed, refused string, notice *ui.Notice) error {
	lead := "door.lead"
	if c.House.Accounts.Open {
		lead = "door.lead.open"
	}
	f := form{
		head:   ui.Head{Title: c.Say("door.title"), Lead: c.Say(lead)},
		action: page.SignInPath, notice: notice,
		address: ui.Line{
			Field: ui.Field{Name: "address", Label: c.Say("door.address"), Hint: c.Say("door.address.hint"), Error: refused},
			Value: typed, Kind: ui.Email, Autocomplete: "email",
		},
		shared: c.Answer("shared") != "", send: c.Say("door.send"), carried: []hidden{{"to", to}}, passkey: true,
		ways: ways(c, c.House.Accounts.Institutions.Institutions()),
	}
	return c.ShowAs(status, ui.Page{Title: f.head.Title, Problems: len(f.problems())}, signIn(c.Words, f))
}

// AskLetter sends the letter. What it answers is the same for every address.
func AskLetter(c *page.Call) error {
	if _, err := c.Form(); err != nil {
		return err
	}
	to, typed := goal(c.Answer("to")), c.Answer("address")
	asked, err := c.House.Accounts.AskLink(c.Request.Context(), account.Ask{
		Address: typed, Language: string(c.Words.Language), Browser: c.Ask(), Remote: c.Remote(), To: to,
	})
	if err != nil {
		text, status, other := c.Refusal(err)
		if other != nil {
			return other
		}
		return signInWith(c, status, to, typed, text, nil)
	}
	c.KeepAsk(asked.Browser)
	return c.Go(MailPath + sharedQuery(c))
}

func sharedQuery(c *page.Call) string {
	if c.Answer("shared") != "" {
		return "?" + url.Values{"shared": {"1"}}.Encode()
	}
	return ""
}

// A mail is the page that waits for a letter.
type mail struct {
	head    ui.Head
	action  string
	code    ui.Line
	how     string
	shared  bool
	another string // where to ask again
}

// Mail says that a letter is on its way, and takes its code.
func Mail(c *page.Call) error {
	return mailWith(c, http.StatusOK, CodePath, page.SignInPath, c.Asked("shared") != "", "")
}

func mailWith(c *page.Call, status int, action, another string, shared bool, refused string) error {
	how := c.Say("door.mail.link")
	if c.Asked("here") != "" || c.Answer("here") != "" {
		how = c.Say("door.mail.here")
	}
	m := mail{
		head: ui.Head{Title: c.Say("door.mail.title"), Lead: c.Say("door.mail.lead")}, action: action, how: how, shared: shared, another: another,
		code: ui.Line{
			Field: ui.Field{Name: "code", Label: c.Say("door.code"), Hint: c.Say("door.code.hint"), Error: refused},
			Kind:  ui.Code, Autocomplete: "one-time-code",
		},
	}
	p := ui.Page{Title: m.head.Title}
	if refused != "" {
		p.Problems = 1
	}
	return c.ShowAs(status, p, waiting(c.Words, m))
}

// TypeCode comes in by the code of a letter.
func TypeCode(c *page.Call) error {
	return typeCode(c, key, CodePath, page.SignInPath)
}

func typeCode(c *page.Call, with func(*page.Call) account.Key, action, another string) error {
	if _, err := c.Form(); err != nil {
		return err
	}
	k := with(c)
	if k.Code = c.Answer("code"); k.Code == "" {
		return mailWith(c, http.StatusUnprocessableEntity, action, another, k.Shared, c.Say("door.code.missing"))
	}
	e, err := c.House.Accounts.ConfirmCode(c.Request.Context(), k)
	if err != nil {
		text, status, other := c.Refusal(err)
		if other != nil {
			return other
		}
		return mailWith(c, status, action, another, k.Shared, text)
	}
	return enter(c, e, e.To)
}
