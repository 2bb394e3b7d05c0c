package privacy

import (
	"context"
	"slices"
	"time"

	"github.com/chiron-mentoring/chiron/internal/audit"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// erase erases somebody whose time has come. It may be done again.
func (p *Privacy) erase(ctx context.Context, e erasing) (func(tx *store.Tx) error, error) {
	now, due := p.People.Now(), false
	err := p.People.DB.View(ctx, func(tx *store.Tx) error {
		asked, err := tx.Erasure(e.Person)
		if store.IsKind(err, store.NotFound) {
			return nil // they stay
		}
		due = err == nil && !now.Before(asked.DueAt)
		return err
	})
	if err != nil || !due {
		return nil, err
	}
	return nil, p.Erase(ctx, e.Person)
}

// Erase erases a person now, with all accounts that were merged into theirs, as [Tables] says, and writes the database
// anew so that nothing of it is left in its files. Whoever calls it has seen to permission: the command of the
// administrator, a job, or who restores a backup that is older than an erasure.
func (p *Privacy) Erase(ctx context.Context, id string) error {
	now := p.People.Now()
	err := p.People.DB.Update(ctx, func(tx *store.Tx) error {
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
		return audit.Record(tx, now, audit.Event{Actor: "privacy", Action: "account.erase", Kind: "account", Object: id})
	})
	if err != nil {
		return err
	}
	return p.People.DB.Scrub(ctx)
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

// Again erases those again who were erased before a backup was restored: the list is the newer database's.
func (p *Privacy) Again(ctx context.Context, erased []string) error {
	for _, id := range erased {
		if err := p.Erase(ctx, id); err != nil && !store.IsKind(err, store.NotFound) {
			return err
		}
	}
	return nil
}
