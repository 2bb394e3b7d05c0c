//go:build look

package report

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/locale"
)

// TestWritePagesToLookAt writes pages for people who work on them, to the folder that CHIRON_REPORT_PAGES names:
//
//	CHIRON_REPORT_PAGES=/some/folder go test -tags look -run LookAt ./internal/report
func TestWritePagesToLookAt(t *testing.T) {
	t.Parallel()
	dir := os.Getenv("CHIRON_REPORT_PAGES")
	if dir == "" {
		t.Fatal("CHIRON_REPORT_PAGES names no folder to write pages to")
	}
	flagged := asked(t, cohort(300, 120, 1), locale.French)
	flagged.Equity = planted(t, &flagged)
	withHistory(t, &flagged)
	for name, in := range map[string]Input{
		"flagged.fr-CA.html": flagged, "history.en.html": pages(t)["with history"],
		"residency.en.html": residency(t, locale.English), "residency.fr-CA.html": residency(t, locale.French),
		"large.en.html": asked(t, cohort(300, 120, 1), locale.English),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(page(t, in)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
