package person

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// UndoFor is how long an import can be undone. Then what undoing takes is forgotten, and the import with it.
const UndoFor = 7 * 24 * time.Hour

// A Batch is a change of many people at once from a file.
type Batch struct {
	ID     string
	Kind   string             // "people" or "rotation"
	By     mentoring.PersonID // "": somebody who has erased their account
	Name   string             // of whoever did it, if they coordinate the program
	At     time.Time
	Undone bool
	Until  time.Time // until when it can be undone

	// How many there were of each. Of what was undone that is forgotten.
	Changed, Invited, Out int // people changed, invited and taken out of the program
	Edges                 int // positions of a rotation list
}

// MayUndo says whether a batch can still be undone.
func (b Batch) MayUndo(now time.Time) bool { return !b.Undone && !now.After(b.Until) }

// mostBatches is how many are listed.
const mostBatches = 50

// Batches lists what was imported into a program, the latest first.
func (p *People) Batches(ctx context.Context, v account.Visit, program mentoring.ProgramID) (all []Batch, err error) {
	err = p.view(ctx, v, func(w *work) error {
		if err := mentoring.May(w.actor, mentoring.ChangePeople, settings(program)).Refused(); err != nil {
			return err
		}
		rows, err := w.Tx.Batches(string(program), mostBatches)
		if err != nil {
			return err
		}
		for _, row := range rows {
			one, err := w.batch(row.ID, program)
			if err != nil {
				return err
			}
			all = append(all, one.Batch)
		}
		return nil
	})
	return all, err
}

// An undoing is a batch with what undoing it takes.
type undoing struct {
	Batch
	people []before
	edges  []string // ids
}

// batch is one of a program. There is none for whoever asks in another.
func (w *work) batch(id string, program mentoring.ProgramID) (u undoing, err error) {
	row, err := w.Batch(id)
	if err == nil && row.Program != string(program) {
		err = mentoring.NotHere()
	}
	if err != nil {
		return u, here(err)
	}
	u.Batch = Batch{ID: row.ID, Kind: row.Kind, By: mentoring.PersonID(row.By), At: row.MadeAt, Undone: !row.UndoneAt.IsZero(), Until: row.MadeAt.Add(UndoFor)}
	if u.Name, err = w.coordinatorsName(row.By, program); err != nil || row.Before == "" {
		return u, err
	}
	if row.Kind == "rotation" {
		err = json.Unmarshal([]byte(row.Before), &u.edges)
		u.Edges = len(u.edges)
		return u, err
	}
	err = json.Unmarshal([]byte(row.Before), &u.people)
	for _, was := range u.people {
		switch {
		case was.Invitation != "":
			u.Invited++
		case was.Out != 0:
			u.Out++
		default:
			u.Changed++
		}
	}
	return u, err
}

// coordinatorsName is the name of somebody who coordinates a program; "" for whoever does not, or has none.
func (w *work) coordinatorsName(id string, program mentoring.ProgramID) (string, error) {
	runs, err := w.CoordinatorsOf(string(program))
	if err != nil || !slices.Contains(runs, id) {
		return "", err
	}
	k, err := w.load(id)
	return nameOf(&k.Profile), err
}

// An Undoing is what undoing a batch would do, and what stands against it.
type Undoing struct {
	Batch
	Back      []string  // names of those who get back what the batch changed
	Returning int       // people who are in the program again
	Withdrawn int       // invitations that are taken back
	Answered  int       // invitations that are there no more: who has accepted stays in the program
	Against   []Against // nothing: it can be undone
}

// An Against is something that stands against undoing a batch.
type Against struct {
	Key   string   // of the text that says what
	Names []string // of those of whom the coordinator may know
	N     int      // how many there are in all; 0: it is not about people
}

// Undoing says what undoing an import would do, for a coordinator, and changes nothing.
func (p *People) Undoing(ctx context.Context, v account.Visit, program mentoring.ProgramID, id string) (u Undoing, err error) {
	err = p.view(ctx, v, func(w *work) error {
		if err := mentoring.May(w.actor, mentoring.ChangePeople, settings(program)).Refused(); err != nil {
			return err
		}
		b, err := w.batch(id, program)
		if err == nil {
			u, err = w.look(b, program)
		}
		return err
	})
	return u, err
}

// look finds what undoing would do.
func (w *work) look(b undoing, program mentoring.ProgramID) (u Undoing, err error) {
	u.Batch = b.Batch
	switch {
	case b.Undone:
		u.Against = []Against{{Key: "import.undone"}}
		return u, nil
	case w.now.After(b.Until):
		u.Against = []Against{{Key: "import.too-late"}}
		return u, nil
	}
	since, gone := Against{Key: "import.undo.changed-since"}, Against{Key: "import.undo.not-here"}
	for _, was := range b.people {
		switch {
		case was.Invitation != "":
			_, err = w.Invitation(was.Invitation)
			if err == nil {
				u.Withdrawn++
			} else if store.IsKind(err, store.NotFound) {
				u.Answered++
				err = nil
			}
		case was.Out != 0:
			err = w.lookAtOut(was, b, program, &u, &gone)
		default:
			err = w.lookAtChanged(was, program, &u, &since, &gone)
		}
		if err != nil {
			return u, err
		}
	}
	if err := w.lookAtEdges(b.edges, program, &gone); err != nil {
		return u, err
	}
	for _, one := range []Against{since, gone} {
		if one.N > 0 {
			u.Against = append(u.Against, one)
		}
	}
	return u, nil
}

