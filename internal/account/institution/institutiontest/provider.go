// Package institutiontest plays an institution for tests: a provider of OpenID Connect in the process, strict about what
// it is asked, and able to answer wrongly in whatever way a test wants.
package institutiontest

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// A Provider is an institution that is asked at an address of this machine.
type Provider struct {
	Issuer   string
	ClientID string
	Secret   string
	Subject  string         // of whoever signs in next
	Claims   map[string]any // what else is said about them
	Now      func() time.Time

	Bend     func(claims map[string]any)             // changes what is signed; nil: nothing
	Sign     func(claims map[string]any) string      // signs in place of the provider; nil: it does
	Says     func(discovery map[string]any)          // changes what it says of itself; nil: nothing
	Keys     http.HandlerFunc                        // answers in place of its keys; nil: they do
	Back     func(query url.Values)                  // changes what the browser comes back with; nil: nothing
	UserInfo func(w http.ResponseWriter, sub string) // answers who somebody is; nil: there is no such address

	mu     sync.Mutex
	key    *rsa.PrivateKey
	asked  map[string]url.Values // by code
	tokens map[string]string     // subjects by access token
	hits   map[string]int
}

// keys are made once: to make one takes long.
var oneKey = sync.OnceValue(func() *rsa.PrivateKey { return newKey() })

func newKey() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err) // there are random bytes
	}
	return key
}

// KeyID is the name of the provider's key.
const KeyID = "first"

// Start starts a provider that ends with the test.
func Start(t testing.TB) *Provider {
	p := &Provider{
		ClientID: "chiron", Secret: "s3cret of chiron", Subject: "zoe-1", Now: time.Now, key: oneKey(),
		Claims: map[string]any{"email": "zoe@hospital.example", "email_verified": true},
		asked:  map[string]url.Values{}, tokens: map[string]string{}, hits: map[string]int{},
	}
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	p.Issuer = server.URL
	return p
}

// Hits is how often a path was asked for.
func (p *Provider) Hits(path string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.hits[path]
}

// Key is the provider's private key, for whoever signs in its place.
func (p *Provider) Key() *rsa.PrivateKey { return p.key }

func (p *Provider) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.hits[r.URL.Path]++
	p.mu.Unlock()
	switch r.URL.Path {
	case "/.well-known/openid-configuration":
		answer(w, http.StatusOK, p.discovery())
	case "/authorize":
		p.authorize(w, r)
	case "/token":
		p.token(w, r)
	case "/keys":
		if p.Keys != nil {
			p.Keys(w, r)
			return
		}
		answer(w, http.StatusOK, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: p.key.Public(), KeyID: KeyID, Algorithm: "RS256", Use: "sig"}}})
	case "/userinfo":
		p.userInfo(w, r)
	default:
		http.NotFound(w, r)
	}
}

func (p *Provider) discovery() map[string]any {
	d := map[string]any{
		"issuer": p.Issuer, "authorization_endpoint": p.Issuer + "/authorize", "token_endpoint": p.Issuer + "/token",
		"jwks_uri": p.Issuer + "/keys", "id_token_signing_alg_values_supported": []string{"RS256", "HS256", "none"},
		"authorization_response_iss_parameter_supported": true, "code_challenge_methods_supported": []string{"S256"},
	}
	if p.UserInfo != nil {
		d["userinfo_endpoint"] = p.Issuer + "/userinfo"
	}
	if p.Says != nil {
		p.Says(d)
	}
	return d
}

