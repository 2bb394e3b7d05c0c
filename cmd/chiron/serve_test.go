//go:build unix

package main

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
)

// A running server is the command as a process of its own.
type running struct {
	*exec.Cmd
	address string
	stderr  *bytes.Buffer
}

// start starts "chiron serve" in a folder and waits until it says where it is.
func start(t *testing.T, folder string, args ...string) *running {
	t.Helper()
	r := &running{Cmd: exec.CommandContext(t.Context(), "chiron", append([]string{"serve", "--listen=127.0.0.1:0"}, args...)...), stderr: &bytes.Buffer{}}
	r.Dir, r.Stderr = folder, r.stderr
	out, err := r.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Process.Kill(); _ = r.Wait() })
	lines := bufio.NewScanner(out)
	for r.address == "" && lines.Scan() {
		r.address, _ = strings.CutPrefix(lines.Text(), "Chiron is at ")
		if !strings.HasPrefix(r.address, "http") {
			r.address = ""
		}
	}
	if r.address == "" {
		t.Fatalf("the server does not say where it is: %s", r.stderr)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	return r
}

func (r *running) get(t *testing.T, path string) (status int, body string) {
	t.Helper()
	response, err := http.Get(r.address + path)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(text)
}

func TestServerStartsWithNothingAndAgainAfterItWasKilled(t *testing.T) {
	t.Parallel()
	for _, engine := range []store.Engine{store.SQLite, store.PostgreSQL} {
		folder, source := t.TempDir(), storetest.Source(t, engine)
		first := start(t, folder, "--db="+source)
		for path, want := range map[string]int{"/": 200, "/who-sees-what": 200, "/healthz": 200, "/readyz": 200, "/nothing": 404, "/installation": 303} {
			client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
			response, err := client.Get(first.address + path)
			if err != nil {
				t.Fatal(err)
			}
			_ = response.Body.Close()
			if response.StatusCode != want {
				t.Errorf("%s answers %d, want %d", path, response.StatusCode, want)
			}
		}
		if err := first.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = first.Wait()
		begun := time.Now()
		second := start(t, folder, "--db="+source)
		if status, _ := second.get(t, "/readyz"); status != http.StatusOK {
			t.Errorf("after a kill it answers %d", status)
		}
		t.Logf("%s: it was there again after %v", engine, time.Since(begun).Round(time.Millisecond))
	}
}

func TestSecondServerOnOneFolderIsToldSo(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	start(t, folder)
	second := exec.Command("chiron", "serve", "--listen=127.0.0.1:0")
	second.Dir = folder
	said, err := second.CombinedOutput()
	if err == nil || second.ProcessState.ExitCode() != exitUsage || !strings.Contains(string(said), "chiron-data") {
		t.Errorf("exit code %d: %s", second.ProcessState.ExitCode(), said)
	}
}

func TestServerLogNamesNobody(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	server := start(t, folder, "--log-level=debug")
	form := strings.NewReader("address=canary%40example.org")
	if response, err := http.Post(server.address+"/sign-in", "application/x-www-form-urlencoded", form); err == nil {
		_ = response.Body.Close()
	}
	server.get(t, "/canary-in-the-path?q=canary")
	_ = server.Process.Signal(os.Interrupt)
	_ = server.Wait()
	if strings.Contains(server.stderr.String(), "canary") {
		t.Errorf("the log says %s", server.stderr)
	}
}

// TestSettingsAreRefusedWithWhatToWrite starts with a setting that cannot be meant.
func TestSettingsAreRefusedWithWhatToWrite(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"--mail-port=none"}, {"--listen=0.0.0.0:80"}, {"--no-such-setting=1"}} {
		command := exec.Command("chiron", append([]string{"serve"}, args...)...)
		command.Dir = t.TempDir()
		said, _ := command.CombinedOutput()
		if command.ProcessState.ExitCode() != exitUsage || !regexp.MustCompile(`mail-port|url|no-such-setting`).Match(said) {
			t.Errorf("%v: exit code %d: %s", args, command.ProcessState.ExitCode(), said)
		}
		if entries, _ := filepath.Glob(filepath.Join(command.Dir, "*")); len(entries) > 0 {
			t.Errorf("%v: it left %v", args, entries)
		}
	}
}
