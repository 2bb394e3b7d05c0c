package equity

import (
	"math/rand/v2"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
)

// This attacker sees a table of mentors with their average loads and places, and takes these for exact sums. For every
// row it lists all ways in which so many mentors can have so many mentees, and then all combinations of these that agree
// with the numbers of idle and of busy mentors in all.
func TestAverageLoadsDoNotBoundHiddenCells(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(7, 7))
	tables, withLoads, attacked := 0, 0, 0
	for program := range 4000 {
		people := 24 + random.IntN(12)
		c := &cohort{side: match.MentorSide, ids: make([]string, people)}
		most, few := 1+random.IntN(4), random.IntN(people)
		for range people {
			load := random.IntN(most + 1)
			if load == 0 && random.IntN(people) < few {
				load = 1
			}
			c.loads, c.places = append(c.loads, load), append(c.places, max(1, load+random.IntN(2)))
		}
		usual := median(c.loads)
		c.add(Outcome{Measure: Placed}, nil, func(i int) bool { return c.loads[i] > 0 })
		c.add(Outcome{Measure: Busy}, nil, func(i int) bool { return c.loads[i] > usual })
		tally := newTally(c, tinyGroups(random, people, 2), &Characteristic{Name: "c"}, 3)
		plan, ok := tally.plan()
		if !ok {
			continue
		}
		tables++
		table := tally.table(&Characteristic{Name: "c"}, &plan)
		if !table.Rows[0].Load.Shown {
			continue
		}
		withLoads++
		rows := tally.loadsOf(&plan)
		for o, outcome := range c.outcomes {
			if tally.isAlike(o) || tally.isShown(got(o), plan.shown) {
				continue
			}
			attacked++
			from, to := 1<<30, -1
			for _, x := range splits(rows[0]) {
				for _, y := range splits(rows[1]) {
					if x[0] > rows[0].places-rows[0].mentees || y[0] > rows[1].places-rows[1].mentees {
						continue // everybody has a place, and who is idle leaves one free
					}
					if x[0]+y[0] != rows[0].idle+rows[1].idle || x[1]+y[1] != rows[0].busy+rows[1].busy || !agrees(tally, &plan, x) {
						continue
					}
					n := x[0]
					if outcome.Measure == Busy {
						n = x[1]
					}
					from, to = min(from, n), max(to, n)
				}
			}
			anyway := tally.widths(got(o), 2, tally.rowOf(&plan), make([]int, people), 1)
			if want := min(tally.least, anyway[0]); to-from < want {
				t.Fatalf("program %d: %s of row 0 is between %d and %d, want %d between them; rows %+v", program, outcome.Measure, from, to, want, rows)
			}
		}
	}
	t.Logf("%d tables, %d with average loads, %d hidden outcomes attacked", tables, withLoads, attacked)
	if attacked < 50 {
		t.Error("too few tables had something to attack")
	}
}

// splits lists the numbers of idle and of busy mentors that a row can have.
func splits(l loads) [][2]int {
	found := map[[2]int]bool{}
	var try func(load, people, mentees, busy int)
	try = func(load, people, mentees, busy int) {
		if load == 0 {
			if mentees == 0 {
				found[[2]int{people, busy}] = true
			}
			return
		}
		for n := 0; n <= people && n*load <= mentees; n++ {
			more := 0
			if load > l.usual {
				more = n
			}
			try(load-1, people-n, mentees-n*load, busy+more)
		}
	}
	try(l.most, l.people, l.mentees, 0)
	var all [][2]int
	for split := range found {
		all = append(all, split)
	}
	return all
}

// agrees says whether a split of row 0 is what its shown cells say.
func agrees(t *tally, p *plan, split [2]int) bool {
	for _, o := range p.shown {
		n := t.people(got(o), p.rows[0])
		switch t.cohort.outcomes[o].Measure {
		case Placed:
			if t.people(everybody, p.rows[0])-split[0] != n {
				return false
			}
		case Busy:
			if split[1] != n {
				return false
			}
		}
	}
	return true
}
