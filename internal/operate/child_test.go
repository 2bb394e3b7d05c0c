//go:build unix

package operate_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/fault"
	"github.com/chiron-mentoring/chiron/internal/keys"
	. "github.com/chiron-mentoring/chiron/internal/operate"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
)

// What makes a process of the test do something with an installation in place of testing: what, and with which one; where
// it kills itself, as the name of a point and how often it is passed before; and how long its files can get, in bytes, as
// on a disk that is full.
const (
	asChild  = "OPERATE_AS_CHILD"
	killAt   = "OPERATE_KILL_AT"
	diskEnds = "OPERATE_DISK_ENDS"
)

// child is a process that backs up, restores, moves or migrates an installation. What it says goes to its stderr.
func child(of Installation, do, kill string, more ...string) *exec.Cmd {
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), asChild+"="+strings.Join(append([]string{do, of.Source, of.Folder, of.Keys.Folder()}, more...), "\n"), killAt+"="+kill)
	return c
}

func TestMain(m *testing.M) {
	what, isChild := os.LookupEnv(asChild)
	if !isChild {
		os.Exit(m.Run())
	}
	armKill(os.Getenv(killAt))
	if most, err := strconv.ParseUint(os.Getenv(diskEnds), 10, 64); err == nil {
		signal.Ignore(syscall.SIGXFSZ) // so that writing fails in place of the process
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: most, Max: most}); err != nil {
			panic(err)
		}
	}
	if err := asTold(strings.Split(what, "\n")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func armKill(at string) {
	point, times, armed := strings.Cut(at, ":")
	if !armed {
		return
	}
	left, _ := strconv.Atoi(times) // which a test has written
	fault.Arm(func(name string) {
		if name != point {
			return
		}
		if left--; left < 0 {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	})
}

func asTold(what []string) error {
	r, err := keys.Read(what[3])
	if err != nil {
		return err
	}
	of := Installation{Source: what[1], Folder: what[2], Keys: r, Program: "child", Now: time.Now}
	switch what[0] {
	case "migrate":
		_, err = Migrate(context.Background(), of)
	case "backup":
		_, err = Backup(context.Background(), of)
	case "restore":
		_, err = Restore(context.Background(), of, what[4])
	case "move":
		_, err = Move(context.Background(), of, what[4])
	default:
		err = errors.New("there is nothing to do")
	}
	return err
}

// A backup, a restore and a move are killed at any moment. What is there then under its own name is whole, and doing it
// again does it.
func TestWhatIsKilledIsDoneByDoingItAgain(t *testing.T) {
	t.Parallel()
	rounds := 5
	if os.Getenv("CHIRON_REQUIRE_SOAK") == "1" {
		rounds = 100
	}
	for _, engine := range engines {
		of := house(t, engine)
		made := backup(t, of)
		want := dump(t, of.Source, "session", "link", "event", "event_about")
		for _, do := range []string{"backup", "restore", "move"} {
			t.Run(string(engine)+" "+do, func(t *testing.T) {
				t.Parallel()
				at := of // where it is done
				at.Folder = filepath.Join(t.TempDir(), "backups")
				target := storetest.Source(t, engine)
				if do == "restore" {
					at.Source = target
				}
				began := time.Now()
				for round := 0; ; round++ {
					more := map[string]string{"backup": "", "restore": made.Path, "move": target}[do]
					c := child(at, do, "", more)
					output := strings.Builder{}
					c.Stderr = &output
					if err := c.Start(); err != nil {
						t.Fatal(err)
					}
					if round < rounds {
						time.AfterFunc(time.Duration(round*40/rounds)*time.Millisecond*10, func() { _ = c.Process.Kill() })
					}
					err := c.Wait()
					all, look := Backups(at.Folder)
					if look != nil {
						t.Fatal(look)
					}
					for _, saved := range all {
						mustBeWhole(t, of, saved.Path)
						if err := os.Remove(saved.Path); err != nil {
							t.Fatal(err)
						}
					}
					switch {
					case err == nil || strings.Contains(output.String(), "not empty"): // it came to its end, in this round or the one before
					case strings.Contains(err.Error(), "killed") && time.Since(began) < time.Minute:
						continue
					default:
						t.Fatalf("round %d: %v: %s", round, err, &output)
					}
					break
				}
				if do == "backup" {
					mustLeaveNothing(t, at.Folder, ".lock", ErasedFile)
					return
				}
				if words := difference(want, dump(t, target, "session", "link", "event", "event_about")); words != "" {
					t.Errorf("there is not what there was:\n%s", words)
				}
				if engine == store.SQLite {
					mustLeaveNothing(t, target, "chiron.db", "chiron.db-shm", "chiron.db-wal", "chiron.lock")
				}
			})
		}
	}
}

func mustBeWhole(t *testing.T, of Installation, path string) {
	t.Helper()
	again := of
	again.Source = filepath.Join(t.TempDir(), "data")
	if _, err := Restore(t.Context(), again, path); err != nil {
		t.Error(err)
	}
}

// Files can only get so long, as on a disk that is full: what does not fit is not there, and what was there still is.
func TestFullDiskKeepsNothingHalfDone(t *testing.T) {
	t.Parallel()
	old, newest := earlier(t, store.SQLite, 1), house(t, store.SQLite)
	made := backup(t, old)
	for _, do := range []string{"backup", "restore", "move", "migrate"} {
		failed, of := 0, old
		if do == "move" {
			of = newest
		}
		before := dump(t, of.Source)
		for most := 16 << 10; most < 4<<20; most *= 2 {
			at := of
			at.Folder = filepath.Join(t.TempDir(), "backups")
			target := filepath.Join(t.TempDir(), "data")
			if do == "restore" {
				at.Source = target
			}
			c := child(at, do, "", map[string]string{"restore": made.Path, "move": target}[do])
			c.Env = append(c.Env, fmt.Sprintf("%s=%d", diskEnds, most))
			output, err := c.CombinedOutput()
			if err == nil {
				break
			}
			failed++
			if strings.Contains(string(output), "panic") {
				t.Errorf("%s, %d bytes: %s", do, most, output)
			}
			mustLeaveNothing(t, at.Folder, ".lock")
			mustLeaveNothing(t, target, "chiron.lock")
			if words := difference(before, dump(t, of.Source)); words != "" {
				t.Fatalf("%s, %d bytes: changed:\n%s", do, most, words)
			}
		}
		if failed == 0 {
			t.Errorf("%s never failed", do)
		}
	}
}
