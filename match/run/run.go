package run

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/roster"
	"github.com/chiron-mentoring/chiron/match/solve"
)

// ErrUnproved says that the judge refused the engine's certificate. That is a defect of this program and never one of
// the inputs; there is no result then.
var ErrUnproved = errors.New("the engine's certificate does not prove its claim")

// Options are what is asked for besides the inputs.
type Options struct {
	Seed     string                // of the lottery, in place of the rules' seed; "": the rules', or a practice draw
	Aim      match.Aim             // in place of the rules' aim; "": the rules'
	Language string                // of what is attached for people to read, such as "en"; "": English
	Each     int                   // how many of the best everybody has on a list; 0: as many as the possible pairs ask for
	Progress func(done, total int) // people whose places were sought so far; may be nil
}

// A Run is a matching, everything that decided it, and what its folder says besides.
type Run struct {
	Problem     *match.Problem
	Certificate *match.Certificate
	Names       Names
	Manifest    Manifest // without its files, which are known when the folder is written

	// People are the inputs as they were read. They are nil in a run that was opened from its folder.
	People *roster.Roster

	attached []Attachment
}

// Match makes a run from the inputs. The error is a *roster.Problems when the inputs have mistakes, a *match.Fault when
// they ask for what no engine can give, [ErrUnproved], or the error of ctx. When ctx ends Match returns at once, though
// reading, which knows no context, may go on in vain for a while.
func Match(ctx context.Context, inputs []roster.Input, o Options) (*Run, error) {
	type outcome struct {
		run   *Run
		err   error
		panic any
	}
	made := make(chan outcome, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				made <- outcome{panic: fmt.Sprintf("%v\n%s", p, debug.Stack())}
			}
		}()
		r, err := pose(inputs, o)
		if err == nil {
			err = r.solveAmongAll(ctx, o.Progress)
		}
		made <- outcome{run: r, err: err}
	}()
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case m := <-made:
		if m.panic != nil {
			panic(m.panic) // where the caller can see it
		}
		if m.err != nil {
			return nil, m.err
		}
		return m.run, nil
	}
}

// pose makes everything of a run that does not need a solver.
func pose(inputs []roster.Input, o Options) (*Run, error) {
	people, err := roster.LoadLists(inputs, o.Each)
	if err != nil {
		return nil, err
	}
	p, err := people.Problem()
	if o.Aim != "" {
		p, err = people.ProblemFor(o.Aim)
	}
	if err != nil {
		return nil, &match.Fault{Code: "aim", Text: err.Error()}
	}
	r := &Run{Problem: p, People: people, Names: namesOf(people), Manifest: Manifest{
		Format: ManifestFormat, Engine: ThisEngine(), TimeZones: theTimeZones(), Aim: o.Aim, Language: o.Language,
	}}
	r.Manifest.describe(people, inputs)
	r.Manifest.Lottery = draw(p, o.Seed, r.Manifest.Inputs)
	p.Lottery.Seed = r.Manifest.Lottery.Seed
	return r, nil
}

// describe writes down what was read and what the reader did with it.
func (m *Manifest) describe(people *roster.Roster, inputs []roster.Input) {
	for _, in := range inputs {
		if slices.Contains(people.Files, in.Name) {
			file := fileOf(in.Name, in.Data)
			m.Inputs = append(m.Inputs, file)
			if in.Name == people.Rules {
				m.Rules = file.SHA256
			}
		}
	}
	slices.SortFunc(m.Inputs, func(a, b File) int { return cmp.Compare(a.Name, b.Name) })
	m.Lists = people.Lists
	for _, note := range people.Notes {
		m.Notes = append(m.Notes, Note(note))
	}
	for _, who := range people.SetAside {
		m.SetAside = append(m.SetAside, SetAside{Side: who.Side.String(), ID: who.ID, Why: who.Why})
	}
}

func namesOf(people *roster.Roster) Names {
	n := Names{Mentees: map[string]string{}, Mentors: map[string]string{}}
	for id, name := range people.Mentees {
		n.Mentees[id] = onOneLine(name)
	}
	for id, name := range people.Mentors {
		n.Mentors[id] = onOneLine(name)
	}
	n.Shown = len(n.Mentees)+len(n.Mentors) > 0
	return n
}

// solve finds the matching and lets the judge decide whether it is one.
func (r *Run) solve(ctx context.Context, progress func(done, total int)) error {
	c, err := solve.Solve(ctx, r.Problem, solve.Options{Progress: progress})
	if err != nil {
		return err
	}
	c.Problem = r.Problem.Hash()
	if err := match.Check(r.Problem, c); err != nil {
		return fmt.Errorf("%w: %w", ErrUnproved, err)
	}
	r.Certificate = c
	return ctx.Err()
}
