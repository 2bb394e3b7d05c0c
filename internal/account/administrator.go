package account

import (
	"context"
	"crypto/rand"
	"strings"
	"time"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// FirstLink makes the link by which the first administrator comes in, and gives its token for the console. An earlier one
// opens nothing any more. Once there is an administrator it is a Conflict.
func (a *Accounts) FirstLink(ctx context.Context) (token string, err error) {
	err = a.update(ctx, func(w *work) error {
		if err := w.hasNoAdministrator(); err != nil {
			return err
		}
		if err := w.CloseLinks(store.FirstAdministrator, w.now); err != nil {
			return err
		}
		id := rand.Text()
		token = a.Secrets.Token(id)
		return w.AddLink(store.Link{ID: id, Hash: hashOf(token), Purpose: store.FirstAdministrator, MadeAt: w.now, ExpiresAt: w.now.Add(FirstLinkLasts)})
	})
	return token, err
}

func (w *work) hasNoAdministrator() error {
	n, err := w.CountRole(store.Administrator)
	if err == nil && n > 0 {
		return conflict("account.has-administrator")
	}
	return err
}

// BecomeFirst makes the account of the first administrator, for whoever has the link from the console, and signs in. The
// address is believed for now, since no mail may be set up yet; its person proves it with the first letter.
func (a *Accounts) BecomeFirst(ctx context.Context, k Key, typed, language string) (e Entered, err error) {
	address, _, err := readAddress(typed)
	if err != nil {
		return Entered{}, err
	}
	if err := a.knock(ctx, k); err != nil {
		return Entered{}, err
	}
	err = a.update(ctx, func(w *work) error {
		if _, err := w.useLink(k.Token, store.FirstAdministrator); err != nil {
			return err
		}
		if err := w.hasNoAdministrator(); err != nil {
			return err
		}
		account, err := w.make(address, languageOf(language))
		if err != nil {
			return err
		}
		if _, err := w.AddRole(account, store.Administrator, w.now, "console"); err != nil {
			return err
		}
		if err := w.log("role.grant", account, nil, []byte(store.Administrator)); err != nil {
			return err
		}
		e, err = w.enter(account, k)
		e.Joined = true
		return err
	})
	return e, err
}

// keepingAdministrator makes a change unless it would leave an installation without any administrator who can act.
func (w *work) keepingAdministrator(change func() error) error {
	before, err := w.CountRole(store.Administrator)
	if err != nil {
		return err
	}
	if err := change(); err != nil {
		return err
	}
	after, err := w.CountRole(store.Administrator)
	if err == nil && before > 0 && after == 0 {
		return conflict("account.last-administrator")
	}
	return err
}

// other is the account of another person, which must be in use.
func (w *work) other(person mentoring.PersonID) (store.Account, error) {
	a, err := w.Account(string(person))
	if err != nil {
		return a, here(err)
	}
	if a.MergedInto != "" {
		return a, mentoring.NotHere()
	}
	return a, nil
}

// GrantAdministrator makes somebody an administrator of the installation. They sign in again, for the shorter sessions
// of those who can do more.
func (a *Accounts) GrantAdministrator(ctx context.Context, v Visit, to mentoring.PersonID) error {
	return a.act(ctx, v, mentoring.GrantRoles, to, func(w *work) error {
		account, err := w.other(to)
		if err != nil {
			return err
		}
		if !account.SuspendedAt.IsZero() {
			return conflict("account.suspended")
		}
		added, err := w.AddRole(account.ID, store.Administrator, w.now, string(w.by.Actor.Person))
		if err != nil || !added {
			return err
		}
		if _, err := w.EndOtherSessions(account.ID, ""); err != nil {
			return err
		}
		if err := w.log("role.grant", account.ID, nil, []byte(store.Administrator)); err != nil {
			return err
		}
		return a.Post.Write(w.Tx, notice.Letter{Template: notice.RoleGranted, Account: account.ID})
	})
}

// TakeAdministrator takes the role of an administrator away. The last one who can act keeps it: that is a Conflict.
func (a *Accounts) TakeAdministrator(ctx context.Context, v Visit, from mentoring.PersonID) error {
	return a.act(ctx, v, mentoring.GrantRoles, from, func(w *work) error {
		account, err := w.other(from)
		if err != nil {
			return err
		}
		taken := false
		err = w.keepingAdministrator(func() (err error) {
			taken, err = w.TakeRole(account.ID, store.Administrator)
			return err
		})
		if err != nil || !taken {
			return err
		}
		if err := w.log("role.take", account.ID, []byte(store.Administrator), nil); err != nil {
			return err
		}
		return a.Post.Write(w.Tx, notice.Letter{Template: notice.RoleTaken, Account: account.ID})
	})
}

// MostReason is how many characters a reason can have.
const MostReason = 500

// Suspend closes an account to everything but reading the reason and taking one's data away, and ends its sessions. Its
// person is written to. The last administrator who can act cannot be suspended.
func (a *Accounts) Suspend(ctx context.Context, v Visit, whom mentoring.PersonID, reason string) error {
	reason = strings.TrimSpace(reason)
	if reason == "" || len([]rune(reason)) > MostReason {
		return &mentoring.Fault{Kind: mentoring.Invalid, Key: "account.reason", Args: []any{"most", MostReason}}
	}
	return a.act(ctx, v, mentoring.SuspendAccount, whom, func(w *work) error {
		account, err := w.other(whom)
		if err != nil || !account.SuspendedAt.IsZero() {
			return err
		}
		err = w.keepingAdministrator(func() error { return w.SuspendAccount(account.ID, w.now, reason) })
		if err != nil {
			return err
		}
		if _, err := w.EndOtherSessions(account.ID, ""); err != nil {
			return err
		}
		if err := w.log("account.suspend", account.ID, nil, []byte(reason)); err != nil {
			return err
		}
		return a.Post.Write(w.Tx, notice.Letter{Template: notice.Suspended, Account: account.ID})
	})
}

// Unsuspend opens an account again.
func (a *Accounts) Unsuspend(ctx context.Context, v Visit, whom mentoring.PersonID) error {
	return a.act(ctx, v, mentoring.SuspendAccount, whom, func(w *work) error {
		account, err := w.other(whom)
		if err != nil || account.SuspendedAt.IsZero() {
			return err
		}
		if err := w.SuspendAccount(account.ID, time.Time{}, ""); err != nil {
			return err
		}
		if err := w.log("account.unsuspend", account.ID, []byte(account.SuspendedFor), nil); err != nil {
			return err
		}
		return a.Post.Write(w.Tx, notice.Letter{Template: notice.Unsuspended, Account: account.ID})
	})
}
