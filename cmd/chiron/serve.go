package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/chiron-mentoring/chiron/internal/serve"
	"github.com/chiron-mentoring/chiron/match/run"
)

type serveCommand struct{}

func (*serveCommand) Help() string {
	return `Starts the web platform. Nothing need be set up before: everything is kept in the folder chiron-data, the keys lie in chiron-keys, and the first start prints a link for the first administrator.

For others to reach it, set url to the address that they type, and put a proxy in front that speaks https. Without a server of mails (mail.host) letters wait.

Stop it with Ctrl-C, or kill it: nothing that was answered is lost.

` + settingsHelp + `

Examples:

    chiron serve
    chiron serve --db postgres://chiron@db.example.org/chiron --url https://mentoring.example.org`
}

func (*serveCommand) Run(ctx context.Context, t *terminal) error {
	c, err := t.config()
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(t.stderr, &slog.HandlerOptions{Level: c.LogLevel.Slog()}))
	s, err := serve.Open(ctx, serve.Options{Config: c, Log: log, Now: time.Now, Program: strings.TrimSpace(run.ThisEngine().Version)})
	if err != nil {
		return &inputError{err}
	}
	if c.Mail.Host == "" {
		fmt.Fprintln(t.stdout, "No server of mails is set (mail.host): letters wait until there is one.")
	}
	return errors.Join(t.serve(ctx, s), s.Close())
}

// serve says where a server is, and keeps it running until it is interrupted.
func (t *terminal) serve(ctx context.Context, s *serve.Server) error {
	first, err := s.FirstLink(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(t.stdout, "Chiron is at %s\n", s.Config.URL)
	if first != "" {
		fmt.Fprintf(t.stdout, "\nThere is no administrator yet. Whoever opens this link within the hour becomes the first one:\n\n    %s\n\n", first)
	}
	return s.Run(ctx)
}
