package institution

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
)

// Bounds of what is asked outside.
const (
	mostBody    = 1 << 20 // bytes of an answer
	mostTime    = 10 * time.Second
	readAgain   = time.Hour        // after which an institution is asked again what it says of itself
	forgiveFor  = 24 * time.Hour   // for how long what it said counts while it does not answer
	askNotAgain = 10 * time.Second // after a failure
)

// read gives what an institution says of itself, and asks it from time to time.
func (w *window) read(ctx context.Context, now time.Time) (*provider, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	age := now.Sub(w.readAt)
	switch {
	case w.provider != nil && age >= 0 && age < readAgain:
		return w.provider, nil
	case w.failure != nil && now.Sub(w.failedAt).Abs() < askNotAgain:
		if w.provider != nil && age < forgiveFor {
			return w.provider, nil
		}
		return nil, w.failure
	}
	p, err := w.ask(ctx)
	if err != nil {
		if w.failure, w.failedAt = err, now; w.provider != nil && age < forgiveFor {
			return w.provider, nil
		}
		return nil, err
	}
	w.provider, w.readAt, w.failure = p, now, nil
	return p, nil
}

// ask asks an institution what it says of itself (Discovery 1.0). The issuer must be the configured one to the letter.
func (w *window) ask(ctx context.Context) (*provider, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), mostTime) // others wait for the answer too
	defer cancel()
	ctx = oidc.ClientContext(ctx, w.client)
	found, err := oidc.NewProvider(ctx, w.Issuer)
	if err != nil {
		return nil, fmt.Errorf("%w: %s", ErrAway, briefly(err))
	}
	p := &provider{Provider: found}
	if err := found.Claims(&p.says); err != nil {
		return nil, fmt.Errorf("%w: what it says of itself cannot be read", ErrAway)
	}
	for what, address := range map[string]string{"authorization_endpoint": p.says.AuthURL, "token_endpoint": p.says.TokenURL, "jwks_uri": p.says.KeysURL} {
		if err := w.mayBe(address); err != nil {
			return nil, fmt.Errorf("%w: %s %w", ErrAway, what, err)
		}
	}
	if p.says.UserInfoURL != "" && w.mayBe(p.says.UserInfoURL) != nil {
		p.says.UserInfoURL = ""
	}
	p.keys = oidc.NewRemoteKeySet(ctx, p.says.KeysURL)
	return p, nil
}

// mayBe says why an address cannot be one of an institution: it is encrypted, or on this machine as the institution is.
func (w *window) mayBe(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.Fragment != "" || u.Opaque != "" {
		return errors.New("is no address")
	}
	if u.Scheme != "https" && (u.Scheme != "http" || hostPort(u) != hostPort(issuerOf(w.Institution)) || !isThisMachine(u.Hostname())) {
		return errors.New("is not encrypted")
	}
	return nil
}

func issuerOf(i Institution) *url.URL {
	u, err := url.Parse(i.Issuer)
	if err != nil {
		return &url.URL{}
	}
	return u
}

func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"https": "443", "http": "80"}[u.Scheme]
	}
	return net.JoinHostPort(u.Hostname(), port)
}

func isThisMachine(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && address.IsLoopback()
}

// clientFor asks one institution: with limits, following nobody elsewhere, and through no proxy, since a proxy would look
// up names where nobody sees which addresses they have.
func clientFor(i Institution) *http.Client {
	issuer := issuerOf(i)
	_, err := netip.ParseAddr(issuer.Hostname())
	inside := i.Internal || err == nil || isThisMachine(issuer.Hostname()) // it is configured so
	dial := func(ctx context.Context, network, to string) (net.Conn, error) {
		d := &net.Dialer{Timeout: mostTime}
		if !inside || to != hostPort(issuer) {
			d.Control = outsideOnly
		}
		return d.DialContext(ctx, network, to)
	}
	return &http.Client{
		Timeout: mostTime,
		Transport: bounded{&http.Transport{
			DialContext: dial, DisableCompression: true, MaxResponseHeaderBytes: 64 << 10, TLSHandshakeTimeout: mostTime,
			ForceAttemptHTTP2: true, MaxIdleConnsPerHost: 2, IdleConnTimeout: time.Minute,
		}, i},
		CheckRedirect: func(*http.Request, []*http.Request) error { return errors.New("it sends elsewhere") },
	}
}

// outsideOnly refuses connections to addresses that are not of the public Internet. It sees the address itself, when all
// names are looked up, so that a name cannot mean one thing now and another later.
func outsideOnly(_, to string, _ syscall.RawConn) error {
	address, err := netip.ParseAddrPort(to)
	if err != nil || !isPublic(address.Addr()) {
		return errors.New("the address is inside the network")
	}
	return nil
}

// inside are networks that are not of the public Internet (IANA, special-purpose address registries), and those that
// carry addresses of the other protocol in them.
var inside = prefixes(
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
	"192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
	"::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
	"5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
)

func prefixes(all ...string) (p []netip.Prefix) {
	for _, text := range all {
		p = append(p, netip.MustParsePrefix(text))
	}
	return p
}

func isPublic(address netip.Addr) bool {
	address = address.Unmap().WithZone("")
	for _, p := range inside {
		if p.Contains(address) {
			return false
		}
	}
	return address.IsValid()
}

// bounded asks only what may be asked, and gives answers of a bounded size.
type bounded struct {
	next http.RoundTripper
	of   Institution
}

func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := (&window{Institution: b.of}).mayBe(r.URL.String()); err != nil {
		return nil, err
	}
	answer, err := b.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	if answer.ContentLength > mostBody {
		return nil, errors.Join(errTooLong, answer.Body.Close())
	}
	answer.Body = &short{answer.Body, mostBody}
	return answer, nil
}

var errTooLong = fmt.Errorf("the answer is longer than %d bytes", mostBody)

// short is a body that may not be longer than what is left.
type short struct {
	io.ReadCloser
	left int
}

func (s *short) Read(p []byte) (int, error) {
	if len(p) > s.left+1 {
		p = p[:s.left+1]
	}
	n, err := s.ReadCloser.Read(p)
	if s.left -= n; s.left < 0 {
		return 0, errTooLong
	}
	return n, err
}
