//go:build unix

package storetest

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// leftAfter is how old the folder of a server is at least that is taken for one that was left. Starting takes less.
const leftAfter = 10 * time.Minute

// sweep deletes the folders of servers that are gone. They die with the process of their tests, which cannot delete the
// folder then, and each has some hundred megabytes.
func sweep(folders string) {
	left, _ := filepath.Glob(folders) // the pattern is right
	for _, folder := range left {
		info, err := os.Stat(folder)
		if err != nil || time.Since(info.ModTime()) < leftAfter || isServed(folder) {
			continue
		}
		_ = os.RemoveAll(folder) // another process may be at it, too
	}
}

// isServed says whether the process still runs that a server has noted in its data folder.
func isServed(folder string) bool {
	noted, err := os.ReadFile(filepath.Join(folder, "data", "postmaster.pid"))
	if err != nil {
		return !errors.Is(err, os.ErrNotExist)
	}
	first, _, _ := strings.Cut(string(noted), "\n")
	pid, err := strconv.Atoi(first)
	return err == nil && !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH)
}
