//go:build linux

package serve_test

import (
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"github.com/chiron-mentoring/chiron/internal/store"
)

// limitFiles lets a process write no file beyond a size (prlimit(2)), which to it is a disk that is full.
func limitFiles(t *testing.T, process int, most uint64) {
	t.Helper()
	limit := struct{ soft, hard uint64 }{most, ^uint64(0)}
	const fileSize = 1 // RLIMIT_FSIZE
	if _, _, failed := syscall.RawSyscall6(syscall.SYS_PRLIMIT64, uintptr(process), fileSize, uintptr(unsafe.Pointer(&limit)), 0, 0, 0); failed != 0 {
		t.Fatal(failed)
	}
}

// TestFullDiskLosesNothing fills the disk under a running server, and frees it again: what was acknowledged is kept, what
// cannot be kept is refused, pages can be read all the while, and nobody need start anything anew.
func TestFullDiskLosesNothing(t *testing.T) {
	t.Parallel()
	h := newHospital(t, store.SQLite)
	c := born(t, life{Settings: h.settings()})
	t.Cleanup(c.die)
	heard := guests(c, h.sink, 1, 8)
	reader := http.DefaultClient
	for _, g := range heard {
		if g.joined != nil {
			reader = g.joined
		}
	}
	if reader == http.DefaultClient {
		t.Fatalf("of %d nobody joined: %s", len(heard), c.errors)
	}
	ask := func(name string) bool {
		jar, _ := cookiejar.New(nil)
		address := name + "@example.org"
		client := &http.Client{Jar: jar, Timeout: 30 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		if !send(client, c.address+"/sign-in", "address", address) {
			return false
		}
		heard = append(heard, &guest{address: address})
		return true
	}
	largest := int64(0)
	for _, name := range []string{store.DatabaseFile, store.DatabaseFile + "-wal"} {
		if info, err := os.Stat(filepath.Join(h.source, name)); err == nil {
			largest = max(largest, info.Size())
		}
	}
	limitFiles(t, c.Process.Pid, uint64(largest))
	refused := 0
	for k := 0; refused < 5 && k < 2000; k++ {
		if !ask(fmt.Sprintf("while-full-%d", k)) {
			refused++
		}
	}
	if refused < 5 {
		t.Fatal("a full disk refuses nothing")
	}
	if response, err := reader.Get(c.address + "/account"); err != nil || response.StatusCode != http.StatusOK {
		t.Errorf("while the disk is full a page cannot be read: %v %v", response, err)
	}
	limitFiles(t, c.Process.Pid, ^uint64(0))
	freed := time.Now()
	for k := 0; !ask(fmt.Sprintf("after-%d", k)); k++ {
		if time.Since(freed) > 20*time.Second {
			t.Fatalf("the disk has room again, and nothing is taken: %s", c.errors)
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Logf("%d were heard, %d refused; %v after there was room again the house took things", len(heard), refused, time.Since(freed).Round(time.Millisecond))
	h.allHeard(t, c, heard, "with a full disk")
	c.die()
	h.sound(t, "with a full disk")
}
