package report

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/checker"
	"github.com/chiron-mentoring/chiron/match/explain"
	"github.com/chiron-mentoring/chiron/match/run"
	"github.com/chiron-mentoring/chiron/match/solve"
)

var (
	making sync.Mutex
	made   map[string]Input
)

// pages are all kinds of pages, by what is special about them. They are made once, and only read.
func pages(t *testing.T) map[string]Input {
	t.Helper()
	making.Lock()
	defer making.Unlock()
	if made != nil {
		return made
	}
	all := map[string]Input{
		"English": residency(t, locale.English), "French": residency(t, locale.French),
		"stable":           solved(t, ward(match.StableForMentees), locale.French),
		"best for mentors": solved(t, ward(match.StableForMentors), locale.English),
		"more placed":      solved(t, ward(match.StableMorePlaced), locale.English),
		"impossible":       solved(t, impossible(), locale.English),
		"nobody at all":    solved(t, match.NewBuilder(match.StableForMentees), locale.French),
		"two thousand":     solved(t, crowd(MostPairs), locale.English),
		"too many":         solved(t, crowd(MostPairs+1), locale.French),
	}
	bare := residency(t, locale.French)
	bare.Answers, bare.Supply, bare.Equity, bare.Choices, bare.Title = nil, nil, nil, nil, ""
	all["bare"] = bare
	rich := residency(t, locale.English)
	withHistory(t, &rich)
	all["with history"] = rich
	made = all
	return all
}

// withHistory adds last year's pairs, and decisions by hand.
func withHistory(t *testing.T, in *Input) {
	t.Helper()
	earlier, err := run.CompareEarlier("last-year.csv", []byte("mentee,mentor\nR01,F17\nR02,F01\nR03,F99\nR28,F05\n"), in.Run)
	if err != nil {
		t.Fatal(err)
	}
	in.Earlier = earlier
	x, err := explain.New(about(in.Run))
	if err != nil {
		t.Fatal(err)
	}
	edits := &run.PricedEdits{}
	p := in.Run.Problem
	for e := range p.Edges.Len() {
		if p.State(e) == match.Open {
			continue
		}
		cost, err := x.Freed(t.Context(), []int32{int32(e)})
		if err != nil {
			t.Fatal(err)
		}
		one := run.PricedEdit{Edges: []int32{int32(e)}, Priced: true, Cost: cost}
		one.State, one.Mentee, one.Mentor = p.State(e), p.Mentees[p.Edges.Mentee[e]], p.Mentors[p.Edges.Mentor[e]]
		one.Reason = "they said <so>"
		edits.Edits, edits.Together = append(edits.Edits, one), cost
	}
	in.Edits = edits
}

// ward is a small program in which both sides rank each other, with ties.
func ward(aim match.Aim) *match.Builder {
	b := match.NewBuilder(aim)
	b.Lottery.Seed = "dice"
	for i, mentee := range []string{"ana", "ben", "cy", "dee"} {
		b.Person(match.MenteeSide, mentee, 1, 0)
		for j, mentor := range []string{"roy", "singh"} {
			b.Pair(match.Pair{Mentee: mentee, Mentor: mentor, MenteeRank: 1 + (i+j)%2, MentorRank: 1})
		}
	}
	b.Person(match.MentorSide, "roy", 2, 0)
	b.Person(match.MentorSide, "singh", 1, 0)
	return b
}

func impossible() *match.Builder {
	b := ward(match.Optimal)
	b.Goals = []match.Goal{{Name: "placed", Units: []match.Reward{{Of: "mentees", Units: []int64{1}}}}}
	b.HardMinimums = true
	b.Person(match.MentorSide, "uma", 3, 2)
	return b
}

// crowd is so many pairs that all come about, among others that do not.
func crowd(pairs int) *match.Builder {
	b := match.NewBuilder(match.Optimal)
	b.Goals = []match.Goal{{Name: "pairs", Pairs: true}, {Name: "suitability", Column: "suitability"}}
	b.Column("suitability")
	for i := range pairs {
		mentee, mentor, next := fmt.Sprintf("mentee-%06d", i), fmt.Sprintf("mentor-%06d", i), fmt.Sprintf("mentor-%06d", (i+1)%pairs)
		b.Person(match.MenteeSide, mentee, 1, 0)
		b.Person(match.MentorSide, mentor, 1, 0)
		b.Pair(match.Pair{Mentee: mentee, Mentor: mentor, Values: map[string]int32{"suitability": int32(50 + i%40)}})
		b.Pair(match.Pair{Mentee: mentee, Mentor: next, Values: map[string]int32{"suitability": int32(i % 13)}})
	}
	return b
}

