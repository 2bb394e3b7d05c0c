package account

import (
	"context"
	"errors"
	"net/netip"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// demonstration is the setting that marks a store in which nobody is real. It is written once, when the store is new, and
// never to a store that anybody has used.
const demonstration = "demonstration"

// Demonstration is what the mark of a demonstration says; "": the store is none.
func Demonstration(ctx context.Context, db *store.DB) (mark string, err error) {
	err = db.View(ctx, func(tx *store.Tx) (err error) {
		mark, err = MarkOf(tx)
		return err
	})
	return mark, err
}

// MarkOf is what the mark of a demonstration says; "": the store is none.
func MarkOf(tx *store.Tx) (string, error) {
	mark, err := tx.Setting(demonstration)
	if store.IsKind(err, store.NotFound) {
		return "", nil
	}
	return mark, err
}

// A Newcomer is somebody make-believe.
type Newcomer struct {
	Address, Language string
	Administrator     bool
}

// ErrUsed says that a store cannot become a demonstration, because somebody has used it.
var ErrUsed = errors.New("somebody has used the database; a demonstration begins with one of its own")

// Populate turns a store that nobody has used into a demonstration for good, with accounts for make-believe people, whose
// ids it gives in their order. Any other store stays as it is, and the error is [ErrUsed].
func (a *Accounts) Populate(ctx context.Context, mark string, people []Newcomer) (ids []mentoring.PersonID, err error) {
	err = a.update(ctx, func(w *work) error {
		ids = nil
		if err := w.isUnused(); err != nil {
			return err
		}
		if err := w.PutSetting(demonstration, mark); err != nil {
			return err
		}
		for _, p := range people {
			id, err := w.settle(p)
			if err != nil {
				return err
			}
			ids = append(ids, mentoring.PersonID(id))
		}
		return nil
	})
	return ids, err
}

// isUnused refuses a store with a mark, or with an event: nothing happens to anybody without one.
func (w *work) isUnused() error {
	mark, err := MarkOf(w.Tx)
	if err != nil {
		return err
	}
	waiting, err := w.UnsealedEvents(1)
	if err != nil {
		return err
	}
	_, err = w.LastSeal()
	switch {
	case mark != "" || len(waiting) > 0 || err == nil:
		return ErrUsed
	case store.IsKind(err, store.NotFound):
		return nil
	}
	return err
}

func (w *work) settle(p Newcomer) (string, error) {
	id, err := w.make(p.Address, languageOf(p.Language))
	if err != nil {
		return "", err
	}
	if err := w.VerifyEmail(notice.Fold(p.Address), w.now); err != nil || !p.Administrator {
		return id, err
	}
	if _, err := w.AddRole(id, store.Administrator, w.now, demonstration); err != nil {
		return "", err
	}
	return id, w.log("role.grant", id, nil, []byte(store.Administrator))
}

// EnterAs begins a session as anybody at all, in a demonstration and from the machine that it runs on. In any other store,
// and for anybody who comes from elsewhere, there is no such thing.
func (a *Accounts) EnterAs(ctx context.Context, k Key, as mentoring.PersonID) (e Entered, err error) {
	if !isHere(k.Remote) {
		return Entered{}, mentoring.NotHere()
	}
	err = a.update(ctx, func(w *work) error {
		mark, err := MarkOf(w.Tx)
		if err == nil && mark == "" {
			err = mentoring.NotHere()
		}
		if err != nil {
			return err
		}
		account, err := w.other(as)
		if err != nil {
			return err
		}
		e, err = w.enter(account.ID, k)
		return err
	})
	return e, err
}

// isHere says whether a request came from this machine.
func isHere(remote string) bool {
	if whole, err := netip.ParseAddrPort(remote); err == nil {
		return whole.Addr().Unmap().IsLoopback()
	}
	address, err := netip.ParseAddr(remote)
	return err == nil && address.Unmap().IsLoopback()
}
