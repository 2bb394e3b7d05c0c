package run

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/matchtest"
)

// supported finds the points between two goals by trying all matchings that are best in the goals before, in the order
// of the first goal, the most first.
func supported(p *match.Problem, before int, goals [2]int) [][2]int64 {
	var most []int64
	found := map[[2]int64]bool{}
	ladder := p.Ladder()
	before += len(ladder) - len(p.Goals)
	for x := range matchtest.All(p) {
		values := make([]int64, before)
		for k := range values {
			values[k] = valueOf(p, &ladder[k], x.Edges())
		}
		if order := slices.Compare(values, most); most == nil || order > 0 {
			most, found = values, map[[2]int64]bool{}
		} else if order < 0 {
			continue
		}
		found[[2]int64{valueOf(p, &p.Goals[goals[0]], x.Edges()), valueOf(p, &p.Goals[goals[1]], x.Edges())}] = true
	}
	points := slices.SortedFunc(maps.Keys(found), func(a, b [2]int64) int { return cmp.Or(cmp.Compare(b[0], a[0]), cmp.Compare(b[1], a[1])) })
	// Those that nobody beats, and of these the corners (Andrew's monotone chain).
	var hull [][2]int64
	for _, point := range points {
		if len(hull) > 0 && point[1] <= hull[len(hull)-1][1] {
			continue
		}
		for len(hull) >= 2 {
			a, b := hull[len(hull)-2], hull[len(hull)-1]
			if (b[0]-a[0])*(point[1]-a[1])-(b[1]-a[1])*(point[0]-a[0]) > 0 {
				break
			}
			hull = hull[:len(hull)-1]
		}
		hull = append(hull, point)
	}
	return hull
}

func TestFrontierIsThatOfAllMatchings(t *testing.T) {
	t.Parallel()
	const features = matchtest.OptimalFeatures &^ (matchtest.Great | matchtest.ManyGoals | matchtest.CountLottery)
	tried, corners, mixed := 0, 0, 0
	for seed := range uint64(3000) {
		p := matchtest.Tiny(seed, matchtest.AnyFeatures(seed, features)|matchtest.CountColumn|matchtest.CountPairs)
		r := solved(t, p)
		if r.Certificate.Outcome == match.IsImpossible {
			continue
		}
		goals := [2]int{int(seed) % len(p.Goals), int(seed/7) % len(p.Goals)}
		one, two := p.Goals[goals[0]], p.Goals[goals[1]]
		if goals[0] == goals[1] || isChance(&one) || isChance(&two) {
			continue
		}
		f, err := Between(t.Context(), r, [2]string{one.Name, two.Name}, nil)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		var got [][2]int64
		for _, point := range f.Points {
			got = append(got, point.Values)
		}
		if want := supported(p, min(goals[0], goals[1]), goals); !f.More && !slices.Equal(got, want) || len(got) > mostPoints {
			t.Fatalf("seed %d: the frontier is %v, want %v", seed, got, want)
		}
		tried++
		if len(got) > 2 {
			corners++
			if (one.Units == nil) != (two.Units == nil) {
				mixed++
			}
		}
	}
	t.Logf("%d frontiers, %d of them with a corner, %d of those between pairs and units", tried, corners, mixed)
	if corners < 10 || mixed == 0 {
		t.Error("too few frontiers have a corner to say anything")
	}
}

func TestPointOfAFrontierIsARunOfItsOwn(t *testing.T) {
	t.Parallel()
	r, err := Match(t.Context(), residency(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	f, err := Between(t.Context(), r, [2]string{"suitability", "placed"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Points) < 3 || f.Points[len(f.Points)-1].Values[1] != 38 {
		t.Fatalf("got %v", f)
	}
	for _, point := range f.Points {
		if report, err := Check(t.Context(), written(t, point.Run)); err != nil || report.Refused() > 0 {
			t.Errorf("%v\n%v", err, report)
		}
		if again, err := Between(t.Context(), point.Run, [2]string{"suitability", "pairs"}, nil); err != nil || len(again.Points) == 0 {
			t.Errorf("a point of a point: %v, %v", again, err)
		}
	}
}

func TestFrontierNeedsTwoGoalsOfTheRun(t *testing.T) {
	t.Parallel()
	r, err := Match(t.Context(), residency(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		r     *Run
		goals [2]string
		want  string
	}{
		{r, [2]string{"suitability", "happiness"}, `no goal "happiness"; it has placed, existing, pairs, suitability, even load`},
		{r, [2]string{"suitability", "suitability"}, "against itself"},
		{r, [2]string{"suitability", "lottery"}, "is a lottery"},
		{ward(t), [2]string{"suitability", "pairs"}, "a stable matching has no goals"},
	} {
		var fault *match.Fault
		if f, err := Between(t.Context(), c.r, c.goals, nil); !errors.As(err, &fault) || !strings.Contains(fault.Text, c.want) {
			t.Errorf("%q: got %v, %v", c.goals, f, err)
		}
	}
}

func TestGoalsThatCannotBeWeighedExactlyAreRefused(t *testing.T) {
	t.Parallel()
	b := match.NewBuilder(match.Optimal)
	b.Goals = []match.Goal{{Name: "suits", Column: "suits"}, {Name: "wish", Column: "wish"}}
	b.Person(match.MenteeSide, "ana", 1, 0)
	for i, values := range []map[string]int32{{"suits": 2_000_000_011, "wish": 0}, {"suits": 1, "wish": 1_999_999_973}} {
		b.Person(match.MentorSide, string(rune('r'+i)), 1, 0)
		b.Pair(match.Pair{Mentee: "ana", Mentor: string(rune('r' + i)), Values: values})
	}
	p, err := b.Problem()
	if err != nil {
		t.Fatal(err)
	}
	var fault *match.Fault
	if f, err := Between(t.Context(), solved(t, p), [2]string{"suits", "wish"}, nil); !errors.As(err, &fault) || !strings.Contains(fault.Text, "too great") {
		t.Errorf("got %v, %v", f, err)
	}
}
