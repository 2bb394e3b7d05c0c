package score

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// A crowd makes random programs with every kind of criterion.
type crowd struct {
	random *rand.Rand
	words  int // different values
}

func (c *crowd) list(longest int) []string {
	var all []string
	for range c.random.IntN(longest + 1) {
		all = append(all, fmt.Sprint("w", c.random.IntN(c.words)))
	}
	return all
}

func (c *crowd) people(prefix string, n int) People {
	p := People{Fields: map[string]Field{}, Weeks: map[string][]Week{}}
	for i := range n {
		id := fmt.Sprint(prefix, i)
		if c.random.IntN(6) == 0 {
			id = fmt.Sprint("both", i)
		}
		p.IDs = append(p.IDs, id)
		p.Fields["id"] = append(p.Fields["id"], []string{id})
		p.Fields["value"] = append(p.Fields["value"], c.list(1))
		p.Fields["list"] = append(p.Fields["list"], c.list(6))
		p.Fields["year"] = append(p.Fields["year"], []string{fmt.Sprint(c.random.IntN(5))})
		p.Fields["chosen"] = append(p.Fields["chosen"], []string{fmt.Sprint("M", c.random.IntN(20)), fmt.Sprint("both", c.random.IntN(20)), fmt.Sprint("m", c.random.IntN(20))})
		var week Week
		for range c.random.IntN(4) {
			from := c.random.IntN(600)
			week.Add(from, from+c.random.IntN(30))
		}
		p.Weeks["week"] = append(p.Weeks["week"], week)
	}
	return p
}

func (c *crowd) rules(t *testing.T) Rules {
	var terms []Term
	for w := range c.words {
		above := ""
		if w > 0 {
			above = fmt.Sprint("w", w/3)
		}
		terms = append(terms, Term{Name: fmt.Sprint("w", w), Above: above})
	}
	terms[0].Above = ""
	tree, faults := NewTree(terms)
	if faults != nil {
		t.Fatal(faults)
	}
	some := func(n int) int { return c.random.IntN(n) }
	compare := func(m Measure, mentee, mentor string) Comparison {
		return Comparison{Name: fmt.Sprint(m, " ", mentee), Measure: m, Mentee: mentee, Mentor: mentor, Tree: tree}
	}
	near := compare(Near, "value", "value")
	near.Unless = &Unless{Destination: "value", Mentee: "list", Mentor: "list", AtLeast: 2}
	points := []Points{
		{Comparison: compare(Common, "value", "value"), Each: some(20) - 5},
		{Comparison: compare(Common, "list", "list"), Each: some(20) - 5, Most: some(12)},
		{Comparison: compare(Common, "list", "list"), Fit: &Fit{Full: 3}, Weight: some(10)},
		{Comparison: compare(Gap, "year", "year"), Table: map[int]int{-1: 3, 1: some(9), 2: -7}},
		{Comparison: compare(PlaceWithMentee, "chosen", "id"), Table: map[int]int{1: 8, 2: 5}},
		{Comparison: compare(PlaceWithMentor, "id", "chosen"), Table: map[int]int{0: 1, 3: 5}},
		{Comparison: compare(PlaceWithMentee, "list", "value"), Fit: FitByPlace(), Weight: 1},
		{Comparison: compare(Related, "list", "list"), Fit: &Fit{Full: 100}, Weight: some(3)},
		{Comparison: compare(Related, "list", "value"), Each: 1, Most: 50},
		{Comparison: compare(Time, "week", "week"), Fit: &Fit{Full: 120}, Weight: some(2)},
		{Comparison: near, Fit: &Fit{Full: 100}, Weight: 1},
		{Comparison: compare(Number, "", "year"), Fit: &Fit{None: 4, Full: 0}, Weight: 1},
	}
	musts := []Must{
		{Comparison: compare(Common, "list", "list"), To: 3},
		{Comparison: compare(Gap, "year", "year"), From: -2, To: NoLimit},
		{Comparison: compare(Common, "value", "value"), To: 0},
		{Comparison: compare(PlaceWithMentor, "id", "chosen"), To: 0},
		{Comparison: compare(Time, "week", "week"), From: 15, To: NoLimit},
		{Comparison: near, From: 20, To: 100},
	}
	var r Rules
	for _, p := range points {
		if some(2) == 0 {
			r.Points = append(r.Points, p)
		}
	}
	for _, m := range musts {
		if some(4) == 0 {
			r.Must = append(r.Must, m)
		}
	}
	if some(2) == 0 {
		r.Purposes = &Purposes{Mentee: "list", Mentor: "list", All: some(2) == 0, Points: [][]int{nil, {10, 6, 3}, {10, 6, -3}, {2, 9}}[some(4)]}
	}
	return r
}

