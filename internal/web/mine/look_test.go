//go:build look && unix

package mine_test

import (
	"testing"

	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/web/browser"
)

// Pictures of all pages are written into the folder that CHIRON_SHOTS names:
//
//	CHIRON_SHOTS=/some/folder go test -tags look -run Pictures ./internal/web/mine
func TestPicturesForLooking(t *testing.T) {
	h := servetest.Open(t, store.SQLite)
	tab := browser.Open(t, h.Server.Config.URL.String())
	device(t, tab)
	enters(h, tab, "zoe@example.org")
	h.Somebody("zoe@example.org")
	rename := adds(t, tab)
	tab.Pictures("mine",
		"/account", "/account/addresses", "/account/sessions", "/account/trail", "/account/passkeys", "/account/passkeys/add", rename, rename+"/remove",
		"/account/addresses/change", "/account/addresses/merge", "/account/addresses?asked=change", "/account/sessions/others", "/account/institutions", "/account/data", "/account/data/erase")
}
