package run

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/roster"
)

// ManifestFormat is the version of the run folder. A reader refuses every other one.
const ManifestFormat = "run/1"

// The files of a run folder. The manifest lists all the others with their hashes.
const (
	manifestFile    = "manifest.json"
	problemFile     = "problem.json"
	certificateFile = "certificate.json"
	pairsFile       = "pairs.csv"
	unmatchedFile   = "unmatched.csv"
	summaryFile     = "summary.txt"
)

// results are the files that the manifest lists, in its order.
var results = [...]string{problemFile, certificateFile, pairsFile, unmatchedFile, summaryFile}

// A Manifest says where a run comes from and which files belong to it.
type Manifest struct {
	Format     string      `json:"chiron"`
	Engine     Engine      `json:"engine"`
	TimeZones  TimeZones   `json:"timeZones"`
	Inputs     []File      `json:"inputs"`             // sorted by name
	Rules      string      `json:"rules,omitempty"`    // SHA-256 of the rules among the inputs; "": there were none
	Aim        match.Aim   `json:"aim,omitempty"`      // asked for in place of the rules' aim; "": the rules' own
	Language   string      `json:"language,omitempty"` // of what is attached; "": English
	Lottery    Draw        `json:"lottery"`
	Lists      match.Lists `json:"lists,omitempty"`      // whether mentees could have listed more mentors; "": not known
	Candidates *Candidates `json:"candidates,omitempty"` // what the matching is compared with, if the problem has lists
	Notes      []Note      `json:"notes,omitempty"`      // what was put right or decided while the inputs were read
	SetAside   []SetAside  `json:"setAside,omitempty"`   // who takes no part, by side and id
	Files      []File      `json:"files"`
}

// A File is a file by name, size and hash. The name has no folder.
type File struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

func fileOf(name string, data []byte) File {
	sum := measure{hash: sha256.New()}
	sum.Write(data)
	return sum.file(name)
}

// A Note is something in the inputs that was put right, or that was decided for want of a word about it.
type Note struct {
	File    string `json:"file"`
	Sheet   string `json:"sheet,omitempty"`
	Row     int    `json:"row,omitempty"`
	Column  string `json:"column,omitempty"`
	Value   string `json:"value,omitempty"`
	Problem string `json:"problem"`
	Instead string `json:"instead,omitempty"`
}

func (n Note) String() string { return roster.Note(n).String() }

// SetAside is somebody from the inputs who is not in the problem, and why.
type SetAside struct {
	Side string `json:"side"`
	ID   string `json:"id"`
	Why  string `json:"why"`
}

// bytes is the manifest's one form as a file.
func (m *Manifest) bytes() []byte {
	var b bytes.Buffer
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	if err := out.Encode(m); err != nil {
		panic(err) // strings and numbers always have a JSON form
	}
	return b.Bytes()
}

// readManifest reads what bytes writes and refuses everything else, so that a manifest says nothing that this version
// does not understand and nothing twice.
func readManifest(data []byte) (*Manifest, error) {
	var m Manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, fmt.Errorf("it is not a manifest: %w", err)
	}
	if m.Format != ManifestFormat {
		return nil, fmt.Errorf("its format is %q, and this version reads %q", m.Format, ManifestFormat)
	}
	if !bytes.Equal(m.bytes(), data) {
		return nil, fmt.Errorf("it is not in the form in which chiron writes it, so it was edited or damaged")
	}
	return &m, nil
}
