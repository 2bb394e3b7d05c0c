// Package browser opens pages in Chromium, for tests: one browser for a package, a fresh tab without memory for each test,
// and what every page must hold to: no complaint of the browser, no violation that axe finds, nothing wider than the
// screen, every control within reach of the keyboard, one language. It is imported by tests alone.
package browser

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/launcher"
	"github.com/go-rod/rod/lib/launcher/flags"
	"github.com/go-rod/rod/lib/proto"
)

// chromium is one browser for all tests of a package.
var chromium struct {
	once sync.Once
	*rod.Browser
	launched *launcher.Launcher
	err      error
}

// Main runs the tests of a package and closes the browser after them. Call it in TestMain.
func Main(m *testing.M) {
	code := m.Run()
	if chromium.launched != nil {
		if chromium.Browser != nil {
			_ = chromium.Close()
		}
		chromium.launched.Kill()
		chromium.launched.Cleanup()
	}
	os.Exit(code)
}

// start skips the test where there is no Chromium, unless it must be there.
func start(t testing.TB) *rod.Browser {
	t.Helper()
	chromium.once.Do(func() { chromium.err = launch() })
	if chromium.err != nil {
		if os.Getenv("CHIRON_REQUIRE_CHROMIUM") == "1" {
			t.Fatalf("CHIRON_REQUIRE_CHROMIUM=1, and there is no Chromium: %v", chromium.err)
		}
		t.Skipf("Chromium is not to be had, so that no page is opened in a browser: %v", chromium.err)
	}
	t.Log("in Chromium") // which ./check counts
	return chromium.Browser
}

func launch() error {
	var path string
	var err error
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err = exec.LookPath(name); err == nil {
			break
		}
	}
	if err != nil {
		return err
	}
	l := launcher.New().Bin(path).Leakless(false).Headless(true).NoSandbox(true)
	for _, flag := range []string{"disable-gpu", "disable-quic", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync", "disable-dev-shm-usage", "hide-scrollbars"} {
		l.Set(flags.Flag(flag))
	}
	l.Set("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost")
	address, err := l.Launch()
	if err != nil {
		return err
	}
	chromium.launched = l
	chromium.Browser = rod.New().ControlURL(address)
	return chromium.Connect()
}

// A Tab is a page in a browser of its own that remembers every complaint.
type Tab struct {
	*rod.Page
	Root string // what addresses begin with

	t          testing.TB
	whole      *rod.Page // without a limit of time
	mu         sync.Mutex
	complaints []string
}

// Open opens a tab that knows nothing of any other, for addresses that begin with root.
func Open(t testing.TB, root string) *Tab {
	t.Helper()
	b, err := start(t).Incognito()
	Must(t, err)
	t.Cleanup(func() { _ = b.Close() })
	page, err := b.Page(proto.TargetCreateTarget{})
	Must(t, err)
	p := &Tab{Page: page.Timeout(patience), Root: root, t: t, whole: page}
	go page.EachEvent(func(e *proto.LogEntryAdded) {
		p.complain("log: " + e.Entry.Text + " " + e.Entry.URL)
	}, func(e *proto.RuntimeExceptionThrown) {
		p.complain("exception: " + e.ExceptionDetails.Text)
	}, func(e *proto.AuditsIssueAdded) {
		if d := e.Issue.Details.ContentSecurityPolicyIssueDetails; d != nil {
			p.complain(fmt.Sprintf("policy: %s %s", d.ContentSecurityPolicyViolationType, d.ViolatedDirective))
		}
	})()
	for _, enable := range []interface{ Call(proto.Client) error }{proto.LogEnable{}, proto.RuntimeEnable{}, proto.AuditsEnable{}} {
		Must(t, enable.Call(p))
	}
	return p
}

func (p *Tab) complain(what string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.complaints = append(p.complaints, what)
}

// Quiet fails the test if the browser complained of anything but what holds one of these words, and forgets it.
func (p *Tab) Quiet(but ...string) {
	p.t.Helper()
	time.Sleep(100 * time.Millisecond)
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.complaints {
		foreseen := false
		for _, word := range but {
			foreseen = foreseen || strings.Contains(c, word)
		}
		if !foreseen {
			p.t.Errorf("the browser complains: %s", c)
		}
	}
	p.complaints = nil
}

// patience is how long everything may take that is done with one page.
const patience = 2 * time.Minute

// Visit opens an address and waits until the page is there.
func (p *Tab) Visit(path string) {
	p.t.Helper()
	p.Page = p.whole.Timeout(patience)
	if strings.HasPrefix(path, "/") {
		path = p.Root + path
	}
	p.MustNavigate(path).MustWaitLoad()
}

// Path is the address of the page that is there, without the root.
func (p *Tab) Path() string { return strings.TrimPrefix(p.MustInfo().URL, p.Root) }

// Press clicks on what a selector finds, and waits until the page that follows is there.
func (p *Tab) Press(selector string) {
	p.t.Helper()
	e, err := p.Element(selector)
	Must(p.t, err)
	wait := p.MustWaitNavigation()
	e.MustClick()
	wait()
	p.MustWaitLoad()
}

// Text is the text of the page's content, as a reader sees it.
func (p *Tab) Text() string {
	return p.MustEval(`() => document.querySelector('main').innerText`).Str()
}

// Prefer sets what the reader's device says, such as prefers-reduced-motion.
func (p *Tab) Prefer(feature, value string) {
	p.t.Helper()
	Must(p.t, proto.EmulationSetEmulatedMedia{Features: []*proto.EmulationMediaFeature{{Name: feature, Value: value}}}.Call(p))
}

// Wide sets how wide the screen is.
func (p *Tab) Wide(width int) { p.MustSetViewport(width, 900, 1, false) }

// WithoutScript holds all scripts back from now on.
func (p *Tab) WithoutScript() {
	p.t.Helper()
	Must(p.t, proto.NetworkEnable{}.Call(p))
	Must(p.t, proto.NetworkSetBlockedURLs{Urls: []string{"*.js"}}.Call(p))
}

// Must fails the test on an error.
func Must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
