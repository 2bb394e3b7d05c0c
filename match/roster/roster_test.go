package roster

import (
	"bytes"
	"context"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/solve"
)

// dataFolder is where data sets lie that may not be shipped. Tests that need them are skipped without it, unless
// CHIRON_REQUIRE_DATA=1 asks for them.
func dataFolder(t *testing.T, parts ...string) string {
	t.Helper()
	dir := os.Getenv("CHIRON_DATA")
	if dir == "" {
		if os.Getenv("CHIRON_REQUIRE_DATA") == "1" {
			t.Fatal("CHIRON_DATA is not set, and CHIRON_REQUIRE_DATA asks for it")
		}
		t.Skip("CHIRON_DATA, the folder with data sets that may not be shipped, is not set")
	}
	return filepath.Join(append([]string{dir}, parts...)...)
}

func load(t *testing.T, inputs []Input) *Roster {
	t.Helper()
	r, err := Load(inputs)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func loadFolder(t *testing.T, dir string) *Roster {
	t.Helper()
	inputs, err := ReadFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	return load(t, inputs)
}

// files makes inputs of names and contents in turn.
func files(namesAndContents ...string) []Input {
	var inputs []Input
	for i := 0; i+1 < len(namesAndContents); i += 2 {
		inputs = append(inputs, Input{namesAndContents[i], []byte(namesAndContents[i+1])})
	}
	return inputs
}

// replaced is the inputs with another content for one file.
func replaced(inputs []Input, name, content string) []Input {
	changed := slices.DeleteFunc(slices.Clone(inputs), func(in Input) bool { return in.Name == name })
	return append(changed, Input{name, []byte(content)})
}

func problemOf(t *testing.T, r *Roster) *match.Problem {
	t.Helper()
	p, err := r.Problem()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// solved is the certificate for a roster's problem, judged.
func solved(t *testing.T, p *match.Problem) *match.Certificate {
	t.Helper()
	c, err := solve.Solve(context.Background(), p, solve.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := match.Check(p, c); err != nil {
		t.Fatalf("Check: %v", err)
	}
	return c
}

// bytesOf is the problem's file.
func bytesOf(t *testing.T, p *match.Problem) string {
	t.Helper()
	var b bytes.Buffer
	if err := p.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// profile counts the chosen pairs by the mentee's rank.
func profile(p *match.Problem, c *match.Certificate) []int {
	var counts []int
	for _, e := range c.Chosen {
		rank := int(p.Edges.MenteeRank[e])
		for len(counts) < rank {
			counts = append(counts, 0)
		}
		counts[rank-1]++
	}
	return counts
}

func readJSON(t *testing.T, path string, into any) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// shuffled puts the rows of a CSV file without line breaks in cells into another order, and leaves the header.
func shuffled(in Input, random *rand.Rand) Input {
	lines := strings.Split(strings.TrimSuffix(string(in.Data), "\n"), "\n")
	random.Shuffle(len(lines)-1, func(i, j int) { lines[i+1], lines[j+1] = lines[j+1], lines[i+1] })
	return Input{in.Name, []byte(strings.Join(lines, "\n") + "\n")}
}

func TestTheOrderOfRowsChangesNoByteOfTheProblem(t *testing.T) {
	t.Parallel()
	for _, dir := range []string{"testdata/daffidwilde-spa", "testdata/mentor-match-small", residency} {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			inputs, err := ReadFolder(dir)
			if err != nil {
				t.Fatal(err)
			}
			want := bytesOf(t, problemOf(t, load(t, inputs)))
			random := rand.New(rand.NewPCG(1, 2))
			for range 5 {
				var moved []Input
				for _, in := range inputs {
					if filepath.Ext(in.Name) == ".csv" {
						in = shuffled(in, random)
					}
					moved = append(moved, in)
				}
				random.Shuffle(len(moved), func(i, j int) { moved[i], moved[j] = moved[j], moved[i] })
				if got := bytesOf(t, problemOf(t, load(t, moved))); got != want {
					t.Fatalf("with shuffled rows the problem differs:\n%.2000s\nwant\n%.2000s", got, want)
				}
			}
		})
	}
}
