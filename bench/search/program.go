package main

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"time"

	"github.com/chiron-mentoring/chiron/bench/cpu"
	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// program is one in which every tenth of the crowd is.
const program = "program"

// oneIn is how many of the crowd there are for each that is in the program.
const oneIn = 10

// gather makes the program, unless it is there, and puts people into it.
func gather(ctx context.Context, db *store.DB) error {
	there := false
	err := db.View(ctx, func(tx *store.Tx) error {
		_, err := tx.Program(program)
		there = err == nil
		if store.IsKind(err, store.NotFound) {
			return nil
		}
		return err
	})
	if err != nil || there {
		return err
	}
	var ids []string
	for more := true; more && err == nil; {
		err = db.View(ctx, func(tx *store.Tx) error {
			after := ""
			if len(ids) > 0 {
				after = ids[len(ids)-1]
			}
			some, err := tx.Everybody(after, lot)
			ids, more = append(ids, some...), len(some) == lot
			return err
		})
	}
	if err != nil {
		return err
	}
	return db.Update(ctx, func(tx *store.Tx) error {
		if err := tx.AddProgram(store.Program{ID: program, NameEn: "Program", NameFr: "Programme", MadeAt: time.Now()}); err != nil {
			return err
		}
		for k := 0; k < len(ids); k += oneIn {
			if _, err := tx.Enrol(store.Enrolment{Program: program, Person: ids[k], Since: time.Now()}); err != nil {
				return err
			}
		}
		return nil
	})
}

// coordinates lets a visitor coordinate the program.
func coordinates(ctx context.Context, db *store.DB, v account.Visit) error {
	return db.Update(ctx, func(tx *store.Tx) error {
		_, err := tx.AddCoordinator(program, string(v.Actor.Person), time.Now())
		return err
	})
}

// A listing is something that a coordinator asks of the list of the program.
type listing struct {
	name string
	person.Filter
}

// listings begin with what matters most: what is asked of the store before the directory is in memory is soon over.
var listings = []listing{
	{"montreal, three filters", person.Filter{Text: "montreal", Codes: filters}},
	{"Tremblai, three filters", person.Filter{Text: "Tremblai", Codes: filters}},
	{"first page", person.Filter{}},
	{"three filters", person.Filter{Codes: filters}},
	{"room", person.Filter{Room: true}},
	{"montreal", person.Filter{Text: "montreal"}},
	{"Tremblai", person.Filter{Text: "Tremblai"}},
}

// measureProgram measures the coordinator's list. First from the store, as it answers while the directory is read into
// memory in the background; so it is the measuring thread alone whose time counts. Then from memory.
func measureProgram(ctx context.Context, out io.Writer, db *store.DB, remembered *person.People, v account.Visit, rounds int) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	stored, err := fromStore(ctx, db, v)
	if err != nil {
		return err
	}
	plain, err := costBy(cpu.Thread, pageByKey(ctx, db, v), rounds)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "\n%s, the list of a program that one in %d is in, for its coordinator.\n\n", db.Engine, oneIn)
	fmt.Fprintf(out, "| query | found | from memory: CPU, ms | p50, ms | times the page by key | from the store: CPU, ms | took, ms | times |\n|---|---|---|---|---|---|---|---|\n")
	fmt.Fprintf(out, "| page by primary key | %d | %.2f | %.2f | 1.00 | | | |\n", plain.found, plain.cpu, plain.p50)
	for k, one := range listings {
		c, err := costBy(cpu.Thread, listed(ctx, remembered, v, one.Filter), rounds)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "| %s | %d | %.2f | %.2f | %.2f |", one.name, c.found, c.cpu, c.p50, c.cpu/plain.cpu)
		if k < len(stored) {
			fmt.Fprintf(out, " %.2f | %.2f | %.2f |\n", stored[k].cpu, stored[k].p50, stored[k].cpu/plain.cpu)
		} else {
			fmt.Fprintln(out, " | | |")
		}
	}
	return nil
}

// fromStore is what listings cost, each asked once, while the directory is not in memory yet: the first ones, as many as
// were asked by then. That it is there shows in a count: the store does not count that far.
func fromStore(ctx context.Context, db *store.DB, v account.Visit) (all []cost, err error) {
	p := peopleOf(db)
	for _, one := range listings {
		begun, busy := time.Now(), cpu.Thread()
		l, err := p.List(ctx, v, program, one.Filter, "")
		if err != nil {
			return nil, err
		}
		c := cost{found: l.Total, cpu: float64(cpu.Thread()-busy) / 1e6, p50: float64(time.Since(begun)) / 1e6}
		if l, err = p.List(ctx, v, program, person.Filter{}, ""); err != nil || !l.More {
			return all, err
		}
		all = append(all, c)
	}
	return all, nil
}

func listed(ctx context.Context, p *person.People, v account.Visit, f person.Filter) func() (int, error) {
	return func() (int, error) {
		l, err := p.List(ctx, v, program, f, "")
		return l.Total, err
	}
}
