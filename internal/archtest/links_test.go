package archtest

import (
	"os"
	"slices"
	"testing"
	"testing/fstest"
)

func TestEveryLinkLeadsSomewhere(t *testing.T) {
	dead, err := DeadLinks(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	for _, sentence := range dead {
		t.Error(sentence)
	}
}

func TestDeadLinksAreFound(t *testing.T) {
	text := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	got, err := DeadLinks(fstest.MapFS{
		"README.md": text("[docs](docs/), [tutorial](docs/first.md#it-works-doesnt-it), [gone](docs/gone.md)\n" +
			"`[code](gone.md)`, [web](https://example.org/gone)\n```\n[block](gone.md)\n```\n"),
		"docs/first.md": text("# First\n\n## It works, doesn't it?\n\n[home](../README.md) [here](#first) [not](#last)\n"),
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"README.md links to docs/gone.md, which is not there",
		"docs/first.md links to #last, which is not there",
	}
	if !slices.Equal(got, want) {
		t.Errorf("DeadLinks =\n%q, want\n%q", got, want)
	}
}
