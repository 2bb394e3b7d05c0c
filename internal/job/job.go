// Package job does, after a change, the work that the change promised: mails above all. A promise is a row written in
// the transaction of the change, so that there is neither a change without its work nor work without its change.
//
// Every job is done at least once: a worker that dies leaves its lease behind, and when that ends another worker begins
// again. A job is therefore written so that doing it twice is as good as once. What fails is tried again, at first soon
// and then less and less often; what cannot be done is kept, dead, until somebody looks at it.
package job

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"runtime/debug"
	"sync"
	"time"

	"github.com/chiron-mentoring/chiron/internal/fault"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// MostAttempts is how often a job is tried: over about two days, by the waits between attempts.
const MostAttempts = 16

// Lease is how long a worker may be silent before its job is given to another one. It says so three times as often.
const Lease = time.Minute

// A Kind of job says what to do with those of its name.
type Kind[Payload any] struct {
	Name string
	// Do does what a job is for. It may take its time, and is told by ctx when it has lost its lease or the program
	// ends. What it returns is run in the transaction that ends the job, where it keeps what came of it; nil: nothing.
	Do func(ctx context.Context, p Payload) (keep func(tx *store.Tx) error, err error)
	// GiveUp, if there is one, keeps in its own place that a job cannot be done, in the transaction that ends the job,
	// which then counts as done. Without it the job itself is kept, dead, until somebody looks at it.
	GiveUp func(tx *store.Tx, p Payload, cause error) error
}

// Hopeless makes an error one after which a job is not tried again.
func Hopeless(err error) error { return &hopeless{err} }

type hopeless struct{ error }

func (h *hopeless) Unwrap() error { return h.error }

// A Queue takes promises and keeps them. The zero value is not usable; [New] makes one.
type Queue struct {
	db    *store.DB
	now   func() time.Time
	log   *slog.Logger
	kinds map[string]registered
	wake  chan struct{}
	name  string // of this process among others
}

// New makes a queue over a store. Every kind of job must be registered with [Register] before [Queue.Run].
func New(db *store.DB, now func() time.Time, log *slog.Logger) *Queue {
	return &Queue{
		db: db, now: now, log: log, wake: make(chan struct{}, 1), name: rand.Text(),
		kinds: map[string]registered{},
	}
}

// A registered kind of jobs, whatever its payload.
type registered struct {
	do     func(ctx context.Context, payload []byte) (keep func(tx *store.Tx) error, err error)
	giveUp func(tx *store.Tx, payload []byte, cause error) error // nil: jobs of the kind are kept
}

// Register makes a kind of job known. It panics when the name is taken.
func Register[Payload any](q *Queue, k Kind[Payload]) {
	if _, taken := q.kinds[k.Name]; taken {
		panic(fmt.Sprintf("job: there are two kinds of the name %q", k.Name))
	}
	one := registered{do: func(ctx context.Context, payload []byte) (func(tx *store.Tx) error, error) {
		p, err := read[Payload](payload)
		if err != nil {
			return nil, Hopeless(err)
		}
		return k.Do(ctx, p)
	}}
	if k.GiveUp != nil {
		one.giveUp = func(tx *store.Tx, payload []byte, cause error) error {
			p, err := read[Payload](payload)
			if err != nil {
				return err
			}
			return k.GiveUp(tx, p, cause)
		}
	}
	q.kinds[k.Name] = one
}

func read[Payload any](payload []byte) (p Payload, err error) {
	if err := json.Unmarshal(payload, &p); err != nil {
		return p, fmt.Errorf("the payload cannot be read: %w", err)
	}
	return p, nil
}

// A When says when a job is to be done, and whether one of its kind is enough. The zero value is now, and any number.
type When struct {
	Due  time.Time
	Once string // of several jobs of this name that wait or run, there is only the first
}

// Promise adds a job in the transaction of the change that needs it. The payload holds ids, never content: it is kept
// until the job is done, and shown to whoever looks after the installation.
func (q *Queue) Promise(tx *store.Tx, kind string, payload any, w When) error {
	if _, known := q.kinds[kind]; !known {
		panic(fmt.Sprintf("job: there is no kind %q", kind))
	}
	data, err := json.Marshal(payload)
	if err != nil {
		return fmt.Errorf("promise a job: %w", err)
	}
	now := q.now()
	if w.Due.Before(now) {
		w.Due = now
	}
	_, err = tx.AddJob(store.Job{ID: rand.Text(), Kind: kind, Once: w.Once, Payload: string(data), Due: w.Due, MadeAt: now})
	return err
}

// Wake tells the workers of this process that there may be something to do, so that they need not find out. Call it
// after the transaction; if nobody does, they look by themselves every second.
func (q *Queue) Wake() {
	select {
	case q.wake <- struct{}{}:
	default: // they know
	}
}

// look is how often workers look for jobs that nobody woke them for.
const look = time.Second

// Run keeps promises with so many workers until ctx ends, and then returns when those that are being kept are done or
// have given up.
func (q *Queue) Run(ctx context.Context, workers int) {
	var all sync.WaitGroup
	for n := range workers {
		name := fmt.Sprintf("%s-%d", q.name, n)
		all.Go(func() {
			tick := time.NewTicker(look)
			defer tick.Stop()
			for ctx.Err() == nil {
				if q.one(ctx, name) {
					continue
				}
				select {
				case <-ctx.Done():
				case <-q.wake:
				case <-tick.C:
				}
			}
		})
	}
	all.Wait()
}

