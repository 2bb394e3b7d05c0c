//go:build look && unix

package data_test

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/proto"

	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/web/browser"
)

// Pictures of all pages are written into the folder that CHIRON_SHOTS names:
//
//	CHIRON_SHOTS=/some/folder go test -tags look -run Pictures ./internal/web/data
func TestPicturesForLooking(t *testing.T) {
	folder := os.Getenv("CHIRON_SHOTS")
	if folder == "" {
		t.Fatal("CHIRON_SHOTS names no folder for pictures")
	}
	h := servetest.Open(t, store.SQLite)
	tab := browser.Open(t, h.Server.Config.URL.String())
	tab.Prefer("prefers-reduced-motion", "reduce")
	everywhere(h, "zoe@example.org")
	enters(h, tab, "zoe@example.org")
	pictures(t, tab, folder, pages)
}

func pictures(t *testing.T, tab *browser.Tab, folder string, paths []string) {
	t.Helper()
	for _, shot := range []struct {
		name, language, theme string
		width                 int
	}{{"phone", "en", "light", 390}, {"desk-dark", "en", "dark", 1280}, {"desk-fr", "fr-CA", "light", 1280}, {"phone-fr", "fr-CA", "light", 390}} {
		for _, path := range paths {
			tab.Wide(shot.width)
			tab.Visit("/language/" + shot.language + "?to=" + url.QueryEscape(path))
			tab.MustEval(`theme => { document.documentElement.dataset.theme = theme; return document.fonts.ready.then(() => 1) }`, shot.theme)
			picture, err := tab.Screenshot(true, &proto.PageCaptureScreenshot{Format: proto.PageCaptureScreenshotFormatPng})
			browser.Must(t, err)
			name := strings.NewReplacer("/", "-", "?", "-", "=", "-", "&", "-").Replace(strings.TrimPrefix(path, "/"))
			browser.Must(t, os.WriteFile(filepath.Join(folder, name+"-"+shot.name+".png"), picture, 0o600))
		}
	}
}
