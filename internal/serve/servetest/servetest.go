//go:build unix

// Package servetest gives tests a house that is open: the real server on either engine, with its letters caught, and
// visitors who come to it as browsers do, without one.
package servetest

import (
	"context"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/config"
	"github.com/chiron-mentoring/chiron/internal/mail"
	"github.com/chiron-mentoring/chiron/internal/serve"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
)

// A House is an installation of its own for a test, with its doors open.
type House struct {
	*testing.T
	Server *serve.Server
	Caught *mail.Catcher

	mu    sync.Mutex
	ahead time.Duration // of the machine's clock
}

// Engines are both.
var Engines = [...]store.Engine{store.SQLite, store.PostgreSQL}

// Both runs a test in a house over each engine, side by side.
func Both(t *testing.T, test func(h *House), settings ...string) {
	t.Helper()
	for _, engine := range Engines {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			test(Open(t, engine, settings...))
		})
	}
}

// Open opens a house over an engine, with settings as on the command line, such as "--name=Mentorat". Anybody may join,
// unless the settings say otherwise.
func Open(t *testing.T, engine store.Engine, settings ...string) *House {
	t.Helper()
	return OpenWith(t, engine, serve.Options{}, settings...)
}

// OpenWith opens a house with options; log, clock and sender are the test's where the options have none.
func OpenWith(t *testing.T, engine store.Engine, o serve.Options, settings ...string) *House {
	t.Helper()
	h := &House{T: t, Caught: &mail.Catcher{}}
	flags := append([]string{"--db=" + storetest.Source(t, engine), "--keys=" + t.TempDir() + "/keys", "--backup-folder=" + t.TempDir(), "--listen=127.0.0.1:0"}, settings...)
	if !slices.ContainsFunc(settings, func(s string) bool { return strings.HasPrefix(s, "--join=") }) {
		flags = append(flags, "--join=anybody")
	}
	set, rest, err := config.ParseFlags(flags)
	h.Must(err)
	if len(rest) > 0 {
		t.Fatalf("%v are no settings", rest)
	}
	if o.Config, err = config.Load(t.TempDir(), nil, set); err != nil {
		t.Fatal(err)
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = h.now
	}
	if o.Sender == nil {
		o.Sender = h.Caught
	}
	h.Server, err = serve.Open(t.Context(), o)
	h.Must(err)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- h.Server.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if err := h.Server.Close(); err != nil {
			t.Error(err)
		}
	})
	return h
}

// Must stops the test at an error.
func (h *House) Must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

func (h *House) now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return time.Now().Add(h.ahead)
}

// Pass lets time pass.
func (h *House) Pass(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ahead += d
}

// Letter is the latest letter to an address, when it has come; older is how many came before that one is waited for.
func (h *House) Letter(to string, older int) mail.Message {
	h.Helper()
	for range 400 {
		var found []mail.Message
		for _, m := range h.Caught.Caught() {
			if m.To.Address == to {
				found = append(found, m)
			}
		}
		if len(found) > older {
			return found[len(found)-1]
		}
		time.Sleep(25 * time.Millisecond)
	}
	h.Fatalf("no letter came to %s", to)
	return mail.Message{}
}

// LinkTo is the path of the link in the latest letter to an address that has one, when it has come. Letters without a link
// may come at any time, such as a welcome.
func (h *House) LinkTo(to string, older int) string {
	h.Helper()
	for waiting := 0; waiting < 400; waiting++ {
		link, n := "", 0
		for _, m := range h.Caught.Caught() {
			if m.To.Address != to {
				continue
			}
			if n++; n > older && Link(m) != "" {
				link = Link(m)
			}
		}
		if link != "" {
			return link
		}
		time.Sleep(25 * time.Millisecond)
	}
	h.Fatalf("no letter with a link came to %s", to)
	return ""
}

// Letters are how many letters came to an address so far.
func (h *House) Letters(to string) (n int) {
	for _, m := range h.Caught.Caught() {
		if m.To.Address == to {
			n++
		}
	}
	return n
}

var (
	linkIn = regexp.MustCompile(`(/link/[A-Za-z0-9_-]{22})\n`)
	codeIn = regexp.MustCompile(`\n(\d{4} \d{4})\n`)
)

// Link is the path of the link in a letter; Code what can be typed in its place. "": there is none.
func Link(m mail.Message) string { return inside(linkIn, m) }
func Code(m mail.Message) string { return inside(codeIn, m) }

func inside(what *regexp.Regexp, m mail.Message) string {
	if found := what.FindStringSubmatch(m.Text); found != nil {
		return found[1]
	}
	return ""
}

// A Visitor comes to the house as a browser without script does: it keeps cookies and follows nothing by itself.
type Visitor struct {
	h      *House
	client http.Client
}

// Stranger is somebody whom the house has never seen.
func (h *House) Stranger() *Visitor {
	jar, err := cookiejar.New(nil)
	h.Must(err)
	return &Visitor{h, http.Client{
		Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Timeout: time.Minute,
	}}
}

// Somebody has joined with an address, or come back with it.
func (h *House) Somebody(address string) *Visitor {
	h.Helper()
	v := h.Stranger()
	older := h.Letters(address)
	v.Send("/sign-in", "address", address)
	link := h.LinkTo(address, older)
	if p := v.Send(link); p.Status != http.StatusSeeOther {
		h.Fatalf("%s does not come in: %d %s", address, p.Status, p.Text())
	}
	return v
}

// First is the first administrator.
func (h *House) First(address string) *Visitor {
	h.Helper()
	link, err := h.Server.FirstLink(h.Context())
	h.Must(err)
	v := h.Stranger()
	if p := v.Send(strings.TrimPrefix(link, h.Server.Config.URL.String()), "address", address); p.Status != http.StatusSeeOther {
		h.Fatalf("the first administrator does not come in: %d %s", p.Status, p.Text())
	}
	return v
}

// A Page is what the house answered.
type Page struct {
	Status int
	Header http.Header
	Body   string
}

// Get opens an address of the house.
func (v *Visitor) Get(path string) Page {
	v.h.Helper()
	return v.Do(http.MethodGet, path, nil, nil)
}

// Send sends a form to an address: names and values in turn.
func (v *Visitor) Send(path string, answers ...string) Page {
	v.h.Helper()
	form := url.Values{}
	for k := 0; k+1 < len(answers); k += 2 {
		form.Add(answers[k], answers[k+1])
	}
	return v.Do(http.MethodPost, path, strings.NewReader(form.Encode()), http.Header{"Content-Type": {"application/x-www-form-urlencoded"}})
}

// Do sends any request.
func (v *Visitor) Do(method, path string, body io.Reader, header http.Header) Page {
	v.h.Helper()
	r, err := http.NewRequestWithContext(v.h.Context(), method, v.h.Server.Config.URL.String()+path, body)
	v.h.Must(err)
	for name, values := range header {
		r.Header[name] = values
	}
	response, err := v.client.Do(r)
	v.h.Must(err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	v.h.Must(err)
	return Page{response.StatusCode, response.Header, string(text)}
}

// Location is where the page leads on to, without the host; "": nowhere.
func (p Page) Location() string { return p.Header.Get("Location") }

var tags = regexp.MustCompile(`(?s)<(script|style|svg).*?</(script|style|svg)>|<[^>]*>`)

// Text is what a reader sees of the page.
func (p Page) Text() string {
	return strings.Join(strings.Fields(html.UnescapeString(tags.ReplaceAllString(p.Body, " "))), " ")
}
