package run

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
)

// mostPoints is how many points of a frontier are sought.
const mostPoints = 10

// A Frontier is what can be had of two goals at once.
type Frontier struct {
	Goals  [2]string
	Least  [2]bool  // of this goal, less is better
	Before []string // goals that come first at every point
	Points []Point  // from the best of the first goal to the best of the second
	More   bool     // between some of the points there may be others
}

// A Point is a matching for which some weighing of the two goals is best, as a run of its own.
type Point struct {
	Values [2]int64 // as the goals count them, more being better
	Kept   int      // pairs that the run has, too
	Run    *Run
}

// Between finds the frontier between two goals of a run, at most ten points of it: the best of the first goal, the best
// of the second, and between two neighbours the best of a·first + b·second, where a and b are such that the neighbours
// are worth the same (Aneja and Nair 1979). What lies on the frontier but is best for no such weighing is not found. The
// goals that come before both of the two in the run stay the most important ones, and the other goals come last.
//
// Every point is solved and its certificate judged. The error is a *match.Fault where the run has no such goals or the
// numbers would be too great.
func Between(ctx context.Context, r *Run, goals [2]string, progress func(done, total int)) (*Frontier, error) {
	w, err := newWeighing(r, goals)
	if err != nil {
		return nil, err
	}
	f := &Frontier{Goals: goals, Least: [2]bool{lessIsBetter(&w.goals[0]), lessIsBetter(&w.goals[1])}}
	for _, g := range w.before {
		f.Before = append(f.Before, g.Name)
	}
	solve := func(p *match.Problem) (Point, error) {
		return w.solve(ctx, p, progress)
	}
	one, err := solve(w.ordered(0))
	if err != nil {
		return nil, err
	}
	two, err := solve(w.ordered(1))
	if err != nil {
		return nil, err
	}
	f.Points = []Point{one}
	if one.Values != two.Values {
		f.Points = append(f.Points, two)
		err = f.fill(w, solve)
	}
	return f, err
}

// fill looks for points between neighbours, where there is the most room first.
func (f *Frontier) fill(w *weighing, solve func(*match.Problem) (Point, error)) error {
	empty := map[[2]int64]bool{} // where no point follows this one before its neighbour
	for {
		at := -1
		for i := range len(f.Points) - 1 {
			if !empty[f.Points[i].Values] && (at < 0 || f.room(i) > f.room(at)) {
				at = i
			}
		}
		if at < 0 || len(f.Points) == mostPoints {
			f.More = at >= 0
			return nil
		}
		left, right := f.Points[at].Values, f.Points[at+1].Values
		a, b := right[1]-left[1], left[0]-right[0]
		divisor := gcd(a, b)
		a, b = a/divisor, b/divisor
		p, err := w.weighed(a, b)
		if err != nil {
			return err
		}
		point, err := solve(p)
		if err != nil {
			return err
		}
		// The engine takes the most of the first goal among equals, so that a point of equal worth is the left one.
		if point.Values == left || point.Values == right {
			empty[left] = true
			continue
		}
		f.Points = slices.Insert(f.Points, at+1, point)
	}
}

