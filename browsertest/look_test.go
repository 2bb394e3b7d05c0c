//go:build look

package browsertest

import (
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
//	CHIRON_SHOTS=/some/folder go test -tags look -run Pictures ./browsertest
func TestPicturesForLooking(t *testing.T) {
	folder := os.Getenv("CHIRON_SHOTS")
	if folder == "" {
		t.Fatal("CHIRON_SHOTS names no folder for pictures")
	}
	h := servetest.Open(t, store.SQLite, "--name=Mentorat Sainte-Justine")
	all, open := addresses(map[string]string{})
	p := browser.Open(t, h.Server.Config.URL.String())
	p.Prefer("prefers-reduced-motion", "reduce")
	for _, path := range open {
		shoot(t, p, folder, "stranger", path)
	}
	enter(t, h, p, "first@example.org")
	for _, path := range all {
		shoot(t, p, folder, "in", path)
	}
}

func shoot(t *testing.T, p *browser.Tab, folder, who, path string) {
	t.Helper()
	name := strings.Trim(strings.ReplaceAll(path, "/", "-"), "-")
	if name == "" {
		name = "first"
	}
	for _, shot := range []struct {
		name, language, theme string
		width                 int
	}{{"desk", "en", "light", 1280}, {"phone-dark-fr", "fr-CA", "dark", 390}} {
		p.Wide(shot.width)
		p.Visit("/language/" + shot.language + "?to=" + path)
		p.MustEval(`theme => { document.documentElement.dataset.theme = theme; return document.fonts.ready.then(() => 1) }`, shot.theme)
		picture, err := p.Screenshot(true, &proto.PageCaptureScreenshot{Format: proto.PageCaptureScreenshotFormatPng})
		browser.Must(t, err)
		browser.Must(t, os.WriteFile(filepath.Join(folder, who+"-"+name+"-"+shot.name+".png"), picture, 0o600))
	}
}
