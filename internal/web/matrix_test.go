package web_test

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/web"
)

// The roles that come to every address. Each has an address of mail, a browser and a reason that nobody else may see.
const (
	stranger      = iota
	member        // whose own things the addresses name
	other         // another member
	suspended     // by the administrator
	administrator // of the installation
	roles
)

var roleNames = [roles]string{"stranger", "member", "other member", "suspended member", "administrator"}

// An answer is what a role gets from an address.
type answer byte

const (
	shown   answer = 's' // the page, a file, or that it was done
	taken   answer = 't' // shown, or asked to put something right: whoever it is may do it
	hidden  answer = '-' // as if there were no such thing
	signIn  answer = 'i' // led to the door
	stopped answer = 'x' // the account is suspended, and why
	fresh   answer = 'f' // led to prove again who they are
)

func (a answer) String() string {
	return map[answer]string{shown: "shown", taken: "taken", hidden: "hidden", signIn: "led to the door", stopped: "stopped", fresh: "led to prove"}[a]
}

// answers are what each role gets from each address, in the order of the roles: the drawing that the pages are held to.
// A route that is not here fails the test. Where an address names a thing of the member's, the others name it too.
var answers = map[string]string{
	"GET /{$}":             "sssxs",
	"GET /language/{tag}":  "sssss",
	"POST /colours":        "sssss",
	"GET /who-sees-what":   "sssss",
	"POST /policy-reports": "sssss",
}

func TestEveryRouteHasItsAnswers(t *testing.T) {
	t.Parallel()
	var patterns []string
	for _, route := range web.Routes() {
		patterns = append(patterns, route.Pattern)
		if !mentoring.Known(route.Action, route.Kind) {
			t.Errorf("%s: the permission table has no row for %s on %s", route.Pattern, route.Action, route.Kind)
		}
		if len(answers[route.Pattern]) != roles {
			t.Errorf("%s: nothing says what each role gets; add a line to answers", route.Pattern)
		}
	}
	for pattern := range answers {
		if !slices.Contains(patterns, pattern) {
			t.Errorf("%s: there is no such route any more", pattern)
		}
	}
	slices.Sort(patterns)
	if len(slices.Compact(patterns)) != len(web.Routes()) {
		t.Error("a route stands there twice")
	}
}

// TestRoutesByRolesByObjects comes to every address as everybody, on both engines: with a thing of the member's, with one
// of the other's, and with one that there is not. Somebody else's and none must be alike to the byte.
func TestRoutesByRolesByObjects(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		m := newMatrix(h)
		for _, route := range web.Routes() {
			for role := range roles {
				m.try(route.Pattern, role)
			}
		}
		h.Logf("%d cells", m.cells)
	})
}

// canaries are words of one role that stand in pages of that role alone, and in those of the roles named behind it.
type canary struct {
	word  string
	of    int
	shown func(pattern string, role int) bool // nil: to nobody else
}

type matrix struct {
	*servetest.House
	come     [roles]func() *servetest.Visitor
	objects  map[string][3]string // by the name in a pattern: the member's, the other's, none
	canaries []canary
	cells    int
}

var inPattern = regexp.MustCompile(`\{([a-z]+)(?:\.\.\.)?\}`)

// try comes to an address as a role.
func (m *matrix) try(pattern string, role int) {
	m.Helper()
	method, path, _ := strings.Cut(strings.TrimSuffix(pattern, "{$}"), " ")
	names := inPattern.FindAllStringSubmatch(path, -1)
	if len(names) == 0 {
		m.judge(pattern, role, m.ask(role, method, path), answer(answers[pattern][role]))
		return
	}
	var pages [3]servetest.Page
	for k := range pages {
		filled := path
		for _, name := range names {
			things, known := m.objects[name[1]]
			if !known {
				m.Fatalf("%s: the matrix knows no {%s}", pattern, name[1])
			}
			filled = strings.ReplaceAll(filled, name[0], things[k])
		}
		pages[k] = m.ask(role, method, filled)
		pages[k].Body = strings.ReplaceAll(pages[k].Body, escaped(filled), "PATH")
	}
	m.judge(pattern, role, pages[0], answer(answers[pattern][role]))
	if pages[1].Status != pages[2].Status || pages[1].Body != pages[2].Body {
		if role != other || names[0][1] == "tag" {
			m.Errorf("%s as %s: somebody else's and none are not alike: %d and %d\n%s\n%s", pattern, roleNames[role], pages[1].Status, pages[2].Status, pages[1].Text(), pages[2].Text())
		}
	}
	for _, p := range pages[1:] {
		m.nothingOfOthers(pattern, role, p)
	}
}

func escaped(path string) string { return strings.NewReplacer("/", "%2F").Replace(path) }

func (m *matrix) ask(role int, method, path string) servetest.Page {
	m.Helper()
	m.cells++
	v := m.come[role]()
	if method == http.MethodPost {
		return v.Send(path)
	}
	return v.Get(path)
}

func (m *matrix) judge(pattern string, role int, p servetest.Page, want answer) {
	m.Helper()
	m.nothingOfOthers(pattern, role, p)
	got, is := answerOf(p), false
	switch want {
	case taken:
		is = got == shown || got == taken
	default:
		is = got == want
	}
	if !is {
		m.Errorf("%s as %s: %s (%d, %s), want %s: %.200s", pattern, roleNames[role], got, p.Status, p.Location(), want, p.Text())
	}
}

// answerOf is what a page is to whoever came.
func answerOf(p servetest.Page) answer {
	switch {
	case strings.HasPrefix(p.Location(), "/sign-in"):
		return signIn
	case strings.HasPrefix(p.Location(), "/prove"):
		return fresh
	case p.Status < 400:
		return shown
	case p.Status == http.StatusNotFound:
		return hidden
	case p.Status == http.StatusForbidden:
		return stopped
	case p.Status == http.StatusUnprocessableEntity, p.Status == http.StatusConflict, p.Status == http.StatusTooManyRequests:
		return taken
	}
	return answer('?')
}

// nothingOfOthers looks for words that only others may see.
func (m *matrix) nothingOfOthers(pattern string, role int, p servetest.Page) {
	m.Helper()
	for _, c := range m.canaries {
		if c.of == role || !strings.Contains(p.Body, c.word) || c.shown != nil && c.shown(pattern, role) {
			continue
		}
		m.Errorf("%s as %s shows what is the %s's: %q", pattern, roleNames[role], roleNames[c.of], c.word)
	}
	for _, secret := range []string{"postgres://", "chiron-keys", "goroutine "} {
		if strings.Contains(p.Body, secret) && role != administrator {
			m.Errorf("%s as %s shows %q", pattern, roleNames[role], secret)
		}
	}
}

func newMatrix(h *servetest.House) *matrix {
	h.Helper()
	m := &matrix{House: h, objects: map[string][3]string{"tag": {"fr-CA", "en", "xx"}}}
	_ = fmt.Sprint
	_ = maps.Keys[map[string]int]
	m.come[stranger] = h.Stranger
	return m
}
