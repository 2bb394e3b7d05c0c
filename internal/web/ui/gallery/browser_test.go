package gallery

import (
	_ "embed"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/launcher"
	"github.com/go-rod/rod/lib/launcher/flags"
	"github.com/go-rod/rod/lib/proto"

	"github.com/chiron-mentoring/chiron/internal/locale"
)

//go:embed testdata/axe/axe-4.14.1.min.js
var axe string

// chromium is one browser for all tests of the package.
var chromium struct {
	once sync.Once
	*rod.Browser
	launched *launcher.Launcher
	err      error
}

func TestMain(m *testing.M) {
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

// browser skips the test where there is no Chromium, unless it must be there.
func browser(t *testing.T) *rod.Browser {
	t.Helper()
	chromium.once.Do(func() {
		var path string
		for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
			if path, chromium.err = exec.LookPath(name); chromium.err == nil {
				break
			}
		}
		if chromium.err != nil {
			return
		}
		l := launcher.New().Bin(path).Leakless(false).Headless(true).NoSandbox(true)
		for _, flag := range []string{"disable-gpu", "disable-quic", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync", "disable-dev-shm-usage", "hide-scrollbars"} {
			l.Set(flags.Flag(flag))
		}
		l.Set("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
		var address string
		if address, chromium.err = l.Launch(); chromium.err != nil {
			return
		}
		chromium.launched = l
		chromium.Browser = rod.New().ControlURL(address)
		chromium.err = chromium.Connect()
	})
	if chromium.err != nil {
		if os.Getenv("CHIRON_REQUIRE_CHROMIUM") == "1" {
			t.Fatalf("CHIRON_REQUIRE_CHROMIUM=1, and there is no Chromium: %v", chromium.err)
		}
		t.Skipf("Chromium is not to be had, so that the gallery is not opened in a browser: %v", chromium.err)
	}
	return chromium.Browser
}

// A tab is a page in a browser that remembers every complaint.
type tab struct {
	*rod.Page
	root       string
	mu         sync.Mutex
	complaints []string
}

func open(t *testing.T) *tab {
	t.Helper()
	b, err := browser(t).Incognito()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	server := httptest.NewServer(Handler())
	t.Cleanup(server.Close)
	p := &tab{Page: b.MustPage().Timeout(2 * time.Minute), root: server.URL}
	go p.EachEvent(func(e *proto.LogEntryAdded) {
		p.complain("log: " + e.Entry.Text + " " + e.Entry.URL)
	}, func(e *proto.RuntimeExceptionThrown) {
		p.complain("exception: " + e.ExceptionDetails.Text)
	}, func(e *proto.AuditsIssueAdded) {
		if d := e.Issue.Details.ContentSecurityPolicyIssueDetails; d != nil {
			p.complain(fmt.Sprintf("policy: %s %s", d.ContentSecurityPolicyViolationType, d.ViolatedDirective))
		}
	})()
	for _, enable := range []interface{ Call(proto.Client) error }{proto.LogEnable{}, proto.RuntimeEnable{}, proto.AuditsEnable{}} {
		if err := enable.Call(p); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

func (p *tab) complain(what string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.complaints = append(p.complaints, what)
}

// quiet fails the test if the browser complained of anything.
func (p *tab) quiet(t *testing.T) {
	t.Helper()
	time.Sleep(100 * time.Millisecond)
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.complaints {
		t.Errorf("the browser complains: %s", c)
	}
	p.complaints = nil
}

func (p *tab) visit(path string) { p.MustNavigate(p.root + path).MustWaitLoad() }

// prefer is what the reader's device says, such as prefers-reduced-motion.
func (p *tab) prefer(t *testing.T, feature, value string) {
	t.Helper()
	must(t, proto.EmulationSetEmulatedMedia{Features: []*proto.EmulationMediaFeature{{Name: feature, Value: value}}}.Call(p))
}

func (p *tab) wide(width int) {
	p.MustSetViewport(width, 900, 1, false)
}

const audit = `async () => {
  const found = await axe.run(document, {resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']});
  return found.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary).join(' | '));
}`

func TestEveryPageIsAccessible(t *testing.T) {
	p := open(t)
	p.prefer(t, "prefers-reduced-motion", "reduce") // colours are judged when they are there, not on their way
	for prefix := range languages {
		for _, name := range Pages {
			p.wide(1280)
			p.visit("/" + prefix + "/" + name)
			if _, err := (proto.RuntimeEvaluate{Expression: axe}).Call(p); err != nil {
				t.Fatal(err)
			}
			if name == "parts" {
				p.MustEval(`() => document.querySelectorAll('details').forEach(d => { d.open = true })`)
			}
			for _, width := range []int{390, 1280} {
				p.wide(width)
				for _, theme := range []string{"light", "dark"} {
					p.MustEval(`theme => { document.documentElement.dataset.theme = theme }`, theme)
					for _, violation := range p.MustEval(audit).Arr() {
						t.Errorf("/%s/%s, %s, %d wide: %s", prefix, name, theme, width, violation.Str())
					}
				}
			}
		}
	}
	p.quiet(t)
}

// spacing is what WCAG 2.2, 1.4.12 lets readers set; a sheet made by script passes the policy, as extensions' sheets do.
const spacing = `() => { const s = new CSSStyleSheet(); s.replaceSync('*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important} p{margin-block-end:2em!important}'); document.adoptedStyleSheets = [s] }`

const widest = `() => { const most = document.documentElement.clientWidth, over = [];
  if (document.documentElement.scrollWidth > most) for (const e of document.querySelectorAll('main *, header *, footer *, nav *')) if (e.getBoundingClientRect().right > most + 1) over.push(e.tagName + '.' + (e.getAttribute('class') || '') + ' ' + e.textContent.trim().slice(0, 40));
  return [document.documentElement.scrollWidth > most ? 'wider than ' + most : ''].concat(over.slice(0, 4)).filter(x => x) }`

func TestNothingOverflowsANarrowScreen(t *testing.T) {
	p := open(t)
	p.wide(320)
	for prefix := range languages {
		for _, name := range Pages {
			p.visit("/" + prefix + "/" + name)
			for _, with := range []string{"plain", "text spacing"} {
				if with != "plain" {
					p.MustEval(spacing)
				}
				for _, over := range p.MustEval(widest).Arr() {
					t.Errorf("/%s/%s, %s: %s", prefix, name, with, over.Str())
				}
			}
		}
	}
}

const stop = `() => { const e = document.activeElement; if (!e || e === document.body) return {name: ''};
  const same = window.walkedLast === e; window.walkedLast = e;
  const s = getComputedStyle(e), after = getComputedStyle(e, '::after'), r = e.getBoundingClientRect();
  const at = document.elementFromPoint(Math.min(innerWidth - 1, Math.max(0, r.left + r.width / 2)), Math.min(innerHeight - 1, Math.max(0, r.top + Math.min(r.height, 20) / 2)));
  e.dataset.walked = (Number(e.dataset.walked) || 0) + 1;
  return {name: e.tagName + ' ' + (e.id || e.textContent.trim().slice(0, 40)), again: e.dataset.walked > 1 && !same,
    ring: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 || after.outlineStyle !== 'none' && parseFloat(after.outlineWidth) >= 2,
    covered: !(at && (e.contains(at) || at.contains(e) || at.closest('label')?.htmlFor === e.id))} }`

func TestKeyboardReachesEverythingInSight(t *testing.T) {
	p := open(t)
	for _, width := range []int{390, 1280} {
		p.wide(width)
		for _, name := range []string{"parts", "form", "list", "overview"} {
			p.visit("/en/" + name)
			p.MustWait(`() => document.readyState === 'complete'`)
			p.MustEval(`() => { scrollTo(0, 0); document.querySelector('.brand').focus() }`)
			p.KeyActions().Press(input.ShiftLeft).Type(input.Tab).MustDo()
			stops := 0
			for ; stops < 300; stops++ {
				if stops > 0 {
					p.Keyboard.MustType(input.Tab)
				}
				at := p.MustEval(stop)
				if at.Get("name").Str() == "" || at.Get("again").Bool() {
					break
				}
				if !at.Get("ring").Bool() {
					t.Errorf("%s, %d wide: %s shows no focus", name, width, at.Get("name"))
				}
				if at.Get("covered").Bool() {
					t.Errorf("%s, %d wide: %s is covered when it has the focus", name, width, at.Get("name"))
				}
			}
			want := p.MustEval(`() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]):not([type=radio]), select, textarea, summary')].filter(e => e.checkVisibility({visibilityProperty: true}) && !e.dataset.walked).map(e => e.outerHTML.slice(0, 80))`).Arr()
			for _, missed := range want {
				t.Errorf("%s, %d wide: Tab does not reach %s", name, width, missed.Str())
			}
			t.Logf("%s, %d wide: %d stops", name, width, stops)
		}
	}
}

func TestPagesSpeakOneLanguage(t *testing.T) {
	p := open(t)
	for prefix, language := range languages {
		for _, name := range Pages {
			p.visit("/" + prefix + "/" + name)
			seen := p.MustEval(`() => document.title + '\n' + [...document.querySelectorAll('body *')].flatMap(e => [e.getAttribute('aria-label') || '', ...[...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data)]).join('\n')`).Str()
			for _, other := range locale.Languages {
				if other == language {
					continue
				}
				for _, sentence := range locale.For(other).Sentences() {
					if strings.Contains(seen, sentence) {
						t.Errorf("/%s/%s says %q", prefix, name, sentence)
					}
				}
			}
		}
	}
}

func TestComfortWithScript(t *testing.T) {
	p := open(t)
	p.wide(1280)

	// The palette opens by key, narrows, forgives accents, and leads away.
	p.visit("/fr/home")
	p.Keyboard.MustType('/')
	p.MustWait(`() => document.activeElement.id === 'palette-words'`)
	p.MustInsertText("ecran")
	p.MustWait(`() => !document.querySelector('#palette [data-none]').hidden`)
	p.MustElement("#palette-words").MustSelectAllText().MustInput("elements")
	if got := p.MustEval(`() => [...document.querySelectorAll('#palette li:not([hidden])')].map(e => e.innerText.trim()).join()`).Str(); got != "Tous les éléments" {
		t.Errorf("the palette shows %q", got)
	}
	wait := p.MustWaitNavigation()
	p.Keyboard.MustType(input.Enter)
	wait()
	if path := p.MustEval(`() => location.pathname`).Str(); path != "/fr/parts" {
		t.Errorf("the palette led to %s", path)
	}

	// A dialog asks in place of its page, and Escape leaves it.
	p.MustElement("a[data-opens=publish]").MustClick()
	p.MustWait(`() => document.getElementById('publish').open`)
	p.Keyboard.MustType(input.Escape)
	p.MustWait(`() => !document.getElementById('publish').open && document.activeElement.dataset.opens === 'publish'`)

	// The theme changes at once and is kept by the server.
	p.MustElement("[data-theme-action]").MustClick()
	p.MustWait(`() => document.documentElement.dataset.theme === 'dark'`)
	time.Sleep(300 * time.Millisecond)
	p.visit("/fr/home")
	if got := p.MustEval(`() => document.documentElement.dataset.theme`).Str(); got != "dark" {
		t.Errorf("the next page is %q", got)
	}

	// htmx swaps the results while one types: focus and text stay.
	p.visit("/en/list")
	p.MustEval(`() => { document.getElementById('q').marker = true }`)
	p.MustElement("#q").MustFocus()
	for _, r := range "kwame" {
		p.Keyboard.MustType(input.Key(r))
	}
	p.MustWait(`() => document.querySelectorAll('#results article').length === 1`)
	if got := p.MustEval(`() => [document.activeElement.id, document.activeElement.value, document.activeElement.marker, location.search].join(' ')`).Str(); got != "q kwame true ?q=kwame" {
		t.Errorf("after the swap: %q", got)
	}

	// A toast can be sent away.
	p.visit("/en/home?done=1")
	p.MustElement(".toast [data-close]").MustClick()
	p.MustWait(`() => !document.querySelector('.toast')`)
	p.quiet(t)
}

func TestSummaryOfProblemsTakesTheFocusAndLeadsToTheField(t *testing.T) {
	p := open(t)
	p.visit("/en/form")
	p.MustWait(`() => document.activeElement.classList.contains('summary')`)
	p.MustElement(".summary a").MustClick()
	p.MustWait(`() => document.activeElement.id === 'email'`)
	if title := p.MustEval(`() => document.title`).Str(); !strings.HasPrefix(title, "2 answers to put right") {
		t.Errorf("the window's title is %q", title)
	}
}

func TestDraftOutlivesALostConnection(t *testing.T) {
	p := open(t)
	p.visit("/en/form")
	p.MustElement("#hope").MustInput("Somebody who has done it before.")
	p.MustWait(`() => document.getElementById('hope-draft').textContent !== ''`)
	offline := func(is bool) {
		must(t, proto.NetworkEnable{}.Call(p))
		must(t, proto.NetworkEmulateNetworkConditions{Offline: is, DownloadThroughput: -1, UploadThroughput: -1}.Call(p))
	}
	offline(true)
	p.MustWait(`() => !document.querySelector('[data-offline]').hidden`)
	p.MustEval(`() => document.querySelector('main form').requestSubmit()`)
	if path := p.MustEval(`() => location.pathname`).Str(); path != "/en/form" {
		t.Fatalf("the form was sent into nowhere: %s", path)
	}
	offline(false)
	p.MustWait(`() => document.querySelector('[data-offline]').hidden`)
	p.visit("/en/form")
	if got := p.MustEval(`() => document.getElementById('hope').value + '/' + document.getElementById('hope-draft').textContent`).Str(); got != "Somebody who has done it before./"+locale.For(locale.English).Say("ui.draft.back") {
		t.Errorf("after the page was opened again: %q", got)
	}
	// When the server has it, the device forgets it.
	p.MustEval(`() => document.querySelector('main form').requestSubmit()`)
	p.MustWait(`() => location.search === '?done=1' && document.readyState === 'complete'`)
	p.visit("/en/form")
	if got := p.MustEval(`() => document.getElementById('hope').value`).Str(); got != "" {
		t.Errorf("a draft that was sent comes back: %q", got)
	}
}

func TestPagesWorkWithoutScript(t *testing.T) {
	p := open(t)
	p.wide(390)
	must(t, proto.NetworkEnable{}.Call(p))
	must(t, proto.NetworkSetBlockedURLs{Urls: []string{"*.js"}}.Call(p))
	click := func(selector, want string) {
		t.Helper()
		wait := p.MustWaitNavigation()
		p.MustElement(selector).MustClick()
		wait()
		if got := strings.TrimPrefix(p.MustInfo().URL, p.root); got != want {
			t.Errorf("%s led to %s, want %s", selector, got, want)
		}
	}
	p.visit("/en/list")
	if p.MustEval(`() => 'htmx' in window`).Bool() {
		t.Fatal("scripts are loaded")
	}
	p.MustElement("#q").MustInput("kwame")
	click(".ask button", "/en/list?q=kwame")
	if n := len(p.MustElements("#results article")); n != 1 {
		t.Errorf("%d mentors are found", n)
	}
	click("header a[data-opens=palette]", "/en/palette")
	click("main .palette li:last-child a", "/en/parts")
	click("main a[data-opens=publish]", "/en/confirm")
	click("main form button", "/en/parts?done=1")
	click("header a[hreflang=fr-CA]", "/fr/parts")
	click("footer button[value=dark]", "/fr/parts")
	if got := p.MustElement("html").MustAttribute("data-theme"); got == nil || *got != "dark" {
		t.Error("the theme is not kept")
	}
	for _, control := range p.MustElements("[data-theme-action], .toast .close") {
		if control.MustVisible() {
			t.Errorf("%s is in sight and does nothing", control.MustHTML())
		}
	}
}

func TestPrintIsDarkOnWhite(t *testing.T) {
	p := open(t)
	p.visit("/en/overview")
	p.MustEval(`() => { document.documentElement.dataset.theme = 'dark' }`)
	must(t, proto.EmulationSetEmulatedMedia{Media: "print"}.Call(p))
	if got := p.MustEval(`() => [getComputedStyle(document.body).color, getComputedStyle(document.querySelector('.card')).backgroundColor, document.querySelector('.side').checkVisibility()].join(' ')`).Str(); got != "rgb(0, 0, 0) rgb(255, 255, 255) false" {
		t.Errorf("in print: %s", got)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
