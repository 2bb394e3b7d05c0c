//go:build look

package gallery

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/go-rod/rod/lib/proto"

	"github.com/chiron-mentoring/chiron/internal/web/browser"
)

// Pictures of all pages are written into the folder that CHIRON_SHOTS names:
//
//	CHIRON_SHOTS=/some/folder go test -tags look -run Pictures ./internal/web/ui/gallery
func TestPicturesForLooking(t *testing.T) {
	folder := os.Getenv("CHIRON_SHOTS")
	if folder == "" {
		t.Fatal("CHIRON_SHOTS names no folder for pictures")
	}
	p := open(t)
	p.Prefer("prefers-reduced-motion", "reduce")
	for _, shot := range []struct {
		name, prefix, theme string
		width               int
	}{{"phone", "en", "light", 390}, {"desk", "en", "light", 1280}, {"desk-dark", "en", "dark", 1280}, {"phone-fr", "fr", "light", 390}, {"phone-dark-fr", "fr", "dark", 390}, {"desk-fr", "fr", "light", 1280}} {
		for _, name := range Pages {
			p.Wide(shot.width)
			p.Visit("/" + shot.prefix + "/" + name)
			p.MustEval(`theme => { document.documentElement.dataset.theme = theme; return document.fonts.ready.then(() => 1) }`, shot.theme)
			picture, err := p.Screenshot(true, &proto.PageCaptureScreenshot{Format: proto.PageCaptureScreenshotFormatPng})
			browser.Must(t, err)
			browser.Must(t, os.WriteFile(filepath.Join(folder, name+"-"+shot.name+".png"), picture, 0o600))
		}
	}
	p.Wide(1280)
	for name, media := range map[string]proto.EmulationSetEmulatedMedia{
		"forced-colors": {Features: []*proto.EmulationMediaFeature{{Name: "forced-colors", Value: "active"}}}, "print": {Media: "print"},
	} {
		browser.Must(t, media.Call(p))
		for _, page := range []string{"home", "overview"} {
			p.Visit("/en/" + page)
			picture, err := p.Screenshot(true, &proto.PageCaptureScreenshot{Format: proto.PageCaptureScreenshotFormatPng})
			browser.Must(t, err)
			browser.Must(t, os.WriteFile(filepath.Join(folder, page+"-"+name+".png"), picture, 0o600))
		}
	}
}

// The gallery is served for people to walk through:
//
//	CHIRON_GALLERY=localhost:8080 go test -tags look -run Walk -timeout 0 ./internal/web/ui/gallery
func TestWalkThroughTheGallery(t *testing.T) {
	address := os.Getenv("CHIRON_GALLERY")
	if address == "" {
		t.Fatal("CHIRON_GALLERY names no address to serve the gallery at")
	}
	t.Logf("http://%s", address)
	server := http.Server{Addr: address, Handler: Handler()}
	t.Fatal(server.ListenAndServe())
}
