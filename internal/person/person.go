// Package person is what people say of themselves and to whom: profiles that are filled in by stages, positions of
// authority, delegates, units, the directory, and the lists that are made of all that. One person may be mentor, mentee
// and peer at once (EL-1): what somebody is, is said by what they seek and offer. It leaves signing in to the account,
// the words of lists to vocabularies, and who may see what to the table of mentoring.
//
// Every function is one action: it asks for permission, applies the rule, saves, logs and writes letters in one
// transaction. What is shown of a person is decided in one place, [mentoring.Shows], whoever looks: pages, lists,
// searches, counts and "see as" all ask it.
package person

import (
	"cmp"
	"context"
	"encoding/json"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/audit"
	"github.com/chiron-mentoring/chiron/internal/job"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/vocabulary"
	"github.com/chiron-mentoring/chiron/internal/vocabulary/edition"
)

// People does what people can do with profiles and lists of people. [New] makes one.
type People struct {
	DB    *store.DB
	Queue *job.Queue
	Post  *notice.Post
	Now   func() time.Time
	Lists *edition.Editions // which lists are in use; nil: the program's own

	memory  memory
	counted int // up to how many whom the store finds are counted; 0: [mostCounted], or all where the directory in memory is
}

// New makes one and registers its jobs with the queue. When a list is replaced, everybody is brought up to date: people
// are found by what lists say.
func New(db *store.DB, queue *job.Queue, post *notice.Post, now func() time.Time) *People {
	p := &People{DB: db, Queue: queue, Post: post, Now: now}
	p.Lists = &edition.Editions{DB: db, Now: now, Changed: p.reindexAll}
	job.Register(queue, job.Kind[reindexing]{Name: reindexKind, Do: p.reindex})
	return p
}

// A work is one action in its transaction.
type work struct {
	*store.Tx
	p        *People
	now      time.Time
	today    mentoring.Day
	actor    mentoring.Actor // as things are in this transaction; zero: nobody has signed in
	language string

	inUse  *vocabulary.Set // nil: nobody has asked yet
	unread error           // why it could not be read: the action fails of it
	grown  *forest         // the units; nil: nobody has asked yet, or one of them has changed since
}

func (p *People) work(tx *store.Tx) *work {
	now := p.Now()
	return &work{Tx: tx, p: p, now: now, today: mentoring.DayOf(now)}
}

// act does an action on an object, if that is permitted at this moment, and then wakes those who send letters.
func (p *People) act(ctx context.Context, v account.Visit, action mentoring.Action, on mentoring.Object, f func(w *work) error) error {
	err := p.DB.Update(ctx, func(tx *store.Tx) error {
		w := p.work(tx)
		if err := w.permit(v, action, on); err != nil {
			return err
		}
		return cmp.Or(f(w), w.unread)
	})
	if err == nil {
		p.Queue.Wake()
	}
	return err
}

// view reads something for somebody who has signed in.
func (p *People) view(ctx context.Context, v account.Visit, f func(w *work) error) error {
	return p.DB.View(ctx, func(tx *store.Tx) error {
		w := p.work(tx)
		if _, err := w.come(v); err != nil {
			return err
		}
		return cmp.Or(f(w), w.unread)
	})
}

// lists are those in use, read when somebody first asks. If that fails, they are the program's, and the action fails.
func (w *work) lists() vocabulary.Set {
	if w.inUse == nil {
		set := vocabulary.Own()
		if w.p.Lists != nil {
			set, w.unread = w.p.Lists.Set(w.Tx)
		}
		w.inUse = &set
	}
	return *w.inUse
}

// own is an object of the visitor's own.
func own(v account.Visit, kind mentoring.Kind) mentoring.Object {
	return mentoring.Object{Kind: kind, Owner: v.Actor.Person}
}

// permit asks for permission with what is known now, not with what was known when the visit began.
func (w *work) permit(v account.Visit, action mentoring.Action, on mentoring.Object) error {
	session, err := w.come(v)
	if err != nil {
		return err
	}
	decision := mentoring.May(w.actor, action, on)
	if err := decision.Refused(); err != nil {
		return err
	}
	if decision.Needs&mentoring.FreshSignIn != 0 && w.now.Sub(session.ProvedAt) > account.FreshFor {
		return &mentoring.Fault{Kind: mentoring.Forbidden, Key: "account.fresh-sign-in"}
	}
	return nil
}

