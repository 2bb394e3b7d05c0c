//go:build unix

package door_test

import (
	"bytes"
	"context"
	"log/slog"
	"net"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/account/institution"
	"github.com/chiron-mentoring/chiron/internal/account/institution/institutiontest"
	"github.com/chiron-mentoring/chiron/internal/job"
	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/mail"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
	"github.com/chiron-mentoring/chiron/internal/web"
	"github.com/chiron-mentoring/chiron/internal/web/browser"
)

func TestMain(m *testing.M) { browser.Main(m) }

// A house is an installation of its own, with all its pages.
type house struct {
	*testing.T
	root     string
	accounts *account.Accounts
	catcher  *mail.Catcher
	provider *institutiontest.Provider
	logged   *text
	later    atomic.Int64 // by how many nanoseconds the clock of the house is ahead
}

func newHouse(t *testing.T, engine store.Engine) *house {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	h := &house{T: t, root: "http://localhost:" + port, catcher: &mail.Catcher{}, provider: institutiontest.Start(t), logged: &text{}}
	now := func() time.Time { return time.Now().Add(time.Duration(h.later.Load())) }
	db := storetest.Open(t, storetest.Source(t, engine))
	queue := job.New(db, now, slog.New(slog.DiscardHandler))
	secrets := notice.NewSecrets([32]byte{9})
	site := notice.Site{Name: "Mentorat Sainte-Justine", Address: h.root, From: "chiron@example.org", Secrets: secrets}
	h.provider.Now = now
	h.accounts = &account.Accounts{
		DB: db, Queue: queue, Post: notice.New(db, queue, h.catcher, now, site), Secrets: secrets, Now: now, Open: true,
		Name: site.Name, Origin: h.root, Institutions: institution.NewDesk(h.root, now, []institution.Institution{{
			ID: "university", Name: "University of Example", NameFrench: "Université d’Exemple", Issuer: h.provider.Issuer,
			ClientID: h.provider.ClientID, Secret: h.provider.Secret, Domains: []string{"hospital.example"},
		}}),
	}
	handler := web.New(web.Options{
		Accounts: h.accounts, People: person.New(db, queue, h.accounts.Post, now), Log: slog.New(slog.NewTextHandler(h.logged, nil)), Now: now, Name: site.Name, Origin: h.root, Languages: locale.Languages[:],
	})
	server := &http.Server{Handler: handler, ReadHeaderTimeout: time.Minute}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Shutdown(context.WithoutCancel(t.Context())) })
	return h
}

// A text is what several write.
type text struct {
	mu sync.Mutex
	bytes.Buffer
}

func (l *text) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Buffer.Write(p)
}

// log is all that the house has logged.
func (h *house) log() string {
	h.logged.mu.Lock()
	defer h.logged.mu.Unlock()
	return h.logged.String()
}

// letter is the latest letter to an address.
func (h *house) letter(to string) mail.Message {
	h.Helper()
	h.accounts.Queue.Drain(h.Context())
	var last mail.Message
	for _, m := range h.catcher.Caught() {
		if m.To.Address == to {
			last = m
		}
	}
	if last.ID == "" {
		h.Fatalf("no letter came to %s", to)
	}
	return last
}

var (
	linkIn = regexp.MustCompile(`/link/[A-Za-z0-9_-]{22}`)
	codeIn = regexp.MustCompile(`\n(\d{4} \d{4})\n`)
)

func (h *house) link(to string) string { h.Helper(); return linkIn.FindString(h.letter(to).Text) }

func (h *house) code(to string) string {
	h.Helper()
	found := codeIn.FindStringSubmatch(h.letter(to).Text)
	if found == nil {
		h.Fatalf("the letter has no code:\n%s", h.letter(to).Text)
	}
	return found[1]
}

// calm is the clock of the house a while later, so that nobody asks too often.
func (h *house) calm() { h.pass(13 * time.Minute) }

func (h *house) pass(d time.Duration) { h.later.Add(int64(d)) }

// in fails the test unless the page says who is in.
func in(t *testing.T, tab *browser.Tab) {
	t.Helper()
	if text := tab.Text(); !strings.Contains(text, "This is your place") && !strings.Contains(text, "chez vous") && !strings.Contains(text, "Rien ne vous attend") {
		t.Errorf("nobody is in at %s:\n%s", at(tab), text)
	}
}
