package page

import (
	"net/http"
	"strings"

	"github.com/chiron-mentoring/chiron/internal/account"
)

// The cookies. Those of a house that is reached by https have names that begin with __Host-: browsers take them from that
// host alone, over https alone (RFC 6265bis, 4.1.3.2). Only on one's own machine, without https, do they go without.
const (
	sessionCookie  = "chiron"
	askCookie      = "chiron-ask"
	saidCookie     = "chiron-said"
	languageCookie = "chiron-language"
	themeCookie    = "chiron-theme"
)

const (
	saidPrefix = "said."
	oneYear    = 365 * 24 * 60 * 60
)

// secure says whether the house is reached by https.
func (h *House) secure() bool { return strings.HasPrefix(h.Origin, "https://") }

func (h *House) cookieName(name string) string {
	if h.secure() {
		return "__Host-" + name
	}
	return name
}

// cookie is the value of a cookie; "": there is none, or there are two and nobody knows which is ours.
func (c *Call) cookie(name string) string {
	if found := c.Request.CookiesNamed(c.House.cookieName(name)); len(found) == 1 && len(found[0].Value) <= 128 {
		return found[0].Value
	}
	return ""
}

// setCookie lets the browser keep a value for some seconds; 0: until it closes; below: not any more.
func (c *Call) setCookie(name, value string, seconds int) {
	http.SetCookie(c.w, &http.Cookie{
		Name: c.House.cookieName(name), Value: value, Path: "/", MaxAge: seconds,
		HttpOnly: true, Secure: c.House.secure(), SameSite: http.SameSiteLaxMode,
	})
}

// Enter lets the browser keep a session that has begun. On a computer that others use as well it forgets when it closes.
func (c *Call) Enter(e account.Entered) {
	seconds := 0
	if !e.Visit.Shared {
		seconds = max(1, int(e.Visit.EndsAt.Sub(c.House.Now()).Seconds()))
	}
	c.setCookie(sessionCookie, e.Cookie, seconds)
	c.ForgetAsk()
}

// Exit lets the browser forget the session, and all that it kept of the house but language and colours.
func (c *Call) Exit() {
	c.setCookie(sessionCookie, "", -1)
	c.ForgetAsk()
	c.w.Header().Set("Clear-Site-Data", `"cache", "storage"`)
}

// Session is the cookie of the session that asks, for one that replaces it.
func (c *Call) Session() string { return c.cookie(sessionCookie) }

// Ask is what the browser keeps between asking to come in and coming in; KeepAsk lets it keep that, ForgetAsk no more.
func (c *Call) Ask() string          { return c.cookie(askCookie) }
func (c *Call) KeepAsk(value string) { c.setCookie(askCookie, value, int(account.LinkLasts.Seconds())) }
func (c *Call) ForgetAsk()           { c.setCookie(askCookie, "", -1) }
