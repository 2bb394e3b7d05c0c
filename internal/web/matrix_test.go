//go:build unix

package web_test

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/web"
)

// The roles that come to every address. Each has an address of mail, a browser and a reason that nobody else may see.
const (
	stranger      = iota
	member        // whose own things the addresses name
	other         // another member
	suspended     // by the administrator
	administrator // of the installation
	coordinator   // of the program that the member is in
	deputy        // who coordinates another program, which the other member is in
	roles
)

var roleNames = [roles]string{"stranger", "member", "other member", "suspended member", "administrator", "coordinator", "coordinator of another program"}

// An answer is what a role gets from an address.
type answer byte

const (
	shown   answer = 's' // the page, a file, or that it was done
	taken   answer = 't' // shown, or asked to put something right: whoever it is may do it
	hidden  answer = '-' // as if there were no such thing
	signIn  answer = 'i' // led to the door
	stopped answer = 'x' // the account is suspended, and why
	fresh   answer = 'f' // led to prove again who they are
	refused answer = 'r' // a key that opens nothing
)

func (a answer) String() string {
	return map[answer]string{shown: "shown", taken: "taken", hidden: "hidden", signIn: "led to the door", stopped: "stopped", fresh: "led to prove", refused: "refused"}[a]
}

// answers are what each role gets from each address, in the order of the roles: the drawing that the pages are held to.
// A route that is not here fails the test. Where an address names a thing of the member's, the others name it too.
var answers = map[string]string{
	"GET /{$}":                                                         "sssssss",
	"GET /account":                                                     "issxsss",
	"GET /account/addresses":                                           "issxsss",
	"GET /account/addresses/change":                                    "issxsss",
	"POST /account/addresses/change":                                   "ittxttt",
	"GET /account/addresses/merge":                                     "issxsss",
	"POST /account/addresses/merge":                                    "ittxttt",
	"GET /account/institutions":                                        "issxsss",
	"POST /account/institutions/{institution}/link":                    "i--x---",
	"GET /account/institutions/{linked}/unlink":                        "is-x---",
	"POST /account/institutions/{linked}/unlink":                       "is-x---",
	"GET /account/passkeys":                                            "issxsss",
	"GET /account/passkeys/add":                                        "issxsss",
	"POST /account/passkeys/add":                                       "irrxrrr",
	"POST /account/passkeys/add/options":                               "issxsss",
	"GET /account/passkeys/{passkey}":                                  "is-x---",
	"POST /account/passkeys/{passkey}":                                 "it-x---",
	"GET /account/passkeys/{passkey}/remove":                           "is-x---",
	"POST /account/passkeys/{passkey}/remove":                          "is-x---",
	"GET /account/sessions":                                            "issxsss",
	"GET /account/sessions/others":                                     "issxsss",
	"POST /account/sessions/others":                                    "issxsss",
	"POST /account/sessions/{session}/end":                             "is-x---",
	"POST /account/settings":                                           "ittxttt",
	"GET /account/trail":                                               "issxsss",
	"POST /colours":                                                    "sssssss",
	"GET /installation":                                                "i---s--",
	"GET /installation/accounts":                                       "i---s--",
	"POST /installation/accounts":                                      "i---t--",
	"POST /installation/accounts/open":                                 "i------",
	"POST /installation/accounts/suspend":                              "i---t--",
	"GET /installation/administrators":                                 "i---s--",
	"GET /installation/administrators/add":                             "i---s--",
	"POST /installation/administrators/add":                            "i---t--",
	"GET /installation/administrators/{person}/take":                   "i------",
	"POST /installation/administrators/{person}/take":                  "i------",
	"GET /installation/failures":                                       "i---s--",
	"POST /installation/letters/{id}/again":                            "i---s--",
	"GET /installation/letters/{id}/give-up":                           "i------",
	"POST /installation/letters/{id}/give-up":                          "i------",
	"GET /installation/log":                                            "i---s--",
	"GET /installation/log/checkpoint":                                 "i---s--",
	"GET /installation/settings":                                       "i---s--",
	"POST /installation/work/{id}/again":                               "i------",
	"GET /installation/work/{id}/give-up":                              "i------",
	"POST /installation/work/{id}/give-up":                             "i------",
	"GET /account/data":                                                "issssss",
	"POST /account/data":                                               "issssss",
	"GET /account/data/kept":                                           "issssss",
	"GET /account/data/leave":                                          "issxsss",
	"POST /account/data/leave":                                         "issxsss",
	"GET /account/data/leave/all":                                      "issxsss",
	"POST /account/data/leave/all":                                     "issxsss",
	"GET /account/data/erase":                                          "issxsss",
	"POST /account/data/erase":                                         "ittxttt",
	"POST /account/data/stay":                                          "issxsss",
	"GET /people":                                                      "issxsss",
	"GET /people/{person}":                                             "issxsss",
	"POST /people/{person}/mark":                                       "i-sxsss",
	"GET /installation/units":                                          "i---s--",
	"GET /installation/units/add":                                      "i---s--",
	"POST /installation/units/add":                                     "i---t--",
	"GET /installation/units/{unit}":                                   "i---s--",
	"POST /installation/units/{unit}":                                  "i---t--",
	"GET /installation/lists":                                          "i---s--",
	"GET /installation/lists/{list}":                                   "i---s--",
	"GET /installation/lists/{list}/file":                              "i---s--",
	"POST /installation/lists/{list}/preview":                          "i---t--",
	"POST /installation/lists/{list}/replace":                          "i---t--",
	"POST /installation/lists/{list}/undo":                             "i---t--",
	"GET /installation/programs":                                       "i---s--",
	"GET /installation/programs/add":                                   "i---s--",
	"POST /installation/programs/add":                                  "i---t--",
	"GET /installation/programs/{program}":                             "i---s--",
	"GET /installation/programs/{program}/coordinators/add":            "i---s--",
	"POST /installation/programs/{program}/coordinators/add":           "i---t--",
	"GET /installation/programs/{program}/coordinators/{person}/take":  "i------",
	"POST /installation/programs/{program}/coordinators/{person}/take": "i------",
	"POST /installation/programs/{program}/coordinators/invited/{invited}/remind":   "i---t--",
	"GET /installation/programs/{program}/coordinators/invited/{invited}/withdraw":  "i---s--",
	"POST /installation/programs/{program}/coordinators/invited/{invited}/withdraw": "i---s--",
	"POST /invitations/{received}/accept":                                           "ii-x---",
	"POST /invitations/{received}/decline":                                          "is-x---",
	"GET /programs":                                                                 "issxsss",
	"GET /programs/{program}":                                                       "i----s-",
	"GET /programs/{program}/invitations":                                           "i----s-",
	"GET /programs/{program}/invitations/add":                                       "i----s-",
	"POST /programs/{program}/invitations/add":                                      "i----t-",
	"POST /programs/{program}/invitations/{invitation}/remind":                      "i----t-",
	"GET /programs/{program}/invitations/{invitation}/withdraw":                     "i----s-",
	"POST /programs/{program}/invitations/{invitation}/withdraw":                    "i----s-",
	"GET /programs/{program}/leave":                                                 "is-x---",
	"POST /programs/{program}/leave":                                                "is-x---",
	"GET /programs/{program}/settings":                                              "i----s-",
	"POST /programs/{program}/settings":                                             "i----t-",
	"GET /language/{tag}":                                                           "sssssss",
	"GET /letters/stop/{token}":                                                     "-------",
	"POST /letters/stop/{token}":                                                    "-------",
	"GET /link/{token}":                                                             "-------",
	"POST /link/{token}":                                                            "-------",
	"GET /paused":                                                                   "issssss",
	"POST /policy-reports":                                                          "sssssss",
	"GET /installation/characteristics":                                             "i---s--",
	"GET /installation/characteristics/{characteristic}":                            "i---s--",
	"POST /installation/characteristics/{characteristic}":                           "i---t--",
	"GET /installation/characteristics/{characteristic}/stop":                       "i---s--",
	"POST /installation/characteristics/{characteristic}/stop":                      "i---s--",
	"GET /profile":                                            "issxsss",
	"GET /profile/apart":                                      "issxsss",
	"POST /profile/apart":                                     "ittxttt",
	"GET /profile/appointments":                               "issxsss",
	"POST /profile/appointments":                              "ittxttt",
	"GET /profile/authority":                                  "issxsss",
	"POST /profile/authority":                                 "ittxttt",
	"GET /profile/authority/add":                              "issxsss",
	"POST /profile/authority/add":                             "ittxttt",
	"GET /profile/away":                                       "issxsss",
	"POST /profile/away":                                      "ittxttt",
	"GET /profile/characteristics":                            "issxsss",
	"GET /profile/characteristics/{characteristic}":           "issxsss",
	"POST /profile/characteristics/{characteristic}":          "ittxttt",
	"POST /profile/characteristics/{characteristic}/forget":   "issssss",
	"POST /profile/characteristics/{characteristic}/withdraw": "issssss",
	"GET /profile/check":                                      "issxsss",
	"GET /profile/consents":                                   "issxsss",
	"GET /profile/consents/withdraw":                          "issssss",
	"POST /profile/consents/withdraw":                         "issssss",
	"GET /profile/delegates":                                  "issxsss",
	"GET /profile/delegates/name":                             "issxsss",
	"POST /profile/delegates/name":                            "ittxttt",
	"POST /profile/delegates/{delegate}/accept":               "i--x---",
	"POST /profile/delegates/{delegate}/remove":               "is-x---",
	"GET /profile/destination":                                "issxsss",
	"POST /profile/destination":                               "ittxttt",
	"GET /profile/how":                                        "issxsss",
	"POST /profile/how":                                       "ittxttt",
	"GET /profile/name":                                       "issxsss",
	"POST /profile/name":                                      "ittxttt",
	"GET /profile/offers":                                     "issxsss",
	"POST /profile/offers":                                    "ittxttt",
	"GET /profile/offers/support":                             "issxsss",
	"POST /profile/offers/support":                            "ittxttt",
	"GET /profile/seeks":                                      "issxsss",
	"POST /profile/seeks":                                     "ittxttt",
	"GET /profile/seeks/lines":                                "issxsss",
	"POST /profile/seeks/lines":                               "ittxttt",
	"GET /profile/seen-as":                                    "issxsss",
	"GET /profile/topics":                                     "issxsss",
	"POST /profile/topics":                                    "ittxttt",
	"GET /profile/training":                                   "issxsss",
	"POST /profile/training":                                  "ittxttt",
	"GET /profile/visibility":                                 "issxsss",
	"POST /profile/visibility":                                "ittxttt",
	"GET /profile/words":                                      "i--x---",
	"GET /programs/{program}/people":                          "i----s-",
	"GET /programs/{program}/people/file":                     "i----s-",
	"GET /programs/{program}/people/{person}":                 "i--x-s-",
	"GET /programs/{program}/people/{person}/take-out":        "i----s-",
	"POST /programs/{program}/people/{person}/take-out":       "i----s-",
	"GET /programs/{program}/list":                            "i----s-",
	"POST /programs/{program}/list/preview":                   "i----t-",
	"POST /programs/{program}/list/apply":                     "i----t-",
	"GET /programs/{program}/rotation":                        "i----s-",
	"GET /programs/{program}/rotation/example":                "i----s-",
	"POST /programs/{program}/rotation/preview":               "i----t-",
	"POST /programs/{program}/rotation/import":                "i----t-",
	"GET /programs/{program}/imports":                         "i----s-",
	"GET /programs/{program}/imports/{batch}/undo":            "i----s-",
	"POST /programs/{program}/imports/{batch}/undo":           "i----s-",
	"GET /prove":                                              "issssss",
	"POST /prove":                                             "iffffff",
	"POST /prove/code":                                        "itttttt",
	"GET /prove/mail":                                         "issssss",
	"POST /prove/passkey":                                     "irrrrrr",
	"POST /prove/with/{institution}":                          "i------",
	"GET /sign-in":                                            "sssssss",
	"POST /sign-in":                                           "ttttttt",
	"POST /sign-in/code":                                      "ttttttt",
	"GET /sign-in/mail":                                       "sssssss",
	"POST /sign-in/passkey":                                   "rrrrrrr",
	"POST /sign-in/passkey/options":                           "sssssss",
	"GET /sign-in/whose":                                      "-------",
	"POST /sign-in/whose":                                     "-------",
	"POST /sign-in/with/{institution}":                        "-------",
	"GET /sign-in/with/{institution}/back":                    "-------",
	"POST /sign-out":                                          "issssss",
	"GET /signed-out":                                         "sssssss",
	"GET /who-sees-what":                                      "sssssss",
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
	visitors [roles]*servetest.Visitor
	objects  map[string][3]string // by the name in a pattern: the member's, the other's, none
	canaries []canary
	cells    int

	invitations []store.Invitation // as they were made
}

