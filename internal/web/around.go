package web

import (
	"strings"

	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/people"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// A place is one of the main places of the site.
type place struct {
	key, short, href string // short: the key of a shorter name, for the narrow places of a phone
	icon             ui.Icon
	operator         bool // for administrators of the installation only
}

var places = [...]place{
	{"nav.home", "", "/", ui.IconHome, false},
	{"nav.people", "nav.people.short", people.Path, ui.IconSearch, false},
	{"nav.profile", "nav.profile.short", "/profile", ui.IconPerson, false},
	{"nav.account", "nav.account.short", "/account", ui.IconKey, false},
	{"nav.installation", "nav.installation.short", "/installation", ui.IconSliders, true},
}

// around is what stands around the content of every page: the main places of who has signed in.
func around(c *page.Call) ui.Page {
	p := ui.Page{FootLinks: []ui.Link{{Label: c.Say("ui.who.link"), Href: "/who-sees-what"}}}
	if !c.SignedIn() || c.Visit.Actor.Suspended {
		return p
	}
	for _, place := range places {
		if place.operator && !c.Visit.Actor.Operator {
			continue
		}
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