// solved is a page about a problem that no spreadsheet led to.
func solved(t testing.TB, b *match.Builder, l locale.Language) Input {
	t.Helper()
	p, err := b.Problem()
	if err != nil {
		t.Fatal(err)
	}
	c, err := solve.Solve(t.Context(), p, solve.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c.Problem = p.Hash()
	names := run.Names{Shown: true, Mentees: map[string]string{}, Mentors: map[string]string{}}
	for _, id := range p.Mentees {
		names.Mentees[id] = "Élodie-Marguerite " + id
	}
	in := Input{Language: l, Run: &run.Run{Problem: p, Certificate: c, Names: names, Manifest: run.Manifest{Engine: run.ThisEngine(), Lottery: run.Draw{Source: run.SeedGiven, Seed: b.Lottery.Seed}}}}
	if c.Outcome == match.IsImpossible {
		return in
	}
	x, err := explain.New(explain.Case{Problem: p, Certificate: c, Names: [2]map[string]string{names.Mentees, names.Mentors}})
	if err != nil {
		t.Fatal(err)
	}
	if in.Answers, err = Ask(t.Context(), in, x); err != nil {
		t.Fatal(err)
	}
	return in
}

func TestEveryPageIsSoundAndNeedsNothingElse(t *testing.T) {
	t.Parallel()
	for name, in := range pages(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			bytes := page(t, in)
			if len(bytes) > MostBytes {
				t.Errorf("%d bytes, and %d at most were promised", len(bytes), MostBytes)
			}
			d := read(t, bytes)
			isSound(t, d)
			needsNothing(t, d)
			keepsPolicy(t, d)
			if lang, _ := attr(d.tagged("html")[0], "lang"); lang != string(in.Language) {
				t.Errorf("the page says that its language is %q", lang)
			}
		})
	}
}

// isSound looks for what people with a screen reader need, and for what tells that a template went wrong.
func isSound(t *testing.T, d *document) {
	t.Helper()
	seen := map[string]bool{}
	for _, n := range d.with("id") {
		id, _ := attr(n, "id")
		if seen[id] {
			t.Errorf("the id %q is there twice", id)
		}
		seen[id] = true
	}
	for _, name := range []string{"aria-labelledby", "for"} {
		for _, n := range d.with(name) {
			if id, _ := attr(n, name); !seen[id] {
				t.Errorf("%s names %q, which is not there", name, id)
			}
		}
	}
	if n := len(d.tagged("h1")); n != 1 {
		t.Errorf("there are %d headings of the first level", n)
	}
	level := byte('1')
	for _, n := range d.tagged("h1", "h2", "h3", "h4") {
		if n.Data[1] > level+1 {
			t.Errorf("%q is a heading two levels below the one before it", text(n))
		}
		level = n.Data[1]
	}
	for _, tag := range []string{"main", "header", "footer", "title"} {
		if len(d.tagged(tag)) != 1 {
			t.Errorf("there is not one %s", tag)
		}
	}
	for _, n := range d.tagged("table") {
		if first := n.FirstChild; first == nil || first.Data != "caption" {
			t.Errorf("a table has no caption: %.80s", text(n))
		}
	}
	for _, n := range d.tagged("th") {
		if _, has := attr(n, "scope"); !has {
			t.Errorf("the heading %q of a table has no scope", text(n))
		}
	}
	for _, n := range d.tagged("svg") {
		label, labelled := attr(n, "aria-label")
		if _, hidden := attr(n, "aria-hidden"); !hidden && (!labelled || label == "") {
			t.Error("a picture is not told in words")
		}
	}
	for _, n := range d.tagged("button", "summary", "a") {
		if text(n) == "" {
			t.Errorf("a %s says nothing", n.Data)
		}
	}
	for _, n := range d.all {
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("<%s %s> would need another policy", n.Data, a.Key)
			}
			if strings.Contains(a.Val, "ZgotmplZ") || regexp.MustCompile(`\{[a-z]+\}`).MatchString(a.Val) && a.Key != "data-words" {
				t.Errorf("<%s %s=%q> was not filled in", n.Data, a.Key, a.Val)
			}
		}
	}
	if left := regexp.MustCompile(`\{[a-z]+\}|%!|<no value>|\{\{`).FindString(text(d.tagged("body")[0])); left != "" {
		t.Errorf("%q was not filled in", left)
	}
}

