package score

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// one is a field of a single person, its values separated by slashes.
func one(values string) Field {
	if values == "" {
		return Field{nil}
	}
	return Field{strings.Split(values, "/")}
}

// measured compares two people by one field of each.
func measured(t *testing.T, rule Comparison, mentee, mentor string) (int, bool) {
	t.Helper()
	rule.Mentee, rule.Mentor = "x", "x"
	s, err := New(People{IDs: []string{"a"}, Fields: map[string]Field{"x": one(mentee)}}, People{IDs: []string{"M"}, Fields: map[string]Field{"x": one(mentor)}},
		Rules{Must: []Must{{Comparison: rule}}})
	if err != nil {
		t.Fatal(err)
	}
	return s.must[0].measure(0, 0)
}

func TestTwoPeopleAreMeasured(t *testing.T) {
	t.Parallel()
	grades, err := NewScale([]string{"student"}, []string{"resident", "fellow"}, []string{"staff"})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		measure        Measure
		scale          *Scale
		mentee, mentor string
		want           int
		known          bool
	}{
		{Common, nil, "a/b/c", "c/b", 2, true},
		{Common, nil, "Family  Medicine", "family medicine", 1, true},
		{Common, nil, "a/A", "a", 1, true},
		{Common, nil, "", "", 0, true},
		{Common, nil, "a", "b", 0, true},
		{Gap, grades, "student", "staff", 2, true},
		{Gap, grades, "staff", "resident", -1, true},
		{Gap, grades, "resident", "Fellow", 0, true},
		{Gap, grades, "", "staff", 0, false},
		{Gap, grades, "dean", "staff", 0, false},
		{Gap, nil, "3", "5", 2, true},
		{Gap, nil, "3", "five", 0, false},
		{PlaceWithMentee, nil, "x/y/z", "z", 3, true},
		{PlaceWithMentee, nil, "x/y/z", "w", 0, true},
		{PlaceWithMentee, nil, "x/x/z", "z", 2, true},
		{PlaceWithMentor, nil, "y", "x/y", 2, true},
		{PlaceWithMentor, nil, "", "x/y", 0, true},
	}
	for _, test := range tests {
		if got, known := measured(t, Comparison{Measure: test.measure, Scale: test.scale}, test.mentee, test.mentor); got != test.want || known != test.known {
			t.Errorf("measure %d of %q and %q is %d, known %v; want %d, %v", test.measure, test.mentee, test.mentor, got, known, test.want, test.known)
		}
	}
}

func TestPointsFollowTheMeasure(t *testing.T) {
	t.Parallel()
	tests := []struct {
		points   Points
		measured int
		want     int
	}{
		{Points{Each: 4}, 3, 12},
		{Points{Each: 4, Most: 10}, 3, 10},
		{Points{Each: -4, Most: 10}, 3, -10},
		{Points{Each: 4}, 0, 0},
		{Points{Table: map[int]int{1: 9, 2: 12}}, 2, 12},
		{Points{Table: map[int]int{1: 9, 2: 12}}, 3, 0},
	}
	for _, test := range tests {
		if got := test.points.of(test.measured); got != test.want {
			t.Errorf("%+v of %d is %d, want %d", test.points, test.measured, got, test.want)
		}
	}
}

