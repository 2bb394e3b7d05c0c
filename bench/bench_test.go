package main

import (
	"context"
	"crypto/md5"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/solve"
)

// The sums are those of the generator in C++ from which this one was written anew.
func TestInstancesAreTheSameBytesEverywhere(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in   instance
		want string
	}{
		{instance{n: 1000, seed: 1, capMax: 6}, "a8c5bfb373f4732b2a8ab793cbba3bb7"},
		{instance{n: 10000, seed: 1, capMax: 6}, "9173d7711a59f9794342563c5196bc95"},
		{instance{n: 1000, seed: 1, capMax: 6, coarse: true}, "e92e876d6354893dd17efddf64c14164"},
		{instance{n: 1000, seed: 1, capMax: 6, stable: true}, "4e436b9769192d14eacb3a2194095e8c"},
		{instance{n: 10000, seed: 1, capMax: 6, stable: true}, "34d4b9f1d2fa0b57dce85247e8dddcd5"},
	} {
		c.in.generate()
		sum := md5.New()
		if err := c.in.write(sum); err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprintf("%x", sum.Sum(nil)); got != c.want {
			t.Errorf("n %d, stable %v, coarse %v: got %s, want %s", c.in.n, c.in.stable, c.in.coarse, got, c.want)
		}
	}
}

// The values were found by LEMON, CS2, SciPy, HiGHS and others, all alike.
func TestScoredInstancesReachThePublishedValues(t *testing.T) {
	t.Parallel()
	for n, want := range map[uint32]int64{1000: 8056920, 10000: 80777893} {
		in := instance{n: n, seed: 1, capMax: 6}
		in.generate()
		r, err := solveScored(in.problem(), 1)
		if err != nil || r.value != want {
			t.Errorf("n %d: got %v, %v, want %d", n, r, err, want)
		}
	}
}

// Mentee by mentee, Chiron and a program in C++ that shares no line with it find the same stable matching.
func TestRankedInstancesEqualTheReference(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("g++"); err != nil {
		if os.Getenv("CHIRON_REQUIRE_PEERS") == "1" {
			t.Fatal("g++ is required to build the reference")
		}
		t.Skip("g++ is not installed, so the reference cannot be built")
	}
	p := &peers{folder: t.TempDir()}
	if out, err := p.build("hr_ref"); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for seed := range uint64(20) {
		in := instance{n: 500, seed: seed, capMax: 1 + seed%6, stable: true, zipf: seed % 3}
		if seed == 0 {
			in.n = 10000
		}
		in.generate()
		file, err := p.instance(&in)
		if err != nil {
			t.Fatal(err)
		}
		mates := filepath.Join(p.folder, "mates.txt")
		if out, err := exec.Command(filepath.Join(p.folder, "hr_ref"), file, mates).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		text, err := os.ReadFile(mates)
		if err != nil {
			t.Fatal(err)
		}
		problem := in.problem()
		c, err := solve.Solve(context.Background(), problem, solve.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := match.Check(problem, c); err != nil {
			t.Fatal(err)
		}
		got := make([]string, in.n)
		for i := range got {
			got[i] = "0"
		}
		for _, e := range c.Chosen {
			got[problem.Edges.Mentee[e]] = fmt.Sprint(problem.Edges.Mentor[e] + 1)
		}
		if want := strings.Fields(string(text)); strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("seed %d: the matching is not the reference's", seed)
		}
	}
}

func TestBenchmarkPrintsATable(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	if err := run([]string{"-sizes", "200", "-stable", "200", "-goals", "200", "-whatif", "200", "-questions", "5"}, &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"| scarce | 200 |", "| coarse | 200 |", "| 200 | ", "20 bands", "| abundant | 200 | -1 |"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the table lacks %q:\n%s", want, out.String())
		}
	}
}
