package explain

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/matchtest"
	"github.com/chiron-mentoring/chiron/match/solve"
)

// explained solves p and prepares to explain it; nil: there is nothing to explain.
func explained(t *testing.T, p *match.Problem) *Explainer {
	t.Helper()
	c, err := solve.Solve(t.Context(), p, solve.Options{})
	if err != nil || c.Outcome == match.IsImpossible {
		return nil
	}
	x, err := New(Case{Problem: p, Certificate: c})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// cohorts gives problems of programs with too few places, of every aim, with and without classes.
func cohorts(yield func(*match.Problem) bool) {
	for seed := uint64(0); ; seed++ {
		shape := matchtest.Shape{Mentees: 40, Mentors: 10, Candidates: 4, Places: 5}
		shape.Aim = [...]match.Aim{match.Optimal, match.StableForMentees, match.Optimal, match.StableForMentors}[seed%4]
		if seed%3 == 0 {
			shape.Demand, shape.Purposes, shape.Classes, shape.Conflicts, shape.Pins = 2, 2, true, 30, 20
		}
		p := matchtest.Cohort(seed, shape)
		if p.Aim == match.Optimal && seed%2 == 0 {
			p.Goals = append(p.Goals, match.Goal{Name: "even load", Units: []match.Reward{{Of: "mentors", Units: []int64{-1, -3, -5, -7, -9}}}}, match.Goal{Name: "lottery", Lottery: 1})
		}
		if !yield(p) {
			return
		}
	}
}

func TestForcingCostsWhatBruteForceSays(t *testing.T) {
	t.Parallel()
	forced := 0
	for seed := range uint64(600) {
		p := matchtest.Tiny(seed, matchtest.AnyFeatures(seed, matchtest.OptimalFeatures))
		x := explained(t, p)
		if x == nil {
			continue
		}
		base := matchtest.Best(p)
		for _, id := range p.Mentees {
			f, err := x.NextBest(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			if f == nil {
				continue
			}
			q := withPinned(p, f.Edge)
			if q.Validate() != nil {
				if !f.Impossible {
					t.Errorf("seed %d mentee %s: a pair that does not fit is said to be possible", seed, id)
				}
				continue
			}
			best := matchtest.Best(q)
			if best.Impossible != f.Impossible {
				t.Errorf("seed %d mentee %s: impossible is %t, by brute force %t", seed, id, f.Impossible, best.Impossible)
				continue
			}
			forced++
			for k := range f.Gain {
				if want := best.Values[k] - base.Values[k]; f.Gain[k] != want {
					t.Errorf("seed %d mentee %s goal %d: got %d, by brute force %d", seed, id, k, f.Gain[k], want)
				}
			}
			if slices.Compare(f.Gain, make([]int64, len(f.Gain))) > 0 {
				t.Errorf("seed %d mentee %s: forcing a pair gains %v", seed, id, f.Gain)
			}
		}
	}
	if forced < 300 {
		t.Errorf("only %d pairs could be forced", forced)
	}
}

func TestForcingCostsWhatAFreshSolveSays(t *testing.T) {
	t.Parallel()
	forced := 0
	for p := range cohorts {
		x := explained(t, p)
		for _, id := range p.Mentees[:10] {
			f, err := x.NextBest(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			if f == nil || f.Impossible {
				continue
			}
			forced++
			fresh, err := solve.Solve(t.Context(), withPinned(p, f.Edge), solve.Options{})
			if err != nil {
				t.Fatal(err)
			}
			before, after := partners(p, x.about.Certificate), partners(p, fresh)
			others := 0
			for who := range everybody(p) {
				if who != "mentee "+id && who != "mentor "+p.Mentors[p.Edges.Mentor[f.Edge]] && !maps.Equal(before[who], after[who]) {
					others++
				}
			}
			if others != f.Others {
				t.Errorf("mentee %s: %d others change, by a fresh solve %d", id, f.Others, others)
			}
			if p.Aim == match.Optimal {
				for k := range f.Gain {
					if want := fresh.Values[k] - x.about.Certificate.Values[k]; f.Gain[k] != want {
						t.Errorf("mentee %s goal %d: got %d, by a fresh solve %d", id, k, f.Gain[k], want)
					}
				}
			} else if want := len(fresh.Chosen) - len(x.about.Certificate.Chosen); f.Gain[1] != int64(want) {
				t.Errorf("mentee %s: %d pairs more, by a fresh solve %d", id, f.Gain[1], want)
			}
		}
		if forced > 300 {
			return
		}
	}
}

// partners lists for everybody with whom and for what they are paired.
func partners(p *match.Problem, c *match.Certificate) map[string]map[string]bool {
	with := map[string]map[string]bool{}
	for who := range everybody(p) {
		with[who] = map[string]bool{}
	}
	for _, e := range c.Chosen {
		mentee, mentor := "mentee "+p.Mentees[p.Edges.Mentee[e]], "mentor "+p.Mentors[p.Edges.Mentor[e]]
		with[mentee][mentor+p.PurposeName(int(e))] = true
		with[mentor][mentee+p.PurposeName(int(e))] = true
	}
	return with
}

func everybody(p *match.Problem) map[string]bool {
	all := map[string]bool{}
	for _, id := range p.Mentees {
		all["mentee "+id] = true
	}
	for _, id := range p.Mentors {
		all["mentor "+id] = true
	}
	return all
}

// TestEveryRemedyFindsAMentor applies what a remedy says, by its words and nothing else, to the problem as it was.
func TestEveryRemedyFindsAMentor(t *testing.T) {
	t.Parallel()
	people, remedies := 0, [3]int{}
	for p := range cohorts {
		if people >= 1000 {
			break
		}
		rng := rand.New(rand.NewPCG(uint64(people), 3))
		// A rule keeps some mentees from their mentors, and some did not choose everybody whom they could.
		kept, unlisted := map[int32]bool{}, map[int]bool{}
		for i := range p.Mentees {
			kept[int32(i)] = rng.IntN(5) == 0
		}
		for e := range p.Edges.Len() {
			unlisted[e] = rng.IntN(3) == 0
		}
		q, pairs := without(p, func(e int) bool { return p.State(e) == match.Open && (kept[p.Edges.Mentee[e]] || unlisted[e]) })
		x := explained(t, q)
		if x == nil {
			continue
		}
		of := func(mentee string) []match.Pair {
			return slices.DeleteFunc(slices.Clone(pairs), func(pair match.Pair) bool { return pair.Mentee != mentee })
		}
		x.about.Lifts = func(mentee string) []Lift { return []Lift{{"a rule", of(mentee)}} }
		x.about.Choices = of
		for i, id := range q.Mentees {
			before := x.Resolved()
			m, err := x.Missing(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			if (m == nil) != (x.loads[i] == q.Max[i]) {
				t.Fatalf("mentee %s has %d of %d, and missing is %v", id, x.loads[i], q.Max[i], m)
			}
			if m == nil {
				continue
			}
			if spent := x.Resolved() - before; spent != m.Tried || spent > PlacesTried+RulesTried+ChoicesTried {
				t.Errorf("mentee %s: %d problems were solved, %d are said", id, spent, m.Tried)
			}
			last := -1
			for _, r := range m.Remedies {
				if int(r.Kind) <= last {
					t.Errorf("mentee %s: the menu is out of order: %v", id, m.Remedies)
				}
				last = int(r.Kind)
				remedies[r.Kind]++
				applied := apply(t, q, r, of(id))
				c, err := solve.Solve(t.Context(), applied, solve.Options{})
				if err != nil {
					t.Fatal(err)
				}
				if load := applied.Loads(c.Chosen)[i]; load <= x.loads[i] {
					t.Errorf("mentee %s with %+v: %d pairs, before %d", id, r, load, x.loads[i])
				}
				if q.Aim == match.Optimal {
					for k := range r.Gain {
						if want := c.Values[k] - x.about.Certificate.Values[k]; r.Gain[k] != want {
							t.Errorf("mentee %s with %+v goal %d: a fresh solve gains %d", id, r, k, want)
						}
					}
				}
			}
			if len(m.Remedies) > 0 {
				people++
			}
		}
	}
	for kind, n := range remedies {
		if n < 100 {
			t.Errorf("only %d remedies of kind %d for %d people", n, kind, people)
		}
	}
}

// apply makes the problem that a remedy speaks of.
func apply(t *testing.T, p *match.Problem, r Remedy, pairs []match.Pair) *match.Problem {
	t.Helper()
	switch r.Kind {
	case OneMorePlace:
		var caps []int32
		for c := range int32(p.NumCaps()) {
			side, who := p.Owner(c)
			if side != match.MentorSide || p.Mentors[who] != r.Mentor {
				continue
			}
			if class := int(c) - len(p.Mentees) - len(p.Mentors); class < 0 && r.Total || class >= 0 && slices.Contains(r.Classes, p.Classes[class].Name) {
				caps = append(caps, c)
			}
		}
		if len(caps) != len(r.Classes) && !r.Total || len(caps) == 0 {
			t.Fatalf("%+v names places that are not there", r)
		}
		return withPlace(p, caps)
	case RuleLifted:
		q, _ := withPairs(p, pairs)
		return q
	}
	q, moved := withPairs(p, slices.DeleteFunc(slices.Clone(pairs), func(pair match.Pair) bool { return pair.Mentor != r.Mentor || pair.Purpose != r.Purpose }))
	if q.Edges.Len() != len(moved)+1 {
		t.Fatalf("%+v names no single choice", r)
	}
	return q
}

func TestGainOfAPlaceIsWhatBruteForceSays(t *testing.T) {
	t.Parallel()
	gains, priced := 0, 0
	for seed := range uint64(600) {
		f := matchtest.AnyFeatures(seed, matchtest.OptimalFeatures)
		if seed%3 == 0 {
			f &^= matchtest.MenteeClasses | matchtest.MentorClasses | matchtest.Nested | matchtest.CountClasses
		}
		p := matchtest.Tiny(seed, f)
		x := explained(t, p)
		if x == nil {
			continue
		}
		base := matchtest.Best(p)
		for j, id := range p.Mentors {
			g, err := x.Gain(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			total := int32(len(p.Mentees) + j)
			if g == nil {
				continue
			}
			gains++
			if g.Priced {
				priced++
			}
			q := withPlace(p, []int32{total})
			best := matchtest.Best(q)
			for k := range g.Gain {
				if want := best.Values[k] - base.Values[k]; g.Gain[k] != want {
					t.Errorf("seed %d mentor %s (priced: %t): got %v, goal %d by brute force %d", seed, id, g.Priced, g.Gain, k, want)
					break
				}
			}
		}
	}
	if gains < 300 || priced < 50 {
		t.Errorf("only %d gains, %d of them read off prices", gains, priced)
	}
}

func TestImpossibleRunIsNotExplained(t *testing.T) {
	t.Parallel()
	b := match.NewBuilder(match.Optimal)
	b.HardMinimums = true
	b.Goals = []match.Goal{{Name: "pairs", Pairs: true}}
	b.Person(match.MenteeSide, "ana", 1, 0)
	b.Person(match.MentorSide, "roy", 2, 2)
	b.Pair(match.Pair{Mentee: "ana", Mentor: "roy"})
	p, err := b.Problem()
	if err != nil {
		t.Fatal(err)
	}
	c, err := solve.Solve(t.Context(), p, solve.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := New(Case{Problem: p, Certificate: c}); err == nil {
		t.Error("a run without a result was explained")
	}
	c.Chosen = nil
	if _, err := New(Case{Problem: p, Certificate: c}); err == nil {
		t.Error("a certificate that proves nothing was explained")
	}
}

func TestLastChoicesAreWithThoseWhoHaveRoom(t *testing.T) {
	t.Parallel()
	b := match.NewBuilder(match.StableForMentees)
	for _, id := range []string{"ana", "ben"} {
		b.Person(match.MenteeSide, id, 1, 0)
	}
	for _, id := range []string{"roy", "singh", "wu"} {
		b.Person(match.MentorSide, id, 1, 0)
	}
	b.Person(match.MenteeSide, "cho", 1, 0)
	b.Pair(match.Pair{Mentee: "ana", Mentor: "roy", MenteeRank: 1, MentorRank: 1})
	b.Pair(match.Pair{Mentee: "ben", Mentor: "roy", MenteeRank: 1, MentorRank: 2})
	b.Pair(match.Pair{Mentee: "cho", Mentor: "singh", MenteeRank: 2, MentorRank: 4})
	b.Pair(match.Pair{Mentee: "cho", Mentor: "wu", MenteeRank: 1, MentorRank: 1})
	p, err := b.Problem()
	if err != nil {
		t.Fatal(err)
	}
	x := explained(t, p)
	x.about.Choices = func(mentee string) []match.Pair { return LastChoices(p, x.about.Certificate, mentee) }
	got := fmt.Sprint(x.about.Choices("ben"))
	if want := fmt.Sprint([]match.Pair{{Mentee: "ben", Mentor: "singh", MenteeRank: 2, MentorRank: 5, Values: map[string]int32{"rank": 2}}}); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	m, err := x.Missing(t.Context(), "ben")
	if err != nil || len(m.Remedies) != 2 || m.Remedies[1].Kind != OneMoreChoice || m.Remedies[1].Mentor != "singh" {
		t.Errorf("got %+v, %v", m, err)
	}
}
