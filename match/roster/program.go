package roster

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// A program is mentees, mentors, rules and perhaps pairs while they are read.
type program struct {
	roster *Roster
	rep    *report
	rules  *rules
	sides  [2]*people
	pairs  *pairsTable // nil: there is none
	scorer *score.Scorer

	fields     [2]map[string]score.Field
	separators [2]map[int]string
	checked    map[levelCheck]bool
	spelling   map[string]string // of purposes, by folded purpose: the first in the order of letters
	candidates []candidate
}

// Bounds of the pairs that are compared, and of those that may be formed.
const (
	mostCompared = 50_000_000
	mostPairs    = 4_000_000
)

// readProgram reads mentees.csv, mentors.csv, rules.yaml and pairs.csv.
func readProgram(r *Roster, f *folder, rep *report) {
	p := &program{
		roster: r, rep: rep, rules: readRules(f.parts[rulesFile], rep),
		fields: [2]map[string]score.Field{{}, {}}, separators: [2]map[int]string{{}, {}}, spelling: map[string]string{},
		checked: map[levelCheck]bool{},
	}
	if p.rules.unread {
		// Without rules nobody knows what the columns mean; that the files are tables can be said.
		readTable(f.parts[menteesFile], rep)
		readTable(f.parts[mentorsFile], rep)
		return
	}
	p.sides[0] = p.readPeople(match.MenteeSide, f.parts[menteesFile])
	p.sides[1] = p.readPeople(match.MentorSide, f.parts[mentorsFile])
	if p.sides[0] == nil || p.sides[1] == nil {
		return
	}
	p.linkChoices(p.sides[0], p.sides[1])
	p.linkChoices(p.sides[1], p.sides[0])
	p.noteDoubleRoles()
	rules := p.compileRules()
	if in, there := f.parts[pairsFile]; there {
		p.pairs = p.readPairs(in)
	}
	if rep.failed() {
		return
	}
	var err error
	if p.scorer, err = score.New(p.scored(0), p.scored(1), rules); err != nil {
		rep.issue(Issue{File: p.rules.file, Column: "points", Problem: err.Error(), Instead: "write smaller numbers"})
		return
	}
	p.enumerate()
	p.applyStates()
	p.noteBarredChoices()
	p.noteUnansweredPurposes()
	classes := p.classify()
	if rep.failed() {
		return
	}
	p.pose(classes)
}

// scored are the people of a side as the scorer takes them.
func (p *program) scored(side match.Side) score.People {
	ids := make([]string, len(p.sides[side].persons))
	for i, one := range p.sides[side].persons {
		ids[i] = one.id
	}
	return score.People{IDs: ids, Fields: p.fields[side]}
}

// pose hands the problem to the roster.
func (p *program) pose(classes [2]*classes) {
	f := p.facts()
	aim := cmp.Or(p.rules.aim, match.Optimal)
	p.rules.checkGoals(aim, f, p.rep)
	if err := checkAim(aim, f.ranked || p.ranked(match.MentorSide)); err != nil {
		p.rep.issue(Issue{
			File: p.rules.file, Row: p.rules.aimLine, Column: "aim", Value: string(aim), Problem: "needs choices, and neither side has any",
			Instead: fmt.Sprintf("write %q, or add columns with choices to %s", match.Optimal, menteesFile),
		})
	}
	if p.rep.failed() {
		return
	}
	words := p.rules.goals
	if words == nil {
		words = defaultGoals(f, p.rules.hard)
		if aim == match.Optimal {
			var names []string
			for _, word := range words {
				names = append(names, word.name)
			}
			p.rep.note(Issue{File: p.rules.file, Problem: "names no goals", Instead: "taken: " + strings.Join(names, ", ")})
		}
	}
	p.noteIdleGoals(f)
	r := p.roster
	r.aim = aim
	r.problem = func(aim match.Aim) (*match.Problem, error) {
		if err := checkAim(aim, f.ranked || p.ranked(match.MentorSide)); err != nil {
			return nil, err
		}
		return p.problem(p.rules.builderFor(aim, words, f), f, classes)
	}
	r.bars = p.barriers
	if len(p.rules.points) > 0 || p.rules.purposes != nil && p.rules.purposes.points != nil {
		r.reasons = func(mentee, mentor, purpose string) []score.Reason {
			return p.scorer.Reasons(p.sides[0].at[mentee], p.sides[1].at[mentor], purpose)
		}
	}
}

