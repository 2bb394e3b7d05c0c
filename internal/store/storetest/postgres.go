//go:build unix

package storetest

import (
	"database/sql"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"
)

// A server is PostgreSQL in a temporary folder, on a Unix socket there and on no port. It lives as long as the test
// binary.
type server struct {
	folder    string
	databases int
	err       error
}

var (
	starting sync.Once
	running  server
	counting sync.Mutex
)

// socketFile is where PostgreSQL listens.
const socketFile = ".s.PGSQL.5432"

// newDatabase gives a test a database of its own, empty, and its address. Without PostgreSQL on the machine the test is
// skipped, or fails where CHIRON_REQUIRE_PG=1.
func newDatabase(t testing.TB) string {
	t.Helper()
	bin, err := serverPrograms()
	if err != nil {
		if os.Getenv("CHIRON_REQUIRE_PG") == "1" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	starting.Do(func() { running = start(bin) })
	if running.err != nil {
		t.Fatalf("PostgreSQL does not start: %v", running.err)
	}
	counting.Lock()
	running.databases++
	name := fmt.Sprintf("test%d", running.databases)
	counting.Unlock()
	if err := running.in("postgres", "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	return running.address(name)
}

// serverPrograms is the folder with initdb and postgres: of the newest version that is installed.
func serverPrograms() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path), nil
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb") // the pattern is right
	if len(found) == 0 {
		return "", errors.New("PostgreSQL is not installed, so its half of the store was not tried")
	}
	return filepath.Dir(slices.MaxFunc(found, func(a, b string) int { return version(a) - version(b) })), nil
}

func version(path string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path)))) // 0 for what is no number
	return n
}

// start makes a server. It runs as another user where the test runs as root, whom PostgreSQL refuses.
func start(bin string) server {
	go sweep(filepath.Join(os.TempDir(), "chiron-pg*")) // as far as it gets; the next one goes on
	folder, err := os.MkdirTemp("", "chiron-pg")        // short: the path of a socket has little room
	if err != nil {
		return server{err: err}
	}
	s := server{folder: folder}
	var as *syscall.Credential
	if os.Getuid() == 0 {
		if as, err = anotherUser(); err == nil {
			err = os.Chown(folder, int(as.Uid), int(as.Gid))
		}
		if err != nil {
			return server{err: err}
		}
	}
	data := filepath.Join(folder, "data")
	prepare := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-A", "trust", "--no-sync", "--locale=C.UTF-8", "-E", "UTF8", "-U", "postgres")
	prepare.SysProcAttr, prepare.Dir = &syscall.SysProcAttr{Credential: as}, folder
	if output, err := prepare.CombinedOutput(); err != nil {
		return server{err: fmt.Errorf("initdb: %w: %s", err, output)}
	}
	if s.err = launch(filepath.Join(bin, "postgres"), data, folder, as); s.err == nil {
		s.err = s.await()
	}
	return s
}

func anotherUser() (*syscall.Credential, error) {
	for _, name := range []string{"postgres", "nobody"} {
		if u, err := user.Lookup(name); err == nil {
			uid, _ := strconv.Atoi(u.Uid) // numbers on every system that has Credential
			gid, _ := strconv.Atoi(u.Gid)
			return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
		}
	}
	return nil, errors.New("there is neither a user postgres nor nobody to run the server as")
}

func (s *server) await() error {
	for range 200 {
		if c, err := net.Dial("unix", filepath.Join(s.folder, socketFile)); err == nil {
			c.Close()
			if err := s.in("postgres", "SELECT 1"); err == nil {
				return nil
			}
		}
		time.Sleep(25 * time.Millisecond)
	}
	return errors.New("it does not answer within five seconds")
}

// address names a database of the server.
func (s *server) address(database string) string {
	address := url.URL{Scheme: "postgres", User: url.User("postgres"), Path: "/" + database}
	address.RawQuery = url.Values{"host": {s.folder}, "sslmode": {"disable"}}.Encode()
	return address.String()
}

func (s *server) in(database, statement string) error {
	db, err := sql.Open("pgx", s.address(database))
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec(statement)
	return err
}
