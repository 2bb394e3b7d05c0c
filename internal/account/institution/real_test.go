//go:build realprovider

package institution_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account/institution"
)

// TestARealProvider signs in at a provider that others wrote:
//
//	npm install oidc-provider@9.13.3 && PORT=9876 node testdata/provider.mjs &
//	CHIRON_PROVIDER=http://localhost:9876 go test -tags realprovider -run RealProvider ./internal/account/institution
func TestARealProvider(t *testing.T) {
	issuer := os.Getenv("CHIRON_PROVIDER")
	if issuer == "" {
		t.Fatal("CHIRON_PROVIDER names no provider")
	}
	const origin = "http://localhost:1"
	d := institution.NewDesk(origin, time.Now, []institution.Institution{{
		ID: "real", Issuer: issuer, ClientID: "chiron", Secret: "a secret that is long enough for it", Domains: []string{"hospital.example"},
	}})
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	var back url.Values
	browser := &http.Client{Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(r.URL.String(), origin+institution.ReturnPath("real")) {
			back = r.URL.Query()
			return http.ErrUseLastResponse
		}
		return nil
	}}
	form := regexp.MustCompile(`action="([^"]+)"`)
	goThere := func(q institution.Question) institution.Answer {
		t.Helper()
		address, err := d.AddressFor(t.Context(), "real", q)
		if err != nil {
			t.Fatal(err)
		}
		back = nil
		answer, err := browser.Get(address)
		for step := 0; back == nil; step++ {
			if err != nil || step > 5 {
				t.Fatalf("after %d steps: %v", step, err)
			}
			page, _ := io.ReadAll(answer.Body)
			found := form.FindSubmatch(page)
			if found == nil {
				t.Fatalf("the provider says %d\n%.2000s", answer.StatusCode, page)
			}
			prompt := "login"
			if strings.Contains(string(page), `value="consent"`) {
				prompt = "consent"
			}
			answer, err = browser.PostForm(string(found[1]), url.Values{"prompt": {prompt}, "login": {"zoe"}, "password": {"x"}})
		}
		return institution.Answer{Code: back.Get("code"), Issuer: back.Get("iss"), Error: back.Get("error"), Nonce: q.Nonce, Verifier: q.Verifier, Again: q.Again}
	}
	for _, again := range []bool{false, false, true} {
		q := secrets
		q.Again, q.Language = again, "fr-CA"
		a := goThere(q)
		got, err := d.Person(t.Context(), "real", a)
		if err != nil || got.Issuer != issuer || got.Subject != "zoe" || got.Address != "zoe@hospital.example" || !got.Vouched || again && time.Since(got.ProvedAt) > time.Minute {
			t.Errorf("again %v: %+v, %v", again, got, err)
		}
		t.Logf("again %v: %+v", again, got)
		if _, err := d.Person(t.Context(), "real", a); !errors.Is(err, institution.ErrRefused) {
			t.Errorf("a code twice: %v", err)
		}
		wrong := goThere(q)
		wrong.Verifier = strings.Repeat("x", 43)
		if _, err := d.Person(t.Context(), "real", wrong); !errors.Is(err, institution.ErrRefused) {
			t.Errorf("another verifier: %v", err)
		}
	}
}
