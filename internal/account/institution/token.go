package institution

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// A claim is what an institution signs about somebody.
type claim struct {
	Subject         string
	Address         string `json:"email"`
	AddressVerified truth  `json:"email_verified"`
	Party           string `json:"azp"`
	ProvedAt        int64  `json:"auth_time"`

	issuer string
	at     time.Time
}

// check reads what is signed for us, as an answer to what we asked (Core, 3.1.3.7). Signatures by a shared secret, or by
// nobody, are none: which ones there are is fixed here and in the library, and the token has no say in it.
func (d *Desk) check(ctx context.Context, w *window, p *provider, signed string, a Answer) (claim, error) {
	now := d.now()
	verifier := oidc.NewVerifier(w.Issuer, p.keys, &oidc.Config{
		ClientID: w.ClientID, SupportedSigningAlgs: p.algorithms(), Now: func() time.Time { return now.Add(-leeway) },
	})
	token, err := verifier.Verify(ctx, signed)
	if err != nil {
		return claim{}, fmt.Errorf("%w: %s", ErrRefused, briefly(err))
	}
	said := claim{Subject: token.Subject, issuer: token.Issuer, at: now}
	if err := token.Claims(&said); err != nil {
		return claim{}, fmt.Errorf("%w: what it says cannot be read", ErrRefused)
	}
	said.Subject = token.Subject
	switch {
	case token.Issuer != w.Issuer:
		return claim{}, fmt.Errorf("%w: another issuer", ErrRefused)
	case !same(token.Nonce, a.Nonce):
		return claim{}, fmt.Errorf("%w: another nonce", ErrRefused)
	case said.Party != "" && said.Party != w.ClientID, said.Party == "" && len(token.Audience) != 1:
		return claim{}, fmt.Errorf("%w: it is for another party", ErrRefused)
	case token.IssuedAt.After(now.Add(leeway)), token.IssuedAt.Before(now.Add(-freshFor - leeway)):
		return claim{}, fmt.Errorf("%w: it was not made now", ErrRefused)
	case !isSubject(token.Subject):
		return claim{}, fmt.Errorf("%w: its subject cannot be one", ErrRefused)
	case a.Again && !said.provedSince(now.Add(-freshFor-leeway)):
		return claim{}, fmt.Errorf("%w: nobody has proved anything again", ErrRefused)
	}
	return said, nil
}

// algorithms are those of an institution among the ones that are signatures by a key of its own. It is RS256 for all who
// say nothing, or nothing that can be taken (Core, 15.1).
func (p *provider) algorithms() []string {
	var says struct {
		Algorithms []string `json:"id_token_signing_alg_values_supported"`
	}
	if err := p.Claims(&says); err != nil {
		return []string{oidc.RS256}
	}
	var all []string
	for _, name := range says.Algorithms {
		switch name {
		case oidc.RS256, oidc.RS384, oidc.RS512, oidc.PS256, oidc.PS384, oidc.PS512, oidc.ES256, oidc.ES384, oidc.ES512, oidc.EdDSA:
			all = append(all, name)
		}
	}
	if len(all) == 0 {
		return []string{oidc.RS256}
	}
	return all
}

// isSubject says whether a text can be the subject of somebody (Core, 2).
func isSubject(text string) bool {
	return text != "" && len(text) <= mostSubject && strings.TrimSpace(text) == text &&
		!strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsPrint(r) })
}

func (c claim) provedSince(since time.Time) bool {
	return c.ProvedAt != 0 && !time.Unix(c.ProvedAt, 0).Before(since)
}

func (c claim) person(i Institution) Person {
	p := Person{Issuer: c.issuer, Subject: c.Subject, Address: c.Address}
	if len(p.Address) > 254 || strings.ContainsFunc(p.Address, unicode.IsControl) {
		p.Address = ""
	}
	p.Vouched = i.AnswersFor(p.Address) && c.AddressVerified != "false"
	if at := time.Unix(c.ProvedAt, 0); c.ProvedAt > 0 {
		p.ProvedAt = at
		if at.After(c.at) { // within the leeway, or by mistake
			p.ProvedAt = c.at
		}
	}
	return p
}

// A truth is "true", "false" or nothing: some institutions write it between quotation marks.
type truth string

// UnmarshalJSON reads a truth. What is neither is no mistake; it says nothing.
func (t *truth) UnmarshalJSON(data []byte) error {
	switch text := strings.Trim(string(data), `"`); text {
	case "true", "false":
		*t = truth(text)
	}
	return nil
}

// askForAddress asks an institution that does not sign the address with the rest. Without an answer there is none: who
// somebody is does not depend on it.
func askForAddress(ctx context.Context, p *provider, token *oauth2.Token, subject string) (address string, verified truth) {
	info, err := p.UserInfo(ctx, oauth2.StaticTokenSource(token))
	if err != nil || info.Subject != subject {
		return "", ""
	}
	var said claim
	if err := info.Claims(&said); err != nil {
		return "", ""
	}
	return said.Address, said.AddressVerified
}
