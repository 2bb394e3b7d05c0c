package run

import (
	"context"
	"fmt"

	"github.com/chiron-mentoring/chiron/match/roster"
)

// A NotAccepted error says that a run folder cannot be used, because its own check refuses it.
type NotAccepted struct {
	Dir    string
	Report *Report
}

func (n *NotAccepted) Error() string {
	why := ""
	for _, f := range n.Report.Findings {
		if f.Refused {
			why = f.Text
			break
		}
	}
	return fmt.Sprintf("%s is not accepted: %s; see chiron check %s", n.Dir, why, n.Dir)
}

// Open reads a run folder back. It does all that [Check] does first, and returns a [*NotAccepted] error where that
// refuses anything: nothing is computed from a run that is not what it claims to be.
func Open(ctx context.Context, dir string) (*Run, error) {
	r, report, err := check(ctx, dir)
	return accepted(dir, r, report, err)
}

// OpenInputs reads a run folder back together with the inputs that it was made from. It does all that [CheckInputs]
// does first, but for attachments.
func OpenInputs(ctx context.Context, dir string, inputs []roster.Input) (*Run, error) {
	r, report, err := checkInputs(ctx, dir, inputs, nil)
	return accepted(dir, r, report, err)
}

func accepted(dir string, r *Run, report *Report, err error) (*Run, error) {
	if err != nil {
		return nil, err
	}
	if report.Refused() > 0 {
		return nil, &NotAccepted{dir, report}
	}
	return r, nil
}
