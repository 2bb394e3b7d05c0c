//go:build unix

package account

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/mail"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

func TestPersonSeesAndEndsTheirSessions(t *testing.T) {
	both(t, func(h *house) {
		desk, phone, old := h.somebody("zoe@example.org"), h.somebody("zoe@example.org"), h.somebody("zoe@example.org")
		stranger := h.somebody("abe@example.org")
		all, err := h.Sessions(h.Context(), desk.Visit)
		h.must(err)
		var here []string
		for _, s := range all {
			if s.Here {
				here = append(here, s.ID)
			}
		}
		if len(all) != 3 || !slices.Equal(here, []string{desk.Visit.SessionID}) || all[0].Label != "Firefox on Linux" {
			h.Errorf("sessions %+v", all)
		}
		h.hidden("ending somebody else's", h.EndSession(h.Context(), stranger.Visit, phone.Visit.SessionID))
		h.must(h.EndSession(h.Context(), desk.Visit, old.Visit.SessionID))
		if h.isIn(old.Cookie) || !h.isIn(phone.Cookie) {
			h.Error("the wrong session was ended")
		}
		n, err := h.EndOtherSessions(h.Context(), desk.Visit)
		h.must(err)
		if n != 1 || h.isIn(phone.Cookie) || !h.isIn(desk.Cookie) || !h.isIn(stranger.Cookie) {
			h.Errorf("%d others were ended", n)
		}
		h.must(h.SignOut(h.Context(), desk.Visit))
		if h.isIn(desk.Cookie) {
			h.Error("the session goes on after signing out")
		}
		h.hidden("an act after signing out", h.ChangeSettings(h.Context(), desk.Visit, Settings{Language: "en"}))
		_, err = h.Sessions(h.Context(), desk.Visit)
		h.hidden("looking after signing out", err)
	})
}

func TestSessionsEndUnusedAndInTheEnd(t *testing.T) {
	both(t, func(h *house) {
		member := h.somebody("abe@example.org")
		admin := h.first("zoe@example.org")
		asked, err := h.AskLink(h.Context(), Ask{Address: "abe@example.org"})
		h.must(err)
		shared, err := h.ConfirmLink(h.Context(), Key{Token: h.token("abe@example.org"), Browser: asked.Browser, Shared: true})
		h.must(err)
		for what, c := range map[string]struct {
			cookie string
			term   term
		}{"member": {member.Cookie, memberTerm}, "administrator": {admin.Cookie, officeTerm}, "shared": {shared.Cookie, sharedTerm}} {
			start := h.now()
			for h.now().Sub(start) < c.term.longest {
				if !h.isIn(c.cookie) {
					h.Errorf("%s: the session ended after %v although it was used", what, h.now().Sub(start))
					break
				}
				h.pass(c.term.idle - time.Minute)
			}
			h.pass(start.Sub(h.now())) // back, which moves nothing forward
		}
		start := h.now()
		h.pass(memberTerm.longest)
		for what, cookie := range map[string]string{"member": member.Cookie, "administrator": admin.Cookie, "shared": shared.Cookie} {
			if h.isIn(cookie) {
				h.Errorf("%s: the session has no end", what)
			}
		}
		h.must(h.Sweep(h.Context()))
		h.pass(start.Sub(h.now()))
		if h.isIn(member.Cookie) {
			h.Error("a session that was swept came back")
		}
	})
}

func TestUnusedSessionEnds(t *testing.T) {
	both(t, func(h *house) {
		e := h.somebody("abe@example.org")
		h.pass(memberTerm.idle - time.Second)
		if !h.isIn(e.Cookie) {
			h.Error("too early")
		}
		h.pass(memberTerm.idle)
		if h.isIn(e.Cookie) {
			h.Error("not at all")
		}
	})
}

func TestNewSessionReplacesTheOldOneOfTheBrowser(t *testing.T) {
	both(t, func(h *house) {
		old := h.somebody("zoe@example.org")
		asked, err := h.AskLink(h.Context(), Ask{Address: "zoe@example.org"})
		h.must(err)
		e, err := h.ConfirmLink(h.Context(), Key{Token: h.token("zoe@example.org"), Browser: asked.Browser, Instead: old.Cookie})
		h.must(err)
		if h.isIn(old.Cookie) || !h.isIn(e.Cookie) || e.Cookie == old.Cookie {
			h.Error("the browser has two sessions, or none, or the one that it brought")
		}
	})
}

