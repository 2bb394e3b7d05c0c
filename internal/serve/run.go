package serve

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/chiron-mentoring/chiron/internal/config"
	"github.com/chiron-mentoring/chiron/internal/mail"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// How many letters and other promised work are done at once, and how often the house looks after itself.
const (
	workers      = 4
	sealEvery    = 5 * time.Second
	roomEvery    = 10 * time.Second
	sweepEvery   = time.Hour
	collectEvery = 20 * time.Second
	rotateEvery  = time.Minute
	forgetEvery  = 24 * time.Hour
)

// How long a client may take. Who sends slowly holds a connection, and nothing else.
const (
	headTime   = 10 * time.Second
	readTime   = 60 * time.Second
	writeTime  = 120 * time.Second
	idleTime   = 120 * time.Second
	mostHead   = 32 << 10
	lastWishes = 5 * time.Second // for answers that are under way when the house closes
)

// The doors are where the house listens: for pages and, if the settings ask for it, for those who collect measurements.
type doors struct{ pages, measures net.Listener }

func listen(c *config.Config) (d doors, err error) {
	if d.pages, err = net.Listen("tcp", c.Listen.String()); err != nil {
		return d, fmt.Errorf("listen at %s: %w. Set listen to an address of this machine that is free", c.Listen, err)
	}
	if c.Metrics != "" {
		if d.measures, err = net.Listen("tcp", c.Metrics.String()); err != nil {
			return d, fmt.Errorf("listen at %s: %w. Set metrics to an address of this machine that is free", c.Metrics, err)
		}
	}
	return d, nil
}

func (d doors) close() error {
	var all []error
	for _, door := range []net.Listener{d.pages, d.measures} {
		if door == nil {
			continue
		}
		if err := door.Close(); !errors.Is(err, net.ErrClosed) {
			all = append(all, err)
		}
	}
	return errors.Join(all...)
}

// Run answers at the doors, and does the work that was promised, until ctx ends.
func (s *Server) Run(ctx context.Context) error {
	inside, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	var work sync.WaitGroup
	work.Go(func() { s.Queue.Run(inside, workers) })
	work.Go(func() { s.every(inside, sealEvery, "seal the audit log", s.seal) })
	work.Go(func() { s.every(inside, rotateEvery, "change keys", s.rotate) })
	work.Go(func() { s.every(inside, forgetEvery, "forget what is kept no longer", s.forget) })
	work.Go(func() { s.every(inside, sweepEvery, "bring lists to the day", s.toTheDay) })
	work.Go(func() { s.every(inside, roomEvery, "look at the room on the disk", s.lookAtRoom) })
	work.Go(func() { s.every(inside, sweepEvery, "sweep", s.Accounts.Sweep) })
	if from := mail.Maildir(s.Config.Bounces()); from != "" {
		work.Go(func() {
			s.every(inside, collectEvery, "take in letters that came back", func(ctx context.Context) error { return s.Post.Collect(ctx, from) })
		})
	}

	ended := make(chan error, 2)
	open := []*http.Server{s.server(s.healthy(s.pages))}
	go func() { ended <- open[0].Serve(s.doors.pages) }()
	if s.doors.measures != nil {
		open = append(open, s.server(s.measurements()))
		go func() { ended <- open[1].Serve(s.doors.measures) }()
	}
	var err error
	select {
	case <-ctx.Done():
	case err = <-ended:
	}
	last, done := context.WithTimeout(context.WithoutCancel(ctx), lastWishes)
	defer done()
	for _, server := range open {
		_ = server.Shutdown(last)
	}
	stop()
	work.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

func (s *Server) server(h http.Handler) *http.Server {
	return &http.Server{
		Handler: h, ReadHeaderTimeout: headTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
		MaxHeaderBytes: mostHead, ErrorLog: slog.NewLogLogger(discardAddresses{s.Log.Handler()}, slog.LevelDebug),
	}
}

// every does something again and again. What fails is logged, and done again the next time.
func (s *Server) every(ctx context.Context, wait time.Duration, what string, do func(context.Context) error) {
	for {
		if err := do(ctx); err != nil && ctx.Err() == nil {
			level := slog.LevelError
			if store.IsKind(err, store.Unavailable) {
				level = slog.LevelWarn
			}
			s.Log.LogAttrs(ctx, level, "the house could not look after itself", slog.String("work", what), slog.String("error", err.Error()))
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}

// seal seals all events that wait.
func (s *Server) seal(ctx context.Context) error {
	for {
		if n, err := s.Sealer.Seal(ctx); n == 0 || err != nil {
			return err
		}
	}
}

// rotate takes a new key into use when it begins, and seals with it what an older one sealed.
func (s *Server) rotate(ctx context.Context) error {
	done, err := s.Vault.Rotate(ctx)
	if done.Resealed > 0 {
		s.Log.LogAttrs(ctx, slog.LevelInfo, "values were sealed with a newer key", slog.String("key", done.Key), slog.Int("values", done.Resealed))
	}
	return err
}

// forget deletes what is kept no longer than its time.
func (s *Server) forget(ctx context.Context) error {
	return errors.Join(s.Characteristics.Sweep(ctx), s.Privacy.Sweep(ctx))
}

// refreshed is the setting that says up to which day lists are true: appointments begin and end by days.
const refreshed = "people.refreshed"

// toTheDay brings lists to the day, once in each, also after days on which the house was closed.
func (s *Server) toTheDay(ctx context.Context) error {
	today := mentoring.DayOf(s.Now())
	until := mentoring.DayOf(time.Time{})
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		kept, err := tx.Setting(refreshed)
		if store.IsKind(err, store.NotFound) {
			return nil
		}
		until = mentoring.Day(kept)
		return err
	})
	if err != nil || until >= today {
		return err
	}
	if err := s.People.Refresh(ctx, until, today); err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *store.Tx) error { return tx.PutSetting(refreshed, string(today)) })
}

// discardAddresses keeps what net/http says of a connection out of the log but for the fact: it names addresses.
type discardAddresses struct{ slog.Handler }

func (h discardAddresses) Handle(ctx context.Context, r slog.Record) error {
	return h.Handler.Handle(ctx, slog.NewRecord(r.Time, r.Level, "a connection broke off", r.PC))
}
