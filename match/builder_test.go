package match_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
)

// rows are what a builder is told, in the order of somebody's files.
func rows() []func(b *match.Builder) {
	var rows []func(b *match.Builder)
	row := func(tell func(b *match.Builder)) { rows = append(rows, tell) }
	for i := range 6 {
		mentee, mentor := fmt.Sprintf("mentee %d", i), fmt.Sprintf("mentor %d", i)
		row(func(b *match.Builder) { b.Person(match.MenteeSide, mentee, 2, i%2) })
		row(func(b *match.Builder) { b.Person(match.MentorSide, mentor, 3, 0) })
		row(func(b *match.Builder) { b.Class(match.MentorSide, mentor, "own department", "", 2, 0) })
		row(func(b *match.Builder) { b.Class(match.MentorSide, mentor, "juniors", "own department", 1, 0) })
		row(func(b *match.Builder) { b.Class(match.MenteeSide, mentee, "research", "", 1, 0) })
		for j := range 6 {
			for k, purpose := range []string{"career", "research"} {
				pair := match.Pair{
					Mentee: mentee, Mentor: fmt.Sprintf("mentor %d", j), Purpose: purpose,
					MenteeClass: []string{"", "research"}[k], MentorClass: []string{"", "own department", "juniors"}[(i+j)%3],
					MenteeRank: 1 + j, MentorRank: 1 + i, State: match.State((i*j + k) % 3),
					Values: map[string]int32{"suits": int32(i * j), "existing": int32(k)},
				}
				if pair.State == match.Pinned && i != j {
					pair.State = match.Open
				}
				row(func(b *match.Builder) { b.Pair(pair) })
			}
		}
	}
	row(func(b *match.Builder) { b.Column("merit") })
	return rows
}

