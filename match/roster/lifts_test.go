package roster

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
)

// townTables are the people of a random program.
func townTables(random *rand.Rand, mentees, mentors int) (string, string) {
	word := func(words ...string) string { return words[random.IntN(len(words))] }
	var a, b strings.Builder
	a.WriteString("id,unit,languages,level,seeks,choices,likes\n")
	for i := range mentees {
		fmt.Fprintf(&a, "e%d,%s,%s,%d,%s,%s,%s\n", i, word("x", "y"), word("en", "fr", "en; fr"), 1+random.IntN(3), word("p", "q", "p; q"),
			word("", "M0", "M1; M0", "M2"), word("", "k", "l", "k; l"))
	}
	b.WriteString("id,unit,languages,level,offers,choices,is,year\n")
	for j := range mentors {
		fmt.Fprintf(&b, "M%d,%s,%s,%d,%s,%s,%s,%d\n", j, word("x", "y"), word("en", "fr"), 1+random.IntN(4), word("p", "q", "p; q"),
			word("", "e0", "e1; e2"), word("", "k", "l"), random.IntN(2))
	}
	return a.String(), b.String()
}

// townRules are rules of which each line under "must" can be taken out.
var townRules = map[string]string{
	"other unit": "  - different: unit\n    name: other unit\n",
	"language":   "  - shared: languages\n    name: language\n",
	"above":      "  - gap: level\n    from: 1\n    name: above\n",
}

func townRulesWithout(head, rule string) string {
	text := head + "must:\n"
	for _, name := range []string{"other unit", "language", "above"} {
		if name != rule {
			text += townRules[name]
		}
	}
	return text
}

// ownPairs are the pairs of a mentee with everything that a lift says of them.
func ownPairs(p *match.Problem, mentee string, ranked [2]bool) map[string]string {
	pairs := map[string]string{}
	for e := range p.Edges.Len() {
		if p.Mentees[p.Edges.Mentee[e]] != mentee {
			continue
		}
		rank := func(side int, ranks []int32) int32 {
			if ranks == nil || !ranked[side] {
				return 0
			}
			return ranks[e]
		}
		value := func(name string) int32 {
			if column := p.Column(name); column != nil {
				return column[e]
			}
			return 0
		}
		key := p.Mentors[p.Edges.Mentor[e]] + " " + p.PurposeName(e)
		pairs[key] = fmt.Sprint(rank(0, p.Edges.MenteeRank), rank(1, p.Edges.MentorRank), value(suitabilityColumn))
	}
	return pairs
}

// TestALiftIsWhatTheRulesWithoutOneRuleAllow compares lifts with a roster of the same tables whose rules lack the line.
func TestALiftIsWhatTheRulesWithoutOneRuleAllow(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(21, 1))
	heads := []string{
		"version: 1\nmentees: {takes: 2}\npoints: [{shared: languages, points: 3}, {choice: mentee, weight: 2}]\n",
		"version: 1\nmentees: {takes: 2, unlisted: last}\npurposes: {mentee: seeks, mentor: offers, per pair: all, weight: 3}\n",
		"version: 1\naim: stable-for-mentees\nmentees: {takes: 1, unlisted: last}\nmentors: {unlisted: last}\n",
		"version: 1\naim: stable-for-mentees\n",
	}
	lifted := 0
	for round := range 120 {
		mentees, mentors := townTables(random, 4, 4)
		head := heads[round%len(heads)]
		r, err := Load(files("mentees.csv", mentees, "mentors.csv", mentors, "rules.yaml", townRulesWithout(head, "")))
		if err != nil {
			continue // everybody was set aside
		}
		p := problemOf(t, r)
		without := map[string]*match.Problem{}
		for rule := range townRules {
			without[rule] = problemOf(t, load(t, files("mentees.csv", mentees, "mentors.csv", mentors, "rules.yaml", townRulesWithout(head, rule))))
		}
		for _, mentee := range p.Mentees {
			ranked := [2]bool{p.Edges.MenteeRank != nil, p.Edges.MentorRank != nil}
			now := ownPairs(p, mentee, ranked)
			found := map[string]map[string]string{}
			for _, lift := range r.Lifts(mentee) {
				found[lift.Rule] = map[string]string{}
				for _, pair := range lift.Pairs {
					ranks := [2]int{pair.MenteeRank, pair.MentorRank}
					for side := range ranks {
						if !ranked[side] {
							ranks[side] = 0
						}
					}
					found[lift.Rule][pair.Mentor+" "+pair.Purpose] = fmt.Sprint(ranks[0], ranks[1], pair.Values[suitabilityColumn])
					lifted++
				}
			}
			for rule := range townRules {
				want := ownPairs(without[rule], mentee, ranked)
				for key := range now {
					delete(want, key)
				}
				if got := found[rule]; fmt.Sprint(got) != fmt.Sprint(want) && len(got)+len(want) > 0 {
					t.Fatalf("round %d: lifting %q for %s allows %v, want %v", round, rule, mentee, got, want)
				}
			}
		}
	}
	if lifted < 100 {
		t.Errorf("only %d pairs were lifted", lifted)
	}
}

