package notice

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strings"
)

// Secrets make the tokens and codes that letters carry from ids and a key that is kept outside the database. So a letter
// says the same however often it is sent, and who reads the whole database, outbox included, can open nothing with it.
type Secrets struct{ key [32]byte }

// NewSecrets makes secrets from a key of 32 random bytes. With another key, links that are under way open nothing any
// more.
func NewSecrets(key [32]byte) Secrets { return Secrets{key} }

// Lengths of tokens: 128 bits.
const tokenBytes = 16

// Token is what the link of an id carries in its address: 22 characters.
func (s Secrets) Token(link string) string {
	return base64.RawURLEncoding.EncodeToString(s.sum("token", link)[:tokenBytes])
}

// Code is what can be typed in place of following the link of an id: eight digits.
func (s Secrets) Code(link string) string {
	return fmt.Sprintf("%08d", binary.BigEndian.Uint64(s.sum("code", link))%100_000_000)
}

// Name is a name for something that must not be kept in the open, such as the address of a stranger.
func (s Secrets) Name(of, value string) string {
	return of + ":" + base64.RawURLEncoding.EncodeToString(s.sum("name "+of, value)[:tokenBytes])
}

// stop is the token that stops letters like one.
func (s Secrets) stop(letter string) string {
	return letter + "." + base64.RawURLEncoding.EncodeToString(s.sum("stop", letter)[:tokenBytes])
}

// letterOf is the letter whose token it is.
func (s Secrets) letterOf(token string) (letter string, right bool) {
	letter, _, _ = strings.Cut(token, ".")
	return letter, hmac.Equal([]byte(token), []byte(s.stop(letter)))
}

func (s Secrets) sum(use, of string) []byte {
	h := hmac.New(sha256.New, s.key[:])
	h.Write([]byte("chiron/v1/" + use + "\x00" + of))
	return h.Sum(nil)
}
