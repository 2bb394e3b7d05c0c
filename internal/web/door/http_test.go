//go:build unix

package door_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/store"
)

// A visitor is a browser without script and without eyes.
type visitor struct {
	*testing.T
	*http.Client
	root string
}

func (h *house) visitor() *visitor {
	jar, err := cookiejar.New(nil)
	if err != nil {
		h.Fatal(err)
	}
	return &visitor{h.T, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}, h.root}
}

// A reply is what a visitor gets.
type reply struct {
	status   int
	to, body string
	header   http.Header
}

func (v *visitor) do(method, path string, form url.Values, header ...string) reply {
	v.Helper()
	r, err := http.NewRequestWithContext(v.Context(), method, v.root+path, strings.NewReader(form.Encode()))
	if err != nil {
		v.Fatal(err)
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", v.root)
	}
	for k := 0; k+1 < len(header); k += 2 {
		r.Header.Set(header[k], header[k+1])
	}
	answer, err := v.Do(r)
	if err != nil {
		v.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		v.Fatal(err)
	}
	return reply{answer.StatusCode, answer.Header.Get("Location"), string(text), answer.Header}
}

func (v *visitor) get(path string) reply { v.Helper(); return v.do("GET", path, nil) }
func (v *visitor) post(path string, form url.Values) reply {
	v.Helper()
	return v.do("POST", path, form)
}

// comesIn signs in by a code.
func (v *visitor) comesIn(h *house, address, to string) reply {
	v.Helper()
	h.calm()
	v.post("/sign-in", url.Values{"address": {address}, "to": {to}})
	return v.post("/sign-in/code", url.Values{"code": {h.code(address)}})
}

func TestNobodyIsLedElsewhere(t *testing.T) {
	t.Parallel()
	h := newHouse(t, store.SQLite)
	for to, want := range map[string]string{
		"/who-sees-what": "/who-sees-what", "/account/trail?before=x": "/account/trail?before=x", "": "/", "/": "/",
		"https://evil.example": "/", "//evil.example": "/", `/\evil.example`: "/", `\\evil.example`: "/", "/%2f%2fevil.example": "/",
		"https:evil.example": "/", "javascript:alert(1)": "/", "/\tevil": "/", "/\r\nSet-Cookie: a=b": "/", "data:text/html,x": "/",
		"/sign-in": "/", "/sign-in?to=/x": "/", "/sign-in/mail": "/", "/link/x": "/", "/prove?to=/x": "/", "/sign-out": "/", "/signed-out": "/",
		"/sign-in-here": "/sign-in-here", "/" + strings.Repeat("x", 5000): "/",
	} {
		v := h.visitor()
		if got := v.comesIn(h, "zoe@example.org", to).to; got != want {
			t.Errorf("%q leads to %q", to, got)
		}
		if got := v.get("/sign-in?to=" + url.QueryEscape(to)).to; got != want {
			t.Errorf("%q leads who is in to %q", to, got)
		}
	}
}

// TestDoorSaysTheSameToKnownAndUnknown compares answers byte by byte, but for what is secret and new each time.
func TestDoorSaysTheSameToKnownAndUnknown(t *testing.T) {
	t.Parallel()
	h := newHouse(t, store.SQLite)
	h.visitor().comesIn(h, "known@example.org", "")
	for _, open := range []bool{true, false} {
		h.accounts.Open = open
		var seen [2]string
		for k, address := range []string{"known@example.org", "other@example.org"} {
			h.calm()
			v := h.visitor()
			asked := v.post("/sign-in", url.Values{"address": {address}})
			page := v.get(asked.to)
			wrong := v.post("/sign-in/code", url.Values{"code": {"0000 0000"}})
			for _, r := range []reply{asked, page, wrong} {
				r.header.Del("Date")
				r.header.Set("Set-Cookie", regexp.MustCompile(`=[A-Z2-7]{20,}`).ReplaceAllString(strings.Join(r.header.Values("Set-Cookie"), "; "), "=…"))
				seen[k] += fmt.Sprintln(r.status, r.to, r.header, r.body)
			}
		}
		if seen[0] != seen[1] || !strings.Contains(seen[0], "Attempts left: 4") {
			t.Errorf("open %v: with an account\n%s\nwithout\n%s", open, seen[0], seen[1])
		}
	}
}

func TestOpeningAPageChangesNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t, store.SQLite)
	v := h.visitor()
	v.post("/sign-in", url.Values{"address": {"zoe@example.org"}})
	link := h.link("zoe@example.org")
	count := func() (n string) {
		err := h.accounts.DB.View(t.Context(), func(tx *store.Tx) error {
			jobs, err := tx.CountJobs()
			if err != nil {
				return err
			}
			events, err := tx.CountEvents()
			n = fmt.Sprint(jobs, events)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := count()
	for _, who := range []*visitor{v, h.visitor()} {
		for _, path := range []string{
			"/sign-in", "/sign-in/mail", "/sign-in/code", "/sign-in/passkey", "/sign-in/passkey/options", "/sign-in/with/university", "/sign-in/whose",
			"/sign-in/with/university/back", link, "/prove", "/prove/mail", "/prove/code", "/sign-out", "/signed-out", "/paused",
		} {
			for range 2 {
				if r := who.get(path); r.status == http.StatusInternalServerError || strings.Contains(strings.Join(r.header.Values("Set-Cookie"), ";"), "chiron=") {
					t.Errorf("%s: %d %v", path, r.status, r.header)
				}
			}
		}
	}
	if after := count(); after != before {
		t.Errorf("before %s, after %s", before, after)
	}
	if n := h.provider.Hits("/.well-known/openid-configuration"); n != 0 {
		t.Errorf("the institution was asked %d times", n)
	}
	if r := v.post(link, url.Values{}); r.status != http.StatusSeeOther || r.to != "/" {
		t.Errorf("the link afterwards: %d %s", r.status, r.to)
	}
}

func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t, store.SQLite)
	v := h.visitor()
	v.comesIn(h, "zoe@example.org", "")
	for _, path := range []string{"/sign-in", "/sign-in/code", "/sign-in/passkey", "/sign-in/with/university", "/link/x", "/prove", "/sign-out"} {
		for _, header := range [][]string{
			{"Origin", "https://evil.example"}, {"Origin", "null"}, {"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"},
		} {
			if r := v.do("POST", path, url.Values{"address": {"a@example.org"}}, header...); r.status != http.StatusForbidden {
				t.Errorf("%s with %v: %d", path, header, r.status)
			}
		}
	}
	if r := v.get("/account/passkeys"); r.status != http.StatusOK {
		t.Errorf("the session is gone: %d", r.status)
	}
}

