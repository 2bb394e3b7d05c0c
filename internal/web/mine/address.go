package mine

import (
	"context"

	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// Addresses shows the person's addresses, and what was just asked for about them.
func Addresses(c *page.Call) error {
	addresses, err := c.House.Accounts.Addresses(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	table := ui.Table{Caption: c.Say("mine.addresses.list"), Columns: []ui.Column{
		{Label: c.Say("mine.address")}, {Label: c.Say("mine.address.is")},
	}}
	for _, a := range addresses {
		table.Rows = append(table.Rows, ui.Row{{Text: a.Address}, {Part: standing(standingOf(c, a))}})
	}
	p := parts{
		arrived: asked(c),
		head: ui.Head{Title: c.Say("mine.addresses"), Lead: c.Say("mine.addresses.lead"), Back: back(c), Actions: []ui.Button{
			{Label: c.Say("mine.address.change"), Href: ChangePath}, {Label: c.Say("mine.merge"), Href: MergePath},
		}},
		content: []templ.Component{flush(c.Words, table)},
	}
	return show(c, p.head.Title, p)
}

// asked says what was just asked for: a letter is on its way.
func asked(c *page.Call) *ui.Notice {
	switch c.Asked("asked") {
	case "change":
		return &ui.Notice{Kind: ui.Good, Title: c.Say("mine.address.asked"), Text: c.Say("mine.address.asked.next"), Arrived: true}
	case "merge":
		return &ui.Notice{Kind: ui.Good, Title: c.Say("mine.merge.asked"), Text: c.Say("mine.merge.asked.next"), Arrived: true}
	}
	return nil
}

// A stand says what an address is for.
type stand struct {
	tags []ui.Tag
	line string
}

func standingOf(c *page.Call, a account.Address) stand {
	s := stand{}
	switch {
	case !a.LeftUntil.IsZero():
		s.tags = append(s.tags, ui.Tag{Label: c.Say("mine.address.left")})
		s.line = c.Say("mine.address.left.until", "when", c.When(a.LeftUntil))
		return s
	case a.Owns:
		s.tags = append(s.tags, ui.Tag{Label: c.Say("mine.address.owns"), Tone: ui.ToneBrand, Icon: ui.IconKey})
	case a.Institution:
		s.tags = append(s.tags, ui.Tag{Label: c.Say("mine.address.institution"), Tone: ui.ToneBlue, Icon: ui.IconCap})
		s.line = c.Say("mine.address.institution.what")
	default:
		s.tags = append(s.tags, ui.Tag{Label: c.Say("mine.address.other"), Tone: ui.ToneLine})
		s.line = c.Say("mine.address.other.what")
	}
	if !a.Verified {
		s.tags = append(s.tags, ui.Tag{Label: c.Say("mine.address.unproved"), Tone: ui.ToneAmber})
		s.line = c.Say("mine.address.unproved.what")
	}
	return s
}

// An asking is a question that asks for an address to which a letter goes.
type asking struct {
	path, title, label, send string
	effects                  []string
	after                    string
	do                       func(ctx context.Context, v account.Visit, typed, remote string) error
}

func changing(c *page.Call) asking {
	return asking{ChangePath, c.Say("mine.address.change"), c.Say("mine.address.change.address"), c.Say("mine.address.change.send"), []string{
		c.Say("mine.address.change.letter"), c.Say("mine.address.change.own"), c.Say("mine.address.change.back"),
	}, "change", c.House.Accounts.AskAddress}
}

func merging(c *page.Call) asking {
	return asking{MergePath, c.Say("mine.merge"), c.Say("mine.merge.address"), c.Say("mine.merge.send"), []string{
		c.Say("mine.merge.letter"), c.Say("mine.merge.moves"), c.Say("mine.merge.final"),
	}, "merge", c.House.Accounts.AskMerge}
}

func (a asking) question(c *page.Call, typed string) page.Question {
	return page.Question{
		Title: a.title, Back: ui.Link{Label: c.Say("mine.addresses"), Href: AddressesPath}, Readers: onlyMe(c),
		Confirmation: ui.Confirmation{
			Effects: a.effects, Action: a.path, Confirm: a.send, Cancel: AddressesPath,
			Type: &ui.Line{
				Field: ui.Field{Name: "address", Label: a.label, Hint: c.Say("mine.address.hint")},
				Value: typed, Kind: ui.Email, Autocomplete: "email",
			},
		},
	}
}

// put asks for the address, of somebody who has signed in lately.
func (a asking) put(c *page.Call) error {
	if err := c.Fresh(); err != nil {
		return err
	}
	return c.Put(a.question(c, ""))
}

// take sends the letter.
func (a asking) take(c *page.Call) error {
	if _, err := c.Form(); err != nil {
		return err
	}
	typed := c.Answer("address")
	if err := a.do(c.Request.Context(), c.Visit, typed, c.Remote()); err != nil {
		return c.PutAgain(a.question(c, typed), err)
	}
	return c.Go(AddressesPath + "?asked=" + a.after)
}

// AskChange asks which address is to own the account; Change sends the letter to it.
func AskChange(c *page.Call) error { return changing(c).put(c) }
func Change(c *page.Call) error    { return changing(c).take(c) }

// AskMerge asks for an address of the person's other account; Merge sends the letter to it.
func AskMerge(c *page.Call) error { return merging(c).put(c) }
func Merge(c *page.Call) error    { return merging(c).take(c) }
