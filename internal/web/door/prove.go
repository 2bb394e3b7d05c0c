package door

import (
	"net/url"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/account/institution"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// A proof is the page on which somebody who has signed in shows once more that it is they.
type proof struct {
	head ui.Head
	to   string
	ways []way
}

// signedIn leads those who have not signed in to where they can, and back.
func signedIn(c *page.Call, to string) error {
	if c.SignedIn() {
		return nil
	}
	return c.Go(page.SignInPath + "?" + url.Values{"to": {to}}.Encode())
}

// Prove asks somebody to show once more that it is they: what follows asks for a sign-in of the last minutes.
func Prove(c *page.Call) error {
	to := goal(c.Asked("to"))
	if !c.SignedIn() {
		return signedIn(c, to)
	}
	p := proof{head: ui.Head{Title: c.Say("door.prove.title"), Lead: c.Say("door.prove.lead")}, to: to}
	linked, err := c.House.Accounts.LinkedInstitutions(c.Request.Context(), c.Visit)
	if err != nil && !c.Visit.Actor.Suspended {
		return err
	}
	seen := map[string]bool{}
	for _, l := range linked {
		if i, known := c.House.Accounts.Institutions.Institution(l.Institution); known && !seen[l.Institution] {
			seen[l.Institution] = true
			p.ways = append(p.ways, ways(c, []institution.Institution{i})...)
		}
	}
	for k := range p.ways {
		p.ways[k].action = page.ProvePath + p.ways[k].action[len(page.SignInPath):]
	}
	return c.Show(ui.Page{Title: p.head.Title}, proving(c.Words, p))
}

// ProveByLetter sends a letter to the address that owns the account.
func ProveByLetter(c *page.Call) error {
	if _, err := c.Form(); err != nil {
		return err
	}
	to := goal(c.Answer("to"))
	if !c.SignedIn() {
		return signedIn(c, to)
	}
	asked, err := c.House.Accounts.AskProof(c.Request.Context(), c.Visit, c.Ask(), c.Remote(), to)
	if err != nil {
		return err
	}
	c.KeepAsk(asked.Browser)
	return c.Go(ProveMailPath + "?" + url.Values{"to": {to}}.Encode())
}

// ProveMail says that the letter is on its way, and takes its code.
func ProveMail(c *page.Call) error {
	to := goal(c.Asked("to"))
	if !c.SignedIn() {
		return signedIn(c, to)
	}
	return mailWith(c, 200, ProveCodePath, page.ProvePath+"?"+url.Values{"to": {to}}.Encode(), false, "")
}

// ProveByCode proves it by the code of the letter.
func ProveByCode(c *page.Call) error {
	if !c.SignedIn() {
		return signedIn(c, "/")
	}
	return typeCode(c, again, ProveCodePath, page.ProvePath)
}

// ProveByPasskey proves it by what the device answered.
func ProveByPasskey(c *page.Call) error {
	if !c.SignedIn() {
		return signedIn(c, "/")
	}
	return passkeyWith(c, again)
}

// ProveAt sends somebody to an institution to prove it there.
func ProveAt(c *page.Call) error {
	if !c.SignedIn() {
		return signedIn(c, "/")
	}
	return goTo(c, account.Going{Again: true, Shared: c.Visit.Shared})
}