func TestCookieOfNobodyIsNobody(t *testing.T) {
	both(t, func(h *house) {
		for _, cookie := range []string{"", "x", strings.Repeat("A", 52), "'; DROP TABLE session; --"} {
			if v, err := h.Visit(h.Context(), cookie); v.SessionID != "" || v.Actor.Person != "" || err != nil {
				h.Errorf("%q is %+v, %v", cookie, v, err)
			}
		}
	})
}

func TestLettersFollowTheLanguageAndDiscretionOfTheirReader(t *testing.T) {
	both(t, func(h *house) {
		e := h.somebody("zoe@example.org")
		_, err := h.AskLink(h.Context(), Ask{Address: "zoe@example.org", Language: "en"})
		h.must(err)
		h.must(h.ChangeSettings(h.Context(), e.Visit, Settings{Language: "fr-CA", Discreet: true})) // before it is sent
		if letter := h.last("zoe@example.org"); letter.Subject != "Un message pour vous" || letter.From.Name != "" || !strings.Contains(letter.Text, "Voici le lien") {
			h.Errorf("the letter is %s\n%s", letter.Subject, letter.Text)
		}
		h.refuses("Latin", h.ChangeSettings(h.Context(), e.Visit, Settings{Language: "la"}), mentoring.Invalid, "account.language")
	})
}

func TestTrailIsReadPageByPage(t *testing.T) {
	both(t, func(h *house) {
		e := h.somebody("zoe@example.org")
		for k := range 11 {
			h.pass(time.Second)
			h.must(h.ChangeSettings(h.Context(), e.Visit, Settings{Language: "en", Discreet: k%2 == 0}))
		}
		var seen []string
		for before := (Event{}); len(seen) < 20; {
			trail, err := h.Trail(h.Context(), e.Visit, before, 4)
			h.must(err)
			for _, one := range trail {
				seen = append(seen, one.ID)
				if one.Actor != string(e.Visit.Actor.Person) {
					h.Errorf("somebody else's event: %+v", one)
				}
			}
			if len(trail) < 4 {
				break
			}
			before = trail[3]
		}
		slices.Sort(seen)
		if len(slices.Compact(seen)) != 13 {
			h.Errorf("%d events on all pages", len(seen))
		}
		stranger := h.somebody("abe@example.org")
		if got := h.actions(stranger.Visit); strings.Contains(got, "settings") {
			h.Errorf("a stranger reads %s", got)
		}
	})
}

func TestAddressChangesAndIsTakenBack(t *testing.T) {
	both(t, func(h *house) {
		e := h.somebody("old@example.org")
		h.must(h.AskAddress(h.Context(), e.Visit, "New@example.org", ""))
		token := h.token("New@example.org")
		h.refuses("a scanner of mails", h.ConfirmAddress(h.Context(), Key{Token: token}), mentoring.Forbidden, "account.press-button")
		h.must(h.ConfirmAddress(h.Context(), Key{Token: token, Button: true}))
		h.refuses("a second time", h.ConfirmAddress(h.Context(), Key{Token: token, Button: true}), mentoring.NotFound, "account.link-closed")
		all, err := h.Addresses(h.Context(), e.Visit)
		h.must(err)
		if len(all) != 2 || all[0].Address != "New@example.org" || !all[0].Owns || !all[0].Verified || all[1].LeftUntil.IsZero() {
			h.Errorf("addresses %+v", all)
		}
		revert := h.token("old@example.org")
		if again := h.somebody("new@example.org"); again.Visit.Actor.Person != e.Visit.Actor.Person {
			h.Error("the new address is somebody else's")
		}
		h.Open = true
		_, err = h.AskLink(h.Context(), Ask{Address: "old@example.org"})
		h.must(err)
		_, err = h.ConfirmLink(h.Context(), Key{Token: h.token("old@example.org"), Button: true})
		h.refuses("joining with an address that was just left", err, mentoring.Conflict, "account.address-taken")

		h.pass(RevertLasts - 2*time.Hour)
		fresh := h.somebody("new@example.org")
		h.must(h.RevertAddress(h.Context(), Key{Token: revert, Button: true}))
		if h.isIn(fresh.Cookie) || h.isIn(e.Cookie) {
			h.Error("a session goes on after the account was given back")
		}
		if letter := h.last("old@example.org"); letter.Subject != "Your address was changed back" {
			h.Errorf("the letter is %s", letter.Subject)
		}
		back := h.somebody("old@example.org")
		if back.Visit.Actor.Person != e.Visit.Actor.Person {
			h.Error("the old address is somebody else's")
		}
		if other := h.somebody("new@example.org"); other.Visit.Actor.Person == e.Visit.Actor.Person {
			h.Error("the thief's address still opens the account")
		}
		if got := h.actions(back.Visit); !strings.Contains(got, "email.revert") || !strings.Contains(got, "email.change") {
			h.Errorf("the trail is %s", got)
		}
	})
}

