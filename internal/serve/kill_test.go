//go:build unix

package serve_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/chiron-mentoring/chiron/internal/config"
	"github.com/chiron-mentoring/chiron/internal/fault"
	"github.com/chiron-mentoring/chiron/internal/operate"
	"github.com/chiron-mentoring/chiron/internal/serve"
	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
)

// A life is what a child process is told: how it is set up, and where it dies.
type life struct {
	Settings []string
	Point    string        // "": nowhere by itself
	Times    int           // it dies when it comes there so often
	Ahead    time.Duration // of its clock, so that nobody need wait for leases to end
}

const lifeVariable = "CHIRON_LIFE"

func TestMain(m *testing.M) {
	if told := os.Getenv(lifeVariable); told != "" {
		live(told)
		return
	}
	os.Exit(m.Run())
}

// live is the server in a process that may die at any point.
func live(told string) {
	var l life
	fail := func(err error) {
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(3)
		}
	}
	fail(json.Unmarshal([]byte(told), &l))
	signal.Ignore(syscall.SIGXFSZ) // a file that cannot grow is an error like others
	var mu sync.Mutex
	fault.Arm(func(point string) {
		mu.Lock()
		defer mu.Unlock()
		if point != l.Point {
			return
		}
		if l.Times--; l.Times == 0 {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	})
	set, _, err := config.ParseFlags(l.Settings)
	fail(err)
	c, err := config.Load(os.TempDir(), nil, set)
	fail(err)
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	s, err := serve.Open(context.Background(), serve.Options{Config: c, Log: log, Now: func() time.Time { return time.Now().Add(l.Ahead) }})
	fail(err)
	fmt.Println(c.URL)
	fail(s.Run(context.Background()))
}

// A sink takes letters and remembers them.
type sink struct {
	mu      sync.Mutex
	port    int
	letters map[string][]string // the texts, by reader
}

func newSink(t *testing.T) *sink {
	t.Helper()
	s := &sink{letters: map[string][]string{}}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.port = listener.Addr().(*net.TCPAddr).Port
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &delivery{sink: s}, nil }))
	server.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelDebug)
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return s
}

type delivery struct {
	*sink
	to string
}

func (d *delivery) Reset()                                    {}
func (d *delivery) Logout() error                             { return nil }
func (d *delivery) Mail(string, *smtp.MailOptions) error      { return nil }
func (d *delivery) Rcpt(to string, _ *smtp.RcptOptions) error { d.to = to; return nil }

func (d *delivery) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.letters[d.to] = append(d.letters[d.to], string(text))
	return nil
}

// letter is the latest one to an address; "": none came yet.
func (s *sink) letter(to string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if all := s.letters[to]; len(all) > 0 {
		return all[len(all)-1]
	}
	return ""
}

// A child is a server in a process of its own.
type child struct {
	*exec.Cmd
	address string
	errors  *strings.Builder
}

// born starts a child; its address is "" if it dies before it says where it is.
func born(t *testing.T, l life) *child {
	t.Helper()
	told, err := json.Marshal(l)
	if err != nil {
		t.Fatal(err)
	}
	c := &child{Cmd: exec.Command(os.Args[0]), errors: &strings.Builder{}}
	c.Env, c.Stderr = append(os.Environ(), lifeVariable+"="+string(told)), c.errors
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	line, _ := bufio.NewReader(out).ReadString('\n')
	c.address = strings.TrimSpace(line)
	return c
}

func (c *child) die() {
	_ = c.Process.Kill()
	_ = c.Wait()
}

// A guest is somebody who was told that they were heard.
type guest struct {
	address string
	joined  *http.Client // with a session that the house has acknowledged; nil: not yet
}

