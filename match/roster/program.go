package roster

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// A program is mentees, mentors, rules and perhaps pairs while they are read.
type program struct {
	roster *Roster
	rep    *report
	folder *folder
	files  []*spreadsheet
	used   []*table
	rules  *rules
	sides  [2]*people
	pairs  *pairsTable // nil: there is none
	scorer *score.Scorer

	fields     [2]map[string]score.Field
	weeks      [2]map[string][]score.Week
	zones      map[string]*time.Location // by what is written
	separators [2]map[int]string
	checked    map[levelCheck]bool
	terms      map[treeCheck]bool
	ties       []tie
	wishes     bool              // some candidates fulfil one
	wished     score.Field       // by the mentees
	shares     []map[string]bool // what each mentor is, folded
	registers  [2]*register      // of the people in pairs, made when they are needed
	pairsBy    [2][]way
	spelling   map[string]string // of purposes, by folded purpose: the first in the order of letters
	folded     map[string]string // purposes, by how they are written
	each       int               // how many of the best everybody has on a list; 0: lists are made only when they must
	narrow     *narrowing        // the lists; nil: all possible pairs are candidates
	candidates []candidate
}

// Bounds of the pairs that are compared, and of those that may be formed.
const (
	mostCompared = 50_000_000
	mostPairs    = 4_000_000
)

// readProgram reads people, rules and pairs. Without rules it infers them.
func readProgram(r *Roster, f *folder, rep *report) {
	p := &program{
		roster: r, rep: rep, each: r.each, folder: f, files: openTables(f),
		fields: [2]map[string]score.Field{{}, {}}, separators: [2]map[int]string{{}, {}}, spelling: map[string]string{},
		checked: map[levelCheck]bool{}, terms: map[treeCheck]bool{}, weeks: [2]map[string][]score.Week{{}, {}}, zones: map[string]*time.Location{},
	}
	defer func() { r.Files = append(r.Files, p.usedFiles()...) }()
	if !p.takeRules() {
		return
	}
	for side, t := range p.sideTables() {
		if t != nil {
			p.sides[side] = p.readPeople(match.Side(side), t)
		}
	}
	if p.sides[0] == nil || p.sides[1] == nil {
		return
	}
	p.resolveChoices(p.sides[0], p.sides[1])
	p.resolveChoices(p.sides[1], p.sides[0])
	p.resolveReferences(p.sides[0], p.sides[1])
	p.resolveReferences(p.sides[1], p.sides[0])
	p.linkChoices(p.sides[0], p.sides[1])
	p.linkChoices(p.sides[1], p.sides[0])
	p.checkSpellings()
	if p.rules.people == nil {
		p.noteDoubleRoles()
	}
	p.plantTrees()
	p.readConflicts()
	p.checkSensitive()
	rules := p.compileRules()
	p.readAudit()
	p.pairs = p.readPairs()
	p.takeEdits()
	p.noteIdleTables()
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
	p.readWishes()
	classes := p.classify()
	if rep.failed() {
		return
	}
	p.pose(classes)
	r.supply = func() []Supply { return p.supply(rules) }
}

// scored are the people of a side as the scorer takes them.
func (p *program) scored(side match.Side) score.People {
	ids := make([]string, len(p.sides[side].persons))
	for i, one := range p.sides[side].persons {
		ids[i] = one.id
	}
	return score.People{IDs: ids, Fields: p.fields[side], Weeks: p.weeks[side]}
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
	p.checkPlacing(aim)
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
		if aim != match.Optimal && p.narrow != nil {
			return p.everybody(aim)
		}
		return p.problem(p.rules.builderFor(aim, words, f), f, classes)
	}
	r.Lists = p.lists()
	r.bars = p.barriers
	if p.narrow != nil {
		r.narrowed = &narrowed{p, classes}
	}
	r.apart = p.apart
	r.lifts = func(mentee string) []Lift { return p.lifts(mentee, classes) }
	r.choices = func(mentee string) []match.Pair { return p.furtherChoices(mentee, classes) }
	if len(p.rules.points) > 0 || p.rules.purposes.brings() {
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
		scored: p.hasSuitability(), ranked: p.ranked(match.MenteeSide), pairs: int(p.allPossible()), minimums: p.wantsMinimums(),
		wishes: p.wishes, poor: p.rules.poor,
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
	if p.narrow != nil && f.ranked {
		f.ranks = append(f.ranks, p.sides[match.MenteeSide].longestList()+1) // of pairs that no list has
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
	if ranked {
		b.Column(rankColumn)
	}
	if f.existing {
		b.Column(match.Existing)
	}
	problem, err := b.Problem()
	if err == nil {
		err = p.writeEdges(problem, classes, shown)
	}
	if err != nil {
		return nil, err
	}
	rewardWishes(problem)
	return problem, problem.Validate()
}

// showsRanks says whether the ranks of a side belong into the problem: if they decide something, or if all pairs are
// among the choices. Where choices are wishes, the rank of all others would look like a choice and is none.
func (p *program) showsRanks(side match.Side, aim match.Aim) bool {
	return aim != match.Optimal || p.onlyListed(p.sides[side]) || p.pairs != nil && p.pairs.ranked[side]
}

// apart names the first rule that keeps two people apart.
func (p *program) apart(mentee, mentor string) string {
	i, isMentee := p.sides[0].at[mentee]
	j, isMentor := p.sides[1].at[mentor]
	if !isMentee || !isMentor {
		return ""
	}
	return p.scorer.Barrier(i, j)
}

// barriers counts the rules that keep somebody from people of the other side. Of those whom nobody is to know about it
// says nothing: what bound a person is never a veto.
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
		if rule := p.scorer.Barrier(mentee, mentor); rule != "" && rule != keptApart {
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
