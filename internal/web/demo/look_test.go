//go:build look && unix

package demo_test

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-rod/rod/lib/proto"

	"github.com/chiron-mentoring/chiron/internal/web/browser"
)

// Pictures of the pages of a demonstration are written into the folder that CHIRON_SHOTS names:
//
//	CHIRON_SHOTS=/some/folder go test -tags look -run Pictures ./internal/web/demo
func TestPicturesForLooking(t *testing.T) {
	folder := os.Getenv("CHIRON_SHOTS")
	if folder == "" {
		t.Fatal("CHIRON_SHOTS names no folder for pictures")
	}
	h := open(t, 1140)
	guides := h.desk.School.Guides()
	_, _, _ = h.ask("POST", "/sign-in", url.Values{"address": {guides[1].Email}}, nil)
	h.Queue.Drain(t.Context())
	time.Sleep(time.Second)
	tab := browser.Open(t, h.root)
	tab.Prefer("prefers-reduced-motion", "reduce")
	tab.Visit("/demo")
	tab.Press("main form.card button")
	for _, shot := range []struct {
		name, language, theme string
		width                 int
	}{{"desk", "en", "light", 1280}, {"phone", "en", "light", 390}, {"desk-dark-fr", "fr-CA", "dark", 1280}, {"phone-dark-fr", "fr-CA", "dark", 390}} {
		tab.Wide(shot.width)
		tab.Visit("/language/" + shot.language + "?to=/demo")
		for _, path := range []string{"/", "/demo", "/demo?q=audet", "/demo/mail", "/demo/mail/" + h.desk.Catcher.Caught()[0].ID} {
			tab.Visit(path)
			tab.MustEval(`theme => { document.documentElement.dataset.theme = theme; return document.fonts.ready.then(() => 1) }`, shot.theme)
			picture, err := tab.Screenshot(true, &proto.PageCaptureScreenshot{Format: proto.PageCaptureScreenshotFormatPng})
			browser.Must(t, err)
			name := strings.NewReplacer("/", "-", "?", "-", "=", "-").Replace(strings.SplitN(path, "@", 2)[0])
			browser.Must(t, os.WriteFile(filepath.Join(folder, "demo"+name[:min(len(name), 12)]+"-"+shot.name+".png"), picture, 0o600))
		}
	}
}
