package roster

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
)

// ballots reads the files of one year of the Glasgow project allocation.
func ballots(t *testing.T, year int) []Input {
	base := filepath.Join(dataFolder(t, "matching-and-import", "preflib-00038"), fmt.Sprintf("00038-%08d", year))
	paths := []string{base + ".soi"}
	if _, err := os.Stat(base + ".dat"); err == nil {
		paths = append(paths, base+".dat")
	}
	inputs, err := ReadFiles(paths)
	if err != nil {
		t.Fatal(err)
	}
	return inputs
}

func TestBallotsOfFourRealYearsGiveTheKnownOptima(t *testing.T) {
	t.Parallel()
	type optima struct {
		Students    int   `json:"students"`
		Projects    int   `json:"projects"`
		Supervisors int   `json:"supervisors"`
		MaxSize     int   `json:"max_size"`
		MinCost     int64 `json:"min_cost"`
		GreedyMax   []int `json:"greedy_max"`
		GenerousMax []int `json:"generous_max"`
		GreedyAny   []int `json:"greedy_any_size"`
	}
	var expected struct {
		Years map[string]optima `json:"preflib_00038"`
	}
	readJSON(t, filepath.Join(dataFolder(t, "matching-and-import"), "expected.json"), &expected)
	for _, year := range []int{1, 3, 4, 6} {
		t.Run(fmt.Sprint(year), func(t *testing.T) {
			t.Parallel()
			want := expected.Years[fmt.Sprint(year)]
			inputs := ballots(t, year)

			p := problemOf(t, load(t, inputs))
			if len(p.Mentees) != want.Students {
				t.Errorf("there are %d students, want %d", len(p.Mentees), want.Students)
			}
			c := solved(t, p)
			if len(c.Chosen) != want.MaxSize || c.Values[1] != -want.MinCost {
				t.Errorf("%d placed at cost %d, want %d at %d", len(c.Chosen), -c.Values[1], want.MaxSize, want.MinCost)
			}
			for goals, wanted := range map[string][]int{
				"[pairs, greedy]": want.GreedyMax, "[generous]": want.GenerousMax, "[greedy]": want.GreedyAny,
			} {
				p := problemOf(t, load(t, append(slices.Clone(inputs), Input{"rules.yaml", []byte("version: 1\ngoals: " + goals + "\n")})))
				got := profile(p, solved(t, p))
				for len(got) < len(wanted) {
					got = append(got, 0)
				}
				if !slices.Equal(got, wanted) {
					t.Errorf("the goals %s give the profile %v, want %v", goals, got, wanted)
				}
			}
		})
	}
}

const smallBallots = "# NUMBER ALTERNATIVES: 3\n# ALTERNATIVE NAME 1: Stroke\n# ALTERNATIVE NAME 2: Sleep\n2: 1,3\n1: 2\n"

func TestEachProjectWithoutASupervisorIsAMentorForOne(t *testing.T) {
	t.Parallel()
	p := problemOf(t, load(t, files("a.soi", smallBallots)))
	if want := []string{"Alternative 3", "Sleep", "Stroke"}; !slices.Equal(p.Mentors, want) {
		t.Errorf("the mentors are %q, want %q", p.Mentors, want)
	}
	if want := []string{"Student 1", "Student 2", "Student 3"}; !slices.Equal(p.Mentees, want) {
		t.Errorf("the mentees are %q, want %q", p.Mentees, want)
	}
	if c := solved(t, p); len(c.Chosen) != 3 || p.Aim != match.Optimal {
		t.Errorf("%d pairs with the aim %s, want 3, optimal", len(c.Chosen), p.Aim)
	}
}

func TestProjectsOfOneSupervisorShareItsPlaces(t *testing.T) {
	t.Parallel()
	r := load(t, files("a.soi", smallBallots, "a.dat", "Supervisor,Capacity,Projects\nS,1,0 1\nT,0,2\n"))
	p := problemOf(t, r)
	if c := solved(t, p); len(c.Chosen) != 1 {
		t.Errorf("%d pairs, want 1: supervisor S has one place for two projects", len(c.Chosen))
	}
	if len(r.SetAside) != 1 || r.SetAside[0].ID != "T" {
		t.Errorf("set aside are %v, want T", r.SetAside)
	}
}
