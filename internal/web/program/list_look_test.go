//go:build look && unix

package program_test

import (
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/go-rod/rod/lib/proto"

	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/web/browser"
)

// Pictures of the pages of lists are written into the folder that CHIRON_SHOTS names:
//
//	CHIRON_SHOTS=/some/folder go test -tags look -run PicturesOfLists ./internal/web/program
func TestPicturesOfListsForLooking(t *testing.T) {
	folder := os.Getenv("CHIRON_SHOTS")
	if folder == "" {
		t.Fatal("CHIRON_SHOTS names no folder for pictures")
	}
	h := servetest.Open(t, store.SQLite)
	opens(h)
	tab := browser.Open(t, h.Server.Config.URL.String())
	tab.Prefer("prefers-reduced-motion", "reduce")
	enters(h, tab, "claire@example.org")
	shoot := func(name, theme string) {
		tab.MustEval(`theme => { document.documentElement.dataset.theme = theme; return document.fonts.ready.then(() => 1) }`, theme)
		picture, err := tab.Screenshot(true, &proto.PageCaptureScreenshot{Format: proto.PageCaptureScreenshotFormatPng})
		browser.Must(t, err)
		browser.Must(t, os.WriteFile(filepath.Join(folder, name+".png"), picture, 0o600))
	}
	for _, shot := range []struct {
		name, language, theme string
		width                 int
	}{{"phone", "en", "light", 390}, {"desk-fr-dark", "fr-CA", "dark", 1280}} {
		tab.Wide(shot.width)
		tab.Visit("/language/" + shot.language + "?to=" + url.QueryEscape("/programs/P1/list"))
		for _, place := range []string{"list", "rotation", "imports"} {
			tab.Visit("/programs/P1/" + place)
			shoot(place+"-"+shot.name, shot.theme)
		}
		for _, one := range handedIn {
			looksAt(t, tab, one.path, one.content)
			shoot(one.name+"-"+shot.name, shot.theme)
			if one.name == "changes" && shot.name == "phone" || one.name == "rotation" {
				tab.Press("main form .btn-main")
				shoot(one.name+"-applied-"+shot.name, shot.theme)
				if one.name == "rotation" {
					tab.Press("td a.btn")
					shoot(one.name+"-undo-"+shot.name, shot.theme)
					tab.Press("main form .btn-main")
				}
			}
		}
	}
}
