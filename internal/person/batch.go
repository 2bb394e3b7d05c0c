package person

import (
	"context"
	"encoding/json"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// UndoFor is how long an import can be undone.
const UndoFor = 7 * 24 * time.Hour

// A Batch is a change of many people at once from a file.
type Batch struct {
	ID     string
	Kind   string // "people" or "rotation"
	By     mentoring.PersonID
	At     time.Time
	Undone bool
	Until  time.Time // until when it can be undone
}

// mostBatches is how many are listed.
const mostBatches = 50

// Batches lists what was imported into a program, the latest first.
func (p *People) Batches(ctx context.Context, v account.Visit, program mentoring.ProgramID) (all []Batch, err error) {
	err = p.view(ctx, v, func(w *work) error {
		if err := mentoring.May(w.actor, mentoring.ChangePeople, settings(program)).Refused(); err != nil {
			return err
		}
		rows, err := w.Tx.Batches(string(program), mostBatches)
		for _, b := range rows {
			all = append(all, Batch{b.ID, b.Kind, mentoring.PersonID(b.By), b.MadeAt, !b.UndoneAt.IsZero(), b.MadeAt.Add(UndoFor)})
		}
		return err
	})
	return all, err
}

// Undo takes back an import, all of it or, where somebody has changed since what it changed, nothing.
func (p *People) Undo(ctx context.Context, v account.Visit, id string) error {
	var batch store.Batch
	err := p.view(ctx, v, func(w *work) (err error) {
		batch, err = w.Batch(id)
		return here(err)
	})
	if err != nil {
		return err
	}
	action := mentoring.ChangePeople
	if batch.Kind == "rotation" {
		action = mentoring.ImportRotation
	}
	return p.act(ctx, v, action, settings(mentoring.ProgramID(batch.Program)), func(w *work) error {
		if w.now.Sub(batch.MadeAt) > UndoFor {
			return conflict("import.too-late")
		}
		undone, err := w.UndoBatch(id, w.now)
		switch {
		case err != nil:
			return err
		case !undone:
			return conflict("import.undone")
		case batch.Kind == "rotation":
			err = w.undoRotation(batch)
		default:
			err = w.undoPeople(batch)
		}
		if err != nil {
			return err
		}
		return w.log("import.undo", "program settings", id, batch.Before, nil)
	})
}

func (w *work) undoRotation(b store.Batch) error {
	var added []string
	if err := json.Unmarshal([]byte(b.Before), &added); err != nil {
		return err
	}
	for _, id := range added {
		if err := w.DeleteAuthority(id); err != nil && !store.IsKind(err, store.NotFound) {
			return err
		}
	}
	return nil
}
