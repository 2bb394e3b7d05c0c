package person

import (
	"context"
	"crypto/rand"
	netmail "net/mail"
	"strings"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// A Delegate books meetings for the visitor and reads nothing (FV-7).
type Delegate struct {
	ID       string
	Address  string
	NamedAt  time.Time
	Accepted bool
}

// A Naming is a mentor who named the visitor a delegate, and waits for an answer.
type Naming struct {
	ID            string
	Given, Family string
}

// mostDelegates is how many somebody may name.
const mostDelegates = 5

// NameDelegate names somebody by an address. Whoever reads it gets a letter, signs in with it and accepts; until then
// nothing is different. Whether the address has an account cannot be found out from here.
func (p *People) NameDelegate(ctx context.Context, v account.Visit, typed string) error {
	parsed, err := netmail.ParseAddress(strings.TrimSpace(typed))
	if err != nil || len(parsed.Address) > 254 {
		return invalid("account.address-not-right")
	}
	return p.act(ctx, v, mentoring.NameDelegate, own(v, mentoring.Account), func(w *work) error {
		me := string(w.actor.Person)
		folded := notice.Fold(parsed.Address)
		emails, err := w.Emails(me)
		if err != nil {
			return err
		}
		for _, e := range emails {
			if e.Folded == folded {
				return conflict("person.delegate-oneself")
			}
		}
		named, err := w.Delegates(me)
		if err != nil {
			return err
		}
		if len(named) >= mostDelegates {
			return conflict("person.delegates-enough")
		}
		d := store.Delegate{ID: rand.Text(), Mentor: me, Address: parsed.Address, MadeAt: w.now}
		for _, one := range named {
			if notice.Fold(one.Address) == folded {
				return conflict("person.delegate-twice")
			}
		}
		if err := w.AddDelegate(d, folded); err != nil {
			return err
		}
		for _, letter := range []notice.Letter{
			{Template: notice.DelegateNamed, Address: d.Address, Language: w.language},
			{Template: notice.DelegateChanged, Account: me},
		} {
			if err := p.Post.Write(w.Tx, letter); err != nil {
				return err
			}
		}
		return w.log("delegate.name", "account", me, nil, d.ID)
	})
}

// RemoveDelegate takes a delegate away, or the naming of one. The mentor may, and so may the delegate.
func (p *People) RemoveDelegate(ctx context.Context, v account.Visit, id string) error {
	return p.act(ctx, v, mentoring.ChangeOwnSettings, own(v, mentoring.Account), func(w *work) error {
		d, err := w.Delegate(id)
		if err != nil {
			return here(err)
		}
		me := string(w.actor.Person)
		if d.Mentor != me && d.Account != me {
			return mentoring.NotHere()
		}
		if err := w.DeleteDelegate(id); err != nil {
			return err
		}
		if err := p.Post.Write(w.Tx, notice.Letter{Template: notice.DelegateChanged, Account: d.Mentor}); err != nil {
			return err
		}
		about := []string{d.Mentor}
		if d.Account != "" {
			about = append(about, d.Account)
		}
		return w.log("delegate.remove", "account", d.Mentor, notice.Fold(d.Address), nil, about...)
	})
}

// AcceptDelegate accepts to be the delegate of somebody who named an address that the visitor is known to read.
func (p *People) AcceptDelegate(ctx context.Context, v account.Visit, id string) error {
	return p.act(ctx, v, mentoring.ChangeOwnSettings, own(v, mentoring.Account), func(w *work) error {
		me := string(w.actor.Person)
		waiting, err := w.DelegatesWaiting(me)
		if err != nil {
			return err
		}
		for _, d := range waiting {
			if d.ID != id {
				continue
			}
			if accepted, err := w.Tx.AcceptDelegate(id, me, w.now); err != nil || !accepted {
				return err
			}
			if err := p.Post.Write(w.Tx, notice.Letter{Template: notice.DelegateChanged, Account: d.Mentor}); err != nil {
				return err
			}
			return w.log("delegate.accept", "account", d.Mentor, nil, me, d.Mentor)
		}
		return mentoring.NotHere()
	})
}

func (w *work) delegates() (all []Delegate, err error) {
	rows, err := w.Delegates(string(w.actor.Person))
	for _, d := range rows {
		all = append(all, Delegate{d.ID, d.Address, d.MadeAt, d.Account != ""})
	}
	return all, err
}

func (w *work) namings() (all []Naming, err error) {
	rows, err := w.DelegatesWaiting(string(w.actor.Person))
	for _, d := range rows {
		k, err := w.load(d.Mentor)
		if err != nil {
			return nil, err
		}
		all = append(all, Naming{d.ID, k.Given, k.Family})
	}
	return all, err
}
