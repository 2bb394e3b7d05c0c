package account

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// passkeyLasts is how long the answer of a device is awaited: people look for their key, or their phone.
const passkeyLasts = 5 * time.Minute

// mostAnswer is how long the answer of a device can be, in bytes. They are a few thousand.
const mostAnswer = 64 << 10

// relyingParty is this installation as devices know it (Web Authentication, 4): by the name in the address of its pages.
// A passkey made for one name is good for no other.
//
// Devices are asked for keys that they find by themselves, so that nobody types an address; and to see for themselves who
// holds them, by finger, face or number. What kind of device it is, they need not prove.
func (a *Accounts) relyingParty() (*webauthn.WebAuthn, error) {
	origin, err := url.Parse(a.Origin)
	if err != nil {
		return nil, fmt.Errorf("read the address of the pages: %w", err)
	}
	yes := true
	party, err := webauthn.New(&webauthn.Config{
		RPID: origin.Hostname(), RPDisplayName: a.Name, RPOrigins: []string{a.Origin},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: &yes, UserVerification: protocol.VerificationRequired,
		},
		Timeouts: webauthn.TimeoutsConfig{
			Login: webauthn.TimeoutConfig{Timeout: passkeyLasts}, Registration: webauthn.TimeoutConfig{Timeout: passkeyLasts},
		},
	})
	if err != nil {
		return nil, fmt.Errorf("make passkeys for %s: %w", a.Origin, err)
	}
	return party, nil
}

// A holder is an account as devices know it.
type holder struct {
	account     string
	handle      []byte // of the account for which its passkeys are made, which says nothing of the person
	address     string // shown by the device, where its person has several accounts
	credentials []webauthn.Credential
}

func (h holder) WebAuthnID() []byte                         { return h.handle }
func (h holder) WebAuthnName() string                       { return h.address }
func (h holder) WebAuthnDisplayName() string                { return h.address }
func (h holder) WebAuthnCredentials() []webauthn.Credential { return h.credentials }

// holder is an account with all its passkeys.
func (w *work) holder(account string) (holder, error) {
	owner, err := w.owner(account)
	if err != nil {
		return holder{}, err
	}
	passkeys, err := w.Passkeys(account)
	if err != nil {
		return holder{}, err
	}
	h := holder{account: account, handle: []byte(account), address: owner.Address}
	for _, p := range passkeys {
		record, err := recordOf(p)
		if err != nil {
			return holder{}, err
		}
		h.credentials = append(h.credentials, record)
	}
	return h, nil
}

func recordOf(p store.Passkey) (record webauthn.Credential, err error) {
	if err := json.Unmarshal([]byte(p.Record), &record); err != nil {
		return record, fmt.Errorf("read what a passkey is checked with: %w", err)
	}
	return record, nil
}

// beginPasskey remembers what a device was asked, by its challenge.
func (w *work) beginPasskey(kind store.CeremonyKind, session *webauthn.SessionData, browser []byte, account string) error {
	record, err := json.Marshal(session)
	if err != nil {
		return err
	}
	return w.AddCeremony(store.Ceremony{
		Hash: hashOf(session.Challenge), Kind: kind, Browser: browser, Account: account, Record: string(record),
		MadeAt: w.now, ExpiresAt: w.now.Add(passkeyLasts),
	})
}

// endPasskey gives back what a device was asked, once, and only where it was asked.
func (w *work) endPasskey(kind store.CeremonyKind, challenge string, browser []byte, account string) (session webauthn.SessionData, err error) {
	c, err := w.endCeremony(kind, challenge, browser)
	switch {
	case err != nil:
		return session, err
	case c == nil || c.Account != account:
		return session, &mentoring.Fault{Kind: mentoring.NotFound, Key: "account.passkey-late"}
	}
	if err := json.Unmarshal([]byte(c.Record), &session); err != nil {
		return session, fmt.Errorf("read what a device was asked: %w", err)
	}
	return session, nil
}

// endCeremony ends the ceremony of a token, in the browser in which it began. It is nil when there is none, or no more.
func (w *work) endCeremony(kind store.CeremonyKind, token string, browser []byte) (*store.Ceremony, error) {
	if token == "" || len(browser) == 0 {
		return nil, nil
	}
	c, err := w.Ceremony(hashOf(token))
	switch {
	case store.IsKind(err, store.NotFound):
		return nil, nil
	case err != nil:
		return nil, err
	case c.Kind != kind || !bytes.Equal(c.Browser, browser) || !w.now.Before(c.ExpiresAt):
		return nil, nil
	}
	ended, err := w.EndCeremony(c.Hash)
	if err != nil || !ended {
		return nil, err
	}
	return &c, nil
}

// refusedPasskey is the answer to whatever is not right about a passkey. What it was stands behind it, for the log, and
// says nothing of the person.
func refusedPasskey(cause error) error {
	fault := &mentoring.Fault{Kind: mentoring.Forbidden, Key: "account.passkey-refused"}
	if why := (*protocol.Error)(nil); errors.As(cause, &why) {
		fault.Err = errors.New(why.Type + ": " + cut(plain(why.Details), 120))
	} else if cause != nil {
		fault.Err = errors.New("the passkey is not right")
	}
	return fault
}

// keepers are those who keep passkeys and say so, by the identifiers of their model (AAGUID), which are public.
var keepers = map[string]string{
	"08987058cadc4b81b6e130de50dcbe96": "Windows Hello",
	"6028b017b1d44c02b4b3afcdafc96bb2": "Windows Hello",
	"9ddd1817af5a4672a2b93e3dd95000a9": "Windows Hello",
	"ea9b8d664d011d213ce4b6b48cb575d4": "Google Password Manager",
	"adce000235bcc60a648b0b25f1f05503": "Chrome on Mac",
	"fbfc3007154e4ecc8c0b6e020557d7bd": "iCloud Keychain",
	"dd4ec289e01d41c9bb8970fa845d4bf2": "iCloud Keychain",
	"53414d53554e47000000000000000000": "Samsung Pass",
	"bada5566a7aa401fbd9645619a55120d": "1Password",
	"d548826e79b4db40a3d811116f7e8349": "Bitwarden",
	"531126d6e717415c93203d9aa6981239": "Dashlane",
	"fdb141b25d84443e8a354698c205a502": "KeePassXC",
	"50726f746f6e5061737350726f746f6e": "Proton Pass",
}

// passkeyName is what a new passkey is called until its person gives it another name.
func passkeyName(model []byte, label string) string {
	if keeper := keepers[hex.EncodeToString(model)]; keeper != "" {
		return keeper
	}
	if label = cut(plain(label), MostPasskeyName); label != "" {
		return label
	}
	return "Passkey"
}
