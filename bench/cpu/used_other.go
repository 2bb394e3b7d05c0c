//go:build !unix

// Package cpu tells how much processor time a measurement has cost.
package cpu

import "time"

var begun = time.Now()

// Used is the time that has passed: the processor's own is not told here.
func Used() time.Duration { return time.Since(begun) }
