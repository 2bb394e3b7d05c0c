package match_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"reflect"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/matchtest"
)

// text is what a file holds.
func text(file interface{ Write(io.Writer) error }) []byte {
	var b bytes.Buffer
	if err := file.Write(&b); err != nil {
		panic(err) // a buffer takes everything
	}
	return b.Bytes()
}

func TestProblemsReadBackAsTheyAre(t *testing.T) {
	t.Parallel()
	problems := []*match.Problem{
		two(t, nil), threeFriends(t),
		matchtest.Cohort(1, matchtest.Shape{Demand: 2, Purposes: 2, Classes: true, Conflicts: 30, Pins: 30, Floors: 100}),
		built(t, match.NewBuilder(match.StableForMentors)), // nobody
	}
	for seed := range uint64(500) {
		problems = append(problems,
			matchtest.Tiny(seed, matchtest.AnyFeatures(seed, matchtest.OptimalFeatures)),
			matchtest.TinyStable(seed, matchtest.AnyFeatures(seed, matchtest.StableFeatures), match.StableForMentors),
			matchtest.TinyStable(seed, matchtest.AnyFeatures(seed, matchtest.PlacingFeatures), match.StableMorePlaced))
	}
	for _, p := range problems {
		written := text(p)
		again, err := match.ReadProblem(bytes.NewReader(written))
		if err != nil {
			t.Fatalf("%v\n%s", err, written)
		}
		if rewritten := text(again); !bytes.Equal(rewritten, written) {
			t.Fatalf("got\n%s\nwant\n%s", rewritten, written)
		}
		if !equal(p, again) {
			t.Fatalf("got %+v, want %+v", again, p)
		}
		if !json.Valid(written) {
			t.Fatalf("not JSON:\n%s", written)
		}
		if p.Hash() != again.Hash() {
			t.Fatalf("the hash of %s changes on the way", p.Hash())
		}
	}
}

func TestCertificatesReadBackAsTheyAre(t *testing.T) {
	t.Parallel()
	for f := range matchtest.Forgeries(4, 2000) {
		written := text(f.Certificate)
		again, err := match.ReadCertificate(bytes.NewReader(written))
		if err != nil {
			t.Fatalf("%v\n%s", err, written)
		}
		if rewritten := text(again); !bytes.Equal(rewritten, written) {
			t.Fatalf("got\n%s\nwant\n%s", rewritten, written)
		}
		if !reflect.DeepEqual(f.Certificate, again) {
			t.Fatalf("got %+v, want %+v", again, f.Certificate)
		}
		if !json.Valid(written) {
			t.Fatalf("not JSON:\n%s", written)
		}
	}
}

// equal compares two problems, taking a list that is nil for one that is empty where the format makes no difference.
func equal(a, b *match.Problem) bool {
	x, y := *a, *b
	for _, p := range []*match.Problem{&x, &y} {
		for _, list := range []*[]string{&p.Mentees, &p.Mentors, &p.Purposes} {
			*list = append([]string{}, *list...)
		}
		p.Max = append([]int32{}, p.Max...)
		p.Edges.Mentee = append([]int32{}, p.Edges.Mentee...)
		p.Edges.Mentor = append([]int32{}, p.Edges.Mentor...)
	}
	return reflect.DeepEqual(x, y)
}

// smallest is a problem that the cases of TestReadersAreStrict change at one place.
const smallest = `{"chiron": "problem/1", "kind": "two-sided", "aim": "optimal",
 "mentees": {"id": ["a"], "max": [1]}, "mentors": {"id": ["x"], "max": [1]},
 "edges": {"mentee": [0], "mentor": [0]}, "columns": {"suits": [7]},
 "goals": [{"name": "suits", "column": "suits", "band": [1, 9]}]}`

const smallestCertificate = `{"chiron": "certificate/1", "problem": "", "engine": "", "outcome": "stable", "chosen": [0],
 "rejected": [], "other": {"chosen": [0], "rejected": []}}`

