package page

import (
	"bytes"
	"crypto/rand"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/config"
	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/outbox"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/privacy"
	"github.com/chiron-mentoring/chiron/internal/program"
	"github.com/chiron-mentoring/chiron/internal/vocabulary/edition"
	"github.com/chiron-mentoring/chiron/internal/web/assets"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// A House is what all pages of an installation share.
type House struct {
	Accounts        *account.Accounts
	People          *person.People
	Programs        *program.Programs
	Characteristics *person.Characteristics
	Config          *config.Config // what is in force; for those who look after the installation
	Privacy         *privacy.Privacy
	Lists           *edition.Editions
	Outbox          *outbox.Outbox
	Version         string // of this program
	Log             *slog.Logger
	Now             func() time.Time
	Name            string          // of the installation
	Origin          string          // such as "https://mentoring.example.org", without a slash at the end
	Proxies         config.Networks // whose word on who asks is believed
	Languages       []locale.Language
	Around          func(c *Call) ui.Page // what stands around the content of a page, besides what Show fills in
	Notice          string                // key of what stands above every page; "": nothing does
	Links           []ui.Link             // behind that, with keys as labels
	Full            func() bool           // whether the disk is so full that nothing may be changed; nil: it never is
	Places          chan struct{}         // as many requests are answered at once; nil: any number
	Seen            func(Answered)        // told of every answer; nil: nobody is
}

// Answered is what is known of an answer without saying who asked for what.
type Answered struct {
	Pattern string
	Status  int
	Took    time.Duration
}

// SignInPath is where those are led who have not signed in, and ProvePath those whose sign-in is too long ago.
const (
	SignInPath  = "/sign-in"
	ProvePath   = "/prove"
	DataPath    = "/account/data" // where people take their data away, also from an account that is suspended
	SignOutPath = "/sign-out"     // takes a form

	SuspendedPath = "/paused"                    // says why an account is suspended
	WithdrawPath  = "/profile/consents/withdraw" // where consents are withdrawn, also from an account that is suspended
	ReportPath    = "/policy-reports"            // where browsers tell of what the policy held back
)

// Protect puts what holds for every answer around a handler: the policy of the pages, and no change from another site.
func (h *House) Protect(next http.Handler) http.Handler {
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.say(h.call(w, r, &Route{}), errCrossSite)
	}))
	inside := cross.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head := w.Header()
		head.Set("Content-Security-Policy", assets.Policy+"; report-uri "+ReportPath)
		head.Set("X-Content-Type-Options", "nosniff")
		head.Set("Referrer-Policy", "same-origin")
		head.Set("X-Frame-Options", "DENY")
		head.Set("Cross-Origin-Opener-Policy", "same-origin")
		head.Set("Cross-Origin-Resource-Policy", "same-origin")
		head.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
		if to := h.elsewhere(r); to != "" {
			http.Redirect(w, r, to, http.StatusTemporaryRedirect)
			return
		}
		if h.secure() {
			head.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
		}
		inside.ServeHTTP(w, r)
	})
}

// elsewhere is where somebody is led who reads pages on the machine itself by its number: cookies and passkeys belong to
// the name. "": they are right here.
func (h *House) elsewhere(r *http.Request) string {
	name, _, err := net.SplitHostPort(r.Host)
	if err != nil || !strings.HasPrefix(h.Origin, "http://localhost:") || r.Method != http.MethodGet {
		return ""
	}
	if address, err := netip.ParseAddr(name); err != nil || !address.IsLoopback() {
		return ""
	}
	return h.Origin + r.URL.RequestURI()
}

// serve answers the requests of a route.
func (h *House) serve(route *Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := h.Now()
		c := h.call(w, r, route)
		c.receive()
		err := h.inPlace(func() error {
			if err := c.admit(); err != nil {
				return err
			}
			return c.do()
		})
		if err != nil {
			h.say(c, err)
		}
		if h.Seen != nil {
			h.Seen(Answered{route.Pattern, c.status, h.Now().Sub(begun)})
		}
	})
}

// inPlace answers a request if there is a place for it. Who comes when all are taken is asked to come again: who waits in
// a line that grows gets nothing in the end. What a client sends slowly is received before, and takes no place.
func (h *House) inPlace(answer func() error) error {
	if h.Places == nil {
		return answer()
	}
	select {
	case h.Places <- struct{}{}:
		defer func() { <-h.Places }()
		return answer()
	default:
		return errBusy
	}
}

// NotHere answers for every address that there is none of.
func (h *House) NotHere() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := h.call(w, r, &Route{Pattern: "none"})
		err := c.visit()
		if err == nil {
			err = errNotHere
		}
		h.say(c, err)
	})
}

// call begins to answer a request. What it needs of the store comes later.
func (h *House) call(w http.ResponseWriter, r *http.Request, route *Route) *Call {
	c := &Call{Request: r, House: h, route: route, w: w}
	c.Words = locale.For(c.language())
	return c
}

// admit finds out who asks, and whether they have come to the right door.
func (c *Call) admit() error {
	if c.changes() && c.House.full() {
		return errFull
	}
	if err := c.visit(); err != nil {
		return err
	}
	switch {
	case c.route.closedTo(c.Visit.Actor):
		return errSuspended
	case !c.SignedIn() && !c.route.Open():
		return errSignIn
	}
	return nil
}

// changes says whether a request is one that may change something.
func (c *Call) changes() bool {
	return c.Request.Method != http.MethodGet && c.Request.Method != http.MethodHead
}

func (h *House) full() bool { return h.Full != nil && h.Full() }

// visit reads who asks from the cookie.
func (c *Call) visit() (err error) {
	c.Visit, err = c.House.Accounts.Visit(c.Request.Context(), c.cookie(sessionCookie))
	if c.SignedIn() {
		c.Words = locale.For(c.language())
	}
	return err
}

// do lets the handler answer. A panic of one page is an error of that page alone.
func (c *Call) do() (err error) {
	defer func() {
		if defect := recover(); defect != nil {
			if defect == http.ErrAbortHandler {
				panic(defect)
			}
			if u, is := defect.(unread); is {
				err = u.err
				return
			}
			err = errors.Join(errDefect, asError(defect))
		}
	}()
	return c.route.Do(c)
}

// reference is what a reader can tell of an error, and what the log has of it.
func reference() string { return rand.Text()[:8] }

// write sends an answer that is complete.
func (c *Call) write(status int, kind string, content *bytes.Buffer) {
	head := c.w.Header()
	head.Set("Content-Type", kind)
	head.Set("Content-Length", strconv.Itoa(content.Len()))
	if head.Get("Cache-Control") == "" {
		head.Set("Cache-Control", "no-store")
	}
	c.status = status
	c.w.WriteHeader(status)
	_, _ = content.WriteTo(c.w)
}