// addressOf is the address of mail of a role.
var addressOf = [roles]string{"", "member-canary@example.org", "other-canary@example.org", "suspended-canary@example.org", "administrator-canary@example.org", "coordinator-canary@example.org", "deputy-canary@example.org"}

var inPattern = regexp.MustCompile(`\{([a-z]+)(?:\.\.\.)?\}`)

// wanted is what a role is to get from an address.
func wanted(pattern string, role int) answer {
	if line := answers[pattern]; len(line) == roles {
		return answer(line[role])
	}
	return '?'
}

// try comes to an address as a role.
func (m *matrix) try(pattern string, role int) {
	m.Helper()
	method, path, _ := strings.Cut(strings.TrimSuffix(pattern, "{$}"), " ")
	names := inPattern.FindAllStringSubmatch(path, -1)
	if len(names) == 0 {
		m.judge(pattern, role, m.ask(role, method, path), wanted(pattern, role))
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
	m.judge(pattern, role, pages[0], wanted(pattern, role))
	for _, p := range pages[1:] {
		m.nothingOfOthers(pattern, role, p)
	}
	theirs := role == other || role == deputy || role == administrator && (strings.Contains(path, "/installation/") || strings.HasPrefix(pattern, "GET /people/"))
	if !theirs && (pages[1].Status != pages[2].Status || pages[1].Body != pages[2].Body) {
		m.Errorf("%s as %s: somebody else's and none are not alike: %d and %d\n%s\n%s", pattern, roleNames[role], pages[1].Status, pages[2].Status, pages[1].Text(), pages[2].Text())
	}
}

func escaped(path string) string { return strings.NewReplacer("/", "%2F").Replace(path) }

func (m *matrix) ask(role int, method, path string) servetest.Page {
	m.Helper()
	m.cells++
	v := m.visitors[role]
	if role == stranger {
		v = m.Stranger()
	}
	if method != http.MethodPost {
		return v.Get(path)
	}
	p := v.Send(path)
	m.mend(path)
	if !m.in(role) {
		m.renew()
	}
	return p
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
	case p.Status == http.StatusForbidden && strings.Contains(p.Body, reasonCanary):
		return stopped
	case p.Status == http.StatusForbidden:
		return refused
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

// reasonCanary is why an account is suspended.
const reasonCanary = "reason-canary"

// newMatrix fills a house: everybody has signed in, and the members have what the addresses name.
func newMatrix(h *servetest.House) *matrix {
	h.Helper()
	m := &matrix{House: h}
	m.visitors[administrator] = h.First(addressOf[administrator])
	for _, role := range []int{member, other, suspended, coordinator, deputy} {
		m.visitors[role] = h.Somebody(addressOf[role])
	}
	ids := m.accounts()
	m.must(m.visitors[administrator].Send("/installation/accounts/suspend", "person", ids[suspended], "reason", reasonCanary))
	m.renew()
	_, err := m.Server.Sealer.Seal(m.Context())
	m.Must(err)
	m.objects = map[string][3]string{
		"tag": {"fr-CA", "en", "xx"}, "token": {"AAAAAAAAAAAAAAAAAAAAAA", "BBBBBBBBBBBBBBBBBBBBBB", "none"},
		"institution": {"one", "two", "none"}, "person": {ids[member], ids[other], "none"},
		"list": {"ranks", "levels", "none"}, "unit": m.units(ids), "session": m.sessions(ids), "passkey": m.passkeys(ids), "linked": m.linked(ids), "id": m.letters(),
		"delegate": m.delegates(ids), "characteristic": m.characteristics(),
	}
	m.programs(ids)
	for role, address := range addressOf {
		if address == "" {
			continue
		}
		m.canaries = append(m.canaries, canary{word: address, of: role, shown: func(pattern string, by int) bool {
			office := role == coordinator || role == deputy || role == member || role == other // the last two were invited to one
			if office && by == administrator && strings.Contains(pattern, " /installation/programs") {
				return true
			}
			return by == administrator && role == administrator || strings.Contains(pattern, " /installation/accounts") && by == administrator
		}})
	}
	m.canaries = append(m.canaries,
		canary{word: reasonCanary, of: suspended, shown: func(pattern string, by int) bool { return by == administrator }},
		canary{word: "Name-canary-1", of: member, shown: func(pattern string, by int) bool { // who is listed is seen by all who have signed in
			listed := by == other || by == administrator || by == coordinator || by == deputy
			return strings.HasPrefix(pattern, "GET /people") && listed || by == coordinator && strings.Contains(pattern, "/programs/{program}/")
		}},
		canary{word: "Name-canary-2", of: other, shown: func(pattern string, by int) bool { // who is not, by administrators alone
			return pattern == "GET /people/{person}" && by == administrator || by == deputy && strings.Contains(pattern, "/programs/{program}/")
		}},
		canary{word: "passkey-canary-1", of: member}, canary{word: "passkey-canary-2", of: other},
		canary{word: "delegate-canary-1", of: member}, canary{word: "delegate-canary-2", of: other},
		canary{word: "browser-canary-1", of: member}, canary{word: "browser-canary-2", of: other})
	return m
}

func (m *matrix) must(p servetest.Page) {
	m.Helper()
	if p.Status >= 400 {
		m.Fatalf("%d: %s", p.Status, p.Text())
	}
}

// renew lets everybody sign in anew, so that all have proved who they are.
func (m *matrix) renew() {
	m.Helper()
	m.Pass(15 * time.Minute)
	for role := member; role < roles; role++ {
		m.visitors[role] = m.Somebody(addressOf[role])
	}
}

// in says whether a role is still signed in.
func (m *matrix) in(role int) bool {
	if role == stranger {
		return true
	}
	p := m.visitors[role].Get("/account")
	return answerOf(p) == shown || answerOf(p) == stopped
}

func (m *matrix) view(f func(tx *store.Tx) error) {
	m.Helper()
	m.Must(m.Server.DB.View(m.Context(), f))
}

func (m *matrix) update(f func(tx *store.Tx) error) {
	m.Helper()
	m.Must(m.Server.DB.Update(m.Context(), f))
}

// accounts are the ids of the roles.
func (m *matrix) accounts() (ids [roles]string) {
	m.view(func(tx *store.Tx) error {
		for role := member; role < roles; role++ {
			e, err := tx.Email(addressOf[role])
			if err != nil {
				return err
			}
			ids[role] = e.Account
		}
		return nil
	})
	return ids
}

// each makes a thing of the member and one of the other, by a function that gives its id.
func (m *matrix) each(ids [roles]string, add func(tx *store.Tx, k int, account string) (string, error)) [3]string {
	things := [3]string{2: "none"}
	m.update(func(tx *store.Tx) (err error) {
		for k, role := range []int{member, other} {
			if things[k], err = add(tx, k+1, ids[role]); err != nil {
				return err
			}
		}
		return nil
	})
	return things
}

func (m *matrix) sessions(ids [roles]string) [3]string {
	now := m.Server.Now()
	return m.each(ids, func(tx *store.Tx, k int, account string) (string, error) {
		id := fmt.Sprintf("session-%d", k)
		return id, tx.AddSession(store.Session{
			ID: id, Hash: []byte(id), Account: account, Label: fmt.Sprintf("browser-canary-%d", k),
			MadeAt: now, SeenAt: now, ProvedAt: now, IdleEndsAt: now.Add(time.Hour), EndsAt: now.Add(time.Hour),
		})
	})
}

func (m *matrix) passkeys(ids [roles]string) [3]string {
	return m.each(ids, func(tx *store.Tx, k int, account string) (string, error) {
		id := fmt.Sprintf("passkey-%d", k)
		return id, tx.AddPasskey(store.Passkey{
			ID: id, Credential: []byte(id), Handle: []byte(account), Account: account, Name: fmt.Sprintf("passkey-canary-%d", k),
			Record: "{}", MadeAt: m.Server.Now(),
		})
	})
}

// units are two of the institution. As they are added, the members say who they are, and the first one asks to be listed.
func (m *matrix) units(ids [roles]string) [3]string {
	units := m.each(ids, func(tx *store.Tx, k int, account string) (string, error) {
		id := fmt.Sprintf("UNIT%d", k)
		return id, tx.AddUnit(store.Unit{ID: id, NameEn: id, NameFr: id})
	})
	people, offers := m.Server.People, []mentoring.Term{{Code: "research"}}
	for k, role := range []int{member, other} {
		v := m.visitOf(ids[role])
		m.Must(people.SaveName(m.Context(), v, person.Name{Given: fmt.Sprintf("Name-canary-%d", k+1)}))
		m.Must(people.SaveOffer(m.Context(), v, person.Offer{Offers: offers, Capacity: 1, Listed: role == member}))
	}
	return units
}

// visitOf is a role as the activities see it.
func (m *matrix) visitOf(id string) (v account.Visit) {
	m.view(func(tx *store.Tx) error {
		sessions, err := tx.Sessions(id, m.Server.Now())
		for _, s := range sessions {
			v = account.Visit{Actor: mentoring.Actor{Person: mentoring.PersonID(id)}, SessionID: s.ID, ProvedAt: s.ProvedAt, Language: "en"}
		}
		return err
	})
	return v
}

var unlinking = regexp.MustCompile(`/account/institutions/([^/"]+)/unlink`)

func (m *matrix) linked(ids [roles]string) [3]string {
	things := m.each(ids, func(tx *store.Tx, k int, account string) (string, error) {
		return "", tx.AddIdentity(store.Identity{Issuer: "https://id.example.org", Subject: account, Account: account, MadeAt: m.Server.Now()})
	})
	for k, role := range []int{member, other} {
		p := m.visitors[role].Get("/account/institutions")
		found := unlinking.FindStringSubmatch(p.Body)
		if found == nil {
			m.Fatalf("no institution is linked: %s", p.Text())
		}
		things[k] = found[1]
	}
	return things
}

// letters are two that came back.
func (m *matrix) letters() (things [3]string) {
	m.update(func(tx *store.Tx) error {
		sent, err := tx.Letters(store.LetterSent, 2)
		for k, letter := range sent {
			things[k] = letter.ID
			err = errors.Join(err, tx.EndLetter(letter.ID, store.LetterBounced, m.Server.Now()))
		}
		return err
	})
	things[2] = "none"
	return things
}

// programs are one that the member is in and the coordinator runs, and one that the other is in and the deputy runs; each
// has somebody who was invited and a change of many people that can be undone. What was received
// is an invitation to coordinate, of the member and of the other; administrators see that they were invited.
func (m *matrix) programs(ids [roles]string) {
	now := m.Server.Now()
	runs := map[int]string{1: ids[coordinator], 2: ids[deputy]}
	m.objects["program"] = m.each(ids, func(tx *store.Tx, k int, account string) (string, error) {
		id := fmt.Sprintf("PROGRAM%d", k)
		err := tx.AddProgram(store.Program{ID: id, NameEn: id, NameFr: id, MadeAt: now, MadeBy: ids[administrator]})
		if err == nil {
			_, err = tx.AddCoordinator(id, runs[k], now)
		}
		if err == nil {
			_, err = tx.Enrol(store.Enrolment{Program: id, Person: account, Since: now})
		}
		return id, err
	})
	invite := func(program, address string) func(tx *store.Tx, k int, _ string) (string, error) {
		return func(tx *store.Tx, k int, account string) (string, error) {
			to, id := fmt.Sprintf(address, k), fmt.Sprintf("%s-%d", strings.ToLower(program), k)
			if address == "" {
				to = addressOf[[]int{member, other}[k-1]]
			}
			i := store.Invitation{ID: id, Program: fmt.Sprintf("PROGRAM%d", k), Part: program, Address: to, Folded: to, Language: "en", MadeAt: now, MadeBy: runs[k]}
			m.invitations = append(m.invitations, i)
			_, err := tx.AddInvitation(i)
			return id, err
		}
	}
	m.objects["invitation"] = m.each(ids, invite(store.Participant, "invited-canary-%d@example.org"))
	m.objects["received"] = m.each(ids, invite(store.Coordinator, ""))
	m.objects["invited"] = m.objects["received"]
	m.objects["batch"] = m.each(ids, func(tx *store.Tx, k int, account string) (string, error) {
		id := fmt.Sprintf("batch-%d", k)
		return id, tx.AddBatch(store.Batch{ID: id, Program: fmt.Sprintf("PROGRAM%d", k), By: runs[k], MadeAt: now, Kind: "people", Before: "[]"}, nil)
	})
	for k, role := range map[int]int{1: coordinator, 2: deputy} {
		m.canaries = append(m.canaries, canary{word: fmt.Sprintf("invited-canary-%d", k), of: role})
	}
}

// mend puts back what a form about a program may have changed: who is in, who runs it, and who was invited.
func (m *matrix) mend(path string) {
	m.Helper()
	touched := func(prefix string) bool { return strings.HasPrefix(path, prefix) }
	if !slices.ContainsFunc([]string{"/programs/", "/invitations/", "/installation/programs/", "/account/data/leave"}, touched) {
		return
	}
	m.update(func(tx *store.Tx) error {
		programs, people := m.objects["program"], m.objects["person"]
		for k := range 2 {
			_, enrolled := tx.Enrol(store.Enrolment{Program: programs[k], Person: people[k], Since: m.Server.Now()})
			_, taken := tx.TakeCoordinator(programs[k], people[k])
			if err := errors.Join(enrolled, taken); err != nil {
				return err
			}
		}
		for _, i := range m.invitations {
			if _, err := tx.AddInvitation(i); err != nil {
				return err
			}
		}
		return nil
	})
}

// delegates are somebody whom the member named, and somebody whom the other did.
func (m *matrix) delegates(ids [roles]string) [3]string {
	return m.each(ids, func(tx *store.Tx, k int, account string) (string, error) {
		id, address := fmt.Sprintf("delegate-%d", k), fmt.Sprintf("delegate-canary-%d@example.org", k)
		return id, tx.AddDelegate(store.Delegate{ID: id, Mentor: account, Address: address, MadeAt: m.Server.Now()}, address)
	})
}

// characteristics are one that people are asked for, one that they are not, and none.
func (m *matrix) characteristics() [3]string {
	m.must(m.visitors[administrator].Send("/installation/characteristics/religion",
		"purpose.english", "To see whether all are served alike.", "purpose.french", "Voir si tout le monde est bien servi.",
		"necessity.english", "Nothing less would show it here.", "necessity.french", "Rien de moins ne le montrerait ici.", "months", "12"))
	return [3]string{"religion", "age", "none"}
}
