package mail

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/wneessen/go-mail"
)

// Encryption says how the connection to a server is protected.
type Encryption string

// The ways. There is none that falls back to sending in the clear.
const (
	StartTLS  Encryption = "starttls" // begun on the connection; where the server does not offer it nothing is sent
	TLS       Encryption = "tls"      // from the first byte
	Cleartext Encryption = "none"     // for a server on the same machine
)

// A Relay sends through a server of mails (RFC 5321), one connection for each message.
type Relay struct {
	Host       string
	Port       int
	Encryption Encryption
	Name       string // of this machine, for the greeting; "": the machine's own
	User       string // "": the server asks for none
	Password   string
	Timeout    time.Duration // for one message from beginning to end; 0: a minute
	Roots      *tls.Config   // whom to trust; nil: whom the machine trusts
}

// The steps at which a server refuses a message or its reader, rather than this installation.
const (
	stepReader  = "RCPT TO"
	stepContent = "the message"
)

var stepOf = map[mail.SendErrReason]string{
	mail.ErrSMTPMailFrom:  "MAIL FROM",
	mail.ErrSMTPRcptTo:    stepReader,
	mail.ErrSMTPData:      "DATA",
	mail.ErrSMTPDataClose: stepContent,
}

// Send sends a message. A server that stops talking after it has taken the message has taken it.
func (r *Relay) Send(ctx context.Context, m Message) error {
	m, err := checked(m)
	if err != nil {
		return err
	}
	msg, err := compose(m)
	if err != nil {
		return err
	}
	timeout := r.Timeout
	if timeout == 0 {
		timeout = time.Minute
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	var line connection
	defer line.close()
	client, err := mail.NewClient(r.Host, r.options(ctx, &line, timeout)...)
	if err != nil {
		return &trouble{"settings", "the settings of the server of mails cannot be used"}
	}
	err = client.DialAndSendWithContext(ctx, msg)
	if msg.IsDelivered() {
		return nil
	}
	return r.saidNo(ctx, err)
}

// A connection is the one that a message goes over. The library leaves it open where a greeting or a handshake fails,
// and puts its deadline off at every step; so it is closed here, at the latest when the time is over.
type connection struct {
	open net.Conn
	stop func() bool
}

func (c *connection) close() {
	if c.open != nil {
		c.stop()
		_ = c.open.Close() // whatever was to be said has been said
	}
}

func (r *Relay) options(whole context.Context, line *connection, timeout time.Duration) []mail.Option {
	trusted := &tls.Config{}
	if r.Roots != nil {
		trusted = r.Roots.Clone()
	}
	trusted.ServerName, trusted.MinVersion = r.Host, tls.VersionTLS12
	dial := (&net.Dialer{}).DialContext
	if r.Encryption == TLS {
		dial = (&tls.Dialer{Config: trusted}).DialContext
	}
	options := []mail.Option{
		mail.WithPort(r.Port), mail.WithTimeout(timeout), mail.WithTLSConfig(trusted), mail.WithoutSMTPUTF8(),
		mail.WithDialContextFunc(func(ctx context.Context, network, address string) (net.Conn, error) {
			opened, err := dial(ctx, network, address)
			if err == nil {
				line.open, line.stop = opened, context.AfterFunc(whole, func() { _ = opened.Close() })
			}
			return opened, err
		}),
	}
	how := mail.SMTPAuthAutoDiscover
	switch r.Encryption {
	case TLS:
		options, how = append(options, mail.WithSSL()), mail.SMTPAuthPlain // the library finds out only over STARTTLS
	case Cleartext:
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if r.Name != "" {
		options = append(options, mail.WithHELO(r.Name))
	}
	if r.User != "" {
		options = append(options, mail.WithSMTPAuth(how), mail.WithUsername(r.User), mail.WithPassword(r.Password))
	}
	return options
}

// saidNo brings errors of the library, whose texts quote addresses and answers, to errors that name nobody.
func (r *Relay) saidNo(ctx context.Context, err error) error {
	failed := (*mail.SendError)(nil)
	network := net.Error(nil)
	switch {
	case err == nil:
		return &trouble{"unanswered", "the server of mails did not say that it took the message"}
	case errors.As(err, &failed) && failed.ErrorCode() != 0:
		return &Refusal{stepOf[failed.Reason], failed.ErrorCode(), failed.EnhancedStatusCode()}
	case ctx.Err() != nil, errors.As(err, &network) && network.Timeout():
		return &trouble{"slow", "the server of mails took too long"}
	case errors.As(err, &network):
		return &trouble{"unreachable", "the server of mails cannot be reached"}
	case failed != nil:
		return &trouble{"broken-off", "the connection to the server of mails broke off"}
	}
	return &trouble{"no-conversation", "the server of mails did not begin a conversation: its greeting, its encryption or its sign-in is not as the settings say"}
}

// compose writes a message down: plain text first, and the same with links and emphasis for those who want it.
func compose(m Message) (*mail.Msg, error) {
	name := sha256.Sum256([]byte(m.ID))
	msg := mail.NewMsg(mail.WithNoDefaultUserAgent(), mail.WithBoundary(fmt.Sprintf("chiron-%x", name[:16]))) // one by chance would make other bytes of the same message
	msg.FromMailAddress(&m.From)
	msg.ToMailAddress(&m.To)
	msg.Subject(m.Subject)
	msg.SetMessageIDWithValue(m.ID)
	msg.SetDateWithValue(m.At)
	// Not as headers that are formatted already: those are written in an order by chance.
	msg.SetGenHeader("Auto-Submitted", "auto-generated")             // so that absence notes do not answer (RFC 3834)
	msg.SetGenHeader("X-Auto-Response-Suppress", "OOF", "AutoReply") // nor those of Exchange; reports of failures may
	if m.Unsubscribe != "" {                                         // with one click (RFC 8058)
		if u, err := url.Parse(m.Unsubscribe); err != nil || u.Scheme != "https" && u.Scheme != "http" || strings.ContainsAny(m.Unsubscribe, " <>") {
			return nil, fmt.Errorf("%w: mails of its kind cannot be stopped at its address", errUnsendable)
		}
		msg.SetGenHeader(mail.HeaderListUnsubscribe, "<"+m.Unsubscribe+">")
		msg.SetGenHeader(mail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
	}
	msg.SetBodyString(mail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		msg.AddAlternativeString(mail.TypeTextHTML, m.HTML)
	}
	return msg, nil
}
