//go:build unix

package job

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
)

// A clock goes only when it is told to.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// A letter is what the jobs of these tests are about.
type letter struct{ To string }

// queue is one over a store of its own, with a clock that stands, and the log as text.
func queue(db *store.DB) (*Queue, *clock, *strings.Builder) {
	c := &clock{at: time.Date(2027, 3, 14, 9, 0, 0, 0, time.UTC)}
	log := &strings.Builder{}
	return New(db, c.now, slog.New(slog.NewTextHandler(log, nil))), c, log
}

func promise(t *testing.T, q *Queue, to string, w When) {
	t.Helper()
	err := q.db.Update(t.Context(), func(tx *store.Tx) error { return q.Promise(tx, "letter", letter{to}, w) })
	if err != nil {
		t.Fatal(err)
	}
}

func counts(t *testing.T, q *Queue) (found map[store.JobState]int) {
	t.Helper()
	err := q.db.View(t.Context(), func(tx *store.Tx) (err error) {
		found, err = tx.CountJobs()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestPromiseIsMadeWithTheChangeOrNotAtAll(t *testing.T) {
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB) {
		q, _, _ := queue(db)
		var sent []string
		Register(q, Kind[letter]{Name: "letter", Do: func(_ context.Context, l letter) (func(*store.Tx) error, error) {
			sent = append(sent, l.To)
			return func(tx *store.Tx) error { return tx.PutSetting("sent", l.To) }, nil
		}})
		failed := errors.New("the rule says no")
		err := db.Update(t.Context(), func(tx *store.Tx) error {
			return errors.Join(q.Promise(tx, "letter", letter{"nobody"}, When{}), failed)
		})
		if !errors.Is(err, failed) || q.Drain(t.Context()) != 0 {
			t.Errorf("a promise outlived its change: %v", err)
		}
		promise(t, q, "Amal", When{})
		if n := q.Drain(t.Context()); n != 1 || fmt.Sprint(sent) != "[Amal]" {
			t.Errorf("%d jobs, sent %v", n, sent)
		}
		err = db.View(t.Context(), func(tx *store.Tx) error {
			kept, err := tx.Setting("sent")
			if kept != "Amal" {
				t.Errorf("what came of the job is %q", kept)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func TestJobIsDoneWhenItIsDueAndOnce(t *testing.T) {
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB) {
		q, c, _ := queue(db)
		done := 0
		Register(q, Kind[letter]{Name: "letter", Do: func(context.Context, letter) (func(*store.Tx) error, error) { done++; return nil, nil }})
		for range 3 {
			promise(t, q, "Amal", When{Due: c.now().Add(time.Hour), Once: "reminder of Amal"})
		}
		if q.Drain(t.Context()); done != 0 {
			t.Error("the job was done early")
		}
		c.pass(time.Hour)
		if q.Drain(t.Context()); done != 1 {
			t.Errorf("the job was done %d times", done)
		}
	})
}

func TestFailedJobIsTriedAgainAndAgainAndThenKept(t *testing.T) {
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB) {
		q, c, log := queue(db)
		tried := 0
		Register(q, Kind[letter]{Name: "letter", Do: func(context.Context, letter) (func(*store.Tx) error, error) {
			tried++
			if tried%2 == 0 {
				panic("a mistake about Amal")
			}
			return nil, errors.New("the server of mails does not answer")
		}})
		promise(t, q, "Amal", When{})
		began := c.now()
		for attempt := 1; attempt <= MostAttempts; attempt++ {
			if q.Drain(t.Context()); tried != attempt {
				t.Fatalf("tried %d times, want %d", tried, attempt)
			}
			if attempt < MostAttempts {
				c.pass(Wait(attempt) - time.Second)
				if q.Drain(t.Context()); tried != attempt {
					t.Fatalf("attempt %d came too early", attempt+1)
				}
				c.pass(time.Second)
			}
		}
		if took := c.now().Sub(began); took < 48*time.Hour || took > 72*time.Hour {
			t.Errorf("a job is given up after %v", took)
		}
		c.pass(1000 * time.Hour)
		if q.Drain(t.Context()); tried != MostAttempts || counts(t, q)[store.JobDead] != 1 {
			t.Errorf("tried %d times: %v", tried, counts(t, q))
		}
		if strings.Contains(log.String(), "Amal") {
			t.Errorf("the log names somebody:\n%s", log)
		}
	})
}

func TestHopelessJobIsNotTriedAgain(t *testing.T) {
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB) {
		q, _, _ := queue(db)
		Register(q, Kind[letter]{Name: "letter", Do: func(context.Context, letter) (func(*store.Tx) error, error) {
			return nil, Hopeless(errors.New("there is no such address"))
		}})
		promise(t, q, "Amal", When{})
		if n := q.Drain(t.Context()); n != 1 || counts(t, q)[store.JobDead] != 1 {
			t.Errorf("%d attempts: %v", n, counts(t, q))
		}
	})
}

func TestWorkersShareTheWork(t *testing.T) {
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB) {
		q, _, _ := queue(db)
		var done atomic.Int64
		ctx, stop := context.WithCancel(t.Context())
		Register(q, Kind[letter]{Name: "letter", Do: func(context.Context, letter) (func(*store.Tx) error, error) {
			return func(*store.Tx) error { return nil }, nil
		}})
		Register(q, Kind[letter]{Name: "last", Do: func(context.Context, letter) (func(*store.Tx) error, error) {
			done.Add(1)
			return nil, nil
		}})
		for k := range 40 {
			promise(t, q, fmt.Sprint(k), When{})
		}
		finished := make(chan struct{})
		go func() { q.Run(ctx, 3); close(finished) }()
		for deadline := time.Now().Add(20 * time.Second); counts(t, q)[store.JobDone] < 40 && time.Now().Before(deadline); {
			q.Wake()
			time.Sleep(10 * time.Millisecond)
		}
		stop()
		<-finished
		if got := counts(t, q); got[store.JobDone] != 40 || len(got) != 1 {
			t.Errorf("%v", got)
		}
	})
}

