// Package mail hands messages to a server of mails, or keeps them in memory where there is none. It knows nothing of what
// they say or why they are sent: words come from internal/notice, and so does the decision to try again.
//
// A message is sent with the Message-ID that it was given, so that sending it twice can be seen to be the same message.
// What goes into headers cannot break out of them: control characters are taken out before anything is encoded.
package mail

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"strings"
	"time"
	"unicode"
)

// A Message is one mail to one reader.
type Message struct {
	ID          string // Message-ID, without angle brackets
	At          time.Time
	From, To    mail.Address
	Subject     string
	Text, HTML  string
	Unsubscribe string // an https address at which one POST, without a sign-in, stops mails of this kind; "": they cannot be stopped
}

// A Sender sends messages. It returns nil when somebody else has taken responsibility for the message, and otherwise an
// error that names nobody. One for which [IsPermanent] is true will come again however often it is tried.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

// A Refusal is a server's no, in its codes: its words may quote addresses.
type Refusal struct {
	Step     string // at which the server said no, such as "RCPT TO"
	Code     int    // of RFC 5321, such as 550
	Enhanced string // of RFC 3463, such as 5.1.1; "": the server gave none
}

func (r *Refusal) Error() string {
	return strings.TrimSpace(fmt.Sprintf("the server of mails answered %d %s", r.Code, r.Enhanced)) + " to " + r.Step
}

// A trouble is an error that no server has a code for.
type trouble struct{ code, text string }

func (t *trouble) Error() string { return t.text }

// errUnsendable is a message that no server would take.
var errUnsendable = &trouble{"unsendable", "the message cannot be sent as it is"}

// Code is what went wrong in a word, for whoever looks after the installation: the codes of a server, such as "550 5.1.1";
// or one of [Codes].
func Code(err error) string {
	r, t := (*Refusal)(nil), (*trouble)(nil)
	switch {
	case errors.As(err, &r):
		return strings.TrimSpace(fmt.Sprintf("%d %s", r.Code, r.Enhanced))
	case errors.As(err, &t):
		return t.code
	}
	return "unclear"
}

// Codes are the words of [Code] besides the codes of servers.
var Codes = []string{"unsendable", "no-server", "settings", "unanswered", "slow", "unreachable", "broken-off", "no-conversation", "unclear"}

// IsPermanent says whether an error will not go away by trying again.
func IsPermanent(err error) bool {
	r := (*Refusal)(nil)
	return errors.Is(err, errUnsendable) || errors.As(err, &r) && r.Code >= 500 && !ofConfiguration(r)
}

// IsUnknownReader says whether a server refused because of who the reader is: there is no such mailbox, or it takes
// nothing. Nothing more need be sent there that nobody waits for.
func IsUnknownReader(err error) bool {
	r := (*Refusal)(nil)
	return errors.As(err, &r) && r.Step == stepReader && IsPermanent(err) && (r.Enhanced == "" || noReader(r.Enhanced))
}

// ofConfiguration says whether a refusal is about this installation rather than the message: who looks after it can mend
// that while the message waits (530 to 538 are about signing in and encryption, RFC 4954 and 3207; 5.7.x about policy).
func ofConfiguration(r *Refusal) bool {
	return r.Code >= 530 && r.Code <= 538 || r.Step != stepReader && r.Step != stepContent
}

// plain is a text for a header: one line, nothing that turns the direction of writing or is not seen, and nothing that
// is written as if it were encoded (RFC 2047), for a reader to decode into what was just taken out.
func plain(text string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r), r == '\u2028', r == '\u2029':
			return ' '
		case unicode.Is(unicode.Bidi_Control, r), r == unicode.ReplacementChar, r == '\ufeff', r == '\u200b':
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))), " "), "=?", "= ?")
}

// checked is the message with everything that goes into headers made plain. Addresses and the Message-ID, which must be
// right to the letter, are refused in place of being mended.
func checked(m Message) (Message, error) {
	m.Subject, m.From.Name, m.To.Name = plain(m.Subject), plain(m.From.Name), plain(m.To.Name)
	for what, address := range map[string]string{"sender": m.From.Address, "reader": m.To.Address} {
		if parsed, err := mail.ParseAddress("<" + address + ">"); err != nil || parsed.Address != address || !visible(address) {
			return m, fmt.Errorf("%w: the %s has no right address", errUnsendable, what)
		}
	}
	local, host, _ := strings.Cut(m.ID, "@")
	switch {
	case local == "" || host == "" || strings.Contains(host, "@") || strings.ContainsAny(m.ID, "<>") || !visible(m.ID):
		return m, fmt.Errorf("%w: it has no Message-ID", errUnsendable)
	case m.Unsubscribe != "" && (!strings.HasPrefix(m.Unsubscribe, "https://") || strings.ContainsAny(m.Unsubscribe, "<> ,") || !visible(m.Unsubscribe)):
		return m, fmt.Errorf("%w: mails of its kind cannot be stopped at its address", errUnsendable)
	case m.Text == "":
		return m, fmt.Errorf("%w: it says nothing", errUnsendable)
	}
	return m, nil
}

// visible says whether a text is of ASCII characters that are seen, which are all that addresses need.
func visible(text string) bool {
	for _, r := range text {
		if r <= ' ' || r > '~' {
			return false
		}
	}
	return text != ""
}
