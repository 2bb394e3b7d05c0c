package institution_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/chiron-mentoring/chiron/internal/account/institution"
	"github.com/chiron-mentoring/chiron/internal/account/institution/institutiontest"
)

const origin = "https://mentoring.example.org"

var secrets = institution.Question{State: "the state of this question", Nonce: "the nonce of this question", Verifier: strings.Repeat("verifier", 6)}

func desk(p *institutiontest.Provider, change func(i *institution.Institution)) *institution.Desk {
	i := institution.Institution{ID: "university", Name: "University", Issuer: p.Issuer, ClientID: p.ClientID, Secret: p.Secret, Domains: []string{"hospital.example"}}
	if change != nil {
		change(&i)
	}
	return institution.NewDesk(origin, func() time.Time { return p.Now() }, []institution.Institution{i})
}

// away goes to a provider as a browser does, and is what it comes back with.
func away(t *testing.T, d *institution.Desk, q institution.Question) institution.Answer {
	t.Helper()
	address, err := d.AddressFor(t.Context(), "university", q)
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := browser.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	to, err := answer.Location()
	if err != nil {
		text, _ := io.ReadAll(answer.Body)
		t.Fatalf("the provider says %d %s", answer.StatusCode, text)
	}
	if got := strings.TrimSuffix(to.String(), "?"+to.RawQuery); got != origin+"/sign-in/with/university/back" {
		t.Fatalf("the way back is %s", got)
	}
	back := to.Query()
	if back.Get("state") != q.State {
		t.Fatalf("another state came back: %s", to)
	}
	return institution.Answer{Code: back.Get("code"), Issuer: back.Get("iss"), Error: back.Get("error"), Nonce: q.Nonce, Verifier: q.Verifier, Again: q.Again}
}

func TestInstitutionSaysWhoSomebodyIs(t *testing.T) {
	t.Parallel()
	p := institutiontest.Start(t)
	d := desk(p, nil)
	got, err := d.Person(t.Context(), "university", away(t, d, secrets))
	want := institution.Person{Issuer: p.Issuer, Subject: "zoe-1", Address: "zoe@hospital.example", Vouched: true}
	if got != want || err != nil {
		t.Errorf("got %+v, %v", got, err)
	}
	if _, err := d.Person(t.Context(), "elsewhere", institution.Answer{}); !errors.Is(err, institution.ErrUnknown) {
		t.Errorf("an institution that is not configured: %v", err)
	}
	if n := p.Hits("/.well-known/openid-configuration"); n != 1 {
		t.Errorf("it was asked %d times what it says of itself", n)
	}
}