// TestJobOfAWorkerThatDiedIsDoneByAnother leaves a job claimed, as a killed process does.
func TestJobOfAWorkerThatDiedIsDoneByAnother(t *testing.T) {
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB) {
		q, c, _ := queue(db)
		done := 0
		Register(q, Kind[letter]{Name: "letter", Do: func(context.Context, letter) (func(*store.Tx) error, error) { done++; return nil, nil }})
		promise(t, q, "Amal", When{})
		err := db.Update(t.Context(), func(tx *store.Tx) error {
			_, err := tx.ClaimJobs("killed", c.now(), c.now().Add(Lease), 1)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if q.Drain(t.Context()); done != 0 {
			t.Error("the job was taken from a worker that may be alive")
		}
		c.pass(Lease)
		if q.Drain(t.Context()); done != 1 {
			t.Errorf("the job was done %d times", done)
		}
	})
}

func TestResultOfALostLeaseIsNotKept(t *testing.T) {
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB) {
		q, c, _ := queue(db)
		Register(q, Kind[letter]{Name: "letter", Do: func(ctx context.Context, _ letter) (func(*store.Tx) error, error) {
			c.pass(2 * Lease) // it took too long, and meanwhile
			err := db.Update(ctx, func(tx *store.Tx) error {
				_, err := tx.ClaimJobs("another", c.now(), c.now().Add(Lease), 1)
				return err
			})
			return func(tx *store.Tx) error { return tx.PutSetting("result", "of the slow one") }, err
		}})
		promise(t, q, "Amal", When{})
		q.Drain(t.Context())
		err := db.View(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Setting("result")
			return err
		})
		if !store.IsKind(err, store.NotFound) || counts(t, q)[store.JobRunning] != 1 {
			t.Errorf("got %v and %v", err, counts(t, q))
		}
	})
}

func TestJobThatIsGivenUpIsKeptInItsOwnPlace(t *testing.T) {
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB) {
		q, _, _ := queue(db)
		refusal := errors.New("no such reader")
		Register(q, Kind[letter]{
			Name: "letter",
			Do: func(context.Context, letter) (func(*store.Tx) error, error) {
				return nil, Hopeless(refusal)
			},
			GiveUp: func(tx *store.Tx, l letter, cause error) error {
				if l.To == "Nobody" || !errors.Is(cause, refusal) {
					return errors.New("there is no place for it")
				}
				return tx.PutSetting("refused", l.To+": "+cause.Error())
			},
		})
		promise(t, q, "Amal", When{})
		q.Drain(t.Context())
		err := db.View(t.Context(), func(tx *store.Tx) error {
			kept, err := tx.Setting("refused")
			if kept != "Amal: no such reader" {
				t.Errorf("kept is %q", kept)
			}
			return err
		})
		if found := counts(t, q); err != nil || found[store.JobDone] != 1 || found[store.JobDead] != 0 {
			t.Errorf("jobs %v, %v", found, err)
		}
		promise(t, q, "Nobody", When{})
		q.Drain(t.Context())
		if found := counts(t, q); found[store.JobDone] != 1 || found[store.JobDead] != 1 {
			t.Errorf("what has no place of its own is lost: %v", found)
		}
		err = db.Update(t.Context(), func(tx *store.Tx) error {
			dead, err := tx.DeadJobs(10)
			if err != nil || len(dead) != 1 || dead[0].Fault != "no such reader" {
				t.Fatalf("dead are %+v, %v", dead, err)
			}
			retried, err := q.Retry(tx, dead[0].ID)
			if !retried {
				t.Error("it is not tried again")
			}
			return err
		})
		if found := counts(t, q); err != nil || found[store.JobWaiting] != 1 {
			t.Errorf("jobs %v, %v", found, err)
		}
	})
}
