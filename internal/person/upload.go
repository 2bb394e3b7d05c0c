package person

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/match/roster"
)

// A Diff is what an uploaded list would change, cell by cell.
type Diff struct {
	Headings       []Heading // as what each column was read
	Added, Changed []RowDiff // of those added, who will be invited
	Removed        []RowDiff // people who are not in the list any more; nothing happens to them unless it is asked for
	Same           int
	Known          int       // addresses that were invited before, or of people in the program
	Left           []Problem // cells of which nothing is taken, though somebody wrote into them; they stand against nothing
	Problems       []Problem
	Seen           string // what was seen, so that nothing else is applied
}

// None says that nothing would change and nothing is wrong.
func (d Diff) None() bool { return len(d.Added)+len(d.Changed)+len(d.Removed)+len(d.Problems) == 0 }

// A RowDiff is a row with its changes.
type RowDiff struct {
	Row   int // as the spreadsheet shows it; 0: of those removed
	ID    mentoring.PersonID
	Name  string
	Cells []CellDiff
}

// A CellDiff is a cell that changes. Column is such as "given".
type CellDiff struct{ Column, Was, Becomes string }

// mostUploaded is how many people a list may have.
const mostUploaded = 20_000

// ReadPeople compares an uploaded list with the people of a program, for a coordinator, and changes nothing. A row with an
// id is about somebody who is in the program; one without is about somebody to be invited, by their address. Columns that
// it does not know, or of which no change is taken, are left alone. Whoever is shown by it can read in their trail that it
// happened.
func (p *People) ReadPeople(ctx context.Context, v account.Visit, program mentoring.ProgramID, file roster.Input) (d Diff, err error) {
	if err := p.mayIn(ctx, v, mentoring.ChangePeople, program); err != nil {
		return d, err
	}
	s, problems := sheetOf(file, columnNames)
	if problems != nil {
		return Diff{Problems: problems}, nil
	}
	err = p.view(ctx, v, func(w *work) error {
		if err := mentoring.May(w.actor, mentoring.ChangePeople, settings(program)).Refused(); err != nil {
			return err
		}
		plan, err := w.plan(s, program)
		d = plan.Diff
		return err
	})
	if err != nil {
		return Diff{}, err
	}
	var shown []string
	for _, one := range slices.Concat(d.Changed, d.Removed) {
		shown = append(shown, string(one.ID))
	}
	if err := p.logShown(ctx, v, mentoring.ChangePeople, program, shown); err != nil {
		return Diff{}, err
	}
	return d, nil
}

// logShown logs whom the visitor was shown of a program by doing something in it.
func (p *People) logShown(ctx context.Context, v account.Visit, action mentoring.Action, program mentoring.ProgramID, shown []string) error {
	if len(shown) == 0 {
		return nil
	}
	return p.act(ctx, v, action, settings(program), func(w *work) error {
		return w.log("person.list", "program settings", string(program), nil, nil, shown...)
	})
}

// ApplyPeople applies an uploaded list as it was seen, all of it or nothing, and returns the id by which it can be undone.
// Where something was changed meanwhile it is a Conflict, and the difference is to be looked at again. With end, those who
// are not in the list any more leave the program; their accounts and profiles stay theirs.
func (p *People) ApplyPeople(ctx context.Context, v account.Visit, program mentoring.ProgramID, file roster.Input, seen string, end bool) (id string, err error) {
	if err := p.mayIn(ctx, v, mentoring.ChangePeople, program); err != nil {
		return "", err
	}
	s, problems := sheetOf(file, columnNames)
	if problems != nil {
		return "", invalid("import.problems", "n", len(problems))
	}
	id = rand.Text()
	err = p.act(ctx, v, mentoring.ChangePeople, settings(program), func(w *work) error {
		plan, err := w.plan(s, program)
		switch {
		case err != nil:
			return err
		case len(plan.Problems) > 0 && plan.Seen == seen:
			return invalid("import.problems", "n", len(plan.Problems))
		case plan.Seen != seen:
			return conflict("import.changed-meanwhile")
		case len(plan.invite)+len(plan.change) == 0 && (!end || len(plan.remove) == 0):
			return invalid("import.nothing")
		}
		return w.carryOut(plan, id, program, end)
	})
	if err != nil {
		return "", err
	}
	return id, nil
}

// digestOf is what a difference says, in short.
func digestOf(d any) string {
	sum := sha256.Sum256(said(d))
	return hex.EncodeToString(sum[:16])
}

// A plan is a difference with what it takes to carry it out.
type plan struct {
	Diff
	invite []store.Invitation
	change []kept
	remove []string
}

// A before is what undoing a batch of people takes, of one person or one invitation.
type before struct {
	ID            string                  `json:",omitempty"`
	Invitation    string                  `json:",omitempty"` // that was sent
	Out           int64                   `json:",omitempty"` // since when somebody was in the program who was taken out, in microseconds
	Given, Family string                  `json:",omitempty"`
	Appointments  []mentoring.Appointment `json:",omitempty"`
	State         string                  `json:",omitempty"` // what a list changes, as it was after the change
}

// state is what a list changes of somebody, in short: what else they change does not stand against undoing it.
func (k *kept) state() string {
	appointments := append([]mentoring.Appointment{}, k.Appointments...) // in whichever order, and none is none
	slices.SortFunc(appointments, func(a, b mentoring.Appointment) int { return cmp.Compare(a.ID, b.ID) })
	return digestOf([]any{k.Given, k.Family, appointments})
}

// carryOut changes people, invites those who are new, and keeps what undoing takes.
func (w *work) carryOut(p plan, id string, program mentoring.ProgramID, end bool) error {
	var undo []before
	people := map[string]bool{}
	for _, i := range p.invite {
		i.Program = string(program)
		sent, err := w.invite(&i)
		if err != nil {
			return err
		}
		if !sent {
			return conflict("import.changed-meanwhile")
		}
		undo = append(undo, before{Invitation: i.ID})
	}
	for _, n := range p.change {
		old, err := w.load(n.id)
		if err != nil {
			return err
		}
		if err := w.put(&n); err != nil {
			return err
		}
		undo = append(undo, before{ID: n.id, Given: old.Given, Family: old.Family, Appointments: old.Appointments, State: n.state()})
		people[n.id] = true
	}
	if end {
		for _, one := range p.remove {
			since, err := w.enrolledSince(one, string(program))
			if err != nil {
				return err
			}
			if err := w.takeOut(string(program), one); err != nil {
				return err
			}
			undo, people[one] = append(undo, before{ID: one, Out: since.UnixMicro()}), true
		}
	}
	return w.keepBatch(id, "people", program, undo, people)
}

func (w *work) enrolledSince(id, program string) (time.Time, error) {
	all, err := w.EnrolmentsOf(id)
	for _, e := range all {
		if e.Program == program {
			return e.Since, err
		}
	}
	return time.Time{}, cmp.Or(err, error(conflict("import.changed-meanwhile")))
}
