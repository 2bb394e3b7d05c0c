package run

import (
	"testing"

	"github.com/chiron-mentoring/chiron/match"
)

func TestPracticeSeedIsWhatSha256sumPrintsHashed(t *testing.T) {
	t.Parallel()
	// printf a >mentees.csv; printf b >mentors.csv; sha256sum mentees.csv mentors.csv | sha256sum
	const want = "dbe12dbff09868ad5fb88ec7eaf3be9fb4d78c7454705506e34778ee9510353a"
	if got := practiceSeed([]File{fileOf("mentees.csv", []byte("a")), fileOf("mentors.csv", []byte("b"))}); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestSeedComesFromTheCommandThenTheRulesThenTheInputs(t *testing.T) {
	t.Parallel()
	inputs := []File{fileOf("mentees.csv", []byte("a"))}
	practice := practiceSeed(inputs)
	for name, c := range map[string]struct {
		asked, rules string
		ties         bool
		want         Draw
	}{
		"nobody is tied":                  {want: Draw{Source: NoDraw}},
		"given":                           {asked: "7", ties: true, want: Draw{SeedGiven, "7"}},
		"given against the rules":         {asked: "7", rules: "8", want: Draw{SeedGiven, "7"}},
		"in the rules":                    {rules: "8", ties: true, want: Draw{SeedFromRules, "8"}},
		"nowhere":                         {ties: true, want: Draw{PracticeDraw, practice}},
		"the practice draw's given again": {asked: practice, ties: true, want: Draw{PracticeDraw, practice}},
	} {
		p := &match.Problem{Aim: match.StableForMentees, Lottery: match.Lottery{Seed: c.rules}, Mentees: []string{"m"}, Mentors: []string{"n", "o"}}
		p.Edges = match.Edges{Mentee: []int32{0, 0}, Mentor: []int32{0, 1}, MenteeRank: []int32{1, 2}}
		if c.ties {
			p.Edges.MenteeRank = nil
		}
		if got := draw(p, c.asked, inputs); got != c.want {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

func TestOnlyOpenPairsOfOnePersonCanBeTied(t *testing.T) {
	t.Parallel()
	// Mentee 0 lists mentors 0 and 1, mentee 1 mentor 1.
	edges := func(menteeRank, mentorRank []int32, states ...match.State) *match.Problem {
		return &match.Problem{Aim: match.StableForMentees, Mentees: []string{"a", "b"}, Mentors: []string{"x", "y"},
			Edges: match.Edges{Mentee: []int32{0, 0, 1}, Mentor: []int32{0, 1, 1}, MenteeRank: menteeRank, MentorRank: mentorRank, State: states}}
	}
	drawn := edges([]int32{1, 1, 1}, []int32{1, 1, 1})
	drawn.Lottery.Mentees, drawn.Lottery.Mentors = []int64{1, 2}, []int64{3, 4}
	goal := &match.Problem{Aim: match.Optimal, Goals: []match.Goal{{Name: "lottery", Lottery: 1}}}
	for name, c := range map[string]struct {
		p    *match.Problem
		want bool
	}{
		"strict on both sides":             {edges([]int32{1, 2, 1}, []int32{1, 1, 2}), false},
		"a mentee's tie":                   {edges([]int32{1, 1, 1}, []int32{1, 1, 2}), true},
		"a mentor's tie":                   {edges([]int32{1, 2, 1}, []int32{1, 1, 1}), true},
		"a tie with an excluded pair":      {edges([]int32{1, 1, 1}, []int32{1, 1, 2}, match.Open, match.Forbidden, match.Open), false},
		"a tie with a pinned pair":         {edges([]int32{1, 2, 1}, []int32{1, 1, 1}, match.Open, match.Pinned, match.Open), false},
		"no ranks on one side":             {edges([]int32{1, 2, 1}, nil), true},
		"tied, but drawn earlier":          {drawn, false},
		"goals without a lottery":          {&match.Problem{Aim: match.Optimal, Goals: []match.Goal{{Name: "placed", Pairs: true}}}, false},
		"a lottery as the last of goals":   {goal, true},
		"nobody there":                     {&match.Problem{Aim: match.StableForMentors}, false},
		"several mentors, in strict order": {edges([]int32{2, 5, 5}, []int32{7, 9, 8}), false},
	} {
		if got := drawsLots(c.p); got != c.want {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}
