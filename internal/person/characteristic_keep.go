package person

import (
	"context"
	"errors"
	"fmt"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/private"
)

// sweptAtOnce is how many people's sayings are looked at in one transaction.
const sweptAtOnce = 50

// Sweep deletes what people have said and is not to be kept any more: because the installation asks for it no more, it
// has been kept for as long as was written, nobody may use it, or its account was merged into another one. It is to be
// done once a day. What cannot be opened stays, and is an error when the rest is done.
func (c *Characteristics) Sweep(ctx context.Context) error {
	var damaged []error
	for after := ""; ; {
		var last string
		var wrong []error
		err := c.People.DB.Update(ctx, func(tx *store.Tx) (err error) {
			last, wrong, err = c.sweepPage(tx, after)
			return err
		})
		if err != nil {
			return err
		}
		damaged = append(damaged, wrong...)
		if after = last; last == "" {
			return errors.Join(damaged...)
		}
	}
}

// sweepPage sweeps the sayings of the people behind a row, and says which row was the last; "": none is left.
func (c *Characteristics) sweepPage(tx *store.Tx, after string) (last string, damaged []error, err error) {
	page, err := c.Vault.Page(tx, private.Characteristics, after, sweptAtOnce)
	if err != nil {
		return "", nil, err
	}
	w := c.People.work(tx)
	for _, e := range page {
		last = e.Row
		if e.Err != nil {
			damaged = append(damaged, fmt.Errorf("sweep what people say of themselves: %w", e.Err))
			continue
		}
		if err := c.sweep(w, e); err != nil {
			return "", nil, err
		}
	}
	return last, damaged, nil
}

// sweep deletes of one person's sayings what is not to be kept.
func (c *Characteristics) sweep(w *work, e private.Entry) error {
	said, err := readSayings(e.Text)
	if err != nil {
		return err
	}
	whose, err := w.Account(e.Person)
	if err != nil {
		return err
	}
	kept := len(said)
	for of, s := range said {
		gone, err := w.over(e.Person, of, s, whose.MergedInto != "")
		if err != nil {
			return err
		}
		if gone {
			delete(said, of)
		}
	}
	if len(said) == kept {
		return nil
	}
	return c.save(w.Tx, e.Person, said)
}

// over says whether a saying is not to be kept, and then ends the consents to it.
func (w *work) over(person string, of mentoring.Characteristic, s saying, merged bool) (bool, error) {
	i, err := inquiryAbout(w.Tx, of)
	if err != nil || i == nil {
		return err == nil, err
	}
	uses, err := w.uses(person, of)
	if err != nil || !merged && i.Keeps(s.at(), len(uses) > 0, w.now) {
		return false, err
	}
	by := mentoring.ByClock
	if merged {
		by = mentoring.ByMerging
	}
	_, err = w.withdraw(person, of, mentoring.Uses[:], by)
	return true, err
}
