package assets

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func get(t *testing.T, address, encoding string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, address, nil)
	if encoding != "" {
		r.Header.Set("Accept-Encoding", encoding)
	}
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r io.Reader) string {
	t.Helper()
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestFilesAreServedOnceAndForEver(t *testing.T) {
	t.Parallel()
	for _, name := range []string{Style, Script, Trust, Htmx, Mark} {
		plain := get(t, URL(name), "")
		if plain.StatusCode != http.StatusOK || plain.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" {
			t.Errorf("%s: status %d, kept %q", name, plain.StatusCode, plain.Header.Get("Cache-Control"))
		}
		if kind := plain.Header.Get("Content-Type"); kind != kinds[path.Ext(name)] {
			t.Errorf("%s is %q", name, kind)
		}
		zipped := get(t, URL(name), "br, gzip;q=0.8")
		if zipped.Header.Get("Content-Encoding") != "gzip" {
			t.Errorf("%s is not packed", name)
			continue
		}
		unpacked, err := gzip.NewReader(zipped.Body)
		if err != nil {
			t.Fatal(err)
		}
		if body(t, unpacked) != body(t, plain.Body) {
			t.Errorf("%s is another file when packed", name)
		}
	}
	if got := get(t, URL(Style), "gzip;q=0").Header.Get("Content-Encoding"); got != "" {
		t.Errorf("packed for a browser that wants it not: %s", got)
	}
}

func TestPageOfAnotherVersionStillFindsItsFiles(t *testing.T) {
	t.Parallel()
	r := get(t, Root+"0123456789abcdef/"+Style, "")
	if r.StatusCode != http.StatusOK || r.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("status %d, kept %q", r.StatusCode, r.Header.Get("Cache-Control"))
	}
}

func TestNothingElseIsServed(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "chiron", "css/base.css", "../assets.go", "..%2fassets.go", "js", "js/", "vendor/vendor.lock.json/x"} {
		if r := get(t, Root+"x/"+name, ""); r.StatusCode != http.StatusNotFound {
			t.Errorf("%q: status %d", name, r.StatusCode)
		}
	}
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, httptest.NewRequest(http.MethodPost, URL(Style), nil))
	if w.Code != http.StatusNotFound {
		t.Errorf("a file was posted to: status %d", w.Code)
	}
}

// What style sheet and scripts name is there: typefaces, and modules of modules.
func TestFilesNameFilesThatExist(t *testing.T) {
	t.Parallel()
	files, _ := all()
	named := 0
	for _, name := range regexp.MustCompile(`url\(([^)]+)\)`).FindAllStringSubmatch(string(files[Style].content), -1) {
		named++
		if _, there := files[name[1]]; !there {
			t.Errorf("the style sheet names %s", name[1])
		}
	}
	for file := range files {
		if !strings.HasPrefix(file, "js/") {
			continue
		}
		for _, name := range regexp.MustCompile(`from '\./([^']+)'`).FindAllStringSubmatch(string(files[file].content), -1) {
			named++
			if _, there := files["js/"+name[1]]; !there {
				t.Errorf("%s names %s", file, name[1])
			}
		}
	}
	if named < 10 {
		t.Errorf("only %d names were found", named)
	}
}

func TestVendoredFilesAreWhatTheLockSays(t *testing.T) {
	t.Parallel()
	var lock []struct{ Name, Version, Integrity, File, SHA256, Licence, Text string }
	if err := json.Unmarshal(read("vendor/vendor.lock.json"), &lock); err != nil {
		t.Fatal(err)
	}
	known := []string{"vendor.lock.json"}
	for _, v := range lock {
		known = append(known, v.File, v.Text)
		sum := sha256.Sum256(read("vendor/" + v.File))
		if got := hex.EncodeToString(sum[:]); got != v.SHA256 {
			t.Errorf("%s has the hash %s, and %s in the lock", v.File, got, v.SHA256)
		}
		if v.Version == "" || v.Licence == "" || !strings.HasPrefix(v.Integrity, "sha512-") {
			t.Errorf("%s: the lock says too little: %+v", v.File, v)
		}
	}
	entries, err := folder.ReadDir("vendor")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if !slices.Contains(known, entry.Name()) {
			t.Errorf("vendor/%s is not in the lock", entry.Name())
		}
	}
}

// What a phone on a slow line loads before the first page, packed.
func TestPagesStayLight(t *testing.T) {
	t.Parallel()
	files, _ := all()
	own, sheet := 0, len(files[Style].zipped)
	for name, f := range files {
		if strings.HasPrefix(name, "js/") {
			own += min(len(f.content), max(len(f.zipped), 1))
		}
	}
	t.Logf("style %d, own scripts %d, htmx %d bytes", sheet, own, len(files[Htmx].zipped))
	if sheet > 14<<10 || own > 12<<10 {
		t.Errorf("style %d bytes, want at most %d; own scripts %d, want at most %d", sheet, 14<<10, own, 12<<10)
	}
	first := sheet + own + len(files[Htmx].zipped) + len(files["fonts/public-sans-latin.woff2"].content) + len(files["fonts/source-serif-4-latin.woff2"].content)
	if first > 118<<10 {
		t.Errorf("the first page loads %d bytes, want at most %d", first, 118<<10)
	}
}

// Scripts evaluate no text and write no markup; the one policy that does is htmx's.
func TestOwnScriptsWriteNoMarkup(t *testing.T) {
	t.Parallel()
	files, _ := all()
	forbidden := regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|\.style\b|setAttribute\('(style|on)`)
	for name, f := range files {
		if found := forbidden.Find(f.content); strings.HasPrefix(name, "js/") && found != nil {
			t.Errorf("%s says %s", name, found)
		}
	}
	if !forbidden.MatchString("x.innerHTML = y") {
		t.Error("nothing is looked for")
	}
}

func TestContentsNameTheFolder(t *testing.T) {
	t.Parallel()
	one := digest(map[string]file{"a": {content: []byte("1")}, "b": {content: []byte("2")}})
	for _, changed := range []map[string]file{
		{"a": {content: []byte("1")}, "b": {content: []byte("3")}}, {"a": {content: []byte("1")}, "c": {content: []byte("2")}}, {"a": {content: []byte("1")}},
	} {
		if digest(changed) == one {
			t.Errorf("%v has the name of others", changed)
		}
	}
	if !bytes.Contains([]byte(URL(Style)), []byte(Root)) {
		t.Error(URL(Style))
	}
}
