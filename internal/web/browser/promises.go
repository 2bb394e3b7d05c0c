package browser

import (
	_ "embed"
	"strings"

	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"

	"github.com/chiron-mentoring/chiron/internal/locale"
)

//go:embed axe/axe-4.14.1.min.js
var axe string

const audit = `async () => {
  const found = await axe.run(document, {resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']});
  return found.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary).join(' | '));
}`

// Accessible fails the test for each violation that axe finds on the page that is there, on a phone and on a desk, light
// and dark. The device should prefer reduced motion: colours are judged when they are there, not on their way.
func (p *Tab) Accessible(name string) {
	p.t.Helper()
	_, err := (proto.RuntimeEvaluate{Expression: axe}).Call(p)
	Must(p.t, err)
	for _, width := range []int{390, 1280} {
		p.Wide(width)
		for _, theme := range []string{"light", "dark"} {
			p.MustEval(`theme => { document.documentElement.dataset.theme = theme }`, theme)
			for _, violation := range p.MustEval(audit).Arr() {
				p.t.Errorf("%s, %s, %d wide: %s", name, theme, width, violation.Str())
			}
		}
	}
}

// spacing is what WCAG 2.2, 1.4.12 lets readers set; a sheet made by script passes the policy, as extensions' sheets do.
const spacing = `() => { const s = new CSSStyleSheet(); s.replaceSync('*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important} p{margin-block-end:2em!important}'); document.adoptedStyleSheets = [s] }`

const widest = `() => { const most = document.documentElement.clientWidth, over = [];
  if (document.documentElement.scrollWidth > most) for (const e of document.querySelectorAll('main *, header *, footer *, nav *')) if (e.getBoundingClientRect().right > most + 1) over.push(e.tagName + '.' + (e.getAttribute('class') || '') + ' ' + e.textContent.trim().slice(0, 40));
  return [document.documentElement.scrollWidth > most ? 'wider than ' + most : ''].concat(over.slice(0, 4)).filter(x => x) }`

// Fits fails the test if anything of the page that is there is wider than a screen of 320 pixels, plain and with the
// spacing that readers may set.
func (p *Tab) Fits(name string) {
	p.t.Helper()
	p.Wide(320)
	for _, with := range []string{"plain", "text spacing"} {
		if with != "plain" {
			p.MustEval(spacing)
		}
		for _, over := range p.MustEval(widest).Arr() {
			p.t.Errorf("%s, %s: %s", name, with, over.Str())
		}
	}
	p.MustEval(`() => { document.adoptedStyleSheets = [] }`)
}

const stop = `() => { const e = document.activeElement; if (!e || e === document.body) return {name: ''};
  const same = window.walkedLast === e; window.walkedLast = e;
  const s = getComputedStyle(e), after = getComputedStyle(e, '::after'), r = e.getBoundingClientRect();
  const at = document.elementFromPoint(Math.min(innerWidth - 1, Math.max(0, r.left + r.width / 2)), Math.min(innerHeight - 1, Math.max(0, r.top + Math.min(r.height, 20) / 2)));
  e.dataset.walked = (Number(e.dataset.walked) || 0) + 1;
  return {name: e.tagName + ' ' + (e.id || e.textContent.trim().slice(0, 40)), again: e.dataset.walked > 1 && !same,
    ring: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 || after.outlineStyle !== 'none' && parseFloat(after.outlineWidth) >= 2,
    covered: !(at && (e.contains(at) || at.contains(e) || at.closest('label')?.htmlFor === e.id))} }`

// Walk goes through the page that is there by the Tab key, and fails the test for a control that shows no focus, is
// covered when it has it, or is not reached. It gives the number of stops.
func (p *Tab) Walk(name string) (stops int) {
	p.t.Helper()
	p.MustWait(`() => document.readyState === 'complete'`)
	p.MustEval(`() => { scrollTo(0, 0); document.querySelectorAll('a[href]')[1].focus() }`)
	p.KeyActions().Press(input.ShiftLeft).Type(input.Tab).MustDo()
	for ; stops < 300; stops++ {
		if stops > 0 {
			p.Keyboard.MustType(input.Tab)
		}
		at := p.MustEval(stop)
		if at.Get("name").Str() == "" || at.Get("again").Bool() {
			break
		}
		if !at.Get("ring").Bool() {
			p.t.Errorf("%s: %s shows no focus", name, at.Get("name"))
		}
		if at.Get("covered").Bool() {
			p.t.Errorf("%s: %s is covered when it has the focus", name, at.Get("name"))
		}
	}
	want := p.MustEval(`() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]):not([type=radio]), select, textarea, summary')].filter(e => e.checkVisibility({visibilityProperty: true}) && !e.dataset.walked).map(e => e.outerHTML.slice(0, 80))`).Arr()
	for _, missed := range want {
		p.t.Errorf("%s: Tab does not reach %s", name, missed.Str())
	}
	return stops
}

// Speaks fails the test if the page that is there says a sentence of another language than its own.
func (p *Tab) Speaks(language locale.Language, name string) {
	p.t.Helper()
	seen := p.MustEval(`() => document.title + '\n' + [...document.querySelectorAll('body *')].flatMap(e => [e.getAttribute('aria-label') || '', ...[...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data)]).join('\n')`).Str()
	for _, other := range locale.Languages {
		if other == language {
			continue
		}
		for _, sentence := range locale.For(other).Sentences() {
			if strings.Contains(seen, sentence) {
				p.t.Errorf("%s says %q", name, sentence)
			}
		}
	}
	if tag := p.MustEval(`() => document.documentElement.lang`).Str(); tag != string(language) {
		p.t.Errorf("%s says that it is in %q", name, tag)
	}
}