// Drain does, one after the other, all jobs that are due now, and says how many there were. Tests and commands that
// end use it in place of workers.
func (q *Queue) Drain(ctx context.Context) int {
	n := 0
	for q.one(ctx, q.name) {
		n++
	}
	return n
}

// one claims a job and does it. It returns false when there was none.
func (q *Queue) one(ctx context.Context, worker string) bool {
	var claimed []store.Job
	err := q.db.Update(ctx, func(tx *store.Tx) (err error) {
		now := q.now()
		claimed, err = tx.ClaimJobs(worker, now, now.Add(Lease), 1)
		return err
	})
	if err != nil {
		if ctx.Err() == nil {
			q.log.Warn("jobs cannot be claimed", "fault", err)
		}
		return false
	}
	for _, j := range claimed {
		q.do(ctx, worker, j)
	}
	return len(claimed) > 0
}

// do does a job and ends it, one way or another.
func (q *Queue) do(ctx context.Context, worker string, j store.Job) {
	ctx, lost := context.WithCancel(ctx)
	defer lost()
	stop := q.renew(ctx, lost, worker, j)
	fault.Point(fault.BeforeJob)
	keep, err := q.attempt(ctx, j)
	stop()
	if err == nil {
		fault.Point(fault.AfterJob)
		err = q.end(ctx, worker, j, keep)
	}
	if err != nil && ctx.Err() == nil {
		q.fail(ctx, worker, j, err)
	}
}

// renew makes the lease longer while the job is done, and calls lost when that is no longer possible.
func (q *Queue) renew(ctx context.Context, lost func(), worker string, j store.Job) (stop func()) {
	done := make(chan struct{})
	var renewing sync.WaitGroup
	renewing.Go(func() {
		tick := time.NewTicker(Lease / 3)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
			}
			mine := true
			err := q.db.Update(ctx, func(tx *store.Tx) (err error) {
				mine, err = tx.ExtendJob(j.ID, worker, q.now().Add(Lease))
				return err
			})
			if err == nil && !mine {
				lost()
				return
			}
		}
	})
	return func() { close(done); renewing.Wait() }
}

// attempt does what the job is for. A panic is an error like others: one bad job must not stop the rest.
func (q *Queue) attempt(ctx context.Context, j store.Job) (keep func(tx *store.Tx) error, err error) {
	defer func() {
		if p := recover(); p != nil {
			q.log.Error("a job panicked", "kind", j.Kind, "job", j.ID, "stack", string(debug.Stack()))
			err = errors.New("the program made a mistake; its log has more")
		}
	}()
	kind, known := q.kinds[j.Kind]
	if !known {
		return nil, errors.New("this version does not know the kind of the job")
	}
	return kind.do(ctx, []byte(j.Payload))
}

// errLost says that somebody else has the job now, so that nothing of this attempt is kept.
var errLost = errors.New("the lease is lost")

// end keeps what came of a job and ends it, both or neither.
func (q *Queue) end(ctx context.Context, worker string, j store.Job, keep func(tx *store.Tx) error) error {
	err := q.db.Update(ctx, func(tx *store.Tx) error {
		if mine, err := tx.FinishJob(j.ID, worker, q.now()); err != nil || !mine {
			return errors.Join(err, errLost)
		}
		if keep == nil {
			return nil
		}
		return keep(tx)
	})
	if errors.Is(err, errLost) {
		return nil
	}
	return err
}

// fail lets a job wait for another attempt, or buries it. Its fault is written down for people, so an error of a job
// names nobody.
func (q *Queue) fail(ctx context.Context, worker string, j store.Job, cause error) {
	now := q.now()
	dead := j.Attempts >= MostAttempts || errors.As(cause, new(*hopeless))
	q.log.Warn("a job failed", "kind", j.Kind, "job", j.ID, "attempt", j.Attempts, "dead", dead, "fault", cause)
	if giveUp := q.kinds[j.Kind].giveUp; dead && giveUp != nil {
		err := q.end(ctx, worker, j, func(tx *store.Tx) error { return giveUp(tx, []byte(j.Payload), cause) })
		if err == nil {
			return
		}
		q.log.Error("a job cannot be given up in its own place; it is kept, dead", "kind", j.Kind, "job", j.ID, "fault", err)
	}
	err := q.db.Update(ctx, func(tx *store.Tx) (err error) {
		if dead {
			_, err = tx.BuryJob(j.ID, worker, now, cause.Error())
		} else {
			_, err = tx.RetryJob(j.ID, worker, now.Add(Wait(j.Attempts)), cause.Error())
		}
		return err
	})
	if err != nil {
		q.log.Error("the failure of a job cannot be kept; its lease will end", "kind", j.Kind, "job", j.ID, "fault", err)
	}
}

// Retry lets a dead job wait again, as if it had never been tried. It returns false when there is none.
func (q *Queue) Retry(tx *store.Tx, id string) (bool, error) { return tx.ReviveJob(id, q.now()) }

// Wait is the time between an attempt, counted from 1, and the next: attempt⁴ seconds and 15 more, so that a short
// trouble costs little and a long one causes no storm. All waits together come to about two days.
func Wait(attempt int) time.Duration {
	return 15*time.Second + time.Duration(math.Pow(float64(attempt), 4))*time.Second
}
