//go:build unix

package account

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
)

// A model is what links and sessions are, in the simplest words: two lists and a clock.
type model struct {
	links    []*modelLink
	sessions []*modelSession
}

type modelLink struct {
	address, browser string
	token, code      string
	expires          time.Time
	used             bool
	attempts         int
}

type modelSession struct {
	address, cookie  string
	visit            Visit
	seen, idle, ends time.Time
	term             term
	ended            bool
}

func (s *modelSession) goesOn(now time.Time) bool { return !s.ended && now.Before(s.idle) }

// latest is the link that a code in a browser is for.
func (m *model) latest(browser string) *modelLink {
	for k := len(m.links) - 1; k >= 0; k-- {
		if l := m.links[k]; l.browser == browser && !l.used {
			return l
		}
	}
	return nil
}

// TestLinksAndSessionsDoWhatTheModelSays does things at random, to the program and to the model, and compares.
func TestLinksAndSessionsDoWhatTheModelSays(t *testing.T) {
	both(t, func(h *house) {
		const steps = 250
		source := rand.New(rand.NewPCG(3, 14))
		pick := func(from ...string) string { return from[source.IntN(len(from))] }
		m := &model{}
		happened := map[string]int{}
		for step := range steps {
			what := m.step(h, source, pick)
			if happened[what]++; h.Failed() {
				h.Fatalf("at step %d: %s", step, what)
			}
			h.pass(time.Duration(source.IntN(300)+1) * time.Second)
		}
		for _, what := range []string{"ask", "enter by link", "enter by code", "link closed", "button", "code wrong", "visit", "visit of nobody", "end", "end of another's", "end others", "wait"} {
			if happened[what] == 0 {
				h.Errorf("it never happened: %s (of %v)", what, happened)
			}
		}
	})
}

func (m *model) step(h *house, source *rand.Rand, pick func(...string) string) string {
	switch n := source.IntN(20); {
	case n < 4:
		return m.ask(h, pick("a@example.org", "b@example.org", "c@example.org"), pick("left", "right"))
	case n < 8 && len(m.links) > 0:
		return m.follow(h, m.links[max(0, len(m.links)-1-source.IntN(3))], pick("left", "right", ""), source.IntN(2) == 0, source.IntN(3) == 0)
	case n < 12 && len(m.links) > 0:
		code := m.links[max(0, len(m.links)-1-source.IntN(2))].code
		if source.IntN(2) == 0 {
			code = "00000000"
		}
		return m.typeCode(h, code, pick("left", "right"), source.IntN(3) == 0)
	case n < 17 && len(m.sessions) > 0:
		return m.visit(h, m.sessions[source.IntN(len(m.sessions))])
	case n < 19 && len(m.sessions) > 0:
		return m.end(h, m.sessions[source.IntN(len(m.sessions))], m.sessions[source.IntN(len(m.sessions))], source.IntN(3))
	}
	days := []time.Duration{7 * time.Minute, 16 * time.Minute, 5 * time.Hour, 3 * 24 * time.Hour, 8 * 24 * time.Hour}
	h.pass(days[source.IntN(len(days))])
	return "wait"
}

func (m *model) ask(h *house, address, browser string) string {
	_, err := h.AskLink(h.Context(), Ask{Address: address, Browser: browser})
	if mentoring.IsFault(err, mentoring.Unavailable) {
		return "ask too often"
	}
	h.must(err)
	m.links = append(m.links, &modelLink{
		address: address, browser: browser, token: h.token(address), code: digits(h.code(address)), expires: h.now().Add(LinkLasts),
	})
	return "ask"
}

func (m *model) follow(h *house, l *modelLink, browser string, button, shared bool) string {
	e, err := h.ConfirmLink(h.Context(), Key{Token: l.token, Browser: browser, Button: button, Shared: shared})
	switch now := h.now(); {
	case l.used || !now.Before(l.expires):
		h.refuses("a link that is over", err, mentoring.NotFound, "account.link-closed")
		return "link closed"
	case browser != l.browser && !button:
		h.refuses("another browser without a button", err, mentoring.Forbidden, "account.press-button")
		return "button"
	}
	h.must(err)
	m.enter(h, l, e, shared)
	return "enter by link"
}

func (m *model) typeCode(h *house, code, browser string, shared bool) string {
	e, err := h.ConfirmCode(h.Context(), Key{Code: code, Browser: browser, Shared: shared})
	l := m.latest(browser)
	switch {
	case l == nil || !h.now().Before(l.expires) || l.attempts >= MostAttempts:
		h.refuses("a code that is over", err, mentoring.NotFound, "account.link-closed")
		return "code closed"
	case code != l.code:
		h.refuses("a wrong code", err, mentoring.Invalid, "account.code-wrong")
		l.attempts++
		return "code wrong"
	}
	h.must(err)
	m.enter(h, l, e, shared)
	return "enter by code"
}

func (m *model) enter(h *house, l *modelLink, e Entered, shared bool) {
	l.used = true
	now := h.now()
	t := termOf(shared, false)
	m.sessions = append(m.sessions, &modelSession{
		address: l.address, cookie: e.Cookie, visit: e.Visit, seen: now, idle: now.Add(t.idle), ends: now.Add(t.longest), term: t,
	})
	for _, s := range m.sessions {
		if same := s.address == l.address; same != (s.visit.Actor.Person == e.Visit.Actor.Person) {
			h.Errorf("%s and %s are one person: %v", s.address, l.address, !same)
		}
	}
}

func (m *model) visit(h *house, s *modelSession) string {
	in, now := h.isIn(s.cookie), h.now()
	if in != s.goesOn(now) {
		h.Errorf("the session of %s goes on: %v", s.address, in)
	}
	if !in {
		return "visit of nobody"
	}
	if now.Sub(s.seen) >= seenEvery {
		s.seen, s.idle = now, now.Add(s.term.idle)
		if s.ends.Before(s.idle) {
			s.idle = s.ends
		}
	}
	return "visit"
}

// end lets one session end another, itself, or all others of its person.
func (m *model) end(h *house, by, other *modelSession, how int) string {
	was := by.goesOn(h.now())
	if how == 0 {
		n, err := h.EndOtherSessions(h.Context(), by.visit)
		if !was {
			h.hidden("ending others by nobody", err)
			return "end by nobody"
		}
		h.must(err)
		ended := 0
		for _, s := range m.sessions {
			if s != by && s.address == by.address && !s.ended {
				s.ended = true
				ended++
			}
		}
		if n > ended { // those that are over may be swept already, or not
			h.Errorf("%d ended, of %d", n, ended)
		}
		return "end others"
	}
	err := h.EndSession(h.Context(), by.visit, other.visit.SessionID)
	switch {
	case !was, by.address != other.address, other.ended:
		h.hidden(fmt.Sprintf("ending a session of %s by %s", other.address, by.address), err)
		return "end of another's"
	}
	h.must(err)
	other.ended = true
	return "end"
}
