package match_test

import (
	"math"
	"runtime"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
)

// whole is a valid problem with a bit of everything, for the cases to break at one place. Its caps: mentees 0 and 1,
// mentors 2 and 3, then class 4 of mentee 0, class 5 of mentor 2 and class 6 inside that.
func whole() *match.Problem {
	return &match.Problem{
		Kind: match.TwoSided, Aim: match.Optimal,
		Mentees: []string{"a", "b"}, Mentors: []string{"x", "y"}, Purposes: []string{"career", "research"},
		Max: []int32{2, 1, 3, 1, 1, 2, 1}, Min: []int32{0, 0, 1, 0, 0, 0, 0},
		Classes: []match.Class{{Name: "research", Parent: 0}, {Name: "research", Parent: 2}, {Name: "juniors", Parent: 5}},
		Edges: match.Edges{
			Mentee: []int32{0, 0, 0, 1}, Mentor: []int32{0, 0, 1, 0}, Purpose: []int32{0, 1, 0, 1},
			MenteeCap: []int32{0, 4, 0, 1}, MentorCap: []int32{2, 5, 3, 6},
			MenteeRank: []int32{1, 1, 2, 1}, MentorRank: []int32{1, 2, 1, 3},
			State: []match.State{match.Open, match.Pinned, match.Forbidden, match.Open},
		},
		Columns: []match.Column{{Name: "existing", Values: []int32{0, 1, 0, 0}}, {Name: "suits", Values: []int32{5, -5, 5, 5}}},
		Goals: []match.Goal{
			{Name: "placed", Pairs: true},
			{Name: "even", Units: []match.Reward{{Of: "mentors", Units: []int64{-1, -3, -5}}, {Caps: []int32{0, 4}, Units: []int64{2, 1}}}},
			{Name: "poor", Column: "suits", Band: &match.Band{From: -9, To: 0}, Minimise: true},
			{Name: "minimum", Minimums: true},
			{Name: "lottery", Lottery: 12},
		},
		Lottery: match.Lottery{Seed: "s", Mentees: []int64{0, 1<<48 - 1}, Mentors: []int64{7, 7}},
	}
}