func TestReadersAreStrict(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, old, new, want string }{
		{"nothing changed", "", "", ""},
		{"more white space", `"kind"`, " \t\r\n\"kind\"", ""},
		{"an escape", `"aim"`, "\"\\u0061im\"", ""},
		{"another version", "problem/1", "problem/2", "problem/2"},
		{"no version", `"chiron": "problem/1", `, "", "does not say"},
		{"an unknown key", `"kind"`, `"sort"`, `"sort" is unknown`},
		{"an unknown key inside", `"id": ["a"]`, `"name": ["a"]`, `"name" is unknown`},
		{"a key twice", `"kind": "two-sided"`, `"kind": "two-sided", "kind": "two-sided"`, `"kind" is there twice`},
		{"a key twice inside", `"mentee": [0]`, `"mentee": [0], "mentee": [0]`, `"mentee" is there twice`},
		{"a column twice", `"suits": [7]`, `"suits": [7], "suits": [7]`, `"suits" is there twice`},
		{"a float", "[7]", "[7.0]", "not whole"},
		{"an exponent", "[7]", "[7e0]", "not whole"},
		{"a leading zero", "[7]", "[07]", "digits"},
		{"a plus", "[7]", "[+7]", "number is due"},
		{"a minus alone", "[7]", "[-]", "number is due"},
		{"a number too great for its column", "[7]", "[2147483648]", "does not fit"},
		{"a number too great for any", "[7]", "[9999999999999999999]", "digits"},
		{"a string for a number", "[7]", `["7"]`, "number is due"},
		{"null", "[7]", "null", "is due"},
		{"a comma at the end of a list", "[7]", "[7,]", "is due"},
		{"a comma at the end of an object", `"max": [1]}, "mentors"`, `"max": [1],}, "mentors"`, "is due"},
		{"two values without a comma", "[1, 9]", "[1 9]", "is due"},
		{"a band with one end", "[1, 9]", "[1]", "two ends"},
		{"as many caps as people", `"max": [1]}, "mentors"`, `"max": [1, 1]}, "mentors"`, "as many"},
		{"a name that is no string", `"name": "suits"`, `"name": 1`, "is due"},
		{"a control character in a string", `["a"]`, "[\"a\n\"]", "not a string"},
		{"a wrong escape", `["a"]`, `["\x61"]`, "not a string"},
		{"a byte that is not UTF-8", `["a"]`, "[\"\xff\"]", "not UTF-8"},
		{"half a surrogate pair", `["a"]`, `["\ud800"]`, "not UTF-8"},
		{"a surrogate pair", `["a"]`, `["\ud83d\ude00"]`, ""},
		{"something after the end", `[1, 9]}]}`, `[1, 9]}]} 1`, "follows the end"},
		{"a second problem", `[1, 9]}]}`, `[1, 9]}]}{}`, "follows the end"},
		{"no end", `[1, 9]}]}`, `[1, 9]}]`, "unexpected EOF"},
		{"a zero byte", `"aim"`, "\x00\"aim\"", "is due"},
	}
	for _, test := range tests {
		changed := strings.Replace(smallest, test.old, test.new, 1)
		if test.new != "" && changed == smallest {
			t.Errorf("%s: %q is not in the problem", test.name, test.old)
		}
		p, err := match.ReadProblem(strings.NewReader(changed))
		judgeReading(t, test.name, p != nil, err, test.want)
	}
	tests = []struct{ name, old, new, want string }{
		{"a good certificate", "", "", ""},
		{"another format", "certificate/1", "problem/1", "problem/1"},
		{"an unknown key", `"engine"`, `"motor"`, `"motor" is unknown`},
		{"a key twice", `"chosen": [0],`, `"chosen": [0], "chosen": [0],`, "twice"},
		{"a key twice in the other", `{"chosen": [0]`, `{"chosen": [0], "chosen": []`, "twice"},
		{"a float", `"chosen": [0],`, `"chosen": [0.5],`, "not whole"},
		{"something after the end", `[]}}`, `[]}}]`, "follows the end"},
	}
	for _, test := range tests {
		changed := strings.Replace(smallestCertificate, test.old, test.new, 1)
		c, err := match.ReadCertificate(strings.NewReader(changed))
		judgeReading(t, test.name, c != nil, err, test.want)
	}
}

func judgeReading(t *testing.T, name string, read bool, err error, want string) {
	t.Helper()
	switch {
	case want == "" && err != nil:
		t.Errorf("%s: got %v, want no error", name, err)
	case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
		t.Errorf("%s: got error %v, want one with %q", name, err, want)
	case read != (err == nil):
		t.Errorf("%s: got both an error and a result, or neither: %v", name, err)
	}
}

