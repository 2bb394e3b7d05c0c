package account

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// How many passkeys an account can have, and how long their names can be, in characters.
const (
	MostPasskeys    = 20
	MostPasskeyName = 60
)

// A Passkey is a passkey of a person, as that person sees it.
type Passkey struct {
	ID     string
	Name   string
	Synced bool // it is kept by something that carries it from device to device
	MadeAt time.Time
	UsedAt time.Time // zero: never
}

// Passkeys lists the person's passkeys, the oldest first.
func (a *Accounts) Passkeys(ctx context.Context, v Visit) (all []Passkey, err error) {
	err = a.see(ctx, v, mentoring.Account, func(w *work) error {
		kept, err := w.Tx.Passkeys(string(w.by.Actor.Person))
		if err != nil {
			return err
		}
		for _, p := range kept {
			record, err := recordOf(p)
			if err != nil {
				return err
			}
			all = append(all, Passkey{p.ID, p.Name, record.Flags.BackupEligible, p.MadeAt, p.UsedAt})
		}
		return nil
	})
	return all, err
}

// AskPasskey begins to add a passkey: it gives what navigator.credentials.create is to be called with, as JSON. The answer
// is awaited in the same session.
func (a *Accounts) AskPasskey(ctx context.Context, v Visit) (options []byte, err error) {
	party, err := a.relyingParty()
	if err != nil {
		return nil, err
	}
	err = a.own(ctx, v, mentoring.ChangeOwnPasskeys, func(w *work) error {
		me, err := w.holder(string(w.by.Actor.Person))
		if err != nil {
			return err
		}
		if len(me.credentials) >= MostPasskeys {
			return conflict("account.passkeys-full")
		}
		creation, session, err := party.BeginRegistration(me, webauthn.WithExclusions(webauthn.Credentials(me.credentials).CredentialDescriptors()))
		if err != nil {
			return err
		}
		if options, err = json.Marshal(creation.Response); err != nil {
			return err
		}
		return w.beginPasskey(store.AddPasskeyCeremony, session, w.by.hash, string(w.by.Actor.Person))
	})
	return options, err
}

// AddPasskey adds a passkey, by what navigator.credentials.create gave. It is named after what keeps it, where that says
// what it is, and else after the browser. The person is written to.
func (a *Accounts) AddPasskey(ctx context.Context, v Visit, answer []byte, label string) (added Passkey, err error) {
	party, err := a.relyingParty()
	if err != nil {
		return Passkey{}, err
	}
	if len(answer) > mostAnswer {
		return Passkey{}, refusedPasskey(nil)
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return Passkey{}, refusedPasskey(err)
	}
	var refused error // is kept: the ceremony is over
	err = a.own(ctx, v, mentoring.ChangeOwnPasskeys, func(w *work) (err error) {
		added, refused, err = w.checkNew(party, parsed, label)
		return err
	})
	if err == nil {
		err = refused
	}
	return added, err
}

// checkNew checks a new passkey, and adds it.
func (w *work) checkNew(party *webauthn.WebAuthn, parsed *protocol.ParsedCredentialCreationData, label string) (added Passkey, refused, err error) {
	me := string(w.by.Actor.Person)
	session, err := w.endPasskey(store.AddPasskeyCeremony, parsed.Response.CollectedClientData.Challenge, w.by.hash, me)
	if mentoring.IsFault(err, mentoring.NotFound) {
		return Passkey{}, err, nil
	}
	if err != nil {
		return Passkey{}, nil, err
	}
	person, err := w.holder(me)
	if err != nil {
		return Passkey{}, nil, err
	}
	if len(person.credentials) >= MostPasskeys {
		return Passkey{}, conflict("account.passkeys-full"), nil
	}
	credential, err := party.CreateCredential(person, session, parsed)
	if err != nil {
		return Passkey{}, refusedPasskey(err), nil
	}
	if _, err := w.PasskeyByCredential(credential.ID); err == nil {
		return Passkey{}, conflict("account.passkey-known"), nil
	} else if !store.IsKind(err, store.NotFound) {
		return Passkey{}, nil, err
	}
	added, err = w.addPasskey(person, credential, label)
	return added, nil, err
}

func (w *work) addPasskey(person holder, credential *webauthn.Credential, label string) (Passkey, error) {
	record, err := json.Marshal(credential)
	if err != nil {
		return Passkey{}, err
	}
	p := store.Passkey{
		ID: rand.Text(), Credential: credential.ID, Handle: person.handle, Account: person.account,
		Name: passkeyName(credential.Authenticator.AAGUID, label), Record: string(record), MadeAt: w.now,
	}
	if err := w.AddPasskey(p); err != nil {
		return Passkey{}, err
	}
	if err := w.log("passkey.add", p.Account, nil, []byte(p.ID)); err != nil {
		return Passkey{}, err
	}
	added := Passkey{p.ID, p.Name, credential.Flags.BackupEligible, p.MadeAt, time.Time{}}
	return added, w.a.Post.Write(w.Tx, notice.Letter{Template: notice.PasskeyAdded, Account: p.Account})
}

// RenamePasskey changes the name of one of the person's passkeys. One of somebody else is NotFound.
func (a *Accounts) RenamePasskey(ctx context.Context, v Visit, id, name string) error {
	kept := plain(name)
	if kept == "" || len([]rune(kept)) > MostPasskeyName {
		return &mentoring.Fault{Kind: mentoring.Invalid, Key: "account.passkey-name", Args: []any{"most", MostPasskeyName}}
	}
	return a.own(ctx, v, mentoring.ChangeOwnSettings, func(w *work) error {
		me := string(w.by.Actor.Person)
		renamed, err := w.Tx.RenamePasskey(id, me, kept)
		switch {
		case err != nil:
			return err
		case !renamed:
			return mentoring.NotHere()
		}
		return w.log("passkey.rename", me, nil, []byte(id))
	})
}

// RemovePasskey removes one of the person's passkeys, and writes to them. One of somebody else is NotFound. Without any
// passkey the person still comes in by a letter.
func (a *Accounts) RemovePasskey(ctx context.Context, v Visit, id string) error {
	return a.own(ctx, v, mentoring.ChangeOwnPasskeys, func(w *work) error {
		me := string(w.by.Actor.Person)
		removed, err := w.DeletePasskey(id, me)
		switch {
		case err != nil:
			return err
		case !removed:
			return mentoring.NotHere()
		}
		if err := w.log("passkey.remove", me, []byte(id), nil); err != nil {
			return err
		}
		return a.Post.Write(w.Tx, notice.Letter{Template: notice.PasskeyRemoved, Account: me})
	})
}
