package report

import "fmt"

// A histogram shows how many pairs fit how well.
type histogram struct {
	Title, Label, Note string
	Bars               []bar
	Ticks              []tick
	Lows               bool // some bar is of poor fits
}

// A bar is one range of fits. X and Width are per cent of the chart's width, Y and Height are pixels.
type bar struct {
	X, Width, Y, Height string
	Low                 bool
	Range               string // in words
	Count               int64
}

type tick struct{ X, Anchor, Text string }

const (
	mostBars    = 14
	chartHeight = 110
)

// step is the least of 1, 2, 5, 10, 20, 50 and so on that parts a range into few enough bars.
func step(from, to int32) int32 {
	for unit := int64(1); ; unit *= 10 {
		for _, n := range [...]int64{1, 2, 5} {
			if width := n * unit; floorDiv(int64(to), width)-floorDiv(int64(from), width) < mostBars {
				return int32(min(width, 1<<30))
			}
		}
	}
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && a < 0 {
		q--
	}
	return q
}

// fitChart counts the fits, which increase, in ranges of equal width. All in whole numbers, so that every machine draws
// the same.
func (w *writer) fitChart(f *figures) *histogram {
	if len(f.fits) == 0 {
		return nil
	}
	least, most := f.fits[0], f.fits[len(f.fits)-1]
	width := int64(step(least, most))
	first := floorDiv(int64(least), width)
	bars := int(floorDiv(int64(most), width)-first) + 1
	counts, poor := make([]int64, bars), make([]bool, bars)
	highest, lows := int64(0), int64(0)
	for _, fit := range f.fits {
		k := int(floorDiv(int64(fit), width) - first)
		counts[k]++
		highest = max(highest, counts[k])
		if f.isPoorFit(fit) {
			poor[k] = true
			lows++
		}
	}
	h := &histogram{
		Title: w.Say("fit.title", "median", f.median), Note: w.Say("fit.note"), Lows: lows > 0,
		Label: w.Count("fit.label", int64(len(f.fits)), "least", least, "most", most, "median", f.median),
	}
	for k, n := range counts {
		from := (first + int64(k)) * width
		b := bar{X: hundredths(10_000*k/bars + 70), Width: hundredths(10_000/bars - 140), Low: poor[k], Count: n, Range: w.between(from, from+width-1)}
		height := int(chartHeight * 10 * n / highest)
		b.Y, b.Height = tenths(chartHeight*10-height), tenths(height)
		h.Bars = append(h.Bars, b)
	}
	h.Ticks = w.ticks(first, width, bars)
	return h
}

// ticks labels the left end of every bar, or of every second or third where there are many.
func (w *writer) ticks(first, width int64, bars int) []tick {
	var ticks []tick
	every := (bars + 6) / 7
	for k := 0; k < bars; k += every {
		x, anchor := hundredths(10_000*k/bars+5_000/bars), "middle"
		text := w.Number((first + int64(k)) * width)
		if width > 1 {
			text = w.between((first+int64(k))*width, (first+int64(k)+1)*width-1)
		}
		if bars > 7 && width > 1 {
			text, x, anchor = w.Number((first+int64(k))*width), hundredths(10_000*k/bars), "start"
		}
		ticks = append(ticks, tick{x, anchor, text})
	}
	return ticks
}

// between says a range of whole numbers, both ends included.
func (w *writer) between(from, to int64) string {
	if from == to {
		return w.Number(from)
	}
	return w.Say("range", "from", from, "to", to)
}

func hundredths(n int) string { return fmt.Sprintf("%d.%02d", n/100, n%100) }

func tenths(n int) string { return fmt.Sprintf("%d.%d", n/10, n%10) }

// A barList is a table of counts, each with a bar.
type barList struct {
	Title, Note string
	Rows        []barRow
}

type barRow struct {
	Name, Share string
	Count       int64
	Width       int // in twentieths
}

// listedChoices are the choices that have a row of their own.
const listedChoices = 5

func (w *writer) choiceChart(f *figures) *barList {
	if f.placeOf == nil || len(f.choices) == 0 && f.unlisted == 0 {
		return nil
	}
	list := &barList{Title: w.Say("choices.title"), Note: w.Say("choices.note")}
	later := 0
	for i, n := range f.choices {
		if i >= listedChoices {
			later += n
			continue
		}
		list.Rows = append(list.Rows, barRow{Name: w.Say("choices.row", "place", w.Ordinal(int64(i+1))), Count: int64(n)})
	}
	if later > 0 {
		list.Rows = append(list.Rows, barRow{Name: w.Say("choices.later"), Count: int64(later)})
	}
	if f.unlisted > 0 {
		list.Rows = append(list.Rows, barRow{Name: w.Say("choices.unlisted"), Count: int64(f.unlisted)})
	}
	w.share(list, int64(f.pairs))
	return list
}

// share completes the rows: the longest bar is the greatest count.
func (w *writer) share(list *barList, whole int64) {
	most := int64(1)
	for _, row := range list.Rows {
		most = max(most, row.Count)
	}
	for i := range list.Rows {
		row := &list.Rows[i]
		row.Width, row.Share = twentieths(row.Count, most), w.Percent(row.Count, whole)
	}
}

// twentieths is how long a bar is: 0 for nothing, 1 to 20 for something.
func twentieths(n, most int64) int {
	if n <= 0 || most <= 0 {
		return 0
	}
	return int(min(max(20*n/most, 1), 20))
}
