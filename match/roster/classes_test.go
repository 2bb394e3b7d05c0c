package roster

import (
	"fmt"
	"slices"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
)

// classesOf writes the classes of a problem as "owner / class: least to most".
func classesOf(p *match.Problem) []string {
	var all []string
	for c := int32(len(p.Mentees) + len(p.Mentors)); int(c) < p.NumCaps(); c++ {
		all = append(all, fmt.Sprintf("%s: %d to %d", p.CapName(c), p.Minimum(int(c)), p.Max[c]))
	}
	return all
}

func TestClassesBoundWhatIsAlike(t *testing.T) {
	t.Parallel()
	const (
		mentees = "id,unit,division,seeks\na,card,med,x;y\nb,neph,med,x\nc,ortho,surg,y\n"
		mentors = "id,unit,offers\nM,card,x;y\n"
	)
	tests := []struct {
		name, rules string
		want        []string
	}{
		{"by a column of the other side", "mentors: {takes: 3, classes: [{by: division, at most: 2}]}",
			[]string{"mentor M / division: med: 0 to 2", "mentor M / division: surg: 0 to 2"}},
		{"of one that divides another", "mentors: {takes: 3, classes: [{by: unit, at most: 1}, {by: division, at most: 2}]}",
			[]string{
				"mentor M / division: med: 0 to 2", "mentor M / unit: ortho: 0 to 1",
				"mentor M / unit: ortho / division: surg: 0 to 2",
				"mentor M / division: med / unit: card: 0 to 1", "mentor M / division: med / unit: neph: 0 to 1"}},
		{"of those like the person", "mentors: {takes: 3, classes: [{same: unit, at most: 0}]}",
			[]string{"mentor M / same unit: 0 to 0"}},
		{"of named values only", "mentors: {takes: 3, classes: [{by: division, at most: {Surg: 1}}]}",
			[]string{"mentor M / division: surg: 0 to 1"}},
		{"by purpose, with a minimum", "purposes: {mentee: seeks, mentor: offers, per pair: all}\nmentors: {takes: 3, classes: [{by: purpose, at least: {x: 1}, at most: 2}]}",
			[]string{"mentor M / purpose: x: 1 to 2", "mentor M / purpose: y: 0 to 2"}},
		{"by partner, so that one mentor serves one purpose", "purposes: {mentee: seeks, mentor: offers, per pair: all}\nmentees: {takes: 2, classes: [{by: mentor, at most: 1}]}",
			[]string{"mentee a / mentor: M: 0 to 1", "mentee b / mentor: M: 0 to 1", "mentee c / mentor: M: 0 to 1"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := problemOf(t, load(t, files("mentees.csv", mentees, "mentors.csv", mentors, "rules.yaml", "version: 1\n"+test.rules+"\n")))
			if got := classesOf(p); !slices.Equal(got, test.want) {
				t.Errorf("the classes are\n%q, want\n%q", got, test.want)
			}
		})
	}
}

func TestMinimumsAreSoftOrHard(t *testing.T) {
	t.Parallel()
	const mentees, mentors = "id\na\nb\n", "id,floor\nM,1\nN,1\nO,\n"
	soft := problemOf(t, load(t, files("mentees.csv", mentees, "mentors.csv", mentors, "rules.yaml", "version: 1\nmentors: {takes: 2, at least: floor}\n")))
	if soft.HardMinimums || soft.Goals[0].Name != "minimums" {
		t.Errorf("hard %v, first goal %q; want soft minimums as the first goal", soft.HardMinimums, soft.Goals[0].Name)
	}
	if c := solved(t, soft); c.Values[0] != 2 {
		t.Errorf("%d minimums are met, want 2", c.Values[0])
	}
	hard := problemOf(t, load(t, files("mentees.csv", mentees, "mentors.csv", mentors, "rules.yaml", "version: 1\nminimums: hard\ngoals: [pairs]\nmentors: {takes: 2, at least: 1}\n")))
	if c := solved(t, hard); c.Outcome != match.IsImpossible {
		t.Errorf("two mentees for three mentors who must have one each are %s, want %s", c.Outcome, match.IsImpossible)
	}
}
