package account

import (
	"context"
	"time"

	"github.com/chiron-mentoring/chiron/internal/audit"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// State is how an installation is.
type State struct {
	Engine         store.Engine
	Size           int64 // of the database, in bytes
	Schema, Newest int64 // versions: the one that is there, and the one that this program works with
	Jobs           map[store.JobState]int
	Letters        map[store.LetterState]int
	Events         int // of the audit log
	Seals          int64
	SealedAt       time.Time // zero: nothing is sealed yet
}

// State looks at how the installation is.
func (a *Accounts) State(ctx context.Context, v Visit) (s State, err error) {
	err = a.oversee(ctx, v, func(w *work) (err error) {
		s = State{Engine: a.DB.Engine, Newest: store.NewestVersion()}
		if s.Size, err = w.Size(); err != nil {
			return err
		}
		if s.Schema, err = w.SchemaVersion(); err != nil {
			return err
		}
		if s.Jobs, err = w.CountJobs(); err != nil {
			return err
		}
		if s.Letters, err = w.CountLetters(); err != nil {
			return err
		}
		if s.Events, err = w.CountEvents(); err != nil {
			return err
		}
		last, err := w.LastSeal()
		if store.IsKind(err, store.NotFound) {
			return nil
		}
		s.Seals, s.SealedAt = last.Number, last.At
		return err
	})
	return s, err
}

// Checkpoint is the newest checkpoint of the audit log, signed, for an administrator to keep elsewhere; nil: nothing is
// sealed yet.
func (a *Accounts) Checkpoint(ctx context.Context, v Visit) (signed []byte, err error) {
	err = a.oversee(ctx, v, func(w *work) (err error) {
		signed, err = audit.Latest(w.Tx)
		return err
	})
	return signed, err
}
