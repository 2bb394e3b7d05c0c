// Package edition keeps which edition of each list an installation uses: that of the program, or one that an
// administrator has put in its place. Nothing is ever taken away: a new edition keeps what an earlier one had, retired,
// and going back is an edition of its own, so that codes that people have chosen can always be read.
//
// What a list is, and what a file must say to be one, is package vocabulary; what a change does to those who chose
// something is shown before it is made.
package edition

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/audit"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/vocabulary"
)

// Editions looks after the lists of an installation. Several goroutines may use it.
type Editions struct {
	DB  *store.DB
	Now func() time.Time

	// Changed is told of a change in its transaction, to promise what follows from it; nil: nothing does.
	Changed func(tx *store.Tx) error

	mu    sync.Mutex
	known map[string]numbered // by list: the edition that was read last
}

type numbered struct {
	number int
	list   *vocabulary.List
}

// In is a list as it is in use at the moment of a transaction. There must be a list of that name.
func (e *Editions) In(tx *store.Tx, name string) (*vocabulary.List, error) {
	numbers, err := tx.EditionsInUse()
	if err != nil {
		return nil, err
	}
	return e.numbered(tx, name, numbers[name])
}

// Set is all lists as they are in use at the moment of a transaction. It costs one query of a few rows, and reading what
// was replaced since.
func (e *Editions) Set(tx *store.Tx) (vocabulary.Set, error) {
	set := vocabulary.Own()
	numbers, err := tx.EditionsInUse()
	for name, number := range numbers {
		if err != nil {
			break
		}
		var list *vocabulary.List
		if list, err = e.numbered(tx, name, number); err == nil {
			set = set.With(list)
		}
	}
	return set, err
}

// Lists are all lists as they are in use now.
func (e *Editions) Lists(ctx context.Context) (set vocabulary.Set, err error) {
	err = e.DB.View(ctx, func(tx *store.Tx) (err error) {
		set, err = e.Set(tx)
		return err
	})
	return set, err
}

// List is a list as it is in use now. There must be a list of that name.
func (e *Editions) List(ctx context.Context, name string) (list *vocabulary.List, err error) {
	err = e.DB.View(ctx, func(tx *store.Tx) (err error) {
		list, err = e.In(tx, name)
		return err
	})
	return list, err
}

