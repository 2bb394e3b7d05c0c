package account

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account/institution"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// A Linked institution is one through which a person can sign in, as that person sees it.
type Linked struct {
	ID             string // to name it by
	Institution    string // its id in the settings
	Name, French   string // of the institution; "": it is not in the settings any more, and nobody comes in through it
	Address        string // that it last said; "": none
	MadeAt, UsedAt time.Time
}

// LinkedInstitutions lists the institutions that the person's account is linked to, the oldest first.
func (a *Accounts) LinkedInstitutions(ctx context.Context, v Visit) (all []Linked, err error) {
	err = a.see(ctx, v, mentoring.Account, func(w *work) error {
		kept, err := w.Identities(string(w.by.Actor.Person))
		for _, i := range kept {
			of, _ := a.Institutions.Institution(i.Institution)
			all = append(all, Linked{nameOfIdentity(i), i.Institution, of.NameIn("en"), of.NameIn("fr-CA"), i.Address, i.MadeAt, i.UsedAt})
		}
		return err
	})
	return all, err
}

// nameOfIdentity names an identity where it is listed.
func nameOfIdentity(i store.Identity) string {
	sum := sha256.Sum256([]byte(i.Issuer + "\x00" + i.Subject))
	return base64.RawURLEncoding.EncodeToString(sum[:16])
}

// link links an institution to the account of whoever acts. Somebody whom another account is linked to is a Conflict:
// nobody is taken from one account to another, not even by the institution.
func (w *work) link(p institution.Person, id string) error {
	me := string(w.by.Actor.Person)
	known, err := w.Identity(p.Issuer, p.Subject)
	switch {
	case err == nil && known.Account != me:
		return conflict("account.institution-taken")
	case err == nil:
		return w.useIdentity(known, p, id)
	case !store.IsKind(err, store.NotFound):
		return err
	}
	i := store.Identity{Issuer: p.Issuer, Subject: p.Subject, Account: me, Institution: id, Address: p.Address, MadeAt: w.now}
	if err := w.AddIdentity(i); err != nil {
		return err
	}
	if err := w.giveAddress(me, p); err != nil {
		return err
	}
	if err := w.log("institution.link", me, nil, []byte(p.Issuer)); err != nil {
		return err
	}
	return w.a.Post.Write(w.Tx, notice.Letter{Template: notice.InstitutionLinked, Account: me})
}

// useIdentity keeps what an institution says of somebody now.
func (w *work) useIdentity(i store.Identity, p institution.Person, id string) error {
	if i.Address != p.Address {
		if err := w.takeAddress(i); err != nil {
			return err
		}
	}
	if err := w.giveAddress(i.Account, p); err != nil {
		return err
	}
	i.Institution, i.Address = id, p.Address
	return w.UseIdentity(i, w.now)
}

// giveAddress gives an account an address that an institution answers for. Such an address opens nothing, since the
// institution may give it to somebody else, and goes where the institution says; one that a person has shown to be theirs
// stays with them.
func (w *work) giveAddress(account string, p institution.Person) error {
	address, folded, right := notice.ReadAddress(p.Address)
	if !p.Vouched || !right {
		return nil
	}
	e, err := w.Email(folded)
	switch {
	case err == nil && (e.Kind != store.Institution || e.Account == account):
		return nil
	case err == nil:
		if err := w.DeleteEmail(folded); err != nil {
			return err
		}
	case !store.IsKind(err, store.NotFound):
		return err
	}
	return w.AddEmail(store.Email{Folded: folded, Address: address, Account: account, Kind: store.Institution, VerifiedAt: w.now})
}

// takeAddress takes an address away that came with an identity.
func (w *work) takeAddress(i store.Identity) error {
	_, folded, right := notice.ReadAddress(i.Address)
	if !right {
		return nil
	}
	e, err := w.Email(folded)
	switch {
	case store.IsKind(err, store.NotFound) || err == nil && (e.Account != i.Account || e.Kind != store.Institution):
		return nil
	case err != nil:
		return err
	}
	return w.DeleteEmail(folded)
}

// UnlinkInstitution lets an institution open the person's account no longer, and writes to them. One of somebody else is
// NotFound. Without any institution the person still comes in by a letter.
func (a *Accounts) UnlinkInstitution(ctx context.Context, v Visit, id string) error {
	return a.own(ctx, v, mentoring.LinkInstitution, func(w *work) error {
		me := string(w.by.Actor.Person)
		kept, err := w.Identities(me)
		if err != nil {
			return err
		}
		for _, i := range kept {
			if nameOfIdentity(i) != id {
				continue
			}
			if _, err := w.DeleteIdentity(i.Issuer, i.Subject, me); err != nil {
				return err
			}
			if err := w.takeAddress(i); err != nil {
				return err
			}
			if err := w.log("institution.unlink", me, []byte(i.Issuer), nil); err != nil {
				return err
			}
			return a.Post.Write(w.Tx, notice.Letter{Template: notice.InstitutionUnlinked, Account: me})
		}
		return mentoring.NotHere()
	})
}
