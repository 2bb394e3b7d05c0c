package account

import (
	"context"
	"time"

	"github.com/chiron-mentoring/chiron/internal/audit"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// State is how an installation is.
type State struct {
	PostgreSQL     bool  // keeps it; else SQLite
	Size           int64 // of the database, in bytes
	Schema, Newest int64 // versions: the one that is there, and the one that this program works with
	Letters        struct{ Waiting, Sent, Stuck, Withheld int }
	Work           struct{ Waiting, GoingOn, Done, Stuck int }
	Events         int // of the audit log
	Seals          int64
	SealedAt       time.Time // zero: nothing is sealed yet
}

// State looks at how the installation is.
func (a *Accounts) State(ctx context.Context, v Visit) (s State, err error) {
	err = a.oversee(ctx, v, func(w *work) (err error) {
		s = State{PostgreSQL: a.DB.Engine == store.PostgreSQL, Newest: store.NewestVersion()}
		if s.Size, err = w.Size(); err != nil {
			return err
		}
		if s.Schema, err = w.SchemaVersion(); err != nil {
			return err
		}
		if err := w.countPromises(&s); err != nil {
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

// countPromises counts letters and work.
func (w *work) countPromises(s *State) error {
	letters, err := w.CountLetters()
	if err != nil {
		return err
	}
	s.Letters.Waiting, s.Letters.Sent = letters[store.LetterWaiting], letters[store.LetterSent]
	s.Letters.Stuck, s.Letters.Withheld = letters[store.LetterRefused]+letters[store.LetterBounced], letters[store.LetterWithheld]
	jobs, err := w.CountJobs()
	s.Work.Waiting, s.Work.GoingOn = jobs[store.JobWaiting], jobs[store.JobRunning]
	s.Work.Done, s.Work.Stuck = jobs[store.JobDone], jobs[store.JobDead]
	return err
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