func TestEveryRuleOfAProblemHasItsCode(t *testing.T) {
	t.Parallel()
	goal := func(p *match.Problem, g match.Goal) { p.Goals = []match.Goal{g} }
	reward := func(p *match.Problem, r match.Reward) { goal(p, match.Goal{Name: "g", Units: []match.Reward{r}}) }
	tests := []struct {
		name  string
		spoil func(p *match.Problem)
		want  string
	}{
		{"whole", func(p *match.Problem) {}, ""},
		{"stable, without goals", func(p *match.Problem) { p.Aim, p.Goals = match.StableForMentors, nil }, ""},
		{"nobody", func(p *match.Problem) {
			*p = match.Problem{Kind: match.TwoSided, Aim: match.Optimal, Goals: []match.Goal{{Name: "g", Column: "suits"}}}
		}, ""},

		{"peers", func(p *match.Problem) { p.Kind = match.OneSided }, "kind"},
		{"another kind", func(p *match.Problem) { p.Kind = "three-sided" }, "kind"},
		{"no aim", func(p *match.Problem) { p.Aim = "" }, "aim"},
		{"more placed with classes", func(p *match.Problem) {
			p.Aim, p.Goals = match.StableMorePlaced, nil
			clear(p.Min)
			for i := range p.Mentees {
				p.Max[i] = 1
			}
		}, "aim"},
		{"more placed where mentees take several", func(p *match.Problem) {
			totals := len(p.Mentees) + len(p.Mentors)
			p.Aim, p.Goals, p.Classes, p.Max, p.Min = match.StableMorePlaced, nil, nil, p.Max[:totals], p.Min[:totals]
			p.Edges.MenteeCap, p.Edges.MentorCap = nil, nil
		}, "aim"},

		{"a mentee without an id", func(p *match.Problem) { p.Mentees[0] = "" }, "id"},
		{"an id that is not UTF-8", func(p *match.Problem) { p.Mentors[1] = "y\xff" }, "id"},
		{"two mentees with one id", func(p *match.Problem) { p.Mentees[1] = "a" }, "id"},
		{"mentors out of order", func(p *match.Problem) { p.Mentors[1] = "w" }, "id"},
		{"purposes out of order", func(p *match.Problem) { p.Purposes[0] = "teaching" }, "id"},

		{"a cap too few", func(p *match.Problem) { p.Max = p.Max[:6] }, "caps"},
		{"a minimum too many", func(p *match.Problem) { p.Min = append(p.Min, 0) }, "caps"},
		{"less than no pairs", func(p *match.Problem) { p.Max[1] = -1 }, "caps"},
		{"a minimum less than none", func(p *match.Problem) { p.Min[1] = -1 }, "caps"},
		{"a minimum above the maximum", func(p *match.Problem) { p.Min[2] = 4 }, "caps"},
		{"a class in itself", func(p *match.Problem) { p.Classes[0].Parent = 4 }, "class"},
		{"a class in a later one", func(p *match.Problem) { p.Classes[1].Parent = 6 }, "class"},
		{"a class in nothing", func(p *match.Problem) { p.Classes[0].Parent = -1 }, "class"},
		{"a class without a name", func(p *match.Problem) { p.Classes[0].Name = "" }, "class"},
		{"a class whose name is not UTF-8", func(p *match.Problem) { p.Classes[0].Name = "\xff" }, "class"},

		{"fewer mentors than mentees", func(p *match.Problem) { p.Edges.Mentor = p.Edges.Mentor[:3] }, "edges"},
		{"fewer states than edges", func(p *match.Problem) { p.Edges.State = p.Edges.State[:3] }, "edges"},
		{"more ranks than edges", func(p *match.Problem) { p.Edges.MentorRank = append(p.Edges.MentorRank, 1) }, "edges"},
		{"a mentee who does not exist", func(p *match.Problem) { p.Edges.Mentee[3] = 2 }, "edges"},
		{"a mentor who does not exist", func(p *match.Problem) { p.Edges.Mentor[3] = -1 }, "edges"},
		{"a purpose that does not exist", func(p *match.Problem) { p.Edges.Purpose[3] = 2 }, "edges"},
		{"a cap that does not exist", func(p *match.Problem) { p.Edges.MentorCap[3] = 7 }, "edges"},
		{"a cap of another mentee", func(p *match.Problem) { p.Edges.MenteeCap[3] = 4 }, "edges"},
		{"a cap of another mentor", func(p *match.Problem) { p.Edges.MentorCap[2] = 6 }, "edges"},
		{"a cap of the other side", func(p *match.Problem) { p.Edges.MenteeCap[0] = 2 }, "edges"},
		{"rank nought", func(p *match.Problem) { p.Edges.MenteeRank[0] = 0 }, "edges"},
		{"an unknown state", func(p *match.Problem) { p.Edges.State[0] = 3 }, "edges"},
		{"edges out of order", func(p *match.Problem) { p.Edges.Mentee[3], p.Edges.MenteeCap[3] = 0, 0 }, "edges"},
		{"an edge twice", func(p *match.Problem) { p.Edges.Purpose[1] = 0 }, "edges"},

		{"pinned pairs that do not fit", func(p *match.Problem) { p.Max[4] = 0 }, "pinned"},
		{"two pinned pairs in one place", func(p *match.Problem) { p.Edges.State[3], p.Max[5] = match.Pinned, 1 }, "pinned"},

		{"columns out of order", func(p *match.Problem) { p.Columns[0].Name = "wish" }, "columns"},
		{"a column twice", func(p *match.Problem) { p.Columns[0].Name = "suits" }, "columns"},
		{"a column without a name", func(p *match.Problem) { p.Columns[0].Name = "" }, "columns"},
		{"a column whose name is not UTF-8", func(p *match.Problem) { p.Columns[1].Name = "\xff" }, "columns"},
		{"a short column", func(p *match.Problem) { p.Columns[0].Values = p.Columns[0].Values[:3] }, "columns"},

		{"a lottery number too few", func(p *match.Problem) { p.Lottery.Mentees = p.Lottery.Mentees[:1] }, "lottery"},
		{"a lottery number too great", func(p *match.Problem) { p.Lottery.Mentors[0] = 1 << 48 }, "lottery"},
		{"a negative lottery number", func(p *match.Problem) { p.Lottery.Mentors[0] = -1 }, "lottery"},

		{"a seed that is not UTF-8", func(p *match.Problem) { p.Lottery.Seed = "\xff" }, "lottery"},

		{"a best matching of nothing", func(p *match.Problem) { p.Goals = nil }, "goals"},
		{"a stable matching with goals", func(p *match.Problem) { p.Aim = match.StableForMentees }, "goals"},
		{"a goal without a name", func(p *match.Problem) { p.Goals[0].Name = "" }, "goals"},
		{"a goal whose name is not UTF-8", func(p *match.Problem) { p.Goals[0].Name = "\xff" }, "goals"},
		{"two goals of one name", func(p *match.Problem) { p.Goals[0].Name = "even" }, "goals"},
		{"a name that hard minimums take", func(p *match.Problem) { p.HardMinimums, p.Goals[0].Name = true, "minimums" }, "goals"},
		{"a goal that counts nothing", func(p *match.Problem) { goal(p, match.Goal{Name: "g"}) }, "goals"},
		{"a goal that counts two things", func(p *match.Problem) { goal(p, match.Goal{Name: "g", Pairs: true, Column: "suits"}) }, "goals"},
		{"few minimums", func(p *match.Problem) { goal(p, match.Goal{Name: "g", Minimums: true, Minimise: true}) }, "goals"},
		{"few units", func(p *match.Problem) { p.Goals[1].Minimise = true }, "goals"},
		{"a column that does not exist", func(p *match.Problem) { goal(p, match.Goal{Name: "g", Column: "merit"}) }, "goals"},
		{"a band of nothing", func(p *match.Problem) { goal(p, match.Goal{Name: "g", Pairs: true, Band: &match.Band{From: 1, To: 2}}) }, "goals"},
		{"an empty band", func(p *match.Problem) { p.Goals[2].Band.To = -10 }, "goals"},
		{"lottery digit 13", func(p *match.Problem) { p.Goals[4].Lottery = 13 }, "goals"},
		{"lottery digit -1", func(p *match.Problem) { p.Goals[4].Lottery = -1 }, "goals"},
		{"units of nobody", func(p *match.Problem) { reward(p, match.Reward{Units: []int64{1}}) }, "goals"},
		{"units of unknown people", func(p *match.Problem) { reward(p, match.Reward{Of: "peers", Units: []int64{1}}) }, "goals"},
		{"units of a side and of caps", func(p *match.Problem) { reward(p, match.Reward{Of: "mentees", Caps: []int32{4}, Units: []int64{1}}) }, "goals"},
		{"units of a cap that does not exist", func(p *match.Problem) { reward(p, match.Reward{Caps: []int32{7}, Units: []int64{1}}) }, "goals"},
		{"units of a negative cap", func(p *match.Problem) { reward(p, match.Reward{Caps: []int32{-1}, Units: []int64{1}}) }, "goals"},
		{"units of one cap twice", func(p *match.Problem) { reward(p, match.Reward{Caps: []int32{4, 4}, Units: []int64{1}}) }, "goals"},
		{"units of caps out of order", func(p *match.Problem) { p.Goals[1].Units[1].Caps = []int32{4, 0} }, "goals"},
		{"units that grow", func(p *match.Problem) { reward(p, match.Reward{Of: "mentors", Units: []int64{1, 2}}) }, "goals"},
		{"units that grow to nothing", func(p *match.Problem) { reward(p, match.Reward{Of: "mentors", Units: []int64{-1, -1}}) }, "goals"},
		{"units that grow where no cap reaches", func(p *match.Problem) { reward(p, match.Reward{Of: "mentees", Units: []int64{1, -1, 5}}) }, ""},

		{"a unit out of range", func(p *match.Problem) { reward(p, match.Reward{Of: "mentees", Units: []int64{1 << 51}}) }, "range"},
		{"the least of numbers", func(p *match.Problem) {
			reward(p, match.Reward{Of: "mentees", Units: []int64{math.MaxInt64, math.MinInt64}})
		}, "range"},
		{"units whose prices could overflow", func(p *match.Problem) { reward(p, match.Reward{Of: "mentees", Units: []int64{1 << 47}}) }, "range"},
		{"units whose prices cannot", func(p *match.Problem) { reward(p, match.Reward{Of: "mentees", Units: []int64{1 << 45}}) }, ""},
	}
	for _, test := range tests {
		p := whole()
		test.spoil(p)
		if err := p.Validate(); codeOf(err) != test.want {
			t.Errorf("%s: got code %q, want %q (%v)", test.name, codeOf(err), test.want, err)
		}
	}
}

