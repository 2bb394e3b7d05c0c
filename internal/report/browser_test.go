package report

import (
	"bytes"
	"context"
	"fmt"
	"html/template"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/match"
)

// browser skips the test where there is no Chromium, unless it must be there.
func browser(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("CHIRON_REQUIRE_CHROMIUM") == "1" {
		t.Fatal("CHIRON_REQUIRE_CHROMIUM=1, and there is no Chromium")
	}
	t.Skip("Chromium is not installed, so that pages are not opened in a browser")
	return ""
}

// opened is what a browser makes of a page, as HTML, and what it logged.
func opened(t *testing.T, address string, flags ...string) (dom, logged string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	flags = append([]string{
		"--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
		"--hide-scrollbars", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND",
		"--enable-logging=stderr", "--user-data-dir=" + t.TempDir(), "--virtual-time-budget=20000", "--dump-dom",
	}, append(flags, address)...)
	var out, log bytes.Buffer
	run := exec.CommandContext(ctx, browser(t), flags...)
	run.Stdout, run.Stderr = &out, &log
	if err := run.Run(); err != nil {
		t.Fatalf("%v\n%s", err, &log)
	}
	return out.String(), log.String()
}

// frames shows pages beside each other and writes into the document what came of each.
var frames = template.Must(template.New("frames").Parse(`<!doctype html><meta charset="utf-8">
{{range $k, $name := .}}<iframe id="f{{$k}}" src="{{$name}}#verify" width="320" height="600"></iframe><pre id="r{{$k}}"></pre>{{end}}
<script>
const frames = [...document.querySelectorAll('iframe')];
const look = () => frames.forEach((frame, k) => {
  const page = frame.contentDocument, verdict = page?.getElementById('verdict');
  if (!verdict?.dataset.verdict) return;
  const widest = Math.max(page.documentElement.scrollWidth, page.body.scrollWidth);
  document.getElementById('r' + k).textContent = 'said: ' + verdict.dataset.verdict + '; widest: ' + widest + '; ' + verdict.innerText.replaceAll('\n', ' | ');
});
setInterval(look, 100);
</script>`))

func TestPageVerifiesItselfAndNoForgery(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	residents := page(t, pages(t)["English"])
	change := func(page, old, new string) string {
		t.Helper()
		changed := strings.Replace(page, old, new, 1)
		if changed == page {
			t.Fatalf("the page has no %q to forge", old)
		}
		return changed
	}
	const begin = "<tbody><tr data-edge"
	row := begin + strings.Split(residents, begin)[1]
	mentor := regexp.MustCompile(`data-id="mentor">(F[0-9]+)`)
	packed := regexp.MustCompile(`id="packed-certificate">[^<]*`)
	other := page(t, pages(t)["stable"])
	tests := []struct{ name, page, want, says string }{
		{"English", residents, "accepted", "41 pairs shown here are those of the proof"},
		{"French", page(t, pages(t)["French"]), "accepted", "Les 41 jumelages montrés ici sont ceux de la preuve"},
		{"with ties and a lottery", other, "accepted", "Aucune personne mentorée"},
		{"best for mentors", page(t, pages(t)["best for mentors"]), "accepted", "No mentee and mentor"},
		{"more placed", page(t, pages(t)["more placed"]), "accepted", "both strictly rather"},
		{"impossible", page(t, pages(t)["impossible"]), "accepted", "No matching meets all the minimums"},
		{"summarised", page(t, pages(t)["too many"]), "accepted", "Les chiffres montrés ici"},
		{"with history", page(t, pages(t)["with history"]), "accepted", "Mentees without a mentor: 2"},
		{"nobody", page(t, pages(t)["nobody at all"]), "accepted", "Les chiffres montrés ici"},
		{"another mentor in a row", change(residents, row, mentor.ReplaceAllString(row, `data-id="mentor">F02`)), "refused", "row 1 of the pairs"},
		{"a row left out", change(residents, row, ""), "refused", "40 pairs are shown, and 41 are in the proof"},
		{"a row twice", change(residents, row, row+row), "refused", "42 pairs are shown"},
		{"somebody without a mentor concealed", change(change(residents, `data-nobody="R28"`, ``), `data-nobody-count="2"`, `data-nobody-count="1"`), "refused", "people without a mentor are others"},
		{"a rosier figure", change(residents, `data-figure="placed">38`, `data-figure="placed">40`), "refused", "is 38 in the proof"},
		{"another purpose", change(residents, `data-id="purpose">research`, `data-id="purpose">rest`), "refused", "row 1 of the pairs"},
		{"another certificate", change(residents, packed.FindString(residents), packed.FindString(other)), "refused", "another problem"},
		{"another fingerprint", change(residents, pages(t)["English"].Run.Problem.Hash(), strings.Repeat("0", 64)), "refused", "another problem"},
		{"a proof cut short", change(residents, packed.FindString(residents), packed.FindString(residents)[:200]), "refused", "cannot be read"},
	}
	var names []string
	for k, test := range tests {
		names = append(names, fmt.Sprintf("page%d.html", k))
		write(t, filepath.Join(dir, names[k]), test.page)
	}
	var all bytes.Buffer
	if err := frames.Execute(&all, names); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "frames.html"), all.String())
	dom, _ := opened(t, "file://"+filepath.Join(dir, "frames.html"), "--allow-file-access-from-files")
	d := read(t, dom)
	for k, test := range tests {
		said := text(d.id(fmt.Sprintf("r%d", k)))
		if !strings.HasPrefix(said, "said: "+test.want+";") || !strings.Contains(said, test.says) {
			t.Errorf("%s: got %q, want %s with %q", test.name, said, test.want, test.says)
		}
		if widest := regexp.MustCompile(`widest: ([0-9]+)`).FindStringSubmatch(said); widest == nil || len(widest[1]) > 3 || widest[1] > "320" {
			t.Errorf("%s: on 320 pixels the page is %v wide", test.name, widest)
		}
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// The browser's own word: the page as a file, as people open it, breaks no policy of its own and asks for nothing.
func TestPageRunsFromAFileUnderItsPolicy(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "report.html")
	write(t, name, page(t, solved(t, ward(match.StableForMentees), locale.English)))
	dom, logged := opened(t, "file://"+name+"#verify")
	if n := len(read(t, dom).with("data-verdict")); n != 1 || !strings.Contains(dom, `data-verdict="accepted"`) {
		t.Errorf("the page has %d verdicts:\n%s", n, text(read(t, dom).id("verdict")))
	}
	if complaint := regexp.MustCompile(`(?m)^.*(CONSOLE|Refused|Content Security Policy|ERR_).*$`).FindString(logged); complaint != "" {
		t.Errorf("the browser says: %s", complaint)
	}
	// Without the hash nothing is said before somebody asks.
	if dom, _ := opened(t, "file://"+name); strings.Contains(dom, "data-verdict=") {
		t.Error("the page was verified without being asked")
	}
}
