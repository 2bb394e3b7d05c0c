package ui

import (
	"slices"
	"testing"
)

func TestTableStaysATableOnAPhone(t *testing.T) {
	t.Parallel()
	table := Table{Caption: "Pairs", Columns: []Column{{Label: "Pair", Sort: "?s", Sorted: Descending}, {Label: "Met", Number: true}, {Label: "Acts", Hidden: true}},
		Rows: []Row{{{Text: "A"}, {Text: "3"}, {Actions: []Button{{Label: "Open"}}}}}, Empty: &Empty{Title: "Nobody yet"}}
	has(t, html(t, TableOf(english, table)), `role="table"`, `aria-sort="descending"`, `<th scope="row" role="rowheader">`, `<td role="cell" class="r" data-l="Met">`, `<td role="cell" class="act">`, "Sort by", "!Nobody yet")
	has(t, html(t, TableOf(english, table)), "!tbl-many")
	has(t, html(t, TableOf(english, Table{Columns: make([]Column, 7), Rows: []Row{{{Text: "A"}}}})), "tbl-many")
	table.Rows = nil
	has(t, html(t, TableOf(english, table)), "Nobody yet", "!<table")
}

func TestPagesThatAreLinkedAreTheEndsAndTheNear(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		page, pages int
		want        []int
	}{
		{1, 1, []int{1}}, {1, 12, []int{1, 2, 0, 12}}, {6, 12, []int{1, 0, 5, 6, 7, 0, 12}}, {12, 12, []int{1, 0, 11, 12}}, {2, 3, []int{1, 2, 3}},
	} {
		if got := (Paging{Page: test.page, Pages: test.pages}).near(); !slices.Equal(got, test.want) {
			t.Errorf("page %d of %d links %v, want %v", test.page, test.pages, got, test.want)
		}
	}
	if got := html(t, Pagination(english, Paging{Page: 1, Pages: 1})); got != "" {
		t.Errorf("one page is paged: %s", got)
	}
	p := Paging{Page: 2, Pages: 3, From: 21, To: 40, Of: 12345, Href: func(n int) string { return "/p" }}
	has(t, html(t, Pagination(french, p)), "21 à 40 sur 12\u00a0345", `rel="prev"`, `rel="next"`, `aria-current="page"`)
}

func TestFacetsSayHowManyThereAre(t *testing.T) {
	t.Parallel()
	f := Facets{Action: "/list", Keep: []Hidden{{"q", "x"}}, Groups: []Facet{{Name: "l", Label: "Language", Open: true, Options: []FacetOption{{"fr", "French", 12345, true}}}}}
	has(t, html(t, FacetsForm(english, f)), "Narrow the list: 1 chosen", `type="hidden" name="q" value="x"`, " open>", `type="checkbox" id="l-1" name="l" value="fr" checked>`, "12,345")
}
