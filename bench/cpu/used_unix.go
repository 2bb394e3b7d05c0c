//go:build unix

// Package cpu tells how much processor time a measurement has cost.
package cpu

import (
	"syscall"
	"time"
)

// Used is the processor time that this process has used, user and system.
func Used() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err) // cannot fail for oneself
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
