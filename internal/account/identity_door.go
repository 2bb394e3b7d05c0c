package account

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account/institution"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// How long somebody may stay at an institution, and how long it is remembered afterwards who they are there while it is
// not known yet which account is theirs.
const (
	AwayLasts  = 15 * time.Minute
	ClaimLasts = 30 * time.Minute
)

// A Going is somebody who goes to an institution to be asked who they are.
type Going struct {
	Institution string // its id
	Link        bool   // to link it to the account of whoever has signed in
	Again       bool   // whoever has signed in proves once more who they are
	Shared      bool   // the computer is also used by others
	To          string // the page to come back to
	Language    string
	Browser     string // what the browser keeps of an earlier ask; "": nothing
	Remote      string
}

// Gone is where the browser is to go.
type Gone struct {
	Address string // of the institution
	Browser string // for the browser to keep until it comes back
}

// An away is what is remembered of somebody who has gone to an institution.
type away struct {
	Institution         string
	Link, Again, Shared bool
	To                  string
}

// AskInstitution sends somebody to an institution.
func (a *Accounts) AskInstitution(ctx context.Context, v Visit, g Going) (Gone, error) {
	gone := Gone{Browser: g.Browser}
	if gone.Browser == "" {
		gone.Browser = secret()
	}
	state := secret()
	err := a.update(ctx, func(w *work) error {
		if err := w.take("ceremony by network", networkOf(g.Remote), openByNetwork); err != nil {
			return err
		}
		me, err := w.whoGoes(v, g)
		if err != nil {
			return err
		}
		record, err := json.Marshal(away{g.Institution, g.Link, g.Again, g.Shared, g.To})
		if err != nil {
			return err
		}
		return w.AddCeremony(store.Ceremony{
			Hash: hashOf(state), Kind: store.InstitutionCeremony, Browser: hashOf(gone.Browser), Account: me, Record: string(record),
			MadeAt: w.now, ExpiresAt: w.now.Add(AwayLasts),
		})
	})
	if err != nil {
		return Gone{}, err
	}
	gone.Address, err = a.Institutions.AddressFor(ctx, g.Institution, institution.Question{
		State: state, Nonce: derive("nonce", gone.Browser, state), Verifier: derive("verifier", gone.Browser, state),
		Again: g.Again, Language: g.Language,
	})
	return gone, refusedInstitution(err)
}

// whoGoes is the account of somebody who goes on behalf of it; "": nobody's.
func (w *work) whoGoes(v Visit, g Going) (string, error) {
	if !g.Link && !g.Again {
		return "", nil
	}
	if g.Link {
		if err := w.permit(v, mentoring.LinkInstitution, v.Actor.Person); err != nil {
			return "", err
		}
		return string(w.by.Actor.Person), nil
	}
	now, in, err := w.visit(v.hash)
	if err == nil && !in {
		err = mentoring.NotHere()
	}
	return string(now.Actor.Person), err
}

// derive makes a secret out of one that only the browser keeps and one that goes to the institution and back. So neither
// who reads the database nor who sees the address of a redirect can make it.
func derive(use, browser, state string) string {
	h := hmac.New(sha256.New, []byte(browser))
	h.Write([]byte("chiron/v1/institution/" + use + "\x00" + state))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}

// A Back is somebody who comes back from an institution.
type Back struct {
	Key                // Browser, Label, Remote, Instead
	Institution string // by whose address they come
	State       string
	Code        string
	Issuer      string
	Error       string
}

// Returned is what comes of it: a session, a link that is made, or somebody of whom it is not known which account is theirs.
type Returned struct {
	Entered Entered
	Linked  bool
	Unknown Claim
	To      string // the page to go to
	Shared  bool   // the computer is also used by others
}

// A Claim is somebody whom an institution knows and no account is linked to. With it they ask for a letter to the address
// of their account, or of the one they want to join with.
type Claim struct {
	Token       string // for [Ask]; "": there is no claim
	Institution institution.Institution
	Address     string // that the institution says; "": none
}

