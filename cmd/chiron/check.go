package main

import (
	"context"
	"fmt"

	"github.com/chiron-mentoring/chiron/match/run"
)

type checkCommand struct {
	Dir    string   `arg:"" name:"run" help:"The run folder."`
	Inputs []string `sep:"none" placeholder:"PATH..." help:"The folder or the files that the run was made from."`
	More   []string `arg:"" optional:"" name:"path" help:"More files after --inputs."`
}

func (*checkCommand) Help() string {
	return `Says whether the run folder is what it claims to be, with no trust in whoever made it: no solver takes part, and nothing but the folder is needed. Each line of the answer begins with "ok" or "refused".

    - Every file is the one that was written, by the hashes in the manifest.
    - The certificate is about this problem, and proves its claim.
    - pairs.csv, unmatched.csv and summary.txt say what the proof says, row by row. So an edited table is found out even if its hash was written anew.

With --inputs, the problem is made again from the spreadsheets and compared byte for byte. This also covers what no proof can: that the problem is the one of your program, and that people's names stand beside the right ids.

The fingerprint at the end names the run: whoever sees the same one has the same folder.

Examples:

    chiron check run-residency
    chiron check run-residency --inputs examples/residency
    chiron check run-2026 --inputs mentors.csv mentees.csv rules.yaml`
}

func (c *checkCommand) Run(ctx context.Context, t *terminal) error {
	if len(c.More) > 0 && len(c.Inputs) == 0 {
		return &inputError{fmt.Errorf("one run folder at a time, and the inputs after --inputs: chiron check %s --inputs %s", c.Dir, c.More[0])}
	}
	report, err := c.check(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(t.stdout, "%s\n", report)
	if n := report.Refused(); n > 0 {
		fmt.Fprintf(t.stdout, "REFUSED, for %s. Do not use this run.\n", reasons(n))
		return errNo
	}
	fmt.Fprintf(t.stdout, "Accepted.\nFingerprint  %s\n", report.Fingerprint)
	return nil
}

func (c *checkCommand) check(ctx context.Context) (*run.Report, error) {
	if len(c.Inputs) == 0 {
		report, err := run.Check(ctx, c.Dir)
		return report, asInput(err)
	}
	inputs, err := readInputs(append(c.Inputs, c.More...))
	if err != nil {
		return nil, err
	}
	report, err := run.CheckInputs(ctx, c.Dir, inputs, attach)
	return report, asInput(err)
}

func reasons(n int) string {
	if n == 1 {
		return "1 reason"
	}
	return fmt.Sprintf("%d reasons", n)
}
