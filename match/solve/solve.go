// Package solve finds matchings and the proofs that they are what was asked: stable ones by deferred acceptance, best
// ones by shortest augmenting paths. Nothing here has to be trusted, since match.Check judges every certificate
// without knowing how it came about.
//
// All results are functions of the problem alone: no clock, no randomness but the problem's lottery, no dependence on
// the number of processors.
package solve

import (
	"context"

	"github.com/chiron-mentoring/chiron/match"
)

// Engine names this solver in certificates.
const Engine = "chiron/1"

// Options say how to solve, never what to find.
type Options struct {
	// Progress, if not nil, is called now and then with the number of people whose places have been sought so far,
	// out of how many. The last call has done equal to total.
	Progress func(done, total int)
}

// Solve finds the matching that p asks for, with its certificate. The certificate's Problem, the hash of the file, is
// left to who writes the file.
//
// It returns a *match.Fault if p is not valid or asks for what no solver can give, and the context's error if that
// ends first.
func Solve(ctx context.Context, p *match.Problem, o Options) (*match.Certificate, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	switch p.Aim {
	case match.Optimal:
		return optimal(ctx, p, o)
	case match.StableMorePlaced:
		return morePlaced(ctx, p, o)
	}
	return stable(ctx, p, o)
}

// A meter reports progress and notices the end of the context, both once in a while.
type meter struct {
	ctx         context.Context
	report      func(done, total int)
	done, total int
	steps       int
}

func newMeter(ctx context.Context, o Options, total int) *meter {
	return &meter{ctx: ctx, report: o.Progress, total: total}
}

// step counts one unit of work and returns the context's error every so many steps.
func (m *meter) step() error {
	if m.steps++; m.steps&0xff != 0 {
		return nil
	}
	if m.report != nil {
		m.report(m.done, m.total)
	}
	return m.ctx.Err()
}

// finish says that all is done, unless the context has ended.
func (m *meter) finish() error {
	if err := m.ctx.Err(); err != nil {
		return err
	}
	if m.report != nil {
		m.report(m.total, m.total)
	}
	return nil
}
