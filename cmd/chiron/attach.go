package main

import (
	"context"

	"github.com/chiron-mentoring/chiron/match/run"
)

// attach adds to a run what people read: the same for a new run and for one that is checked against its inputs.
func attach(_ context.Context, _ *run.Run) error { return nil }
