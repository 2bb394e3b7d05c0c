package roster

import (
	"fmt"
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// A Roster is what a set of files says: who takes part, who may be paired with whom, and what a good matching is.
type Roster struct {
	Format   Format
	Files    []string // the names of the files that were read
	Rules    string   // the name of the rules file among them; "": there is none
	Notes    []Note   // what the program decided by itself, by file and row
	SetAside []SetAside

	// Mentees and Mentors are what people are called, by id. Those who have no name besides the id are not in them.
	Mentees, Mentors map[string]string

	aim     match.Aim
	problem func(aim match.Aim) (*match.Problem, error)
	reasons func(mentee, mentor, purpose string) []score.Reason
	bars    func(side match.Side, id string) []Barrier
	built   *match.Problem
}

// SetAside is somebody in the files who takes no part in the matching.
type SetAside struct {
	Side match.Side
	ID   string
	Why  string
	File string
	Row  int
}

// A Barrier says how many people of the other side a rule keeps from somebody. A pair that breaks several rules is
// counted with the first.
type Barrier struct {
	Rule   string
	People int
}

// Load reads files that belong to one matching. If they cannot be matched as they are, the error is a [*Problems] with
// everything that has to be put right.
func Load(inputs []Input) (*Roster, error) {
	rep := &report{}
	inputs = slices.SortedFunc(slices.Values(inputs), func(a, b Input) int { return strings.Compare(a.Name, b.Name) })
	f := recognise(inputs, rep)
	if f == nil {
		return nil, rep.problems()
	}
	r := &Roster{Format: f.format, Mentees: map[string]string{}, Mentors: map[string]string{}}
	for part, in := range f.parts {
		r.Files = append(r.Files, in.Name)
		if part == rulesFile {
			r.Rules = in.Name
		}
	}
	slices.Sort(r.Files)
	read := map[Format]func(*Roster, *folder, *report){People: readProgram, StudentProject: readStudentProject, PrefLib: readPrefLib}[f.format]
	read(r, f, rep)
	if rep.failed() {
		return nil, rep.problems()
	}
	var err error
	if r.built, err = r.problem(r.aim); err != nil {
		// The readers report what they can name by row. What is left concerns the files together.
		rep.issue(Issue{File: theFolder, Problem: "the files do not make a problem that can be solved: " + err.Error(), Instead: "change what they say about it"})
		return nil, rep.problems()
	}
	r.Notes = rep.sortedNotes()
	slices.SortFunc(r.SetAside, func(a, b SetAside) int {
		if a.Side != b.Side {
			return int(a.Side) - int(b.Side)
		}
		return strings.Compare(a.ID, b.ID)
	})
	return r, nil
}

// Problem is the problem that the files pose. The caller may change the fields of what it gets, such as the seed of
// the lottery, and must leave the lists behind them alone.
func (r *Roster) Problem() (*match.Problem, error) {
	p := *r.built
	return &p, nil
}

// ProblemFor is the problem with another aim than the rules name.
func (r *Roster) ProblemFor(aim match.Aim) (*match.Problem, error) {
	if aim == r.aim {
		return r.Problem()
	}
	return r.problem(aim)
}

// Reasons lists what makes up the suitability of an edge of the problem, in the order of the rules. It is nil when
// suitability does not come from criteria.
func (r *Roster) Reasons(edge int) []score.Reason {
	if r.reasons == nil {
		return nil
	}
	e := &r.built.Edges
	return r.reasons(r.built.Mentees[e.Mentee[edge]], r.built.Mentors[e.Mentor[edge]], r.built.PurposeName(edge))
}

// Barriers lists the rules that keep somebody from people of the other side, the one that keeps away most first. It
// is nil when there are no such rules, or nobody of this id.
func (r *Roster) Barriers(side match.Side, id string) []Barrier {
	if r.bars == nil {
		return nil
	}
	return r.bars(side, id)
}

// builderFor prepares the parts of a problem that do not depend on the people.
func (r *rules) builderFor(aim match.Aim, words []goalWord, f facts) *match.Builder {
	b := match.NewBuilder(aim)
	b.Lottery.Seed = r.seed
	b.HardMinimums = r.hard
	if aim == match.Optimal {
		b.Goals = expand(words, f)
	}
	for _, goal := range b.Goals {
		if goal.Column != "" {
			b.Column(goal.Column)
		}
	}
	return b
}

// checkAim reports an aim that the files do not carry.
func checkAim(aim match.Aim, ranked bool) error {
	if aim != match.Optimal && !ranked {
		return fmt.Errorf("the aim %s needs preferences, and neither side has any", aim)
	}
	return nil
}
