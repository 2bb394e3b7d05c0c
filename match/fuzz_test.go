package match_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/matchtest"
)

// What is read is JSON, and writes back to something that reads equal and never changes again.
func FuzzReadProblem(f *testing.F) {
	f.Add([]byte(smallest))
	for p := range seeds() {
		f.Add(text(p.Problem))
	}
	f.Fuzz(func(t *testing.T, input []byte) {
		p, err := match.ReadProblem(bytes.NewReader(input))
		if err != nil {
			if p != nil {
				t.Fatalf("both a problem and an error: %v", err)
			}
			return
		}
		if !json.Valid(input) {
			t.Fatal("what is read is not JSON")
		}
		written := text(p)
		again, err := match.ReadProblem(bytes.NewReader(written))
		if err != nil {
			t.Fatalf("what is written cannot be read: %v\n%s", err, written)
		}
		if rewritten := text(again); !bytes.Equal(rewritten, written) {
			t.Fatalf("got\n%s\nwant\n%s", rewritten, written)
		}
		if p.Validate() == nil && !equal(p, again) {
			t.Fatalf("got %+v, want %+v", again, p)
		}
	})
}

func FuzzReadCertificate(f *testing.F) {
	f.Add([]byte(smallestCertificate))
	f.Add([]byte(`{"chiron": "certificate/1", "outcome": "optimal", "chosen": [], "rejected": [1]}`))
	for p := range seeds() {
		f.Add(text(p.Certificate))
	}
	f.Fuzz(func(t *testing.T, input []byte) {
		c, err := match.ReadCertificate(bytes.NewReader(input))
		if err != nil {
			if c != nil {
				t.Fatalf("both a certificate and an error: %v", err)
			}
			return
		}
		if !json.Valid(input) {
			t.Fatal("what is read is not JSON")
		}
		written := text(c)
		again, err := match.ReadCertificate(bytes.NewReader(written))
		if err != nil {
			t.Fatalf("what is written cannot be read: %v\n%s", err, written)
		}
		if rewritten := text(again); !bytes.Equal(rewritten, written) {
			t.Fatalf("got\n%s\nwant\n%s", rewritten, written)
		}
		fill(c)
		fill(again)
		if !reflect.DeepEqual(c, again) {
			t.Fatalf("got %+v, want %+v", again, c)
		}
	})
}

// fill makes the lists that every certificate of its outcome has empty instead of nil.
func fill(c *match.Certificate) {
	c.Chosen = append([]int32{}, c.Chosen...)
	if c.Outcome == match.IsStable {
		c.Rejected = append([]int32{}, c.Rejected...)
	}
	if c.Other != nil {
		c.Other.Chosen = append([]int32{}, c.Other.Chosen...)
		c.Other.Rejected = append([]int32{}, c.Other.Rejected...)
	}
	for k := range c.Prices {
		c.Prices[k] = append([]int64{}, c.Prices[k]...)
	}
}

// Check takes whatever can be read, and accepts of it what is true.
func FuzzCheck(f *testing.F) {
	for p := range seeds() {
		f.Add(text(p.Problem), text(p.Certificate))
	}
	f.Fuzz(judgeFiles)
}

// The same, but files are changed number by number, so that most of them can be read.
func FuzzCheckOfOtherNumbers(f *testing.F) {
	for p := range seeds() {
		f.Add(text(p.Problem), text(p.Certificate), []byte{0, 40, 1}, []byte{})
	}
	f.Fuzz(func(t *testing.T, problem, certificate, inProblem, inCertificate []byte) {
		judgeFiles(t, renumber(problem, inProblem), renumber(certificate, inCertificate))
	})
}

var numbers = regexp.MustCompile(`-?[0-9]+`)

// renumber replaces a number of the text for every three bytes of edits: which, and by what.
func renumber(text, edits []byte) []byte {
	for ; len(edits) >= 3; edits = edits[3:] {
		all := numbers.FindAllIndex(text, -1)
		if len(all) == 0 {
			return text
		}
		at := all[(int(edits[0])<<8|int(edits[1]))%len(all)]
		text = slices.Replace(slices.Clone(text), at[0], at[1], strconv.AppendInt(nil, int64(int8(edits[2])), 10)...)
	}
	return text
}

func judgeFiles(t *testing.T, problem, certificate []byte) {
	p, err := match.ReadProblem(bytes.NewReader(problem))
	if err != nil {
		return
	}
	c, err := match.ReadCertificate(bytes.NewReader(certificate))
	if err != nil {
		return
	}
	err = match.Check(p, c)
	if invalid := p.Validate(); invalid != nil && err == nil {
		t.Fatalf("a certificate is accepted for a problem that is not valid: %v", invalid)
	}
	tooLarge := p.Edges.Len() > 16 || slices.Max(append([]int32{0}, p.Min...)) > 1000
	if err == nil && !tooLarge && !matchtest.Know(p).Holds(c) {
		t.Fatalf("a false claim is accepted:\n%s", show(p, c))
	}
}

// seeds are forgeries of all kinds, and good certificates.
func seeds() func(yield func(matchtest.Forgery) bool) { return matchtest.Forgeries(5, 200) }
