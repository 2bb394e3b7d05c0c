package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/locale"
)

var english, french = locale.For(locale.English), locale.For(locale.French)

// html is a component as markup.
func html(t *testing.T, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// has fails unless the markup holds all of the parts; a part that begins with ! must not be there.
func has(t *testing.T, markup string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if without, not := strings.CutPrefix(part, "!"); not {
			if strings.Contains(markup, without) {
				t.Errorf("%q is in %s", without, markup)
			}
		} else if !strings.Contains(markup, part) {
			t.Errorf("%q is not in %s", part, markup)
		}
	}
}

// What people write comes out as text, whatever it looks like; an address that would run a script leads nowhere.
func TestHostileTextStaysText(t *testing.T) {
	t.Parallel()
	const evil, script = `"><script>alert(1)</script>' onload=x`, "javascript:alert(1)"
	button := Button{Label: evil, Extra: evil, Href: script, Name: evil, Value: evil}
	field := Field{Name: evil, Label: evil, Hint: evil, Error: evil}
	option := []Option{{Value: evil, Label: evil, Hint: evil}}
	who := WhoSees{Text: evil, Href: script}
	confirmation := Confirmation{ID: evil, Title: evil, Effects: []string{evil}, Action: script, Confirm: evil, Cancel: script, Carried: []Hidden{{evil, evil}}}
	chart := Chart{ID: evil, Title: evil, Scope: evil, Sentence: evil, Columns: []string{evil}, Rows: [][]string{{evil}}}
	for name, c := range map[string]templ.Component{
		"shell": Shell(english, Page{Title: evil, Program: Link{evil, script}, Home: script, Tabs: []Tab{{Label: evil, Href: script}}, Side: Side{Link{evil, script}, []SideGroup{{evil, []SideEntry{{Label: evil, Href: script, Current: true}}}}}, Other: script,
			Theme: Theme{Now: evil, Action: script}, Account: Account{evil, script}, NoticesHref: script, Readers: who, FootLinks: []Link{{evil, script}},
			Drafts: Drafts{Owner: evil}, Toast: &Toast{Text: evil, Undo: script, Field: Hidden{evil, evil}, Draft: evil},
			PaletteHref: script, Palette: []PaletteGroup{{Label: evil, Items: []PaletteItem{{Label: evil, Href: script}}}}}),
		"heading": Heading(Head{Title: evil, Lead: evil, Back: Link{evil, script}, Tags: []Tag{{Label: evil}}, Actions: []Button{button}}),
		"button":  button.Draw(), "person": Person{Name: evil, Line: evil, Href: script}.Draw(), "empty": Empty{Title: evil, Text: evil}.Draw(),
		"notice": Notice{Title: evil, Text: evil, Link: Link{evil, script}}.Draw(), "card": Card{ID: evil, Title: evil, Link: Link{evil, script}}.Draw(),
		"figures": Figures([]Figure{{Label: evil, Value: evil, Of: evil, Remark: evil, Href: script}}), "summary": ErrorSummary(english, []Problem{{evil, evil}}),
		"line": LineField(english, Line{Field: field, Value: evil, Autocomplete: evil}), "area": AreaField(english, Area{Field: field, Value: "</textarea>" + evil, Draft: evil, Who: who}),
		"choice": ChoiceField(english, Choice{field, option}), "choices": ChoicesField(english, Choices{Field: field, Options: option}), "upload": UploadField(english, Upload{field, evil}),
		"staged":  StagedForm(english, Staged{Stages: []Stage{{evil, script, StageNow}}, Action: script, Back: script}),
		"answers": Answers(english, []Answer{{evil, evil, script}}), "tasks": TaskList(english, []Task{{Label: evil, Hint: evil, Href: script}}),
		"table":    TableOf(english, Table{Caption: evil, Columns: []Column{{Label: evil, Sort: script}}, Rows: []Row{{{Text: evil, Href: script, Line: evil}}}}),
		"paging":   Pagination(english, Paging{Page: 1, Pages: 2, Href: func(int) string { return script }}),
		"search":   Searching(english, SearchBox{Action: script, Name: evil, Value: evil, Label: evil, Target: evil}),
		"facets":   FacetsForm(english, Facets{Action: script, Keep: []Hidden{{evil, evil}}, Groups: []Facet{{Name: evil, Label: evil, Options: []FacetOption{{Value: evil, Label: evil}}}}}),
		"listing":  ListingOf(english, Listing{Search: &SearchBox{Action: script, Label: evil}, Views: []View{{Link{evil, script}, false}}, ViewsName: evil, Found: evil, First: Link{evil, script}, Further: Link{evil, script}}),
		"download": DownloadForm(english, Download{Action: script, Keep: []Hidden{{evil, evil}}, Forms: Choices{Field: field, Options: option}, Label: evil, Who: who}),
		"comparison": ComparisonOf(english, Comparison{Problems: []RowProblem{{1, evil, evil, evil}}, Changed: ComparedRows{Note: evil, Rows: []ComparedRow{{1, evil, evil, script, []ComparedCell{{evil, evil, evil}}}}, Ask: &Choices{Field: field, Options: option}},
			New: ComparedRows{Rows: []ComparedRow{{Name: evil, Cells: []ComparedCell{{evil, evil, evil}}}}}, Gone: ComparedRows{Rows: []ComparedRow{{Name: evil, Cells: []ComparedCell{{evil, evil, evil}}}}}}),
		"filters": FiltersInForce(english, Filters{[]Chip{{evil, script}}, script}), "rail": PhaseRail(english, Rail{Note: evil}),
		"timeline": TimelineList(english, Timeline{[]TimelineGroup{{evil, []TimelineEvent{{Title: evil, Text: evil, Link: Link{evil, script}}}}}}),
		"progress": ProgressBar(english, Progress{Label: evil, Of: 1}), "confirm": ConfirmPage(english, confirmation), "dialog": ConfirmDialog(english, confirmation),
		"bars": BarsChart(english, Bars{chart, []Bar{{Label: evil, Text: evil, Line: evil}}}), "histogram": HistogramChart(english, Histogram{Chart: chart, Bins: []Bin{{Label: evil}}, Before: evil, CareText: evil}),
		"series": SeriesChart(english, Series{Chart: chart, From: evil, To: evil, Below: evil, Above: evil}), "intervals": IntervalsChart(english, Intervals{Chart: chart, Groups: []Interval{{Label: evil, Line: evil, Text: evil}}}),
		"paired": PairedBarsChart(english, PairedBars{Bars: Bars{chart, []Bar{{Label: evil, Text: evil}}}, First: evil, Second: evil}),
	} {
		markup := html(t, c)
		has(t, markup, "!<script>alert", "!javascript:", `!</textarea>"`)
		if name != "paging" && !strings.Contains(markup, "&lt;script&gt;alert(1)") {
			t.Errorf("%s does not show the text", name)
		}
	}
}

