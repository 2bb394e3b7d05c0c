package account

import (
	"context"
	"slices"
	"time"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// whole is the installation as a thing that is nobody's.
var whole = mentoring.Object{Kind: mentoring.Installation}

// administer does something for an administrator of the installation, on it as a whole.
func (a *Accounts) administer(ctx context.Context, v Visit, f func(w *work) error) error {
	return a.update(ctx, func(w *work) error {
		if err := w.onWhole(v, mentoring.Administer); err != nil {
			return err
		}
		return f(w)
	})
}

// oversee reads something of the installation for whoever is shown all of it.
func (a *Accounts) oversee(ctx context.Context, v Visit, f func(w *work) error) error {
	return a.DB.View(ctx, func(tx *store.Tx) error {
		w := &work{Tx: tx, a: a, now: a.Now()}
		if err := w.onWhole(v, mentoring.See); err != nil {
			return err
		}
		return f(w)
	})
}

// onWhole asks for permission to do something with the installation, with what is known now.
func (w *work) onWhole(v Visit, action mentoring.Action) error {
	now, in, err := w.visit(v.hash)
	if err != nil {
		return err
	}
	if !in {
		return mentoring.NotHere()
	}
	w.by = now
	return mentoring.May(now.Actor, action, whole).Refused()
}

// An Administrator is somebody who looks after the installation, as the others see them.
type Administrator struct {
	Person    mentoring.PersonID
	Address   string // that owns the account
	Since     time.Time
	Suspended bool
	Me        bool
}

// Administrators lists those who look after the installation, the first one first.
func (a *Accounts) Administrators(ctx context.Context, v Visit) (all []Administrator, err error) {
	err = a.oversee(ctx, v, func(w *work) error {
		holders, err := w.Holders(store.Administrator)
		for _, h := range holders {
			person := mentoring.PersonID(h.Account)
			all = append(all, Administrator{person, h.Address, h.GrantedAt, !h.SuspendedAt.IsZero(), person == w.by.Actor.Person})
		}
		return err
	})
	return all, err
}

// GrantAdministratorAt makes the person whose account has an address in use an administrator. Without such an account it
// is an Invalid answer, since whoever looks after the installation may know that; and so it is of one who is already.
func (a *Accounts) GrantAdministratorAt(ctx context.Context, v Visit, typed string) error {
	_, folded, err := readAddress(typed)
	if err != nil {
		return err
	}
	to := ""
	err = a.oversee(ctx, v, func(w *work) (err error) {
		if to, err = w.reachedAt(folded); err != nil {
			return err
		}
		roles, err := w.Roles(to)
		if err == nil && slices.Contains(roles, store.Administrator) {
			err = &mentoring.Fault{Kind: mentoring.Invalid, Key: "account.administrator-already"}
		}
		return err
	})
	if err != nil {
		return err
	}
	return a.GrantAdministrator(ctx, v, mentoring.PersonID(to))
}

// reachedAt is the account that has an address in use.
func (w *work) reachedAt(folded string) (string, error) {
	account, err := w.accountOf(folded)
	if err == nil && account == "" {
		err = &mentoring.Fault{Kind: mentoring.Invalid, Key: "account.no-such-account"}
	}
	return account, err
}

// A Found account is what an administrator sees of one: that it is there, since when, and what administrators did to it.
// What is in it is not for them.
type Found struct {
	Person        mentoring.PersonID
	Address       string // by which it was found
	Since         time.Time
	Administrator bool
	SuspendedAt   time.Time // zero: it is not
	SuspendedFor  string
	Me            bool
}

// FindAccount finds the account that has exactly this address in use. Its person can read that it was looked up.
func (a *Accounts) FindAccount(ctx context.Context, v Visit, typed string) (f Found, err error) {
	address, folded, err := readAddress(typed)
	if err != nil {
		return Found{}, err
	}
	err = a.administer(ctx, v, func(w *work) error {
		id, err := w.reachedAt(folded)
		if err != nil {
			return err
		}
		account, err := w.Account(id)
		if err != nil {
			return err
		}
		roles, err := w.Roles(id)
		if err != nil {
			return err
		}
		person := mentoring.PersonID(id)
		f = Found{
			Person: person, Address: address, Since: account.MadeAt, Administrator: len(roles) > 0,
			SuspendedAt: account.SuspendedAt, SuspendedFor: account.SuspendedFor, Me: person == w.by.Actor.Person,
		}
		return w.log("account.look", id, nil, nil)
	})
	return f, err
}