// ReturnFrom takes somebody who comes back from an institution, once, in the browser that went there. A person whom an
// account is linked to signs in. For any other nothing is decided by an address: who shows by a letter that an account is
// theirs links it, and who may join joins.
func (a *Accounts) ReturnFrom(ctx context.Context, v Visit, b Back) (r Returned, err error) {
	if err := a.knock(ctx, b.Key); err != nil {
		return Returned{}, err
	}
	began, whose, err := a.cameFrom(ctx, b)
	if err != nil {
		return Returned{}, err
	}
	person, err := a.Institutions.Person(ctx, b.Institution, institution.Answer{
		Code: b.Code, Issuer: b.Issuer, Error: b.Error, Again: began.Again,
		Nonce: derive("nonce", b.Browser, b.State), Verifier: derive("verifier", b.Browser, b.State),
	})
	if err != nil {
		return Returned{To: began.To}, refusedInstitution(err)
	}
	err = a.update(ctx, func(w *work) (err error) {
		r = Returned{To: began.To, Shared: began.Shared}
		if began.Link {
			r.Linked = true
			return w.linkFor(v, whose, person, b.Institution)
		}
		known, err := w.Identity(person.Issuer, person.Subject)
		switch {
		case store.IsKind(err, store.NotFound) && began.Again:
			return &mentoring.Fault{Kind: mentoring.Forbidden, Key: "account.another-person"}
		case store.IsKind(err, store.NotFound):
			r.Unknown, err = w.claim(person, b)
			return err
		case err != nil:
			return err
		}
		if err := w.useIdentity(known, person, b.Institution); err != nil {
			return err
		}
		k := b.Key
		k.Shared = began.Shared
		if k.Again = began.Again; !k.Again {
			k.provedAt = person.ProvedAt
		}
		if k.provedAt.IsZero() && !k.Again { // it does not say, so that what needs a fresh proof asks for one
			k.provedAt = time.UnixMicro(0)
		}
		r.Entered, err = w.enter(known.Account, k)
		return err
	})
	return r, err
}

// cameFrom gives what is remembered of somebody who comes back, and whose account they went for.
func (a *Accounts) cameFrom(ctx context.Context, b Back) (began away, whose string, err error) {
	var c *store.Ceremony
	err = a.update(ctx, func(w *work) (err error) {
		c, err = w.endCeremony(store.InstitutionCeremony, b.State, hashOf(b.Browser))
		return err
	})
	if err != nil {
		return away{}, "", err
	}
	if c == nil {
		return away{}, "", lateReturn()
	}
	if err := json.Unmarshal([]byte(c.Record), &began); err != nil {
		return away{}, "", fmt.Errorf("read who went to an institution: %w", err)
	}
	if began.Institution != b.Institution {
		return away{}, "", lateReturn()
	}
	return began, c.Account, nil
}

func lateReturn() error {
	return &mentoring.Fault{Kind: mentoring.NotFound, Key: "account.institution-late"}
}

// linkFor links an institution to the account of whoever went there, if they are still the one who has signed in.
func (w *work) linkFor(v Visit, whose string, p institution.Person, id string) error {
	now, in, err := w.visit(v.hash)
	switch {
	case err != nil:
		return err
	case !in || string(now.Actor.Person) != whose:
		return lateReturn()
	}
	w.by = now
	object := mentoring.Object{Kind: mentoring.Account, Owner: now.Actor.Person}
	if err := mentoring.May(now.Actor, mentoring.LinkInstitution, object).Refused(); err != nil {
		return err
	}
	return w.link(p, id)
}

// A claimed is what is remembered of somebody whom no account is linked to.
type claimed struct {
	Institution string
	Person      institution.Person
}

