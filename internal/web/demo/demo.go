// Package demo is the area of a demonstration: everybody at the make-believe school, to come in as anybody by one button,
// and the letters that were caught. Its addresses are mounted in demonstrations alone, answer this machine alone, and lead
// nowhere on a store without the mark of one.
package demo

import (
	"net"
	"net/netip"
	"slices"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/demo"
	"github.com/chiron-mentoring/chiron/internal/mail"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// Where the area is.
const (
	PeoplePath = "/demo"
	enterPath  = "/demo/enter"
	MailPath   = "/demo/mail"
)

// Notice is the key of what stands above every page of a demonstration, and Links what stands behind it.
const Notice = "demo.notice"

var Links = []ui.Link{{Label: "demo.notice.people", Href: PeoplePath}, {Label: "demo.notice.mail", Href: MailPath}}

// A Desk is what a demonstration has besides an installation.
type Desk struct {
	School  *demo.School
	Catcher *mail.Catcher
}

// Routes are the addresses of a demonstration.
func (d *Desk) Routes() []page.Route {
	open := func(pattern string, do func(c *page.Call) error) page.Route {
		return page.Route{Pattern: pattern, Action: mentoring.ReadPublicPages, Kind: mentoring.Installation, Do: fromHere(do)}
	}
	return []page.Route{
		open("GET "+PeoplePath, d.people),
		open("POST "+enterPath, d.enter),
		open("GET "+MailPath, d.mails),
		open("GET "+MailPath+"/{id}", d.mail),
	}
}

// fromHere lets in whoever comes from this machine, by a name of this machine: a page elsewhere that has its own name lead
// here (DNS rebinding) would come by that name.
func fromHere(do func(c *page.Call) error) func(c *page.Call) error {
	return func(c *page.Call) error {
		if !isLoopback(c.Remote()) || !isLoopback(hostOf(c.Request.Host)) {
			return mentoring.NotHere()
		}
		return do(c)
	}
}

// hostOf is a host without its port.
func hostOf(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return host
}

func isLoopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && address.Unmap().IsLoopback()
}

// enter comes in as somebody, in place of whoever was in.
func (d *Desk) enter(c *page.Call) error {
	if _, err := c.Form(); err != nil {
		return err
	}
	who := mentoring.PersonID(c.Answer("person"))
	if !slices.ContainsFunc(d.School.Members, func(p demo.Member) bool { return p.ID == who }) {
		return mentoring.NotHere()
	}
	e, err := c.House.Accounts.EnterAs(c.Request.Context(), account.Key{Remote: c.Remote(), Label: c.Browser(), Instead: c.Session()}, who)
	if err != nil {
		return err
	}
	c.Enter(e)
	return c.Go("/")
}
