package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/roster"
	"github.com/chiron-mentoring/chiron/match/run"
)

type matchCommand struct {
	Paths  []string `arg:"" name:"path" help:"A folder with the spreadsheets, or the files one by one."`
	Output string   `short:"o" name:"output" placeholder:"DIR" help:"The run folder to write. Unless you name one, it is run- and the name of the first path, in the folder you are in."`
	Seed   string   `placeholder:"SEED" help:"The seed of the lottery, any text, agreed on before anybody knows what it brings."`
	Aim    string   `placeholder:"AIM" help:"What to look for, in place of what the rules say: ${aims}."`
	Lang   string   `default:"en" enum:"en,fr" placeholder:"LANG" help:"The language of the report: en or fr (${default})."`
	Each   int      `placeholder:"N" help:"List only the N best partners of each person at first, and add others until no pair left out would make the result better. Large programs do this by themselves."`
	Force  bool     `help:"Replace a run folder that is there already."`
	Quiet  bool     `short:"q" help:"Write the run folder and say nothing but problems."`
}

const aims = string(match.StableForMentees) + ", " + string(match.StableForMentors) + ", " + string(match.StableMorePlaced) + " or " + string(match.Optimal)

// Validate is asked before Run.
func (c *matchCommand) Validate() error {
	if c.Each < 0 {
		return fmt.Errorf("--each=%d is no number of partners; write 1 or more", c.Each)
	}
	switch match.Aim(c.Aim) {
	case "", match.StableForMentees, match.StableForMentors, match.StableMorePlaced, match.Optimal:
		return nil
	}
	return fmt.Errorf("--aim=%s is unknown; write %s", c.Aim, aims)
}

func (*matchCommand) Help() string {
	return `Reads people, what they prefer and the rules of the program, pairs mentees with mentors, and writes a run folder:

    report.html       the result as a page, to read, print and hand on; it verifies itself
    pairs.xlsx        the pairs as a workbook with a column for corrections by hand
    pairs.csv         who is paired with whom
    unmatched.csv     who was left without, on either side
    equity.csv        who got what, by group, where the rules ask for it
    rules.yaml        the rules, where there were none and they had to be inferred
    summary.txt       the result in words, also shown here
    certificate.json  the matching and its proof
    problem.json      everything that decided it, in numbers
    manifest.json     hashes of inputs, rules and results, and which program made them

Nothing is written unless the proof has been verified. If anything in the spreadsheets is wrong, every mistake is listed with its file, row and column, and what to write instead.

Where equals have to be told apart, a lottery decides. Its seed comes from --seed, or else from the rules. Without either, the hash of the input files stands in for it, and the result is called a practice draw.

Equal inputs give equal files, byte for byte. The run folder names people: only you can read it.

Examples:

    chiron match examples/residency
    chiron match mentors.csv mentees.csv rules.yaml -o run-2026
    chiron match cohort --seed "dice of 3 May: 4 1 6 6 2" -o run-2026 --force`
}

func (c *matchCommand) Run(ctx context.Context, t *terminal) error {
	dir := c.Output
	if dir == "" {
		dir = defaultOutput(c.Paths[0])
	}
	if err := run.MayWrite(dir, c.Force); err != nil {
		return err
	}
	inputs, err := readInputs(c.Paths)
	if err != nil {
		return err
	}
	result, fingerprint, err := c.make(ctx, t, inputs, dir)
	if err != nil {
		return err
	}
	if !c.Quiet {
		fmt.Fprintf(t.stdout, "%s\nRun folder   %s\nFingerprint  %s\nVerify it    chiron check %s\n", result.Brief(), dir, fingerprint, shellWord(dir))
	}
	if result.Certificate.Outcome == match.IsImpossible {
		return errNo
	}
	return nil
}

// make makes the run and its folder, with a bar for those who wait.
func (c *matchCommand) make(ctx context.Context, t *terminal, inputs []roster.Input, dir string) (*run.Run, string, error) {
	progress := newBar(t.stderr, t.env)
	defer progress.stop()
	result, err := run.Match(ctx, inputs, run.Options{Seed: c.Seed, Aim: match.Aim(c.Aim), Language: c.Lang, Each: c.Each, Progress: progress.moved})
	if err == nil {
		err = attach(ctx, result)
	}
	if err != nil {
		return nil, "", err
	}
	fingerprint, err := result.Write(ctx, dir, c.Force)
	return result, fingerprint, err
}

// defaultOutput names the run folder after the first input.
func defaultOutput(path string) string {
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute // so that "." has a name
	}
	base := filepath.Base(path)
	if name := strings.TrimSuffix(base, filepath.Ext(base)); name != "" {
		base = name
	}
	return "run-" + strings.Trim(base, string(filepath.Separator))
}

// shellWord is a path as one can type it.
func shellWord(path string) string {
	if strings.ContainsAny(path, " \t\"'$&;()<>|*?!#\\`") {
		return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
	}
	return path
}
