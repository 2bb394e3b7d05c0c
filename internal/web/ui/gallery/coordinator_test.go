package gallery

import (
	"slices"
	"testing"

	"github.com/go-rod/rod/lib/proto"

	"github.com/chiron-mentoring/chiron/internal/web/browser"
)

// named are the names of what screen readers meet in a role below what a selector finds.
func named(t *testing.T, p *browser.Tab, selector, role string) (names []string) {
	t.Helper()
	node, err := p.MustElement(selector).Describe(0, false)
	browser.Must(t, err)
	found, err := proto.AccessibilityQueryAXTree{BackendNodeID: node.BackendNodeID, Role: role}.Call(p)
	browser.Must(t, err)
	for _, n := range found.Nodes {
		if !n.Ignored {
			names = append(names, n.Name.Value.Str())
		}
	}
	return names
}

// inSight also knows of what is folded.
func inSight(p *browser.Tab, selector string) bool {
	return p.MustEval(`selector => document.querySelector(selector).checkVisibility()`, selector).Bool()
}

// Folded and unfolded by the sheet alone, the list must be there for everybody alike.
func TestSideListUnfoldsOnAPhoneAndIsOpenAtTheDesk(t *testing.T) {
	p := open(t)
	p.WithoutScript()
	p.Wide(1280)
	p.Visit("/en/people")
	links := named(t, p, ".side", "link")
	if len(links) != 9 || !slices.Contains(links, "People 238") || links[0] != "Paediatric residency, 2026–2027" {
		t.Errorf("at the desk the side list has the links %q", links)
	}
	if inSight(p, ".side summary") {
		t.Error("at the desk the list can be folded, though it is open for good")
	}
	p.Wide(390)
	p.Visit("/en/people")
	if inSight(p, ".side li a") {
		t.Error("on a phone the list is unfolded from the start")
	}
	if got := p.MustElement(".side summary").MustText(); got != "Paediatric residency, 2026–2027\nPeople" {
		t.Errorf("the folded list says %q", got)
	}
	p.MustElement(".side summary").MustClick()
	for _, link := range p.MustElements(".side li a") {
		if box := link.MustShape().Box(); box.Height < 44 {
			t.Errorf("%q is %.0f pixels high, which is little for a thumb", link.MustText(), box.Height)
		}
	}
	p.Press(".side li:first-child a")
	if p.Path() != "/en/overview" {
		t.Errorf("the first entry led to %s", p.Path())
	}
}

// A table is one where it has room for its columns, whatever stands beside it.
func TestTableBecomesCardsWhereItHasLittleRoom(t *testing.T) {
	p := open(t)
	for width, want := range map[int]string{320: "block", 390: "block", 960: "table-row", 1280: "table-row", 1480: "table-row"} {
		for prefix := range languages {
			p.Wide(width)
			p.Visit("/" + prefix + "/people")
			if got := p.MustEval(`() => getComputedStyle(document.querySelector('.tbl tbody tr')).display`).Str(); got != want {
				t.Errorf("%s, %d wide: rows are %s, want %s", prefix, width, got, want)
			}
			if over := p.MustEval(`() => { const box = document.querySelector('.tbl-box'); return box.scrollWidth - box.clientWidth }`).Int(); over > 0 {
				t.Errorf("%s, %d wide: the table is %d pixels wider than its place", prefix, width, over)
			}
		}
	}
	p.Wide(390)
	p.Visit("/en/people")
	if got := named(t, p, ".tbl", "columnheader"); len(got) != 6 || !slices.Contains(got, "Offers") {
		t.Errorf("as cards the table has the columns %q", got)
	}
	if got := named(t, p, ".tbl", "rowheader"); len(got) != 5 {
		t.Errorf("as cards the table has the rows %q", got)
	}
}

func TestSearchingReplacesTheListingOnly(t *testing.T) {
	p := open(t)
	p.Wide(1480)
	p.Visit("/en/people")
	p.MustEval(`() => { document.getElementById('q').marker = true }`)
	p.MustElement("#q").MustInput("kwame")
	p.MustWait(`() => location.search === '?q=kwame'`)
	if got := p.MustEval(`() => document.getElementById('q').marker && document.getElementById('listing').querySelectorAll('tbody tr').length`).Int(); got != 5 {
		t.Errorf("after the swap there are %d rows, or the words were lost", got)
	}
	p.Quiet()
}

func TestComparisonIsPrintedUnfolded(t *testing.T) {
	p := open(t)
	p.Visit("/en/comparison")
	const last = ".more li:last-child"
	if inSight(p, last) {
		t.Error("further rows are in sight from the start")
	}
	browser.Must(t, proto.EmulationSetEmulatedMedia{Media: "print"}.Call(p))
	if !inSight(p, last) {
		t.Error("further rows are not printed")
	}
	if inSight(p, ".more > summary") || inSight(p, ".side") {
		t.Error("what only works on a screen is printed")
	}
	if got := p.MustEval(`() => getComputedStyle(document.querySelector('.compared ins')).printColorAdjust`).Str(); got != "exact" {
		t.Errorf("browsers may leave out the colours of changes: %s", got)
	}
}

// Without colours a change is struck through and underlined; for screen readers it is a deletion and an insertion.
func TestChangeIsSeenWithoutColours(t *testing.T) {
	p := open(t)
	p.Visit("/en/comparison")
	if got := p.MustEval(`() => ['del', 'ins'].map(e => getComputedStyle(document.querySelector('.compared-changed ' + e)).textDecorationLine).join()`).Str(); got != "line-through,underline" {
		t.Errorf("changes are marked by %s", got)
	}
	for role, want := range map[string]int{"deletion": 5, "insertion": 6} {
		if got := named(t, p, ".compared-changed", role); len(got) != want {
			t.Errorf("screen readers meet %d of %s, want %d", len(got), role, want)
		}
	}
}