// lookAtOut looks at somebody who was taken out. Whom the coordinator may not see by now is for another one, and who has
// said no to the program since is not brought back.
func (w *work) lookAtOut(was before, b undoing, program mentoring.ProgramID, u *Undoing, gone *Against) error {
	k, err := w.load(was.ID)
	if err != nil {
		return err
	}
	seen, no := false, false
	if k.is {
		if seen, err = w.seenIn(&k, program); err != nil {
			return err
		}
		if no, err = w.saidNo(was.ID, program, b.At); err != nil {
			return err
		}
	}
	if !seen || no {
		gone.N++
		return nil
	}
	u.Returning++
	return nil
}

// saidNo says whether somebody has left a program, or declined to come back, after an instant. The log knows: an enrolment
// that has ended leaves nothing else.
func (w *work) saidNo(id string, program mentoring.ProgramID, since time.Time) (bool, error) {
	for before := (store.Event{}); ; {
		events, err := w.EventsAbout(id, before, manyAtOnce)
		for _, e := range events {
			switch {
			case !e.At.After(since):
				return false, err
			case e.Actor == id && e.ObjectID == string(program) && (e.Action == "program.leave" || e.Action == "program.decline"):
				return true, err
			}
		}
		if err != nil || len(events) < manyAtOnce {
			return false, err
		}
		before = events[len(events)-1]
	}
}

// lookAtEdges looks at the positions of a rotation list. Those of whom the firewall keeps from the coordinator, and those
// that put it up, are for a deputy: else whoever evaluates somebody could take it down (CF-9).
func (w *work) lookAtEdges(ids []string, program mentoring.ProgramID, gone *Against) error {
	behind := map[string]bool{} // by person: whether the firewall stands before them
	for _, id := range ids {
		e, err := w.Authority(id)
		if store.IsKind(err, store.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		for _, side := range []string{e.From, e.To} {
			if _, looked := behind[side]; looked {
				continue
			}
			k, err := w.load(side)
			if err != nil {
				return err
			}
			behind[side] = w.judged(&k, program)
		}
		if e.From == string(w.actor.Person) && mentoring.EdgeKind(e.Kind).Evaluative() {
			behind[e.To] = true
		}
	}
	for _, is := range behind {
		if is {
			gone.N++
		}
	}
	return nil
}

// lookAtChanged looks at somebody who was changed. Who has left the program, or whom the coordinator may not see by now, is
// counted and not named.
func (w *work) lookAtChanged(was before, program mentoring.ProgramID, u *Undoing, since, gone *Against) error {
	k, _, err := w.rowInProgram(was.ID, program)
	if mentoring.IsFault(err, mentoring.NotFound) {
		gone.N++
		return nil
	}
	if err != nil {
		return err
	}
	name := nameOf(&k.Profile)
	if k.state() != was.State {
		since.N++
		since.Names = append(since.Names, name)
		return nil
	}
	u.Back = append(u.Back, name)
	return nil
}

// Undo takes back an import into a program, all of it or, where something stands against it, nothing: then it is a
// Conflict. Invitations that nobody has accepted are taken back; who has come stays.
func (p *People) Undo(ctx context.Context, v account.Visit, program mentoring.ProgramID, id string) error {
	return p.act(ctx, v, mentoring.ChangePeople, settings(program), func(w *work) error {
		b, err := w.batch(id, program)
		if err != nil {
			return err
		}
		if b.Kind == "rotation" {
			if err := mentoring.May(w.actor, mentoring.ImportRotation, settings(program)).Refused(); err != nil {
				return err
			}
		}
		u, err := w.look(b, program)
		if err != nil {
			return err
		}
		if len(u.Against) > 0 {
			return &mentoring.Fault{Kind: mentoring.Conflict, Key: u.Against[0].Key, Args: []any{"n", u.Against[0].N}}
		}
		return w.undo(b, program)
	})
}

func (w *work) undo(b undoing, program mentoring.ProgramID) error {
	if undone, err := w.UndoBatch(b.ID, w.now); err != nil || !undone {
		if err == nil {
			err = conflict("import.undone")
		}
		return err
	}
	about := map[string]bool{}
	for _, was := range b.people {
		if err := w.giveBack(was, program); err != nil {
			return err
		}
		if was.ID != "" {
			about[was.ID] = true
		}
	}
	for _, id := range b.edges {
		if err := w.dropEdge(id, about); err != nil {
			return err
		}
	}
	return w.log("import.undo", "program settings", b.ID, nil, nil, slices.Sorted(maps.Keys(about))...)
}

// giveBack undoes the change of one person, or one invitation.
func (w *work) giveBack(was before, program mentoring.ProgramID) error {
	switch {
	case was.Invitation != "":
		_, err := w.DeleteInvitation(was.Invitation)
		return err
	case was.Out != 0:
		back, err := w.Enrol(store.Enrolment{Program: string(program), Person: was.ID, Since: time.UnixMicro(was.Out)})
		if err != nil || !back {
			return err
		}
		return w.p.Post.Write(w.Tx, notice.Letter{Template: notice.ProgramAgain, Account: was.ID})
	}
	k, err := w.load(was.ID)
	if err != nil {
		return err
	}
	k.Given, k.Family, k.Appointments = was.Given, was.Family, was.Appointments
	return w.put(&k)
}

// dropEdge deletes a position, if it is there, and notes whom it is about.
func (w *work) dropEdge(id string, about map[string]bool) error {
	e, err := w.Authority(id)
	if store.IsKind(err, store.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	about[e.From], about[e.To] = true, true
	return w.DeleteAuthority(id)
}
