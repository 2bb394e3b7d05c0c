package score

import (
	"iter"
	"math/bits"
)

// A Week is a set of quarters of an hour, the first after Sunday midnight (the beginning of Monday), in one zone for
// everybody. Weeks repeat: what is pushed over one end comes in at the other.
type Week [(QuartersPerWeek + 63) / 64]uint64

// A quarter of an hour is the least that zones differ by.
const (
	QuartersPerDay  = 24 * 4
	QuartersPerWeek = 7 * QuartersPerDay
	minutesAtATime  = 15
)

// Add puts the quarters from one to before another into the week; both count from Monday midnight and may lie before
// it or after the next one, but not more than a week apart.
func (w *Week) Add(from, to int) {
	for q := from; q < to; q++ {
		at := (q%QuartersPerWeek + QuartersPerWeek) % QuartersPerWeek
		w[at/64] |= 1 << (at % 64)
	}
}

// Union puts in what another week has.
func (w *Week) Union(other *Week) {
	for k := range w {
		w[k] |= other[k]
	}
}

// Minutes is how much time the week has.
func (w *Week) Minutes() int {
	n := 0
	for _, word := range w {
		n += bits.OnesCount64(word)
	}
	return n * minutesAtATime
}

// Quarters gives what is in the week, in order.
func (w *Week) Quarters() iter.Seq[int32] {
	return func(yield func(int32) bool) {
		for k, word := range w {
			for ; word != 0; word &= word - 1 {
				if !yield(int32(k*64 + bits.TrailingZeros64(word))) {
					return
				}
			}
		}
	}
}