// TestWhoWasRobbedTwiceGoesBackToTheBeginning lets a thief change the address twice, and use the link that the second
// change gave them, before the person uses the first.
func TestWhoWasRobbedTwiceGoesBackToTheBeginning(t *testing.T) {
	both(t, func(h *house) {
		e := h.somebody("mine@example.org")
		change := func(to string) {
			h.Helper()
			h.must(h.AskAddress(h.Context(), e.Visit, to, ""))
			h.must(h.ConfirmAddress(h.Context(), Key{Token: h.token(to), Button: true}))
		}
		change("thief1@example.org")
		mine := h.token("mine@example.org")
		h.pass(time.Minute)
		change("thief2@example.org")
		h.pass(time.Minute)
		h.must(h.RevertAddress(h.Context(), Key{Token: h.token("thief1@example.org"), Button: true}))
		h.must(h.RevertAddress(h.Context(), Key{Token: mine, Button: true}))
		if back := h.somebody("mine@example.org"); back.Visit.Actor.Person != e.Visit.Actor.Person {
			h.Error("the account is lost")
		}
		for _, thief := range []string{"thief1@example.org", "thief2@example.org"} {
			if in := h.somebody(thief); in.Visit.Actor.Person == e.Visit.Actor.Person {
				h.Errorf("%s still comes in", thief)
			}
		}
	})
}

func TestAddressOfSomebodyElseIsNotTaken(t *testing.T) {
	both(t, func(h *house) {
		other := h.somebody("abe@example.org")
		e := h.somebody("zoe@example.org")
		h.must(h.AskAddress(h.Context(), e.Visit, "abe@example.org", ""))
		if letter := h.last("abe@example.org"); letter.Subject != "This address has an account" || h.token("abe@example.org") != "" {
			h.Errorf("the letter is\n%s", letter.Text)
		}
		// Two ask for one free address; the second to confirm finds it taken.
		h.must(h.AskAddress(h.Context(), e.Visit, "free@example.org", ""))
		mine := h.token("free@example.org")
		other = h.somebody("abe@example.org")
		h.must(h.AskAddress(h.Context(), other.Visit, "free@example.org", ""))
		h.must(h.ConfirmAddress(h.Context(), Key{Token: h.token("free@example.org"), Button: true}))
		err := h.ConfirmAddress(h.Context(), Key{Token: mine, Button: true})
		if err == nil {
			h.Error("one address owns two accounts")
		}
	})
}

func TestAccountsOfOnePersonBecomeOne(t *testing.T) {
	both(t, func(h *house) {
		admin := h.first("work@example.org")
		second := h.somebody("home@example.org")
		h.must(h.AskMerge(h.Context(), second.Visit, "work@example.org", ""))
		token := h.token("work@example.org")
		h.refuses("with itself", h.AskMerge(h.Context(), second.Visit, "home@example.org", ""), mentoring.Conflict, "account.merge-itself")
		stranger := h.somebody("abe@example.org")
		h.refuses("by a stranger", h.ConfirmMerge(h.Context(), stranger.Visit, Key{Token: token}), mentoring.NotFound, "account.link-closed")
		h.hidden("by nobody", h.ConfirmMerge(h.Context(), Visit{}, Key{Token: token}))
		second = h.somebody("home@example.org")
		h.must(h.AskMerge(h.Context(), second.Visit, "work@example.org", ""))
		h.must(h.ConfirmMerge(h.Context(), second.Visit, Key{Token: h.token("work@example.org")}))
		if h.isIn(admin.Cookie) {
			h.Error("a session of the account that is gone goes on")
		}
		one := h.somebody("work@example.org")
		if one.Visit.Actor.Person != second.Visit.Actor.Person || !one.Visit.Actor.Operator {
			h.Errorf("the other address is %+v", one.Visit)
		}
		if got := h.actions(one.Visit); !strings.Contains(got, "account.merge") || strings.Count(got, "account.make") != 2 || !strings.Contains(got, "role.grant") {
			h.Errorf("the trail is %s", got)
		}
		if letter := h.letters("home@example.org"); !slices.ContainsFunc(letter, func(m mail.Message) bool { return m.Subject == "Your accounts are now one" }) {
			h.Error("nobody was told")
		}
		h.hidden("a role for an account that is gone", h.GrantAdministrator(h.Context(), one.Visit, admin.Visit.Actor.Person))
	})
}

