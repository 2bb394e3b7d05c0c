package config

import (
	"net"
	"net/netip"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"
)

// A Source is where everything is kept: a folder, or a PostgreSQL database. Printed, logged or marshalled, it hides the
// password that it may hold; string(s) is the whole.
type Source string

// IsFolder says whether the source is a folder for SQLite.
func (s Source) IsFolder() bool {
	return !strings.HasPrefix(string(s), "postgres://") && !strings.HasPrefix(string(s), "postgresql://")
}

func (s Source) String() string {
	if s.IsFolder() {
		return string(s)
	}
	u, err := url.Parse(string(s))
	if err != nil {
		return "postgres://(cannot be read)"
	}
	query := u.Query()
	for key := range query {
		if strings.Contains(strings.ToLower(key), "password") {
			query.Set(key, "xxxxx")
		}
	}
	u.RawQuery = query.Encode()
	return u.Redacted()
}

// GoString hides what String hides.
func (s Source) GoString() string { return strconv.Quote(s.String()) }

// MarshalText hides what String hides.
func (s Source) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

func (Source) may() string { return "a folder, or `postgres://user@host/name`" }

// read never quotes a database address, which may hold a password.
func (s *Source) read(text string) error {
	const instead = "write a folder, or postgres://user@host/name"
	scheme, _, isAddress := strings.Cut(text, "://")
	switch {
	case isAddress && scheme != "postgres" && scheme != "postgresql":
		return &wrong{"this is a database that Chiron does not work with", instead}
	case isAddress:
		u, err := url.Parse(text)
		if err != nil || u.Host == "" && u.Query().Get("host") == "" || len(u.Path) < 2 || u.Fragment != "" {
			return &wrong{"the address of the database cannot be read", instead + ", and special characters in a password as %23 and the like"}
		}
	case strings.Contains(text, "host=") || strings.Contains(text, "dbname="):
		return &wrong{"the database is named in a way that is not read here", instead}
	case strings.HasPrefix(text, "file:"), strings.HasPrefix(text, "postgres:"):
		return &wrong{"this is no folder", instead}
	case strings.ContainsFunc(text, unicode.IsControl):
		return no(text, "is no folder", instead)
	}
	*s = Source(text)
	return nil
}

// A Folder is a path of the machine.
type Folder string

func (f Folder) String() string { return string(f) }
func (Folder) may() string      { return "a folder" }

func (f *Folder) read(text string) error {
	if strings.ContainsFunc(text, unicode.IsControl) || strings.Contains(text, "://") {
		return no(text, "is no folder", "write a path of this machine, such as /var/lib/chiron")
	}
	*f = Folder(text)
	return nil
}

// within says whether a path is another one or lies below it. Of two paths one of which is relative it cannot know, and
// says no.
func within(path, folder string) bool {
	below, err := filepath.Rel(folder, path)
	return err == nil && below != ".." && !strings.HasPrefix(below, ".."+string(filepath.Separator))
}

// An Address is where a server listens: a host and a port, of which the host may be missing for all of the machine's.
type Address string

func (a Address) String() string { return string(a) }
func (Address) may() string {
	return "host and port, such as `127.0.0.1:8080`, or `:8080` for all addresses"
}

func (a *Address) read(text string) error {
	host, port, err := net.SplitHostPort(text)
	_, isNumber := strconv.ParseUint(port, 10, 16)
	if err != nil || isNumber != nil || host != "" && !isName(host) && !isIP(host) {
		return no(text, "is no address to listen at", "write host and port, such as 127.0.0.1:8080, or :8080 for all addresses")
	}
	*a = Address(text)
	return nil
}

func (a Address) split() (host, port string) {
	host, port, _ = net.SplitHostPort(string(a))
	return host, port
}

// isLoopback says whether only the machine itself reaches a host.
func isLoopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || err == nil && address.Unmap().IsLoopback()
}

// A Host is a machine on the network.
type Host string

func (h Host) String() string { return string(h) }
func (Host) may() string      { return "a name or an address, without a port" }

func (h *Host) read(text string) error {
	if !isName(text) && !isIP(text) {
		return no(text, "is no name of a machine", "write it like smtp.example.org, without https:// and without a port")
	}
	*h = Host(text)
	return nil
}

// An Origin is the address under which people reach the pages: scheme, name and port, and nothing behind.
type Origin string

func (o Origin) String() string { return string(o) }
func (Origin) may() string {
	return "`https://` and a name, such as `https://mentoring.example.org`; on this machine alone also `http://localhost`"
}

func (o *Origin) read(text string) error {
	const example = "such as https://mentoring.example.org"
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil:
		return no(text, "is no address of pages", "write one "+example)
	case u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.ForceQuery || strings.Contains(text, "#"):
		return no(text, "has something behind the name", "write only the beginning, "+example+"; Chiron needs a name of its own, no folder of another site")
	case isIP(u.Hostname()):
		return no(text, "is a number in place of a name", "write a name, since passkeys need one: "+example+", or http://localhost:8080 on this machine")
	case !isName(u.Hostname()) || !isPort(u.Port()):
		return no(text, "is no address of pages", "write the name in plain letters (a name with accents in its form that begins with xn--), "+example)
	case u.Scheme == "http" && !isLoopback(u.Hostname()):
		return no(text, "is not encrypted", "write https://; http:// is for http://localhost alone")
	}
	host := strings.ToLower(u.Host)
	host = strings.TrimSuffix(host, map[string]string{"https": ":443", "http": ":80"}[u.Scheme])
	*o = Origin(u.Scheme + "://" + strings.TrimSuffix(host, ":"))
	return nil
}

// An Issuer is the address of a provider of sign-ins. It is compared to the letter, so nothing is changed in it.
type Issuer string

func (i Issuer) String() string { return string(i) }
func (Issuer) may() string      { return "an address that begins with `https://`" }

func (i *Issuer) read(text string) error {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.ForceQuery || strings.Contains(text, "#") ||
		u.Scheme != "https" && !(u.Scheme == "http" && isLoopback(u.Hostname())) {
		return no(text, "is no address of a provider", "write it as the provider does, such as https://login.example.org")
	}
	*i = Issuer(text)
	return nil
}

// isName says whether a host is a name of the network: letters, digits and hyphens between dots (RFC 1123).
func isName(host string) bool {
	if len(host) > 253 || isIP(host) {
		return false
	}
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for _, c := range []byte(label) {
			if c != '-' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
				return false
			}
		}
	}
	return true
}

func isIP(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil
}

// isPort says whether a port can stand in an address, where it may be missing.
func isPort(port string) bool { return port == "" || new(Port).read(port) == nil }
