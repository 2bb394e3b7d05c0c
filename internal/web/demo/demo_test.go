//go:build unix

package demo_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/config"
	"github.com/chiron-mentoring/chiron/internal/demo"
	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/mail"
	"github.com/chiron-mentoring/chiron/internal/serve"
	"github.com/chiron-mentoring/chiron/internal/web"
	"github.com/chiron-mentoring/chiron/internal/web/browser"
	pages "github.com/chiron-mentoring/chiron/internal/web/demo"
	"github.com/chiron-mentoring/chiron/internal/web/page"
)

func TestMain(m *testing.M) { browser.Main(m) }

// A house is a demonstration that runs.
type house struct {
	*testing.T
	*serve.Server
	desk *pages.Desk
	root string
}

// open opens a demonstration with a school or, without people, an installation at which the pages of a demonstration were
// mounted by mistake.
func open(t *testing.T, people int) *house {
	t.Helper()
	f, err := demo.OpenFolder(t.TempDir())
	must(t, err)
	c, err := config.Parse("", nil, nil, map[string]string{"listen": "127.0.0.1:0", "db": f.Data(), "keys": f.Keys(), "backup-folder": f.Backups()})
	must(t, err)
	h := &house{T: t, desk: &pages.Desk{Catcher: &mail.Catcher{}, School: &demo.School{}}}
	h.Server, err = serve.Open(t.Context(), serve.Options{
		Config: c, Log: slog.New(slog.DiscardHandler), Now: time.Now, Sender: h.desk.Catcher, Notice: pages.Notice, Links: pages.Links,
		More: func(*serve.Server) []page.Route { return h.desk.Routes() },
	})
	must(t, err)
	if people > 0 {
		h.desk.School, err = demo.Open(t.Context(), h.Accounts, demo.Make{Seed: 1, People: people})
		must(t, err)
	}
	h.root = h.Server.Config.URL.String()
	life, end := context.WithCancel(context.WithoutCancel(t.Context()))
	over := make(chan error, 1)
	go func() { over <- h.Server.Run(life) }()
	t.Cleanup(func() {
		end()
		if err := errors.Join(<-over, h.Close()); err != nil {
			t.Error(err)
		}
	})
	return h
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// ask asks for an address and does not follow where it leads.
func (h *house) ask(method, path string, form url.Values, head http.Header) (status int, body string, back http.Header) {
	h.Helper()
	r, err := http.NewRequestWithContext(h.Context(), method, h.root+path, strings.NewReader(form.Encode()))
	must(h.T, err)
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, values := range head {
		if r.Header[name] = values; name == "Host" {
			r.Host = values[0]
		}
	}
	answer, err := (&http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}).Do(r)
	must(h.T, err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	must(h.T, err)
	return answer.StatusCode, string(text), answer.Header
}

func person(id string) url.Values { return url.Values{"person": {id}} }

func TestAnybodyComesInByOneButton(t *testing.T) {
	t.Parallel()
	h := open(t, 120)
	french := h.desk.School.Guides()[1]
	if !french.French() {
		t.Fatalf("%s reads English", french.Name())
	}
	status, _, back := h.ask("POST", "/demo/enter", person(string(french.ID)), nil)
	if status != http.StatusSeeOther || back.Get("Location") != "/" || !strings.Contains(back.Get("Set-Cookie"), "HttpOnly; SameSite=Lax") {
		t.Fatalf("%d, %v", status, back)
	}
	cookie, _, _ := strings.Cut(back.Get("Set-Cookie"), ";")
	status, body, _ := h.ask("GET", "/demo", nil, http.Header{"Cookie": {cookie}})
	if status != http.StatusOK || !strings.Contains(body, "Vous êtes "+french.Name()) || !strings.Contains(body, "Personne ici n’existe") && !strings.Contains(body, "personne ici n’existe") {
		t.Errorf("%d:\n%s", status, body)
	}
	guides := h.desk.School.Guides()
	again := guides[len(guides)-1]
	_, _, back = h.ask("POST", "/demo/enter", person(string(again.ID)), http.Header{"Cookie": {cookie}})
	_, body, _ = h.ask("GET", "/demo", nil, http.Header{"Cookie": {cookie}})
	if strings.Contains(body, "Vous êtes") {
		t.Error("who became somebody else is still the one before")
	}
	cookie, _, _ = strings.Cut(back.Get("Set-Cookie"), ";")
	if _, body, _ := h.ask("GET", "/", nil, http.Header{"Cookie": {cookie}}); !strings.Contains(body, `href="/installation"`) {
		t.Error("the administrator does not look after the installation")
	}
}

// TestPagesSayThatItIsADemonstration looks for the line above the pages of strangers, and above those that are not there.
func TestPagesSayThatItIsADemonstration(t *testing.T) {
	t.Parallel()
	h := open(t, 40)
	for _, path := range []string{"/", "/sign-in", "/who-sees-what", "/demo", "/demo/mail", "/nowhere"} {
		_, body, _ := h.ask("GET", path, nil, nil)
		if !strings.Contains(body, "Demonstration: nobody here exists") || !strings.Contains(body, `href="/demo/mail"`) {
			t.Errorf("%s does not say what this is", path)
		}
	}
}

// TestWhoComesFromElsewhereFindsNothing asks under other names of the host, as a page would that has its own name lead here,
// from other machines, and from other sites.
func TestWhoComesFromElsewhereFindsNothing(t *testing.T) {
	t.Parallel()
	h := open(t, 40)
	who := string(h.desk.School.Members[0].ID)
	_, nowhere, _ := h.ask("GET", "/nowhere", nil, nil)
	for _, path := range []string{"/demo", "/demo/mail", "/demo/mail/x"} {
		status, body, _ := h.ask("GET", path, nil, http.Header{"Host": {"rebound.example:80"}})
		if status != http.StatusNotFound || withoutPath(body) != withoutPath(nowhere) {
			t.Errorf("%s under another name: %d", path, status)
		}
	}
	for what, head := range map[string]http.Header{
		"another name": {"Host": {"rebound.example"}}, "another number": {"Host": {"192.0.2.1"}},
		"another site": {"Sec-Fetch-Site": {"cross-site"}}, "another origin": {"Origin": {"https://evil.example"}},
	} {
		status, _, back := h.ask("POST", "/demo/enter", person(who), head)
		if status != http.StatusNotFound && status != http.StatusForbidden || back.Get("Set-Cookie") != "" {
			t.Errorf("%s: %d, %v", what, status, back)
		}
	}
	for _, nobody := range []string{"", "x", who + "x"} {
		if status, _, _ := h.ask("POST", "/demo/enter", person(nobody), nil); status != http.StatusNotFound {
			t.Errorf("%q: %d", nobody, status)
		}
	}
	pages := web.New(web.Options{
		Accounts: h.Accounts, Log: h.Log, Now: time.Now, Name: "x", Origin: h.root, Languages: locale.Languages[:], More: h.desk.Routes(),
	})
	for from, want := range map[string]int{"192.0.2.1:5000": http.StatusNotFound, "127.0.0.1:5000": http.StatusSeeOther, "[::1]:5000": http.StatusSeeOther} {
		r := httptest.NewRequestWithContext(t.Context(), "POST", h.root+"/demo/enter", strings.NewReader(person(who).Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("X-Forwarded-For", "127.0.0.1")
		r.RemoteAddr = from
		w := httptest.NewRecorder()
		if pages.ServeHTTP(w, r); w.Code != want {
			t.Errorf("from %s: %d, want %d", from, w.Code, want)
		}
	}
}

var ways = regexp.MustCompile(`\?to=[^"]*`)

// withoutPath is a page without the address that its links come back to.
func withoutPath(body string) string { return ways.ReplaceAllString(body, "") }

// TestInstallationLetsNobodyInAsSomebodyElse mounts the pages of a demonstration at a store that has no mark of one.
func TestInstallationLetsNobodyInAsSomebodyElse(t *testing.T) {
	t.Parallel()
	h := open(t, 0)
	token, err := h.FirstLink(t.Context())
	must(t, err)
	status, _, _ := h.ask("GET", strings.TrimPrefix(token, h.root), nil, nil)
	if status != http.StatusOK {
		t.Fatalf("the first link: %d", status)
	}
	e, err := h.Accounts.BecomeFirst(t.Context(), account.Key{Token: token[strings.LastIndex(token, "/")+1:]}, "dean@example.org", "en")
	must(t, err)
	h.desk.School.Members = []demo.Member{{ID: e.Visit.Actor.Person}}
	status, _, back := h.ask("POST", "/demo/enter", person(string(e.Visit.Actor.Person)), nil)
	if status != http.StatusNotFound || back.Get("Set-Cookie") != "" {
		t.Errorf("%d, %v", status, back)
	}
}

// TestDemonstrationIsNotServedToPeople opens the store of a demonstration as chiron serve would.
func TestDemonstrationIsNotServedToPeople(t *testing.T) {
	t.Parallel()
	f, err := demo.OpenFolder(t.TempDir())
	must(t, err)
	c, err := config.Parse("", nil, nil, map[string]string{"listen": "127.0.0.1:0", "db": f.Data(), "keys": f.Keys(), "backup-folder": f.Backups()})
	must(t, err)
	quiet := slog.New(slog.DiscardHandler)
	s, err := serve.Open(t.Context(), serve.Options{Config: c, Log: quiet, Now: time.Now, More: func(*serve.Server) []page.Route { return nil }})
	must(t, err)
	_, err = demo.Open(t.Context(), s.Accounts, demo.Make{Seed: 1, People: 20})
	must(t, errors.Join(err, s.Close()))
	if _, err := serve.Open(t.Context(), serve.Options{Config: c, Log: quiet, Now: time.Now}); err == nil || !strings.Contains(err.Error(), "chiron demo") {
		t.Errorf("got %v", err)
	}
}

func TestListIsNarrowedByNameAndPart(t *testing.T) {
	t.Parallel()
	h := open(t, 120)
	_, counts := h.desk.School.Find("", nil)
	_, body, _ := h.ask("GET", "/demo?way=mentor", nil, nil)
	if strings.Contains(body, "Some people to begin with") || strings.Count(body, `name="person"`) != min(20, counts[demo.Mentors]) {
		t.Errorf("%d mentors are shown of %d", strings.Count(body, `name="person"`), counts[demo.Mentors])
	}
	for _, odd := range []string{"?q=zzzzzz", "?page=99999999999999999999", "?page=-1", "?way=dean", "?q=" + strings.Repeat("%00", 50), "?q=" + strings.Repeat("x", 5000), "?q=%ff", "?q=<script>alert(1)</script>"} {
		status, body, _ := h.ask("GET", "/demo"+odd, nil, nil)
		if status != http.StatusOK || strings.Contains(body, "<script>alert") {
			t.Errorf("%s: %d", odd, status)
		}
	}
	_, last, _ := h.ask("GET", "/demo?page=999", nil, nil)
	if n := strings.Count(last, `name="person"`); n == 0 || n > 20 {
		t.Errorf("the last page has %d people", n)
	}
}

// TestCaughtLetterLetsItsReaderIn goes through the letter by which anybody would sign in.
func TestCaughtLetterLetsItsReaderIn(t *testing.T) {
	t.Parallel()
	h := open(t, 60)
	tab := browser.Open(t, h.root)
	tab.WithoutScript()
	tab.Visit("/demo/mail")
	if !strings.Contains(tab.Text(), "No letter was caught yet") {
		t.Errorf("the page says\n%s", tab.Text())
	}
	who := h.desk.School.Members[10]
	tab.Visit("/sign-in")
	tab.MustElement("#address").MustInput(who.Email)
	tab.Press(".btn-main")
	h.Queue.Drain(t.Context())
	for tries := 0; len(h.desk.Catcher.Caught()) == 0 && tries < 100; tries++ {
		time.Sleep(20 * time.Millisecond)
	}
	tab.Visit("/demo/mail")
	tab.Press(".tbl a")
	if text := tab.Text(); !strings.Contains(text, who.Email) {
		t.Fatalf("the letter is\n%s", text)
	}
	tab.Press(`main a[href*="/link/"]`)
	tab.Press("main .btn-main")
	tab.Visit("/demo")
	if !strings.Contains(tab.Text(), "You are "+who.Name()) && !strings.Contains(tab.Text(), "Vous êtes "+who.Name()) {
		t.Errorf("the page says\n%s", tab.Text())
	}
	tab.Quiet("ERR_BLOCKED_BY_CLIENT")
}

// TestPagesOfADemonstrationHoldWhatPagesPromise opens each in both languages.
func TestPagesOfADemonstrationHoldWhatPagesPromise(t *testing.T) {
	t.Parallel()
	h := open(t, 60)
	of := map[string]locale.Language{} // letters
	for k, p := range h.desk.School.Guides()[:2] {
		of[p.Email] = locale.Languages[k]
		_, _, _ = h.ask("POST", "/sign-in", url.Values{"address": {p.Email}}, nil)
	}
	h.Queue.Drain(t.Context())
	for tries := 0; len(h.desk.Catcher.Caught()) < 2 && tries < 100; tries++ {
		time.Sleep(20 * time.Millisecond)
	}
	paths := []string{"/demo", "/demo?q=zzzzzz", "/demo/mail"}
	if n := len(h.desk.Catcher.Caught()); n != 2 {
		t.Fatalf("%d letters were caught", n)
	}
	tab := browser.Open(t, h.root)
	tab.Prefer("prefers-reduced-motion", "reduce")
	for _, language := range locale.Languages {
		tab.Visit("/language/" + string(language) + "?to=/demo")
		own := slices.Clone(paths)
		for _, m := range h.desk.Catcher.Caught() {
			if of[m.To.Address] == language {
				own = append(own, "/demo/mail/"+m.ID)
			}
		}
		if len(own) != len(paths)+1 {
			t.Errorf("there is no letter in %s", language)
		}
		for _, path := range own {
			name := string(language) + " " + path
			tab.Visit(path)
			tab.Speaks(language, name)
			tab.Fits(name)
			tab.Accessible(name)
			if slices.Contains([]string{"/demo", "/demo/mail"}, path) {
				tab.Wide(1280)
				tab.Visit(path)
				tab.Walk(name)
			}
		}
	}
	tab.Quiet()
}
