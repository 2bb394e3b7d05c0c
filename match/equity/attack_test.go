package equity

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
)

// An attacker sees the tables that were made of one cohort, and knows besides: which groups there are, that each has
// somebody, how many people got each combination of outcomes in all, and how tables are made. The attacker lists every
// world in which all this is so, a world being how many people of each group (of each pair of groups, where there are
// two tables) got each combination, and notes the least and the greatest number that a cell has in any of them. Nothing
// here is shared with the code under test but the counts themselves.
type attacker struct {
	views []*view

	combinations [][]bool // each tells of every set whether its people belong to it
	totals       []int

	kinds [][]int // of people: their group in each view
	world [][]int // people by kind and combination
}

// A view is one table with what was counted for it.
type view struct {
	*tally
	plan  plan
	table Table
	cells []*openCell
}

// An openCell is a cell that is not shown: a set of people in some groups.
type openCell struct {
	name             string
	set              int
	groups           []int
	from, to         int // in the worlds that have everything shown
	freeFrom, freeTo int // in those that have only the sizes of the rows
}

const none = 1 << 30

func attack(views ...*view) *attacker {
	a := &attacker{views: views, kinds: [][]int{nil}}
	number := map[string]int{}
	for i := range views[0].of {
		has := make([]bool, len(views[0].sets))
		for s := range has {
			has[s] = views[0].sets[s].has[i]
		}
		key := fmt.Sprint(has)
		if _, known := number[key]; !known {
			number[key] = len(number)
			a.combinations, a.totals = append(a.combinations, has), append(a.totals, 0)
		}
		a.totals[number[key]]++
	}
	for _, v := range views {
		v.listOpenCells()
		var longer [][]int
		for _, kind := range a.kinds {
			for group := range v.names {
				longer = append(longer, append(slices.Clone(kind), group))
			}
		}
		a.kinds = longer
	}
	a.world = make([][]int, len(a.kinds))
	for k := range a.world {
		a.world[k] = make([]int, len(a.totals))
	}
	a.spread(0, 0, 0)
	return a
}

func (v *view) listOpenCells() {
	open := func(name string, set int, groups []int) {
		v.cells = append(v.cells, &openCell{name, set, groups, none, -1, none, -1})
	}
	shown := map[string]bool{fmt.Sprint(v.sets[everybody].has): true} // a set of the same people as a shown one is shown
	for _, o := range v.plan.shown {
		for _, s := range [...]int{asked(o), got(o), missed(o)} {
			shown[fmt.Sprint(v.sets[s].has)] = true
		}
	}
	for r, row := range v.plan.rows {
		for s := range v.sets {
			if !shown[fmt.Sprint(v.sets[s].has)] {
				open(fmt.Sprintf("row %d, set %d", r, s), s, row)
			}
			if len(row) > 1 {
				for _, group := range row {
					open(fmt.Sprintf("group %d inside row %d, set %d", group, r, s), s, []int{group})
				}
			}
		}
	}
}

// spread lists the ways to spread the people of each combination over the kinds.
func (a *attacker) spread(combination, kind, used int) {
	if combination == len(a.totals) {
		a.look()
		return
	}
	if kind == len(a.world)-1 {
		a.world[kind][combination] = a.totals[combination] - used
		a.spread(combination+1, 0, 0)
		return
	}
	for n := 0; n <= a.totals[combination]-used; n++ {
		a.world[kind][combination] = n
		a.spread(combination, kind+1, used+n)
	}
}

// number counts the people of a set in some groups of a view.
func (a *attacker) number(view, set int, groups []int) int {
	n := 0
	for k, kind := range a.kinds {
		if !slices.Contains(groups, kind[view]) {
			continue
		}
		for c, has := range a.combinations {
			if has[set] {
				n += a.world[k][c]
			}
		}
	}
	return n
}

// look notes the open cells of a world if it could be the true one.
func (a *attacker) look() {
	for at, v := range a.views {
		for group := range v.names {
			if a.number(at, everybody, []int{group}) == 0 {
				return
			}
		}
		for r, row := range v.plan.rows {
			if a.number(at, everybody, row) != v.table.Rows[r].People.Count {
				return
			}
		}
	}
	all := a.hasAllShown()
	for at, v := range a.views {
		for _, c := range v.cells {
			n := a.number(at, c.set, c.groups)
			c.freeFrom, c.freeTo = min(c.freeFrom, n), max(c.freeTo, n)
			if all {
				c.from, c.to = min(c.from, n), max(c.to, n)
			}
		}
	}
}

// hasAllShown says whether the world has every shown cell of every table.
func (a *attacker) hasAllShown() bool {
	for at, v := range a.views {
		column := 0
		for o := range v.cohort.outcomes {
			if v.isAlike(o) {
				continue
			}
			for r, row := range v.plan.rows {
				result := v.table.Rows[r].Results[column]
				if result.Got.Shown && (result.Asked.Count != a.number(at, asked(o), row) || result.Got.Count != a.number(at, got(o), row)) {
					return false
				}
			}
			column++
		}
	}
	return true
}

