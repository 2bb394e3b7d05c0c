//go:build unix

package main

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/chiron-mentoring/chiron/internal/operate"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
)

func init() {
	commandsOfScripts["unpack"], commandsOfScripts["in-bytes"] = unpack, inBytes
}

// unpack writes the files of an archive into a folder.
func unpack(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: unpack ZIP FOLDER")
	}
	z, err := zip.OpenReader(ts.MkAbs(args[0]))
	ts.Check(err)
	defer z.Close()
	ts.Check(os.Mkdir(ts.MkAbs(args[1]), 0o700))
	for _, f := range z.File {
		r, err := f.Open()
		ts.Check(err)
		text, err := io.ReadAll(r)
		ts.Check(err)
		ts.Check(os.WriteFile(filepath.Join(ts.MkAbs(args[1]), filepath.Base(f.Name)), text, 0o600))
	}
}

// inBytes looks for a text in the raw bytes of every file of a folder, in whichever case.
func inBytes(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: [!] in-bytes TEXT FOLDER")
	}
	found := ""
	ts.Check(filepath.WalkDir(ts.MkAbs(args[1]), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(bytes.ToLower(data), []byte(args[0])) {
			found = path
		}
		return err
	}))
	if (found != "") == neg {
		ts.Fatalf("%s: %q is in %q", args[1], args[0], found)
	}
}

// On PostgreSQL all of it is done beside a server.
func TestPersonIsServedBesideAServer(t *testing.T) {
	t.Parallel()
	source := storetest.Source(t, store.PostgreSQL)
	p := newPlace(t, source)
	server := storetest.Open(t, source)
	now := time.Now()
	err := server.Update(t.Context(), func(tx *store.Tx) error {
		for _, id := range []string{"BOSS", "ZOE"} {
			address := strings.ToLower(id) + "@example.org"
			if err := tx.AddAccount(store.Account{ID: id, Language: "en", MadeAt: now}); err != nil {
				return err
			}
			if err := tx.AddEmail(store.Email{Folded: address, Address: address, Account: id, Kind: store.Personal, Owns: true, VerifiedAt: now}); err != nil {
				return err
			}
		}
		_, err := tx.AddRole("BOSS", store.Administrator, now, "test")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(p.folder, "zoe.zip")
	p.says(p.run(exitDone, "person", "export", "zoe@example.org", "--db="+source, "-o", file), "Wrote "+file)
	p.says(p.run(exitUsage, "person", "erase", "boss@example.org", "--yes", "--db="+source), "this is the last administrator")
	p.says(p.run(exitNo, "person", "erase", "zoe@example.org", "--db="+source), "Nothing was changed")
	p.says(p.run(exitDone, "person", "erase", "zoe@example.org", "--yes", "--db="+source), "Erased ZOE.", "Noted in ")
	p.says(p.run(exitUsage, "person", "export", "zoe@example.org", "--db="+source), "nobody here has this id or this address")
	if ids, err := operate.ReadErased(filepath.Join(p.folder, "backups", operate.ErasedFile)); err != nil || len(ids) != 1 || ids[0] != "ZOE" {
		t.Errorf("the list holds %v, %v", ids, err)
	}
	err = server.View(t.Context(), func(tx *store.Tx) error {
		events, err := tx.EventsAbout("ZOE", store.Event{}, 10)
		if len(events) != 2 || events[0].Action != "account.erase" || events[1].Action != "account.export" || events[0].Actor != "console" {
			t.Errorf("the log says %+v", events)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others can read the archive: %v, %v", info.Mode(), err)
	}
}
