//go:build unix

package store

import (
	"errors"
	"os"
	"syscall"
)

// lockPath takes a lock on a file that no other process can have at the same time. It ends with the process, however that
// ends.
func lockPath(path string) (release func() error, err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, errors.New("another process has it open; stop that one first")
		}
		return nil, err
	}
	// A process that another goroutine is just starting has the file open too, for a moment, and would hold the lock.
	return func() error { return errors.Join(syscall.Flock(int(f.Fd()), syscall.LOCK_UN), f.Close()) }, nil
}
