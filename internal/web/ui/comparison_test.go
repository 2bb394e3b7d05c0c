package ui

import (
	"strconv"
	"strings"
	"testing"
)

func changed(cells ...ComparedCell) Comparison {
	return Comparison{Changed: ComparedRows{Rows: []ComparedRow{{Row: 12, Name: "A. O.", Cells: cells}}}}
}

// Colours are not all that tells what was from what would be: screen readers hear words, eyes see a line and an arrow.
func TestChangeIsSaidInWordsAsWell(t *testing.T) {
	t.Parallel()
	has(t, html(t, ComparisonOf(english, changed(ComparedCell{"Level", "R2", "R3"}))), "<dt>Level</dt>", `<del><span class="sr">was </span>R2</del>`, string(IconArrow), `<ins><span class="sr">becomes </span>R3</ins>`, "Row 12")
	has(t, html(t, ComparisonOf(french, changed(ComparedCell{"Niveau", "R2", "R3"}))), `<del><span class="sr">avant </span>R2</del>`, `<ins><span class="sr">après </span>R3</ins>`, "Ligne 12")
	has(t, html(t, ComparisonOf(english, changed(ComparedCell{"Level", "", "R3"}))), `<span class="none"><span class="sr">was </span>empty</span>`, "!<del")
	has(t, html(t, ComparisonOf(english, changed(ComparedCell{"Level", "R2", ""}))), `<ins class="none"><span class="sr">becomes </span>empty</ins>`, ">R2</del>")
}

// Nobody is struck out of a list by not being in a file.
func TestWhoIsGoneIsNotStruckOut(t *testing.T) {
	t.Parallel()
	c := Comparison{Gone: ComparedRows{Note: "Nothing happens to them.", Rows: []ComparedRow{{Name: "T. B.", Href: "/t", Cells: []ComparedCell{{"Unit", "Neonatology", ""}}}}, Ask: &Choices{Many: true, Field: Field{Name: "end", Label: "End"}, Options: []Option{{Value: "1", Label: "End them"}}}}}
	has(t, html(t, ComparisonOf(english, c)), "Nothing happens to them.", `<a href="/t"><bdi>T. B.</bdi></a>`, "Neonatology", `type="checkbox" id="end"`, "!<del", "!<ins", "!Row 0")
	c = Comparison{New: ComparedRows{Rows: []ComparedRow{{Row: 3, Name: "N", Cells: []ComparedCell{{"Unit", "", "Neonatology"}}}}}}
	has(t, html(t, ComparisonOf(english, c)), `<ins><span class="sr">becomes </span>Neonatology</ins>`, "!<del", "!empty")
}

func TestGroupsWithoutRowsAreCountedOnly(t *testing.T) {
	t.Parallel()
	markup := html(t, ComparisonOf(english, changed(ComparedCell{"Level", "R2", "R3"})))
	has(t, markup, `<dt><a href="#compared-changed">Changed</a></dt>`, `<h2 class="compared-title" id="compared-changed">`, "<dt>New</dt>", "<dt>Needs you</dt>", "<dt>Not in the list any more</dt>", "!compared-new", "!compared-gone", "!compared-problems", "!stay")
	has(t, html(t, ComparisonOf(french, Comparison{Same: 12345})), "12\u00a0345 lignes restent telles quelles", "!<section", "!<a")
	if !(Comparison{Same: 3}).Empty() || changed().Empty() || (Comparison{MoreProblems: 1}).Empty() || (Comparison{Gone: ComparedRows{More: 1}}).Empty() {
		t.Error("a comparison is empty if nothing is wrong and nothing would change, and only then")
	}
}

func TestProblemSaysWhereItIsAndWhatToDo(t *testing.T) {
	t.Parallel()
	c := Comparison{Problems: []RowProblem{{27, "Places", "two", "This is not a number. Write 2."}, {0, "", "", "The file has no column “id”."}}, MoreProblems: 40}
	has(t, html(t, ComparisonOf(english, c)), "Row 27", "Places", `<span class="standing">two</span>`, "Write 2.", "The whole file", "40 further rows are counted and not shown here.", `<span class="cnt">42</span>`,
		`<th scope="col" role="columnheader" class="long">What to do`, "!Row 0")
}

func TestLongGroupsAreFoldedAfterTheFirstRows(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ rows, folded int }{{1, 0}, {10, 0}, {12, 0}, {13, 3}, {300, 290}} {
		var c Comparison
		for k := range test.rows {
			c.New.Rows = append(c.New.Rows, ComparedRow{Row: k + 2, Name: "N" + strconv.Itoa(k)})
			c.Problems = append(c.Problems, RowProblem{Row: k + 2, Text: "T"})
		}
		markup := html(t, ComparisonOf(english, c))
		if got := strings.Count(markup, "<bdi>"); got != test.rows {
			t.Errorf("of %d rows, %d are on the page", test.rows, got)
		}
		want := "Show " + strconv.Itoa(test.folded) + " more"
		if got := strings.Count(markup, want); test.folded > 0 && got != 2 || test.folded == 0 && strings.Contains(markup, "<details") {
			t.Errorf("of %d rows: %d folds say %q", test.rows, got, want)
		}
	}
}
