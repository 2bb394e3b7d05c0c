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
	Edits    []Edit // decisions by hand, from a workbook of an earlier result

	// Inferred are the rules that were made of the tables, as the text of a rules file; nil: there was one. Findings
	// are what their columns were taken for then.
	Inferred []byte
	Findings []Finding

	Lists match.Lists // whether mentees could have listed more mentors than they did

	// Mentees and Mentors are what people are called, by id. Those who have no name besides the id are not in them.
	Mentees, Mentors map[string]string

	aim     match.Aim
	supply  func() []Supply
	problem func(aim match.Aim) (*match.Problem, error)
	reasons func(mentee, mentor, purpose string) []score.Reason
	bars    func(side match.Side, id string) []Barrier
	apart   func(mentee, mentor string) string
	lifts   func(mentee string) []Lift
	choices func(mentee string) []match.Pair
	audit   Audit
	built   *match.Problem

	each     int       // how many of the best everybody has on a list, as asked; 0: not asked
	narrowed *narrowed // nil: the problem holds all possible pairs
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
// counted with the first; rules that concern nobody but those who asked for them are left out.
type Barrier struct {
	Rule   string
	People int
}

// Load reads files that belong to one matching. If they cannot be matched as they are, the error is a [*Problems] with
// everything that has to be put right.
func Load(inputs []Input) (*Roster, error) { return LoadLists(inputs, 0) }

// LoadLists is Load for a problem that lists for everybody so many of the best pairs, and those that somebody named,
// rather than all that are possible. With 0 it does so by itself where these are too many.
func LoadLists(inputs []Input, best int) (*Roster, error) {
	rep := &report{}
	inputs = slices.SortedFunc(slices.Values(inputs), func(a, b Input) int { return strings.Compare(a.Name, b.Name) })
	f := recognise(inputs, rep)
	if f == nil {
		return nil, rep.problems()
	}
	r := &Roster{Format: f.format, each: best, Mentees: map[string]string{}, Mentors: map[string]string{}}
	for part, in := range f.parts {
		if f.format != People || part == rulesFile {
			r.Files = append(r.Files, in.Name)
		}
		if part == rulesFile {
			r.Rules = in.Name
		}
	}
	read := map[Format]func(*Roster, *folder, *report){People: readProgram, StudentProject: readStudentProject, PrefLib: readPrefLib}[f.format]
	read(r, f, rep)
	slices.Sort(r.Files)
	r.Files = slices.Compact(r.Files)
	rep.distinct()
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

// Apart names the rule that keeps a mentee and a mentor from being paired, the first if there are several. It is "" when
// no rule does, or there is nobody of these ids.
func (r *Roster) Apart(mentee, mentor string) string {
	if r.apart == nil {
		return ""
	}
	return r.apart(mentee, mentor)
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
