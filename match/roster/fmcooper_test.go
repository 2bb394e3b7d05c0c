package roster

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
)

// published are the optima that an exhaustive search found for a small instance.
type published map[string]string

func readPublished(t *testing.T, path string) published {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	p := published{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if key, value, ok := strings.Cut(lines.Text(), ": "); ok {
			p[key] = value
		}
	}
	return p
}

// An instance is one with lower quotas and ties, of students and projects (or hospitals), and perhaps lecturers.
type instance struct {
	lists     [][][]int // per student, groups of equals
	projects  [][]int   // lower quota, upper quota, lecturer from 1; or 0 when there is none
	lecturers [][]int   // lower quota, upper quota
}

func readInstance(t *testing.T, path string) instance {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(data), "\n")
	sizes := whole(lines[0])
	var in instance
	for _, line := range lines[1 : 1+sizes[0]] {
		_, list, _ := strings.Cut(line, ":")
		in.lists = append(in.lists, groups(list))
	}
	lines = lines[1+sizes[0]:]
	for _, line := range lines[:sizes[1]] {
		parts := strings.Split(line, ":")
		project := []int{whole(parts[1])[0], whole(parts[2])[0], 0}
		if len(sizes) == 3 {
			project[2] = whole(parts[3])[0]
		}
		in.projects = append(in.projects, project)
	}
	if len(sizes) == 3 {
		for _, line := range lines[sizes[1] : sizes[1]+sizes[2]] {
			parts := strings.Split(line, ":")
			in.lecturers = append(in.lecturers, []int{whole(parts[1])[0], whole(parts[3])[0]})
		}
	}
	return in
}

func whole(text string) []int {
	var all []int
	for _, word := range strings.Fields(text) {
		n, err := strconv.Atoi(word)
		if err != nil {
			panic(err)
		}
		all = append(all, n)
	}
	return all
}

// groups reads a list such as "(3 1) 2 4".
func groups(list string) [][]int {
	var all [][]int
	open := false
	for _, word := range strings.Fields(strings.NewReplacer("(", " ( ", ")", " ) ").Replace(list)) {
		switch word {
		case "(":
			all, open = append(all, nil), true
		case ")":
			open = false
		default:
			if !open {
				all = append(all, nil)
			}
			all[len(all)-1] = append(all[len(all)-1], whole(word)...)
		}
	}
	return all
}

// problem is the instance with these goals; the lower quotas must be met.
func (in *instance) problem(t *testing.T, goals ...string) *match.Problem {
	t.Helper()
	f := facts{ranked: true}
	for _, list := range in.lists {
		for rank := range list {
			f.ranks = append(f.ranks, rank+1)
		}
	}
	slices.Sort(f.ranks)
	f.ranks = slices.Compact(f.ranks)
	var words []goalWord
	for _, name := range goals {
		words = append(words, goalWord{name: name})
	}
	rules := &rules{hard: true}
	b := rules.builderFor(match.Optimal, words, f)
	for l, lecturer := range in.lecturers {
		b.Person(match.MentorSide, fmt.Sprint("L", l+1), lecturer[1], lecturer[0])
	}
	for p, project := range in.projects {
		if name := fmt.Sprint("P", p+1); project[2] == 0 {
			b.Person(match.MentorSide, name, project[1], project[0])
		} else {
			b.Class(match.MentorSide, fmt.Sprint("L", project[2]), name, "", project[1], project[0])
		}
	}
	for s, list := range in.lists {
		student := fmt.Sprint("S", s+1)
		b.Person(match.MenteeSide, student, 1, 0)
		for rank, group := range list {
			for _, p := range group {
				name := fmt.Sprint("P", p)
				pair := match.Pair{Mentee: student, Mentor: name, MenteeRank: rank + 1, Values: map[string]int32{rankColumn: int32(rank + 1)}}
				if lecturer := in.projects[p-1][2]; lecturer != 0 {
					pair.Mentor, pair.Purpose, pair.MentorClass = fmt.Sprint("L", lecturer), name, name
				}
				b.Pair(pair)
			}
		}
	}
	problem, err := b.Problem()
	if err != nil {
		t.Fatal(err)
	}
	return problem
}

func TestInstancesWithLowerQuotasGiveThePublishedOptima(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"hr", "spa_onesided"} {
		paths, err := filepath.Glob(filepath.Join("testdata/fmcooper", kind, "instances", "*.txt"))
		if err != nil || len(paths) == 0 {
			t.Fatalf("no instances of %s: %v", kind, err)
		}
		for _, path := range paths {
			t.Run(kind+" "+filepath.Base(path), func(t *testing.T) {
				t.Parallel()
				in := readInstance(t, path)
				want := readPublished(t, filepath.Join("testdata/fmcooper", kind, "bruteforce", filepath.Base(path)))

				p := in.problem(t, pairsGoal, rankSumGoal)
				c := solved(t, p)
				if got := fmt.Sprint(len(c.Chosen)); got != want["optimal_size"] {
					t.Errorf("%s are placed, want %s", got, want["optimal_size"])
				}
				if got := fmt.Sprint(-c.Values[2]); got != want["optimal_maxsizemincost"] {
					t.Errorf("the sum of ranks is %s, want %s", got, want["optimal_maxsizemincost"])
				}
				for key, goals := range map[string][]string{
					"optimal_generousmaxprofile": {generousGoal}, "optimal_greedymaxprofile": {pairsGoal, greedyGoal}, "optimal_greedyprofile": {greedyGoal},
				} {
					p := in.problem(t, goals...)
					wanted := whole(strings.Trim(want[key], "<> "))
					got := profile(p, solved(t, p))
					for len(got) < len(wanted) {
						got = append(got, 0)
					}
					if !slices.Equal(got, wanted) {
						t.Errorf("%s is %v, want %v", key, got, wanted)
					}
				}
			})
		}
	}
}
