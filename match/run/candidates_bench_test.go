//go:build unix

package run

import (
	"flag"
	"fmt"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

var wholeBenchmark = flag.Bool("whole", false, "benchmark 100,000 mentees and 25,000 mentors")

// committee is a program as a coordinator would write it, for the benchmark.
const committee = `version: 1
seed: dice
purposes: {mentee: purposes, mentor: purposes, points: [50, 30, 10]}
must:
  - different: unit
  - gap: grade
    from: 1
points:
  - shared: interests
    weight: 6
  - same: tongue
    weight: 4
  - gap: grade
    points: {1: 10, 2: 30, 3: 20}
  - choice: mentee
    weight: 8
mentors:
  classes: [{by: purpose, at most: 2}]
`

// BenchmarkMatch goes from files to the folder of a run. The memory is the most that the process ever had.
func BenchmarkMatch(b *testing.B) {
	sizes := [][2]int{{300, 150}, {5000, 2000}}
	if *wholeBenchmark {
		sizes = [][2]int{{100_000, 25_000}}
	}
	for _, size := range sizes {
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			inputs := intake(1, size[0], size[1], committee)
			start := cpu()
			for b.Loop() {
				r, err := Match(b.Context(), inputs, Options{})
				if err != nil {
					b.Fatal(err)
				}
				if _, err := r.Write(b.Context(), filepath.Join(b.TempDir(), "run"), false); err != nil {
					b.Fatal(err)
				}
				b.Logf("%d possible pairs, %d listed: %+v", r.Problem.Edges.Len(), len(r.Certificate.Chosen), r.Manifest.Candidates)
			}
			b.ReportMetric((cpu()-start).Seconds()/float64(b.N), "cpu-s/op")
			var u syscall.Rusage
			if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err == nil {
				b.ReportMetric(float64(u.Maxrss)/1024, "peak-MB")
			}
		})
	}
}

// cpu is the processor time that this process has used.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err) // cannot fail for oneself
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