func TestInitialsAreThoseOfFirstAndLastName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Amara Okafor": "AO", "Hélène de la Cruz": "HC", "Zoé": "Z", "O’Brien-Nguyễn": "ON", "étienne roy": "ÉR", "": "–", "42": "–", "李 文": "李文",
	} {
		if got := (Avatar{Name: name}).Initials(); got != want {
			t.Errorf("%q has the initials %q, want %q", name, got, want)
		}
	}
}

func TestWhoHasGivenNoNameHasNoInitials(t *testing.T) {
	t.Parallel()
	has(t, html(t, Person{Name: "(pas encore de nom)", Unnamed: true, Href: "/a"}.Draw()), "<svg", "(pas encore de nom)", "!PN")
	has(t, html(t, Person{Name: "Pénélope Nadeau"}.Draw()), "PN", "!<svg")
}

func TestButtonThatLeadsSomewhereIsALink(t *testing.T) {
	t.Parallel()
	has(t, html(t, Button{Label: "Open", Extra: "Amara", Href: "/a", Opens: "d"}.Draw()), `<a class="btn" href="/a"`, `data-opens="d"`, `<span class="sr"> Amara</span>`, "!<button")
	has(t, html(t, Button{Label: "Save", Kind: Main, Name: "n", Value: "v"}.Draw()), `<button class="btn btn-main" type="submit"`, `name="n" value="v"`, "!href")
	has(t, html(t, Button{Label: "At work", Busy: true, Idle: true}.Draw()), `type="button"`, `aria-busy="true"`)
}

func TestWhoSeesIsSaidWithALockOnlyIfClosed(t *testing.T) {
	t.Parallel()
	closed, open := html(t, WhoSeesLine(french, WhoSees{Text: "x", Closed: true, Href: "/p"})), html(t, WhoSeesLine(french, WhoSees{Text: "x"}))
	has(t, closed, string(IconLock), "Qui voit quoi", "!"+string(IconEye))
	has(t, open, string(IconEye), "!"+string(IconLock), "!<a")
}

func TestPhasesToComeBearNoDates(t *testing.T) {
	t.Parallel()
	r := Rail{Now: Cultivation, Into: 42, Note: "third month", Past: [4]string{"July", "August", "next year", "one day"}}
	has(t, html(t, PhaseRail(english, r)), "July", "third month", `class="now at9" aria-current="step"`, "On your own feet", "!next year", "!one day", "!August")
	has(t, html(t, PhaseRail(french, r)), "Démarrage", "Progression", "Autonomie", "Nouvelle relation")
}

func TestTimelineSaysDaysAsTheLanguageDoes(t *testing.T) {
	t.Parallel()
	line := Timeline{[]TimelineGroup{{"x", []TimelineEvent{{Title: "y", When: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), Icon: IconHeart, Tone: EventGold}}}}}
	has(t, html(t, TimelineList(french, line)), `datetime="2026-11-01"`, "1er\u00a0novembre 2026", `class="pt pt-a"`)
}

func TestPageOffersOnlyWhatItHas(t *testing.T) {
	t.Parallel()
	bare := html(t, Shell(english, Page{Title: "T"}))
	has(t, bare, `<html lang="en"><head>`, "<title>T · Chiron</title>", `data-drafts="none"`, `href="#main"`, "!<nav", "!theme-action", "!dialog", "!class=\"dot\"")
	full := html(t, Shell(french, Page{Title: "T", Problems: 1, Theme: Theme{Now: "dark", Action: "/theme"}, NoticesHref: "/n", Notices: 1, Other: "/en", Drafts: Drafts{Owner: "x", InTab: true}}))
	has(t, full, `<html lang="fr-CA" data-theme="dark">`, "1 réponse à corriger\u00a0: T · Chiron", "Avis, 1 nouveau<", `lang="en" hreflang="en"`, `data-drafts="tab"`)
	has(t, html(t, Shell(english, Page{Title: "T", Drafts: Drafts{Owner: "x"}, NoKeys: true})), `data-drafts="device" data-draft-owner="x"`, "!data-keys")
}
