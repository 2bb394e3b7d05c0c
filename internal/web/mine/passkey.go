package mine

import (
	"net/http"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// AddPath is the page on which a passkey is added, and OptionsPath tells the script there what to ask the device.
const (
	AddPath     = PasskeysPath + "/add"
	OptionsPath = AddPath + "/options"
)

// Passkeys shows the person's passkeys.
func Passkeys(c *page.Call) error {
	passkeys, err := c.House.Accounts.Passkeys(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	add := ui.Button{Label: c.Say("mine.passkey.add"), Kind: ui.Main, Icon: ui.IconKey, Href: AddPath}
	table := ui.Table{
		Caption: c.Say("mine.passkeys.list"),
		Columns: []ui.Column{
			{Label: c.Say("mine.passkey.name")}, {Label: c.Say("mine.passkey.made")}, {Label: c.Say("mine.passkey.used")},
			{Label: c.Say("mine.passkey.do"), Hidden: true},
		},
		Empty: &ui.Empty{Icon: ui.IconKey, Title: c.Say("mine.passkeys.none"), Text: c.Say("mine.passkeys.none.what"), Actions: []ui.Button{add}},
	}
	for _, p := range passkeys {
		table.Rows = append(table.Rows, passkeyRow(c, p))
	}
	p := parts{head: ui.Head{Title: c.Say("mine.passkeys"), Lead: c.Say("mine.passkeys.lead"), Back: back(c)}}
	if len(passkeys) > 0 {
		p.head.Actions = []ui.Button{add}
	}
	p.content = append(p.content, listOf(c.Words, table))
	return show(c, p.head.Title, p)
}

func passkeyRow(c *page.Call, p account.Passkey) ui.Row {
	name := ui.Cell{Text: p.Name, Line: c.Say("mine.passkey.here")}
	if p.Synced {
		name.Line = c.Say("mine.passkey.synced")
	}
	used := c.Say("mine.passkey.never")
	if !p.UsedAt.IsZero() {
		used = c.Day(p.UsedAt)
	}
	at := PasskeysPath + "/" + p.ID
	return ui.Row{name, {Text: c.Day(p.MadeAt)}, {Text: used}, {Actions: []ui.Button{
		{Label: c.Say("mine.passkey.rename"), Extra: p.Name, Small: true, Href: at},
		{Label: c.Say("mine.passkey.remove"), Extra: p.Name, Small: true, Href: at + "/remove"},
	}}}
}

// AddPasskey is the page on which one is added. Passkeys are made by a script; without it the page says so.
func AddPasskey(c *page.Call) error {
	if err := c.Fresh(); err != nil {
		return err
	}
	return addingWith(c, http.StatusOK, "")
}

func addingWith(c *page.Call, status int, refused string) error {
	title := c.Say("mine.passkey.add")
	return c.ShowAs(status, ui.Page{Title: title, Readers: onlyMe(c)}, adding(c.Words, refused, ui.Link{Label: c.Say("mine.passkeys"), Href: PasskeysPath}))
}

// PasskeyOptions are what the script hands to the device, as JSON.
func PasskeyOptions(c *page.Call) error {
	options, err := c.House.Accounts.AskPasskey(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	return c.JSON(options)
}

// KeepPasskey takes what the device answered, which the script puts into the form of the page.
func KeepPasskey(c *page.Call) error {
	if _, err := c.Form(); err != nil {
		return err
	}
	_, err := c.House.Accounts.AddPasskey(c.Request.Context(), c.Visit, []byte(c.Answer("answer")), c.Browser())
	if err != nil {
		text, status, other := c.Refusal(err)
		if other != nil {
			return other
		}
		return addingWith(c, status, text)
	}
	return c.GoSaying(PasskeysPath, "said.passkey-added")
}

// passkey is the one of the address, if it is the person's.
func passkey(c *page.Call) (account.Passkey, error) {
	all, err := c.House.Accounts.Passkeys(c.Request.Context(), c.Visit)
	for _, p := range all {
		if p.ID == c.Path("passkey") {
			return p, nil
		}
	}
	if err == nil {
		err = mentoring.NotHere()
	}
	return account.Passkey{}, err
}

func naming(c *page.Call, p account.Passkey, typed string) page.Question {
	return page.Question{
		Title: c.Say("mine.passkey.rename.title", "name", p.Name), Back: ui.Link{Label: c.Say("mine.passkeys"), Href: PasskeysPath}, Readers: onlyMe(c),
		Confirmation: ui.Confirmation{
			Effects: []string{c.Say("mine.passkey.rename.effect")},
			Action:  PasskeysPath + "/" + p.ID, Confirm: c.Say("mine.passkey.rename.save"), Cancel: PasskeysPath,
			Type: &ui.Line{Field: ui.Field{Name: "name", Label: c.Say("mine.passkey.name")}, Value: typed},
		},
	}
}

// AskPasskeyName asks for another name of a passkey.
func AskPasskeyName(c *page.Call) error {
	p, err := passkey(c)
	if err != nil {
		return err
	}
	return c.Put(naming(c, p, p.Name))
}

// RenamePasskey gives it that name.
func RenamePasskey(c *page.Call) error {
	p, err := passkey(c)
	if err != nil {
		return err
	}
	if _, err := c.Form(); err != nil {
		return err
	}
	typed := c.Answer("name")
	if err := c.House.Accounts.RenamePasskey(c.Request.Context(), c.Visit, p.ID, typed); err != nil {
		return c.PutAgain(naming(c, p, typed), err)
	}
	return c.GoSaying(PasskeysPath, "said.passkey-renamed")
}

// AskPasskeyRemoval asks before a passkey is removed.
func AskPasskeyRemoval(c *page.Call) error {
	p, err := passkey(c)
	if err != nil {
		return err
	}
	if err := c.Fresh(); err != nil {
		return err
	}
	return c.Put(page.Question{
		Title: c.Say("mine.passkey.remove.title", "name", p.Name), Back: ui.Link{Label: c.Say("mine.passkeys"), Href: PasskeysPath}, Readers: onlyMe(c),
		Confirmation: ui.Confirmation{
			Effects: []string{c.Say("mine.passkey.remove.effect"), c.Say("mine.passkey.remove.letter"), c.Say("mine.passkey.remove.device")},
			Action:  PasskeysPath + "/" + p.ID + "/remove", Confirm: c.Say("mine.passkey.remove"), Cancel: PasskeysPath, Final: true,
		},
	})
}

// RemovePasskey removes it.
func RemovePasskey(c *page.Call) error {
	if err := c.House.Accounts.RemovePasskey(c.Request.Context(), c.Visit, c.Path("passkey")); err != nil {
		return err
	}
	return c.GoSaying(PasskeysPath, "said.passkey-removed")
}
