package account

import (
	"context"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// AskMerge asks for another account of the same person to be merged into this one, by an address of the other. Its
// reader gets the link; where no account has the address, a letter that says so. An address of this account is a
// Conflict.
func (a *Accounts) AskMerge(ctx context.Context, v Visit, typed, remote string) error {
	address, folded, err := readAddress(typed)
	if err != nil {
		return err
	}
	return a.own(ctx, v, mentoring.MergeOwnAccounts, func(w *work) error {
		if err := w.mayAsk(folded, remote); err != nil {
			return err
		}
		other, err := w.accountOf(folded)
		if err != nil {
			return err
		}
		me := string(w.by.Actor.Person)
		if other == me {
			return conflict("account.merge-itself")
		}
		letter := notice.Letter{Template: notice.ConfirmMerge, Account: other, Address: address, Language: w.by.Language}
		if other == "" {
			letter.Template = notice.UnknownAddress
		}
		if err := w.sendLink(store.Link{Purpose: store.MergeAccounts, Account: me, Address: address}, LinkLasts, letter); err != nil {
			return err
		}
		return w.log("account.ask-merge", me, nil, nil)
	})
}

// ConfirmMerge merges the account that has the address of a link into the one that asked for it: signed in there, and
// with the letter to the other, the person has proved both. Addresses, passkeys, institutions and roles come along; sessions of the other end. An
// account that is suspended, or whose address was changed in the last days, is not merged.
func (a *Accounts) ConfirmMerge(ctx context.Context, v Visit, k Key) error {
	return a.own(ctx, v, mentoring.MergeOwnAccounts, func(w *work) error {
		me := string(w.by.Actor.Person)
		l, err := w.useLink(k.Token, store.MergeAccounts)
		if err == nil && l.Account != me {
			err = closed()
		}
		if err != nil {
			return err
		}
		other, err := w.accountOf(notice.Fold(l.Address))
		if err != nil {
			return err
		}
		if other == "" || other == me {
			return closed()
		}
		if err := w.mayMerge(other, me); err != nil {
			return err
		}
		if err := w.reads(notice.Fold(l.Address)); err != nil {
			return err
		}
		if err := w.merge(other, me); err != nil {
			return err
		}
		return a.Post.Write(w.Tx, notice.Letter{Template: notice.Merged, Account: me})
	})
}

// mayMerge holds back what merging would hide: a suspension, or a change of address that can still be taken back.
func (w *work) mayMerge(accounts ...string) error {
	for _, id := range accounts {
		account, err := w.Account(id)
		if err != nil {
			return err
		}
		if !account.SuspendedAt.IsZero() {
			return conflict("account.suspended")
		}
		emails, err := w.Emails(id)
		if err != nil {
			return err
		}
		for _, e := range emails {
			if w.now.Before(e.LeftUntil) {
				return conflict("account.address-changed-lately")
			}
		}
	}
	return nil
}

// merge lets a person go on with one of two accounts.
func (w *work) merge(from, into string) error {
	roles, err := w.Roles(from)
	if err != nil {
		return err
	}
	office, err := w.hasOffice(from)
	if err != nil {
		return err
	}
	err = w.keepingAdministrator(func() error {
		for _, role := range roles {
			if _, err := w.AddRole(into, role, w.now, into); err != nil {
				return err
			}
			if _, err := w.TakeRole(from, role); err != nil {
				return err
			}
		}
		return w.MergeAccount(from, into)
	})
	if err != nil {
		return err
	}
	if err := w.forgetPrivate(from, into); err != nil {
		return err
	}
	for _, move := range []func(from, into string) error{w.MoveEmails, w.MovePasskeys, w.MoveIdentities, w.MergePerson} {
		if err := move(from, into); err != nil {
			return err
		}
	}
	if err := w.EndCeremoniesOf(from); err != nil {
		return err
	}
	if _, err := w.Tx.EndOtherSessions(from, ""); err != nil {
		return err
	}
	if office { // who can do more signs in again
		if _, err := w.Tx.EndOtherSessions(into, ""); err != nil {
			return err
		}
	}
	account, err := w.Account(from)
	if err != nil {
		return err
	}
	if err := w.CloseLinksOf(from, account.MadeAt, w.now); err != nil {
		return err
	}
	return w.log("account.merge", into, []byte(from), []byte(into), from)
}

// forgetPrivate ends the consents of an account that goes, and deletes what it kept sealed: a consent was given as that
// account, for what is sealed with its name. Its person says it anew, if they wish.
func (w *work) forgetPrivate(from, into string) error {
	consents, err := w.Consents(from)
	if err != nil {
		return err
	}
	for _, c := range consents {
		if _, err := w.WithdrawConsent(c.ID, w.now, into); err != nil {
			return err
		}
	}
	return w.DeletePrivateOf(from)
}
