// Package institution asks institutions who somebody is, by OpenID Connect (Core 1.0: the code flow, with PKCE by S256 of
// RFC 7636). It says where a browser is to go, and who it is that comes back, and leaves to account what follows from it.
//
// An institution is believed about its own people and nothing else. Who somebody is, is the issuer and the subject, never
// an address. All that comes from outside is bounded in size and time, and no request goes to an address inside the
// network, but to an institution that is configured to be there.
package institution

import (
	"cmp"
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// An Institution is one whose sign-in people can use, as it is configured.
type Institution struct {
	ID         string // in addresses
	Name       string
	NameFrench string // "": the same
	Issuer     string // as it calls itself
	ClientID   string
	Secret     string
	Domains    []string // of whose addresses it says which are whose
	Internal   bool     // it is inside the network
}

// NameIn is the institution's name in a language.
func (i Institution) NameIn(language string) string {
	if strings.HasPrefix(language, "fr") {
		return cmp.Or(i.NameFrench, i.Name)
	}
	return i.Name
}

// AnswersFor says whether an address is of a domain that the institution answers for. Domains below it are others.
func (i Institution) AnswersFor(address string) bool {
	_, domain, found := strings.Cut(address, "@")
	return found && slices.ContainsFunc(i.Domains, func(d string) bool { return strings.EqualFold(d, domain) })
}

// A Desk is where institutions are asked. It is safe for use by several goroutines; the nil one knows no institution.
type Desk struct {
	windows []*window
	origin  string
	now     func() time.Time
}

// A window is where one institution is asked.
type window struct {
	Institution
	client *http.Client

	mu       sync.Mutex
	provider *provider
	readAt   time.Time // what the institution says of itself
	failure  error
	failedAt time.Time
}

// A provider is what an institution says of itself.
type provider struct {
	*oidc.Provider
	keys oidc.KeySet
	says metadata
}

type metadata struct {
	AuthURL     string   `json:"authorization_endpoint"`
	TokenURL    string   `json:"token_endpoint"`
	KeysURL     string   `json:"jwks_uri"`
	UserInfoURL string   `json:"userinfo_endpoint"`
	NamesItself bool     `json:"authorization_response_iss_parameter_supported"`
	ClientAuth  []string `json:"token_endpoint_auth_methods_supported"`
}

// NewDesk makes a desk for the pages at an origin such as "https://mentoring.example.org". It asks nobody yet.
func NewDesk(origin string, now func() time.Time, all []Institution) *Desk {
	d := &Desk{origin: origin, now: now}
	for _, i := range all {
		d.windows = append(d.windows, &window{Institution: i, client: clientFor(i)})
	}
	return d
}

// Institutions lists all institutions, in the order in which they were given.
func (d *Desk) Institutions() (all []Institution) {
	if d == nil {
		return nil
	}
	for _, w := range d.windows {
		all = append(all, w.Institution)
	}
	return all
}

// Institution is the one of an id.
func (d *Desk) Institution(id string) (i Institution, known bool) {
	if w := d.window(id); w != nil {
		return w.Institution, true
	}
	return Institution{}, false
}

func (d *Desk) window(id string) *window {
	if d == nil {
		return nil
	}
	k := slices.IndexFunc(d.windows, func(w *window) bool { return w.ID == id })
	if k < 0 {
		return nil
	}
	return d.windows[k]
}

// ReturnPath is the path of the pages at which people come back from an institution. Each has its own, so that the answer
// of one cannot pass for that of another.
func ReturnPath(id string) string { return "/sign-in/with/" + id + "/back" }

// What can go wrong. Errors of other kinds are mistakes of this program.
var (
	// ErrUnknown means that there is no such institution.
	ErrUnknown = errors.New("there is no such institution")
	// ErrAway means that an institution does not answer, or not so that anybody could sign in.
	ErrAway = errors.New("the institution cannot be asked")
	// ErrRefused means that what came back is not right.
	ErrRefused = errors.New("the answer of the institution is not right")
	// ErrCancelled means that the institution, or the person there, said no.
	ErrCancelled = errors.New("the institution says no")
)

// A Question is what a browser is sent away with. Its three secrets are of 256 bits each, and good for one answer.
type Question struct {
	State    string // comes back with the browser
	Nonce    string // comes back in what the institution signs
	Verifier string // stays here, and shows that the answer was meant for us
	Again    bool   // whoever has signed in there is to prove it once more
	Language string
}

// leeway is by how much the clock of an institution may differ from ours.
const leeway = 2 * time.Minute

// freshFor is how old an answer can be: it was made for us a moment ago.
const freshFor = 10 * time.Minute

// AddressFor is where a browser is to go to be asked who it is.
func (d *Desk) AddressFor(ctx context.Context, id string, q Question) (string, error) {
	w := d.window(id)
	if w == nil {
		return "", ErrUnknown
	}
	p, err := w.read(ctx, d.now())
	if err != nil {
		return "", err
	}
	more := []oauth2.AuthCodeOption{oidc.Nonce(q.Nonce), oauth2.S256ChallengeOption(q.Verifier)}
	if q.Again {
		more = append(more, oauth2.SetAuthURLParam("prompt", "login"), oauth2.SetAuthURLParam("max_age", "0"))
	}
	if q.Language != "" {
		more = append(more, oauth2.SetAuthURLParam("ui_locales", q.Language))
	}
	return d.oauth(w, p).AuthCodeURL(q.State, more...), nil
}

func (d *Desk) oauth(w *window, p *provider) *oauth2.Config {
	endpoint := p.Endpoint()
	endpoint.AuthStyle = oauth2.AuthStyleInHeader // what stands for all who say nothing (Core, 9)
	if len(p.says.ClientAuth) > 0 && !slices.Contains(p.says.ClientAuth, "client_secret_basic") {
		endpoint.AuthStyle = oauth2.AuthStyleInParams
	}
	return &oauth2.Config{
		ClientID: w.ClientID, ClientSecret: w.Secret, Endpoint: endpoint, RedirectURL: d.origin + ReturnPath(w.ID),
		Scopes: []string{oidc.ScopeOpenID, "email"},
	}
}

// An Answer is what a browser comes back with, and what was remembered of the question.
type Answer struct {
	Code   string
	Issuer string // who the institution says that it is; "": it does not (RFC 9207)
	Error  string // in place of a code

	Nonce, Verifier string
	Again           bool
}

// A Person is somebody as an institution knows them.
type Person struct {
	Issuer, Subject string
	Address         string    // that the institution says; "": none. Nobody has shown that mail there is read by the person
	Vouched         bool      // the institution answers for addresses like it
	ProvedAt        time.Time // when they proved to the institution who they are; zero: it does not say
}

// Person is who has come back with an answer.
func (d *Desk) Person(ctx context.Context, id string, a Answer) (Person, error) {
	w := d.window(id)
	if w == nil {
		return Person{}, ErrUnknown
	}
	p, err := w.read(ctx, d.now())
	if err != nil {
		return Person{}, err
	}
	switch {
	case a.Issuer != "" && a.Issuer != w.Issuer, a.Issuer == "" && p.says.NamesItself:
		return Person{}, fmt.Errorf("%w: it comes from another issuer", ErrRefused)
	case a.Error != "":
		return Person{}, fmt.Errorf("%w: %s", ErrCancelled, codeOf(a.Error))
	case a.Code == "" || len(a.Code) > mostCode:
		return Person{}, fmt.Errorf("%w: it has no code", ErrRefused)
	}
	ctx = oidc.ClientContext(ctx, w.client)
	token, err := d.oauth(w, p).Exchange(ctx, a.Code, oauth2.VerifierOption(a.Verifier))
	if err != nil {
		return Person{}, exchangeFailed(err)
	}
	signed, _ := token.Extra("id_token").(string)
	if signed == "" || len(signed) > mostToken {
		return Person{}, fmt.Errorf("%w: it does not say who it is", ErrRefused)
	}
	said, err := d.check(ctx, w, p, signed, a)
	if err != nil {
		return Person{}, err
	}
	if said.Address == "" && p.says.UserInfoURL != "" {
		said.Address, said.AddressVerified = askForAddress(ctx, p, token, said.Subject)
	}
	return said.person(w.Institution), nil
}

// exchangeFailed says why a code was not taken, without what the institution wrote about it.
func exchangeFailed(err error) error {
	if answer := (*oauth2.RetrieveError)(nil); errors.As(err, &answer) {
		status := 0
		if answer.Response != nil {
			status = answer.Response.StatusCode
		}
		if status >= 500 {
			return fmt.Errorf("%w: status %d for a code", ErrAway, status)
		}
		return fmt.Errorf("%w: status %d for a code: %s", ErrRefused, status, codeOf(answer.ErrorCode))
	}
	return fmt.Errorf("%w: for a code: %s", ErrAway, briefly(err))
}

// Bounds of what comes from outside, in bytes.
const (
	mostCode    = 4 << 10
	mostToken   = 64 << 10
	mostSubject = 255 // Core, 2
)

// codeOf is the code of an error (RFC 6749, 4.1.2.1), if it is one.
func codeOf(text string) string {
	if text == "" || len(text) > 40 || strings.ContainsFunc(text, func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') }) {
		return "no known reason"
	}
	return text
}

// briefly is the beginning of what a failure says of itself: some libraries quote whole answers.
func briefly(err error) string {
	text := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(err.Error(), "?"))
	kept := []rune(text)
	return string(kept[:min(len(kept), 160)])
}

func same(a, b string) bool { return a != "" && subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