// come finds out who the visitor is at this moment, with every position of authority that is in force.
func (w *work) come(v account.Visit) (store.Session, error) {
	me := string(v.Actor.Person)
	if me == "" {
		return store.Session{}, mentoring.NotHere()
	}
	session, err := w.sessionOf(v)
	if err != nil {
		return session, err
	}
	kept, err := w.Account(me)
	if err != nil {
		return session, here(err)
	}
	w.actor, w.language = v.Actor, kept.Language
	w.actor.Suspended = !kept.SuspendedAt.IsZero() || kept.MergedInto != ""
	return session, w.positions(me)
}

// sessionOf is the session of a visit, if it goes on.
func (w *work) sessionOf(v account.Visit) (store.Session, error) {
	all, err := w.Sessions(string(v.Actor.Person), w.now)
	for _, s := range all {
		if s.ID == v.SessionID {
			return s, err
		}
	}
	if err == nil {
		err = mentoring.NotHere()
	}
	return store.Session{}, err
}

// positions fills in what the actor's permission depends on besides the account.
func (w *work) positions(me string) error {
	roles, err := w.Roles(me)
	if err != nil {
		return err
	}
	w.actor.Operator = false
	for _, role := range roles {
		w.actor.Operator = w.actor.Operator || role == store.Administrator
	}
	edges, err := w.Standing(me, string(w.today))
	if err != nil {
		return err
	}
	w.actor.Edges = nil
	for _, e := range edges {
		w.actor.Edges = append(w.actor.Edges, mentoring.Edge{
			Kind: mentoring.EdgeKind(e.Kind), From: mentoring.PersonID(e.From), To: mentoring.PersonID(e.To),
		})
	}
	mentors, err := w.DelegateOf(me)
	if err != nil {
		return err
	}
	w.actor.DelegateOf = idsOf[mentoring.PersonID](mentors)
	programs, err := w.CoordinatedBy(me)
	if err != nil {
		return err
	}
	w.actor.Coordinates = idsOf[mentoring.ProgramID](programs)
	headed, err := w.UnitsHeadedBy(me, string(w.today))
	w.actor.Heads = idsOf[mentoring.UnitID](headed)
	return err
}

func idsOf[ID ~string](texts []string) (ids []ID) {
	for _, text := range texts {
		ids = append(ids, ID(text))
	}
	return ids
}

// log logs what was done to a thing. About are the people who may read it, besides the actor.
func (w *work) log(action, kind, object string, was, became any, about ...string) error {
	return audit.Record(w.Tx, w.now, audit.Event{
		Actor: string(w.actor.Person), ForWhom: string(w.actor.SteppingIn), Action: action, Kind: kind, Object: object,
		Was: said(was), Became: said(became), About: about,
	})
}

// said is what a thing says, in a form of which the log keeps a hash.
func said(value any) []byte {
	if value == nil {
		return nil
	}
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // it holds texts and numbers
	}
	return text
}

// here gives a missing thing the same answer as a forbidden one.
func here(err error) error {
	if store.IsKind(err, store.NotFound) {
		return mentoring.NotHere()
	}
	return err
}

func conflict(key string) error { return &mentoring.Fault{Kind: mentoring.Conflict, Key: key} }

func invalid(key string, args ...any) error {
	return &mentoring.Fault{Kind: mentoring.Invalid, Key: key, Args: args}
}

// Do does an action of another activity for somebody who has signed in, if that is permitted at this moment.
func (p *People) Do(ctx context.Context, v account.Visit, action mentoring.Action, on mentoring.Object, f func(tx *store.Tx, now time.Time) error) error {
	return p.act(ctx, v, action, on, func(w *work) error { return f(w.Tx, w.now) })
}

// View reads something of the visitor's own of a kind, for another activity, if it is shown to them.
func (p *People) View(ctx context.Context, v account.Visit, kind mentoring.Kind, f func(tx *store.Tx) error) error {
	return p.view(ctx, v, func(w *work) error {
		if err := mentoring.May(w.actor, mentoring.See, own(v, kind)).Refused(); err != nil {
			return err
		}
		return f(w.Tx)
	})
}

// See reads a thing for another activity, if it is shown to the visitor in full.
func (p *People) See(ctx context.Context, v account.Visit, thing mentoring.Object, f func(tx *store.Tx) error) error {
	return p.view(ctx, v, func(w *work) error {
		decision := mentoring.May(w.actor, mentoring.See, thing)
		if err := decision.Refused(); err != nil {
			return err
		}
		if decision.Sight != mentoring.All {
			return mentoring.NotHere()
		}
		return f(w.Tx)
	})
}
