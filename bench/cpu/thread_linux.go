package cpu

import (
	"syscall"
	"time"
)

// Thread is the processor time that this thread has used, user and system. Who measures with it keeps to one thread by
// runtime.LockOSThread.
func Thread() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_THREAD, &used); err != nil {
		panic(err) // cannot fail for oneself
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
