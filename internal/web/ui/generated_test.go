package ui

import (
	"bytes"
	"go/format"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/a-h/templ/generator"
	"github.com/a-h/templ/parser/v2"
)

// What templ makes of all templates of the program is committed; this makes it again and compares.
func TestGeneratedFilesAreCurrent(t *testing.T) {
	t.Parallel()
	const root = "../../.."
	templates := 0
	err := filepath.WalkDir(filepath.Join(root, "internal"), func(name string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".templ" {
			return err
		}
		templates++
		inRoot, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		got, err := os.ReadFile(strings.TrimSuffix(name, ".templ") + "_templ.go")
		if err != nil {
			return err
		}
		if !bytes.Equal(bare(got), bare(generated(t, name, filepath.ToSlash(inRoot)))) {
			t.Errorf("what is made of %s is older than it: run go generate ./internal/web/ui", inRoot)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if templates < 8 {
		t.Errorf("only %d templates were found", templates)
	}
}

// generated is what templ makes of a template that it knows by its name in the root.
func generated(t *testing.T, name, inRoot string) []byte {
	t.Helper()
	template, err := parser.Parse(name)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var out bytes.Buffer
	if _, err := generator.Generate(template, &out, generator.WithFileName(inRoot)); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	source, err := format.Source(out.Bytes())
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return source
}

// bare leaves out the comments, among them the one that names the version.
func bare(source []byte) []byte {
	var lines [][]byte
	for _, line := range bytes.Split(source, []byte("\n")) {
		if !bytes.HasPrefix(line, []byte("//")) {
			lines = append(lines, line)
		}
	}
	return bytes.Join(lines, []byte("\n"))
}
