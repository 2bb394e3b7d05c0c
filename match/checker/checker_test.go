// Package checker_test holds the checker in JavaScript to the one in Go: they share no line, and must agree on every
// certificate.
package checker_test

import (
	"bytes"
	"encoding/json"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/matchtest"
)

func TestBothCheckersAgreeOnForgeries(t *testing.T) {
	t.Parallel()
	var cases []verdict
	mutants := 0
	for f := range matchtest.Forgeries(6, 20_000) {
		if f.What != matchtest.Unchanged {
			mutants++
		}
		cases = append(cases, verdict{f.What, text(t, f.Problem), text(t, f.Certificate), f.Accepted})
		if mutants == 10_000 {
			break
		}
	}
	compare(t, cases)
}

// Every good proof is accepted by both. CHIRON_TINY sets how many problems of each aim there are.
func TestBothCheckersAcceptGoodProofs(t *testing.T) {
	t.Parallel()
	number := uint64(250)
	if value := os.Getenv("CHIRON_TINY"); value != "" {
		n, err := strconv.ParseUint(value, 10, 32)
		if err != nil {
			t.Fatalf("CHIRON_TINY is %q; set it to the number of problems for each aim", value)
		}
		number = n
	}
	var cases []verdict
	for seed := range number {
		for _, p := range []*match.Problem{
			matchtest.Tiny(seed, matchtest.AnyFeatures(seed, matchtest.OptimalFeatures)),
			matchtest.TinyStable(seed, matchtest.AnyFeatures(seed, matchtest.StableFeatures), match.StableForMentees),
			matchtest.TinyStable(seed, matchtest.AnyFeatures(seed, matchtest.StableFeatures), match.StableForMentors),
			matchtest.TinyStable(seed, matchtest.AnyFeatures(seed, matchtest.PlacingFeatures), match.StableMorePlaced),
		} {
			c, err := matchtest.Prove(t.Context(), p)
			if err != nil {
				t.Fatal(err)
			}
			if err := match.Check(p, c); err != nil {
				t.Fatalf("%v\n%s%s", err, text(t, p), text(t, c))
			}
			cases = append(cases, verdict{"a good proof", text(t, p), text(t, c), true})
		}
	}
	if accepted := judgeAll(t, cases); accepted != len(cases) {
		t.Errorf("%d of %d good proofs are accepted", accepted, len(cases))
	}
}

// Files in which some numbers are others are mostly no problems any more, or no certificates.
func TestBothCheckersAgreeOnFilesWithOtherNumbers(t *testing.T) {
	t.Parallel()
	var cases []verdict
	rng := rand.New(rand.NewPCG(7, 0))
	for f := range matchtest.Forgeries(7, 10_000) {
		problem, certificate := text(t, f.Problem), text(t, f.Certificate)
		for range 1 + rng.IntN(2) {
			problem = renumber(rng, problem)
		}
		if rng.IntN(2) == 0 {
			certificate = renumber(rng, certificate)
		}
		cases = append(cases, verdict{"other numbers", problem, certificate, accepts(problem, certificate)})
	}
	compare(t, cases)
}

// A verdict is what the checker in Go says of two files.
type verdict struct {
	what                 string
	problem, certificate []byte
	accepted             bool
}

func accepts(problem, certificate []byte) bool {
	p, err := match.ReadProblem(bytes.NewReader(problem))
	if err != nil {
		return false
	}
	c, err := match.ReadCertificate(bytes.NewReader(certificate))
	return err == nil && match.Check(p, c) == nil
}

var numbers = regexp.MustCompile(`[\[,]-?[0-9]+`)

// renumber changes a number of a list by one, or to anything small.
func renumber(rng *rand.Rand, text []byte) []byte {
	all := numbers.FindAllIndex(text, -1)
	if len(all) == 0 {
		return text
	}
	at := all[rng.IntN(len(all))]
	number, err := strconv.ParseInt(string(text[at[0]+1:at[1]]), 10, 64)
	if err != nil {
		panic(err) // the expression finds numbers only
	}
	switch rng.IntN(3) {
	case 0:
		number++
	case 1:
		number--
	default:
		number = rng.Int64N(10) - 3
	}
	changed := append([]byte{}, text[:at[0]+1]...)
	return append(strconv.AppendInt(changed, number, 10), text[at[1]:]...)
}

// compare has JavaScript judge all cases, of which some are to be accepted and others not.
func compare(t *testing.T, cases []verdict) {
	t.Helper()
	if accepted := judgeAll(t, cases); accepted == 0 || accepted == len(cases) {
		t.Errorf("%d of %d are accepted: too one-sided to compare by", accepted, len(cases))
	}
}

// judgeAll has JavaScript judge all cases in one go, and says how many the checker in Go accepts.
func judgeAll(t *testing.T, cases []verdict) (accepted int) {
	t.Helper()
	node := findNode(t)
	file := filepath.Join(t.TempDir(), "cases.ndjson")
	if err := os.WriteFile(file, lines(t, cases), 0o600); err != nil {
		t.Fatal(err)
	}
	// Only node reads the scripts; without this the test's cached answer would outlive a change of theirs.
	for _, script := range [...]string{"batch.mjs", "check.mjs", "judge.mjs"} {
		if _, err := os.ReadFile(script); err != nil {
			t.Fatal(err)
		}
	}
	var complaint bytes.Buffer
	run := exec.CommandContext(t.Context(), node, "batch.mjs", file)
	run.Stderr = &complaint
	out, err := run.Output()
	if err != nil {
		t.Fatalf("node batch.mjs: %v\n%s", err, &complaint)
	}
	said := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(said) != len(cases) {
		t.Fatalf("got %d verdicts for %d cases", len(said), len(cases))
	}
	disagreements := 0
	for i, c := range cases {
		if c.accepted {
			accepted++
		}
		if c.accepted == (said[i] == "accepted") {
			continue
		}
		if disagreements++; disagreements <= 3 {
			t.Errorf("%s: Go accepts: %t; JavaScript: %s\n%s%s", c.what, c.accepted, said[i], c.problem, c.certificate)
		}
	}
	t.Logf("%d certificates, %d accepted by both, %d disagreements", len(cases), accepted, disagreements)
	return accepted
}

// findNode skips the test where there is no Node, unless it must be there.
func findNode(t *testing.T) string {
	t.Helper()
	node, err := exec.LookPath("node")
	switch {
	case err == nil:
		return node
	case os.Getenv("CHIRON_REQUIRE_NODE") == "1":
		t.Fatalf("CHIRON_REQUIRE_NODE=1, but: %v", err)
	default:
		t.Skip("node is not installed, so the second checker of certificates is not compared with the first")
	}
	return ""
}

// lines writes a case a line.
func lines(t *testing.T, cases []verdict) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, c := range cases {
		line, err := json.Marshal(map[string]json.RawMessage{"problem": c.problem, "certificate": c.certificate})
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	return b.Bytes()
}

// text is what a file holds.
func text(t *testing.T, file interface{ Write(io.Writer) error }) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := file.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