// guests come until the house is dead or so many were heard. Half of them also follow their letters, and join.
func guests(c *child, s *sink, round, most int) (heard []*guest) {
	var all sync.WaitGroup
	var mu sync.Mutex
	for k := range 4 {
		all.Go(func() {
			for n := range most / 4 {
				jar, _ := cookiejar.New(nil)
				client := &http.Client{Jar: jar, Timeout: 20 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
				g := &guest{address: fmt.Sprintf("guest-%d-%d-%d@example.org", round, k, n)}
				if !send(client, c.address+"/sign-in", "address", g.address) {
					return
				}
				mu.Lock()
				heard = append(heard, g)
				mu.Unlock()
				if n%2 == 0 && join(client, c.address, s, g.address) {
					mu.Lock()
					g.joined = client
					mu.Unlock()
				}
			}
		})
	}
	all.Wait()
	return heard
}

func send(client *http.Client, address string, answers ...string) bool {
	form := url.Values{}
	for k := 0; k+1 < len(answers); k += 2 {
		form.Set(answers[k], answers[k+1])
	}
	r, err := http.NewRequest(http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return false
	}
	r.Header.Set("Content-Type", formKind)
	r.Header.Set("X-Forwarded-For", fmt.Sprintf("198.51.%d.%d", rand.IntN(256), rand.IntN(256))) // so that nobody asks too often
	response, err := client.Do(r)
	if err != nil {
		return false
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	return err == nil && response.StatusCode < 400
}

var link = regexp.MustCompile(`/link/[A-Za-z0-9_-]{22}`)

func join(client *http.Client, house string, s *sink, address string) bool {
	for range 80 {
		if letter := s.letter(address); letter != "" {
			path := link.FindString(strings.ReplaceAll(letter, "=\r\n", ""))
			return path != "" && send(client, house+path)
		}
		time.Sleep(25 * time.Millisecond)
	}
	return false
}

// TestNothingIsLostWhenTheProcessDies lets the server die at every named point, and at any time, starts it again, and
// looks whether everything that was acknowledged is there (security model, 5.2). CHIRON_SOAK is how many rounds of dying
// at any time there are for each engine.
func TestNothingIsLostWhenTheProcessDies(t *testing.T) {
	rounds := 2
	if soak := os.Getenv("CHIRON_SOAK"); soak != "" {
		var err error
		if rounds, err = strconv.Atoi(soak); err != nil {
			t.Fatalf("CHIRON_SOAK=%s is no number of rounds", soak)
		}
	}
	for _, engine := range servetest.Engines {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			h := newHospital(t, engine)
			for _, point := range fault.Points {
				h.round(t, life{Point: point, Times: 1 + rand.IntN(3)}, 0)
			}
			for range rounds {
				h.round(t, life{}, time.Duration(rand.Int64N(int64(300*time.Millisecond))))
			}
			if h.heard < h.rounds || h.joined == 0 {
				t.Errorf("only %d asked and were heard, and %d joined: nothing was put to the test", h.heard, h.joined)
			}
			t.Logf("%d rounds, %d asked and were heard, %d joined, %d letters came twice, longest start %v",
				h.rounds, h.heard, h.joined, h.twice, h.longest.Round(time.Millisecond))
		})
	}
}

// A hospital is a house that dies and is revived, over one database.
type hospital struct {
	*sink
	source, keys, backups string
	listen                string // the same in every life, as it stands in letters

	rounds, heard, joined, twice int
	longest                      time.Duration
	ahead                        time.Duration
}

func newHospital(t *testing.T, engine store.Engine) *hospital {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = free.Close()
	return &hospital{sink: newSink(t), source: storetest.Source(t, engine), keys: t.TempDir() + "/keys", backups: t.TempDir(), listen: free.Addr().String()}
}

func (h *hospital) settings() []string {
	return []string{"--db=" + h.source, "--keys=" + h.keys, "--backup-folder=" + h.backups, "--listen=" + h.listen, "--join=anybody", "--proxies=127.0.0.1",
		"--mail-host=127.0.0.1", "--mail-port=" + strconv.Itoa(h.port), "--mail-tls=none", "--mail-sender=chiron@example.org"}
}