// needsNothing looks for whatever would fetch something.
func needsNothing(t *testing.T, d *document) {
	t.Helper()
	for _, n := range d.all {
		for _, a := range n.Attr {
			isFile := slices.Contains([]string{"pairs.csv", "unmatched.csv", "summary.txt"}, a.Val)
			switch a.Key {
			case "src", "srcset", "action", "poster", "data", "ping", "background", "http-equiv-refresh":
				t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			case "href", "xlink:href":
				id, local := strings.CutPrefix(a.Val, "#")
				if local && d.id(id) == nil {
					t.Errorf("nothing is at %s", a.Val)
				}
				if !local && !isFile && a.Val != "data:," {
					t.Errorf("<%s href=%q> leads out of the page", n.Data, a.Val)
				}
			}
		}
	}
	for _, n := range d.tagged("style") {
		for _, at := range regexp.MustCompile(`(url\([^d]|@import|https?:)`).FindAllString(n.FirstChild.Data, -1) {
			t.Errorf("the style sheet has %q", at)
		}
	}
	if banned := d.tagged("link", "img", "iframe", "object", "embed", "form", "base", "video", "audio"); len(banned) != 1 { // the icon, which is empty
		t.Errorf("%d elements could fetch something", len(banned))
	}
	code := d.tagged("script")
	for _, call := range []string{"fetch(", "XMLHttpRequest", "WebSocket", "import(", "sendBeacon", "eval(", "innerHTML"} {
		if strings.Contains(code[len(code)-1].FirstChild.Data, call) {
			t.Errorf("the script has %s", call)
		}
	}
}

// keepsPolicy says whether the policy lets the page's own style sheet and script through, and nothing else.
func keepsPolicy(t *testing.T, d *document) {
	t.Helper()
	var policy string
	for _, n := range d.tagged("meta") {
		if kind, _ := attr(n, "http-equiv"); kind == "Content-Security-Policy" {
			policy, _ = attr(n, "content")
		}
	}
	if !strings.HasPrefix(policy, "default-src 'none';") || strings.Contains(policy, "unsafe") || strings.Contains(policy, "http") {
		t.Errorf("the policy is %q", policy)
	}
	for _, n := range d.tagged("style", "script") {
		if kind, _ := attr(n, "type"); kind == "text/plain" {
			continue
		}
		sum := sha256.Sum256([]byte(n.FirstChild.Data))
		if hash := base64.StdEncoding.EncodeToString(sum[:]); !strings.Contains(policy, n.Data+"-src 'sha256-"+hash+"'") {
			t.Errorf("the policy does not allow the page's own %s", n.Data)
		}
	}
}

func TestJudgeIsInsideThePageLetterByLetter(t *testing.T) {
	t.Parallel()
	if !strings.Contains(page(t, solved(t, ward(match.StableForMentees), locale.English)), checker.Source) {
		t.Error("the page has another judge")
	}
	if strings.Contains(script(), "</script") || strings.Contains(script(), "<!--") {
		t.Error("the script ends before its end")
	}
}

func TestPageSpeaksOneLanguage(t *testing.T) {
	t.Parallel()
	words := map[locale.Language][]string{}
	for _, l := range locale.Languages {
		words[l] = locale.For(l).Sentences()
	}
	for name, in := range pages(t) {
		shown := text(read(t, page(t, in)).tagged("body")[0])
		for l, sentences := range words {
			found := 0
			for _, sentence := range sentences {
				if !strings.Contains(shown, sentence) {
					continue
				}
				found++
				if l != in.Language && !slices.Contains(words[in.Language], sentence) {
					t.Errorf("%s: the page in %s says %q", name, in.Language, sentence)
				}
			}
			if l == in.Language && found < 20 {
				t.Errorf("%s: only %d sentences were found", name, found)
			}
		}
	}
}

func TestEqualInputsMakeEqualPages(t *testing.T) {
	t.Parallel()
	first := page(t, pages(t)["French"])
	for range 3 {
		if page(t, residency(t, locale.French)) != first {
			t.Fatal("two pages about the same run differ")
		}
	}
}

func TestManyPairsAreSummarisedAndTheirFilesNamed(t *testing.T) {
	t.Parallel()
	few, many := read(t, page(t, pages(t)["two thousand"])), read(t, page(t, pages(t)["too many"]))
	if n := len(few.with("data-edge")); n != MostPairs {
		t.Errorf("%d of %d pairs are listed", n, MostPairs)
	}
	if n := len(many.with("data-edge")); n != 0 {
		t.Errorf("%d of %d pairs are listed", n, MostPairs+1)
	}
	links := 0
	for _, n := range many.tagged("a") {
		if href, _ := attr(n, "href"); filepath.Ext(href) == ".csv" {
			links++
		}
	}
	if links != 2 {
		t.Errorf("%d tables are named", links)
	}
}

func TestProofThatIsTooLongIsAskedFor(t *testing.T) {
	t.Parallel()
	in := solved(t, ward(match.StableForMentees), locale.English)
	var noise strings.Builder
	for i := 0; noise.Len() < 3*MostBytes; i++ {
		sum := sha256.Sum256([]byte(fmt.Sprint(i)))
		noise.WriteString(base64.StdEncoding.EncodeToString(sum[:]))
	}
	in.Run.Problem.Lottery.Seed = noise.String()
	text := page(t, in)
	if len(text) > MostBytes {
		t.Errorf("%d bytes", len(text))
	}
	d := read(t, text)
	if d.id("files") == nil || d.id("packed-problem") != nil || d.id("verify") != nil {
		t.Error("the page does not ask for the two files")
	}
}

