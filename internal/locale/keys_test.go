package locale

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// sources is the text of all that says keys: Go files without tests, templates and pages.
func sources(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	for _, root := range []string{"..", "../../cmd"} {
		err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
			kind := filepath.Ext(name)
			if err != nil || entry.IsDir() || kind != ".go" && kind != ".templ" && kind != ".html" ||
				strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "_templ.go") {
				return err
			}
			text, err := os.ReadFile(name)
			all.Write(text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}

// TestEveryKeyIsSaidSomewhere looks for each key in the sources that say keys. Keys that are put together from parts
// count as said if what they begin with is.
func TestEveryKeyIsSaidSomewhere(t *testing.T) {
	t.Parallel()
	said := map[string]bool{}
	for _, key := range regexp.MustCompile(`"([a-z]+(?:[.-][a-z0-9-]+)*\.?)"`).FindAllStringSubmatch(sources(t), -1) {
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

// TestEveryKeyThatIsSaidHasWords finds a key that a page says, or a fault has, and that no catalogue holds.
func TestEveryKeyThatIsSaidHasWords(t *testing.T) {
	t.Parallel()
	keys := regexp.MustCompile(`(?:\b(?:Say|Count|conflict|invalid)\(|\bFault\{[^}]*Key: |GoSaying\(.*, )"([a-z]+(?:[.-][a-z0-9-]+)+)"`).FindAllStringSubmatch(sources(t), -1)
	if len(keys) < 100 {
		t.Fatalf("only %d keys are said", len(keys))
	}
	explained, err := os.ReadFile("explain.fr-CA.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range keys {
		if !For(English).Has(key[1]) && !strings.Contains(string(explained), `"`+key[1]+`"`) {
			t.Errorf("there are no words for %q", key[1])
		}
	}
}
