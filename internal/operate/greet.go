package operate

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/smtp"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	"github.com/chiron-mentoring/chiron/internal/config"
)

// greeting is how long a server of mails may take for all of it.
const greeting = 15 * time.Second

// greet connects to the server of mails, protects the connection as the settings say, signs in if they say so, and takes
// its leave (RFC 5321). It says what went well. No letter is begun.
func greet(ctx context.Context, m *config.Mail) (said string, err error) {
	ctx, cancel := context.WithTimeout(ctx, greeting)
	defer cancel()
	address := net.JoinHostPort(m.Host.String(), m.Port.String())
	trusted := &tls.Config{ServerName: m.Host.String(), MinVersion: tls.VersionTLS12}
	line, err := dial(ctx, address, m.TLS, trusted)
	if err != nil {
		return "", fmt.Errorf("the server of mails at %s cannot be reached: %s", address, plainly(err))
	}
	defer line.Close()
	stop := context.AfterFunc(ctx, func() { line.Close() })
	defer stop()
	c, err := smtp.NewClient(line, m.Host.String())
	if err != nil {
		return "", fmt.Errorf("the server of mails at %s does not greet: %s", address, plainly(err))
	}
	if m.TLS == config.StartTLS {
		if offered, _ := c.Extension("STARTTLS"); !offered {
			return "", fmt.Errorf("the server of mails at %s does not offer STARTTLS, so nothing would be sent", address)
		}
		if err := c.StartTLS(trusted); err != nil {
			return "", fmt.Errorf("the connection to the server of mails at %s cannot be protected: %s", address, plainly(err))
		}
	}
	said = "the server of mails at " + address + " greets"
	signedIn, err := signIn(c, m)
	if err != nil {
		return "", fmt.Errorf("the server of mails at %s %w", address, err)
	}
	_ = c.Quit() // it has greeted, whatever it says to that
	return said + signedIn, nil
}

func dial(ctx context.Context, address string, how config.TLS, trusted *tls.Config) (net.Conn, error) {
	if how == config.Always {
		return (&tls.Dialer{Config: trusted}).DialContext(ctx, "tcp", address)
	}
	return (&net.Dialer{}).DialContext(ctx, "tcp", address)
}

// signIn tries name and password where the server takes them in the plainest way (RFC 4616), which nearly all do.
func signIn(c *smtp.Client, m *config.Mail) (said string, err error) {
	if m.User == "" {
		return "", nil
	}
	if offered, ways := c.Extension("AUTH"); !offered || !strings.Contains(" "+ways+" ", " PLAIN ") {
		return "; signing in was not tried", nil
	}
	password, err := m.Password.Reveal()
	if err != nil {
		return "", fmt.Errorf("was not asked to let us in: %w", err)
	}
	if err := c.Auth(smtp.PlainAuth("", m.User.String(), password, m.Host.String())); err != nil {
		return "", fmt.Errorf("does not let us in: %s; look at mail.user and mail.password-file", plainly(err))
	}
	return " and lets us in", nil
}

// plainly is what an error of the network says, of a server's answer only the number: its words may quote names.
func plainly(err error) string {
	answer := (*textproto.Error)(nil)
	network := net.Error(nil)
	switch {
	case errors.As(err, &answer):
		return "it answers " + strconv.Itoa(answer.Code)
	case errors.As(err, &network) && network.Timeout(), errors.Is(err, net.ErrClosed):
		return "it takes too long"
	}
	return err.Error()
}
