package run

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/match/roster"
)

// intake makes the files of a program with so many people, by rules of its own.
func intake(seed uint64, mentees, mentors int, rules string) []roster.Input {
	random := rand.New(rand.NewPCG(seed, 7))
	one := func(words ...string) string { return words[random.IntN(len(words))] }
	some := func(words ...string) string {
		var all []string
		for _, word := range words {
			if random.IntN(3) == 0 {
				all = append(all, word)
			}
		}
		return strings.Join(all, "; ")
	}
	purposes := []string{"Career", "Research", "Teaching", "Wellness"}
	interests := []string{"sleep", "genetics", "imaging", "ethics", "sport", "trials", "education"}
	table := func(prefix string, n, takes int) string {
		var b strings.Builder
		b.WriteString("id,takes,at least,unit,grade,purposes,interests,tongue,choice 1,choice 2\n")
		for i := range n {
			grade, choices := random.IntN(3), ","
			if prefix == "T" {
				grade += 2
			} else if random.IntN(3) == 0 {
				choices = fmt.Sprintf("T%03d,T%03d", random.IntN(mentors/2), mentors/2+random.IntN(mentors/2))
			}
			fmt.Fprintf(&b, "%s%03d,%d,%d,%s,%d,%s,%s,%s,%s\n", prefix, i, 1+random.IntN(takes), random.IntN(2),
				one("A", "B", "C", "D"), grade, some(purposes...), some(interests...), one("en", "fr", "cr"), choices)
		}
		return b.String()
	}
	var pairs strings.Builder
	pairs.WriteString("mentee,mentor,state\n")
	for i := range 3 {
		fmt.Fprintf(&pairs, "m%03d,T%03d,existing\n", i, random.IntN(mentors))
	}
	return []roster.Input{
		{Name: "mentees.csv", Data: []byte(table("m", mentees, 2))}, {Name: "mentors.csv", Data: []byte(table("T", mentors, 3))},
		{Name: "pairs.csv", Data: []byte(pairs.String())}, {Name: "rules.yaml", Data: []byte(rules)},
	}
}

// programs are rules under which lists must come to the same as all pairs.
var programs = map[string]string{
	"points": `version: 1
seed: dice
points:
  - shared: interests
    points: 3
  - same: unit
    points: -2
`,
	"must and purposes": `version: 1
seed: dice
purposes: {mentee: purposes, mentor: purposes, points: [5, 3]}
must:
  - different: unit
  - gap: grade
    from: 1
points:
  - shared: interests
    weight: 2
  - choice: mentee
    points: [9, 6]
`,
	"purposes as classes": `version: 1
seed: dice
goals: [placed, pairs, suitability, even load, lottery]
purposes: {mentee: purposes, mentor: purposes, per pair: all, points: [5, 3]}
points: [{shared: interests, points: 3}]
mentors:
  classes: [{by: purpose, at most: 1}]
`,
	"classes, minimums and wishes": `version: 1
seed: dice
wishes: {mentee: tongue, mentor: tongue}
points: [{shared: interests, points: 3}]
mentees: {at least: at least}
mentors:
  at least: at least
  classes: [{same: unit, at most: 1}]
`,
	"classes of columns": `version: 1
seed: dice
points: [{shared: interests, points: 3}, {gap: grade, points: {1: 2, 2: 4}}]
mentees:
  classes: [{by: unit, at most: 1}]
mentors:
  classes: [{by: unit, at most: {A: 1, B: 2}}, {by: mentee, at most: 1}]
`,
	"ranks": `version: 1
seed: dice
goals: [generous, suitability, lottery]
mentees: {unlisted: last}
points: [{shared: interests, points: 3}]
`,
	"bare": `version: 1
seed: dice
mentees: {unlisted: last}
must: [{different: unit}]
`,
}

