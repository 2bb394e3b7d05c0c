package matchtest_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/matchtest"
)

// small makes a problem of mentees a, b, ... and mentors x, y, ..., all with room for one, from pairs such as "ax"
// with both ranks and a suitability.
func small(t *testing.T, mentees, mentors string, pairs map[string][3]int, change func(b *match.Builder)) *match.Problem {
	t.Helper()
	b := match.NewBuilder(match.StableForMentees)
	for _, id := range mentees {
		b.Person(match.MenteeSide, string(id), 1, 0)
	}
	for _, id := range mentors {
		b.Person(match.MentorSide, string(id), 1, 0)
	}
	for name, of := range pairs {
		b.Pair(match.Pair{Mentee: name[:1], Mentor: name[1:], MenteeRank: of[0], MentorRank: of[1], Values: map[string]int32{"suits": int32(of[2])}})
	}
	if change != nil {
		change(b)
	}
	p, err := b.Problem()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// cycle is the example of Gale and Shapley (1962) in which each of three people has another first choice, and it is
// mutual for none: giving all mentees their first, all their second, or all mentors their first is stable.
var cycle = map[string][3]int{
	"ax": {1, 3, 5}, "ay": {2, 2, 0}, "az": {3, 1, 0},
	"bx": {3, 1, 0}, "by": {1, 3, 5}, "bz": {2, 2, 0},
	"cx": {2, 2, 0}, "cy": {3, 1, 0}, "cz": {1, 3, 5},
}

func TestTheThreeStableMatchingsOfGaleAndShapleyAreFound(t *testing.T) {
	t.Parallel()
	p := small(t, "abc", "xyz", cycle, nil)
	stable := matchtest.AllStable(p)
	// Edges are numbered ax, ay, az, bx, by, bz, cx, cy, cz.
	first, second, third := matchtest.SetOf([]int32{0, 4, 8}), matchtest.SetOf([]int32{1, 5, 6}), matchtest.SetOf([]int32{2, 3, 7})
	slices.Sort(stable)
	want := []matchtest.Set{first, second, third}
	slices.Sort(want)
	if !slices.Equal(stable, want) {
		t.Fatalf("got %v, want %v", stable, want)
	}
	if got, _ := matchtest.BestFor(p, match.MenteeSide, stable); got != first {
		t.Errorf("best for mentees: got %v, want %v", got.Edges(), first.Edges())
	}
	if got, _ := matchtest.BestFor(p, match.MentorSide, stable); got != third {
		t.Errorf("best for mentors: got %v, want %v", got.Edges(), third.Edges())
	}
	if got, found := matchtest.BestFor(p, match.MenteeSide, []matchtest.Set{second, third, 0}); !found || got != second {
		t.Errorf("best for mentees without the first: got %v", got.Edges())
	}
}

func TestMatchingsAreCounted(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(p *match.Problem)
		want   int
	}{
		{"one pair for each", func(*match.Problem) {}, 34}, // 1 + 9 + 18 + 6
		{"a pinned pair", func(p *match.Problem) { p.Edges.State = make([]match.State, 9); p.Edges.State[0] = match.Pinned }, 7},
		{"a forbidden pair", func(p *match.Problem) { p.Edges.State = make([]match.State, 9); p.Edges.State[0] = match.Forbidden }, 27},
		{"nobody takes anybody", func(p *match.Problem) { clear(p.Max) }, 1},
		{"everybody takes all", func(p *match.Problem) { copy(p.Max, []int32{3, 3, 3, 3, 3, 3}) }, 512},
		{"two pairs of a in a class for one", func(p *match.Problem) {
			copy(p.Max, []int32{3, 3, 3, 3, 3, 3})
			p.Max = append(p.Max, 1)
			p.Classes = []match.Class{{Name: "class", Parent: 0}}
			p.Edges.MenteeCap = []int32{6, 6, 0, 1, 1, 1, 2, 2, 2}
		}, 384},
	}
	for _, test := range tests {
		p := small(t, "abc", "xyz", cycle, nil)
		test.change(p)
		if err := p.Validate(); err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		got := 0
		for range matchtest.All(p) {
			got++
		}
		if got != test.want {
			t.Errorf("%s: got %d matchings, want %d", test.name, got, test.want)
		}
	}
}

func TestGoalsAreComparedInTheirOrder(t *testing.T) {
	t.Parallel()
	pairs := map[string][3]int{"ax": {1, 1, 9}, "ay": {2, 1, 2}, "bx": {1, 2, 3}}
	placed := match.Goal{Name: "placed", Pairs: true}
	suits := match.Goal{Name: "suits", Column: "suits"}
	tests := []struct {
		name  string
		goals []match.Goal
		want  matchtest.Optimum
	}{
		{"as many as possible", []match.Goal{placed, suits}, matchtest.Optimum{Values: []int64{2, 5}, Matchings: []matchtest.Set{0b110}}},
		{"as well as possible", []match.Goal{suits, placed}, matchtest.Optimum{Values: []int64{9, 1}, Matchings: []matchtest.Set{0b001}}},
		{"as few as possible", []match.Goal{{Name: "few", Pairs: true, Minimise: true}}, matchtest.Optimum{Values: []int64{0}, Matchings: []matchtest.Set{0}}},
		{"in a band", []match.Goal{{Name: "middling", Column: "suits", Band: &match.Band{From: 3, To: 8}}, {Name: "few", Pairs: true, Minimise: true}},
			matchtest.Optimum{Values: []int64{1, -1}, Matchings: []matchtest.Set{0b100}}},
		{"the first unit only", []match.Goal{{Name: "x has one", Units: []match.Reward{{Caps: []int32{2}, Units: []int64{1}}}}, suits},
			matchtest.Optimum{Values: []int64{1, 9}, Matchings: []matchtest.Set{0b001}}},
	}
	for _, test := range tests {
		p := small(t, "ab", "xy", pairs, func(b *match.Builder) { b.Aim, b.Goals = match.Optimal, test.goals })
		if got := matchtest.Best(p); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: got %+v, want %+v", test.name, got, test.want)
		}
	}
}

func TestMinimumsThatNobodyCanMeetAreImpossible(t *testing.T) {
	t.Parallel()
	pairs := map[string][3]int{"ax": {1, 1, 1}, "ay": {1, 1, 2}}
	p := small(t, "a", "xy", pairs, func(b *match.Builder) {
		b.Aim, b.Goals, b.HardMinimums = match.Optimal, []match.Goal{{Name: "suits", Column: "suits"}}, true
	})
	p.Min = []int32{0, 1, 1}
	want := matchtest.Optimum{Values: []int64{1}, Matchings: []matchtest.Set{0b01, 0b10}, Impossible: true}
	if got := matchtest.Best(p); !reflect.DeepEqual(got, want) {
		t.Errorf("both mentors must have somebody: got %+v, want %+v", got, want)
	}
	p.Min = []int32{0, 1, 0}
	want = matchtest.Optimum{Values: []int64{1, 1}, Matchings: []matchtest.Set{0b01}}
	if got := matchtest.Best(p); !reflect.DeepEqual(got, want) {
		t.Errorf("the worse mentor must have somebody: got %+v, want %+v", got, want)
	}
}

func TestTheDoublingFamilyHas2And10And268StableMatchings(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]int{1: 1, 2: 2, 4: 10, 8: 268} {
		if got := len(matchtest.AllStable(matchtest.Doubling(n))); got != want {
			t.Errorf("with %d on each side: got %d stable matchings, want %d", n, got, want)
		}
	}
}
