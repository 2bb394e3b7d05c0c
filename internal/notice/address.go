package notice

import (
	"net/mail"
	"strings"

	"golang.org/x/net/idna"
)

// MostAddress is how long an address can be (RFC 5321, 4.5.3.1.3).
const MostAddress = 254

// ReadAddress reads an address as somebody typed it. Its two forms are the one that mails go to and the one in which
// addresses are compared: without spaces around it, in small letters, the name of the host as the Internet knows it.
// What stands before the @ and looks alike is not alike: jo+a and jo, and letters of another alphabet, which are refused.
func ReadAddress(typed string) (address, folded string, right bool) {
	typed = strings.TrimSpace(typed)
	local, host, found := strings.Cut(typed, "@")
	host = strings.TrimSuffix(host, ".")
	if !found || local == "" || len(typed) > 2*MostAddress {
		return "", "", false
	}
	ascii, err := idna.Lookup.ToASCII(host)
	if err != nil || !strings.Contains(ascii, ".") {
		return "", "", false
	}
	address = local + "@" + ascii
	for _, r := range address {
		if r <= ' ' || r > '~' || strings.ContainsRune(`"(),:;<>[\]`, r) {
			return "", "", false
		}
	}
	parsed, err := mail.ParseAddress("<" + address + ">")
	if err != nil || parsed.Address != address || len(address) > MostAddress {
		return "", "", false
	}
	return address, Fold(address), true
}

// Fold is the form in which addresses that were read are compared.
func Fold(address string) string { return strings.ToLower(address) }
