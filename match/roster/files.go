package roster

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// An Input is a file as it was handed in. Name has no folder. Data is nil for files of a kind that is not read.
type Input struct {
	Name string
	Data []byte
}

// mostFileBytes and mostFiles bound what is read.
const (
	mostFileBytes = 64 << 20
	mostFiles     = 100
)

// readExtensions are the kinds of files whose content matters: those that are read, and those of other spreadsheet
// programs, which are refused with a word about how to save them.
var readExtensions = slices.Concat(textExtensions, workbookExtensions, otherSpreadsheets, []string{".yaml", ".yml", ".soi", ".dat"})

// otherSpreadsheets are formats of spreadsheets that are not read.
var otherSpreadsheets = []string{".xls", ".xlsb", ".ods", ".numbers"}

// manifestOfRun is what makes a folder the result of an earlier run.
const manifestOfRun = "manifest.json"

// ReadFolder brings in the files of a folder, by name. It leaves out hidden files, README files, the marks that
// spreadsheet programs put beside a file that is open, and the folders of earlier runs. It refuses other folders, files
// that are too large, and links that lead out of the folder.
func ReadFolder(dir string) ([]Input, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return nil, err
	}
	var inputs []Input
	for _, entry := range entries {
		name := entry.Name()
		if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || strings.HasPrefix(strings.ToLower(name), "readme") {
			continue
		}
		if entry.IsDir() {
			if _, err := root.Stat(filepath.Join(name, manifestOfRun)); err == nil {
				continue
			}
			return nil, fmt.Errorf("%s: there is a folder inside it, %q; put all files of one matching into one folder, and nothing else", dir, name)
		}
		in, err := readInput(root, name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", dir, err)
		}
		if inputs = append(inputs, in); len(inputs) > mostFiles {
			return nil, fmt.Errorf("%s: there are more than %d files in it; put the files of one matching into a folder of their own", dir, mostFiles)
		}
	}
	if len(inputs) == 0 {
		return nil, fmt.Errorf("%s: there are no files in it; put %s, %s and %s there", dir, menteesFile, mentorsFile, rulesFile)
	}
	return inputs, nil
}

// ReadFiles brings in single files, by name.
func ReadFiles(paths []string) ([]Input, error) {
	var inputs []Input
	for _, path := range paths {
		root, err := os.OpenRoot(filepath.Dir(path))
		if err != nil {
			return nil, err
		}
		in, err := readInput(root, filepath.Base(path))
		root.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", filepath.Dir(path), err)
		}
		inputs = append(inputs, in)
	}
	slices.SortFunc(inputs, func(a, b Input) int { return strings.Compare(a.Name, b.Name) })
	for i := 1; i < len(inputs); i++ {
		if inputs[i-1].Name == inputs[i].Name {
			return nil, fmt.Errorf("two files are named %q; rename one of them", inputs[i].Name)
		}
	}
	return inputs, nil
}

// readInput reads one file of a folder. It looks before it opens, because opening a pipe would wait for ever.
func readInput(root *os.Root, name string) (Input, error) {
	info, err := root.Stat(name)
	if err != nil {
		return Input{}, err
	}
	if !info.Mode().IsRegular() {
		return Input{}, fmt.Errorf("%q is not a file that can be read; move it elsewhere", name)
	}
	if !slices.Contains(readExtensions, strings.ToLower(filepath.Ext(name))) {
		return Input{Name: name}, nil
	}
	file, err := root.Open(name)
	if err != nil {
		return Input{}, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, mostFileBytes+1))
	if err != nil {
		return Input{}, err
	}
	if len(data) > mostFileBytes {
		return Input{}, fmt.Errorf("%q is larger than %d MB; is it the right file?", name, mostFileBytes>>20)
	}
	return Input{name, data}, nil
}
