//go:build !linux

package cpu

import "time"

// Thread is [Used]: a thread's own time is told on Linux alone.
func Thread() time.Duration { return Used() }
