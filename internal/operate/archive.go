package operate

import (
	"archive/zip"
	"compress/flate"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/chiron-mentoring/chiron/internal/store"
)

// Format is the form of a backup.
const Format = "chiron-backup/1"

// The files in a backup.
const (
	manifestFile  = "manifest.json"
	signatureFile = "signature"
)

// mostManifest is how long manifest and signature may be, in bytes.
const mostManifest = 1 << 20

// A Manifest says what must be in a backup.
type Manifest struct {
	Format   string    `json:"format"`
	MadeAt   time.Time `json:"made_at"`
	Program  string    `json:"program"` // the version of the program that made it
	Engine   string    `json:"engine"`  // of the database that it was made from
	Schema   int64     `json:"schema"`  // the version
	Tables   []Table   `json:"tables"`
	Audit    string    `json:"audit"` // the newest checkpoint of the audit log, signed; "": nothing was sealed
	Database File      `json:"database"`
}

// A Table says how many rows a table must have.
type Table struct {
	Name string `json:"name"`
	Rows int64  `json:"rows"`
}

// A File says which bytes a file must have.
type File struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Rows is how many rows there are in all tables.
func (m *Manifest) Rows() (n int64) {
	for _, t := range m.Tables {
		n += t.Rows
	}
	return n
}

func tablesOf(counts []store.Count) (all []Table) {
	for _, c := range counts {
		all = append(all, Table{c.Table, c.Rows})
	}
	return all
}

// writeArchive packs the database of a folder into a backup at path, and completes the manifest by what it packs.
func writeArchive(ctx context.Context, path, folder string, m *Manifest, signer note.Signer) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	archive := zip.NewWriter(file)
	archive.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	err = packDatabase(ctx, archive, folder, m)
	if err == nil {
		err = packManifest(archive, m, signer)
	}
	if err == nil {
		err = archive.Close()
	}
	return errors.Join(err, file.Close())
}

func packDatabase(ctx context.Context, archive *zip.Writer, folder string, m *Manifest) error {
	source, err := os.Open(databaseIn(folder))
	if err != nil {
		return err
	}
	defer source.Close()
	into, err := archive.CreateHeader(&zip.FileHeader{Name: store.DatabaseFile, Method: zip.Deflate, Modified: m.MadeAt})
	if err != nil {
		return err
	}
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(into, sum), &interruptible{ctx, source})
	m.Database = File{Name: store.DatabaseFile, Size: n, SHA256: hex.EncodeToString(sum.Sum(nil))}
	return err
}

func packManifest(archive *zip.Writer, m *Manifest, signer note.Signer) error {
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	text = append(text, '\n')
	signature, err := note.Sign(&note.Note{Text: signedText(text)}, signer)
	if err != nil {
		return fmt.Errorf("sign the backup: %w", err)
	}
	for _, part := range []struct {
		name string
		data []byte
	}{{manifestFile, text}, {signatureFile, signature}} {
		into, err := archive.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Store, Modified: m.MadeAt})
		if err != nil {
			return err
		}
		if _, err := into.Write(part.data); err != nil {
			return err
		}
	}
	return nil
}

// signedText is what the signature is over. It begins as no checkpoint of the audit log does, which the same key signs.
func signedText(manifest []byte) string {
	sum := sha256.Sum256(manifest)
	return Format + "\n" + hex.EncodeToString(sum[:]) + "\n"
}

// unpack reads a backup, whose every byte must be as it was written, and puts its database into a folder.
func unpack(ctx context.Context, path, folder string, key note.Verifier) (*Manifest, error) {
	archive, err := zip.OpenReader(path)
	switch {
	case errors.Is(err, zip.ErrFormat):
		return nil, refuse("%s is no backup, or its end is missing", path)
	case err != nil:
		return nil, fmt.Errorf("open the backup: %w", err)
	}
	defer archive.Close()
	m, err := readManifest(&archive.Reader, key)
	if err == nil {
		err = extract(ctx, &archive.Reader, &m.Database, folder)
	}
	if no := (*Refusal)(nil); errors.As(err, &no) {
		return nil, refuse("%s %s", path, no.reason)
	}
	return m, err
}

// readManifest reads the manifest and makes sure that whoever has the key wrote it, for this form of backups and for a
// schema that this program knows.
func readManifest(archive *zip.Reader, key note.Verifier) (*Manifest, error) {
	var names []string
	for _, f := range archive.File {
		names = append(names, f.Name)
	}
	if !slices.Equal(names, []string{store.DatabaseFile, manifestFile, signatureFile}) {
		return nil, refuse("is no backup: there are other files in it than in one")
	}
	text, err := readPart(archive, manifestFile)
	if err != nil {
		return nil, err
	}
	signature, err := readPart(archive, signatureFile)
	if err != nil {
		return nil, err
	}
	signed, err := note.Open(signature, note.VerifierList(key))
	switch {
	case err != nil:
		return nil, refuse("is not signed by these keys: put the folder of keys back that the installation had, or take a backup of its own")
	case signed.Text != signedText(text):
		return nil, refuse("was altered: its manifest is not the one that was signed")
	}
	m := &Manifest{}
	switch err := json.Unmarshal(text, m); {
	case err != nil || m.Format != Format:
		return nil, refuse("is a backup of another form than %s; use the version of chiron that made it", Format)
	case m.Schema > store.NewestVersion():
		return nil, refuse("was made by a newer chiron (%s), with version %d of the schema, and this one knows %d; use that version, or a later one", m.Program, m.Schema, store.NewestVersion())
	}
	return m, nil
}

func readPart(archive *zip.Reader, name string) ([]byte, error) {
	part, err := archive.Open(name)
	if err != nil {
		return nil, refuse("was altered: %s in it cannot be read", name)
	}
	defer part.Close()
	data, err := io.ReadAll(io.LimitReader(part, mostManifest+1))
	if err != nil || len(data) > mostManifest {
		return nil, refuse("was altered: %s in it cannot be read", name)
	}
	return data, nil
}

// extract puts the database into a folder, when it is the one that the manifest describes.
func extract(ctx context.Context, archive *zip.Reader, f *File, folder string) error {
	part, err := archive.Open(store.DatabaseFile)
	if err != nil {
		return refuse("was altered: %s in it cannot be read", store.DatabaseFile)
	}
	defer part.Close()
	target, err := os.OpenFile(databaseIn(folder), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	sum := sha256.New()
	from := &interruptible{ctx, io.LimitReader(part, f.Size+1)}
	n, err := io.Copy(io.MultiWriter(target, sum), from)
	wrote := target.Close()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case isOfDisk(err) || wrote != nil:
		return errors.Join(err, wrote)
	case err != nil || n != f.Size || hex.EncodeToString(sum.Sum(nil)) != f.SHA256:
		return refuse("was altered or cut: the database in it is not the one that was saved")
	}
	return nil
}

// isOfDisk tells errors of writing from those of what is read.
func isOfDisk(err error) bool {
	path := (*os.PathError)(nil)
	return errors.As(err, &path) && path.Op == "write"
}

// interruptible is a reader that ends with a context.
type interruptible struct {
	ctx  context.Context
	from io.Reader
}

func (r *interruptible) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.from.Read(p)
}
