package run

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/matchtest"
	"github.com/chiron-mentoring/chiron/match/solve"
)

func TestBlockingPairsAreThoseThatMakeAMatchingUnstable(t *testing.T) {
	t.Parallel()
	stable, unstable := 0, 0
	for seed := range uint64(300) {
		p := matchtest.TinyStable(seed, matchtest.AnyFeatures(seed, matchtest.StableFeatures), match.StableForMentees)
		all := matchtest.AllStable(p)
		for x := range matchtest.All(p) {
			blocking, isStable := blockingPairs(p, x.Edges()), slices.Contains(all, x)
			if (len(blocking) == 0) != isStable {
				t.Fatalf("seed %d: the matching %v has the blocking pairs %v; stable: %t", seed, x.Edges(), blocking, isStable)
			}
			if isStable {
				stable++
			} else {
				unstable++
			}
		}
	}
	if stable == 0 || unstable == 0 {
		t.Errorf("%d stable, %d unstable: too one-sided", stable, unstable)
	}
}

// Where mentors do not mind whom they get, the lottery decides whose turn it is.
func TestFirstComeInTheOrderOfTheLotteryIsStableWhereMentorsAreIndifferent(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		p := matchtest.TinyStable(seed, matchtest.Pins|matchtest.Conflicts, match.StableForMentees)
		p.Edges.MentorRank, p.Edges.State, p.Lottery.Seed = nil, nil, "dice 5"
		c, err := solve.Solve(t.Context(), p, solve.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := firstCome(p); !slices.Equal(got, c.Chosen) {
			t.Errorf("seed %d: got %v, want %v", seed, got, c.Chosen)
		}
	}
}

func TestFirstComeIsAMatchingThatLeavesNoPlaceThatFits(t *testing.T) {
	t.Parallel()
	for seed := range uint64(500) {
		p := matchtest.Tiny(seed, matchtest.AnyFeatures(seed, matchtest.OptimalFeatures))
		chosen := firstCome(p)
		if err := fits(p, chosen); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		loads := p.Loads(chosen)
		for e := range p.Edges.Len() {
			if _, taken := slices.BinarySearch(chosen, int32(e)); !taken && p.State(e) == match.Open && hasRoom(p, loads, e) {
				t.Fatalf("seed %d: edge %d fits and was left: %v", seed, e, chosen)
			}
		}
	}
}

