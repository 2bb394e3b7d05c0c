package demo

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// A Folder is where a demonstration keeps everything: data and keys apart, as an installation does.
type Folder struct {
	Root      string
	temporary bool
}

// signFile says that a demonstration made the folder. Nothing in a folder without it is ever opened: a store would be
// brought up to date by opening it, and that may be somebody's installation.
const signFile = "DEMONSTRATION.txt"

const sign = `This folder was made by "chiron demo". Nobody in it exists. It can be deleted.
Ce dossier a été créé par « chiron demo ». Personne n'y existe vraiment. On peut le supprimer.
`

// OpenFolder makes the folder of a demonstration: a new one for the time being or, where one is named, that one, which is
// kept. A folder in which there is anything that no demonstration put there is refused.
func OpenFolder(named string) (Folder, error) {
	f := Folder{Root: named}
	if named == "" {
		root, err := os.MkdirTemp("", "chiron-demo-")
		if err != nil {
			return f, fmt.Errorf("make a folder for the demonstration: %w", err)
		}
		f = Folder{root, true}
	}
	if err := f.take(); err != nil {
		return f, errors.Join(err, f.Close())
	}
	return f, nil
}

func (f Folder) take() error {
	if err := os.MkdirAll(f.Root, 0o700); err != nil {
		return fmt.Errorf("make a folder for the demonstration: %w", err)
	}
	file := filepath.Join(f.Root, signFile)
	info, err := os.Lstat(file)
	switch {
	case err == nil && info.Mode().IsRegular():
		return nil
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("look into %s: %w", f.Root, err)
	}
	entries, err := os.ReadDir(f.Root)
	if err != nil {
		return fmt.Errorf("look into %s: %w", f.Root, err)
	}
	if len(entries) > 0 {
		return fmt.Errorf("%s holds something that is no demonstration; name a folder that is empty or not there", f.Root)
	}
	if err := os.WriteFile(file, []byte(sign), 0o600); err != nil {
		return fmt.Errorf("make a folder for the demonstration: %w", err)
	}
	return nil
}

// Data, Keys and Backups are the folders inside.
func (f Folder) Data() string    { return filepath.Join(f.Root, "data") }
func (f Folder) Keys() string    { return filepath.Join(f.Root, "keys") }
func (f Folder) Backups() string { return filepath.Join(f.Root, "backups") }

// Close removes a folder that was made for the time being, with everything in it. One that was named stays.
func (f Folder) Close() error {
	if !f.temporary {
		return nil
	}
	return os.RemoveAll(f.Root)
}
