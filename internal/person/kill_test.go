//go:build unix

package person

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/fault"
	"github.com/chiron-mentoring/chiron/internal/job"
	"github.com/chiron-mentoring/chiron/internal/mail"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
	"github.com/chiron-mentoring/chiron/match/roster"
)

// applying makes a process of the test apply a list and die, in place of testing.
const applying = "PERSON_APPLYING"

// A death is what such a process is told.
type death struct {
	Source, Point, Seen string
	Visit               account.Visit
	File                []byte
	At                  time.Time
}

func TestMain(m *testing.M) {
	if told := os.Getenv(applying); told != "" {
		if err := apply(told); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// apply applies a list as told, and dies at a point.
func apply(told string) error {
	var d death
	if err := json.Unmarshal([]byte(told), &d); err != nil {
		return err
	}
	db, err := store.Open(context.Background(), d.Source)
	if err != nil {
		return err
	}
	now := func() time.Time { return d.At }
	queue := job.New(db, now, slog.New(slog.DiscardHandler))
	site := notice.Site{Name: "Mentorat", Address: "https://mentoring.example.org", From: "chiron@example.org", Secrets: notice.NewSecrets([32]byte{1, 2, 3})}
	people := New(db, queue, notice.New(db, queue, &mail.Catcher{}, now, site), now)
	fault.Arm(func(point string) {
		if point == d.Point {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	})
	_, err = people.ApplyPeople(context.Background(), d.Visit, "program", roster.Input{Name: "list", Data: d.File}, d.Seen, true)
	return errors.Join(err, errors.New("nobody died"))
}

// TestListIsAppliedWhollyOrNotAtAllWhenTheProcessDies kills the process in the middle of applying a list: before it is
// written down nothing of it has happened, and it can be applied; after that all of it has, and it can be undone.
func TestListIsAppliedWhollyOrNotAtAllWhenTheProcessDies(t *testing.T) {
	t.Parallel()
	for _, engine := range []store.Engine{store.SQLite, store.PostgreSQL} {
		for _, point := range []string{fault.BeforeCommit, fault.AfterCommit} {
			t.Run(string(engine)+" "+point, func(t *testing.T) {
				t.Parallel()
				source := storetest.Source(t, engine)
				open := func() *house {
					db, err := store.Open(t.Context(), source)
					if err != nil {
						t.Fatal(err)
					}
					return newHouse(t, db)
				}
				h := open()
				claire := h.faculty()
				first := h.exported(claire, CSV)
				file := edited(first, "Ana,Silva", "Anna,Silva")
				file.Data = append(file.Data, ",,Zoe,Zed,,,,,zoe@example.org,,,,\r\n"...)
				d, err := h.ReadPeople(t.Context(), claire, "program", file)
				h.must(err)
				told, err := json.Marshal(death{source, point, d.Seen, claire, file.Data, h.now()})
				h.must(err)
				h.must(h.DB.Close())

				child := exec.Command(os.Args[0])
				child.Env = append(os.Environ(), applying+"="+string(told))
				if out, _ := child.CombinedOutput(); child.ProcessState.ExitCode() != -1 {
					t.Fatalf("the process did not die: %s", out)
				}
				h = open()
				h.pass(time.Minute)
				t.Cleanup(func() { h.must(h.DB.Close()) })
				batches, err := h.Batches(t.Context(), claire, "program")
				h.must(err)
				if point == fault.BeforeCommit {
					if string(h.exported(claire, CSV).Data) != string(first.Data) || len(batches) != 0 || len(h.letters("zoe@example.org")) != 0 {
						t.Errorf("half of it was done: %+v", batches)
					}
					_, err := h.ApplyPeople(t.Context(), claire, "program", file, d.Seen, true)
					h.must(err)
					return
				}
				again, err := h.ReadPeople(t.Context(), claire, "program", file)
				h.must(err)
				if !again.None() || len(batches) != 1 || len(h.letters("zoe@example.org")) != 1 {
					t.Errorf("half of it was done: %+v, %+v", again, batches)
				}
				h.must(h.Undo(t.Context(), claire, "program", batches[0].ID))
			})
		}
	}
}
