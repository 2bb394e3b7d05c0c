//go:build unix

package account

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

func TestFirstAdministratorComesInByTheConsole(t *testing.T) {
	both(t, func(h *house) {
		old, err := h.FirstLink(h.Context())
		h.must(err)
		token, err := h.FirstLink(h.Context())
		h.must(err)
		_, err = h.BecomeFirst(h.Context(), Key{Token: old}, "zoe@example.org", "fr")
		h.refuses("by the older link", err, mentoring.NotFound, "account.link-closed")
		_, err = h.BecomeFirst(h.Context(), Key{Token: token}, "nowhere", "fr")
		h.refuses("without an address", err, mentoring.Invalid, "account.address-not-right")
		_, err = h.ConfirmLink(h.Context(), Key{Token: token, Button: true})
		h.refuses("as if it were a link to sign in", err, mentoring.NotFound, "account.link-closed")
		e, err := h.BecomeFirst(h.Context(), Key{Token: token}, "zoe@example.org", "fr")
		h.must(err)
		if v := h.visit(e.Cookie); !v.Actor.Operator || v.Language != "fr-CA" || !h.soon(v.EndsAt, 12*time.Hour) {
			h.Errorf("the first administrator is %+v", v)
		}
		_, err = h.BecomeFirst(h.Context(), Key{Token: token}, "abe@example.org", "fr")
		h.refuses("a second time", err, mentoring.NotFound, "account.link-closed")
		_, err = h.FirstLink(h.Context())
		h.refuses("another link", err, mentoring.Conflict, "account.has-administrator")
		if got := h.actions(e.Visit); !strings.Contains(got, "role.grant") {
			h.Errorf("the trail is %s", got)
		}
	})
}

func TestFirstLinkOpensNothingAfterAnHour(t *testing.T) {
	both(t, func(h *house) {
		token, err := h.FirstLink(h.Context())
		h.must(err)
		h.pass(FirstLinkLasts)
		_, err = h.BecomeFirst(h.Context(), Key{Token: token}, "zoe@example.org", "fr")
		h.refuses("after an hour", err, mentoring.NotFound, "account.link-closed")
	})
}

// TestRolesAreForAdministratorsToGive states for each act who may not: nobody, a member, and whose sign-in is not fresh.
func TestRolesAreForAdministratorsToGive(t *testing.T) {
	both(t, func(h *house) {
		member, other := h.somebody("abe@example.org"), h.somebody("bea@example.org")
		admin := h.first("zoe@example.org")
		acts := map[string]func(v Visit, whom mentoring.PersonID) error{
			"grant":     func(v Visit, p mentoring.PersonID) error { return h.GrantAdministrator(h.Context(), v, p) },
			"take":      func(v Visit, p mentoring.PersonID) error { return h.TakeAdministrator(h.Context(), v, p) },
			"suspend":   func(v Visit, p mentoring.PersonID) error { return h.Suspend(h.Context(), v, p, "a reason") },
			"unsuspend": func(v Visit, p mentoring.PersonID) error { return h.Unsuspend(h.Context(), v, p) },
		}
		for what, act := range acts {
			h.hidden(what+" by nobody", act(Visit{}, other.Visit.Actor.Person))
			h.hidden(what+" by a member", act(member.Visit, other.Visit.Actor.Person))
			h.hidden(what+" to oneself", act(admin.Visit, admin.Visit.Actor.Person))
			h.hidden(what+" to nobody", act(admin.Visit, "nobody"))
			forged := member.Visit
			forged.Actor.Operator = true
			h.hidden(what+" by a forged visit", act(forged, other.Visit.Actor.Person))
		}
		h.refuses("without a reason", h.Suspend(h.Context(), admin.Visit, other.Visit.Actor.Person, " "), mentoring.Invalid, "account.reason")
		h.pass(FreshFor + time.Second)
		for what, act := range acts {
			h.refuses(what+" later", act(admin.Visit, other.Visit.Actor.Person), mentoring.Forbidden, "account.fresh-sign-in")
		}
	})
}

func TestNewAdministratorSignsInAgain(t *testing.T) {
	both(t, func(h *house) {
		member := h.somebody("abe@example.org")
		admin := h.first("zoe@example.org")
		h.must(h.GrantAdministrator(h.Context(), admin.Visit, member.Visit.Actor.Person))
		if h.isIn(member.Cookie) {
			h.Error("a session of the longer kind goes on")
		}
		if letter := h.last("abe@example.org"); letter.Subject != "You now look after the installation" {
			h.Errorf("the letter is %s", letter.Subject)
		}
		again := h.somebody("abe@example.org")
		if !again.Visit.Actor.Operator || !h.soon(again.Visit.EndsAt, 12*time.Hour) {
			h.Errorf("entered %+v", again.Visit)
		}
		h.must(h.TakeAdministrator(h.Context(), again.Visit, admin.Visit.Actor.Person))
		h.hidden("an act of who is an administrator no more", h.Suspend(h.Context(), admin.Visit, member.Visit.Actor.Person, "x"))
		if letter := h.last("zoe@example.org"); letter.Subject != "Vous n’administrez plus le site" {
			h.Errorf("the letter is %s", letter.Subject)
		}
	})
}

