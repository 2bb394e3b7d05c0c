// Search measures what finding people costs, in the directory and in a program, beside a page by primary key in the same
// run, and prints tables in Markdown.
//
//	go run ./bench/search -people 20000
//	go run ./bench/search -people 200000 -folder /var/tmp/crowd -db postgres://localhost/empty
//
// The people are those of sample.Crowd, settled by the rules that hold for everybody. A folder that holds them already is
// taken as it is; an empty PostgreSQL database is filled from it. CPU seconds are those of the process, user and system;
// those of PostgreSQL's own processes are in the times only, on both sides.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"github.com/chiron-mentoring/chiron/bench/cpu"
	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/job"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/store"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench/search:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("bench/search", flag.ContinueOnError)
	folder := flags.String("folder", "", "where the people are kept in SQLite; without it, in a folder for the time being")
	address := flags.String("db", "", "a PostgreSQL database, empty or filled by this program; without it, SQLite alone is measured")
	people := flags.Int("people", 20_000, "how many people there are")
	rounds := flags.Int("rounds", 100, "how often each query is asked")
	if err := flags.Parse(args); err != nil {
		return err
	}
	ctx := context.Background()
	if *folder == "" {
		made, err := os.MkdirTemp("", "chiron-bench-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(made)
		*folder = made
	}
	_, missing := os.Stat(filepath.Join(*folder, store.DatabaseFile))
	here, err := store.Open(ctx, *folder)
	if err != nil {
		return err
	}
	defer func() { _ = here.Close() }()
	if missing != nil {
		begun := time.Now()
		if err := fill(ctx, peopleOf(here), *people); err != nil {
			return err
		}
		fmt.Fprintf(out, "SQLite was filled in %.0f s.\n", time.Since(begun).Seconds())
	}
	if err := measure(ctx, out, here, *rounds); err != nil || *address == "" {
		return err
	}
	there, err := store.Open(ctx, *address)
	if err != nil {
		return err
	}
	defer func() { _ = there.Close() }()
	if err := copyTo(ctx, here, there); err != nil {
		return err
	}
	return measure(ctx, out, there, *rounds)
}

// copyTo fills a store that is empty.
func copyTo(ctx context.Context, here, there *store.DB) error {
	n := 0
	err := there.View(ctx, func(tx *store.Tx) error {
		some, err := tx.Everybody("", 1)
		n = len(some)
		return err
	})
	if err != nil || n > 0 {
		return err
	}
	_, err = store.Copy(ctx, here, there)
	return err
}

func peopleOf(db *store.DB) *person.People {
	return person.New(db, job.New(db, time.Now, slog.New(slog.DiscardHandler)), nil, time.Now)
}

// visit begins a session of somebody who is nobody in the list.
func visit(ctx context.Context, db *store.DB) (account.Visit, error) {
	now, id := time.Now(), fmt.Sprint("viewer", time.Now().UnixNano())
	err := db.Update(ctx, func(tx *store.Tx) error {
		if err := tx.AddAccount(store.Account{ID: id, Language: "en", MadeAt: now}); err != nil {
			return err
		}
		return tx.AddSession(store.Session{ID: id, Hash: []byte(id), Account: id, MadeAt: now, ProvedAt: now, SeenAt: now, IdleEndsAt: now.AddDate(1, 0, 0), EndsAt: now.AddDate(1, 0, 0)})
	})
	return account.Visit{Actor: mentoring.Actor{Person: mentoring.PersonID(id)}, SessionID: id, Language: "en"}, err
}

// filters are three that leave few.
var filters = map[mentoring.Field][]string{
	mentoring.FieldLanguages: {"fr"}, mentoring.FieldOffers: {"research", "career_choice"}, "level": {"practising", "late_career"},
}

