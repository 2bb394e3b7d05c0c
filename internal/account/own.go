package account

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// A Session is a browser in which a person has signed in, as that person sees it.
type Session struct {
	ID             string
	Label          string
	Shared         bool
	MadeAt, SeenAt time.Time
	EndsAt         time.Time // unless it is used before
	Here           bool      // it is the one that asks
}

// own does an action of somebody on their own account.
func (a *Accounts) own(ctx context.Context, v Visit, action mentoring.Action, f func(w *work) error) error {
	return a.act(ctx, v, action, v.Actor.Person, f)
}

// see reads something of the person's own, if it is shown.
func (a *Accounts) see(ctx context.Context, v Visit, kind mentoring.Kind, f func(w *work) error) error {
	return a.DB.View(ctx, func(tx *store.Tx) error {
		w := &work{Tx: tx, a: a, now: a.Now()}
		now, in, err := w.visit(v.hash)
		if err != nil {
			return err
		}
		if !in {
			return mentoring.NotHere()
		}
		w.by = now
		if err := mentoring.May(now.Actor, mentoring.See, mentoring.Object{Kind: kind, Owner: now.Actor.Person}).Refused(); err != nil {
			return err
		}
		return f(w)
	})
}

// Sessions lists the person's sessions that go on, the latest seen first.
func (a *Accounts) Sessions(ctx context.Context, v Visit) (all []Session, err error) {
	err = a.see(ctx, v, mentoring.Account, func(w *work) error {
		kept, err := w.Tx.Sessions(string(w.by.Actor.Person), w.now)
		for _, s := range kept {
			all = append(all, Session{s.ID, s.Label, s.Shared, s.MadeAt, s.SeenAt, s.IdleEndsAt, s.ID == w.by.SessionID})
		}
		return err
	})
	return all, err
}

// EndSession ends one of the person's sessions. One of somebody else is NotFound.
func (a *Accounts) EndSession(ctx context.Context, v Visit, id string) error {
	return a.own(ctx, v, mentoring.EndOwnSessions, func(w *work) error { return w.endSession(id) })
}

func (w *work) endSession(id string) error {
	me := string(w.by.Actor.Person)
	ended, err := w.Tx.EndSession(id, me)
	switch {
	case err != nil:
		return err
	case !ended:
		return mentoring.NotHere()
	}
	return w.log("session.end", me, []byte(id), nil)
}

// EndOtherSessions ends all of the person's sessions but this one, and says how many there were.
func (a *Accounts) EndOtherSessions(ctx context.Context, v Visit) (n int, err error) {
	err = a.own(ctx, v, mentoring.EndOwnSessions, func(w *work) error {
		me := string(w.by.Actor.Person)
		ended, err := w.Tx.EndOtherSessions(me, w.by.SessionID)
		if n = int(ended); err != nil {
			return err
		}
		return w.log("session.end-others", me, []byte(fmt.Sprint(n)), nil)
	})
	return n, err
}

// SignOut ends the session that asks.
func (a *Accounts) SignOut(ctx context.Context, v Visit) error {
	return a.own(ctx, v, mentoring.SignOut, func(w *work) error { return w.endSession(w.by.SessionID) })
}

// Settings are what a person chooses for letters and pages.
type Settings struct {
	Language string // "en" or "fr-CA"
	Discreet bool   // letters say nothing that could be read over a shoulder
}

// ChangeSettings changes what a person chooses.
func (a *Accounts) ChangeSettings(ctx context.Context, v Visit, s Settings) error {
	if s.Language != languageOf(s.Language) {
		return &mentoring.Fault{Kind: mentoring.Invalid, Key: "account.language"}
	}
	return a.own(ctx, v, mentoring.ChangeOwnSettings, func(w *work) error {
		was := Settings{w.by.Language, w.by.Discreet}
		if was == s {
			return nil
		}
		me := string(w.by.Actor.Person)
		if err := w.SetAccount(me, s.Language, s.Discreet); err != nil {
			return err
		}
		return w.log("account.settings", me, fmt.Append(nil, was), fmt.Append(nil, s))
	})
}

// An Event is an entry of the audit log, as those read it whom it is about.
type Event struct {
	ID           string
	At           time.Time
	Actor        string // a person's id, or the name of a part of the program
	ForWhom      string
	Action       string // a code
	Kind, Object string
}

// Trail lists what the audit log says about the person, the latest first: what came before another event or, before the
// zero event, from now on. It includes what was said about accounts that were merged into this one.
func (a *Accounts) Trail(ctx context.Context, v Visit, before Event, most int) (trail []Event, err error) {
	err = a.see(ctx, v, mentoring.AuditTrail, func(w *work) error {
		me := string(w.by.Actor.Person)
		former, err := w.FormerAccounts(me)
		if err != nil {
			return err
		}
		seen := map[string]bool{}
		for _, id := range append(former, me) {
			events, err := w.EventsAbout(id, store.Event{ID: before.ID, At: before.At}, most)
			if err != nil {
				return err
			}
			for _, e := range events {
				if !seen[e.ID] {
					seen[e.ID] = true
					trail = append(trail, Event{e.ID, e.At, e.Actor, e.ForWhom, e.Action, e.ObjectKind, e.ObjectID})
				}
			}
		}
		slices.SortFunc(trail, func(a, b Event) int {
			return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.ID, a.ID))
		})
		trail = trail[:min(len(trail), most)]
		return nil
	})
	return trail, err
}

// A Keep is how long things are kept that are of no use any more: links after they have expired, letters and jobs after
// they have ended. Of a time that is zero nothing is deleted.
type Keep struct{ Links, Letters, Jobs time.Duration }

// Sweep deletes what is of no use any more: sessions, ceremonies and limits that are over, addresses that were left, and
// what was kept for its time.
func (a *Accounts) Sweep(ctx context.Context) error {
	return a.update(ctx, func(w *work) error {
		for _, sweep := range []func() (int64, error){
			func() (int64, error) { return w.SweepSessions(w.now) },
			func() (int64, error) { return w.SweepCeremonies(w.now) },
			func() (int64, error) { return w.SweepBuckets(w.now) },
			func() (int64, error) { return w.SweepEmails(w.now) },
			w.past(a.Keep.Links, w.SweepLinks),
			w.past(a.Keep.Letters, w.SweepLetters),
			w.past(a.Keep.Jobs, w.SweepJobs),
		} {
			if _, err := sweep(); err != nil {
				return err
			}
		}
		return nil
	})
}

// past sweeps what ended longer ago than a time; zero: nothing.
func (w *work) past(kept time.Duration, sweep func(before time.Time) (int64, error)) func() (int64, error) {
	return func() (int64, error) {
		if kept == 0 {
			return 0, nil
		}
		return sweep(w.now.Add(-kept))
	}
}
