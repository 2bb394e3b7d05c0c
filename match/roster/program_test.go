package roster

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
)

// mentorMatch is a form of a civil-service program, with its rules, and these goals.
func mentorMatch(t *testing.T, goals string) []Input {
	t.Helper()
	inputs, err := ReadFolder("testdata/mentor-match-small")
	if err != nil {
		t.Fatal(err)
	}
	rules, err := os.ReadFile("testdata/mentor-match-small/rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return replaced(inputs, "rules.yaml", strings.Replace(string(rules), "goals: [suitability]", "goals: "+goals, 1))
}

func TestAFormWithRulesGivesTheKnownOptima(t *testing.T) {
	t.Parallel()
	for goals, want := range map[string][]int64{
		"[suitability]":                         {2036},
		"[pairs, suitability]":                  {105, 2036},
		"[placed, suitability]":                 {50, 2025},
		"[placed, mentors placed, suitability]": {50, 49, 1997},
	} {
		t.Run(goals, func(t *testing.T) {
			t.Parallel()
			r := load(t, mentorMatch(t, goals))
			p := problemOf(t, r)
			if p.Edges.Len() != 392 {
				t.Errorf("%d pairs are possible, want 392", p.Edges.Len())
			}
			if got := solved(t, p).Values; !slices.Equal(got, want) {
				t.Errorf("the goals reach %v, want %v", got, want)
			}
			for e := range p.Edges.Len() {
				sum := 0
				for _, reason := range r.Reasons(e) {
					sum += reason.Points
				}
				if want := int(p.Column("suitability")[e]); sum != want {
					t.Fatalf("edge %d: the reasons %v come to %d, and its suitability is %d", e, r.Reasons(e), sum, want)
				}
			}
		})
	}
}

func TestResidentsOfTheExampleAreLeftOutForAReason(t *testing.T) {
	t.Parallel()
	r := loadFolder(t, residency)
	p := problemOf(t, r)
	c := solved(t, p)
	loads := p.Loads(c.Chosen)
	var without []string
	for i, id := range p.Mentees {
		if loads[i] == 0 {
			without = append(without, id)
		}
	}
	if want := []string{"R21", "R28"}; !slices.Equal(without, want) {
		t.Errorf("without a mentor are %v, want %v", without, want)
	}
	want := []Barrier{{"a common language", 13}, {"the mentor welcomes the specialty", 5}, {"the mentor offers nothing that the mentee seeks", 4}, {"does not evaluate the resident", 1}}
	if got := r.Barriers(match.MenteeSide, "R28"); !slices.Equal(got, want) {
		t.Errorf("R28 is kept from mentors by %v, want %v", got, want)
	}
	for e := range p.Edges.Len() {
		pair := p.Mentees[p.Edges.Mentee[e]] + " " + p.Mentors[p.Edges.Mentor[e]]
		chosen := slices.Contains(c.Chosen, int32(e))
		if pair == "R04 F18" && (!chosen || p.State(e) != match.Pinned) {
			t.Error("R04 and F18 are pinned and not paired")
		}
		if pair == "R33 F09" && (chosen || p.State(e) != match.Forbidden) {
			t.Error("R33 and F09 are paired, which is forbidden")
		}
	}
	if got := c.Values[:3]; !slices.Equal(got, []int64{38, 2, 41}) {
		t.Errorf("placed, existing and pairs are %v, want 38, 2 and 41", got)
	}
	if got := r.Mentees["R05"]; got != "Émile Gagnon" {
		t.Errorf("R05 is called %q", got)
	}
}

// edges writes the pairs of a problem, one "mentee mentor purpose menteeRank/mentorRank state" each.
func edges(p *match.Problem) []string {
	var all []string
	for e := range p.Edges.Len() {
		text := p.Mentees[p.Edges.Mentee[e]] + " " + p.Mentors[p.Edges.Mentor[e]]
		if name := p.PurposeName(e); name != "" {
			text += " " + name
		}
		rank := func(ranks []int32) int32 {
			if ranks == nil {
				return 0
			}
			return ranks[e]
		}
		if p.Edges.MenteeRank != nil || p.Edges.MentorRank != nil {
			text += fmt.Sprintf(" %d/%d", rank(p.Edges.MenteeRank), rank(p.Edges.MentorRank))
		}
		if s := p.Column("suitability"); s != nil {
			text += fmt.Sprintf(" =%d", s[e])
		}
		if x := p.Column(match.Existing); x != nil && x[e] == 1 {
			text += " existing"
		}
		text += map[match.State]string{match.Pinned: " pinned", match.Forbidden: " forbidden"}[p.State(e)]
		all = append(all, text)
	}
	return all
}

func TestWhatFilesSayBecomesPairs(t *testing.T) {
	t.Parallel()
	const (
		mentees = "id,unit,seeks,choices\na,x,research;teaching,M;N\nb,y,teaching,N\nc,x,,\n"
		mentors = "id,unit,offers,choices\nM,x,teaching;research,b;a\nN,y,research,\n"
	)
	tests := []struct {
		name  string
		files []Input
		want  []string
	}{
		{"choices on both sides bound who is paired",
			files("mentees.csv", mentees, "mentors.csv", mentors, "rules.yaml", "version: 1\naim: stable-for-mentees\n"),
			[]string{"a M 1/2", "a N 2/3", "b N 1/3"}},
		{"choices are wishes when others may follow",
			files("mentees.csv", mentees, "mentors.csv", mentors, "rules.yaml", "version: 1\nmentees: {unlisted: last}\nmentors: {unlisted: last}\n"),
			[]string{"a M 1/0", "a N 2/0", "b M 3/0", "b N 1/0", "c M 3/0", "c N 3/0"}},
		{"all ranks decide in a stable matching",
			files("mentees.csv", mentees, "mentors.csv", mentors, "rules.yaml", "version: 1\naim: stable-for-mentors\nmentees: {unlisted: last}\nmentors: {unlisted: last}\n"),
			[]string{"a M 1/2", "a N 2/3", "b M 3/1", "b N 1/3", "c M 3/3", "c N 3/3"}},
		{"with points choices are wishes anyway",
			files("mentees.csv", mentees, "mentors.csv", mentors, "rules.yaml", "version: 1\npoints: [{same: unit, points: 2}, {choice: mentee, points: [5, 4]}, {choice: mentor, points: 7}]\n"),
			[]string{"a M =7", "a N =4", "b M =7", "b N =7", "c M =2", "c N =0"}},
		{"a pair is for the purpose that the mentee wants most",
			files("mentees.csv", "id,seeks\na,Research; teaching\nb,teaching\n", "mentors.csv", "id,offers\nM,teaching;research\nN,research\n",
				"rules.yaml", "version: 1\npurposes: {mentee: seeks, mentor: offers, points: [10, 6]}\n"),
			[]string{"a M Research =10", "a N Research =10", "b M teaching =10"}},
		{"a pair for every purpose",
			files("mentees.csv", "id,seeks\na,Research; teaching\nb,teaching\n", "mentors.csv", "id,offers\nM,teaching;research\nN,research\n",
				"rules.yaml", "version: 1\npurposes: {mentee: seeks, mentor: offers, per pair: all, points: [10, 6]}\n"),
			[]string{"a M Research =10", "a M teaching =6", "a N Research =10", "b M teaching =10"}},
		{"pairs with a suitability are all that is possible",
			files("mentees.csv", "id\na\nb\n", "mentors.csv", "id\nM\nN\n", "rules.yaml", "version: 1\n",
				"pairs.csv", "mentee,mentor,suitability,state\nb,M,-3,\na,N,12,existing\na,M,0,forbidden\n"),
			[]string{"a M =0 forbidden", "a N =12 existing", "b M =-3"}},
		{"pairs with ranks are all that is possible",
			files("mentees.csv", "id\na\nb\n", "mentors.csv", "id\nM\nN\n", "rules.yaml", "version: 1\naim: stable-for-mentors\n",
				"pairs.csv", "mentee,mentor,mentee's rank,mentor's rank\na,N,2,1\na,M,1,1\n"),
			[]string{"a M 1/1", "a N 2/1"}},
		{"a pinned pair is possible without being chosen",
			files("mentees.csv", "id,choices\na,M\n", "mentors.csv", "id\nM\nN\n", "rules.yaml", "version: 1\n", "pairs.csv", "mentee,mentor,state\na,N,pinned\n"),
			[]string{"a M 1/0", "a N 2/0 pinned"}},
		{"nobody is paired with themselves",
			files("mentees.csv", "id\na\nb\n", "mentors.csv", "id\nb\n", "rules.yaml", "version: 1\n"),
			[]string{"a b"}},
		{"a gap is counted from the mentee to the mentor",
			files("mentees.csv", "id,year\na,1\nb,3\nc,\n", "mentors.csv", "id,year\nM,2\nN,4\n",
				"rules.yaml", "version: 1\nmust: [{gap: year, from: 1, to: 2}]\npoints: [{gap: year, points: {1: 5}}]\n"),
			[]string{"a M =5", "b N =5"}},
		{"lists share items, and values do not",
			files("mentees.csv", "id,in\na,\"x, y ,Z\"\nb,x\n", "mentors.csv", "id,in\nM,\"z,y\"\nN,X\n",
				"rules.yaml", "version: 1\nmust: [{shared: in}]\npoints: [{shared: in, points: 4, most: 7}, {same: in, points: 1}]\n"),
			[]string{"a M =7", "a N =4", "b N =5"}},
		{"an id keeps its zeros and a conflict its force",
			files("mentees.csv", "id,evaluated by\n007,010\n07,\n", "mentors.csv", "id\n010\n", "rules.yaml", "version: 1\nmust: [{not contains: {mentee: evaluated by, mentor: id}}]\n"),
			[]string{"07 010"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := edges(problemOf(t, load(t, test.files))); !slices.Equal(got, test.want) {
				t.Errorf("the pairs are\n%q, want\n%q", got, test.want)
			}
		})
	}
}

func TestWhatTheProgramDecidesByItselfIsNoted(t *testing.T) {
	t.Parallel()
	r := load(t, files(
		"mentees.csv", "id,name,level,choices,seeks\n7,=SUM(A1),,M;M;N,x\n8,b,2,,\n,,,,\n9,c,1,N,x\nM,d,1,M,y\n",
		"mentors.csv", "id,level,offers,takes\nM,2,x,1\nN,3,x,0\nO,4,x,1\n",
		"notes.txt", "", "rules.yaml", "version: 1\nmust: [{gap: level, from: 1}]\npurposes: {mentee: seeks, mentor: offers}\n",
		"pairs.csv", "mentee,mentor,state\n9,O,existing\n"))
	want := []string{
		`mentees.csv: nothing says how many pairs each mentee takes; taken as 1`,
		`mentees.csv: 1 row without any content; left out`,
		`mentees.csv, row 2, column "name": "=SUM(A1)" begins like a formula; taken as text, and never written out as a formula`,
		`mentees.csv, row 2, column "choices": "M" is chosen twice; counted once, as choice 1`,
		`mentees.csv, row 2, column "choices": "N" is set aside (takes nobody); this choice cannot come true`,
		`mentees.csv, row 2, column "level": the cell is empty; mentee 7 is paired with nobody, because the rule "gap in level" asks for it`,
		`mentees.csv, row 2, column "choices": "M" is choice 1, and the rule "gap in level" keeps the two apart; this choice cannot come true`,
		`mentees.csv, row 3: "8" has no choices; set aside`,
		`mentees.csv, row 5, column "choices": "N" is set aside (takes nobody); this choice cannot come true`,
		`mentees.csv, row 6: "M" is in mentors.csv too; taken as one person, who is not paired with themselves; two people need two ids`,
		`mentees.csv, row 6, column "choices": "M" is choice 1, and the rule "they are the same person" keeps the two apart; this choice cannot come true`,
		`mentees.csv, row 6, column "seeks": "y" is sought here, perhaps elsewhere too, and offered by nobody; no pair is made for it; look whether it is spelled alike in both files`,
		`mentors.csv, row 3: "N" takes nobody; set aside`,
		`notes.txt: is no part of what was recognised, mentors and mentees; not read`,
		`rules.yaml: names no goals; taken: placed, existing, pairs, rank sum, lottery`,
	}
	var got []string
	for _, n := range r.Notes {
		got = append(got, n.String())
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("the notes are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestAnotherAimThanThatOfTheRules(t *testing.T) {
	t.Parallel()
	r := load(t, files("mentees.csv", "id,choices\na,M\n", "mentors.csv", "id\nM\n", "rules.yaml", "version: 1\ngoals: [pairs]\nseed: 7\n"))
	p, err := r.ProblemFor(match.StableForMentees)
	if err != nil {
		t.Fatal(err)
	}
	if p.Aim != match.StableForMentees || p.Goals != nil || p.Lottery.Seed != "7" {
		t.Errorf("aim %s, goals %v, seed %q; want the aim asked for, no goals, the seed of the rules", p.Aim, p.Goals, p.Lottery.Seed)
	}
	without := load(t, files("mentees.csv", "id\na\n", "mentors.csv", "id\nM\n", "rules.yaml", "version: 1\n"))
	if _, err := without.ProblemFor(match.StableForMentors); err == nil {
		t.Error("without preferences there is a stable problem")
	}
}

func TestChangingTheSeedOfOneProblemLeavesTheRosterAlone(t *testing.T) {
	t.Parallel()
	r := load(t, files("mentees.csv", "id\na\n", "mentors.csv", "id\nM\n", "rules.yaml", "version: 1\n"))
	problemOf(t, r).Lottery.Seed = "changed"
	if seed := problemOf(t, r).Lottery.Seed; seed != "" {
		t.Errorf("the seed is %q, want none", seed)
	}
}
