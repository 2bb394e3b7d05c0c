//go:build unix

package serve_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
)

const formKind = "application/x-www-form-urlencoded"

func kind(name string) http.Header { return http.Header{"Content-Type": {name}} }

// TestBadRequestsAreRefusedAndCostLittle sends what nobody's browser sends (security model, 8).
func TestBadRequestsAreRefusedAndCostLittle(t *testing.T) {
	t.Parallel()
	h := servetest.Open(t, store.SQLite)
	v := h.Stranger()
	many := http.Header{}
	for k := range 3000 {
		many.Set(fmt.Sprintf("X-Header-%d", k), "value")
	}
	for name, test := range map[string]struct {
		method, path, body string
		header             http.Header
		want               string // statuses that are right
	}{
		"a long body":              {"POST", "/colours", "theme=" + strings.Repeat("x", 1<<20), kind(formKind), "422"},
		"many answers":             {"POST", "/colours", strings.Repeat("a=1&", 5000), kind(formKind), "422"},
		"no form":                  {"POST", "/colours", `{"theme":"dark"}`, kind("application/json"), "422"},
		"no kind of form":          {"POST", "/colours", "theme=dark", nil, "422"},
		"a kind that is none":      {"POST", "/colours", "theme=dark", kind(";;;"), "422"},
		"bytes that are no text":   {"POST", "/colours", "theme=%ff%fe", kind(formKind), "422"},
		"a character that ends it": {"POST", "/colours", "theme=dark%00", kind(formKind), "422"},
		"half an escape":           {"POST", "/colours", "theme=%4", kind(formKind), "422"},
		"many headers":             {"GET", "/", "", many, "431"},
		"a long language":          {"GET", "/", "", http.Header{"Accept-Language": {strings.Repeat("fr,", 5000)}}, "200"},
		"a language without end":   {"GET", "/", "", http.Header{"Accept-Language": {strings.Repeat("fr,", 50000)}}, "431"},
		"many questions":           {"GET", "/?" + strings.Repeat("q=1&", 5000), "", nil, "200"},
		"up and out":               {"GET", "/assets/../../etc/passwd", "", nil, "307 404"},
		"up and out, hidden":       {"GET", "/assets/%2e%2e/%2e%2e/etc/passwd", "", nil, "307 404"},
		"up and out, with a point": {"GET", "/assets/..;/secret", "", nil, "404"},
		"two slashes":              {"GET", "//evil.example/", "", nil, "307 404"},
		"another method":           {"DELETE", "/", "", nil, "404 405"},
		"a method of our own":      {"CHIRON", "/who-sees-what", "", nil, "404 405"},
		"a method in disguise":     {"GET", "/colours", "", http.Header{"X-Http-Method-Override": {"POST"}}, "404 405"},
		"a question about headers": {"HEAD", "/", "", nil, "200"},
		"a session that is none":   {"GET", "/", "", http.Header{"Cookie": {"chiron=none"}}, "200"},
		"two sessions":             {"GET", "/", "", http.Header{"Cookie": {"chiron=one; chiron=two"}}, "200"},
		"a session without end":    {"GET", "/", "", http.Header{"Cookie": {"chiron=" + strings.Repeat("x", 8000)}}, "200"},
		"from another site":        {"POST", "/colours", "theme=dark", http.Header{"Content-Type": {formKind}, "Sec-Fetch-Site": {"cross-site"}}, "403"},
		"from a neighbour":         {"POST", "/colours", "theme=dark", http.Header{"Content-Type": {formKind}, "Sec-Fetch-Site": {"same-site"}}, "403"},
		"from another origin":      {"POST", "/colours", "theme=dark", http.Header{"Content-Type": {formKind}, "Origin": {"https://evil.example"}}, "403"},
		"from nowhere":             {"POST", "/colours", "theme=dark", http.Header{"Content-Type": {formKind}, "Origin": {"null"}}, "403"},
		"from here":                {"POST", "/colours", "theme=dark", http.Header{"Content-Type": {formKind}, "Sec-Fetch-Site": {"same-origin"}}, "303"},
		"a report that is none":    {"POST", "/policy-reports", strings.Repeat("[", 60000), kind("application/csp-report"), "204"},
		"a report without end":     {"POST", "/policy-reports", strings.Repeat("x", 1<<20), kind("application/csp-report"), "204"},
	} {
		p := v.Do(test.method, test.path, strings.NewReader(test.body), test.header)
		if !strings.Contains(test.want, fmt.Sprint(p.Status)) {
			t.Errorf("%s: %d, want %s", name, p.Status, test.want)
		}
		if strings.Contains(p.Body, "goroutine") || strings.Contains(p.Header.Get("Location"), "evil.example") && p.Status == http.StatusSeeOther {
			t.Errorf("%s: the answer is %s %.200s", name, p.Header.Get("Location"), p.Body)
		}
	}
	if p := v.Get("/"); p.Status != http.StatusOK {
		t.Errorf("after all this the first page is %d", p.Status)
	}
}

// TestSlowClientsHoldConnectionsAndNothingElse opens many connections that send a word now and then.
func TestSlowClientsHoldConnectionsAndNothingElse(t *testing.T) {
	h := servetest.Open(t, store.SQLite)
	address := strings.TrimPrefix(h.Server.Config.URL.String(), "http://localhost")
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	const slow = 500
	for range slow {
		c, err := net.Dial("tcp", "127.0.0.1"+address)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Close() })
		if _, err := io.WriteString(c, "POST /colours HTTP/1.1\r\nHost: localhost\r\nContent-Type: "+formKind+"\r\nContent-Length: 60000\r\n\r\nt"); err != nil {
			t.Fatal(err)
		}
	}
	begun := time.Now()
	if p := h.Stranger().Get("/"); p.Status != http.StatusOK && p.Status != http.StatusServiceUnavailable {
		t.Errorf("the first page is %d", p.Status)
	}
	took := time.Since(begun)
	runtime.ReadMemStats(&after)
	each := (int64(after.HeapAlloc+after.StackInuse) - int64(before.HeapAlloc+before.StackInuse)) / slow
	t.Logf("with %d slow clients the first page took %v, and each costs %d bytes", slow, took, each)
	if each > 200<<10 {
		t.Errorf("a slow client costs %d bytes", each)
	}
}

// TestConnectionsThatBreakOffAreNobodysNews cuts connections in the middle, on both sides of an answer.
func TestConnectionsThatBreakOffAreNobodysNews(t *testing.T) {
	t.Parallel()
	h := servetest.Open(t, store.SQLite)
	address := "127.0.0.1" + strings.TrimPrefix(h.Server.Config.URL.String(), "http://localhost")
	for _, request := range []string{"", "GET", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "POST /colours HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nab", "\x16\x03\x01\x02\x00"} {
		c, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(c, request)
		if strings.Contains(request, "GET /") {
			_, _ = bufio.NewReader(c).ReadByte()
		}
		_ = c.Close()
	}
	if p := h.Stranger().Get("/"); p.Status != http.StatusOK {
		t.Errorf("the first page is %d", p.Status)
	}
}
