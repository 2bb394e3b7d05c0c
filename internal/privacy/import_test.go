//go:build unix

package privacy

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/job"
	"github.com/chiron-mentoring/chiron/internal/mail"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
)

// takingIn is an installation that people are brought to.
func takingIn(t testing.TB) *Privacy {
	db := storetest.Open(t, storetest.Source(t, store.SQLite))
	now := func() time.Time { return time.Date(2027, 3, 14, 9, 0, 0, 0, time.UTC) }
	queue := job.New(db, now, slog.New(slog.DiscardHandler))
	post := notice.New(db, queue, mail.Nowhere{}, now, notice.Site{Name: "Mentorat", Address: "https://mentoring.example.org"})
	return New(person.New(db, queue, post, now))
}

// FuzzImport holds the importer to this: a file is taken in or refused with a reason, never with an error of the database
// or of this program; whoever was taken in can be taken along again and taken in elsewhere; a refusal quotes little.
func FuzzImport(f *testing.F) {
	seeds, err := filepath.Glob("testdata/import/*.json")
	if err != nil || len(seeds) == 0 {
		f.Fatalf("there is nothing to begin with: %v", err)
	}
	for _, seed := range seeds {
		text, err := os.ReadFile(seed)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
		f.Add(bytes.ReplaceAll(text, []byte("fr-CA"), []byte("en")))
	}
	f.Add([]byte(`{"format":"chiron-person-1","person":"x","tables":{"account":[{"id":"x","language":"en","discreet":0,"made_at":1}]}}`))
	p := takingIn(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		id, err := p.Import(t.Context(), text)
		if err != nil {
			if !IsRefused(err) {
				t.Fatalf("%v", err)
			}
			if strings.ContainsAny(err.Error(), "\n\x00\x1b") || len(err.Error()) > 300 {
				t.Fatalf("the refusal quotes too much: %q", err)
			}
			return
		}
		again, err := p.Of(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		written, err := again.JSON()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := readData(written); err != nil {
			t.Fatalf("who was taken in cannot be taken in elsewhere: %v\n%s", err, written)
		}
		if err := eraseRows(t.Context(), p.People.DB, p.People.Now(), "privacy", id); err != nil {
			t.Fatalf("who was taken in cannot be erased: %v", err)
		}
	})
}
