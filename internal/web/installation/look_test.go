//go:build look && unix

package installation_test

import (
	"testing"

	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/web/browser"
)

// Pictures of all pages are written into the folder that CHIRON_SHOTS names:
//
//	CHIRON_SHOTS=/some/folder go test -tags look -run Pictures ./internal/web/installation
func TestPicturesForLooking(t *testing.T) {
	h := servetest.Open(t, store.SQLite)
	tab := browser.Open(t, h.Server.Config.URL.String())
	enters(h, tab)
	h.Somebody("zoe@example.org")
	letters := comeBack(h, 2)
	buried(h)
	finds(tab, "zoe@example.org")
	tab.Picture("installation-found")
	boss := h.Somebody("boss@example.org")
	at := boss.Send("/installation/programs/add", "en", "Residents and mentors", "fr", "Résidentes et résidents, mentores et mentors de la Faculté de médecine", "address", "marie-josephe.de-la-chevrotiere@hopital-de-la-faculte.example.org", "language", "fr-CA").Location()
	tab.Pictures("in", at, found(h, withdrawing, boss.Get(at)),
		"/installation", "/installation/administrators", "/installation/administrators/add", "/installation/accounts",
		"/installation/failures", "/installation/letters/"+letters[0].ID+"/give-up", "/installation/settings", "/installation/log")
}
