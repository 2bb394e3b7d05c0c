// Package account is how people come in and what is theirs alone: signing in by a letter, sessions, addresses, settings,
// the roles of the installation, and what the audit log says about them. It leaves to others what people do once they
// are in, and to internal/web how it looks.
//
// There are no passwords. Who reads what is sent to an address of an account has proved to be its person, and so has who
// holds one of its passkeys, or comes back from an institution as somebody whom the account is linked to. A personal
// address owns the account, so that there always is a way in; what institutions give comes and goes.
//
// Whether an address has an account cannot be found out from here: [Accounts.AskLink] does the same for all, and only
// the letter says which.
//
// Every function is one action: it asks for permission, applies the rule, saves, logs and writes letters in one
// transaction. What goes wrong is a [*mentoring.Fault], or an error of the machine.
package account

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account/institution"
	"github.com/chiron-mentoring/chiron/internal/audit"
	"github.com/chiron-mentoring/chiron/internal/job"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// Accounts does what people can do with their accounts.
type Accounts struct {
	DB      *store.DB
	Queue   *job.Queue
	Post    *notice.Post
	Secrets notice.Secrets // the same as the post's
	Now     func() time.Time
	Open    bool // whether anybody who reads mail may join
	Keep    Keep

	Name         string            // of the installation, such as "Mentorat Sainte-Justine"
	Origin       string            // of its pages, such as "https://mentoring.example.org"; passkeys are made for it
	Institutions *institution.Desk // whose sign-ins can be used; nil: none
}

// FreshFor is how long a sign-in counts as fresh.
const FreshFor = 5 * time.Minute

// A work is one action in its transaction.
type work struct {
	*store.Tx
	a   *Accounts
	now time.Time
	by  Visit // as things are in this transaction; zero: nobody has signed in
}

// update does something in a transaction and then wakes those who send letters.
func (a *Accounts) update(ctx context.Context, f func(w *work) error) error {
	err := a.DB.Update(ctx, func(tx *store.Tx) error { return f(&work{Tx: tx, a: a, now: a.Now()}) })
	if err == nil {
		a.Queue.Wake()
	}
	return err
}

// act does an action of somebody who has signed in, on the account of a person, if that is permitted at this moment.
func (a *Accounts) act(ctx context.Context, v Visit, action mentoring.Action, on mentoring.PersonID, f func(w *work) error) error {
	return a.update(ctx, func(w *work) error {
		if err := w.permit(v, action, on); err != nil {
			return err
		}
		return f(w)
	})
}

// permit asks for permission with what is known now, not with what was known when the visit began.
func (w *work) permit(v Visit, action mentoring.Action, on mentoring.PersonID) error {
	now, in, err := w.visit(v.hash)
	if err != nil {
		return err
	}
	if !in {
		return mentoring.NotHere()
	}
	w.by = now
	decision := mentoring.May(w.by.Actor, action, mentoring.Object{Kind: mentoring.Account, Owner: on})
	if err := decision.Refused(); err != nil {
		return err
	}
	if decision.Needs&mentoring.FreshSignIn != 0 && w.now.Sub(w.by.ProvedAt) > FreshFor {
		return &mentoring.Fault{Kind: mentoring.Forbidden, Key: "account.fresh-sign-in"}
	}
	return nil
}

// log logs what was done to an account, by its own person or by who acts.
func (w *work) log(action, object string, was, became []byte, about ...string) error {
	actor := string(w.by.Actor.Person)
	if actor == "" {
		actor = object
	}
	return audit.Record(w.Tx, w.now, audit.Event{
		Actor: actor, ForWhom: string(w.by.Actor.SteppingIn), Action: action, Kind: "account", Object: object,
		Was: was, Became: became, About: append(about, object),
	})
}

// secret is what a browser keeps: 256 random bits, of which only the hash is stored.
func secret() string { return rand.Text() + rand.Text() }

func hashOf(secret string) []byte {
	if secret == "" {
		return nil
	}
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// here gives a missing thing the same answer as a forbidden one.
func here(err error) error {
	if store.IsKind(err, store.NotFound) {
		return mentoring.NotHere()
	}
	return err
}

func conflict(key string) error { return &mentoring.Fault{Kind: mentoring.Conflict, Key: key} }
