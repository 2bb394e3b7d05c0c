// Package archtest keeps the documents true: it compares the drawing in
// ARCHITECTURE.md with the Go sources, and follows the links from one document
// to another. It reads the files in its own process, never through a child `go
// list`, so that the test cache notices every change. The rooms themselves, and
// why the arrows run as they do, are in ARCHITECTURE.md.
package archtest

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
)

// A Drawing says, for each package by its folder, what it may import besides the
// standard library: folders of this module, and packages of others by their path.
// The line "*_test.go" says what all test files may import as well, the line
// "folder/*_test.go" what those of one package may.
type Drawing map[string][]string

const testFiles = "*_test.go"

// A Package is a folder with Go files, as the sources have it.
type Package struct {
	Folder     string
	Documented bool // it begins with a package comment
	Imports    []Import
}

// An Import is one import that does not come from the standard library; its path
// is a folder when it is one of ours.
type Import struct {
	Path string
	File string
}

// Faults returns every difference between the drawing and the packages, one
// sentence each, in the order of the folders; none means that the drawing is true.
func Faults(drawing Drawing, packages []Package) []string {
	var faults []string
	built := map[string]bool{testFiles: true}
	for _, p := range packages {
		built[p.Folder], built[path.Join(p.Folder, testFiles)] = true, true
		if !p.Documented {
			faults = append(faults, p.Folder+" has no package comment")
		}
		if _, drawn := drawing[p.Folder]; !drawn {
			faults = append(faults, p.Folder+" is not drawn")
			continue
		}
		for _, i := range p.Imports {
			if !drawing.allows(p.Folder, i) {
				faults = append(faults, fmt.Sprintf("%s: %s may not import %s", i.File, p.Folder, i.Path))
			}
		}
	}
	for _, folder := range slices.Sorted(maps.Keys(drawing)) {
		if !built[folder] {
			faults = append(faults, folder+" is drawn and does not exist")
		}
	}
	return faults
}

// allows says whether a file of the package in folder may have this import. A
// test file may also import the package it tests.
func (d Drawing) allows(folder string, i Import) bool {
	if slices.Contains(d[folder], i.Path) {
		return true
	}
	isTest := strings.HasSuffix(i.File, "_test.go")
	return isTest && (i.Path == folder || slices.Contains(d[testFiles], i.Path) ||
		slices.Contains(d[path.Join(folder, testFiles)], i.Path))
}

// ParseDrawing reads the fenced block named "arrows" of a Markdown document. A
// line is a folder, "->" and what it may import; words in parentheses are for
// the reader only.
func ParseDrawing(markdown string) (Drawing, error) {
	_, rest, found := strings.Cut(markdown, "\n```arrows\n")
	block, _, closed := strings.Cut(rest, "\n```\n")
	if !found || !closed {
		return nil, fmt.Errorf("there is no closed block that begins with ```arrows")
	}
	drawing := Drawing{}
	for line := range strings.Lines(block) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		folder, imports, isArrow := strings.Cut(line, "->")
		folder = strings.TrimSpace(folder)
		if !isArrow || folder == "" {
			return nil, fmt.Errorf("%q is not of the form: folder -> imports", strings.TrimSpace(line))
		}
		if _, twice := drawing[folder]; twice {
			return nil, fmt.Errorf("%s is drawn twice", folder)
		}
		imports, _, _ = strings.Cut(imports, "(")
		drawing[folder] = strings.Fields(imports)
	}
	return drawing, nil
}

// ReadPackages parses every Go file under the root of a module, whatever its
// build constraints. Folders named testdata, and those whose name begins with a
// dot or an underscore, are passed over, as the go command does.
func ReadPackages(root fs.FS) ([]Package, error) {
	module, err := modulePath(root)
	if err != nil {
		return nil, err
	}
	packages := map[string]*Package{}
	err = fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && isIgnored(name):
			return fs.SkipDir
		case entry.IsDir() || path.Ext(name) != ".go":
			return nil
		}
		folder := path.Dir(name)
		if packages[folder] == nil {
			packages[folder] = &Package{Folder: folder}
		}
		return packages[folder].readFile(root, name, module)
	})
	if err != nil {
		return nil, err
	}
	var sorted []Package
	for _, folder := range slices.Sorted(maps.Keys(packages)) {
		sorted = append(sorted, *packages[folder])
	}
	return sorted, nil
}

func (p *Package) readFile(root fs.FS, name, module string) error {
	source, err := fs.ReadFile(root, name)
	if err != nil {
		return err
	}
	file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.ImportsOnly|parser.ParseComments)
	if err != nil {
		return err
	}
	if isPackageComment(file.Doc.Text(), file.Name.Name) {
		p.Documented = true
	}
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if !isStandard(imported) {
			p.Imports = append(p.Imports, Import{Path: ours(imported, module), File: name})
		}
	}
	return nil
}

// isPackageComment follows the convention of the go command's documentation: a
// package begins "Package name", a command as it likes.
func isPackageComment(comment, name string) bool {
	if name == "main" {
		return comment != ""
	}
	return strings.HasPrefix(comment, "Package "+name+" ")
}

// isStandard reports whether a path is of the standard library, whose first
// element alone has no dot. Calling C is nothing that a package does unseen.
func isStandard(imported string) bool {
	first, _, _ := strings.Cut(imported, "/")
	return !strings.Contains(first, ".") && imported != "C"
}

// ours turns the path of a package of this module into its folder, and leaves
// other paths as they are.
func ours(imported, module string) string {
	if imported == module {
		return "."
	}
	return strings.TrimPrefix(imported, module+"/")
}

func isIgnored(folder string) bool {
	base := path.Base(folder)
	if base == "." {
		return false
	}
	return base == "testdata" || base == "vendor" || base[0] == '.' || base[0] == '_'
}

func modulePath(root fs.FS) (string, error) {
	mod, err := fs.ReadFile(root, "go.mod")
	if err != nil {
		return "", err
	}
	for line := range strings.Lines(string(mod)) {
		if module, ok := strings.CutPrefix(line, "module "); ok {
			return strings.TrimSpace(module), nil
		}
	}
	return "", fmt.Errorf("go.mod names no module")
}
