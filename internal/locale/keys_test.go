package locale

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestEveryKeyIsSaidSomewhere looks for each key in the sources that say keys. Keys that are put together from parts
// count as said if what they begin with is.
func TestEveryKeyIsSaidSomewhere(t *testing.T) {
	t.Parallel()
	var sources strings.Builder
	for _, pattern := range []string{"../report/*.go", "../report/page/*.html", "../web/ui/*.templ", "../web/ui/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			sources.Write(text)
		}
	}
	said := map[string]bool{}
	for _, key := range regexp.MustCompile(`"([a-z]+(?:[.-][a-z-]+)*\.?)"`).FindAllStringSubmatch(sources.String(), -1) {
		said[key[1]] = true
	}
	isSaid := func(key string) bool {
		if said[key] {
			return true
		}
		for i, r := range key {
			if r == '.' && said[key[:i+1]] {
				return true
			}
		}
		title, isTitle := strings.CutSuffix(key, ".title")
		return isTitle && said[title]
	}
	for _, key := range slices.Sorted(maps.Keys(For(English).entries)) {
		if !isSaid(key) {
			t.Errorf("nothing says %q", key)
		}
	}
	if isSaid("nobody.ever.said") {
		t.Error("everything counts as said")
	}
}