func TestTheOrderOfRowsChangesNoByte(t *testing.T) {
	t.Parallel()
	var want []byte
	for seed := range uint64(50) {
		b := match.NewBuilder(match.StableForMentees)
		all := rows()
		rand.New(rand.NewPCG(seed, 0)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		for _, tell := range all {
			tell(b)
		}
		got := text(built(t, b))
		if want == nil {
			want = got
		}
		if !bytes.Equal(got, want) {
			t.Fatalf("order %d: got\n%s\nwant\n%s", seed, got, want)
		}
	}
}

func TestCapsAreNumberedTotalsFirstThenClassesFromTheOutside(t *testing.T) {
	t.Parallel()
	b := match.NewBuilder(match.StableForMentees)
	for _, tell := range rows() {
		tell(b)
	}
	p := built(t, b)
	for c, want := range map[int32]string{
		0: "mentee mentee 0", 6: "mentor mentor 0", 12: "mentee mentee 0 / research", 18: "mentor mentor 0 / own department",
		29: "mentor mentor 5 / own department / juniors",
	} {
		if got := p.CapName(c); got != want {
			t.Errorf("cap %d: got %q, want %q", c, got, want)
		}
	}
	if p.NumCaps() != 30 {
		t.Errorf("got %d caps, want 30", p.NumCaps())
	}
}

func TestColumnsThatSayNothingAreLeftOut(t *testing.T) {
	t.Parallel()
	b := match.NewBuilder(match.StableForMentees)
	b.Person(match.MenteeSide, "a", 1, 0)
	b.Person(match.MentorSide, "x", 1, 0)
	b.Pair(match.Pair{Mentee: "a", Mentor: "x"})
	e := built(t, b).Edges
	if e.Purpose != nil || e.MenteeCap != nil || e.MentorCap != nil || e.MenteeRank != nil || e.MentorRank != nil || e.State != nil {
		t.Errorf("got %+v, want the people only", e)
	}
}

func TestWhatCannotBeAProblemIsRefusedWithItsName(t *testing.T) {
	t.Parallel()
	class := func(name, parent string) func(b *match.Builder) {
		return func(b *match.Builder) { b.Class(match.MentorSide, "x", name, parent, 1, 0) }
	}
	pair := func(pair match.Pair) func(b *match.Builder) { return func(b *match.Builder) { b.Pair(pair) } }
	tests := []struct {
		name string
		rows []func(b *match.Builder)
		want string
	}{
		{"nothing more", nil, ""},
		{"a class in a class", []func(b *match.Builder){class("inner", "outer"), class("outer", "")}, ""},
		{"a class in itself", []func(b *match.Builder){class("k", "k")}, `"k" of mentor "x" lies in itself`},
		{"two classes in each other", []func(b *match.Builder){class("k", "l"), class("l", "k")}, "lies in itself"},
		// Crossing classes cannot be said: a class lies in one other only, and a pair names one innermost class.
		{"a class in two others", []func(b *match.Builder){class("k", ""), class("l", ""), class("both", "k"), class("both", "l")}, `"both" of mentor "x" is there twice`},
		{"a class in nothing", []func(b *match.Builder){class("k", "none")}, `"none", which does not exist`},
		{"a class of nobody", []func(b *match.Builder){func(b *match.Builder) { b.Class(match.MenteeSide, "z", "k", "", 1, 0) }}, `mentee "z", who does not exist`},
		{"a person twice", []func(b *match.Builder){func(b *match.Builder) { b.Person(match.MenteeSide, "a", 1, 0) }}, `mentee "a" is there twice`},
		{"a person on both sides", []func(b *match.Builder){func(b *match.Builder) { b.Person(match.MentorSide, "a", 1, 0) }}, ""},
		{"a pair twice", []func(b *match.Builder){pair(match.Pair{Mentee: "a", Mentor: "x"})}, "is there twice"},
		{"a pair of nobody", []func(b *match.Builder){pair(match.Pair{Mentee: "a", Mentor: "z"})}, `mentor "z", who does not exist`},
		{"a pair with a purpose among others without", []func(b *match.Builder){pair(match.Pair{Mentee: "a", Mentor: "y", Purpose: "career"})}, "no purpose"},
		{"a pair of a class that is not", []func(b *match.Builder){pair(match.Pair{Mentee: "a", Mentor: "y", MentorClass: "k"})}, `class "k", which does not exist`},
		{"a pair of another's class", []func(b *match.Builder){class("k", ""), pair(match.Pair{Mentee: "a", Mentor: "y", MentorClass: "k"})}, `class "k", which does not exist`},
		{"a pair without a rank among others with", []func(b *match.Builder){pair(match.Pair{Mentee: "a", Mentor: "y", MenteeRank: 1})}, "menteeRank"},
		{"places that wrap around", []func(b *match.Builder){func(b *match.Builder) { b.Person(match.MenteeSide, "c", 1<<32+1, 0) }}, "too great"},
		{"a minimum that wraps around", []func(b *match.Builder){func(b *match.Builder) { b.Person(match.MenteeSide, "c", 1, 1<<32) }}, "too great"},
		{"a class that wraps around", []func(b *match.Builder){func(b *match.Builder) { b.Class(match.MenteeSide, "a", "k", "", 1<<31, 0) }}, "too great"},
		{"a rank that wraps around", []func(b *match.Builder){pair(match.Pair{Mentee: "a", Mentor: "y", MenteeRank: 1<<32 + 5})}, "too great"},
	}
	for _, test := range tests {
		b := match.NewBuilder(match.StableForMentees)
		b.Person(match.MenteeSide, "a", 1, 0)
		b.Person(match.MentorSide, "x", 1, 0)
		b.Person(match.MentorSide, "y", 1, 0)
		b.Pair(match.Pair{Mentee: "a", Mentor: "x"})
		for _, tell := range test.rows {
			tell(b)
		}
		p, err := b.Problem()
		switch {
		case test.want == "" && err != nil:
			t.Errorf("%s: got %v, want no error", test.name, err)
		case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
			t.Errorf("%s: got error %v, want one with %q", test.name, err, test.want)
		case test.want != "" && p != nil && p.Validate() == nil:
			t.Errorf("%s: a valid problem comes with the error", test.name)
		}
	}
}

func TestOfSeveralMistakesTheSameIsAlwaysReported(t *testing.T) {
	t.Parallel()
	said := map[string]bool{}
	for range 50 {
		b := match.NewBuilder(match.StableForMentees)
		b.Class(match.MenteeSide, "a", "k", "none", 1, 0)
		b.Class(match.MenteeSide, "b", "k", "", 1, 0)
		b.Class(match.MenteeSide, "c", "k", "k", 1, 0)
		if _, err := b.Problem(); err != nil {
			said[err.Error()] = true
		}
	}
	if len(said) != 1 {
		t.Errorf("got %d different errors, want one: %v", len(said), said)
	}
}
