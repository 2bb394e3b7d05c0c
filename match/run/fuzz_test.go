package run

import (
	"bytes"
	"testing"
)

// FuzzManifest holds the reader to accepting what the writer writes, and nothing else.
func FuzzManifest(f *testing.F) {
	m := Manifest{Format: ManifestFormat, Inputs: []File{fileOf("a", nil)}, SetAside: []SetAside{{"mentee", "<é>", "\u2028"}}}
	f.Add(m.bytes())
	f.Add(bytes.Replace(m.bytes(), []byte(`"inputs"`), []byte(`"Inputs"`), 1))
	f.Add([]byte(`{"chiron": "run/1"}`))
	f.Add([]byte("[]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := readManifest(data)
		if err == nil && !bytes.Equal(m.bytes(), data) {
			t.Errorf("accepted\n%s\nwhich says\n%s", data, m.bytes())
		}
	})
}

// FuzzTables holds the check to accepting pairs.csv and unmatched.csv only if they are, byte for byte, what the
// certificate says.
func FuzzTables(f *testing.F) {
	r := ward(f)
	f.Add([]byte("mentee,mentee name,mentor,mentor name\na,A,x,X\n"), []byte("side,id,name,places\nmentee,b\n"))
	f.Add([]byte("\"\n"), []byte{})
	f.Add([]byte("\n\n"), []byte("side,id,name\nmentor,'=x,'@\n"))
	f.Fuzz(func(t *testing.T, pairs, unmatched []byte) {
		run := *r
		report := &Report{}
		got := [2]*reading{report.reading(pairsFile, pairs), report.reading(unmatchedFile, unmatched)}
		if got[0] == nil || got[1] == nil {
			return
		}
		report.compareReadings(got[0], got[1], &run)
		same := bytes.Equal(pairs, pairsTable(run.Problem, run.Certificate, run.Names).bytes()) &&
			bytes.Equal(unmatched, unmatchedTable(run.Problem, run.Certificate, run.Manifest.SetAside, run.Names).bytes())
		if accepted := report.Refused() == 0; accepted && !same {
			t.Errorf("accepted %q and %q", pairs, unmatched)
		}
	})
}