// Sums of many pairs stay exact, too: each could count up to 2^31, which is 2^53 only for four million pairs or more.
func TestSumsOfManyPairsStayExact(t *testing.T) {
	t.Parallel()
	const people = 1 << 12
	p := &match.Problem{Kind: match.TwoSided, Aim: match.Optimal, Goals: []match.Goal{{Name: "g", Column: "suits"}}}
	for i := range people {
		p.Mentees = append(p.Mentees, string(rune(0x4e00+i)))
	}
	p.Mentors = p.Mentees
	p.Max = make([]int32, 2*people)
	p.Edges.Mentee, p.Edges.Mentor = []int32{0}, []int32{0}
	p.Columns = []match.Column{{Name: "suits", Values: []int32{math.MinInt32}}}
	if err := p.Validate(); err != nil {
		t.Errorf("got %v for %d people, want no fault", err, people)
	}
	p.Max = append(p.Max, make([]int32, 1<<18)...)
	p.Classes = make([]match.Class, 1<<18)
	for i := range p.Classes {
		p.Classes[i] = match.Class{Name: "class", Parent: 1}
	}
	if got := codeOf(p.Validate()); got != "range" {
		t.Errorf("got code %q with 2^18 classes, through which a price could grow past 2^50; want %q", got, "range")
	}
}

// A small file must not make the judge take much memory.
func TestAGreatMinimumTakesNoMemory(t *testing.T) {
	p := whole()
	p.HardMinimums, p.Max[3], p.Min[3] = true, math.MaxInt32, math.MaxInt32
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if got := codeOf(match.Check(p, &match.Certificate{Outcome: match.IsImpossible, Chosen: []int32{1}})); got == "" {
		t.Error("a certificate without a proof is accepted")
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 10<<20 {
		t.Errorf("judging a minimum of 2^31-1 takes %d MB", used>>20)
	}
}