// judge fails the test if a cell is bounded: if it is open by fewer people than a cell may show, and than sizes and
// totals leave it anyway. It returns how many cells it looked at.
func (a *attacker) judge(t *testing.T, program int) int {
	t.Helper()
	cells := 0
	for _, v := range a.views {
		for _, c := range v.cells {
			cells++
			if c.to < 0 {
				t.Fatalf("program %d: the attacker finds no world, so the table lies", program)
			}
			want := min(v.least, c.freeTo-c.freeFrom)
			if c.set == everybody {
				want = v.least
			}
			if !v.sensitive && len(c.groups) == 1 && c.to == 0 {
				continue // nobody in the whole row, which may be shown where nothing is sensitive
			}
			if c.to-c.from < want {
				t.Fatalf("program %d, least %d, sensitive %v, rows %v of %v, outcomes shown %v: %s is between %d and %d; sizes alone leave %d to %d",
					program, v.least, v.sensitive, v.plan.rows, v.sets[everybody].in, v.plan.shown, c.name, c.from, c.to, c.freeFrom, c.freeTo)
			}
		}
	}
	return cells
}

// tinyCohort is a cohort of a few people with outcomes like those of a matching.
func tinyCohort(random *rand.Rand, people int) *cohort {
	c := &cohort{side: match.MenteeSide, ids: make([]string, people)}
	part := func() []bool {
		chance := random.IntN(101)
		has := make([]bool, people)
		for i := range has {
			has[i] = random.IntN(100) < chance
		}
		return has
	}
	placed, chose, listed, first, level := part(), part(), part(), part(), part()
	if random.IntN(2) == 0 {
		for i := range chose {
			chose[i] = true
		}
	}
	c.add(Outcome{Measure: Placed}, nil, func(i int) bool { return placed[i] })
	if random.IntN(2) == 0 {
		c.add(Outcome{Measure: FirstChoice}, func(i int) bool { return chose[i] }, func(i int) bool { return placed[i] && listed[i] && first[i] })
		c.add(Outcome{Measure: TopThree}, func(i int) bool { return chose[i] }, func(i int) bool { return placed[i] && listed[i] })
	}
	if random.IntN(2) == 0 {
		c.add(Outcome{Measure: MentorLevel, Level: "a"}, func(i int) bool { return placed[i] }, func(i int) bool { return placed[i] && level[i] })
		c.add(Outcome{Measure: MentorLevel, Level: "b"}, func(i int) bool { return placed[i] }, func(i int) bool { return placed[i] && !level[i] })
	}
	return c
}

func tinyGroups(random *rand.Rand, people, count int) groups {
	g := groups{notSaid: -1}
	for i := range count {
		g.names = append(g.names, string(rune('A'+i)))
	}
	for i := range people {
		g.of = append(g.of, min(random.IntN(count), random.IntN(count)))
		if i < count {
			g.of[i] = i // each has somebody
		}
	}
	return g
}

// tinyView is a table of a tiny cohort, if there is any. Thresholds are those of a tiny program: what matters is how
// they are kept, and small numbers can be listed.
func tinyView(random *rand.Rand, people *cohort, count int) (*view, bool) {
	c := &Characteristic{Name: "c", Sensitive: random.IntN(3) == 0}
	t := newTally(people, tinyGroups(random, len(people.ids), count), c, 2+random.IntN(2))
	plan, ok := t.plan()
	if !ok {
		return nil, false
	}
	return &view{tally: t, plan: plan, table: t.table(c, &plan)}, true
}

func TestNoAttackerCanBoundAHiddenCell(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(4, 3))
	programs, tables, cells, pooled, sensitive := 10_000, 0, 0, 0, 0
	for program := range programs {
		people := 8 + random.IntN(8)
		count := 2 + random.IntN(2)
		if people < 11 && random.IntN(3) == 0 {
			count = 4
		}
		v, ok := tinyView(random, tinyCohort(random, people), count)
		if !ok {
			continue
		}
		tables++
		if v.plan.pooled {
			pooled++
		}
		if v.sensitive {
			sensitive++
		}
		cells += attack(v).judge(t, program)
	}
	t.Logf("%d random programs, %d with a table (%d of them with groups put together, %d sensitive); %d hidden cells, none bounded",
		programs, tables, pooled, sensitive, cells)
	if tables < 1000 || pooled < 500 || sensitive < 100 || cells < 10_000 {
		t.Error("too few tables had something to attack")
	}
}

func TestTwoTablesOfTheSamePeopleBoundNoMoreThanOne(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(5, 3))
	programs, both, cells := 6000, 0, 0
	for program := range programs {
		people := tinyCohort(random, 8+random.IntN(3))
		one, ok := tinyView(random, people, 2)
		two, okToo := tinyView(random, people, 2+random.IntN(2))
		if !ok || !okToo || one.liesWithin(two.groups) || two.liesWithin(one.groups) {
			continue
		}
		a := attack(one, two)
		if n := a.judge(t, program); n > 0 {
			both++
			cells += n
		}
	}
	t.Logf("%d random programs, %d with two tables and something hidden; %d hidden cells, none bounded", programs, both, cells)
	if both < 20 {
		t.Error("too few programs had two tables")
	}
}
