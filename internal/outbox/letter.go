package outbox

import (
	"context"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// A Letter is what may be known of one.
type Letter struct {
	ID         string
	Template   notice.Template
	State      store.LetterState
	MadeAt     time.Time
	EndedAt    time.Time // zero: it waits
	Deliveries []store.Delivery
}

// Detail is the code of what happened last, of a server of mails or one of [notice.Details]; "": nothing, or it was sent.
func (l Letter) Detail() string {
	if len(l.Deliveries) == 0 {
		return ""
	}
	return l.Deliveries[len(l.Deliveries)-1].Detail
}

// Dead says whether the letter can be sent again or given up.
func (l Letter) Dead() bool { return l.State == store.LetterRefused || l.State == store.LetterBounced }

// A Tally is how many letters and jobs there are in each state.
type Tally struct {
	Letters map[store.LetterState]int
	Jobs    map[store.JobState]int
}

// Count counts letters and jobs.
func (o *Outbox) Count(ctx context.Context, v account.Visit) (t Tally, err error) {
	err = o.act(ctx, v, mentoring.See, func(w *work) (err error) {
		if t.Letters, err = w.CountLetters(); err != nil {
			return err
		}
		if t.Jobs, err = w.CountJobs(); err != nil {
			return err
		}
		return w.log("outbox.see", "installation", "", "")
	})
	return t, err
}

// Letters lists the letters in a state, the latest first, at most [Most].
func (o *Outbox) Letters(ctx context.Context, v account.Visit, s store.LetterState) (all []Letter, err error) {
	err = o.act(ctx, v, mentoring.See, func(w *work) error {
		all = nil
		kept, err := w.Tx.Letters(s, Most)
		if err != nil {
			return err
		}
		for _, l := range kept {
			log, err := w.Deliveries(l.ID)
			if err != nil {
				return err
			}
			all = append(all, Letter{l.ID, notice.Template(l.Template), l.State, l.MadeAt, l.EndedAt, log})
		}
		return w.log("letters.see", "installation", "", "")
	})
	return all, err
}

// SendAgain lets a letter be sent again that was refused or came back: the same letter, under the same Message-ID. Its reader
// can see in the audit log that it was done. What is not there, or not in such a state any more, is NotFound.
func (o *Outbox) SendAgain(ctx context.Context, v account.Visit, letter string) error {
	return o.act(ctx, v, mentoring.Administer, func(w *work) error {
		if err := done(o.Post.Again(w.Tx, letter)); err != nil {
			return err
		}
		return w.logLetter("letter.again", letter)
	})
}

// GiveUp lays a letter aside for good that was refused or came back.
func (o *Outbox) GiveUp(ctx context.Context, v account.Visit, letter string) error {
	return o.act(ctx, v, mentoring.Administer, func(w *work) error {
		if err := done(o.Post.GiveUp(w.Tx, letter)); err != nil {
			return err
		}
		return w.logLetter("letter.give-up", letter)
	})
}

func (w *work) logLetter(action, letter string) error {
	l, err := w.Letter(letter)
	if err != nil {
		return err
	}
	return w.log(action, "letter", letter, l.Account)
}