// round lets the house die once, revives it, and looks.
func (h *hospital) round(t *testing.T, l life, after time.Duration) {
	t.Helper()
	h.rounds++
	l.Settings, l.Ahead = h.settings(), h.ahead
	c := born(t, l)
	var heard []*guest
	if c.address != "" {
		if after > 0 {
			time.AfterFunc(after, func() { _ = c.Process.Kill() })
		}
		heard = guests(c, h.sink, h.rounds, 40)
	}
	c.die()
	h.ahead += 2 * time.Minute // all leases have ended, and the links in letters have not
	begun := time.Now()
	c = born(t, life{Settings: h.settings(), Ahead: h.ahead})
	if c.address == "" {
		c.die()
		t.Fatalf("after dying %s the house does not open: %s", l.Point, c.errors)
	}
	h.longest = max(h.longest, time.Since(begun))
	where := "at any time"
	if l.Point != "" {
		where = l.Point
	}
	h.allHeard(t, c, heard, where)
	c.die()
	h.sound(t, where)
}

// allHeard looks whether everybody who was heard got a letter, and whoever joined is in.
func (h *hospital) allHeard(t *testing.T, c *child, heard []*guest, where string) {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for _, g := range heard {
		h.heard++
		for h.letter(g.address) == "" {
			if time.Now().After(deadline) {
				t.Fatalf("died %s: somebody was heard, and no letter came", where)
			}
			time.Sleep(10 * time.Millisecond)
		}
		if g.joined == nil {
			continue
		}
		h.joined++
		response, err := g.joined.Get(c.address + "/account")
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode != http.StatusOK {
			t.Errorf("died %s: somebody had joined, and is not in: %d", where, response.StatusCode)
		}
	}
	h.noneTwiceUnderTwoNames(t, where)
}

var (
	messageID = regexp.MustCompile(`(?mi)^Message-ID: <([^>]+)>`)
	subject   = regexp.MustCompile(`(?mi)^Subject: (.*)$`)
)

// noneTwiceUnderTwoNames looks at letters that came twice, as they may when the house died after a server took one: they
// must have the same name and the same bytes. Nobody asked twice, so nobody has two letters about the same.
func (h *hospital) noneTwiceUnderTwoNames(t *testing.T, where string) {
	t.Helper()
	h.mu.Lock()
	defer h.mu.Unlock()
	h.twice = 0
	for _, letters := range h.letters {
		named, about := map[string]string{}, map[string]string{}
		for _, text := range letters {
			id, of := messageID.FindStringSubmatch(text), subject.FindStringSubmatch(text)
			if id == nil || of == nil {
				t.Fatalf("died %s: a letter has no name or no subject: %s", where, text)
			}
			if first, again := named[id[1]]; again {
				h.twice++
				if first != text {
					t.Errorf("died %s: a letter came twice, with other bytes: %s", where, firstDifference(first, text))
				}
			}
			if first, again := about[of[1]]; again && first != id[1] {
				t.Errorf("died %s: a letter came twice under two names", where)
			}
			named[id[1]], about[of[1]] = text, id[1]
		}
	}
}

// firstDifference is the first line in which two texts differ.
func firstDifference(a, b string) string {
	left, right := strings.Split(a, "\r\n"), strings.Split(b, "\r\n")
	for k := range min(len(left), len(right)) {
		if left[k] != right[k] {
			return fmt.Sprintf("%q and %q", left[k], right[k])
		}
	}
	return fmt.Sprintf("%d and %d lines", len(left), len(right))
}

// sound looks whether everything holds that must hold after every fault.
func (h *hospital) sound(t *testing.T, where string) {
	t.Helper()
	set, _, err := config.ParseFlags(h.settings())
	if err != nil {
		t.Fatal(err)
	}
	c, err := config.Load(t.TempDir(), nil, set)
	if err != nil {
		t.Fatal(err)
	}
	doctor := operate.Doctor{Config: c, Now: func() time.Time { return time.Now().Add(h.ahead) }}
	for _, found := range doctor.Invariants(t.Context()) {
		if found.Grade != operate.Fine {
			t.Errorf("died %s: %s: %s. %s", where, found.Check, found.Says, found.Do)
		}
	}
}