func TestRunComparedWithItselfDiffersInNothing(t *testing.T) {
	t.Parallel()
	r, err := Match(t.Context(), residency(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	c := Compare([2]string{"one", "other"}, r, r)
	if c.Both != len(r.Certificate.Chosen) || c.Only != [2]int{} || len(c.Changes)+len(c.Unshared)+len(c.Remarks) > 0 || c.Strays != [2][2]int{} {
		t.Errorf("got %+v", c)
	}
	if len(c.Goals) != len(r.Problem.Goals)-1 { // all but the lottery
		t.Errorf("goals %v", c.Goals)
	}
	for _, f := range slices.Concat(c.Figures, c.Goals) {
		if f.Values[0] != f.Values[1] {
			t.Errorf("%s differs: %v", f.Name, f.Values)
		}
	}
}

func TestChangesAddUpForEverybody(t *testing.T) {
	t.Parallel()
	first, err := Match(t.Context(), residency(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	inputs := residency(t)
	for i := range inputs {
		if inputs[i].Name == "mentors.csv" { // F03 takes one more
			inputs[i].Data = []byte(strings.Replace(string(inputs[i].Data), "quality improvement; simulation; point-of-care ultrasound,2", "quality improvement; simulation; point-of-care ultrasound,3", 1))
		}
	}
	second, err := Match(t.Context(), inputs, Options{})
	if err != nil {
		t.Fatal(err)
	}
	c := Compare([2]string{"one", "other"}, first, second)
	if c.Both+c.Only[0] != len(first.Certificate.Chosen) || c.Both+c.Only[1] != len(second.Certificate.Chosen) {
		t.Errorf("%d in both, %v in one, of %d and %d", c.Both, c.Only, len(first.Certificate.Chosen), len(second.Certificate.Chosen))
	}
	lost, gained := 0, 0
	for _, change := range c.Changes {
		if change.Person.Side == match.MenteeSide {
			lost += len(change.Lost)
			gained += len(change.Gained)
		}
	}
	if lost != c.Only[0] || gained != c.Only[1] || gained == 0 {
		t.Errorf("mentees lose %d and gain %d pairs, want %v", lost, gained, c.Only)
	}
	if i := slices.IndexFunc(c.Changes, func(w Change) bool { return w.Person.ID == "R21" }); i < 0 || c.Changes[i].kind() != 1 || c.Changes[i].Person.Name != "Antoine Thériault" {
		t.Errorf("R21 gets a mentor, but: %v", c.Changes)
	}
}

func TestStableAndBestAreMeasuredByEachOthersAims(t *testing.T) {
	t.Parallel()
	best, err := Match(t.Context(), residency(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	stable, err := Match(t.Context(), residency(t), Options{Aim: match.StableForMentees})
	if err != nil {
		t.Fatal(err)
	}
	for _, runs := range [][2]*Run{{best, stable}, {stable, best}} {
		c := Compare([2]string{"one", "other"}, runs[0], runs[1])
		if len(c.Goals) != len(best.Problem.Goals)-1 || len(c.Unshared) > 0 {
			t.Fatalf("goals %v, not compared: %v", c.Goals, c.Unshared)
		}
		lost := slices.IndexFunc(c.Goals, func(f Figure) bool { return f.Values[0] != f.Values[1] })
		if lost < 0 || c.Goals[lost].Name == "even load (the least)" || (c.Goals[lost].Values[0] > c.Goals[lost].Values[1]) != (runs[0] == best) {
			t.Errorf("in the first goal in which they differ, the best must have more: %v", c.Goals)
		}
		if !slices.ContainsFunc(c.Remarks, func(s string) bool { return strings.Contains(s, "(blocking pairs)") }) {
			t.Errorf("no word about blocking pairs: %q", c.Remarks)
		}
	}
}

func TestEarlierPairsGoOnOrAreNamedWithTheReason(t *testing.T) {
	t.Parallel()
	r := ward(t)
	for name, table := range map[string]string{
		"commas":     "mentor,mentee,state\nroy,ana,existing\nsingh,ana,\ntam,ana,\nroy,'=cy,\nroy,old,\nroy,dee,forbidden\nroy,ana,\n",
		"semicolons": "\ufeffMentor;Mentee;why\nroy;ana;\"a; b\"\nsingh;ana;\ntam;ana;\nroy;'=cy;\nroy;old;\n",
	} {
		c, err := CompareEarlier("then.csv", []byte(table), r)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		byID := func(a, b [2]string) int { return cmp.Compare(a[0], b[0]) }
		slices.SortFunc(c.GoOn, byID)
		want := Earlier{
			GoOn: [][2]string{{"=cy", "roy"}, {"ana", "roy"}}, PassedOver: [][2]string{{"ana", "singh"}},
			Ruled: [][2]string{{"ana", "tam"}}, Left: [][2]string{{"old", "roy"}},
		}
		if c.Pairs != 5 || !slices.Equal(c.GoOn, want.GoOn) || !slices.Equal(c.PassedOver, want.PassedOver) || !slices.Equal(c.Ruled, want.Ruled) || !slices.Equal(c.Left, want.Left) {
			t.Errorf("%s: got %+v, want %+v", name, c, want)
		}
		if c.New != len(r.Certificate.Chosen)-2 {
			t.Errorf("%s: %d new pairs of %d", name, c.New, len(r.Certificate.Chosen))
		}
	}
	for _, table := range []string{"", "mentee,with\nana,roy\n", "mentee,mentor\n", "mentee,mentor\n\xff,roy\n"} {
		if c, err := CompareEarlier("then.csv", []byte(table), r); err == nil {
			t.Errorf("%q: got %+v", table, c)
		}
	}
}

func TestSamePeopleForAnotherPurposeAreNamedWithIt(t *testing.T) {
	t.Parallel()
	var runs [2]*Run
	for i, points := range []int32{1, 3} {
		b := match.NewBuilder(match.Optimal)
		b.Goals = []match.Goal{{Name: "suitability", Column: "suitability"}}
		b.Person(match.MenteeSide, "ana", 1, 0)
		b.Person(match.MentorSide, "roy", 1, 0)
		b.Pair(match.Pair{Mentee: "ana", Mentor: "roy", Purpose: "research", Values: map[string]int32{"suitability": 2}})
		b.Pair(match.Pair{Mentee: "ana", Mentor: "roy", Purpose: "teaching", Values: map[string]int32{"suitability": points}})
		p, err := b.Problem()
		if err != nil {
			t.Fatal(err)
		}
		runs[i] = solved(t, p)
	}
	c := Compare([2]string{"one", "other"}, runs[0], runs[1])
	if got, want := c.Changes[0].String(), "ana: loses roy for research; gains roy for teaching"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if want := "suitability is counted by each one's own numbers, which differ for 1 possible pair that both list."; !slices.Contains(c.Remarks, want) {
		t.Errorf("got %q, want %q", c.Remarks, want)
	}
}