func TestSuspendedPersonCanReadAndLeaveAndNothingElse(t *testing.T) {
	both(t, func(h *house) {
		member := h.somebody("abe@example.org")
		admin := h.first("zoe@example.org")
		who := member.Visit.Actor.Person
		h.must(h.Suspend(h.Context(), admin.Visit, who, "asked to"))
		if h.isIn(member.Cookie) {
			h.Error("the session goes on")
		}
		again := h.somebody("abe@example.org")
		if !again.Visit.Actor.Suspended || again.Visit.SuspendedFor != "asked to" {
			h.Error("the account is open, or does not say why it is not")
		}
		h.hidden("settings", h.ChangeSettings(h.Context(), again.Visit, Settings{Language: "fr-CA"}))
		h.hidden("address", h.AskAddress(h.Context(), again.Visit, "new@example.org", ""))
		h.must(h.SignOut(h.Context(), again.Visit))
		admin = h.somebody("zoe@example.org")
		h.must(h.Unsuspend(h.Context(), admin.Visit, who))
		if again = h.somebody("abe@example.org"); again.Visit.Actor.Suspended {
			h.Error("the account stays closed")
		}
		if got := h.actions(again.Visit); !strings.Contains(got, "account.unsuspend") || !strings.Contains(got, "account.suspend") {
			h.Errorf("the trail is %s", got)
		}
	})
}

// TestLastAdministratorCannotBeLost lets administrators do at random whatever could lose the last one: take roles away,
// suspend and merge. After each step somebody is left who can act.
func TestLastAdministratorCannotBeLost(t *testing.T) {
	both(t, func(h *house) {
		source := rand.New(rand.NewPCG(7, 7))
		people := []string{"p0@example.org", "p1@example.org", "p2@example.org", "p3@example.org", "p4@example.org"}
		ids := map[string]mentoring.PersonID{people[0]: h.first(people[0]).Visit.Actor.Person}
		for _, p := range people[1:] {
			ids[p] = h.somebody(p).Visit.Actor.Person
		}
		h.must(h.GrantAdministrator(h.Context(), h.somebody(people[0]).Visit, ids[people[1]]))
		done := 0
		for range 40 {
			by, on := people[source.IntN(2)], people[source.IntN(len(people))]
			v := h.somebody(by).Visit
			var err error
			switch what := source.IntN(18); {
			case what < 6:
				err = h.TakeAdministrator(h.Context(), v, ids[on])
			case what < 11:
				err = h.GrantAdministrator(h.Context(), v, ids[on])
			case what < 14:
				err = h.Suspend(h.Context(), v, ids[on], "at random")
			case what < 17:
				err = h.Unsuspend(h.Context(), v, ids[on])
			default:
				if err = h.AskMerge(h.Context(), v, on, ""); err == nil {
					if token := h.token(on); token != "" {
						err = h.ConfirmMerge(h.Context(), v, Key{Token: token})
					}
				}
			}
			f, isFault := err.(*mentoring.Fault)
			switch {
			case err == nil:
				done++
			case !isFault || f.Kind == mentoring.Internal:
				h.Fatal(err)
			}
			h.view(func(tx *store.Tx) error {
				n, err := tx.CountRole(store.Administrator)
				if n == 0 {
					h.Fatal("the last administrator is lost")
				}
				return err
			})
		}
		if done < 10 {
			h.Errorf("only %d acts were done", done)
		}
		err := h.update(h.Context(), func(w *work) error { // the rule itself, past permission
			return w.keepingAdministrator(func() error {
				for _, id := range ids {
					if _, err := w.TakeRole(string(id), store.Administrator); err != nil {
						return err
					}
				}
				return nil
			})
		})
		h.refuses("taking the role from all", err, mentoring.Conflict, "account.last-administrator")
	})
}

// TestTwoWhoTakeEachOthersRoleAtOnceLeaveOne is about the moment between asking and doing.
func TestTwoWhoTakeEachOthersRoleAtOnceLeaveOne(t *testing.T) {
	both(t, func(h *house) {
		a := h.first("a@example.org")
		b := h.somebody("b@example.org")
		a = h.somebody("a@example.org")
		h.must(h.GrantAdministrator(h.Context(), a.Visit, b.Visit.Actor.Person))
		b = h.somebody("b@example.org")
		a = h.somebody("a@example.org")
		h.pass(-12 * time.Minute) // both are fresh
		var all sync.WaitGroup
		for _, act := range []func() error{
			func() error { return h.TakeAdministrator(h.Context(), a.Visit, b.Visit.Actor.Person) },
			func() error { return h.Suspend(h.Context(), b.Visit, a.Visit.Actor.Person, "x") },
		} {
			all.Go(func() {
				if err := act(); err != nil && !mentoring.IsFault(err, mentoring.NotFound) && !mentoring.IsFault(err, mentoring.Conflict) {
					h.Error(fmt.Errorf("at once: %w", err))
				}
			})
		}
		all.Wait()
		h.view(func(tx *store.Tx) error {
			n, err := tx.CountRole(store.Administrator)
			if n != 1 {
				h.Errorf("%d are left", n)
			}
			return err
		})
	})
}
