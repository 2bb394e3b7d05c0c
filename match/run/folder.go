package run

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// An Occupied error says that a run cannot be written to a folder because of what is there.
type Occupied struct {
	Dir     string
	Because string
	Instead string // what to do
}

func (o *Occupied) Error() string { return o.Dir + " " + o.Because + ": " + o.Instead }

// MayWrite says whether a run can be written to dir: nil, or an [*Occupied] error. An empty folder is free. With
// replace, a run folder with nothing else in it is free too; what is not ours is never removed.
func MayWrite(dir string, replace bool) error {
	if base := filepath.Base(filepath.Clean(dir)); base == "." || base == ".." {
		return &Occupied{dir, "is no name for a new folder", "name one, such as -o run"}
	}
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return &Occupied{dir, "is there and is no folder that can be read", "choose another one"}
	case len(entries) == 0:
		return nil
	case !isRun(dir):
		return &Occupied{dir, "is there and is no run folder", "choose another one; it will not be replaced"}
	case !replace:
		return &Occupied{dir, "is there already", "choose another folder, or replace this run with --force"}
	}
	for _, entry := range entries {
		if !isOurs(entry.Name()) {
			return &Occupied{dir, "also holds " + entry.Name() + ", which is no part of a run", "move that away, or choose another folder"}
		}
	}
	return nil
}

// isRun says whether dir has the manifest of a run, of whatever version.
func isRun(dir string) bool {
	data, err := os.ReadFile(filepath.Join(dir, manifestFile))
	return err == nil && bytes.Contains(data, []byte(`"chiron": "run/`))
}

// Write writes the run folder and returns its fingerprint, the SHA-256 of the manifest, by which a run can be named in
// public: no other folder has the same one. The folder is written beside dir and renamed when it is complete, so
// that dir is there whole or not at all, whatever happens meanwhile. Only the owner may read it: it names people.
func (r *Run) Write(ctx context.Context, dir string, replace bool) (fingerprint string, err error) {
	if err := MayWrite(dir, replace); err != nil {
		return "", err
	}
	dir = filepath.Clean(dir)
	parent := filepath.Dir(dir)
	if err := os.MkdirAll(parent, 0o777); err != nil {
		return "", fmt.Errorf("write the run folder: %w", err)
	}
	beside, err := os.MkdirTemp(parent, "."+filepath.Base(dir)+"-*")
	if err != nil {
		return "", fmt.Errorf("write the run folder: %w", err)
	}
	defer os.Remove(beside) // unless a run that was to be replaced is still in it
	fresh, old := filepath.Join(beside, "new"), filepath.Join(beside, "old")
	defer os.RemoveAll(fresh)
	if err := os.Mkdir(fresh, 0o700); err != nil {
		return "", fmt.Errorf("write the run folder: %w", err)
	}
	fingerprint, err = r.writeFiles(ctx, fresh)
	if err != nil {
		return "", fmt.Errorf("write the run folder: %w", err)
	}
	if err := putInPlace(fresh, dir, old, replace); err != nil {
		return "", fmt.Errorf("put the run folder in its place: %w", err)
	}
	if err := errors.Join(os.RemoveAll(old), syncFolder(parent)); err != nil {
		return "", fmt.Errorf("finish writing the run folder: %w", err)
	}
	return fingerprint, nil
}

// putInPlace renames fresh to dir, with replace after moving what is there to old. Without it, only an empty folder
// gives way, also when another run has come to dir since we looked: no system renames onto a folder that holds files.
func putInPlace(fresh, dir, old string, replace bool) error {
	clear := func() error { return os.Remove(dir) }
	if replace {
		clear = func() error { return os.Rename(dir, old) }
	}
	err := clear()
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	moved := err == nil && replace
	err = os.Rename(fresh, dir)
	if err != nil && moved {
		err = errors.Join(err, os.Rename(old, dir))
	}
	return err
}

func (r *Run) writeFiles(ctx context.Context, dir string) (fingerprint string, err error) {
	manifest := r.Manifest
	manifest.Files = nil
	add := func(name string, write func(io.Writer) error) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		file, err := writeFile(dir, name, write)
		manifest.Files = append(manifest.Files, file)
		return err
	}
	for _, name := range results {
		if err := add(name, func(w io.Writer) error { return r.writeResult(w, name) }); err != nil {
			return "", err
		}
	}
	for _, a := range r.attached {
		if err := add(a.Name, func(w io.Writer) error { return writeAll(w, a.Data) }); err != nil {
			return "", err
		}
	}
	file, err := writeFile(dir, manifestFile, func(w io.Writer) error { return writeAll(w, manifest.bytes()) })
	if err != nil {
		return "", err
	}
	return file.SHA256, syncFolder(dir)
}

// writeResult writes the content of the named result.
func (r *Run) writeResult(w io.Writer, name string) error {
	switch name {
	case problemFile:
		return r.Problem.Write(w)
	case certificateFile:
		return r.Certificate.Write(w)
	case pairsFile:
		return writeAll(w, pairsTable(r.Problem, r.Certificate, r.Names).bytes())
	case unmatchedFile:
		return writeAll(w, unmatchedTable(r.Problem, r.Certificate, r.Manifest.SetAside, r.Names).bytes())
	case summaryFile:
		return writeAll(w, []byte(r.Summary()))
	}
	return fmt.Errorf("%s is no result", name)
}

func writeAll(w io.Writer, data []byte) error {
	_, err := w.Write(data)
	return err
}

// writeFile makes a file that only its owner may read, and says what is in it.
func writeFile(dir, name string, write func(io.Writer) error) (File, error) {
	f, err := os.OpenFile(filepath.Join(dir, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return File{}, err
	}
	sum := measure{hash: sha256.New()}
	err = write(io.MultiWriter(f, &sum))
	return sum.file(name), errors.Join(err, f.Sync(), f.Close())
}

// A measure takes bytes and says how many they were, and their hash.
type measure struct {
	hash hash.Hash
	size int64
}

func (m *measure) Write(data []byte) (int, error) {
	m.size += int64(len(data))
	return m.hash.Write(data)
}

func (m *measure) file(name string) File {
	return File{Name: name, Size: m.size, SHA256: hex.EncodeToString(m.hash.Sum(nil))}
}

// syncFolder makes the names in a folder outlast a loss of power, where the system can do that.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	f.Sync() // some systems refuse to sync folders, and nothing can be done about it
	return f.Close()
}
