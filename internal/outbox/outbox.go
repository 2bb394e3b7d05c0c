// Package outbox shows those who look after an installation what was promised and is not done: letters and what became of
// each, and other work that failed as often as it may. It lets them try again, or give up. What is said and to whom stays
// with internal/notice: here a letter is its template, its state and codes of servers, and nobody's name or address.
//
// Every function is one action, as in package account. Looking is written in the audit log as well, as the table asks of
// whoever sees what is neither theirs nor their counterpart's.
package outbox

import (
	"context"
	"slices"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/audit"
	"github.com/chiron-mentoring/chiron/internal/job"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// An Outbox does what can be done with letters and work.
type Outbox struct {
	DB    *store.DB
	Queue *job.Queue
	Post  *notice.Post
	Now   func() time.Time
}

// Most is how many letters or jobs are shown at once.
const Most = 200

// installation is what all this is about.
var installation = mentoring.Object{Kind: mentoring.Installation}

// A work is one action in its transaction.
type work struct {
	*store.Tx
	o     *Outbox
	now   time.Time
	actor mentoring.Actor // as things are in this transaction
}

// act does an action of somebody who has signed in, if it is permitted at this moment, and then wakes those who work.
func (o *Outbox) act(ctx context.Context, v account.Visit, action mentoring.Action, f func(w *work) error) error {
	err := o.DB.Update(ctx, func(tx *store.Tx) error {
		w := &work{Tx: tx, o: o, now: o.Now()}
		if err := w.permit(v, action); err != nil {
			return err
		}
		return f(w)
	})
	if err == nil {
		o.Queue.Wake()
	}
	return err
}

// permit asks for permission with what is known now, not with what was known when the visit began.
func (w *work) permit(v account.Visit, action mentoring.Action) error {
	me := string(v.Actor.Person)
	sessions, err := w.Sessions(me, w.now)
	if err != nil {
		return err
	}
	k := slices.IndexFunc(sessions, func(s store.Session) bool { return s.ID == v.SessionID })
	if k < 0 {
		return mentoring.NotHere()
	}
	kept, err := w.Account(me)
	if err != nil {
		return err
	}
	roles, err := w.Roles(me)
	if err != nil {
		return err
	}
	w.actor = mentoring.Actor{
		Person: mentoring.PersonID(me), SteppingIn: v.Actor.SteppingIn,
		Suspended: !kept.SuspendedAt.IsZero() || kept.MergedInto != "", Operator: slices.Contains(roles, store.Administrator),
	}
	decision := mentoring.May(w.actor, action, installation)
	switch {
	case !decision.Allowed():
		return decision.Refused()
	case action == mentoring.See && decision.Sight != mentoring.All:
		return mentoring.NotHere()
	case decision.Needs&mentoring.FreshSignIn != 0 && w.now.Sub(sessions[k].ProvedAt) > account.FreshFor:
		return &mentoring.Fault{Kind: mentoring.Forbidden, Key: "account.fresh-sign-in"}
	}
	return nil
}

// log logs what was done, and about whom, if that is known.
func (w *work) log(action, kind, object, about string) error {
	return audit.Record(w.Tx, w.now, audit.Event{
		Actor: string(w.actor.Person), ForWhom: string(w.actor.SteppingIn), Action: action, Kind: kind, Object: object, About: []string{about},
	})
}

// done is what comes of an action on something that may not be there, or not as it was when it was shown.
func done(was bool, err error) error {
	if err == nil && !was {
		return mentoring.NotHere()
	}
	return err
}
