package web

import (
	"strings"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/people"
	"github.com/chiron-mentoring/chiron/internal/web/program"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// A place is one of the main places of the site.
type place struct {
	key, short, href string // short: the key of a shorter name, for the narrow places of a phone
	icon             ui.Icon
}

var (
	home              = place{"nav.home", "", "/", ui.IconHome}
	directory         = place{"nav.people", "nav.people.short", people.Path, ui.IconSearch}
	programs          = place{"nav.programs", "nav.programs.short", program.Path, ui.IconPeople}
	ownProfile        = place{"nav.profile", "nav.profile.short", "/profile", ui.IconPerson}
	ownAccount        = place{"nav.account", "nav.account.short", "/account", ui.IconKey}
	wholeInstallation = place{"nav.installation", "nav.installation.short", "/installation", ui.IconSliders}
)

// placesOf are the main places of somebody. The first five stand at the bottom of a phone; the first page leads to all of
// them. Of an administrator's six the last is the installation for those who coordinate, since one looks after it at a
// desk, and for the others the programs. Whether somebody is in a program would be asked anew for every page, so they stand
// there for everybody.
func placesOf(a mentoring.Actor) []place {
	switch {
	case a.Operator && len(a.Coordinates) > 0:
		return []place{home, directory, programs, ownProfile, ownAccount, wholeInstallation}
	case a.Operator:
		return []place{home, directory, ownProfile, ownAccount, wholeInstallation, programs}
	}
	return []place{home, directory, programs, ownProfile, ownAccount}
}

// around is what stands around the content of every page: the main places of who has signed in.
func around(c *page.Call) ui.Page {
	p := ui.Page{FootLinks: []ui.Link{{Label: c.Say("ui.who.link"), Href: "/who-sees-what"}}}
	if !c.SignedIn() || c.Visit.Actor.Suspended {
		return p
	}
	for _, place := range placesOf(c.Visit.Actor) {
		tab := ui.Tab{Label: c.Say(place.key), Href: place.href, Icon: place.icon, Current: isIn(c.Request.URL.Path, place.href)}
		if place.short != "" {
			tab.Short = c.Say(place.short)
		}
		p.Tabs = append(p.Tabs, tab)
	}
	return p
}

// isIn says whether a path lies in a place.
func isIn(path, href string) bool {
	return path == href || href != "/" && strings.HasPrefix(path, href+"/")
}
