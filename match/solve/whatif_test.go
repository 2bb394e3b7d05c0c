package solve_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/matchtest"
	"github.com/chiron-mentoring/chiron/match/solve"
)

// The whole promise: whatever is changed, the answer is the certificate of a fresh solution, byte for byte.
func TestAnswersAreThoseOfAFreshSolution(t *testing.T) {
	t.Parallel()
	asked, fresh := map[string]int{}, map[string]int{}
	for seed := range uint64(1200) {
		r := rand.New(rand.NewPCG(seed, 1))
		p := matchtest.Tiny(seed, matchtest.AnyFeatures(seed, matchtest.OptimalFeatures))
		if seed%4 > 0 {
			p = withLottery(p)
		}
		if seed%8 > 0 && solved(t, p).Outcome == match.IsImpossible {
			q := *p
			q.HardMinimums = false
			p = &q
		}
		s := session(t, p)
		for range 4 {
			q, made := changed(p, r)
			if q == nil {
				continue
			}
			if why := agrees(t, s, q); why != "" {
				fresh[why]++
				continue
			}
			for _, kind := range made {
				asked[kind]++
			}
		}
		if why := agrees(t, s, p); why == "" {
			asked["nothing"]++
		}
	}
	t.Log("solved anew:", fresh)
	for kind := range changes {
		if asked[kind] < 100 {
			t.Errorf("%q was answered %d times from stored prices", kind, asked[kind])
		}
	}
	if fresh["a pair would have nowhere to go"] > 0 {
		t.Error("a pair had nowhere to go")
	}
}

