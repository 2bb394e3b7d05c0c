package run

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/equity"
	"github.com/chiron-mentoring/chiron/match/matchtest"
	"github.com/chiron-mentoring/chiron/match/solve"
)

// drawnGroups are characteristics like those of a program, drawn without regard to anything else.
func drawnGroups(p *match.Problem, seed uint64) []equity.Characteristic {
	random := rand.New(rand.NewPCG(seed, 99))
	all := []equity.Characteristic{
		{Name: "level", Side: match.MenteeSide, Order: []string{"PGY1", "PGY2", "PGY3", "PGY4", "PGY5"}},
		{Name: "site", Side: match.MenteeSide},
		{Name: "gender", Side: match.MenteeSide, Sensitive: true},
		{Name: "rank", Side: match.MentorSide},
		{Name: "gender", Side: match.MentorSide, Sensitive: true},
	}
	draws := []func() string{
		func() string { return fmt.Sprint("PGY", 1+min(random.IntN(5), random.IntN(6))) },
		func() string { return []string{"North", "Centre", "South"}[random.IntN(3)] },
		func() string { return []string{"woman", "woman", "woman", "man", "man", ""}[random.IntN(6)] },
		func() string { return []string{"assistant", "associate", "associate", "full"}[random.IntN(4)] },
		func() string { return []string{"woman", "man", "man"}[random.IntN(3)] },
	}
	for i := range all {
		all[i].Values = map[string]string{}
		ids := p.Mentees
		if all[i].Side == match.MentorSide {
			ids = p.Mentors
		}
		for _, id := range ids {
			all[i].Values[id] = draws[i]()
		}
	}
	return all
}

func auditOf(t *testing.T, p *match.Problem, groups []equity.Characteristic) *equity.Report {
	t.Helper()
	c, err := solve.Solve(context.Background(), p, solve.Options{})
	if err != nil {
		t.Fatal(err)
	}
	hours := map[string]int{}
	for e := range c.Chosen {
		hours[p.Mentors[p.Edges.Mentor[c.Chosen[e]]]] += 2
	}
	r, err := equity.Audit(p, c.Chosen, groups, equity.Options{Level: &groups[3], Hours: hours})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var cohorts = map[string]matchtest.Shape{
	"stable":  {Aim: match.StableForMentees, Mentees: 200, Mentors: 50, Places: 6},
	"optimal": {Aim: match.Optimal, Mentees: 200, Mentors: 50, Places: 6},
	"two":     {Aim: match.StableForMentees, Mentees: 120, Mentors: 60, Places: 5, Demand: 2},
}

func TestUnbiasedCohortsRaiseHardlyAFlag(t *testing.T) {
	t.Parallel()
	for name, shape := range cohorts {
		const seeds = 100
		quiet, comparisons, tables := 0, 0, 0
		for seed := range uint64(seeds) {
			p := matchtest.Cohort(seed, shape)
			r := auditOf(t, p, drawnGroups(p, seed))
			comparisons += len(r.Comparisons)
			tables += len(r.Tables)
			if len(r.Flags()) == 0 {
				quiet++
			}
		}
		t.Logf("%s: %d of %d cohorts without a flag, among %d comparisons in %d tables of 500", name, quiet, seeds, comparisons, tables)
		if quiet < 95 || comparisons < 1000 {
			t.Errorf("%s: %d of %d unbiased cohorts raise no flag in %d comparisons", name, quiet, seeds, comparisons)
		}
	}
}

// Two ways to wrong the people of one site: every mentor ranks them below all others, and nobody looks at what they
// themselves prefer.
var wrongs = map[string]func(p *match.Problem, wronged func(e int) bool, random *rand.Rand){
	"ranked last": func(p *match.Problem, wronged func(e int) bool, _ *rand.Rand) {
		for e := range p.Edges.MentorRank {
			if wronged(e) {
				p.Edges.MentorRank[e] += int32(len(p.Mentees))
			}
		}
	},
	"choices ignored": func(p *match.Problem, wronged func(e int) bool, random *rand.Rand) {
		for e := range p.Edges.MenteeRank {
			if wronged(e) {
				p.Edges.MenteeRank[e] = 1 + random.Int32N(1000)
			}
		}
	},
}

// In small programs some of it stays hidden together with the small groups that it would tell of.
func TestAPlantedBiasIsFound(t *testing.T) {
	t.Parallel()
	for _, program := range []struct {
		mentees int
		least   map[string]int // of 40 cohorts
	}{
		{200, map[string]int{"ranked last": 38, "choices ignored": 22}},
		{400, map[string]int{"ranked last": 40, "choices ignored": 36}},
	} {
		for name, wrong := range wrongs {
			found, by := 0, map[equity.Measure]int{}
			for seed := range uint64(40) {
				flags := flagsOfNorth(t, wrong, program.mentees, seed)
				for _, f := range flags {
					by[f.Outcome.Measure]++
				}
				if len(flags) > 0 {
					found++
				}
			}
			t.Logf("%s: found in %d of 40 cohorts of %d mentees, by %v", name, found, program.mentees, by)
			if found < program.least[name] {
				t.Errorf("%s: the bias is found in %d of 40 cohorts of %d mentees, want %d", name, found, program.mentees, program.least[name])
			}
		}
	}
}

// flagsOfNorth are those that say that the site North was served worse, or another one better, in a cohort where North
// is wronged.
func flagsOfNorth(t *testing.T, wrong func(*match.Problem, func(int) bool, *rand.Rand), mentees int, seed uint64) []equity.Comparison {
	t.Helper()
	p := matchtest.Cohort(seed, matchtest.Shape{Aim: match.StableForMentees, Mentees: mentees, Places: 6})
	groups := drawnGroups(p, seed)
	site := groups[1]
	honest := p.Edges.MenteeRank
	p.Edges.MenteeRank = slices.Clone(honest)
	wrong(p, func(e int) bool { return site.Values[p.Mentees[p.Edges.Mentee[e]]] == "North" }, rand.New(rand.NewPCG(seed, 1)))
	c, err := solve.Solve(context.Background(), p, solve.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p.Edges.MenteeRank = honest
	r, err := equity.Audit(p, c.Chosen, groups, equity.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(r.Flags(), func(f equity.Comparison) bool {
		return f.Characteristic != site.Name || f.Worse() != (f.Group == "North")
	})
}