func TestWhatIsFirmIsNeverOfferedToBeLifted(t *testing.T) {
	t.Parallel()
	r := load(t, files("mentees.csv", "id,level,not with\na,PGY1,N\n", "mentors.csv", "id,level\nM,fellow\nN,fellow\nO,clerk\nP,fellow\n", "rules.yaml",
		"version: 1\nmodel: apprenticeship\nconflicts: c.csv\nmust:\n  - not contains: {mentee: not with, mentor: id}\n    name: veto\n    private: yes\n",
		"c.csv", "person,other,kind\nM,a,evaluates\n"))
	if lifts := r.Lifts("a"); lifts != nil {
		t.Errorf("these may be lifted: %+v", lifts)
	}
	if got, want := r.Barriers(match.MenteeSide, "a"), []Barrier{{"one evaluates the other", 1}, {mentorAbove, 1}}; !slices.Equal(got, want) {
		t.Errorf("the barriers are %v, want %v", got, want)
	}
	if got := r.Apart("a", "N"); got != keptApart {
		t.Errorf("a private rule is called %q", got)
	}
}

// TestALiftKeepsToTheClasses lifts a rule where the mentee may have one pair of each purpose, and has none yet.
func TestALiftKeepsToTheClasses(t *testing.T) {
	t.Parallel()
	r := load(t, files("mentees.csv", "id,unit,seeks\na,x,p;q\nb,y,p\n", "mentors.csv", "id,unit,offers\nM,x,p\nN,x,p\nO,x,q\nP,y,q\n", "rules.yaml",
		"version: 1\nmentees: {takes: 3, classes: [{by: purpose, at most: 1}]}\npurposes: {mentee: seeks, mentor: offers, per pair: all}\nmust: [{different: unit, name: other unit}]\n"))
	lifts := r.Lifts("a")
	if len(lifts) != 1 || len(lifts[0].Pairs) != 2 {
		t.Fatalf("the lifts are %+v, want one pair for each purpose", lifts)
	}
	// For p there is no class yet, so one pair is all that fits. For q there is one, with P in it.
	if p, q := lifts[0].Pairs[0], lifts[0].Pairs[1]; p.Mentor != "M" || p.MenteeClass != "" || q.Mentor != "O" || q.MenteeClass != "purpose: q" {
		t.Errorf("the pairs are %+v and %+v", p, q)
	}
}

func TestOneMoreChoiceComesAfterAllOthers(t *testing.T) {
	t.Parallel()
	mentors := "id,unit,choices\nM,x,\nN,x,b\nO,y,\nP,x,a\n"
	r := load(t, files("mentees.csv", "id,unit,choices\na,x,M\nb,x,M;N;O\n", "mentors.csv", mentors, "rules.yaml", "version: 1\nmust: [{same: unit}]\n"))
	var got []string
	for _, pair := range r.Choices("a") {
		got = append(got, fmt.Sprint(pair.Mentee, pair.Mentor, pair.MenteeRank, pair.MentorRank, pair.Values["rank"]))
	}
	// N names others only, and O is in another unit.
	if want := []string{fmt.Sprint("a", "P", 4, 1, 4)}; !slices.Equal(got, want) {
		t.Errorf("a could name %q, want %q", got, want)
	}
	wishes := load(t, files("mentees.csv", "id,choices\na,M\nb,\n", "mentors.csv", mentors, "rules.yaml", "version: 1\nmentees: {unlisted: last}\nmentors: {unlisted: last}\n"))
	if more := wishes.Choices("a"); more != nil {
		t.Errorf("where choices are wishes, %v can be named besides", more)
	}
}
