package browser

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-rod/rod/lib/proto"
)

// looks are the ways in which pictures show a page: between them both languages, both themes, a phone and a desk.
var looks = [...]struct {
	name, language, theme string
	width                 int
}{
	{"phone", "en", "light", 390}, {"phone-dark-fr", "fr-CA", "dark", 390}, {"narrow-fr", "fr-CA", "light", 320},
	{"desk", "en", "light", 1280}, {"desk-dark", "en", "dark", 1280}, {"desk-fr", "fr-CA", "light", 1280},
}

// Pictures writes pictures of pages, for looking, into the folder that CHIRON_SHOTS names. Files begin with a name and are
// called after the addresses.
func (p *Tab) Pictures(name string, paths ...string) {
	p.t.Helper()
	p.Prefer("prefers-reduced-motion", "reduce")
	for _, path := range paths {
		for _, look := range looks {
			p.Wide(look.width)
			p.Visit("/language/" + look.language + "?to=" + url.QueryEscape(path))
			p.MustEval(`theme => { document.documentElement.dataset.theme = theme; return document.fonts.ready.then(() => 1) }`, look.theme)
			p.Picture(name + strings.NewReplacer("/", "-", "?", "-", "=", "-", "&", "-").Replace(strings.TrimSuffix(path, "/")) + "-" + look.name)
		}
	}
}

// Picture writes a picture of the page that is there.
func (p *Tab) Picture(name string) {
	p.t.Helper()
	folder := os.Getenv("CHIRON_SHOTS")
	if folder == "" {
		p.t.Fatal("CHIRON_SHOTS names no folder for pictures")
	}
	picture, err := p.Screenshot(true, &proto.PageCaptureScreenshot{Format: proto.PageCaptureScreenshotFormatPng})
	Must(p.t, err)
	Must(p.t, os.WriteFile(filepath.Join(folder, name+".png"), picture, 0o600))
}