// numbered is an edition by its number; 0 is the program's own. Editions do not change, so the last one that was read is
// kept: reading 30,000 terms takes longer than a page may.
func (e *Editions) numbered(tx *store.Tx, name string, number int) (*vocabulary.List, error) {
	if number == 0 {
		own, known := vocabulary.Named(name)
		if !known {
			return nil, mentoring.NotHere()
		}
		return own, nil
	}
	e.mu.Lock()
	last := e.known[name]
	e.mu.Unlock()
	if last.list != nil && last.number == number {
		return last.list, nil
	}
	body, err := tx.EditionBody(name, number)
	if err != nil {
		return nil, here(err)
	}
	list, problems := vocabulary.Read(name, body)
	if len(problems) > 0 {
		return nil, fmt.Errorf("read edition %d of %s: %w", number, name, problems[0])
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.known == nil {
		e.known = map[string]numbered{}
	}
	if e.known[name].number <= number {
		e.known[name] = numbered{number, list}
	}
	return list, nil
}

// A Shelf is a list with its history, for those who look after it.
type Shelf struct {
	List    *vocabulary.List
	Number  int             // of the edition in use; 0: the program's own
	Earlier []store.Edition // all of the installation's own, the one in use first
}

// Shelf shows a list to an administrator.
func (e *Editions) Shelf(ctx context.Context, v account.Visit, name string) (s Shelf, err error) {
	err = e.DB.View(ctx, func(tx *store.Tx) error {
		if _, err := e.permit(tx, v); err != nil {
			return err
		}
		if s.Earlier, err = tx.Editions(name); err != nil {
			return err
		}
		if len(s.Earlier) > 0 {
			s.Number = s.Earlier[0].Number
		}
		s.List, err = e.numbered(tx, name, s.Number)
		return err
	})
	return s, err
}

// A Preview is what a file would do to a list.
type Preview struct {
	Number     int // of the edition in use: what [Editions.Replace] wants to hear
	Difference vocabulary.Difference
	Problems   []vocabulary.Problem // if there are any, nothing can be replaced
}

// Preview reads a file that is to take the place of a list, and says what would change for how many. Nothing changes.
func (e *Editions) Preview(ctx context.Context, v account.Visit, name string, file []byte) (p Preview, err error) {
	if _, known := vocabulary.Named(name); !known {
		return p, mentoring.NotHere()
	}
	is, problems := vocabulary.Read(name, file)
	err = e.DB.View(ctx, func(tx *store.Tx) error {
		if _, err := e.permit(tx, v); err != nil {
			return err
		}
		numbers, err := tx.EditionsInUse()
		if err != nil {
			return err
		}
		p.Number, p.Problems = numbers[name], problems
		if len(problems) > 0 {
			return nil
		}
		was, err := e.numbered(tx, name, p.Number)
		if err != nil {
			return err
		}
		uses, err := tx.Uses(name)
		if err != nil {
			return err
		}
		_, p.Problems = vocabulary.Replace(was, is)
		p.Difference = vocabulary.Compare(was, is, uses)
		return nil
	})
	return p, err
}

// Replace puts a file in the place of a list and returns the number of the new edition. What the list loses by that stays,
// retired. It says Conflict when the edition in use is not the one that was seen, and Invalid when the file has problems,
// which Preview tells, or changes nothing.
func (e *Editions) Replace(ctx context.Context, v account.Visit, name string, file []byte, seen int) (int, error) {
	if _, known := vocabulary.Named(name); !known {
		return 0, mentoring.NotHere()
	}
	is, problems := vocabulary.Read(name, file)
	return e.change(ctx, v, "vocabulary.replace", name, seen, func(tx *store.Tx, was *vocabulary.List) (*vocabulary.List, error) {
		if len(problems) > 0 {
			return nil, invalid("vocabulary.mistakes")
		}
		return replaced(was, is)
	})
}

// Undo goes back to the edition before the one in use, and returns the number that it has now. What came with the one in
// use stays, retired. Where the program's own list is in use it says Conflict.
func (e *Editions) Undo(ctx context.Context, v account.Visit, name string, seen int) (int, error) {
	return e.change(ctx, v, "vocabulary.undo", name, seen, func(tx *store.Tx, was *vocabulary.List) (*vocabulary.List, error) {
		if seen == 0 {
			return nil, &mentoring.Fault{Kind: mentoring.Conflict, Key: "vocabulary.nothing-to-undo"}
		}
		before, err := e.numbered(tx, name, seen-1)
		if err != nil {
			return nil, err
		}
		return replaced(was, before)
	})
}

func replaced(was, is *vocabulary.List) (*vocabulary.List, error) {
	list, problems := vocabulary.Replace(was, is)
	switch {
	case len(problems) > 0:
		return nil, invalid("vocabulary.mistakes")
	case bytes.Equal(list.CSV(), was.CSV()):
		return nil, invalid("vocabulary.same")
	}
	return list, nil
}

func invalid(key string) error { return &mentoring.Fault{Kind: mentoring.Invalid, Key: key} }

// change adds an edition in one transaction with its event. The log keeps hashes of what the list said.
func (e *Editions) change(ctx context.Context, v account.Visit, action, name string, seen int, decide func(tx *store.Tx, was *vocabulary.List) (*vocabulary.List, error)) (number int, err error) {
	err = e.DB.Update(ctx, func(tx *store.Tx) error {
		actor, err := e.permit(tx, v)
		if err != nil {
			return err
		}
		numbers, err := tx.EditionsInUse()
		if err != nil {
			return err
		}
		if numbers[name] != seen {
			return &mentoring.Fault{Kind: mentoring.Conflict, Key: "vocabulary.changed"}
		}
		was, err := e.numbered(tx, name, seen)
		if err != nil {
			return err
		}
		is, err := decide(tx, was)
		if err != nil {
			return err
		}
		number = seen + 1
		now, me := e.Now(), string(actor.Person)
		if err := tx.AddEdition(store.Edition{List: name, Number: number, Edition: is.Edition, MadeAt: now, MadeBy: me}, is.CSV()); err != nil {
			return err
		}
		if e.Changed != nil {
			if err := e.Changed(tx); err != nil {
				return err
			}
		}
		return audit.Record(tx, now, audit.Event{
			Actor: me, ForWhom: string(actor.SteppingIn), Action: action, Kind: "vocabulary", Object: name, Was: was.CSV(), Became: is.CSV(),
		})
	})
	return number, err
}

// permit asks whether the visitor may look after the installation at this moment, whatever was so when the visit began.
func (e *Editions) permit(tx *store.Tx, v account.Visit) (mentoring.Actor, error) {
	actor := v.Actor
	me := string(actor.Person)
	if me == "" {
		return actor, mentoring.NotHere()
	}
	sessions, err := tx.Sessions(me, e.Now())
	if err != nil {
		return actor, err
	}
	kept, err := tx.Account(me)
	if err != nil {
		return actor, here(err)
	}
	roles, err := tx.Roles(me)
	if err != nil {
		return actor, err
	}
	goesOn := false
	for _, s := range sessions {
		goesOn = goesOn || s.ID == v.SessionID
	}
	actor.Operator = false
	for _, role := range roles {
		actor.Operator = actor.Operator || role == store.Administrator
	}
	actor.Suspended = !kept.SuspendedAt.IsZero() || kept.MergedInto != ""
	if !goesOn {
		return actor, mentoring.NotHere()
	}
	return actor, mentoring.May(actor, mentoring.Administer, mentoring.Object{Kind: mentoring.Installation}).Refused()
}

// here gives a missing thing the same answer as a forbidden one.
func here(err error) error {
	if store.IsKind(err, store.NotFound) {
		return mentoring.NotHere()
	}
	return err
}
