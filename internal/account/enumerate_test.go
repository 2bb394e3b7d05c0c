//go:build unix

package account

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
)

// counts are the rows of the tables that an ask touches.
func (h *house) counts() map[string]int {
	h.Helper()
	counts := map[string]int{}
	h.view(func(tx *store.Tx) error {
		jobs, err := tx.CountJobs()
		if err != nil {
			return err
		}
		counts["jobs"] = jobs[store.JobWaiting]
		letters, err := tx.Letters(store.LetterWaiting, 100)
		if err != nil {
			return err
		}
		counts["letters"] = len(letters)
		counts["events"], err = tx.CountEvents()
		return err
	})
	return counts
}

// TestNobodyLearnsWhetherAnAddressHasAnAccount asks for addresses that have one and that have none, in turn, and compares
// what comes back and what is left behind.
func TestNobodyLearnsWhetherAnAddressHasAnAccount(t *testing.T) {
	both(t, func(h *house) {
		h.somebody("known@example.org")
		h.Open = false
		const rounds = 4
		for round := range rounds {
			var seen [2]string
			for k, address := range []string{"known@example.org", fmt.Sprintf("other%d@example.org", round)} {
				before := h.counts()
				asked, err := h.AskLink(h.Context(), Ask{Address: address, Browser: "mine", Remote: "192.0.2.1:5"})
				after := h.counts()
				for what := range after {
					after[what] -= before[what]
				}
				seen[k] = fmt.Sprint(asked.Browser, asked.Until.Truncate(time.Second), err, after)
				if after["jobs"] != 1 || after["letters"] != 1 || after["events"] != 0 {
					h.Errorf("an ask leaves %v behind", after)
				}
				_, err = h.ConfirmCode(h.Context(), Key{Code: "00000000", Browser: "mine"})
				f, _ := err.(*mentoring.Fault)
				if f == nil {
					h.Fatalf("a guess is right: %v", err)
				}
				seen[k] += fmt.Sprint(f.Kind, f.Key, f.Args)
			}
			if seen[0] != seen[1] {
				h.Errorf("with an account:\n%s\nwithout:\n%s", seen[0], seen[1])
			}
		}
	})
}

// TestDatabaseIsAskedTheSameForKnownAndUnknown listens to the conversation with PostgreSQL: the same statements, in the
// same order, whether or not an address has an account, is suspended or was left.
func TestDatabaseIsAskedTheSameForKnownAndUnknown(t *testing.T) {
	t.Parallel()
	source := storetest.Source(t, store.PostgreSQL)
	tap, tapped := listen(t, source)
	h := newHouse(t, storetest.Open(t, tapped))
	h.somebody("known@example.org")
	for _, open := range []bool{true, false} {
		h.Open = open
		var heard []string
		for k, address := range []string{"known@example.org", "x0@example.org", "known@example.org", "x1@example.org", "known@example.org", "x2@example.org"} {
			tap.take()
			if _, err := h.AskLink(t.Context(), Ask{Address: address, Remote: "192.0.2.1:5"}); err != nil {
				t.Fatal(err)
			}
			if said := tap.take(); k >= 2 { // by then the driver knows every statement
				heard = append(heard, said)
			}
		}
		if distinct := slices.Compact(slices.Clone(heard)); len(distinct) != 1 || strings.Count(heard[0], "E") < 8 {
			t.Errorf("open %v: the conversations differ, or say nothing:\n%s", open, strings.Join(heard, "\n\n"))
		}
		h.pass(60 * 60 * 1e9)
	}
}

// A tap hears what is said to a server.
type tap struct {
	mu    sync.Mutex
	heard bytes.Buffer
}

func (p *tap) take() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	defer p.heard.Reset()
	return p.heard.String()
}

// listen puts a tap before the server of a source.
func listen(t *testing.T, source string) (*tap, string) {
	t.Helper()
	address, err := url.Parse(source)
	if err != nil {
		t.Fatal(err)
	}
	values := address.Query()
	const socket = ".s.PGSQL.5432"
	server := filepath.Join(values.Get("host"), socket)
	folder, err := os.MkdirTemp("", "tap") // short: the path of a socket has little room
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	l, err := net.Listen("unix", filepath.Join(folder, socket))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	values.Set("host", folder)
	address.RawQuery = values.Encode()
	p := &tap{}
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			go p.join(client, server)
		}
	}()
	return p, address.String()
}

// join hands on what both sides say, and notes the kind of each message to the server, with the name of the statement
// where a message has one.
func (p *tap) join(client net.Conn, socket string) {
	defer client.Close()
	server, err := net.Dial("unix", socket)
	if err != nil {
		return
	}
	defer server.Close()
	go func() {
		_, _ = io.Copy(client, server)
		client.Close()
	}()
	for begun := false; ; begun = true {
		var kind [1]byte
		var size [4]byte
		if begun { // the first message has no kind
			if _, err := io.ReadFull(client, kind[:]); err != nil {
				return
			}
		}
		if _, err := io.ReadFull(client, size[:]); err != nil {
			return
		}
		body := make([]byte, binary.BigEndian.Uint32(size[:])-4)
		if _, err := io.ReadFull(client, body); err != nil {
			return
		}
		if begun {
			p.note(kind[0], body)
			_, _ = server.Write(kind[:])
		}
		_, _ = server.Write(append(size[:], body...))
	}
}

func (p *tap) note(kind byte, body []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.heard.WriteByte(kind)
	switch parts := bytes.SplitN(body, []byte{0}, 3); kind {
	case 'B': // portal, statement
		fmt.Fprintf(&p.heard, "(%s)", parts[1])
	case 'P', 'Q': // statement or text
		fmt.Fprintf(&p.heard, "(%s)", parts[0])
	}
}
