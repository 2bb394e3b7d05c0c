//go:build linux || darwin || freebsd

package operate

import (
	"math"
	"syscall"
)

// freeOn is how many bytes this user can still write to the disk of a path.
func freeOn(path string) (int64, error) {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(path, &disk); err != nil {
		return 0, err
	}
	if free := float64(disk.Bavail) * float64(disk.Bsize); free < math.MaxInt64 { // the types differ between systems
		return max(0, int64(free)), nil
	}
	return math.MaxInt64, nil
}
