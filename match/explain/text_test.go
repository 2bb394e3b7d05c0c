package explain

import (
	"regexp"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/matchtest"
	"github.com/chiron-mentoring/chiron/match/score"
)

// TestTextsSayEverythingInWords writes all texts about many kinds of problems: a code without words is a panic, an
// argument without a place leaves braces.
func TestTextsSayEverythingInWords(t *testing.T) {
	t.Parallel()
	var all strings.Builder
	for seed := range uint64(150) {
		p := matchtest.Tiny(seed, matchtest.AnyFeatures(seed, matchtest.OptimalFeatures))
		if seed%3 == 0 {
			p = matchtest.TinyStable(seed, matchtest.AnyFeatures(seed, matchtest.StableFeatures), match.StableForMentors)
		}
		x := explained(t, p)
		if x == nil {
			continue
		}
		x.about.Reasons = func(e int) []score.Reason {
			for _, column := range x.suits {
				return []score.Reason{{Criterion: "one", Points: int(column[e]) + 1, Values: []string{"this"}}, {Criterion: "other", Points: -1}}
			}
			return nil
		}
		x.about.Barriers = func(string) []Barrier { return []Barrier{{"a rule", 1}, {"another", 2}} }
		overview, err := x.Overview(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		all.WriteString(overview.Text(English))
		for s, ids := range [...][]string{p.Mentees, p.Mentors} {
			for _, id := range ids {
				participant, _ := x.Participant(match.Side(s), id)
				coordinator, err := x.Coordinator(t.Context(), match.Side(s), id)
				if err != nil {
					t.Fatal(err)
				}
				auditor, err := x.Auditor(t.Context(), match.Side(s), id)
				if err != nil {
					t.Fatal(err)
				}
				all.WriteString(participant.Text(English) + coordinator.Text(English) + auditor.Text(English))
			}
		}
	}
	if left := regexp.MustCompile(`.*[{}].*`).FindString(all.String()); left != "" {
		t.Errorf("something is missing in %q", left)
	}
	for _, words := range []string{"Next best", "Put up with", "cannot be had", "It was fixed before", "1 mentor by"} {
		if !strings.Contains(all.String(), words) {
			t.Errorf("%d bytes of text never say %q", all.Len(), words)
		}
	}
}

func TestChangesAreSaidGoalByGoal(t *testing.T) {
	t.Parallel()
	goals := []match.Goal{
		{Name: "placed", Units: []match.Reward{{Of: "mentees", Units: []int64{1}}}},
		{Name: "kept", Column: match.Existing},
		{Name: "pairs", Pairs: true},
		{Name: "fit", Column: "suitability"},
		{Name: "rank sum", Column: "rank", Minimise: true},
		{Name: "even load", Units: []match.Reward{{Of: "mentors", Units: []int64{-1, -3}}}},
		{Name: "fewest third", Column: "rank", Band: &match.Band{From: 3, To: 3}, Minimise: true},
		{Name: "lottery", Lottery: 1},
	}
	for _, c := range []struct {
		gain []int64
		want string
	}{
		{[]int64{0, 0, 0, 0, 0, 0, 0, 99}, "no goal counts more or less"},
		{[]int64{1, -1, 2, -3, 0, 0, 0, 0}, "1 more mentee with a mentor, 1 fewer pair kept from before, 2 more pairs, total suitability 3 lower"},
		{[]int64{0, 0, 0, 0, 4, -5, 0, 0}, "total rank 4 lower, which is better, loads less even by 5"},
		{[]int64{0, 0, 0, 0, 0, 0, -1, 0}, `"fewest third" worse by 1`},
	} {
		if got := English.changes(goals, c.gain); got != c.want {
			t.Errorf("%v: got %s, want %s", c.gain, got, c.want)
		}
	}
}

func TestNoTextTellsWhatAChangeDoesToWishes(t *testing.T) {
	t.Parallel()
	goals := []match.Goal{{Name: "pairs", Pairs: true}, {Name: "wishes", Units: []match.Reward{{Caps: []int32{3}, Units: []int64{1}}}}}
	if got, want := English.changes(goals, []int64{1, -1}), "1 more pair"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
