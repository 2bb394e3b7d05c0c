package ui

import (
	"strings"
	"testing"
)

func TestBarsAreAsLongAsTheirAmounts(t *testing.T) {
	t.Parallel()
	b := Bars{List: []Bar{{Amount: 200}, {Amount: 100}, {Amount: 0}, {Amount: 1}}}
	for amount, want := range map[int64]string{200: "100.00%", 100: "50.00%", 50: "25.00%", 1: "1.00%", 0: "0%", -3: "0%"} {
		if got := b.width(amount); got != want {
			t.Errorf("%d of 200 is %s long, want %s", amount, got, want)
		}
	}
	if got := (Bars{}).width(0); got != "0%" {
		t.Errorf("nothing of nothing is %s long", got)
	}
}

func TestHistogramStaysInItsFrame(t *testing.T) {
	t.Parallel()
	h := Histogram{Before: "then", Bins: []Bin{{Count: 10}, {Count: 0, Before: 5}, {Count: 1, Care: true}}}
	blocks := h.blocks()
	if len(blocks) != 3 {
		t.Fatalf("%d blocks are drawn, want 3: what is nothing is not drawn", len(blocks))
	}
	if blocks[0].Y != "0" || blocks[0].Height != "120" || blocks[1].Class != "fmute" || blocks[1].Height != "60" || blocks[2].Class != "fcare" {
		t.Errorf("got %+v", blocks)
	}
	if got := (Histogram{}).blocks(); len(got) != 0 {
		t.Errorf("nothing is drawn as %v", got)
	}
}

func TestSeriesIsDrawnInItsBand(t *testing.T) {
	t.Parallel()
	s := Series{Low: 500, High: 1000, Points: []Point{{750, 500, 1000}, {1200, 900, 1100}}}
	if got, want := s.line(), "0,500 1000,0"; got != want {
		t.Errorf("the line is %s, want %s", got, want)
	}
	if got, want := s.band(), "0,0 1000,0 1000,200 0,1000"; got != want {
		t.Errorf("the band is %s, want %s", got, want)
	}
	if got := (Series{Points: []Point{{1, 1, 1}}}).line(); got != "0,1000" && got != "0,0" {
		t.Errorf("one point is %s", got)
	}
}

// The same numbers stand in a table, and the drawing is one sentence.
func TestChartHasATableTwin(t *testing.T) {
	t.Parallel()
	c := Chart{ID: "c", Title: "The finding", Sentence: "What is seen.", Columns: []string{"Stage", "People"}, Rows: [][]string{{"Invited", "131"}}}
	for name, markup := range map[string]string{
		"bars": html(t, BarsChart(french, Bars{Chart: c})), "paired": html(t, PairedBarsChart(french, PairedBars{Bars: Bars{Chart: c}})), "histogram": html(t, HistogramChart(french, Histogram{Chart: c})),
		"series": html(t, SeriesChart(french, Series{Chart: c})), "intervals": html(t, IntervalsChart(french, Intervals{Chart: c})),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			has(t, markup, `<h2 id="c">The finding</h2>`, `role="img" aria-label="What is seen."`, "La même chose en tableau", `<th scope="row">Invited</th><td class="r">131</td>`)
			if strings.Contains(markup, "style=") {
				t.Errorf("a style stands in %s", markup)
			}
		})
	}
}

func TestProgressIsSaidInItsUnits(t *testing.T) {
	t.Parallel()
	has(t, html(t, ProgressBar(french, Progress{Label: "Lignes", Done: 812, Of: 2400})), "812 sur 2400", `width="33.83%"`, `role="status"`)
	has(t, html(t, ProgressBar(french, Progress{Label: "x"})), `width="0%"`)
}
