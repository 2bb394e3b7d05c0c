package ui

import "testing"

func TestListingShowsOnlyWhatItHas(t *testing.T) {
	t.Parallel()
	bare := html(t, ListingOf(english, Listing{}))
	has(t, bare, `id="listing"`, "!list-page", "!<form", "!<nav", "!<h2", "!<ul")
	full := Listing{Search: &SearchBox{Action: "/l", Name: "q", Label: "Names", Target: ListingID}, Facets: Facets{Action: "/l", Groups: []Facet{{Name: "u", Label: "Unit"}}},
		Views: []View{{Link{"All", "/l"}, true}, {Link{"With room", "/l?room=1"}, false}}, ViewsName: "Parts", Found: "2 people", Filters: Filters{Chips: []Chip{{"French", "/l"}}},
		First: Link{"First names", "/l"}, Further: Link{"Further names", "/l?after=x"}}
	has(t, html(t, ListingOf(english, full)), `hx-target="#listing"`, `class="list-page"`, `<nav class="chips" aria-label="Parts">`, `href="/l" aria-current="page">All`, `<div role="status"><h2>2 people</h2>`,
		"Take off:", `href="/l?after=x"`, "First names")
	full.Paging = &Paging{Page: 1, Pages: 2, Href: func(int) string { return "/p" }}
	has(t, html(t, ListingOf(english, full)), `rel="next"`, "!Further names")
	full.Empty = &Empty{Title: "Nobody yet"}
	has(t, html(t, ListingOf(english, full)), "Nobody yet")
}

func TestCellThatHoldsNothingIsMarked(t *testing.T) {
	t.Parallel()
	table := Table{Caption: "People", Bare: true, Columns: []Column{{Label: "Name"}, {Label: "Offers"}, {Label: "Words", Long: true}},
		Rows: []Row{{{Text: "A"}, {}, {Text: "Many words"}}, {{Text: "B"}, {Tags: []Tag{{Label: "Research"}, {Label: "Career"}}}, {}}}, Empty: &Empty{Title: "Nobody yet"}}
	has(t, html(t, TableCard(english, table)), `<caption class="sr">People</caption>`, `class="nothing" data-l="Offers"`, `class="long" data-l="Words"`, `class="nothing" data-l="Words"`,
		`<span class="tag">Research</span><span class="tag">Career</span>`, `<div class="card card-flush">`, "!tbl-title", "!tbl-head")
	table.Rows = nil
	has(t, html(t, TableCard(english, table)), "Nobody yet", "!card-flush")
}

func TestDownloadCarriesTheFilterAlongAndChangesNothing(t *testing.T) {
	t.Parallel()
	d := Download{Action: "/people/file", Keep: []Hidden{{"unit", "7"}}, Label: "Download 3 people", Forms: Choices{Many: true, Field: Field{Name: "form", Label: "Form"}, Options: []Option{{Value: "csv", Label: "CSV", Chosen: true}, {Value: "xlsx", Label: "Excel"}}}}
	has(t, html(t, DownloadForm(english, d)), `method="get" action="/people/file"`, `type="hidden" name="unit" value="7"`, `type="radio" id="form" name="form" value="csv" checked`, `value="xlsx"`, "btn-main", "!checkbox", "!class=\"who\"")
	d.Second, d.Who.Text = true, "It is written down."
	has(t, html(t, DownloadForm(english, d)), "!btn-main", "It is written down.")
}

func TestFigureLeadsWhereItsThingsAre(t *testing.T) {
	t.Parallel()
	has(t, html(t, Figures([]Figure{{Label: "Pairs", Value: "91", Href: "/pairs"}})), `<dt><a href="/pairs">Pairs</a></dt>`)
	has(t, html(t, Figures([]Figure{{Label: "Pairs", Value: "91"}})), "<dt>Pairs</dt>", "!<a")
}
