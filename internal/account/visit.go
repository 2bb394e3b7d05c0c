package account

import (
	"context"
	"slices"
	"time"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// A Visit is somebody who has signed in, at one moment. The zero value is nobody.
type Visit struct {
	Actor     mentoring.Actor
	SessionID string
	Language  string
	Discreet  bool
	Shared    bool      // the computer is also used by others: the browser is to forget when it closes
	ProvedAt  time.Time // when the person last proved who they are
	EndsAt    time.Time // at the latest

	SuspendedFor string // the reason, for a person whose account is suspended

	hash []byte
}

// A term is how long a session lasts unused, and at the longest.
type term struct{ idle, longest time.Duration }

// The terms of sessions (security model, 3.2): shorter where more can be done, and shortest on computers that are also
// used by others.
var (
	memberTerm = term{7 * 24 * time.Hour, 30 * 24 * time.Hour}
	officeTerm = term{30 * time.Minute, 12 * time.Hour} // of administrators and coordinators
	sharedTerm = term{15 * time.Minute, 2 * time.Hour}
)

func termOf(shared, office bool) term {
	switch {
	case shared:
		return sharedTerm
	case office:
		return officeTerm
	}
	return memberTerm
}

// inOffice says whether somebody can do more than what concerns themselves.
func inOffice(a mentoring.Actor) bool { return a.Operator || len(a.Coordinates) > 0 }

// seenEvery is how exactly it is known when a session was last seen, so that not every page is a change.
const seenEvery = time.Minute

// Visit says who comes with a cookie. Without a session that goes on it is nobody, and no error.
func (a *Accounts) Visit(ctx context.Context, cookie string) (v Visit, err error) {
	if cookie == "" {
		return Visit{}, nil
	}
	seen := time.Time{}
	err = a.DB.View(ctx, func(tx *store.Tx) error {
		s, err := tx.SessionByHash(hashOf(cookie))
		if store.IsKind(err, store.NotFound) {
			return nil
		}
		if err == nil {
			seen = s.SeenAt
			v, _, err = (&work{Tx: tx, a: a, now: a.Now()}).visitOf(s)
		}
		return err
	})
	if err != nil || v.SessionID == "" || a.Now().Sub(seen) < seenEvery {
		return v, err
	}
	err = a.DB.Update(ctx, func(tx *store.Tx) error {
		now := a.Now()
		idle := now.Add(termOf(v.Shared, inOffice(v.Actor)).idle)
		if idle.After(v.EndsAt) {
			idle = v.EndsAt
		}
		return tx.SeeSession(v.SessionID, now, idle)
	})
	if store.IsKind(err, store.Unavailable) {
		err = nil // that somebody was seen can wait: pages are read on a disk that is full, too
	}
	return v, err
}

// visit is whoever has the session of a hash; false: nobody.
func (w *work) visit(hash []byte) (Visit, bool, error) {
	s, err := w.SessionByHash(hash)
	if store.IsKind(err, store.NotFound) {
		return Visit{}, false, nil
	}
	if err != nil {
		return Visit{}, false, err
	}
	return w.visitOf(s)
}

func (w *work) visitOf(s store.Session) (Visit, bool, error) {
	if !w.now.Before(s.IdleEndsAt) {
		return Visit{}, false, nil
	}
	account, err := w.Account(s.Account)
	if err != nil {
		return Visit{}, false, err
	}
	roles, err := w.Roles(s.Account)
	if err != nil {
		return Visit{}, false, err
	}
	actor, err := w.actorOf(account, roles)
	if err != nil {
		return Visit{}, false, err
	}
	return Visit{
		Actor:     actor,
		SessionID: s.ID, Language: account.Language, Discreet: account.Discreet, Shared: s.Shared,
		ProvedAt: s.ProvedAt, EndsAt: s.EndsAt, SuspendedFor: account.SuspendedFor, hash: s.Hash,
	}, true, nil
}

// actorOf is a person with everything that permission depends on, as it is today.
func (w *work) actorOf(account store.Account, roles []string) (mentoring.Actor, error) {
	actor := mentoring.Actor{
		Person: mentoring.PersonID(account.ID), Suspended: !account.SuspendedAt.IsZero(),
		Operator: slices.Contains(roles, store.Administrator),
	}
	today := string(mentoring.DayOf(w.now))
	edges, err := w.Standing(account.ID, today)
	if err != nil {
		return actor, err
	}
	for _, e := range edges {
		actor.Edges = append(actor.Edges, mentoring.Edge{Kind: mentoring.EdgeKind(e.Kind), From: mentoring.PersonID(e.From), To: mentoring.PersonID(e.To)})
	}
	mentors, err := w.DelegateOf(account.ID)
	if err != nil {
		return actor, err
	}
	for _, id := range mentors {
		actor.DelegateOf = append(actor.DelegateOf, mentoring.PersonID(id))
	}
	programs, err := w.CoordinatedBy(account.ID)
	if err != nil {
		return actor, err
	}
	for _, id := range programs {
		actor.Coordinates = append(actor.Coordinates, mentoring.ProgramID(id))
	}
	units, err := w.UnitsHeadedBy(account.ID, today)
	for _, id := range units {
		actor.Heads = append(actor.Heads, mentoring.UnitID(id))
	}
	return actor, err
}