func (p *program) noteIdleGoals(f facts) {
	for _, g := range p.rules.goals {
		if g.name == existingGoal && !f.existing {
			p.rep.note(Issue{
				File: p.rules.file, Row: g.line, Column: "goals", Value: g.name, Problem: "counts pairs that exist, and none is marked so",
				Instead: fmt.Sprintf("without effect until %s has such pairs", pairsFile),
			})
		}
	}
}

func (p *program) facts() facts {
	f := facts{
		scored: p.hasSuitability(), ranked: p.ranked(match.MenteeSide), pairs: len(p.candidates), minimums: p.wantsMinimums(),
	}
	for _, one := range p.sides[match.MentorSide].persons {
		f.load = max(f.load, one.takes)
	}
	for i := range p.candidates {
		c := &p.candidates[i]
		f.existing = f.existing || c.existing
		if c.rank[0] > 0 {
			f.ranks = append(f.ranks, c.rank[0])
		}
	}
	slices.Sort(f.ranks)
	f.ranks = slices.Compact(f.ranks)
	return f
}

// problem puts people, classes and pairs together.
func (p *program) problem(b *match.Builder, f facts, classes [2]*classes) (*match.Problem, error) {
	for side, s := range p.sides {
		for _, one := range s.persons {
			b.Person(match.Side(side), one.id, one.takes, one.least)
		}
		classes[side].build(b, s)
	}
	if f.scored {
		b.Column(suitabilityColumn)
	}
	ranked := slices.ContainsFunc(b.Goals, func(g match.Goal) bool { return g.Column == rankColumn })
	shown := [2]bool{ranked || p.showsRanks(0, b.Aim), p.showsRanks(1, b.Aim)}
	for i := range p.candidates {
		c := &p.candidates[i]
		pair := match.Pair{
			Mentee: p.sides[0].persons[c.person[0]].id, Mentor: p.sides[1].persons[c.person[1]].id, Purpose: p.spelling[c.purpose],
			MenteeClass: classes[0].innermost(i), MentorClass: classes[1].innermost(i),
			State: c.state,
		}
		if shown[0] {
			pair.MenteeRank = c.rank[0]
		}
		if shown[1] {
			pair.MentorRank = c.rank[1]
		}
		if f.scored || ranked || f.existing {
			pair.Values = map[string]int32{}
		}
		if f.scored {
			pair.Values[suitabilityColumn] = c.suitability
		}
		if ranked {
			pair.Values[rankColumn] = int32(c.rank[0])
		}
		if f.existing {
			pair.Values[match.Existing] = 0
			if c.existing {
				pair.Values[match.Existing] = 1
			}
		}
		b.Pair(pair)
	}
	return b.Problem()
}

// showsRanks says whether the ranks of a side belong into the problem: if they decide something, or if all pairs are
// among the choices. Where choices are wishes, the rank of all others would look like a choice and is none.
func (p *program) showsRanks(side match.Side, aim match.Aim) bool {
	return aim != match.Optimal || p.onlyListed(p.sides[side]) || p.pairs != nil && p.pairs.ranked[side]
}

// barriers counts the rules that keep somebody from people of the other side.
func (p *program) barriers(side match.Side, id string) []Barrier {
	who, ok := p.sides[side].at[id]
	if !ok {
		return nil
	}
	counts := map[string]int{}
	for other := range p.sides[1-side].persons {
		mentee, mentor := who, other
		if side == match.MentorSide {
			mentee, mentor = other, who
		}
		if rule := p.scorer.Barrier(mentee, mentor); rule != "" {
			counts[rule]++
		}
	}
	var all []Barrier
	for rule, n := range counts {
		all = append(all, Barrier{rule, n})
	}
	slices.SortFunc(all, func(a, b Barrier) int {
		return cmp.Or(cmp.Compare(b.People, a.People), strings.Compare(a.Rule, b.Rule))
	})
	return all
}
