package outbox

import (
	"context"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// A Job is work that failed as often as it may. Letters are none of them: they have a list of their own.
type Job struct {
	ID              string
	Kind            string
	Attempts        int
	Fault           string // of the latest attempt, in words that name nobody
	MadeAt, EndedAt time.Time
}

// DeadJobs lists dead jobs, the latest first, at most [Most].
func (o *Outbox) DeadJobs(ctx context.Context, v account.Visit) (all []Job, err error) {
	err = o.act(ctx, v, mentoring.See, func(w *work) error {
		all = nil
		kept, err := w.Tx.DeadJobs(Most)
		if err != nil {
			return err
		}
		for _, j := range kept {
			all = append(all, Job{j.ID, j.Kind, j.Attempts, j.Fault, j.MadeAt, j.EndedAt})
		}
		return w.log("jobs.see", "installation", "", "")
	})
	return all, err
}

// Retry lets a dead job be tried again, as if for the first time. One that is not there, or not dead any more, is NotFound;
// one that somebody has promised anew since is a Conflict.
func (o *Outbox) Retry(ctx context.Context, v account.Visit, id string) error {
	return o.act(ctx, v, mentoring.Administer, func(w *work) error {
		err := done(o.Queue.Retry(w.Tx, id))
		if store.IsKind(err, store.Conflict) {
			return &mentoring.Fault{Kind: mentoring.Conflict, Key: "outbox.promised-anew", Err: err}
		}
		if err != nil {
			return err
		}
		return w.log("job.retry", "job", id, "")
	})
}

// Forget gives a dead job up: what it promised is not done.
func (o *Outbox) Forget(ctx context.Context, v account.Visit, id string) error {
	return o.act(ctx, v, mentoring.Administer, func(w *work) error {
		if err := done(w.ForgetJob(id)); err != nil {
			return err
		}
		return w.log("job.forget", "job", id, "")
	})
}
