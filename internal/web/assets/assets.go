// Package assets holds what browsers load beside the pages: one style sheet, small scripts, typefaces, and the scripts of
// others with their licences. It serves them from the program itself and names the policy under which pages run.
//
// All files stand below one folder that is named after their contents, so that browsers may keep them for ever and a page
// never meets the files of another version.
package assets

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
)

// Policy is the Content-Security-Policy of every page. Nothing is loaded from elsewhere, no script or style stands in the
// markup, and text becomes markup by one policy only, that of htmx (js/trust.js).
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; " +
	"require-trusted-types-for 'script'; trusted-types htmx"

// Root is where Handler is to be mounted.
const Root = "/assets/"

// The files that pages name.
const (
	Style  = "chiron.css"
	Script = "js/chiron.js"
	Trust  = "js/trust.js"
	Htmx   = "vendor/htmx-4.0.1.min.js"
	Mark   = "mark.svg"
)

//go:embed css js fonts vendor mark.svg
var folder embed.FS

// The parts of the style sheet, in the order of the cascade. Print tokens are unlayered, and so come in tokens.css.
var styles = [...]string{"tokens", "fonts", "base", "frame", "parts", "forms", "lists", "charts", "pages", "print"}

// A file is one that can be asked for.
type file struct {
	content, zipped []byte // zipped is nil if it would not be smaller
	kind            string
}

var kinds = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".woff2": "font/woff2", ".svg": "image/svg+xml", "": "text/plain; charset=utf-8",
}

// all is every file by name, and the name of the folder that they stand in.
var all = sync.OnceValues(func() (map[string]file, string) {
	files := map[string]file{}
	var sheet bytes.Buffer
	for _, name := range styles {
		sheet.Write(read("css/" + name + ".css"))
	}
	files[Style] = made(Style, sheet.Bytes())
	_ = fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && !strings.HasPrefix(name, "css/") {
			files[name] = made(name, read(name))
		}
		return err
	})
	return files, digest(files)
})

// The typefaces, in their Latin subsets, for files that carry their own.
const (
	SansFont  = "fonts/public-sans-latin.woff2"
	SerifFont = "fonts/source-serif-4-latin.woff2"
)

// Tokens are the colours, sizes and typefaces of the house as custom properties of CSS.
func Tokens() string { return string(read("css/tokens.css")) }

// Font is one of the typefaces.
func Font(name string) []byte { return read(name) }

// read reads a file that is part of the program.
func read(name string) []byte {
	content, err := folder.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return content
}

func made(name string, content []byte) file {
	f := file{content: content, kind: kinds[path.Ext(name)]}
	if f.kind == "" {
		f.kind = kinds[""]
	}
	var zipped bytes.Buffer
	w, _ := gzip.NewWriterLevel(&zipped, gzip.BestCompression)
	_, _ = w.Write(content)
	_ = w.Close()
	if zipped.Len() < len(content)*9/10 {
		f.zipped = zipped.Bytes()
	}
	return f
}

// digest is the same for the same names and contents.
func digest(files map[string]file) string {
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	h := sha256.New()
	for _, name := range names {
		sum := sha256.Sum256(files[name].content)
		h.Write([]byte(name + "\n"))
		h.Write(sum[:])
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// URL is where a file is found. It panics for a name that there is not, which tests rule out.
func URL(name string) string {
	files, version := all()
	if _, there := files[name]; !there {
		panic("assets: there is no " + name)
	}
	return Root + version + "/" + name
}

// Handler serves the files below Root. A file that is asked for under another version's folder is served as well, so that
// pages live through an upgrade of several instances, but not kept.
func Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		files, version := all()
		folder, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, Root), "/")
		f, there := files[name]
		if !there || r.Method != http.MethodGet && r.Method != http.MethodHead {
			http.NotFound(w, r)
			return
		}
		head := w.Header()
		head.Set("Content-Type", f.kind)
		head.Set("X-Content-Type-Options", "nosniff")
		head.Set("Cross-Origin-Resource-Policy", "same-origin")
		head.Set("Cache-Control", "no-cache")
		if folder == version {
			head.Set("Cache-Control", "public, max-age=31536000, immutable")
		}
		content := f.content
		if f.zipped != nil {
			head.Set("Vary", "Accept-Encoding")
			if acceptsGzip(r) {
				head.Set("Content-Encoding", "gzip")
				content = f.zipped
			}
		}
		_, _ = w.Write(content)
	})
}

func acceptsGzip(r *http.Request) bool {
	for _, offer := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(offer), ";")
		if name == "gzip" {
			return strings.TrimSpace(weight) != "q=0"
		}
	}
	return false
}
