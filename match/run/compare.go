package run

import (
	"cmp"
	"maps"
	"reflect"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// A Comparison sets two matchings side by side, the first being the one from which the second differs.
type Comparison struct {
	Labels   [2]string
	Figures  []Figure // what people count
	Goals    []Figure // what both count in goals that are the same
	Unshared []string // goals that only one of the two has, or that count differently
	Both     int      // pairs in both
	Only     [2]int   // pairs in one of the two
	Strays   [2][2]int
	Changes  []Change // who is in both and fares otherwise, by side and id
	Remarks  []string
}

// A Figure is one number of each matching.
type Figure struct {
	Name   string
	Values [2]int64
}

// A Change is what is different for one person. The lists are ids, sorted, with the purpose where two people have or had
// several together.
type Change struct {
	Person             Person
	Kept, Lost, Gained []string
}

// A proposal is a matching to be compared, wherever it comes from.
type proposal struct {
	label  string
	p      *match.Problem
	chosen []int32
	run    *Run
}

// Compare sets two runs side by side. Both must come from [Open] or [Match], which vouch for them.
func Compare(labels [2]string, first, second *Run) *Comparison {
	c := compare([2]proposal{
		{labels[0], first.Problem, first.Certificate.Chosen, first},
		{labels[1], second.Problem, second.Certificate.Chosen, second},
	})
	c.stableBesideBest([2]*Run{first, second})
	for i, r := range [...]*Run{first, second} {
		if r.Certificate.Outcome == match.IsImpossible {
			c.remark("%s is no result: no matching meets its minimums.", labels[i])
		}
	}
	return c
}

func compare(two [2]proposal) *Comparison {
	c := &Comparison{Labels: [2]string{two[0].label, two[1].label}}
	c.count(two)
	c.goals(two)
	c.pairs(two)
	return c
}

// count compares what needs no goals.
func (c *Comparison) count(two [2]proposal) {
	var f [2]figures
	for i, m := range two {
		f[i] = count(m.p, &match.Certificate{Chosen: m.chosen}, nil)
	}
	figure := func(name string, values [2]int) {
		c.Figures = append(c.Figures, Figure{name, [2]int64{int64(values[0]), int64(values[1])}})
	}
	figure("Mentees with a mentor", [2]int{f[0].paired[0], f[1].paired[0]})
	figure("Mentors with a mentee", [2]int{f[0].paired[1], f[1].paired[1]})
	figure("Pairs", [2]int{f[0].pairs, f[1].pairs})
	if two[0].p.Edges.MenteeRank != nil && two[1].p.Edges.MenteeRank != nil {
		figure("  the mentee's first choice", [2]int{first(f[0].choices), first(f[1].choices)})
	}
}

func first(choices []int) int {
	if len(choices) == 0 {
		return 0
	}
	return choices[0]
}

// goals compares the values of the goals that both count in the same way. Lotteries count nothing that anybody wants.
func (c *Comparison) goals(two [2]proposal) {
	if two[0].p.Aim != match.Optimal || two[1].p.Aim != match.Optimal {
		return
	}
	other := map[string]*match.Goal{}
	ladders := [2][]match.Goal{two[0].p.Ladder(), two[1].p.Ladder()}
	for i := range ladders[1] {
		other[ladders[1][i].Name] = &ladders[1][i]
	}
	for i := range ladders[0] {
		g := &ladders[0][i]
		if isChance(g) {
			delete(other, g.Name)
			continue
		}
		twin := other[g.Name]
		if twin == nil || !countAlike(two[0].p, g, two[1].p, twin) {
			c.Unshared = append(c.Unshared, g.Name)
			continue
		}
		delete(other, g.Name)
		c.Goals = append(c.Goals, goalFigure(g, [2]int64{valueOf(two[0].p, g, two[0].chosen), valueOf(two[1].p, twin, two[1].chosen)}))
		if n := scoredOtherwise(two, g.Column); n > 0 {
			c.remark("%s is counted by each one's own numbers, which differ for %s that both list.", g.Name, several(n, "possible pair"))
		}
	}
	for i := range ladders[1] {
		if name := ladders[1][i].Name; other[name] != nil && !isChance(other[name]) && !slices.Contains(c.Unshared, name) {
			c.Unshared = append(c.Unshared, name)
		}
	}
}

// isChance says whether a goal counts digits of a lottery, also in a pseudonymous copy.
func isChance(g *match.Goal) bool { return g.Lottery > 0 || isDrawn(match.Column{Name: g.Column}) }

func valueOf(p *match.Problem, g *match.Goal, chosen []int32) int64 {
	worth := p.Worth(g)
	return worth.Value(chosen, p.Loads(chosen))
}

// goalFigure shows a goal of which less is better as people count it.
func goalFigure(g *match.Goal, values [2]int64) Figure {
	name := g.Name
	if g.Minimise || isEvenLoad(g) {
		name, values = name+" (the least)", [2]int64{-values[0], -values[1]}
	}
	return Figure{name, values}
}

// countAlike says whether two goals count the same. Units for more pairs than anybody has are no difference.
func countAlike(p *match.Problem, g *match.Goal, q *match.Problem, h *match.Goal) bool {
	if isEvenLoad(g) && isEvenLoad(h) && g.Units[0].Of == h.Units[0].Of {
		return true
	}
	named := slices.ContainsFunc(g.Units, func(r match.Reward) bool { return r.Caps != nil })
	if named && (p.NumCaps() != q.NumCaps() || !slices.Equal(p.Mentees, q.Mentees) || !slices.Equal(p.Mentors, q.Mentors) || !slices.Equal(p.Classes, q.Classes)) {
		return false
	}
	return reflect.DeepEqual(g, h)
}

// scoredOtherwise counts the pairs that both problems list with different values in a column.
func scoredOtherwise(two [2]proposal, column string) int {
	if column == "" || two[0].p == two[1].p {
		return 0
	}
	known := map[pairKey]int32{}
	for e, v := range two[0].p.Column(column) {
		known[keyOf(two[0].p, int32(e))] = v
	}
	n := 0
	for e, v := range two[1].p.Column(column) {
		if before, there := known[keyOf(two[1].p, int32(e))]; there && before != v {
			n++
		}
	}
	return n
}

// A pairKey is a pair in the words of the spreadsheets, so that it can be found in another problem.
type pairKey struct{ mentee, mentor, purpose string }

func keyOf(p *match.Problem, e int32) pairKey {
	return pairKey{p.Mentees[p.Edges.Mentee[e]], p.Mentors[p.Edges.Mentor[e]], p.PurposeName(int(e))}
}

// keysOf lists the chosen pairs. Without purposes, two pairs of the same people are one.
func (m *proposal) keysOf(withPurposes bool) map[pairKey]bool {
	keys := map[pairKey]bool{}
	for _, e := range m.chosen {
		key := keyOf(m.p, e)
		if !withPurposes {
			key.purpose = ""
		}
		keys[key] = true
	}
	return keys
}

// pairs compares who is paired with whom.
func (c *Comparison) pairs(two [2]proposal) {
	purposes := len(two[0].p.Purposes) > 0 && len(two[1].p.Purposes) > 0
	keys := [2]map[pairKey]bool{two[0].keysOf(purposes), two[1].keysOf(purposes)}
	var changes [2]map[string]*Change
	for side := range changes {
		changes[side] = map[string]*Change{}
		ids := [2][]string{idsOf(two[0].p, match.Side(side)), idsOf(two[1].p, match.Side(side))}
		for _, id := range ids[0] {
			if _, stays := slices.BinarySearch(ids[1], id); stays {
				changes[side][id] = &Change{Person: two[0].run.person(match.Side(side), id)}
			}
		}
		c.Strays[side] = [2]int{len(ids[0]) - len(changes[side]), len(ids[1]) - len(changes[side])}
	}
	together := map[[2]string]map[string]bool{} // the purposes of two people, in either matching
	for _, of := range keys {
		for key := range of {
			people := [2]string{key.mentee, key.mentor}
			if together[people] == nil {
				together[people] = map[string]bool{}
			}
			together[people][key.purpose] = true
		}
	}
	note := func(key pairKey, in func(*Change, string)) {
		purpose := ""
		if len(together[[2]string{key.mentee, key.mentor}]) > 1 {
			purpose = " for " + key.purpose
		}
		if who := changes[match.MenteeSide][key.mentee]; who != nil {
			in(who, key.mentor+purpose)
		}
		if who := changes[match.MentorSide][key.mentor]; who != nil {
			in(who, key.mentee+purpose)
		}
	}
	for key := range keys[0] {
		if keys[1][key] {
			c.Both++
			note(key, func(w *Change, with string) { w.Kept = append(w.Kept, with) })
		} else {
			c.Only[0]++
			note(key, func(w *Change, with string) { w.Lost = append(w.Lost, with) })
		}
	}
	for key := range keys[1] {
		if !keys[0][key] {
			c.Only[1]++
			note(key, func(w *Change, with string) { w.Gained = append(w.Gained, with) })
		}
	}
	for _, of := range changes {
		for _, id := range slices.Sorted(maps.Keys(of)) {
			if who := of[id]; len(who.Lost)+len(who.Gained) > 0 {
				slices.Sort(who.Kept)
				slices.Sort(who.Lost)
				slices.Sort(who.Gained)
				c.Changes = append(c.Changes, *who)
			}
		}
	}
}

func idsOf(p *match.Problem, s match.Side) []string {
	if s == match.MenteeSide {
		return p.Mentees
	}
	return p.Mentors
}

// stableBesideBest adds what each of two aims costs by the measure of the other, where a stable and a best matching
// are about the same people and places.
func (c *Comparison) stableBesideBest(runs [2]*Run) {
	stable, best := 0, 1
	if runs[0].Certificate.Outcome != match.IsStable {
		stable, best = 1, 0
	}
	s, b := runs[stable], runs[best]
	if s.Certificate.Outcome != match.IsStable || b.Certificate.Outcome != match.IsOptimal {
		return
	}
	totals := len(s.Problem.Mentees) + len(s.Problem.Mentors)
	if !slices.Equal(s.Problem.Mentees, b.Problem.Mentees) || !slices.Equal(s.Problem.Mentors, b.Problem.Mentors) ||
		!slices.Equal(s.Problem.Max[:totals], b.Problem.Max[:totals]) {
		c.remark("The two are about other people or places, so that neither can be measured by the other's aim.")
		return
	}
	if there, missing := carried(s.Problem, s.Certificate.Chosen, b.Problem); missing > 0 {
		c.remark("Of the stable matching, %s cannot be in %s, so that it cannot be measured by the goals.", several(missing, "pair"), c.Labels[best])
	} else {
		ladder := b.Problem.Ladder()
		for k := range ladder {
			if isChance(&ladder[k]) {
				continue
			}
			var values [2]int64
			values[best], values[stable] = b.Certificate.Values[k], valueOf(b.Problem, &ladder[k], there)
			c.Goals = append(c.Goals, goalFigure(&ladder[k], values))
		}
		c.Unshared = nil
	}
	if there, missing := carried(b.Problem, b.Certificate.Chosen, s.Problem); missing > 0 {
		c.remark("Of the best matching, %s cannot be in %s, so that its blocking pairs cannot be counted.", several(missing, "pair"), c.Labels[stable])
	} else {
		blocking := blockingPairs(s.Problem, there)
		c.remark("In the best matching, %s of a mentee and a mentor would both rather have each other than whom they have (blocking pairs). In the stable one there is none.", several(len(blocking), "pair"))
	}
}

// carried finds chosen pairs among the edges of another problem. It counts those that are not there, are forbidden, or
// exceed what somebody takes there.
func carried(from *match.Problem, chosen []int32, to *match.Problem) (there []int32, missing int) {
	at := make(map[pairKey]int32, to.Edges.Len())
	for e := range int32(to.Edges.Len()) {
		if to.State(int(e)) != match.Forbidden {
			at[keyOf(to, e)] = e
		}
	}
	loads := make([]int32, to.NumCaps())
	for _, e := range chosen {
		k, known := at[keyOf(from, e)]
		if !known || !hasRoom(to, loads, int(k)) {
			missing++
			continue
		}
		add(to, loads, int(k))
		there = append(there, k)
	}
	slices.Sort(there)
	return there, missing
}

// add counts edge e on all its caps.
func add(p *match.Problem, loads []int32, e int) {
	for _, side := range [...]match.Side{match.MenteeSide, match.MentorSide} {
		for c := p.Leaf(side, e); c >= 0; c = p.Parent(c) {
			loads[c]++
		}
	}
}

// blockingPairs lists the edges of which both people would rather have each other than whom they have; match.Check
// tells what that means with limits and pins.
func blockingPairs(p *match.Problem, chosen []int32) []int32 {
	orders := [...]match.Order{p.Order(match.MenteeSide), p.Order(match.MentorSide)}
	loads := p.Loads(chosen)
	worst := slices.Repeat([]int32{-1}, p.NumCaps()) // the least liked chosen edge on each cap
	isChosen := make([]bool, p.Edges.Len())
	for _, e := range chosen {
		isChosen[e] = true
		for s := range orders {
			for c := p.Leaf(match.Side(s), int(e)); c >= 0; c = p.Parent(c) {
				if worst[c] < 0 || orders[s].Better(worst[c], e) {
					worst[c] = e
				}
			}
		}
	}
	wants := func(s int, e int32) bool {
		for c := p.Leaf(match.Side(s), int(e)); c >= 0; c = p.Parent(c) {
			if loads[c] == p.Max[c] {
				return worst[c] >= 0 && orders[s].Better(e, worst[c])
			}
		}
		return true
	}
	var blocking []int32
	for e := range int32(len(isChosen)) {
		if !isChosen[e] && p.State(int(e)) != match.Forbidden && wants(0, e) && wants(1, e) {
			blocking = append(blocking, e)
		}
	}
	return blocking
}

// FirstCome compares a run with what first come, first served would bring, and says in which order people came. Pinned
// pairs are made first; then each mentee in turn, in the order of the lottery or else of the ids, takes the best places
// left, as many as they want: best by their own ranking, or else by what a pair counts in the goals, in their order.
func FirstCome(label string, r *Run) (*Comparison, error) {
	chosen := firstCome(r.Problem)
	if err := fits(r.Problem, chosen); err != nil {
		return nil, err
	}
	c := compare([2]proposal{{label, r.Problem, r.Certificate.Chosen, r}, {"first come, first served", r.Problem, chosen, r}})
	if r.Certificate.Outcome == match.IsStable {
		c.remark("First come, first served leaves %s of a mentee and a mentor who would both rather have each other than whom they have (blocking pairs). The run leaves none.",
			several(len(blockingPairs(r.Problem, chosen)), "pair"))
	}
	order := "their ids, since there is no lottery"
	if drawn, _ := r.Problem.Draw(); slices.ContainsFunc(drawn, func(n int64) bool { return n > 0 }) {
		order = "the lottery"
	}
	c.remark("First come, first served: pinned pairs first; then the mentees came in the order of %s, and each took the best places left.", order)
	return c, nil
}

func firstCome(p *match.Problem) []int32 {
	loads := make([]int32, p.NumCaps())
	var chosen []int32
	take := func(e int32) {
		add(p, loads, int(e))
		chosen = append(chosen, e)
	}
	for e, s := range p.Edges.State {
		if s == match.Pinned {
			take(int32(e))
		}
	}
	drawn, _ := p.Draw()
	queue := upTo(len(p.Mentees))
	slices.SortStableFunc(queue, func(a, b int32) int { return cmp.Compare(drawn[a], drawn[b]) })
	list := p.Preferences(match.MenteeSide)
	better := byGoals(p)
	for _, i := range queue {
		own := list.Edge[list.Start[i]:list.Start[i+1]]
		if p.Edges.MenteeRank == nil {
			slices.SortStableFunc(own, better)
		}
		for _, e := range own {
			if p.State(int(e)) == match.Open && hasRoom(p, loads, int(e)) {
				take(e)
			}
		}
	}
	slices.Sort(chosen)
	return chosen
}

// byGoals orders edges by what each counts in the goals that count pairs one by one.
func byGoals(p *match.Problem) func(a, b int32) int {
	var worths []match.Worth
	for i := range p.Goals {
		if w := p.Worth(&p.Goals[i]); !w.HasUnits() && !isChance(&p.Goals[i]) {
			worths = append(worths, w)
		}
	}
	return func(a, b int32) int {
		for i := range worths {
			if order := cmp.Compare(worths[i].Pair(int(b)), worths[i].Pair(int(a))); order != 0 {
				return order
			}
		}
		return cmp.Compare(a, b)
	}
}

// fits lets the judge say whether the edges are a matching: pinned all of them, they must fit the limits together.
func fits(p *match.Problem, chosen []int32) error {
	q := *p
	q.Edges.State = slices.Repeat([]match.State{match.Forbidden}, p.Edges.Len())
	for _, e := range chosen {
		q.Edges.State[e] = match.Pinned
	}
	return q.Validate()
}