// scorer makes a program and compiles its kernel.
func (c *crowd) scorer(t *testing.T, mentees, mentors int, f forms) *Scorer {
	t.Helper()
	s, err := New(c.people("m", mentees), c.people("M", mentors), c.rules(t))
	if err != nil {
		t.Fatal(err)
	}
	s.kernel.once.Do(func() { s.kernel.kernel = newKernel(s, s.criteria(), f) })
	return s
}

// crowds are programs whose criteria take every form that the kernel has.
func crowds(t *testing.T, trials int, test func(s *Scorer, random *rand.Rand)) {
	for trial := range trials {
		random := rand.New(rand.NewPCG(uint64(trial), 11))
		c := &crowd{random, []int{4, 30, 1500}[trial%3]}
		f := quickest
		f.entries = []int{0, 60, 1 << 20}[trial/3%3]
		if trial%2 == 0 {
			f.merged, f.branch, f.words = 0, 1+random.IntN(12), []int{0, 2, 12}[random.IntN(3)]
		}
		test(c.scorer(t, 1+random.IntN(40), 1+random.IntN(30), f), random)
	}
}

// pairWorth is what the scorer says of a pair, by its definition.
func pairWorth(s *Scorer, i, j int) int32 {
	best := int32(barred)
	if s.Barrier(i, j) == "" {
		for _, pair := range s.Of(i, j) {
			best = max(best, pair.Suitability)
		}
	}
	return best
}

func TestKernelSaysWhatTheScorerSays(t *testing.T) {
	t.Parallel()
	forms := map[string]int{}
	crowds(t, 180, func(s *Scorer, _ *rand.Rand) {
		k := s.compiled()
		forms["tables"] += len(k.tables)
		forms["slow"] += len(k.slow)
		for _, g := range k.gauges {
			forms[fmt.Sprintf("gauges with a table %v, counting %d", g.fixed[0] != nil, min(len(g.counts), 2))]++
			for _, c := range g.counts {
				forms[fmt.Sprintf("counts with marks %v", c.words == 0)]++
			}
		}
		for side := range 2 {
			v := newView(k, side, nil)
			forms[fmt.Sprintf("trees of depth %d, quick %v", min(v.depth, 2), v.first >= 0)]++
			search := newSearch(v, 1)
			for person := range int32(k.people[side]) {
				open := search.face(person)
				for c, other := range v.columns {
					pair := [2]int32{person, other}
					if side == 1 {
						pair = [2]int32{other, person}
					}
					var got int32 = barred
					switch {
					case search.isApart(other):
						got = search.scorerSays(other)
					case open:
						got = search.value(int32(c))
					}
					if want := pairWorth(s, int(pair[0]), int(pair[1])); got != want {
						t.Fatalf("side %d: mentee %d and mentor %d are worth %d, want %d, by the rules %+v", side, pair[0], pair[1], got, want, s.rules)
					}
				}
			}
		}
	})
	for _, form := range []string{
		"tables", "slow", "gauges with a table false, counting 1", "gauges with a table false, counting 2",
		"gauges with a table true, counting 1", "counts with marks false", "counts with marks true", "trees of depth 2, quick false", "trees of depth 1, quick true", "trees of depth 0, quick false",
	} {
		if forms[form] == 0 {
			t.Errorf("no program had %s, only %v", form, forms)
		}
	}
}

// bestByDefinition ranks all possible partners of a person.
func bestByDefinition(s *Scorer, side, person int, open Open) []hit {
	var all []hit
	for other := range []int{len(s.mentors.IDs), len(s.mentees.IDs)}[side] {
		i, j := person, other
		if side == 1 {
			i, j = other, person
		}
		if open[0] != nil && !open[0][i] || open[1] != nil && !open[1][j] {
			continue
		}
		draw := drawn([]string{s.mentees.IDs[i], s.mentors.IDs[j]})
		if worth := pairWorth(s, i, j); worth != barred {
			all = append(all, hit{worth, int32(other), drawOf(draw[0], draw[1])})
		}
	}
	slices.SortFunc(all, func(a, b hit) int { return cmp.Or(cmp.Compare(b.worth, a.worth), cmp.Compare(a.draw, b.draw)) })
	return all
}

