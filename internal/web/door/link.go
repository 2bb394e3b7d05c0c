package door

import (
	"net/http"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// A linked page is the one behind the link of a letter. It asks for a button.
type linked struct {
	head    ui.Head
	action  string
	do      string
	other   string // what else there is to know
	address *ui.Line
	choose  bool // whether the computer is shared
	refused string
}

// Look shows what the link of a letter opens, and opens nothing.
func Look(c *page.Call) error { return lookWith(c, http.StatusOK, "", "") }

func lookWith(c *page.Call, status int, typed, refused string) error {
	door, err := c.House.Accounts.Look(c.Request.Context(), c.Path("token"), c.Ask())
	if err != nil {
		return err
	}
	l := linked{action: LinkPath + c.Path("token")}
	say := func(purpose string) {
		key := "door.link." + purpose
		l.head = ui.Head{Title: c.Say(key, "site", c.House.Name), Lead: c.Say(key+".lead", "site", c.House.Name)}
		l.do = c.Say(key + ".do")
	}
	switch door.Purpose {
	case "sign-in":
		say("sign-in")
		l.choose, l.other = true, c.Say("door.link.sign-in.else")
	case "first-administrator":
		l.head = ui.Head{Title: c.Say("door.first.title"), Lead: c.Say("door.first.lead", "site", c.House.Name)}
		l.do, l.choose = c.Say("door.first.do"), true
		l.address = &ui.Line{
			Field: ui.Field{Name: "address", Label: c.Say("door.address"), Hint: c.Say("door.address.hint"), Error: refused},
			Value: typed, Kind: ui.Email, Autocomplete: "email",
		}
		refused = ""
	case "change":
		say("change")
	case "revert":
		say("revert")
	case "merge":
		say("merge")
		if !c.SignedIn() {
			l.do, l.other = "", c.Say("door.link.merge.sign-in")
		}
	}
	l.refused = refused
	p := ui.Page{Title: l.head.Title}
	if l.address != nil && l.address.Error != "" {
		p.Problems = 1
	}
	return c.ShowAs(status, p, behind(c.Words, l))
}

// Open opens what the link of a letter opens, now that the button was pressed.
func Open(c *page.Call) error {
	if _, err := c.Form(); err != nil {
		return err
	}
	ctx, k := c.Request.Context(), key(c)
	k.Token = c.Path("token")
	door, err := c.House.Accounts.Look(ctx, k.Token, k.Browser)
	if err != nil {
		return err
	}
	switch door.Purpose {
	case "sign-in":
		e, err := c.House.Accounts.ConfirmLink(ctx, k)
		if err != nil {
			return err
		}
		return enter(c, e, e.To)
	case "first-administrator":
		return becomeFirst(c, k)
	case "change":
		if err := c.House.Accounts.ConfirmAddress(ctx, k); err != nil {
			return err
		}
		return told(c, "door.changed.title", "door.changed.lead", onwards(c))
	case "revert":
		if err := c.House.Accounts.RevertAddress(ctx, k); err != nil {
			return err
		}
		return told(c, "door.reverted.title", "door.reverted.lead", onwards(c))
	case "merge":
		return merge(c, k)
	}
	return mentoring.NotHere()
}

// onwards leads on from a page behind a link: to the account of whoever has signed in, else to the door.
func onwards(c *page.Call) ui.Button {
	if c.SignedIn() {
		return ui.Button{Label: c.Say("fault.home"), Href: "/"}
	}
	return ui.Button{Label: c.Say("door.title"), Kind: ui.Main, Href: page.SignInPath}
}

func becomeFirst(c *page.Call, k account.Key) error {
	typed := c.Answer("address")
	e, err := c.House.Accounts.BecomeFirst(c.Request.Context(), k, typed, string(c.Words.Language))
	if mentoring.IsFault(err, mentoring.Invalid) {
		text, status, _ := c.Refusal(err)
		return lookWith(c, status, typed, text)
	}
	if err != nil {
		return err
	}
	return enter(c, e, "/")
}

func merge(c *page.Call, k account.Key) error {
	if !c.SignedIn() {
		return lookWith(c, http.StatusOK, "", "")
	}
	if err := c.House.Accounts.ConfirmMerge(c.Request.Context(), c.Visit, k); err != nil {
		return err
	}
	return c.GoSaying("/account", "said.merged")
}
