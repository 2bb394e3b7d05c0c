//go:build unix

package program_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/web/browser"
)

// lets lets a tab in by a letter.
func lets(h *servetest.House, tab *browser.Tab, address string) {
	h.Helper()
	older := h.Letters(address)
	h.Stranger().Send("/sign-in", "address", address)
	tab.Visit(h.LinkTo(address, older))
	tab.Press(".btn-main")
}

// invitedAndIn is somebody who coordinates two programs, is in one, and is invited to two.
func invitedAndIn(h *servetest.House) (paths []string) {
	h.Helper()
	omar, claire := comes(h, "omar@example.org"), comes(h, "claire@example.org")
	for _, id := range []string{"ONE", "TWO"} {
		makes(h, id, "Residents and mentors of the Faculty of Medicine, first edition "+id, "Résidentes et résidents, mentores et mentors de la Faculté de médecine, première édition "+id, claire, omar)
	}
	makes(h, "THREE", "Women in surgery", "Femmes en chirurgie", omar)
	enrols(h, "ONE", claire)
	asks(h, "THREE", store.Participant, "claire@example.org")
	asks(h, "THREE", store.Coordinator, "claire@example.org")
	var all []string
	for k := range 24 {
		all = append(all, "guest-with-a-rather-long-name-"+string(rune('a'+k))+"@hopital-de-la-faculte.example.org")
	}
	claire.Send("/programs/ONE/invitations/add", "addresses", strings.Join(all, "\n"), "language", "en")
	claire.Send("/programs/ONE/settings", "en", "Residents and mentors", "fr", "Résidentes et résidents, mentores et mentors de la Faculté de médecine",
		"line_en", "For residents in their first two years, and those who have been there.", "line_fr", "Pour les deux premières années de résidence, avec des gens qui sont passés par là.")
	withdraw := "/programs/ONE/invitations/" + invitationOf(h, "guest-with-a-rather-long-name-x@hopital-de-la-faculte.example.org") + "/withdraw"
	return []string{"/", "/programs", "/programs?joined=ONE", "/programs/ONE/leave", "/programs/ONE", "/programs/TWO", "/programs/ONE/invitations", "/programs/ONE/invitations/add", withdraw, "/programs/ONE/settings"}
}

func TestPagesOfProgramsKeepTheirPromises(t *testing.T) {
	t.Parallel()
	h := servetest.Open(t, store.SQLite)
	paths := invitedAndIn(h)
	tab := browser.Open(t, h.Server.Config.URL.String())
	tab.Prefer("prefers-reduced-motion", "reduce")
	lets(h, tab, "claire@example.org")
	for k, path := range paths {
		for _, l := range locale.Languages {
			tab.Visit("/language/" + string(l) + "?to=" + url.QueryEscape(path))
			if tab.Path() != path {
				t.Fatalf("%s leads to %s", path, tab.Path())
			}
			tab.Speaks(l, path)
			tab.Fits(path)
		}
		tab.Accessible(path)
		if k == 1 || k == 6 {
			tab.Wide(390)
			tab.Walk(path)
		}
	}
	tab.Quiet()
}
