package door

import (
	"net/http"
	"net/url"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// GoTo sends somebody to an institution, to be asked there who they are.
func GoTo(c *page.Call) error {
	return goTo(c, account.Going{Shared: c.Answer("shared") != ""})
}

func goTo(c *page.Call, g account.Going) error {
	if _, err := c.Form(); err != nil {
		return err
	}
	g.Institution, g.To, g.Language = c.Path("institution"), goal(c.Answer("to")), string(c.Words.Language)
	g.Browser, g.Remote = c.Ask(), c.Remote()
	gone, err := c.House.Accounts.AskInstitution(c.Request.Context(), c.Visit, g)
	if err != nil {
		return atDoor(c, err, g.To)
	}
	c.KeepAsk(gone.Browser)
	return c.Leave(gone.Address)
}

// Return takes somebody who comes back from an institution.
func Return(c *page.Call) error {
	back := account.Back{
		Key:         account.Key{Browser: c.Ask(), Label: c.Browser(), Remote: c.Remote(), Instead: c.Session(), Language: string(c.Words.Language)},
		Institution: c.Path("institution"), State: c.Asked("state"), Code: c.Asked("code"), Issuer: c.Asked("iss"), Error: c.Asked("error"),
	}
	r, err := c.House.Accounts.ReturnFrom(c.Request.Context(), c.Visit, back)
	switch {
	case err != nil:
		return atDoor(c, err, goal(r.To))
	case r.Linked:
		return c.GoSaying(goal(r.To), "said.linked")
	case r.Unknown.Token != "":
		q := url.Values{"claim": {r.Unknown.Token}, "to": {r.To}}
		if r.Shared {
			q.Set("shared", "1")
		}
		return c.Go(WhosePath + "?" + q.Encode())
	}
	return enter(c, r.Entered, r.To)
}

// Whose asks whose account it is, of somebody whom an institution knows and nobody here does.
func Whose(c *page.Call) error {
	return whoseWith(c, http.StatusOK, c.Asked("claim"), c.Asked("to"), c.Asked("shared") != "", nil, "")
}

func whoseWith(c *page.Call, status int, token, to string, shared bool, typed *string, refused string) error {
	claim, err := c.House.Accounts.Claim(c.Request.Context(), token, c.Ask())
	if err != nil {
		return err
	}
	value := claim.Address
	switch {
	case typed != nil:
		value = *typed
	case claim.Institution.AnswersFor(claim.Address):
		value = "" // no account can belong to it but one that it owns already
	}
	lead := "door.whose.lead"
	if c.House.Accounts.Open {
		lead = "door.whose.lead.open"
	}
	f := form{
		head:   ui.Head{Title: c.Say("door.whose.title"), Lead: c.Say(lead, "name", claim.Institution.NameIn(string(c.Words.Language)))},
		action: WhosePath,
		address: ui.Line{
			Field: ui.Field{Name: "address", Label: c.Say("door.whose.address"), Hint: c.Say("door.whose.hint"), Error: refused},
			Value: value, Kind: ui.Email, Autocomplete: "email",
		},
		shared: shared, send: c.Say("door.send"), carried: []hidden{{"claim", token}, {"to", goal(to)}},
	}
	return c.ShowAs(status, ui.Page{Title: f.head.Title, Problems: len(f.problems())}, signIn(c.Words, f))
}

// AskWhose sends the letter that shows whose account it is.
func AskWhose(c *page.Call) error {
	if _, err := c.Form(); err != nil {
		return err
	}
	to, typed, token := goal(c.Answer("to")), c.Answer("address"), c.Answer("claim")
	asked, err := c.House.Accounts.AskLink(c.Request.Context(), account.Ask{
		Address: typed, Language: string(c.Words.Language), Browser: c.Ask(), Remote: c.Remote(), Claim: token, To: to,
	})
	if err != nil {
		text, status, other := c.Refusal(err)
		if other != nil {
			return other
		}
		return whoseWith(c, status, token, to, c.Answer("shared") != "", &typed, text)
	}
	c.KeepAsk(asked.Browser)
	query := url.Values{"here": {"1"}}
	if c.Answer("shared") != "" {
		query.Set("shared", "1")
	}
	return c.Go(MailPath + "?" + query.Encode())
}
