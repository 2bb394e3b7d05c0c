//go:build look && unix

package browsertest

import (
	"testing"

	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/web/browser"
)

// Pictures of all pages are written into the folder that CHIRON_SHOTS names:
//
//	CHIRON_SHOTS=/some/folder go test -tags look -run Pictures ./browsertest
func TestPicturesForLooking(t *testing.T) {
	h := servetest.Open(t, store.SQLite, "--name=Mentorat Sainte-Justine")
	all, open := addresses(map[string]string{})
	p := browser.Open(t, h.Server.Config.URL.String())
	p.Pictures("stranger", open...)
	enter(t, h, p, "first@example.org")
	p.Pictures("in", all...)
}
