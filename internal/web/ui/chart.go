package ui

import (
	"fmt"
	"strconv"
	"strings"
)

// A Chart is what all charts have: a title that says the finding, a sentence that says what is seen, and a table with the
// same numbers. Everything is counted in whole numbers, so that every machine draws the same.
type Chart struct {
	ID, Title, Scope string
	Sentence         string // for those who do not see it; the table says the rest
	Columns          []string
	Rows             [][]string // the first cell names the row
}

// Bars are amounts beside each other.
type Bars struct {
	Chart
	List []Bar
}

// A Bar is an amount, and what is said about it.
type Bar struct {
	Label, Text, Line string // the name, the amount, and its share or remark
	Amount            int64
	Second            int64 // drawn below in the other colour, if the chart has Legend entries for both
	Care              bool
}

// PairedBars are two amounts for each name.
type PairedBars struct {
	Bars
	First, Second string // what the two are
}

func (b Bars) most() int64 {
	most := int64(1)
	for _, bar := range b.List {
		most = max(most, bar.Amount, bar.Second)
	}
	return most
}

// width is an amount in per cent of the greatest. Something is never drawn as nothing.
func (b Bars) width(amount int64) string {
	if amount <= 0 {
		return "0%"
	}
	return hundredths(max(amount*10_000/b.most(), 100)) + "%"
}

// A Histogram is how many there are in each range, with those of another time behind.
type Histogram struct {
	Chart
	Bins     []Bin
	Now      string // what is shown; with Before or Care empty, there is no legend entry for them
	Before   string
	CareText string
}

// A Bin is one range.
type Bin struct {
	Label         string // below the first, the last, and some between; others are empty
	Count, Before int64
	Care          bool
}

const histogramHeight = 120

// A block is a rectangle of a histogram. X and Width are per cent of the chart's width, Y and Height pixels.
type block struct{ Class, X, Width, Y, Height string }

func (h Histogram) blocks() []block {
	most := int64(1)
	for _, bin := range h.Bins {
		most = max(most, bin.Count, bin.Before)
	}
	n := int64(max(len(h.Bins), 1))
	draw := func(class string, k int, count, inset int64) block {
		height := histogramHeight * count / most
		if count > 0 {
			height = max(height, 2)
		}
		each := 10_000 / n
		return block{class, hundredths(10_000*int64(k)/n+each*inset/100) + "%", hundredths(each-2*each*inset/100) + "%",
			strconv.FormatInt(histogramHeight-height, 10), strconv.FormatInt(height, 10)}
	}
	var list []block
	for k, bin := range h.Bins {
		if h.Before != "" && bin.Before > 0 {
			list = append(list, draw("fmute", k, bin.Before, 6))
		}
		class := "f1"
		if bin.Care {
			class = "fcare"
		}
		inset := int64(8)
		if h.Before != "" {
			inset = 20
		}
		if bin.Count > 0 {
			list = append(list, draw(class, k, bin.Count, inset))
		}
	}
	return list
}

// middle is where the label of a bin stands.
func (h Histogram) middle(k int) string {
	n := int64(len(h.Bins))
	return hundredths(10_000*int64(k)/n+5_000/n) + "%"
}

// A Series is a share over time, in per mille, with its interval.
type Series struct {
	Chart
	Points       []Point
	Low, High    int64 // of the axis, in per mille
	From, To     string
	Below, Above string // of the axis, in words
}

// A Point is a share at a time, in per mille, from Low to High.
type Point struct{ Value, Low, High int64 }

// The series is drawn in a square of 1000, which is stretched.
func (s Series) place(k int, value int64) string {
	x := int64(0)
	if len(s.Points) > 1 {
		x = 1000 * int64(k) / int64(len(s.Points)-1)
	}
	span := max(s.High-s.Low, 1)
	y := 1000 - 1000*(min(max(value, s.Low), s.High)-s.Low)/span
	return fmt.Sprintf("%d,%d", x, y)
}

func (s Series) line() string {
	var places []string
	for k, p := range s.Points {
		places = append(places, s.place(k, p.Value))
	}
	return strings.Join(places, " ")
}

func (s Series) band() string {
	var places []string
	for k, p := range s.Points {
		places = append(places, s.place(k, p.High))
	}
	for k := len(s.Points) - 1; k >= 0; k-- {
		places = append(places, s.place(k, s.Points[k].Low))
	}
	return strings.Join(places, " ")
}

// Intervals are shares with how sure they are, beside the share of all. Groups that are too small are not in them: they
// have been left out before.
type Intervals struct {
	Chart
	Groups []Interval
	All    int64 // per mille
}

// An Interval is a group's share, in per mille, with its bounds.
type Interval struct {
	Label, Line, Text string // the group, its size, the share in words
	Value, Low, High  int64
	Care              bool
}

func mille(n int64) string { return hundredths(min(max(n, 0), 1000)*10) + "%" }

func hundredths(n int64) string { return fmt.Sprintf("%d.%02d", n/100, n%100) }

func careful(is bool, class, care string) string {
	if is {
		return care
	}
	return class
}