func (w *work) claim(p institution.Person, b Back) (Claim, error) {
	record, err := json.Marshal(claimed{b.Institution, p})
	if err != nil {
		return Claim{}, err
	}
	of, _ := w.a.Institutions.Institution(b.Institution)
	token := secret()
	return Claim{token, of, p.Address}, w.AddCeremony(store.Ceremony{
		Hash: hashOf(token), Kind: store.IdentityCeremony, Browser: hashOf(b.Browser), Record: string(record),
		MadeAt: w.now, ExpiresAt: w.now.Add(ClaimLasts),
	})
}

// Claim is the claim of a token, in the browser in which it was made; for a page that asks again.
func (a *Accounts) Claim(ctx context.Context, token, browser string) (found Claim, err error) {
	err = a.DB.View(ctx, func(tx *store.Tx) error {
		w := &work{Tx: tx, a: a, now: a.Now()}
		c, err := w.openClaim(token, browser)
		if err != nil {
			return err
		}
		one, err := c.claimed()
		of, _ := a.Institutions.Institution(one.Institution)
		found = Claim{token, of, one.Person.Address}
		return err
	})
	return found, err
}

type claimCeremony struct{ store.Ceremony }

func (c claimCeremony) claimed() (one claimed, err error) {
	if err := json.Unmarshal([]byte(c.Record), &one); err != nil {
		return one, fmt.Errorf("read whom an institution knows: %w", err)
	}
	return one, nil
}

func (w *work) openClaim(token, browser string) (claimCeremony, error) {
	c, err := w.Ceremony(hashOf(token))
	if store.IsKind(err, store.NotFound) {
		return claimCeremony{}, lateReturn()
	}
	if err != nil {
		return claimCeremony{}, err
	}
	if c.Kind != store.IdentityCeremony || browser == "" || !hmac.Equal(c.Browser, hashOf(browser)) || !w.now.Before(c.ExpiresAt) {
		return claimCeremony{}, lateReturn()
	}
	return claimCeremony{c}, nil
}

// claimOf is the claim that waits for a link, which must be opened where the claim was made: else whoever claims could
// send the letter to somebody else, and have that person link their account to a stranger.
func (w *work) claimOf(l store.Link, k Key) (*claimCeremony, error) {
	c, err := w.CeremonyByLink(l.ID)
	switch {
	case store.IsKind(err, store.NotFound):
		return nil, nil
	case err != nil:
		return nil, err
	case !sameBrowser(l, k.Browser):
		return nil, &mentoring.Fault{Kind: mentoring.Forbidden, Key: "account.same-browser"}
	case !w.now.Before(c.ExpiresAt):
		return nil, lateReturn()
	}
	return &claimCeremony{c}, nil
}

// endClaim links the institution of a claim to the account of whoever has just come in. Where the account is suspended,
// nothing is linked.
func (w *work) endClaim(c *claimCeremony) (linked bool, err error) {
	if c == nil {
		return false, nil
	}
	one, err := c.claimed()
	if err != nil {
		return false, err
	}
	if _, err := w.EndCeremony(c.Hash); err != nil {
		return false, err
	}
	object := mentoring.Object{Kind: mentoring.Account, Owner: w.by.Actor.Person}
	if !mentoring.May(w.by.Actor, mentoring.LinkInstitution, object).Allowed() {
		return false, nil
	}
	return true, w.link(one.Person, one.Institution)
}

// refusedInstitution says what went wrong at an institution, so that people can do something about it.
func refusedInstitution(err error) error {
	fault := func(kind mentoring.FaultKind, key string) error {
		return &mentoring.Fault{Kind: kind, Key: key, Err: err}
	}
	switch {
	case err == nil:
		return nil
	case errors.Is(err, institution.ErrUnknown):
		return mentoring.NotHere()
	case errors.Is(err, institution.ErrAway):
		return fault(mentoring.Unavailable, "account.institution-away")
	case errors.Is(err, institution.ErrCancelled):
		return fault(mentoring.Conflict, "account.institution-cancelled")
	case errors.Is(err, institution.ErrRefused):
		return fault(mentoring.Forbidden, "account.institution-refused")
	}
	return err
}
