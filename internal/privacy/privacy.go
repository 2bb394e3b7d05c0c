// Package privacy is what people can do with what an installation holds of them: take it along, and have it erased; and
// how long anything is kept. What becomes of each column of each table is declared in one place, [Tables], from which
// export, import and erasure are made; a column that is not in it fails a test. It leaves to others what the data means.
package privacy

import (
	"context"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/audit"
	"github.com/chiron-mentoring/chiron/internal/job"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// Privacy does what people can do with what is held of them. [New] makes one.
type Privacy struct {
	People *person.People
	// Sensitive reads what a person says of sensitive characteristics, for their own record; nil: nobody is asked.
	Sensitive func(ctx context.Context, v account.Visit) ([]person.OwnCharacteristic, error)
	// Erased is told when somebody was erased, to note it outside the database: restoring an older backup would bring
	// them back. It may be told more than once. nil: nobody is told.
	Erased func(ctx context.Context) error
}

// ErasedAfter is how long after it was asked for a person is erased: long enough to change one's mind, and for whoever
// was robbed of an account to come back.
const ErasedAfter = 7 * 24 * time.Hour

// kind is the kind of jobs that erase people.
const kind = "erase"

// An erasing is the payload of such a job.
type erasing struct{ Person string }

// New makes one and registers its jobs with the queue of people.
func New(people *person.People) *Privacy {
	p := &Privacy{People: people}
	job.Register(people.Queue, job.Kind[erasing]{Name: kind, Do: p.erase})
	return p
}

// AskErasure asks that the visitor is erased, [ErasedAfter] from now. Until then everything stays as it is. The last
// administrator who can act cannot be erased.
func (p *Privacy) AskErasure(ctx context.Context, v account.Visit) (due time.Time, err error) {
	err = p.People.Do(ctx, v, mentoring.EraseOwnAccount, ownAccount(v), func(tx *store.Tx, now time.Time) error {
		me := string(v.Actor.Person)
		if err := MayGo(tx, me); err != nil {
			return err
		}
		due = now.Add(ErasedAfter)
		if err := tx.AskErasure(store.Erasure{Person: me, AskedAt: now, DueAt: due}); err != nil {
			return err
		}
		if err := p.People.Queue.Promise(tx, kind, erasing{me}, job.When{Due: due}); err != nil {
			return err
		}
		if err := p.People.Post.Write(tx, notice.Letter{Template: notice.ErasureAsked, Account: me}); err != nil {
			return err
		}
		return audit.Record(tx, now, audit.Event{Actor: me, Action: "account.ask-erasure", Kind: "account", Object: me})
	})
	return due, err
}

func ownAccount(v account.Visit) mentoring.Object {
	return mentoring.Object{Kind: mentoring.Account, Owner: v.Actor.Person}
}

// MayGo says whether the installation would be left without an administrator: then it is a fault of kind Conflict.
func MayGo(tx *store.Tx, id string) error {
	roles, err := tx.Roles(id)
	if err != nil {
		return err
	}
	for _, role := range roles {
		left, err := tx.CountRole(role)
		if err != nil {
			return err
		}
		if role == store.Administrator && left < 2 {
			return &mentoring.Fault{Kind: mentoring.Conflict, Key: "account.last-administrator"}
		}
	}
	return nil
}

// Stay takes back what was asked.
func (p *Privacy) Stay(ctx context.Context, v account.Visit) error {
	return p.People.Do(ctx, v, mentoring.ChangeOwnSettings, ownAccount(v), func(tx *store.Tx, now time.Time) error {
		me := string(v.Actor.Person)
		if asked, err := tx.CancelErasure(me); err != nil || !asked {
			return err
		}
		return audit.Record(tx, now, audit.Event{Actor: me, Action: "account.stay", Kind: "account", Object: me})
	})
}

// Due is when the visitor is going to be erased; zero: nobody has asked.
func (p *Privacy) Due(ctx context.Context, v account.Visit) (due time.Time, err error) {
	err = p.People.View(ctx, v, mentoring.Account, func(tx *store.Tx) error {
		e, err := tx.Erasure(string(v.Actor.Person))
		if store.IsKind(err, store.NotFound) {
			return nil
		}
		due = e.DueAt
		return err
	})
	return due, err
}
