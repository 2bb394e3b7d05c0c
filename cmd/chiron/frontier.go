package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/chiron-mentoring/chiron/match/run"
)

type frontierCommand struct {
	Dir     string `arg:"" name:"run" help:"The run folder."`
	Between string `required:"" placeholder:"GOAL,GOAL" help:"The two goals, as the rules name them."`
	Output  string `short:"o" name:"output" placeholder:"DIR" help:"Write each point as a run folder into this new folder."`
}

// Validate is asked before Run.
func (c *frontierCommand) Validate() error {
	if c.Between != "" && strings.Count(c.Between, ",") != 1 {
		return fmt.Errorf("--between takes two goals with a comma between them, such as --between=suitability,existing, and got %q", c.Between)
	}
	return nil
}

// goals are the two goals asked for.
func (c *frontierCommand) goals() [2]string {
	first, second, _ := strings.Cut(c.Between, ",")
	return [2]string{strings.TrimSpace(first), strings.TrimSpace(second)}
}

func (*frontierCommand) Help() string {
	return `Shows what can be had of two goals at once, and so what one of them costs in the other: from the matching with the most of the first goal to the one with the most of the second, at most ten points. At each point, no matching has more of both.

Goals that come before both of the two in the run stay the most important ones. All other goals come last.

Each point is a matching of its own, found and proved like any other. With -o, each is written as a run folder: -o points makes points/a, points/b and so on. Choose one of them, and not a mixture.

Examples:

    chiron frontier run-residency --between suitability,existing
    chiron frontier run-residency --between "suitability,even load" -o points`
}

func (c *frontierCommand) Run(ctx context.Context, t *terminal) error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	original, err := openRun(ctx, c.Dir)
	if err != nil {
		return err
	}
	frontier, err := c.find(ctx, t, original)
	if err != nil {
		return err
	}
	fmt.Fprint(t.stdout, frontier)
	if c.Output == "" {
		return nil
	}
	together := context.WithoutCancel(ctx) // all points or none
	for i, point := range frontier.Points {
		if _, err := point.Run.Write(together, filepath.Join(c.Output, run.PointName(i)), false); err != nil {
			return err
		}
	}
	example := shellWord(filepath.Join(c.Output, run.PointName(0)))
	fmt.Fprintf(t.stdout, "\nRun folders  %s, %d of them\nVerify one   chiron check %s\nCompare it   chiron compare %s %s\n", c.Output, len(frontier.Points), example, shellWord(c.Dir), example)
	return nil
}

// mayWrite says whether the folder for the points is free.
func (c *frontierCommand) mayWrite() error {
	if c.Output == "" {
		return nil
	}
	entries, err := os.ReadDir(c.Output)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return &run.Occupied{Dir: c.Output, Because: "is there and is no folder that can be read", Instead: "choose another one"}
	case len(entries) > 0:
		return &run.Occupied{Dir: c.Output, Because: "is there and is not empty", Instead: "choose a new folder for the points"}
	}
	return nil
}

func (c *frontierCommand) find(ctx context.Context, t *terminal, original *run.Run) (*run.Frontier, error) {
	progress := newBar(t.stderr, t.env)
	defer progress.stop()
	return run.Between(ctx, original, c.goals(), progress.moved)
}
