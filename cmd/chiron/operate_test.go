//go:build unix

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/chiron-mentoring/chiron/internal/audit"
	"github.com/chiron-mentoring/chiron/internal/keys"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
)

func init() {
	commandsOfScripts["serve"], commandsOfScripts["stop-server"] = serving, stopServer
	commandsOfScripts["rename-backup"], commandsOfScripts["truncate"] = renameBackup, truncate
}

// serving starts a server in the folder of a script, and waits until it says where it is. It ends with the script.
func serving(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("usage: serve [FLAG...]")
	}
	program, err := exec.LookPath("chiron")
	ts.Check(err)
	server := exec.Command(program, append([]string{"serve", "--listen=127.0.0.1:0"}, args...)...)
	server.Dir, server.Env = ts.MkAbs("."), append(os.Environ(), "HOME="+ts.Getenv("HOME"))
	out, err := os.Create(ts.MkAbs(".served"))
	ts.Check(err)
	server.Stdout, server.Stderr = out, out
	ts.Check(server.Start())
	ts.Check(out.Close())
	ended := make(chan struct{})
	go func() { _ = server.Wait(); close(ended) }()
	kill := func() { _ = server.Process.Signal(syscall.SIGKILL); <-ended }
	ts.Defer(kill)
	*ts.Value(serverOf{}).(*func()) = kill
	for range 600 {
		if said := ts.ReadFile(".served"); strings.Contains(said, "Chiron is at ") {
			return
		}
		select {
		case <-ended:
			ts.Fatalf("the server does not run: %s", ts.ReadFile(".served"))
		case <-time.After(50 * time.Millisecond):
		}
	}
	ts.Fatalf("the server does not say where it is: %s", ts.ReadFile(".served"))
}

// stopServer kills the server that a script has started last.
func stopServer(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: stop-server")
	}
	(*ts.Value(serverOf{}).(*func()))()
}

// renameBackup gives the only backup in a folder a name that a script knows.
func renameBackup(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: rename-backup FOLDER FILE")
	}
	found, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), "chiron-*.zip"))
	ts.Check(err)
	if len(found) != 1 {
		ts.Fatalf("there are %d backups in %s", len(found), args[0])
	}
	ts.Check(os.Rename(found[0], ts.MkAbs(args[1])))
}

// truncate copies the beginning of a file.
func truncate(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: truncate FILE COPY BYTES")
	}
	n, err := strconv.Atoi(args[2])
	ts.Check(err)
	data := ts.ReadFile(args[0])
	if len(data) <= n {
		ts.Fatalf("%s has only %d bytes", args[0], len(data))
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(data[:n]), 0o600))
}

// A place is where an installation is in a test of commands.
type place struct {
	*testing.T
	folder string
}

// run runs a command there, which must end with an exit code, and gives what it says.
func (p place) run(code int, args ...string) string {
	p.Helper()
	var stdout, stderr bytes.Buffer
	args = append(args, "--keys="+filepath.Join(p.folder, "keys"), "--backup-folder="+filepath.Join(p.folder, "backups"))
	if got := chiron(p.Context(), args, nil, strings.NewReader(""), &stdout, &stderr); got != code {
		p.Fatalf("chiron %q: exit code %d, want %d\n%s%s", args, got, code, &stdout, &stderr)
	}
	return stdout.String() + stderr.String()
}

func (p place) says(text string, wanted ...string) {
	p.Helper()
	for _, want := range wanted {
		if !strings.Contains(text, want) {
			p.Errorf("want %q in\n%s", want, text)
		}
	}
}

// newPlace is an installation with a little in it and a log that is sealed.
func newPlace(t *testing.T, source string) place {
	p := place{t, t.TempDir()}
	ring, err := keys.Open(filepath.Join(p.folder, "keys"), "mentoring.example.org/audit", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	if err := ring.Recognise(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	err = db.Update(t.Context(), func(tx *store.Tx) error {
		return audit.Record(tx, time.Now(), audit.Event{Actor: "console", Action: "test", Kind: "test", Object: "1"})
	})
	if err != nil {
		t.Fatal(err)
	}
	s := audit.Sealer{DB: db, Signer: ring.Signer(), Now: time.Now}
	if _, err := s.Seal(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestMoveGoesToPostgreSQLAndBack(t *testing.T) {
	t.Parallel()
	here, there, back := filepath.Join(t.TempDir(), "data"), storetest.Source(t, store.PostgreSQL), filepath.Join(t.TempDir(), "data")
	p := newPlace(t, here)
	p.says(p.run(exitDone, "move", "--db="+here, "--to", there), "Moved: 6 rows, as many as there were.", "The audit log verifies: 1 event under 1 seal.", "Set db to postgres://")
	p.says(p.run(exitNo, "move", "--db="+here, "--to="+there), "chiron: the database is not empty")
	p.says(p.run(exitDone, "doctor", "--invariants", "--db="+there), "ok       I6: the audit log verifies", "All is well.")
	p.says(p.run(exitDone, "backup", "--db="+there), "The audit log verifies: 1 event under 1 seal, and 1 not sealed yet.", "\n    mentoring.example.org/audit\n    1\n    ")
	p.says(p.run(exitDone, "move", "--db="+there, "--to="+back), "Moved: 8 rows", "Set db to "+back)
	p.says(p.run(exitUsage, "move", "--db="+there, "--to=mysql://x"), "--to: this is a database that Chiron does not work with")
}

func TestMigrateUpgradesAfterABackup(t *testing.T) {
	t.Parallel()
	for _, engine := range []store.Engine{store.SQLite, store.PostgreSQL} {
		source := storetest.Source(t, engine)
		p := newPlace(t, source)
		db, err := store.Open(t.Context(), source)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.MigrateTo(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		p.says(p.run(exitDone, "doctor", "--db="+source), "warning  schema: it is of version 1, and this program works with", "→ run chiron migrate, with the server stopped")
		p.says(p.run(exitNo, "audit", "verify", "--db="+source), "bring it up to date first, with chiron migrate")
		p.says(p.run(exitDone, "migrate", "--db="+source), "The schema has version 1; the newest is ", "A backup from before: ", "It was restored on trial", "Now it has version ")
		p.says(p.run(exitDone, "migrate", "--db="+source), "There is nothing to do.")
		p.says(p.run(exitDone, "audit", "verify", "--db="+source), "The audit log verifies: 1 event under 1 seal.")
	}
}

func TestCheckpointsAreKeptInAFile(t *testing.T) {
	t.Parallel()
	source, kept := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "checkpoints.txt")
	p := newPlace(t, source)
	p.says(p.run(exitDone, "audit", "verify", "--db="+source, "--keep="+kept), "It begins as 0 checkpoints say that were kept", "\n    mentoring.example.org/audit\n    1\n    ")
	first, err := os.ReadFile(kept)
	if err != nil {
		t.Fatal(err)
	}
	p.says(p.run(exitDone, "audit", "verify", "--db="+source, "--keep", kept), "It begins as 1 checkpoint says that was kept")
	if again, err := os.ReadFile(kept); err != nil || !bytes.Equal(first, again) {
		t.Errorf("the same checkpoint was added again: %s, %v", again, err)
	}
	raw := storetest.Raw(t, source)
	if _, err := raw.Exec("UPDATE event SET actor = 'x'"); err != nil {
		t.Fatal(err)
	}
	p.says(p.run(exitNo, "audit", "verify", "--db="+source), "chiron: the audit log is not intact, seal 1")
}
