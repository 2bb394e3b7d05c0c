package config

import (
	"log/slog"
	"net/mail"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// A value is a kind of setting. It reads itself from text, which is never empty, and writes itself back.
type value interface {
	read(text string) error
	String() string
	may() string // what may be written, for the reference
}

// A list is a value of several parts, written with commas between them, or in the file as a list.
type list interface{ isList() }

// Text is a name on one line.
type Text string

func (t Text) String() string { return string(t) }
func (Text) may() string      { return "text on one line" }

func (t *Text) read(text string) error {
	if strings.ContainsFunc(text, unicode.IsControl) {
		return no(text, "holds a line break or another character that cannot be seen", "write it on one line")
	}
	*t = Text(text)
	return nil
}

// A Port of a network.
type Port uint16

func (p Port) String() string { return strconv.Itoa(int(p)) }
func (Port) may() string      { return "1 to 65535" }

func (p *Port) read(text string) error {
	n, err := strconv.ParseUint(text, 10, 16)
	if err != nil || n == 0 {
		return no(text, "is no port", "write a whole number from 1 to 65535")
	}
	*p = Port(n)
	return nil
}

// TLS is how a connection is protected.
type TLS string

// The ways to protect a connection.
const (
	StartTLS TLS = "starttls" // begun in the clear, then encrypted before anything is said
	Always   TLS = "tls"      // encrypted from the first byte
	None     TLS = "none"
)

func (t TLS) String() string { return string(t) }
func (TLS) may() string      { return "`starttls`, `tls` or `none`" }

func (t *TLS) read(text string) error {
	*t = TLS(text)
	return oneOf(text, "starttls", "tls", "none")
}

// Joining says who may make an account.
type Joining string

// Those who may.
const (
	Anybody Joining = "anybody"
	Invited Joining = "invited"
)

func (j Joining) String() string { return string(j) }
func (Joining) may() string      { return "`anybody` or `invited`" }

func (j *Joining) read(text string) error {
	*j = Joining(text)
	return oneOf(text, "anybody", "invited")
}

// A Network says where something stands.
type Network string

// The networks.
const (
	Public   Network = "public"
	Internal Network = "internal"
)

func (n Network) String() string { return string(n) }
func (Network) may() string      { return "`public` or `internal`" }

func (n *Network) read(text string) error {
	*n = Network(text)
	return oneOf(text, "public", "internal")
}

// A Level is how much is written to the log.
type Level string

func (l Level) String() string { return string(l) }
func (Level) may() string      { return "`debug`, `info`, `warn` or `error`" }

func (l *Level) read(text string) error {
	*l = Level(text)
	return oneOf(text, "debug", "info", "warn", "error")
}

// Slog is the level as package slog has it.
func (l Level) Slog() slog.Level {
	return map[Level]slog.Level{"debug": slog.LevelDebug, "warn": slog.LevelWarn, "error": slog.LevelError}[l]
}

func oneOf(text string, words ...string) error {
	if slices.Contains(words, text) {
		return nil
	}
	return no(text, "is not known here", "write one of: "+strings.Join(words, ", "))
}

// Languages are tags of languages, the preferred one first.
type Languages []string

func (l Languages) String() string { return strings.Join(l, ", ") }
func (Languages) may() string      { return "`en`, `fr-CA`, or both with a comma" }
func (Languages) isList()          {}

func (l *Languages) read(text string) error {
	*l = nil
	for _, tag := range parts(text) {
		if err := oneOf(tag, "en", "fr-CA"); err != nil {
			return err
		}
		if slices.Contains(*l, tag) {
			return no(tag, "stands twice", "write each language once")
		}
		*l = append(*l, tag)
	}
	return nil
}

// Networks are networks of addresses.
type Networks []netip.Prefix

func (n Networks) String() string { return joined(n) }
func (Networks) may() string      { return "addresses and networks with commas, such as `10.0.0.0/8, ::1`" }
func (Networks) isList()          {}

func (n *Networks) read(text string) error {
	*n = nil
	for _, part := range parts(text) {
		prefix, err := netip.ParsePrefix(part)
		if address, plain := netip.ParseAddr(part); plain == nil && address.Zone() == "" {
			prefix, err = netip.PrefixFrom(address, address.BitLen()), nil
		}
		switch {
		case err != nil:
			return no(part, "is no address and no network", "write it like 10.0.0.0/8 or ::1")
		case prefix.Addr().Is4In6():
			return no(part, "is an address of version 4 in the form of version 6", "write it like 10.0.0.0/8")
		case prefix != prefix.Masked():
			return no(part, "is an address within a network", "write the network, "+prefix.Masked().String()+", or the address alone")
		case prefix.Bits() == 0:
			return no(part, "is everybody, who could then claim any address", "write the networks of your proxies")
		}
		*n = append(*n, prefix)
	}
	return nil
}

// Contain says whether an address lies in one of the networks.
func (n Networks) Contain(address netip.Addr) bool {
	return slices.ContainsFunc(n, func(p netip.Prefix) bool { return p.Contains(address.Unmap()) })
}

// Domains are names of domains.
type Domains []string

func (d Domains) String() string { return strings.Join(d, ", ") }
func (Domains) may() string      { return "domains with commas, such as `example.org, example.ca`" }
func (Domains) isList()          {}

func (d *Domains) read(text string) error {
	*d = nil
	for _, part := range parts(text) {
		if !isName(part) || !strings.Contains(part, ".") {
			return no(part, "is no domain", "write what stands behind the @ of an address, such as example.org")
		}
		*d = append(*d, strings.ToLower(part))
	}
	return nil
}

// A Sender is whom letters come from.
type Sender struct{ mail.Address }

func (s Sender) String() string {
	plain := func(c rune) bool { return c == ' ' || c == '-' || unicode.IsLetter(c) || unicode.IsDigit(c) }
	switch name := s.Name; {
	case name == "":
		return s.Address.Address
	case strings.IndexFunc(name, func(c rune) bool { return !plain(c) }) < 0:
		return name + " <" + s.Address.Address + ">"
	}
	return s.Address.String()
}
func (Sender) may() string { return "`mentoring@example.org` or `Mentoring <mentoring@example.org>`" }

func (s *Sender) read(text string) error {
	address, err := mail.ParseAddress(text)
	if err != nil || strings.ContainsFunc(text+address.Name, unicode.IsControl) { // a name can hide a line break by its encoding
		return no(text, "is no e-mail address", "write it like mentoring@example.org or Mentoring <mentoring@example.org>")
	}
	s.Address = mail.Address{Name: strings.Join(strings.Fields(address.Name), " "), Address: address.Address}
	return nil
}

// An Age is a time span.
type Age time.Duration

func (a Age) String() string {
	hours := int(time.Duration(a) / time.Hour)
	if hours%24 == 0 {
		return strconv.Itoa(hours/24) + "d"
	}
	return strconv.Itoa(hours) + "h"
}
func (Age) may() string { return "hours or days, such as `36h` or `2d`, up to a year" }

func (a *Age) read(text string) error {
	number, unit := text[:len(text)-1], text[len(text)-1]
	n, err := strconv.ParseUint(number, 10, 16)
	hours := map[byte]uint64{'h': 1, 'd': 24}[unit] * n
	if err != nil || hours == 0 || hours > 366*24 {
		return no(text, "is no time span", "write hours or days, such as 36h or 2d, up to a year")
	}
	*a = Age(time.Duration(hours) * time.Hour)
	return nil
}

// Days are a number of days.
type Days int

func (d Days) String() string { return strconv.Itoa(int(d)) }
func (Days) may() string      { return "1 to 3650" }

func (d *Days) read(text string) error {
	n, err := strconv.ParseUint(text, 10, 16)
	if err != nil || n < 1 || n > 3650 {
		return no(text, "is no number of days", "write a whole number from 1 to 3650")
	}
	*d = Days(n)
	return nil
}

// parts are the parts of a list as it is written.
func parts(text string) (all []string) {
	for part := range strings.SplitSeq(text, ",") {
		all = append(all, strings.TrimSpace(part))
	}
	return all
}

func joined[T interface{ String() string }](list []T) string {
	words := make([]string, len(list))
	for k, one := range list {
		words[k] = one.String()
	}
	return strings.Join(words, ", ")
}
