package report

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"
	"sync"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/web/assets"
	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/checker"
	"github.com/chiron-mentoring/chiron/match/explain"
)

// MostPairs is how many pairs a page lists. Of more it says the figures, and names the files that list them.
const MostPairs = 2000

// MostBytes is how long a page gets at most: what a mail server lets through, and a phone opens.
const MostBytes = 3_000_000

// A detail is how much a page tells.
type detail struct{ pairs, reasons, proof bool }

// details are tried in this order until a page is short enough. Without the proof inside, the page asks for the two files
// that hold it, and checks them as well.
var details = [...]detail{
	{pairs: true, reasons: true, proof: true},
	{pairs: true, reasons: true},
	{pairs: true},
	{proof: true},
	{},
}

// HTML writes the page. The error is that of w.
func HTML(w io.Writer, in Input) error {
	problem, err := fileOf(in.Run.Problem)
	if err != nil {
		return err
	}
	certificate, err := fileOf(in.Run.Certificate)
	if err != nil {
		return err
	}
	page := newWriter(&in)
	f := count(&in)
	view := page.view(f, problem, certificate)
	proof := &packed{pack(problem.data), pack(certificate.data)}
	proofBytes := len(proof.Problem) + len(proof.Certificate)
	var b bytes.Buffer
	for k, d := range details {
		if d.pairs && f.pairs > MostPairs || d.proof && proofBytes > MostBytes*9/10 {
			continue
		}
		view.Proof.Packed = nil
		if d.proof {
			view.Proof.Packed = proof
		}
		page.list(view, f, d)
		b.Reset()
		if err := templates[in.Language]().ExecuteTemplate(&b, "page", view); err != nil {
			return fmt.Errorf("write the report: %w", err)
		}
		if b.Len() <= MostBytes || k == len(details)-1 {
			break
		}
	}
	_, err = w.Write(b.Bytes())
	return err
}

// A writer puts a page into the words of a language.
type writer struct {
	*locale.Catalogue
	in      *Input
	explain explain.Words
	goals   []match.Goal      // with names in the language
	mentors map[string]string // what mentors are called in sentences
}

func newWriter(in *Input) *writer {
	w := &writer{Catalogue: locale.For(in.Language), in: in, explain: locale.Explain(in.Language), mentors: map[string]string{}}
	if in.Answers != nil {
		w.goals = w.localGoals(in.Answers.Goals)
	}
	for id, name := range in.Run.Names.Mentors {
		w.mentors[id] = isolated(name)
	}
	return w
}

//go:embed page/*.html page/*.css page/*.js
var parts embed.FS

func asset(name string) string {
	text, err := parts.ReadFile(name)
	if err != nil {
		panic(err) // it is embedded
	}
	return string(text)
}

// templates are the page's, with the words of each language.
var templates = map[locale.Language]func() *template.Template{
	locale.English: sync.OnceValue(func() *template.Template { return parse(locale.English) }),
	locale.French:  sync.OnceValue(func() *template.Template { return parse(locale.French) }),
}

func parse(l locale.Language) *template.Template {
	words := locale.For(l)
	t := template.New("report").Funcs(template.FuncMap{
		"t":   words.Say,
		"n":   func(key string, n int, args ...any) string { return words.Count(key, int64(n), args...) },
		"num": func(n any) string { return words.Say("number", "n", n) },
	})
	return template.Must(t.ParseFS(parts, "page/*.html"))
}

// style is the page's only style sheet, with the fonts inside; script its only script, the judge and what calls it.
var (
	style = sync.OnceValue(func() string {
		return fontFace("Public Sans Variable", "100 900", assets.SansFont) + fontFace("Source Serif 4 Variable", "200 900", assets.SerifFont) +
			assets.Tokens() + asset("page/report.css")
	})
	script = sync.OnceValue(func() string { return checker.Source + "\n" + asset("page/verify.js") })
	policy = sync.OnceValue(func() string {
		return strings.Join([]string{
			"default-src 'none'", "script-src " + hashed(script()), "style-src " + hashed(style()),
			"font-src data:", "img-src data:", "base-uri 'none'", "form-action 'none'",
		}, "; ")
	})
)

func fontFace(family, weights, name string) string {
	return fmt.Sprintf("@font-face{font-family:%q;src:url(data:font/woff2;base64,%s) format(\"woff2\");font-weight:%s}\n",
		family, base64.StdEncoding.EncodeToString(assets.Font(name)), weights)
}

// hashed names a script or style sheet to the browser, which runs no other.
func hashed(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
