package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/chiron-mentoring/chiron/internal/mail"
)

type bounceCommand struct{}

func (*bounceCommand) Help() string {
	return `Reads one mail, as a server of mails hands it to a program, and keeps it for "chiron serve" if it says that a letter came back. Absence notes, receipts, reports that a letter is late and everything else are thrown away. It writes nothing, so that nothing goes back to whoever sent the mail.

It writes into the folder of the setting mail.bounces, and needs to be allowed to. When it cannot, it ends with 75, at which servers of mails try again later.

` + settingsHelp + `

Examples:

    chiron bounce --mail-bounces /var/spool/chiron < message
    echo 'chiron-bounces: "|/usr/local/bin/chiron bounce --mail-bounces /var/spool/chiron"' >> /etc/aliases`
}

func (*bounceCommand) Run(_ context.Context, t *terminal) error {
	c, err := t.config()
	if err != nil {
		return fmt.Errorf("%w: %w", errLater, err) // the mail is nobody's fault, and must not be lost
	}
	if c.Bounces() == "" {
		return fmt.Errorf("%w: there is no folder for what comes back; name one in the configuration, under mail.bounces", errLater)
	}
	var kept bytes.Buffer
	_, err = mail.ReadBounce(io.TeeReader(t.stdin, &most{&kept, mail.MostBounce}))
	switch {
	case errors.Is(err, mail.ErrNoBounce):
		return nil
	case err != nil:
		return fmt.Errorf("%w: %w", errLater, err)
	}
	into := mail.Maildir(c.Bounces())
	if err := errors.Join(into.Make(), into.Put(&kept)); err != nil {
		return fmt.Errorf("%w: %w", errLater, err)
	}
	return nil
}

// most passes on the beginning of what is written to it.
type most struct {
	to   io.Writer
	left int
}

func (m *most) Write(data []byte) (int, error) {
	head := data[:min(len(data), m.left)]
	m.left -= len(head)
	if _, err := m.to.Write(head); err != nil {
		return 0, err
	}
	return len(data), nil
}
