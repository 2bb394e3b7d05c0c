package solve_test

import (
	"context"
	"fmt"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/solve"
)

// Three residents and two mentors: everybody is to have somebody, and then the pairs are to suit as well as they can.
func ExampleSolve() {
	b := match.NewBuilder(match.Optimal)
	b.Person(match.MentorSide, "dr-roy", 1, 0)
	b.Person(match.MentorSide, "dr-silva", 2, 0)
	for mentee, suitability := range map[string][2]int32{"amina": {90, 40}, "ben": {80, 10}, "chloe": {0, 70}} {
		b.Person(match.MenteeSide, mentee, 1, 0)
		b.Pair(match.Pair{Mentee: mentee, Mentor: "dr-roy", Values: map[string]int32{"suitability": suitability[0]}})
		b.Pair(match.Pair{Mentee: mentee, Mentor: "dr-silva", Values: map[string]int32{"suitability": suitability[1]}})
	}
	b.Goals = []match.Goal{{Name: "placed", Pairs: true}, {Name: "suitability", Column: "suitability"}}
	p, err := b.Problem()
	if err != nil {
		fmt.Println(err)
		return
	}
	c, err := solve.Solve(context.Background(), p, solve.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, e := range c.Chosen {
		fmt.Println(p.Mentees[p.Edges.Mentee[e]], "with", p.Mentors[p.Edges.Mentor[e]])
	}
	for k, goal := range p.Goals {
		fmt.Printf("%s: %d\n", goal.Name, c.Values[k])
	}
	fmt.Println("the proof:", match.Check(p, c))

	// The price of a mentor is what one more place would bring: here Amina could have Dr. Roy, too. Caps are numbered
	// mentees first.
	roy := len(p.Mentees)
	fmt.Println("one more place with Dr. Roy:", c.Prices[0][roy], "more placed,", c.Prices[1][roy], "more suitability")
	// Output:
	// amina with dr-silva
	// ben with dr-roy
	// chloe with dr-silva
	// placed: 3
	// suitability: 190
	// the proof: <nil>
	// one more place with Dr. Roy: 0 more placed, 50 more suitability
}

// What if Dr. Roy took one more? The answer comes from the matching and the prices that are known.
func ExampleSession() {
	ctx := context.Background()
	b := match.NewBuilder(match.Optimal)
	b.Person(match.MentorSide, "dr-roy", 1, 0)
	b.Person(match.MentorSide, "dr-silva", 2, 0)
	for mentee, suitability := range map[string][2]int32{"amina": {90, 40}, "ben": {80, 10}, "chloe": {0, 70}} {
		b.Person(match.MenteeSide, mentee, 1, 0)
		b.Pair(match.Pair{Mentee: mentee, Mentor: "dr-roy", Values: map[string]int32{"suitability": suitability[0]}})
		b.Pair(match.Pair{Mentee: mentee, Mentor: "dr-silva", Values: map[string]int32{"suitability": suitability[1]}})
	}
	b.Goals = []match.Goal{{Name: "placed", Pairs: true}, {Name: "suitability", Column: "suitability"}}
	before, err := b.Problem()
	if err != nil {
		fmt.Println(err)
		return
	}
	c, err := solve.Solve(ctx, before, solve.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	session, err := solve.NewSession(ctx, before, c)
	if err != nil {
		fmt.Println(err)
		return
	}
	after := *before
	after.Max = slices.Clone(before.Max)
	after.Max[len(before.Mentees)]++
	answer, err := session.Resolve(ctx, &after, solve.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	came, left := answer.Changed()
	for _, e := range came {
		fmt.Println("new:", after.Mentees[after.Edges.Mentee[e]], "with", after.Mentors[after.Edges.Mentor[e]])
	}
	for _, e := range left {
		fmt.Println("gone:", before.Mentees[before.Edges.Mentee[e]], "with", before.Mentors[before.Edges.Mentor[e]])
	}
	fmt.Println("gain, goal by goal:", answer.Gain)
	fmt.Println("the proof:", match.Check(&after, answer.Certificate()))
	// Output:
	// new: amina with dr-roy
	// gone: amina with dr-silva
	// gain, goal by goal: [0 50]
	// the proof: <nil>
}