// room is how much the goals change from one point to the next.
func (f *Frontier) room(i int) float64 {
	left, right := f.Points[i].Values, f.Points[i+1].Values
	return float64(left[0]-right[0]) * float64(right[1]-left[1])
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// lessIsBetter says whether people count the other way round than the goal.
func lessIsBetter(g *match.Goal) bool { return g.Minimise || isEvenLoad(g) }

// A weighing makes problems that differ from a run's in how two goals are put together.
type weighing struct {
	r             *Run
	goals         [2]match.Goal
	before, after []match.Goal // the other goals
	pair          [2][]int64   // what each edge counts in the two, or nil where
	worth         [2]match.Worth
}

func newWeighing(r *Run, names [2]string) (*weighing, error) {
	w := &weighing{r: r}
	switch {
	case r.Problem.Aim != match.Optimal:
		return nil, frontierFault("a stable matching has no goals; match with --aim %s first", match.Optimal)
	case r.Certificate.Outcome == match.IsImpossible:
		return nil, frontierFault("no matching meets the minimums of this run, so that there is nothing to weigh")
	case names[0] == names[1]:
		return nil, frontierFault("the goal %q cannot be weighed against itself; name two goals", names[0])
	}
	var known []string
	for _, g := range r.Problem.Goals {
		if !isChance(&g) {
			known = append(known, g.Name)
		}
	}
	found := 0
	for _, g := range r.Problem.Goals {
		k := slices.Index(names[:], g.Name)
		switch {
		case k >= 0 && isChance(&g):
			return nil, frontierFault("the goal %q is a lottery; weigh goals that somebody wants: %s", g.Name, strings.Join(known, ", "))
		case k >= 0:
			w.goals[k] = g
			found++
		case found == 0:
			w.before = append(w.before, g)
		default:
			w.after = append(w.after, g)
		}
	}
	for k, name := range names {
		if w.goals[k].Name == "" {
			return nil, frontierFault("the run has no goal %q; it has %s", name, strings.Join(known, ", "))
		}
		w.worth[k] = r.Problem.Worth(&w.goals[k])
		w.pair[k] = onPairs(r.Problem, &w.worth[k])
	}
	return w, nil
}

func frontierFault(format string, args ...any) error {
	return &match.Fault{Code: "frontier", Text: fmt.Sprintf(format, args...)}
}

// onPairs is what each edge counts in a goal, or nil where that depends on how many pairs somebody has. Units that count
// alike from the first to the last that a cap can get are as good as numbers of its pairs.
func onPairs(p *match.Problem, w *match.Worth) []int64 {
	counts := make([]int64, p.Edges.Len())
	if !w.HasUnits() {
		for e := range counts {
			counts[e] = w.Pair(e)
		}
		return counts
	}
	listed := p.Loads(upTo(p.Edges.Len()))
	for c := range int32(p.NumCaps()) {
		for n := int32(2); n <= min(p.Max[c], listed[c]); n++ {
			if w.Unit(c, n) != w.Unit(c, 1) {
				return nil
			}
		}
	}
	for e := range counts {
		for _, side := range [...]match.Side{match.MenteeSide, match.MentorSide} {
			for c := p.Leaf(side, e); c >= 0; c = p.Parent(c) {
				counts[e] += w.Unit(c, 1)
			}
		}
	}
	return counts
}

// ordered is the problem in which goal k is the more important of the two.
func (w *weighing) ordered(k int) *match.Problem {
	p := *w.r.Problem
	p.Goals = slices.Concat(w.before, []match.Goal{w.goals[k], w.goals[1-k]}, w.after)
	return &p
}

// weighed is the problem in which the best of a·first + b·second is sought. The two follow by themselves, to decide
// between equals and to be shown.
func (w *weighing) weighed(a, b int64) (*match.Problem, error) {
	p := w.ordered(0)
	name := fmt.Sprintf("%d x %s + %d x %s", a, w.goals[0].Name, b, w.goals[1].Name)
	goal := match.Goal{Name: name}
	var fits bool
	if w.pair[0] != nil && w.pair[1] != nil {
		fits = w.column(p, &goal, a, b)
	} else {
		fits = w.units(p, &goal, a, b)
	}
	p.Goals = slices.Insert(p.Goals, len(w.before), goal)
	if err := p.Validate(); !fits || err != nil {
		return nil, frontierFault("%s and %s cannot be weighed exactly: %d times the one and %d times the other are too great numbers", w.goals[0].Name, w.goals[1].Name, a, b)
	}
	return p, nil
}

// mostWeighed bounds what a weighed pair may count. Validate allows less where there are many people.
const mostWeighed = int64(1) << 50

// times is a·x + b·y, and whether that is small enough to be exact.
func times(a, x, b, y int64) (int64, bool) {
	ax, bx := float64(a)*float64(x), float64(b)*float64(y)
	if math.Abs(ax)+math.Abs(bx) > float64(mostWeighed) {
		return 0, false
	}
	return a*x + b*y, true
}

// column weighs goals that count pairs.
func (w *weighing) column(p *match.Problem, goal *match.Goal, a, b int64) bool {
	values := make([]int32, p.Edges.Len())
	for e := range values {
		v, ok := times(a, w.pair[0][e], b, w.pair[1][e])
		if !ok || v != int64(int32(v)) {
			return false
		}
		values[e] = int32(v)
	}
	name := "weighed"
	for p.Column(name) != nil {
		name += " again" // the run is itself a point of a frontier
	}
	goal.Column = name
	p.Columns = append(slices.Clone(p.Columns), match.Column{Name: name, Values: values})
	slices.SortFunc(p.Columns, func(x, y match.Column) int { return strings.Compare(x.Name, y.Name) })
	return true
}

// units weighs goals of which one counts by how many pairs somebody has. What a single pair counts becomes the worth of
// a class that holds this pair alone, so that both are units.
func (w *weighing) units(p *match.Problem, goal *match.Goal, a, b int64) bool {
	weight := [2]int64{a, b}
	caps := int32(p.NumCaps())
	worth := map[int32][]int64{}
	for c := range caps {
		longest := int32(0)
		for k := range w.worth {
			if w.pair[k] == nil {
				longest = max(longest, min(w.worth[k].Units(c), p.Max[c]))
			}
		}
		units := make([]int64, longest)
		for n := range units {
			var unit [2]int64
			for k := range unit {
				if w.pair[k] == nil {
					unit[k] = w.worth[k].Unit(c, int32(n)+1)
				}
			}
			v, ok := times(a, unit[0], b, unit[1])
			if !ok {
				return false
			}
			units[n] = v
		}
		if longest > 0 {
			worth[c] = units
		}
	}
	for k := range w.pair {
		if w.pair[k] == nil {
			continue
		}
		single := w.singles(p)
		for e, v := range w.pair[k] {
			v, ok := times(weight[k], v, 0, 0)
			if !ok {
				return false
			}
			worth[single+int32(e)] = []int64{v}
		}
	}
	goal.Units = rewards(worth)
	return len(goal.Units) > 0
}

// singles gives every edge a class of its own on the mentee's side, and returns the cap of the first one.
func (w *weighing) singles(p *match.Problem) int32 {
	first := int32(p.NumCaps())
	n := p.Edges.Len()
	leaves := make([]int32, n)
	p.Classes = slices.Clone(p.Classes)
	p.Max = slices.Clone(p.Max)
	for e := range n {
		p.Classes = append(p.Classes, match.Class{Name: "this pair", Parent: p.Leaf(match.MenteeSide, e)})
		p.Max = append(p.Max, 1)
		leaves[e] = first + int32(e)
	}
	if p.Min != nil {
		p.Min = append(slices.Clone(p.Min), make([]int32, n)...)
	}
	p.Edges.MenteeCap = leaves
	return first
}

// rewards lists caps with equal units together, in the order of the first cap of each list.
func rewards(worth map[int32][]int64) []match.Reward {
	caps := make([]int32, 0, len(worth))
	for c := range worth {
		caps = append(caps, c)
	}
	slices.Sort(caps)
	at := map[string]int{}
	var list []match.Reward
	for _, c := range caps {
		key := fmt.Sprint(worth[c])
		if _, known := at[key]; !known {
			at[key] = len(list)
			list = append(list, match.Reward{Units: worth[c]})
		}
		r := &list[at[key]]
		r.Caps = append(r.Caps, c)
	}
	return list
}

// solve makes a point, as a run with the inputs and the lottery of the one it comes from.
func (w *weighing) solve(ctx context.Context, p *match.Problem, progress func(done, total int)) (Point, error) {
	r := &Run{Problem: p, Names: w.r.Names, Manifest: w.r.Manifest}
	if err := r.solve(ctx, progress); err != nil {
		return Point{}, err
	}
	r.Manifest.Engine, r.Manifest.Files = ThisEngine(), nil
	r.Manifest.Notes = append(slices.Clone(w.r.Manifest.Notes), Note{
		File: problemFile, Problem: fmt.Sprintf("this run is a point between the goals %s and %s of another one", w.goals[0].Name, w.goals[1].Name),
		Instead: "goals are not in the order of the rules",
	})
	loads := p.Loads(r.Certificate.Chosen)
	point := Point{Run: r, Kept: common(w.r.Certificate.Chosen, r.Certificate.Chosen)}
	for k := range point.Values {
		worth := p.Worth(&w.goals[k])
		point.Values[k] = worth.Value(r.Certificate.Chosen, loads)
	}
	return point, nil
}

// PointName is what point i is called: a, b, c and so on.
func PointName(i int) string { return string(rune('a' + i)) }

// String is the frontier as a table and a chart.
func (f *Frontier) String() string {
	var s page
	lead := "Between " + f.Goals[0] + " and " + f.Goals[1]
	if len(f.Before) > 0 {
		lead += ", after " + strings.Join(f.Before, ", ")
	}
	s.line("%s", lead)
	s.WriteString("\n")
	headings := [2]string{f.heading(0), f.heading(1)}
	widths := [2]int{max(len([]rune(headings[0])), 10), max(len([]rune(headings[1])), 10)}
	fmt.Fprintf(&s, "     %*s   %*s   %s\n", widths[0], headings[0], widths[1], headings[1], "pairs as in the run")
	for i, point := range f.Points {
		shown := f.shown(point)
		kept := fmt.Sprintf("%d of %d", point.Kept, len(point.Run.Certificate.Chosen))
		fmt.Fprintf(&s, "  %s  %*d   %*d   %19s\n", PointName(i), widths[0], shown[0], widths[1], shown[1], kept)
	}
	if len(f.Points) == 1 {
		s.WriteString("\n")
		s.line("The two goals do not compete: one matching has the most of both.")
		return s.String()
	}
	s.WriteString("\n")
	s.WriteString(f.chart())
	s.WriteString("\n")
	s.line("Each point is the best matching for some weighing of the two goals, and proved to be. No matching has more of both than a point.")
	if f.More {
		s.line("There may be others between them; %d are shown at most.", mostPoints)
	}
	return s.String()
}

func (f *Frontier) heading(k int) string {
	name := strings.Map(printable, f.Goals[k])
	if f.Least[k] {
		name += " (the least)"
	}
	return name
}

// shown are the values of a point as people count them.
func (f *Frontier) shown(p Point) [2]int64 {
	values := p.Values
	for k := range values {
		if f.Least[k] {
			values[k] = -values[k]
		}
	}
	return values
}

// chart draws the points: further right is better in the first goal, further up in the second.
func (f *Frontier) chart() string {
	const width, height = 48, 12
	worst := [2]int64{f.Points[len(f.Points)-1].Values[0], f.Points[0].Values[1]}
	span := [2]int64{f.Points[0].Values[0] - worst[0], f.Points[len(f.Points)-1].Values[1] - worst[1]}
	rows := make([][]rune, height)
	for i := range rows {
		rows[i] = slices.Repeat([]rune{' '}, width)
	}
	for i, point := range f.Points {
		x := scaled(point.Values[0]-worst[0], span[0], width-1)
		y := height - 1 - scaled(point.Values[1]-worst[1], span[1], height-1)
		if rows[y][x] != ' ' { // the neighbour stands there
			x = min(x+1, width-1)
		}
		rows[y][x] = []rune(PointName(i))[0]
	}
	var b strings.Builder
	fmt.Fprintf(&b, "  %s\n", f.heading(1))
	fmt.Fprintf(&b, "  ^\n")
	for _, row := range rows {
		fmt.Fprintln(&b, strings.TrimRight("  | "+string(row), " "))
	}
	fmt.Fprintf(&b, "  +%s> %s\n", strings.Repeat("-", width+1), f.heading(0))
	return b.String()
}

// scaled is where v of span stands among places from 0 to last.
func scaled(v, span int64, last int) int {
	if span <= 0 {
		return 0
	}
	return int(math.Round(float64(v) / float64(span) * float64(last)))
}
