//go:build !unix

package store

import (
	"errors"
	"os"
)

// lockPath takes a lock on a file that no other process can have at the same time: these systems refuse to delete a file
// that is open, and the file is deleted when it is closed.
func lockPath(path string) (release func() error, err error) {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, errors.New("another process has it open; stop that one first")
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	return func() error { return errors.Join(f.Close(), os.Remove(path)) }, nil
}
