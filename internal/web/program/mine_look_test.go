//go:build unix && look

package program_test

import (
	"testing"

	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/web/browser"
)

// TestLookAtPrograms writes pictures of the pages about programs as a whole, for looking.
func TestLookAtPrograms(t *testing.T) {
	h := servetest.Open(t, store.SQLite)
	paths := invitedAndIn(h)
	comes(h, "zoe@example.org")
	for who, some := range map[string][]string{"claire": paths, "zoe": {"/programs"}} {
		tab := browser.Open(t, h.Server.Config.URL.String())
		lets(h, tab, who+"@example.org")
		tab.Pictures(who, some...)
	}
}