func TestListsHoldEverybodysBest(t *testing.T) {
	t.Parallel()
	crowds(t, 180, func(s *Scorer, random *rand.Rand) {
		k := random.IntN(8)
		var open Open
		for side, ids := range [...][]string{s.mentees.IDs, s.mentors.IDs} {
			if random.IntN(3) == 0 {
				for range ids {
					open[side] = append(open[side], random.IntN(4) > 0)
				}
			}
		}
		want := map[[2]int]bool{}
		least := make([]int32, len(s.mentees.IDs))
		for i := range s.mentees.IDs {
			all := bestByDefinition(s, 0, i, open)
			for _, h := range all[:min(k, len(all))] {
				want[[2]int{i, int(h.person)}] = true
			}
		}
		for j := range s.mentors.IDs {
			all := bestByDefinition(s, 1, j, open)
			for _, h := range all[:min(k, len(all))] {
				want[[2]int{int(h.person), j}] = true
			}
		}
		lists := s.TopK(k, open)
		if lists.Len() != len(want) {
			t.Fatalf("%d pairs are listed, want %d", lists.Len(), len(want))
		}
		for i := range s.mentees.IDs {
			for _, j := range lists.Of(i) {
				if !want[[2]int{i, int(j)}] || !lists.Has(i, int(j)) {
					t.Fatalf("mentee %d and mentor %d are listed", i, j)
				}
			}
			least[i] = barred
			for _, h := range bestByDefinition(s, 0, i, open) {
				if !want[[2]int{i, int(h.person)}] {
					least[i] = max(least[i], h.worth)
				}
			}
			if lists.least[i] < least[i] {
				t.Fatalf("mentee %d: a pair outside the list is worth %d, and the bound is %d", i, least[i], lists.least[i])
			}
		}
	})
}

// A school has all that a large program has, so that lists are made in the way that is quick for one.
func TestSchoolIsListedAsItsPairsAreWorth(t *testing.T) {
	t.Parallel()
	for _, f := range []forms{quickest, {entries: 1 << 12, merged: 0, classes: 1 << 12, words: 12, branch: 4}} {
		mentees, mentors, rules := school(80, 300)
		s, err := New(mentees, mentors, rules)
		if err != nil {
			t.Fatal(err)
		}
		s.kernel.once.Do(func() { s.kernel.kernel = newKernel(s, s.criteria(), f) })
		for side := range 2 {
			v := newView(s.compiled(), side, nil)
			if f != quickest && side == 0 && (v.depth == 0 || v.first < 0) {
				t.Errorf("the tree has depth %d, and the first step the lens %d", v.depth, v.first)
			}
			people := newView(s.compiled(), 1-side, nil).columns
			v.each(people, 5, func(person int32, best []hit) {
				if want := bestByDefinition(s, side, int(person), Open{}); !slices.Equal(best, want[:min(5, len(want))]) {
					t.Errorf("side %d, person %d: got %v, want %v", side, person, best, want[:min(5, len(want))])
				}
			})
		}
	}
}

func TestListsDoNotDependOnTheOrderOfPeople(t *testing.T) {
	t.Parallel()
	crowds(t, 30, func(s *Scorer, random *rand.Rand) {
		order := [2][]int{random.Perm(len(s.mentees.IDs)), random.Perm(len(s.mentors.IDs))}
		again, err := New(shuffled(s.mentees, order[0]), shuffled(s.mentors, order[1]), s.rules)
		if err != nil {
			t.Fatal(err)
		}
		names := func(s *Scorer) []string {
			lists := s.TopK(3, Open{})
			var all []string
			for i, id := range s.mentees.IDs {
				for _, j := range lists.Of(i) {
					all = append(all, id+" "+s.mentors.IDs[j])
				}
			}
			slices.Sort(all)
			return all
		}
		if got, want := names(again), names(s); !slices.Equal(got, want) {
			t.Fatalf("in another order the lists are %v, and they were %v", got, want)
		}
	})
}

func shuffled(p People, order []int) People {
	q := People{Fields: map[string]Field{}, Weeks: map[string][]Week{}}
	for _, i := range order {
		q.IDs = append(q.IDs, p.IDs[i])
		for name, field := range p.Fields {
			q.Fields[name] = append(q.Fields[name], field[i])
		}
		for name, weeks := range p.Weeks {
			q.Weeks[name] = append(q.Weeks[name], weeks[i])
		}
	}
	return q
}

func TestPossiblePairsAreCounted(t *testing.T) {
	t.Parallel()
	crowds(t, 90, func(s *Scorer, random *rand.Rand) {
		open := Open{nil, make([]bool, len(s.mentors.IDs))}
		for j := range open[1] {
			open[1][j] = random.IntN(5) > 0
		}
		want := int64(0)
		for pair := range s.Pairs() {
			if open[1][pair.Mentor] {
				want++
			}
		}
		if got := s.Possible(open); got != want {
			t.Fatalf("%d pairs are possible, want %d, by the rules %+v", got, want, s.rules)
		}
	})
}
