package operate

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// A Room is how much can still be written to the disk of a folder, in bytes, by this user.
type Room int64

// The least room for what a server does. A database of SQLite that ran out of disk cannot even be opened again before
// space is freed, so both are left early.
const (
	LeastForUploads Room = 200_000_000 // below it, files and imports are not taken
	LeastForWrites  Room = 100_000_000 // below it, nothing is written
)

// RoomOf measures the disk of a folder; of one that is not there yet, the disk where it would be made. It opens no file,
// so a server may ask for its own data folder at any time.
func RoomOf(folder string) (Room, error) {
	path, err := filepath.Abs(folder)
	if err != nil {
		return 0, err
	}
	for {
		_, err := os.Stat(path)
		if err == nil {
			break
		}
		if !errors.Is(err, fs.ErrNotExist) || path == filepath.Dir(path) {
			return 0, fmt.Errorf("measure the disk of %s: %w", folder, err)
		}
		path = filepath.Dir(path)
	}
	free, err := freeOn(path)
	if err != nil {
		return 0, fmt.Errorf("measure the disk of %s: %w", folder, err)
	}
	return Room(free), nil
}

// ForUploads says whether there is room for files and imports.
func (r Room) ForUploads() bool { return r >= LeastForUploads }

// ForWrites says whether there is room for anything.
func (r Room) ForWrites() bool { return r >= LeastForWrites }

// String is the room in the unit that says most.
func (r Room) String() string {
	const k = 1000
	switch {
	case r >= k*k*k:
		return fmt.Sprintf("%.1f GB", float64(r)/(k*k*k))
	case r >= k*k:
		return fmt.Sprintf("%d MB", r/(k*k))
	}
	return fmt.Sprintf("%d kB", r/k)
}
