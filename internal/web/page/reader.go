package page

import (
	"net"
	"net/http"
	"net/netip"
	"strings"

	"golang.org/x/text/language"

	"github.com/chiron-mentoring/chiron/internal/locale"
)

// language is that of the answer: what the reader chose in this browser, else in the account, else what the browser asks
// for, else that of the house.
func (c *Call) language() locale.Language {
	offered := c.House.Languages
	for _, wish := range []string{c.cookie(languageCookie), c.Visit.Language} {
		if l, err := locale.Parse(wish); wish != "" && err == nil && contains(offered, l) {
			return l
		}
	}
	return preferred(offered, c.Request.Header.Get("Accept-Language"))
}

// preferred is the language that a browser would rather have, of those that are offered.
func preferred(offered []locale.Language, accept string) locale.Language {
	if accept == "" || len(accept) > 1000 {
		return offered[0]
	}
	wishes, _, err := language.ParseAcceptLanguage(accept)
	if err != nil {
		return offered[0]
	}
	for _, wish := range wishes {
		base, _ := wish.Base()
		for _, l := range offered {
			if first, _, _ := strings.Cut(string(l), "-"); base.String() == first {
				return l
			}
		}
	}
	return offered[0]
}

func contains(offered []locale.Language, l locale.Language) bool {
	for _, o := range offered {
		if o == l {
			return true
		}
	}
	return false
}

// KeepLanguage lets the browser keep a choice of language. One that is not offered is not kept.
func (c *Call) KeepLanguage(name string) {
	if l, err := locale.Parse(name); err == nil && contains(c.House.Languages, l) {
		c.setCookie(languageCookie, string(l), oneYear)
	}
}

// KeepTheme lets the browser keep "light" or "dark"; anything else: what the device says.
func (c *Call) KeepTheme(name string) {
	if name == "light" || name == "dark" {
		c.setCookie(themeCookie, name, oneYear)
		return
	}
	c.setCookie(themeCookie, "", -1)
}

// theme is what the reader chose in this browser.
func (c *Call) theme() string {
	if chosen := c.cookie(themeCookie); chosen == "light" || chosen == "dark" {
		return chosen
	}
	return ""
}

// Remote is the address of the Internet that the request came from: of the machine that called or, where that is a proxy
// of the house, of the nearest one before it that is not.
func (c *Call) Remote() string {
	host, _, err := net.SplitHostPort(c.Request.RemoteAddr)
	if err != nil {
		host = c.Request.RemoteAddr
	}
	hops := strings.Split(strings.Join(c.Request.Header.Values("X-Forwarded-For"), ","), ",")
	for k := len(hops) - 1; k >= 0; k-- {
		address, err := netip.ParseAddr(host)
		if err != nil || !c.House.Proxies.Contain(address.Unmap()) {
			break
		}
		before, err := netip.ParseAddr(strings.TrimSpace(hops[k]))
		if err != nil {
			break
		}
		host = before.Unmap().String()
	}
	return host
}

// Browser is what a person knows a browser by in a list of them: "Firefox, Windows". It is a guess from what the browser
// says, and no more is kept of that.
func (c *Call) Browser() string { return browserOf(c.Request) }

func browserOf(r *http.Request) string {
	said := r.UserAgent()
	name := first(said, [][2]string{{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser", "Samsung Internet"},
		{"Firefox/", "Firefox"}, {"FxiOS", "Firefox"}, {"CriOS", "Chrome"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}})
	system := first(said, [][2]string{{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"},
		{"CrOS", "ChromeOS"}, {"Mac OS X", "macOS"}, {"Linux", "Linux"}})
	switch {
	case name == "":
		return system
	case system == "":
		return name
	}
	return name + ", " + system
}

func first(text string, names [][2]string) string {
	for _, name := range names {
		if strings.Contains(text, name[0]) {
			return name[1]
		}
	}
	return ""
}
