package match_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
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
	for _, v := range vectors() {
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

// A vector is a problem, the certificate that brute force makes for it, and what was done to them afterwards.
type vector struct {
	name, why, says string // why: the code of the fault; "" when the certificate is to be accepted
	problem         func(b *match.Builder)
	spoil           func(p *match.Problem)     // changes the problem; the certificate gets its new hash
	forge           func(c *match.Certificate) // changes the certificate
	problemText     func(file string) string   // changes the file of the problem before it is hashed
	certificateText func(file string) string   // changes the file of the certificate
}

func (v *vector) files(t *testing.T) map[string][]byte {
	t.Helper()
	b := match.NewBuilder(match.Optimal)
	v.problem(b)
	p := built(t, b)
	c, err := matchtest.Prove(t.Context(), p)
	if err != nil {
		t.Fatalf("%s: %v", v.name, err)
	}
	if v.spoil != nil {
		v.spoil(p)
	}
	problem := edited(t, v.name, text(p), v.problemText)
	c.Problem = hashOf(problem)
	if v.forge != nil {
		v.forge(c)
	}
	expect, err := json.MarshalIndent(expectation{v.why == "", v.why, v.says}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return map[string][]byte{
		"problem.json":     problem,
		"certificate.json": edited(t, v.name, text(c), v.certificateText),
		"expect.json":      append(expect, '\n'),
	}
}

// edited fails when there is nothing to edit any more.
func edited(t *testing.T, name string, file []byte, edit func(string) string) []byte {
	t.Helper()
	if edit == nil {
		return file
	}
	changed := []byte(edit(string(file)))
	if bytes.Equal(changed, file) {
		t.Errorf("%s: the edit changes nothing", name)
	}
	return changed
}

// replace makes an edit that puts new in the place of the first old.
func replace(old, new string) func(string) string {
	return func(file string) string { return strings.Replace(file, old, new, 1) }
}

// vectors are the good ones of each kind, each followed by what a forger would try with it.
func vectors() []vector {
	return slices.Concat(optimalVectors(), stableVectors(), strangeVectors())
}

func people(b *match.Builder, s match.Side, most int, ids ...string) {
	for _, id := range ids {
		b.Person(s, id, most, 0)
	}
}

// suit adds a pair that suits so much.
func suit(b *match.Builder, mentee, mentor string, suits int32) {
	b.Pair(match.Pair{Mentee: mentee, Mentor: mentor, Values: map[string]int32{"suits": suits}})
}

var suitability = match.Goal{Name: "suitability", Column: "suits"}

// twoResidents is the example of docs/reference/certificate.md.
func twoResidents(b *match.Builder) {
	people(b, match.MenteeSide, 1, "amina", "ben")
	people(b, match.MentorSide, 1, "roy", "silva")
	suit(b, "amina", "roy", 9)
	suit(b, "amina", "silva", 8)
	suit(b, "ben", "roy", 7)
	suit(b, "ben", "silva", 1)
	b.Goals = []match.Goal{suitability}
}

// severalMentors has four places for five wishes.
func severalMentors(b *match.Builder) {
	people(b, match.MenteeSide, 2, "amina", "chloe")
	people(b, match.MenteeSide, 1, "ben")
	people(b, match.MentorSide, 2, "roy")
	people(b, match.MentorSide, 1, "silva", "tran")
	suit(b, "amina", "roy", 5)
	suit(b, "amina", "silva", 4)
	suit(b, "amina", "tran", 4)
	suit(b, "ben", "roy", 3)
	suit(b, "ben", "silva", 6)
	suit(b, "chloe", "roy", 5)
	suit(b, "chloe", "silva", 5)
	suit(b, "chloe", "tran", 1)
	b.Goals = []match.Goal{suitability}
}

// departments has classes on both sides, some inside others: Roy takes three, at most two of the own department, and
// of those at most one junior; Amina seeks one mentor for each of two purposes.
func departments(b *match.Builder) {
	people(b, match.MenteeSide, 2, "amina")
	b.Class(match.MenteeSide, "amina", "career", "", 1, 0)
	b.Class(match.MenteeSide, "amina", "research", "", 1, 0)
	people(b, match.MenteeSide, 1, "ben", "chloe", "dana")
	people(b, match.MentorSide, 3, "roy")
	b.Class(match.MentorSide, "roy", "own", "", 2, 0)
	b.Class(match.MentorSide, "roy", "junior", "own", 1, 0)
	people(b, match.MentorSide, 1, "silva")
	for _, pair := range []match.Pair{
		{Mentee: "amina", Mentor: "roy", Purpose: "career", MenteeClass: "career", MentorClass: "own", Values: map[string]int32{"suits": 7}},
		{Mentee: "amina", Mentor: "roy", Purpose: "research", MenteeClass: "research", MentorClass: "own", Values: map[string]int32{"suits": 6}},
		{Mentee: "amina", Mentor: "silva", Purpose: "research", MenteeClass: "research", Values: map[string]int32{"suits": 4}},
		{Mentee: "ben", Mentor: "roy", Purpose: "career", MentorClass: "junior", Values: map[string]int32{"suits": 9}},
		{Mentee: "chloe", Mentor: "roy", Purpose: "career", MentorClass: "junior", Values: map[string]int32{"suits": 8}},
		{Mentee: "chloe", Mentor: "silva", Purpose: "career", Values: map[string]int32{"suits": 2}},
		{Mentee: "dana", Mentor: "roy", Purpose: "career", Values: map[string]int32{"suits": 3}},
	} {
		b.Pair(pair)
	}
	b.Goals = []match.Goal{suitability}
}

// program has the goals that a program would have, in their order.
func program(b *match.Builder) {
	people(b, match.MenteeSide, 1, "amina", "ben", "chloe")
	people(b, match.MentorSide, 1, "roy", "silva", "tran")
	suit(b, "amina", "roy", 9)
	suit(b, "amina", "silva", 5)
	suit(b, "ben", "roy", 8)
	suit(b, "ben", "tran", 2)
	suit(b, "chloe", "silva", 7)
	suit(b, "chloe", "tran", 6)
	b.Pair(match.Pair{Mentee: "ben", Mentor: "silva", Values: map[string]int32{"suits": 4, match.Existing: 1}})
	b.Goals = []match.Goal{
		{Name: "placed", Pairs: true},
		{Name: "poor", Column: "suits", Band: &match.Band{From: 0, To: 2}, Minimise: true},
		{Name: "keep", Column: match.Existing},
		suitability,
	}
}

// evenLoad wants everybody's first mentor before anybody's second, and mentors evenly loaded, before suitability.
func evenLoad(b *match.Builder) {
	people(b, match.MenteeSide, 2, "amina", "ben")
	people(b, match.MenteeSide, 1, "chloe")
	people(b, match.MentorSide, 3, "roy", "silva")
	suit(b, "amina", "roy", 9)
	suit(b, "amina", "silva", 1)
	suit(b, "ben", "roy", 9)
	suit(b, "ben", "silva", 2)
	suit(b, "chloe", "roy", 5)
	suit(b, "chloe", "silva", 4)
	b.Goals = []match.Goal{
		{Name: "first mentors", Units: []match.Reward{{Of: "mentees", Units: []int64{1}}}},
		{Name: "placed", Pairs: true},
		{Name: "even load", Units: []match.Reward{{Of: "mentors", Units: []int64{-1, -3, -5}}}},
		suitability,
	}
}

// classUnits rewards the units of caps that it lists: nobody more than Roy's first pair of the own department.
func classUnits(b *match.Builder) {
	departments(b)
	b.Goals = []match.Goal{{Name: "own", Units: []match.Reward{{Caps: []int32{4, 8, 9}, Units: []int64{2, 1}}}}, suitability}
}

// everyMentor must give each mentor a mentee.
func everyMentor(b *match.Builder) {
	people(b, match.MenteeSide, 1, "amina", "ben")
	b.Person(match.MentorSide, "roy", 2, 1)
	b.Person(match.MentorSide, "silva", 1, 1)
	suit(b, "amina", "roy", 9)
	suit(b, "amina", "silva", 2)
	suit(b, "ben", "roy", 8)
	suit(b, "ben", "silva", 3)
	b.HardMinimums = true
	b.Goals = []match.Goal{suitability}
}

// tooManyMentors cannot give each mentor a mentee: only Amina may go to Silva or Tran.
func tooManyMentors(b *match.Builder) {
	people(b, match.MenteeSide, 1, "amina", "ben")
	for _, id := range []string{"roy", "silva", "tran"} {
		b.Person(match.MentorSide, id, 1, 1)
	}
	suit(b, "amina", "silva", 2)
	suit(b, "amina", "tran", 3)
	suit(b, "ben", "roy", 8)
	b.HardMinimums = true
	b.Goals = []match.Goal{suitability}
}

// decided has a pair that was agreed on before, and one that must not be.
func decided(b *match.Builder) {
	twoResidents(b)
	people(b, match.MenteeSide, 1, "chloe")
	people(b, match.MentorSide, 1, "tran")
	b.Pair(match.Pair{Mentee: "chloe", Mentor: "roy", Values: map[string]int32{"suits": 9}, State: match.Forbidden})
	b.Pair(match.Pair{Mentee: "ben", Mentor: "tran", Values: map[string]int32{"suits": -5}, State: match.Pinned})
	suit(b, "chloe", "silva", 4)
	suit(b, "chloe", "tran", 6)
}

// draw lets the lottery decide between equals: whoever is placed suits alike.
func draw(b *match.Builder) {
	people(b, match.MenteeSide, 1, "amina", "ben", "chloe")
	people(b, match.MentorSide, 1, "roy", "silva")
	for _, mentee := range []string{"amina", "ben", "chloe"} {
		suit(b, mentee, "roy", 5)
		suit(b, mentee, "silva", 5)
	}
	b.Lottery.Seed = "the dice of 12 May: 4 4 1 6 2"
	b.Goals = []match.Goal{suitability, {Name: "lottery 1", Lottery: 1}, {Name: "lottery 2", Lottery: 2}}
}

func optimalVectors() []vector {
	return []vector{
		{name: "optimal-flat", problem: twoResidents,
			says: "Two mentees, two mentors with a place each: 15 is the most, and the prices 8, 1, 1, 0 prove it."},
		{name: "optimal-demand", problem: severalMentors,
			says: "Mentees who seek two mentors, and a mentor with two places."},
		{name: "optimal-classes", problem: departments,
			says: "Limits inside limits on both sides, and purposes: a pair pays the prices of every cap on its way."},
		{name: "optimal-goals", problem: program,
			says: "Four goals in their order, one of them to be made small: prices are compared goal by goal."},
		{name: "optimal-units", problem: evenLoad,
			says: "Units on totals count, the later ones less: prices may be below zero where a unit is worth having."},
		{name: "optimal-class-units", problem: classUnits,
			says: "Units on listed caps count, a class and a class inside it among them."},
		{name: "optimal-minimums", problem: everyMentor,
			says: "Hard minimums are the first goal of the ladder, and are met."},
		{name: "impossible", problem: tooManyMentors,
			says: "Hard minimums cannot be met: the prices prove that two of three units is the most."},
		{name: "optimal-decided", problem: decided,
			says: "A pinned pair is chosen though nothing speaks for it, a forbidden one is not though much does."},
		{name: "optimal-lottery", problem: draw,
			says: "Two digits of the lottery decide between matchings that are equally good otherwise."},
	}
}

func stableVectors() []vector { return nil }

func strangeVectors() []vector { return nil }
