package roster

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
)

// TestWishesAreFulfilledForAsManyAsCanBe compares the goal with every matching of small programs, counted from the
// tables: first the most pairs, then the most mentees of whose mentors one fulfils the wish.
func TestWishesAreFulfilledForAsManyAsCanBe(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(31, 1))
	fulfilled := 0
	for range 150 {
		var mentees, mentors strings.Builder
		mentees.WriteString("id,takes,likes,unit\n")
		mentors.WriteString("id,takes,is,unit\n")
		takes := [2][]int{}
		var likes, is [][]string
		var units [2][]int
		word := func() []string { return [][]string{nil, {"k"}, {"l"}, {"K", "l"}}[random.IntN(4)] }
		for i := range 3 {
			takes[0], units[0] = append(takes[0], 1+random.IntN(2)), append(units[0], random.IntN(2))
			likes = append(likes, word())
			fmt.Fprintf(&mentees, "e%d,%d,%s,%d\n", i, takes[0][i], strings.Join(likes[i], ";"), units[0][i])
		}
		for j := range 4 {
			takes[1], units[1] = append(takes[1], 1+random.IntN(2)), append(units[1], random.IntN(3))
			is = append(is, word())
			fmt.Fprintf(&mentors, "M%d,%d,%s,%d\n", j, takes[1][j], strings.Join(is[j], ";"), units[1][j])
		}
		rules := "version: 1\ngoals: [pairs, wishes]\nmust: [{different: unit}]\nwishes: {mentee: likes, mentor: is}\n"
		r := load(t, files("mentees.csv", mentees.String(), "mentors.csv", mentors.String(), "rules.yaml", rules))
		p := problemOf(t, r)
		got := solved(t, p).Values
		fulfils := func(i, j int) bool {
			return slices.ContainsFunc(likes[i], func(w string) bool {
				return slices.ContainsFunc(is[j], func(v string) bool { return strings.EqualFold(v, w) })
			})
		}
		var pairs [][2]int
		for i := range likes {
			for j := range is {
				if units[0][i] != units[1][j] {
					pairs = append(pairs, [2]int{i, j})
				}
			}
		}
		best := []int64{0, 0}
		for set := range 1 << len(pairs) {
			load := [2][4]int{}
			happy := [3]bool{}
			fits := true
			n := int64(0)
			for k, pair := range pairs {
				if set&(1<<k) == 0 {
					continue
				}
				n++
				load[0][pair[0]]++
				load[1][pair[1]]++
				fits = fits && load[0][pair[0]] <= takes[0][pair[0]] && load[1][pair[1]] <= takes[1][pair[1]]
				happy[pair[0]] = happy[pair[0]] || fulfils(pair[0], pair[1])
			}
			value := []int64{n, 0}
			for _, is := range happy {
				if is {
					value[1]++
				}
			}
			if fits && slices.Compare(value, best) > 0 {
				best = value
			}
		}
		if !slices.Equal(got, best) {
			t.Fatalf("%s%s: the goals reach %v, want %v", mentees.String(), mentors.String(), got, best)
		}
		fulfilled += int(best[1])
	}
	if fulfilled < 100 {
		t.Errorf("only %d wishes came true", fulfilled)
	}
}

func TestWishesBecomeClassesAndNoColumn(t *testing.T) {
	t.Parallel()
	r := load(t, files("mentees.csv", "id,likes\na,k\nb,\nc,z\n", "mentors.csv", "id,is\nM,k;l\nN,l\n",
		"rules.yaml", "version: 1\nwishes: {mentee: likes, mentor: is}\nmentees: {takes: 2}\n"))
	p := problemOf(t, r)
	if got, want := classesOf(p), []string{"mentee a / wish: 0 to 2"}; !slices.Equal(got, want) {
		t.Errorf("the classes are %q, want %q", got, want)
	}
	var goals []string
	for _, goal := range p.Goals {
		goals = append(goals, goal.Name)
	}
	if want := []string{"placed", "pairs", "wishes", "even load", "lottery"}; !slices.Equal(goals, want) {
		t.Errorf("the goals are %q, want %q", goals, want)
	}
	if p.Column("wishes") != nil || p.Column("wish") != nil {
		t.Error("a column tells of single pairs whether they fulfil a wish")
	}
}

// TestClassesAndWishesOfOnePersonMustNotCross: they may cross from one person to the next, and for those who take no
// more than one anyway.
func TestClassesAndWishesOfOnePersonMustNotCross(t *testing.T) {
	t.Parallel()
	const mentors = "id,is,unit\nM,k,x\nN,,x\nO,k,y\n"
	rules := "version: 1\nwishes: {mentee: likes, mentor: is}\nmentees: {takes: takes, classes: [{by: unit, at most: 1}]}\n"
	load(t, files("mentees.csv", "id,takes,likes\na,1,k\nb,2,\n", "mentors.csv", mentors, "rules.yaml", rules))
	_, err := Load(files("mentees.csv", "id,takes,likes\na,2,k\nb,2,\n", "mentors.csv", mentors, "rules.yaml", rules))
	const want = `rules.yaml, line 2, wishes: the classes by unit and by wish cross: some pairs are in "unit: x" only, some in "wish" only, some in both; no exact answer is known for such classes; delete one of the two, in line 3 or here, or choose columns of which one divides the other, as departments divide faculties`
	if err == nil || err.Error() != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
}

func TestWishesThatNobodyFulfilsAreNoted(t *testing.T) {
	t.Parallel()
	r := load(t, files("mentees.csv", "id,likes\na,k\n", "mentors.csv", "id,is\nM,l\n", "rules.yaml", "version: 1\ngoals: [wishes, pairs]\nwishes: {mentee: likes, mentor: is}\n"))
	p := problemOf(t, r)
	if c := solved(t, p); !slices.Equal(c.Values, []int64{0, 1}) {
		t.Errorf("the goals reach %v, want no wish and one pair", c.Values)
	}
	if !slices.ContainsFunc(r.Notes, func(n Note) bool { return n.Problem == "no possible pair fulfils a wish" }) {
		t.Errorf("the notes are %v", r.Notes)
	}
	var file bytes.Buffer
	if err := p.Write(&file); err != nil {
		t.Fatal(err)
	}
	if again, err := match.ReadProblem(&file); err != nil || again.Hash() != p.Hash() {
		t.Errorf("the problem is not read back: %v", err)
	}
}
