//go:build unix

package door_test

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/account/institution"
	"github.com/chiron-mentoring/chiron/internal/account/institution/institutiontest"
	"github.com/chiron-mentoring/chiron/internal/job"
	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/mail"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
	"github.com/chiron-mentoring/chiron/internal/web/assets"
	"github.com/chiron-mentoring/chiron/internal/web/browser"
	"github.com/chiron-mentoring/chiron/internal/web/door"
	"github.com/chiron-mentoring/chiron/internal/web/front"
	"github.com/chiron-mentoring/chiron/internal/web/mine"
	"github.com/chiron-mentoring/chiron/internal/web/page"
)

func TestMain(m *testing.M) { browser.Main(m) }

// A house is an installation of its own, with the doors, the page of one's passkeys and a page behind the doors.
type house struct {
	*testing.T
	root     string
	accounts *account.Accounts
	catcher  *mail.Catcher
	provider *institutiontest.Provider
	later    time.Duration // by which the clock of the house is ahead
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
	h := &house{T: t, root: "http://localhost:" + port, catcher: &mail.Catcher{}, provider: institutiontest.Start(t)}
	now := func() time.Time { return time.Now().Add(h.later) }
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
	all := &page.House{
		Accounts: h.accounts, Log: slog.New(slog.DiscardHandler), Now: now, Name: site.Name, Origin: h.root, Languages: locale.Languages[:],
	}
	mux := http.NewServeMux()
	all.Mount(mux, routes())
	mux.Handle(assets.Root, assets.Handler())
	mux.Handle("/", all.NotHere())
	server := &http.Server{Handler: all.Protect(mux), ReadHeaderTimeout: time.Minute}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Shutdown(context.WithoutCancel(t.Context())) })
	return h
}

func routes() []page.Route {
	const signIn, public, own, installation = mentoring.SignIn, mentoring.ReadPublicPages, mentoring.Account, mentoring.Installation
	return []page.Route{
		{Pattern: "GET /{$}", Action: public, Kind: installation, Do: front.First},
		{Pattern: "GET /language/{tag}", Action: public, Kind: installation, Do: front.Language},
		{Pattern: "POST " + page.ThemePath, Action: public, Kind: installation, Do: front.Colours},
		{Pattern: "GET /who-sees-what", Action: public, Kind: installation, Do: front.WhoSeesWhat},
		{Pattern: "GET /sign-in", Action: signIn, Kind: own, Do: door.SignIn},
		{Pattern: "POST /sign-in", Action: signIn, Kind: own, Do: door.AskLetter},
		{Pattern: "GET /sign-in/mail", Action: signIn, Kind: own, Do: door.Mail},
		{Pattern: "POST /sign-in/code", Action: signIn, Kind: own, Do: door.TypeCode},
		{Pattern: "POST /sign-in/passkey/options", Action: signIn, Kind: own, Do: door.Options},
		{Pattern: "POST /sign-in/passkey", Action: signIn, Kind: own, Do: door.Passkey},
		{Pattern: "POST /sign-in/with/{institution}", Action: signIn, Kind: own, Do: door.GoTo},
		{Pattern: "GET /sign-in/with/{institution}/back", Action: signIn, Kind: own, Do: door.Return},
		{Pattern: "GET /sign-in/whose", Action: signIn, Kind: own, Do: door.Whose},
		{Pattern: "POST /sign-in/whose", Action: signIn, Kind: own, Do: door.AskWhose},
		{Pattern: "GET /link/{token}", Action: signIn, Kind: own, Do: door.Look},
		{Pattern: "POST /link/{token}", Action: signIn, Kind: own, Do: door.Open},
		{Pattern: "GET /prove", Action: signIn, Kind: own, Do: door.Prove},
		{Pattern: "POST /prove", Action: signIn, Kind: own, Do: door.ProveByLetter},
		{Pattern: "GET /prove/mail", Action: signIn, Kind: own, Do: door.ProveMail},
		{Pattern: "POST /prove/code", Action: signIn, Kind: own, Do: door.ProveByCode},
		{Pattern: "POST /prove/passkey", Action: signIn, Kind: own, Do: door.ProveByPasskey},
		{Pattern: "POST /prove/with/{institution}", Action: signIn, Kind: own, Do: door.ProveAt},
		{Pattern: "POST /sign-out", Action: mentoring.SignOut, Kind: own, Do: door.SignOut},
		{Pattern: "GET /signed-out", Action: public, Kind: installation, Do: door.SignedOut},
		{Pattern: "GET /paused", Action: mentoring.SignOut, Kind: own, Do: door.Suspended},
		{Pattern: "GET /account/passkeys", Action: mentoring.See, Kind: own, Do: mine.Passkeys},
		{Pattern: "GET /account/passkeys/add", Action: mentoring.ChangeOwnPasskeys, Kind: own, Do: mine.AddPasskey},
		{Pattern: "POST /account/passkeys/add", Action: mentoring.ChangeOwnPasskeys, Kind: own, Do: mine.KeepPasskey},
		{Pattern: "POST /account/passkeys/add/options", Action: mentoring.ChangeOwnPasskeys, Kind: own, Do: mine.PasskeyOptions},
		{Pattern: "GET /account/institutions", Action: mentoring.See, Kind: own, Do: mine.Institutions},
		{Pattern: "POST /account/institutions/{institution}/link", Action: mentoring.LinkInstitution, Kind: own, Do: mine.LinkInstitution},
	}
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
func (h *house) calm() { h.later += 13 * time.Minute }

// in fails the test unless the page says who is in.
func in(t *testing.T, tab *browser.Tab) {
	t.Helper()
	if text := tab.Text(); !strings.Contains(text, "This is your place") && !strings.Contains(text, "chez vous") && !strings.Contains(text, "Rien ne vous attend") {
		t.Errorf("nobody is in at %s:\n%s", tab.Path(), text)
	}
}
