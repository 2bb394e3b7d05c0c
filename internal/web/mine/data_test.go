//go:build unix

package mine_test

import (
	"archive/zip"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// takes downloads somebody's data and gives the names of the files in it.
func takes(h *servetest.House, v *servetest.Visitor) (names string) {
	h.Helper()
	p := v.Send("/account/data")
	says(h, "the download", p, http.StatusOK)
	file, err := zip.NewReader(strings.NewReader(p.Body), int64(len(p.Body)))
	h.Must(err)
	for _, f := range file.File {
		names += f.Name + " "
	}
	return names
}

func TestDataIsTakenAlong(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		zoe := h.Somebody("zoe@example.org")
		shows(h, "the page", zoe.Get("/account/data"), "Download my data", "Erase my account")
		if names := takes(h, zoe); !strings.Contains(names, "person.json") {
			h.Errorf("the file holds %s", names)
		}
		shows(h, "the trail", zoe.Get("/account/trail"), "You took your data along.")
		h.Pass(6 * time.Minute)
		leads(h, "the page later", zoe.Get("/account/data"), "/prove?to=%2Faccount%2Fdata")
		if p := zoe.Send("/account/data"); p.Status != http.StatusSeeOther {
			h.Errorf("the download later is %d", p.Status)
		}
	})
}

func TestWhoeverAskedToBeErasedCanStay(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		zoe := h.Somebody("zoe@example.org")
		shows(h, "the question", zoe.Get("/account/data/erase"), "It happens in seven days.")
		leads(h, "asking", zoe.Send("/account/data/erase"), "/account/data")
		p := zoe.Get("/account/data")
		shows(h, "the page", p, "Your account will be erased on", "Stay after all")
		hides(h, "the page", p, `href="/account/data/erase"`)
		leads(h, "staying", zoe.Send("/account/data/stay"), "/account/data")
		p = zoe.Get("/account/data")
		shows(h, "the page", p, "You stay.", "Erase my account")
		hides(h, "the page", p, "will be erased on")

		boss := h.First("boss@example.org")
		says(h, "the last administrator", boss.Send("/account/data/erase"), http.StatusConflict, "nobody to look after the installation")
	})
}

func TestSuspendedPersonTakesTheirDataAndNothingElse(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		h.Somebody("zoe@example.org")
		h.Must(h.Server.DB.Update(h.Context(), func(tx *store.Tx) error {
			e, err := tx.Email("zoe@example.org")
			if err != nil {
				return err
			}
			return tx.SuspendAccount(e.Account, time.Now(), "Left the hospital")
		}))
		zoe := h.Somebody("zoe@example.org")
		p := zoe.Get("/account/data")
		shows(h, "the page", p, "Download my data")
		hides(h, "the page", p, "Erase my account")
		if names := takes(h, zoe); !strings.Contains(names, "person.json") {
			h.Errorf("the file holds %s", names)
		}
		for _, path := range []string{"/account", "/account/sessions", "/account/trail", "/account/data/erase"} {
			says(h, path, zoe.Get(path), http.StatusForbidden, "Left the hospital")
		}
	})
}
