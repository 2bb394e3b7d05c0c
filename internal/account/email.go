package account

import (
	"context"
	"fmt"
	"time"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// An Address is an address of a person, as that person sees it.
type Address struct {
	Address     string
	Owns        bool // the account
	Institution bool // gave it
	Verified    bool
	LeftUntil   time.Time // if not zero, it is not used any more, and the account can be given back to it until then
}

// Addresses lists the person's addresses, the one that owns the account first.
func (a *Accounts) Addresses(ctx context.Context, v Visit) (all []Address, err error) {
	err = a.see(ctx, v, mentoring.Account, func(w *work) error {
		emails, err := w.Emails(string(w.by.Actor.Person))
		for _, e := range emails {
			all = append(all, Address{e.Address, e.Owns, e.Kind == store.Institution, !e.VerifiedAt.IsZero(), e.LeftUntil})
		}
		return err
	})
	return all, err
}

// AskAddress asks for another address to own the person's account. It is asked to confirm; if it has an account already,
// only its reader is told.
func (a *Accounts) AskAddress(ctx context.Context, v Visit, typed, remote string) error {
	address, folded, err := readAddress(typed)
	if err != nil {
		return err
	}
	return a.own(ctx, v, mentoring.ChangeOwnEmails, func(w *work) error {
		if err := w.mayAsk(folded, remote); err != nil {
			return err
		}
		me := string(w.by.Actor.Person)
		free, err := w.isFree(folded, me)
		if err != nil {
			return err
		}
		letter := notice.Letter{Template: notice.ConfirmAddress, Address: address, Language: w.by.Language}
		if !free {
			letter.Template = notice.AddressTaken
		}
		if err := w.sendLink(store.Link{Purpose: store.ChangeEmail, Account: me, Address: address}, LinkLasts, letter); err != nil {
			return err
		}
		return w.log("email.ask", me, nil, nil)
	})
}

// isFree says whether an address may come to own an account: nobody else has it, and nobody else has just left it.
func (w *work) isFree(folded, account string) (bool, error) {
	e, err := w.Email(folded)
	switch {
	case store.IsKind(err, store.NotFound):
		return true, nil
	case err != nil:
		return false, err
	case !e.LeftUntil.IsZero() && !w.now.Before(e.LeftUntil):
		return true, w.DeleteEmail(folded)
	}
	return e.Account == account && e.Kind == store.Personal, nil
}

// ConfirmAddress lets the new address of a link own the account that asked for it. The old one is told, and can take the
// account back for [RevertLasts]. A button must have been pressed.
func (a *Accounts) ConfirmAddress(ctx context.Context, k Key) error {
	if err := a.knock(ctx, k); err != nil {
		return err
	}
	return a.update(ctx, func(w *work) error {
		if !k.Button {
			return &mentoring.Fault{Kind: mentoring.Forbidden, Key: "account.press-button"}
		}
		l, err := w.useLink(k.Token, store.ChangeEmail)
		if err != nil {
			return err
		}
		account, err := w.Account(l.Account)
		if err != nil {
			return err
		}
		if account.MergedInto != "" || !account.SuspendedAt.IsZero() {
			return closed()
		}
		return w.changeOwner(l)
	})
}

// changeOwner changes which address owns the account of a link.
func (w *work) changeOwner(l store.Link) error {
	folded := notice.Fold(l.Address)
	old, err := w.owner(l.Account)
	if err != nil {
		return err
	}
	if old.Folded == folded {
		return nil
	}
	free, err := w.isFree(folded, l.Account)
	if err != nil {
		return err
	}
	if !free {
		return conflict("account.address-taken")
	}
	if err := w.LeaveEmail(old.Folded, w.now.Add(RevertLasts)); err != nil {
		return err
	}
	if err := w.ownBy(l); err != nil {
		return err
	}
	if err := w.reads(folded); err != nil {
		return err
	}
	if err := w.log("email.change", l.Account, nil, nil); err != nil {
		return err
	}
	revert := store.Link{Purpose: store.RevertEmail, Account: l.Account, Address: old.Address}
	return w.sendLink(revert, RevertLasts, notice.Letter{Template: notice.AddressChanged, Account: l.Account, Address: old.Address})
}

// ownBy lets the address of a link own its account, and adds it if need be.
func (w *work) ownBy(l store.Link) error {
	folded := notice.Fold(l.Address)
	_, err := w.Email(folded)
	if store.IsKind(err, store.NotFound) {
		return w.AddEmail(store.Email{Folded: folded, Address: l.Address, Account: l.Account, Kind: store.Personal, Owns: true})
	}
	if err != nil {
		return err
	}
	return w.OwnEmail(folded)
}

// owner is the address that owns an account.
func (w *work) owner(account string) (store.Email, error) {
	emails, err := w.Emails(account)
	if err != nil {
		return store.Email{}, err
	}
	if len(emails) == 0 || !emails[0].Owns {
		return store.Email{}, closed()
	}
	return emails[0], nil
}

// RevertAddress gives an account back to the address that it was taken from. All its sessions end, every link that it
// was sent since opens nothing, and the address that owned it until now is forgotten. So are the passkeys and the
// institutions of that time and of the days before it, since a thief may have begun with them. A link from before stays:
// who was robbed twice goes back to the beginning.
func (a *Accounts) RevertAddress(ctx context.Context, k Key) error {
	if err := a.knock(ctx, k); err != nil {
		return err
	}
	return a.update(ctx, func(w *work) error {
		if !k.Button {
			return &mentoring.Fault{Kind: mentoring.Forbidden, Key: "account.press-button"}
		}
		l, err := w.useLink(k.Token, store.RevertEmail)
		if err != nil {
			return err
		}
		folded := notice.Fold(l.Address)
		now, err := w.owner(l.Account)
		if err != nil {
			return err
		}
		if now.Folded != folded {
			if err := w.DeleteEmail(now.Folded); err != nil {
				return err
			}
			if err := w.ownBy(l); err != nil {
				return err
			}
		}
		if err := w.reads(folded); err != nil {
			return err
		}
		if err := w.CloseLinksOf(l.Account, l.MadeAt, w.now); err != nil {
			return err
		}
		if err := w.closeOtherDoors(l); err != nil {
			return err
		}
		if _, err := w.Tx.EndOtherSessions(l.Account, ""); err != nil {
			return err
		}
		if err := w.log("email.revert", l.Account, nil, nil); err != nil {
			return err
		}
		return a.Post.Write(w.Tx, notice.Letter{Template: notice.AddressBack, Account: l.Account})
	})
}

// closeOtherDoors forgets by what else a thief could come back, once an account was given back by a link.
func (w *work) closeOtherDoors(l store.Link) error {
	since := l.MadeAt.Add(-RevertLasts)
	passkeys, err := w.DeletePasskeysSince(l.Account, since)
	if err != nil {
		return err
	}
	identities, err := w.DeleteIdentitiesSince(l.Account, since)
	if err != nil || passkeys+identities == 0 {
		return err
	}
	return w.log("account.close-doors", l.Account, fmt.Appendf(nil, "%d passkeys, %d institutions", passkeys, identities), nil)
}
