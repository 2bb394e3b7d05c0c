package match

import "slices"

// A Goal is one thing that a good matching has much of. Exactly one of Pairs, Column, Units, Minimums and Lottery
// says what it counts. Goals are compared one after the other; no goal is ever weighed against another.
type Goal struct {
	Name     string // a code such as "placed" or "suitability"
	Pairs    bool   // every chosen pair counts one
	Column   string // every chosen pair counts its value in this column,
	Band     *Band  // or, with a band, one if the value lies in it
	Units    []Reward
	Minimums bool // every unit on a cap counts one until the cap's minimum is reached
	Lottery  int  // every chosen pair counts this digit of its lottery number, 1 to 12; a last goal, to decide ties
	Minimise bool // the less, the better; never with Units or Minimums
}

// A Band is a range of values of a column, both ends included.
type Band struct{ From, To int32 }

// A Reward says what the units on some caps count: the n-th unit on the cap counts Units[n-1], later ones nothing.
// The numbers never grow from one unit to the next (with the nothing after the last), so that the units can be
// counted in any order. {Of: "mentees", Units: {1}} counts the mentees who have at least one mentor;
// {Of: "mentors", Units: {-1, -3, -5}} makes the sum of squared loads small.
type Reward struct {
	Of    string  // "mentees" or "mentors": all totals of that side
	Caps  []int32 // or these caps, strictly increasing
	Units []int64
}

// MaxLotteryDigit is the number of digits of 20 bits in a lottery number.
const MaxLotteryDigit = 12

// Ladder is the list of goals as they are judged: the minimums before all others when they are hard.
func (p *Problem) Ladder() []Goal {
	if !p.HardMinimums {
		return p.Goals
	}
	return append([]Goal{{Name: "minimums", Minimums: true}}, p.Goals...)
}

// A Worth tells what pairs and units count in one goal.
type Worth struct {
	pair  []int32   // per edge; nil: pairs count same
	band  *Band     // counts one inside the band instead of the value
	same  int64     // what each pair counts when pair is nil
	sign  int64     // -1 when the goal is to be made small
	units [][]int64 // per cap, or nil when units count nothing
	lots  *lots     // pairs count digits that are drawn when somebody asks; nil: they do not
}

// Worth prepares goal g of problem p. Its cost is O(1) for columns and for lotteries, and O(caps) for units. A digit of
// a lottery costs one HMAC whenever it is asked for; whoever asks for many of them calls [Worth.DrawAll] first.
func (p *Problem) Worth(g *Goal) Worth {
	w := Worth{sign: 1}
	if g.Minimise {
		w.sign = -1
	}
	switch {
	case g.Pairs:
		w.same = 1
	case g.Column != "":
		w.pair, w.band = p.Column(g.Column), g.Band
		if w.pair == nil {
			w.pair = make([]int32, p.Edges.Len()) // a problem without edges has empty columns
		}
	case g.Lottery > 0:
		w.lots = p.lots(g.Lottery)
	case g.Minimums:
		w.units = make([][]int64, p.NumCaps())
		most := int32(p.Edges.Len()) + 1 // no cap ever asks for a further unit, however great its minimum
		longest := int32(0)
		for c := range w.units {
			longest = max(longest, min(p.Minimum(c), most))
		}
		ones := slices.Repeat([]int64{1}, int(longest))
		for c := range w.units {
			w.units[c] = ones[:min(p.Minimum(c), most)]
		}
	default:
		w.units = make([][]int64, p.NumCaps())
		for _, r := range g.Units {
			for _, c := range r.caps(p) {
				w.units[c] = r.Units
			}
		}
	}
	return w
}

// caps lists the caps that a reward speaks of.
func (r *Reward) caps(p *Problem) []int32 {
	from, to := int32(0), int32(0)
	switch r.Of {
	case "mentees":
		to = int32(len(p.Mentees))
	case "mentors":
		from = int32(len(p.Mentees))
		to = from + int32(len(p.Mentors))
	default:
		return r.Caps
	}
	all := make([]int32, 0, to-from)
	for c := from; c < to; c++ {
		all = append(all, c)
	}
	return all
}

// Pair is what edge e counts when it is chosen.
func (w *Worth) Pair(e int) int64 {
	if w.pair == nil {
		return w.sign * w.pairWithoutColumn(e)
	}
	v := w.pair[e]
	if w.band == nil {
		return w.sign * int64(v)
	}
	if w.band.From <= v && v <= w.band.To {
		return w.sign
	}
	return 0
}

func (w *Worth) pairWithoutColumn(e int) int64 {
	if w.lots != nil {
		return int64(w.lots.digit(e))
	}
	return w.same
}

// DrawAll draws the digits of all edges, in a lottery, and keeps them.
func (w *Worth) DrawAll() {
	if w.lots == nil || w.pair != nil {
		return
	}
	w.pair = make([]int32, w.lots.p.Edges.Len())
	for e := range w.pair {
		w.pair[e] = w.lots.digit(e)
	}
}

// Unit is what the n-th unit on cap c counts, n from 1.
func (w *Worth) Unit(c int32, n int32) int64 {
	if w.units == nil || int(n) > len(w.units[c]) {
		return 0
	}
	return w.units[c][n-1]
}

// Units is the number of units on cap c that are listed; later ones count nothing.
func (w *Worth) Units(c int32) int32 {
	if w.units == nil {
		return 0
	}
	return int32(len(w.units[c]))
}

// HasUnits says whether units on caps count anything.
func (w *Worth) HasUnits() bool { return w.units != nil }

// Value is what a matching with these loads counts in the goal.
func (w *Worth) Value(chosen []int32, loads []int32) int64 {
	sum := int64(0)
	for _, e := range chosen {
		sum += w.Pair(int(e))
	}
	for c, units := range w.units {
		for n := int32(0); n < loads[c] && int(n) < len(units); n++ {
			sum += units[n]
		}
	}
	return sum
}