// clinic is two mentees and three mentors, of whom one is a mentee as well.
func clinic(t *testing.T, rules Rules) *Scorer {
	t.Helper()
	s, err := New(
		People{IDs: []string{"a", "b"}, Fields: map[string]Field{"unit": {{"card"}, {"neph"}}, "seeks": {{"Research", "teaching"}, {"teaching"}}}},
		People{IDs: []string{"b", "M", "N"}, Fields: map[string]Field{"unit": {{"neph"}, {"card"}, {"Neph"}}, "offers": {{"teaching"}, {"teaching", "research"}, nil}}},
		rules)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTheFirstRuleThatAPairBreaksIsNamed(t *testing.T) {
	t.Parallel()
	s := clinic(t, Rules{
		Must:     []Must{{Comparison: Comparison{Name: "another unit", Mentee: "unit", Mentor: "unit"}}},
		Purposes: &Purposes{Mentee: "seeks", Mentor: "offers"},
	})
	want := [][]string{{"", "another unit", NoSharedPurpose}, {SamePerson, "", "another unit"}}
	for i, row := range want {
		for j, rule := range row {
			if got := s.Barrier(i, j); got != rule {
				t.Errorf("mentee %d and mentor %d are kept apart by %q, want %q", i, j, got, rule)
			}
		}
	}
}

func TestPairsAreForThePurposeMostWantedOrForAll(t *testing.T) {
	t.Parallel()
	for all, want := range map[bool]string{
		false: "[{0 0 teaching 3} {0 1 Research 5} {1 1 teaching 5}]",
		true:  "[{0 0 teaching 3} {0 1 Research 5} {0 1 teaching 3} {1 1 teaching 5}]",
	} {
		s := clinic(t, Rules{Purposes: &Purposes{Mentee: "seeks", Mentor: "offers", All: all, Points: []int{5, 3}}})
		if got := fmt.Sprint(slices.Collect(s.Pairs())); got != want {
			t.Errorf("for all purposes %v: the pairs are %s, want %s", all, got, want)
		}
	}
}

func TestRulesThatCannotBeCompiledAreRefused(t *testing.T) {
	t.Parallel()
	people := People{IDs: []string{"a"}, Fields: map[string]Field{"x": {{"1"}}, "short": {}}}
	for name, rules := range map[string]Rules{
		"a field of nobody":         {Must: []Must{{Comparison: Comparison{Mentee: "y", Mentor: "x"}, From: 1, To: NoLimit}}},
		"a field of no mentor":      {Points: []Points{{Comparison: Comparison{Mentee: "x", Mentor: "y"}, Each: 1}}},
		"a field that is too short": {Purposes: &Purposes{Mentee: "x", Mentor: "short"}},
		"points without end":        {Points: slices.Repeat([]Points{{Comparison: Comparison{Mentee: "x", Mentor: "x"}, Each: MaxPoints}}, 11_000)},
	} {
		if _, err := New(people, people, rules); err == nil {
			t.Errorf("%s: the rules are taken", name)
		}
	}
	if _, err := NewScale([]string{"a"}, []string{"A "}); err == nil {
		t.Error("a level stands twice on a scale")
	}
}

// TestReasonsSumUpToTheSuitability compares the two on random people with every kind of rule.
func TestReasonsSumUpToTheSuitability(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	words := []string{"a", "B", "b", "c", "d", "", " a "}
	list := func(longest int) []string {
		var all []string
		for range random.IntN(longest + 1) {
			all = append(all, words[random.IntN(len(words))])
		}
		return all
	}
	people := func(prefix string, n int) People {
		p := People{Fields: map[string]Field{}, Weeks: map[string][]Week{}}
		for i := range n {
			p.IDs = append(p.IDs, fmt.Sprint(prefix, i))
			p.Fields["value"] = append(p.Fields["value"], list(1))
			p.Fields["list"] = append(p.Fields["list"], list(5))
			p.Fields["year"] = append(p.Fields["year"], []string{fmt.Sprint(random.IntN(5))})
			var week Week
			week.Add(random.IntN(20), random.IntN(40))
			p.Weeks["week"] = append(p.Weeks["week"], week)
		}
		return p
	}
	compare := func(m Measure, field string) Comparison {
		return Comparison{Name: fmt.Sprint(m, " ", field), Measure: m, Mentee: field, Mentor: field}
	}
	tree, _ := NewTree([]Term{{Name: "a"}, {Name: "b", Above: "a"}, {Name: "c", Above: "a"}})
	on := func(c Comparison) Comparison {
		c.Tree = tree
		return c
	}
	fit := func(c Comparison, fit Fit) Points {
		return Points{Comparison: c, Fit: &fit, Weight: random.IntN(MaxWeight + 1)}
	}
	for range 200 {
		rules := Rules{
			Must: []Must{{Comparison: compare(Common, "list"), To: 2}},
			Points: []Points{
				{Comparison: compare(Common, "value"), Each: random.IntN(20) - 5},
				{Comparison: compare(Common, "list"), Each: random.IntN(20) - 5, Most: random.IntN(12)},
				{Comparison: compare(Gap, "year"), Table: map[int]int{-1: 3, 1: random.IntN(9), 2: -7}},
				{Comparison: compare(PlaceWithMentee, "list"), Table: map[int]int{1: 8, 2: 5}},
				{Comparison: compare(PlaceWithMentor, "list"), Table: map[int]int{0: 1, 3: 5}},
				fit(on(compare(Related, "list")), Fit{Full: BestFit}), fit(on(compare(Near, "value")), Fit{Full: BestFit}),
				fit(compare(Time, "week"), Fit{Full: 120}), fit(compare(Number, "year"), Fit{None: 3}),
				fit(compare(Gap, "year"), *FitByGap(1)), fit(compare(PlaceWithMentee, "list"), *FitByPlace()),
			},
		}
		if random.IntN(2) == 0 {
			rules.Purposes = &Purposes{Mentee: "list", Mentor: "list", All: random.IntN(2) == 0, Points: []int{10, 6, -3}}
		}
		s, err := New(people("m", 6), people("M", 5), rules)
		if err != nil {
			t.Fatal(err)
		}
		for pair := range s.Pairs() {
			sum := 0
			reasons := s.Reasons(pair.Mentee, pair.Mentor, pair.Purpose)
			for _, r := range reasons {
				sum += r.Points
				if r.Points == 0 {
					t.Fatalf("the reason %+v brings nothing", r)
				}
				if r.Weight > 0 && r.Points != r.Weight*r.Fit {
					t.Fatalf("the reason %+v brings something else than its weight times its fit", r)
				}
			}
			if sum != int(pair.Suitability) {
				t.Fatalf("the reasons %+v come to %d, and %+v is the pair", reasons, sum, pair)
			}
		}
	}
}
