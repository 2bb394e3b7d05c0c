package gallery

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/web/browser"
)

func TestMain(m *testing.M) { browser.Main(m) }

func open(t *testing.T) *browser.Tab {
	t.Helper()
	server := httptest.NewServer(Handler())
	t.Cleanup(server.Close)
	return browser.Open(t, server.URL)
}

func TestEveryPageIsAccessible(t *testing.T) {
	p := open(t)
	p.Prefer("prefers-reduced-motion", "reduce")
	for prefix := range languages {
		for _, name := range Pages {
			p.Wide(1280)
			p.Visit("/" + prefix + "/" + name)
			if name == "parts" || name == "comparison" {
				p.MustEval(`() => document.querySelectorAll('details').forEach(d => { d.open = true })`)
			}
			p.Accessible("/" + prefix + "/" + name)
		}
	}
	p.Quiet()
}

func TestNothingOverflowsANarrowScreen(t *testing.T) {
	p := open(t)
	for prefix := range languages {
		for _, name := range Pages {
			p.Visit("/" + prefix + "/" + name)
			p.Fits("/" + prefix + "/" + name)
		}
	}
}

func TestKeyboardReachesEverythingInSight(t *testing.T) {
	p := open(t)
	for _, width := range []int{390, 1280} {
		p.Wide(width)
		for _, name := range []string{"parts", "form", "list", "overview", "people", "comparison"} {
			p.Visit("/en/" + name)
			t.Logf("%s, %d wide: %d stops", name, width, p.Walk(name))
		}
	}
}

func TestPagesSpeakOneLanguage(t *testing.T) {
	p := open(t)
	for prefix, language := range languages {
		for _, name := range Pages {
			p.Visit("/" + prefix + "/" + name)
			p.Speaks(language, "/"+prefix+"/"+name)
		}
	}
}

func TestComfortWithScript(t *testing.T) {
	p := open(t)
	p.Wide(1280)

	// The palette opens by key, narrows, forgives accents, and leads away.
	p.Visit("/fr/home")
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
	p.Visit("/fr/home")
	if got := p.MustEval(`() => document.documentElement.dataset.theme`).Str(); got != "dark" {
		t.Errorf("the next page is %q", got)
	}

	// htmx swaps the results while one types: focus and text stay.
	p.Visit("/en/list")
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
	p.Visit("/en/home?done=1")
	p.MustElement(".toast [data-close]").MustClick()
	p.MustWait(`() => !document.querySelector('.toast')`)
	p.Quiet()
}

func TestSummaryOfProblemsTakesTheFocusAndLeadsToTheField(t *testing.T) {
	p := open(t)
	p.Visit("/en/form")
	p.MustWait(`() => document.activeElement.classList.contains('summary')`)
	p.MustElement(".summary a").MustClick()
	p.MustWait(`() => document.activeElement.id === 'email'`)
	if title := p.MustEval(`() => document.title`).Str(); !strings.HasPrefix(title, "2 answers to put right") {
		t.Errorf("the window's title is %q", title)
	}
}

func TestDraftOutlivesALostConnection(t *testing.T) {
	p := open(t)
	p.Visit("/en/form")
	p.MustElement("#hope").MustInput("Somebody who has done it before.")
	p.MustWait(`() => document.getElementById('hope-draft').textContent !== ''`)
	offline := func(is bool) {
		browser.Must(t, proto.NetworkEnable{}.Call(p))
		browser.Must(t, proto.NetworkEmulateNetworkConditions{Offline: is, DownloadThroughput: -1, UploadThroughput: -1}.Call(p))
	}
	offline(true)
	p.MustWait(`() => !document.querySelector('[data-offline]').hidden`)
	p.MustEval(`() => document.querySelector('main form').requestSubmit()`)
	if path := p.MustEval(`() => location.pathname`).Str(); path != "/en/form" {
		t.Fatalf("the form was sent into nowhere: %s", path)
	}
	offline(false)
	p.MustWait(`() => document.querySelector('[data-offline]').hidden`)
	p.Visit("/en/form")
	if got := p.MustEval(`() => document.getElementById('hope').value + '/' + document.getElementById('hope-draft').textContent`).Str(); got != "Somebody who has done it before./"+locale.For(locale.English).Say("ui.draft.back") {
		t.Errorf("after the page was opened again: %q", got)
	}
	// When the server has it, the device forgets it.
	p.MustEval(`() => document.querySelector('main form').requestSubmit()`)
	p.MustWait(`() => location.search === '?done=1' && document.readyState === 'complete'`)
	p.Visit("/en/form")
	if got := p.MustEval(`() => document.getElementById('hope').value`).Str(); got != "" {
		t.Errorf("a draft that was sent comes back: %q", got)
	}
}

func TestPagesWorkWithoutScript(t *testing.T) {
	p := open(t)
	p.Wide(390)
	p.WithoutScript()
	click := func(selector, want string) {
		t.Helper()
		p.Press(selector)
		if got := p.Path(); got != want {
			t.Errorf("%s led to %s, want %s", selector, got, want)
		}
	}
	p.Visit("/en/list")
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
	p.Visit("/en/overview")
	p.MustEval(`() => { document.documentElement.dataset.theme = 'dark' }`)
	browser.Must(t, proto.EmulationSetEmulatedMedia{Media: "print"}.Call(p))
	if got := p.MustEval(`() => [getComputedStyle(document.body).color, getComputedStyle(document.querySelector('.card')).backgroundColor, document.querySelector('.side').checkVisibility()].join(' ')`).Str(); got != "rgb(0, 0, 0) rgb(255, 255, 255) false" {
		t.Errorf("in print: %s", got)
	}
}