func measure(ctx context.Context, out io.Writer, db *store.DB, rounds int) error {
	p := peopleOf(db)
	v, err := visit(ctx, db)
	if err != nil {
		return err
	}
	before, begun, busy := heap(), time.Now(), cpu.Used()
	if err := p.Remember(ctx); err != nil {
		return err
	}
	took, busy := time.Since(begun), cpu.Used()-busy
	fmt.Fprintf(out, "\n%s. To read the directory into memory took %.1f s and %.1f s CPU; there it takes %.0f MB.\n\n",
		db.Engine, took.Seconds(), busy.Seconds(), heap()-before)
	fmt.Fprintf(out, "| query | found | CPU, ms | p50, ms | p99, ms | times the page by key |\n|---|---|---|---|---|---|\n")
	plain := 0.0
	for _, q := range []struct {
		name string
		ask  func() (int, error)
	}{
		{"page by primary key", pageByKey(ctx, db, v)},
		{"first page", asked(ctx, p, v, person.Filter{})},
		{"room", asked(ctx, p, v, person.Filter{Room: true})},
		{"three filters", asked(ctx, p, v, person.Filter{Codes: filters})},
		{"montreal", asked(ctx, p, v, person.Filter{Text: "montreal"})},
		{"tremblay helene", asked(ctx, p, v, person.Filter{Text: "tremblay helene"})},
		{"Tremblai", asked(ctx, p, v, person.Filter{Text: "Tremblai"})},
		{"m", asked(ctx, p, v, person.Filter{Text: "m"})},
		{"montreal, three filters", asked(ctx, p, v, person.Filter{Text: "montreal", Codes: filters})},
		{"Tremblai, three filters", asked(ctx, p, v, person.Filter{Text: "Tremblai", Codes: filters})},
		{"university, three filters", asked(ctx, p, v, person.Filter{Text: "university", Codes: filters})},
	} {
		c, err := costOf(q.ask, rounds)
		if err != nil {
			return err
		}
		if plain == 0 {
			plain = c.cpu
		}
		fmt.Fprintf(out, "| %s | %d | %.2f | %.2f | %.2f | %.2f |\n", q.name, c.found, c.cpu, c.p50, c.p99, c.cpu/plain)
	}
	if err := gather(ctx, db); err != nil {
		return err
	}
	if err := coordinates(ctx, db, v); err != nil {
		return err
	}
	return measureProgram(ctx, out, db, p, v, rounds)
}

// pageByKey reads a page of people in the order of the primary key, with all that a page of the list is made of, and
// makes nothing of it.
func pageByKey(ctx context.Context, db *store.DB, v account.Visit) func() (int, error) {
	return func() (n int, err error) {
		err = db.View(ctx, func(tx *store.Tx) error {
			if _, err := tx.Sessions(string(v.Actor.Person), time.Now()); err != nil {
				return err
			}
			ids, err := tx.Everybody("p000500", person.PageSize)
			n = len(ids)
			for _, id := range ids {
				if err == nil {
					err = readAll(tx, id)
				}
			}
			return err
		})
		return n, err
	}
}

func readAll(tx *store.Tx, id string) error {
	if _, err := tx.Person(id); err != nil {
		return err
	}
	if _, err := tx.Terms(id); err != nil {
		return err
	}
	if _, err := tx.Appointments(id); err != nil {
		return err
	}
	if _, err := tx.Aways(id); err != nil {
		return err
	}
	_, err := tx.Visibilities(id)
	return err
}

func asked(ctx context.Context, p *person.People, v account.Visit, f person.Filter) func() (int, error) {
	return func() (int, error) {
		l, err := p.Directory(ctx, v, f, "")
		return l.Total, err
	}
}

// A cost is what a query costs, in milliseconds.
type cost struct {
	found         int
	cpu, p50, p99 float64
}

func costOf(ask func() (int, error), rounds int) (c cost, err error) {
	return costBy(cpu.Used, ask, rounds)
}

// costBy is what a query costs by a clock of processor time.
func costBy(used func() time.Duration, ask func() (int, error), rounds int) (c cost, err error) {
	if _, err := ask(); err != nil {
		return c, err
	}
	runtime.GC()
	times := make([]time.Duration, rounds)
	before := used()
	for k := range times {
		begun := time.Now()
		if c.found, err = ask(); err != nil {
			return c, err
		}
		times[k] = time.Since(begun)
	}
	c.cpu = float64(used()-before) / float64(rounds) / 1e6
	slices.Sort(times)
	c.p50, c.p99 = float64(times[rounds/2])/1e6, float64(times[rounds*99/100])/1e6
	return c, nil
}

// heap is how much memory is in use, in MB.
func heap() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / 1e6
}