func TestSessionIsNewWhateverTheBrowserBrings(t *testing.T) {
	t.Parallel()
	h := newHouse(t, store.SQLite)
	v := h.visitor()
	root, err := url.Parse(h.root)
	if err != nil {
		t.Fatal(err)
	}
	const preset = "PRESETPRESETPRESETPRESETPRESETPRESETPRESETPRESETPRES"
	v.Jar.SetCookies(root, []*http.Cookie{{Name: "chiron", Value: preset, Path: "/"}})
	if r := v.comesIn(h, "zoe@example.org", ""); strings.Contains(r.header.Get("Set-Cookie"), preset) {
		t.Error("the session has the name that the browser brought")
	}
	session := func() string {
		for _, c := range v.Jar.Cookies(root) {
			if c.Name == "chiron" {
				return c.Value
			}
		}
		return ""
	}
	first := session()
	if first == preset || len(first) < 52 {
		t.Errorf("the session is %q", first)
	}
	if r := h.visitor().do("GET", "/account/passkeys", nil, "Cookie", "chiron="+first+"; chiron="+preset); r.status == http.StatusOK {
		t.Error("of two cookies one was believed")
	}
	v.post("/sign-out", url.Values{})
	if session() != "" {
		t.Error("the browser keeps the cookie")
	}
	if r := h.visitor().do("GET", "/account/passkeys", nil, "Cookie", "chiron="+first); r.status == http.StatusOK {
		t.Error("the session goes on")
	}
}

func TestDoorHoldsAgainstWhatIsNoForm(t *testing.T) {
	t.Parallel()
	h := newHouse(t, store.SQLite)
	v := h.visitor()
	long := strings.Repeat("a", 1<<20)
	for name, r := range map[string]reply{
		"a form of 1 MB":            v.post("/sign-in", url.Values{"address": {long}}),
		"an address with a line":    v.post("/sign-in", url.Values{"address": {"a@example.org\r\nBcc: b@example.org"}}),
		"what is not text":          v.post("/sign-in", url.Values{"address": {"a\xff@example.org"}}),
		"no form":                   v.do("POST", "/sign-in", url.Values{}, "Content-Type", "application/json"),
		"a code of 60 kB":           v.post("/sign-in/code", url.Values{"code": {long[:60000]}}),
		"a passkey of 60 kB":        v.post("/sign-in/passkey", url.Values{"answer": {long[:60000]}}),
		"a passkey that is none":    v.post("/sign-in/passkey", url.Values{"answer": {`{"id":"x"}`}}),
		"an unknown institution":    v.post("/sign-in/with/nowhere", url.Values{}),
		"an institution upwards":    v.post("/sign-in/with/..%2f..", url.Values{}),
		"a token of 5 kB":           v.get("/link/" + long[:5000]),
		"a way back of nobody":      v.get("/sign-in/with/university/back?state=" + long[:5000]),
		"a claim of nobody":         v.get("/sign-in/whose?claim=x"),
		"proving as a stranger":     v.post("/prove", url.Values{}),
		"signing out as a stranger": v.post("/sign-out", url.Values{}),
	} {
		if r.status >= 500 || r.status == 200 || len(r.body) > 100_000 || strings.Contains(r.body, "evil") {
			t.Errorf("%s: %d, %d bytes", name, r.status, len(r.body))
		}
	}
}

func TestPagesOfTheDoorAreNotKept(t *testing.T) {
	t.Parallel()
	h := newHouse(t, store.SQLite)
	v := h.visitor()
	for _, path := range []string{"/sign-in", "/sign-in/mail", "/link/x", "/signed-out"} {
		r := v.get(path)
		if r.header.Get("Cache-Control") != "no-store" || r.header.Get("Referrer-Policy") != "same-origin" || !strings.Contains(r.header.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s: %v", path, r.header)
		}
	}
}

func TestInstitutionThatIsAwayLeavesTheOtherWays(t *testing.T) {
	t.Parallel()
	h := newHouse(t, store.SQLite)
	h.provider.Says = func(says map[string]any) { says["issuer"] = "https://evil.example" }
	v := h.visitor()
	r := v.post("/sign-in/with/university", url.Values{"to": {"/who-sees-what"}})
	if r.status != http.StatusServiceUnavailable || !strings.Contains(r.body, "Your institution cannot be reached") || !strings.Contains(r.body, `value="/who-sees-what"`) {
		t.Errorf("it answers %d\n%s", r.status, r.body)
	}
	if logged := h.log(); !strings.Contains(logged, "issuer") || strings.Contains(logged, h.provider.Secret) {
		t.Errorf("the log says %s", logged)
	}
	v.comesIn(h, "zoe@example.org", "")
	v.post("/sign-out", url.Values{})
	if strings.Contains(h.log(), "zoe") {
		t.Errorf("the log names people: %s", h.log())
	}
}
