package solve

import (
	"fmt"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
)

// In a row of people, everybody could have the mentor next to theirs. With one place more at the end all move up, and its
// price is a sum along the longest path there is, in both goals at once, as great as packing leaves room for.
func TestSumsAlongTheLongestPathDoNotCarry(t *testing.T) {
	t.Parallel()
	const people, much = 60, 10_000
	for _, sign := range []int32{1, -1} {
		b := match.NewBuilder(match.Optimal)
		b.Column("first")
		b.Column("second")
		for i := range people + 1 {
			b.Person(match.MenteeSide, fmt.Sprintf("%03d", i), 1, 0)
		}
		for j := range people {
			b.Person(match.MentorSide, fmt.Sprintf("%03d", j), 1, 0)
		}
		pair := func(i, j int, first, second int32) {
			b.Pair(match.Pair{Mentee: fmt.Sprintf("%03d", i), Mentor: fmt.Sprintf("%03d", j), Values: map[string]int32{
				"first": first, "second": sign * second,
			}})
		}
		for i := range people {
			pair(i, i, int32(min(i+1, 2)), much)
			pair(i+1, i, 2, 0) // so that the first mentee has nobody
		}
		b.Goals = []match.Goal{{Name: "first", Column: "first"}, {Name: "second", Column: "second", Minimise: sign < 0}}
		p, err := b.Problem()
		if err != nil {
			t.Fatal(err)
		}
		f, err := pack(p)
		if err != nil {
			t.Fatal(err)
		}
		if f.words != 1 {
			t.Fatalf("the goals take %d words, so that nothing could carry", f.words)
		}
		c, err := Solve(t.Context(), p, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := match.Check(p, c); err != nil {
			t.Fatal(err)
		}
		last := len(p.Mentees) + people - 1
		if c.Prices[0][last] != 1 || c.Prices[1][last] != people*much {
			t.Errorf("the last mentor's price is %d, %d, want 1, %d", c.Prices[0][last], c.Prices[1][last], people*much)
		}
		if x := f.extents[1].alongPath(crossings(p)); x != people*much {
			t.Errorf("a path is taken to have %d at most, want %d", x, people*much)
		}
	}
}
