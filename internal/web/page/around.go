package page

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// Where the choice of language and of colours is sent.
const (
	LanguagePath = "/language/"
	ThemePath    = "/colours"
)

// around fills in what every page has: the ways to choose language and colours, who is signed in, what was just done.
func (c *Call) around(p ui.Page) ui.Page {
	if c.House.Around != nil {
		outer := c.House.Around(c)
		outer.Title, outer.Problems, outer.Readers, outer.Toast, outer.Side = p.Title, p.Problems, p.Readers, p.Toast, p.Side
		p = outer
	}
	if c.House.Notice != "" {
		p.Notice = c.Say(c.House.Notice)
		for _, link := range c.House.Links {
			p.NoticeLinks = append(p.NoticeLinks, ui.Link{Label: c.Say(link.Label), Href: link.Href})
		}
	}
	p.Theme = ui.Theme{Now: c.theme(), Action: ThemePath}
	if len(c.House.Languages) > 1 && c.status == 0 {
		p.Other = LanguagePath + string(other(c.Words.Language)) + "?to=" + url.QueryEscape(c.Here())
	}
	if c.SignedIn() {
		p.Drafts = ui.Drafts{Owner: c.draftOwner(), InTab: c.Visit.Shared}
	} else {
		p.SignIn = SignInPath
	}
	if said := saidPrefix + c.cookie(saidCookie); said != saidPrefix {
		c.setCookie(saidCookie, "", -1)
		if p.Toast == nil && c.Words.Has(said) {
			p.Toast = &ui.Toast{Text: c.Say(said)}
		}
	}
	return p
}

func other(l locale.Language) locale.Language {
	if l == locale.French {
		return locale.English
	}
	return locale.French
}

// draftOwner parts what a device keeps for one account from what it keeps for another, and tells neither.
func (c *Call) draftOwner() string {
	sum := sha256.Sum256([]byte("drafts of " + string(c.Visit.Actor.Person)))
	return hex.EncodeToString(sum[:8])
}
