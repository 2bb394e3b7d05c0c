package vocabulary

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestThePageOnVocabulariesCountsRight reads docs/reference/vocabularies.md and NOTICE.
func TestThePageOnVocabulariesCountsRight(t *testing.T) {
	t.Parallel()
	text := func(name string) string {
		data, err := os.ReadFile("../../" + name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	page, notice := text("docs/reference/vocabularies.md"), text("NOTICE")
	for _, list := range all(t) {
		terms := fmt.Sprint(list.Live())
		if len(terms) > 3 {
			terms = terms[:len(terms)-3] + "," + terms[len(terms)-3:]
		}
		_, row, found := strings.Cut(page, "\n| `"+list.Name+"` |")
		row, _, _ = strings.Cut(row, "\n")
		if !found || !strings.Contains(row, "| "+terms+" |") {
			t.Errorf("%s has %s terms, and the page says %q", list.Name, terms, row)
		}
		if ours := list.Licence == "Apache-2.0"; ours == strings.Contains(notice, "lists/"+list.Name+".csv") {
			t.Errorf("%s is ours: %t, and NOTICE says otherwise", list.Name, ours)
		}
	}
	french := 0
	for _, term := range Subjects().Terms {
		if term.Fr != term.En {
			french++
		}
	}
	if !strings.Contains(page, fmt.Sprintf("; %d have French words", french)) {
		t.Errorf("%d subjects have French words, and the page says otherwise", french)
	}
}
