package installation

import (
	"net/http"

	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// A foundPage is an account that was looked up.
type foundPage struct {
	person, address string
	facts           []ui.Answer
	mine, suspended bool
	reason          ui.Area
}

// Accounts asks for the address of an account. There is no list of people here. What can be done to an account asks for a
// fresh sign-in, and so does looking for one.
func Accounts(c *page.Call) error {
	if err := operator(c); err != nil {
		return err
	}
	if err := c.Fresh(); err != nil {
		return err
	}
	return askAccount(c, "", nil)
}

func askAccount(c *page.Call, typed string, refused error) error {
	address := ui.Line{
		Field: ui.Field{Name: "address", Label: c.Say("installation.account.address"), Hint: c.Say("installation.account.hint")},
		Value: typed, Kind: ui.Email, Autocomplete: "off",
	}
	status := http.StatusOK
	if refused != nil {
		var other error
		if address.Error, status, other = c.Refusal(refused); other != nil {
			return other
		}
	}
	p := parts{
		head:    ui.Head{Title: c.Say("installation.accounts"), Lead: c.Say("installation.accounts.lead"), Back: back(c)},
		content: []templ.Component{looking(c.Words, address)},
	}
	return showAs(c, status, ui.Problems(address.Field), p)
}

// FindAccount shows the account of an address. The address is sent as a form, so that it stands in no address of a page
// and in no log.
func FindAccount(c *page.Call) error {
	if err := operator(c); err != nil {
		return err
	}
	if _, err := c.Form(); err != nil {
		return err
	}
	typed := c.Answer("address")
	f, err := c.House.Accounts.FindAccount(c.Request.Context(), c.Visit, typed)
	if err != nil {
		return askAccount(c, typed, err)
	}
	return showFound(c, f, "", nil)
}

func showFound(c *page.Call, f account.Found, reason string, refused error) error {
	page := foundPage{
		person: string(f.Person), address: f.Address, facts: factsOf(c, f), mine: f.Me, suspended: !f.SuspendedAt.IsZero(),
		reason: ui.Area{Field: ui.Field{
			Name: "reason", Label: c.Say("installation.account.reason"), Hint: c.Say("installation.account.reason.hint"),
		}, Value: reason},
	}
	p := parts{head: ui.Head{
		Title: c.Say("installation.account.found"), Lead: c.Say("installation.account.found.lead"),
		Back: ui.Link{Label: c.Say("installation.accounts"), Href: AccountsPath},
	}}
	status := http.StatusOK
	if refused != nil {
		text, refusedAs, other := c.Refusal(refused)
		if other != nil {
			return other
		}
		status = refusedAs
		if mentoring.IsFault(refused, mentoring.Invalid) {
			page.reason.Error = text
		} else {
			p.notices = []ui.Notice{{Kind: ui.Wrong, Text: text, Arrived: true}}
		}
	}
	p.content = []templ.Component{found(c.Words, page)}
	return showAs(c, status, ui.Problems(page.reason.Field), p)
}

func factsOf(c *page.Call, f account.Found) []ui.Answer {
	role := c.Say("installation.account.member")
	if f.Administrator {
		role = c.Say("installation.account.administrator")
	}
	list := []ui.Answer{
		{Question: c.Say("installation.account.since"), Answer: c.Day(f.Since)},
		{Question: c.Say("installation.account.role"), Answer: role},
	}
	if !f.SuspendedAt.IsZero() {
		list = append(list,
			ui.Answer{Question: c.Say("installation.account.suspended"), Answer: c.When(f.SuspendedAt)},
			ui.Answer{Question: c.Say("installation.account.why"), Answer: f.SuspendedFor})
	}
	return list
}

// SuspendAccount suspends an account, for a reason that its person reads.
func SuspendAccount(c *page.Call) error {
	if err := operator(c); err != nil {
		return err
	}
	if _, err := c.Form(); err != nil {
		return err
	}
	ctx, reason := c.Request.Context(), c.Answer("reason")
	if err := c.House.Accounts.Suspend(ctx, c.Visit, mentoring.PersonID(c.Answer("person")), reason); err != nil {
		return again(c, reason, err)
	}
	return c.GoSaying(AccountsPath, "said.account-suspended")
}

// OpenAccount opens one again.
func OpenAccount(c *page.Call) error {
	if err := operator(c); err != nil {
		return err
	}
	if _, err := c.Form(); err != nil {
		return err
	}
	if err := c.House.Accounts.Unsuspend(c.Request.Context(), c.Visit, mentoring.PersonID(c.Answer("person"))); err != nil {
		return again(c, "", err)
	}
	return c.GoSaying(AccountsPath, "said.account-opened")
}

// again shows the account once more when something was refused that can be put right.
func again(c *page.Call, reason string, refused error) error {
	if _, _, other := c.Refusal(refused); other != nil {
		return other
	}
	f, err := c.House.Accounts.FindAccount(c.Request.Context(), c.Visit, c.Answer("address"))
	if err != nil {
		return err
	}
	return showFound(c, f, reason, refused)
}
