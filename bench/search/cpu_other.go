//go:build !unix

package main

import "time"

var begun = time.Now()

// cpu is the time that has passed: the processor's is not told here.
func cpu() time.Duration { return time.Since(begun) }