func TestMergingHidesNothing(t *testing.T) {
	both(t, func(h *house) {
		first := h.first("root@example.org")
		bad := h.somebody("bad@example.org")
		first = h.somebody("root@example.org")
		h.must(h.Suspend(h.Context(), first.Visit, bad.Visit.Actor.Person, "x"))
		e := h.somebody("zoe@example.org")
		h.must(h.AskMerge(h.Context(), e.Visit, "bad@example.org", ""))
		h.refuses("a suspended account", h.ConfirmMerge(h.Context(), e.Visit, Key{Token: h.token("bad@example.org")}), mentoring.Conflict, "account.suspended")

		victim := h.somebody("victim@example.org")
		h.must(h.AskAddress(h.Context(), victim.Visit, "thief@example.org", ""))
		h.must(h.ConfirmAddress(h.Context(), Key{Token: h.token("thief@example.org"), Button: true}))
		revert := h.token("victim@example.org")
		e = h.somebody("zoe@example.org")
		h.must(h.AskMerge(h.Context(), e.Visit, "thief@example.org", ""))
		h.refuses("an account whose address was just changed", h.ConfirmMerge(h.Context(), e.Visit, Key{Token: h.token("thief@example.org")}), mentoring.Conflict, "account.address-changed-lately")
		h.must(h.RevertAddress(h.Context(), Key{Token: revert, Button: true}))
	})
}

// TestEveryActIsLogged counts events around each act that changes something.
func TestEveryActIsLogged(t *testing.T) {
	both(t, func(h *house) {
		admin := h.first("root@example.org")
		e, other := h.somebody("zoe@example.org"), h.somebody("abe@example.org")
		admin, e = h.somebody("root@example.org"), h.somebody("zoe@example.org")
		h.pass(-12 * time.Minute)
		who := other.Visit.Actor.Person
		acts := []func() error{
			func() error { return h.ChangeSettings(h.Context(), e.Visit, Settings{Language: "fr-CA"}) },
			func() error { return h.AskAddress(h.Context(), e.Visit, "new@example.org", "") },
			func() error {
				return h.ConfirmAddress(h.Context(), Key{Token: h.token("new@example.org"), Button: true})
			},
			func() error { return h.AskMerge(h.Context(), e.Visit, "x@example.org", "") },
			func() error { _, err := h.EndOtherSessions(h.Context(), e.Visit); return err },
			func() error { return h.Suspend(h.Context(), admin.Visit, who, "x") },
			func() error { return h.Unsuspend(h.Context(), admin.Visit, who) },
			func() error { return h.GrantAdministrator(h.Context(), admin.Visit, who) },
			func() error { return h.TakeAdministrator(h.Context(), admin.Visit, who) },
			func() error { return h.SignOut(h.Context(), e.Visit) },
			func() error {
				return h.RevertAddress(h.Context(), Key{Token: h.token("zoe@example.org"), Button: true})
			},
		}
		for k, act := range acts {
			before := h.counts()["events"]
			h.must(act())
			if n := h.counts()["events"] - before; n != 1 {
				h.Errorf("act %d made %d events", k, n)
			}
		}
		h.view(func(tx *store.Tx) error {
			events, err := tx.EventsAbout(string(e.Visit.Actor.Person), store.Event{}, 100)
			for _, one := range events {
				if kept := fmt.Sprintf("%+v", one); strings.Contains(kept, "example.org") {
					h.Errorf("an event holds an address: %s", kept)
				}
			}
			return err
		})
	})
}