func TestAFailingFileIsNoEndOfFile(t *testing.T) {
	t.Parallel()
	broken := io.MultiReader(strings.NewReader(smallest[:100]), failingReader{})
	if _, err := match.ReadProblem(broken); err == nil || !strings.Contains(err.Error(), "unplugged") {
		t.Errorf("got %v, want the reader's own error", err)
	}
	broken = io.MultiReader(strings.NewReader(smallest), failingReader{})
	if _, err := match.ReadProblem(broken); err == nil {
		t.Error("a problem is read from a file that fails before its end")
	}
}

type failingReader struct{}

func (failingReader) Read([]byte) (int, error) { return 0, fmt.Errorf("the disk is unplugged") }

func TestAFailingDiskFailsTheWriting(t *testing.T) {
	t.Parallel()
	p := matchtest.Cohort(1, matchtest.Shape{Mentees: 2000})
	if err := p.Write(failingWriter{}); err == nil {
		t.Error("a problem is written to a disk that is full")
	}
}

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, fmt.Errorf("the disk is full") }

// A program of 100,000 mentees with 32 candidates each fits a small machine: its file is never in memory as a whole.
func TestReadingThreeMillionPairsTakesLittleMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("the file has 3.2 million pairs")
	}
	const most = 400 << 20
	file := writeCohort(t, 3_200_000)
	runtime.GC()
	stop, peak := make(chan bool), make(chan uint64)
	go watchMemory(stop, peak)
	p, err := match.ReadProblem(file)
	stop <- true
	used := <-peak
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d pairs, %d MB at most", p.Edges.Len(), used>>20)
	if p.Edges.Len() != 3_200_000 {
		t.Errorf("got %d pairs, want 3200000", p.Edges.Len())
	}
	if used > most {
		t.Errorf("got %d MB in use, want at most %d", used>>20, most>>20)
	}
}

// watchMemory tells the most bytes of the heap that were in use until stop.
func watchMemory(stop chan bool, peak chan uint64) {
	often := time.NewTicker(2 * time.Millisecond)
	defer often.Stop()
	most := uint64(0)
	for {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		most = max(most, m.HeapInuse)
		select {
		case <-stop:
			peak <- most
			return
		case <-often.C:
		}
	}
}

// writeCohort writes a problem with all columns and this many pairs to a file, without making it in memory.
func writeCohort(t *testing.T, pairs int) io.Reader {
	t.Helper()
	file, err := os.Create(t.TempDir() + "/problem.json")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	const each = 32
	mentees := pairs / each
	out := bufio.NewWriter(file)
	scratch := []byte{}
	list := func(key string, n int, prefix string, item func(i int) int) {
		fmt.Fprintf(out, "%q: [", key)
		for i := range n {
			if i > 0 {
				out.WriteByte(',')
			}
			scratch = append(scratch[:0], prefix...)
			scratch = strconv.AppendInt(scratch, int64(item(i)), 10)
			if prefix != "" {
				scratch = append(scratch, '"')
			}
			out.Write(scratch)
		}
		out.WriteString("]\n")
	}
	itself, one := func(i int) int { return i }, func(int) int { return 1 }
	fmt.Fprint(out, `{"chiron": "problem/1", "kind": "two-sided", "aim": "optimal"`)
	for key, people := range map[string]int{"mentees": mentees, "mentors": mentees / 4} {
		fmt.Fprintf(out, `, %q: {`, key)
		list("id", people, `"person `, itself)
		out.WriteByte(',')
		list("max", people, "", one)
		out.WriteByte('}')
	}
	out.WriteString(`, "edges": {`)
	for _, column := range []string{"mentee", "menteeRank", "mentorRank", "menteeCap"} {
		list(column, pairs, "", func(i int) int { return i / each })
		out.WriteByte(',')
	}
	list("mentor", pairs, "", func(i int) int { return i % each })
	out.WriteString(`}, "columns": {`)
	list("existing", pairs, "", one)
	out.WriteByte(',')
	list("suitability", pairs, "", func(i int) int { return i * 7919 % 10001 })
	out.WriteString("}}")
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestNumbersReachTheEndsOfTheirRange(t *testing.T) {
	t.Parallel()
	p := two(t, nil)
	p.Columns[0].Values[0], p.Columns[0].Values[1] = math.MaxInt32, math.MinInt32
	again, err := match.ReadProblem(bytes.NewReader(text(p)))
	if err != nil {
		t.Fatal(err)
	}
	if got := again.Columns[0].Values[:2]; got[0] != math.MaxInt32 || got[1] != math.MinInt32 {
		t.Errorf("got %v, want both ends of the range", got)
	}
}
