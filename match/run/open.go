package run

import (
	"context"
	"fmt"
)

// A NotAccepted error says that a run folder cannot be used, because its own check refuses it.
type NotAccepted struct {
	Dir string
	Why string // the first reason
}

func (n *NotAccepted) Error() string {
	return fmt.Sprintf("%s is not accepted: %s; see chiron check %s", n.Dir, n.Why, n.Dir)
}

// Open reads a run folder back. It does all that [Check] does first, and returns a [*NotAccepted] error where that
// refuses anything: nothing is computed from a run that is not what it claims to be.
func Open(ctx context.Context, dir string) (*Run, error) {
	r, report, err := check(ctx, dir)
	if err != nil {
		return nil, err
	}
	for _, f := range report.Findings {
		if f.Refused {
			return nil, &NotAccepted{dir, f.Text}
		}
	}
	return r, nil
}