// session prepares p.
func session(t testing.TB, p *match.Problem) *solve.Session {
	t.Helper()
	c, err := solve.Solve(t.Context(), p, solve.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := solve.NewSession(t.Context(), p, c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// changed is problem p with some changes, or nil if they cannot be made.
func changed(p *match.Problem, r *rand.Rand) (q *match.Problem, made []string) {
	kinds := slices.Sorted(maps.Keys(changes))
	d := newDraft(p)
	for range 1 + r.IntN(3)*r.IntN(2) {
		if kind := kinds[r.IntN(len(kinds))]; changes[kind](d, r) {
			made = append(made, kind)
		}
	}
	return d.problem(), made
}

// agrees compares an answer with a fresh solution. It says why the answer was a fresh solution itself, if it was.
func agrees(t *testing.T, s *solve.Session, q *match.Problem) (fresh string) {
	t.Helper()
	a, err := s.Resolve(t.Context(), q, solve.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := solved(t, q)
	if a.Work.Fresh != "" {
		unique, _ := match.Unique(q, want)
		if strings.HasPrefix(a.Work.Fresh, "several matchings would") && unique && want.Outcome == match.IsOptimal {
			t.Fatal("another matching was suspected to be as good, and there is none")
		}
		return a.Work.Fresh
	}
	got := a.Certificate()
	if got, want := text(t, got), text(t, want); !bytes.Equal(got, want) {
		t.Fatalf("got\n%s\nwant\n%s", got, want)
	}
	if err := match.Check(q, got); err != nil {
		t.Fatal(err)
	}
	return ""
}

// withLottery is problem p with lots drawn as the last goal, if there is no such goal yet.
func withLottery(p *match.Problem) *match.Problem {
	if slices.ContainsFunc(p.Goals, func(g match.Goal) bool { return g.Lottery > 0 }) {
		return p
	}
	q := *p
	q.Lottery.Seed = "dice"
	q.Goals = append(slices.Clone(p.Goals), match.Goal{Name: "last lots", Lottery: 1})
	return &q
}

func TestAnswersOfProgramsWithEverythingInThemAreThoseOfAFreshSolution(t *testing.T) {
	t.Parallel()
	answered := 0
	for seed := range uint64(4) {
		for _, name := range []string{"best", "hard"} {
			p := programs(seed)[name]
			s := session(t, p)
			r := rand.New(rand.NewPCG(seed, 2))
			for range 6 {
				if q, _ := changed(p, r); q != nil && agrees(t, s, q) == "" {
					answered++
				}
			}
		}
	}
	if answered < 20 {
		t.Errorf("%d answers came from stored prices", answered)
	}
}

// What was asked before leaves no trace.
func TestQuestionsMayComeInAnyOrder(t *testing.T) {
	t.Parallel()
	p := withLottery(matchtest.Cohort(3, matchtest.Shape{Mentees: 60, Demand: 2, Purposes: 2, Classes: true, Conflicts: 50}))
	s := session(t, p)
	var questions []*match.Problem
	for seed := range uint64(30) {
		if q, _ := changed(p, rand.New(rand.NewPCG(seed, 3))); q != nil {
			questions = append(questions, q)
		}
	}
	for _, order := range [][]int{{0, 1, 2, 0, 0}, {5, 4, 3, 5, 4, 3}, {7, 0, 7, 5, 0}} {
		for _, i := range order {
			agrees(t, s, questions[i])
		}
	}
}

// A judge accepts other prices than the lowest. The answer has the lowest all the same.
func TestAnswersDoNotDependOnWhichPricesProveTheRun(t *testing.T) {
	t.Parallel()
	raised := 0
	for seed := range uint64(200) {
		p := withLottery(matchtest.Cohort(seed, matchtest.Shape{Mentees: 8, Mentors: 4, Candidates: 3, Places: 2}))
		c := solved(t, p)
		for j := range p.Mentors {
			c.Prices[1][len(p.Mentees)+j]++
			if match.Check(p, c) != nil {
				c.Prices[1][len(p.Mentees)+j]--
				continue
			}
			raised++
		}
		q, _ := changed(p, rand.New(rand.NewPCG(seed, 4)))
		if q == nil {
			continue
		}
		got, work, err := solve.Resolve(t.Context(), p, c, q, solve.Options{})
		if err != nil || work.Fresh != "" {
			t.Fatal(err, work.Fresh)
		}
		if got, want := text(t, got), text(t, solved(t, q)); !bytes.Equal(got, want) {
			t.Fatalf("seed %d: got\n%s\nwant\n%s", seed, got, want)
		}
	}
	if raised < 20 {
		t.Errorf("%d prices could be raised", raised)
	}
}

func TestNothingIsConcludedFromWhatProvesNothing(t *testing.T) {
	t.Parallel()
	p := withLottery(matchtest.Cohort(1, matchtest.Shape{Mentees: 30}))
	for name, forge := range map[string]func(c *match.Certificate){
		"a pair less":     func(c *match.Certificate) { c.Chosen = c.Chosen[1:] },
		"lower prices":    func(c *match.Certificate) { c.Prices[1] = make([]int64, len(c.Prices[1])) },
		"goals left out":  func(c *match.Certificate) { c.Prices = c.Prices[:1] },
		"enormous prices": func(c *match.Certificate) { c.Prices[1][0] = 1 << 62 },
	} {
		c := solved(t, p)
		forge(c)
		s, err := solve.NewSession(t.Context(), p, c)
		if err != nil {
			continue // refused, or
		}
		a, err := s.Resolve(t.Context(), p, solve.Options{})
		if err != nil || a.Work.Fresh == "" {
			t.Errorf("%s: %v, concluded from", name, err)
		}
	}
}

func TestWhatCannotBeConcludedIsSolvedAnewAndSaysWhy(t *testing.T) {
	t.Parallel()
	p := withLottery(matchtest.Cohort(1, matchtest.Shape{Mentees: 40, Purposes: 2, Classes: true}))
	for want, problems := range map[string]func() (before, after match.Problem){
		"a stable matching has no prices": func() (b, a match.Problem) {
			b = *p
			b.Aim, b.Goals = match.StableForMentees, nil
			return b, b
		},
		"the aim is another one": func() (b, a match.Problem) {
			a = *p
			a.Aim, a.Goals = match.StableForMentees, nil
			return *p, a
		},
		"the goals are others": func() (b, a match.Problem) {
			a = *p
			a.Goals = a.Goals[1:]
			return *p, a
		},
		"the lottery is another one": func() (b, a match.Problem) {
			a = *p
			a.Lottery.Seed = "other dice"
			return *p, a
		},
		"somebody has other classes": func() (b, a match.Problem) {
			a = *p
			a.Classes = slices.Clone(a.Classes)
			a.Classes[0].Name = "new"
			return *p, a
		},
		"the numbers are greater than there is room for": func() (b, a match.Problem) {
			a = *p
			a.Columns = slices.Clone(a.Columns)
			a.Columns[1].Values = slices.Clone(a.Columns[1].Values)
			a.Columns[1].Values[0] = 1 << 30
			return *p, a
		},
		"more is different than can be changed one by one": func() (b, a match.Problem) {
			a = *p
			a.Columns = slices.Clone(a.Columns)
			a.Columns[1].Values = slices.Clone(a.Columns[1].Values)
			for e := range a.Columns[1].Values {
				a.Columns[1].Values[e]++
			}
			return *p, a
		},
		"several matchings are equally good, and no lottery decides between them": func() (b, a match.Problem) {
			b = *matchtest.Cohort(1, matchtest.Shape{Mentees: 40, Coarse: true})
			b.Goals = b.Goals[:1]
			return b, b
		},
	} {
		before, after := problems()
		a, err := session(t, &before).Resolve(t.Context(), &after, solve.Options{})
		if err != nil || a.Work.Fresh != want {
			t.Errorf("got %v, %q, want %q", err, a.Work.Fresh, want)
			continue
		}
		if got, want := text(t, a.Certificate()), text(t, solved(t, &after)); !bytes.Equal(got, want) {
			t.Errorf("%s: got\n%s\nwant\n%s", a.Work.Fresh, got, want)
		}
	}
}

func TestAnswersSayWhatDiffers(t *testing.T) {
	t.Parallel()
	p := withLottery(matchtest.Cohort(5, matchtest.Shape{Mentees: 40, Demand: 2}))
	before := solved(t, p)
	s := session(t, p)
	for seed := range uint64(100) {
		q, _ := changed(p, rand.New(rand.NewPCG(seed, 5)))
		if q == nil {
			continue
		}
		a, err := s.Resolve(t.Context(), q, solve.Options{})
		if err != nil || a.Work.Fresh != "" {
			t.Fatal(err, a.Work.Fresh)
		}
		after := a.Certificate()
		name := func(p *match.Problem, e int32) string {
			return p.Mentees[p.Edges.Mentee[e]] + " " + p.Mentors[p.Edges.Mentor[e]]
		}
		now := map[string]bool{}
		for _, e := range before.Chosen {
			now[name(p, e)] = true
		}
		came, left := a.Changed()
		for _, e := range left {
			delete(now, name(p, e))
		}
		for _, e := range came {
			now[name(q, e)] = true
		}
		want := map[string]bool{}
		for _, e := range after.Chosen {
			want[name(q, e)] = true
		}
		if !maps.Equal(now, want) {
			t.Errorf("seed %d: %d pairs came and %d left, which leads to %v, want %v", seed, len(came), len(left), now, want)
		}
		for k, gain := range a.Gain {
			if after.Values[k]-before.Values[k] != gain {
				t.Errorf("seed %d: gain %d in goal %d, want %d", seed, gain, k, after.Values[k]-before.Values[k])
			}
		}
	}
}

func TestAnAnswerEndsWithItsContext(t *testing.T) {
	t.Parallel()
	p := withLottery(matchtest.Cohort(1, matchtest.Shape{Mentees: 40}))
	s := session(t, p)
	q := withPlaces(p, 0, 1)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Resolve(ctx, q, solve.Options{}); err == nil {
		t.Error("a cancelled question was answered")
	}
	agrees(t, s, q)
}

// withPlaces is problem p where mentor j takes so many more.
func withPlaces(p *match.Problem, j int, more int32) *match.Problem {
	q := *p
	q.Max = slices.Clone(p.Max)
	q.Max[len(p.Mentees)+j] += more
	return &q
}

// costs asks what one place more, or less, would change with one mentor after the other.
func costs(t *testing.T, s *solve.Session, p *match.Problem, more int32, questions int) (all []solve.Work) {
	r := rand.New(rand.NewPCG(9, 9))
	for len(all) < questions {
		j := r.IntN(len(p.Mentors))
		if p.Max[len(p.Mentees)+j]+more < 0 {
			continue
		}
		a, err := s.Resolve(t.Context(), withPlaces(p, j, more), solve.Options{})
		if err != nil || a.Work.Fresh != "" {
			t.Fatal(err, a.Work.Fresh)
		}
		all = append(all, a.Work)
	}
	return all
}

// median is what a count is half of the time at most.
func median(all []solve.Work, count func(solve.Work) int) int {
	var counts []int
	for _, w := range all {
		counts = append(counts, count(w))
	}
	slices.Sort(counts)
	return counts[(len(counts)-1)/2]
}

// Work is counted, not timed: these numbers are the same everywhere.
func TestOneChangedPlaceTouchesFewPeople(t *testing.T) {
	t.Parallel()
	p := withLottery(matchtest.Cohort(1, matchtest.Scarce(2000)))
	s := session(t, p)
	for _, more := range []int32{1, -1} {
		all := costs(t, s, p, more, 100)
		moving := median(all, func(w solve.Work) int { return w.Moving })
		settled := median(all, func(w solve.Work) int { return w.Settled })
		people := median(all, func(w solve.Work) int { return w.People })
		// What is published besides the matching is every price, and these change in chains.
		least := median(all, func(w solve.Work) int { return w.Least })
		t.Logf("%+d place: of %d people %d met while pairs moved, searches arrived at %d, %d looked at in all, %d had to be", more, all[0].Of, moving, settled, people, least)
		if moving > all[0].Of/25 || people > all[0].Of/10 || settled > 2*least || people > 3*least {
			t.Error("that is too many")
		}
	}
}

// At the least those are looked at whose prices or pairs are others. They are counted here from the certificates.
func TestTheLeastThatMustBeTouchedIsWhatDiffersBetweenTwoFreshSolutions(t *testing.T) {
	t.Parallel()
	p := withLottery(matchtest.Cohort(2, matchtest.Shape{Mentees: 120, Demand: 2, Purposes: 2, Classes: true}))
	s, before := session(t, p), solved(t, p)
	for j := range p.Mentors {
		q := withPlaces(p, j, 1)
		a, err := s.Resolve(t.Context(), q, solve.Options{})
		if err != nil || a.Work.Fresh != "" {
			t.Fatal(err, a.Work.Fresh)
		}
		after := solved(t, q)
		differs := map[string]bool{}
		person := func(side match.Side, i int32) { differs[fmt.Sprint(side, i)] = true }
		for k := range before.Prices {
			for v := range before.Prices[k] {
				if before.Prices[k][v] != after.Prices[k][v] {
					person(p.Owner(int32(v)))
				}
			}
		}
		for e := range int32(p.Edges.Len()) {
			if slices.Contains(before.Chosen, e) != slices.Contains(after.Chosen, e) {
				person(match.MenteeSide, p.Edges.Mentee[e])
				person(match.MentorSide, p.Edges.Mentor[e])
			}
		}
		if a.Work.Least != len(differs) {
			t.Errorf("mentor %d: %d people had to be looked at, want %d", j, a.Work.Least, len(differs))
		}
	}
}
