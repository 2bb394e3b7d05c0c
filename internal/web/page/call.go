package page

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/vocabulary"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// A Call is one request of one visitor, and the answer to it.
type Call struct {
	Request *http.Request
	House   *House
	Visit   account.Visit // zero: nobody has signed in
	Words   *locale.Catalogue

	route  *Route
	w      http.ResponseWriter
	form   url.Values
	status int
	lists  *vocabulary.Set // nil: nobody has asked yet
}

// SignedIn says whether somebody has.
func (c *Call) SignedIn() bool { return c.Visit.SessionID != "" }

// Path is a part of the address that the route's pattern names.
func (c *Call) Path(name string) string { return c.Request.PathValue(name) }

// Lists are the lists of words in use, read when the first is asked for. If they cannot be read the handler goes no further,
// and the error is that of the page: nothing is shown or saved by other lists than those in use.
func (c *Call) Lists() vocabulary.Set {
	if c.lists == nil {
		set, err := c.House.Lists.Lists(c.Request.Context())
		if err != nil {
			panic(unread{err})
		}
		c.lists = &set
	}
	return *c.lists
}

// An unread is why [Call.Lists] could not go on; do makes an error of it.
type unread struct{ err error }

// Say says a key in the reader's language.
func (c *Call) Say(key string, args ...any) string { return c.Words.Say(key, args...) }

// Show answers with a page around its content.
func (c *Call) Show(p ui.Page, content templ.Component) error {
	return c.ShowAs(http.StatusOK, p, content)
}

// ShowAs answers with a page and a status: a form that comes back with something to put right has 422.
func (c *Call) ShowAs(status int, p ui.Page, content templ.Component) error {
	p = c.around(p)
	var text bytes.Buffer
	ctx := templ.WithChildren(c.Request.Context(), content)
	if err := ui.Shell(c.Words, p).Render(ctx, &text); err != nil {
		return err
	}
	c.write(status, "text/html; charset=utf-8", &text)
	return nil
}

// ShowPart answers with markup alone, which htmx puts into a page that is there.
func (c *Call) ShowPart(content templ.Component) error {
	var text bytes.Buffer
	if err := content.Render(c.Request.Context(), &text); err != nil {
		return err
	}
	c.w.Header().Set("Vary", "HX-Request")
	c.write(http.StatusOK, "text/html; charset=utf-8", &text)
	return nil
}

// File answers with a file for the reader to keep. Its name is in plain letters.
func (c *Call) File(name, kind string, content []byte) error {
	c.w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", name))
	c.write(http.StatusOK, kind, bytes.NewBuffer(content))
	return nil
}

// JSON answers with a text that is JSON already.
func (c *Call) JSON(content []byte) error {
	c.write(http.StatusOK, "application/json; charset=utf-8", bytes.NewBuffer(content))
	return nil
}

// Nothing answers that it is done, without a page.
func (c *Call) Nothing() error {
	c.write(http.StatusNoContent, "text/plain; charset=utf-8", &bytes.Buffer{})
	return nil
}

// Go leads on to another address of this house, after a form was taken (303).
func (c *Call) Go(to string) error {
	c.w.Header().Set("Location", Local(to))
	c.w.Header().Set("Cache-Control", "no-store")
	c.status = http.StatusSeeOther
	c.w.WriteHeader(c.status)
	return nil
}

// Leave leads to another house, such as that of a provider of sign-ins, after a form was taken. It does so by a page: the
// policy of ours holds back a redirect to elsewhere that answers a form, in some browsers.
func (c *Call) Leave(to string) error {
	c.w.Header().Set("Refresh", "0; url="+to)
	return c.Show(ui.Page{Title: c.Say("leave.title")}, leaving(c.Words, to))
}

// GoSaying leads on, and lets the next page say that something was done: the words of a key that begins with "said.".
func (c *Call) GoSaying(to, key string) error {
	c.setCookie(saidCookie, strings.TrimPrefix(key, saidPrefix), 60)
	return c.Go(to)
}

// Local is an address of this house, and "/" in place of any other: nobody is led elsewhere by a link that begins here.
func Local(to string) string {
	u, err := url.Parse(to)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || !strings.HasPrefix(u.Path, "/") ||
		strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n\t") || strings.HasPrefix(u.Path, "//") {
		return "/"
	}
	return to
}

// Here is the address of the page that the reader looks at: this one or, for a form, the one that holds it.
func (c *Call) Here() string {
	if c.Request.Method == http.MethodGet || c.Request.Method == http.MethodHead {
		return c.Request.URL.RequestURI()
	}
	from, err := url.Parse(c.Request.Referer())
	if err != nil || from.Host != c.Request.Host {
		return "/"
	}
	return Local(from.RequestURI())
}
