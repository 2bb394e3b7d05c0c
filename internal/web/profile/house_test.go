//go:build unix

package profile_test

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/web/browser"
)

func TestMain(m *testing.M) { browser.Main(m) }

// shows fails the test unless a page is there and says all this.
func shows(h *servetest.House, what string, p servetest.Page, words ...string) {
	h.Helper()
	says(h, what, p, http.StatusOK, words...)
}

func says(h *servetest.House, what string, p servetest.Page, status int, words ...string) {
	h.Helper()
	if p.Status != status {
		h.Errorf("%s: %d, want %d: %s %s", what, p.Status, status, p.Location(), p.Text())
		return
	}
	for _, word := range words {
		if !strings.Contains(p.Text(), word) {
			h.Errorf("%s does not say %q: %s", what, word, p.Text())
		}
	}
}

// hides fails the test if a page says any of this.
func hides(h *servetest.House, what string, p servetest.Page, words ...string) {
	h.Helper()
	for _, word := range words {
		if strings.Contains(html.UnescapeString(p.Body), word) {
			h.Errorf("%s says %q: %s", what, word, p.Text())
		}
	}
}

// leads fails the test unless a form was taken and leads on, whatever it tells the next page.
func leads(h *servetest.House, what string, p servetest.Page, to string) {
	h.Helper()
	path, _, _ := strings.Cut(p.Location(), "?")
	if p.Status != http.StatusSeeOther || path != to {
		h.Errorf("%s leads to %q with %d, want %q: %s", what, p.Location(), p.Status, to, p.Text())
	}
}

// ticked are the values of the boxes of a name that are ticked.
func ticked(p servetest.Page, name string) (values []string) {
	for _, found := range regexp.MustCompile(`name="`+name+`" value="([^"]*)" checked`).FindAllStringSubmatch(p.Body, -1) {
		values = append(values, html.UnescapeString(found[1]))
	}
	return values
}

// hidden is the value of a hidden field.
func hidden(p servetest.Page, name string) string {
	if found := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(p.Body); found != nil {
		return found[1]
	}
	return ""
}

// helene is Hélène Tremblay, a mentor who is in the directory.
func helene(h *servetest.House) *servetest.Visitor {
	h.Helper()
	v := h.Somebody("helene@example.org")
	leads(h, "Hélène's name", v.Send("/profile/name", "given", "Hélène", "family", "Tremblay", "role", "mentor"), "/profile/offers")
	leads(h, "Hélène's offer", v.Send("/profile/offers", "offers", "research", "offers", "career_choice", "capacity", "2", "hours", "3", "listed", "1"), "/profile/check")
	return v
}
