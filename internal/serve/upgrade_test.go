//go:build unix

package serve_test

import (
	"log/slog"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/config"
	"github.com/chiron-mentoring/chiron/internal/operate"
	"github.com/chiron-mentoring/chiron/internal/serve"
	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
)

// TestServerUpgradesWhatAnOlderOneLeft opens databases of every earlier schema. On SQLite there is a backup from before.
func TestServerUpgradesWhatAnOlderOneLeft(t *testing.T) {
	t.Parallel()
	newest := store.NewestVersion()
	for _, engine := range servetest.Engines {
		for version := int64(2); version < newest; version++ {
			source, backups, keys := storetest.Source(t, engine), t.TempDir(), t.TempDir()+"/keys"
			open := func() *serve.Server {
				t.Helper()
				set, _, err := config.ParseFlags([]string{"--db=" + source, "--keys=" + keys, "--backup-folder=" + backups, "--listen=127.0.0.1:0"})
				if err != nil {
					t.Fatal(err)
				}
				c, err := config.Load(t.TempDir(), nil, set)
				if err != nil {
					t.Fatal(err)
				}
				s, err := serve.Open(t.Context(), serve.Options{Config: c, Log: slog.New(slog.DiscardHandler), Now: time.Now, Program: "test"})
				if err != nil {
					t.Fatalf("%s, from version %d: %v", engine, version, err)
				}
				return s
			}
			s := open()
			if _, err := s.FirstLink(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := s.DB.MigrateTo(t.Context(), version); err != nil {
				t.Fatal(err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			s = open()
			if now, err := s.DB.Version(t.Context()); now != newest || err != nil {
				t.Errorf("%s, from version %d: it has version %d: %v", engine, version, now, err)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
			made, err := operate.Backups(backups)
			if want := map[store.Engine]int{store.SQLite: 1}[engine]; len(made) != want || err != nil {
				t.Errorf("%s, from version %d: %d backups were made, want %d: %v", engine, version, len(made), want, err)
			}
		}
	}
}
