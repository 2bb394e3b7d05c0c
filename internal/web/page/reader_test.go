package page

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/config"
	"github.com/chiron-mentoring/chiron/internal/locale"
)

var bothLanguages = []locale.Language{locale.English, locale.French}

func TestLanguageIsThatOfWhoeverReads(t *testing.T) {
	t.Parallel()
	for accept, want := range map[string]locale.Language{
		"": locale.English, "fr": locale.French, "fr-FR,fr;q=0.9,en;q=0.8": locale.French, "de,fr;q=0.5,en;q=0.4": locale.French,
		"de": locale.English, "en;q=0.1,fr-CA": locale.French, "*": locale.English, "x;;;q=,": locale.English,
		strings.Repeat("fr,", 100_000): locale.English, // more than anybody speaks
	} {
		if got := preferred(bothLanguages, accept); got != want {
			t.Errorf("%.40q reads %s, want %s", accept, got, want)
		}
	}
	if got := preferred([]locale.Language{locale.French}, "en"); got != locale.French {
		t.Errorf("a house in French answers in %s", got)
	}
}

func TestNobodyIsLedElsewhere(t *testing.T) {
	t.Parallel()
	for to, want := range map[string]string{
		"/account": "/account", "/people?q=a%2Fb&page=2": "/people?q=a%2Fb&page=2", "": "/", "account": "/",
		"https://evil.example": "/", "//evil.example": "/", "/\\evil.example": "/", "\\\\evil.example": "/", "/%2Fevil.example": "/",
		"javascript:alert(1)": "/", "/a\r\nSet-Cookie: x": "/", "http:evil.example": "/", "/\tevil": "/", "///evil.example": "/",
		"//user@evil.example/": "/", "\x00": "/",
	} {
		if got := Local(to); got != want {
			t.Errorf("%q leads to %q, want %q", to, got, want)
		}
	}
}

func TestOnlyOurProxiesAreBelieved(t *testing.T) {
	t.Parallel()
	house := &House{Proxies: config.Networks{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("127.0.0.1/32")}}
	for name, test := range map[string]struct{ from, forwarded, want string }{
		"nobody between":              {"192.0.2.1:5", "", "192.0.2.1"},
		"a stranger says who asks":    {"192.0.2.1:5", "198.51.100.7", "192.0.2.1"},
		"our proxy says who asks":     {"10.1.1.1:5", "198.51.100.7", "198.51.100.7"},
		"two proxies of ours":         {"127.0.0.1:5", "198.51.100.7, 10.9.9.9", "198.51.100.7"},
		"whoever asks adds a name":    {"10.1.1.1:5", "203.0.113.9, 198.51.100.7", "198.51.100.7"},
		"our proxy says what is none": {"10.1.1.1:5", "unknown", "10.1.1.1"},
		"version 6":                   {"[2001:db8::1]:5", "", "2001:db8::1"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = test.from
		if test.forwarded != "" {
			r.Header.Set("X-Forwarded-For", test.forwarded)
		}
		if got := (&Call{Request: r, House: house}).Remote(); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

func TestBrowsersAreKnownAgain(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0":                                                        "Firefox, Windows",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1": "Safari, iPhone",
		"Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36":                            "Chrome, Android",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0":           "Edge, Windows",
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15":                   "Safari, macOS",
		"curl/8.0": "", "": "",
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("User-Agent", said)
		if got := browserOf(r); got != want {
			t.Errorf("%q is known as %q, want %q", said, got, want)
		}
	}
}

func FuzzLocal(f *testing.F) {
	for _, seed := range []string{"/a", "//b", "/\\c", "https://d", "/%5ce", "/?to=//f"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, to string) {
		got := Local(to)
		if !strings.HasPrefix(got, "/") || strings.HasPrefix(got, "//") || strings.HasPrefix(got, "/\\") || strings.ContainsAny(got, "\r\n\t\\") {
			t.Errorf("%q leads to %q", to, got)
		}
	})
}
