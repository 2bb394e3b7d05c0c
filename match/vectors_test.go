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
	spoil           func(p *match.Problem) // changes the problem; the certificate gets its new hash
	forge           func(p *match.Problem, c *match.Certificate)
	problemText     func(file string) string // changes the file of the problem before it is hashed
	certificateText func(file string) string // changes the file of the certificate
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
		v.forge(p, c)
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
	return slices.Concat(optimalVectors(), stableVectors(), weakVectors(), strangeVectors())
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

// classUnits wants Roy to have mentees, but rather not of the own department: caps 4 and 8.
func classUnits(b *match.Builder) {
	departments(b)
	b.Goals = []match.Goal{{Name: "mixed", Units: []match.Reward{
		{Caps: []int32{4}, Units: []int64{3, 2}}, {Caps: []int32{8}, Units: []int64{-1, -4}},
	}}, suitability}
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

// minimumsWished has the minimums of tooManyMentors as its first goal.
func minimumsWished(b *match.Builder) {
	tooManyMentors(b)
	b.HardMinimums = false
	b.Goals = []match.Goal{{Name: "minimums", Minimums: true}, suitability}
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

// rank adds a pair with both people's ranks of it.
func rank(b *match.Builder, mentee, mentor string, byMentee, byMentor int) {
	b.Pair(match.Pair{Mentee: mentee, Mentor: mentor, MenteeRank: byMentee, MentorRank: byMentor})
}

// threeChoices has three stable matchings: each mentee's first choice is the mentor whose last choice that is, and
// all are content with second choices too.
func threeChoices(b *match.Builder) {
	b.Aim = match.StableForMentees
	mentees, mentors := []string{"amina", "ben", "chloe"}, []string{"roy", "silva", "tran"}
	people(b, match.MenteeSide, 1, mentees...)
	people(b, match.MentorSide, 1, mentors...)
	for i, mentee := range mentees {
		for j, mentor := range mentors {
			choice := (j-i+3)%3 + 1
			rank(b, mentee, mentor, choice, 4-choice)
		}
	}
}

func threeChoicesForMentors(b *match.Builder) {
	threeChoices(b)
	b.Aim = match.StableForMentors
}

// chain has one stable matching: Ben drives Amina from Roy to Silva, and she drives Chloe out. The mentors wish for a
// mentee each.
func chain(b *match.Builder) {
	b.Aim = match.StableForMentees
	people(b, match.MenteeSide, 1, "amina", "ben", "chloe")
	b.Person(match.MentorSide, "roy", 1, 1)
	b.Person(match.MentorSide, "silva", 1, 1)
	rank(b, "amina", "roy", 1, 2)
	rank(b, "amina", "silva", 2, 1)
	rank(b, "ben", "roy", 1, 1)
	rank(b, "chloe", "silva", 1, 2)
}

// rankedDepartments has classes on both sides: Roy takes two, one of the own department at most; Amina seeks two, one
// of them for research at most.
func rankedDepartments(b *match.Builder) {
	b.Aim = match.StableForMentees
	people(b, match.MenteeSide, 2, "amina")
	b.Class(match.MenteeSide, "amina", "research", "", 1, 0)
	people(b, match.MenteeSide, 1, "ben", "chloe")
	people(b, match.MentorSide, 2, "roy")
	b.Class(match.MentorSide, "roy", "own", "", 1, 0)
	people(b, match.MentorSide, 1, "silva", "tran")
	for _, pair := range []match.Pair{
		{Mentee: "amina", Mentor: "roy", MenteeClass: "research", MentorClass: "own", MenteeRank: 1, MentorRank: 2},
		{Mentee: "amina", Mentor: "silva", MenteeClass: "research", MenteeRank: 2, MentorRank: 1},
		{Mentee: "amina", Mentor: "tran", MenteeRank: 3, MentorRank: 2},
		{Mentee: "ben", Mentor: "roy", MentorClass: "own", MenteeRank: 1, MentorRank: 1},
		{Mentee: "chloe", Mentor: "roy", MenteeRank: 2, MentorRank: 3},
		{Mentee: "chloe", Mentor: "tran", MenteeRank: 1, MentorRank: 1},
	} {
		b.Pair(pair)
	}
}

// tied leaves it to the lottery whom the mentors prefer.
func tied(b *match.Builder) {
	b.Aim = match.StableForMentees
	people(b, match.MenteeSide, 1, "amina", "ben", "chloe")
	people(b, match.MentorSide, 1, "roy", "silva")
	for _, mentee := range []string{"amina", "ben", "chloe"} {
		rank(b, mentee, "roy", 1, 1)
		rank(b, mentee, "silva", 2, 1)
	}
	b.Lottery.Seed = "the dice of 12 May: 5 2 2 6 1"
}

// drawn brings lottery numbers from an earlier problem, and nobody has a preference.
func drawn(b *match.Builder) {
	b.Aim = match.StableForMentees
	people(b, match.MenteeSide, 1, "amina", "ben", "chloe")
	people(b, match.MentorSide, 2, "roy", "silva")
	for _, mentee := range []string{"amina", "ben", "chloe"} {
		rank(b, mentee, "roy", 0, 0)
		rank(b, mentee, "silva", 0, 0)
	}
	b.Lottery = match.Lottery{Mentees: []int64{3, 1, 2}, Mentors: []int64{1<<48 - 2, 0}}
}

// undrawn has no lottery at all.
func undrawn(b *match.Builder) {
	tied(b)
	b.Lottery = match.Lottery{}
}

// purposes lets Roy, who would rather do research, decide for Amina, who has no preference.
func purposes(b *match.Builder) {
	b.Aim = match.StableForMentees
	people(b, match.MenteeSide, 1, "amina", "ben")
	people(b, match.MentorSide, 1, "roy", "silva")
	b.Pair(match.Pair{Mentee: "amina", Mentor: "roy", Purpose: "career", MenteeRank: 1, MentorRank: 2})
	b.Pair(match.Pair{Mentee: "amina", Mentor: "roy", Purpose: "research", MenteeRank: 1, MentorRank: 1})
	b.Pair(match.Pair{Mentee: "ben", Mentor: "roy", Purpose: "career", MenteeRank: 1, MentorRank: 3})
	b.Pair(match.Pair{Mentee: "ben", Mentor: "silva", Purpose: "career", MenteeRank: 2, MentorRank: 1})
}

// rankedDecided pins Ben to Roy, who would rather have Amina, and forbids her and Silva, who would suit each other.
func rankedDecided(b *match.Builder) {
	b.Aim = match.StableForMentees
	people(b, match.MenteeSide, 1, "amina", "ben")
	people(b, match.MentorSide, 1, "roy", "silva", "tran")
	rank(b, "amina", "roy", 1, 1)
	b.Pair(match.Pair{Mentee: "amina", Mentor: "silva", MenteeRank: 2, MentorRank: 1, State: match.Forbidden})
	rank(b, "amina", "tran", 3, 1)
	b.Pair(match.Pair{Mentee: "ben", Mentor: "roy", MenteeRank: 2, MentorRank: 2, State: match.Pinned})
	rank(b, "ben", "tran", 1, 2)
}

// rankedMinimums must give each mentor a mentee, and the stable matching happens to.
func rankedMinimums(b *match.Builder) {
	chain(b)
	b.HardMinimums = true
}

// makingRoom leaves it open whom Roy takes, who ranks Amina and Ben alike. Only if he takes Ben, who has nobody else, are
// both placed; the order of the ids speaks for Amina.
func makingRoom(b *match.Builder) {
	b.Aim = match.StableMorePlaced
	people(b, match.MenteeSide, 1, "amina", "ben")
	people(b, match.MentorSide, 1, "roy", "silva")
	rank(b, "amina", "roy", 1, 1)
	rank(b, "amina", "silva", 2, 1)
	rank(b, "ben", "roy", 1, 1)
}

// contentEither has Amina, whom Roy prefers, not mind whether she has Roy or Silva.
func contentEither(b *match.Builder) {
	b.Aim = match.StableMorePlaced
	people(b, match.MenteeSide, 1, "amina", "ben")
	people(b, match.MentorSide, 1, "roy", "silva")
	rank(b, "amina", "roy", 1, 1)
	rank(b, "amina", "silva", 1, 1)
	rank(b, "ben", "roy", 1, 2)
}

// insisting has both Amina and Roy prefer each other, though Ben has nobody else.
func insisting(b *match.Builder) {
	b.Aim = match.StableMorePlaced
	people(b, match.MenteeSide, 1, "amina", "ben")
	people(b, match.MentorSide, 1, "roy", "silva")
	rank(b, "amina", "roy", 1, 1)
	rank(b, "amina", "silva", 2, 1)
	rank(b, "ben", "roy", 1, 2)
}

// roomDecided has fewer places than people want, a mentee who takes nobody, and pairs that are decided: Ben is pinned to
// Roy, who would rather have Amina, and Chloe and Tran are excluded.
func roomDecided(b *match.Builder) {
	b.Aim = match.StableMorePlaced
	people(b, match.MenteeSide, 1, "amina", "ben", "chloe", "dana")
	people(b, match.MenteeSide, 0, "elif")
	people(b, match.MentorSide, 1, "silva", "tran")
	b.Person(match.MentorSide, "roy", 2, 1)
	b.HardMinimums = true
	rank(b, "amina", "roy", 1, 1)
	b.Pair(match.Pair{Mentee: "ben", Mentor: "roy", MenteeRank: 1, MentorRank: 2, State: match.Pinned})
	b.Pair(match.Pair{Mentee: "chloe", Mentor: "tran", MenteeRank: 1, MentorRank: 1, State: match.Forbidden})
	rank(b, "chloe", "roy", 2, 1)
	rank(b, "dana", "roy", 1, 1)
	rank(b, "dana", "silva", 1, 1)
	rank(b, "elif", "tran", 1, 1)
}

// instead makes a forger choose these pairs and count them rightly, so that only the proof can tell.
func instead(chosen ...int32) func(*match.Problem, *match.Certificate) {
	return func(p *match.Problem, c *match.Certificate) {
		c.Chosen = chosen
		ladder := p.Ladder()
		for k := range c.Values {
			worth := p.Worth(&ladder[k])
			c.Values[k] = worth.Value(chosen, p.Loads(chosen))
		}
	}
}

// priced makes a forger change the price of a cap in goal k.
func priced(k, cap int, price int64) func(*match.Problem, *match.Certificate) {
	return func(_ *match.Problem, c *match.Certificate) { c.Prices[k][cap] = price }
}

func optimalVectors() []vector {
	return []vector{
		{name: "optimal-flat", problem: twoResidents,
			says: "Two mentees, two mentors with a place each: 15 is the most, and the prices 8, 1, 1, 0 prove it."},
		{name: "optimal-other-prices", problem: twoResidents,
			forge: func(_ *match.Problem, c *match.Certificate) { c.Prices[0] = []int64{5, 2, 4, 3} },
			says:  "Other prices prove the same; they need not be the lowest."},
		{name: "forged-pair-swapped", why: "residual", problem: twoResidents, forge: instead(0, 3),
			says: "Another matching, rightly counted: the prices do not prove it."},
		{name: "forged-pair-left-out", why: "price", problem: twoResidents, forge: instead(2),
			says: "Amina is left out, and her price would still buy a pair."},
		{name: "forged-value", why: "value", problem: twoResidents,
			forge: func(_ *match.Problem, c *match.Certificate) { c.Values[0] = 16 },
			says:  "The best matching, said to count one more than it does."},
		{name: "forged-price-lowered", why: "residual", problem: twoResidents, forge: priced(0, 2, 0),
			says: "With Roy's price at 0, Amina and Roy are worth more than their prices and yet not chosen."},
		{name: "forged-price-raised", why: "residual", problem: twoResidents, forge: priced(0, 2, 7),
			says: "With Roy's price at 7, Ben and Roy are chosen and worth less than their prices."},
		{name: "forged-price-too-great", why: "price", problem: twoResidents, forge: priced(0, 2, 1<<52),
			says: "A price beyond 2 to the power of 50, where sums stop being exact, is refused whatever it would prove."},
		{name: "forged-prices-too-few", why: "price", problem: twoResidents,
			forge: func(_ *match.Problem, c *match.Certificate) { c.Prices[0] = c.Prices[0][:3] },
			says:  "Silva has no price."},
		{name: "forged-cap-exceeded", why: "cap", problem: twoResidents, forge: instead(0, 2),
			says: "Both go to Roy, who has one place."},
		{name: "forged-order", why: "chosen", problem: twoResidents, forge: instead(2, 1),
			says: "The chosen pairs are not in increasing order."},
		{name: "forged-pair-twice", why: "chosen", problem: twoResidents, forge: instead(1, 2, 2),
			says: "A pair is chosen twice, to count it twice."},
		{name: "forged-pair-invented", why: "chosen", problem: twoResidents,
			forge: func(_ *match.Problem, c *match.Certificate) { c.Chosen = []int32{1, 2, 4} },
			says:  "Pair 4 does not exist; the pairs are 0 to 3."},
		{name: "forged-pair-negative", why: "chosen", problem: twoResidents,
			forge: func(_ *match.Problem, c *match.Certificate) { c.Chosen = []int32{-1, 1, 2} },
			says:  "Nor does pair -1."},
		{name: "forged-stable-for-optimal", why: "claim", problem: twoResidents,
			forge: func(_ *match.Problem, c *match.Certificate) {
				*c = match.Certificate{Problem: c.Problem, Engine: c.Engine, Outcome: match.IsStable, Chosen: []int32{0, 3}}
			},
			says: "The matching is stable, but the problem asks for the best one."},
		{name: "forged-impossible-without-minimums", why: "claim", problem: twoResidents,
			forge: func(_ *match.Problem, c *match.Certificate) { c.Outcome = match.IsImpossible },
			says:  "A problem without hard minimums cannot be impossible."},
		{name: "forged-outcome", why: "claim", problem: twoResidents,
			forge: func(_ *match.Problem, c *match.Certificate) { c.Outcome = "constructor" },
			says:  "An outcome that there is not, though JavaScript would find one by that name."},
		{name: "forged-refusals-for-optimal", why: "claim", problem: twoResidents,
			forge: func(_ *match.Problem, c *match.Certificate) { c.Rejected = []int32{0} },
			says:  "The proof of another kind of claim has no place here."},
		{name: "forged-other-problem", why: "problem", problem: twoResidents,
			forge: func(_ *match.Problem, c *match.Certificate) { c.Problem = hashOf(nil) },
			says:  "The certificate names another file."},
		{name: "forged-one-sided", why: "kind", problem: twoResidents, spoil: func(p *match.Problem) { p.Kind = match.OneSided },
			says: "The kind one-sided is reserved."},
		{name: "forged-edge-twice", why: "edges", problem: twoResidents, spoil: func(p *match.Problem) { p.Edges.Mentor[1] = 0 },
			says: "The problem lists Amina and Roy twice."},
		{name: "forged-missing-column", why: "goals", problem: twoResidents, spoil: func(p *match.Problem) { p.Goals[0].Column = "toString" },
			says: "The goal counts a column that does not exist."},
		{name: "forged-key-twice", why: "read", problem: twoResidents, certificateText: replace(`"chosen": [1,2]`, `"chosen": [0,3], "chosen": [1,2]`),
			says: "A key is there twice, so that one reader sees one matching and the next another."},
		{name: "forged-price-as-text", why: "read", problem: twoResidents, certificateText: replace("[[8,1,1,0]]", `[[8,1,"1",0]]`),
			says: "A price is a text."},
		{name: "forged-price-fraction", why: "read", problem: twoResidents, certificateText: replace("[[8,1,1,0]]", "[[7.5,1,1.5,0]]"),
			says: "Prices are fractions."},
		{name: "forged-prices-null", why: "read", problem: twoResidents, certificateText: replace("[[8,1,1,0]]", "null"),
			says: "There are no prices at all."},
		{name: "forged-cut-short", why: "read", problem: twoResidents, certificateText: func(file string) string { return file[:len(file)-3] },
			says: "The end of the file is missing."},

		{name: "optimal-demand", problem: severalMentors,
			says: "Mentees who seek two mentors, and a mentor with two places."},
		{name: "forged-price-of-room", why: "price", problem: severalMentors, forge: priced(0, 2, 1),
			says: "Chloe has room for another pair, and a price above 0."},
		{name: "forged-price-below-zero", why: "price", problem: severalMentors, forge: priced(0, 0, -1),
			says: "Amina has two pairs, and a price at which she would rather have none."},

		{name: "optimal-classes", problem: departments,
			says: "Limits inside limits on both sides, and purposes: a pair pays the prices of every cap on its way."},
		{name: "forged-price-moved-outwards", why: "residual", problem: departments,
			forge: func(_ *match.Problem, c *match.Certificate) { c.Prices[0][4], c.Prices[0][8] = 4, 0 },
			says:  "The price of Roy's own department is asked of all his pairs."},
		{name: "forged-class-exceeded", why: "cap", problem: departments, forge: instead(2, 3, 4, 6),
			says: "Roy has room for three, but not for two juniors."},
		{name: "forged-class-of-another", why: "edges", problem: departments, spoil: func(p *match.Problem) { p.Edges.MentorCap[2] = 8 },
			says: "Silva's pair counts on a class of Roy's."},
		{name: "forged-class-in-itself", why: "class", problem: departments, spoil: func(p *match.Problem) { p.Classes[2].Parent = 9 },
			says: "A class lies in one that lies in it."},

		{name: "optimal-goals", problem: program,
			says: "Four goals in their order, one of them to be made small: prices are compared goal by goal."},
		{name: "forged-goals-exchanged", why: "residual", problem: program,
			forge: func(_ *match.Problem, c *match.Certificate) { c.Prices[0], c.Prices[3] = c.Prices[3], c.Prices[0] },
			says:  "The prices of the first goal and of the last are exchanged."},
		{name: "forged-goal-dropped", why: "claim", problem: program,
			forge: func(_ *match.Problem, c *match.Certificate) { c.Values, c.Prices = c.Values[:3], c.Prices[:3] },
			says:  "The proof ends before the last goal."},
		{name: "forged-lower-goal-first", why: "residual", problem: program, forge: instead(0, 5),
			says: "Nobody in a poor match, at the cost of a place for Ben: that goal comes second."},

		{name: "optimal-units", problem: evenLoad,
			says: "Units on totals count, the later ones less: prices may be below zero where a unit is worth having."},
		{name: "forged-units-growing", why: "goals", problem: evenLoad,
			spoil: func(p *match.Problem) { p.Goals[2].Units[0].Units = []int64{-5, -3, -1} },
			says:  "Later units count more, for which such prices prove nothing."},
		{name: "forged-uneven-load", why: "residual", problem: evenLoad, forge: instead(0, 1, 2, 4),
			says: "A pair less than could be, and Roy at ease: placing comes before an even load."},
		{name: "optimal-class-units", problem: classUnits,
			says: "Units on listed caps count, one of them a class."},

		{name: "optimal-minimums", problem: everyMentor,
			says: "Hard minimums are the first goal of the ladder, and are met."},
		{name: "forged-impossible", why: "minimum", problem: everyMentor,
			forge: func(_ *match.Problem, c *match.Certificate) {
				c.Outcome, c.Values, c.Prices = match.IsImpossible, c.Values[:1], c.Prices[:1]
			},
			says: "Minimums that are met, said to be impossible."},
		{name: "forged-minimum-missed", why: "price", problem: everyMentor, forge: instead(0, 2),
			says: "Both with Roy, which suits better, but Silva must have somebody."},
		{name: "impossible", problem: tooManyMentors,
			says: "Hard minimums cannot be met: the prices prove that two of three units is the most."},
		{name: "forged-impossible-met", why: "minimum", problem: minimumsWished,
			spoil: func(p *match.Problem) { p.HardMinimums, p.Goals = true, p.Goals[1:] },
			says:  "The best matching there is, said to meet the minimums, which nothing can."},
		{name: "optimal-minimums-wished", problem: minimumsWished,
			says: "The same minimums as a goal that is only wished for."},

		{name: "optimal-decided", problem: decided,
			says: "A pinned pair is chosen though nothing speaks for it, a forbidden one is not though much does."},
		{name: "forged-pinned-dropped", why: "pinned", problem: decided, forge: instead(0, 6),
			says: "The pinned pair, which only costs, is dropped."},
		{name: "forged-forbidden-chosen", why: "forbidden", problem: decided, forge: instead(1, 4, 5),
			says: "The forbidden pair, which would suit best, is chosen."},
		{name: "forged-pins-exceed-cap", why: "pinned", problem: decided, spoil: func(p *match.Problem) { p.Edges.State[0], p.Edges.State[2] = match.Pinned, match.Pinned },
			says: "The problem pins two pairs on Roy's one place."},

		{name: "optimal-lottery", problem: draw,
			says: "Two digits of the lottery decide between matchings that are equally good otherwise."},
		{name: "forged-lottery", why: "residual", problem: draw, forge: instead(0, 3),
			says: "A matching as good in everything but the lottery, which was drawn for another."},
		{name: "forged-seed", why: "value", problem: draw, spoil: func(p *match.Problem) { p.Lottery.Seed = "the dice of 13 May: 1 3 3 5 6" },
			says: "The dice were thrown again after the matching was known."},
	}
}

// proof makes a forger write another matching with other refusals.
func proof(chosen, rejected []int32) func(*match.Problem, *match.Certificate) {
	return func(_ *match.Problem, c *match.Certificate) { c.Chosen, c.Rejected = chosen, rejected }
}

func stableVectors() []vector {
	return []vector{
		{name: "stable-for-mentees", problem: threeChoices,
			says: "Every mentee has the first choice; the other matching, best for the mentors, shows that there are several."},
		{name: "stable-for-mentors", problem: threeChoicesForMentors,
			says: "The same people with the aim of the other side."},
		{name: "stable-without-other", problem: threeChoices,
			forge: func(_ *match.Problem, c *match.Certificate) { c.Other = nil },
			says:  "Without the other matching the certificate claims nothing about whether there are several."},
		{name: "forged-blocking-pair", why: "blocking", problem: threeChoices, forge: proof([]int32{0, 5, 7}, []int32{}),
			says: "Chloe and Roy would both rather have each other."},
		{name: "forged-second-best", why: "replay", problem: threeChoices, forge: proof([]int32{1, 5, 6}, []int32{}),
			says: "Everybody has the second choice: stable, but not the best for the mentees."},
		{name: "forged-second-best-refused", why: "refusal", problem: threeChoices, forge: proof([]int32{1, 5, 6}, []int32{0, 4, 8}),
			says: "The same, with refusals of all first choices, for which nobody had a better proposal."},
		{name: "forged-best-for-others", why: "replay", problem: threeChoices, forge: proof([]int32{2, 3, 7}, []int32{}),
			says: "The best for the mentors, said to be the best for the mentees."},
		{name: "forged-unique", why: "replay", problem: threeChoices,
			forge: func(_ *match.Problem, c *match.Certificate) { c.Other.Chosen = c.Chosen },
			says:  "The other matching is said to be the same, so that there would be only one."},
		{name: "forged-other-blocked", why: "blocking", problem: threeChoices,
			forge: func(_ *match.Problem, c *match.Certificate) { c.Other.Chosen = []int32{0, 5, 7} },
			says:  "The other matching is not stable."},
		{name: "forged-other-exceeds-cap", why: "cap", problem: threeChoices,
			forge: func(_ *match.Problem, c *match.Certificate) { c.Other.Chosen = []int32{2, 3, 6} },
			says:  "The other matching gives Roy two mentees, who has one place."},
		{name: "forged-aim", why: "claim", problem: threeChoices,
			forge: func(_ *match.Problem, c *match.Certificate) {
				c.Outcome, c.Rejected, c.Other, c.Values, c.Prices = match.IsOptimal, nil, nil, []int64{}, [][]int64{}
			},
			says: "Said to be optimal in no goal at all, which would need no proof."},
		{name: "forged-prices-for-stable", why: "claim", problem: threeChoices,
			forge: func(_ *match.Problem, c *match.Certificate) { c.Prices = [][]int64{} },
			says:  "The proof of another kind of claim has no place here."},

		{name: "stable-unique", problem: chain,
			says: "The best for the mentees and the best for the mentors are the same: there is no other."},
		{name: "forged-refusals-out-of-order", why: "refusal", problem: chain, forge: proof([]int32{1, 2}, []int32{3, 0}),
			says: "Silva refuses Chloe before Amina, refused by Roy, can have proposed."},
		{name: "forged-refusal-missing", why: "replay", problem: chain, forge: proof([]int32{1, 2}, []int32{0}),
			says: "Nobody has refused Chloe, who is left out."},
		{name: "forged-refusal-twice", why: "list", problem: chain, forge: proof([]int32{1, 2}, []int32{0, 0, 3}),
			says: "A pair is refused twice."},
		{name: "forged-refusal-invented", why: "list", problem: chain, forge: proof([]int32{1, 2}, []int32{0, 3, 4}),
			says: "A pair is refused that does not exist."},
		{name: "forged-refusal-of-chosen", why: "refusal", problem: chain, forge: proof([]int32{1, 2}, []int32{0, 3, 1}),
			says: "A chosen pair is refused."},

		{name: "stable-minimums", problem: rankedMinimums,
			says: "Hard minimums that the stable matching meets."},
		{name: "forged-minimum", why: "minimum", problem: rankedMinimums, spoil: func(p *match.Problem) { p.Min[2] = 1 },
			says: "Chloe must have a mentor, and has none."},
		{name: "forged-impossible-for-stable", why: "claim", problem: rankedMinimums,
			forge: func(_ *match.Problem, c *match.Certificate) {
				*c = match.Certificate{Problem: c.Problem, Outcome: match.IsImpossible, Chosen: []int32{}, Values: []int64{0}, Prices: [][]int64{{0, 0, 0, -1, -1}}}
			},
			says: "The stable engine cannot claim that minimums are impossible."},

		{name: "stable-classes", problem: rankedDepartments,
			says: "Classes on both sides: a refusal may rest on a class that is full."},
		{name: "stable-other-order", problem: rankedDepartments, forge: proof([]int32{1, 3, 5}, []int32{2, 0}),
			says: "Two refusals that do not rest on each other may come in any order."},
		{name: "forged-stable-class-exceeded", why: "cap", problem: rankedDepartments, forge: proof([]int32{0, 3, 5}, []int32{2}),
			says: "Roy has two places, but one for the own department."},

		{name: "stable-ties", problem: tied,
			says: "The lottery's numbers, drawn from the seed, decide between equal ranks."},
		{name: "forged-tie", why: "blocking", problem: tied, forge: proof([]int32{0, 3}, []int32{2, 4, 5}),
			says: "Equals fall in the order of their ids, in spite of the lottery."},
		{name: "stable-undrawn", problem: undrawn,
			says: "Without a lottery, equals fall in the order of their ids."},
		{name: "stable-drawn", problem: drawn,
			says: "Lottery numbers that come with the problem; a mentee's sum of two wraps around at 2 to the power of 48."},
		{name: "forged-lottery-number", why: "lottery", problem: drawn, spoil: func(p *match.Problem) { p.Lottery.Mentors[1] = 1 << 48 },
			says: "A lottery number is out of range."},

		{name: "stable-purposes", problem: purposes,
			says: "Between two purposes with one mentor, whom the mentee ranks alike, the mentor's rank decides."},
		{name: "forged-purpose", why: "blocking", problem: purposes, forge: proof([]int32{0, 3}, []int32{2}),
			says: "The first in the file of the two is taken instead."},

		{name: "stable-decided", problem: rankedDecided,
			says: "A pinned pair stands outside every comparison, a forbidden one blocks nothing."},
		{name: "forged-stable-pinned-dropped", why: "pinned", problem: rankedDecided, forge: proof([]int32{0, 4}, []int32{}),
			says: "The pinned pair, which nobody wants, is dropped."},
		{name: "forged-forbidden-refused", why: "refusal", problem: rankedDecided, forge: proof([]int32{2, 3}, []int32{0, 1}),
			says: "A forbidden pair is never proposed, so it cannot be refused."},
	}
}

// covered makes a forger choose these pairs, and these totals to bound what any matching has.
func covered(chosen, cover []int32) func(*match.Problem, *match.Certificate) {
	return func(_ *match.Problem, c *match.Certificate) { c.Chosen, c.Cover = chosen, cover }
}

func weakVectors() []vector {
	return []vector{
		{name: "more-placed", problem: makingRoom,
			says: "Roy takes Ben, whom he ranks like Amina, so that both are placed; they are all there are, so nothing places more."},
		{name: "more-placed-other-cover", problem: makingRoom, forge: covered([]int32{1, 2}, []int32{0, 1, 2}),
			says: "A cover that bounds less tightly than it could is a proof all the same, of less."},
		{name: "forged-exchange-by-mentor", why: "exchange", problem: makingRoom, forge: covered([]int32{0}, []int32{0, 1}),
			says: "Roy has Amina, and Ben nobody: she could go to Silva, and Roy would not mind."},
		{name: "forged-weakly-blocking-pair", why: "blocking", problem: makingRoom, forge: covered([]int32{2}, []int32{0, 1}),
			says: "Amina and Silva, who have nobody, would both rather have each other."},
		{name: "forged-cover-too-small", why: "cover", problem: makingRoom, forge: covered([]int32{1, 2}, []int32{2}),
			says: "Said to be at most one pair: the cover does without Amina and Silva."},
		{name: "forged-cover-order", why: "cover", problem: makingRoom, forge: covered([]int32{1, 2}, []int32{1, 0}),
			says: "The totals of the cover are out of order."},
		{name: "forged-cover-twice", why: "cover", problem: makingRoom, forge: covered([]int32{1, 2}, []int32{0, 1, 1}),
			says: "A total is in the cover twice."},
		{name: "forged-cover-invented", why: "cover", problem: makingRoom, forge: covered([]int32{1, 2}, []int32{0, 1, 4}),
			says: "There is no total 4."},
		{name: "forged-stable-for-more-placed", why: "claim", problem: makingRoom,
			forge: func(_ *match.Problem, c *match.Certificate) {
				c.Outcome, c.Chosen, c.Rejected, c.Cover = match.IsStable, []int32{0}, []int32{2}, nil
			},
			says: "The matching is stable as the order of the ids completes the rankings, but the problem asks for more pairs."},
		{name: "forged-refusals-for-more-placed", why: "claim", problem: makingRoom,
			forge: func(_ *match.Problem, c *match.Certificate) { c.Rejected = []int32{} },
			says:  "The proof of another kind of claim has no place here."},
		{name: "forged-more-placed-for-stable", why: "claim", problem: threeChoices,
			forge: func(_ *match.Problem, c *match.Certificate) {
				*c = match.Certificate{Problem: c.Problem, Engine: c.Engine, Outcome: match.IsWeaklyStable, Chosen: []int32{1, 5, 6}, Cover: []int32{0, 1, 2}}
			},
			says: "Everybody has the second choice, which is weakly stable, but the problem asks for the best for the mentees."},
		{name: "forged-cover-for-stable", why: "claim", problem: threeChoices,
			forge: func(_ *match.Problem, c *match.Certificate) { c.Cover = []int32{} },
			says:  "A cover proves nothing that this claim needs."},
		{name: "forged-more-placed-several", why: "aim", problem: makingRoom, spoil: func(p *match.Problem) { p.Max[0] = 2 },
			says: "Amina may have two mentors, for which nothing is promised."},
		{name: "forged-more-placed-classes", why: "aim", problem: makingRoom,
			spoil: func(p *match.Problem) {
				p.Classes, p.Max = []match.Class{{Name: "own", Parent: 2}}, append(p.Max, 1)
			},
			says: "Roy has a class, for which nothing is promised."},

		{name: "more-placed-content", problem: contentEither,
			says: "Amina, who ranks both alike, goes to Silva, although Roy prefers her: they would not both rather have each other."},
		{name: "forged-exchange-by-mentee", why: "exchange", problem: contentEither, forge: covered([]int32{0}, []int32{0, 1}),
			says: "Roy has Amina, and Ben nobody: she would not mind to go to Silva."},

		{name: "more-placed-bounded", problem: insisting,
			says: "Amina and Roy insist on each other, so one pair is all; another matching would have two, and the cover says no less."},
		{name: "forged-more-placed-in-spite", why: "blocking", problem: insisting, forge: covered([]int32{1, 2}, []int32{0, 1}),
			says: "Both are placed, but Amina and Roy would both strictly rather have each other."},

		{name: "more-placed-decided", problem: roomDecided,
			says: "A pinned pair makes way for nobody, an excluded one needs no cover, and places that nobody offers cost it nothing."},
		{name: "forged-more-placed-pinned", why: "pinned", problem: roomDecided, forge: covered([]int32{0, 2, 5}, []int32{5, 6}),
			says: "Ben, pinned to Roy, makes way for Chloe."},
		{name: "forged-more-placed-minimum", why: "minimum", problem: roomDecided, spoil: func(p *match.Problem) { p.Min[2] = 1 },
			says: "Chloe must have a mentor, and has none."},
	}
}

func nobodyForMentors(b *match.Builder) { b.Aim = match.StableForMentors }

// letters has ids that are more than one byte each, that JSON writes as escapes, and that begin beyond 16 bits. The
// lottery is drawn from their bytes in UTF-8.
func letters(b *match.Builder) {
	b.Aim = match.StableForMentees
	mentees, mentors := []string{"Zoé", "李", "𝔄", "<b>&\u2028"}, []string{"\"Ö\\\t", "\ue000"}
	people(b, match.MenteeSide, 1, mentees...)
	people(b, match.MentorSide, 1, mentors...)
	for _, mentee := range mentees {
		for _, mentor := range mentors {
			b.Pair(match.Pair{Mentee: mentee, Mentor: mentor, Purpose: "mentorat"})
		}
	}
	b.Lottery.Seed = "dés du 12 mai"
}

// columns have names that some languages take for something else.
func columns(b *match.Builder) {
	people(b, match.MenteeSide, 1, "amina", "ben")
	people(b, match.MentorSide, 1, "roy", "silva")
	for i, mentee := range []string{"amina", "ben"} {
		for j, mentor := range []string{"roy", "silva"} {
			v := int32(3*i + j)
			b.Pair(match.Pair{Mentee: mentee, Mentor: mentor, Values: map[string]int32{"10": v * v, "9": -v, "__proto__": v % 3, "constructor": 1 - v}})
		}
	}
	for _, name := range []string{"__proto__", "10", "9", "constructor"} {
		b.Goals = append(b.Goals, match.Goal{Name: name, Column: name})
	}
}

func strangeVectors() []vector {
	return []vector{
		{name: "optimal-nobody", problem: func(b *match.Builder) { b.Goals = []match.Goal{{Name: "placed", Pairs: true}} },
			says: "Nobody takes part: the empty matching counts 0."},
		{name: "stable-nobody", problem: nobodyForMentors,
			says: "Nobody takes part: the empty matching is stable."},
		{name: "stable-letters", problem: letters,
			says: "Ids with letters of many kinds: the lottery draws from their bytes in UTF-8, and what JSON escapes counts as itself."},
		{name: "optimal-columns", problem: columns,
			says: "Columns called 10, 9, __proto__ and constructor."},
	}
}
