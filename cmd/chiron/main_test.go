package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"chiron": main})
}

// commandsOfScripts are what scripts know besides the commands of package testscript. Those of the platform are added where
// a server can be stopped by a signal.
var commandsOfScripts = map[string]func(*testscript.TestScript, bool, []string){
	"exits": exits, "edit": edit, "rehash": rehash, "shuffle": shuffle, "reads": reads, "write": write, "page": page,
}

// serverOf is under what a script finds the server that it has started.
type serverOf struct{}

// TestScripts runs the manual: each file in testdata/script is one page of it. Besides the commands of package
// testscript they know these:
//
//	exits CODE command...     runs the command, which must end with this exit code
//	edit FILE OLD NEW         replaces OLD, which must be there, the first time it stands in the file; \n is a new line
//	rehash RUN FILE           writes the hash of an edited file into the manifest of a run, as a forger would
//	reads WORKBOOK CELL TEXT  fails unless the text stands in a cell of the first sheet of a workbook
//	write WORKBOOK CELL TEXT  writes into a cell of the first sheet of a workbook, as a coordinator would
//	page FILE HEADING [CODE]  does what a section of the documentation says, and compares what it shows
//	shuffle CSV...            reverses the order of the rows below the headings
//	serve [FLAG...]           starts a server in the folder of the script, and waits until it says where it is
//	stop-server               kills the server that was started last (stop is another command, which ends a script)
//	rename-backup DIR FILE    gives the only backup in a folder a name
//	truncate FILE COPY BYTES  copies the beginning of a file
//	unpack ZIP FOLDER         writes the files of an archive into a new folder
//	in-bytes TEXT FOLDER      fails unless the text is somewhere in the raw bytes of the files of a folder
func TestScripts(t *testing.T) {
	t.Parallel()
	repository, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("REPOSITORY", repository)
			e.Values[serverOf{}] = new(func())
			return nil
		},
		Cmds:                commandsOfScripts,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
	})
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE command...")
	}
	code := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var ended *exec.ExitError
		if !errors.As(err, &ended) {
			ts.Check(err)
		}
		code = ended.ExitCode()
	}
	if want := args[0]; strconv.Itoa(code) != want {
		ts.Fatalf("exit code %d, want %s\n%s%s", code, want, ts.ReadFile("stdout"), ts.ReadFile("stderr"))
	}
}

func edit(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: edit FILE OLD NEW")
	}
	unescape := strings.NewReplacer(`\n`, "\n")
	before := ts.ReadFile(args[0])
	after := strings.Replace(before, unescape.Replace(args[1]), unescape.Replace(args[2]), 1)
	if after == before {
		ts.Fatalf("%s does not say %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(after), 0o600))
}

func rehash(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: rehash RUN FILE")
	}
	manifest := filepath.Join(args[0], "manifest.json")
	content := ts.ReadFile(filepath.Join(args[0], args[1]))
	entry := regexp.MustCompile(`("name": "` + regexp.QuoteMeta(args[1]) + `",\s*"size": )\d+(,\s*"sha256": ")[0-9a-f]*`)
	before := ts.ReadFile(manifest)
	after := entry.ReplaceAllString(before, fmt.Sprintf("${1}%d${2}%x", len(content), sha256.Sum256([]byte(content))))
	if after == before {
		ts.Fatalf("the manifest does not list %s, or has its hash already", args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(manifest), []byte(after), 0o600))
}

func shuffle(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		lines := strings.SplitAfter(strings.TrimSuffix(ts.ReadFile(name), "\n")+"\n", "\n")
		lines = lines[:len(lines)-1]
		for i, j := 1, len(lines)-1; i < j; i, j = i+1, j-1 {
			lines[i], lines[j] = lines[j], lines[i]
		}
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte(strings.Join(lines, "")), 0o600))
	}
}

func write(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: write WORKBOOK CELL TEXT")
	}
	book, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer book.Close()
	ts.Check(book.SetCellStr(book.GetSheetName(0), args[1], args[2]))
	ts.Check(book.Save())
}

func reads(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: reads WORKBOOK CELL TEXT")
	}
	book, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer book.Close()
	cell, err := book.GetCellValue(book.GetSheetName(0), args[1])
	ts.Check(err)
	if cell != args[2] {
		ts.Fatalf("%s says %q in %s, want %q", args[0], cell, args[1], args[2])
	}
}

func TestInterruptedMatchLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	interrupted, cancel := context.WithCancel(t.Context())
	cancel()
	parent := t.TempDir()
	var stdout, stderr bytes.Buffer
	code := chiron(interrupted, []string{"match", "../../match/roster/testdata/daffidwilde-spa", "-o", filepath.Join(parent, "run")}, nil, nil, &stdout, &stderr)
	if code != exitInterrupted || stdout.Len() > 0 || stderr.String() != "chiron: interrupted; nothing was written\n" {
		t.Errorf("exit code %d, stdout %q, stderr %q", code, &stdout, &stderr)
	}
	if left, err := os.ReadDir(parent); err != nil || len(left) > 0 {
		t.Errorf("there is %v, %v", left, err)
	}
}

func TestBarFillsUp(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		done, total int64
		want        string
	}{
		{0, 0, "reading and preparing ..."},
		{0, 100, "matching [........................................] 0 of 100 people"},
		{50, 100, "matching [####################....................] 50 of 100 people"},
		{99, 100, "matching [#######################################.] 99 of 100 people"},
		{100, 100, "checking and writing ..."},
		{101, 100, "checking and writing ..."},
	} {
		if got := drawBar(c.done, c.total); got != c.want {
			t.Errorf("%d of %d: got %q, want %q", c.done, c.total, got, c.want)
		}
	}
}

func TestDefectIsReportedAsOne(t *testing.T) {
	t.Parallel()
	var stderr bytes.Buffer
	if code := exitCode(errors.New("two and two are five"), &stderr); code != exitInternal || !strings.Contains(stderr.String(), "internal error: two and two are five") {
		t.Errorf("exit code %d, stderr %q", code, &stderr)
	}
}
