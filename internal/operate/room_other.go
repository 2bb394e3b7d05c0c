//go:build !linux && !darwin && !freebsd && !windows

package operate

import "errors"

// freeOn is not known on these systems.
func freeOn(string) (int64, error) {
	return 0, errors.New("this system does not say how much room there is on a disk")
}