// Whatever the lists, the matching is the one that all possible pairs lead to.
func TestListsComeToWhatAllPairsComeTo(t *testing.T) {
	t.Parallel()
	rounds := 0
	for name, rules := range programs {
		for seed := range uint64(6) {
			inputs := intake(seed, 40, 24, rules)
			all, err := Match(t.Context(), inputs, Options{})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if all.Manifest.Candidates != nil {
				t.Fatalf("%s: a small program has lists", name)
			}
			for _, each := range []int{1, 3} {
				listed, err := Match(t.Context(), inputs, Options{Each: each})
				if err != nil {
					t.Fatalf("%s, lists of %d: %v", name, each, err)
				}
				c := listed.Manifest.Candidates
				if c.Possible != int64(all.Problem.Edges.Len()) || c.Listed != listed.Problem.Edges.Len() || c.Best != AmongAll || c.Lottery != AmongAll {
					t.Fatalf("%s, seed %d, lists of %d: %+v, and %d pairs are possible", name, seed, each, c, all.Problem.Edges.Len())
				}
				if listed.Problem.Edges.Len() >= all.Problem.Edges.Len() {
					t.Errorf("%s, seed %d, lists of %d: all %d pairs are listed", name, seed, each, all.Problem.Edges.Len())
				}
				rounds += c.Rounds
				if got, want := goalValues(listed), goalValues(all); got != want {
					t.Fatalf("%s, seed %d, lists of %d: the goals come to %s, want %s", name, seed, each, got, want)
				}
				if got, want := namesOfPairs(listed), namesOfPairs(all); !slices.Equal(got, want) {
					t.Fatalf("%s, seed %d, lists of %d: got the pairs %v, want %v", name, seed, each, got, want)
				}
			}
		}
	}
	if rounds == 0 {
		t.Error("no list was ever made longer")
	}
}

// goalValues are the goals with what the matching counts in each.
func goalValues(r *Run) string {
	var all []string
	for k, g := range r.Problem.Ladder() {
		all = append(all, fmt.Sprint(g.Name, " ", r.Certificate.Values[k]))
	}
	return strings.Join(all, ", ")
}

func namesOfPairs(r *Run) []string {
	var all []string
	for _, e := range r.Certificate.Chosen {
		all = append(all, r.Problem.Mentees[r.Problem.Edges.Mentee[e]]+" "+r.Problem.Mentors[r.Problem.Edges.Mentor[e]]+" "+r.Problem.PurposeName(int(e)))
	}
	return all
}

func TestClaimOverAllPairsIsCheckedAgain(t *testing.T) {
	t.Parallel()
	inputs := intake(3, 40, 24, programs["must and purposes"])
	r, err := Match(t.Context(), inputs, Options{Each: 2})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(r.Summary(), "best among all") {
		t.Errorf("the summary does not say what the matching was compared with:\n%s", r.Summary())
	}
	dir := written(t, r)
	report, err := CheckInputs(t.Context(), dir, inputs, nil)
	if err != nil || report.Refused() > 0 || !strings.Contains(report.String(), "best among all") {
		t.Fatalf("the run is not accepted: %v\n%s", err, report)
	}

	// Somebody who leaves out the pairs that matter and claims the same is found out.
	people, err := roster.LoadLists(inputs, 1)
	if err != nil {
		t.Fatal(err)
	}
	short := *r
	short.People = people
	if short.Problem, err = people.Problem(); err != nil {
		t.Fatal(err)
	}
	if err := short.solve(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	claim := people.Claim(short.Problem, short.Certificate)
	if claim.Better == 0 {
		t.Fatal("lists of one each are enough, so this test shows nothing")
	}
	forged := candidatesOf(claim, 0)
	forged.Best, forged.Lottery, forged.Better = AmongAll, AmongAll, 0
	short.Manifest.Candidates = forged
	dir = filepath.Join(t.TempDir(), "run")
	if _, err := short.Write(t.Context(), dir, false); err != nil {
		t.Fatal(err)
	}
	report, err = CheckInputs(t.Context(), dir, inputs, nil)
	if err != nil || report.Refused() == 0 || !strings.Contains(report.String(), "by the inputs it is the best among listed pairs") {
		t.Errorf("the forged claim is accepted: %v\n%s", err, report)
	}
}

func TestSummarySaysWhatIsNotProved(t *testing.T) {
	t.Parallel()
	r, err := Match(t.Context(), intake(3, 20, 12, programs["points"]), Options{Each: 2})
	if err != nil {
		t.Fatal(err)
	}
	r.Manifest.Candidates.Lottery = AmongListed
	words := func() string { return strings.Join(strings.Fields(r.Summary()), " ") }
	if s := words(); !strings.Contains(s, "lottery drew among the listed pairs") {
		t.Errorf("the summary is silent on the lottery:\n%s", s)
	}
	r.Manifest.Candidates.Best, r.Manifest.Candidates.Because = AmongListed, "time was short"
	if s := words(); strings.Contains(s, "best among all") || !strings.Contains(s, "not proved among all: time was short.") {
		t.Errorf("the summary says too much:\n%s", s)
	}
}
