package roster

import (
	"cmp"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// An allocation is what the formats for student projects have in common: students choose projects, a supervisor
// offers several of them and has room for fewer students than the projects together (Abraham, Irving and Manlove
// 2007). A supervisor becomes a mentor, a project a purpose and a class of the supervisor.
type allocation struct {
	students    []student
	projects    []project
	supervisors []supervisor
	single      bool // each supervisor has one project, of the same name: pairs need no purpose
}

type student struct {
	id      string
	name    string
	rank    int // with every supervisor, 1 is best; 0: all alike
	choices []choice
}

// A choice is a project and its place in the student's list, from 1. Places stay when a project before it falls away.
type choice struct{ project, place int }

type project struct {
	id         string
	capacity   int
	supervisor int
	chosen     bool
	row        int
}

type supervisor struct {
	id       string
	capacity int
	row      int
}

// pose hands the allocation to the roster. The rules may change the aim and the goals.
func (a *allocation) pose(r *Roster, rules *rules, aim match.Aim, rep *report) {
	r.aim = cmp.Or(rules.aim, aim)
	f := a.facts()
	rules.checkGoals(r.aim, f, rep)
	words := rules.goals
	if words == nil {
		words = []goalWord{{name: pairsGoal}, {name: rankSumGoal}}
	}
	for _, s := range a.students {
		if s.name != "" {
			r.Mentees[s.id] = s.name
		}
	}
	r.problem = func(aim match.Aim) (*match.Problem, error) { return a.problem(rules.builderFor(aim, words, f)) }
}

func (a *allocation) facts() facts {
	f := facts{ranked: true}
	for _, s := range a.supervisors {
		f.load = max(f.load, s.capacity)
	}
	for _, s := range a.students {
		for _, c := range s.choices {
			f.pairs++
			f.ranks = append(f.ranks, c.place)
		}
	}
	slices.Sort(f.ranks)
	f.ranks = slices.Compact(f.ranks)
	return f
}

func (a *allocation) problem(b *match.Builder) (*match.Problem, error) {
	for _, s := range a.supervisors {
		b.Person(match.MentorSide, s.id, s.capacity, 0)
	}
	for _, p := range a.projects {
		if p.chosen && !a.single {
			b.Class(match.MentorSide, a.supervisors[p.supervisor].id, p.id, "", p.capacity, 0)
		}
	}
	ranked := slices.ContainsFunc(b.Goals, func(g match.Goal) bool { return g.Column == rankColumn })
	for _, s := range a.students {
		b.Person(match.MenteeSide, s.id, 1, 0)
		for _, c := range s.choices {
			p := a.projects[c.project]
			pair := match.Pair{Mentee: s.id, Mentor: a.supervisors[p.supervisor].id, MenteeRank: c.place, MentorRank: s.rank}
			if !a.single {
				pair.Purpose, pair.MentorClass = p.id, p.id
			}
			if ranked {
				pair.Values = map[string]int32{rankColumn: int32(c.place)}
			}
			b.Pair(pair)
		}
	}
	return b.Problem()
}

// close takes the pairs with supervisors who have no place away; the places of other choices stay.
func (a *allocation) close(closed map[int]bool) {
	for i := range a.students {
		var open []choice
		for _, c := range a.students[i].choices {
			if !closed[c.project] {
				open = append(open, c)
			}
		}
		a.students[i].choices = open
	}
	var staying []supervisor
	moved := make([]int, len(a.supervisors))
	for i, s := range a.supervisors {
		moved[i] = len(staying)
		if s.capacity > 0 {
			staying = append(staying, s)
		}
	}
	a.supervisors = staying
	for n := range a.projects {
		p := &a.projects[n]
		p.chosen = p.chosen && !closed[n]
		if p.chosen {
			p.supervisor = moved[p.supervisor]
		}
	}
}
