// Pages measures what a page costs beside a bare handler that asks the same of the store in the same run, and prints a
// table in Markdown, with how long the server takes to start and how much memory it has when nothing happens.
//
//	go run ./bench/pages
//	go run ./bench/pages -db postgres://localhost/empty -people 5000
//
// Costs are CPU seconds of the process, user and system, for one page; those of PostgreSQL's own processes are not in
// them, for neither side. Of several rounds, in which both sides take turns, the medians count. The bare handler finds out
// who asks, calls the same activity, and writes what it gets as plain text: what a page costs above that is the site's
// own work, its components above all.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/chiron-mentoring/chiron/bench/cpu"
	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/config"
	"github.com/chiron-mentoring/chiron/internal/demo"
	"github.com/chiron-mentoring/chiron/internal/mail"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/serve"
	"github.com/chiron-mentoring/chiron/internal/web/page"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench/pages:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("bench/pages", flag.ContinueOnError)
	db := flags.String("db", "", "an empty PostgreSQL database; without it, SQLite in a folder for the time being")
	people := flags.Int("people", 2000, "how many people there are")
	rounds := flags.Int("rounds", 5, "how many rounds")
	pages := flags.Int("pages", 200, "how many pages of each kind in a round")
	if err := flags.Parse(args); err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "chiron-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	begun := time.Now()
	h, err := open(folder, *db, *people)
	if err != nil {
		return err
	}
	defer func() { _ = h.Close() }()
	fmt.Fprintf(out, "%s, %d people, %d rounds of %d pages; made in %.1f s\n\n", h.DB.Engine, *people, *rounds, *pages, time.Since(begun).Seconds())
	fmt.Fprintf(out, "| page | bytes | page, ms CPU | bare, ms CPU | ratio |\n|---|---|---|---|---|\n")
	for _, m := range h.measured() {
		if err := m.measure(out, h, *rounds, *pages); err != nil {
			return err
		}
	}
	return h.idle(out, folder, *db)
}

// A house is a server with people in it, one of whom has signed in.
type house struct {
	*serve.Server
	cookie string
	other  mentoring.PersonID // somebody whom they look at
}

func settings(folder, db string) (*config.Config, error) {
	source := filepath.Join(folder, "data")
	if db != "" {
		source = db
	}
	set := map[string]string{"db": source, "keys": filepath.Join(folder, "keys"), "backup-folder": filepath.Join(folder, "backups"), "listen": "127.0.0.1:0"}
	return config.Load(folder, nil, set)
}

// nothing is what a demonstration adds to the addresses; it has to add something to be one.
func nothing(*serve.Server) []page.Route { return nil }

func open(folder, db string, people int) (*house, error) {
	ctx := context.Background()
	c, err := settings(folder, db)
	if err != nil {
		return nil, err
	}
	s, err := serve.Open(ctx, serve.Options{Config: c, Log: slog.New(slog.DiscardHandler), Now: time.Now, Sender: &mail.Catcher{}, Notice: "demo.notice", More: nothing})
	if err != nil {
		return nil, err
	}
	school, err := demo.Open(ctx, s.Accounts, demo.Make{Seed: 1, People: people})
	if err != nil {
		return nil, err
	}
	h := &house{Server: s}
	var me mentoring.PersonID
	for _, m := range school.Members {
		switch {
		case me == "" && m.Way() == demo.Seeks:
			me = m.ID
		case h.other == "" && m.Way() == demo.Mentors:
			h.other = m.ID
		}
	}
	e, err := s.Accounts.EnterAs(ctx, account.Key{Remote: "127.0.0.1", Label: "bench"}, me)
	h.cookie = e.Cookie
	return h, err
}

// A kind of page, and what the bare handler asks and writes.
type kind struct {
	name, path string
	bare       func(ctx context.Context, v account.Visit, w io.Writer) error
}

func (h *house) measured() []kind {
	return []kind{
		{"list", "/people", func(ctx context.Context, v account.Visit, w io.Writer) error {
			l, err := h.People.Directory(ctx, v, person.Filter{}, "")
			for _, card := range l.Cards {
				fmt.Fprintf(w, "%s %v %v %v\n", card.ID, card.Profile, card.Reasons, card.Gaps)
			}
			fmt.Fprintln(w, l.Total, l.Facets)
			return err
		}},
		{"profile", "/people/" + string(h.other), func(ctx context.Context, v account.Visit, w io.Writer) error {
			p, err := h.People.Show(ctx, v, h.other, person.Context{})
			fmt.Fprintln(w, p)
			return err
		}},
		{"trail", "/account/trail", func(ctx context.Context, v account.Visit, w io.Writer) error {
			trail, err := h.Accounts.Trail(ctx, v, account.Event{}, 50)
			for _, e := range trail {
				fmt.Fprintln(w, e)
			}
			return err
		}},
	}
}

// measure prints a row.
func (k kind) measure(out io.Writer, h *house, rounds, pages int) error {
	bare := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v, err := h.Accounts.Visit(r.Context(), h.cookie)
		if err == nil {
			err = k.bare(r.Context(), v, w)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})
	size := 0
	ask := func(handler http.Handler) error {
		r := httptest.NewRequest(http.MethodGet, h.Config.URL.String()+k.path, nil)
		r.AddCookie(&http.Cookie{Name: "chiron", Value: h.cookie})
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if size = w.Body.Len(); w.Code != http.StatusOK {
			return fmt.Errorf("%s answers %d: %s", k.path, w.Code, strings.TrimSpace(w.Body.String()))
		}
		return nil
	}
	cost := func(handler http.Handler) (float64, error) {
		runtime.GC()
		before := cpu.Used()
		for range pages {
			if err := ask(handler); err != nil {
				return 0, err
			}
		}
		return (cpu.Used() - before).Seconds() * 1000 / float64(pages), nil
	}
	var ours, theirs []float64
	for range rounds {
		for handler, costs := range map[string]*[]float64{"page": &ours, "bare": &theirs} {
			which := h.Pages()
			if handler == "bare" {
				which = bare
			}
			c, err := cost(which)
			if err != nil {
				return err
			}
			*costs = append(*costs, c)
		}
	}
	if err := ask(h.Pages()); err != nil {
		return err
	}
	slices.Sort(ours)
	slices.Sort(theirs)
	whole, other := ours[len(ours)/2], theirs[len(theirs)/2]
	_, err := fmt.Fprintf(out, "| %s | %d | %.2f | %.2f | %.2f |\n", k.name, size, whole, other, whole/other)
	return err
}

// idle prints how long an installation that is there takes to start, and what it holds of memory when nothing happens.
func (h *house) idle(out io.Writer, folder, db string) error {
	if err := h.Close(); err != nil {
		return err
	}
	c, err := settings(folder, db)
	if err != nil {
		return err
	}
	begun := time.Now()
	s, err := serve.Open(context.Background(), serve.Options{Config: c, Log: slog.New(slog.DiscardHandler), Now: time.Now, Notice: "demo.notice", More: nothing})
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	started := time.Since(begun)
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	_, err = fmt.Fprintf(out, "\nAn installation that is there starts in %v; idle, its heap is %.1f MB.\n", started.Round(time.Millisecond), float64(m.HeapAlloc)/1e6)
	return err
}
