//go:build unix

package serve_test

import (
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
)

func TestSettingsSayHowLongThingsAreKept(t *testing.T) {
	t.Parallel()
	h := servetest.Open(t, store.SQLite, "--retention-sign-in-days=3", "--retention-letter-days=5", "--retention-job-days=7")
	const day = 24 * time.Hour
	if want := (account.Keep{Links: 3 * day, Letters: 5 * day, Jobs: 7 * day}); h.Server.Accounts.Keep != want {
		t.Errorf("things are kept for %v, want %v", h.Server.Accounts.Keep, want)
	}
}
