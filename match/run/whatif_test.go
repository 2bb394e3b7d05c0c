package run

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/solve"
)

func TestSupposingChangesTheAnswerAndNotTheRun(t *testing.T) {
	t.Parallel()
	r, err := Match(context.Background(), residency(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	before := r.Problem.Hash()
	value := func(r *Run, goal string) int64 {
		for k, g := range r.Problem.Ladder() {
			if g.Name == goal {
				return r.Certificate.Values[k]
			}
		}
		t.Fatalf("there is no goal %q", goal)
		return 0
	}
	for _, c := range []struct {
		kind  WhatIfKind
		text  string
		goal  string
		least int64 // the change of the goal
		most  int64
	}{
		{Places, "F07=+1", "pairs", 1, 1},
		{Places, "F07=0", "pairs", -3, -1},
		{Wants, "R02=2", "placed", 0, 0},
		{Without, "F02", "pairs", -3, -1},
		{Without, "R02", "placed", -1, 0},
		{Pin, "R01:F17:research", "placed", 0, 0},
		{Forbid, "R01:F17:research", "existing", -1, -1},
		{Points, "R01:F17:research=118", "suitability", 100, 100},
	} {
		got, _, err := r.Suppose(context.Background(), []WhatIf{{Kind: c.kind, Text: c.text}}, nil)
		if err != nil {
			t.Errorf("--%s %s: %v", c.kind, c.text, err)
			continue
		}
		if d := value(got, c.goal) - value(r, c.goal); d < c.least || d > c.most {
			t.Errorf("--%s %s: %s changes by %d, want %d to %d", c.kind, c.text, c.goal, d, c.least, c.most)
		}
		if err := match.Check(got.Problem, got.Certificate); err != nil {
			t.Errorf("--%s %s: %v", c.kind, c.text, err)
		}
	}
	if r.Problem.Hash() != before {
		t.Error("supposing changed the run itself")
	}
}

// Goals that count places were written for the greatest number of them. More can be supposed.
func TestAnybodyCanBeSupposedToTakeMore(t *testing.T) {
	t.Parallel()
	r, err := Match(context.Background(), residency(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, mentor := range r.Problem.Mentors {
		got, work, err := r.Suppose(context.Background(), []WhatIf{{Kind: Places, Text: mentor + "=+5"}}, nil)
		if err != nil {
			t.Errorf("%s: %v", mentor, err)
			continue
		}
		want, err := solve.Solve(context.Background(), got.Problem, solve.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if want.Problem = got.Problem.Hash(); !reflect.DeepEqual(got.Certificate, want) {
			t.Errorf("%s: the answer is not that of a new solution", mentor)
		}
		if work.Fresh != "" || !strings.Contains(Cost(work), fmt.Sprintf("%d of %d people looked at", work.People, work.Of)) {
			t.Errorf("%s: got %q", mentor, Cost(work))
		}
	}
}

func TestWhatIsNotThereCannotBeSupposed(t *testing.T) {
	t.Parallel()
	r, err := Match(context.Background(), residency(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []WhatIf{
		{Kind: Places, Text: "R01=2"}, {Kind: Places, Text: "F07"}, {Kind: Places, Text: "F07=-9"},
		{Kind: Places, Text: "F07=99999999999"}, {Kind: Wants, Text: "F07=2"}, {Kind: Without, Text: "nobody"},
		{Kind: Pin, Text: "R01"}, {Kind: Pin, Text: "R01:R02"}, {Kind: Points, Text: "R01:F17:research"},
		{Kind: "praise", Text: "F07"},
	} {
		_, _, err := r.Suppose(context.Background(), []WhatIf{c}, nil)
		var bad *BadWhatIf
		if !errors.As(err, &bad) {
			t.Errorf("--%s %s: got %v, want a BadWhatIf", c.Kind, c.Text, err)
		}
	}
}
