package equity

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
)

// A school is a problem in the making, with whom everybody got. Mentees come from groups of given sizes, of which given
// numbers are placed.
type school struct {
	builder *match.Builder
	placed  map[string]string
	values  map[string]string
	mentors int
}

func newSchool() *school {
	return &school{match.NewBuilder(match.StableForMentees), map[string]string{}, map[string]string{}, 0}
}

func (s *school) group(name string, people, placed int) *school {
	for i := range people {
		id := fmt.Sprintf("%s-%03d", name, i)
		s.builder.Person(match.MenteeSide, id, 1, 0)
		s.values[id] = strings.TrimPrefix(name, "?")
		if strings.HasPrefix(name, "?") {
			delete(s.values, id)
		}
		mentor := fmt.Sprintf("mentor-%04d", s.mentors)
		s.mentors++
		s.builder.Person(match.MentorSide, mentor, 1, 0)
		s.builder.Pair(match.Pair{Mentee: id, Mentor: mentor, MenteeRank: 1})
		if i < placed {
			s.placed[id] = mentor
		}
	}
	return s
}

func (s *school) audit(t *testing.T, sensitive bool, o Options) *Report {
	t.Helper()
	p, err := s.builder.Problem()
	if err != nil {
		t.Fatal(err)
	}
	var chosen []int32
	for e := range p.Edges.Len() {
		if s.placed[p.Mentees[p.Edges.Mentee[e]]] == p.Mentors[p.Edges.Mentor[e]] {
			chosen = append(chosen, int32(e))
		}
	}
	r, err := Audit(p, chosen, []Characteristic{{Name: "group", Side: match.MenteeSide, Sensitive: sensitive, Values: s.values}}, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// rows writes a table as "group: got of asked", or "-" where the first outcome is hidden.
func rows(r *Report) string {
	var all []string
	for _, table := range r.Tables {
		for _, row := range table.Rows {
			text := "-"
			if result := row.Results[0]; result.Got.Shown {
				text = fmt.Sprintf("%d of %d", result.Got.Count, result.Asked.Count)
			}
			all = append(all, fmt.Sprintf("%s%s: %s", row.Group, map[RowKind]string{NotSaid: "(not said)", Together: "(together)"}[row.Kind], text))
		}
	}
	for _, o := range r.Omitted {
		all = append(all, "omitted: "+string(o.Because))
	}
	return strings.Join(all, "; ")
}

func TestSmallGroupsAreProtectedTogetherWithTheirComplement(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		what      string
		school    *school
		sensitive bool
		want      string
	}{
		{"large groups", newSchool().group("a", 40, 30).group("b", 30, 20), false, "a: 30 of 40; b: 20 of 30"},
		{"a group of four goes with another", newSchool().group("a", 40, 30).group("b", 30, 20).group("c", 4, 2), false, "a: 30 of 40; (together): 22 of 34"},
		{"two small groups go together if they are enough", newSchool().group("a", 40, 30).group("c", 6, 3).group("d", 6, 3), false, "a: 30 of 40; (together): 6 of 12"},
		{"nobody left out of one group may be said", newSchool().group("a", 40, 40).group("b", 30, 20), false, "a: 40 of 40; b: 20 of 30"},
		{"but not of a sensitive one", newSchool().group("a", 40, 40).group("b", 30, 20), true, "omitted: too small"},
		{"three left out of one group may not", newSchool().group("a", 40, 37).group("b", 30, 20), false, "omitted: too small"},
		{"unless further groups make up for it", newSchool().group("a", 40, 37).group("b", 30, 20).group("c", 20, 14), false, "b: 20 of 30; (together): 51 of 60"},
		{"ten are few where it is sensitive", newSchool().group("a", 40, 30).group("b", 30, 21), true, "omitted: too small"},
		{"and twenty enough", newSchool().group("a", 40, 30).group("b", 30, 20), true, "a: 30 of 40; b: 20 of 30"},
		{"those who did not say have a row", newSchool().group("a", 40, 30).group("b", 30, 20).group("?", 20, 10), false, "a: 30 of 40; b: 20 of 30; (not said): 10 of 20"},
		{"under thirty people nothing is split by what is sensitive", newSchool().group("a", 15, 10).group("b", 14, 9), true, "omitted: too few people"},
		{"one group is none", newSchool().group("a", 50, 30), false, "omitted: too few groups"},
		{"where all fare alike nothing is compared", newSchool().group("a", 50, 50).group("b", 20, 20), false, "omitted: all alike"},
	} {
		if got := rows(c.school.audit(t, c.sensitive, Options{})); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
}

func TestADifferenceIsFlaggedWithItsNumbers(t *testing.T) {
	t.Parallel()
	r := newSchool().group("day", 100, 90).group("night", 40, 20).audit(t, false, Options{})
	if len(r.Comparisons) != 1 {
		t.Fatalf("%d comparisons, want 1: %+v", len(r.Comparisons), r.Comparisons)
	}
	c := r.Comparisons[0]
	if !c.Flagged || !c.Two || c.Group != "day" || c.Other != "night" || c.Lower() || c.Worse() {
		t.Errorf("%+v", c)
	}
	if want := exact(90, 100, 20, 40); float64(c.Chance)/1e9 < want || float64(c.Chance)/1e9 > want+1e-8 {
		t.Errorf("chance %d billionths, by definition %v", int64(c.Chance), want)
	}
	if c.Needed != needed(0.9, 0.5) || c.Corrected != c.Chance {
		t.Errorf("%+v", c)
	}
	quiet := newSchool().group("day", 100, 80).group("night", 40, 30).audit(t, false, Options{})
	if len(quiet.Flags()) > 0 || quiet.Comparisons[0].Needed < 500 {
		t.Errorf("80 of 100 against 30 of 40: %+v", quiet.Comparisons)
	}
}

func TestOfThreeGroupsEachIsComparedWithTheRest(t *testing.T) {
	t.Parallel()
	r := newSchool().group("a", 30, 20).group("b", 40, 20).group("c", 50, 20).group("?", 60, 20).audit(t, false, Options{})
	var got []string
	for _, c := range r.Comparisons {
		got = append(got, fmt.Sprintf("%s %d/%d against %d/%d", c.Group, c.Own.Got.Count, c.Own.Asked.Count, c.Others.Got.Count, c.Others.Asked.Count))
	}
	if want := "a 20/30 against 40/90, b 20/40 against 40/80, c 20/50 against 40/70"; strings.Join(got, ", ") != want {
		t.Errorf("got %s, want %s: who did not say is no group to compare", strings.Join(got, ", "), want)
	}
}

func TestCharacteristicsThatLieWithinEachOtherAreNotShownTogether(t *testing.T) {
	t.Parallel()
	s := newSchool().group("north-1", 20, 10).group("north-2", 20, 12).group("south", 40, 20)
	p, err := s.builder.Problem()
	if err != nil {
		t.Fatal(err)
	}
	sites := map[string]string{}
	for id, hospital := range s.values {
		sites[id] = strings.TrimRight(hospital, "-12")
	}
	var chosen []int32
	for e := range p.Edges.Len() {
		if s.placed[p.Mentees[p.Edges.Mentee[e]]] != "" {
			chosen = append(chosen, int32(e))
		}
	}
	r, err := Audit(p, chosen, []Characteristic{{Name: "hospital", Values: s.values}, {Name: "site", Values: sites}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []Omission{{Characteristic: "site", Because: Nested, Other: "hospital"}}
	if len(r.Tables) != 1 || !reflect.DeepEqual(r.Omitted, want) {
		t.Errorf("%d tables, omitted %+v, want %+v", len(r.Tables), r.Omitted, want)
	}
}

func TestThresholdsCanBeRaisedAndNeverLowered(t *testing.T) {
	t.Parallel()
	school := func() *school { return newSchool().group("a", 40, 30).group("b", 30, 20) }
	if got := rows(school().audit(t, false, Options{Least: 11})); got != "omitted: too small" {
		t.Errorf("with 11: %s", got)
	}
	p, _ := school().builder.Problem()
	for _, o := range []Options{{Least: 4}, {LeastSensitive: 9}, {Least: 20, LeastSensitive: 15}} {
		if _, err := Audit(p, nil, nil, o); err == nil {
			t.Errorf("%+v was taken", o)
		}
	}
	if _, err := Audit(p, nil, nil, Options{Level: &Characteristic{Name: "gender", Side: match.MentorSide, Sensitive: true}}); err == nil {
		t.Error("a sensitive characteristic was taken as the level of mentors")
	}
}

func TestPublicReportsAreRoundedAndHoldNothingCloser(t *testing.T) {
	t.Parallel()
	r := newSchool().group("a", 41, 33).group("b", 32, 19).group("c", 28, 17).audit(t, false, Options{}).Public()
	if got := rows(r); got != "a: 35 of 40; b: 20 of 30; c: 15 of 30" {
		t.Errorf("got %s", got)
	}
	if len(r.Comparisons) > 0 || !r.Rounded {
		t.Errorf("%+v", r)
	}
	if all := r.Overall[0]; all.Asked.Count != 100 || all.Got.Count != 70 {
		t.Errorf("overall %+v, want 70 of 100", all)
	}
}

// randomAudit is an audit of a program of random shape by three characteristics on each side.
func randomAudit(t *testing.T, random *rand.Rand) (*Report, []Characteristic) {
	t.Helper()
	b := match.NewBuilder(match.StableForMentees)
	mentees, mentors := 5+random.IntN(200), 3+random.IntN(80)
	characteristics := make([]Characteristic, 6)
	for i := range characteristics {
		characteristics[i] = Characteristic{Name: fmt.Sprint("c", i), Side: match.Side(i % 2), Sensitive: random.IntN(2) == 0, Values: map[string]string{}}
	}
	person := func(side match.Side, id string, most int) {
		b.Person(side, id, most, 0)
		for i := range characteristics {
			if c := &characteristics[i]; c.Side == side && random.IntN(12) > 0 {
				c.Values[id] = string(rune('A' + min(random.IntN(5), random.IntN(5))))
			}
		}
	}
	var ids []string
	for i := range mentees {
		person(match.MenteeSide, fmt.Sprintf("Secret-%03d", i), 1+random.IntN(2))
	}
	for j := range mentors {
		ids = append(ids, fmt.Sprintf("Hidden-%03d", j))
		person(match.MentorSide, ids[j], random.IntN(5))
	}
	for i := range mentees {
		for k, j := range random.Perm(mentors)[:min(mentors, 6)] {
			b.Pair(match.Pair{Mentee: fmt.Sprintf("Secret-%03d", i), Mentor: ids[j], MenteeRank: k + 1})
		}
	}
	p, err := b.Problem()
	if err != nil {
		t.Fatal(err)
	}
	var chosen []int32
	loads := make([]int32, p.NumCaps())
	for e := range p.Edges.Len() { // first come, first served
		i, j := p.Edges.Mentee[e], int32(len(p.Mentees))+p.Edges.Mentor[e]
		if loads[i] < p.Max[i] && loads[j] < p.Max[j] && random.IntN(3) > 0 {
			loads[i]++
			loads[j]++
			chosen = append(chosen, int32(e))
		}
	}
	hours := map[string]int{}
	for _, id := range ids {
		hours[id] = random.IntN(10)
	}
	r, err := Audit(p, chosen, characteristics, Options{Level: &characteristics[1], Hours: hours})
	if characteristics[1].Sensitive {
		if err == nil {
			t.Fatal("a sensitive level was taken")
		}
		r, err = Audit(p, chosen, characteristics, Options{Hours: hours})
	}
	if err != nil {
		t.Fatal(err)
	}
	again, _ := Audit(p, chosen, characteristics, Options{Level: levelUsed(&characteristics[1]), Hours: hours})
	if !reflect.DeepEqual(r, again) {
		t.Fatal("the same audit came out differently")
	}
	return r, characteristics
}

func levelUsed(c *Characteristic) *Characteristic {
	if c.Sensitive {
		return nil
	}
	return c
}

func TestNoReportShowsAFewPeopleOrNamesAnybody(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(11, 5))
	tables, cells, averages := 0, 0, 0
	for range 400 {
		r, _ := randomAudit(t, random)
		if text := fmt.Sprintf("%+v", r); strings.Contains(text, "Secret") || strings.Contains(text, "Hidden") {
			t.Fatal("the report names somebody")
		}
		for _, table := range r.Tables {
			tables++
			least := DefaultLeast
			if table.Sensitive {
				least = DefaultLeastSensitive
			}
			people := 0
			for _, row := range table.Rows {
				people += row.People.Count
				if !row.People.Shown || row.People.Count < least {
					t.Fatalf("a row of %d people in %+v", row.People.Count, table)
				}
				for _, average := range [...]Average{row.Load, row.Hours} {
					if average.Shown {
						averages++
					}
					if average.Shown && row.People.Count < LeastForRate || !average.Shown && average.Tenths != 0 {
						t.Fatalf("average %+v of %d people", average, row.People.Count)
					}
				}
				for _, result := range row.Results {
					if !result.Got.Shown {
						if result != (Result{}) {
							t.Fatalf("a hidden cell holds %+v", result)
						}
						continue
					}
					for _, n := range [...]int{result.Got.Count, result.Asked.Count - result.Got.Count, row.People.Count - result.Asked.Count} {
						cells++
						if n > 0 && n < least {
							t.Fatalf("a cell of %d people in %+v", n, table)
						}
					}
				}
			}
			if table.Sensitive && people < LeastForSensitive {
				t.Fatalf("a sensitive table of %d people", people)
			}
		}
		for _, c := range r.Comparisons {
			if c.Own.Asked.Count < LeastForRate || c.Others.Asked.Count < LeastForRate {
				t.Fatalf("a comparison of few people: %+v", c)
			}
		}
	}
	t.Logf("%d tables, %d cells, %d averages", tables, cells, averages)
	if tables < 300 || averages < 100 {
		t.Error("too little was shown to say anything")
	}
}

// What is judged follows from what is shown: made again from the tables alone, it is the same.
func TestComparisonsTellNothingThatTheTablesDoNot(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(12, 5))
	for range 100 {
		r, _ := randomAudit(t, random)
		again := &Report{Tables: r.Tables, Asked: r.Asked}
		if len(r.Comparisons) > r.Asked {
			t.Fatalf("%d comparisons, and %d were asked for", len(r.Comparisons), r.Asked)
		}
		again.compare()
		if !reflect.DeepEqual(again.Comparisons, r.Comparisons) {
			t.Fatal("the comparisons cannot be made from the tables")
		}
	}
}

func TestGroupsComeInTheOrderOfTheirScale(t *testing.T) {
	t.Parallel()
	c := &Characteristic{Order: []string{"low", "high"}, Values: map[string]string{"1": "high", "2": "other", "3": "low", "4": "", "5": "another"}}
	g := groupsOf([]string{"1", "2", "3", "4", "5", "6"}, c)
	if want := []string{"low", "high", "another", "other", ""}; !slices.Equal(g.names, want) || g.notSaid != 4 {
		t.Errorf("got %q, not said %d; want %q", g.names, g.notSaid, want)
	}
}

// Which groups have a row depends on what people got, so it could make chance look like more than it is. Here groups
// are small, outcomes rare, and nobody is wronged.
func TestSmallGroupsRaiseNoMoreFlagsThanChance(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 14))
	const programs = 1000
	flagged, compared := 0, 0
	for range programs {
		s := newSchool()
		left := random.IntN(26) // without a mentor
		lacks := random.Perm(150)[:left]
		for g := range 10 {
			without := 0
			for _, i := range lacks {
				if i/15 == g {
					without++
				}
			}
			s.group(string(rune('a'+g)), 15, 15-without)
		}
		r := s.audit(t, false, Options{})
		compared += len(r.Comparisons)
		if len(r.Flags()) > 0 {
			flagged++
		}
	}
	t.Logf("%d of %d programs have a flag, among %d comparisons", flagged, programs, compared)
	if flagged > programs/20 || compared < programs {
		t.Errorf("%d of %d programs without bias have a flag", flagged, programs)
	}
}
