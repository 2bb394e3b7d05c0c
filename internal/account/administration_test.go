//go:build unix

package account

import (
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

func TestInstallationIsNotHereForMembers(t *testing.T) {
	both(t, func(h *house) {
		h.first("boss@example.org")
		member := h.somebody("zoe@example.org")
		gone := h.somebody("abe@example.org")
		h.must(h.SignOut(h.Context(), gone.Visit))
		for who, v := range map[string]Visit{"a member": member.Visit, "nobody": {}, "somebody who has gone": gone.Visit} {
			_, err := h.Administrators(h.Context(), v)
			h.hidden(who+" lists administrators", err)
			_, err = h.FindAccount(h.Context(), v, "boss@example.org")
			h.hidden(who+" finds an account", err)
			_, err = h.FindAccount(h.Context(), v, "nobody@example.org")
			h.hidden(who+" finds none", err)
			h.hidden(who+" names an administrator", h.GrantAdministratorAt(h.Context(), v, "zoe@example.org"))
			h.hidden(who+" names nobody", h.GrantAdministratorAt(h.Context(), v, "nobody@example.org"))
			_, err = h.State(h.Context(), v)
			h.hidden(who+" looks at the installation", err)
			_, err = h.Checkpoint(h.Context(), v)
			h.hidden(who+" takes a checkpoint", err)
		}
	})
}

func TestAdministratorsSeeEachOther(t *testing.T) {
	both(t, func(h *house) {
		abe := h.somebody("abe@example.org")
		boss := h.first("boss@example.org")
		h.refuses("naming nobody", h.GrantAdministratorAt(h.Context(), boss.Visit, "nobody@example.org"), mentoring.Invalid, "account.no-such-account")
		h.refuses("naming no address", h.GrantAdministratorAt(h.Context(), boss.Visit, "abe"), mentoring.Invalid, "account.address-not-right")
		h.refuses("naming oneself", h.GrantAdministratorAt(h.Context(), boss.Visit, "boss@example.org"), mentoring.Invalid, "account.administrator-already")
		h.must(h.GrantAdministratorAt(h.Context(), boss.Visit, " Abe@Example.ORG "))
		h.refuses("naming twice", h.GrantAdministratorAt(h.Context(), boss.Visit, "abe@example.org"), mentoring.Invalid, "account.administrator-already")
		h.must(h.Suspend(h.Context(), boss.Visit, abe.Visit.Actor.Person, "away"))
		all, err := h.Administrators(h.Context(), boss.Visit)
		h.must(err)
		if len(all) != 2 || all[0].Address != "boss@example.org" || !all[0].Me || all[0].Suspended ||
			all[1].Address != "abe@example.org" || all[1].Me || !all[1].Suspended || all[1].Person != abe.Visit.Actor.Person {
			h.Errorf("the administrators are %+v", all)
		}
	})
}

func TestFoundAccountIsThereAndNothingMore(t *testing.T) {
	both(t, func(h *house) {
		zoe := h.somebody("zoe@example.org")
		boss := h.first("boss@example.org")
		h.refuses("a part of an address", find(h, boss.Visit, "zoe@example"), mentoring.Invalid, "account.address-not-right")
		h.refuses("an address that has no account", find(h, boss.Visit, "zo@example.org"), mentoring.Invalid, "account.no-such-account")
		f, err := h.FindAccount(h.Context(), boss.Visit, "ZOE@example.org")
		h.must(err)
		if f.Person != zoe.Visit.Actor.Person || f.Administrator || f.Me || !f.SuspendedAt.IsZero() || f.Since.IsZero() {
			h.Errorf("found %+v", f)
		}
		if actions := h.actions(zoe.Visit); !strings.HasPrefix(actions, "account.look ") {
			h.Errorf("her trail says %s", actions)
		}
		h.must(h.Suspend(h.Context(), boss.Visit, f.Person, "left"))
		f, err = h.FindAccount(h.Context(), boss.Visit, "zoe@example.org")
		h.must(err)
		if f.SuspendedAt.IsZero() || f.SuspendedFor != "left" {
			h.Errorf("found %+v", f)
		}
	})
}

func find(h *house, v Visit, typed string) error {
	_, err := h.FindAccount(h.Context(), v, typed)
	return err
}

func TestStateCountsWhatThereIs(t *testing.T) {
	both(t, func(h *house) {
		boss := h.first("boss@example.org")
		h.somebody("zoe@example.org") // two letters, and the work of sending them
		h.Queue.Drain(h.Context())
		s, err := h.State(h.Context(), boss.Visit)
		h.must(err)
		var events int
		h.view(func(tx *store.Tx) (err error) { events, err = tx.CountEvents(); return err })
		if s.PostgreSQL != (h.db.Engine == store.PostgreSQL) || s.Size < 10_000 || s.Schema != store.NewestVersion() || s.Newest != s.Schema ||
			s.Letters.Sent != 2 || s.Work.Done != 2 || s.Events != events || s.Seals != 0 || !s.SealedAt.IsZero() {
			h.Errorf("the state is %+v, of %d events", s, events)
		}
		if signed, err := h.Checkpoint(h.Context(), boss.Visit); signed != nil || err != nil {
			h.Errorf("before anything is sealed, the checkpoint is %q, %v", signed, err)
		}
	})
}
