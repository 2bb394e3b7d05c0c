package score

// A Fit says how well a measure suits, from 0 to 100, in whole numbers rounded down: by Table if there is one, and
// else along the line that is 0 at None and 100 at Full. The line may rise or fall; beyond its ends it is level.
type Fit struct {
	Table      map[int]int // what is not listed is 0
	None, Full int         // different from each other
}

// BestFit is the greatest fit.
const BestFit = 100

// MaxWeight is the greatest weight of a fit.
const MaxWeight = 10

// Of is the fit of a measure.
func (f *Fit) Of(measured int) int {
	if f.Table != nil {
		return f.Table[measured]
	}
	step, length := measured-f.None, f.Full-f.None
	if length < 0 {
		step, length = -step, -length
	}
	return BestFit * min(max(step, 0), length) / length
}

// FitByPlace is the fit of the first places of somebody's choices: 100, 80, 60, 40 and 20. Later ones have none.
func FitByPlace() *Fit {
	f := &Fit{Table: map[int]int{}}
	for place := 1; place <= 5; place++ {
		f.Table[place] = BestFit - 20*(place-1)
	}
	return f
}

// FitByGap is the fit of a gap: 100 where it is ideal, and 25 less for every level off the nearest ideal one.
func FitByGap(ideal ...int) *Fit {
	f := &Fit{Table: map[int]int{}}
	for _, at := range ideal {
		for off := range 4 {
			fit := BestFit - 25*off
			f.Table[at-off], f.Table[at+off] = max(f.Table[at-off], fit), max(f.Table[at+off], fit)
		}
	}
	return f
}
