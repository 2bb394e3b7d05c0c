package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/run"
)

type whatIfCommand struct {
	Dir     string   `arg:"" name:"run" help:"The run folder."`
	Places  []string `sep:"none" placeholder:"MENTOR=N" help:"A mentor takes N pairs in all, or +N more, or -N fewer."`
	Wants   []string `sep:"none" placeholder:"MENTEE=N" help:"The same for a mentee."`
	Without []string `sep:"none" placeholder:"ID" help:"Somebody leaves."`
	Pin     []string `sep:"none" placeholder:"MENTEE:MENTOR" help:"The pair is settled beforehand. Add :PURPOSE where there are several."`
	Forbid  []string `sep:"none" placeholder:"MENTEE:MENTOR" help:"The pair is ruled out."`
	Free    []string `sep:"none" placeholder:"MENTEE:MENTOR" help:"The pair is neither."`
	Points  []string `sep:"none" placeholder:"MENTEE:MENTOR=N" help:"The pair has N points of suitability."`
	All     bool     `help:"List everybody who fares otherwise, and not only a few of each kind."`
}

// changes lists what is supposed, kind by kind: who leaves comes last, whatever else was said of them.
func (c *whatIfCommand) changes() []run.WhatIf {
	var all []run.WhatIf
	for _, of := range [...]struct {
		kind  run.WhatIfKind
		texts []string
	}{
		{run.Places, c.Places}, {run.Wants, c.Wants}, {run.Points, c.Points}, {run.Free, c.Free}, {run.Forbid, c.Forbid},
		{run.Pin, c.Pin}, {run.Without, c.Without},
	} {
		for _, text := range of.texts {
			all = append(all, run.WhatIf{Kind: of.kind, Text: text})
		}
	}
	return all
}

// Validate is asked before Run.
func (c *whatIfCommand) Validate() error {
	if len(c.changes()) == 0 {
		return errors.New("say what to suppose, for example --places F07=+1; see chiron what-if --help")
	}
	return nil
}

func (*whatIfCommand) Help() string {
	return `Supposes changes, and sets the best answer to them beside the run as it is. The run is checked first, the answer is certified like any other, and nothing is written or sent.

Where it can, the answer is worked out from the matching and the prices of the run, which is much faster than matching anew and finds the same. The last line says what it took.

What one change brings does not tell what two would bring together: suppose them together.

Examples:

    chiron what-if run-residency --places peter.farouk@une.example=+1
    chiron what-if run-residency --pin robert.macdonald@une.example:emile.lee@une.example
    chiron what-if run-residency --without emile.lee@une.example --wants olga.stein@une.example=1
    chiron what-if run-residency --points julia.ivanova@une.example:peter.farouk@une.example=2500`
}

func (c *whatIfCommand) Run(ctx context.Context, t *terminal) error {
	first, err := openRun(ctx, c.Dir)
	if err != nil {
		return err
	}
	progress := newBar(t.stderr, t.env)
	second, work, err := first.Suppose(ctx, c.changes(), progress.moved)
	progress.stop()
	var bad *run.BadWhatIf
	var clash *match.Fault
	if errors.As(err, &bad) || errors.As(err, &clash) {
		return &inputError{err}
	}
	if err != nil {
		return err
	}
	fmt.Fprint(t.stdout, run.Compare([2]string{c.Dir + " as it is", "with the changes supposed"}, first, second).Text(c.All))
	fmt.Fprint(t.stdout, "\n", run.Cost(work))
	return nil
}
