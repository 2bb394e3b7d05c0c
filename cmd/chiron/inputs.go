package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/chiron-mentoring/chiron/match/roster"
)

// An inputError is about what was handed to the command, not about the command.
type inputError struct{ error }

func (e *inputError) Unwrap() error { return e.error }

func asInput(err error) error {
	if err == nil {
		return nil
	}
	return &inputError{err}
}

// readInputs brings in folders and single files.
func readInputs(paths []string) ([]roster.Input, error) {
	var inputs []roster.Input
	var files []string
	for _, path := range paths {
		info, err := os.Stat(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, &inputError{fmt.Errorf("%s: there is no such file or folder; name the folder with the spreadsheets, or the files one by one", path)}
		}
		if err != nil {
			return nil, &inputError{err}
		}
		if !info.IsDir() {
			files = append(files, path)
			continue
		}
		of, err := roster.ReadFolder(path)
		if err != nil {
			return nil, &inputError{err}
		}
		inputs = append(inputs, of...)
	}
	single, err := roster.ReadFiles(files)
	if err != nil {
		return nil, &inputError{err}
	}
	return distinct(append(inputs, single...))
}

// distinct refuses two inputs of one name, which a manifest could not tell apart.
func distinct(inputs []roster.Input) ([]roster.Input, error) {
	seen := map[string]bool{}
	for _, in := range inputs {
		name := strings.ToLower(in.Name)
		if seen[name] {
			return nil, &inputError{fmt.Errorf("two of the inputs are named %s: keep one of them", in.Name)}
		}
		seen[name] = true
	}
	return inputs, nil
}
