package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/chiron-mentoring/chiron/match/run"
)

type compareCommand struct {
	Dir       string `arg:"" name:"run" help:"The run folder."`
	Other     string `arg:"" optional:"" name:"other" help:"What to compare it with: another run folder, or a table of earlier pairs such as last year's pairs.csv."`
	FirstCome bool   `help:"Compare it with what first come, first served would bring."`
	Shake     int    `placeholder:"PERCENT" help:"Say how many pairs stay when every point moves by up to so many per cent: 1 to 100."`
	All       bool   `help:"List everybody who fares otherwise, and not only a few of each kind."`
}

// Validate is asked before Run.
func (c *compareCommand) Validate() error {
	if c.Shake < 0 || c.Shake > 100 {
		return fmt.Errorf("--shake=%d is no number of per cent from 1 to 100", c.Shake)
	}
	if c.Other == "" && !c.FirstCome && c.Shake == 0 {
		return errors.New("name what to compare it with: another run folder, earlier pairs, --first-come or --shake=10")
	}
	return nil
}

func (*compareCommand) Help() string {
	return `Sets a run beside something else. Every run is checked before anything is said about it.

    - Another run: what each counts, the goals that both count alike, how many pairs they share, and who has somebody in one only. If one is stable and the other the best by goals, for the same people, also what each of these costs by the measure of the other.
    - Earlier pairs: which of them go on, and why the others do not. The file needs columns mentee and mentor.
    - First come, first served (--first-come): mentees come in the order of the lottery, or else of their ids, and each takes the best places left.
    - Other points (--shake 10): every point that goals count is moved at random by up to 10 %, 20 times, and the best matching is found anew. Pairs that stay do not hang on the last few points. The answer is the same each time.

Examples:

    chiron compare run-residency run-second
    chiron compare run-residency pairs-2026.csv
    chiron compare run-residency --first-come
    chiron compare run-residency --shake 10`
}

func (c *compareCommand) Run(ctx context.Context, t *terminal) error {
	first, err := openRun(ctx, c.Dir)
	if err != nil {
		return err
	}
	var texts []string
	for _, part := range [...]struct {
		asked bool
		text  func(context.Context, *terminal, *run.Run) (string, error)
	}{{c.Other != "", c.withOther}, {c.FirstCome, c.withFirstCome}, {c.Shake > 0, c.shaken}} {
		if !part.asked {
			continue
		}
		text, err := part.text(ctx, t, first)
		if err != nil {
			return err
		}
		texts = append(texts, text)
	}
	fmt.Fprint(t.stdout, strings.Join(texts, "\n"))
	return nil
}

func (c *compareCommand) withOther(ctx context.Context, _ *terminal, first *run.Run) (string, error) {
	info, err := os.Stat(c.Other)
	if errors.Is(err, fs.ErrNotExist) {
		return "", &inputError{fmt.Errorf("%s: there is no such file or folder; name another run folder, or a file with earlier pairs", c.Other)}
	}
	if err != nil {
		return "", &inputError{err}
	}
	if info.IsDir() {
		second, err := openRun(ctx, c.Other)
		if err != nil {
			return "", err
		}
		return run.Compare([2]string{c.Dir, c.Other}, first, second).Text(c.All), nil
	}
	data, err := os.ReadFile(c.Other)
	if err != nil {
		return "", &inputError{err}
	}
	earlier, err := run.CompareEarlier(c.Other, data, first)
	if err != nil {
		return "", &inputError{err}
	}
	return earlier.Text(c.All), nil
}

func (c *compareCommand) withFirstCome(_ context.Context, _ *terminal, first *run.Run) (string, error) {
	comparison, err := run.FirstCome(c.Dir, first)
	if err != nil {
		return "", err
	}
	return comparison.Text(c.All), nil
}

func (c *compareCommand) shaken(ctx context.Context, t *terminal, first *run.Run) (string, error) {
	progress := newBar(t.stderr, t.env)
	defer progress.stop()
	robustness, err := run.Shake(ctx, first, c.Shake, progress.moved)
	if err != nil {
		return "", err
	}
	return robustness.String(), nil
}
