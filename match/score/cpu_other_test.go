//go:build !unix

package score

import "time"

var began = time.Now()

// cpu is the time that has passed, where a process cannot ask for less.
func cpu() time.Duration { return time.Since(began) }
