package account

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// AskDevice begins to sign in with a passkey, of whomever it may be: it gives what navigator.credentials.get is to be
// called with, as JSON, and what the browser is to keep until the answer comes.
func (a *Accounts) AskDevice(ctx context.Context, browser, remote string) (options []byte, keep string, err error) {
	party, err := a.relyingParty()
	if err != nil {
		return nil, "", err
	}
	if keep = browser; keep == "" {
		keep = secret()
	}
	err = a.update(ctx, func(w *work) error {
		if err := w.take("ceremony by network", networkOf(remote), openByNetwork); err != nil {
			return err
		}
		assertion, session, err := party.BeginDiscoverableLogin()
		if err != nil {
			return err
		}
		if options, err = json.Marshal(assertion.Response); err != nil {
			return err
		}
		return w.beginPasskey(store.PasskeyCeremony, session, hashOf(keep), "")
	})
	return options, keep, err
}

// ConfirmDevice signs in by what navigator.credentials.get gave, in the browser that asked for it. A device whose count of
// signatures goes back may be a copy of another: it is refused, and that is written down where the person reads it.
func (a *Accounts) ConfirmDevice(ctx context.Context, k Key, answer []byte) (e Entered, err error) {
	if err := a.knock(ctx, k); err != nil {
		return Entered{}, err
	}
	party, err := a.relyingParty()
	if err != nil {
		return Entered{}, err
	}
	if len(answer) > mostAnswer {
		return Entered{}, refusedPasskey(nil)
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return Entered{}, refusedPasskey(err)
	}
	var refused error // is kept: the ceremony is over, and what was written down stays
	err = a.update(ctx, func(w *work) error {
		refused = nil
		session, err := w.endPasskey(store.PasskeyCeremony, parsed.Response.CollectedClientData.Challenge, hashOf(k.Browser), "")
		if mentoring.IsFault(err, mentoring.NotFound) {
			refused = err
			return nil
		}
		if err != nil {
			return err
		}
		var p store.Passkey
		if p, refused, err = w.checkDevice(party, session, parsed); err != nil || refused != nil {
			return err
		}
		e, err = w.enter(p.Account, k)
		return err
	})
	if err == nil {
		err = refused
	}
	return e, err
}

// checkDevice checks what a device says, and counts it.
func (w *work) checkDevice(party *webauthn.WebAuthn, session webauthn.SessionData, parsed *protocol.ParsedCredentialAssertionData) (p store.Passkey, refused, err error) {
	p, err = w.PasskeyByCredential(parsed.RawID)
	if store.IsKind(err, store.NotFound) {
		return p, refusedPasskey(nil), nil
	}
	if err != nil {
		return p, nil, err
	}
	record, err := recordOf(p)
	if err != nil {
		return p, nil, err
	}
	one := holder{account: p.Account, handle: p.Handle, credentials: []webauthn.Credential{record}}
	found := func(_, handle []byte) (webauthn.User, error) {
		if !slices.Equal(handle, p.Handle) {
			return nil, protocol.ErrBadRequest.WithDetails("the device names another account")
		}
		return one, nil
	}
	_, used, err := party.ValidatePasskeyLogin(found, session, parsed)
	if err != nil {
		return p, refusedPasskey(err), nil
	}
	if used.Authenticator.CloneWarning {
		return p, &mentoring.Fault{Kind: mentoring.Forbidden, Key: "account.passkey-copied"}, w.log("passkey.copied", p.Account, []byte(p.ID), nil)
	}
	text, err := json.Marshal(used)
	if err != nil {
		return p, nil, err
	}
	return p, nil, w.UsePasskey(p.ID, string(text), w.now)
}
