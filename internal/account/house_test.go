//go:build unix

package account

import (
	"log/slog"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/job"
	"github.com/chiron-mentoring/chiron/internal/mail"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
)

// A house is an installation of its own for a test. Its clock goes on by a microsecond whenever somebody looks at it, so
// that things have an order, and else only when it is told to.
type house struct {
	*testing.T
	*Accounts
	db      *store.DB
	catcher *mail.Catcher
	mu      sync.Mutex
	at      time.Time
}

// both runs a test in a house over each engine.
func both(t *testing.T, test func(h *house)) {
	t.Helper()
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB) { test(newHouse(t, db)) })
}

func newHouse(t *testing.T, db *store.DB) *house {
	h := &house{T: t, db: db, catcher: &mail.Catcher{}, at: time.Date(2027, 3, 14, 9, 0, 0, 0, time.UTC)}
	queue := job.New(db, h.now, slog.New(slog.DiscardHandler))
	secrets := notice.NewSecrets([32]byte{1, 2, 3})
	site := notice.Site{Name: "Mentorat", Address: "https://mentoring.example.org", From: "chiron@example.org", Secrets: secrets}
	h.Accounts = &Accounts{DB: db, Queue: queue, Post: notice.New(db, queue, h.catcher, h.now, site), Secrets: secrets, Now: h.now, Open: true, Keep: Keep{24 * time.Hour, 60 * 24 * time.Hour, 14 * 24 * time.Hour}, Name: site.Name, Origin: site.Address}
	return h
}

func (h *house) now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at = h.at.Add(time.Microsecond)
	return h.at
}

// soon says whether an instant comes after a time from now, to the second.
func (h *house) soon(at time.Time, after time.Duration) bool {
	return at.Sub(h.now().Add(after)).Abs() < time.Second
}

func (h *house) pass(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at = h.at.Add(d)
}

// must stops the test at an error.
func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// refuses says that something ends with a fault of a kind and key.
func (h *house) refuses(what string, err error, kind mentoring.FaultKind, key string) {
	h.Helper()
	if f, ok := err.(*mentoring.Fault); !ok || f.Kind != kind || f.Key != key {
		h.Errorf("%s: %v", what, err)
	}
}

// hidden says that something is answered like what does not exist.
func (h *house) hidden(what string, err error) {
	h.Helper()
	h.refuses(what, err, mentoring.NotFound, mentoring.NotHere().Key)
}

// letters are those that came to an address since the last time, after all jobs are done.
func (h *house) letters(to string) (found []mail.Message) {
	h.Helper()
	h.Queue.Drain(h.Context())
	for _, m := range h.catcher.Caught() {
		if m.To.Address == to {
			found = append(found, m)
		}
	}
	return found
}

// last is the latest letter to an address.
func (h *house) last(to string) mail.Message {
	h.Helper()
	all := h.letters(to)
	if len(all) == 0 {
		h.Fatalf("no letter came to %s", to)
	}
	return all[len(all)-1]
}

var (
	linkIn = regexp.MustCompile(`/link/([A-Za-z0-9_-]{22})\n`)
	codeIn = regexp.MustCompile(`\n(\d{4} \d{4})\n`)
)

// token is the one in the latest letter to an address; "": it has none.
func (h *house) token(to string) string {
	h.Helper()
	found := linkIn.FindStringSubmatch(h.last(to).Text)
	if found == nil {
		return ""
	}
	return found[1]
}

func (h *house) code(to string) string {
	h.Helper()
	found := codeIn.FindStringSubmatch(h.last(to).Text)
	if found == nil {
		return ""
	}
	return found[1]
}

// somebody signs in by letter, and joins if need be.
func (h *house) somebody(address string) Entered {
	h.Helper()
	h.pass(12 * time.Minute) // so that nobody asks too often
	asked, err := h.AskLink(h.Context(), Ask{Address: address, Language: "en", Remote: "192.0.2.1:99"})
	h.must(err)
	e, err := h.ConfirmLink(h.Context(), Key{Token: h.token(address), Browser: asked.Browser, Label: "Firefox on Linux", Remote: "192.0.2.1:99"})
	h.must(err)
	return e
}

// first is the first administrator.
func (h *house) first(address string) Entered {
	h.Helper()
	token, err := h.FirstLink(h.Context())
	h.must(err)
	e, err := h.BecomeFirst(h.Context(), Key{Token: token}, address, "fr-CA")
	h.must(err)
	return e
}

// visit is whoever has a cookie; it fails the test where that is nobody.
func (h *house) visit(cookie string) Visit {
	h.Helper()
	v, err := h.Visit(h.Context(), cookie)
	h.must(err)
	if v.SessionID == "" {
		h.Fatal("nobody has signed in with the cookie")
	}
	return v
}

func (h *house) isIn(cookie string) bool {
	h.Helper()
	v, err := h.Visit(h.Context(), cookie)
	h.must(err)
	return v.SessionID != ""
}

// view reads the store.
func (h *house) view(f func(tx *store.Tx) error) {
	h.Helper()
	h.must(h.db.View(h.Context(), f))
}

// actions are the codes of a person's trail, the latest first.
func (h *house) actions(v Visit) string {
	h.Helper()
	trail, err := h.Trail(h.Context(), v, Event{}, 100)
	h.must(err)
	var codes []string
	for _, e := range trail {
		codes = append(codes, e.Action)
	}
	return strings.Join(codes, " ")
}