// authorize signs the person in and sends the browser back. What is asked wrongly is answered by a page, as the standard
// has it: nobody is sent to an address that is not known.
func (p *Provider) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	switch {
	case q.Get("client_id") != p.ClientID, q.Get("response_type") != "code", q.Get("state") == "", q.Get("nonce") == "",
		q.Get("code_challenge_method") != "S256", len(q.Get("code_challenge")) != 43, q.Get("scope") != "openid email":
		http.Error(w, "asked wrongly: "+r.URL.RawQuery, http.StatusBadRequest)
		return
	}
	to, err := url.Parse(q.Get("redirect_uri"))
	if err != nil || to.Host == "" {
		http.Error(w, "no way back", http.StatusBadRequest)
		return
	}
	code := rand.Text()
	p.mu.Lock()
	p.asked[code] = q
	p.mu.Unlock()
	back := url.Values{"code": {code}, "state": {q.Get("state")}, "iss": {p.Issuer}}
	if p.Back != nil {
		p.Back(back)
	}
	to.RawQuery = back.Encode()
	http.Redirect(w, r, to.String(), http.StatusFound)
}

func (p *Provider) token(w http.ResponseWriter, r *http.Request) {
	id, secret, _ := r.BasicAuth()
	id, _ = url.QueryUnescape(id)
	secret, _ = url.QueryUnescape(secret)
	if id == "" {
		id, secret = r.PostFormValue("client_id"), r.PostFormValue("client_secret")
	}
	if id != p.ClientID || secret != p.Secret {
		answer(w, http.StatusUnauthorized, map[string]any{"error": "invalid_client", "error_description": "canary in a description"})
		return
	}
	code := r.PostFormValue("code")
	p.mu.Lock()
	q, known := p.asked[code]
	delete(p.asked, code)
	p.mu.Unlock()
	sum := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	if !known || r.PostFormValue("redirect_uri") != q.Get("redirect_uri") || q.Get("code_challenge") != base64.RawURLEncoding.EncodeToString(sum[:]) {
		answer(w, http.StatusBadRequest, map[string]any{"error": "invalid_grant", "error_description": "canary in a description"})
		return
	}
	now := p.Now()
	claims := map[string]any{
		"iss": p.Issuer, "sub": p.Subject, "aud": p.ClientID, "nonce": q.Get("nonce"), "iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix(),
	}
	if q.Get("max_age") != "" {
		claims["auth_time"] = now.Unix()
	}
	maps.Copy(claims, p.Claims)
	if p.Bend != nil {
		p.Bend(claims)
	}
	sign := p.Sign
	if sign == nil {
		sign = func(claims map[string]any) string { return Sign(jose.RS256, p.key, KeyID, claims) }
	}
	access := rand.Text()
	p.mu.Lock()
	p.tokens[access] = p.Subject
	p.mu.Unlock()
	answer(w, http.StatusOK, map[string]any{"access_token": access, "token_type": "Bearer", "expires_in": 300, "id_token": sign(claims)})
}

func (p *Provider) userInfo(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	subject := p.tokens[bearer(r)]
	p.mu.Unlock()
	if p.UserInfo == nil || subject == "" {
		http.Error(w, "nobody", http.StatusUnauthorized)
		return
	}
	p.UserInfo(w, subject)
}

func bearer(r *http.Request) string {
	const prefix = "Bearer "
	if h := r.Header.Get("Authorization"); len(h) > len(prefix) {
		return h[len(prefix):]
	}
	return ""
}

// Sign signs claims as a token (RFC 7515, compact form).
func Sign(algorithm jose.SignatureAlgorithm, key any, keyID string, claims map[string]any) string {
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: algorithm, Key: key}, (&jose.SignerOptions{}).WithType("JWT").WithHeader("kid", keyID))
	if err != nil {
		panic(err)
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		panic(err)
	}
	signed, err := signer.Sign(payload)
	if err != nil {
		panic(err)
	}
	text, err := signed.CompactSerialize()
	if err != nil {
		panic(err)
	}
	return text
}

// Unsigned writes claims as a token that says it needs no signature.
func Unsigned(claims map[string]any) string {
	payload, err := json.Marshal(claims)
	if err != nil {
		panic(err)
	}
	encode := base64.RawURLEncoding.EncodeToString
	return encode([]byte(`{"alg":"none","typ":"JWT"}`)) + "." + encode(payload) + "."
}

func answer(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value)
}
