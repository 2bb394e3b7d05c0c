package match_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/matchtest"
)

// The vectors are problems with certificates, good and forged, for anybody's checker. This file describes them; the
// files under testdata are what others read.
const vectorsDir = "testdata/vectors"

var update = flag.Bool("update", false, "write "+vectorsDir+" anew: go test ./match -run Vectors -update")

// An expectation is what a checker must say of a vector.
type expectation struct {
	Accept bool   `json:"accept"`
	Why    string `json:"why"` // the code of the fault; "read": not to be read; "problem": the hash of another file
	Says   string `json:"says"`
}

func TestVectorsAreJudgedAsTheySay(t *testing.T) {
	t.Parallel()
	if *update {
		t.Skip("the vectors are being written")
	}
	good, forged := 0, 0
	for _, name := range vectorNames(t) {
		var want expectation
		if err := json.Unmarshal(readVector(t, name, "expect.json"), &want); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if want.Accept {
			good++
		} else {
			forged++
		}
		why, err := judgeVector(readVector(t, name, "problem.json"), readVector(t, name, "certificate.json"))
		if (err == nil) != want.Accept || why != want.Why {
			t.Errorf("%s: got %q (%v), want accept %t, %q: %s", name, why, err, want.Accept, want.Why, want.Says)
		}
	}
	if good < 12 || forged < 20 {
		t.Errorf("%d good and %d forged vectors are too few to try a checker with", good, forged)
	}
}

func TestVectorsAreTheOnesDescribed(t *testing.T) {
	t.Parallel()
	described := map[string]bool{}
	for _, v := range vectors(t) {
		if described[v.name] {
			t.Errorf("two vectors are called %s", v.name)
		}
		described[v.name] = true
		for file, content := range v.files(t) {
			if *update {
				writeVector(t, v.name, file, content)
			} else if !bytes.Equal(readVector(t, v.name, file), content) {
				t.Errorf("%s/%s is another one; go test ./match -run Vectors -update writes it anew", v.name, file)
			}
		}
	}
	for _, name := range vectorNames(t) {
		if !described[name] {
			t.Errorf("%s is described nowhere; remove it", filepath.Join(vectorsDir, name))
		}
	}
}

// judgeVector judges two files as an auditor does: read, compare the hash, check.
func judgeVector(problem, certificate []byte) (why string, err error) {
	p, err := match.ReadProblem(bytes.NewReader(problem))
	if err != nil {
		return "read", err
	}
	c, err := match.ReadCertificate(bytes.NewReader(certificate))
	if err != nil {
		return "read", err
	}
	if c.Problem != hashOf(problem) {
		return "problem", errors.New("the certificate is about another problem")
	}
	var fault *match.Fault
	if err = match.Check(p, c); errors.As(err, &fault) {
		why = fault.Code
	}
	return why, err
}

func hashOf(file []byte) string {
	sum := sha256.Sum256(file)
	return hex.EncodeToString(sum[:])
}

func vectorNames(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(vectorsDir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		if entry.IsDir() {
			names = append(names, entry.Name())
		}
	}
	return names
}

func readVector(t *testing.T, name, file string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(vectorsDir, name, file))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func writeVector(t *testing.T, name, file string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(vectorsDir, name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(vectorsDir, name, file), content, 0o644); err != nil {
		t.Fatal(err)
	}
}

// A vector is a problem with a certificate that brute force has made, and what was done to them.
type vector struct {
	name, why, says string // why: the code of the fault; "" when the certificate is to be accepted
	problem         *match.Problem
	forge           func(c *match.Certificate)
	spoil           func(p *match.Problem)              // changes the problem after the certificate was made
	edit            func(p, c string) (string, string)  // changes the files after all that
	unnamed         bool                                // the certificate keeps the hash of the problem before spoil
}

func (v *vector) files(t *testing.T) map[string][]byte {
	t.Helper()
	c, err := matchtest.Prove(t.Context(), v.problem)
	if err != nil {
		t.Fatalf("%s: %v", v.name, err)
	}
	if v.forge != nil {
		v.forge(c)
	}
	problem := text(v.problem)
	_ = problem
	return nil
}
