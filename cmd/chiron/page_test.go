package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// page does what a section of a page of the documentation tells its reader to do, so that pages stay true. A block that
// begins with chiron or ./chiron is a command, or several; it must end well, or with CODE if that is named, which is for
// the last command of the section. Every other block must stand, word for word, in what the last command said or in a
// text file of the script; a line of three dots stands for any lines. Blocks with other commands are skipped.
func page(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 || len(args) > 3 {
		ts.Fatalf("usage: page FILE HEADING [CODE]")
	}
	blocks := codeBlocks(section(ts.ReadFile(args[0]), args[1]))
	last := -1
	for i, block := range blocks {
		if isCommand(block) {
			last = i
		}
	}
	if len(blocks) == 0 {
		ts.Fatalf("%s has no blocks below %q", args[0], args[1])
	}
	for i, block := range blocks {
		switch {
		case isCommand(block):
			code := "0"
			if i == last && len(args) == 3 {
				code = args[2]
			}
			for _, line := range strings.Split(strings.ReplaceAll(block, "\\\n", " "), "\n") {
				exits(ts, false, append([]string{code}, words(strings.TrimPrefix(line, "./"))...))
			}
		case !strings.HasPrefix(block, "go ") && !stands(ts, block):
			ts.Fatalf("%s says, below %q,\n\n%s\n\nand the command says\n\n%s%s", args[0], args[1], block, ts.ReadFile("stdout"), ts.ReadFile("stderr"))
		}
	}
}

// section is what stands below a heading, up to the next one of its kind. Above all headings stands "".
func section(text, heading string) string {
	_, below, _ := strings.Cut("\n"+text, "\n"+heading)
	level, _, _ := strings.Cut(heading, " ")
	if level == "" {
		level = "##"
	}
	below, _, _ = strings.Cut(below, "\n"+level+" ")
	return below
}

// codeBlocks are the runs of lines that are indented by four spaces and follow an empty line. Between two blocks there is
// something else.
func codeBlocks(text string) []string {
	var blocks []string
	var block, empty []string
	for _, line := range append(strings.Split(text, "\n"), ".") {
		code, indented := strings.CutPrefix(line, "    ")
		switch {
		case line == "":
			empty = append(empty, "")
		case indented && (block != nil || empty != nil):
			if block != nil {
				block = append(block, empty...)
			}
			block, empty = append(block, code), nil
		default:
			if block != nil {
				blocks = append(blocks, strings.Join(block, "\n"))
			}
			block, empty = nil, nil
		}
	}
	return blocks
}

func isCommand(block string) bool {
	return strings.HasPrefix(block, "chiron ") || strings.HasPrefix(block, "./chiron ")
}

// words cuts a command into words, as a shell would.
func words(line string) []string {
	var all []string
	quote, word, inside := rune(0), "", false
	for _, r := range line {
		switch {
		case r == quote:
			quote = 0
		case quote == 0 && (r == '"' || r == '\''):
			quote, inside = r, true
		case quote == 0 && r == ' ':
			if inside {
				all = append(all, word)
			}
			word, inside = "", false
		default:
			word, inside = word+string(r), true
		}
	}
	if inside {
		all = append(all, word)
	}
	return all
}

// stands says whether a block stands in what the last command said, or in a text file.
func stands(ts *testscript.TestScript, block string) bool {
	if holds(ts.ReadFile("stdout"), block) || holds(ts.ReadFile("stderr"), block) {
		return true
	}
	found := false
	ts.Check(filepath.WalkDir(ts.MkAbs("."), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || found {
			return err
		}
		switch filepath.Ext(path) {
		case ".csv", ".yaml", ".txt":
			data, err := os.ReadFile(path)
			found = err == nil && holds(string(data), block)
			return err
		}
		return nil
	}))
	return found
}

// holds says whether the lines of a block stand in a text, those between two gaps one after the other.
func holds(text, block string) bool {
	text = "\n" + strings.TrimPrefix(text, "\ufeff") + "\n"
	for _, part := range strings.Split("\n"+block+"\n", "\n...\n") {
		_, after, ok := strings.Cut(text, "\n"+strings.Trim(part, "\n")+"\n")
		if !ok {
			return false
		}
		text = "\n" + after
	}
	return true
}

func TestBlocksOfAPageAreToldFromItsText(t *testing.T) {
	t.Parallel()
	text := "# A page\n\nSay\n\n    ./chiron match s -o \"my run\"\n\nand see\n\n    one\n\n    two\n    ...\n    five\nEnd.\n\n## Next\n\n    no\n"
	got := codeBlocks(section(text, "# A page"))
	want := []string{"./chiron match s -o \"my run\"", "one\n\ntwo\n...\nfive", "no"}
	if !slices.Equal(got, want) {
		t.Errorf("blocks are %q, want %q", got, want)
	}
	if got := codeBlocks(section(text, "## Next")); !slices.Equal(got, []string{"no"}) {
		t.Errorf("blocks of the next section are %q", got)
	}
	if got := words(want[0]); !slices.Equal(got, []string{"./chiron", "match", "s", "-o", "my run"}) {
		t.Errorf("words are %q", got)
	}
	for said, is := range map[string]bool{"one\n\ntwo\n3\n4\nfive\n": true, "one\n\ntwo\nfive\n": true, "one\ntwo\nfive\n": false, "one\n\ntwo\nfive and six\n": false} {
		if holds(said, want[1]) != is {
			t.Errorf("whether %q holds the block: want %v", said, is)
		}
	}
}
