package privacy

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/chiron-mentoring/chiron/internal/audit"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// erase erases somebody whose time has come. It may be done again.
func (p *Privacy) erase(ctx context.Context, e erasing) (func(tx *store.Tx) error, error) {
	now, due, done := p.People.Now(), false, false
	err := p.People.DB.View(ctx, func(tx *store.Tx) error {
		asked, err := tx.Erasure(e.Person)
		if store.IsKind(err, store.NotFound) {
			return nil // they stay
		}
		due, done = err == nil && !now.Before(asked.DueAt), !asked.DoneAt.IsZero()
		return err
	})
	switch {
	case err != nil || !due:
		return nil, err
	case done: // and what comes after it was not
		return nil, p.erased(ctx)
	}
	return nil, p.Erase(ctx, e.Person)
}

// Erase erases a person now, as [Erase] does, on behalf of the person, and tells whoever keeps the list of erasures.
func (p *Privacy) Erase(ctx context.Context, id string) error {
	if err := Erase(ctx, p.People.DB, p.People.Now(), "privacy", id); err != nil {
		return err
	}
	return p.erased(ctx)
}

func (p *Privacy) erased(ctx context.Context) error {
	if p.Erased == nil {
		return nil
	}
	return p.Erased(ctx)
}

// Erase erases a person now, with all accounts that were merged into theirs, as [Tables] says, and writes the database
// anew so that nothing of it is left in its files. Whoever calls it has seen to permission: the command of the
// administrator, a job, or who restores a backup that is older than an erasure. The actor is a part of the program, for
// the audit log. A person who is not there is a [*store.Fault] of kind NotFound.
func Erase(ctx context.Context, db *store.DB, now time.Time, actor, id string) error {
	if err := eraseRows(ctx, db, now, actor, id); err != nil {
		return err
	}
	return db.Scrub(ctx)
}

func eraseRows(ctx context.Context, db *store.DB, now time.Time, actor, id string) error {
	return db.Update(ctx, func(tx *store.Tx) error {
		if _, err := tx.Account(id); err != nil {
			return err
		}
		former, err := tx.FormerAccounts(id)
		if err != nil {
			return err
		}
		for _, one := range append(former, id) {
			if err := eraseAccount(tx, one, now); err != nil {
				return err
			}
		}
		return audit.Record(tx, now, audit.Event{Actor: actor, Action: "account.erase", Kind: "account", Object: id, About: []string{id}})
	})
}

// eraseAccount erases one account, what refers to others last.
func eraseAccount(tx *store.Tx, id string, now time.Time) error {
	emails, err := tx.Emails(id)
	if err != nil {
		return err
	}
	for _, forget := range []func(string) error{tx.ForgetWords, tx.ForgetBatches, func(id string) error { return tx.EndConsents(id, now) }} {
		if err := forget(id); err != nil {
			return err
		}
	}
	for _, t := range slices.Backward(Tables) {
		if t.Fate != Delete && t.Fate != Anonymise {
			continue
		}
		for _, column := range t.Addresses {
			for _, e := range emails {
				for _, address := range []string{e.Address, e.Folded} {
					if err := tx.DeleteAddressed(t.Name, column, address); err != nil {
						return err
					}
				}
			}
		}
		if len(t.Owners) == 0 {
			continue
		}
		if t.Fate == Delete {
			err = tx.DeleteRecords(t.Name, t.Owners, id)
		} else {
			err = tx.BlankRecords(t.Name, t.Owners, id, t.Blank)
		}
		if err != nil {
			return err
		}
	}
	if err := tx.AskErasure(store.Erasure{Person: id, AskedAt: now, DueAt: now}); err != nil {
		return err
	}
	return tx.EndErasure(id, now)
}

// Again erases those again who were erased before, and are back because a backup was restored that is older than their
// erasure. Those who are not there, and those who are erased there already, are left alone. It returns how many it erased.
// The database is written anew once, at the end.
func Again(ctx context.Context, db *store.DB, now time.Time, ids []string) (n int, err error) {
	for _, id := range ids {
		back, err := isBack(ctx, db, id)
		if err == nil && back {
			n++
			err = eraseRows(ctx, db, now, "console", id)
		}
		if err != nil {
			return n, fmt.Errorf("erase again: %w", err)
		}
	}
	if n == 0 {
		return 0, nil
	}
	return n, db.Scrub(ctx)
}

// isBack says whether somebody who was erased is in a database that knows nothing of it.
func isBack(ctx context.Context, db *store.DB, id string) (back bool, err error) {
	err = db.View(ctx, func(tx *store.Tx) error {
		if _, err := tx.Account(id); err != nil {
			return err
		}
		e, err := tx.Erasure(id)
		back = store.IsKind(err, store.NotFound) || err == nil && e.DoneAt.IsZero()
		if back {
			return nil
		}
		return err
	})
	if store.IsKind(err, store.NotFound) {
		return false, nil
	}
	return back, err
}