func TestCodeIsGoodOnceAndForWhoAsked(t *testing.T) {
	t.Parallel()
	p := institutiontest.Start(t)
	d := desk(p, nil)
	a := away(t, d, secrets)
	stolen := a
	stolen.Verifier = strings.Repeat("stranger", 6)
	if _, err := d.Person(t.Context(), "university", stolen); !errors.Is(err, institution.ErrRefused) {
		t.Errorf("with another verifier: %v", err)
	}
	a = away(t, d, secrets)
	if _, err := d.Person(t.Context(), "university", a); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Person(t.Context(), "university", a); !errors.Is(err, institution.ErrRefused) || strings.Contains(err.Error(), "canary") {
		t.Errorf("a second time: %v", err)
	}
	for name, bad := range map[string]institution.Answer{
		"no code":        {Issuer: p.Issuer},
		"a long code":    {Issuer: p.Issuer, Code: strings.Repeat("c", 5000)},
		"another issuer": {Issuer: "https://evil.example", Code: "c"},
		"no issuer":      {Code: "c"},
	} {
		if _, err := d.Person(t.Context(), "university", bad); !errors.Is(err, institution.ErrRefused) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for said, text := range map[string]string{"access_denied": "access_denied", "<script>": "no known reason"} {
		_, err := d.Person(t.Context(), "university", institution.Answer{Issuer: p.Issuer, Error: said})
		if !errors.Is(err, institution.ErrCancelled) || !strings.HasSuffix(err.Error(), text) {
			t.Errorf("%s: %v", said, err)
		}
	}
}

func TestAskingAgainNeedsAProofOfNow(t *testing.T) {
	t.Parallel()
	p := institutiontest.Start(t)
	d := desk(p, nil)
	again := secrets
	again.Again = true
	got, err := d.Person(t.Context(), "university", away(t, d, again))
	if err != nil || time.Since(got.ProvedAt) > time.Minute {
		t.Fatalf("got %+v, %v", got, err)
	}
	for name, at := range map[string]any{"long ago": time.Now().Add(-time.Hour).Unix(), "never": nil} {
		p.Bend = func(c map[string]any) { c["auth_time"] = at }
		if _, err := d.Person(t.Context(), "university", away(t, d, again)); !errors.Is(err, institution.ErrRefused) {
			t.Errorf("%s: %v", name, err)
		}
	}
	p.Bend = func(c map[string]any) { c["auth_time"] = time.Now().Add(time.Hour).Unix() }
	if got, err := d.Person(t.Context(), "university", away(t, d, secrets)); err != nil || got.ProvedAt.After(time.Now()) {
		t.Errorf("a proof of tomorrow: %+v, %v", got, err)
	}
}

// TestTokensThatAreNotRight has an institution, or somebody in between, sign what it must not.
func TestTokensThatAreNotRight(t *testing.T) {
	t.Parallel()
	p := institutiontest.Start(t)
	bend := func(change func(c map[string]any)) func(map[string]any) string {
		return func(c map[string]any) string {
			change(c)
			return institutiontest.Sign(jose.RS256, p.Key(), institutiontest.KeyID, c)
		}
	}
	set := func(name string, value any) func(map[string]any) string {
		return bend(func(c map[string]any) { c[name] = value })
	}
	public, err := x509.MarshalPKIXPublicKey(p.Key().Public())
	if err != nil {
		t.Fatal(err)
	}
	asPEM := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: public})
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	for name, sign := range map[string]func(map[string]any) string{
		"signed by nobody": institutiontest.Unsigned,
		"signed with the public key as secret": func(c map[string]any) string {
			return institutiontest.Sign(jose.HS256, asPEM, institutiontest.KeyID, c)
		},
		"signed with the modulus as secret": func(c map[string]any) string {
			return institutiontest.Sign(jose.HS256, p.Key().N.Bytes(), institutiontest.KeyID, c)
		},
		"signed with our own secret": func(c map[string]any) string {
			return institutiontest.Sign(jose.HS256, []byte(strings.Repeat(p.Secret, 3)), institutiontest.KeyID, c)
		},
		"signed by somebody else": func(c map[string]any) string {
			return institutiontest.Sign(jose.RS256, other, institutiontest.KeyID, c)
		},
		"signed by a way that nobody announced": func(c map[string]any) string {
			return institutiontest.Sign(jose.PS256, p.Key(), institutiontest.KeyID, c)
		},
		"changed after it was signed": func(c map[string]any) string {
			text := institutiontest.Sign(jose.RS256, p.Key(), institutiontest.KeyID, c)
			return text[:len(text)-8] + "AAAAAAAA"
		},
		"for another party":                      set("aud", "somebody-else"),
		"for several, and does not say for whom": set("aud", []string{"chiron", "somebody-else"}),
		"for nobody":                             set("aud", []string{}),
		"given to another party":                 set("azp", "somebody-else"),
		"by another issuer":                      set("iss", "https://evil.example"),
		"by the issuer with a slash":             set("iss", p.Issuer+"/"),
		"with another nonce":                     set("nonce", "another"),
		"without a nonce":                        set("nonce", nil),
		"over for three minutes":                 set("exp", now.Add(-3*time.Minute).Unix()),
		"never over":                             set("exp", nil),
		"made in the future":                     set("iat", now.Add(5*time.Minute).Unix()),
		"made an hour ago":                       set("iat", now.Add(-time.Hour).Unix()),
		"made at no time":                        set("iat", nil),
		"not good yet":                           set("nbf", now.Add(time.Hour).Unix()),
		"about nobody":                           set("sub", ""),
		"about nobody at all":                    set("sub", nil),
		"about somebody of 10 kB":                set("sub", strings.Repeat("s", 10_000)),
		"about somebody of 256 letters":          set("sub", strings.Repeat("s", 256)),
		"about somebody with a line end":         set("sub", "zoe\nabe"),
		"about a number":                         set("sub", 7),
		"empty":                                  func(map[string]any) string { return "" },
		"no token":                               func(map[string]any) string { return "a.b.c" },
		"of 100 kB":                              set("more", strings.Repeat("m", 100_000)),
	} {
		t.Run(name, func(t *testing.T) {
			p.Sign = sign
			d := desk(p, nil)
			got, err := d.Person(t.Context(), "university", away(t, d, secrets))
			if !errors.Is(err, institution.ErrRefused) || got != (institution.Person{}) {
				t.Errorf("got %+v, %v", got, err)
			}
			if err != nil && len(err.Error()) > 300 {
				t.Errorf("the error has %d letters", len(err.Error()))
			}
		})
	}
	for name, sign := range map[string]func(map[string]any) string{
		"over for a minute": set("exp", now.Add(-time.Minute).Unix()),
		"made in a minute":  set("iat", now.Add(time.Minute).Unix()),
		"for several, and says for whom": bend(func(c map[string]any) {
			c["aud"], c["azp"] = []string{"chiron", "somebody-else"}, "chiron"
		}),
		"with a subject of 255 letters": set("sub", strings.Repeat("s", 255)),
	} {
		p.Sign = sign
		d := desk(p, nil)
		if _, err := d.Person(t.Context(), "university", away(t, d, secrets)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestInstitutionIsBelievedAboutItsOwnAddressesOnly(t *testing.T) {
	t.Parallel()
	p := institutiontest.Start(t)
	d := desk(p, nil)
	for _, c := range []struct {
		address  any
		verified any
		vouched  bool
	}{
		{"zoe@hospital.example", true, true}, {"zoe@hospital.example", "true", true}, {"zoe@HOSPITAL.example", nil, true},
		{"zoe@hospital.example", false, false}, {"zoe@hospital.example", "false", false}, {"zoe@other.example", true, false},
		{"zoe@evil.hospital.example", true, false}, {"zoe@hospital.example.evil.example", true, false}, {"hospital.example", true, false},
		{"", true, false}, {nil, true, false}, {"zoe@hospital.example\r\nBcc: x", true, false}, {strings.Repeat("z", 300) + "@hospital.example", true, false},
	} {
		p.Claims = map[string]any{"email": c.address, "email_verified": c.verified}
		got, err := d.Person(t.Context(), "university", away(t, d, secrets))
		if err != nil || got.Vouched != c.vouched {
			t.Errorf("%v, verified %v: %+v, %v", c.address, c.verified, got, err)
		}
	}
}

func TestAddressMayBeAskedForApart(t *testing.T) {
	t.Parallel()
	p := institutiontest.Start(t)
	p.Claims = nil
	for name, c := range map[string]struct {
		answer  func(w http.ResponseWriter, subject string)
		address string
	}{
		"as it should be": {func(w http.ResponseWriter, s string) {
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprintf(w, `{"sub":%q,"email":"zoe@hospital.example","email_verified":"true"}`, s)
		}, "zoe@hospital.example"},
		"about somebody else": {func(w http.ResponseWriter, _ string) {
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, `{"sub":"abe-2","email":"abe@hospital.example"}`)
		}, ""},
		"broken": {func(w http.ResponseWriter, _ string) { http.Error(w, "{", http.StatusInternalServerError) }, ""},
	} {
		p.UserInfo = c.answer
		d := desk(p, nil)
		got, err := d.Person(t.Context(), "university", away(t, d, secrets))
		if err != nil || got.Subject != "zoe-1" || got.Address != c.address {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

// TestWhatComesFromOutsideIsBounded lets an institution answer without end, slowly, or from elsewhere.
func TestWhatComesFromOutsideIsBounded(t *testing.T) {
	t.Parallel()
	endless := func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"keys":[`)
		for range 50 {
			if _, err := io.WriteString(w, strings.Repeat(" ", 1<<20)); err != nil {
				return
			}
		}
	}
	for name, keys := range map[string]http.HandlerFunc{
		"of 50 MB": endless,
		"announced as 50 MB": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", fmt.Sprint(50<<20))
			_, _ = io.WriteString(w, "{")
		},
		"elsewhere":  func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/other-keys", http.StatusFound) },
		"not found":  http.NotFound,
		"no JSON":    func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>canary") },
		"hung up":    func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"of no kind": func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"keys":[{"kty":"x"}]}`) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := institutiontest.Start(t)
			p.Keys = keys
			d := desk(p, nil)
			a := away(t, d, secrets)
			begun := time.Now()
			_, err := d.Person(t.Context(), "university", a)
			if err == nil || len(err.Error()) > 300 {
				t.Errorf("got %v", err)
			}
			if took := time.Since(begun); took > 5*time.Second {
				t.Errorf("it took %v", took)
			}
			if p.Hits("/other-keys") > 0 {
				t.Error("it was followed elsewhere")
			}
		})
	}
}

// TestWhatAnInstitutionSaysOfItself goes wrong before anybody is sent there.
func TestWhatAnInstitutionSaysOfItself(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(d map[string]any){
		"another issuer":               func(d map[string]any) { d["issuer"] = "https://evil.example" },
		"the issuer with a slash":      func(d map[string]any) { d["issuer"] = d["issuer"].(string) + "/" },
		"no issuer":                    func(d map[string]any) { delete(d, "issuer") },
		"keys without encryption":      func(d map[string]any) { d["jwks_uri"] = "http://keys.example/keys" },
		"keys of another port":         func(d map[string]any) { d["jwks_uri"] = "http://127.0.0.1:1/keys" },
		"keys in a file":               func(d map[string]any) { d["jwks_uri"] = "file:///etc/passwd" },
		"no keys":                      func(d map[string]any) { delete(d, "jwks_uri") },
		"a script in place of a page":  func(d map[string]any) { d["authorization_endpoint"] = "javascript:alert(1)" },
		"a page with a fragment":       func(d map[string]any) { d["authorization_endpoint"] = "https://login.example/#x" },
		"a page with a password":       func(d map[string]any) { d["authorization_endpoint"] = "https://a:b@login.example/" },
		"tokens without encryption":    func(d map[string]any) { d["token_endpoint"] = "http://tokens.example/" },
		"tokens at an address of mail": func(d map[string]any) { d["token_endpoint"] = "mailto:zoe@hospital.example" },
		"a number":                     func(d map[string]any) { d["token_endpoint"] = 7 },
	} {
		p := institutiontest.Start(t)
		p.Says = change
		d := desk(p, nil)
		if address, err := d.AddressFor(t.Context(), "university", secrets); !errors.Is(err, institution.ErrAway) {
			t.Errorf("%s: %s, %v", name, address, err)
		}
		before := p.Hits("/.well-known/openid-configuration")
		_, _ = d.AddressFor(t.Context(), "university", secrets)
		if after := p.Hits("/.well-known/openid-configuration"); after != before {
			t.Errorf("%s: it is asked again at once", name)
		}
	}
}

func TestInstitutionThatIsAwayForAWhileIsStillKnown(t *testing.T) {
	t.Parallel()
	p := institutiontest.Start(t)
	now := time.Now()
	p.Now = func() time.Time { return now }
	d := desk(p, nil)
	away(t, d, secrets)
	p.Says = func(d map[string]any) { d["issuer"] = "broken" }
	for after, known := range map[time.Duration]bool{30 * time.Minute: true, 2 * time.Hour: true, 26 * time.Hour: false} {
		begun := now
		now = now.Add(after)
		if _, err := d.AddressFor(t.Context(), "university", secrets); (err == nil) != known {
			t.Errorf("after %v: %v", after, err)
		}
		now = begun
	}
}

func TestClientShowsItselfAsTheInstitutionWants(t *testing.T) {
	t.Parallel()
	for _, ways := range [][]string{nil, {"client_secret_basic"}, {"client_secret_post"}, {"private_key_jwt", "client_secret_post", "client_secret_basic"}} {
		p := institutiontest.Start(t)
		p.Says = func(d map[string]any) {
			if ways != nil {
				d["token_endpoint_auth_methods_supported"] = ways
			}
		}
		d := desk(p, nil)
		if _, err := d.Person(t.Context(), "university", away(t, d, secrets)); err != nil {
			t.Errorf("%v: %v", ways, err)
		}
		wrong := desk(p, func(i *institution.Institution) { i.Secret = "wrong" })
		if _, err := wrong.Person(t.Context(), "university", away(t, wrong, secrets)); !errors.Is(err, institution.ErrRefused) || !strings.Contains(err.Error(), "invalid_client") || strings.Contains(err.Error(), "canary") {
			t.Errorf("%v with a wrong secret: %v", ways, err)
		}
	}
}

func TestReaderIsAskedInTheirLanguageAndNoMoreThanIsNeeded(t *testing.T) {
	t.Parallel()
	p := institutiontest.Start(t)
	d := desk(p, nil)
	q := secrets
	q.Language = "fr-CA"
	address, err := d.AddressFor(t.Context(), "university", q)
	if err != nil {
		t.Fatal(err)
	}
	u, _ := url.Parse(address)
	asked := u.Query()
	if asked.Get("ui_locales") != "fr-CA" || asked.Get("scope") != "openid email" || asked.Has("prompt") || asked.Get("code_challenge_method") != "S256" || strings.Contains(address, q.Verifier) {
		t.Errorf("asked %v", asked)
	}
}

func TestNobodyIsAskedInsideTheNetwork(t *testing.T) {
	t.Parallel()
	reached := 0
	inside := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { reached++ }))
	t.Cleanup(inside.Close)
	port := inside.URL[strings.LastIndex(inside.URL, ":")+1:]
	for _, host := range []string{
		"localhost", "127.0.0.1", "127.1.2.3", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "[::]", "127.0.0.1.", "localhost.",
		"[0:0:0:0:0:ffff:7f00:1]", "[64:ff9b::7f00:1]",
	} {
		p := institutiontest.Start(t)
		p.Says = func(d map[string]any) { d["jwks_uri"] = "https://" + host + ":" + port + "/keys" }
		d := desk(p, nil)
		address, err := d.AddressFor(t.Context(), "university", secrets)
		if err != nil {
			continue
		}
		_ = address
		if _, err := d.Person(t.Context(), "university", away(t, d, secrets)); err == nil {
			t.Errorf("%s was asked", host)
		}
	}
	if reached > 0 {
		t.Errorf("the inside was reached %d times", reached)
	}
	// the institution itself, by a name that means this machine, where it is not configured to be inside
	for _, issuer := range []string{"https://localhost.:" + port, "https://10.0.0.1.nip.invalid"} {
		d := institution.NewDesk(origin, time.Now, []institution.Institution{{ID: "university", Issuer: issuer}})
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		if _, err := d.AddressFor(ctx, "university", secrets); !errors.Is(err, institution.ErrAway) {
			t.Errorf("%s: %v", issuer, err)
		}
		cancel()
	}
}