func TestHostileNamesStayWords(t *testing.T) {
	t.Parallel()
	in := residency(t, locale.English)
	const script, turned = `<script>alert(1)</script><img src=x onerror=alert(2)>"'`, "\u202egro.live\u2066"
	for id := range in.Run.Names.Mentees {
		in.Run.Names.Mentees[id] = script
	}
	for id := range in.Run.Names.Mentors {
		in.Run.Names.Mentors[id] = turned + " عمر"
	}
	in.Title = script
	in.Supply[0].Rows[0].Name, in.Supply[0].Rows[0].Asked = script, 99
	in.Run.Manifest.Notes = []run.Note{{File: script, Problem: script}}
	in.Run.Manifest.Lottery = run.Draw{Source: run.SeedGiven, Seed: "</pre>" + script}
	withHistory(t, &in)
	text := page(t, in)
	d := read(t, text)
	isSound(t, d)
	needsNothing(t, d)
	if n := len(d.tagged("script")); n != 3 {
		t.Errorf("there are %d scripts", n)
	}
	if strings.Contains(text, "onerror=alert") && strings.Contains(text, "<img src=x") {
		t.Error("a name became an element")
	}
	for _, n := range d.tagged("bdi") {
		if n.FirstChild != nil && strings.Contains(n.FirstChild.Data, "gro.live") {
			return // the name stands where it turns nothing but itself
		}
	}
	t.Error("names are not kept apart from the text around them")
}

func TestNamesInSentencesTurnNothingAround(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Amal": "Amal", "عمر": "\u2068عمر\u2069", "a\u202eb": "\u2068ab\u2069", "a\u2067b\u2069": "\u2068ab\u2069",
	} {
		if got := isolated(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestEveryKindOfResultHasItsWords(t *testing.T) {
	t.Parallel()
	for _, l := range locale.Languages {
		words := locale.For(l)
		for _, outcome := range []match.Outcome{match.IsStable, match.IsOptimal, match.IsImpossible, match.IsWeaklyStable} {
			for _, key := range []string{"heading.", "claim.", "verdict.claim"} {
				if !words.Has(key + string(outcome)) {
					t.Errorf("%s: there is no %s%s", l, key, outcome)
				}
			}
		}
		for _, aim := range []match.Aim{match.Optimal, match.StableForMentees, match.StableForMentors, match.StableMorePlaced} {
			if !words.Has("decided."+string(aim)) || !words.Has("decided."+string(aim)+".lead") {
				t.Errorf("%s: there are no words for the aim %s", l, aim)
			}
		}
		for _, source := range []run.DrawSource{run.NoDraw, run.SeedGiven, run.SeedFromRules, run.PracticeDraw, run.CarriedDraw} {
			w := &writer{Catalogue: words}
			if w.lottery(run.Draw{Source: source}) == "" {
				t.Errorf("%s: nothing is said of a seed that is %s", l, source)
			}
		}
		for key := range maps.Keys(map[string]bool{"look.poor": true, "look.last": true, "look.unlisted": true, "look.nothing": true, "look.pinned": true}) {
			if !words.Has(key) {
				t.Errorf("%s: there is no %s", l, key)
			}
		}
	}
}

func TestAskStopsWhereItIsTooMuch(t *testing.T) {
	t.Parallel()
	in := asked(t, cohort(800, 300, 1), locale.English)
	if len(in.Answers.Tried) == 0 || len(in.Answers.Missing) <= len(in.Answers.Tried) {
		t.Fatalf("remedies were sought for %d of %d", len(in.Answers.Tried), len(in.Answers.Missing))
	}
	x, err := explain.New(about(in.Run))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Ask(t.Context(), in, x); err != nil {
		t.Fatal(err)
	}
	if most := affordable(in.Run.Problem) + mostForOne; x.Resolved() > most {
		t.Errorf("%d problems were solved, and %d at most were to be", x.Resolved(), most)
	}
	d := read(t, page(t, in))
	untried := len(d.with("data-nobody"))
	for id := range in.Answers.Tried {
		if in.Answers.Missing[id].Got == 0 {
			untried--
		}
	}
	if want := fmt.Sprintf("%d further people without a mentor", untried); !strings.Contains(text(d.id("nobody")), want) {
		t.Errorf("the page does not say %q", want)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Ask(ended, in, x); err == nil {
		t.Error("questions go on when nobody waits any more")
	}
}
